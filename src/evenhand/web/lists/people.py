"""Names for what a list shows, fetched for a page of rows at once, after the rows were picked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evenhand.cases.models import FileIndex
from evenhand.cases.seeing import Viewer


def files_named(names: Iterable[str]) -> Mapping[str, FileIndex]:
    """Some files by name. One statement."""
    return FileIndex.objects.in_bulk(list(set(names)))


def subject_name(subject: str, customers: Mapping[str, str]) -> str:
    """How the person whom a file is about is called on a list."""
    return customers.get(subject, subject) or "Not known"


def staff_name(who: str, viewer: Viewer) -> str:
    """How a colleague is called on a list; an empty place where there is none."""
    return viewer.registers.name(who) if who else "Nobody yet"
