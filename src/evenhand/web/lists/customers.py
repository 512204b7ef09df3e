"""The list of customers: name, home and tenure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from evenhand.cases.editions import in_force
from evenhand.cases.models import FlagIndex, SanctionIndex
from evenhand.cases.seeing import Viewer, people_seen
from evenhand.people.models import Customer, Tenancy
from evenhand.web.lists.acts import file_href
from evenhand.web.lists.filters import Filter, Options, Rows
from evenhand.web.lists.listing import Cell, Empty, Line, Listing
from evenhand.web.lists.paging import Order

Held = Mapping[str, tuple[str, str]]
"""For each customer with a tenancy: its kind and its home's address, '' where it does not say."""


def _named(rows: Rows, words: str, _viewer: Viewer) -> Rows:
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(home__address__icontains=word))
    return rows


def _tenures(_viewer: Viewer) -> Options:
    return {"": "Any", **in_force().codes.get("tenures", {})}


def _of_tenure(rows: Rows, code: str, viewer: Viewer) -> Rows:
    let = Tenancy.objects.on(viewer.day)
    theirs = let.filter(kind=code).values("tenants")
    return rows.filter(Q(id__in=theirs) | (Q(tenure=code) & ~Q(id__in=let.exclude(kind="").values("tenants"))))


def _bound(rows: Rows, _value: str, viewer: Viewer) -> Rows:
    return rows.filter(id__in=SanctionIndex.objects.live_on(viewer.day).values("subject"))


def _flagged(rows: Rows, _value: str, viewer: Viewer) -> Rows:
    return rows.filter(id__in=FlagIndex.objects.live_on(viewer.day).values("subject"))


def held_by(customers: Iterable[str], day: date) -> Held:
    """The newest tenancy on a day of each of some customers. One statement."""
    rows = Tenancy.objects.on(day).filter(tenants__in=list(customers)).order_by("id")
    return {who: (kind, address or "") for who, kind, address in rows.values_list("tenants", "kind", "home__address")}


def _lines(rows: Sequence[Any], viewer: Viewer) -> list[Line]:
    held = held_by((row.id for row in rows), viewer.day)
    return [_line(row, *held.get(row.id, ("", ""))) for row in rows]


def _line(row: Any, kind: str, address: str) -> Line:
    tenure = kind or row.tenure
    return (
        Cell(row.name, file_href("person", row.id)),
        Cell(address or row.lives_at or ""),
        Cell(in_force().codes.get("tenures", {}).get(tenure, tenure)),
    )


def customers(viewer: Viewer) -> QuerySet[Customer]:
    """Every customer the viewer may see, with the address of the home they are registered at."""
    return people_seen(viewer).annotate(
        lives_at=Coalesce(NullIf("home__address", Value("", TextField())), F("home_id"), output_field=TextField())
    )


CUSTOMERS = Listing(
    name="customers",
    title="Customers",
    rows=customers,
    columns=("Name", "Home", "Tenure"),
    lines=_lines,
    sorts={
        "name": ("Name, A to Z", Order("name", "id")),
        "last": ("Name, Z to A", Order("name", "id", descending=True)),
    },
    filters=(
        Filter("words", "Name or address", _named, kind="words"),
        Filter("tenure", "Tenure", _of_tenure, options=_tenures),
        Filter("bound", "A restriction is in force", _bound, kind="tick"),
        Filter("flagged", "A flag is in force", _flagged, kind="tick"),
    ),
    empty=Empty(
        "No customers here",
        "Everybody your organisation serves appears here once they are in the register. "
        "Search finds spellings that are nearly right.",
        "Search",
        "search",
    ),
)
