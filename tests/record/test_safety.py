"""A start is refused where the record would not be safe."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.databases import SQLITE_PRAGMAS
from evenhand.record.append import ClockWentBack
from evenhand.record.checkpoints import make_checkpoint
from evenhand.record.safety import UnsafeDatabase, database_faults, refuse_clock_behind, refuse_unsafe_database
from tests.postgres import serving
from tests.record.making import NOON, an_entry, record
from tests.record.tampering import run


def test_h27_a_database_set_up_by_the_settings_is_safe(database):
    refuse_unsafe_database()
    assert list(database_faults()) == []


@pytest.mark.parametrize(("name", "value"), [(name, 0) for name in SQLITE_PRAGMAS if name != "journal_mode"])
def test_h27_a_pragma_switched_off_is_refused(sqlite, name, value):
    run(f"PRAGMA {name} = {value}")
    with pytest.raises(UnsafeDatabase) as refused:
        refuse_unsafe_database()
    wanted = SQLITE_PRAGMAS[name]
    assert str(refused.value) == (
        f"SQLite runs with {name} = 0; it must be {wanted}. Remove what overrides the settings."
    )


def test_h27_another_journal_is_refused(sqlite):
    run("PRAGMA journal_mode = delete")
    assert list(database_faults()) == [
        "SQLite runs with journal_mode = delete; it must be wal. Remove what overrides the settings."
    ]


def test_h17_transactions_that_lock_late_are_refused(sqlite, settings):
    from django.db import connection  # noqa: PLC0415 - the connection the fixture has put in place

    connection.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    assert list(database_faults()) == [
        "SQLite's transactions do not begin IMMEDIATE, so two writers could decide on the same state."
    ]


def test_h27_postgresql_that_may_lose_a_commit_is_refused(postgresql):
    run("SET synchronous_commit = off")
    assert list(database_faults()) == [
        "PostgreSQL runs with synchronous_commit = off, which may lose acknowledged entries; set it to on."
    ]


def test_a_database_in_another_encoding_is_refused(postgresql, postgresql_server, tmp_path):
    postgresql_server.run(f"CREATE DATABASE {postgresql}_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with serving(postgresql_server.url(f"{postgresql}_latin"), tmp_path):
        assert next(database_faults()) == (
            "The PostgreSQL database is encoded in LATIN1; make it anew with ENCODING 'UTF8'."
        )


def test_h20_a_start_without_its_guards_is_refused(database):
    run("DROP TRIGGER record_head_no_delete" + (" ON record_head" if database == "postgresql" else ""))
    assert list(database_faults()) == [
        (
            "The guard record_head_no_delete is gone or off, so the record could be rewritten; "
            "run the migrations, then verify."
        )
    ]


def test_h23_a_clock_behind_the_record_is_refused(database):
    refuse_clock_behind(NOON - timedelta(days=1))
    record(an_entry())
    refuse_clock_behind(NOON)
    with pytest.raises(ClockWentBack) as refused:
        refuse_clock_behind(NOON - timedelta(hours=1))
    assert str(refused.value) == (
        "The clock says 2026-03-02T11:00:00+00:00, but the record reaches 2026-03-02T12:00:00.000000+00:00: "
        "set the clock right."
    )


def test_h23_a_clock_behind_the_last_checkpoint_is_refused(database):
    make_checkpoint(NOON)
    with pytest.raises(ClockWentBack):
        refuse_clock_behind(NOON - timedelta(hours=1))
