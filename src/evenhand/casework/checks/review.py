"""Checks on reviewing a measure, and on what happens while it lasts (clause 5.2)."""

from datetime import date

from evenhand.casework.checks.evidence import Shown, dated, fault
from evenhand.casework.checks.timing import departed
from evenhand.casework.facts import Facts
from evenhand.casework.sanction import Sanction
from evenhand.casework.settle import is_last_review, is_short, review_bounds, review_name, review_rule
from evenhand.casework.steps.notice import ReviewSanction
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.findings import Verdict, met, not_met


def last_decided_on(sanction: Sanction) -> date:
    """The day a measure was last decided on: its last review, or else when it was imposed, or proposed."""
    if sanction.reviews:
        return sanction.reviews[-1].taken_on
    return sanction.imposed_on or sanction.made.taken_on


def fresh_reasons(facts: Facts, sanction: Sanction, draft: ReviewSanction) -> Verdict:
    """Does continuing rest on something that came since the measure was last decided on? (clause 5.2)"""
    since = last_decided_on(sanction)
    if not draft.reasons:
        return not_met("No reasons are given: say why the measure is still needed now.")
    if draft.conduct_since or any(_shows_since(facts, sanction, ref, since) for ref in draft.evidence):
        return met("There are fresh reasons.")
    return not_met(
        f"Nothing since {plain_day(since)} speaks for keeping the measure: "
        "say what the person has done since, cite what shows it, or lift the measure."
    )


def _shows_since(facts: Facts, sanction: Sanction, ref: str, since: date) -> bool:
    """Whether something cited can count against the person, and speaks of a day after the one given."""
    entry = facts.entry(ref)
    day = dated(entry.data) if entry is not None and isinstance(entry.data, Shown) else None
    return day is not None and day > since and not fault(facts, ref, sanction.subject, first_hand=False)


def next_review_in_window(facts: Facts, sanction: Sanction, draft: ReviewSanction) -> Verdict:
    """Does the next review fall within the time the policy gives, unless the measure ends first? (clause 5.2)"""
    rule = review_rule(facts.edition, sanction.measure.remedy or "")
    ends, wished = draft.ends_on or sanction.ends_on, draft.next_review_on
    if rule is None or is_short(rule, facts.day, ends) or is_last_review(facts.edition, sanction):
        return met("It ends before another review is due.")
    first, last = review_bounds(rule, sanction.imposed_on or facts.day, facts.day)
    if ends is not None and last is not None and ends < last and (wished is None or wished > ends):
        return met("It ends before another review is due.")
    if wished is None:
        return not_met(f"No day is set for the next review: choose one {_between(first, last)}.")
    if wished <= facts.day or wished < first or (last is not None and wished > last):
        if wished > facts.day and (
            reason := departed(facts, draft, review_name(facts.edition, sanction.measure.remedy or ""))
        ):
            return met(f"The next review is outside its usual time, for a recorded reason: {reason}.")
        return not_met(
            f"The next review, {plain_day(wished)}, is outside its time: choose a day {_between(first, last)}."
        )
    return met("The next review falls within the time given.")


def _between(first: date, last: date | None) -> str:
    return f"between {plain_day(first)} and {plain_day(last)}" if last else f"after {plain_day(first)}"


def reviewer_may_review(facts: Facts, sanction: Sanction) -> Verdict:
    """Is the review held by somebody who reviews this kind of measure? (clause 5.2)"""
    rule = review_rule(facts.edition, sanction.measure.remedy or "")
    if rule is None or not rule.by or facts.edition.held(facts.roles, rule.by):
        return met("They may review this kind of measure.")
    return not_met(
        f"This kind of measure is reviewed by {listed((facts.edition.roles[r].title for r in rule.by), 'or')}."
    )


def review_in_time(facts: Facts, sanction: Sanction) -> Verdict:
    """Is the measure reviewed by its last day for review? (clause 5.2)"""
    last = sanction.review_by
    if last is None:
        return met("No review was due.")
    if facts.day <= last:
        return met(f"In time: the last day is {plain_day(last)}.")
    return not_met(f"The review was due by {plain_day(last)}.")


def comments_invited(facts: Facts, sanction: Sanction, draft: ReviewSanction) -> Verdict:
    """Was the person asked for their own view before this review? (clause 5.2)"""
    asked = draft.comments_invited_on
    if asked is None:
        return not_met("The person was not asked for their view: ask them before the review.")
    if not last_decided_on(sanction) <= asked < facts.day:
        return not_met(
            f"Ask the person for their view before each review; {plain_day(asked)} was not in time for this one."
        )
    return met(f"The person was asked for their view on {plain_day(asked)}.")


def breach_not_repeated(facts: Facts, sanction: Sanction, *, before: int = 0) -> Verdict:
    """Is this the first time that the measure was not kept to? (clause 5.2)"""
    essential = facts.edition.essential_topics
    earlier = sum(breach.data.topic not in essential for breach in sanction.breaches)
    if earlier <= before:
        return met("The measure was not broken before.")
    times = "once" if earlier == 1 else f"{earlier} times"
    return not_met(f"The measure was broken {times} before: review it early, and ask why it does not work.")
