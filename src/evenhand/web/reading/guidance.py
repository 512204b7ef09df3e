"""Guidance for colleagues, made from the edition: for each role, what each step is for and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evenhand.casework.describing import doc_of, fields_in_words
from evenhand.casework.steps import STEPS
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Rule, StepRule
from evenhand.web.reading.clauses import asked

PARTS = {
    "incident": "When something happened",
    "opening": "Opening and running a case",
    "person": "About the person",
    "casefacts": "Finding out",
    "assessment": "Weighing it up",
    "decision": "Deciding",
    "notice": "Telling, and looking again",
    "appeal": "Appeals and redress",
    "flag": "Warning flags",
    "inquiry": "Inquiries into what is said of a colleague",
    "control": "Keeping the record straight",
}
"""The steps by the part of the work they belong to, in the order of the work."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing the policy asks of a step, with its clause and when it is asked."""

    clause: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class GuideStep:
    """A step as guidance tells it."""

    name: str
    title: str
    what_for: str
    by: tuple[str, ...]
    fill_in: tuple[str, ...]
    first: tuple[Ask, ...]
    warned: tuple[Ask, ...]
    owed: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the work with its steps."""

    title: str
    steps: tuple[GuideStep, ...]


@cache
def guidance_for(edition: Edition, role: str) -> tuple[Part, ...]:
    """What the holder of a role may do, part by part; parts without a step are left out."""
    theirs = {name for name, rule in edition.steps.items() if edition.held(frozenset({role}), rule.roles)}
    parts = (Part(title, tuple(_in_part(part, edition, theirs))) for part, title in PARTS.items())
    return tuple(part for part in parts if part.steps)


def _in_part(part: str, edition: Edition, theirs: set[str]) -> list[GuideStep]:
    names = [name for name, model in STEPS.items() if model.__module__.endswith(f".{part}") and name in theirs]
    return [_guide(name, edition.steps[name], edition) for name in names]


def _guide(name: str, rule: StepRule, edition: Edition) -> GuideStep:
    titles = tuple(edition.roles[role].title for role in rule.roles if role not in ("system", "portal"))
    fields = tuple(field.label for field in fields_in_words(STEPS[name]) if field.label)
    asks = {force: tuple(_ask(line, edition) for line in rule.gate if line.force == force) for force in _FORCES}
    return GuideStep(
        name, rule.title, doc_of(STEPS[name]), titles, fields, asks["stop"], asks["warn"], asks["owe"]
    )  # fmt: skip


_FORCES = ("stop", "warn", "owe")


def _ask(line: Rule, edition: Edition) -> Ask:
    told = asked(line, edition)
    return Ask(line.clause, told.asks, told.when)
