"""The list of sanctions: which are live, which are proposed, and when each is to be reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, SanctionIndex
from evenhand.cases.seeing import Viewer
from evenhand.casework.wording import plain_day
from evenhand.people.reading import customers_named
from evenhand.web.lists.acts import file_href
from evenhand.web.lists.cases import due_cell, officers_seen, whose_default, whose_options
from evenhand.web.lists.duties import WEEK
from evenhand.web.lists.filters import Filter, Options, Rows
from evenhand.web.lists.listing import Cell, Empty, Line, Listing
from evenhand.web.lists.paging import Order
from evenhand.web.lists.people import files_named, staff_name, subject_name
from evenhand.web.lists.seen import on_a_file_seen
from evenhand.web.lists.words import remedy_title
from evenhand.web.showing import status_words
from evenhand.web.steps.titles import titles_of

STATES = {
    "live": "In force",
    "proposed": "Waiting for a decision",
    "approved": "Approved, not begun",
    "ended": "Ended",
    "any": "Any",
}
"""What the list is narrowed to; one that is suspended stands among those in force, to be reviewed like them."""


def sanctions(viewer: Viewer) -> QuerySet[SanctionIndex]:
    """Every measure on a case that the viewer may see."""
    return SanctionIndex.objects.filter(on_a_file_seen(viewer))


def _in_state(rows: Rows, value: str, viewer: Viewer) -> Rows:
    day = viewer.day
    if value == "live":
        return SanctionIndex.objects.bound_on(day).filter(pk__in=rows.values("pk"))
    is_in = {
        "proposed": Q(approved_on=None, ended_on=None),
        "approved": Q(approved_on__isnull=False, ended_on=None) & (Q(imposed_on=None) | Q(imposed_on__gt=day)),
        "ended": Q(ended_on__lte=day) | Q(lapses_on__lt=day),
    }
    return rows.filter(is_in.get(value, Q()))


def state_of(row: SanctionIndex, viewer: Viewer) -> str:
    """Where a measure stands today: a name of `STATES`, or suspended."""
    day = viewer.day
    if (row.ended_on and row.ended_on <= day) or (row.lapses_on and row.lapses_on < day):
        return "ended"
    if row.imposed_on and row.imposed_on <= day:
        return "suspended" if row.is_suspended_on(day) else "live"
    return "approved" if row.approved_on else "proposed"


def _of_officer(rows: Rows, who: str, _viewer: Viewer) -> Rows:
    return rows.filter(file__in=FileIndex.objects.filter(officer=who).values("name"))


def _whose(rows: Rows, value: str, viewer: Viewer) -> Rows:
    if value == "all":
        return rows
    officers = [viewer.id] if value == "mine" else sorted(viewer.team)
    return rows.filter(file__in=FileIndex.objects.filter(officer__in=officers).values("name"))


def _remedies(_viewer: Viewer) -> Options:
    return {"": "Any", **{code: remedy.title for code, remedy in in_force().remedies.items()}}


def _of_conduct(rows: Rows, category: str, _viewer: Viewer) -> Rows:
    """Measures that answer conduct which the edition puts in a category of its second ordering."""
    answers = Q(pk__in=())
    for code, behaviour in in_force().behaviours.items():
        if behaviour.category == category:
            answers |= Q(behaviours__contains=f" {code} ")
    return rows.filter(answers)


def _categories(_viewer: Viewer) -> Options:
    titles = titles_of(in_force(), "conduct_categories")
    return {"": "Any", **titles} if titles else {}


ONE_DAY = timedelta(days=1)
REVIEWS = {"": "Any day", "overdue": "Overdue", "week": "Overdue or in the next seven days"}


def _review_due(rows: Rows, value: str, viewer: Viewer) -> Rows:
    last = viewer.day - ONE_DAY if value == "overdue" else viewer.day + WEEK
    return rows.filter(review_by__lte=last)


def _lines(rows: Sequence[SanctionIndex], viewer: Viewer) -> list[Line]:
    files, people = files_named(row.file for row in rows), customers_named(row.subject for row in rows)
    return [_line(row, files[row.file], people, viewer) for row in rows]


def _line(row: SanctionIndex, file: FileIndex, people: Mapping[str, str], viewer: Viewer) -> Line:
    state = state_of(row, viewer)
    status = status_words(state)
    return (
        Cell(remedy_title(row.remedy), file_href("case", row.file)),
        Cell(subject_name(row.subject, people)),
        Cell(row.file),
        Cell(status.text, colour=status.colour),
        Cell(plain_day(row.imposed_on) if row.imposed_on else ""),
        due_cell(row.review_by, viewer) if state in ("live", "suspended") else Cell(""),
        Cell(plain_day(row.lapses_on) if row.lapses_on else ""),
        Cell(staff_name(file.officer, viewer)),
    )


SANCTIONS = Listing(
    name="sanctions",
    title="Sanctions",
    rows=sanctions,
    columns=("Sanction", "Person", "Case", "State", "Imposed", "Review", "Last day", "Officer"),
    lines=_lines,
    sorts={
        "review": ("Next review", Order("review_by", "ref", nullable=True)),
        "newest": ("Newest first", Order("proposed_on", "ref", descending=True)),
    },
    filters=(
        Filter("whose", "Whose", _whose, options=whose_options, default=whose_default),
        Filter("state", "State", _in_state, options=lambda _: STATES, default=lambda _: "live"),
        Filter("remedy", "Kind", lambda rows, code, _: rows.filter(remedy=code), options=_remedies),
        Filter("conduct", "Conduct", _of_conduct, options=_categories),
        Filter("officer", "Officer", _of_officer, options=officers_seen),
        Filter("due", "Review", _review_due, options=lambda _: REVIEWS),
    ),
    empty=Empty(
        "No sanctions here",
        "A warning or restriction appears here once it is proposed on a case, with its day of review.",
        "Cases",
        "cases",
    ),
)
