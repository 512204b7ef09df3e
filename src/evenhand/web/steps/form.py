"""The form of a step: its fields as drawn, what was typed in them, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from evenhand.casework.entry import AnyEntry, free_text
from evenhand.casework.shape import Problem
from evenhand.casework.steps.base import Person, StepData
from evenhand.casework.steps.control import CorrectEntry, EraseContent
from evenhand.casework.wording import listed
from evenhand.web.steps.asking import Asking, is_searched, people_found
from evenhand.web.steps.fields import Drawing, Field
from evenhand.web.steps.known import known
from evenhand.web.steps.shapes import Shape, shapes_of
from evenhand.web.steps.titles import plain
from evenhand.web.steps.typed import Raw, Typed, keys_in, raw_from, text_of, texts_of, typed_from
from evenhand.web.steps.unasked import unasked

BY_APPOINTMENT = "appointment_only"
FEW = 4
"""As many answers as an error says one by one."""


class NoSuchField(LookupError):
    """A page asks for a field that its step does not have."""


@dataclass(frozen=True)
class StepForm:
    """A form for any step. Nothing that was typed is lost, whatever it is."""

    model: type[StepData]
    asking: Asking
    typed: Typed
    wants_more: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = field(default=())

    @classmethod
    def blank(cls, model: type[StepData], asking: Asking, initial: Typed | None = None) -> StepForm:
        """A form not yet filled in: with what the model starts from, what is known, and `initial`, as it is typed."""
        given = {name: texts for name, texts in (initial or {}).items() if any(texts)}
        defaults = typed_from(shapes_of(model), _defaults(shapes_of(model)))
        form = cls(model, asking, {**defaults, **known(model, asking, given), **given})
        return form._with_present_values()

    @classmethod
    def of(cls, data: StepData, asking: Asking) -> StepForm:
        """A form filled in with a step's data."""
        return cls(type(data), asking, typed_from(shapes_of(type(data)), data.model_dump()))

    @classmethod
    def posted(cls, model: type[StepData], typed: Typed, asking: Asking, more: Iterable[str] = ()) -> StepForm:
        """A form as it was typed; `more` are the repeated fields that should offer one row more."""
        form = cls(model, asking, typed, frozenset(more))
        settled = form._found_people()
        form = replace(form, typed={**typed, **settled, **_implied(typed, asking)})
        return form if keys_in(typed, "changes") else form._with_present_values()

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """What is asked; of a correction, the fields of the entry that may be corrected."""
        left_out = unasked(self.model, self.asking, text_of(self.typed, self.model.target_field))
        shapes = tuple(
            one for one in shapes_of(self.model) if one.name not in left_out or any(texts_of(self.typed, one.name))
        )
        entry = self._entry
        if entry is None:
            return tuple(_awaiting(shape) for shape in shapes) if self.model is EraseContent else shapes
        return tuple(_asked_of(shape, entry, self.model) for shape in shapes)

    @cached_property
    def _entry(self) -> AnyEntry | None:
        """The entry that an erasure is about, or a correction, which starts from what it says: none not shown."""
        if self.model not in (CorrectEntry, EraseContent):
            return None
        entry = self.asking.facts.file.by_ref.get(text_of(self.typed, "entry"))
        is_shown = entry is not None and (self.model is EraseContent or not self.asking.withheld(entry))
        return entry if is_shown else None

    def _with_present_values(self) -> StepForm:
        """A correction starts from what the entry says now."""
        if self.model is not CorrectEntry or self._entry is None:
            return self
        present = typed_from(self.shapes, {"changes": self._entry.data.model_dump()})
        return StepForm(self.model, self.asking, {**present, **self.typed})

    @cached_property
    def raw(self) -> Raw:
        """What was typed, for `casework.shape.read_draft`; of a correction, only what changes."""
        raw = raw_from(self.shapes, self.typed)
        if self.model is CorrectEntry and self._entry is not None:
            raw = {**raw, "changes": self._changed(raw.get("changes", {}), self._entry)}
        return raw

    def _changed(self, said: Raw, entry: AnyEntry) -> Raw:
        """The fields that say something else than the entry does; one emptied says nothing any more."""
        shapes = next(shape.of for shape in self.shapes if shape.name == "changes")
        present = raw_from(shapes, typed_from(shapes, entry.data.model_dump()))
        names = [shape.name for shape in shapes]
        return {name: said.get(name) for name in names if said.get(name) != present.get(name)}

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields as drawn, each with what is wrong with it."""
        drawn = Drawing(self.model, self.asking, self.typed, self.wants_more).fields(self.shapes)
        errors: dict[str, tuple[str, ...]] = {}
        names = {one.name for outer in drawn for one in outer.walk()}
        for problem in self.all_problems:
            place = _nearest(problem.field, names)
            errors[place] = (*errors.get(place, ()), problem.says)
        return tuple(one.with_errors(errors) for one in drawn)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """What the engine found wrong with the form, and names that were typed and stand for nobody yet."""
        return (*self.problems, *self.unsettled)

    @cached_property
    def unsettled(self) -> tuple[Problem, ...]:
        """Names that were typed to find somebody, and nobody was chosen."""
        found = []
        for name, shape, marker in _people_in(self.shapes, ""):
            words = text_of(self.typed, f"{name}-find").strip()
            if words and is_searched(shape, self.asking) and not _is_settled(self.typed, name, shape):
                known = people_found(words, marker, self.asking)
                says = "choose who you mean" if known else f"nobody called {words!r} was found: try less of the name"
                found.append(Problem(name, f"{says}."))
        return tuple(found)

    @property
    def unconcluded(self) -> tuple[Problem, ...]:
        """What whoever sends the form has to conclude themselves, and has not."""
        asked = (shape.name for shape in self.shapes if shape.known == "concluded")
        return tuple(Problem(name, "choose what you conclude.") for name in asked if not text_of(self.typed, name))

    def _found_people(self) -> dict[str, list[str]]:
        """Those whose whole name was typed, where only one person has it."""
        settled = {}
        for name, shape, marker in _people_in(self.shapes, ""):
            words = " ".join(text_of(self.typed, f"{name}-find").split())
            if not words or not is_searched(shape, self.asking):
                continue
            known = people_found(words, marker, self.asking)
            called = [one for one in known if words.casefold() in (one.title.casefold(), one.value.casefold())]
            if len(called) == 1:
                settled[name] = [*texts_of(self.typed, name), called[0].value]
                settled[f"{name}-find"] = [""]
        return settled

    @property
    def general(self) -> tuple[str, ...]:
        """What is wrong and belongs to no field."""
        names = {one.name for outer in self.fields for one in outer.walk()}
        return tuple(problem.says for problem in self.all_problems if not _nearest(problem.field, names))

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each thing that is wrong, with the anchor of its field: what the summary on top links to."""
        return summed_up(self.general, self.fields)

    def in_words(self, problem: Problem) -> Problem:
        """Of a choice not made: what there is to choose from, where that is little."""
        name, says = problem.field, problem.says.rstrip(".")
        field = next((one for outer in self.fields for one in outer.walk() if one.name == name), None)
        if says != "fill this in" or field is None or not (field.options or field.kind == "yes_no"):
            return problem
        literals = next((shape.literals for shape in self.shapes if shape.name == name), ())
        titles = [plain(code).partition(":")[0].lower() for code in literals] or ["yes", "no"]
        is_said = 1 < len(titles) <= FEW and (literals or field.kind == "yes_no")
        return Problem(name, f"choose {listed(titles, 'or') if is_said else 'one of these'}.")

    def with_problems(self, problems: Iterable[Problem]) -> StepForm:
        """The form with what is wrong with it."""
        return replace(self, problems=tuple(problems))

    def field(self, name: str) -> Field:
        """A field by its dotted name. Raises `NoSuchField`."""
        for outer in self.fields:
            for one in outer.walk():
                if one.name == name:
                    return one
        raise NoSuchField(f"{self.model.name} has no field {name}.")


