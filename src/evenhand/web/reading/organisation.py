"""What the landlord has settled, from the edition in force: numbers, who decides what, and which days are worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.casework.wording import listed
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Remedy, ReviewRule
from evenhand.web.better.proposing import deciders
from evenhand.web.reading.clauses import SETTLED, spelt

AHEAD = 400
"""Days for which bank holidays are shown."""
FRIDAY = 5
UNDECIDED = {"stands": "the measure stands", "lifts": "the measure is lifted", "ends": "the measure ends"}


@dataclass(frozen=True, slots=True)
class Settled:
    """One thing that is settled: what it is called, what it says, by whom, under which clause."""

    title: str
    says: str
    by: str
    clause: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides a measure, for how long at most, and who decides beyond that."""

    title: str
    by: str
    longest: str
    beyond: str
    clause: str


def numbers(edition: Edition) -> list[Settled]:
    """Every period, review and time for which something is kept."""
    return [*_periods(edition), *_reviews(edition), *_flags(edition), *_kept(edition)]


def _periods(edition: Edition) -> Iterator[Settled]:
    for name, rule in edition.periods.items():
        yield Settled(spelt(name), str(rule.period), SETTLED[rule.settled_by], rule.clause)


def _reviews(edition: Edition) -> Iterator[Settled]:
    for name, rule in edition.reviews.items():
        yield Settled(f"Review: {spelt(name).lower()}", _review(rule), SETTLED[rule.settled_by], rule.clause)


def _review(rule: ReviewRule) -> str:
    if rule.per_decision:
        when = "on a day that each decision sets"
    elif rule.meetings:
        when = "at fixed meetings"
    else:
        when = f"{rule.earliest_months or 0} to {rule.latest_months} months on"
    return f"{when}; if nobody decides, {UNDECIDED[rule.if_undecided]}"


def _flags(edition: Edition) -> Iterator[Settled]:
    for flag in edition.flags.values():
        yield Settled(f"Flag: {flag.title.lower()}", f"looked at again in {flag.latest_months} months", "", flag.clause)


def _kept(edition: Edition) -> Iterator[Settled]:
    for name, rule in edition.retention.items():
        yield Settled(f"Kept: {spelt(name).lower()}", f"{rule.months} months", SETTLED[rule.settled_by], rule.clause)


def authority(edition: Edition) -> list[Authority]:
    """Who decides each measure, the least first."""
    return [_authority(remedy, edition) for remedy in sorted(edition.remedies.values(), key=lambda one: one.rung or 99)]


def _authority(remedy: Remedy, edition: Edition) -> Authority:
    longest = f"{remedy.longest_months} months" if remedy.longest_months else "no longest term"
    beyond = deciders(remedy.approvers_beyond, edition) if remedy.approvers_beyond else ""
    return Authority(remedy.title, deciders(remedy.approvers, edition), longest, beyond, remedy.clause)


def takers(edition: Edition) -> list[tuple[str, str]]:
    """Who may take each step, by the roles of the edition."""
    steps = (step for step in edition.steps.values() if step.roles)
    return [(step.title, listed([edition.roles[role].title for role in step.roles], "or")) for step in steps]


def days_off(edition: Edition, day: date) -> list[date]:
    """The weekdays to come that are not worked, as deadlines in working days leave them out."""
    ahead = (day + timedelta(days=number) for number in range(AHEAD))
    return [each for each in ahead if each.isoweekday() <= FRIDAY and not edition.calendar.is_working_day(each)]
