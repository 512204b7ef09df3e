"""The flag file: a warning to those who visit, with its own review clock (clause 5.3)."""

from datetime import date
from functools import cached_property

from evenhand.casework.entry import AnyEntry, Entry, File
from evenhand.casework.steps.control import MarkDeath
from evenhand.casework.steps.flag import (
    ApproveFlag,
    BringInFlag,
    DecideFlagDispute,
    DeclineFlag,
    DisputeFlag,
    EndFlag,
    ProposeFlag,
    RecordNotTold,
    ReviewFlag,
    TellPerson,
)


class FlagFile(File):
    kind = "flag"

    @property
    def proposal(self) -> Entry[ProposeFlag] | Entry[BringInFlag] | None:
        return self.last(ProposeFlag) or self.last(BringInFlag)

    @property
    def subject(self) -> str:
        return (self.proposal.data.subject or "") if self.proposal else ""

    @property
    def in_hands_of(self) -> str:
        """Who proposed it."""
        return self.proposal.by if self.proposal else ""

    @property
    def place(self) -> str:
        return (self.proposal.data.place or "") if self.proposal else ""

    @property
    def category(self) -> str:
        return (self.proposal.data.category or "") if self.proposal else ""

    @property
    def incident(self) -> str:
        return (self.proposal.data.incident or "") if self.proposal else ""

    @property
    def approval(self) -> Entry[ApproveFlag] | None:
        return self.last(ApproveFlag)

    @property
    def control_measures(self) -> tuple[str, ...]:
        """What to do, as last reviewed."""
        reviewed = [e.data.control_measures for e in self.all(ReviewFlag) if e.data.control_measures]
        return reviewed[-1] if reviewed else self.proposal.data.control_measures if self.proposal else ()

    @cached_property
    def ended_on(self) -> date | None:
        """The day it ended: at once when it named the wrong person."""
        return next((entry.taken_on for entry in self.entries if _ends(entry)), None)

    @property
    def set_on(self) -> date | None:
        """The day it first warns anybody: a provisional or legacy one at once, another when approved."""
        if self.proposal is None:
            return None
        if isinstance(self.proposal.data, BringInFlag) or self.proposal.data.provisional:
            return self.proposal.taken_on
        return self.approval.taken_on if self.approval else None

    @property
    def lapses_on(self) -> date | None:
        """The last day of a provisional flag that nobody approved."""
        return self.proposal.day("lapses_on") if self.proposal and not self.approval else None

    @property
    def review_by(self) -> date | None:
        days = [day for entry in self.entries if (day := entry.day("review_by")) is not None]
        return days[-1] if days else None

    @property
    def is_told(self) -> bool:
        """Whether the person was told since the last decision on the flag, or a reason why not is on record."""
        return bool(self.all(TellPerson) or self.all(RecordNotTold))

    @cached_property
    def open_dispute(self) -> Entry[DisputeFlag] | None:
        disputes, decided = self.all(DisputeFlag), self.all(DecideFlagDispute)
        return disputes[-1] if len(disputes) > len(decided) else None

    @property
    def state(self) -> str:
        """`none`, `proposed`, `approved`, `declined`, `ended` or `disposed`."""
        if self.is_disposed:
            return "disposed"
        if self.ended_on is not None:
            return "ended"
        if self.all(DeclineFlag):
            return "declined"
        return "approved" if self.approval else "proposed" if self.exists else "none"

    def live_on(self, day: date) -> bool:
        """Whether it is shown to whoever visits on a day. An overdue one is: overdue is shown, never hidden."""
        if self.set_on is None or day < self.set_on or self.state == "declined":
            return False
        if self.ended_on is not None and day >= self.ended_on:
            return False
        return self.lapses_on is None or day <= self.lapses_on

    def review_overdue_on(self, day: date) -> bool:
        return self.live_on(day) and self.review_by is not None and day > self.review_by


def _ends(entry: AnyEntry) -> bool:
    data = entry.data
    if isinstance(data, EndFlag | MarkDeath):
        return True
    if isinstance(data, ReviewFlag):
        return data.outcome == "end"
    return isinstance(data, DecideFlagDispute) and data.outcome == "upheld"
