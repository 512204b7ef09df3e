"""What a start refuses: a database that could lose or rewrite entries, and a clock behind what was recorded."""

# ruff: noqa: S608 - statements are put together from this module's own constants.

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.databases import SQLITE_PRAGMAS
from evenhand.record import chain, guards
from evenhand.record.append import ClockWentBack

INSTANTS = (("recorded_at", "record_head"), ("taken_at", "record_checkpoint"))


class UnsafeDatabase(RuntimeError):
    """The database is not set up to keep what it acknowledges; the message says what to set."""


def refuse_unsafe_database() -> None:
    """Raises UnsafeDatabase for the first thing that is wrong."""
    for fault in database_faults():
        raise UnsafeDatabase(fault)


def database_faults() -> Iterator[str]:
    """Everything about the connection that endangers the record, a sentence each."""
    yield from _sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults()
    for name in guards.missing_guards(connection):
        yield f"The guard {name} is gone or off, so the record could be rewritten; run the migrations, then verify."


def refuse_clock_behind(now: datetime) -> None:
    """Raises ClockWentBack when the clock is before the latest entry or checkpoint (H23)."""
    latest = max(_setting(f"SELECT COALESCE(MAX({column}), '') FROM {table}") for column, table in INSTANTS)
    if chain.instant_text(now) < latest:
        raise ClockWentBack(f"The clock says {now.isoformat()}, but the record reaches {latest}: set the clock right.")


def _sqlite_faults() -> Iterator[str]:
    for name, wanted in SQLITE_PRAGMAS.items():
        found = _setting(f"PRAGMA {name}")
        if found != wanted:
            yield f"SQLite runs with {name} = {found}; it must be {wanted}. Remove what overrides the settings."
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        yield "SQLite's transactions do not begin IMMEDIATE, so two writers could decide on the same state."


def _postgresql_faults() -> Iterator[str]:
    commit, encoding = _setting("SHOW synchronous_commit"), _setting("SHOW server_encoding")
    if commit not in ("on", "remote_apply"):
        yield f"PostgreSQL runs with synchronous_commit = {commit}, which may lose acknowledged entries; set it to on."
    if encoding != "UTF8":
        yield f"The PostgreSQL database is encoded in {encoding}; make it anew with ENCODING 'UTF8'."


def _setting(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
