"""When a step makes sense: the states of its file, and the things in it that it may act on.

Stage is an ordinary finding, so that a stale page and a wrong person get the same kind of answer. A fact is never
refused for stage: it only needs a file that exists (or may be started by it) and still has its content.
"""

from collections.abc import Callable, Mapping

from evenhand.casework.facts import Facts
from evenhand.casework.keeping import counts
from evenhand.casework.person import PersonFile
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.assessment import AskAgency, RecordAgencyAnswer, SignpostSupport
from evenhand.casework.steps.base import FileKind, StepData
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.control import (
    AuditCase,
    ConfirmBlockLifted,
    Countersign,
    Disclose,
    LookAgain,
    PlaceHold,
    RecordBlock,
    ReleaseHold,
)
from evenhand.casework.steps.decision import InstructLegal, RecordContractAnswer, ServeNoticeSeekingPossession
from evenhand.casework.steps.inquiry import NoteInquiry
from evenhand.casework.steps.notice import AnswerReviewRequest, GiveNotice, RequestReview

RUNNING = frozenset({"opened", "endorsed"})


def may_start(step: type[StepData], kind: FileKind) -> bool:
    """Whether a step may be the first on its file.

    Any fact may start an incident (999 and making safe come before a report), and every customer has a person file.
    """
    if kind == "person" or kind in step.starts:
        return True
    return kind == "incident" and not step.decides and kind in step.files


AGAINST_SOMEBODY = frozenset(
    {
        "propose_sanction",
        "approve_sanction",
        "take_urgent_action",
        "offer_contract",
        "serve_notice_seeking_possession",
    }
)
"""Steps that weigh on a person: none is taken against the dead. A flag warns those who visit, and is never shut out."""

STATES: Mapping[str, frozenset[str]] = {
    "open_case": frozenset({"none"}),
    "bring_in_sanction": frozenset({"none", *RUNNING}),
    "endorse_case": frozenset({"opened"}),
    "decline_case": frozenset({"opened"}),
    "propose_sanction": RUNNING,
    "approve_sanction": RUNNING,
    "decline_sanction": RUNNING,
    "decide_no_sanction": RUNNING,
    "take_urgent_action": RUNNING,
    "offer_contract": RUNNING,
    "serve_notice_seeking_possession": RUNNING,
    "close_case": RUNNING,
    "reopen_case": frozenset({"closed", "declined"}),
    "triage_incident": frozenset({"reported", "awaiting_case"}),
    "propose_flag": frozenset({"none"}),
    "bring_in_flag": frozenset({"none"}),
    "approve_flag": frozenset({"proposed"}),
    "decline_flag": frozenset({"proposed"}),
    "tell_person": frozenset({"proposed", "approved", "ended", "declined"}),
    "record_not_told": frozenset({"proposed", "approved"}),
    "review_flag": frozenset({"proposed", "approved"}),
    "decide_flag_dispute": frozenset({"approved", "proposed"}),
    "end_flag": frozenset({"approved", "proposed"}),
    "open_inquiry": frozenset({"none"}),
    "assign_inquiry": frozenset({"open"}),
    "conclude_inquiry": frozenset({"open"}),
    "tell_inquiry_outcome": frozenset({"concluded"}),
}
"""The states of the file in which a step makes sense; a step that is not here makes sense in any but a disposed one."""


def _sanctions(holds: Callable[[Sanction], bool]) -> Callable[[Facts], list[str]]:
    return lambda facts: [ref for ref, sanction in facts.case.sanctions.items() if holds(sanction)]


def _standing(facts: Facts) -> list[str]:
    return [sanction.ref for sanction in facts.case.live_sanctions(facts.day)]


def _to_carry_out(kind: str, done: Callable[[Sanction], bool]) -> Callable[[Facts], list[str]]:
    """Measures of a kind, decided or not, that nobody has carried out, declined or ended."""
    return _sanctions(lambda s: kind in s.kinds and not s.is_declined and s.ended_on is None and not done(s))


def _is_signed(sanction: Sanction) -> bool:
    return any(entry.data.answer == "signed" for entry in sanction.all(RecordContractAnswer))


def _is_served(sanction: Sanction) -> bool:
    return bool(sanction.all(ServeNoticeSeekingPossession))


def _challengeable(facts: Facts) -> list[str]:
    """Sanctions the customer may appeal against, and reviews that continued one."""
    sanctions = [s for s in facts.case.sanctions.values() if s.told_on or s.imposed_on]
    reviews = [r.ref for s in sanctions for r in s.reviews if r.data.outcome != "lift"]
    return [*(s.ref for s in sanctions if s.ended_on is None), *reviews]


def _tellable(facts: Facts) -> list[str]:
    """Decisions the customer is to be told of, and answers to their requests that they may be."""
    told = {entry.data.about for entry in facts.case.all(GiveNotice)}
    answers = [entry.ref for entry in facts.case.all(AnswerReviewRequest) if entry.ref not in told]
    return [*facts.case.outcomes_to_tell, *answers]


