"""The projections made anew from the record, and proved against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from evenhand.cases.archive import FOLDED_FROM, fold
from evenhand.cases.indexing import rename_customers
from evenhand.cases.models import EntryWords, FileIndex, Spelling
from evenhand.cases.projecting import PROJECTIONS, Row, add, rows_of
from evenhand.record import verify as record
from evenhand.record.checkpoints import CheckpointDocument
from evenhand.record.models import Head
from evenhand.record.reading import FileKey, read_files
from evenhand.record.tables import snapshot
from evenhand.record.verify import Fault, Report
from evenhand.rows import Model, columns

FILES_AT_ONCE = 500


def rebuild() -> int:
    """Makes every projection anew, in one transaction; returns of how many files."""
    with transaction.atomic():
        for model in PROJECTIONS:
            model._default_manager.all().delete()
        Spelling.objects.all().delete()
        rename_customers()
        files = _files()
        for some in _chunks(files):
            due = dict(_due(some))
            rows = [row for file in some for row in sorted(due[file], key=_place)]
            for model in PROJECTIONS:
                add(model, [values for of, values in rows if of is model])
    return len(files)


def verify(checkpoint: CheckpointDocument | None = None) -> Report:
    """Proves the record as `record.verify` does, and that the projections say what its files add up to."""
    report = record.verify(checkpoint)
    if report.is_sound:  # what does not verify need not even fold
        with snapshot():
            report.add(_faults())
    return report


def _place(row: Row) -> int:
    """Where a row of an entry stands in its file, as later words are to be found first."""
    model, values = row
    return int(values[columns(model).index("ref")].rpartition("#")[2]) if model is EntryWords else 0


def _files() -> list[FileKey]:
    """Every file, those with the latest entries last, so that their words are found first again."""
    files = Head.objects.filter(sequence__gt=0).order_by("recorded_at", "kind", "file_id")
    return list(files.values_list("kind", "file_id"))


def _chunks(files: Iterable[FileKey]) -> Iterator[list[FileKey]]:
    remaining = iter(files)
    return iter(lambda: list(islice(remaining, FILES_AT_ONCE)), [])


def _due(files: list[FileKey]) -> Iterator[tuple[FileKey, frozenset[Row]]]:
    """What the projections should say of some files."""
    for file, stored in read_files(files, parts=FOLDED_FROM).items():
        yield file, rows_of(fold(*file, stored))


def _faults() -> Iterator[Fault]:
    files = _files()
    for some in _chunks(files):
        found = _found([name for _, name in some])
        for (_, name), due in _due(some):
            yield from _differences(name, due, found[name])
    known = {name for _, name in files}
    for model in PROJECTIONS:
        for name in set(model._default_manager.values_list(_name(model), flat=True)) - known:
            yield Fault(None, f"The lists name {name} in {model._meta.db_table}, and the record has no such file.")


def _differences(name: str, due: frozenset[Row], found: set[Row]) -> Iterator[Fault]:
    for model in PROJECTIONS:
        missing, extra = ({row for row in rows if row[0] is model} for rows in (due - found, found - due))
        if missing or extra:
            says = f"{len(missing)} rows missing, {len(extra)} too many or wrong"
            yield Fault(
                None, f"The lists do not say of {name} what its entries add up to ({model._meta.db_table}: {says})."
            )


def _found(names: list[str]) -> dict[str, set[Row]]:
    """What the projections say of some files."""
    found: dict[str, set[Row]] = defaultdict(set)
    for model in PROJECTIONS:
        place = columns(model).index(_name(model))
        for values in model._default_manager.filter(**{f"{_name(model)}__in": names}).values_list(*columns(model)):
            found[values[place]].add((model, values))
    return found


def _name(model: Model) -> str:
    """The column that names the file."""
    return "name" if model is FileIndex else "file"
