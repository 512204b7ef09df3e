"""Checks that an entry says what it is recorded for (clauses 4.5, 4.14, 5.2, 5.5, 5.6 and 6.4)."""

from evenhand.casework.enough import agency_answer_is_enough, equality_lacks
from evenhand.casework.facts import Facts
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import AssessEquality, RecordAgencyAnswer
from evenhand.casework.steps.control import AuditCase, CompleteAuditAction
from evenhand.casework.steps.notice import AgreeContinuation, AskContinuation, ReviewSanction
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import add_months
from evenhand.policy.findings import Verdict, met, not_met, unknown


def assessment_complete(draft: AssessEquality) -> Verdict:
    """Does the assessment answer everything that its form asks? (clause 6.4)"""
    if lacks := equality_lacks(draft, draft.form):
        return not_met(f"A decision cannot rest on this assessment: it {listed(lacks)}.")
    return met("The assessment answers what its form asks.")


def agency_answer_given(draft: RecordAgencyAnswer) -> Verdict:
    """Does the entry hold what the agency answered, where it did? (clause 4.14)"""
    if agency_answer_is_enough(draft):
        return met("The entry says what became of it.")
    return not_met("It is not said what the agency answers: this will not count as its answer.")


def appeal_told(draft: ReceiveAppeal) -> Verdict:
    """Is it on record what the customer says against the decision? (clause 5.6)"""
    if draft.what:
        return met("It is on record what they say.")
    return not_met("It is not on record what they say: whoever decides must answer each point. Ask them, and add it.")


def change_stated(draft: DecideAppeal | ReviewSanction) -> Verdict:
    """Is it said what changes, where a measure is varied? (clauses 5.2 and 5.6)"""
    if draft.terms is not None or draft.ends_on is not None:
        return met("It is said what changes.")
    return not_met("It is not said what changes: give new terms or a new last day, or choose another decision.")


Further = AskContinuation | AgreeContinuation


def further_day_later(sanction: Sanction, draft: Further) -> Verdict:
    """Is the day later than the one to which the measure lasts already? (clause 4.5)"""
    if draft.until is None or sanction.ends_on is None or draft.until > sanction.ends_on:
        return met("The measure does not last so long yet.")
    return not_met(
        f"The measure lasts to {plain_day(sanction.ends_on)} already: name a later day, or leave it as it is."
    )


def further_day_near(facts: Facts, sanction: Sanction, draft: Further, *, terms: int = 2) -> Verdict:
    """Is the day no further off than a few times the measure's longest term? (clause 4.5)"""
    remedy = facts.edition.remedies.get(sanction.measure.remedy or "")
    if draft.until is None or sanction.ends_on is None or remedy is None or remedy.longest_months is None:
        return met("No longest term stands in the way.")
    if draft.until <= (latest := add_months(sanction.ends_on, remedy.longest_months * terms)):
        return met("The day is not too far off.")
    return not_met(
        f"{plain_day(draft.until)} is far off: ask for {plain_day(latest)} at the latest, and again if need be."
    )


def finding_named(facts: Facts, draft: CompleteAuditAction) -> Verdict:
    """Is it said which finding of the audit this puts right, and is it one that still waits? (clause 5.5)"""
    audit = next((entry for entry in facts.case.all(AuditCase) if entry.ref == draft.audit), None)
    if audit is None:
        return unknown("It is not said which audit is meant.")
    waiting = facts.case.findings_waiting(audit)
    if draft.number in waiting:
        return met("It is said which finding this puts right.")
    return not_met(f"It is not said which finding this puts right: {listed(map(str, waiting), 'or')} still waits.")
