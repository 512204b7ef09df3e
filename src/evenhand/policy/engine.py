"""How a gate is asked: checks bound to an edition's lines, and the findings they give.

A check is a plain function. The names of its positional parameters say what it looks at (`facts`, `draft`, `sanction`
...); its keyword-only parameters are what an edition may set. A look that lacks something a check looks at gets the
answer *unknown*: the engine asks, and never guesses.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from pydantic import ValidationError

from evenhand.policy.faults import explained, strictly
from evenhand.policy.findings import Citation, Effect, Finding, Outcome, Promise, Verdict, not_met, unknown

Trait = Callable[[Any], frozenset[str] | None]
"""What a gate line's `when` may ask about; None when the look does not tell."""


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that an edition may ask for: its function, what it looks at, and the parameters it takes."""

    name: str
    function: Callable[..., Verdict]
    looks_at: tuple[str, ...]
    parameters: Mapping[str, inspect.Parameter]
    hints: Mapping[str, Any]

    @classmethod
    def of(cls, function: Callable[..., Verdict]) -> "Check":
        parameters = inspect.signature(function).parameters
        asked = tuple(name for name, p in parameters.items() if p.kind is not inspect.Parameter.KEYWORD_ONLY)
        settable = {name: p for name, p in parameters.items() if p.kind is inspect.Parameter.KEYWORD_ONLY}
        return cls(function.__name__, function, asked, settable, get_type_hints(function))

    @property
    def question(self) -> str:
        """The first line of the check's docstring: what it asks, for lists of steps."""
        return (inspect.getdoc(self.function) or self.name).splitlines()[0]

    def faults(self, given: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Every parameter of a gate line that does not fit the check: (parameter, what is wrong)."""
        wrong = [
            (name, f"'{name}' is no setting of the check {self.name}; it has {', '.join(self.parameters) or 'none'}")
            for name in given
            if name not in self.parameters
        ]
        for name, parameter in self.parameters.items():
            if name not in given:
                if parameter.default is inspect.Parameter.empty:
                    wrong.append((name, f"the check {self.name} needs '{name}'"))
                continue
            try:
                strictly(self.hints[name], given[name])
            except ValidationError as error:
                wrong += [(name, says) for _, says in explained(self.hints[name], error)]
        return wrong

    def settings(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The given parameters as the types the check declares."""
        return {name: strictly(self.hints[name], value) for name, value in given.items()}


@dataclass(frozen=True, slots=True)
class Condition:
    """One `when` or `unless` of a gate line."""

    trait: Trait
    any_of: frozenset[str]
    holds_if_any: bool

    def holds(self, look: Any) -> bool | None:
        seen = self.trait(look)
        return None if seen is None else bool(seen & self.any_of) is self.holds_if_any


@dataclass(frozen=True, slots=True)
class BoundRule:
    """One line of a gate, ready to be asked."""

    name: str
    citation: Citation
    effect: Effect
    looks_at: tuple[str, ...]
    ask: Callable[..., Verdict]
    settings: Mapping[str, Any] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    promise: Callable[[Any, "BoundRule"], tuple[Promise, ...]] | None = None
    not_told: Finding = field(init=False)

    def __post_init__(self) -> None:
        verdict = unknown("This is asked when the step is filled in.")
        object.__setattr__(self, "not_told", Finding(self.name, self.citation, self.effect, verdict))

    def findings(self, look: Any) -> tuple[Finding, ...]:
        """The rule's answer to a look: none where its conditions do not hold, several where several things are owed."""
        told = True
        for condition in self.conditions:
            holds = condition.holds(look)
            if holds is False:
                return ()
            told = told and holds is True
        if not told:
            return (self.not_told,)
        arguments = []
        for name in self.looks_at:
            argument = getattr(look, name)
            if argument is None:
                return (self.not_told,)
            arguments.append(argument)
        if self.promise is not None:
            return self._owed(look, self.promise(look, self))
        return (Finding(self.name, self.citation, self.effect, self.ask(*arguments, **self.settings)),)

    def _owed(self, look: Any, promises: tuple[Promise, ...]) -> tuple[Finding, ...]:
        verdict = self.ask(look)
        if verdict.outcome is Outcome.MET or not promises:
            return (Finding(self.name, self.citation, self.effect, verdict),)
        return tuple(
            Finding(self.name, self.citation, self.effect, _owed_by(verdict.sentence, promise), promise)
            for promise in promises
        )


def _owed_by(sentence: str, promise: Promise) -> Verdict:
    return not_met(f"{sentence} This is owed by {promise.due_on:%-d %B %Y}.")


Gate = tuple[BoundRule, ...]


def evaluate(gate: Gate, look: Any) -> list[Finding]:
    """Every finding of a gate on one look, in the gate's order."""
    return [finding for rule in gate for finding in rule.findings(look)]


@dataclass(frozen=True, slots=True)
class DutyKind:
    """What a duty line may name: how it is found discharged already, and how its promise is made.

    Where `counted`, its day may be counted by a period, which the duty's row or the line must then name.
    """

    name: str
    ask: Callable[[Any], Verdict]
    promise: Callable[[Any, BoundRule], tuple[Promise, ...]]
    counted: bool = False


@dataclass(frozen=True, slots=True)
class StepKind:
    """What an edition may open or close: a step's name, whether it decides, and what a look at it can hold."""

    name: str
    decides: bool
    offers: frozenset[str]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything an edition may name that code must know."""

    checks: Mapping[str, Check]
    duties: Mapping[str, DutyKind]
    traits: Mapping[str, Trait]
    steps: Mapping[str, StepKind]
    floors: tuple["Floor", ...] = ()
    letter_parts: frozenset[str] = frozenset()
    remedy_parameters: frozenset[str] = frozenset()
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The words each trait may answer with; one that is not here answers with words of the edition."""
    periods: frozenset[str] = frozenset()
    """The periods that code counts by name, so that every edition must give them."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A rule that no edition can go below: if `step` does not ask it with this force, it is added, and said by name."""

    name: str
    step: str
    check: str | None
    duty: str | None
    effect: Effect
    settings: Mapping[str, Any] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
