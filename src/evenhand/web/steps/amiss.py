"""What nobody means to send, though a step's model takes it: a fact without a word, and one of a day still to come.

The model leaves both open, because a story may be told so and a fact is never refused for what it lacks. On a page they
are slips: the button pressed too soon, or a wrong year.
"""

from __future__ import annotations

from datetime import date

from evenhand.casework.shape import Problem
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.typed import ISO


def amiss(form: StepForm, today: date) -> list[Problem]:
    """What has to be put right before a form is worth sending, each beside its field."""
    asks_for_none = not any(field.is_required() for field in form.model.model_fields.values())
    if asks_for_none and not form.model.decides and not says_something(form):
        return [Problem(form.shapes[0].name, "nothing is filled in yet: say what happened, here or below.")]
    days = [shape.name for shape in form.shapes if shape.known in ("today", "past")]
    return [
        Problem(name, "this day is still to come: record it when it has happened.")
        for name in days
        if ISO.fullmatch(str(form.raw.get(name, ""))) and str(form.raw[name]) > str(today)
    ]


def says_something(form: StepForm) -> bool:
    """Whether anything stands in the form beyond the day and the usual answers that it starts from."""
    starts = {shape.name: shape.default for shape in form.shapes if shape.known != "today"}
    return any(form.raw.get(name) not in (None, "", default) for name, default in starts.items())
