"""Floors: rules that no edition can go below. An edition that asks less is used, with the floor, and that is said."""

from collections.abc import Iterator, Mapping
from typing import Any

from evenhand.policy.engine import Floor, Vocabulary
from evenhand.policy.faults import strictly
from evenhand.policy.findings import Effect
from evenhand.policy.gates import line_faults
from evenhand.policy.shapes import ALWAYS_ESSENTIAL, Kind, ReviewRule, Rule, StepRule

NEVER_REVIEWED = frozenset({Kind.WARNING, Kind.ACTION})
"""Kinds of measure that an edition may leave without a review: a warning lapses, an action is done."""

FLOOR_REVIEW = ReviewRule(clause="floor: a review date", per_decision=True)
"""Every other measure comes back: where an edition names no rule, each decision sets its own day."""

_HARDNESS = {Effect.WARN: 0, Effect.OWE: 1, Effect.STOP: 2}


def floors_of(vocabulary: Vocabulary) -> Iterator[tuple[Floor, Rule]]:
    """Every floor with the gate line it stands for. Raises `ValueError` when a floor names what code does not have."""
    for floor in vocabulary.floors:
        line: dict[str, Any] = {
            "check": floor.check,
            "duty": floor.duty,
            "clause": f"floor: {floor.name}",
            "force": floor.effect,
            "when": floor.when,
            "unless": floor.unless,
            **floor.settings,
        }
        wrong = [says for _, says in line_faults(floor.step, line, vocabulary)]
        if floor.step not in vocabulary.steps:
            wrong.append(f"no step is called {floor.step}")
        if wrong:
            raise ValueError(f"The floor '{floor.name}' cannot be kept: {'; '.join(wrong)}.")
        yield floor, strictly(Rule, line)


def lacking(steps: Mapping[str, StepRule], vocabulary: Vocabulary) -> Iterator[tuple[Floor, Rule]]:
    """The floors, with their lines, that the gates of an edition's steps do not keep by themselves."""
    for floor, line in floors_of(vocabulary):
        step = steps.get(floor.step)
        if step is not None and not any(_keeps(given, line, vocabulary) for given in step.gate):
            yield floor, line


def lowered(tables: Mapping[str, Any]) -> Iterator[str]:
    """What `policy check` says of tables that ask less than a floor: measures never reviewed, nothing essential."""
    for code, remedy in tables["remedies"].items():
        if not remedy.review and remedy.kind not in NEVER_REVIEWED:
            yield f"floor 'a review date' applies to remedies.{code}: each decision on it sets a day for its review"
    if "standard" not in tables["reviews"]:
        yield "floor 'a review date' applies to measures in words: each decision on one sets a day for its review"
    topics = tables["topics"]
    for code in sorted(ALWAYS_ESSENTIAL & topics.keys()):
        if not (topics[code].essential or topics[code].every_channel):
            yield f"floor 'essential access' applies to topics.{code}: it stays open under every restriction"
    if (
        not any(topic.essential or topic.every_channel for topic in topics.values())
        and not ALWAYS_ESSENTIAL & topics.keys()
    ):
        yield "floor 'essential access' applies to topics: none is marked essential, so no restriction closes any"


def said(floor: Floor) -> str:
    """The sentence by which `policy check` names a floor that was added."""
    return f"floor '{floor.name}' applies to {floor.step}: the edition asks less"


def _keeps(given: Rule, floor: Rule, vocabulary: Vocabulary) -> bool:
    """Whether a gate line asks what the floor asks, as hard, with the same settings, and at least as often."""
    return (
        (given.check, given.duty) == (floor.check, floor.duty)
        and _HARDNESS[given.force] >= _HARDNESS[floor.force]
        and all(trait in floor.when and set(values) >= set(floor.when[trait]) for trait, values in given.when.items())
        and all(set(values) <= set(floor.unless.get(trait, ())) for trait, values in given.unless.items())
        and all(_setting(given, name, vocabulary) == value for name, value in (floor.model_extra or {}).items())
    )


def _setting(rule: Rule, name: str, vocabulary: Vocabulary) -> Any:
    """What a line sets, or else the check's own default."""
    default = vocabulary.checks[rule.check].parameters[name].default if rule.check else None
    return (rule.model_extra or {}).get(name, default)
