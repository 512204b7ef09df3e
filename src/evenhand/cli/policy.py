"""`evenhand policy`: check an edition, print one, compare two, start a new one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from evenhand.cli.editions import SHIPPED, edition_named
from evenhand.policy.comparing import PARTS, compare
from evenhand.policy.edition import Edition
from evenhand.policy.faults import BadPolicy
from evenhand.policy.parsing import new_edition_text
from evenhand.policy.shapes import Deciders, Remedy, ReviewRule, Rule


@click.group()
def policy() -> None:
    """Editions of the policy: check, show, compare, start a new one."""


@policy.command(name="check")
@click.argument("file")
@click.pass_context
def check_edition(context: click.Context, file: str) -> None:
    """Check an edition, a file or a shipped one: every fault at once, by line."""
    try:
        edition = edition_named(file)
    except BadPolicy as error:
        for fault in error.faults:
            click.echo(f"{file}: {fault}", err=True)
        context.exit(1)
    click.echo(f"{file}: {edition.about.title}, {edition.id}: no faults.")
    for floor in edition.floors:
        click.echo(f"  added, as no edition can go below it: {floor}")
    if edition.unused_clauses:
        click.echo(f"  nothing refers to these clauses: {', '.join(edition.unused_clauses)}")


@policy.command()
def new() -> None:
    """Print the commented file from which a landlord's own edition starts."""
    click.echo(new_edition_text(), nl=False)


@policy.command()
@click.argument("edition", default=SHIPPED)
def show(edition: str) -> None:
    """Print an edition as people read it: clauses, numbers, measures, and what each step asks."""
    for line in _shown(edition_named(edition)):
        click.echo(line)


@policy.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Print what changes from one edition to another, files or shipped ones, part by part."""
    changes = compare(edition_named(old), edition_named(new))
    for part, several in groupby(changes, key=lambda change: change.part):
        click.echo(PARTS[part])
        for change in several:
            click.echo(f"  {f'[{change.clause}] ' if change.clause else ''}{change.sentence}")
    if not changes:
        click.echo(f"{old} and {new} say the same.")


def _shown(edition: Edition) -> Iterator[str]:
    about = edition.about
    yield f"{about.landlord}: {about.title} ({about.id})"
    yield f"approved {about.approved_on or 'on no stated day'}, to be looked at again by {about.review_by or 'no day'}"
    yield ""
    yield "Clauses"
    yield from (f"  {clause:<5} {text}" for clause, text in edition.clauses.items())
    yield ""
    yield "Periods"
    for name, number in edition.periods.items():
        soft = ", may be departed from with a reason" if number.soft else ""
        yield f"  {name:<22} {number.period!s:<18} {number.clause:<5} settled by {number.settled_by}{soft}"
    yield ""
    yield "Reviews"
    yield from (f"  {name:<22} {_review(rule)}" for name, rule in edition.reviews.items())
    yield ""
    yield "Measures"
    for name, remedy in edition.remedies.items():
        yield f"  {name:<30} rung {remedy.rung}, {remedy.kind.value.replace('_', ' ')}: {remedy.title}"
        yield f"    {_decided(remedy)}"
    yield ""
    yield "Duties"
    for name, duty in edition.duties.items():
        within = f"within {edition.periods[duty.period].period}" if duty.period else "by the day its step fixes"
        yield f"  {name:<22} {duty.clause:<5} {', '.join(duty.owners)}, {within}: {duty.title}"
    yield ""
    yield "Kept for"
    yield from (
        f"  {name:<22} {rule.months} months, settled by {rule.settled_by}" for name, rule in edition.retention.items()
    )
    yield ""
    yield "Steps"
    for name, step in edition.steps.items():
        yield f"  {name}: {step.title} ({', '.join(step.roles)})"
        for rule in step.gate:
            yield f"    {rule.force.value:<5} {rule.clause:<5} {rule.check or rule.duty}{_asked_when(rule)}"


def _review(rule: ReviewRule) -> str:
    """A review rule in words: its window, and what the day brings if nobody decides."""
    if rule.per_decision:
        window = "on a day that each decision sets"
    elif rule.meetings:
        window = "at fixed meetings"
    else:
        window = (
            f"{rule.earliest_months or 0} to {rule.latest_months} months from {rule.counted_from.replace('_', ' ')}"
        )
    return f"{window}; undecided, the measure {rule.if_undecided} (settled by {rule.settled_by})"


def _decided(remedy: Remedy) -> str:
    """Who decides a measure, how long it lasts, and how often it comes back."""
    lasts = f"at most {remedy.longest_months} months" if remedy.longest_months else "no longest term"
    life = f", lapses after {remedy.life_months} months" if remedy.life_months else ""
    beyond = f"; beyond that {_deciders(remedy.approvers_beyond)}" if remedy.approvers_beyond else ""
    return f"decided by {_deciders(remedy.approvers)}, {lasts}{beyond}{life}, review: {remedy.review or 'none'}"


def _deciders(deciders: Deciders) -> str:
    given = deciders.model_dump(exclude_defaults=True)
    return "; ".join(
        f"{way.replace('_', ' ')} {', '.join(value) if isinstance(value, tuple) else value}"
        for way, value in given.items()
    )


def _asked_when(rule: Rule) -> str:
    """The conditions of a gate line, in its own words."""
    told = [f"when {trait} is {' or '.join(words)}" for trait, words in rule.when.items()]
    told += [f"unless {trait} is {' or '.join(words)}" for trait, words in rule.unless.items()]
    return f" ({', '.join(told)})" if told else ""
