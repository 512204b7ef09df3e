"""What the raw entries of a world tell, read without the product's folds: who decided what, when, and about whom.

An entry counts unless it was taken back rightly: a proposal, an appeal or a dispute, by whoever entered it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from evenhand.casework.duties import duties
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.facts import Duty
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import Withdraw
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DeclineSanction,
    ProposeSanction,
    RecordCourtOutcome,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.flag import DisputeFlag, ProposeFlag
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, ReviewSanction
from evenhand.casework.steps.opening import LinkIncident, OpenCase
from evenhand.casework.steps.person import RecordChange, RecordNeed
from tests.explore.own_days import in_months, notices_of, reviews_of, served_on
from tests.explore.world import World

MAKING = (ProposeSanction, TakeUrgentAction)
MAY_BE_TAKEN_BACK = (ProposeSanction, ReceiveAppeal, ProposeFlag, DisputeFlag)
S = TypeVar("S", bound=StepData)


@lru_cache(maxsize=50_000)
def standing(file: File) -> tuple[AnyEntry, ...]:
    """The entries of a file, less those taken back rightly."""
    by_ref = {entry.ref: entry for entry in file.recorded}
    back = {
        e.data.entry
        for e in file.recorded
        if isinstance(e.data, Withdraw)
        and e.data.entry in by_ref
        and by_ref[e.data.entry].by == e.by
        and isinstance(by_ref[e.data.entry].data, MAY_BE_TAKEN_BACK)
    }
    return tuple(entry for entry in file.recorded if entry.ref not in back)


@lru_cache(maxsize=50_000)
def owed(file: File) -> tuple[Duty, ...]:
    """Everything promised on a file: what the product shows as owed is how somebody is told."""
    return tuple(duties(file))


def is_owed(file: File, day: date, duty: str, about: str | None = None) -> bool:
    """Whether a duty is shown as owed on a day, about something or about anything."""
    return any(
        d.promise.duty == duty and d.promise.owners and about in (None, d.promise.about) and d.open_on(day)
        for d in owed(file)
    )


def of(entries: Sequence[AnyEntry], *models: type[StepData]) -> list[AnyEntry]:
    return [entry for entry in entries if isinstance(entry.data, models)]


def said(entry: AnyEntry) -> Any:
    """What an entry says; the fields are those of its step."""
    return entry.data


@dataclass(frozen=True)
class Case:
    """One case by its raw entries."""

    world: World
    name: str

    @cached_property
    def entries(self) -> tuple[AnyEntry, ...]:
        return standing(self.world.files[self.name])

    @property
    def file(self) -> File:
        return self.world.files[self.name]

    @cached_property
    def subject(self) -> str:
        opened = of(self.entries, OpenCase)
        return said(opened[0]).subject if opened else ""

    @cached_property
    def incidents(self) -> tuple[str, ...]:
        named = [name for entry in of(self.entries, OpenCase) for name in said(entry).incidents]
        named += [said(entry).incident for entry in of(self.entries, LinkIncident)]
        return tuple(name for name in dict.fromkeys(named) if name in self.world.files)

    @cached_property
    def with_incidents(self) -> list[AnyEntry]:
        """The case's entries and those of the incidents it stands on, in order of recording."""
        found = [*self.entries, *(e for name in self.incidents for e in standing(self.world.files[name]))]
        return sorted(found, key=lambda entry: entry.recorded_at)

    @cached_property
    def trails(self) -> list[Trail]:
        return [Trail(self, entry) for entry in of(self.entries, *MAKING)]

    @cached_property
    def appeals(self) -> list[AnyEntry]:
        return of(self.entries, ReceiveAppeal)

    def appealed(self, appeal: AnyEntry) -> Trail | None:
        """The sanction that an appeal is against, directly or through its review."""
        against = said(appeal).against
        return next((t for t in self.trails if against in (t.ref, *(e.ref for e in t.on_it(ReviewSanction)))), None)


