"""The fields of steps and of scenarios in words: what a person may write, where, and as what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from evenhand.casework.checks import CHECKS
from evenhand.casework.shape import models_in
from evenhand.casework.steps.base import Code, Data, Person, Points
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Rule

PLAIN: Mapping[Any, str] = {
    str: "words",
    int: "whole number",
    Decimal: "amount in pounds",
    bool: "true or false",
    date: "day",
    datetime: "day and time",
    time: "time",
    Any: "anything",
}
CODED = ("behaviours", "remedies", "channels", "topics", "needs", "questions", "flags", "roles")
"""The edition's own tables whose keys are codes; `[codes]` holds the rest."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field: its name as written, its type in words, its label and hint."""

    name: str
    type: str
    label: str
    hint: str
    is_needed: bool


def fields_in_words(model: type[Data]) -> list[FieldWords]:
    """Every field of a model, in order."""
    hints = get_type_hints(model, include_extras=True)
    return [
        FieldWords(
            field.alias or name, type_in_words(hints[name]), field.title or "", field.description or "",
            field.is_required(),
        )
        for name, field in model.model_fields.items()
    ]  # fmt: skip


def nested_in(model: type[Data]) -> Iterator[type[Data]]:
    """The models written within a model's fields."""
    for hint in get_type_hints(model, include_extras=True).values():
        yield from models_in(hint)


def type_in_words(hint: Any) -> str:
    """A type as a person would say it: 'list of codes of behaviours', 'day', 'one of held, declined'."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return next(
            (_marked(marker) for marker in hint.__metadata__ if isinstance(marker, Code | Person | Points)), ""
        ) or (type_in_words(inner[0]))
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(type_in_words(one) for one in inner if one is not NoneType))
    if origin is Literal:
        return f"one of {', '.join(inner)}"
    if origin is tuple:
        return f"list of {type_in_words(inner[0])}"
    if origin is dict:
        return f"{{{type_in_words(inner[0])}: {type_in_words(inner[1])}}}"
    return PLAIN.get(hint) or f"{{{', '.join(field.name for field in fields_in_words(hint))}}}"


def _marked(marker: Code | Person | Points) -> str:
    if isinstance(marker, Code):
        return f"code of {marker.of}"
    if isinstance(marker, Person):
        return "person" if marker.kind == "any" else marker.kind
    return f"name of {'a file' if marker.at in ('case', 'incident') else 'an entry'} ({marker.at})"


def code_lists(edition: Edition) -> dict[str, dict[str, str]]:
    """Every list of codes of an edition: {list: {code: title}}."""
    tables: dict[str, Mapping[str, Any]] = {name: getattr(edition, name) for name in CODED}
    titled = {
        name: {code: str(getattr(row, "title", "") or row.text) for code, row in table.items()}
        for name, table in tables.items()
    }
    return {**titled, "clauses": dict(edition.clauses), **{name: dict(table) for name, table in edition.codes.items()}}


def doc_of(model: type[Data]) -> str:
    """The first line of what a model says of itself."""
    return (model.__doc__ or "").strip().splitlines()[0]


def asked_by(line: Rule) -> str:
    """What a gate line asks, in words; '' for a duty."""
    return CHECKS[line.check].question if line.check else ""


def conditions_of(line: Rule) -> str:
    """When a gate line is asked: ' (when kind is court)', or ''."""
    when = [f"when {trait} is {' or '.join(values)}" for trait, values in line.when.items()]
    unless = [f"unless {trait} is {' or '.join(values)}" for trait, values in line.unless.items()]
    return f" ({', '.join((*when, *unless))})" if when or unless else ""
