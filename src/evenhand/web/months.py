"""Months as a small calendar draws them, with the days that are allowed."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

NONE: Mapping[date, str] = {}
LONGEST = 13
"""Months drawn at most: a window of years is said in words."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month: whether it may be chosen, and what falls on it."""

    number: int
    is_allowed: bool
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as rows of weeks that begin on a Monday; None where a week reaches into another month."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]


def window(first: date, last: date, marks: Mapping[date, str] = NONE) -> list[Month]:
    """Every month that a window of days touches, both ends allowed, with what falls on some days."""
    return [_month(year, month, first, last, marks) for year, month in _touched(first, last)]


def _touched(first: date, last: date) -> Iterator[tuple[int, int]]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    yield from ((month // 12, month % 12 + 1) for month in months[:LONGEST])


def _month(year: int, month: int, first: date, last: date, marks: Mapping[date, str]) -> Month:
    weeks = Calendar().monthdatescalendar(year, month)
    rows = (
        tuple(Day(d.day, first <= d <= last, marks.get(d, "")) if d.month == month else None for d in week)
        for week in weeks
    )
    return Month(f"{date(year, month, 1):%B %Y}", tuple(rows))
