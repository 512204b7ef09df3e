"""`docs/states.md`: the states of each kind of file, found by folding every step in every state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args, get_origin

from evenhand.casework.decide import steps_of
from evenhand.casework.entry import AMENDING, AnyEntry, Entry, ref_of
from evenhand.casework.gather import FILES
from evenhand.casework.stages import CANDIDATES, STATES
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import FileKind, StepData
from evenhand.docs.markdown import page, table
from evenhand.policy.edition import Edition

Move = tuple[str, str, str]
"""From a state, by a step (with the answer that matters, if any), to a state."""

INTRODUCTION = (
    "A file is in the state that its entries add up to; nobody sets it. Each arrow was found by folding the step onto",
    "a file in that state. A step that is not drawn leaves the state as it is.",
)
# Any day does: no state of a file hangs on one.
DAY, INSTANT = date(2021, 1, 4), datetime(2021, 1, 4, 9, tzinfo=UTC)


def states_document(edition: Edition) -> str:
    """A diagram and a table for each kind of file."""
    kinds: tuple[FileKind, ...] = get_args(FileKind)
    return page("States", INTRODUCTION, *(_kind(kind, edition) for kind in kinds), _targets(edition))


def _kind(kind: FileKind, edition: Edition) -> Iterator[str]:
    found = [move for move in moves(kind) if move[1].partition(" ")[0] in {*edition.steps, *INTERNAL}]
    yield f"## {kind.capitalize()}"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for before, after in dict.fromkeys((before, after) for before, _, after in found):
        steps = ", ".join(step for one, step, other in found if (one, other) == (before, after))
        yield f"    {'[*]' if before == 'none' else before} --> {after}: {steps}"
    yield "```"
    yield ""
    titles = {name: rule.title for name, rule in edition.steps.items()}
    rows = ((one, f"`{step}`", titles.get(step.partition(" ")[0], "follows by itself"), to) for one, step, to in found)
    yield from table(("From", "Step", "", "To"), rows)


INTERNAL = tuple(name for name, step in STEPS.items() if name in ("mark_death", "ask_look_again"))
"""Steps that follow from others and that nobody takes."""


def moves(kind: FileKind) -> list[Move]:
    """Every change of state that a single step makes, breadth first from a file that is not there yet.

    A state is looked at once for each state it was reached from: a closed case reopens to what it was before.
    """
    found: dict[Move, None] = {}
    examples: dict[tuple[str, str], tuple[AnyEntry, ...]] = {("", "none"): ()}
    for came_from, state in (queue := [("", "none")]):
        so_far = examples[came_from, state]
        for step in steps_of(kind):
            if state not in STATES.get(step.name, {state}) or (state == "none" and kind not in step.starts):
                continue
            for answer, entry in _entries(step, kind, len(so_far) + 1):
                after: str = getattr(FILES[kind](kind, (*so_far, entry)), "state", state)
                if after != state and not (answer and (state, step.name, after) in found):
                    found[state, f"{step.name} ({answer})" if answer else step.name, after] = None
                if after != state and (state, after) not in examples:
                    examples[state, after] = (*so_far, entry)
                    queue.append((state, after))
    return list(found)


def _entries(step: type[StepData], kind: FileKind, sequence: int) -> Iterator[tuple[str, AnyEntry]]:
    """The step taken with nothing filled in, and once for each answer that it can give."""
    if step in AMENDING:
        return
    answers: list[tuple[str, dict[str, Any]]] = [("", {})]
    for name, field in step.model_fields.items():
        if get_origin(field.annotation) is Literal:
            answers += [(word, {name: word}) for word in get_args(field.annotation)]
        elif field.annotation is bool:
            answers.append((name, {name: True}))
    for answer, given in answers:
        data = step.model_construct(**{"outcome": None, **given} if "outcome" in step.model_fields else given)
        fixed = {name: "yes" for name, value in given.items() if value is True}
        ref = ref_of(kind, sequence)
        yield answer, Entry(ref, kind, kind, sequence, data, "", "", DAY, INSTANT, "", fixed=fixed)


def _targets(edition: Edition) -> Iterator[str]:
    yield "## Steps that act on something inside a file"
    yield ""
    yield "Where exactly one thing fits, it need not be named."
    yield ""
    rows = ((f"`{name}`", STEPS[name].target.replace("_", " ")) for name in CANDIDATES if name in edition.steps)
    yield from table(("Step", "Acts on"), rows)
