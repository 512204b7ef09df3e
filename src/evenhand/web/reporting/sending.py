"""Sending a report: each of its steps once, however often it is sent; what cannot be taken is left, and said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evenhand.cases.naming import fresh_name
from evenhand.cases.taking import NameTaken, TooBusy, take_step
from evenhand.casework.shape import BadStep
from evenhand.policy.findings import Finding
from evenhand.record.append import ClockWentBack, Conflict
from evenhand.record.receipts import KeyReused
from evenhand.web.reporting.begun import Begun, forget
from evenhand.web.reporting.journey import Journey, Part

NAMES_TRIED = 5
"""Names tried for a new report before giving up; two in a row that are taken is next to impossible."""


@dataclass(frozen=True, slots=True)
class Left:
    """A part that could not be taken: the page it is on, and why, by the engine's findings or in its words."""

    title: str
    page: str
    says: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: the file it went to ('' where the report itself was not taken), and what is left."""

    file: str
    left: tuple[Left, ...] = ()


def send(journey: Journey, at: datetime) -> Sent:
    """Takes every step of the report. What was taken is remembered, so that sending it again goes on from there."""
    left: list[Left] = []
    for part in journey.parts:
        journey, refused = _take(journey, part, at)
        if refused and not journey.begun.own("sent"):
            return Sent("", (refused,))
        left += [refused] if refused else []
    if not left:
        forget(journey.viewer.id)
    return Sent(journey.begun.own("sent"), tuple(left))


def _take(journey: Journey, part: Part, at: datetime) -> tuple[Journey, Left | None]:
    title = journey.edition.steps[part.step.name].title
    try:
        journey, refusals = _taken(journey, part, at)
    except BadStep as bad:
        return journey, Left(title, part.page, tuple(str(problem) for problem in bad.problems))
    except (Conflict, TooBusy, NameTaken, ClockWentBack, KeyReused) as wrong:
        return journey, Left(title, part.page, (str(wrong),))
    if refusals:
        return journey, Left(title, part.page, findings=refusals)
    begun = journey.begun.with_own(done=[*sorted(journey.begun.done), part.step.name], sent=[journey.file])
    begun.keep(journey.viewer.id, at)
    return Journey(journey.viewer, begun), None


def _taken(journey: Journey, part: Part, at: datetime) -> tuple[Journey, tuple[Finding, ...]]:
    """The refusals, none where it was taken; the journey has another name where somebody else had this one."""
    for _ in range(NAMES_TRIED):
        starts = not journey.same and not journey.begun.own("sent")
        try:
            taken = take_step(
                step=part.step, kind="incident", file=journey.file, data=part.data, actor=journey.viewer.id, at=at,
                key=f"{journey.begun.own('key')}-{part.step.name}", expected=0 if starts else None,
            )  # fmt: skip
        except (Conflict, NameTaken):
            if not starts:
                raise
            journey = Journey(journey.viewer, _renamed(journey.begun, journey))
            continue
        return journey, taken.decision.refusals
    raise TooBusy("No free name was found for this report; send it again.")


def _renamed(begun: Begun, journey: Journey) -> Begun:
    return begun.with_own(name=[fresh_name("incident", journey.viewer.day)])
