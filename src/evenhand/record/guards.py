"""The triggers that keep the record append-only, whoever is writing, on SQLite and PostgreSQL.

They stop accidents and ordinary roles; `verify` finds what somebody with the file or the owner's role did anyway.
A later migration that rebuilds one of these tables on SQLite loses its triggers and must call `install` again.
"""
# ruff: noqa: S608 - statements are put together from this package's own constants; every value is a parameter.

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEYS = {
    "record_entry": ("kind", "file_id", "sequence"),
    "record_part": ("kind", "file_id", "sequence", "name"),
    "record_erasure": ("kind", "file_id", "sequence", "part", "commitment"),
    "record_checkpoint": ("number",),
    "record_checkpointhead": ("number", "kind", "file_id"),
}
"""Tables whose rows never change, with the columns that name a row."""

TEXT_KEYS = {
    "record_head": ("kind", "file_id"),
    "record_entry": ("kind", "file_id"),
    "record_part": ("kind", "file_id", "name"),
    "record_erasure": ("kind", "file_id", "part", "commitment", "by_kind", "by_file_id"),
    "record_receipt": ("actor_id", "key", "kind", "file_id"),
    "record_checkpointhead": ("kind", "file_id"),
}

NAMED_BY_AN_ERASURE = (
    "EXISTS (SELECT 1 FROM record_erasure e WHERE e.kind = OLD.kind AND e.file_id = OLD.file_id"
    " AND e.sequence = OLD.sequence AND e.part = OLD.name AND e.commitment = OLD.commitment)"
)

# Else a temporary table called record_erasure would be read before the real one.
OWN_SCHEMA_FIRST = (
    "DO $$ BEGIN EXECUTE format('ALTER FUNCTION record_refuse_unnamed() SET search_path = %I, pg_temp',"
    " current_schema()); END $$"
)


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates every guard."""
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards that ought to be there and are not, or were switched off, by name."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return sorted(_names(connection.vendor) - present)


def _names(vendor: str) -> set[str]:
    words = [statement.split() for statement in _statements(vendor)]
    return {word[2] for word in words if word[:2] == ["CREATE", "TRIGGER"]}


def _statements(vendor: str) -> list[str]:
    return _sqlite() if vendor == "sqlite" else _postgresql()


def _sqlite() -> list[str]:
    statements = [_sqlite_refusal("record_head", "DELETE")]
    for table, key in KEYS.items():
        when = f"WHEN NOT {NAMED_BY_AN_ERASURE}" if table == "record_part" else ""
        statements += [
            _sqlite_refusal(table, "UPDATE"),
            _sqlite_refusal(table, "DELETE", when),
            _sqlite_refusal(table, "INSERT", _in_the_way(table, key)),
        ]
    return statements


def _sqlite_refusal(table: str, event: str, when: str = "") -> str:
    doing = "INSERT over a row" if event == "INSERT" else event
    return (
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} {when}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: {doing} refused'); END"
    )


def _in_the_way(table: str, key: tuple[str, ...]) -> str:
    # INSERT OR REPLACE deletes what is in its way, by key or by rowid, and tells no trigger
    # unless that connection has chosen recursive_triggers; so nothing may be in its way.
    same_key = " AND ".join(f"o.{column} = NEW.{column}" for column in key)
    same_row = f"EXISTS (SELECT 1 FROM {table} o WHERE o.rowid = NEW.rowid)"
    return f"WHEN EXISTS (SELECT 1 FROM {table} o WHERE {same_key}) OR {same_row}"


def _postgresql() -> list[str]:
    statements = [_binary_order(table, columns) for table, columns in TEXT_KEYS.items()]
    unless_named = f"IF {NAMED_BY_AN_ERASURE} THEN RETURN OLD; END IF;"
    statements += [_function("record_refuse"), _function("record_refuse_unnamed", unless_named), OWN_SCHEMA_FIRST]
    statements += [_postgresql_refusal("record_head", event) for event in ("DELETE", "TRUNCATE")]
    for table in KEYS:
        statements += [_postgresql_refusal(table, event) for event in ("UPDATE", "DELETE", "TRUNCATE")]
    return statements


def _binary_order(table: str, columns: tuple[str, ...]) -> str:
    # Text keys sort by code point as they do on SQLite and in Python, whatever the server's language.
    changes = ", ".join(f'ALTER COLUMN {column} TYPE text COLLATE "C"' for column in columns)
    return f"ALTER TABLE {table} {changes}"


def _function(name: str, exception: str = "") -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {exception} RAISE EXCEPTION"
        " '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )


def _postgresql_refusal(table: str, event: str) -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    function = "record_refuse_unnamed" if (table, event) == ("record_part", "DELETE") else "record_refuse"
    return (
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH {each}"
        f" EXECUTE FUNCTION {function}()"
    )
