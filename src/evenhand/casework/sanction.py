"""A sanction, from its proposal to its end: dates and intervals only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

from evenhand.casework.entry import AnyEntry, Entry
from evenhand.casework.steps.appeal import DecideAppeal, SuspendSanction
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import MarkDeath
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DeclineSanction,
    InstructLegal,
    Measure,
    ProposeSanction,
    RecordCourtOutcome,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.notice import (
    AgreeContinuation,
    AskContinuation,
    GiveNotice,
    LiftSanction,
    RecordBreach,
    RecordReturn,
    ReviewSanction,
)
from evenhand.casework.steps.opening import BringInSanction

S = TypeVar("S", bound=StepData)
Interval = tuple[date, date | None]
"""From a day, to the day before another; to no end where there is none."""


@dataclass(frozen=True, eq=False)
class Sanction:
    """Everything the case holds about one measure; `trail` are its entries in order, the one that made it first."""

    case: str
    case_subject: str
    trail: Sequence[AnyEntry]

    @property
    def made(self) -> AnyEntry:
        return self.trail[0]

    @property
    def ref(self) -> str:
        return self.made.ref

    def all(self, model: type[S]) -> list[Entry[S]]:
        return [cast("Entry[S]", entry) for entry in self.trail if type(entry.data) is model]

    @cached_property
    def measure(self) -> Measure:
        """The measure as proposed; one brought in from before is read as a proposal of the same terms."""
        data = self.made.data
        if isinstance(data, BringInSanction):
            shared = {name: getattr(data, name) for name in ("remedy", "subject", "ends_on", "review_on", "reasons")}
            return ProposeSanction(**shared, terms=data.terms or Terms(), starts_on=data.imposed_on)
        return cast("Measure", data)

    @property
    def subject(self) -> str:
        return self.measure.subject or self.case_subject

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What the measure does (warning, restriction, court ...), fixed from the catalogue when it was proposed."""
        return frozenset(self.made.fixed.get("kinds", "").split())

    @property
    def is_warning(self) -> bool:
        return "warning" in self.kinds

    @property
    def is_urgent(self) -> bool:
        return isinstance(self.made.data, TakeUrgentAction)

    @property
    def is_legacy(self) -> bool:
        return isinstance(self.made.data, BringInSanction)

    @property
    def terms(self) -> Terms:
        """The terms in force: as proposed, as last varied since."""
        varied = (e.data.terms for e in reversed(self.trail) if isinstance(e.data, ReviewSanction | DecideAppeal))
        return next((terms for terms in varied if terms is not None), self.measure.terms)

    @cached_property
    def approved_on(self) -> date | None:
        """The day the last approval needed was given; an urgent action needs none."""
        if self.is_urgent:
            return self.made.taken_on
        return next((e.taken_on for e in self.all(ApproveSanction) if e.fixed.get("complete") == "yes"), None)

    @property
    def continuation_asked(self) -> Entry[AskContinuation] | None:
        """The newest request to last beyond its longest term, while nobody refused it and not all who must agreed."""
        asked = self.all(AskContinuation)
        closed = max((entry.sequence for entry in self.trail if settles_continuation(entry)), default=0)
        return asked[-1] if asked and asked[-1].sequence > closed else None

    @property
    def continuation_agreements(self) -> list[Entry[AgreeContinuation]]:
        """What those who decide on it agreed to since it was last asked for."""
        since = max((entry.sequence for entry in self.all(AskContinuation)), default=0)
        return [e for e in self.all(AgreeContinuation) if e.sequence > since and e.data.answer == "agreed"]

    @property
    def agreed_until(self) -> date | None:
        """The last day to which those agreed who decide on its length: when they approved it, or asked again since."""
        given = (day for e in reversed(self.all(AgreeContinuation)) if (day := e.day("agreed_until")) is not None)
        return next(given, self.measure.ends_on if self.approved_on else None)

    @property
    def is_declined(self) -> bool:
        return bool(self.all(DeclineSanction))

    @property
    def is_open_proposal(self) -> bool:
        return self.approved_on is None and not self.is_declined and self.ended_on is None

    @cached_property
    def notices(self) -> list[Entry[GiveNotice]]:
        """Notices of the sanction itself that did not come back."""
        return [e for e in self.all(GiveNotice) if e.data.about == self.ref and not self._came_back(e)]

    @cached_property
    def told_on(self) -> date | None:
        """The day the customer had notice: given, or deemed served."""
        days = [day for entry in self.trail if (day := self._told_by(entry)) is not None]
        return min(days) if days else None

    def _told_by(self, entry: AnyEntry) -> date | None:
        if isinstance(entry.data, GiveNotice):
            return entry.day("deemed_on") if entry.data.about == self.ref and not self._came_back(entry) else None
        return entry.day("told_on")

    @cached_property
    def imposed_on(self) -> date | None:
        """The day from which it binds, fixed by the entry that carried it out."""
        return self._last_day("imposed_on", first=True)

    @property
    def appeal_by(self) -> date | None:
        """The last day for an appeal, from the newest decision told; None while nobody was told of that decision."""
        continued = [review for review in self.reviews if review.data.outcome != "lift"]
        told = {entry.data.about for entry in self.all(GiveNotice) if not self._came_back(entry)}
        return None if continued and continued[-1].ref not in told else self._last_day("appeal_by")

    @property
    def review_by(self) -> date | None:
        """The last day for the next review, or None where none is due before it ends."""
        return self._window[1]

    @property
    def review_from(self) -> date | None:
        return self._window[0]

    @cached_property
    def _window(self) -> tuple[date | None, date | None]:
        for entry in reversed(self.trail):
            if self._came_back(entry):
                continue
            if "review_by" in entry.fixed or type(entry.data) is ReviewSanction:
                return entry.day("review_from"), entry.day("review_by")
        return None, None

    @cached_property
    def ends_on(self) -> date | None:
        """The last day it binds, or None where it has no end date."""
        return self._last_day("ends_on")

    @cached_property
    def lapses_on(self) -> date | None:
        """The last day it binds if nobody does anything: its end, or the review that lifts it by default."""
        days = [day for day in (self.ends_on, self._last_day("lapses_undecided_on")) if day is not None]
        return min(days, default=None)

    def _last_day(self, name: str, *, first: bool = False) -> date | None:
        days = [day for entry in self.trail if (day := entry.day(name)) is not None and not self._came_back(entry)]
        return None if not days else days[0] if first else days[-1]

    def _came_back(self, entry: AnyEntry) -> bool:
        """A notice that was returned never had an effect."""
        return entry.ref in self._returned

    @cached_property
    def _returned(self) -> frozenset[str]:
        return frozenset(entry.data.notice or "" for entry in self.all(RecordReturn))

    @cached_property
    def ended_on(self) -> date | None:
        """The day somebody ended it: lifted, quashed on appeal, discharged by the court, or ended by death."""
        return next((entry.taken_on for entry in self.trail if self._is_ended_by(entry)), None)

    def _is_ended_by(self, entry: AnyEntry) -> bool:
        """The end of a court's order is the court's: of ours, only death ends it."""
        data = entry.data
        if isinstance(data, RecordCourtOutcome):
            return data.outcome in ("discharged", "refused", "withdrawn")
        if self.ordered_at and entry.sequence > self.ordered_at:
            return isinstance(data, MarkDeath)
        return _ends(data)

    @cached_property
    def ordered_at(self) -> int:
        """The sequence at which a court made its order, or 0."""
        return next((e.sequence for e in self.all(RecordCourtOutcome) if e.data.outcome == "made"), 0)

    @property
    def is_ended_untold(self) -> bool:
        """Ended before anybody was told of it: only its end is left to tell."""
        return self.ended_on is not None and self.told_on is None and not self.is_urgent

    @cached_property
    def suspended(self) -> tuple[Interval, ...]:
        """Intervals in which it did not bite: while an appeal was heard, or while its review was overdue."""
        return (*self._suspended_for_appeal(), *self._suspended_unreviewed())

    def _suspended_for_appeal(self) -> Iterator[Interval]:
        """As an appeal officer decided: to the named day, or to the appeal's decision."""
        decided = {entry.data.appeal: entry.taken_on for entry in self.all(DecideAppeal)}
        pending = {entry.ref for entry in self.trail}
        held = (e for e in self.all(SuspendSanction) if e.data.appeal in pending)
        yield from ((e.taken_on, e.data.until or decided.get(e.data.appeal)) for e in held)

    def _suspended_unreviewed(self) -> Iterator[Interval]:
        """Where the edition says so, from the day after a missed review until it is held; never a court's order."""
        for entry in self.trail if "court" not in self.kinds else ():
            missed_from = None if self._came_back(entry) else entry.day("suspended_from")
            held_on = next((e.taken_on for e in self.reviews if e.sequence > entry.sequence), None)
            if missed_from and (held_on is None or missed_from < held_on):
                yield missed_from, held_on

    @property
    def reviews(self) -> list[Entry[ReviewSanction]]:
        return self.all(ReviewSanction)

    @property
    def breaches(self) -> list[Entry[RecordBreach]]:
        return self.all(RecordBreach)

    @property
    def legal_instructions(self) -> list[Entry[InstructLegal]]:
        return self.all(InstructLegal)

    def bound_on(self, day: date) -> bool:
        """Whether it stands on a day: imposed, not ended, not lapsed. A suspended one still stands."""
        if self.imposed_on is None or day < self.imposed_on:
            return False
        if self.ended_on is not None and day >= self.ended_on:
            return False
        return self.lapses_on is None or day <= self.lapses_on

    def weighs_on(self, day: date) -> bool:
        """Whether it binds on a day, or is decided and will."""
        if self.approved_on is None or self.ended_on is not None:
            return False
        return self.imposed_on is None or self.bound_on(day)

    def live_on(self, day: date) -> bool:
        """Whether it restrains the person on a day: it stands and is not suspended."""
        held = any(start <= day and (end is None or day < end) for start, end in self.suspended)
        return self.bound_on(day) and not held

    def review_overdue_on(self, day: date) -> bool:
        return self.bound_on(day) and self.review_by is not None and day > self.review_by


def _ends(data: StepData) -> bool:
    if isinstance(data, LiftSanction | MarkDeath | DeclineSanction):
        return True
    if isinstance(data, ReviewSanction):
        return data.outcome == "lift"
    return isinstance(data, DecideAppeal) and data.outcome == "upheld"


def settles_continuation(entry: AnyEntry) -> bool:
    """Whether an entry answers a request to last longer: refused, agreed by all who must, or reviewed without it."""
    data = entry.data
    refused = isinstance(data, AgreeContinuation) and data.answer == "not_agreed"
    return refused or isinstance(data, ReviewSanction) or entry.day("agreed_until") is not None
