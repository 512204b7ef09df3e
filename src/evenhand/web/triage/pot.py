"""The reports that wait: to be decided on, or for the case that was decided on; the one due first comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex
from evenhand.cases.seeing import Viewer, people_seen, visible_to
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.incident import MakeSafe
from evenhand.web.lists.paging import Order, Page, page_of
from evenhand.web.reporting.near import incidents_named
from evenhand.web.steps.titles import code_title

DUE_FIRST = Order("due_on", "name", nullable=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One report in the pot."""

    file: IncidentFile
    who: str
    where: str
    """What tells them from others of the same name: their home, or else their reference."""
    kinds: tuple[str, ...]
    made_safe: tuple[str, ...]
    """What was done at once, by its titles."""
    due_on: date | None


def pot_page(viewer: Viewer, *, after: str = "", before: str = "") -> tuple[list[Waiting], Page[FileIndex]]:
    """One page of the pot, in a handful of statements however many wait. Raises `NoSuchPlace`."""
    rows = visible_to(viewer).filter(kind="incident", is_open=True)
    found = page_of(rows, DUE_FIRST, after=after, before=before)
    files = incidents_named([row.name for row in found.rows])
    people = people_seen(viewer).select_related("home").in_bulk([row.subject for row in found.rows if row.subject])
    names = {who: (customer.name, str(customer.home or who)) for who, customer in people.items()}
    return [_waiting(files[row.name], row, names) for row in found.rows if row.name in files], found


def _waiting(file: IncidentFile, row: FileIndex, names: dict[str, tuple[str, str]]) -> Waiting:
    described = (file.report.data.subject_description if file.report else "") or "Somebody not known yet"
    who, where = names.get(row.subject, (described, ""))
    return Waiting(file, who, where, kinds_of(file), _made_safe(file), row.due_on)


def _made_safe(file: IncidentFile) -> tuple[str, ...]:
    done = dict.fromkeys(code for entry in file.all(MakeSafe) for code in entry.data.actions)
    return tuple(code_title(in_force(), "safe_actions", code) for code in done)


def kinds_of(file: IncidentFile) -> tuple[str, ...]:
    """The kinds of conduct a report names, by their titles."""
    return titles(codes_of(file))


def codes_of(file: IncidentFile) -> tuple[str, ...]:
    """The same by their codes."""
    return file.report.data.behaviours if file.report else ()


def titles(behaviours: Iterable[str]) -> tuple[str, ...]:
    """Kinds of conduct by their titles; one that the edition has no more is called by its code."""
    known = in_force().behaviours
    return tuple(known[code].title if code in known else code.replace("_", " ") for code in behaviours)


def by_category(behaviours: Iterable[str]) -> dict[str, list[str]]:
    """Kinds of conduct under where the edition puts them in its second ordering, those it does not order left out."""
    known, found = in_force().behaviours, defaultdict[str, list[str]](list)
    for code in dict.fromkeys(behaviours):
        if code in known and known[code].category:
            found[code_title(in_force(), "conduct_categories", known[code].category)].append(known[code].title)
    return dict(found)


def next_in(viewer: Viewer, apart_from: str) -> str:
    """The report that comes next in the pot, or ''."""
    rows = visible_to(viewer).filter(kind="incident", is_open=True).exclude(name=apart_from)
    return next((row.name for row in page_of(rows, DUE_FIRST, size=1).rows), "")
