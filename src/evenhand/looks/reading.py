"""Who has looked at what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from evenhand.cases.seeing import Viewer
from evenhand.looks.glass import may_look_into
from evenhand.looks.models import Look


@dataclass(frozen=True, slots=True)
class Seen:
    """That somebody looked on a day: when last, how often, and why, where they were asked."""

    staff: str
    day: date
    at: datetime
    times: int
    purpose: str
    grant: int | None


def who_looked(kind: str, name: str, limit: int = 5) -> list[Seen]:
    """Who looked at this very page of a file, last first: one of these for each colleague and day.

    Of a customer's page that is not who looked at files about them: whoever reads this may not know of these (H1), and
    those who look at a report first are who made it (H3).
    """
    return _by_day(Look.objects.filter(kind=kind, file=name))[:limit]


def found(kind: str, name: str, asked: Mapping[str, str]) -> list[Seen]:
    """The same for the page of looks, as filtered by `staff`, `since` and `until` (days as 2026-08-20)."""
    looks = _looks_at(kind, name)
    wanted = {
        "staff": asked.get("staff"),
        "day__gte": day_typed(asked.get("since")),
        "day__lte": day_typed(asked.get("until")),
    }
    return _by_day(looks.filter(**{name: value for name, value in wanted.items() if value}))


def may_ask_who(viewer: Viewer, officer: str) -> bool:
    """Whether the viewer may read the whole list: those who watch over it, a case's officer, and their managers."""
    managers = viewer.registers.managers_of(officer, viewer.day) if officer else frozenset()
    return may_look_into(viewer) or viewer.id in {officer, *managers}


def _looks_at(kind: str, name: str) -> QuerySet[Look]:
    if kind == "person":
        return Look.objects.filter(Q(kind=kind, file=name) | Q(customer=name))
    return Look.objects.filter(kind=kind, file=name)


PAGE = 200
"""How many lines the page of looks shows at most; its filters reach the rest."""


def _by_day(looks: QuerySet[Look]) -> list[Seen]:
    rows = looks.values("staff", "day").annotate(
        last=Max("at"), times=Count("id"), why=Max("purpose"), opened=Max("grant")
    )
    return [
        Seen(row["staff"], row["day"], row["last"], row["times"], row["why"], row["opened"])
        for row in rows.order_by("-last")[:PAGE]
    ]


def day_typed(text: str | None) -> date | None:
    """A day as 2026-08-20; None where that is not what was typed."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
