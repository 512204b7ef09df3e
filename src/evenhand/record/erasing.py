"""Erasing content: the header and its commitments stay, the words and their salt go.

An entry may erase parts of any entry, its own file's or another's. What it erases is bound into its own header, so an
erasure nobody took a step for is found by `verify`. A part is erased whole, or replaced by a successor of the
same shape in which named text fields are blanked; the successor has a commitment of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from evenhand.record import chain
from evenhand.record.canonical import canonical
from evenhand.record.chain import EntryRef, SealedPart
from evenhand.record.receipts import drop_receipts
from evenhand.record.tables import insert

BLANK = "[erased]"


class NothingToErase(LookupError):
    """The part, or the text field in it, is not there to be erased."""


@dataclass(frozen=True, slots=True)
class Erase:
    """A part to erase, and why in one word; `fields` are dotted paths to the texts to blank, none means the whole part.

    A path names members by key and list items by place: `account.text`, `contacts.0.note`.
    """

    ref: EntryRef
    part: str
    reason: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedErasure:
    """An erasure with the commitment of what goes and, unless all goes, what takes its place."""

    erase: Erase
    commitment: str
    successor: SealedPart | None

    @property
    def said(self) -> tuple[object, ...]:
        """What the erasing entry's header is bound to."""
        replacement = self.successor.commitment if self.successor else ""
        return (*self.erase.ref, self.erase.part, self.commitment, replacement, self.erase.reason)


def whole_file(kind: str, file_id: str, reason: str) -> list[Erase]:
    """Everything still there of a file, for its disposal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, file_id, sequence, name FROM record_part WHERE kind = %s AND file_id = %s"
            " ORDER BY sequence, name",
            (kind, file_id),
        )
        return [Erase(EntryRef(*row[:3]), row[3], reason) for row in cursor.fetchall()]


def blanked(body: str, fields: Iterable[str], where: str) -> str:
    """The same canonical text with each named text replaced by BLANK; raises NothingToErase where there is no text."""
    value = json.loads(body)
    for path in fields:
        _blank(value, path, where)
    return canonical(value)


def _blank(value: Any, path: str, where: str) -> None:
    *steps, last = path.split(".")
    try:
        for step in steps:
            value = value[_key(value, step)]
        found = value[_key(value, last)]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NothingToErase(f"{where} has no field {path!r}; check the path.") from error
    if not isinstance(found, str):
        raise NothingToErase(f"{where} has no text at {path!r}: only text is blanked, so that the shape stays.")
    value[_key(value, last)] = BLANK


def _key(value: Any, step: str) -> int | str:
    return int(step) if isinstance(value, list) else step


def plan(erases: Sequence[Erase]) -> list[PlannedErasure]:
    """Works out each erasure against what is stored now, in the order of the record; raises NothingToErase."""
    _refuse_free_text(erases)
    with connection.cursor() as cursor:
        return [_planned(cursor, erase) for erase in sorted(erases, key=lambda e: (e.ref, e.part))]


def _refuse_free_text(erases: Sequence[Erase]) -> None:
    for erase in erases:
        if not chain.WORD.fullmatch(erase.reason):
            raise chain.BadHeader(f"The reason {erase.reason!r} must be one word: it outlives what it erases.")


def _planned(cursor: CursorWrapper, erase: Erase) -> PlannedErasure:
    where = f"Part {erase.part} of {erase.ref}"
    cursor.execute(
        "SELECT body, commitment FROM record_part WHERE kind = %s AND file_id = %s AND sequence = %s AND name = %s",
        (*erase.ref, erase.part),
    )
    found = cursor.fetchone()
    if found is None:
        raise NothingToErase(f"{where} is not there: it never was, or it has been erased already.")
    if not erase.fields:
        return PlannedErasure(erase, found[1], None)
    body = blanked(bytes(found[0]).decode(), erase.fields, where)
    return PlannedErasure(erase, found[1], chain.seal(body, where))


def digest_of(said: Sequence[tuple[object, ...]]) -> str:
    """The header's `erases`, of (kind, file, sequence, part, commitment, replacement, reason) in order."""
    return chain.running_digest(said) if said else ""


def carry_out(cursor: CursorWrapper, erasures: Sequence[PlannedErasure], by: EntryRef) -> None:
    """Names each erasure, then removes the words: the guards let only named content go."""
    insert(cursor, "record_erasure", [(*erasure.said, *by) for erasure in erasures])
    cursor.executemany(
        "DELETE FROM record_part WHERE kind = %s AND file_id = %s AND sequence = %s AND name = %s",
        [(*erasure.erase.ref, erasure.erase.part) for erasure in erasures],
    )
    insert(
        cursor,
        "record_part",
        [(*e.erase.ref, e.erase.part, *e.successor) for e in erasures if e.successor],
    )
    drop_receipts(cursor, {erasure.erase.ref for erasure in erasures})
