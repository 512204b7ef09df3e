"""The one place that adds to the record: lock every file read, then append to some of them, in one transaction."""
# ruff: noqa: S608 - statements are put together from this package's own constants; every value is a parameter.

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.transaction import TransactionManagementError

from evenhand.record import chain
from evenhand.record.chain import EntryRef, Header, SealedPart
from evenhand.record.erasing import Erase, PlannedErasure, carry_out, digest_of, plan
from evenhand.record.reading import FileKey, StoredEntry, read_entry
from evenhand.record.receipts import RequestKey, keep_receipt
from evenhand.record.tables import among_files, asked, in_one_go, insert, listing, selected


class Conflict(Exception):
    """Somebody else added to the file since it was read; `quicker` is the entry that came in between."""

    def __init__(self, quicker: StoredEntry, expected: int) -> None:
        super().__init__(
            f"{quicker.header.actor_id} was quicker: {quicker.header.step} was recorded as {quicker.ref} "
            f"after you read the file at {expected}. Read it again and decide on what stands now."
        )
        self.quicker = quicker


class UnknownSequence(ValueError):
    """The file was never as long as the reader says: a wrong number, not a race."""


class FileNotLocked(LookupError):
    """An append to a file whose head was not locked first."""


class ClockWentBack(ValueError):
    """The clock says a time before the file's latest entry; recording it would put history out of order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is to be recorded. `parts` maps part names to canonical text; `recorded_at` carries a time zone."""

    kind: str
    file_id: str
    step: str
    schema_version: int
    edition_hash: str
    engine_version: str
    actor_id: str
    role: str
    taken_on: date
    recorded_at: datetime
    parts: Mapping[str, str]
    because_of: EntryRef | None = None

    @property
    def file(self) -> FileKey:
        """The file it belongs to."""
        return self.kind, self.file_id


@dataclass(frozen=True, slots=True)
class LockedHead:
    """Where a locked file stands; sequence 0 is a file with no entry yet."""

    kind: str
    file_id: str
    sequence: int
    hash: str
    recorded_at: str


Heads = dict[FileKey, LockedHead]


def lock_heads(files: Iterable[FileKey], *, standing: Collection[FileKey] = ()) -> Heads:
    """Locks the head of every file until the transaction ends and says where each stands.

    Call it once in a transaction, with every file the decision reads: heads are locked in the order of their
    names, so that two writers cannot wait for each other. `standing` are files known to have entries, for which no
    head need be made. Raises TransactionManagementError outside `transaction.atomic()`.
    """
    with in_one_go():
        locked = locking(files, standing=standing)
    return locked()


def locking(files: Iterable[FileKey], *, standing: Collection[FileKey] = ()) -> Callable[[], Heads]:
    """Does what `lock_heads` does, and waits for where each file stands when that is called for."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Lock heads inside transaction.atomic(): a lock ends with its transaction.")
    wanted = sorted(set(files))
    return _locking(wanted, standing) if wanted else dict


def _locking(wanted: Sequence[FileKey], standing: Collection[FileKey]) -> Callable[[], Heads]:
    fresh = [(*file, 0, chain.genesis(*file), "", 0) for file in wanted if file not in standing]
    listed, parameters = listing(wanted)
    # On SQLite the transaction itself is the lock (BEGIN IMMEDIATE).
    lock = "FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        insert(cursor, "record_head", fresh, "ON CONFLICT DO NOTHING")
    rows = asked(
        f"SELECT {selected('record_head', 'h')} FROM record_head h WHERE {among_files(listed)}"
        f" ORDER BY kind, file_id {lock}",
        parameters,
    )
    return lambda: {(row[0], row[1]): LockedHead(*row[:5]) for row in rows()}


def refuse_conflict(head: LockedHead, expected: int) -> None:
    """Raises Conflict when a locked file is past the sequence it is expected at, UnknownSequence when short of it."""
    if head.sequence == expected:
        return
    quicker = read_entry(EntryRef(head.kind, head.file_id, expected + 1))
    if quicker is None:
        raise UnknownSequence(f"{head.kind}/{head.file_id} has {head.sequence} entries, not {expected}; read it again.")
    raise Conflict(quicker, expected)


def append_entry(
    heads: Heads, new: NewEntry, *, erases: Sequence[Erase] = (), request: RequestKey | None = None
) -> StoredEntry:
    """Appends one entry to a locked file, erases what it says, and moves the head, in `heads` too.

    Raises FileNotLocked, ClockWentBack (H23), NotCanonical, BadHeader, and NothingToErase.
    """
    if new.file not in heads:
        raise FileNotLocked(f"Lock {new.kind}/{new.file_id} before appending to it.")
    parts = {name: chain.seal(body, f"part {name}") for name, body in new.parts.items()}
    erasures = plan(erases)
    header = header_of(heads[new.file], new, parts, digest_of([erasure.said for erasure in erasures]))
    stored = StoredEntry(header, chain.header_hash(header), dict(new.parts))
    _write(stored, parts, erasures, request)
    heads[new.file] = head_after(stored)
    return stored


def header_of(head: LockedHead, new: NewEntry, parts: Mapping[str, SealedPart], erases: str) -> Header:
    """The header that follows `head`; raises ClockWentBack and BadHeader."""
    recorded_at = chain.instant_text(new.recorded_at)
    if recorded_at < head.recorded_at:
        raise ClockWentBack(
            f"The clock says {recorded_at}, before the latest entry of {new.kind}/{new.file_id} at "
            f"{head.recorded_at}. Set the clock right, then try again."
        )
    header = Header(
        kind=new.kind,
        file_id=new.file_id,
        sequence=head.sequence + 1,
        step=new.step,
        schema_version=new.schema_version,
        edition_hash=new.edition_hash,
        engine_version=new.engine_version,
        actor_id=new.actor_id,
        role=new.role,
        taken_on=new.taken_on.isoformat(),
        recorded_at=recorded_at,
        because_of=str(new.because_of or ""),
        commitments=chain.commitments_text(parts),
        erases=erases,
        previous=head.hash,
    )
    chain.refuse_free_text(header)
    return header


def head_after(stored: StoredEntry) -> LockedHead:
    """Where the file stands once this entry is its latest."""
    header = stored.header
    return LockedHead(header.kind, header.file_id, header.sequence, stored.hash, header.recorded_at)


def _write(
    stored: StoredEntry,
    parts: Mapping[str, SealedPart],
    erasures: Sequence[PlannedErasure],
    request: RequestKey | None,
) -> None:
    header, ref = stored.header, stored.ref
    with connection.cursor() as cursor:
        insert(cursor, "record_entry", [(*header, stored.hash)])
        insert(cursor, "record_part", [(*ref, name, *part) for name, part in parts.items()])
        cursor.execute(
            "UPDATE record_head SET sequence = %s, hash = %s, recorded_at = %s WHERE kind = %s AND file_id = %s",
            (header.sequence, stored.hash, header.recorded_at, header.kind, header.file_id),
        )
        if erasures:
            carry_out(cursor, erasures, ref)
        if request:
            keep_receipt(cursor, request, header.actor_id, ref)
