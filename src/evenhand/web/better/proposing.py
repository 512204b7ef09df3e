"""Beside the form that proposes a measure: the ladder, what stays open, what was done before, and how it would read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.cases.similar import Before, done_before
from evenhand.casework.access import left_open
from evenhand.casework.checks.fairness import talks
from evenhand.casework.enough import conversation_is_enough
from evenhand.casework.facts import Facts
from evenhand.casework.sanction import Sanction
from evenhand.casework.settle import review_bounds, review_rule
from evenhand.casework.steps.decision import Measure
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Deciders, Kind, Remedy
from evenhand.web.better.person import measures
from evenhand.web.file.opening import Opened
from evenhand.web.file.words import said_in
from evenhand.web.steps.titles import code_title

Rung = tuple[int, str, str, str]
"""A rung as the ladder draws it: its number, what stands on it, its state, and a note."""


def rungs(at: Opened) -> list[Rung]:
    """The ladder of the catalogue, gentlest first, with what was tried of it (clauses 4.2 to 4.7)."""
    facts, measures_told = at.facts, measures(at)
    tried: dict[int, list[Sanction]] = defaultdict(list)
    by_rung: dict[int, list[str]] = defaultdict(list)
    for code, remedy in facts.edition.remedies.items():
        by_rung[remedy.rung].append(remedy.title)
        tried[remedy.rung] += [s for s in measures_told if s.measure.remedy == code and s.approved_on]
    was_tried = any(conversation_is_enough(one) and one.outcome != "not_appropriate" for one in talks(facts))
    first = (0, "Talk it over", "tried" if was_tried else "open", "")
    drawn = [_rung(number, titles, tried[number], facts.day) for number, titles in sorted(by_rung.items()) if number]
    return [first, *drawn]


def _rung(number: int, titles: list[str], tried: list[Sanction], day: date) -> Rung:
    live = [sanction for sanction in tried if sanction.bound_on(day)]
    last = max((s.approved_on for s in tried if s.approved_on), default=None)
    state = "live" if live else "tried" if tried else "open"
    return number, listed(titles, "or"), state, f"Last on {plain_day(last)}" if last else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A measure to choose from: what it does to the person, who decides it, and the longest it may last."""

    code: str
    title: str
    says: str
    decided_by: str
    longest: str


def choices(facts: Facts) -> list[Choice]:
    """The catalogue, least intrusive first (clause 6.1)."""
    in_order = sorted(facts.edition.remedies.items(), key=lambda item: (item[1].rung or 99, item[1].equality == "full"))
    return [_choice(code, remedy, facts) for code, remedy in in_order]


def _choice(code: str, remedy: Remedy, facts: Facts) -> Choice:
    longest = f"{remedy.longest_months} months at most" if remedy.longest_months else ""
    return Choice(code, remedy.title, remedy.says, deciders(remedy.approvers, facts.edition), longest)


def deciders(who: Deciders, edition: Edition) -> str:
    """Who decides, in words."""
    roles = edition.roles
    if who.body:
        return edition.bodies[who.body].title
    if who.post or who.relative:
        return (who.post or who.relative or "").replace("_", " ")
    if who.two_of_grade is not None:
        return f"two colleagues of grade {who.two_of_grade} or above"
    any_of = listed([roles[role].title.lower() for role in who.any_of], "or")
    return " with ".join(words for words in (any_of, listed([roles[r].title.lower() for r in who.all_of])) if words)


def always_open(facts: Facts) -> list[str]:
    """What no measure closes, by title."""
    topics = facts.edition.topics
    return [topics[code].title for code in topics if code in facts.edition.essential_topics]


def before(facts: Facts, measure: Measure | None) -> list[tuple[str, Before]]:
    """What was done about conduct of the same kinds, by the title of the measure (clause 6.1)."""
    kinds = (measure.behaviours if measure else ()) or facts.reported_conduct
    found = done_before(sorted(kinds), apart_from=facts.file.name, until=facts.day)
    return [(code_title(facts.edition, "remedies", one.remedy), one) for one in found]


def review_window(facts: Facts, measure: Measure | None) -> tuple[date, date] | None:
    """The days between which the first review must fall, were it imposed on its first day; None where none is due."""
    begins = (measure and measure.starts_on) or facts.day
    rule = review_rule(facts.edition, (measure and measure.remedy) or "")
    first, last = review_bounds(rule, begins, begins) if rule else (begins, None)
    return (first, last) if last else None


def first_idea(at: Opened, measure: Measure) -> list[str]:
    """How a letter about the measure would read, in paragraphs; the letter itself is made when notice is given."""
    return list(_paragraphs(at, measure))


def _paragraphs(at: Opened, measure: Measure) -> Iterator[str]:
    facts = at.facts
    remedy = facts.edition.remedies.get(measure.remedy or "")
    yield remedy.says if remedy else measure.described or "(Choose a measure, and it is put in words here.)"
    yield f"Why: {measure.reasons or '(your reasons go here)'}"
    for said in said_in(measure.terms, at.telling):
        yield f"{said.label}: {said.text}"
    yield " ".join(_days(measure, remedy))
    ways = [facts.edition.channels[code].title.lower() for code in left_open(facts.edition, measure.terms)]
    yield f"You can still reach us by: {listed(ways, 'or')}."
    yield f"Whatever is decided, you can always reach us about: {listed(word.lower() for word in always_open(facts))}."
    if measure.lifts_when:
        yield f"What would end it sooner: {measure.lifts_when}"
    rule = facts.edition.periods.get(facts.edition.appeals.period or "")
    if rule and (remedy is None or remedy.appealable):
        yield f"If you think this is wrong you can appeal within {rule.period} of being told."
    for body in facts.edition.outside.values():
        yield f"If you are not content with how we did this you can also go to the {body.title}. {body.reached}"


def _days(measure: Measure, remedy: Remedy | None) -> Iterator[str]:
    if measure.starts_on:
        yield f"It begins on {plain_day(measure.starts_on)}, once you have been told."
    if measure.ends_on:
        yield f"It ends on {plain_day(measure.ends_on)}."
    elif remedy and remedy.life_months:
        yield f"It counts for {remedy.life_months} months from the day you are told, and then no more."
    elif remedy is None or not (remedy.open_ended or remedy.possession or remedy.kind is Kind.COURT):
        yield "(Say when it ends.)"
    if measure.review_on:
        yield f"We look at it again by {plain_day(measure.review_on)}."
