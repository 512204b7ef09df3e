"""Breadth-first search from every start at once, so that what is near any of them is found first."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from evenhand.policy.edition import Edition
from tests.explore.forbidden import forbidden
from tests.explore.starts import STARTS, Start
from tests.explore.world import World

UNDATED = ("talk", "put", "answer", "support", "endorse", "open")
"""Moves of which it does not matter here on which day they were made."""


@dataclass(frozen=True)
class Reached:
    """A world with the moves that led to it from its start."""

    start: Start
    world: World
    last_day: date
    path: tuple[str, ...] = ()


@dataclass
class Explored:
    """What a search saw: abstract states, moves tried, and each forbidden state with the shortest way to it."""

    states: int = 0
    tried: int = 0
    is_whole: bool = True
    depth: int = 0
    seen: list[World] = field(default_factory=list)
    forbidden: dict[str, Reached] = field(default_factory=dict)


def abstract(start: Start, world: World) -> Hashable:
    """What counts as the same state: what was done by which move, on which day where that matters, in no order."""
    named = [(world.names[entry.ref], entry.taken_on) for file in world.files.values() for entry in file.recorded]
    done = frozenset((name, None if name.endswith(UNDATED) else day) for name, day in named)
    return start.name, world.day, done, _news_last(world)


def _news_last(world: World) -> tuple[str, ...]:
    """In which order what is known of people and what was assessed came: it decides whether an assessment is stale."""
    told = [e for f in world.files.values() for e in f.recorded if f.kind == "person" or e.data.name == "assess_equality"]
    return tuple(world.names[entry.ref] for entry in sorted(told, key=lambda entry: entry.recorded_at))


def explore(edition: Edition, *, most: int | None = None, first_only: bool = False, starts: tuple[Start, ...] = STARTS) -> Explored:
    """Every state within reach, nearest first; `most` bounds the moves tried, `first_only` stops at the first find."""
    explored, queue, known = Explored(), deque[Reached](), set[Hashable]()
    for start in starts:
        world = start.world(edition)
        _arrive(Reached(start, world, world.day + timedelta(days=start.days)), explored, queue, known)
    while queue and not (first_only and explored.forbidden):
        reached = queue.popleft()
        for move in reached.start.moves:
            if most is not None and explored.tried >= most:
                explored.is_whole = False
                return explored
            explored.tried += 1
            world = reached.world.after(move)
            if world is not reached.world and world.day <= reached.last_day:
                _arrive(replace(reached, world=world, path=(*reached.path, move.name)), explored, queue, known)
    return explored


def _arrive(reached: Reached, explored: Explored, queue: deque[Reached], known: set[Hashable]) -> None:
    key = abstract(reached.start, reached.world)
    if key in known:
        return
    known.add(key)
    explored.states += 1
    explored.depth = max(explored.depth, len(reached.path))
    explored.seen.append(reached.world)
    found = forbidden(reached.world, reached.world.day)
    for name in found:
        explored.forbidden.setdefault(name, reached)
    if not found:
        queue.append(reached)
