"""Which database to use, from the environment: SQLite in the home folder, or PostgreSQL by address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections

SHAPE = "postgres://user:password@host:port/name"
NOT_AN_ADDRESS = f"EVENHAND_DATABASE_URL must look like {SHAPE}; leave it out to use SQLite."

# Pragmas belong to a connection, not to the file, so every connection sets them before anything else.
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit is on the disk before it is acknowledged
    "foreign_keys": 1,
    "recursive_triggers": 1,  # without it, the delete hidden in INSERT OR REPLACE fires no trigger
    "secure_delete": 1,  # erased words are overwritten, not only unlinked
}


LOOKS_PRAGMAS = SQLITE_PRAGMAS | {"synchronous": 1}
"""NORMAL: a fall of the machine may drop the last looks, and no page has to wait for the disk."""
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}
"""Statements are planned once for a connection, not each time they come: planning took longer than most of them."""
NEAR = "-c random_page_cost=1.1 -c jit=off"
"""On disks of today no page is far from another. Told that one is, the planner reads all that somebody has and sorts
it, where an index has the first few in order; and a plan of our size is run before it would be compiled."""
LOOKS_OPTION = "-c synchronous_commit=off"
"""What LOOKS_PRAGMAS says to SQLite, said to PostgreSQL."""


def all_databases(url: str, home: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: everything, and the two other ways to the database that `routing` tells apart.

    `sessions` is the same database through a connection that may always write; `looks` is a file of its own on
    SQLite, and on PostgreSQL the same database.
    """
    default = database_settings(url, home)
    looks = _postgresql(url, LOOKS_OPTION) if url else _sqlite(home, "looks", LOOKS_PRAGMAS)
    return {"default": default, "sessions": database_settings(url, home), "looks": looks}


def migrate() -> None:
    """Brings the tables up to date, in every database that has some of its own."""
    call_command("migrate", verbosity=0, interactive=False)
    if connections["looks"].vendor == "sqlite":
        call_command("migrate", "looks", database="looks", verbosity=0, interactive=False)


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for one database; an empty url means SQLite in `home`.

    Raises ImproperlyConfigured, without repeating the url (it holds a password), when it cannot be used.
    """
    return _postgresql(url) if url else _sqlite(home)


def _sqlite(home: Path, name: str = "evenhand", pragmas: Mapping[str, Any] = SQLITE_PRAGMAS) -> dict[str, Any]:
    return {
        "ENGINE": "evenhand.sqlite",
        "NAME": home / f"{name}.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": ";".join(f"PRAGMA {name}={value}" for name, value in pragmas.items()),
        },
        "CONN_MAX_AGE": None,
        # A file, because an in-memory database has no write-ahead log to be tested.
        "TEST": {"NAME": home / f"test-{name}.sqlite3"},
    }


def _postgresql(url: str, option: str = "") -> dict[str, Any]:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ImproperlyConfigured(NOT_AN_ADDRESS) from error
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ImproperlyConfigured(NOT_AN_ADDRESS)
    asked = dict(parse_qsl(parts.query))
    # What the address says comes last, and so holds.
    options = " ".join(filter(None, [NEAR, option, asked.pop("options", "")]))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": _port(parts),
        "OPTIONS": {**PREPARED, **asked, "options": options},
        "CONN_MAX_AGE": None,
    }


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured(f"EVENHAND_DATABASE_URL has a port that cannot be; use {SHAPE}.") from error
