"""Checks that a measure leaves the person a way to reach us that they can use (clauses 6.1 and 6.2)."""

from evenhand.casework.access import left_open, open_routes
from evenhand.casework.checks.measure import bound_by, is_in_hand
from evenhand.casework.facts import Facts
from evenhand.casework.person import PersonView
from evenhand.casework.steps.appeal import DecideAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.decision import Measure, Terms
from evenhand.casework.steps.notice import ReviewSanction
from evenhand.casework.wording import listed
from evenhand.policy.findings import Verdict, met, not_met


def terms_asked(facts: Facts, measure: Measure, draft: StepData) -> Terms:
    """The terms a decision would bring: those of the measure, or those a review varies or carries on."""
    if not isinstance(draft, ReviewSanction | DecideAppeal):
        return measure.terms
    sanctions = facts.case.sanctions.values()
    return draft.terms or next((s.terms for s in sanctions if s.measure is measure), measure.terms)


def needs_not_clashing(facts: Facts, measure: Measure, draft: StepData) -> Verdict:
    """Do the terms leave the person ways that fit their needs and what was agreed with them? (clause 6.2)"""
    view, terms = facts.view_of(bound_by(facts, measure)), terms_asked(facts, measure, draft)
    if not terms.channels_open and not terms.channels_closed:
        return met("The terms close no way to reach us.")
    shut = view.shut_channels(facts.shuts)
    left = left_open(facts.edition, terms)
    if not _routes(facts, view, terms):
        needs = sorted({facts.edition.needs[shut[code]].title for code in left if code in shut})
        why = f" They have a need on record: {listed(needs)}." if needs else ""
        return not_met(
            f"The person can use none of the ways to reach us that stay open.{why} Leave one open that fits."
        )
    clashing = [
        offer.data.adjustment
        for offer, answers in view.file.adjustments.values()
        if answers and answers[-1].data.answer != "declined" and not {*offer.data.channels} <= {*left}
    ]
    if not clashing:
        return met("The terms fit the person's needs.")
    if measure.clash_resolved:
        return met("It is said how the person's needs are met all the same.")
    return not_met(
        f"The terms would take away what was agreed for the person's needs ({listed(clashing)}): change them, "
        "or say how those needs are met."
    )


def essential_access_kept(facts: Facts, measure: Measure, draft: StepData) -> Verdict:
    """Can the person still reach us about everything essential, by a way they can use? (clause 6.1)"""
    terms, topics = terms_asked(facts, measure, draft), facts.edition.topics
    closed = [topics[code].title for code in terms.topics_closed if code in facts.edition.essential_topics]
    if closed:
        return not_met(f"These subjects can never be closed: {listed(closed)}. Take them out.")
    view = facts.view_of(bound_by(facts, measure))
    others = (s.terms for s in view.sanctions if s.measure is not measure and is_in_hand(s, facts.day))
    if not _routes(facts, view, terms).intersection(*(_routes(facts, view, other) for other in others)):
        return not_met("No way to reach us is left that the person can use: leave one open for what is essential.")
    return met("The person can still reach us about everything essential.")


def _routes(facts: Facts, view: PersonView, terms: Terms) -> set[str]:
    """The ways to reach us that terms leave, and that this person can use."""
    represented = bool(view.file.representatives_on(facts.day))
    return set(open_routes(facts.edition, terms, view.shut_channels(facts.shuts), represented=represented))
