"""Checks on inquiries: opened for what a customer said, kept apart, and fair to the colleague (clause 1.5)."""

from evenhand.casework.case import CaseFile
from evenhand.casework.checks.appeal import apart
from evenhand.casework.entry import file_of
from evenhand.casework.facts import Facts
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.involvement import case_files, took_part
from evenhand.casework.steps.base import StepData, said
from evenhand.casework.steps.casefacts import RecordCounterAllegation
from evenhand.casework.steps.inquiry import (
    AssignInquiry,
    ConcludeInquiry,
    NoteInquiry,
    OpenInquiry,
    RecordColleagueAccount,
)
from evenhand.policy.findings import Verdict, met, not_met

INVOLVED = (
    "reported", "affected", "recorded", "triaged", "opened", "endorsed", "advised", "proposed", "approved", "reviewed",
    "decided", "assigned", "appeal_officer",
)  # fmt: skip
"""Parts in a case after which nobody looks into what the customer says of a colleague."""


def allegation_cited(facts: Facts, draft: OpenInquiry) -> Verdict:
    """Does it come from what a customer said of a colleague, which no other inquiry looks into? (clause 1.5)"""
    entry, case = facts.entry(draft.allegation), facts.files.get(file_of(draft.allegation or ""))
    if entry is None or not isinstance(entry.data, RecordCounterAllegation) or not isinstance(case, CaseFile):
        return not_met("It is not said what is looked into: record on the case what the person says, and name that.")
    if any(noted.data.allegation == entry.ref for noted in case.all(NoteInquiry)):
        return not_met("An inquiry looks into this already.")
    if draft.subject != case.subject:
        return not_met("This is not the person who says it: name the one whom the case is about.")
    if not draft.about or draft.about != (entry.data.about or draft.about):
        return not_met("Name the colleague of whom the person says it.")
    return met("It comes from what the person said of a colleague.")


def colleague_kept_out(facts: Facts, inquiry: InquiryFile, draft: StepData) -> Verdict:
    """Does the colleague whom it is about neither take a hand in the inquiry nor see it? (clause 1.5)"""
    about = inquiry.colleague or said(draft, "about")
    if facts.actor == about:
        return not_met("This is said about you: somebody else must look into it.")
    if about and about in {said(draft, "inquirer"), *(said(draft, "allowed") or ())}:
        return not_met(f"It is said about {facts.registers.name(about)}, who may neither look into it nor see it.")
    return met("The colleague it is about has no hand in it.")


def inquirer_apart(
    facts: Facts,
    inquiry: InquiryFile,
    draft: OpenInquiry | AssignInquiry | ConcludeInquiry,
    *,
    barred: tuple[str, ...] = INVOLVED,
) -> Verdict:
    """Is the inquiry in the hands of somebody with no part in the case or what led to it? (clause 1.5)"""
    who = _looks_into(facts, draft)
    case = facts.files.get(inquiry.case or file_of(said(draft, "allegation") or ""))
    if not who or not isinstance(case, CaseFile):
        return not_met("It is not said who looks into it: name somebody with no part in the case.")
    if who == case.officer:
        return not_met(
            f"{facts.registers.name(who)} looks after the case: somebody with no part in it looks into this."
        )
    return apart(facts, who, took_part(case_files(case, facts.files, case.incidents)), barred)


def _looks_into(facts: Facts, draft: OpenInquiry | AssignInquiry | ConcludeInquiry) -> str:
    return facts.actor if isinstance(draft, ConcludeInquiry) else draft.inquirer or ""


def not_their_manager(facts: Facts, inquiry: InquiryFile, draft: OpenInquiry | AssignInquiry) -> Verdict:
    """Is whoever looks into it not the line manager of the colleague? (clause 1.5)"""
    about = inquiry.colleague or said(draft, "about") or ""
    if draft.inquirer and draft.inquirer in facts.registers.managers_of(about, facts.day):
        name = facts.registers.name(draft.inquirer)
        return not_met(f"{name} is the line manager of the colleague it is about: somebody further off is fairer.")
    return met("Whoever looks into it does not manage the colleague.")


def concluded_by_inquirer(facts: Facts, inquiry: InquiryFile) -> Verdict:
    """Is it concluded by whoever looks into it? (clause 1.5)"""
    if facts.actor == inquiry.inquirer:
        return met("You look into this.")
    return not_met(f"This is looked into by {facts.registers.name(inquiry.inquirer)}, who also concludes it.")


def colleague_heard(inquiry: InquiryFile) -> Verdict:
    """Was the colleague heard, or did they choose to say nothing? (clause 1.5)"""
    accounts = inquiry.all(RecordColleagueAccount)
    if any(entry.data.account or entry.data.outcome == "declined" for entry in accounts):
        return met("The colleague could give their side.")
    return not_met("The colleague has not given their side: hear them before you find that it is borne out.")


def bearing_stated(draft: ConcludeInquiry) -> Verdict:
    """Is it said, fit for the case, what bears on it? (clause 1.5)"""
    if draft.bearing:
        return met("It is said what bears on the case.")
    return not_met("It is not said what bears on the case: say it in words that everybody on the case may read.")


def no_open_inquiry(facts: Facts) -> Verdict:
    """Is nothing still being looked into that is said of a colleague whose report the case rests on? (clause 1.5)"""
    case = facts.case
    noted = {entry.data.allegation: entry.data.is_concluded for entry in case.all(NoteInquiry)}
    open_about = {entry.data.about for entry in case.all(RecordCounterAllegation) if noted.get(entry.ref) is False}
    if open_about & {who for incident in facts.incidents for who in (incident.reporter, *incident.affected)}:
        return not_met(
            "What the person says of a colleague whose report this rests on is still being looked into:"
            " weigh whether this can wait for what is found."
        )
    return met("Nothing is being looked into that this rests on.")
