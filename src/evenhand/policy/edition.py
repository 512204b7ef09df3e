"""A policy edition: everything one issue of a landlord's policy says, parsed and bound."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from evenhand.policy.clock import Calendar
from evenhand.policy.engine import Gate
from evenhand.policy.findings import Citation
from evenhand.policy.shapes import (
    ALWAYS_ESSENTIAL,
    About,
    Appeals,
    Behaviour,
    Body,
    Channel,
    DutyRule,
    FlagCategory,
    Ladder,
    LetterRule,
    Need,
    Outside,
    PeriodRule,
    Question,
    Remedy,
    Retention,
    ReviewRule,
    Role,
    Scope,
    Settings,
    StepRule,
    Topic,
)


@dataclass(frozen=True, eq=False)
class Edition:
    """One whole issue of a policy, parsed and bound: see `parsing.parse`."""

    about: About
    clauses: Mapping[str, str]
    periods: Mapping[str, PeriodRule]
    reviews: Mapping[str, ReviewRule]
    remedies: Mapping[str, Remedy]
    roles: Mapping[str, Role]
    bodies: Mapping[str, Body]
    behaviours: Mapping[str, Behaviour]
    channels: Mapping[str, Channel]
    topics: Mapping[str, Topic]
    needs: Mapping[str, Need]
    questions: Mapping[str, Question]
    flags: Mapping[str, FlagCategory]
    appeals: Appeals
    ladder: Ladder
    scope: Scope
    letters: Mapping[str, LetterRule]
    outside: Mapping[str, Outside]
    duties: Mapping[str, DutyRule]
    retention: Mapping[str, Retention]
    settings: Settings
    codes: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, StepRule]
    gates: Mapping[str, Gate] = field(default_factory=dict)
    floors: tuple[str, ...] = ()
    unused_clauses: tuple[str, ...] = ()
    hash: str = ""

    @property
    def id(self) -> str:
        return self.about.id

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar.of(self.about.nation, extra_days=self.about.extra_holidays, not_days=self.about.not_holidays)

    def last_day(self, period: str, start: date) -> date:
        """The last day of a named period counted from `start`, inclusive."""
        return self.periods[period].period.end(start, self.calendar)

    @cached_property
    def soft(self) -> frozenset[str]:
        """The numbers that may be departed from with a reason: periods, review rules, longest terms, by name."""
        numbers = {name for name, period in self.periods.items() if period.soft}
        numbers |= {name for name, rule in self.reviews.items() if rule.soft}
        return frozenset(numbers | {name for name, remedy in self.remedies.items() if remedy.longest_soft})

    @cached_property
    def essential_topics(self) -> frozenset[str]:
        """Subjects that no restriction closes: those marked, and those that no edition can leave out (a floor)."""
        marked = frozenset(code for code, topic in self.topics.items() if topic.essential or topic.every_channel)
        return (marked | (ALWAYS_ESSENTIAL & self.topics.keys())) or frozenset(self.topics)

    @cached_property
    def cited(self) -> Mapping[str, Citation]:
        """What role and stage findings of each step cite: the clause of its first gate line, or the step's own."""
        clauses = {n: rule.clause or next((line.clause for line in rule.gate), "") for n, rule in self.steps.items()}
        return {name: Citation(self.id, clause) for name, clause in clauses.items()}

    @cached_property
    def holders(self) -> Mapping[str, frozenset[str]]:
        """For each role, every role whose holder counts as holding it (a manager is a colleague too)."""
        return {role: frozenset(other for other in self.roles if role in self._reach(other)) for role in self.roles}

    def _reach(self, role: str) -> set[str]:
        reached, queue = {role}, [role]
        while queue:
            new = [r for r in self.roles[queue.pop()].includes if r in self.roles and r not in reached]
            reached.update(new)
            queue.extend(new)
        return reached

    def held(self, roles: frozenset[str], wanted: tuple[str, ...]) -> str | None:
        """The first of the wanted roles that somebody with `roles` holds, or None."""
        return next((role for role in wanted if roles & self.holders.get(role, frozenset())), None)

    def kinds(self, remedy: str) -> frozenset[str]:
        """What a remedy does, with the measures it is made of; a remedy not in the catalogue is `unlisted`."""
        rule = self.remedies.get(remedy)
        if rule is None:
            return frozenset({"unlisted"})
        return rule.kinds.union(*(self.remedies[part].kinds for part in rule.includes if part in self.remedies))
