"""What somebody could do who holds the database itself: guards off, rows changed, chains worked out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from evenhand.record import chain
from evenhand.record.checkpoints import recomputed
from evenhand.record.reading import read_entries

SHIFTED = 1000  # added to a sequence while rows change places


@contextmanager
def guards_off() -> Iterator[None]:
    """No trigger fires inside; afterwards every guard stands as before."""
    if connection.vendor == "postgresql":
        run("SET session_replication_role = replica")
        yield
        run("SET session_replication_role = origin")
        return
    triggers = run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in triggers:
        run(f"DROP TRIGGER {name}")
    yield
    for _, definition in triggers:
        run(definition)


def run(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Runs one statement, `%s` for parameters."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []


def change(table: str, column: str, value: object, sequence: int, file_id: str = "case-1") -> None:
    """Sets a column of what belongs to one entry."""
    run(f"UPDATE {table} SET {column} = %s WHERE file_id = %s AND sequence = %s", value, file_id, sequence)


def move(sequence: int, to: int) -> None:
    """Gives the entry at `sequence` of case-1, with its content, another place."""
    for table in ("record_entry", "record_part"):
        change(table, "sequence", to, sequence)


def remove(first: int, file_id: str = "case-1") -> None:
    """Takes the entries from `first` on out of the file, with their content."""
    for table in ("record_part", "record_entry"):
        run(f"DELETE FROM {table} WHERE file_id = %s AND sequence >= %s", file_id, first)


def rewrite(sequence: int, text: str) -> None:
    """Changes what an entry said, salt and commitment included."""
    part = chain.seal(text, "a forgery")
    where = "file_id = 'case-1' AND name = 'main' AND sequence = %s"
    run(f"UPDATE record_part SET salt = %s, body = %s, commitment = %s WHERE {where}", *part, sequence)
    (entry,) = [entry for entry in read_entries("case", "case-1") if entry.header.sequence == sequence]
    promised = json.dumps(json.loads(entry.header.commitments) | {"main": part.commitment}, separators=(",", ":"))
    change("record_entry", "commitments", promised, sequence)


def chain_again(file_id: str = "case-1") -> None:
    """Works out every hash of a file anew and moves its head to match."""
    previous, last = chain.genesis("case", file_id), 0
    for entry in read_entries("case", file_id):
        header = entry.header._replace(previous=previous)
        previous, last = chain.header_hash(header), header.sequence
        change("record_entry", "previous", header.previous, last, file_id)
        change("record_entry", "hash", previous, last, file_id)
    set_head(last, previous, file_id)


def set_head(sequence: int, to: str, file_id: str = "case-1") -> None:
    """Moves a head."""
    run("UPDATE record_head SET sequence = %s, hash = %s WHERE file_id = %s", sequence, to, file_id)


def seal_again() -> None:
    """Makes the only checkpoint cover what now stands, digest and all."""
    run("DELETE FROM record_checkpointhead")
    run("UPDATE record_head SET sealed = sequence")
    run(
        "INSERT INTO record_checkpointhead (number, kind, file_id, since, sequence, hash)"
        " SELECT 1, kind, file_id, 0, sequence, hash FROM record_head"
    )
    ((taken_at,),) = run("SELECT taken_at FROM record_checkpoint")
    seal = recomputed(1, taken_at, "")
    run(
        "UPDATE record_checkpoint SET files = %s, heads_digest = %s, erasures_digest = %s, digest = %s",
        *(seal.files, seal.heads_digest, seal.erasures_digest, seal.digest),
    )


def forge(sequence: int) -> None:
    """Adds an entry nobody took, rightly chained to the one before, without moving the head."""
    before = read_entries("case", "case-1")[sequence - 2]
    header = before.header._replace(sequence=sequence, previous=before.hash, commitments="{}")
    columns = ", ".join([*chain.HEADER_FIELDS, "hash"])
    marks = ", ".join(["%s"] * (len(chain.HEADER_FIELDS) + 1))
    run(f"INSERT INTO record_entry ({columns}) VALUES ({marks})", *header, chain.header_hash(header))
