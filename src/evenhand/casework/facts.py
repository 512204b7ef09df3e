"""Everything a decision may look at, frozen; and the look that a gate's checks are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from evenhand.casework.appeal import Appeal
from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, File, file_of
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.person import PersonView
from evenhand.casework.registers import CustomerRecord, Registers
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.decision import Measure
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Promise


@dataclass(frozen=True)
class Facts:
    """This file, the files linked to it and to its person, and the registers as they stood on the day.

    `day` is the day with legal effect (`taken_on`), `at` the instant of recording, `actor` the id of who acts;
    `other_edition` is the one a case would move to, where that is the step.
    """

    edition: Edition
    day: date
    at: datetime
    actor: str
    file: File
    files: Mapping[str, File]
    registers: Registers
    other_edition: Edition | None = None

    @cached_property
    def case(self) -> CaseFile:
        return self.file if isinstance(self.file, CaseFile) else CaseFile(self.file.name, ())

    @cached_property
    def person(self) -> PersonView:
        """The person the file is about, through all their files."""
        return self.view_of(self.file.subject)

    def view_of(self, who: str) -> PersonView:
        return PersonView(who, self.files)

    @cached_property
    def customer(self) -> CustomerRecord | None:
        return self.registers.customers.get(self.file.subject)

    @cached_property
    def roles(self) -> frozenset[str]:
        return self.registers.roles_of(self.actor, self.day)

    @cached_property
    def incidents(self) -> list[IncidentFile]:
        """The incidents a case stands on, or the one a flag cites, or the file itself."""
        named = self.case.incidents if isinstance(self.file, CaseFile) else frozenset({self._cited_incident})
        found = [self.files[name] for name in sorted(named) if name in self.files]
        return [file for file in found if isinstance(file, IncidentFile)]

    @property
    def reported_conduct(self) -> tuple[str, ...]:
        """The kinds of conduct in the reports of those incidents, by code."""
        reports = (file.report for file in self.incidents)
        return tuple(sorted({kind for report in reports if report for kind in report.data.behaviours}))

    @property
    def _cited_incident(self) -> str:
        return self.file.incident if isinstance(self.file, FlagFile) else self.file.name

    def entry(self, ref: str | None) -> AnyEntry | None:
        """The entry a reference names, on any file at hand; a withdrawn one is gone."""
        if not ref:
            return None
        file = self.files.get(file_of(ref))
        return file.by_ref.get(ref) if file else None

    def sanction(self, ref: str | None) -> Sanction | None:
        return self.case.sanctions.get(ref or "")

    @cached_property
    def shuts(self) -> Mapping[str, tuple[str, ...]]:
        return {name: need.shuts for name, need in self.edition.needs.items()}


@dataclass(frozen=True)
class Look:
    """What the checks of one gate are asked about: the facts, the draft (none for a button), and the target (if any).

    Checks name what they look at by these attributes; one that is None is not at hand, and the answer is *unknown*.
    """

    facts: Facts
    step: type[StepData]
    draft: StepData | None = None
    target: str = ""

    @cached_property
    def sanction(self) -> Sanction | None:
        """The sanction acted on, directly or through its appeal, notice or review."""
        case = self.facts.case
        return case.sanctions.get(self.target) or case.sanctions.get(case.sanction_of(self.target))

    @cached_property
    def measure(self) -> Measure | None:
        """The measure in question: the draft where it is one, else the target's."""
        if isinstance(self.draft, Measure):
            return self.draft
        return None if issubclass(self.step, Measure) or self.sanction is None else self.sanction.measure

    @cached_property
    def appeal(self) -> Appeal | None:
        return self.facts.case.appeals.get(self.target)

    @property
    def case(self) -> CaseFile | None:
        return self.facts.file if isinstance(self.facts.file, CaseFile) else None

    @property
    def flag(self) -> FlagFile | None:
        return self.facts.file if isinstance(self.facts.file, FlagFile) else None

    @property
    def inquiry(self) -> InquiryFile | None:
        return self.facts.file if isinstance(self.facts.file, InquiryFile) else None

    @cached_property
    def told(self) -> AnyEntry | None:
        """The entry whose outcome a notice tells."""
        return self.facts.entry(self.target)


@dataclass(frozen=True)
class Duty:
    """Something owed on a file: the promise, the entry that made it, and the day it was done or fell away."""

    promise: Promise
    file: str
    made_by: str
    done_on: date | None = None
    falls_away_on: date | None = None

    def open_on(self, day: date) -> bool:
        """Still owed: not done, and what it was owed for still stands."""
        return self.done_on is None and (self.falls_away_on is None or day <= self.falls_away_on)

    def overdue_on(self, day: date) -> bool:
        return self.open_on(day) and day > self.promise.due_on
