"""Gate lines: what is wrong with one as written, and its binding to the check or duty it names."""

from collections.abc import Iterable, Mapping
from typing import Any

from evenhand.policy.engine import BoundRule, Condition, StepKind, Vocabulary
from evenhand.policy.faults import Path, near
from evenhand.policy.findings import Citation
from evenhand.policy.shapes import Rule

# What a duty line may say besides the duty: the period by which it is owed, in place of the duty's own.
_DUTY_SETTINGS = ("period",)


def line_faults(step: str, line: Mapping[str, Any], vocabulary: Vocabulary) -> list[tuple[Path, str]]:
    """Everything wrong with a gate line's words, each with the place within the line.

    It takes the line as written, because one that lacks its clause may misname its check as well.
    """
    settings = {name: value for name, value in line.items() if name not in Rule.model_fields}
    check, duty = line.get("check"), line.get("duty")
    faults: list[tuple[Path, str]] = []
    if isinstance(check, str):
        faults += _check_faults(check, settings, vocabulary.steps.get(step), vocabulary)
    if isinstance(duty, str):
        faults += _duty_faults(duty, settings, vocabulary)
    for word in ("when", "unless"):
        faults += _condition_faults(word, line.get(word), vocabulary)
    return faults


def _check_faults(
    name: str, settings: Mapping[str, Any], step: StepKind | None, vocabulary: Vocabulary
) -> Iterable[tuple[Path, str]]:
    check = vocabulary.checks.get(name)
    if check is None:
        yield ("check",), f"no check is called {name}{near(name, vocabulary.checks)}"
        return
    for setting, says in check.faults(settings):
        is_misspelt = setting not in check.parameters
        yield (setting,), says + (near(setting, (*check.parameters, *Rule.model_fields)) if is_misspelt else "")
    lacking = [looked_at for looked_at in check.looks_at if step is not None and looked_at not in step.offers]
    for looked_at in lacking:
        yield ("check",), f"the check {name} looks at '{looked_at}', which this step does not have"


def _duty_faults(name: str, settings: Mapping[str, Any], vocabulary: Vocabulary) -> Iterable[tuple[Path, str]]:
    if name not in vocabulary.duties:
        yield ("duty",), f"no duty is called {name}{near(name, vocabulary.duties)}"
    for setting in settings.keys() - set(_DUTY_SETTINGS):
        hint = near(setting, (*Rule.model_fields, *_DUTY_SETTINGS))
        yield (setting,), f"'{setting}' is no setting of a duty; it has {', '.join(_DUTY_SETTINGS)}{hint}"


def _condition_faults(word: str, given: Any, vocabulary: Vocabulary) -> Iterable[tuple[Path, str]]:
    for trait, values in given.items() if isinstance(given, dict) else ():
        if trait not in vocabulary.traits:
            yield (word, trait), f"nothing called {trait} can be asked about{near(trait, vocabulary.traits)}"
        if values == []:
            yield (word, trait), "an empty list never holds: name at least one value"
        known = vocabulary.words.get(trait, frozenset())
        for value in values if isinstance(values, list) and known else ():
            if value not in known:
                yield (word, trait), f"{trait} is never {value!r}{near(str(value), known)}"


def bind(rule: Rule, edition: str, vocabulary: Vocabulary) -> BoundRule:
    """A gate line without faults, ready to be asked in the name of `edition`."""
    citation, conditions = Citation(edition, rule.clause), _conditions(rule, vocabulary)
    given = rule.model_extra or {}
    if rule.duty is not None:
        duty = vocabulary.duties[rule.duty]
        return BoundRule(duty.name, citation, rule.force, ("draft",), duty.ask, given, conditions, duty.promise)
    check = vocabulary.checks[rule.check or ""]
    settings = check.settings(given)
    return BoundRule(check.name, citation, rule.force, check.looks_at, check.function, settings, conditions)


def _conditions(rule: Rule, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    asked = [(trait, values, True) for trait, values in rule.when.items()]
    spared = [(trait, values, False) for trait, values in rule.unless.items()]
    return tuple(
        Condition(vocabulary.traits[trait], frozenset(values), holds) for trait, values, holds in asked + spared
    )
