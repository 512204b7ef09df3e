"""Whole rows added and taken away by statements written out once.

Every step asks the same few, and putting a query together costs more than running it.
"""
# ruff: noqa: S608 - statements are put together from the names of our own tables and columns; every value is a parameter.

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

Model = type[models.Model]
Values = tuple[Any, ...]
"""What a row says, in the order of `columns`."""
AT_ONCE = 100
"""Rows in one statement: PostgreSQL answers each statement once, however many rows it has."""


@cache
def _fields(model: Model) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


@cache
def columns(model: Model) -> list[str]:
    """The names of what a row says: of every column but the key that the database numbers."""
    return [field.attname for field in _fields(model)]


def add(model: Model, rows: Iterable[Values], using: str = DEFAULT_DB_ALIAS) -> None:
    """Adds rows to a table; no rows, no statement."""
    stored = [_stored(model, row, using) for row in rows]
    if stored:
        with connections[using].cursor() as cursor:
            for start in range(0, len(stored), AT_ONCE):
                some = stored[start : start + AT_ONCE]
                cursor.execute(_insertion(model, len(some)), [value for row in some for value in row])


def remove(model: Model, rows: Iterable[Values]) -> None:
    """Takes away the rows that say just this."""
    for row in rows:
        stored = _stored(model, row, DEFAULT_DB_ALIAS)
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(
                _deletion(model, tuple(value is None for value in stored)),
                [value for value in stored if value is not None],
            )


@cache
def _insertion(model: Model, count: int) -> str:
    marks = f"({', '.join(['%s'] * len(columns(model)))})"
    return f"INSERT INTO {model._meta.db_table} ({', '.join(_quoted(model))}) VALUES {', '.join([marks] * count)}"


@cache
def _deletion(model: Model, empty: tuple[bool, ...]) -> str:
    same = (f"{name} IS NULL" if null else f"{name} = %s" for name, null in zip(_quoted(model), empty, strict=True))
    return f"DELETE FROM {model._meta.db_table} WHERE {' AND '.join(same)}"


def _quoted(model: Model) -> list[str]:
    return [f'"{field.column}"' for field in _fields(model)]


def _stored(model: Model, row: Sequence[Any], using: str) -> list[Any]:
    return [
        value if value.__class__ in _AS_IT_IS else field.get_db_prep_save(value, connections[using])
        for field, value in zip(_fields(model), row, strict=True)
    ]


_AS_IT_IS = frozenset({str, int, bool, type(None)})
"""Kinds of values that every database takes as they are; the rows that are kept so have no JSON among them."""
