"""What a form will be refused without, whatever is chosen where nothing is chosen yet: said at once, not in turns."""

from __future__ import annotations

from evenhand.casework.decide import NotOffered, decide
from evenhand.casework.shape import BadStep, Problem, read_draft
from evenhand.policy.findings import Decision, Finding
from evenhand.web.file.opening import Opened
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.mending import mending_field


def foreseen(form: StepForm, at: Opened) -> list[Problem]:
    """Empty fields of the form that the policy asks for with every answer to its one open choice; else nothing."""
    found = [_missing(one, form) for one in _each_way(form, at)]
    asked = [field for field in found[0] if all(field in one for one in found)] if found else []
    return [Problem(field, f"{at.say(found[0][field].verdict.sentence)}") for field in asked]


def _each_way(form: StepForm, at: Opened) -> list[Decision]:
    """What would be decided with each answer; nothing where more than one is open, or the rest makes no sense yet."""
    is_open = [shape for shape in form.shapes if shape.is_needed and shape.literals and not form.raw.get(shape.name)]
    if len(is_open) != 1:
        return []
    answers = ({**form.raw, is_open[0].name: answer} for answer in is_open[0].literals)
    try:
        return [decide(read_draft(form.model, raw), at.facts) for raw in answers]
    except (BadStep, NotOffered):
        return []


def _missing(decision: Decision, form: StepForm) -> dict[str, Finding]:
    """The empty fields that would mend what stops the step."""
    mended = {mending_field(finding.check, form.model): finding for finding in reversed(decision.refusals)}
    return {field: finding for field, finding in mended.items() if field and not form.raw.get(field)}
