"""The pages of looks that stand out: the table, the looks behind a number, and the export."""

from __future__ import annotations

import pytest
import time_machine

from evenhand.looks.models import Look
from tests.desk import NOW
from tests.looks.test_unusual import look
from tests.web.steps_at_the_desk import OPENED

DAYS = "since=2026-07-28&until=2026-08-03"


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def looked(desk) -> None:
    """Otto looked at Carol's page six times, and at a case of hers that is kept from Dara."""
    desk.take("open_case", "case", "UC-1", "olu", **OPENED)
    desk.take("restrict_case", "case", "UC-1", "mina", reasons="A colleague is in it.")
    look("otto", "person", "carol", customer="carol", times=6)
    look("otto", "case", "UC-1", customer="carol")


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_h1_who_watches_finds_the_table_and_the_looks_behind_each_number(desk, looked):
    dara = desk.client("dara")
    page = words(dara.get("/looks/unusual/"))
    link = f'href="/looks/unusual/otto/same/?{DAYS.replace("&", "&amp;")}"'
    assert [part in page for part in ("Otto Berg", link, "never a finding", "From 28 July 2026 to 3 August 2026")] == [
        True
    ] * 4
    rows = words(dara.get(f"/looks/unusual/otto/same/?{DAYS}"))
    assert [rows.count("Carol Ashdown"), "UC-1" in rows, "Case that is kept from you" in rows] == [6, False, True]
    assert list(Look.objects.filter(staff="dara").values_list("kind", "file")) == [("looks", "otto")]


def test_looks_behind_a_number_come_in_pages(desk):
    look("otto", "person", "carol", customer="carol", times=51)
    dara = desk.client("dara")
    first = words(dara.get(f"/looks/unusual/otto/same/?{DAYS}"))
    assert first.count('data-label="When"') == 50
    older = first.partition('href="?')[2].partition('"')[0].replace("&amp;", "&")
    assert words(dara.get(f"/looks/unusual/otto/same/?{older}")).count('data-label="When"') == 1


def test_h1_nobody_else_reads_it_and_nobody_reads_of_themselves(desk, looked):
    paths = ("/looks/unusual/", "/looks/unusual/otto/same/", "/looks/unusual/export/")
    for who in ("otto", "mina", "sam", "ada", "pol"):
        assert [desk.client(who).get(path).status_code for path in paths] == [404, 404, 404]
    dara = desk.client("dara")
    unknown = ("/looks/unusual/dara/same/", "/looks/unusual/nobody/same/", "/looks/unusual/otto/nonsense/")
    assert [dara.get(path).status_code for path in unknown] == [404, 404, 404]


def test_an_export_says_what_it_is_for_and_is_noted(desk, looked):
    dara = desk.client("dara")
    path = f"/looks/unusual/export/?{DAYS}"
    assert dara.post(path, {"reason": " "}).status_code == 422
    answer = dara.post(path, {"reason": "For the yearly report."})
    assert answer["Content-Disposition"] == 'attachment; filename="looks-2026-07-28-2026-08-03.csv"'
    head, row = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith('"Colleague","Usual for the role","Files and customers","No part in it"')
    assert row == '"Otto Berg","0","2","2","0","1","0","The same person again"'
    assert list(Look.objects.filter(kind="export").values_list("file", "purpose")) == [
        ("looks", "For the yearly report.")
    ]


def test_an_empty_table_says_what_will_be_there(desk):
    page = words(desk.client("dara").get("/looks/unusual/?since=nonsense"))
    assert "Nobody&#39;s looks stand out on these days" in page
    assert "No looks of this kind" in words(desk.client("dara").get("/looks/unusual/otto/late/"))


def test_who_watches_finds_the_way_there(desk):
    assert {who: 'href="/looks/unusual/"' in words(desk.client(who).get("/")) for who in ("dara", "audra", "olu")} == {
        "dara": True,
        "audra": True,
        "olu": False,
    }
