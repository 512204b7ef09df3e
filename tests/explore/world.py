"""A small world that moves act on: two joint tenants, a few colleagues, and the files that grow between them.

Everything goes through the real `decide.take`. A world is never changed: a move gives another one, or the same one
where the step was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from evenhand.casework.decide import NotOffered, take
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.gather import FILES, gather
from evenhand.casework.registers import CustomerRecord, Home, Registers, Since, StaffMember
from evenhand.casework.shape import BadStep
from evenhand.casework.steps.base import FileKind, StepData
from evenhand.casework.story import people_of
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.edition import Edition
from evenhand.policy.parsing import load

FIRST_DAY = date(2021, 7, 5)
BEGINNING = datetime.combine(FIRST_DAY, time(8), UTC)

STAFF = (
    StaffMember("olu", "Olu", frozenset({"colleague"}), managers=(Since("mina"),)),
    StaffMember("tess", "Tess", frozenset({"case_officer"}), managers=(Since("mina"),)),
    StaffMember("mina", "Mina", frozenset({"manager"}), managers=(Since("sam"),)),
    StaffMember("max", "Max", frozenset({"manager"}), managers=(Since("sam"),)),
    StaffMember("sam", "Sam", frozenset({"senior_officer"})),
    StaffMember("sue", "Sue", frozenset({"senior_officer"})),
    StaffMember("ada", "Ada", frozenset({"auditor"})),
    StaffMember("page", "The customer pages", frozenset({"portal"})),
)
CUSTOMERS = (
    CustomerRecord("carol", "Carol", tenure="assured", home="100", joint_with=frozenset({"dan"})),
    CustomerRecord("dan", "Dan", tenure="assured", home="100", joint_with=frozenset({"carol"})),
)
REGISTERS = Registers(
    staff={member.id: member for member in STAFF},
    customers={customer.id: customer for customer in CUSTOMERS},
    homes={"100": Home("100", "100 Mill Lane")},
)


@cache
def shipped_edition() -> Edition:
    return load("stonewater-2020-05", VOCABULARY)


def kind_of(name: str) -> FileKind:
    """The kind that a file's name says: `case-1`, `incident-2`, `flag-1`; any other name is a person's."""
    kind = name.partition("-")[0]
    return kind if kind in ("incident", "case", "flag") else "person"  # type: ignore[return-value] # one of the kinds


@dataclass(frozen=True)
class Move:
    """Something somebody may try: a step by one person on one file, or days going by.

    `draft` gives the step's data as the world stands, or None where there is nothing to do it to.
    """

    name: str
    by: str = ""
    file: str = ""
    draft: Callable[[World], StepData | None] = field(default=lambda _: None, repr=False)
    days: int = 0


@dataclass(frozen=True)
class World:
    """The files as they stand on a day. `names` says by which move each entry came about, by its reference."""

    edition: Edition
    day: date = FIRST_DAY
    files: Mapping[str, File] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    last_at: datetime = BEGINNING

    def file(self, name: str) -> File | None:
        return self.files.get(name)

    def names_about(self, person: str) -> Iterable[str]:
        return [name for name, file in self.files.items() if person in people_of(file)]

    def entries(self, file: str) -> tuple[AnyEntry, ...]:
        return self.files[file].recorded if file in self.files else ()

    def last(self, file: str, *models: type[StepData]) -> str | None:
        """The newest entry of any of these steps on a file, by its reference."""
        return next((entry.ref for entry in reversed(self.entries(file)) if isinstance(entry.data, models)), None)

    def after(self, move: Move) -> World:
        """The world once the move was tried; this very world where it cannot be made or is refused."""
        if move.days:
            return replace(self, day=self.day + timedelta(days=move.days))
        draft = move.draft(self)
        return self if draft is None else self.taking(draft, by=move.by, file=move.file, name=move.name)

    def taking(self, draft: StepData, *, by: str, file: str, name: str) -> World:
        at = max(self.last_at + timedelta(minutes=1), datetime.combine(self.day, time(8), UTC))
        before = self.files.get(file) or FILES[kind_of(file)](file, ())
        facts = gather(self, REGISTERS, self.edition, before, draft=draft, actor=by, at=at, day=self.day)
        try:
            entries = take(draft, facts).entries
        except (BadStep, NotOffered):
            return self
        return self._with(entries, name, at) if entries else self

    def _with(self, entries: Iterable[AnyEntry], name: str, at: datetime) -> World:
        files, names = dict(self.files), dict(self.names)
        for entry in entries:
            recorded = files[entry.file].recorded if entry.file in files else ()
            files[entry.file] = FILES[entry.kind](entry.file, (*recorded, entry))
            names[entry.ref] = entry.data.name if entry.because_of else name
        return replace(self, files=files, names=names, last_at=at)
