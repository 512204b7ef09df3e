"""The measures of a case as its page shows them: how each stands, its days, its terms, and how it was carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.casework.case import CaseFile
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.decision import (
    InstructLegal,
    OfferContract,
    RecordContractAnswer,
    RecordCourtOutcome,
    RecordLegalAdvice,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
)
from evenhand.casework.steps.notice import RecordBreach
from evenhand.casework.wording import plain_day
from evenhand.web.file.opening import Opened
from evenhand.web.file.words import Line, Said, line_of, measure_title, said_in


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure on a case: how it stands today, and its days."""

    title: str
    state: str
    subject: str
    days: tuple[tuple[str, str], ...]
    terms: tuple[Said, ...]
    entry: int
    carried: tuple[Line, ...]
    """How it was carried out, and each time it was not kept to, in order."""


CARRIED = (
    InstructLegal, RecordLegalAdvice, OfferContract, RecordContractAnswer, ServeNoticeSeekingPossession,
    RecordCourtOutcome, RecordBreach,
)  # fmt: skip
"""What a contract, a court's order or a notice of possession is made of after it was decided, and breaches of any."""


def measures_of(page: Opened) -> list[Measure]:
    """Every measure on a case, the newest first."""
    file = page.file
    return [_measure(one, page) for one in reversed(file.sanctions.values())] if isinstance(file, CaseFile) else []


def _measure(sanction: Sanction, page: Opened) -> Measure:
    days = {
        **_decided_on(sanction),
        "Told": sanction.told_on,
        "In force from": sanction.imposed_on,
        "Appeal by": sanction.appeal_by,
        "Next review": sanction.review_by,
        "Last day": sanction.lapses_on,
        "Ended": sanction.ended_on,
    }
    said = {title: plain_day(day) for title, day in days.items() if day is not None}
    if further := agreed_further(sanction):
        said["Last day"] += f" (agreed: up to {plain_day(further)}, if a review extends it)"
    given = {entry.day("deemed_on"): entry.data.given_on or entry.taken_on for entry in sanction.notices}
    posted = given.get(sanction.told_on, sanction.told_on)
    if posted is not None and posted != sanction.told_on:
        said["Told"] += f" (posted on {plain_day(posted)})"
    if sanction.review_by and sanction.review_from and sanction.review_from > (sanction.imposed_on or date.min):
        said["Next review"] = f"between {plain_day(sanction.review_from)} and {plain_day(sanction.review_by)}"
    return Measure(
        title=measure_title(page.edition, sanction) or "A measure",
        state=standing(sanction, page.viewer.day),
        subject=page.facts.registers.name(sanction.subject) if sanction.subject != page.file.subject else "",
        days=tuple(said.items()),
        terms=tuple(said_in(sanction.terms, page.telling)),
        entry=sanction.made.sequence,
        carried=tuple(line_of(entry, page.telling) for entry in sanction.trail if isinstance(entry.data, CARRIED)),
    )


def agreed_further(sanction: Sanction) -> date | None:
    """The day to which those agreed who decide on its length, while no review has let it last so long."""
    agreed, ends = sanction.agreed_until, sanction.lapses_on
    is_later = agreed is not None and ends is not None and agreed > ends
    return agreed if is_later and sanction.ended_on is None else None


def _decided_on(sanction: Sanction) -> dict[str, date | None]:
    """The days of its making: what was done at once was neither proposed nor approved before."""
    if isinstance(sanction.made.data, TakeUrgentAction):
        return {"Done at once": sanction.made.taken_on}
    return {"Proposed": sanction.made.taken_on, "Approved": sanction.approved_on}


def standing(sanction: Sanction, day: date) -> str:
    """How a measure stands on a day, in a word."""
    if sanction.is_declined:
        return "declined"
    if sanction.ended_on is not None and sanction.ended_on <= day:
        return "ended"
    if sanction.lapses_on is not None and sanction.lapses_on < day:
        return "run out"
    if sanction.bound_on(day) and not sanction.live_on(day):
        return "suspended"
    if sanction.review_overdue_on(day):
        return "review overdue"
    if sanction.bound_on(day):
        return "live"
    return "approved" if sanction.approved_on else "proposed"
