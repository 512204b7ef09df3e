"""Checks on flags: what they rest on, who approves them, and when they come back (clause 5.3)."""

from datetime import date

from evenhand.casework.checks.appeal import apart
from evenhand.casework.checks.timing import in_time, promised_by
from evenhand.casework.facts import Facts
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.involvement import Parts, case_files, took_part
from evenhand.casework.steps.flag import ApproveFlag, DecideFlagDispute, ProposeFlag, ReviewFlag
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import add_months
from evenhand.policy.findings import Verdict, met, not_met, unknown


def incident_cited(facts: Facts, draft: ProposeFlag) -> Verdict:
    """Does the flag rest on a report of something that happened, about this person? (clause 5.3)"""
    incident = facts.files.get(draft.incident or "")
    if not isinstance(incident, IncidentFile) or not incident.exists:
        return not_met("No report is cited: a flag rests on something that happened, so name the report.")
    if draft.subject and incident.subject and incident.subject != draft.subject:
        return not_met("The report is about somebody else: a flag on a person rests on what that person did.")
    return met("It rests on a report of what happened.")


def flag_subject_identified(facts: Facts, draft: ProposeFlag) -> Verdict:
    """Does the flag name its person, or its place where it warns of a place or an animal? (clause 5.3)"""
    rule = facts.edition.flags.get(draft.category or "")
    if rule is None or rule.subject == "person":
        if draft.subject:
            return met("The person is named.")
        if rule is not None or not draft.place:
            return not_met("A flag of this kind is on a person: say who it is about.")
        return met("The place is named.")
    if draft.place:
        return met("The place is named.")
    return not_met("A flag of this kind is on a place: name the property.")


def category_and_controls_named(draft: ProposeFlag) -> Verdict:
    """Does the flag say what kind it is, and what a visitor should do? (clause 5.3)"""
    asked = ((draft.category, "what kind of flag it is"), (draft.control_measures, "what a visitor should do"))
    missing = [says for given, says in asked if not given]
    if missing:
        return not_met(f"It does not say {listed(missing)}: choose from the lists.")
    return met("The kind of flag and what to do are named.")


def _took_part(facts: Facts, flag: FlagFile) -> Parts:
    """Who took which part in the flag and in the report it rests on."""
    return took_part(case_files(flag, facts.files, (flag.incident,)))


def approver_apart_from_flag(
    facts: Facts, flag: FlagFile, *, barred: tuple[str, ...] = ("proposed", "reported", "affected")
) -> Verdict:
    """Is the flag approved by somebody who neither asked for it nor was affected? (clause 5.3)"""
    return apart(facts, facts.actor, _took_part(facts, flag), barred)


BARRED = ("proposed", "approved", "reviewed", "reported", "advised", "affected")
"""Parts after which nobody decides a dispute about a flag."""


def decider_apart_from_flag(facts: Facts, flag: FlagFile, *, barred: tuple[str, ...] = BARRED) -> Verdict:
    """Is the dispute decided by somebody with no part in the flag? (clause 5.3)"""
    return apart(facts, facts.actor, _took_part(facts, flag), barred)


def flag_review_in_window(facts: Facts, flag: FlagFile, draft: ApproveFlag | ReviewFlag) -> Verdict:
    """Does the flag's next review fall within the time its category gives? (clause 5.3)"""
    rule = facts.edition.flags.get(flag.category)
    if rule is None:
        return unknown("The flag has no kind yet, so its time for review is not known.")
    latest, wished = add_months(facts.day, rule.latest_months), _wished_review(flag, draft)
    if wished is None:
        return not_met(f"No day is set for its review: choose one, {plain_day(latest)} at the latest.")
    if not facts.day < wished <= latest:
        return not_met(f"{plain_day(wished)} is outside the time for its review: {plain_day(latest)} at the latest.")
    return met("Its review falls within the time given.")


def _wished_review(flag: FlagFile, draft: ApproveFlag | ReviewFlag) -> date | None:
    """The day of the next review: an approval that names none keeps the day proposed."""
    if isinstance(draft, ReviewFlag):
        return draft.next_review_on
    return draft.review_on or (flag.proposal.data.review_on if flag.proposal else None)


def flag_evidence_since(facts: Facts, flag: FlagFile, draft: ReviewFlag) -> Verdict:
    """Does something that came since the flag was last decided on speak for keeping it? (clause 5.3)"""
    if draft.evidence:
        return met("It is said what speaks for keeping it.")
    reviews = flag.all(ReviewFlag)
    since = (reviews[-1].taken_on if reviews else flag.set_on) or facts.day
    return not_met(f"Nothing since {plain_day(since)} is said to speak for keeping it: name it, or end the flag.")


def flag_review_in_time(facts: Facts, flag: FlagFile) -> Verdict:
    """Is the flag reviewed by its last day for review? (clause 5.3)"""
    last = flag.review_by
    if last is None or facts.day <= last:
        return met("The review is in time.")
    return not_met(f"The flag was due for review by {plain_day(last)}.")


def flag_dispute_in_time(facts: Facts, flag: FlagFile, draft: DecideFlagDispute) -> Verdict:
    """Is the dispute decided by the day that was promised? (clause 5.3)"""
    dispute, duty = flag.open_dispute, facts.edition.duties.get("decide_flag_dispute")
    last = promised_by((dispute,), "decide_flag_dispute", dispute.ref) if dispute else None
    return in_time(facts, draft, on=facts.day, by=last, period=duty.period if duty else None)
