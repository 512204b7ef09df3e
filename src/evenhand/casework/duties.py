"""What is owed: how each duty is promised when a step is taken, and how the entries show that it was done.

The edition says who owes a duty, within which period and under which clause, and which steps owe it. Code knows from
which day it counts and what discharges it. A promise is fixed in its entry: `duties` takes neither clock nor calendar.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import File, ref_of
from evenhand.casework.facts import Duty, Look
from evenhand.casework.incident import IncidentFile
from evenhand.casework.keeping import (
    Done,
    Owed,
    agency_answered,
    asked_again,
    assessed_fully,
    audited,
    by_about,
    by_any,
    by_later,
    continuation_settled,
    counts,
    court_ended,
    decided,
    falls_away,
    full_assessment,
    heard,
    looked,
    looked_into,
    noticed,
    put_off,
    received,
    reported,
    supported,
)
from evenhand.casework.settle import settle
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal
from evenhand.casework.steps.assessment import AssessConduct, ConsiderConversation
from evenhand.casework.steps.base import StepData, said
from evenhand.casework.steps.control import (
    AuditCase,
    ConfirmBlockLifted,
    CorrectEntry,
    Countersign,
    Disclose,
    RecallDisclosure,
    RecordBlock,
)
from evenhand.casework.steps.decision import ApproveSanction, DeclineSanction, InstructLegal, RecordCourtOutcome
from evenhand.casework.steps.flag import (
    ApproveFlag,
    DecideFlagDispute,
    DeclineFlag,
    EndFlag,
    RecordNotTold,
    RestartFlag,
    ReviewFlag,
    TellPerson,
)
from evenhand.casework.steps.incident import NoteCase, RecordConversation, RecordInjury, TriageIncident
from evenhand.casework.steps.inquiry import ConcludeInquiry, TellInquiryOutcome
from evenhand.casework.steps.notice import AnswerReviewRequest, LiftSanction, RecordReturn, ReviewSanction
from evenhand.casework.steps.opening import DeclineCase, EndorseCase
from evenhand.policy.engine import BoundRule, DutyKind
from evenhand.policy.findings import Promise, Verdict, met, not_met


def duties(file: File) -> list[Duty]:
    """Everything promised on a file, with the day each was kept or fell away; a withdrawn entry's promises are gone.

    What is promised again before it was done is owed once, by the earlier day.
    """
    found = [_duty(Owed(file, entry, promise)) for entry in file.entries for promise in entry.promises]
    waiting = sorted((d for d in found if d.done_on is None), key=lambda d: d.promise.due_on, reverse=True)
    first = {(duty.promise.duty, duty.promise.about): duty for duty in waiting}
    return [one for one in found if one.done_on or first[one.promise.duty, one.promise.about] is one]


def _duty(owed: Owed) -> Duty:
    done = KINDS[owed.promise.duty].done(owed)
    return Duty(put_off(owed), owed.file.name, owed.entry.ref, done, None if done else falls_away(owed))


Days = Callable[[Look], Iterable[tuple[str, date | None]]]
"""What is promised: (what it is about, by which day); the day is None where the duty's period gives it."""


def _own(look: Look) -> str:
    """The reference that the entry now being taken will have."""
    return ref_of(look.facts.file.name, look.facts.file.sequence + 1)


def _of_itself(look: Look) -> Iterable[tuple[str, date | None]]:
    return [(_own(look), None)]


def _of_sanction(look: Look) -> Iterable[tuple[str, date | None]]:
    return [(look.sanction.ref if look.sanction else _own(look), None)]


def _fixed(name: str, *, of_sanction: bool = False, must: bool = True) -> Days:
    """By a day that the step itself fixes; nothing is owed where it fixes none."""

    def days(look: Look) -> Iterable[tuple[str, date | None]]:
        text = settle(look).get(name)
        about = look.sanction.ref if of_sanction and look.sanction else _own(look)
        return [(about, date.fromisoformat(text) if text else None)] if text or not must else []

    return days


def _on_look_again_day(look: Look) -> Iterable[tuple[str, date | None]]:
    return [(look.target or _own(look), said(look.draft, "look_again_on"))]


