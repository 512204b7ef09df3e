"""How days are said on a list: as somebody would say them, counted from today."""

from __future__ import annotations

from datetime import date


def by_when(due_on: date, today: date) -> str:
    """'3 days overdue', 'today', 'tomorrow', 'by Friday 6 December'; with the year where it is another."""
    days = (due_on - today).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} overdue"
    if days < 2:
        return ("today", "tomorrow")[days]
    year = f" {due_on.year}" if due_on.year != today.year else ""
    return f"by {due_on:%A} {due_on.day} {due_on:%B}{year}"
