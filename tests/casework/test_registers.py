"""Staff, customers and homes as they stood on a day."""

from datetime import date

import pytest

from evenhand.casework.registers import CustomerRecord, Registers, Since, StaffMember
from tests.casework.build import DAY, REGISTERS, with_staff

FIRST, LAST = date(2021, 7, 1), date(2021, 7, 31)


@pytest.mark.parametrize(
    ("day", "between", "since", "until", "always"),
    [
        (date(2021, 6, 30), False, False, True, True),
        (FIRST, True, True, True, True),
        (LAST, True, True, True, True),
        (date(2021, 8, 1), False, True, False, True),
    ],
)
def test_since_holds_on_both_its_days_and_between(day, between, since, until, always):
    spans = (Since("sam", FIRST, LAST), Since("sam", FIRST), Since("sam", until=LAST), Since("sam"))
    assert tuple(span.on(day) for span in spans) == (between, since, until, always)


def test_roles_are_ones_own_and_those_of_whom_one_stands_in_for():
    assert REGISTERS.roles_of("dana", DAY) == {"colleague", "manager"}
    assert REGISTERS.roles_of("mina", DAY) == {"manager"}
    assert REGISTERS.roles_of("carol", DAY) == frozenset()


def test_h6_two_line_managers_and_their_deputies_each_on_their_days():
    registers = with_staff(REGISTERS, "olu", managers=(Since("mina", until=LAST), Since("max", since=date(2021, 8, 1))))
    registers = with_staff(registers, "mina", deputies=(Since("dana", since=date(2021, 7, 31)),))
    assert registers.managers_of("olu", date(2021, 7, 30)) == {"mina"}
    assert registers.managers_of("olu", LAST) == {"mina", "dana"}
    assert registers.managers_of("olu", date(2021, 8, 1)) == {"max"}


def test_somebody_may_have_two_line_managers_at_once_and_one_we_do_not_know():
    registers = with_staff(REGISTERS, "olu", managers=(Since("mina"), Since("max"), Since("gone")))
    assert registers.managers_of("olu", DAY) == {"mina", "max", "dana", "gone"}
    assert registers.managers_of("carol", DAY) == frozenset()


def test_people_are_called_by_their_names_and_outsiders_as_entered():
    assert [REGISTERS.name(who) for who in ("olu", "carol", "Ann Lee")] == ["Olu Adeyemi", "Carol Dean", "Ann Lee"]


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (None, DAY, None),
        (date(2003, 8, 6), date(2021, 8, 5), 17),
        (date(2003, 8, 6), date(2021, 8, 6), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_age_in_whole_years(born_on, day, age):
    assert CustomerRecord("kit", "Kit Dean", born_on=born_on).age_on(day) == age


def test_registers_may_be_empty():
    assert Registers().roles_of("olu", DAY) == frozenset()
    assert StaffMember("olu", "Olu Adeyemi").managers_on(DAY) == frozenset()
