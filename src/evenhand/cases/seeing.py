"""Who may see which file and which customer: the one place that says so, as querysets. What is not here is not there
(404).

A file is seen by whoever took a step on it or has a part on it by name; by those who see their team's work, where
a colleague of theirs does; and by those who see everything. Three things go before that:

- Nobody sees what concerns somebody they are tied to, not even by breaking the glass.
- A restricted case is seen only by the few it is kept to, whatever they see otherwise, and what would betray it (its
  reports, a flag that rests on it) only by these and by those with a part of their own on that.
- Breaking the glass opens one file for a while.

Customers, with their own files, are seen by every colleague who is not tied to them: all must know how to talk to them
and how to visit safely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404, HttpRequest

from evenhand.cases.models import FileIndex, FileStaff
from evenhand.casework.registers import Registers, StaffMember
from evenhand.people.models import Customer, Home, Tenancy
from evenhand.policy.edition import Edition

NOT_AT_THE_DESK = frozenset({"contractor", "portal", "system"})
"""Roles whose holders have pages of their own, or none: at the desk they see nothing."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A colleague at the desk: who they are on this day, and how far they see.

    `roles` are those held today, lent ones included; `sees` is own, team or all; `team` holds the ids of the
    colleagues whose work they see (themselves included); `ties` the customers and homes they are kept away from;
    `opened` the files opened to them for a while by breaking the glass; `has_many` that they have a part on very many,
    which only changes how lists are read.
    """

    staff: StaffMember
    registers: Registers
    day: date
    at: datetime
    roles: frozenset[str] = frozenset()
    sees: str = "own"
    team: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    has_many: bool = False

    @property
    def id(self) -> str:
        return self.staff.id

    @property
    def name(self) -> str:
        return self.staff.name

    @property
    def stands_in_for(self) -> dict[str, date | None]:
        """Those for whom they stand in today, by name, and until when."""
        staff = self.registers.staff.values()
        return {
            one.name: lent.until for one in staff for lent in one.deputies if lent.who == self.id and lent.on(self.day)
        }

    @property
    def is_at_desk(self) -> bool:
        return bool(self.roles - NOT_AT_THE_DESK)


class DeskRequest(HttpRequest):
    """A request of somebody who has signed in, as `web.middleware` hands it on: for annotations only."""

    at: datetime
    viewer: Viewer


# Written out, because every page asks this: putting querysets together costs several times what running this does.
REACH = {
    "own": "{name} IN (SELECT file FROM cases_filestaff WHERE staff = %s)",
    # A team has a part on very many files: asked of each row, a list can go down its index and stop. Of EXISTS,
    # PostgreSQL would first read them all.
    "team": "(SELECT 1 FROM cases_filestaff t WHERE t.file = {name} AND t.staff IN ({team}) LIMIT 1) IS NOT NULL",
    "all": "true",
}
KEPT_FROM = """
    WITH closed(name) AS (
        SELECT r.name FROM cases_fileindex r WHERE r.is_restricted AND r.name NOT IN ({opened})
        AND r.name NOT IN (SELECT s.file FROM cases_filestaff s WHERE s.staff = %s AND s.stays)
    ), named(name) AS (
        SELECT l.other FROM closed c CROSS JOIN cases_filelink l WHERE l.file = c.name
    ), betraying(name) AS (
        SELECT name FROM named
        UNION SELECT l.file FROM closed c CROSS JOIN cases_filelink l WHERE l.other = c.name
        UNION SELECT l.file FROM cases_filelink l WHERE l.kind = 'flag' AND l.other IN (SELECT name FROM named)
    )
    SELECT name FROM closed UNION SELECT b.name FROM betraying b
    WHERE b.name NOT IN ({opened})
    AND NOT EXISTS (SELECT 1 FROM cases_filestaff o WHERE o.file = b.name AND o.staff = %s)
"""
"""Restricted cases that are not kept to the viewer; and what would betray them, but for their own part on it.

A cross join, because SQLite keeps to its order: few cases are restricted, and links there are very many. None with what
`named` holds: SQLite would read every link first, to make a filter of them.
"""
MANY = 2_000
"""Of so many files a list is better asked row by row than compared with them all."""


class Condition(Func):
    """A condition on a file's name and kind, as text of a statement with its parameters."""

    output_field = BooleanField()

    def __init__(self, text: str, parameters: tuple[str, ...], name: str = "name", kind: str = "kind") -> None:
        super().__init__(F(name), F(kind))
        self.text, self.parameters = text, parameters

    def as_sql(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, tuple[str, ...]]:
        name, kind = (compiler.compile(column)[0] for column in self.get_source_expressions())
        return self.text.replace("{name}", name).replace("{kind}", kind), self.parameters


def visible_to(viewer: Viewer) -> QuerySet[FileIndex]:
    """Every file the viewer may see."""
    return FileIndex.objects.filter(seen(viewer))


def seen(viewer: Viewer) -> Condition:
    """The same as a condition for a query of `FileIndex`."""
    return Condition(*condition(viewer))


