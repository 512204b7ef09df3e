"""Noting who looks: once for a page, before it leaves, and never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.http import HttpResponse
from django.test import RequestFactory

from evenhand.looks.middleware import NOT_NOTED, Looks
from evenhand.looks.models import Look
from evenhand.looks.noting import NotedTwice, PurposeNeeded, give_purpose, look, note_file, open_file, open_person
from tests.looks.test_glass import OPENED, at_desk


@pytest.fixture
def case(desk) -> str:
    """UC-1 about Carol, of the north team."""
    desk.take("report_incident", "incident", "IN-1", "fay", subject="carol", what_happened="She shouted.")
    desk.take("open_case", "case", "UC-1", "olu", incidents=["IN-1"], **OPENED)
    return "UC-1"


def request_of(who: str) -> Any:
    request: Any = RequestFactory().get("/case/UC-1/")
    request.viewer, request.session = at_desk(who), {}
    return request


def answered(request, view) -> HttpResponse:
    return Looks(view)(request)


def looks() -> list[tuple[str, str, str, str, str]]:
    return list(Look.objects.order_by("id").values_list("staff", "kind", "file", "customer", "purpose"))


@pytest.mark.usefixtures("case")
def test_a_view_of_a_file_is_noted_once_with_whom_it_is_about():
    request = request_of("olu")
    open_file(request, "case", "UC-1")
    assert looks() == []
    assert answered(request, lambda _: HttpResponse("shown")).content == b"shown"
    assert looks() == [("olu", "case", "UC-1", "carol", "")]
    noted = Look.objects.get()
    assert [noted.day.isoformat(), noted.page, noted.grant] == ["2026-08-03", "/case/UC-1/", None]


@pytest.mark.usefixtures("case")
def test_a_view_of_a_customer_is_noted():
    request = request_of("fay")
    assert open_person(request, "carol").name == "Carol Ashdown"
    answered(request, lambda _: HttpResponse())
    assert looks() == [("fay", "person", "carol", "carol", "")]


@pytest.mark.usefixtures("case")
def test_what_shows_nothing_of_a_customer_is_not_noted():
    answered(request_of("olu"), lambda _: HttpResponse())
    assert looks() == []


@pytest.mark.usefixtures("case")
def test_one_page_is_one_look():
    request = request_of("olu")
    look(request, "export", "cases", purpose="For the board.")
    with pytest.raises(NotedTwice):
        open_file(request, "case", "UC-1")


@pytest.mark.usefixtures("case")
def test_h1_no_page_leaves_when_the_look_cannot_be_written():
    with connections["looks"].cursor() as cursor:
        cursor.execute("ALTER TABLE looks_look RENAME TO looks_gone")
    request = request_of("olu")
    open_file(request, "case", "UC-1")
    answer = answered(request, lambda _: HttpResponse("Carol Ashdown"))
    assert (answer.status_code, answer.content.decode()) == (503, NOT_NOTED)


@pytest.mark.usefixtures("case")
def test_h1_who_sees_everything_says_why_where_they_have_no_part():
    request = request_of("audra")
    with pytest.raises(PurposeNeeded):
        open_file(request, "case", "UC-1")
    with pytest.raises(PurposeNeeded):
        note_file(request, "case", "UC-1", "carol")
    give_purpose(request, "UC-1", "An audit")
    open_file(request, "case", "UC-1")
    answered(request, lambda _: HttpResponse())
    assert looks() == [("audra", "case", "UC-1", "carol", "An audit")]


@pytest.mark.usefixtures("case")
def test_h1_a_purpose_holds_for_one_file_and_until_the_day_is_over():
    request = request_of("audra")
    give_purpose(request, "UC-1", "An audit")
    with pytest.raises(PurposeNeeded):
        open_file(request, "incident", "IN-1")
    request.session["purposes"]["UC-1"][0] = "2026-08-02"
    with pytest.raises(PurposeNeeded):
        open_file(request, "case", "UC-1")


@pytest.mark.usefixtures("case")
def test_nobody_is_asked_why_they_look_at_the_work_of_their_own_team():
    # the officer, their manager, and that one's manager, who sees everything
    opened = [open_file(request_of(who), "case", "UC-1").name for who in ("olu", "mina", "sam")]
    assert opened == ["UC-1"] * 3


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE looks_look SET staff = 'otto'",
        "DELETE FROM looks_look",
        "INSERT OR REPLACE INTO looks_look SELECT * FROM looks_look",
    ],
)
def test_what_was_noted_is_never_changed(change):
    request = request_of("olu")
    open_file(request, "case", "UC-1")
    answered(request, lambda _: HttpResponse())
    with pytest.raises(DatabaseError, match="append-only"), connections["looks"].cursor() as cursor:
        cursor.execute(change)
    assert looks() == [("olu", "case", "UC-1", "carol", "")]


def test_looks_lie_apart_from_the_record_on_sqlite(sqlite):
    assert Path(connections["looks"].settings_dict["NAME"]) == sqlite.parent / "looks.sqlite3"


@pytest.mark.postgres
def test_what_was_noted_is_never_changed_on_postgresql_either(postgresql):
    row = {"at": datetime(2026, 8, 3, tzinfo=UTC), "day": "2026-08-03", "staff": "olu", "kind": "case", "file": "UC-1"}
    Look.objects.create(**row, customer="", page="/", purpose="")
    for change in ("UPDATE looks_look SET staff = 'otto'", "DELETE FROM looks_look", "TRUNCATE looks_look"):
        with pytest.raises(DatabaseError, match="append-only"), connections["looks"].cursor() as cursor:
            cursor.execute(change)
