"""Connections that can be kept from writing, for pages that only read."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

REMEMBERED = "evenhand_reading_only"
STATEMENTS = {
    ("sqlite", True): "PRAGMA query_only = 1",
    ("sqlite", False): "PRAGMA query_only = 0",
    ("postgresql", True): "SET default_transaction_read_only = on",
    ("postgresql", False): "SET default_transaction_read_only = off",
}


def may_only_read(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Whatever writes through this thread's connection from now on gets an error of the database."""
    _switch(connections[alias], only_read=True)


def may_write(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Lets this thread's connection write again."""
    _switch(connections[alias], only_read=False)


def _switch(connection: BaseDatabaseWrapper, *, only_read: bool) -> None:
    # Remembered with the connection it was said to: a new one, made after a fault, starts out able to write.
    connection.ensure_connection()
    said_to, only_reads = vars(connection).get(REMEMBERED, (None, False))
    if (said_to is connection.connection and only_reads) == only_read:
        return
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[connection.vendor, only_read])
    vars(connection)[REMEMBERED] = (connection.connection, only_read)
