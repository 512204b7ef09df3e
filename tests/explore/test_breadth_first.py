"""Every state within reach of the starts, by the real `decide.take`: none is forbidden, and the search goes far."""

from __future__ import annotations

from collections import Counter

import pytest

from evenhand.casework.case import CaseFile
from evenhand.casework.duties import duties
from evenhand.casework.flag import FlagFile
from tests.explore.moves import MOVES
from tests.explore.search import explore
from tests.explore.starts import STARTS
from tests.explore.world import World, shipped_edition


@pytest.mark.unmeasured
def test_breadth_first_h5_h6_h8_no_forbidden_state_is_within_reach():
    explored = explore(shipped_edition())
    reached = Counter(what for world in explored.seen for what in _stages(world))
    print(
        f"{explored.tried} moves tried, {explored.states} abstract states, {explored.depth} moves deep: {dict(reached)}"
    )
    assert {name: reached.way for name, reached in explored.forbidden.items()} == {}
    assert explored.states > 4000
    assert {what: count >= 10 for what, count in reached.items()} == dict.fromkeys(EVERY_STAGE, True)


EVERY_STAGE = (
    "case opened", "case endorsed", "case closed", "live sanction", "live urgent action", "two live sanctions",
    "sanction on a joint tenant", "possession notice served", "court order made", "sanction ended", "review overdue",
    "appeal late", "appeal refused", "appeal assigned", "appeal decided", "appeal admitted", "flag live", "flag ended",
    "flag proposed", "flag disputed", "duty overdue",
)  # fmt: skip


def _stages(world: World) -> set[str]:
    """What a world shows that the search should have met."""
    cases = [file for file in world.files.values() if isinstance(file, CaseFile)]
    flags = [file for file in world.files.values() if isinstance(file, FlagFile)]
    return {*_of_sanctions(cases, world), *_of_files(cases, flags, world)}


def _of_sanctions(cases, world):
    sanctions = [sanction for case in cases for sanction in case.sanctions.values()]
    live = [sanction for sanction in sanctions if sanction.bound_on(world.day)]
    shown = {
        "live sanction": bool(live),
        "live urgent action": any(sanction.is_urgent for sanction in live),
        "two live sanctions": len(live) > 1,
        "sanction on a joint tenant": any(sanction.subject == "dan" for sanction in live),
        "possession notice served": any(s.measure.remedy == "notice_seeking_possession" for s in live),
        "court order made": any(sanction.measure.remedy == "civil_injunction" for sanction in live),
        "sanction ended": any(sanction.ended_on for sanction in sanctions),
        "review overdue": any(sanction.review_overdue_on(world.day) for sanction in live),
    }
    return (what for what, is_so in shown.items() if is_so)


def _of_files(cases, flags, world):
    yield from (f"case {case.state}" for case in cases)
    yield from (f"appeal {appeal.state}" for case in cases for appeal in case.appeals.values())
    yield from ("flag live" for flag in flags if flag.live_on(world.day))
    yield from (f"flag {flag.state}" for flag in flags if flag.state in ("ended", "proposed"))
    yield from ("flag disputed" for flag in flags if flag.open_dispute)
    yield from ("duty overdue" for case in cases for duty in duties(case) if duty.overdue_on(world.day))


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.name)
def test_starts_are_reached_by_steps_that_are_all_allowed(start):
    world = World(shipped_edition())
    refused = []
    for name in start.script:
        after = world.after(MOVES[name])
        refused += [name] if after is world else []
        world = after
    assert refused == []