def _appeals(*states: str) -> Callable[[Facts], list[str]]:
    def fitting(facts: Facts) -> list[str]:
        return [ref for ref, appeal in facts.case.appeals.items() if appeal.state in states]

    return fitting


def _unanswered(asked: type[StepData], answered: type[StepData]) -> Callable[[Facts], list[str]]:
    """Entries of one step that no entry of the other has answered yet."""

    def waiting(facts: Facts) -> list[str]:
        field = answered.target_field or answered.target
        done = {getattr(entry.data, field) for entry in facts.file.all(answered)}
        return [entry.ref for entry in facts.file.all(asked) if entry.ref not in done]

    return waiting


def _agencies(facts: Facts) -> list[str]:
    """Questions to agencies, and referrals to them, that none has answered yet."""
    done = {entry.data.asked for entry in facts.file.all(RecordAgencyAnswer)}
    referred = [entry for entry in facts.file.all(SignpostSupport) if entry.data.route == "referred"]
    asked = sorted([*facts.file.all(AskAgency), *referred], key=lambda entry: entry.sequence)
    return [entry.ref for entry in asked if entry.ref not in done]


def _to_answer(facts: Facts) -> list[str]:
    """What was put to the person and has no answer that counts; somebody who kept silent may still answer."""
    accounts = (entry for entry in facts.case.all(RecordAccount) if counts(entry) and entry.data.outcome != "no_reply")
    done = {entry.data.allegation for entry in accounts}
    return [entry.ref for entry in facts.file.all(PutAllegation) if entry.ref not in done]


def _notices(facts: Facts) -> list[str]:
    return [entry.ref for entry in facts.file.all(GiveNotice)]


def _disclosures(facts: Facts) -> list[str]:
    return [entry.ref for entry in facts.file.all(Disclose)]


LOOKS = frozenset({"look_again", "counter_allegation", "ask_again"})
"""Duties that looking again discharges."""


def _instructions(facts: Facts) -> list[str]:
    """Every instruction: an adviser may answer more than once, and the bill comes later."""
    return [entry.ref for entry in facts.file.all(InstructLegal)]


def _looks(facts: Facts) -> list[str]:
    looked = {entry.data.about for entry in facts.file.all(LookAgain)}
    looked |= {entry.data.allegation for entry in facts.file.all(NoteInquiry)}
    owed = [e.ref for e in facts.file.entries if any(p.duty in LOOKS for p in e.promises)]
    return [ref for ref in owed if ref not in looked]


def _adjustments(facts: Facts) -> list[str]:
    return list(facts.file.adjustments) if isinstance(facts.file, PersonFile) else []


def _audits(facts: Facts) -> list[str]:
    return [entry.ref for entry in facts.case.all(AuditCase) if facts.case.findings_waiting(entry)]


CANDIDATES: Mapping[str, Callable[[Facts], list[str]]] = {
    "approve_sanction": _sanctions(lambda s: s.is_open_proposal),
    "decline_sanction": _sanctions(lambda s: s.is_open_proposal),
    "instruct_legal": _sanctions(lambda s: "court" in s.kinds and s.ended_on is None),
    "record_legal_advice": _instructions,
    "offer_contract": _to_carry_out("agreement", _is_signed),
    "record_contract_answer": _to_carry_out("agreement", _is_signed),
    "serve_notice_seeking_possession": _to_carry_out("possession", _is_served),
    "record_court_outcome": _sanctions(lambda s: "court" in s.kinds and not s.is_declined),
    "record_breach": _sanctions(lambda s: s.imposed_on is not None),
    "request_review": _standing,
    "ask_continuation": _standing,
    "agree_continuation": _sanctions(lambda s: s.continuation_asked is not None and s.ended_on is None),
    "review_sanction": _standing,
    "lift_sanction": _sanctions(lambda s: s.ended_on is None and not s.is_declined),
    "give_notice": _tellable,
    "record_return": _notices,
    "answer_review_request": _unanswered(RequestReview, AnswerReviewRequest),
    "receive_appeal": _challengeable,
    "decide_late_appeal": _appeals("late"),
    "assign_appeal": _appeals("late", "admitted", "assigned"),
    "suspend_sanction": _appeals("admitted", "assigned"),
    "decide_appeal": _appeals("admitted", "assigned"),
    "record_account": _to_answer,
    "defer_telling": _tellable,
    "countersign": _unanswered(Disclose, Countersign),
    "recall_disclosure": _disclosures,
    "complete_audit_action": _audits,
    "look_again": _looks,
    "answer_adjustment": _adjustments,
    "record_agency_answer": _agencies,
    "confirm_block_lifted": _unanswered(RecordBlock, ConfirmBlockLifted),
    "release_hold": _unanswered(PlaceHold, ReleaseHold),
}
"""For each step that acts on something in its file: what it may act on now, oldest first."""
