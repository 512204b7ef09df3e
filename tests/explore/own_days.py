"""Days counted on their own, for judging what the software fixes: no calendar of the product is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from evenhand.casework.entry import AnyEntry
from evenhand.casework.steps.control import CorrectEntry
from evenhand.casework.steps.decision import ApproveSanction, ServeNoticeSeekingPossession
from evenhand.casework.steps.notice import GiveNotice, RecordReturn, ReviewSanction

BANK_HOLIDAYS = {
    2021: ((8, 30), (12, 27), (12, 28)),
    2022: ((1, 3), (4, 15), (4, 18), (5, 2), (6, 2), (6, 3), (8, 29), (9, 19), (12, 26), (12, 27)),
    2023: ((1, 2), (4, 7), (4, 10), (5, 1), (5, 8), (5, 29), (8, 28), (12, 25), (12, 26)),
    2024: ((1, 1),),
}
"""Month and day of the bank holidays of England, from July 2021 on, that fall on weekdays."""
HOLIDAYS = frozenset(date(year, *day) for year, days in BANK_HOLIDAYS.items() for day in days)


def in_months(day: date, months: int) -> date:
    return day + relativedelta(months=months)


def in_working_days(day: date, count: int) -> date:
    """The so-many-th working day after a day."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def served_on(notice: AnyEntry) -> date:
    """The day a notice reached the customer: by post the second working day after posting."""
    data = notice.data
    if not isinstance(data, GiveNotice):
        raise TypeError(f"{notice.ref} is no notice")
    given = data.given_on or notice.taken_on
    return in_working_days(given, 2) if data.how == "post" else given


def notices_of(entries: Sequence[AnyEntry], *refs: str) -> list[AnyEntry]:
    """Notices of any of these decisions that did not come back."""
    returned = {entry.data.notice for entry in entries if isinstance(entry.data, RecordReturn)}
    return [e for e in entries if isinstance(e.data, GiveNotice) and e.data.about in refs and e.ref not in returned]


def reviews_of(entries: Iterable[AnyEntry], sanction: str) -> list[AnyEntry]:
    """Reviews that kept a sanction, oldest first."""
    found = [e for e in entries if isinstance(e.data, ReviewSanction) and e.data.sanction == sanction]
    return [entry for entry in found if getattr(entry.data, "outcome", "") != "lift"]


def last_day_to_appeal(entries: Sequence[AnyEntry], sanction: str) -> date | None:
    """Two weeks from the day the customer had notice of the last decision to impose or keep; None before that.

    A notice cannot reach anybody before what it tells of was decided.
    """
    kept = reviews_of(entries, sanction)
    decided = [*(kept[-1:] or _imposing(entries, sanction))]
    if not decided:
        return None
    about = decided[-1].ref if kept else sanction
    told = [max(served_on(notice), decided[-1].taken_on) for notice in notices_of(entries, about)]
    if not kept:
        told += [_served(entry) for entry in entries if _carries_out(entry, sanction)]
    return min(told) + timedelta(days=14) if told else None


def _imposing(entries: Iterable[AnyEntry], sanction: str) -> list[AnyEntry]:
    """The entry that decided on a sanction: its last approval, or itself where it was urgent."""
    approvals = [e for e in entries if isinstance(e.data, ApproveSanction) and e.data.sanction == sanction]
    return approvals[-1:] or [entry for entry in entries if entry.ref == sanction]


def _carries_out(entry: AnyEntry, sanction: str) -> bool:
    return isinstance(entry.data, ServeNoticeSeekingPossession) and entry.data.sanction == sanction


def _served(entry: AnyEntry) -> date:
    return getattr(entry.data, "served_on", None) or entry.taken_on


def received_on(entries: Iterable[AnyEntry], appeal: AnyEntry) -> date:
    """The day an appeal came, as last corrected."""
    day: date = getattr(appeal.data, "received_on", None) or appeal.taken_on
    for entry in entries:
        if (
            isinstance(entry.data, CorrectEntry)
            and entry.data.entry == appeal.ref
            and "received_on" in entry.data.changes
        ):
            day = date.fromisoformat(str(entry.data.changes["received_on"]))
    return day
