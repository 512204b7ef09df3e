"""Checkpoints: a digest of the whole record to keep elsewhere, because a chain alone proves nothing about its tail.

Each covers the files that changed and the content that was erased since the one before, and is chained to it. A
document kept outside (e-mail, print, a second system) proves everything up to its moment; nothing can prove what
came after the last one that was kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from evenhand.record import chain
from evenhand.record.append import ClockWentBack
from evenhand.record.canonical import canonical, canonical_bytes
from evenhand.record.models import CheckpointHead
from evenhand.record.tables import streamed

HEADS_CARRIED = 5000
"""A document lists the files it covers up to this many (about 600 kB); beyond it, only their digest."""

HEADS = (
    "SELECT kind, file_id, since, sequence, hash FROM record_checkpointhead WHERE number = %s ORDER BY kind, file_id"
)
ERASURES = (
    "SELECT r.kind, r.file_id, r.sequence, r.part, r.commitment, r.replacement, r.reason"
    " FROM record_checkpointhead c JOIN record_erasure r ON r.by_kind = c.kind AND r.by_file_id = c.file_id"
    " AND r.by_sequence > c.since AND r.by_sequence <= c.sequence WHERE c.number = %s"
    " ORDER BY r.kind, r.file_id, r.sequence, r.part, r.commitment"
)


class Seal(NamedTuple):
    """A checkpoint without its lists: short enough to print."""

    number: int
    taken_at: str
    previous: str
    files: int
    heads_digest: str
    erasures_digest: str

    @property
    def digest(self) -> str:
        """What the next checkpoint follows, and what is compared with the copy kept elsewhere."""
        return chain.sha256(canonical_bytes(["evenhand checkpoint", *self]))


class BadCheckpoint(ValueError):
    """A document that is not a whole, undamaged checkpoint."""


@dataclass(frozen=True, slots=True)
class CheckpointDocument:
    """What is kept elsewhere.

    `heads` rows are (kind, file, since, sequence, hash), or none where there were too many to carry; `erasures` rows
    are (kind, file, sequence, part, commitment, replacement, reason): a restored older copy must have them again.
    """

    number: int
    digest: str
    seal: Seal | None
    heads: list[list[Any]] | None
    erasures: list[list[Any]] | None

    @property
    def text(self) -> str:
        """As JSON; `number` and `digest` alone are a checkpoint too, and fit on a slip of paper."""
        seal = self.seal._asdict() if self.seal else {"number": self.number}
        lists = {"heads": self.heads, "erasures": self.erasures}
        return canonical({**seal, "digest": self.digest, **{k: v for k, v in lists.items() if v is not None}})


def make_checkpoint(now: datetime) -> CheckpointDocument:
    """Seals everything recorded so far, holding writers up for a moment; raises ClockWentBack (H23)."""
    with transaction.atomic(), connection.cursor() as cursor:
        _hold_writers(cursor)
        previous = _latest(cursor)
        number, taken_at = previous.number + 1, chain.instant_text(now)
        if taken_at < previous.taken_at:
            raise ClockWentBack(f"The clock says {taken_at}, before the last checkpoint at {previous.taken_at}.")
        _cover(cursor, number)
        seal = recomputed(number, taken_at, previous.digest)
        _insert(cursor, seal)
        return _document(seal)


def read_document(text: str) -> CheckpointDocument:
    """A document that was kept elsewhere; raises BadCheckpoint when it is none, or is not as it was made."""
    try:
        given = json.loads(text)
        seal = Seal(*(given[name] for name in Seal._fields)) if "taken_at" in given else None
        lists = given.get("heads"), given.get("erasures")
        document = CheckpointDocument(int(given["number"]), str(given["digest"]), seal, *lists)
        is_whole = _is_whole(document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadCheckpoint("This is no checkpoint: give the file that was made by a checkpoint, unchanged.") from error
    if not is_whole:
        raise BadCheckpoint(
            "The checkpoint was damaged or changed: its lists do not give its digest. Use another copy."
        )
    return document


def recomputed(number: int, taken_at: str, previous: str) -> Seal:
    """The seal as the stored lists give it, in bounded memory."""
    files = CheckpointHead.objects.filter(number=number).count()
    heads_digest = chain.running_digest(streamed(HEADS, [number]))
    erasures_digest = chain.running_digest(streamed(ERASURES, [number]))
    return Seal(number, taken_at, previous, files, heads_digest, erasures_digest)


def _is_whole(document: CheckpointDocument) -> bool:
    seal = document.seal
    if seal is None:
        return document.heads is None and document.erasures is None
    return (
        (seal.digest == document.digest)
        and (document.heads is None or chain.running_digest(map(tuple, document.heads)) == seal.heads_digest)
        and (chain.running_digest(map(tuple, document.erasures or [])) == seal.erasures_digest)
    )


def _document(seal: Seal) -> CheckpointDocument:
    heads = [list(row) for row in streamed(HEADS, [seal.number])] if seal.files <= HEADS_CARRIED else None
    return CheckpointDocument(
        seal.number, seal.digest, seal, heads, [list(row) for row in streamed(ERASURES, [seal.number])]
    )


def _hold_writers(cursor: CursorWrapper) -> None:
    # SQLite's transaction holds them already. On PostgreSQL this waits for every writer that has moved a head.
    if connection.vendor == "postgresql":
        cursor.execute("LOCK TABLE record_head IN SHARE ROW EXCLUSIVE MODE")


class _Latest(NamedTuple):
    number: int
    taken_at: str
    digest: str


def _latest(cursor: CursorWrapper) -> _Latest:
    cursor.execute("SELECT number, taken_at, digest FROM record_checkpoint ORDER BY number DESC LIMIT 1")
    return _Latest(*(cursor.fetchone() or (0, "", "")))


def _cover(cursor: CursorWrapper, number: int) -> None:
    cursor.execute(
        "INSERT INTO record_checkpointhead (number, kind, file_id, since, sequence, hash)"
        " SELECT %s, kind, file_id, sealed, sequence, hash FROM record_head WHERE sequence > sealed",
        [number],
    )
    cursor.execute("UPDATE record_head SET sealed = sequence WHERE sequence > sealed")


def _insert(cursor: CursorWrapper, seal: Seal) -> None:
    cursor.execute(
        "INSERT INTO record_checkpoint (number, taken_at, previous, files, heads_digest, erasures_digest, digest)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [*seal, seal.digest],
    )