def _asked_again(look: Look) -> Iterable[tuple[str, date | None]]:
    """On the day for which somebody put it down; nothing is owed where they put down none."""
    day = said(look.draft, "review_on")
    return [(_own(look), day)] if day else []


def _if_late(look: Look) -> Iterable[tuple[str, date | None]]:
    return [(_own(look), None)] if settle(look).get("late") == "yes" else []


def _of_review_notice(look: Look) -> Iterable[tuple[str, date | None]]:
    """A notice is owed for the decision just taken; for an approval, of the sanction, once all have approved."""
    if isinstance(look.draft, ApproveSanction):
        told = look.sanction is not None and look.sanction.told_on is not None
        return [(look.target, None)] if settle(look).get("complete") == "yes" and not told else []
    if isinstance(look.draft, DeclineSanction):
        known = look.sanction is not None and look.sanction.is_legacy and look.sanction.told_on is not None
        return _of_itself(look) if known else []
    if isinstance(look.draft, RecordReturn):
        returned = look.facts.entry(look.target)
        return [(getattr(returned.data, "about", "") or look.target, None)] if returned else []
    if isinstance(look.draft, RecordCourtOutcome):
        return _of_sanction(look)
    return _of_itself(look)


def _each_finding(look: Look) -> Iterable[tuple[str, date | None]]:
    findings = look.draft.findings if isinstance(look.draft, AuditCase) else ()
    return [(f"{_own(look)}/{number}", found.due_on) for number, found in enumerate(findings, 1)]


def _asked_for(look: Look) -> Iterable[tuple[str, date | None]]:
    return [(_own(look), said(look.draft, "answer_by"))]


def _support_asked(look: Look) -> Iterable[tuple[str, date | None]]:
    """Support that somebody said yes to, and that is still to come."""
    return [] if said(look.draft, "given_on") else [(_own(look), None)]


def _recalled(look: Look) -> Iterable[tuple[str, date | None]]:
    """Everything still shared of a flag that turns out to name the wrong person (clauses 3.2 and 5.3)."""
    data, dispute = look.draft, look.flag.open_dispute if look.flag else None
    upheld = isinstance(data, DecideFlagDispute) and data.outcome == "upheld"
    if (isinstance(data, EndFlag) and data.wrong_person) or (upheld and dispute and dispute.data.wrong_person):
        recalled = {entry.data.disclosure for entry in look.facts.file.all(RecallDisclosure)}
        return [(e.ref, None) for e in look.facts.file.all(Disclose) if e.ref not in recalled]
    return []


def _blocked(look: Look) -> Iterable[tuple[str, date | None]]:
    """Every block still in place behind a measure that the step ends (clause 5.1)."""
    data, sanction = look.draft, look.sanction
    ends = isinstance(data, LiftSanction) or said(data, "outcome") in ("lift", "upheld")
    if sanction is None or not ends:
        return []
    lifted = {entry.data.block for entry in look.facts.file.all(ConfirmBlockLifted)}
    blocks = (entry for entry in look.facts.file.all(RecordBlock) if entry.data.sanction == sanction.ref)
    return [(entry.ref, None) for entry in blocks if entry.ref not in lifted]


def _holds(*models: type[StepData]) -> Callable[[Look], bool]:
    return lambda look: any(counts(entry) for model in models for entry in look.facts.file.all(model))


def _is_approved(look: Look) -> bool:
    return look.sanction is not None and look.sanction.approved_on is not None


def _is_on_a_case(look: Look) -> bool:
    """Whether a case rests on the report already."""
    return any(look.facts.file.name in f.incidents for f in look.facts.files.values() if isinstance(f, CaseFile))


