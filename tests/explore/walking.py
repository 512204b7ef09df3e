"""Random walks from the starts: moves of the vocabulary by whoever tries them, with parts left out, on any day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from evenhand.casework.steps.base import StepData
from evenhand.policy.edition import Edition
from tests.explore.forbidden import forbidden
from tests.explore.moves import MOVES
from tests.explore.starts import STARTS, Start
from tests.explore.world import STAFF, Move, World

EVERY_MOVE = sorted(MOVES)
EVERYBODY = sorted(member.id for member in STAFF)


class CameUpon(AssertionError):
    """A forbidden state, reached by steps that were all allowed."""


class Walk(RuleBasedStateMachine):
    """A walk under an edition; it fails where it comes upon a forbidden state whose name begins as `sought`."""

    worlds: ClassVar[Mapping[Start, World]]
    sought: ClassVar[str]
    steps: ClassVar[int] = 0
    judged: World | None = None

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: Start) -> None:
        self.start, self.world = start, self.worlds[start]

    @rule(numbers=st.lists(st.integers(0, 99), min_size=1, max_size=6))
    def try_what_is_near(self, numbers: list[int]) -> None:
        for number in numbers:
            self._go(self.world.after(self._near(number)))
            self.nothing_is_forbidden()

    @rule(name=st.sampled_from(sorted(MOVES)))
    def try_anything(self, name: str) -> None:
        self._go(self.world.after(MOVES[name]))

    @rule(number=st.integers(0, 99), who=st.sampled_from(sorted(member.id for member in STAFF)))
    def try_as_somebody_else(self, number: int, who: str) -> None:
        move = self._near(number)
        self._go(self.world.after(move if move.days else replace(move, by=who)))

    @rule(number=st.integers(0, 99), part=st.integers(0, 99))
    def leave_a_part_out(self, number: int, part: int) -> None:
        move = self._near(number)
        draft = move.draft(self.world)
        if draft is not None:
            lacking, name = _without(draft, part)
            self._go(self.world.taking(lacking, by=move.by, file=move.file, name=f"{move.name}, without {name}"))

    @rule(days=st.integers(1, 100))
    def let_days_go_by(self, days: int) -> None:
        self._go(replace(self.world, day=self.world.day + timedelta(days=days)))

    @invariant()
    def nothing_is_forbidden(self) -> None:
        if self.world is self.judged:
            return
        self.judged = self.world
        found = [name for name in forbidden(self.world, self.world.day) if name.startswith(self.sought)]
        if found:
            raise CameUpon("; ".join(found))

    def _near(self, number: int) -> Move:
        return MOVES[self.start.tries[number % len(self.start.tries)]]

    def _go(self, world: World) -> None:
        type(self).steps += 1
        self.world = world


def _without(draft: StepData, part: int) -> tuple[StepData, str]:
    """The same step with one of its optional parts left out, and the name of that part."""
    fields = type(draft).model_fields
    optional = [name for name, field in fields.items() if not field.is_required()]
    name = optional[part % len(optional)]
    return draft.model_copy(update={name: fields[name].get_default(call_default_factory=True)}), name


def walk(edition: Edition, *, walks: int, steps: int, sought: str = "") -> int:
    """Walks at random, the same way every time, and gives how many steps were tried.

    Raises `CameUpon` with the forbidden states it comes upon, of those whose names begin as `sought`.
    """
    worlds = {start: start.world(edition) for start in STARTS}
    machine = type("Walk", (Walk,), {"worlds": worlds, "sought": sought})
    phases = (Phase.generate,) if sought else (Phase.generate, Phase.shrink)
    once = settings(
        max_examples=walks, stateful_step_count=steps, phases=phases, derandomize=True, database=None, deadline=None,
        report_multiple_bugs=False, print_blob=False, suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=once)
    return machine.steps  # type: ignore[attr-defined] # the base class does not know it
