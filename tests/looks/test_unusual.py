"""Looks that stand out: who is listed, for what, and who is not."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from evenhand.accounts.making import new_account
from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.casework.registers import CustomerRecord, Registers, StaffMember
from evenhand.looks.models import Look
from evenhand.looks.unusual import SIGNS, Looking, Span, StandsOut, span_of
from evenhand.people.changing import Hand
from evenhand.people.models import Connection
from evenhand.people.settled import settle
from evenhand.people.writing import enter, mark_changed
from tests.desk import NOW

WEEK = Span(date(2026, 7, 28), date(2026, 8, 3))
OPENED = {
    "subject": "carol",
    "colleague": "fay",
    "breakdown": "Calls end in rows.",
    "tried_first": "A weekly call was agreed.",
}


def look(who: str, kind: str, file: str, at: datetime = NOW, times: int = 1, customer: str = "", **more) -> None:
    """Notes looks as a page would have."""
    noted = {"at": at, "day": at.date(), "staff": who, "kind": kind, "file": file, "customer": customer}
    rows = [Look(**noted, page="/", purpose=more.get("purpose", "")) for _ in range(times)]
    Look.objects.bulk_create(rows)


def standing_out(who: str = "dara", span: Span = WEEK) -> dict[str, StandsOut]:
    viewer = viewer_of(Account.objects.get(staff_id=who), NOW)
    return {one.staff: one for one in Looking(viewer, span).standing_out()}


def behind(who: str, sign: str) -> list[str]:
    viewer = viewer_of(Account.objects.get(staff_id="dara"), NOW)
    return list(Looking(viewer, WEEK).behind(who, sign).values_list("file", flat=True))


@pytest.fixture
def case(desk) -> str:
    desk.take("open_case", "case", "UC-1", "olu", **OPENED)
    return "UC-1"


def settled(**numbers: int) -> None:
    for name, value in numbers.items():
        settle(Hand("ada", NOW, "number", name), name, value)


def test_h1_nobody_stands_out_by_doing_their_work(case):
    for who in ("olu", "fay", "mina"):
        look(who, "case", case, customer="carol", times=30)
        look(who, "person", "carol", customer="carol", times=30)
    assert standing_out() == {}


def test_h1_many_more_files_than_others_of_the_role(desk):
    settled(apart_least=1_000)
    for who, files in (("olu", 7), ("otto", 21)):
        for number in range(files):
            look(who, "case", f"UC-{number}")
    found = standing_out()
    listed = {who: (one.numbers["many"], one.usual, one.signs) for who, one in found.items()}
    assert listed == {"otto": (21, 7, {"many"})}
    assert len(behind("otto", "many")) == 21
    settled(many_times=4)
    assert standing_out() == {}


def test_h1_a_colleague_alone_in_their_role_is_compared_with_nobody(desk):
    settled(apart_least=1_000)
    for number in range(50):
        look("pol", "case", f"UC-{number}")
    assert standing_out() == {}


def test_h1_files_that_neither_they_nor_their_team_have_a_part_in(case):
    settled(apart_least=2)
    for who in ("otto", "fay", "sam", "audra"):
        look(who, "case", case, customer="carol")
        look(who, "person", "dan", customer="dan")
        look(who, "person", "carol", customer="carol")
    look("audra", "case", "UC-2", purpose="An audit")
    found = standing_out()
    assert {who: one.numbers["apart"] for who, one in found.items()} == {"otto": 3, "audra": 3}
    assert behind("otto", "apart") == ["carol", "dan", "UC-1"]


def test_h1_out_of_hours_is_before_and_after_work_and_on_days_not_worked(desk):
    settled(late_least=1)
    early, late = NOW.replace(hour=5, minute=59), NOW.replace(hour=19)  # 6:59 and 20:00 in London
    sunday = NOW - timedelta(days=1)
    for number, at in enumerate((early, early + timedelta(minutes=1), late - timedelta(minutes=1), late, sunday)):
        look("otto", "search", f"words {number}", at)
    assert standing_out()["otto"].signs == {"late"}
    assert behind("otto", "late") == ["words 4", "words 3", "words 0"]


def test_h1_the_same_person_again_and_again_without_a_part_of_ones_own(case):
    for who in ("otto", "olu"):
        look(who, "person", "carol", customer="carol", times=4)
        look(who, "case", case, customer="carol")
    look("otto", "person", "dan", customer="dan", times=4)
    found = standing_out()
    assert {who: (one.signs, one.numbers["same"]) for who, one in found.items()} == {"otto": ({"same"}, 1)}
    assert behind("otto", "same") == [case, *["carol"] * 4]


def test_h1_who_asks_for_somebody_they_are_tied_to_is_noted_and_listed(case, desk):
    Connection.objects.create(staff_id="olu", to="carol")
    mark_changed()
    olu = desk.client("olu")
    assert [olu.get(path).status_code for path in ("/person/carol/", "/case/UC-1/", "/person/nobody/")] == [404] * 3
    assert list(Look.objects.order_by("id").values_list("kind", "file", "customer")) == [
        ("refused", "carol", ""),
        ("refused", "UC-1", ""),
    ]
    viewer = viewer_of(Account.objects.get(staff_id="dara"), Look.objects.order_by("id")[0].at)
    (found,) = Looking(viewer, Span(viewer.day, viewer.day)).standing_out()
    assert (found.staff, found.signs, found.numbers["refused"]) == ("olu", {"refused"}, 2)


def test_h1_a_reader_sees_neither_their_own_looks_nor_those_at_somebody_they_are_tied_to(case):
    look("dara", "person", "carol", customer="carol", times=9)
    look("otto", "person", "carol", customer="carol", times=9)
    assert [[*standing_out("dara")], sorted(standing_out("audra"))] == [["otto"], ["dara", "otto"]]
    Connection.objects.create(staff_id="dara", to="carol")
    mark_changed()
    look("otto", "case", case, times=9)
    assert standing_out() == {}


def test_only_the_days_asked_about_count(desk):
    look("otto", "person", "dan", NOW - timedelta(days=7), customer="dan", times=9)
    assert standing_out() == {}
    assert [*standing_out(span=Span(date(2026, 7, 27), WEEK.until))] == ["otto"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, WEEK),
        (date(2026, 8, 1), None, Span(date(2026, 8, 1), date(2026, 8, 3))),
        (None, date(2026, 9, 9), WEEK),
        (date(2026, 8, 2), date(2026, 8, 1), Span(date(2026, 8, 1), date(2026, 8, 1))),
        (date(2020, 1, 1), date(2026, 7, 31), Span(date(2026, 7, 1), date(2026, 7, 31))),
        (None, date.min, Span(date(1899, 12, 26), date(1900, 1, 1))),
        (date.min, date.min, Span(date(1899, 12, 2), date(1900, 1, 1))),
    ],
)
def test_the_days_are_the_last_seven_and_never_more_than_fit(since, until, expected):
    assert span_of(since, until, date(2026, 8, 3)) == expected


def test_as_many_statements_for_one_look_as_for_many(case):
    counts = []
    for number in (1, 50):
        for one in range(number):
            look("otto", "person", f"c{one}", customer=f"c{one}", times=2)
        viewer = viewer_of(Account.objects.get(staff_id="dara"), NOW)
        with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["looks"]) as two:
            Looking(viewer, WEEK).standing_out()
        counts.append((len(one), len(two)))
    assert counts[0] == counts[1]


def test_every_sign_has_its_looks(case):
    assert [behind("otto", sign) for sign in SIGNS] == [[]] * 5


def test_h1_both_databases_count_alike(database):
    staff = {who: StaffMember(who, who, frozenset({"colleague"})) for who in ("dara", "otto")}
    enter(Registers(staff, {"carol": CustomerRecord("carol", "Carol Ashdown")}))
    new_account("dara@example.org", "dara")
    look("otto", "person", "carol", NOW.replace(hour=5), customer="carol", times=12)
    found = standing_out()["otto"]
    assert (found.signs, found.numbers) == (
        {"late", "same"},
        {"many": 1, "apart": 1, "late": 12, "same": 1, "refused": 0},
    )
    assert len(behind("otto", "late")) == len(behind("otto", "same")) == 12