@dataclass(frozen=True)
class Trail:
    """One sanction by the raw entries about it."""

    case: Case
    made: AnyEntry

    @property
    def ref(self) -> str:
        return self.made.ref

    @property
    def measure(self) -> Any:
        return self.made.data

    @property
    def subject(self) -> str:
        return self.measure.subject or self.case.subject

    @property
    def is_urgent(self) -> bool:
        return isinstance(self.made.data, TakeUrgentAction)

    @property
    def is_warning(self) -> bool:
        return bool(self.measure.remedy == "warning_letter")

    @property
    def is_court(self) -> bool:
        return self.measure.remedy in ("civil_injunction", "notice_seeking_possession")

    def on_it(self, *models: type[StepData]) -> list[AnyEntry]:
        return [entry for entry in of(self.case.entries, *models) if said(entry).sanction == self.ref]

    @cached_property
    def approvals(self) -> list[AnyEntry]:
        return self.on_it(ApproveSanction)

    @cached_property
    def declined(self) -> list[AnyEntry]:
        return self.on_it(DeclineSanction)

    @property
    def decided(self) -> AnyEntry | None:
        """The entry that decided it: the urgent action itself, or the first approval."""
        return self.made if self.is_urgent else next(iter(self.approvals), None)

    @cached_property
    def reviews(self) -> list[AnyEntry]:
        """The reviews that kept it."""
        return reviews_of(self.case.entries, self.ref)

    @cached_property
    def appeal_decisions(self) -> list[AnyEntry]:
        refs = {self.ref, *(entry.ref for entry in self.on_it(ReviewSanction))}
        appeals = {entry.ref for entry in self.case.appeals if said(entry).against in refs}
        return [entry for entry in of(self.case.entries, DecideAppeal) if said(entry).appeal in appeals]

    @cached_property
    def carried_out(self) -> list[tuple[date, AnyEntry]]:
        """What told the customer or imposed it, with its day."""
        found = [(served_on(entry), entry) for entry in notices_of(self.case.entries, self.ref)]
        found += [(said(e).served_on or e.taken_on, e) for e in self.on_it(ServeNoticeSeekingPossession)]
        made = [e for e in self.on_it(RecordCourtOutcome) if said(e).outcome == "made"]
        return found + [(said(e).made_on or e.taken_on, e) for e in made]

    @cached_property
    def imposed_on(self) -> date | None:
        if self.is_urgent:
            return self.measure.starts_on or self.made.taken_on
        imposing = [
            day for day, entry in self.carried_out if not (self.is_court and isinstance(entry.data, GiveNotice))
        ]
        days = [max(day, self.measure.starts_on or day) for day in imposing]
        return min(days, default=None)

    def told_by(self, day: date) -> bool:
        """Whether notice that told of what was decided had reached the customer by a day."""
        decided = self.decided
        return decided is not None and any(decided.taken_on <= on <= day for on, _ in self.carried_out)

    @cached_property
    def ends_on(self) -> date | None:
        """Its last day, as proposed, as its warning's year has it, or as later changed."""
        changed = [said(e).ends_on for e in (*self.reviews, *self.appeal_decisions) if said(e).ends_on]
        if changed or self.measure.ends_on:
            return (changed or [self.measure.ends_on])[-1]
        return in_months(self.imposed_on, 12) if self.is_warning and self.imposed_on else None

    @cached_property
    def terms(self) -> tuple[Terms, AnyEntry]:
        """The terms in force, and the decision that set them."""
        varied = [e for e in (*self.on_it(ReviewSanction), *self.appeal_decisions) if said(e).terms is not None]
        last = max(varied, key=lambda entry: entry.sequence, default=self.made)
        return said(last).terms, last

    @cached_property
    def let_go(self) -> list[AnyEntry]:
        """Where we ended it ourselves: lifted, lifted at a review, or quashed on appeal."""
        lifted = [e for e in self.on_it(ReviewSanction) if said(e).outcome == "lift"]
        upheld = [e for e in self.appeal_decisions if said(e).outcome == "upheld"]
        return [*self.on_it(LiftSanction), *lifted, *upheld]

    @cached_property
    def ends(self) -> list[AnyEntry]:
        """What ended it: we, the court, or the person's death. Once a court has ordered, its end is not ours."""
        outcomes = self.on_it(RecordCourtOutcome)
        ordered = next((e.sequence for e in outcomes if said(e).outcome == "made"), None)
        ours = [e for e in self.let_go if ordered is None or e.sequence < ordered]
        court = [e for e in outcomes if said(e).outcome in ("discharged", "withdrawn", "refused")]
        return ours + court + deaths_of(self.case.world, self.subject)

    def ended_by(self, day: date) -> bool:
        return any(entry.taken_on <= day for entry in self.ends)


def cases_of(world: World) -> list[Case]:
    return [Case(world, name) for name, file in world.files.items() if file.kind == "case"]


def sanctions_of(world: World, subject: str) -> list[Trail]:
    return [trail for case in cases_of(world) for trail in case.trails if trail.subject == subject]


def assessments_of(world: World, subject: str) -> list[AnyEntry]:
    """Every equality assessment about a person, oldest first."""
    found = []
    for file in world.files.values():
        about = Case(world, file.name).subject if file.kind == "case" else file.name
        found += [e for e in of(standing(file), AssessEquality) if (said(e).subject or about) == subject]
    return sorted(found, key=lambda entry: entry.recorded_at)


def needs_of(world: World, subject: str) -> list[AnyEntry]:
    return of(world.entries(subject), RecordNeed)


def changes_of(world: World, subject: str) -> list[AnyEntry]:
    return of(world.entries(subject), RecordChange)


def deaths_of(world: World, subject: str) -> list[AnyEntry]:
    return [entry for entry in changes_of(world, subject) if said(entry).change == "death"]


def news_of(world: World, subject: str) -> Iterator[AnyEntry]:
    yield from needs_of(world, subject)
    yield from changes_of(world, subject)
