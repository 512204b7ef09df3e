"""`evenhand steps`: everything that is needed to write a scenario."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import click

from evenhand.casework.asks import ASKS, TAKEN
from evenhand.casework.cast import PEOPLE, HomeCard, Tenancy
from evenhand.casework.describing import (
    FieldWords,
    asked_by,
    code_lists,
    conditions_of,
    doc_of,
    fields_in_words,
    nested_in,
)
from evenhand.casework.factpaths import paths_of
from evenhand.casework.scenario import Head
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import Data, FileKind, StepData
from evenhand.casework.storylines import LineFields
from evenhand.cli.editions import SHIPPED, edition_named
from evenhand.policy.edition import Edition

EXAMPLE = """\
scenario: One call of swearing, settled by talking
edition: stonewater-2020-05
people:
  olu:   {is: staff, roles: [case_officer], manager: mina}
  mina:  {is: staff, roles: [manager]}
  carol: {is: customer, tenure: assured, needs: [{need: cannot_write, since: 2019-01-01}]}
story:
  - {at: 2021-07-01T09:00, by: olu, take: report_incident, file: incident-1, as: report,
     with: {subject: carol, happened_on: 2021-06-30, what_happened: Swore at a colleague on the phone}}
  - {at: 2021-07-01T09:30, ask: duties, file: incident-1, expect: {due: ["1.4"], overdue: []}}"""

NOTES = (
    "A take with no 'expect' must be allowed. 'refused' lists clauses that must each be cited by what stops it.",
    "Expectations name a subset: others may be there too; an empty list means none at all.",
    "'due' leaves out what is overdue; 'owed' is every duty that the step created.",
    "'as' names the entry made: later lines use that name where a field is the name of an entry.",
    "A file is made by its first step: call it incident-1, case-1, flag-1, inquiry-1; a customer's own bears their id.",
    "Days are written 2021-08-06, times 09:30; a time without an offset is London time.",
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, with each step's data as JSON Schema.")
@click.option("--edition", default=SHIPPED, show_default=True, help="A shipped edition, or a file.")
def steps(as_json: bool, edition: str) -> None:
    """Print every step, and all else that a scenario may say."""
    found = edition_named(edition)
    if as_json:
        click.echo(json.dumps(in_json(found), indent=2, ensure_ascii=False))
        return
    for line in _text(found):
        click.echo(line)


def in_json(edition: Edition) -> dict[str, Any]:
    """Everything a scenario may say, for machines."""
    return {
        "edition": edition.id,
        "head": Head.model_json_schema(),
        "people": {kind: model.model_json_schema() for kind, model in PEOPLE.items()},
        "homes": HomeCard.model_json_schema(),
        "tenancies": Tenancy.model_json_schema(),
        "line": LineFields.model_json_schema(),
        "expectations": {key: holds.value for key, holds in TAKEN.items()},
        "asks": {
            name: {
                "says": ask.says,
                "of": ask.of,
                "needs_by": ask.needs_by,
                "data": ask.data.model_json_schema(),
                "expectations": {key: holds.value for key, holds in ask.expects.items()},
            }
            for name, ask in ASKS.items()
        },
        "fact_paths": {kind: paths_of(kind) for kind in get_args(FileKind)},
        "codes": code_lists(edition),
        "floors": list(edition.floors),
        "steps": [_step_in_json(step, edition) for name, step in STEPS.items() if name in edition.steps],
    }


def _step_in_json(step: type[StepData], edition: Edition) -> dict[str, Any]:
    rule = edition.steps[step.name]
    return {
        "name": step.name,
        "title": rule.title,
        "says": doc_of(step),
        "files": step.files,
        "starts": step.starts,
        "decides": step.decides,
        "roles": rule.roles,
        "clause": rule.clause,
        "correctable": step.correctable,
        "gate": [{**line.model_dump(exclude_none=True, mode="json"), "asks": asked_by(line)} for line in rule.gate],
        "data": step.model_json_schema(),
    }


def _text(edition: Edition) -> Iterator[str]:
    yield f"Everything a scenario may say, under {edition.id}."
    yield from _titled("A scenario", EXAMPLE.splitlines())
    yield from _titled("How it is read", NOTES)
    yield from _titled("Top of a scenario", _fields(Head))
    for kind, model in PEOPLE.items():
        yield from _titled(f"people: {{is: {kind}, ...}}", _fields(model))
    yield from _titled("homes, each under its UPRN", _fields(HomeCard))
    yield from _titled("tenancies, a list", _fields(Tenancy))
    yield from _titled("A line", _fields(LineFields))
    yield from _titled("expect, of a step", (f"{key}: {holds.value}" for key, holds in TAKEN.items()))
    for name in ASKS:
        yield from _ask(name)
    for kind in get_args(FileKind):
        yield from _titled(f"Facts of a file: {kind}", paths_of(kind))
    for name, codes in code_lists(edition).items():
        yield from _titled(f"Codes: {name}", (f"{code}: {title}" for code, title in codes.items()))
    for name, step in STEPS.items():
        if name in edition.steps:
            yield from _step(step, edition)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)
    yield from (f"  {line}" for line in lines)


def _fields(model: type[Data]) -> Iterator[str]:
    yield from (_field(field) for field in fields_in_words(model))
    for nested in dict.fromkeys(nested_in(model)):
        yield f"within, {nested.__name__.lower()}: {doc_of(nested)}"
        yield from (f"  {line}" for line in _fields(nested))


def _field(field: FieldWords) -> str:
    says = ". ".join(part.rstrip(".") for part in (field.label, field.hint) if part)
    return f"{field.name}: {field.type}{' (needed)' if field.is_needed else ''} - {says}"


def _ask(name: str) -> Iterator[str]:
    ask = ASKS[name]
    where = {"file": "'file'", "about": "'about', a customer", "place": "'about' a customer, or 'with' place or people"}
    yield from _titled(f"ask: {name}", [ask.says, f"asked of {where[ask.of]}{', with by' if ask.needs_by else ''}"])
    yield from (f"  with {line}" for line in _fields(ask.data))
    yield from (f"  expect {key}: {holds.value}" for key, holds in ask.expects.items())
    if not ask.expects:
        yield "  expect {path: value}: see the facts of each kind of file"


def _step(step: type[StepData], edition: Edition) -> Iterator[str]:
    rule = edition.steps[step.name]
    where = f"on {' or '.join(step.files)}" + (f"; may start {' or '.join(step.starts)}" if step.starts else "")
    yield from _titled(f"take: {step.name} - {rule.title}", [doc_of(step), f"{where}; by {', '.join(rule.roles)}"])
    yield from (f"    {line}" for line in _fields(step))
    for line in rule.gate:
        yield f"    {line.force.value:<5} {line.clause:<5} {line.check or line.duty}{conditions_of(line)}"
