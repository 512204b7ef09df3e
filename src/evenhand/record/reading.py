"""Reading entries back, content and all, in one statement."""
# ruff: noqa: S608 - statements are put together from this package's own constants; every value is a parameter.

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from evenhand.record.chain import HEADER_FIELDS, PARTS, EntryRef, Header
from evenhand.record.tables import COLUMNS, Row, among_files, listing

FileKey = tuple[str, str]
"""Kind and id of a file."""

_KEY = ("kind", "file_id", "sequence")
_NAME = len(HEADER_FIELDS) + 1

# Not a join: that would send every header once for each of its parts, and needs fresh statistics to be planned well.
_HEADERS_AND_PARTS = (
    f"SELECT {', '.join(COLUMNS['record_entry'])}, NULL, NULL, NULL FROM record_entry WHERE {{0}} UNION ALL"
    f" SELECT {', '.join(name if name in _KEY else 'NULL' for name in COLUMNS['record_entry'])},"
    " name, body, commitment FROM record_part WHERE {0} AND {1}"
)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One entry as it stands: its header for ever, its parts as canonical text unless they were erased.

    `erased` names the parts of which nothing is left, `replaced` those of which some fields were erased.
    """

    header: Header
    hash: str
    parts: Mapping[str, str]
    erased: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()

    @property
    def ref(self) -> EntryRef:
        """The entry's name."""
        return EntryRef(self.header.kind, self.header.file_id, self.header.sequence)

    @property
    def taken_on(self) -> date:
        """The London day the step was taken."""
        return date.fromisoformat(self.header.taken_on)

    @property
    def recorded_at(self) -> datetime:
        """The instant it was written down, in UTC."""
        return datetime.fromisoformat(self.header.recorded_at)

    @property
    def because_of(self) -> EntryRef | None:
        """The entry this one is a consequence of."""
        return EntryRef.parse(self.header.because_of) if self.header.because_of else None


def read_entries(
    kind: str, file_id: str, *, upto: int | None = None, parts: Collection[str] = PARTS
) -> list[StoredEntry]:
    """The entries of one file in sequence order, to `upto` inclusive; none when there is no such file."""
    limit, parameters = ("", []) if upto is None else ("AND sequence <= %s", [upto])
    return _read(f"kind = %s AND file_id = %s {limit}", [kind, file_id, *parameters], parts)


def read_files(files: Iterable[FileKey], *, parts: Collection[str] = PARTS) -> dict[FileKey, list[StoredEntry]]:
    """The entries of several files at once; a file without entries has an empty list."""
    wanted = sorted(set(files))
    if not wanted:
        return {}
    listed, parameters = listing(wanted)
    read: dict[FileKey, list[StoredEntry]] = {file: [] for file in wanted}
    for entry in _read(among_files(listed), parameters, parts):
        read[entry.header.kind, entry.header.file_id].append(entry)
    return read


def read_entry(ref: EntryRef) -> StoredEntry | None:
    """One entry, if it is there."""
    where = "kind = %s AND file_id = %s AND sequence = %s"
    return next(iter(_read(where, list(ref), PARTS)), None)


def _read(where: str, parameters: Sequence[Any], parts: Collection[str]) -> list[StoredEntry]:
    wanted = [name for name in PARTS if name in parts]
    with connection.cursor() as cursor:
        cursor.execute(_HEADERS_AND_PARTS.format(where, _either(wanted)), [*parameters, *parameters, *wanted])
        rows = cursor.fetchall()
    headers = sorted(row for row in rows if row[_NAME] is None)
    found: dict[Row, dict[str, Row]] = {row[:3]: {} for row in rows}
    for row in rows:
        if row[_NAME] is not None:
            found[row[:3]][row[_NAME]] = row[_NAME + 1 :]
    return [_entry(Header(*row[: _NAME - 1]), row[_NAME - 1], found[row[:3]], wanted) for row in headers]


def _either(names: Sequence[str]) -> str:
    return f"name IN ({', '.join(['%s'] * len(names))})" if names else "false"


def _entry(header: Header, stored_hash: str, found: Mapping[str, Row], wanted: Sequence[str]) -> StoredEntry:
    promised = json.loads(header.commitments)
    return StoredEntry(
        header=header,
        hash=stored_hash,
        parts={name: bytes(body).decode() for name, (body, _) in found.items()},
        erased=frozenset(name for name in wanted if name in promised and name not in found),
        replaced=frozenset(name for name, (_, proof) in found.items() if proof != promised.get(name)),
    )
