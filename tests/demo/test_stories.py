"""What stands when every story is told: every stage, dates on each side of today, something for whoever signs in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.bulk import differing
from evenhand.cases.models import CustomerWords, FileIndex, OpenDuty, SanctionIndex
from evenhand.cases.rebuild import verify
from evenhand.cases.taking import take_step
from evenhand.cli.demo import demo
from evenhand.demo.entering import PASSWORD
from evenhand.demo.staff import IN_TEAMS, SIGN_INS, address, teams
from evenhand.looks.models import Grant
from evenhand.looks.unusual import Looking, span_of
from evenhand.people.models import Connection, Customer, Deputy, Home, StaffRole, TeamMember, Training
from evenhand.people.reading import registers_on
from evenhand.policy.clock import london_instant
from tests.demo.conftest import TODAY

pytestmark = [pytest.mark.unmeasured, pytest.mark.usefixtures("command")]


STORY = {"case": "UC-", "incident": "IN-", "flag": "FL-"}
"""How the names of the stories' files begin; synthetic ones have numbers."""


def test_the_command_says_what_is_there_and_how_to_sign_in(command):
    kinds = {kind: FileIndex.objects.filter(kind=kind, name__startswith=start).count() for kind, start in STORY.items()}
    assert (command.exit_code, kinds["case"], kinds["incident"] >= 150) == (0, 60, True)
    said = command.output.splitlines()
    assert (
        f"{kinds['case']} case files, {kinds['flag']} flag files, {kinds['incident']} incident files" in command.output
    )
    assert "44 staff, 2,000 homes, 3,000 customers" in command.output
    assert "Cases made: 12 of 12" in said
    assert [line.split()[0] for line in said if "@" in line] == [address(who) for who, _ in SIGN_INS]
    assert said[-1].endswith(PASSWORD)


def test_a_second_time_is_refused(command):
    again = CliRunner().invoke(demo, [])
    assert (again.exit_code, "there are people or files" in again.output.lower()) == (1, True)


def test_synthetic_cases_are_with_the_demonstrations_own_officers(command):
    officers = {file.officer for file in FileIndex.objects.filter(kind="case").exclude(name__startswith="UC-")}
    assert officers <= {officer for team in teams() for officer in team.officers}
    assert CustomerWords.objects.filter(customer__startswith="customer-").count() == 12
    assert differing(10, seed=1) == []


def test_what_is_loaded_verifies():
    report = verify()
    assert (report.faults, report.entries > 1_000) == ([], True)


def test_cases_and_flags_stand_at_every_stage():
    states = {kind: {file.state for file in FileIndex.objects.filter(kind=kind)} for kind in ("case", "flag")}
    assert states["case"] == {"opened", "endorsed", "declined", "closed"}
    assert states["flag"] >= {"proposed", "approved", "declined", "ended"}


def test_measures_stand_at_every_stage():
    days = SanctionIndex.objects.all()
    assert days.filter(approved_on=None, declined_on=None).exists()
    assert days.exclude(approved_on=None).filter(told_on=None).exists()
    assert days.filter(ended_on=None, review_by__lt=TODAY).exists()
    assert days.filter(ended_on=None, review_by__gte=TODAY).exists()
    assert days.exclude(ended_on=None).exists()
    assert len(set(days.values_list("remedy", flat=True))) >= 9


def test_duties_are_overdue_due_this_week_and_later():
    due = sorted((day - TODAY).days for day in OpenDuty.objects.values_list("due_on", flat=True))
    assert (due[0] < 0, any(0 <= day <= 7 for day in due), due[-1] > 7) == (True, True, True)


@pytest.mark.parametrize("who", ["priya", "tom", "mina", "sam"])
def test_whoever_signs_in_to_work_is_owed_something(who):
    roles = registers_on(TODAY).roles_of(who, TODAY)
    owed = [duty for duty in OpenDuty.objects.all() if duty.keeper == who or roles & set(duty.owners.split())]
    assert owed != []


def test_the_data_protection_officer_has_an_opened_case_to_look_into():
    grant = Grant.objects.to_close().get()
    assert (grant.staff, FileIndex.objects.get(name=grant.file).is_restricted) == ("glen", True)


def test_h1_the_data_protection_officer_finds_somebody_whose_looks_stand_out():
    dara = viewer_of(Account.objects.get(staff_id="dara"), london_instant(f"{TODAY}T09:00"))
    found = {one.staff: one.signs for one in Looking(dara, span_of(None, None, dara.day)).standing_out()}
    assert found == {"bea": {"late", "same"}}


def test_everybody_can_sign_in_with_the_password_that_is_printed():
    accounts = Account.objects.count()
    assert accounts == sum(map(len, IN_TEAMS.values())) + 8
    assert all(authenticate(username=address(who), password=PASSWORD) for who, _ in SIGN_INS[:2])
    assert {address(who) for who, _ in SIGN_INS} <= set(Account.objects.values_list("email", flat=True))


def test_staff_hold_the_ties_deputies_and_training_that_gates_read():
    assert set(StaffRole.objects.values_list("role", flat=True)) >= {
        "colleague", "case_officer", "manager", "senior_officer", "auditor", "data_protection_officer",
        "policy_owner", "administrator", "contractor",
    }  # fmt: skip
    assert len({row.team_id for row in TeamMember.objects.all()}) == 6
    assert Deputy.objects.on(TODAY).get().staff_id == "ruth"
    assert Training.objects.filter(done_on__lt=TODAY - timedelta(days=365)).get().staff_id == "owen"
    ties = set(Connection.objects.values_list("to", flat=True))
    assert ties <= {*Customer.objects.values_list("id", flat=True), *Home.objects.values_list("uprn", flat=True)}


def test_phones_and_addresses_of_mail_belong_to_nobody():
    reached = Customer.objects.values_list("email", "phone")
    assert all(email.endswith("@example.org") for email, _ in reached if email)
    assert all(phone.startswith("07700 900") for _, phone in reached if phone)


def test_nothing_is_recorded_after_the_morning_of_today():
    assert FileIndex.objects.filter(last_on__gte=TODAY).exists() is False


def test_the_day_can_go_on_from_there():
    name = FileIndex.objects.filter(kind="case", state="endorsed", name__startswith="UC-").first().name
    at = london_instant("2026-11-23T09:00")
    taken = take_step(step="add_note", kind="case", file=name, data={"text": "Rang back."}, actor="tom", at=at)
    assert taken.decision.allowed is True
