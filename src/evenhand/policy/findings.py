"""What the policy answers: verdicts, findings and decisions.

A check returns a `Verdict`. The engine adds the clause and the force that the edition gives the rule: a `Finding`.
A `Decision` is every finding of one step, met ones included; a button, a refusal, a letter and the audit
quote the same one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Effect(StrEnum):
    """How hard a rule bites: the edition chooses it line by line."""

    STOP = "stop"
    OWE = "owe"
    WARN = "warn"


class Outcome(StrEnum):
    """What a check found. `unknown` means a fact is missing: ask, never guess."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check's answer: `sentence` may be printed in a letter; on the day `not_before`, time alone will meet it."""

    outcome: Outcome
    sentence: str
    not_before: date | None = None


def met(sentence: str) -> Verdict:
    """The condition holds; the sentence says by what."""
    return Verdict(Outcome.MET, sentence)


def not_met(sentence: str, *, not_before: date | None = None) -> Verdict:
    """The condition does not hold; the sentence says what is missing and what to do."""
    return Verdict(Outcome.NOT_MET, sentence, not_before)


def unknown(sentence: str) -> Verdict:
    """A fact is missing; the sentence says which."""
    return Verdict(Outcome.UNKNOWN, sentence)


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of one edition of the policy."""

    edition: str
    clause: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Something owed: which duty, by which roles, under which clause, by which day at the latest.

    `not_before` is the first day it may be done (a review's window); `about` names the entry it is owed for.
    A promise is fixed when its step is taken: no later change of a calendar or a policy moves it.
    """

    duty: str
    clause: str
    due_on: date
    owners: tuple[str, ...]
    about: str = ""
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer for one step."""

    check: str
    citation: Citation
    effect: Effect
    verdict: Verdict
    promise: Promise | None = None

    @property
    def is_met(self) -> bool:
        return self.verdict.outcome is Outcome.MET

    @property
    def stops(self) -> bool:
        """A stopping rule that is not met, or cannot be answered, refuses the step."""
        return self.effect is Effect.STOP and self.verdict.outcome is not Outcome.MET


class EmptyDecision(ValueError):
    """A decision without a finding would be an opinion without a reason."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Every finding on one step (and one target, where the step has one). It has no truth value: ask `allowed`.

    Raises `EmptyDecision` when made without findings.
    """

    step: str
    findings: tuple[Finding, ...]
    target: str = ""
    fixed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not self.findings:
            raise EmptyDecision(f"A decision on {self.step} needs at least one finding.")

    def __bool__(self) -> bool:
        raise TypeError("A decision is neither true nor false: ask .allowed, .is_open or .findings.")

    @property
    def allowed(self) -> bool:
        """True when no stopping rule is unmet or unanswered."""
        return not any(finding.stops for finding in self.findings)

    @property
    def is_open(self) -> bool:
        """True when nothing known stands in the way: what is still unanswered is asked on the form."""
        return not any(finding.stops and finding.verdict.outcome is Outcome.NOT_MET for finding in self.findings)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.effect is Effect.WARN and not f.is_met)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Every duty the step creates."""
        return tuple(f.promise for f in self.findings if f.promise is not None)