def condition(viewer: Viewer) -> tuple[str, tuple[str, ...]]:
    """The same as text of a statement, in which `{name}` and `{kind}` stand for a file's, with its parameters."""
    if not viewer.is_at_desk:
        return "false", ()
    opened, own = tuple(sorted(viewer.opened)), (viewer.id,)
    team = own if viewer.sees == "own" else tuple(sorted({viewer.id, *viewer.team}))
    reach = REACH["team" if viewer.has_many and viewer.sees == "own" else viewer.sees].replace("{team}", marks(team))
    reached = () if viewer.sees == "all" else team
    kept_from = KEPT_FROM.replace("{opened}", marks(opened))
    kept = (*opened, viewer.id, *opened, viewer.id)
    text = f"({reach} OR {{kind}} = 'person' OR {{name}} IN ({marks(opened)})) AND {{name}} NOT IN ({kept_from})"
    ties = tuple(sorted(viewer.ties))
    if ties:
        text += f" AND {{name}} NOT IN (SELECT file FROM cases_fileperson WHERE person IN ({marks(ties)}))"  # noqa: S608 - marks only
    return f"({text})", (*reached, *opened, *kept, *ties)


def has_many(staff: str) -> bool:
    """Whether a colleague has a part on very many files."""
    return FileStaff.objects.filter(staff=staff).order_by("file")[MANY : MANY + 1].exists()


def marks(of: Collection[str]) -> str:
    """As many marks as there are parameters; where there are none, a name that nothing has (never NULL: nothing
    would be outside that, and nothing restricted)."""
    return ", ".join(["%s"] * len(of)) or "''"


def file_seen(viewer: Viewer, kind: str, name: str) -> FileIndex:
    """One file. Raises `Http404`, the same for one that is not there and for one the viewer may not see."""
    found = visible_to(viewer).filter(kind=kind, name=name).first() if kind != "person" else None
    if found is None:
        raise Http404
    return found


def files_where(viewer: Viewer, which: str, parameters: Sequence[Any]) -> list[FileIndex]:
    """The files `f` of which something is true that the viewer may see, those opened last first. One statement, written
    out because every search asks it."""
    rights, theirs = condition(viewer)
    seen_too = rights.replace("{name}", "f.name").replace("{kind}", "f.kind")
    statement = f"SELECT f.* FROM cases_fileindex f WHERE {which} AND {seen_too} ORDER BY f.opened_on DESC, f.name DESC"  # noqa: S608 - our own words; every value is a parameter
    return list(FileIndex.objects.raw(statement, [*parameters, *theirs]))


def few_in_reach(viewer: Viewer) -> tuple[str, tuple[str, ...]] | None:
    """A statement, with its parameters, that names every file of which the viewer may see any, where these are few:
    for a colleague who sees their own; else None. Some of these may be kept from them all the same."""
    if viewer.sees != "own" or viewer.has_many:
        return None
    own = "SELECT file FROM cases_filestaff WHERE staff = %s UNION SELECT name FROM cases_fileindex"
    return f"{own} WHERE kind = 'person' OR name IN ({marks(viewer.opened)})", (viewer.id, *sorted(viewer.opened))


def names_seen(viewer: Viewer, names: Iterable[str]) -> frozenset[str]:
    """Which of some files the viewer may be told of."""
    return frozenset(visible_to(viewer).filter(name__in=set(names)).values_list("name", flat=True))


def people_seen(viewer: Viewer) -> QuerySet[Customer]:
    """Every customer whom the viewer is not tied to."""
    known = Customer.objects.all() if viewer.is_at_desk else Customer.objects.none()
    return known.exclude(id__in=viewer.ties) if viewer.ties else known


def person_seen(viewer: Viewer, customer: str) -> Customer:
    """One customer. Raises `Http404` as `file_seen` does."""
    found = people_seen(viewer).select_related("home").filter(id=customer).first()
    if found is None:
        raise Http404
    return found


def handles_reports(viewer: Viewer, edition: Edition) -> bool:
    """Whether somebody decides what becomes of reports, and so may know who made them (clause 1.4, H3)."""
    return edition.held(viewer.roles, edition.steps["triage_incident"].roles) is not None


def handles_advice(viewer: Viewer, edition: Edition) -> bool:
    """Whether somebody asks for legal advice or keeps it, and so may read what is privileged (clauses 4.4 and 4.6)."""
    rules = (edition.steps.get(step) for step in ("instruct_legal", "record_legal_advice"))
    return any(rule is not None and edition.held(viewer.roles, rule.roles) is not None for rule in rules)


def may_see_person(viewer: Viewer, customer: str) -> bool:
    """Whether the viewer may see a customer's page."""
    return viewer.is_at_desk and customer not in viewer.ties


def tied_to(words: Iterable[str], day: date) -> frozenset[str]:
    """The customers and homes that declared ties keep somebody away from: ids of customers, and property numbers.

    Ties are given as written: a customer's id, a property number, or an address, whose end may be left out. A home
    stands for everybody who lives there.
    """
    said = {word.strip() for word in words} - {""}
    homes = _homes_meant(said)
    held = Tenancy.objects.on(day).filter(home__in=homes)
    living = Customer.objects.filter(Q(home__in=homes) | Q(tenancies__in=held))
    return frozenset({*said, *homes, *(living.values_list("id", flat=True) if homes else ())})


def _homes_meant(said: Collection[str]) -> set[str]:
    homes = set(Home.objects.filter(uprn__in=said).values_list("uprn", flat=True)) if said else set()
    for address in (word for word in said if " " in word):
        homes |= set(Home.objects.filter(address__istartswith=address).values_list("uprn", flat=True))
    return homes
