"""How a rule is broken on purpose: edits to the edition's text, checks put in place of others, floors taken away."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from evenhand.casework.checks import CHECKS
from evenhand.casework.facts import Facts
from evenhand.casework.person import NEWS, PersonFile
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.edition import Edition
from evenhand.policy.engine import Check
from evenhand.policy.findings import Verdict, met
from evenhand.policy.parsing import parse

Edit = Callable[[str], str]


class NothingBroken(ValueError):
    """An edit that finds nothing to break: the edition says it otherwise now."""


@cache
def shipped_text() -> str:
    return (files("evenhand.policy") / "editions" / "stonewater-2020-05.toml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Mutant:
    """One broken rule, and the forbidden state that it lets through.

    Floors put a removed line back, so the checks and duties in `without_floors` lose theirs as well.
    """

    name: str
    lets_through: str
    edits: tuple[Edit, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    without_floors: tuple[str, ...] = ()

    def edition(self) -> Edition:
        text = shipped_text()
        for edit in self.edits:
            text = edit(text)
        floors = tuple(floor for floor in VOCABULARY.floors if not {floor.check, floor.duty} & {*self.without_floors})
        return parse(text, replace(VOCABULARY, checks={**CHECKS, **self.checks}, floors=floors))


# Edits to the edition


def changed(table: str, old: str, new: str) -> Edit:
    """Puts words in place of others within one table of the edition."""

    def edit(text: str) -> str:
        match = re.search(rf"^\[{re.escape(table)}\][^\n]*\n.*?(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
        if match is None or old not in match[0]:
            raise NothingBroken(f"[{table}] does not say {old!r}.")
        return text[: match.start()] + match[0].replace(old, new) + text[match.end() :]

    return edit


def line(step: str, name: str, change: Callable[[str], str]) -> Edit:
    """Changes every line of a step's gate that asks a check or owes a duty."""

    def edit(text: str) -> str:
        found = re.search(rf"^\[steps\.{step}\][^\n]*\n(?:.*\n)*?\]\n", text, re.MULTILINE)
        gate = found[0] if found else ""
        asked = rf'^    \{{ (?:check|duty) = "{name}",.*\n'
        broken = re.sub(asked, lambda match: change(match[0]), gate, flags=re.MULTILINE)
        if broken == gate:
            raise NothingBroken(f"{step} has no line {name} to break.")
        return text.replace(gate, broken)

    return edit


def dropped(step: str, name: str) -> Edit:
    return line(step, name, lambda _: "")


def softened(step: str, name: str) -> Edit:
    """A stop becomes a warning."""
    return line(step, name, lambda asked: asked.replace('force = "stop"', 'force = "warn"'))


def narrowed(step: str, name: str, when: str) -> Edit:
    """A line that always applied applies in one case only."""
    return line(step, name, lambda asked: asked.replace(" },\n", f", when = {{ {when} }} }},\n"))


# Checks put in place of others


def always(*names: str) -> dict[str, Check]:
    """Checks that are met whatever they are asked."""

    def answers(*_: Any, **__: Any) -> Verdict:
        return met("Always.")

    return {name: replace(CHECKS[name], function=answers) for name in names}


def seeing(change: Callable[[Facts], Facts], *names: str) -> dict[str, Check]:
    """Checks that see other facts than there are."""

    def blind(name: str) -> Callable[..., Verdict]:
        return lambda facts, *rest, **settings: CHECKS[name].function(change(facts), *rest, **settings)

    return {name: replace(CHECKS[name], function=blind(name)) for name in names}


def citing_is_enough() -> dict[str, Check]:
    """Whatever is cited counts as evidence, whoever it is about."""

    def answers(facts: Facts, measure: Any, **settings: Any) -> Verdict:
        return met("Cited.") if measure.evidence else CHECKS["evidence_cited"].function(facts, measure, **settings)

    return {"evidence_cited": replace(CHECKS["evidence_cited"], function=answers)}


def without_managers(facts: Facts) -> Facts:
    staff = {who: replace(member, managers=()) for who, member in facts.registers.staff.items()}
    return replace(facts, registers=replace(facts.registers, staff=staff))


def without_joint_tenants(facts: Facts) -> Facts:
    alone = {who: replace(known, joint_with=frozenset()) for who, known in facts.registers.customers.items()}
    return replace(facts, registers=replace(facts.registers, customers=alone))


def without_incidents(facts: Facts) -> Facts:
    return replace(facts, files={name: file for name, file in facts.files.items() if file.kind != "incident"})


def without_news(facts: Facts) -> Facts:
    """What became known of a person is not seen, so that no assessment is ever stale."""

    def known(file: Any) -> Any:
        if not isinstance(file, PersonFile):
            return file
        return PersonFile(file.name, [entry for entry in file.recorded if not isinstance(entry.data, NEWS)])

    return replace(facts, files={name: known(file) for name, file in facts.files.items()})
