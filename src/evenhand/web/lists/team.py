"""The manager's view: duties by person and age, what each officer carries, and what has passed its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from evenhand.cases.models import FileIndex, SanctionIndex
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.web.lists.duties import AGES, NOBODY, WEEK, in_age
from evenhand.web.lists.owed import is_owed_by, standing
from evenhand.web.lists.seen import on_a_file_seen
from evenhand.web.lists.today import Part, duties_where

COLUMNS = tuple(age for age in AGES if age)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the list that it counts."""

    number: int
    href: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One colleague's numbers; '' is for what names nobody."""

    who: str
    numbers: tuple[Number, ...]


def members(viewer: Viewer) -> Mapping[str, str]:
    """The colleagues whose work the viewer sees, by name."""
    staff = viewer.registers.staff
    seen = staff.keys() if viewer.sees == "all" else viewer.team & staff.keys()
    return {who: staff[who].name for who in sorted(seen, key=lambda who: staff[who].name)}


def duties_by_person(viewer: Viewer) -> list[Row]:
    """For the viewer and each colleague who owes something: what is long overdue, overdue, due this week, and later.

    What the viewer owes is theirs by name or by role; of the others, what names them and is not the viewer's too.
    """
    people = {who: name for who, name in members(viewer).items() if who != viewer.id}
    counts = {age: Count("pk", filter=in_age(age, viewer.day)) for age in COLUMNS}
    named = (
        standing(viewer)
        .exclude(is_owed_by(viewer))
        .filter(keeper__in=["", *people])
        .order_by()
        .values("keeper")
        .annotate(**counts)
    )
    found: dict[str, Mapping[str, Any]] = {row["keeper"]: row for row in named}
    own = standing(viewer).filter(is_owed_by(viewer)).aggregate(**counts)
    rows = [_duty_row("You", own)] if any(own.values()) else []
    rows += [_duty_row(name, found[who], whose="all", who=who) for who, name in people.items() if who in found]
    return rows + ([_duty_row("Nobody by name", found[""], whose="all", who=NOBODY)] if "" in found else [])


def _duty_row(name: str, counts: Mapping[str, Any], **query: str) -> Row:
    """A line of numbers; `query` says whose duties the list shows that each leads to, the viewer's own without it."""
    late = ("long", "overdue")
    return Row(name, tuple(_number("duties", counts[age], {**query, "age": age}, age in late) for age in COLUMNS))


def _number(listing: str, number: int, query: Mapping[str, str], is_late: bool = False) -> Number:
    return Number(number, f"{reverse(listing)}?{urlencode(query)}", is_late and number > 0)


def caseloads(viewer: Viewer) -> list[Row]:
    """For each colleague with open cases: how many, the live sanctions on them, and reviews due within a week."""
    people = members(viewer)
    cases = visible_to(viewer).filter(kind="case", is_open=True, officer__in=list(people))
    opened = dict(cases.order_by().values_list("officer").annotate(Count("pk")))
    live = _bound_on_cases(viewer, Q())
    due = _bound_on_cases(viewer, Q(review_by__lte=viewer.day + WEEK))
    carrying = [(who, name) for who, name in people.items() if who in opened or who in live]
    return [_case_row(who, name, opened, live, due) for who, name in carrying]


def _bound_on_cases(viewer: Viewer, which: Q) -> dict[str, int]:
    """How many live measures stand on the cases of each officer."""
    officer = FileIndex.objects.filter(name=OuterRef("file")).values("officer")
    seen = SanctionIndex.objects.bound_on(viewer.day).filter(on_a_file_seen(viewer), which)
    counted = seen.order_by().values(of=Subquery(officer)).annotate(number=Count("pk"))
    return {row["of"]: row["number"] for row in counted}


def _case_row(who: str, name: str, opened: Mapping[str, int], live: Mapping[str, int], due: Mapping[str, int]) -> Row:
    theirs = {"whose": "all", "officer": who}
    sanctions = _number("sanctions", live.get(who, 0), theirs)
    soon = _number("sanctions", due.get(who, 0), {**theirs, "due": "week"})
    return Row(name, (_number("cases", opened.get(who, 0), theirs), sanctions, soon))


def past_their_day(viewer: Viewer) -> Part:
    """What is longest overdue on the files that the viewer sees, whosever it is."""
    return duties_where(viewer, in_age("overdue", viewer.day))
