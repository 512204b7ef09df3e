"""Proving the record: every hash, commitment, sequence, head, erasure and checkpoint worked out again.

Reads one snapshot as sorted streams walked side by side, so any number of entries takes the same memory. With a
checkpoint kept elsewhere it finds every change to what that checkpoint covers, re-chained or not. What was recorded
after the last checkpoint that was kept can be cut off or re-chained unseen: keep checkpoints often.
"""
# ruff: noqa: S608 - statements are put together from this package's own constants; every value is a parameter.

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import DatabaseError, connection

from evenhand.record import chain, guards
from evenhand.record.chain import EntryRef, Header
from evenhand.record.checkpoints import CheckpointDocument, recomputed
from evenhand.record.erasing import digest_of
from evenhand.record.tables import SAME_ENTRY, Row, selected, snapshot, streamed

FAULTS_KEPT = 100
"""A report names this many faults; the rest are only counted."""

KEY = "kind, file_id, sequence"
NO_ENTRY = "content or an erasure belongs to this entry, which is not there"

CHECKPOINTS_FROM = (
    "SELECT number, taken_at, previous, files, heads_digest, erasures_digest, digest FROM record_checkpoint"
)
CHECKPOINTS = f"{CHECKPOINTS_FROM} ORDER BY number"
UNLIKE_CHECKPOINT = (
    "SELECT c.number, c.kind, c.file_id, c.sequence, c.hash FROM record_checkpointhead c"
    f" LEFT JOIN record_entry e ON {SAME_ENTRY.format('e', 'c')} AND e.hash = c.hash"
    " WHERE e.kind IS NULL ORDER BY c.kind, c.file_id, c.number"
)
LAST_UPTO = (
    "SELECT sequence, hash FROM record_entry WHERE kind = %s AND file_id = %s AND sequence <= %s"
    " ORDER BY sequence DESC LIMIT 1"
)
WRONGLY_SEALED = (
    "SELECT h.kind, h.file_id, h.sequence FROM record_head h WHERE h.sealed <> COALESCE((SELECT MAX(c.sequence)"
    " FROM record_checkpointhead c WHERE c.kind = h.kind AND c.file_id = h.file_id), 0) ORDER BY h.kind, h.file_id"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was recorded; `ref` is the first entry it shows at, if it shows at one."""

    ref: EntryRef | None
    what: str

    def __str__(self) -> str:
        return f"{self.ref}: {self.what}" if self.ref else self.what


@dataclass(slots=True)
class Report:
    """What a verification found: how much was read, and the faults in the order of the record."""

    entries: int = 0
    files: int = 0
    checkpoints: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether everything is as it was recorded."""
        return self.fault_count == 0

    @property
    def first(self) -> Fault | None:
        """The first fault that names an entry, or else the first fault."""
        return next((fault for fault in self.faults if fault.ref), next(iter(self.faults), None))

    def add(self, faults: Iterable[Fault]) -> None:
        """Counts every fault and keeps the first ones."""
        for fault in faults:
            self.fault_count += 1
            if len(self.faults) < FAULTS_KEPT:
                self.faults.append(fault)


def verify(checkpoint: CheckpointDocument | None = None) -> Report:
    """Reads the whole record; see the module for what a checkpoint adds."""
    report = Report()
    with snapshot():
        try:
            report.add(_file_faults(report))
            report.add(_checkpoint_faults(report))
            report.add(_kept_checkpoint_faults(checkpoint) if checkpoint else ())
            report.add(Fault(None, f"The guard {name} is gone or off.") for name in guards.missing_guards(connection))
        except (TypeError, ValueError, DatabaseError) as error:
            report.add([Fault(None, f"The record cannot be read any further: {error}")])
    return report


class _Beside:
    """Sorted rows of another table, handed out to the entry or file they belong to.

    Rows that nothing asks for belong to nothing: each group of them is a fault.
    """

    def __init__(self, statement: str, width: int, stray: str, report: Report) -> None:
        self._groups = groupby(streamed(statement), key=lambda row: row[:width])
        self._stray, self._report = stray, report
        self._advance()

    def take(self, key: Row) -> list[Row]:
        """The rows of this key; keys must be asked for in order."""
        while self._key is not None and self._key < key:
            self._pass_over()
        if self._key != key:
            return []
        rows = self._rows
        self._advance()
        return rows

    def finish(self) -> None:
        """Says that nothing more will be asked for."""
        while self._key is not None:
            self._pass_over()

    def _pass_over(self) -> None:
        self._report.add([Fault(EntryRef(*self._rows[0][:3]), self._stray)])
        self._advance()

    def _advance(self) -> None:
        key, rows = next(self._groups, (None, iter(())))
        self._key: Row | None = key
        self._rows = list(rows)


@dataclass(slots=True)
class _Alongside:
    """What is read beside the entries."""

    parts: _Beside
    erased: _Beside
    erasing: _Beside
    heads: _Beside

    @classmethod
    def of(cls, report: Report) -> _Alongside:
        said = "kind, file_id, sequence, part, commitment, replacement, reason"
        by = "by_kind, by_file_id, by_sequence"
        return cls(
            parts=_Beside(_sorted("record_part", f"{KEY}, name, salt, body, commitment", KEY), 3, NO_ENTRY, report),
            erased=_Beside(_sorted("record_erasure", said, f"{KEY}, part"), 3, NO_ENTRY, report),
            erasing=_Beside(_sorted("record_erasure", f"{by}, {said}", f"{by}, {said}"), 3, NO_ENTRY, report),
            heads=_Beside(
                _sorted("record_head WHERE sequence > 0", f"{KEY}, hash", "kind, file_id"),
                2,
                "all entries of its file are gone",
                report,
            ),
        )

    def finish(self) -> None:
        for rows in (self.parts, self.erased, self.erasing, self.heads):
            rows.finish()


def _sorted(table: str, columns: str, order: str) -> str:
    return f"SELECT {columns} FROM {table} ORDER BY {order}"


def _file_faults(report: Report) -> Iterator[Fault]:
    beside = _Alongside.of(report)
    rows = streamed(f"SELECT {selected('record_entry', 'e')} FROM record_entry e ORDER BY {KEY}")
    for file, entries in groupby(rows, key=lambda row: row[:2]):
        report.files += 1
        yield from _faults_of_file(file, entries, beside, report)
    beside.finish()


def _faults_of_file(file: Row, entries: Iterable[Row], beside: _Alongside, report: Report) -> Iterator[Fault]:
    previous = _Previous(0, chain.genesis(*file), "")
    for row in entries:
        report.entries += 1
        header, stored_hash = Header(*row[:-1]), row[-1]
        ref = EntryRef(header.kind, header.file_id, header.sequence)
        yield from _first(ref, _entry_faults(ref, header, stored_hash, previous, beside))
        previous = _Previous(header.sequence, stored_hash, header.recorded_at)
    yield from _head_faults(file, previous, beside.heads.take(file))


def _first(ref: EntryRef, faults: Iterator[Fault]) -> list[Fault]:
    # The later faults of one entry follow from the first; exhausting them keeps the streams in step.
    try:
        return list(faults)[:1]
    except (TypeError, ValueError) as error:
        return [Fault(ref, f"cannot be read ({error})")]


@dataclass(frozen=True, slots=True)
class _Previous:
    sequence: int
    hash: str
    recorded_at: str


def _entry_faults(
    ref: EntryRef, header: Header, stored_hash: str, previous: _Previous, beside: _Alongside
) -> Iterator[Fault]:
    if header.sequence != previous.sequence + 1:
        yield Fault(ref._replace(sequence=previous.sequence + 1), f"is missing; {ref} stands in its place")
    if header.previous != previous.hash:
        yield Fault(ref, "does not follow from the entry before it")
    if chain.header_hash(header) != stored_hash:
        yield Fault(ref, "its header is not what was recorded")
    if header.recorded_at < previous.recorded_at:
        yield Fault(ref, "is dated before the entry before it")
    if digest_of([row[3:] for row in beside.erasing.take(ref)]) != header.erases:
        yield Fault(ref, "the erasures in its name are not the ones it made")
    for what in _content_faults(header, beside.parts.take(ref), beside.erased.take(ref)):
        yield Fault(ref, what)


def _content_faults(header: Header, parts: Sequence[Row], erased: Sequence[Row]) -> Iterator[str]:
    due = dict(json.loads(header.commitments))
    replaced = {(part, commitment): replacement for part, commitment, replacement in (row[3:6] for row in erased)}
    for name in due:
        while due[name] and (name, due[name]) in replaced:
            due[name] = replaced.pop((name, due[name]))
    if replaced:
        yield "an erasure in its name fits nothing it held"
    present = {row[3]: row[4:] for row in parts}
    for name in sorted(due.keys() | present.keys()):
        yield from _part_faults(name, due.get(name, ""), present.get(name))


def _part_faults(name: str, due: str, present: Row | None) -> Iterator[str]:
    if present is None:
        if due:
            yield f"its {name} is gone and no entry erased it"
    elif not due:
        yield f"its {name} should not be there: it was erased, or never recorded"
    elif not (present[2] == due and chain.is_proof(due, bytes(present[0]), bytes(present[1]))):
        yield f"its {name} is not what was recorded"


def _head_faults(file: Row, last: _Previous, heads: Sequence[Row]) -> Iterator[Fault]:
    kind, file_id = file
    at_last = EntryRef(kind, file_id, last.sequence)
    stands_at, due = heads[0][2:] if heads else (0, "")
    if not heads:
        yield Fault(at_last, "its file has no head")
    elif stands_at > last.sequence:
        yield Fault(at_last._replace(sequence=last.sequence + 1), "is missing from the end of its file")
    elif stands_at < last.sequence:
        yield Fault(at_last._replace(sequence=stands_at + 1), "was added without moving the head of its file")
    elif due != last.hash:
        yield Fault(at_last, "is not where the head of its file stands")


def _checkpoint_faults(report: Report) -> Iterator[Fault]:
    for row in streamed(UNLIKE_CHECKPOINT):
        yield from _covered_faults(*row)
    previous = ""
    for number, row in enumerate(streamed(CHECKPOINTS), start=1):
        report.checkpoints += 1
        seal = recomputed(number, row[1], previous)
        if (*seal, seal.digest) != row:
            yield Fault(None, f"Checkpoint {number} is not what was recorded.")
        previous = row[-1]
    for kind, file_id, sequence in streamed(WRONGLY_SEALED):
        yield Fault(
            EntryRef(kind, file_id, sequence),
            "its file and its checkpoints disagree on what is sealed",
        )


def _covered_faults(number: int, kind: str, file_id: str, sequence: int, due: str) -> Iterator[Fault]:
    rows = list(streamed(LAST_UPTO, [kind, file_id, sequence]))
    last, found = rows[0] if rows else (0, "")
    if last < sequence:
        yield Fault(
            EntryRef(kind, file_id, last + 1), f"is gone; checkpoint {number} covers {sequence} entries of its file"
        )
    elif found != due:
        yield Fault(EntryRef(kind, file_id, sequence), f"it, or one before it, was rewritten after checkpoint {number}")


def _kept_checkpoint_faults(kept: CheckpointDocument) -> Iterator[Fault]:
    for kind, file_id, _, sequence, due in kept.heads or []:
        yield from _covered_faults(kept.number, kind, file_id, sequence, due)
    stored = [row[-1] for row in streamed(f"{CHECKPOINTS_FROM} WHERE number = %s", [kept.number])]
    if not stored:
        yield Fault(None, f"Checkpoint {kept.number}, kept elsewhere, is not in this record: this is an older copy.")
    elif stored != [kept.digest]:
        yield Fault(None, f"Checkpoint {kept.number} is not the one kept elsewhere: what it covers was rewritten.")
