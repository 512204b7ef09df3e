"""Small stories for tests: entries on files, a few people, and the edition that is shipped."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from evenhand.casework.entry import AnyEntry, Entry, File, ref_of
from evenhand.casework.facts import Facts, Look
from evenhand.casework.gather import FILES
from evenhand.casework.registers import CustomerRecord, Registers, Since, StaffMember
from evenhand.casework.settle import settle
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.base import FileKind, StepData
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Promise
from evenhand.policy.parsing import load

EDITION = load("stonewater-2020-05", VOCABULARY)
DAY = date(2021, 8, 6)

STAFF = (
    StaffMember("olu", "Olu Adeyemi", frozenset({"colleague"}), managers=(Since("mina"),)),
    StaffMember("mina", "Mina Shah", frozenset({"manager"}), managers=(Since("sam"),), deputies=(Since("dana"),)),
    StaffMember("max", "Max Reed", frozenset({"manager"}), managers=(Since("sam"),)),
    StaffMember("dana", "Dana Cole", frozenset({"colleague"})),
    StaffMember("sam", "Sam Hall", frozenset({"senior_officer"})),
    StaffMember("sue", "Sue Park", frozenset({"senior_officer"})),
)
CUSTOMERS = (
    CustomerRecord("carol", "Carol Dean", tenure="assured", home="100", joint_with=frozenset({"dave"})),
    CustomerRecord("dave", "Dave Dean", tenure="assured", home="100"),
    CustomerRecord("nell", "Nell Ford"),
)
REGISTERS = Registers(
    staff={member.id: member for member in STAFF}, customers={customer.id: customer for customer in CUSTOMERS}
)


def with_staff(registers: Registers, who: str, **changes: Any) -> Registers:
    """The registers with something else known of one colleague."""
    return replace(registers, staff={**registers.staff, who: replace(registers.staff[who], **changes)})


def with_customer(registers: Registers, who: str, **changes: Any) -> Registers:
    """The registers with something else known of one customer."""
    return replace(registers, customers={**registers.customers, who: replace(registers.customers[who], **changes)})


def kind_of(name: str) -> FileKind:
    """The kind that a file's name says: `case-1`, `incident-2`, `flag-1`, `inquiry-1`; any other name is a person's."""
    kind = name.partition("-")[0]
    return kind if kind in ("incident", "case", "flag", "inquiry") else "person"  # type: ignore[return-value] # one of the kinds


class Story:
    """Files that grow entry by entry. Nothing is decided here: what a test adds was taken."""

    def __init__(self, *, edition: Edition = EDITION, registers: Registers = REGISTERS, day: date = DAY) -> None:
        self.edition, self.registers, self.day = edition, registers, day
        self.recorded: dict[str, list[AnyEntry]] = defaultdict(list)
        self.count = 0

    def add(
        self,
        file: str,
        data: StepData,
        *,
        by: str = "olu",
        role: str = "colleague",
        on: date | None = None,
        promises: tuple[Promise, ...] = (),
        fixed: Mapping[str, str] | None = None,
    ) -> str:
        """Adds an entry, with what the policy fixes when it is taken unless `fixed` says so, and returns its name."""
        self.day, self.count = on or self.day, self.count + 1
        settled = settle(self.look(data, file=file, by=by)) if fixed is None else fixed
        sequence, kind = len(self.recorded[file]) + 1, kind_of(file)
        entry: AnyEntry = Entry(
            ref_of(file, sequence), kind, file, sequence, data, by, role, self.day, self.now, self.edition.id,
            promises, settled,
        )  # fmt: skip
        self.recorded[file].append(entry)
        return entry.ref

    @property
    def now(self) -> datetime:
        """The instant of recording: nine o'clock on the day, and a minute later with every entry."""
        return datetime.combine(self.day, time(9), UTC) + timedelta(minutes=self.count)

    def facts(self, file: str = "case-1", *, by: str = "mina", on: date | None = None) -> Facts:
        """What a decision of somebody on a day may look at: every file of the story."""
        day = on or self.day
        files: dict[str, File] = {name: FILES[kind_of(name)](name, entries) for name, entries in self.recorded.items()}
        files.setdefault(file, FILES[kind_of(file)](file, ()))
        at = max(self.now, datetime.combine(day, time(9), UTC))
        return Facts(self.edition, day, at, by, files[file], files, self.registers)

    def look(self, draft: StepData, *, file: str = "case-1", by: str = "mina", on: date | None = None) -> Look:
        """The look that a step's checks are given; its target is the one that the draft names."""
        field = draft.target_field or draft.target
        target = (getattr(draft, field) or "") if field else ""
        return Look(self.facts(file, by=by, on=on), type(draft), draft, target)


def full_assessment(**changes: Any) -> AssessEquality:
    """An equality assessment with every question answered."""
    answers = {
        "characteristic": "none_found",
        "asked_customer": "Asked by phone; nothing to tell.",
        "linked_to_conduct": "no",
        "effect": "She would write and not call.",
        "household": "Lives with her brother.",
        "vulnerabilities": "None known.",
        "outside_support": "None wanted.",
        "adjustments_tried": "Calls after noon.",
        "alternatives": "A talk was tried.",
    }
    return AssessEquality.model_validate({**answers, **changes})


def short_assessment(**changes: Any) -> AssessEquality:
    """An equality assessment in the short form, with all that it asks."""
    answers = {
        "form": "short",
        "characteristic": "known",
        "details": "Depression, from her own account.",
        "linked_to_conduct": "no",
        "effect": "None but the letter.",
    }
    return AssessEquality.model_validate({**answers, **changes})
