"""The list of cases: mine, my team's, or all that I may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, OpenDuty, SanctionIndex
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.casework.wording import plain_day
from evenhand.people.models import Team, TeamMember
from evenhand.people.reading import customers_named
from evenhand.web.lists.acts import file_href
from evenhand.web.lists.filters import Filter, Options, Rows, day_in
from evenhand.web.lists.listing import Cell, Empty, Line, Listing
from evenhand.web.lists.paging import Order
from evenhand.web.lists.people import staff_name, subject_name
from evenhand.web.lists.words import by_when
from evenhand.web.showing import case_status
from evenhand.web.steps.titles import duty_title

STATES = {
    "open": "Open",
    "opened": "Waiting to be endorsed",
    "endorsed": "Endorsed",
    "closed": "Closed",
    "declined": "Declined",
    "disposed": "Disposed of",
    "any": "Any",
}


def cases(viewer: Viewer) -> QuerySet[FileIndex]:
    """Every case the viewer may see."""
    return visible_to(viewer).filter(kind="case")


def whose_options(viewer: Viewer) -> Options:
    """Mine, and as far beyond as the viewer sees."""
    team = {"team": "My team's"} if len(viewer.team) > 1 else {}
    return {"mine": "Mine", **team, "all": "All I may see"}


def whose_default(viewer: Viewer) -> str:
    """A line manager begins with the team, whoever else sees everything with everything, all others with their own."""
    staff = viewer.registers.staff
    managed_by = (staff[who].managers_on(viewer.day) for who in viewer.team & staff.keys())
    if "team" in whose_options(viewer) and any(viewer.id in managers for managers in managed_by):
        return "team"
    return "all" if viewer.sees == "all" else "mine"


def _whose(rows: Rows, value: str, viewer: Viewer) -> Rows:
    if value == "mine":
        return rows.filter(officer=viewer.id)
    return rows.filter(officer__in=sorted(viewer.team)) if value == "team" else rows


def _in_state(rows: Rows, value: str, _viewer: Viewer) -> Rows:
    if value == "open":
        return rows.filter(is_open=True)
    return rows if value == "any" else rows.filter(state=value)


def officers_seen(viewer: Viewer) -> Options:
    """Colleagues whose work the viewer sees, by name."""
    staff = viewer.registers.staff
    seen = staff.keys() if viewer.sees == "all" else viewer.team & staff.keys()
    return {"": "Anybody", **{who: staff[who].name for who in sorted(seen, key=lambda who: staff[who].name)}}


def _teams(viewer: Viewer) -> Options:
    """Every team, for those who see more than their own."""
    if viewer.sees != "all":
        return {}
    return {"": "Any", **dict(Team.objects.order_by("title").values_list("id", "title"))}


def _of_team(rows: Rows, value: str, viewer: Viewer) -> Rows:
    members = TeamMember.objects.on(viewer.day).filter(team=value)
    return rows.filter(officer__in=members.values("staff"))


def _overdue(rows: Rows, _value: str, viewer: Viewer) -> Rows:
    return rows.filter(name__in=OpenDuty.objects.overdue_on(viewer.day).values("file"))


def _live(rows: Rows, _value: str, viewer: Viewer) -> Rows:
    return rows.filter(name__in=SanctionIndex.objects.live_on(viewer.day).values("file"))


def _listed(viewer: Viewer) -> QuerySet[FileIndex]:
    """The cases, each with whether a sanction on it is live: `has_live`."""
    live = SanctionIndex.objects.live_on(viewer.day).filter(file=OuterRef("name"))
    return cases(viewer).annotate(has_live=Exists(live))


def _lines(rows: Sequence[Any], viewer: Viewer) -> list[Line]:
    people = customers_named(row.subject for row in rows)
    return [_line(row, subject_name(row.subject, people), viewer) for row in rows]


def _line(row: Any, person: str, viewer: Viewer) -> Line:
    tags = [("Sanction in force", "orange")] * row.has_live + [("Restricted", "purple")] * row.is_restricted
    return (
        Cell(row.name, file_href("case", row.name)),
        Cell(person),
        _stands(row, tuple(tags)),
        Cell(staff_name(row.officer, viewer)),
        Cell(plain_day(row.opened_on)),
        Cell(plain_day(row.last_on)),
        owed_cell(row, viewer) if row.is_open else Cell(""),
    )


SHORT = ("Case", "Person", "State", "Opened", "Next due")


def short_lines(rows: Sequence[FileIndex], people: Mapping[str, str], viewer: Viewer) -> list[Line]:
    """Cases as the first page shows them: the columns of `SHORT`."""
    return [
        (
            Cell(row.name, file_href("case", row.name)),
            Cell(subject_name(row.subject, people)),
            _stands(row),
            Cell(plain_day(row.opened_on)),
            owed_cell(row, viewer),
        )
        for row in rows
    ]


def _stands(row: FileIndex, tags: tuple[tuple[str, str], ...] = ()) -> Cell:
    status = case_status(row.state, row.milestone)
    return Cell(status.text, colour=status.colour, tags=tags)


def due_cell(due_on: date | None, viewer: Viewer) -> Cell:
    """When something is due, red where that day has passed."""
    if due_on is None:
        return Cell("")
    return Cell(by_when(due_on, viewer.day), colour="red" if due_on < viewer.day else "")


def owed_cell(row: FileIndex, viewer: Viewer) -> Cell:
    """What is owed first on a file and by when, red where that day has passed."""
    if row.due_on is None:
        return Cell("")
    colour = "red" if row.due_on < viewer.day else "grey"
    return Cell(duty_title(in_force(), row.due), tags=((by_when(row.due_on, viewer.day), colour),))


CASES = Listing(
    name="cases",
    title="Cases",
    rows=_listed,
    columns=("Case", "Person", "State", "Officer", "Opened", "Last entry", "Next due"),
    lines=_lines,
    sorts={
        "newest": ("Newest first", Order("opened_on", "name", descending=True)),
        "active": ("Last worked on", Order("last_on", "name", descending=True)),
        "due": ("Next due", Order("due_on", "name", nullable=True)),
        "oldest": ("Oldest first", Order("opened_on", "name")),
    },
    filters=(
        Filter("whose", "Whose", _whose, options=whose_options, default=whose_default),
        Filter("state", "State", _in_state, options=lambda _: STATES, default=lambda _: "open"),
        Filter("officer", "Officer", lambda rows, who, _: rows.filter(officer=who), options=officers_seen),
        Filter("team", "Team", _of_team, options=_teams),
        Filter("from", "Opened on or after", lambda r, day, _: r.filter(opened_on__gte=day_in(day)), kind="day"),
        Filter("to", "Opened on or before", lambda r, day, _: r.filter(opened_on__lte=day_in(day)), kind="day"),
        Filter("overdue", "Something is overdue", _overdue, kind="tick"),
        Filter("live", "A sanction is in force", _live, kind="tick"),
        Filter("restricted", "Restricted", lambda rows, _v, _w: rows.filter(is_restricted=True), kind="tick"),
    ),
    empty=Empty(
        "No cases here",
        "Cases you work on appear here once one is opened or given to you. A case begins with a reported incident.",
        "Report an incident",
        "report",
    ),
)
