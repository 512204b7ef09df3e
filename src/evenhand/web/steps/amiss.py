"""What nobody means to send, though a step's model takes it: a fact without a word, days not yet come, and days gone.

The model leaves them open, because a story may be told so and a fact is never refused for what it lacks. On a page they
are slips: the button pressed too soon, or a wrong year or month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from evenhand.casework.shape import Problem
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.shapes import Shape
from evenhand.web.steps.typed import ISO, Raw

TO_COME = "this day is still to come: record it when it has happened."
GONE = "this day is gone by: give one that is still to come."


def amiss(form: StepForm, today: date, done: date) -> list[Problem]:
    """What has to be put right before a form is worth sending, each beside its field; `done` is the day it was done."""
    asks_for_none = not any(field.is_required() for field in form.model.model_fields.values())
    if asks_for_none and not form.model.decides and not says_something(form):
        return [Problem(form.shapes[0].name, "nothing is filled in yet: say what happened, here or below.")]
    days = list(_days(form.shapes, form.raw))
    since = min([str(done), *(day for _, known, day in days if known == "today")])
    return [
        *(Problem(name, TO_COME) for name, known, day in days if known in ("today", "past") and day > str(today)),
        *(Problem(name, GONE) for name, known, day in days if known == "ahead" and day < since),
    ]


def _days(shapes: Iterable[Shape], raw: Raw, above: str = "") -> Iterator[tuple[str, str, str]]:
    """Every whole day that was typed, by its name, with what is known of it; those in rows too."""
    for shape in shapes:
        value, name = raw.get(shape.name), f"{above}{shape.name}"
        if shape.kind == "rows":
            for row, inner in enumerate(value or ()):
                yield from _days(shape.of, inner, f"{name}.{row}.")
        elif ISO.fullmatch(str(value or "")):
            yield name, shape.known, str(value)


def says_something(form: StepForm) -> bool:
    """Whether anything stands in the form beyond the day and the usual answers that it starts from."""
    starts = {shape.name: shape.default for shape in form.shapes if shape.known != "today"}
    return any(form.raw.get(name) not in (None, "", default) for name, default in starts.items())
