"""How days and measures are said on a list: as somebody would say them, days counted from today."""

from __future__ import annotations

from datetime import date

from evenhand.cases.editions import in_force


def by_when(due_on: date, today: date) -> str:
    """'3 days overdue', 'today', 'tomorrow', 'by Friday 6 December'; with the year where it is another."""
    days = (due_on - today).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} overdue"
    if days < 2:
        return ("today", "tomorrow")[days]
    return f"by {due_on:%A} {near_day(due_on, today)}"


def near_day(day: date, today: date) -> str:
    """'6 December'; with the year where it is another than today's."""
    return f"{day.day} {day:%B}{f' {day.year}' if day.year != today.year else ''}"


def remedy_title(code: str) -> str:
    """What a measure is called; one outside the catalogue has no name of its own."""
    remedy = in_force().remedies.get(code)
    return remedy.title if remedy else code or "A measure outside the catalogue"
