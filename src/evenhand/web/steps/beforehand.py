"""What somebody should know before they fill in a form: what may harm, what there is already, what it would cost."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from evenhand.casework.case import CaseFile
from evenhand.casework.decide import options
from evenhand.casework.stages import RUNNING
from evenhand.casework.steps.base import StepData
from evenhand.casework.wording import plain_day
from evenhand.web.file.board import AUDIT, costing
from evenhand.web.file.opening import Opened
from evenhand.web.file.ways import safe_contact
from evenhand.web.lists.acts import file_href, take_href
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.shapes import shapes_of
from evenhand.web.steps.typed import texts_of


@dataclass(frozen=True, slots=True)
class Join:
    """A case that is open about the person already, and where what is at hand is added to it."""

    name: str
    says: str
    href: str
    label: str


def cautions(model: type[StepData], page: Opened) -> list[str]:
    """Of a step that reaches the person: which ways are not safe for them, and in which language they speak."""
    if not any(shape.known == "channel" for shape in shapes_of(model)):
        return []
    ways = page.asking.ways
    speaks = [f"They speak {ways.language}: think of an interpreter or a translation."] if ways.language else []
    return [*(f"{rule}." for rule in safe_contact(page.edition, ways)), *speaks]


def joins(form: StepForm, page: Opened) -> list[Join]:
    """Where one case about a person is enough (clause 1.2): those open now that the viewer may be told of."""
    rule = page.edition.steps[form.model.name]
    if not any(line.check == "no_similar_open_case" for line in rule.gate):
        return []
    cases = (case for case in page.facts.view_of(page.about).cases if case.subject == page.about != "")
    running = (case for case in cases if case.state in RUNNING and case.name in page.seen and case is not page.file)
    return [_join(case, page, texts_of(form.typed, "incidents")) for case in running]


def _join(case: CaseFile, page: Opened, incidents: list[str]) -> Join:
    officer = f", with {page.facts.registers.name(case.officer)}" if case.officer else ""
    says = f"open since {plain_day(case.opened_on)}{officer}" if case.opened_on else "open"
    new = [name for name in incidents if name not in case.incidents]
    if not new:
        return Join(case.name, says, file_href("case", case.name), "Go on with that case instead")
    href = f"{take_href('case', case.name, 'link_incident')}?{urlencode({'incident': new[0]})}"
    return Join(case.name, says, href, "Add the report to that case instead")


def costs_audit(model: type[StepData], page: Opened) -> bool:
    """Whether an auditor who has kept apart from this case could not audit it any more after the step (clause 5.5)."""
    rule = page.edition.steps.get(AUDIT)
    is_auditor = rule is not None and page.edition.held(page.viewer.roles, rule.roles) is not None
    return is_auditor and model.name in costing(options(page.facts))
