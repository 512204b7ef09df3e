"""The files of the record, folded: what `gather` reads. Folds are remembered by the hash of their last entry."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from django.db import connection

from evenhand.casework.entry import File
from evenhand.casework.stored import file_from
from evenhand.record.reading import FileKey, StoredEntry, read_files

FOLDED_FROM = ("main", "reporter")
"""The parts of an entry that say what it adds to its file."""

# Every step asks these, several times: written out, because putting a query together costs more than running it.
NAMED = (
    "SELECT f.kind, f.name, h.hash FROM cases_fileindex f"
    " JOIN record_head h ON h.kind = f.kind AND h.file_id = f.name WHERE f.name = %s"
)
ABOUT = (
    "SELECT f.kind, f.name, h.hash FROM cases_fileperson p JOIN cases_fileindex f ON f.name = p.file"
    " JOIN record_head h ON h.kind = f.kind AND h.file_id = f.name WHERE p.person = %s"
)


class Folds:
    """The folds last used, by the hash of their last entry, which no other history can have. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, Lock()
        self._folds: OrderedDict[str, File] = OrderedDict()

    def get(self, last_hash: str) -> File | None:
        with self._lock:
            fold = self._folds.get(last_hash)
            if fold is not None:
                self._folds.move_to_end(last_hash)
            return fold

    def keep(self, last_hash: str, fold: File) -> None:
        with self._lock:
            self._folds[last_hash] = fold
            if len(self._folds) > self._size:
                self._folds.popitem(last=False)

    def forget(self, last_hash: str) -> None:
        """For a fold whose words were erased since."""
        with self._lock:
            self._folds.pop(last_hash, None)


FOLDS = Folds(size=1_000)


class NotLocked(LookupError):
    """A decision came to a file that was not locked when it began: it appeared, or was linked, in between."""

    def __init__(self, file: FileKey) -> None:
        super().__init__(f"{file[0]}/{file[1]} was not locked.")
        self.file = file


def fold(kind: str, name: str, stored: Iterable[StoredEntry]) -> File:
    """What stored entries add up to."""
    return file_from(kind, name, ((entry.header, entry.parts) for entry in stored))


def folds_of(files: Mapping[FileKey, str]) -> dict[FileKey, File]:
    """The folds of files whose last entry's hash is given; those not remembered are read in one statement."""
    found = {file: known for file, last_hash in files.items() if (known := FOLDS.get(last_hash))}
    for file, stored in read_files(files.keys() - found.keys(), parts=FOLDED_FROM).items():
        found[file] = fold(*file, stored)
        if stored:
            FOLDS.keep(stored[-1].hash, found[file])
    return found


class RecordArchive:
    """`gather.Archive` over the record. With `locked`, heads by file, it reads no other file: see `NotLocked`.

    A file of which `locked` holds '' has no entry yet, and nobody looks whether it has.
    """

    def __init__(self, locked: Mapping[FileKey, str] | None = None) -> None:
        self._is_locked = locked is not None
        self.files: dict[str, File | None] = {name: None for _, name in locked or {}}
        there = {file: last_hash for file, last_hash in (locked or {}).items() if last_hash}
        self.files |= {name: file for (_, name), file in folds_of(there).items()}

    @property
    def keys(self) -> set[FileKey]:
        """Every file that was there to be read."""
        return {(file.kind, name) for name, file in self.files.items() if file is not None}

    def file(self, name: str) -> File | None:
        if name not in self.files:
            self._read(NAMED, name)
        return self.files.setdefault(name, None)

    def names_about(self, person: str) -> list[str]:
        return self._read(ABOUT, person)

    def _read(self, statement: str, wanted: str) -> list[str]:
        """Reads those files that were not read before, and gives the names of all."""
        with connection.cursor() as cursor:
            cursor.execute(statement, [wanted])
            found = {(kind, name): last_hash for kind, name, last_hash in cursor.fetchall()}
        unread = {file: last_hash for file, last_hash in found.items() if self.files.get(file[1]) is None}
        if unread and self._is_locked:
            raise NotLocked(next(iter(unread)))
        self.files |= {name: file for (_, name), file in folds_of(unread).items()}
        return [name for _, name in found]
