"""The registers written and read back, for one day, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from evenhand.casework.cast import Tenancy
from evenhand.casework.registers import CustomerRecord, Home, Registers, Since, StaffMember
from evenhand.people import models
from evenhand.people.reading import registers_on
from evenhand.people.writing import enter, mark_changed

pytestmark = pytest.mark.usefixtures("database")

DAY = date(2026, 3, 2)
MINA = StaffMember("mina", "Mina Shah", frozenset({"manager"}), frozenset({"head_of_repairs"}))
OLU = StaffMember(
    "olu",
    "Olu Adeyemi",
    frozenset({"colleague", "case_officer"}),
    managers=(Since("max", until=date(2025, 12, 31)), Since("mina", date(2026, 1, 1))),
    deputies=(Since("mina", date(2026, 2, 1), date(2026, 2, 28)),),
    training={"conduct": date(2025, 6, 1)},
    connections=frozenset({"carol"}),
)
CAROL = CustomerRecord("carol", "Carol", "assured", "100", date(1980, 2, 29), frozenset({"dave"}), frozenset({"kim"}))
DAVE = CustomerRecord("dave", "Dave", "assured", "100", None, frozenset({"carol"}))
KIM = CustomerRecord("kim", "Kim")
EVERYBODY = Registers(
    {"max": StaffMember("max", "Max"), "mina": MINA, "olu": OLU},
    {"carol": CAROL, "dave": DAVE, "kim": KIM},
    {"100": Home("100", "1 High Street")},
)


def as_read(day: date = DAY) -> Registers:
    """The registers with every lazy part read."""
    found = registers_on(day)
    return Registers(dict(found.staff), dict(found.customers), dict(found.homes))


def test_everybody_reads_back_as_entered():
    enter(EVERYBODY)
    assert as_read() == EVERYBODY
    assert [len(registers_on(DAY).customers), len(registers_on(DAY).homes)] == [3, 1]


def test_empty_registers_know_nobody():
    assert as_read() == Registers()
    assert "olu" not in registers_on(DAY).staff


def test_tenancies_hold_between_their_days_and_go_before_what_was_entered_by_hand():
    people = {"ann": CustomerRecord("ann", "Ann", "applicant"), "bob": CustomerRecord("bob", "Bob")}
    first = Tenancy(home="7", kind="assured", tenants=("ann",), since=date(2020, 1, 1), until=date(2025, 12, 31))
    second = Tenancy(home="8", kind="secure", tenants=("ann", "bob"), since=date(2026, 1, 1))
    enter(Registers(customers=people), [first, second])
    on = {year: as_read(date(year, 6, 1)).customers["ann"] for year in (2019, 2021, 2026)}
    assert {year: (row.tenure, row.home, sorted(row.joint_with)) for year, row in on.items()} == {
        2019: ("applicant", "", []),
        2021: ("assured", "7", []),
        2026: ("secure", "8", ["bob"]),
    }


def test_roles_and_posts_are_those_of_the_day():
    enter(EVERYBODY)
    models.StaffRole.objects.filter(staff="mina").update(until=DAY)
    models.StaffPost.objects.filter(staff="mina").update(since=date(2026, 3, 3))
    mark_changed()
    on = {day: registers_on(date(2026, 3, day)).staff["mina"] for day in (2, 3)}
    assert {day: (sorted(member.roles), sorted(member.posts)) for day, member in on.items()} == {
        2: (["manager"], []),
        3: ([], ["head_of_repairs"]),
    }


def test_registers_are_read_again_only_after_a_change():
    enter(EVERYBODY)
    registers_on(DAY).customers["carol"]
    with CaptureQueriesContext(
        connection,
    ) as again:
        assert registers_on(DAY).customers["carol"] == CAROL
    assert len(again) == 1
    enter(Registers(customers={"zoe": CustomerRecord("zoe", "Zoe")}))
    assert "zoe" in registers_on(DAY).customers


def test_staff_are_read_in_as_many_statements_however_many_they_are():
    counted = []
    for number in (1, 50):
        enter(Registers({f"s{number}-{i}": StaffMember(f"s{number}-{i}", "S", OLU.roles) for i in range(number)}))
        with CaptureQueriesContext(connection) as read:
            registers_on(DAY)
        counted.append(len(read))
    assert counted == [8, 8]


@pytest.mark.parametrize(
    "registers",
    [
        Registers({"olu": StaffMember("olu", "Olu")}),
        Registers({"new": StaffMember("new", "New", managers=(Since("nobody"),))}),
        Registers({"new": StaffMember("new", "New", managers=(Since("new"),))}),
        Registers({"new": StaffMember("new", "New", managers=(Since("mina", DAY, date(2026, 3, 1)),))}),
        Registers(customers={"new": CustomerRecord("new", "New", household=frozenset({"nobody"}))}),
    ],
)
def test_what_cannot_be_is_refused_whole(registers):
    enter(EVERYBODY)
    with pytest.raises(IntegrityError):
        enter(registers)
    assert as_read() == EVERYBODY


def test_rows_say_what_they_are():
    enter(EVERYBODY, [Tenancy(home="100", kind="assured", tenants=("kim",))])
    every = [model.objects.order_by("pk").last() for model in (
        models.Staff, models.StaffRole, models.StaffPost, models.LineManager, models.Deputy, models.Training,
        models.Connection, models.Home, models.Customer, models.Tenancy, models.HouseholdMember,
    )]  # fmt: skip
    assert [str(row) for row in every] == [
        "Olu Adeyemi",
        "olu: colleague",
        "mina: head_of_repairs",
        "mina manages olu",
        "mina stands in for olu",
        "olu: conduct",
        "olu and carol",
        "1 High Street",
        "Kim",
        "assured tenancy of 100",
        "kim lives with carol",
    ]
    assert str(models.Version(stamp="x")) == "registers as of x"
