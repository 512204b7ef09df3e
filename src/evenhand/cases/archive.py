"""The files of the record, folded: what `gather` reads. Folds are remembered by the hash of their last entry."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from django.db.models import QuerySet

from evenhand.cases.models import FileIndex, FilePerson
from evenhand.casework.entry import File
from evenhand.casework.stored import file_from
from evenhand.record.models import Head
from evenhand.record.reading import FileKey, StoredEntry, read_files

FOLDED_FROM = ("main", "reporter")
"""The parts of an entry that say what it adds to its file."""


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
    """`gather.Archive` over the record. With `locked`, heads by file, it reads no other file: see `NotLocked`."""

    def __init__(self, locked: Mapping[FileKey, str] | None = None) -> None:
        self._locked = locked
        self.files: dict[str, File | None] = {}
        if locked is not None:
            self.files |= {name: file for (_, name), file in folds_of(locked).items() if file.exists}

    @property
    def keys(self) -> set[FileKey]:
        """Every file that was there to be read."""
        return {(file.kind, name) for name, file in self.files.items() if file is not None}

    def file(self, name: str) -> File | None:
        if name not in self.files:
            self._read(FileIndex.objects.filter(name=name))
        return self.files.setdefault(name, None)

    def names_about(self, person: str) -> list[str]:
        about = FilePerson.objects.filter(person=person).values("file")
        return self._read(FileIndex.objects.filter(name__in=about))

    def _read(self, wanted: QuerySet[FileIndex]) -> list[str]:
        """Reads those files that were not read before, and gives the names of all."""
        kinds = dict(wanted.values_list("name", "kind"))
        unread = [(kind, name) for name, kind in kinds.items() if name not in self.files]
        if unread and self._locked is not None:
            raise NotLocked(unread[0])
        self.files |= {name: file for (_, name), file in folds_of(_heads(unread)).items()}
        return list(kinds)


def _heads(files: Iterable[FileKey]) -> dict[FileKey, str]:
    """The hash of each file's last entry, for those that have one."""
    wanted = set(files)
    rows = Head.objects.filter(file_id__in=[name for _, name in wanted]).values_list("kind", "file_id", "hash")
    return {(kind, name): last_hash for kind, name, last_hash in rows if (kind, name) in wanted}
