"""Reports of the last days that could be of the same event: so that two colleagues do not report it twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evenhand.cases.archive import folds_of
from evenhand.cases.models import FileIndex
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.casework.incident import IncidentFile
from evenhand.casework.registers import Registers
from evenhand.record.models import Head
from evenhand.web.reporting.became import is_theirs

DAYS = 14
"""How far back a report may lie and still be of the same event."""
MOST = 5
LOOKED_AT = 40
"""The newest reports that are compared by home and place; in a fortnight few landlords have more."""
SHORTEST = 3
"""Letters of a word that says something of a place."""


@dataclass(frozen=True, slots=True)
class Near:
    """A report that could be of the same event: its day and kinds, and of who reported it only whether it was you."""

    name: str
    happened_on: date
    behaviours: tuple[str, ...]
    is_own: bool


def incidents_named(names: list[str]) -> dict[str, IncidentFile]:
    """Incident files by name, in one or two statements however many they are."""
    heads = Head.objects.filter(kind="incident", file_id__in=names).values_list("kind", "file_id", "hash")
    found = folds_of({(kind, name): last for kind, name, last in heads})
    return {name: file for (_, name), file in found.items() if isinstance(file, IncidentFile)}


def reports_near(viewer: Viewer, said: Mapping[str, Any], apart_from: str) -> list[Near]:
    """What the viewer may see of the last days that could be what `said` tells of, newest first.

    It is about the same customer; or, where one of the two names nobody, it was at the same home, or on the same day at
    what is called much the same place. `said` holds the fields of a report as typed.
    """
    since = viewer.day - timedelta(days=DAYS)
    lately = visible_to(viewer).filter(kind="incident", opened_on__gte=since).exclude(name=apart_from)
    lately = lately.order_by("-opened_on", "-name")
    subject = said.get("subject", "")
    rows: list[FileIndex] = list(lately.filter(subject=subject)[:MOST]) if subject else []
    others = lately.filter(subject="") if subject else lately
    rows += others[:LOOKED_AT] if any(_place(said, viewer.registers)) else []
    files = incidents_named([row.name for row in rows])
    alike = [file for row in rows if (file := files.get(row.name)) and _is_alike(file, said, viewer)]
    return [_near(file, viewer) for file in alike[:MOST]]


def _near(file: IncidentFile, viewer: Viewer) -> Near:
    kinds = file.report.data.behaviours if file.report else ()
    return Near(file.name, file.happened_on or viewer.day, kinds, is_theirs(file, viewer.id))


def _is_alike(file: IncidentFile, said: Mapping[str, Any], viewer: Viewer) -> bool:
    """Whether a report could be of the event that `said` tells of."""
    if file.report is None or file.is_disposed:
        return False
    told = {**file.report.data.model_dump(exclude_none=True), "subject": file.subject}
    if said.get("subject") and file.subject:
        return bool(said["subject"] == file.subject)
    (home, words), (its_home, its_words) = _place(said, viewer.registers), _place(told, viewer.registers)
    if home and its_home:
        return home == its_home
    is_same_day = str(said.get("happened_on", viewer.day)) == str(file.happened_on)
    return is_same_day and 2 * len(words & its_words) >= max(2, min(len(words), len(its_words)))


Place = tuple[str, frozenset[str]]
"""The home where something was, or '', and the words that say where."""


def _place(said: Mapping[str, Any], registers: Registers) -> Place:
    """Where something was, as a report tells it."""
    customer = registers.customers.get(said.get("subject", ""))
    home = said.get("home") or (customer.home if customer else "") or ""
    known = registers.homes.get(home)
    words = _words((said.get("where", ""), known.address if known else ""))
    return (home, words)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in re.findall(r"\w+", text.casefold()) if len(word) >= SHORTEST)