def _is_assessed_fully(look: Look) -> bool:
    """Whether a full assessment of the person for this very measure is there already."""
    measure = look.measure
    if measure is None:
        return False
    subject = measure.subject or look.facts.file.subject
    return full_assessment(look.facts.file, subject, measure.remedy) is not None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of duty: what it is about and by when, what discharges it, and whether it is discharged already."""

    days: Days
    done: Done
    already: Callable[[Look], bool] = lambda _: False


KINDS: Mapping[str, Kind] = {
    "triage_incident": Kind(_of_itself, by_any(TriageIncident), _holds(TriageIncident)),
    "open_case": Kind(_of_itself, by_later(NoteCase, TriageIncident), _is_on_a_case),
    "report_injury": Kind(_of_itself, reported),
    "support_colleague": Kind(_support_asked, supported),
    "evidence_asked_for": Kind(_asked_for, received),
    "endorse_case": Kind(_of_itself, by_any(EndorseCase, DeclineCase), _holds(EndorseCase)),
    "hear_customer": Kind(_fixed("reply_by", must=False), heard),
    "consider_conversation": Kind(
        _of_itself, by_any(ConsiderConversation, RecordConversation), _holds(ConsiderConversation, RecordConversation)
    ),
    "assess_conduct": Kind(_of_itself, by_any(AssessConduct), _holds(AssessConduct)),
    "assess_equality": Kind(_of_itself, assessed_fully, _is_assessed_fully),
    "instruct_legal": Kind(_of_sanction, by_about(InstructLegal)),
    "counter_allegation": Kind(_of_itself, looked_into),
    "approve_sanction": Kind(_of_sanction, decided, _is_approved),
    "give_notice": Kind(_of_review_notice, noticed),
    "agree_continuation": Kind(_of_sanction, continuation_settled),
    "review_sanction": Kind(_fixed("review_by", of_sanction=True), by_about(ReviewSanction)),
    "answer_review_request": Kind(_of_itself, by_about(AnswerReviewRequest)),
    "decide_late_appeal": Kind(_if_late, by_about(DecideLateAppeal)),
    "assign_appeal": Kind(_of_itself, by_about(AssignAppeal)),
    "decide_appeal": Kind(_of_itself, by_about(DecideAppeal)),
    "end_court_measure": Kind(_of_sanction, court_ended),
    "look_again": Kind(_on_look_again_day, looked),
    "ask_again": Kind(_asked_again, asked_again),
    "agency_asked": Kind(_asked_for, agency_answered),
    "countersign": Kind(_of_itself, by_about(Countersign)),
    "recall_disclosure": Kind(_recalled, by_about(RecallDisclosure)),
    "lift_block": Kind(_blocked, by_about(ConfirmBlockLifted)),
    "approve_flag": Kind(_fixed("lapses_on", must=False), by_any(ApproveFlag, DeclineFlag)),
    "tell_person": Kind(_of_itself, by_later(TellPerson, RecordNotTold)),
    "review_flag": Kind(_fixed("review_by"), by_later(ReviewFlag, RestartFlag)),
    "decide_flag_dispute": Kind(_of_itself, by_later(DecideFlagDispute)),
    "complete_audit_action": Kind(_each_finding, audited),
    "conclude_inquiry": Kind(_of_itself, by_any(ConcludeInquiry)),
    "tell_inquiry_outcome": Kind(_of_itself, by_any(TellInquiryOutcome)),
}
"""Every duty an edition may name."""


def _promises(name: str) -> Callable[[Look, BoundRule], tuple[Promise, ...]]:
    def promises(look: Look, rule: BoundRule) -> tuple[Promise, ...]:
        edition = look.facts.edition
        owed = edition.duties[name]
        period: str = rule.settings.get("period") or owed.period or ""
        return tuple(
            Promise(name, rule.citation.clause, day or edition.last_day(period, _starts(look)), owed.owners, about)
            for about, day in KINDS[name].days(look)
        )

    return promises


def _starts(look: Look) -> date:
    """The day a period counts from: when the thing arrived or happened, else when the step was taken."""
    file = look.facts.file
    if isinstance(look.draft, RecordInjury | CorrectEntry) and isinstance(file, IncidentFile) and file.happened_on:
        return file.happened_on
    return said(look.draft, "received_on") or look.facts.day


def _asked(name: str) -> Callable[[Look], Verdict]:
    def asked(look: Look) -> Verdict:
        title = look.facts.edition.duties[name].title
        return met(f"{title}: done already.") if KINDS[name].already(look) else not_met(f"{title}.")

    return asked


FIXED_DAYS = frozenset({"review_sanction", "review_flag", "complete_audit_action", "ask_again"})
"""Duties whose day the step itself fixes; every other may be counted by a period, which the edition must give."""

DUTIES: Mapping[str, DutyKind] = {
    name: DutyKind(name, _asked(name), _promises(name), counted=name not in FIXED_DAYS) for name in KINDS
}
"""The same, as the engine asks them."""
