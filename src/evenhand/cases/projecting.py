"""The rows of the projections that one file gives, and keeping them in step with the record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from django.db import models as django_models

from evenhand.cases.models import FileIndex, FilePerson, OpenDuty, SanctionIndex
from evenhand.casework.case import CaseFile
from evenhand.casework.duties import duties
from evenhand.casework.entry import File
from evenhand.casework.sanction import Sanction
from evenhand.casework.story import people_of

Model = type[django_models.Model]
PROJECTIONS: tuple[Model, ...] = (FileIndex, FilePerson, OpenDuty, SanctionIndex)
Row = tuple[Model, tuple[Any, ...]]
"""A projection's model, and the values of its columns in their order."""

_ROWS: WeakKeyDictionary[File, frozenset[Row]] = WeakKeyDictionary()
"""What was worked out for the folds still in use: a step needs it of a file as it was and as it is."""


@cache
def columns(model: Model) -> list[str]:
    """What a projection says: every column but the key that the database numbers."""
    return [field.attname for field in model._meta.concrete_fields if not isinstance(field, django_models.AutoField)]


def rows_of(file: File) -> frozenset[Row]:
    """Everything the projections should say of a file; nothing for one without entries."""
    rows = _ROWS.get(file)
    if rows is None:
        rows = frozenset((model, tuple(map(values.get, columns(model)))) for model, values in _values(file))
        _ROWS[file] = rows
    return rows


def _values(file: File) -> Iterator[tuple[Model, dict[str, Any]]]:
    if not file.exists:
        return
    yield FileIndex, _indexed(file)
    for person in people_of(file):
        yield FilePerson, {"file": file.name, "person": person}
    for duty in duties(file):
        if duty.done_on is None:
            owed = {name: getattr(duty.promise, name) for name in ("duty", "clause", "about", "not_before", "due_on")}
            where = {"file": file.name, "made_by": duty.made_by, "owners": " ".join(duty.promise.owners)}
            yield OpenDuty, {**owed, **where, "falls_away_on": duty.falls_away_on}
    for sanction in file.sanctions.values() if isinstance(file, CaseFile) else ():
        yield SanctionIndex, _measured(sanction)


def _indexed(file: File) -> dict[str, Any]:
    case = file if isinstance(file, CaseFile) else None
    return {
        "name": file.name,
        "kind": file.kind,
        "state": getattr(file, "state", ""),
        "subject": file.subject,
        "officer": case.officer if case else "",
        "edition": case.edition if case else "",
        "opened_on": file.opened_on,
        "is_restricted": case is not None and case.is_restricted,
    }


DAYS = ("approved_on", "told_on", "imposed_on", "appeal_by", "review_by", "lapses_on", "ended_on")


def _measured(sanction: Sanction) -> dict[str, Any]:
    said = {"ref": sanction.ref, "file": sanction.case, "subject": sanction.subject}
    what = {"remedy": sanction.measure.remedy or "", "kinds": " ".join(sorted(sanction.kinds))}
    return {**said, **what, **{name: getattr(sanction, name) for name in DAYS}}


def project(before: File, after: File) -> None:
    """Changes the projections from what a file was to what it is; call it in the transaction that changed the file.

    Raises Django's `IntegrityError` where another file has the name already.
    """
    old, new = rows_of(before), rows_of(after)
    for model in PROJECTIONS:
        for values in (values for of, values in old - new if of is model):
            model._default_manager.filter(**dict(zip(columns(model), values, strict=True))).delete()
        add(model, [values for of, values in new - old if of is model])


def add(model: Model, rows: list[tuple[Any, ...]]) -> None:
    """Adds rows of one projection."""
    if rows:
        model._default_manager.bulk_create(model(**dict(zip(columns(model), row, strict=True))) for row in rows)
