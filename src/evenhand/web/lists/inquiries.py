"""The list of inquiries into what customers say of colleagues, for those to whom each is kept, and for nobody else.

It says neither which colleague one is about nor what was found, and cannot be exported: both stay on the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from evenhand.cases.models import FileIndex
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.casework.wording import plain_day
from evenhand.people.reading import customers_named
from evenhand.web.lists.acts import file_href
from evenhand.web.lists.cases import owed_cell
from evenhand.web.lists.filters import Filter, Rows
from evenhand.web.lists.listing import Cell, Empty, Line, Listing
from evenhand.web.lists.paging import Order
from evenhand.web.lists.people import staff_name, subject_name
from evenhand.web.showing import status_words

STATES = {"open": "Under way", "concluded": "Concluded", "any": "Any"}


def inquiries(viewer: Viewer) -> QuerySet[FileIndex]:
    """Every inquiry that the viewer may see."""
    return visible_to(viewer).filter(kind="inquiry")


def _in_state(rows: Rows, value: str, _viewer: Viewer) -> Rows:
    return rows.filter(state=value) if value != "any" else rows


def _overdue(rows: Rows, _value: str, viewer: Viewer) -> Rows:
    return rows.filter(due_on__lt=viewer.day)


def _lines(rows: Sequence[FileIndex], viewer: Viewer) -> list[Line]:
    people = customers_named(row.subject for row in rows)
    return [_line(row, people, viewer) for row in rows]


def _line(row: FileIndex, people: Mapping[str, str], viewer: Viewer) -> Line:
    status = status_words(row.state)
    return (
        Cell(row.name, file_href("inquiry", row.name)),
        Cell(subject_name(row.subject, people)),
        Cell(status.text, colour=status.colour),
        Cell(staff_name(row.officer, viewer)),
        Cell(plain_day(row.opened_on)),
        owed_cell(row, viewer) if row.is_open else Cell(""),
    )


INQUIRIES = Listing(
    name="inquiries",
    title="Inquiries",
    rows=inquiries,
    columns=("Inquiry", "Said by", "State", "Looked into by", "Opened", "Next due"),
    lines=_lines,
    sorts={
        "due": ("Next due", Order("due_on", "name", nullable=True)),
        "newest": ("Newest first", Order("opened_on", "name", descending=True)),
    },
    filters=(
        Filter("state", "State", _in_state, options=lambda _: STATES, default=lambda _: "open"),
        Filter("overdue", "Something on it is overdue", _overdue, kind="tick"),
    ),
    empty=Empty(
        "No inquiries here",
        "Where a customer says something of a colleague, it is looked into apart, by somebody who took no part. The"
        " inquiries that are kept to you appear here. One is opened from the page of the case on which it was said.",
        "Cases",
        "cases",
    ),
    is_exported=False,
)
