"""Breadth-first search from every start at once, so that what is near any of them is found first."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import File
from evenhand.casework.flag import FlagFile
from evenhand.casework.sanction import Sanction
from evenhand.policy.edition import Edition
from tests.explore.forbidden import forbidden
from tests.explore.reading import owed
from tests.explore.starts import STARTS, Start
from tests.explore.world import World


@dataclass(frozen=True)
class Reached:
    """A world with the moves that led to it from its start."""

    start: Start
    world: World
    last_day: date
    path: tuple[str, ...] = ()

    @property
    def way(self) -> str:
        """How it was reached, for whoever has to mend it."""
        return f"from '{self.start.name}': {' | '.join(self.path)}"


@dataclass
class Explored:
    """What a search saw: abstract states, moves tried, and each forbidden state with the shortest way to it."""

    states: int = 0
    tried: int = 0
    depth: int = 0
    seen: list[World] = field(default_factory=list)
    forbidden: dict[str, Reached] = field(default_factory=dict)


def abstract(start: Start, world: World) -> Hashable:
    """What counts as the same state: what was done by which move, and where every deadline and duty stands.

    Neither the order of what was done nor the day itself matters, save in what is told here.
    """
    done = frozenset(world.names.values())
    return start.name, done, _of_assessments(world), *(_of_file(file, world) for file in world.files.values())


def _of_file(file: File, world: World) -> Hashable:
    day = world.day
    if isinstance(file, CaseFile):
        sanctions = frozenset((world.names[ref], *_of_sanction(s, day)) for ref, s in file.sanctions.items())
        appeals = frozenset((world.names[ref], appeal.state) for ref, appeal in file.appeals.items())
        put = frozenset(_stands(entry.day("reply_by"), day) for entry in file.allegations.values())
        untold = frozenset(world.names[ref] for ref in file.outcomes_to_tell)
        return file.state, sanctions, appeals, put, untold, _of_duties(file, day)
    if isinstance(file, FlagFile):
        return file.live_on(day), _stands(file.review_by, day), file.open_dispute is None, _of_duties(file, day)
    return file.name


def _of_sanction(sanction: Sanction, day: date) -> tuple[Hashable, ...]:
    dates = (sanction.appeal_by, sanction.review_by, sanction.lapses_on)
    made_today = sanction.made.taken_on == day
    return sanction.bound_on(day), sanction.live_on(day), made_today, *(_stands(date, day) for date in dates)


def _stands(last: date | None, day: date) -> int | None:
    """Whether a last day lies ahead, is today, was yesterday or is long past."""
    return None if last is None else max(-2, min(1, (last - day).days))


def _of_duties(file: File, day: date) -> Hashable:
    return frozenset((duty.promise.duty, duty.overdue_on(day)) for duty in owed(file) if duty.open_on(day))


def _of_assessments(world: World) -> Hashable:
    """Which assessments were made since the last decision, and since anything became known of a person."""
    recorded = [entry for file in world.files.values() for entry in file.recorded]
    news = max((e.recorded_at for e in recorded if e.kind == "person"), default=None)
    decided = max((e.recorded_at for e in recorded if e.data.name in DECIDING), default=None)
    assessed = [entry for entry in recorded if entry.data.name == "assess_equality"]
    fresh = {
        (world.names[e.ref], news is None or news < e.recorded_at, decided is None or decided < e.recorded_at)
        for e in assessed
    }
    return frozenset(fresh)


DECIDING = ("propose_sanction", "approve_sanction", "take_urgent_action", "review_sanction", "approve_flag")


def explore(edition: Edition, *, sought: str | None = None, starts: tuple[Start, ...] = STARTS) -> Explored:
    """Every state within reach, nearest first; stops early at a forbidden state whose name begins as `sought`."""
    explored, queue, known = Explored(), deque[Reached](), set[Hashable]()
    for start in starts:
        world = start.world(edition)
        _arrive(Reached(start, world, world.day + timedelta(days=start.days)), explored, queue, known)
    while queue and not (sought is not None and any(name.startswith(sought) for name in explored.forbidden)):
        reached = queue.popleft()
        for move in reached.start.moves:
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
    if not found and len(reached.path) < reached.start.deep:
        queue.append(reached)
