"""What the policy asks of a step, line by line, with what was found so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evenhand.casework.decide import decide, options
from evenhand.casework.describing import asked_by
from evenhand.casework.duties import duties
from evenhand.casework.facts import Facts
from evenhand.casework.stages import CANDIDATES
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import StepData
from evenhand.policy.findings import Decision, Effect, Finding, Outcome
from evenhand.web.file.opening import Opened
from evenhand.web.lists.acts import step_href, take_href
from evenhand.web.steps.mending import mending_field, step_for

Mark = Literal["met", "stop", "warn", "owe", "asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a gate: how it stands, what is said of it, under which clause, and where to mend it."""

    mark: Mark
    says: str
    clause: str
    check: str = ""
    href: str = ""
    label: str = ""


def so_far(model: type[StepData], facts: Facts, draft: StepData | None, target: str = "") -> Decision | None:
    """What stands on a step with what was typed; with nothing typed, what can be known before. None where nothing can.

    Raises `BadStep` and `NotOffered` for a draft, as `decide` does.
    """
    if draft is not None:
        return decide(draft, facts)
    found = [one for one in options(facts) if one.step == model.name]
    aimed = [one for one in found if one.target == target]
    return next(iter([*aimed, *(one for one in found if one.is_open), *found]), None)


def asked_of(model: type[StepData], page: Opened, decision: Decision | None, *, is_blank: bool) -> list[Asked]:
    """Every line of the step's gate; on a blank form what is still to be filled in is asked, not found wanting."""
    rule = page.edition.steps[model.name]
    questions = {line.check: asked_by(line).partition(" (clause")[0] for line in rule.gate if line.check}
    if decision is None:
        return [Asked("asked", questions[line.check], line.clause, line.check) for line in rule.gate if line.check]
    told = (finding for finding in decision.findings if not _says_nothing(finding, is_blank=is_blank))
    asked = (
        Asked("asked", questions[finding.check], finding.citation.clause, finding.check)
        if is_blank and finding.verdict.outcome is Outcome.UNKNOWN and finding.check in questions
        else found_so(finding, _mark(finding), model, page, decision.target)
        for finding in told
    )
    return list(dict.fromkeys(asked))  # a line that stops one measure and warns of another asks the same


def _says_nothing(finding: Finding, *, is_blank: bool) -> bool:
    """That somebody may, and that it makes sense; and of a blank form, what would be owed for words not yet there."""
    is_of_course = finding.check in ("role", "stage") and finding.is_met
    is_early = is_blank and finding.effect is Effect.OWE and finding.verdict.outcome is Outcome.UNKNOWN
    return is_of_course or is_early


def found_so(finding: Finding, mark: Mark, model: type[StepData], page: Opened, target: str) -> Asked:
    """A finding as a line, with the way to mend it."""
    href, label = way_out(finding, model, page.facts, target)
    return Asked(mark, page.say(finding.verdict.sentence), finding.citation.clause, finding.check, href, label)


def _mark(finding: Finding) -> Mark:
    if finding.is_met:
        return "met"
    return {Effect.STOP: "stop", Effect.WARN: "warn", Effect.OWE: "owe"}[finding.effect]  # type: ignore[return-value]  # each is a mark


def way_out(finding: Finding, model: type[StepData], facts: Facts, target: str = "") -> tuple[str, str]:
    """Where something not met is mended, and what the link says: ('', '') where nothing is known to mend it.

    `target` is what the step itself acts on, and so what another step mends it on, where it can.
    """
    if finding.is_met or finding.effect is Effect.OWE:
        return "", ""
    field = mending_field(finding.check, model)
    if field:
        return f"#f-{field}", "Fill this in"
    if finding.check == "no_duty_owed":
        return _first_owed(facts)
    step = step_for(finding.check)
    rule = facts.edition.steps.get(step)
    if rule is None or facts.file.kind not in STEPS[step].files:
        return "", ""
    return take_href(facts.file.kind, facts.file.name, step, target_for(step, facts, target)), rule.title


def target_for(step: str, facts: Facts, target: str = "") -> str:
    """What a step that mends something acts on: the same, or else the first thing it can act on, live ones first."""
    fitting = CANDIDATES[step](facts) if step in CANDIDATES else []
    live = [one.ref for one in facts.case.live_sanctions(facts.day)]
    return next((ref for ref in (target, *live, *fitting) if ref in fitting), "")


def _first_owed(facts: Facts) -> tuple[str, str]:
    """Where the first thing owed on the file is done."""
    owed = [duty for duty in duties(facts.file) if duty.open_on(facts.day)]
    first = min(owed, key=lambda duty: duty.promise.due_on, default=None)
    if first is None:
        return "", ""
    promise, file = first.promise, facts.file
    href = step_href(file.kind, file.name, promise.duty, promise.about, first.made_by)
    return href, facts.edition.duties[promise.duty].title


def warned(findings: Iterable[Finding], model: type[StepData], page: Opened) -> list[Asked]:
    """What the policy warned of in something recorded, each with the step that mends it, where one does."""
    found = (found_so(one, "warn", model, page, "") for one in findings if one.effect is Effect.WARN and not one.is_met)
    return [one if one.href[:1] == "/" else replace(one, href="") for one in found]


def refused(decision: Decision, model: type[StepData], page: Opened, order: Sequence[str] = ()) -> list[Asked]:
    """Why a step was not recorded, each reason once with the way to mend it, in the order of the form: what refuses
    it, or where nothing does, what the policy warns of.

    `order` are the fields as the form shows them, where it is not as the model has them. Who may and when comes first,
    what is mended on this form next, what elsewhere last.
    """
    places = {f"#f-{name}": place for place, name in enumerate(order or model.model_fields)}
    against = decision.warnings if decision.allowed else decision.refusals
    found = (found_so(finding, _mark(finding), model, page, decision.target) for finding in against)
    once = {(one.says, one.clause, one.href): one for one in found}.values()
    return sorted(once, key=lambda one: -1 if one.check in ("role", "stage") else places.get(one.href, len(places)))
