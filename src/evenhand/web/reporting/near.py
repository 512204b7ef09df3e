"""Reports of the last days that could be of the same event: so that two colleagues do not report it twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.cases.archive import folds_of
from evenhand.cases.models import FileIndex
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.casework.incident import IncidentFile
from evenhand.record.models import Head

DAYS = 14
"""How far back a report may lie and still be of the same event."""
MOST = 5


@dataclass(frozen=True, slots=True)
class Near:
    """A report that could be of the same event: its day and kinds, and never who reported it."""

    name: str
    happened_on: date
    behaviours: tuple[str, ...]


def incidents_named(names: list[str]) -> dict[str, IncidentFile]:
    """Incident files by name, in one or two statements however many they are."""
    heads = Head.objects.filter(kind="incident", file_id__in=names).values_list("kind", "file_id", "hash")
    found = folds_of({(kind, name): last for kind, name, last in heads})
    return {name: file for (_, name), file in found.items() if isinstance(file, IncidentFile)}


def reports_near(viewer: Viewer, subject: str, apart_from: str) -> list[Near]:
    """What the viewer may see of the last days about a customer, newest first."""
    since = viewer.day - timedelta(days=DAYS)
    rows: list[FileIndex] = []
    if subject:
        about = visible_to(viewer).filter(kind="incident", subject=subject, opened_on__gte=since)
        rows = list(about.exclude(name=apart_from).order_by("-opened_on", "-name")[:MOST])
    files = incidents_named([row.name for row in rows])
    reported = [file for row in rows if (file := files.get(row.name)) and file.report and not file.is_disposed]
    return [
        Near(file.name, file.happened_on or viewer.day, file.report.data.behaviours) for file in reported if file.report
    ]
