"""Which database to use, from the environment: SQLite in the home folder, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

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


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for one database; an empty url means SQLite in `home`.

    Raises ImproperlyConfigured, without repeating the url (it holds a password), when it cannot be used.
    """
    return _postgresql(url) if url else _sqlite(home)


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "evenhand.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": ";".join(f"PRAGMA {name}={value}" for name, value in SQLITE_PRAGMAS.items()),
        },
        # A file, because an in-memory database has no write-ahead log to be tested.
        "TEST": {"NAME": home / "test.sqlite3"},
    }


def _postgresql(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ImproperlyConfigured(NOT_AN_ADDRESS) from error
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ImproperlyConfigured(NOT_AN_ADDRESS)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": _port(parts),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured(f"EVENHAND_DATABASE_URL has a port that cannot be; use {SHAPE}.") from error
