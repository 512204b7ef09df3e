"""What the software does under each clause of an edition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from evenhand.casework.describing import asked_by, conditions_of
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import PeriodRule, Rule

FORCES: Mapping[str, str] = {"stop": "Refused unless yes", "owe": "Then owed", "warn": "Warned unless yes"}
SETTLED: Mapping[str, str] = {"policy": "the policy", "landlord": "the landlord", "law": "the law"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a step's gate: how hard it bites, what it asks, and when."""

    force: str
    asks: str
    when: str


@dataclass(frozen=True, slots=True)
class StepUnder:
    """A step with the lines of its gate that stand under one clause."""

    name: str
    title: str
    lines: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Something else that an edition says under a clause: of which kind, what it is called and what it says."""

    kind: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in the edition's own words, with all that stands under it."""

    number: str
    words: str
    steps: tuple[StepUnder, ...]
    held: tuple[Held, ...]

    @property
    def title(self) -> str:
        """What a list of clauses calls it: its first sentence, up to a colon or semicolon."""
        return re.split(r"[.:;] ", self.words, maxsplit=1)[0].removesuffix(".")


@cache
def clauses_of(edition: Edition) -> tuple[Clause, ...]:
    """Every clause, in the edition's order."""
    steps, held = _steps(edition), _held(edition)
    return tuple(
        Clause(number, words, tuple(steps.get(number, ())), tuple(held.get(number, ())))
        for number, words in edition.clauses.items()
    )


def asked(line: Rule, edition: Edition) -> Asked:
    """A gate line in plain words; a duty says within which period it is owed."""
    return Asked(
        FORCES[line.force.value],
        asked_by(line) or _owed(line, edition),
        conditions_of(line).strip(" ()").replace("_", " "),
    )


def _owed(line: Rule, edition: Edition) -> str:
    duty = edition.duties[line.duty or ""]
    period = (line.model_extra or {}).get("period") or duty.period
    return f"{duty.title}, {within(period, edition)}"


def within(period: str | None, edition: Edition) -> str:
    """How long something may take, in words."""
    return f"within {edition.periods[period].period}" if period else "by the day that the step fixes"


def _steps(edition: Edition) -> dict[str, list[StepUnder]]:
    found: dict[str, list[StepUnder]] = defaultdict(list)
    for name, step in edition.steps.items():
        lines: dict[str, list[Asked]] = defaultdict(list)
        for line in step.gate:
            lines[line.clause].append(asked(line, edition))
        for clause, several in lines.items():
            found[clause].append(StepUnder(name, step.title, tuple(several)))
    return found


def _held(edition: Edition) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = defaultdict(list)
    for clause, held in (*_numbers(edition), *_measures(edition), *_questions(edition)):
        found[clause].append(held)
    return found


def _numbers(edition: Edition) -> Iterator[tuple[str, Held]]:
    for name, rule in edition.periods.items():
        yield rule.clause, Held("Time limit", spelt(name), period_words(rule))
    for duty in edition.duties.values():
        by = ", ".join(edition.roles[role].title for role in duty.owners)
        yield duty.clause, Held("Duty", duty.title, f"{within(duty.period, edition)}, by: {by}")
    for name, kept in edition.retention.items():
        says = f"kept for {kept.months} months after it is closed, settled by {SETTLED[kept.settled_by]}"
        yield kept.clause, Held("How long we keep it", spelt(name), says)


def period_words(rule: PeriodRule) -> str:
    """'14 days, settled by the policy'."""
    soft = "; it may be departed from with a reason" if rule.soft else ""
    return f"{rule.period}, settled by {SETTLED[rule.settled_by]}{soft}"


def _measures(edition: Edition) -> Iterator[tuple[str, Held]]:
    for remedy in edition.remedies.values():
        yield remedy.clause, Held("Measure", remedy.title, remedy.says)
    for flag in edition.flags.values():
        says = f"looked at again within {flag.latest_months} months"
        yield flag.clause, Held("Warning flag", flag.title, says)


def _questions(edition: Edition) -> Iterator[tuple[str, Held]]:
    for question in edition.questions.values():
        yield question.clause, Held("Question", question.text, f"answers: {', '.join(question.answers)}")
    for behaviour in edition.behaviours.values():
        yield behaviour.clause, Held("Kind of conduct", behaviour.title, "")
    for topic in edition.topics.values():
        says = "stays open under every restriction" if topic.essential or topic.every_channel else ""
        yield topic.clause, Held("Reason to be in touch", topic.title, says)


def spelt(name: str) -> str:
    """A name of the edition as words: 'Decide late appeal'."""
    return name.replace("_", " ").capitalize()
