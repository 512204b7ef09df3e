"""Making sure that erased words are gone from the disk, not only from the tables.

SQLite: `secure_delete` overwrites what is deleted, and the write-ahead log is emptied here. PostgreSQL keeps dead rows
until the table is written anew, which only its owner may do and which holds up readers of it for that time; copies in
its write-ahead log and in backups go when those expire (`wal_recycle = off` lets segments go at a checkpoint).
"""

from __future__ import annotations

from django.db import connection
from django.db.transaction import TransactionManagementError

# Of other packages those that repeat words of the record, to be searched.
REWRITTEN = ("record_part", "record_receipt", "cases_entrywords", "cases_spelling")


class CannotScrub(RuntimeError):
    """Erased words may still be on the disk; the message says what to do."""


def scrub_storage() -> None:
    """Removes what erasures left behind; raises CannotScrub, and TransactionManagementError inside a transaction."""
    if connection.in_atomic_block:
        raise TransactionManagementError("Scrub after the erasing transaction has ended, not inside one.")
    if connection.vendor == "sqlite":
        _empty_write_ahead_log()
    else:
        _rewrite_tables()


def _empty_write_ahead_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    if busy:
        raise CannotScrub("Somebody is still reading from before the erasure; try again when they are done.")


def _rewrite_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'record_part'::regclass")
        if not cursor.fetchone()[0]:
            raise CannotScrub(
                "Only the owner of the tables may rewrite them: run this with the owner's database address."
            )
        for table in REWRITTEN:
            cursor.execute(f"VACUUM (FULL) {table}")
