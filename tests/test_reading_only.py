"""Pages that are only read cannot write."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections
from django.http import HttpResponse
from django.test import RequestFactory

from evenhand.people.models import Staff
from evenhand.reading_only import may_only_read, may_write
from evenhand.web.middleware import reading_only

requests = RequestFactory()


def write(_request):
    Staff.objects.create(id=f"new-{Staff.objects.count()}", name="New")
    return HttpResponse("written")


def read(_request):
    return HttpResponse(str(Staff.objects.count()))


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_what_only_reads_cannot_write_and_the_next_post_can(database, method):
    writing, reading = reading_only(write), reading_only(read)
    with pytest.raises(DatabaseError):
        writing(getattr(requests, method)("/"))
    assert reading(requests.get("/")).content == b"0"
    assert writing(requests.post("/")).content == b"written"
    with pytest.raises(DatabaseError):
        writing(requests.get("/"))
    assert reading(requests.get("/")).content == b"1"


def test_it_is_said_only_when_the_kind_of_request_changes(database):
    said = []
    with connections["default"].execute_wrapper(lambda run, sql, *rest: said.append(sql) or run(sql, *rest)):
        for switch in (may_only_read, may_only_read, may_write, may_write, may_only_read):
            switch()
    assert len(said) == 3


def test_a_fresh_connection_is_told_again(database):
    may_only_read()
    connections["default"].close()
    Staff.objects.create(id="new", name="New")
    may_only_read()
    with pytest.raises(DatabaseError):
        Staff.objects.create(id="newer", name="Newer")


def test_sessions_and_looks_are_written_all_the_same(database):
    may_only_read()
    for alias in ("sessions", "looks"):
        with connections[alias].cursor() as cursor:
            cursor.execute("CREATE TABLE kept_apart (id INTEGER)")
            cursor.execute("INSERT INTO kept_apart VALUES (1)")
            cursor.execute("SELECT id FROM kept_apart")
            assert cursor.fetchall() == [(1,)]
            cursor.execute("DROP TABLE kept_apart")


def test_looks_are_kept_apart_on_sqlite_only(database):
    tables = {alias: set(connections[alias].introspection.table_names()) for alias in ("default", "looks")}
    apart = database == "sqlite"
    assert ("looks_look" in tables["default"], "looks_look" in tables["looks"]) == (not apart, True)
    assert ("looks_grant" in tables["default"], "looks_grant" in tables["looks"]) == (True, not apart)
