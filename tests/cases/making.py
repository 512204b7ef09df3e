"""A small landlord, and short ways to take steps there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from evenhand.cases.archive import RecordArchive
from evenhand.cases.taking import StepTaken, take_step
from evenhand.casework.entry import File
from evenhand.casework.registers import CustomerRecord, Registers, Since, StaffMember
from evenhand.people.writing import enter

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

PEOPLE = Registers(
    staff={
        "olu": StaffMember("olu", "Olu", frozenset({"colleague"}), managers=(Since("max"), Since("mina"))),
        "mina": StaffMember("mina", "Mina", frozenset({"manager"})),
        "max": StaffMember("max", "Max", frozenset({"manager"})),
        "rae": StaffMember("rae", "Rae", frozenset({"colleague"})),
        "dpo": StaffMember("dpo", "Dee", frozenset({"data_protection_officer"})),
    },
    customers={
        "carol": CustomerRecord("carol", "Carol", "assured"),
        "pat": CustomerRecord("pat", "Pat", "assured"),
    },
)

OPENED: dict[str, Any] = {
    "subject": "carol",
    "incidents": ["incident-1"],
    "breakdown": "Every call ends in shouting.",
    "tried_first": "A weekly call was agreed and did not help.",
    "colleague": "olu",
}


def a_landlord() -> None:
    """Enters PEOPLE."""
    enter(PEOPLE)


def taken(step: str, file: str, by: str = "olu", *, minute: int = 0, kind: str = "", **options: Any) -> StepTaken:
    """Takes a step `minute` minutes after NOON; fields other than take_step's own are the step's data."""
    own = {
        name: options.pop(name)
        for name in ("expected", "key", "taken_on", "edition", "read", "heeded", "along")
        if name in options
    }
    kind = kind or ("person" if file in PEOPLE.customers else file.partition("-")[0])
    at = NOON + timedelta(minutes=minute)
    return take_step(step=step, kind=kind, file=file, data=options, actor=by, at=at, **own)  # type: ignore[arg-type] # any step's data


def an_open_case(*, minute: int = 0) -> None:
    """incident-1 about carol, and case-1 that rests on it."""
    a_landlord()
    reported = taken("report_incident", "incident-1", minute=minute, subject="carol", what_happened="She shouted.")
    opened = taken("open_case", "case-1", minute=minute + 1, **OPENED)
    assert [reported.decision.refusals, opened.decision.refusals] == [(), ()]


def file(name: str) -> File:
    """The file as the record now has it."""
    found = RecordArchive().file(name)
    assert found is not None
    return found
