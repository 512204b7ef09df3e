"""How fast the pure core folds, offers and replays, beside what a bare Python loop takes for the same entries."""

import cProfile
import pstats
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.timing import Measure, best_of
from evenhand.casework.case import CaseFile
from evenhand.casework.decide import options
from evenhand.casework.entry import AnyEntry, Entry, ref_of
from evenhand.casework.facts import Facts
from evenhand.casework.gather import gather
from evenhand.casework.scenario import Story, TakeLine, read_story
from evenhand.casework.steps.casefacts import RecordContact
from evenhand.casework.story import Memory, play
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.parsing import load

STORY = Path(__file__).with_name("fifteen_steps.yaml")
ENTRIES = 100


def story() -> Story:
    return read_story(STORY.name, STORY.read_bytes(), lambda name: load(name, VOCABULARY))


def played() -> Memory:
    """The memory in which the story was played to its end."""
    told = story()
    memory = Memory(told)
    replay = play(told, memory)
    if not replay.is_ok or sum(isinstance(line, TakeLine) for line in told.in_order) != 15:
        raise SystemExit("benchmarks: the story of fifteen steps does not hold; run it with 'evenhand replay'")
    return memory


def case_of(memory: Memory, length: int) -> list[AnyEntry]:
    """The story's case, lengthened by contacts to `length` entries."""
    file = memory.files["case-1"]
    last = file.recorded[-1]
    extra: list[AnyEntry] = [
        Entry(
            ref=ref_of("case-1", number),
            kind="case",
            file="case-1",
            sequence=number,
            data=RecordContact(channel="phone", topic="repairs", what=f"Call {number}."),
            by="olu",
            role="colleague",
            taken_on=last.taken_on,
            recorded_at=last.recorded_at + timedelta(minutes=number),
            edition=last.edition,
        )
        for number in range(last.sequence + 1, length + 1)
    ]
    return [*file.recorded, *extra]


def bare_fold(rows: list[dict[str, object]]) -> dict[object, list[dict[str, object]]]:
    """The least a fold could do: dictionaries grouped by step in one loop."""
    grouped: dict[object, list[dict[str, object]]] = {}
    for row in rows:
        grouped.setdefault(row["step"], []).append(row)
    return grouped


def fold(entries: list[AnyEntry]) -> CaseFile:
    file = CaseFile("case-1", entries)
    _ = file.state, file.sanctions, file.appeals
    return file


def facts_of(memory: Memory, entries: list[AnyEntry]) -> Facts:
    at = datetime(2021, 9, 13, 9, 0, tzinfo=UTC)
    memory.files["case-1"] = CaseFile("case-1", entries)
    registers, edition = memory.story.cast.on(at.date()), memory.story.edition
    return gather(memory, registers, edition, memory.files["case-1"], draft=None, actor="mina", at=at, day=at.date())


def measures() -> list[Measure]:
    memory, told = played(), story()
    entries = case_of(memory, ENTRIES)
    rows: list[dict[str, object]] = [{"step": e.data.name, "data": e.data.model_dump()} for e in entries]
    bare = best_of(lambda: bare_fold(rows))
    folded = best_of(lambda: fold(entries))
    offered = best_of(lambda: options(facts_of(memory, entries)))
    replayed = best_of(lambda: play(told), number=50)
    return [
        Measure(f"bare dictionary fold of {ENTRIES} entries", bare, "ms"),
        Measure(f"fold of {ENTRIES} entries", folded, "ms", folded / bare, "at most 0.2 ms"),
        Measure(
            f"options over every step, {ENTRIES} entries, fold included",
            offered,
            "ms",
            offered / bare,
            "at most 1.5 ms",
        ),
        Measure("replay of a parsed story of 15 steps", replayed, "ms", replayed / bare),
        Measure("such replays a second on one core", 1000 / replayed, "", note="1,000 is the aim"),
    ]


def spent_on(most: int = 8) -> list[str]:
    """What a replay's time is spent on: the functions with the most time of their own."""
    told, profile = story(), cProfile.Profile()
    profile.enable()
    for _ in range(200):
        play(told)
    profile.disable()
    functions = pstats.Stats(profile).get_stats_profile().func_profiles
    total = sum(spent.tottime for spent in functions.values())
    first = sorted(functions.items(), key=lambda item: -item[1].tottime)[:most]
    return [f"{spent.tottime / total:6.1%}  {Path(spent.file_name).name}: {name}" for name, spent in first]