def summed_up(general: Iterable[str], fields: Iterable[Field]) -> list[tuple[str, str]]:
    """What is wrong with a form as a whole, and in these fields, each under its label, with the anchor of its field."""
    everywhere = [one for outer in fields for one in outer.walk()]
    beside = [(f"{one.label or 'This'}: {text}", f"#{one.anchor}") for one in everywhere for text in one.errors]
    return [*((text, "#form") for text in general), *beside]


def _implied(typed: Typed, asking: Asking) -> dict[str, list[str]]:
    """Of a measure that is by its kind 'by appointment only': that its terms say so."""
    remedy = asking.facts.edition.remedies.get(text_of(typed, "remedy"))
    return {f"terms.{BY_APPOINTMENT}": ["yes"]} if remedy and BY_APPOINTMENT in remedy.parameters else {}


def _defaults(shapes: Iterable[Shape]) -> dict[str, Any]:
    usual = (shape for shape in shapes if shape.kind != "group" and shape.known != "concluded")
    return {shape.name: shape.default for shape in usual} | {
        shape.name: _defaults(shape.of) for shape in shapes if shape.kind == "group"
    }


def _awaiting(shape: Shape) -> Shape:
    """Of an erasure whose entry is not chosen yet: the fields are offered afterwards."""
    says = "Choose the entry, then press 'Check against the policy'."
    return replace(shape, kind="several", hint=says) if shape.name == "fields" else shape


def _asked_of(shape: Shape, entry: AnyEntry, model: type[StepData]) -> Shape:
    own = shapes_of(type(entry.data))
    if model is CorrectEntry and shape.kind == "changes" and entry.data.correctable:
        return replace(shape, of=tuple(one for one in own if one.name in entry.data.correctable))
    if model is EraseContent and shape.name == "fields":
        words = free_text(type(entry.data))
        return replace(shape, kind="several", literals=tuple(one.name for one in own if one.name in words))
    return shape


def _people_in(shapes: Iterable[Shape], above: str) -> Iterable[tuple[str, Shape, Person]]:
    for shape in shapes:
        if isinstance(shape.marker, Person):
            yield above + shape.name, shape, shape.marker
        elif shape.kind == "group":
            yield from _people_in(shape.of, f"{above}{shape.name}.")


def _is_settled(typed: Typed, name: str, shape: Shape) -> bool:
    """Whether somebody was chosen after all; where several may be, each name typed wants its own."""
    return shape.kind == "one" and bool(texts_of(typed, name))


def _nearest(path: str, names: set[str]) -> str:
    """The field that a problem's path leads to: itself, or the nearest one above it; '' where there is none."""
    while path and path not in names:
        path = path.rpartition(".")[0]
    return path
