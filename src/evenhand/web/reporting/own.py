"""What somebody reported, and what became of each (clause 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet

from evenhand.cases.models import FileIndex, FileStaff
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.casework.incident import IncidentFile
from evenhand.web.reporting.became import Became, became_of, is_theirs
from evenhand.web.reporting.near import incidents_named
from evenhand.web.triage.pot import kinds_of

Own = tuple[IncidentFile, Became, tuple[str, ...]]
"""A report, what became of it, and the kinds of conduct in it."""
LATELY, FEW = timedelta(days=14), 3
LOOKED_THROUGH = 100
"""Files looked through for one page: officers have a part on reports that are not theirs."""


def files_with_a_part(viewer: Viewer) -> QuerySet[FileIndex]:
    """The reports on which the viewer has a part: those of their own are among them."""
    own = FileStaff.objects.filter(staff=viewer.id).values("file")
    return visible_to(viewer).filter(kind="incident", name__in=own)


def own_reports(rows: Sequence[FileIndex], viewer: Viewer) -> list[Own]:
    """Those of some reports that are the viewer's own, in the same order."""
    files = incidents_named([row.name for row in rows])
    theirs = [files[row.name] for row in rows if row.name in files and is_theirs(files[row.name], viewer.id)]
    return [(file, became_of(file), kinds_of(file)) for file in theirs]


def lately_reported(viewer: Viewer) -> list[Own]:
    """The newest few of the last two weeks, for the first page."""
    rows = files_with_a_part(viewer).filter(opened_on__gte=viewer.day - LATELY).order_by("-opened_on", "-name")
    return own_reports(list(rows[:LOOKED_THROUGH]), viewer)[:FEW]
