"""One field of a form as it is drawn: what was typed, what is offered, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from evenhand.casework.steps.base import Person, StepData
from evenhand.web.steps.asking import (
    Asking,
    Choice,
    choices,
    code_choices,
    is_searched,
    people_found,
    person_choice,
    when_empty,
)
from evenhand.web.steps.shapes import Shape
from evenhand.web.steps.titles import period_title
from evenhand.web.steps.typed import Typed, keys_in, parts_of_day, raw_from, rows_in, said_of_each, text_of, texts_of

Drawn = Literal[
    "line", "words", "lines", "yes_no", "tick", "choice", "select", "choices", "day", "instant", "time", "number",
    "pounds", "person", "people", "group", "rows", "answers", "each", "departures", "changes",
]  # fmt: skip
RADIOS = 7
"""Choices that fit under each other; more go into a drop-down list."""
SPARE = 1
"""Empty rows offered after those filled in."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, and whether it is chosen."""

    value: str
    title: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it is drawn; `name` is its dotted path and its name in the form, `values` what was typed."""

    name: str
    kind: Drawn
    label: str = ""
    hint: str = ""
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    children: tuple[Field, ...] = ()
    errors: tuple[str, ...] = ()
    is_needed: bool = False
    has_default: bool = False
    is_long: bool = False
    parts: tuple[str, ...] = ()
    """Of a day: day, month and year, as typed."""
    words: str = ""
    """What was typed to find somebody by, or the time of a day and time."""
    is_folded: bool = False
    """Of fields that few need: folded away until something is typed in one of them."""
    when_empty: str = ""
    """What to do where there is nothing to choose from."""

    @property
    def id(self) -> str:
        """Its anchor on the page."""
        return f"f-{self.name.replace('.', '-')}"

    @property
    def value(self) -> str:
        """The one thing typed, or ''."""
        return self.values[-1] if self.values else ""

    @property
    def anchor(self) -> str:
        """What an error message links to: the first control of the field."""
        if self.kind in ("day", "instant"):
            return f"{self.id}-day"
        if self.kind in ("person", "people") and not self.options:
            return f"{self.id}-find"
        is_several = self.kind in ("choice", "choices", "person", "people", "yes_no", "lines")
        return f"{self.id}-0" if is_several else self.id

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong with it or within it."""
        return any(one.errors for one in self.walk())

    def walk(self) -> Iterator[Field]:
        """This field and all within it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def with_errors(self, found: dict[str, tuple[str, ...]]) -> Field:
        """The field with what is wrong with it and with those within it."""
        children = tuple(child.with_errors(found) for child in self.children)
        return replace(self, errors=found.get(self.name, ()), children=children)


@dataclass(frozen=True)
class Drawing:
    """What fields are drawn from."""

    step: type[StepData]
    asking: Asking
    typed: Typed
    wants_more: frozenset[str] = field(default=frozenset())
    """Names of repeated fields that should offer one row more."""

    def fields(self, shapes: tuple[Shape, ...], above: str = "") -> tuple[Field, ...]:
        """The fields of some shapes, drawn; a field that offers nothing to depart from is left out."""
        drawn = (self.field(shape, above + shape.name) for shape in shapes if self._is_asked(shape, above + shape.name))
        return tuple(one for one in drawn if one is not None)

    def _is_asked(self, shape: Shape, name: str) -> bool:
        is_known = {"system": True, "unnamed": bool(texts_of(self.typed, "subject"))}
        return not is_known.get(shape.known) or bool(texts_of(self.typed, name))

    def field(self, shape: Shape, name: str) -> Field | None:
        """One field drawn."""
        made = Field(
            name,
            "line",
            shape.label,
            shape.hint,
            is_needed=shape.is_needed,
            has_default=shape.default not in (None, ()),
            values=tuple(self.typed.get(name, ())),
        )
        draw = _DRAW.get(shape.kind, _plainly)
        return draw(self, shape, made)

    def rows(self, name: str, filled: int) -> range:
        """The rows of a repeated field: those filled in, a spare one, and one more where that was asked for."""
        return range(filled + SPARE + (1 if name in self.wants_more else 0))


def _plainly(drawing: Drawing, shape: Shape, made: Field) -> Field:
    text = text_of(drawing.typed, made.name)
    kind: Drawn = "words" if shape.kind == "line" and "\n" in text else shape.kind  # type: ignore[assignment]  # the kinds drawn as they are
    return replace(made, kind=kind, values=(text,) if text else ())


def _day(drawing: Drawing, shape: Shape, made: Field) -> Field:
    time = text_of(drawing.typed, f"{made.name}-time")
    kind: Drawn = "instant" if shape.kind == "instant" else "day"
    parts, today = parts_of_day(drawing.typed, made.name), drawing.asking.viewer.day
    is_given = shape.known in ("today", "begins") and parts == (str(today.day), str(today.month), str(today.year))
    hint = f"{made.hint} Today, unless you change it.".strip() if is_given else made.hint
    return replace(made, kind=kind, parts=parts, words=time, hint=hint)


def _one(drawing: Drawing, shape: Shape, made: Field) -> Field:
    chosen = [text for text in (text_of(drawing.typed, made.name),) if text.strip()]
    options = _options(drawing, shape, made.name, chosen)
    if is_searched(shape, drawing.asking):
        return replace(made, kind="person", options=options, values=tuple(chosen), words=_sought(drawing, made.name))
    kind: Drawn = "choice" if len(options) <= RADIOS else "select"
    return replace(made, kind=kind, options=options, values=tuple(chosen), when_empty=when_empty(shape))


def _several(drawing: Drawing, shape: Shape, made: Field) -> Field:
    chosen = texts_of(drawing.typed, made.name)
    options = _options(drawing, shape, made.name, chosen)
    searched = is_searched(shape, drawing.asking)
    kind: Drawn = "people" if searched else "choices"
    words = _sought(drawing, made.name) if searched else ""
    return replace(made, kind=kind, options=options, values=tuple(chosen), words=words, when_empty=when_empty(shape))


def _sought(drawing: Drawing, name: str) -> str:
    return text_of(drawing.typed, f"{name}-find")


def _options(drawing: Drawing, shape: Shape, name: str, chosen: list[str]) -> tuple[Option, ...]:
    """What is offered; what was chosen and is no longer offered stays, so that nobody loses it unseen."""
    asking = drawing.asking
    offered = {one.value: one for one in choices(shape, drawing.step, asking) or ()}
    if isinstance(shape.marker, Person):
        if is_searched(shape, asking):
            found = people_found(_sought(drawing, name), shape.marker, asking)
            offered |= {one.value: one for one in found}
        offered |= {who: person_choice(who, asking) for who in chosen if who not in offered}
    offered |= {value: Choice(value, value) for value in chosen if value not in offered}
    return tuple(Option(one.value, one.title, one.hint, one.value in chosen) for one in offered.values())


def _free(drawing: Drawing, shape: Shape, made: Field) -> Field:
    """A field of free words for which the edition may name what to choose from."""
    offered = choices(shape, drawing.step, drawing.asking)
    if offered is None:
        return _plainly(drawing, shape, made)
    return _one(drawing, shape, made)


def _lines(drawing: Drawing, shape: Shape, made: Field) -> Field:
    if choices(shape, drawing.step, drawing.asking) is not None:
        return _several(drawing, shape, made)
    lines = texts_of(drawing.typed, made.name)
    rows = drawing.rows(made.name, len(lines))
    return replace(made, kind="lines", values=(*lines, *[""] * (len(rows) - len(lines))))


def _ticked(_drawing: Drawing, shape: Shape, made: Field) -> Field:
    return replace(made, kind="tick" if shape.kind == "tick" else "yes_no")


def _group(drawing: Drawing, shape: Shape, made: Field) -> Field:
    above = made.name.removesuffix(shape.name)
    is_folded = not (shape.is_needed or shape.default or raw_from((shape,), drawing.typed, above))
    return replace(made, kind="group", children=drawing.fields(shape.of, f"{made.name}."), is_folded=is_folded)


def _rows(drawing: Drawing, shape: Shape, made: Field) -> Field:
    filled = rows_in(drawing.typed, made.name)
    groups = (
        Field(f"{made.name}.{row}", "group", f"{row + 1}", children=drawing.fields(shape.of, f"{made.name}.{row}."))
        for row in drawing.rows(made.name, max(filled, default=-1) + 1)
    )
    return replace(made, kind="rows", children=tuple(groups))


def _answers(drawing: Drawing, shape: Shape, made: Field) -> Field:
    asked = {one.value: one.title for one in code_choices(shape, drawing.asking)}
    asked |= {key: key for key in keys_in(drawing.typed, made.name) if key not in asked}
    groups = (
        Field(f"{made.name}.{key}", "group", title, children=drawing.fields(shape.of, f"{made.name}.{key}."))
        for key, title in asked.items()
    )
    return replace(made, kind="answers", children=tuple(groups))


def _each(drawing: Drawing, shape: Shape, made: Field) -> Field:
    """One thing said of each of some codes."""
    asked = {one.value: one.title for one in code_choices(shape, drawing.asking)}
    asked |= {code: code for code in said_of_each(drawing.typed, made.name) if code not in asked}
    said = (drawing.field(replace(shape.of[0], label=title), f"{made.name}.{code}") for code, title in asked.items())
    return replace(made, kind="each", children=tuple(one for one in said if one))


def _changes(drawing: Drawing, shape: Shape, made: Field) -> Field:
    """The fields of the entry to correct, once it is known which."""
    if shape.of[0].name == "value":
        return replace(made, kind="changes", hint="Choose the entry, then press 'Check against the policy'.")
    return _group(drawing, shape, made)


def _departures(drawing: Drawing, _shape: Shape, made: Field) -> Field | None:
    """A box for each number that may be departed from; none where the edition has none, or nothing was typed."""
    edition = drawing.asking.facts.edition
    names = dict.fromkeys([*sorted(edition.soft), *keys_in(drawing.typed, made.name)])
    boxes = (
        _plainly(drawing, Shape(name, "words"), Field(f"{made.name}.{name}", "words", period_title(edition, name)))
        for name in names
    )
    return replace(made, kind="departures", children=tuple(boxes)) if names else None


_DRAW = {
    "day": _day,
    "instant": _day,
    "one": _one,
    "several": _several,
    "line": _free,
    "words": _plainly,
    "number": _free,
    "lines": _lines,
    "tick": _ticked,
    "yes_no": _ticked,
    "group": _group,
    "rows": _rows,
    "answers": _answers,
    "each": _each,
    "changes": _changes,
    "departures": _departures,
}
