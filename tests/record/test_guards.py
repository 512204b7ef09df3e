"""What the database itself refuses, whoever asks."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, connection

from evenhand.record.checkpoints import make_checkpoint
from evenhand.record.erasing import Erase
from evenhand.record.guards import KEYS, missing_guards
from evenhand.record.tables import COLUMNS
from tests.record.making import NOON, an_entry, record
from tests.record.tampering import guards_off, run


@pytest.fixture
def filled(database):
    """A database with a row in every guarded table."""
    first = record(an_entry())
    record(an_entry(), erases=[Erase(first.ref, "main", "request", ("note.text",))])
    make_checkpoint(NOON)
    return database


@pytest.mark.parametrize("table", KEYS)
def test_h20_update_is_refused(filled, table):
    with pytest.raises(IntegrityError, match=f"{table} is append-only: UPDATE refused"):
        run(f"UPDATE {table} SET {KEYS[table][0]} = {KEYS[table][0]}")


@pytest.mark.parametrize("table", [*KEYS, "record_head"])
def test_h20_delete_is_refused(filled, table):
    with pytest.raises(IntegrityError, match=f"{table} is append-only: DELETE refused"):
        run(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", [*KEYS, "record_head"])
def test_h20_truncate_is_refused(postgresql, table):
    with pytest.raises(IntegrityError, match=f"{table} is append-only: TRUNCATE refused"):
        run(f"TRUNCATE {table}")


def test_h20_only_named_content_may_be_deleted(filled):
    record(an_entry())
    with guards_off():
        ((commitment,),) = run("SELECT commitment FROM record_part WHERE sequence = 3 AND name = 'main'")
    columns = ", ".join(COLUMNS["record_erasure"])
    run(
        f"INSERT INTO record_erasure ({columns}) VALUES ('case', 'case-1', 3, 'main', %s, '', 'why', 'case', 'x', 1)",
        commitment,
    )
    run("DELETE FROM record_part WHERE sequence = 3 AND name = 'main'")
    with pytest.raises(IntegrityError):
        run("DELETE FROM record_part WHERE sequence = 3 AND name = 'facts'")


def test_h20_an_erasure_of_what_was_there_before_does_not_open_what_took_its_place(filled):
    with pytest.raises(IntegrityError):
        run("DELETE FROM record_part WHERE sequence = 1 AND name = 'main'")


@pytest.mark.parametrize("table", KEYS)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_h20_insert_or_replace_is_refused_by_key(sqlite, table, recursive):
    fill_and_close()
    with stranger(sqlite, recursive) as session, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        session.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", KEYS)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_h20_insert_or_replace_is_refused_by_row(sqlite, table, recursive):
    fill_and_close()
    with stranger(sqlite, recursive) as session:
        names = [name for _, name, *_ in session.execute(f"PRAGMA table_info({table})")]
        columns = ", ".join(f"{name} || 'x'" if name in ("file_id", "taken_at") else name for name in names)
        columns = columns.replace("number", "number + 1")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            session.execute(
                f"INSERT OR REPLACE INTO {table} (rowid, {', '.join(names)}) SELECT rowid, {columns} FROM {table}"
            )


def test_h20_update_or_replace_is_refused(sqlite):
    fill_and_close()
    with stranger(sqlite, "OFF") as session, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        session.execute("UPDATE OR REPLACE record_entry SET sequence = 1 WHERE sequence = 2")


def test_h20_upsert_is_refused(filled):
    columns = ", ".join(COLUMNS["record_entry"])
    with pytest.raises(IntegrityError, match="append-only"):
        run(
            f"INSERT INTO record_entry ({columns}) SELECT {columns} FROM record_entry WHERE true"
            " ON CONFLICT (kind, file_id, sequence) DO UPDATE SET step = 'forged'"
        )


def test_h20_a_shadow_of_the_erasures_opens_nothing(postgresql, postgresql_server):
    record(an_entry())
    with psycopg.connect(postgresql_server.url(postgresql)) as session:
        session.execute("CREATE TEMPORARY TABLE record_erasure AS SELECT *, name AS part FROM record_part")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            session.execute("DELETE FROM record_part")


def test_missing_guards_names_what_is_gone_or_off(filled):
    assert missing_guards(connection) == []
    if filled == "postgresql":
        run("ALTER TABLE record_entry DISABLE TRIGGER record_entry_no_update")
    else:
        run("DROP TRIGGER record_entry_no_update")
    assert missing_guards(connection) == ["record_entry_no_update"]


def fill_and_close() -> None:
    first = record(an_entry())
    record(an_entry(), erases=[Erase(first.ref, "main", "request")])
    make_checkpoint(NOON)
    connection.close()


class stranger:  # noqa: N801 - reads as a word in a with statement
    """A session of somebody who does not set the pragmas the application sets."""

    def __init__(self, path, recursive: str) -> None:
        self.session = sqlite3.connect(path)
        self.session.execute(f"PRAGMA recursive_triggers = {recursive}")

    def __enter__(self) -> sqlite3.Connection:
        return self.session

    def __exit__(self, *_: object) -> None:
        self.session.close()
