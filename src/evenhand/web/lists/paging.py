"""Pages of a list by where the last one ended: no count, no offset, so that page 1,000 is as quick as the first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet

from evenhand.record.canonical import refuse_unstorable

R = TypeVar("R", bound=Model)
SIZE = 25
AT_ONCE = 500
"""Rows fetched at once where a whole list is wanted."""


class NoSuchPlace(ValueError):
    """What stands in the address names no place in the list."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is sorted, and then by its key; what has no value comes last."""

    column: str
    key: str
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows, and the places from which those before and after them can be had ('' where there are none)."""

    rows: list[R]
    before: str = ""
    after: str = ""


def page_of(rows: QuerySet[R], order: Order, *, after: str = "", before: str = "", size: int = SIZE) -> Page[R]:
    """The page after or before a place, else the first. Raises `NoSuchPlace`. One statement."""
    found = list(reached(rows, order, after=after, before=before, size=size))
    return paged(found, order, after=after, before=before, size=size)


def reached(rows: QuerySet[R], order: Order, *, after: str = "", before: str = "", size: int = SIZE) -> QuerySet[R]:
    """The rows of a page in the order they are met, and one more where there is one. Raises `NoSuchPlace`."""
    back = bool(before)
    if place := before or after:
        rows = rows.filter(_beyond(order, *_read(place, order, rows.model), back=back))
    return rows.order_by(*_ordering(order, back=back))[: size + 1]


def paged(met: Sequence[R], order: Order, *, after: str = "", before: str = "", size: int = SIZE) -> Page[R]:
    """The page that such rows make."""
    back = bool(before)
    more, found = len(met) > size, list(met[:size])
    if back:
        found.reverse()
    if not found:
        return Page([])
    first, last = _place(found[0], order), _place(found[-1], order)
    return Page(found, first if after or (back and more) else "", last if back or more else "")


def every(rows: QuerySet[R], order: Order) -> Iterator[list[R]]:
    """The whole list, some rows at a time."""
    page = page_of(rows, order, size=AT_ONCE)
    while page.rows:
        yield page.rows
        if not page.after:
            return
        page = page_of(rows, order, after=page.after, size=AT_ONCE)


def _ordering(order: Order, *, back: bool) -> tuple[Any, ...]:
    down = order.descending is not back
    column, key = F(order.column), F(order.key)
    if order.nullable:
        first = column.desc(nulls_first=True) if back else column.asc(nulls_last=True)
    else:
        first = column.desc() if down else column.asc()
    return first, key.desc() if down else key.asc()


def _beyond(order: Order, value: Any, key: Any, *, back: bool) -> Q:
    column, way = order.column, "lt" if order.descending is not back else "gt"
    later_key = Q(**{f"{order.key}__{way}": key})
    if value is None:
        nothing = Q(**{f"{column}__isnull": True})
        return (nothing & later_key) | ~nothing if back else nothing & later_key
    # the outer bound is for the index: no database sees it in the two inner ones
    beyond = Q(**{f"{column}__{way}e": value}) & (Q(**{f"{column}__{way}": value}) | (Q(**{column: value}) & later_key))
    return beyond | Q(**{f"{column}__isnull": True}) if order.nullable and not back else beyond


def _place(row: Model, order: Order) -> str:
    value = getattr(row, order.column)
    return json.dumps([None if value is None else str(value), str(getattr(row, order.key))])


def _read(place: str, order: Order, model: type[Model]) -> tuple[Any, Any]:
    try:
        value, key = json.loads(place)
        for part in (value, key):
            refuse_unstorable(str(part), "a place")
        read = (_column(model, order.column).to_python(value), _column(model, order.key).to_python(key))
    except (ValueError, TypeError, RecursionError, ValidationError, FieldDoesNotExist) as error:
        raise NoSuchPlace(f"{place[:100]!r} names no place in this list.") from error
    if read[1] is None or (read[0] is None and not order.nullable):
        raise NoSuchPlace(f"{place[:100]!r} names no place in this list.")
    return read


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    found = model._meta.get_field(name)
    assert isinstance(found, Field)  # noqa: S101 - lists are sorted by columns, and only code names them
    return found
