"""The few statements the record is written and read with, the same text for SQLite and PostgreSQL."""
# ruff: noqa: S608 - statements are put together from this package's own constants; every value is a parameter.

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from evenhand.record.chain import HEADER_FIELDS

Row = tuple[Any, ...]
"""A row as the database gives it."""

COLUMNS = {
    "record_head": ("kind", "file_id", "sequence", "hash", "recorded_at", "sealed"),
    "record_entry": (*HEADER_FIELDS, "hash"),
    "record_part": ("kind", "file_id", "sequence", "name", "salt", "body", "commitment"),
    "record_erasure": (
        *("kind", "file_id", "sequence", "part", "commitment", "replacement", "reason"),
        *("by_kind", "by_file_id", "by_sequence"),
    ),
    "record_receipt": ("actor_id", "key", "request_digest", "kind", "file_id", "sequence"),
}

SAME_ENTRY = "{0}.kind = {1}.kind AND {0}.file_id = {1}.file_id AND {0}.sequence = {1}.sequence"


def insert(cursor: CursorWrapper, table: str, rows: Sequence[Sequence[Any]], tail: str = "") -> None:
    """Adds rows given in the order of COLUMNS, in one statement."""
    if rows:
        listed, parameters = listing(rows)
        cursor.execute(f"INSERT INTO {table} ({', '.join(COLUMNS[table])}) VALUES {listed} {tail}", parameters)


def listing(rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    """What stands after VALUES, with its parameters."""
    marks = f"({_marks(len(rows[0]))})"
    return ", ".join([marks] * len(rows)), [item for row in rows for item in row]


def among_files(listed: str) -> str:
    """A condition on kind and file id. Said through a common table, since SQLite uses no index for a bare VALUES."""
    return f"(kind, file_id) IN (WITH wanted(kind, file_id) AS (VALUES {listed}) SELECT kind, file_id FROM wanted)"


def selected(table: str, alias: str) -> str:
    """The columns of a table, for a SELECT."""
    return ", ".join(f"{alias}.{column}" for column in COLUMNS[table])


def load(cursor: CursorWrapper, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Adds very many rows, by COPY where there is one."""
    columns = COLUMNS[table]
    if connection.vendor != "postgresql":
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_marks(len(columns))})", rows)
        return
    with cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def streamed(statement: str, parameters: Sequence[Any] = (), size: int = 1000) -> Iterator[Row]:
    """The rows of a statement, a few at a time, so that a table of any size takes bounded memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(size):
            yield from rows


def asked(statement: str, parameters: Sequence[Any] = ()) -> Callable[[], list[Row]]:
    """Sends a statement now; its rows are what is answered. Of several sent `in_one_go`, call for them after it."""
    cursor = connection.cursor()
    cursor.execute(statement, parameters)

    def rows() -> list[Row]:
        with cursor:
            return list(cursor.fetchall())

    return rows


@contextmanager
def in_one_go() -> Iterator[None]:
    """Statements within are sent to PostgreSQL one behind the other, without a wait for the answer of each.

    Whatever is read waits for all before it. A statement that fails raises Django's error, at the next wait or the end.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@contextmanager
def snapshot() -> Iterator[None]:
    """One unchanging view of the whole database, without holding up writers."""
    if connection.in_atomic_block:
        yield
        return
    # Not transaction.atomic(), which takes SQLite's write lock and lets the view change on PostgreSQL.
    begin = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)
