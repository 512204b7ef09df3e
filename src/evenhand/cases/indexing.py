"""The search indexes in the database itself: kept in step by triggers, whoever writes.

SQLite: FTS5 by word over what was typed, by trigram over names and addresses. PostgreSQL: `tsvector`, and `pg_trgm`,
an extension that the owner of a database may add.

A migration that rebuilds a table on SQLite drops its triggers, and stumbles over those of others that name it. So the
triggers on the registers are taken away before any migration and set anew afterwards; those of `cases_entrywords` and
`cases_customerwords` are this application's own: who changes these tables calls `install` again.
"""
# ruff: noqa: S608 - statements are put together from this module's own constants; every value is a parameter.

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, connections, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ADDRESSES = (
    "SELECT h.address FROM people_home h WHERE h.uprn = c.home_id"
    " UNION SELECT h.address FROM people_tenancy_tenants tt JOIN people_tenancy t ON t.id = tt.tenancy_id"
    " JOIN people_home h ON h.uprn = t.home_id WHERE tt.customer_id = c.id"
)
STEMS = "tsvector GENERATED ALWAYS AS (to_tsvector('english', words)) STORED"
FOLDED = 'text COLLATE "C" GENERATED ALWAYS AS (lower(words)) STORED'
JOINED = {"sqlite": "group_concat(address, ' ')", "postgresql": "string_agg(address, ' ')"}
OF_TENANTS = (
    "c.id IN (SELECT tt.customer_id FROM people_tenancy_tenants tt"
    " JOIN people_tenancy t ON t.id = tt.tenancy_id WHERE {})"
)

ACTS = {
    ("people_customer", "INSERT"): "c.id = NEW.id",
    ("people_customer", "UPDATE"): "c.id = NEW.id",
    ("people_customer", "DELETE"): "",
    ("people_home", "UPDATE"): f"c.home_id = NEW.uprn OR {OF_TENANTS.format('t.home_id = NEW.uprn')}",
    ("people_tenancy", "UPDATE"): OF_TENANTS.format("t.id = NEW.id"),
    ("people_tenancy_tenants", "INSERT"): "c.id = NEW.customer_id",
    ("people_tenancy_tenants", "DELETE"): "c.id = OLD.customer_id",
}
"""After what happens to which table, the customers whose words are made anew; '' where the customer is gone."""


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the indexes, with the triggers on what they read."""
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement, None)


def before_migrating(using: str, plan: Sequence[Any], **_: Any) -> None:
    """Takes the triggers on the registers away, where there is anything to migrate."""
    if plan and _kept_in(using):
        _run(using, [statement for table, event in ACTS for statement in _dropped(using, table, event)])


def after_migrating(using: str, plan: Sequence[Any], **_: Any) -> None:
    """Sets them again, and makes the words of every customer anew."""
    if plan and _kept_in(using):
        vendor = connections[using].vendor
        acts = [statement for (table, event), act in ACTS.items() for statement in _trigger(vendor, table, event, act)]
        _run(using, [*acts, "DELETE FROM cases_customerwords", _named(vendor, "true")])


def rename_customers() -> None:
    """Makes the words of every customer anew."""
    _run("default", ["DELETE FROM cases_customerwords", _named(connection.vendor, "true")])


def _kept_in(using: str) -> bool:
    """Whether the database is the one with the registers, and has them already."""
    if not router.allow_migrate(using, "cases"):
        return False
    return "cases_customerwords" in connections[using].introspection.table_names()


def _run(using: str, statements: Sequence[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def purge() -> None:
    """Makes erased words leave the index and not only its answers; call it in the transaction that erased them.

    SQLite's FTS keeps deleted words until its segments are merged: all are, which takes seconds in a very large index.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO cases_entryfts(cases_entryfts) VALUES ('optimize')")


def _named(vendor: str, which: str) -> str:
    """The statement that makes the words of some customers anew."""
    return (
        "INSERT INTO cases_customerwords (customer, words)"
        f" SELECT c.id, c.name || COALESCE(' ' || (SELECT {JOINED[vendor]} FROM ({ADDRESSES}) a), '')"
        f" FROM people_customer c WHERE {which} ON CONFLICT (customer) DO UPDATE SET words = excluded.words"
    )


def _trigger(vendor: str, table: str, event: str, which: str) -> list[str]:
    name = f"{table}_words_{event.lower()}"
    act = _named(vendor, which) if which else "DELETE FROM cases_customerwords WHERE customer = OLD.id"
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {act}; END"]
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {act}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _dropped(using: str, table: str, event: str) -> list[str]:
    name = f"{table}_words_{event.lower()}"
    if connections[using].vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}"]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]


def _sqlite() -> list[str]:
    # Which rows hold a word is all that is asked of notes: no places of words, and no lengths to rank them by.
    by_word = "tokenize='porter unicode61 remove_diacritics 2', detail='none', columnsize=0"
    return [
        *_sqlite_index("cases_entryfts", "cases_entrywords", by_word),
        *_sqlite_index("cases_customerfts", "cases_customerwords", "tokenize='trigram'"),
        "CREATE VIRTUAL TABLE cases_customertrigrams USING fts5vocab('cases_customerfts', 'row')",
    ]


def _sqlite_index(index: str, table: str, how: str) -> list[str]:
    add = f"INSERT INTO {index}(rowid, words) VALUES (NEW.id, NEW.words);"
    drop = f"INSERT INTO {index}({index}, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
    acts = {"INSERT": add, "DELETE": drop, "UPDATE": f"{drop} {add}"}
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5(words, content='{table}', content_rowid='id', {how})",
        *(
            f"CREATE TRIGGER {table}_index_{event.lower()} AFTER {event} ON {table} BEGIN {act} END"
            for event, act in acts.items()
        ),
    ]


def _postgresql() -> list[str]:
    return [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        # Stored, so that the newest rows with a common word are found by going down the key.
        f"ALTER TABLE cases_entrywords ADD COLUMN stems {STEMS}",
        "CREATE INDEX cases_entrywords_search ON cases_entrywords USING gin (stems)",
    ]


def fold_customers(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keeps the words of customers in small letters as well, byte by byte: PostgreSQL compares these many times as
    quickly as it compares words of whatever size."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in (
            "DROP INDEX IF EXISTS cases_customerwords_search",
            f"ALTER TABLE cases_customerwords ADD COLUMN folded {FOLDED}",
            "CREATE INDEX cases_customerwords_search ON cases_customerwords USING gin (folded gin_trgm_ops)",
        ):
            schema_editor.execute(statement, None)
