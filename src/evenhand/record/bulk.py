"""Loading very many entries at once, with the same chains as if each had been appended alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, transaction

from evenhand.record import chain
from evenhand.record.append import Heads, NewEntry, head_after, header_of, lock_heads
from evenhand.record.reading import StoredEntry
from evenhand.record.tables import load

CHUNK = 5000
"""Entries in one transaction: each chunk is taken whole or not at all."""


def append_many(entries: Iterable[NewEntry]) -> int:
    """Appends entries, those of one file in their order, and returns how many; raises what `append_entry` raises."""
    remaining = iter(entries)
    return sum(_append_chunk(chunk) for chunk in iter(lambda: list(islice(remaining, CHUNK)), []))


def _append_chunk(chunk: Sequence[NewEntry]) -> int:
    with transaction.atomic():
        heads = lock_heads({new.file for new in chunk})
        rows = list(_rows(heads, chunk))
        with connection.cursor() as cursor:
            load(cursor, "record_entry", [entry for entry, _ in rows])
            load(cursor, "record_part", [part for _, parts in rows for part in parts])
            cursor.executemany(
                "UPDATE record_head SET sequence = %s, hash = %s, recorded_at = %s WHERE kind = %s AND file_id = %s",
                [(head.sequence, head.hash, head.recorded_at, *file) for file, head in heads.items()],
            )
    return len(chunk)


def _rows(heads: Heads, chunk: Sequence[NewEntry]) -> Iterator[tuple[tuple[object, ...], list[tuple[object, ...]]]]:
    for new in chunk:
        parts = {name: chain.seal(body, f"part {name}") for name, body in new.parts.items()}
        header = header_of(heads[new.file], new, parts, erases="")
        stored = StoredEntry(header, chain.header_hash(header), new.parts)
        heads[new.file] = head_after(stored)
        yield (*header, stored.hash), [(*stored.ref, name, *part) for name, part in parts.items()]
