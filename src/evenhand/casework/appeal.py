"""An appeal, from its receipt to its decision (clause 5.6)."""

from dataclasses import dataclass, field
from datetime import date

from evenhand.casework.entry import Entry
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal, SuspendSanction


@dataclass(frozen=True, eq=False)
class Appeal:
    """What the case holds about one appeal against a sanction, or against its continuation at a review."""

    received: Entry[ReceiveAppeal]
    sanction: str
    late_decisions: list[Entry[DecideLateAppeal]] = field(default_factory=list)
    assignments: list[Entry[AssignAppeal]] = field(default_factory=list)
    suspensions: list[Entry[SuspendSanction]] = field(default_factory=list)
    decisions: list[Entry[DecideAppeal]] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return self.received.ref

    @property
    def received_on(self) -> date:
        return self.received.data.received_on or self.received.taken_on

    @property
    def is_late(self) -> bool:
        """Whether it came after the last day that the customer had been given, fixed when it was recorded."""
        last = self.received.day("in_time_until")
        return last is not None and self.received_on > last

    @property
    def admitted(self) -> bool | None:
        """True in time or let in late, False turned away late, None late and undecided."""
        if not self.is_late:
            return True
        return self.late_decisions[-1].data.admit if self.late_decisions else None

    @property
    def officer(self) -> str:
        """Who was last assigned: a colleague's id, or an outside person's name; '' before."""
        if not self.assignments:
            return ""
        last = self.assignments[-1].data
        return last.officer or last.external_officer or ""

    @property
    def decision(self) -> Entry[DecideAppeal] | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def state(self) -> str:
        """`late`, `admitted`, `refused`, `assigned` or `decided`."""
        if self.decision is not None:
            return "decided"
        if self.admitted is not True:
            return "late" if self.admitted is None else "refused"
        return "assigned" if self.assignments else "admitted"

    @property
    def is_open(self) -> bool:
        return self.decision is None and self.admitted is not False
