"""What a step's model asks, field by field, before anybody is known or anything typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from evenhand.casework.steps.base import LONGEST_TEXT, Code, Data, Known, Person, Points
from evenhand.casework.steps.markers import Marker

Kind = Literal[
    "line", "words", "lines", "yes_no", "tick", "one", "several", "day", "instant", "time", "number", "pounds",
    "group", "rows", "answers", "each", "departures", "changes",
]  # fmt: skip

SHORT = frozenset(
    {
        "adviser", "agency", "allocations_reference", "amount", "answer", "basis", "clause", "court",
        "decided_for_external", "edition", "external_officer", "force", "form", "from_name", "ground",
        "guardian", "home", "interpreter", "matter", "mediator", "new_home", "person_name", "place",
        "platform", "reach_name", "reference", "relation", "reporter_name", "representative", "sample",
        "separate_case", "service", "sha256", "signed_by", "source", "to", "to_whom", "where",
    }
)  # fmt: skip
"""Fields of free words that hold a name or a reference: one line is enough for them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of a model: its name, what kind of thing it holds, and how that is marked; `of` are its own fields.

    `known` says what a form starts it from: see `steps.base.Known`.
    """

    name: str
    kind: Kind
    label: str = ""
    hint: str = ""
    is_needed: bool = False
    default: Any = None
    marker: Marker | None = None
    literals: tuple[str, ...] = ()
    of: tuple[Shape, ...] = ()
    known: str = ""


@cache
def shapes_of(model: type[Data]) -> tuple[Shape, ...]:
    """Every field of a model, in its order; what departs from the policy comes last, for few need it."""
    hints = get_type_hints(model, include_extras=True)
    shapes = [_shape(name, hints[name], field) for name, field in model.model_fields.items()]
    return tuple(sorted(shapes, key=lambda shape: shape.kind == "departures"))


def _shape(name: str, hint: Any, field: FieldInfo) -> Shape:
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    made = _of_hint(name, hint, default)
    needed = field.is_required()
    return Shape(name, made.kind, field.title or "", field.description or "", needed, default, made.marker,
                 made.literals, made.of, made.known)  # fmt: skip


def _of_hint(name: str, hint: Any, default: Any) -> Shape:
    """The kind of a type, as a shape without words."""
    base, marks = _unwrapped(hint)
    made = _of_base(name, base, marks, default)
    return replace(made, known=next((mark.what for mark in marks if isinstance(mark, Known)), made.known))


def _of_base(name: str, base: Any, marks: tuple[Any, ...], default: Any) -> Shape:
    origin, inner = get_origin(base), get_args(base)
    marker = next((mark for mark in marks if isinstance(mark, Code | Person | Points)), None)
    if marker is not None:
        return Shape(name, "one", marker=marker)
    if origin is Literal:
        return Shape(name, "one", literals=inner)
    if origin is tuple:
        return _of_tuple(name, inner[0])
    if origin is dict:
        return _of_dict(name, *inner)
    if isinstance(base, type) and issubclass(base, Data):
        return Shape(name, "group", of=shapes_of(base))
    return Shape(name, _plain_kind(name, base, marks, default))


def _unwrapped(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without `Annotated` and without `None`, and what it was annotated with."""
    if get_origin(hint) is Annotated:
        base, marks = _unwrapped(hint.__origin__)
        return base, (*hint.__metadata__, *marks)
    if get_origin(hint) in (Union, UnionType):
        return _unwrapped(next(one for one in get_args(hint) if one is not NoneType))
    return hint, ()


def _of_tuple(name: str, member: Any) -> Shape:
    one = _of_hint(name, member, None)
    if one.kind == "group":
        return Shape(name, "rows", of=one.of)
    if one.kind == "one":
        return Shape(name, "several", marker=one.marker, literals=one.literals, known=one.known)
    return Shape(name, "lines")


def _of_dict(name: str, key: Any, value: Any) -> Shape:
    marker, held = _of_hint(name, key, None).marker, _of_hint("value", value, None)
    if name == "departures":
        return Shape(name, "departures", of=(held,))
    if held.kind == "group":
        return Shape(name, "answers", marker=marker, of=held.of)
    return Shape(name, "changes" if value is Any else "each", marker=marker, of=(held,))


PLAIN: Mapping[Any, Kind] = {date: "day", datetime: "instant", time: "time", int: "number", Decimal: "pounds"}


def _plain_kind(name: str, base: Any, marks: tuple[Any, ...], default: Any) -> Kind:
    if base is bool:
        return "tick" if default is False else "yes_no"
    if base in PLAIN:
        return PLAIN[base]
    longest = next((mark.max_length for mark in marks if isinstance(mark, StringConstraints)), None)
    return "words" if longest == LONGEST_TEXT and name not in SHORT else "line"
