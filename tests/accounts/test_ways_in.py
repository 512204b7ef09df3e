"""The code in two halves, and what the machine itself gives out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.accounts.making import TakenAlready
from evenhand.accounts.models import Account, WayIn
from evenhand.accounts.viewing import viewer_of
from evenhand.accounts.ways_in import (
    KEEPER,
    AnsweredAlready,
    NotTheirs,
    WrongCode,
    answer,
    ask,
    check_code,
    halves,
    of_the_machine,
    use,
    waiting_for,
)
from evenhand.cases.seeing import Viewer
from evenhand.people.changing import Hand
from evenhand.people.models import Change, StaffRole
from tests.desk import NOW

LATER = NOW + timedelta(minutes=5)
PASSWORD = "four words quite apart"


def at_desk(who: str) -> Viewer:
    return viewer_of(Account.objects.get(staff_id=who), NOW)


def asked(who: str = "fay", by: str = "ada", email: str = "") -> WayIn:
    return ask(Account.objects.get(staff_id=who), Hand(by, NOW, "staff", who), email)


def test_h24_each_code_has_two_halves_of_its_own(desk):
    codes = [halves(asked(who)) for who in ("fay", "olu")]
    assert len({half for code in codes for half in code}) == 4
    assert {len(half) for code in codes for half in code} == {9}


def test_h24_what_is_asked_again_takes_the_place_of_what_waits(desk):
    asked()
    again = asked(email="fay.hart@example.org")
    assert [way.pk for way in waiting_for(at_desk("mina"))] == [again.pk]
    assert waiting_for(at_desk("olu")) == []


def test_h24_an_answer_is_given_once_and_by_whom_it_is_theirs(desk):
    way = asked()
    for who in ("ada", "fay", "otto"):
        with pytest.raises(NotTheirs):
            answer(way, at_desk(who), True)
    answer(way, at_desk("mina"), False)
    with pytest.raises(AnsweredAlready):
        answer(way, at_desk("mina"), True)


def test_h24_a_code_is_used_once_even_by_two_at_a_time(desk):
    way = asked()
    answer(way, at_desk("mina"), True)
    both = [check_code("Fay@example.org ", *halves(way), LATER) for _ in range(2)]
    assert use(both[0], PASSWORD, LATER).check_password(PASSWORD)
    with pytest.raises(WrongCode):
        use(both[1], "another four words now", LATER)
    assert Account.objects.get(staff_id="fay").check_password(PASSWORD)


def test_h24_an_account_switched_off_takes_no_code(desk):
    way = asked()
    answer(way, at_desk("mina"), True)
    Account.objects.filter(staff_id="fay").update(is_active=False)
    with pytest.raises(WrongCode):
        check_code("fay@example.org", *halves(way), LATER)


def test_the_machine_makes_a_first_administrator_and_gives_a_code(desk):
    way = of_the_machine("Jo@Example.org", "Jo Bell", "jo", NOW)
    check_code("jo@example.org", *halves(way), LATER)
    assert list(StaffRole.objects.filter(staff_id="jo").values_list("role", "since")) == [("administrator", NOW.date())]
    assert way.account.is_address_sure
    assert [(one.by, one.said) for one in Change.objects.order_by("id")] == [
        (KEEPER, "Jo Bell added"),
        (KEEPER, "Made an administrator"),
        (KEEPER, "A code to choose a password by was made on the machine"),
    ]


def test_the_machine_gives_a_known_colleague_a_code_and_takes_nobodys_reference(desk):
    way = of_the_machine("fay@example.org", "", "whatever", NOW)
    assert [way.account.staff_id, "administrator" in at_desk("fay").roles] == ["fay", True]
    with pytest.raises(TakenAlready):
        of_the_machine("other@example.org", "Other", "olu", NOW)
