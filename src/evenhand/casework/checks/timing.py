"""Whether something was done by its day, where a policy may let that day slip for a reason that is recorded."""

from collections.abc import Iterable
from datetime import date

from evenhand.casework.entry import AnyEntry
from evenhand.casework.facts import Facts
from evenhand.casework.steps.base import StepData
from evenhand.casework.wording import plain_day
from evenhand.policy.findings import Verdict, met, not_met


def in_time(facts: Facts, draft: StepData, *, on: date, by: date | None, period: str | None) -> Verdict:
    """Whether what is done `on` a day comes by its last day; a soft `period` may be departed from with a reason."""
    if by is None:
        return met("No last day was set for this.")
    if on <= by:
        return met(f"In time: the last day is {plain_day(by)}.")
    if reason := departed(facts, draft, period):
        return met(f"Later than {plain_day(by)}, for a recorded reason: {reason}.")
    return not_met(f"This was due by {plain_day(by)}.")


def departed(facts: Facts, draft: StepData, name: str | None) -> str:
    """The recorded reason for departing from a number that the edition calls soft ('normally', 'aim'), or ''."""
    reason = draft.departures.get(name or "", "") if name in facts.edition.soft else ""
    return reason.rstrip(".")


def promised_by(entries: Iterable[AnyEntry], duty: str, about: str) -> date | None:
    """The day by which a duty about something was last promised, or None where it never was."""
    days = [p.due_on for entry in entries for p in entry.promises if p.duty == duty and p.about == about]
    return days[-1] if days else None
