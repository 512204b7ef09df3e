"""Pages by where the last one ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.cases.models import FileIndex
from evenhand.web.lists.paging import NoSuchPlace, Order, every, page_of

NEWEST = Order("opened_on", "name", descending=True)
DUE = Order("due_on", "name", nullable=True)
DAY = date(2026, 8, 3)


@pytest.fixture
def nine(database):
    """Nine files on three days; a third of them owe nothing."""
    FileIndex.objects.bulk_create(
        FileIndex(
            name=f"UC-{number}",
            kind="case",
            state="opened",
            subject="carol",
            officer="olu",
            edition="",
            opened_on=DAY + timedelta(days=number // 3),
            last_on=DAY,
            due_on=None if number % 3 == 0 else DAY + timedelta(days=number % 2),
            is_open=True,
            is_restricted=False,
        )
        for number in range(9)
    )
    return FileIndex.objects.all()


def names(page) -> list[str]:
    return [row.name for row in page.rows]


def walk(rows, order, size):
    page = page_of(rows, order, size=size)
    pages = [names(page)]
    while page.after:
        page = page_of(rows, order, after=page.after, size=size)
        pages.append(names(page))
    return pages, page


@pytest.mark.parametrize("order", [NEWEST, DUE], ids=["newest", "due"])
@pytest.mark.parametrize("size", [1, 2, 4, 9, 10])
def test_pages_hold_every_row_once_and_lead_back_the_way_they_came(nine, order, size):
    forth, page = walk(nine, order, size)
    whole = [name for names in forth for name in names]
    assert sorted(whole) == sorted(nine.values_list("name", flat=True))
    back = [names(page)]
    while page.before:
        page = page_of(nine, order, before=page.before, size=size)
        back.append(names(page))
    assert [name for one in reversed(back) for name in one] == whole


def test_newest_first_breaks_ties_by_name(nine):
    assert names(page_of(nine, NEWEST, size=4)) == ["UC-8", "UC-7", "UC-6", "UC-5"]


def test_what_owes_nothing_comes_last(nine):
    assert names(page_of(nine, DUE, size=9))[-3:] == ["UC-0", "UC-3", "UC-6"]


def test_a_row_that_came_meanwhile_moves_no_page(nine):
    first = page_of(nine, NEWEST, size=3)
    FileIndex.objects.filter(name="UC-0").update(opened_on=DAY + timedelta(days=9))
    assert names(page_of(nine, NEWEST, after=first.after, size=3)) == ["UC-5", "UC-4", "UC-3"]


def test_every_row_comes_in_parts(nine):
    assert [row.name for rows in every(nine, Order("opened_on", "name")) for row in rows] == [
        f"UC-{number}" for number in range(9)
    ]


def test_there_is_nothing_before_or_after_an_empty_list(nine):
    page = page_of(nine.filter(kind="flag"), NEWEST)
    assert (page.rows, page.before, page.after) == ([], "", "")


@pytest.mark.parametrize(
    "place",
    ["x", "[]", "1", "null", '["2026-08-03"]', '["yesterday", "UC-1"]', "[null, null]", '[null, "UC-1"]', "[" * 9999],
)
def test_what_is_no_place_is_refused(sqlite, place):
    with pytest.raises(NoSuchPlace):
        page_of(FileIndex.objects.all(), NEWEST, after=place)
