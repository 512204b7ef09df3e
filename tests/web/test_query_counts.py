"""How often pages ask the databases: a case in four statements, a list as often for one row as for fifty."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.cases.archive import FOLDS
from evenhand.looks.models import Grant, Look
from evenhand.people.models import Customer, Home, Staff, Team, TeamMember
from evenhand.web.file import remembered
from tests.desk import NOW
from tests.web.lists.conftest import open_case, report
from tests.web.test_lists import DAY, plant

CASE = "/case/UC-1/"
PRINCIPAL = "SELECT s.session_data"
RIGHTS = "SELECT f.kind, f.name, h.hash"
ENTRIES = "SELECT"
SWITCHES = "PRAGMA query_only"  # which a server's connection keeps, and a test's gives up after each page
LOOK = "INSERT INTO looks_look"


@pytest.fixture(autouse=True)
def at_nine(time_machine):
    time_machine.move_to(NOW, tick=False)


def asked(browser: Client, path: str) -> list[str]:
    """Every statement that a page takes, on whichever connection, in the order of the connections."""
    with ExitStack() as stack:
        caught = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        assert browser.get(path).status_code == 200
    statements = [one["sql"].strip() for each in caught for one in each]
    return [said for said in statements if not said.startswith(SWITCHES)]


def begins(statements: list[str], *with_these: str) -> list[bool]:
    """Whether each statement begins as said, given as many as there are."""
    return [said.startswith(with_this) for said, with_this in zip(statements, with_these, strict=True)]


def a_case(desk, notes: int = 0) -> None:
    report(desk)
    open_case(desk)
    for number in range(notes):
        desk.take("add_note", "case", "UC-1", "olu", text=f"Called back, number {number}.")


def test_a_case_takes_four_statements_where_its_entries_have_to_be_read(desk):
    a_case(desk, notes=30)
    olu = desk.client("olu")
    olu.get(CASE)
    FOLDS._folds.clear()
    remembered.FINDINGS._kept.clear()
    remembered.PIECES._kept.clear()
    assert begins(asked(olu, CASE), RIGHTS, ENTRIES, PRINCIPAL, LOOK) == [True] * 4


@pytest.mark.parametrize("notes", [0, 30, 98])
def test_a_case_takes_three_statements_after_that_however_long_it_is(desk, notes):
    a_case(desk, notes)
    olu = desk.client("olu")
    olu.get(CASE)
    assert begins(asked(olu, CASE), RIGHTS, PRINCIPAL, LOOK) == [True] * 3


def test_a_page_that_says_hello_takes_one_statement(desk, settings):
    settings.ROOT_URLCONF = "benchmarks.hello_urls"
    olu = desk.client("olu")
    olu.get("/hello/")
    assert begins(asked(olu, "/hello/"), PRINCIPAL) == [True]


def a_colleague(number: int) -> None:
    Staff.objects.create(id=f"new-{number}", name=f"Newcomer {number}")


def a_team(number: int) -> None:
    Team.objects.create(id=f"team-{number}", title=f"Team {number}")
    TeamMember.objects.create(team_id=f"team-{number}", staff_id="fay")


def a_home(number: int) -> None:
    Home.objects.create(uprn=f"2{number:05}", address=f"{number} New Street")


def a_customer(number: int) -> None:
    Customer.objects.create(id=f"c{number:03}", name=f"Robin Cartwright {number:03}", home_id="100001")


def a_look(number: int) -> None:
    told = {"kind": "case", "file": "UC-001", "customer": "carol", "page": "/", "purpose": ""}
    Look.objects.create(at=NOW, day=DAY - timedelta(days=number), staff="fay", **told)


def a_grant(number: int) -> None:
    told = {"kind": "case", "file": "UC-001", "reason": f"Reason {number}."}
    Grant.objects.create(staff="fay", **told, opened_at=NOW, until=NOW + timedelta(hours=1))


LISTS: dict[str, tuple[str, Callable[[int], None]]] = {
    "/cases/?whose=all": ("sam", plant),
    "/duties/?whose=all": ("sam", plant),
    "/flags/": ("sam", plant),
    "/sanctions/": ("sam", plant),
    "/customers/": ("sam", a_customer),
    "/team/": ("sam", plant),
    "/looks/case/UC-001/": ("olu", a_look),
    "/looks/alerts/": ("dara", a_grant),
    "/settings/colleagues/": ("ada", a_colleague),
    "/settings/teams/": ("ada", a_team),
    "/settings/homes/": ("ada", a_home),
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_takes_as_many_statements_for_fifty_rows_as_for_one(desk, path):
    who, add = LISTS[path]
    browser = desk.client(who)
    if add is not plant:
        plant(1)  # the case that looks and grants are of
    add(99)
    browser.get(path)
    one = len(asked(browser, path))
    for number in range(2, 51):
        add(number)
    browser.get(path)
    assert len(asked(browser, path)) == one


def test_a_search_takes_as_many_statements_for_twenty_rows_as_for_one_and_no_more_for_fifty(desk):
    sam, counts = desk.client("sam"), []
    for some in (range(1), range(1, 20), range(20, 50)):
        for number in some:
            a_customer(number)
        sam.get("/search/?q=Cartwright")
        counts.append(len(asked(sam, "/search/?q=Cartwright")))
    assert counts == [7, 7, 5]  # a full page leaves notes to the next


def test_my_reports_take_as_many_statements_for_fifty_as_for_one(desk):
    fay = desk.client("fay")
    report(desk)
    fay.get("/reports/")
    one = len(asked(fay, "/reports/"))
    for number in range(2, 51):
        report(desk, f"IN-{number}")
    fay.get("/reports/")
    assert len(asked(fay, "/reports/")) == one


def test_my_open_cases_take_four_statements(desk):
    for number in range(1, 31):
        plant(number)
    olu = desk.client("olu")
    olu.get("/cases/")
    assert len(asked(olu, "/cases/")) == 4
