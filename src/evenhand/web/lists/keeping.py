"""Filters that somebody keeps: a list under a name of their own."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection
from django.http import Http404

from evenhand.cases.seeing import Viewer
from evenhand.web.models import SavedFilter

LONGEST_TITLE = 80
# Written out, because every list asks this.
KEPT = "SELECT id, title, query FROM web_savedfilter WHERE staff = %s AND page = %s ORDER BY title"


class Kept(NamedTuple):
    """A filter that is kept: its number, what it is called, and the query that it stands for."""

    id: int
    title: str
    query: str


def kept_for(viewer: Viewer, page: str) -> list[Kept]:
    """The viewer's saved filters of a list, by title."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [viewer.id, page])
        return [Kept(*row) for row in cursor.fetchall()]


def keep(viewer: Viewer, page: str, title: str, query: str) -> None:
    """Keeps a query of a list under a title; one of the same title gives way."""
    SavedFilter.objects.update_or_create(
        staff=viewer.id, page=page, title=title[:LONGEST_TITLE], defaults={"query": query}
    )


def forget(viewer: Viewer, number: int) -> SavedFilter:
    """Removes a saved filter of the viewer's and returns it. Raises `Http404` where it is not theirs."""
    found = SavedFilter.objects.filter(staff=viewer.id, pk=number).first()
    if found is None:
        raise Http404
    found.delete()
    return found
