"""Which fields of a step's data hold codes, people and references, and how to read and replace them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from evenhand.casework.steps.base import Code, Data, Person, Points

Marker = Code | Person | Points
Read = Callable[[Any], Iterable[str]]
Found = Iterator[tuple[tuple[str, ...], Marker, Read]]


@dataclass(frozen=True, slots=True)
class Marked:
    """A field whose words mean something: the field names that lead to it, its marker, and how to read its words."""

    path: tuple[str, ...]
    marker: Marker
    values: Read


@cache
def markers(model: type[Data]) -> tuple[Marked, ...]:
    """Every marked field of a model, in the order of its fields, those of nested data included."""
    return tuple(Marked(*found) for found in _in_data(model))


@cache
def marked_as(kind: type[Marker], model: type[Data]) -> tuple[Marked, ...]:
    """The fields of a model with one kind of marker."""
    return tuple(marked for marked in markers(model) if isinstance(marked.marker, kind))


def replace_points(raw: Mapping[str, Any], model: type[Data], mapping: Mapping[str, str]) -> dict[str, Any]:
    """A copy of data not yet validated in which every reference found in `mapping` is replaced; other words stay.

    Data of a wrong shape is left as it is: validating it says what is wrong.
    """
    replaced = dict(raw)
    for marked in marked_as(Points, model):
        replaced = _replaced(replaced, marked.path, mapping)
    return replaced


def _replaced(raw: Any, path: tuple[str, ...], mapping: Mapping[str, str]) -> Any:
    if isinstance(raw, list | tuple):
        return [_replaced(item, path, mapping) for item in raw]
    if path and isinstance(raw, dict) and path[0] in raw:
        return {**raw, path[0]: _replaced(raw[path[0]], path[1:], mapping)}
    return mapping.get(raw, raw) if not path and isinstance(raw, str) else raw


def _in_data(model: type[Data]) -> Found:
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        for path, marker, read in _in_type(hints[name]):
            yield (name, *path), marker, _of_field(name, read)


def _in_type(hint: Any) -> Found:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from (((), marker, _itself) for marker in hint.__metadata__ if isinstance(marker, Marker))
        yield from _in_type(inner[0])
    elif origin in (Union, UnionType):
        yield from ((path, marker, _unless_none(read)) for kind in inner for path, marker, read in _in_type(kind))
    elif origin in (tuple, dict):
        # a dictionary's keys are read like a tuple; what it holds under them carries no markers
        yield from ((path, marker, _of_each(read)) for path, marker, read in _in_type(inner[0]))
    elif isinstance(hint, type) and issubclass(hint, Data):
        yield from _in_data(hint)


def _itself(value: str) -> Iterable[str]:
    return (value,)


def _of_field(name: str, read: Read) -> Read:
    return lambda data: read(getattr(data, name))


def _of_each(read: Read) -> Read:
    return lambda values: chain.from_iterable(map(read, values))


def _unless_none(read: Read) -> Read:
    return lambda value: () if value is None else read(value)
