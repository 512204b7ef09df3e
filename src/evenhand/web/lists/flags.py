"""The list of flags, for those who look after them: which are live and when each is to be reviewed.

It names neither what a flag warns of nor what to do about it, and cannot be exported: a list of warnings is what must
not lie about in a van (hazard H28). Whoever visits looks at the person's page.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from evenhand.cases.models import FileIndex, FlagIndex
from evenhand.cases.seeing import Viewer
from evenhand.casework.wording import plain_day
from evenhand.people.models import Home
from evenhand.people.reading import customers_named
from evenhand.web.lists.acts import file_href
from evenhand.web.lists.cases import due_cell
from evenhand.web.lists.filters import Filter, Rows
from evenhand.web.lists.listing import Cell, Empty, Line, Listing
from evenhand.web.lists.paging import Order
from evenhand.web.lists.people import files_named, staff_name, subject_name
from evenhand.web.lists.seen import on_a_file_seen
from evenhand.web.showing import status_words

STATES = {"live": "In force", "proposed": "Waiting for a decision", "over": "Ended or declined", "any": "Any"}


def flags(viewer: Viewer) -> QuerySet[FlagIndex]:
    """Every flag on a file that the viewer may see."""
    return FlagIndex.objects.filter(on_a_file_seen(viewer))


def _in_state(rows: Rows, value: str, viewer: Viewer) -> Rows:
    if value == "live":
        return FlagIndex.objects.live_on(viewer.day).filter(pk__in=rows.values("pk"))
    state = {"proposed": Q(state="proposed"), "over": ~Q(state__in=("proposed", "approved"))}
    return rows.filter(file__in=FileIndex.objects.filter(state[value]).values("name")) if value in state else rows


def _overdue(rows: Rows, _value: str, viewer: Viewer) -> Rows:
    return rows.filter(review_by__lt=viewer.day)


def _lines(rows: Sequence[FlagIndex], viewer: Viewer) -> list[Line]:
    files, people = files_named(row.file for row in rows), customers_named(row.subject for row in rows)
    homes = Home.objects.in_bulk([row.place for row in rows if row.place])
    about = {row.pk: str(homes.get(row.place, row.place)) for row in rows if row.place and not row.subject}
    return [_line(row, files[row.file], about.get(row.pk) or subject_name(row.subject, people), viewer) for row in rows]


def _line(row: FlagIndex, file: FileIndex, about: str, viewer: Viewer) -> Line:
    status = status_words(file.state)
    return (
        Cell(row.file, file_href("flag", row.file)),
        Cell(about),
        Cell(status.text, colour=status.colour),
        Cell(plain_day(row.set_on) if row.set_on else ""),
        due_cell(row.review_by, viewer) if file.is_open else Cell(""),
        Cell(staff_name(file.officer, viewer)),
    )


FLAGS = Listing(
    name="flags",
    title="Flags",
    rows=flags,
    columns=("Flag", "Person or place", "State", "Since", "Review", "Proposed by"),
    lines=_lines,
    sorts={"review": ("Next review", Order("review_by", "file", nullable=True))},
    filters=(
        Filter("state", "State", _in_state, options=lambda _: STATES, default=lambda _: "live"),
        Filter("overdue", "Its review is overdue", _overdue, kind="tick"),
    ),
    empty=Empty(
        "No flags here",
        "A flag appears here once somebody proposes one on a person's page, until it ends.",
        "Customers",
        "customers",
    ),
    is_exported=False,
)
