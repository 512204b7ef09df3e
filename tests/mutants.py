"""Seeded rule breaks: each breaks one rule of the edition or one check, and a search must come upon what it lets through.

`python -m tests.mutants` breaks each in turn and prints which search found which; it fails if one is found by neither.
Where a floor would put a removed line back, the floor is part of what is broken.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from time import perf_counter
from typing import Any

from evenhand.casework.checks import CHECKS
from evenhand.casework.facts import Facts
from evenhand.casework.person import NEWS, PersonFile
from evenhand.casework.registers import Registers
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.edition import Edition
from evenhand.policy.engine import Check
from evenhand.policy.findings import Verdict, met
from evenhand.policy.parsing import parse
from tests.explore.search import explore
from tests.explore.walking import CameUpon, walk

Edit = Callable[[str], str]
MOST_MOVES = 60_000
"""How many moves the breadth-first search may try under one broken rule."""


@cache
def _shipped() -> str:
    path = files("evenhand.policy") / "editions" / "stonewater-2020-05.toml"
    return path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Mutant:
    """A broken rule: edits to the edition's text, checks put in place of others, floors that no longer hold."""

    name: str
    edits: tuple[Edit, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    without_floors: tuple[str, ...] = ()

    def edition(self) -> Edition:
        text = _shipped()
        for edit in self.edits:
            text = edit(text)
        floors = tuple(f for f in VOCABULARY.floors if not {f.check, f.duty} & {*self.without_floors})
        return parse(text, replace(VOCABULARY, checks={**CHECKS, **self.checks}, floors=floors))


class NothingBroken(ValueError):
    """An edit that finds nothing to break: the edition says it otherwise now."""


def changed(table: str, old: str, new: str) -> Edit:
    """Puts words in place of others within one table of the edition."""

    def edit(text: str) -> str:
        match = re.search(rf"^\[{re.escape(table)}\][^\n]*\n.*?(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
        if match is None or old not in match[0]:
            raise NothingBroken(f"[{table}] does not say {old!r}.")
        return text[: match.start()] + match[0].replace(old, new) + text[match.end() :]

    return edit


def _line(step: str, name: str, change: Callable[[str], str]) -> Edit:
    """Changes every line of a step's gate that asks a check or owes a duty."""

    def edit(text: str) -> str:
        pattern = rf'^    \{{ (?:check|duty) = "{name}",.*\n'
        found = re.search(rf"^\[steps\.{step}\][^\n]*\n(?:.*\n)*?\]\n", text, re.MULTILINE)
        gate = found[0] if found else ""
        broken = re.sub(pattern, lambda line: change(line[0]), gate, flags=re.MULTILINE)
        if broken == gate:
            raise NothingBroken(f"{step} has no line {name} to break.")
        return text.replace(gate, broken)

    return edit


def dropped(step: str, name: str) -> Edit:
    return _line(step, name, lambda _: "")


def softened(step: str, name: str) -> Edit:
    return _line(step, name, lambda line: line.replace('force = "stop"', 'force = "warn"'))


def narrowed(step: str, name: str, when: str) -> Edit:
    """Asks a line only in a case in which it hardly ever matters."""
    return _line(step, name, lambda line: line.replace(" },\n", f", when = {{ {when} }} }},\n"))


def always(name: str) -> dict[str, Check]:
    """A check that is met whatever it is asked."""

    def answers(*_: Any, **__: Any) -> Verdict:
        return met("Always.")

    return {name: replace(CHECKS[name], function=answers)}


def seeing(name: str, change: Callable[[Facts], Facts]) -> dict[str, Check]:
    """A check that sees other facts than there are."""
    asked = CHECKS[name].function

    def answers(facts: Facts, *rest: Any, **settings: Any) -> Verdict:
        return asked(change(facts), *rest, **settings)

    return {name: replace(CHECKS[name], function=answers)}


def _without_managers(facts: Facts) -> Facts:
    staff = {who: replace(member, managers=()) for who, member in facts.registers.staff.items()}
    return replace(facts, registers=replace(facts.registers, staff=staff))


def _without_joint_tenants(facts: Facts) -> Facts:
    alone = {who: replace(known, joint_with=frozenset()) for who, known in facts.registers.customers.items()}
    return replace(facts, registers=Registers(facts.registers.staff, alone, facts.registers.homes))


def _without_incidents(facts: Facts) -> Facts:
    return replace(facts, files={name: file for name, file in facts.files.items() if file.kind != "incident"})


def _without_news(facts: Facts) -> Facts:
    def kept(file: Any) -> Any:
        if not isinstance(file, PersonFile):
            return file
        return PersonFile(file.name, [entry for entry in file.recorded if not isinstance(entry.data, NEWS)])

    return replace(facts, files={name: kept(file) for name, file in facts.files.items()})


def _as_if_shown(facts: Facts, measure: Any, **settings: Any) -> Verdict:
    """Any report will do as evidence, whoever it is about."""
    return CHECKS["evidence_cited"].function(facts, measure, **settings) if not measure.evidence else met("Cited.")


EQUALITY = ("equality_assessed",)
MUTANTS: tuple[Mutant, ...] = (
    # The edition: lines dropped
    Mutant(
        "no equality assessment before a sanction",
        (dropped("propose_sanction", "equality_assessed"), dropped("approve_sanction", "equality_assessed")),
        without_floors=EQUALITY,
    ),
    Mutant("no equality assessment before urgent action", (dropped("take_urgent_action", "equality_assessed"),), without_floors=EQUALITY),
    Mutant("no equality assessment before going on", (dropped("review_sanction", "equality_assessed"),)),
    Mutant("no conversation considered", (dropped("propose_sanction", "conversation_considered"),)),
    Mutant("no warning first", (dropped("propose_sanction", "lower_rung_tried"),)),
    Mutant("one person bound is not asked", (dropped("propose_sanction", "one_person_bound"),)),
    Mutant("joint tenants need not be served", (dropped("serve_notice_seeking_possession", "every_joint_tenant_served"),)),
    Mutant("a notice may come before its decision", (dropped("give_notice", "notice_follows_decision"),)),
    Mutant("next review anywhere", (dropped("review_sanction", "next_review_in_window"), changed("reviews.standard", "latest_months = 3", "latest_months = 6"))),
    Mutant("closed with allegations never put", (dropped("close_case", "allegations_put"),)),
    Mutant("closed with an appeal open", (dropped("close_case", "no_open_appeal"), dropped("close_case", "no_duty_owed"))),
    Mutant("a dispute decided by anybody", (dropped("decide_flag_dispute", "decider_apart_from_flag"),)),
    Mutant(
        "an involved officer decides",
        (dropped("assign_appeal", "officer_apart"), dropped("decide_appeal", "decider_apart")),
        without_floors=("officer_apart", "decider_apart"),
    ),
    Mutant("lateness decided by somebody involved", (dropped("decide_late_appeal", "decider_apart"),)),
    Mutant("the approver assigns the appeal", (dropped("assign_appeal", "assigner_apart"),)),
    # The edition: a stop made a warning
    Mutant("evidence only warned about", (softened("propose_sanction", "evidence_cited"), softened("approve_sanction", "evidence_cited"))),
    Mutant("skipping a warning only warned about", (softened("approve_sanction", "departure_accepted"),)),
    Mutant("the proposer may approve", (softened("approve_sanction", "approver_apart"),)),
    Mutant("a contractor may be told all", (softened("disclose", "no_more_than_needed"),)),
    Mutant("closed with a live sanction", (softened("close_case", "no_live_sanction"),)),
    # The edition: a number, a role, a condition
    Mutant("a fourth month to review", (changed("reviews.standard", "latest_months = 3", "latest_months = 4"),)),
    Mutant("thirteen days to appeal", (changed("periods", "appeal = { clause = \"5.6\", days = 14", "appeal = { clause = \"5.6\", days = 13"),)),
    Mutant("fifteen days to appeal", (changed("periods", "appeal = { clause = \"5.6\", days = 14", "appeal = { clause = \"5.6\", days = 15"),)),
    Mutant("time to appeal runs from the decision", (changed("appeals", 'counted_from = "notice"', 'counted_from = "decision"'),)),
    Mutant("seven months to review a flag", (changed("flags", 'threats_and_abuse = { title = "Threats or abuse", clause = "5.3", latest_months = 6', 'threats_and_abuse = { title = "Threats or abuse", clause = "5.3", latest_months = 7'),)),
    Mutant("three days to tell of urgent action", (changed("periods", 'notice_urgent = { clause = "5.1", working_days = 2', 'notice_urgent = { clause = "5.1", working_days = 3'),)),
    Mutant("warnings count for ever", (changed("ladder", 'counting = "live"', 'counting = "given"'),)),
    Mutant(
        "colleagues approve",
        (
            changed("steps.approve_sanction", 'roles = ["manager"]', 'roles = ["colleague"]'),
            changed("remedies.restricted_channels", 'approvers = ["manager"]', 'approvers = ["colleague"]'),
        ),
    ),
    Mutant("managers grant injunctions", (changed("remedies.civil_injunction", 'approvers = ["senior_officer"]', 'approvers = ["manager"]'),)),
    Mutant("repairs not essential", (changed("topics", 'repairs = { title = "Repairs", clause = "6.1", essential = true }', 'repairs = { title = "Repairs", clause = "6.1" }'),)),
    Mutant("hearing owed only before the court", (narrowed("take_urgent_action", "hear_customer", 'kind = ["court"]'),)),
    Mutant("lawyers owed only after a warning", (_line("take_urgent_action", "instruct_legal", lambda line: line.replace('["court"]', '["warning"]')),)),
    # The edition: duties dropped
    Mutant("telling of urgent action not owed", (dropped("take_urgent_action", "give_notice"),), without_floors=("give_notice",)),
    Mutant("full assessment after urgent action not owed", (dropped("take_urgent_action", "assess_equality"),)),
    Mutant("review not owed once told", (dropped("give_notice", "review_sanction"),), without_floors=("review_sanction",)),
    Mutant("review of a review not owed", (dropped("review_sanction", "review_sanction"),)),
    Mutant("telling of a review not owed", (dropped("review_sanction", "give_notice"),), without_floors=("give_notice",)),
    Mutant("telling of a flag not owed", (dropped("approve_flag", "tell_person"),), without_floors=("tell_person",)),
    Mutant("deciding an appeal not owed", (dropped("receive_appeal", "decide_appeal"),)),
    # The checks
    Mutant("equality always assessed", checks=always("equality_assessed")),
    Mutant("assessments never stale", checks=seeing("equality_assessed", _without_news)),
    Mutant("conversation always considered", checks=always("conversation_considered")),
    Mutant("any report is evidence", checks={"evidence_cited": replace(CHECKS["evidence_cited"], function=_as_if_shown)} | always("one_person_bound")),
    Mutant("essential access always kept", checks=always("essential_access_kept")),
    Mutant("late appeals always let in", checks=always("appeal_admitted")),
    Mutant("managers not counted as involved", checks=seeing("officer_apart", _without_managers) | seeing("decider_apart", _without_managers)),
    Mutant("reporters not counted as involved", checks=seeing("approver_apart", _without_incidents)),
    Mutant("joint tenants overlooked", checks=seeing("every_joint_tenant_served", _without_joint_tenants)),
    Mutant("nothing ever open at closing", checks=always("no_open_appeal") | always("no_duty_owed")),
    Mutant("allegations always put", checks=always("allegations_put")),
)  # fmt: skip


Hunt = Callable[[Edition], str]


def by_breadth(edition: Edition) -> str:
    """The first forbidden state that breadth-first search finds, or ''."""
    return next(iter(explore(edition, most=MOST_MOVES, first_only=True).forbidden), "")


def at_random(edition: Edition) -> str:
    """What random walks come upon first, or ''."""
    try:
        walk(edition, walks=400, steps=25, shrink=False)
    except CameUpon as error:
        return str(error)
    return ""


HUNTS: Mapping[str, Hunt] = {"breadth": by_breadth, "random": at_random}


def main() -> int:
    """Prints which search found which broken rule. 1 if one was found by neither."""
    missed = 0
    for mutant in MUTANTS:
        row = []
        for name, hunt in HUNTS.items():
            began = perf_counter()
            found = hunt(mutant.edition())
            row.append((f"{name} {'found' if found else '-':5} {perf_counter() - began:5.1f} s", found))
        missed += not any(found for _, found in row)
        first = next((found for _, found in row if found), "FOUND BY NEITHER")
        print(f"{mutant.name:48} {'  '.join(said for said, _ in row)}  {first}", flush=True)
    print(f"{len(MUTANTS)} broken rules, {len(MUTANTS) - missed} found, {missed} found by neither.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
