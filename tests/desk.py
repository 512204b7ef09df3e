"""A small landlord at the desk: colleagues in each role, customers, and browsers signed in as them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from evenhand.accounts.models import Account
from evenhand.cases.taking import StepTaken, take_step
from evenhand.casework.registers import CustomerRecord, Home, Registers, Since, StaffMember
from evenhand.people.models import Team, TeamMember
from evenhand.people.writing import enter

PASSWORD = "a long enough password"
TRAINED = {"unacceptable_conduct": date(2026, 6, 1)}
NOW = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
"""A Monday morning."""


def _member(who: str, name: str, role: str, manager: str = "") -> StaffMember:
    managers = (Since(manager),) if manager else ()
    return StaffMember(who, name, frozenset({role}), managers=managers, training=TRAINED)


STAFF = [
    _member("olu", "Olu Lamb", "case_officer", "mina"),
    _member("fay", "Fay Hart", "colleague", "mina"),
    _member("mina", "Mina Rao", "manager", "sam"),
    _member("otto", "Otto Berg", "case_officer", "nils"),
    _member("nils", "Nils Moor", "manager", "sam"),
    _member("sam", "Sam Oduya", "senior_officer"),
    _member("sia", "Sia Vance", "senior_officer"),
    _member("audra", "Audra Penn", "auditor"),
    _member("dara", "Dara Quill", "data_protection_officer"),
    _member("pol", "Pol Ward", "policy_owner"),
    _member("ada", "Ada Frost", "administrator"),
]
TEAMS = {"north": ("olu", "fay", "mina"), "south": ("otto", "nils")}
HOMES = [Home("100001", "14 Quarry Rise, Bristol BS4 1AA"), Home("100002", "3 Mill Lane, Bristol BS5 2BB")]
CUSTOMERS = [
    CustomerRecord("carol", "Carol Ashdown", "assured", "100001", date(1961, 5, 2)),
    CustomerRecord("dan", "Dan Pryce", "leaseholder", "100002", date(1980, 1, 9)),
]


@dataclass(frozen=True)
class Desk:
    """Takes steps as anybody and gives browsers signed in as anybody."""

    def client(self, who: str, **options: Any) -> Client:
        """A browser signed in as a colleague."""
        browser = Client(SERVER_NAME="localhost", **options)
        browser.force_login(Account.objects.get(staff_id=who))
        return browser

    def take(self, step: str, kind: Any, file: str, by: str, at: datetime = NOW, **data: Any) -> StepTaken:
        """Takes a step and insists that it was allowed."""
        taken = take_step(step=step, kind=kind, file=file, data=data, actor=by, at=at)
        assert [finding.verdict.sentence for finding in taken.decision.refusals] == []
        return taken


@pytest.fixture
def desk(sqlite: Path, settings: Any) -> Desk:
    """The small landlord on a fresh SQLite database, with a folder of its own for evidence."""
    sealed = {**settings.STORAGES["evidence"], "OPTIONS": {"location": sqlite.parent / "evidence"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": sealed}
    registers = {member.id: member for member in STAFF}, {c.id: c for c in CUSTOMERS}, {h.uprn: h for h in HOMES}
    enter(Registers(*registers))
    for team, members in TEAMS.items():
        Team.objects.create(id=team, title=f"{team.title()} team")
        TeamMember.objects.bulk_create(TeamMember(team_id=team, staff_id=who) for who in members)
    for member in STAFF:
        account = Account(email=f"{member.id}@example.org", staff_id=member.id)
        account.set_unusable_password()
        account.save()
    return Desk()
