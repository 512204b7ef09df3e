"""Taking a request once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.db import IntegrityError
from django.db.backends.utils import CursorWrapper

from evenhand.record.chain import EntryRef
from evenhand.record.reading import StoredEntry, read_entry
from evenhand.record.tables import asked, insert


class KeyReused(ValueError):
    """An idempotency key that already stands for another request of the same actor."""

    def __init__(self, actor_id: str, key: str) -> None:
        super().__init__(f"{actor_id} has used the key {key!r} for another request; send this one with a fresh key.")


class RequestKey(NamedTuple):
    """The sender's own key for a request, with a digest of all it asks."""

    key: str
    request_digest: str


def find_by_key(actor_id: str, request: RequestKey) -> StoredEntry | None:
    """The entry that already answered this request; look it up after locking and before deciding.

    Raises KeyReused when the key came with another request.
    """
    return finding_by_key(actor_id, request)()


def finding_by_key(actor_id: str, request: RequestKey) -> Callable[[], StoredEntry | None]:
    """Looks for a request now, as `find_by_key`; what was found is read when it is called for."""
    rows = asked(
        "SELECT request_digest, kind, file_id, sequence FROM record_receipt WHERE actor_id = %s AND key = %s",
        (actor_id, request.key),
    )

    def entry() -> StoredEntry | None:
        for digest, *ref in rows():
            if digest != request.request_digest:
                raise KeyReused(actor_id, request.key)
            return read_entry(EntryRef(*ref))
        return None

    return entry


def keep_receipt(cursor: CursorWrapper, request: RequestKey, actor_id: str, ref: EntryRef) -> None:
    """Remembers which entry answered a request; raises KeyReused when the key is taken (the transaction is lost)."""
    try:
        insert(cursor, "record_receipt", [(actor_id, *request, *ref)])
    except IntegrityError as error:
        raise KeyReused(actor_id, request.key) from error


def drop_receipts(cursor: CursorWrapper, refs: set[EntryRef]) -> None:
    """Forgets the requests behind erased entries: their digests could confirm a guess at what was erased."""
    statement = "DELETE FROM record_receipt WHERE kind = %s AND file_id = %s AND sequence = %s"
    cursor.executemany(statement, sorted(refs))
