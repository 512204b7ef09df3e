"""Deciding a recorded step again on what it was decided on then: the same findings, for the same reasons (H25).

Each entry keeps where every file stood that was read, the register rows that could be seen, and the edition's hash.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.cases.archive import FOLDED_FROM, fold
from evenhand.cases.editions import Editions, known, moved_to
from evenhand.casework.decide import take
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.facts import Facts
from evenhand.casework.stored import entry_from, files_read, findings_from, findings_on, registers_from
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Finding
from evenhand.record.reading import StoredEntry, read_entries, read_entry


class NotKept(LookupError):
    """What the decision looked at is no longer there in whole: some of it was erased, or its edition was changed."""


@dataclass(frozen=True, slots=True)
class Again:
    """An entry with its findings as recorded, beside what the same decision gives now."""

    recorded: tuple[AnyEntry, tuple[Finding, ...]]
    again: tuple[AnyEntry, tuple[Finding, ...]] | None

    @property
    def is_same(self) -> bool:
        return self.recorded == self.again


def decided_again(stored: StoredEntry, editions: Editions = known) -> Again:
    """Decides the step that made a recorded entry again: its own, or the one it follows from, under that edition.

    Raises `NotKept`, and `UnknownEdition`.
    """
    entry = _kept(stored)
    asked = read_entry(stored.because_of) if stored.because_of else stored
    if asked is None:
        raise NotKept(f"{stored.because_of}, which {stored.ref} follows from, is not there.")
    made = _kept(asked)
    taken = take(made.data, facts_then(asked, made, editions))
    again = next((one for one in taken.entries if one.ref == entry.ref), None)
    found = (again, findings_on(again, taken.decision)) if again else None
    return Again((entry, findings_from(stored.parts["findings"])), found)


def _kept(stored: StoredEntry) -> AnyEntry:
    entry = entry_from(stored.header, stored.parts)
    if entry is None or stored.erased or stored.replaced:
        raise NotKept(f"Content of {stored.ref} was erased, so it cannot be decided again.")
    return entry


def facts_then(stored: StoredEntry, entry: AnyEntry, editions: Editions) -> Facts:
    """What the decision on an entry looked at, as it stood then. Raises `NotKept`, and `UnknownEdition`."""
    files = {name: _as_at(kind, name, upto) for kind, name, upto in files_read(stored.parts)}
    edition = _edition(stored, entry, editions)
    registers, moved = registers_from(stored.parts), moved_to(entry.data, editions)
    own = files[entry.file]
    return Facts(edition, entry.taken_on, entry.recorded_at, entry.by, own, files, registers, moved)


def _as_at(kind: str, name: str, upto: int) -> File:
    """A file as it stood at a sequence."""
    stored = read_entries(kind, name, upto=upto, parts=FOLDED_FROM)
    if any(one.erased or one.replaced for one in stored):
        raise NotKept(f"Content of {name} was erased since.")
    return fold(kind, name, stored)


def _edition(stored: StoredEntry, entry: AnyEntry, editions: Editions) -> Edition:
    edition = editions(entry.edition)
    if edition.hash != stored.header.edition_hash:
        raise NotKept(f"The text of {entry.edition} was changed since {stored.ref} was decided under it.")
    return edition
