"""What was worked out for files lately: findings beside their folds, and the parts of pages that change only with them.

A page's parts hang on how far every file it read has come, on who looks, and on the day. A file only ever grows, so
nothing here is ever wrong; it is only dropped when it has not been used for long.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection
from markupsafe import Markup

from evenhand.cases.archive import FOLDED_FROM, FOLDS, fold
from evenhand.casework.registers import Registers
from evenhand.casework.stored import findings_from
from evenhand.policy.findings import Finding
from evenhand.record.reading import FileKey, read_files

V = TypeVar("V")


class Lately(Generic[V]):
    """The values last used, by their keys. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, Lock()
        self._kept: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable) -> V | None:
        """The value, or None where it is not, or no longer, known."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def keep(self, key: Hashable, value: V) -> V:
        """Keeps a value, and gives it back."""
        with self._lock:
            self._kept[key] = value
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return value


Pieces = Mapping[str, Markup]
FINDINGS: Lately[Mapping[int, str]] = Lately(1_000)
"""The `findings` parts of whole files, by the hash of their last entry and by sequence."""
PIECES: Lately[tuple[Registers, Pieces]] = Lately(300)
"""Parts of pages, with the registers whose names they show: those are others after every change."""


def fold_with_findings(heads: Mapping[FileKey, str]) -> None:
    """Folds the files not folded before, in one statement that brings what was found on each entry as well."""
    unread = {file: last for file, last in heads.items() if FOLDS.get(last) is None}
    for file, stored in read_files(unread, parts=(*FOLDED_FROM, "findings")).items():
        if stored:
            FOLDS.keep(stored[-1].hash, fold(*file, stored))
            found = {one.header.sequence: one.parts["findings"] for one in stored if "findings" in one.parts}
            FINDINGS.keep(stored[-1].hash, found)


def findings_of(last_hash: str, file: FileKey, sequences: list[int]) -> dict[int, tuple[Finding, ...]]:
    """What was found when each of these entries of a file was taken."""
    if not sequences:
        return {}
    found = FINDINGS.get(last_hash)
    if found is None:
        found = FINDINGS.keep(last_hash, _read(file))
    return {number: findings_from(found[number]) for number in sequences if number in found}


def _read(file: FileKey) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequence, body FROM record_part WHERE kind = %s AND file_id = %s AND name = 'findings'", file
        )
        return {sequence: bytes(body).decode() for sequence, body in cursor.fetchall()}


def pieces(key: Hashable, registers: Registers, make: Callable[[], Pieces]) -> Pieces:
    """Parts of a page, made where they are not known yet."""
    known = PIECES.get(key)
    if known is not None and known[0] is registers:
        return known[1]
    return PIECES.keep(key, (registers, make()))[1]
