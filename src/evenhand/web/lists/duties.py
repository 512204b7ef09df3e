"""The list of duties: what is owed, whose it is, and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, OpenDuty
from evenhand.cases.seeing import Viewer
from evenhand.casework.wording import listed, plain_day
from evenhand.people.reading import customers_named
from evenhand.web.lists.acts import AWAITED, file_href, step_href
from evenhand.web.lists.cases import officers_seen, whose_options
from evenhand.web.lists.filters import Filter, Options, Rows
from evenhand.web.lists.listing import Cell, Empty, Line, Listing
from evenhand.web.lists.matters import matters_of
from evenhand.web.lists.owed import is_owed_by, standing
from evenhand.web.lists.paging import Order
from evenhand.web.lists.people import files_named, subject_name
from evenhand.web.lists.words import by_when
from evenhand.web.steps.titles import duty_title

WEEK = timedelta(days=7)

AGES = {
    "": "Any",
    "long": "More than a week overdue",
    "overdue": "Overdue",
    "week": "In the next seven days",
    "later": "Later",
}


def in_age(age: str, day: date) -> Q:
    """Duties of one age on a day: more than a week overdue, overdue at all, due within a week, or later."""
    return {
        "": Q(),
        "long": Q(due_on__lt=day - WEEK),
        "overdue": Q(due_on__lt=day),
        "week": Q(due_on__gte=day, due_on__lte=day + WEEK),
        "later": Q(due_on__gt=day + WEEK),
    }[age]


NOBODY = "nobody"


def of_keeper(who: str) -> Q:
    """Duties that name a colleague, or nobody, as the one to keep them."""
    return Q(keeper="" if who == NOBODY else who)


def _whose(rows: Rows, value: str, viewer: Viewer) -> Rows:
    if value == "mine":
        return rows.filter(is_owed_by(viewer))
    return rows.filter(keeper__in=["", *sorted(viewer.team)]) if value == "team" else rows


def _keepers(viewer: Viewer) -> Options:
    return {**officers_seen(viewer), NOBODY: "Nobody by name"}


def _kinds(_viewer: Viewer) -> Options:
    return {"": "Any", "decisions": "Decisions that others wait for", "work": "Everything else"}


def _of_kind(rows: Rows, value: str, _viewer: Viewer) -> Rows:
    return rows.filter(duty__in=AWAITED) if value == "decisions" else rows.exclude(duty__in=AWAITED)


def _lines(rows: Sequence[OpenDuty], viewer: Viewer) -> list[Line]:
    files = files_named(row.file for row in rows)
    people = customers_named(file.subject for file in files.values())
    matters = matters_of(rows, files)
    return [_line(row, files[row.file], people, matters[row.pk], viewer) for row in rows]


def _line(row: OpenDuty, file: FileIndex, people: Mapping[str, str], matter: str, viewer: Viewer) -> Line:
    return (
        Cell(duty_title(in_force(), row.duty), step_href(file.kind, row.file, row.duty, row.about, row.made_by)),
        Cell(matter),
        Cell(subject_name(file.subject, people)),
        Cell(row.file, file_href(file.kind, row.file)),
        Cell(by_when(row.due_on, viewer.day), colour="red" if row.due_on < viewer.day else ""),
        Cell(plain_day(row.due_on)),
        Cell(keeper_name(row, viewer)),
        Cell(row.clause, clause=row.clause),
    )


def keeper_name(row: OpenDuty, viewer: Viewer) -> str:
    """Who is to do it: a colleague, or anybody in one of its owners' roles."""
    if row.keeper:
        return viewer.registers.name(row.keeper)
    roles = in_force().roles
    return f"Any {listed((roles[o].title.lower() for o in row.owners.split() if o in roles), 'or')}"


DUTIES = Listing(
    name="duties",
    title="Duties",
    rows=standing,
    columns=("What", "About", "Person", "File", "By when", "Day", "Who", "Clause"),
    lines=_lines,
    sorts={"due": ("Next due", Order("due_on", "id")), "last": ("Last due", Order("due_on", "id", descending=True))},
    filters=(
        Filter("whose", "Whose", _whose, options=whose_options, default=lambda _: "mine"),
        Filter(
            "age", "By when", lambda rows, age, viewer: rows.filter(in_age(age, viewer.day)), options=lambda _: AGES
        ),
        Filter("who", "Who", lambda rows, who, _: rows.filter(of_keeper(who)), options=_keepers),
        Filter("kind", "Kind", _of_kind, options=_kinds),
    ),
    empty=Empty(
        "Nothing is owed here",
        "What the policy asks of you appears here with its day, as soon as a step on one of your files promises it.",
        "Your cases",
        "cases",
    ),
)
