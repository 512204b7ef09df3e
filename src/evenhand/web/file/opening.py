"""A file as a page needs it: the facts that decisions on it look at, and which other files the viewer may be told of.

Two statements in all: where each file about the same people stands and whether the viewer may see it, and the entries
of those not folded before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection
from django.urls import reverse

from evenhand.cases.archive import RecordArchive, folds_of
from evenhand.cases.editions import edition_of, in_force, known, moved_to
from evenhand.cases.seeing import Viewer, condition, names_seen
from evenhand.casework.entry import File
from evenhand.casework.facts import Facts
from evenhand.casework.gather import FILES, gather
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.base import FileKind, StepData, said
from evenhand.casework.steps.incident import AddStatement
from evenhand.casework.story import people_of
from evenhand.policy.edition import Edition
from evenhand.record.reading import FileKey
from evenhand.web.file.remembered import fold_with_findings
from evenhand.web.file.words import NOT_SHOWN, Telling, called
from evenhand.web.steps.asking import Asking

# Written out, because every page of a file asks this. Names first, and no OR: PostgreSQL would read every file.
GROUP = """
    SELECT f.kind, f.name, h.hash, {may_see} FROM (
        SELECT p.file FROM (
            SELECT person FROM cases_fileperson WHERE file = %s UNION SELECT %s UNION SELECT %s
        ) w CROSS JOIN cases_fileperson p WHERE p.person = w.person
        UNION SELECT %s
    ) g CROSS JOIN cases_fileindex f CROSS JOIN record_head h
    WHERE f.name = g.file AND h.kind = f.kind AND h.file_id = f.name
"""


class GroupArchive(RecordArchive):
    """An archive that has read every file about some people already, and need not ask for them again."""

    def __init__(self, heads: Mapping[FileKey, str], people: Collection[str]) -> None:
        super().__init__()
        self.files |= {name: file for (_, name), file in folds_of(heads).items()}
        self._people = people

    def names_about(self, person: str) -> list[str]:
        """The names of the files about a person, from those read where they are all there."""
        if person not in self._people:
            return super().names_about(person)
        return [name for name, file in self.files.items() if file is not None and person in people_of(file)]


@dataclass(frozen=True)
class Opened:
    """A file opened for a viewer: its facts, its last entry's hash, and the names of the files they may be told of."""

    facts: Facts
    viewer: Viewer
    seen: frozenset[str]
    heads: Mapping[FileKey, str]
    about: str = ""
    """Whom it is about: the file's own person, or the one named for a file not yet begun."""

    @property
    def file(self) -> File:
        """The file itself."""
        return self.facts.file

    @property
    def edition(self) -> Edition:
        """The edition the file is under."""
        return self.facts.edition

    @property
    def hash(self) -> str:
        """What no other history of this file can have; '' for a file not yet begun."""
        return self.heads.get((self.file.kind, self.file.name), "")

    @cached_property
    def asking(self) -> Asking:
        """What forms on this file offer to choose from."""
        return Asking(self.facts, self.viewer, self.seen, self.about)

    @cached_property
    def telling(self) -> Telling:
        """What says entries in words; of the files that the viewer may be told of only."""
        files = {name: file for name, file in self.facts.files.items() if name in self.seen or file is self.file}
        return Telling(self.edition, self.facts.registers, files, self._may_name, self.nameless, self.asking.withheld)

    def _may_name(self, name: str) -> bool:
        return name not in self.facts.files and bool(names_seen(self.viewer, [name]))

    @cached_property
    def _kept_from(self) -> list[str]:
        """The names of files that decisions read and the viewer may not be told of (H1)."""
        return sorted(self.facts.files.keys() - self.seen - {self.file.name, self.file.subject}, reverse=True)

    def say(self, sentence: str) -> str:
        """A sentence of the engine without the names of files that are kept from the viewer."""
        for name in self._kept_from:
            sentence = sentence.replace(name, NOT_SHOWN)
        return sentence

    @cached_property
    def here(self) -> str:
        """The address of the file's page."""
        return reverse("file", args=(self.file.kind, self.file.name))

    @cached_property
    def _called(self) -> dict[str, str]:
        return {}

    def called(self, ref: str) -> str:
        """An entry in words; '' for none."""
        if ref and ref not in self._called:
            self._called[ref] = called(ref, self.telling)
        return self._called.get(ref, "")

    @cached_property
    def stands_at(self) -> tuple[Any, ...]:
        """What the page of this file can depend on: how far every file read has come, who looks, and the day.

        A file only ever grows, so its length tells one state of it from any other.
        """
        read = tuple(sorted((name, file.sequence) for name, file in self.facts.files.items()))
        viewer = self.viewer
        return read, self.seen, self.file.name, self.edition.hash, viewer.id, viewer.roles, viewer.day

    @cached_property
    def nameless(self) -> frozenset[str]:
        """On a report: those who made it, who must not be known by whatever else they did there either (H3)."""
        file = self.file
        if self.asking.handles_reports or not isinstance(file, IncidentFile):
            return frozenset()
        told = {entry.data.person or entry.by for entry in file.all(AddStatement)}
        made = {file.report.by, file.report.data.reporter or ""} if file.report else set()
        return frozenset() if self.viewer.id in made else frozenset(told | made) - {"", self.viewer.id}


def opened(
    kind: FileKind, name: str, viewer: Viewer, *, draft: StepData | None = None, day: date | None = None
) -> Opened:
    """A file with everything that decisions on it read; one not yet begun is empty.

    Whether the viewer may see it at all is asked before: see `cases.seeing`.
    """
    named = said(draft, "subject") or ""
    heads, seen = _group(kind, name, viewer, named)
    fold_with_findings(heads)
    file = folds_of(heads).get((kind, name)) or FILES[kind](name, ())
    archive = GroupArchive(heads, people_of(file) | {named, name if kind == "person" else named})
    facts = gather(
        archive,
        viewer.registers,
        edition_of(file, in_force(), known),
        file,
        draft=draft,
        actor=viewer.id,
        at=viewer.at,
        day=day or viewer.day,
        other_edition=moved_to(draft, known) if draft else None,
    )
    return Opened(facts, viewer, seen, heads, file.subject or named)


def _group(kind: str, name: str, viewer: Viewer, named: str) -> tuple[dict[FileKey, str], frozenset[str]]:
    """The files about the people of a file: the hash each stands at, and the names of those the viewer may see."""
    may_see, parameters = condition(viewer)
    who = name if kind == "person" else ""
    with connection.cursor() as cursor:
        cursor.execute(_statement(may_see), [*parameters, name, who, named, name])
        found = cursor.fetchall()
    return {row[:2]: row[2] for row in found}, frozenset(row[1] for row in found if row[3])


@lru_cache(maxsize=500)
def _statement(may_see: str) -> str:
    return GROUP.replace("{may_see}", may_see.replace("{name}", "f.name").replace("{kind}", "f.kind"))
