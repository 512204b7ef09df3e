"""What is owed: how each duty is promised when a step is taken, and how the entries show that it was done.

The edition says who owes a duty, within which period and under which clause, and which steps owe it. Code knows from
which day it counts and what discharges it. A promise is fixed in its entry: `duties` takes neither clock nor calendar.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, File, ref_of
from evenhand.casework.facts import Duty, Look
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.settle import settle
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal
from evenhand.casework.steps.assessment import AssessConduct, AssessEquality, ConsiderConversation
from evenhand.casework.steps.base import StepData, said
from evenhand.casework.steps.casefacts import (
    AddEvidence,
    DeferTelling,
    PutAllegation,
    RecordAccount,
    RequestEvidence,
)
from evenhand.casework.steps.control import (
    AuditCase,
    CompleteAuditAction,
    ConfirmBlockLifted,
    Countersign,
    Disclose,
    LookAgain,
    MarkDeath,
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
from evenhand.casework.steps.incident import RecordConversation, RecordInjury, TriageIncident
from evenhand.casework.steps.notice import AnswerReviewRequest, GiveNotice, LiftSanction, RecordReturn, ReviewSanction
from evenhand.casework.steps.opening import DeclineCase, EndorseCase
from evenhand.policy.engine import BoundRule, DutyKind
from evenhand.policy.findings import Promise, Verdict, met, not_met


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise with the entry that made it and the file it stands on."""

    file: File
    entry: AnyEntry
    promise: Promise

    @property
    def about(self) -> str:
        return self.promise.about


Done = Callable[[Owed], date | None]
"""The day a promise was kept, or None."""


def duties(file: File) -> list[Duty]:
    """Everything promised on a file, with the day each was kept or fell away; a withdrawn entry's promises are gone."""
    return [_duty(Owed(file, entry, promise)) for entry in file.entries for promise in entry.promises]


def _duty(owed: Owed) -> Duty:
    done = KINDS[owed.promise.duty].done(owed)
    falls_away = None if done else _falls_away(owed)
    return Duty(_put_off(owed), owed.file.name, owed.entry.ref, done, falls_away)


def _put_off(owed: Owed) -> Promise:
    """The promise; where telling the person was put off, it waits for the day to look at that again."""
    put_off = owed.file.about(DeferTelling, owed.about) if owed.promise.duty == "give_notice" else []
    days = [entry.data.look_again_on for entry in put_off if entry.data.look_again_on]
    return replace(owed.promise, due_on=max(owed.promise.due_on, *days)) if days else owed.promise


def _falls_away(owed: Owed) -> date | None:
    """The last day on which the duty stands, where what it was owed for has ended, or whom it is about has died.

    A provisional flag that ran out still wants its decision: nobody is warned any more, and somebody must say why.
    """
    file, duty = owed.file, owed.promise.duty
    days = [entry.taken_on for entry in file.all(MarkDeath) if (entry.data.subject or file.subject) == _whom(owed)]
    if isinstance(file, FlagFile) and duty in ("review_flag", "approve_flag"):
        days += [day for day in (file.ended_on, file.lapses_on if duty == "review_flag" else None) if day]
    if isinstance(file, CaseFile):
        days += _ended(file, duty, owed.about)
    return min(days, default=None)


def _whom(owed: Owed) -> str:
    """The person a duty is about: whom its measure binds, else whom the file is about."""
    if not isinstance(owed.file, CaseFile):
        return owed.file.subject
    made = owed.file.sanction_of(owed.about) or owed.file.sanction_of(owed.entry.ref)
    return owed.file.sanctions[made].subject if made else owed.file.subject


def _ended(case: CaseFile, duty: str, about: str) -> list[date]:
    if duty == "give_notice" and about in case.sanctions and case.sanctions[about].is_ended_untold:
        return [day for day in (case.sanctions[about].ended_on,) if day]
    if duty in ("review_sanction", "approve_sanction"):
        sanction = case.sanctions.get(about)
        return [day for day in (sanction.ended_on, sanction.lapses_on) if day] if sanction else []
    appeal = case.appeals.get(about)
    return [appeal.late_decisions[-1].taken_on] if appeal is not None and appeal.admitted is False else []


def _first(entries: Iterable[AnyEntry]) -> date | None:
    return next((entry.taken_on for entry in entries), None)


def _any(*models: type[StepData]) -> Done:
    """Done by the first entry of any of these steps, whenever it was taken."""
    return lambda owed: _first(e for e in owed.file.entries if isinstance(e.data, models) and _counts(e))


def _counts(entry: AnyEntry) -> bool:
    """Whether an entry was enough for what it was owed for, as fixed when it was taken."""
    return entry.fixed.get("counts") != "no"


def _later(*models: type[StepData]) -> Done:
    """Done by the first entry of any of these steps after the one that promised it."""

    def done(owed: Owed) -> date | None:
        since = owed.entry.sequence
        return _first(e for e in owed.file.entries if isinstance(e.data, models) and e.sequence > since)

    return done


def _about(model: type[StepData]) -> Done:
    """Done by the first later entry of this step that acts on what the promise is about."""

    def done(owed: Owed) -> date | None:
        return _first(e for e in owed.file.about(model, owed.about) if e.sequence > owed.entry.sequence)

    return done


def _reported(owed: Owed) -> date | None:
    reports = (entry.data.reported_to_regulator_on for entry in owed.file.all(RecordInjury))
    return next((day for day in reports if day), None)


def _received(owed: Owed) -> date | None:
    """Each piece of evidence answers one request: of whoever gave it, else the oldest that is still open."""
    waiting: dict[str, RequestEvidence] = {}
    for entry in owed.file.entries:
        if isinstance(entry.data, RequestEvidence):
            waiting[entry.ref] = entry.data
        elif isinstance(entry.data, AddEvidence) and waiting:
            givers = {entry.by, entry.data.source} - {None}
            asked = (ref for ref, request in waiting.items() if givers & {request.from_whom, request.from_name})
            answered = next(asked, next(iter(waiting)))
            if answered == owed.entry.ref:
                return entry.taken_on
            del waiting[answered]
    return None


def _heard(owed: Owed) -> date | None:
    """An account of the allegation, or silence past the day to answer; for an urgent action any account on the case."""
    accounts = [entry for entry in owed.file.all(RecordAccount) if _counts(entry)]
    if not isinstance(owed.entry.data, PutAllegation):
        return _first(accounts)
    answers = [entry for entry in accounts if entry.data.allegation == owed.entry.ref]
    return _first(e for e in answers if e.data.outcome != "no_reply" or e.taken_on > owed.promise.due_on)


def _assessed_fully(owed: Owed) -> date | None:
    """A full assessment of the person whom the urgent measure binds, for that measure."""
    data = owed.entry.data
    subject = said(data, "subject") or owed.file.subject
    return _full_assessment(owed.file, subject, said(data, "remedy"))


def _decided(owed: Owed) -> date | None:
    """Approved by all who must, or declined."""
    sanction = owed.file.sanctions.get(owed.about) if isinstance(owed.file, CaseFile) else None
    return sanction.approved_on or _first(sanction.all(DeclineSanction)) if sanction else None


def _noticed(owed: Owed) -> date | None:
    returned = {entry.data.notice for entry in owed.file.all(RecordReturn)}
    return _first(entry for entry in owed.file.about(GiveNotice, owed.about) if entry.ref not in returned)


def _court_ended(owed: Owed) -> date | None:
    ended, found = ("withdrawn", "discharged", "varied"), owed.file.about(RecordCourtOutcome, owed.about)
    return _first(e for e in found if e.data.outcome in ended and e.sequence > owed.entry.sequence)


def _looked(owed: Owed) -> date | None:
    """Looked at again; what was put off is looked at again by telling the person too."""
    looked = _first(owed.file.about(LookAgain, owed.entry.ref))
    if looked is None and isinstance(owed.entry.data, DeferTelling):
        return _noticed(owed)
    told = isinstance(owed.entry.data, RecordNotTold)
    return looked or (_later(TellPerson)(owed) if told else None)


def _audited(owed: Owed) -> date | None:
    """The action of one finding: a promise about `<audit>/<number of the finding>`."""
    audit, _, number = owed.about.partition("/")
    done = owed.file.about(CompleteAuditAction, audit)
    return _first(entry for entry in done if entry.data.number == int(number))


def _looked_into(owed: Owed) -> date | None:
    return _first(owed.file.about(LookAgain, owed.entry.ref))


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
    return lambda look: any(_counts(entry) for model in models for entry in look.facts.file.all(model))


def _is_approved(look: Look) -> bool:
    return look.sanction is not None and look.sanction.approved_on is not None


def _is_assessed_fully(look: Look) -> bool:
    """Whether a full assessment of the person for this very measure is there already."""
    measure = look.measure
    if measure is None:
        return False
    subject = measure.subject or look.facts.file.subject
    return _full_assessment(look.facts.file, subject, measure.remedy) is not None


def _full_assessment(file: File, subject: str, remedy: str | None) -> date | None:
    return _first(
        entry
        for entry in file.all(AssessEquality)
        if entry.data.form == "full"
        and _counts(entry)
        and (entry.data.subject or file.subject) == subject
        and (not entry.data.remedies or remedy in entry.data.remedies)
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of duty: what it is about and by when, what discharges it, and whether it is discharged already."""

    days: Days
    done: Done
    already: Callable[[Look], bool] = lambda _: False


KINDS: Mapping[str, Kind] = {
    "triage_incident": Kind(_of_itself, _any(TriageIncident), _holds(TriageIncident)),
    "report_injury": Kind(_of_itself, _reported),
    "evidence_asked_for": Kind(_asked_for, _received),
    "endorse_case": Kind(_of_itself, _any(EndorseCase, DeclineCase), _holds(EndorseCase)),
    "hear_customer": Kind(_fixed("reply_by", must=False), _heard),
    "consider_conversation": Kind(
        _of_itself, _any(ConsiderConversation, RecordConversation), _holds(ConsiderConversation, RecordConversation)
    ),
    "assess_conduct": Kind(_of_itself, _any(AssessConduct), _holds(AssessConduct)),
    "assess_equality": Kind(_of_itself, _assessed_fully, _is_assessed_fully),
    "instruct_legal": Kind(_of_sanction, _about(InstructLegal)),
    "counter_allegation": Kind(_of_itself, _looked_into),
    "approve_sanction": Kind(_of_sanction, _decided, _is_approved),
    "give_notice": Kind(_of_review_notice, _noticed),
    "review_sanction": Kind(_fixed("review_by", of_sanction=True), _about(ReviewSanction)),
    "answer_review_request": Kind(_of_itself, _about(AnswerReviewRequest)),
    "decide_late_appeal": Kind(_if_late, _about(DecideLateAppeal)),
    "assign_appeal": Kind(_of_itself, _about(AssignAppeal)),
    "decide_appeal": Kind(_of_itself, _about(DecideAppeal)),
    "end_court_measure": Kind(_of_sanction, _court_ended),
    "look_again": Kind(_on_look_again_day, _looked),
    "countersign": Kind(_of_itself, _about(Countersign)),
    "recall_disclosure": Kind(_recalled, _about(RecallDisclosure)),
    "lift_block": Kind(_blocked, _about(ConfirmBlockLifted)),
    "approve_flag": Kind(_fixed("lapses_on", must=False), _any(ApproveFlag, DeclineFlag)),
    "tell_person": Kind(_of_itself, _later(TellPerson, RecordNotTold)),
    "review_flag": Kind(_fixed("review_by"), _later(ReviewFlag, RestartFlag)),
    "decide_flag_dispute": Kind(_of_itself, _later(DecideFlagDispute)),
    "complete_audit_action": Kind(_each_finding, _audited),
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
    if isinstance(look.draft, RecordInjury) and isinstance(file, IncidentFile) and file.happened_on:
        return file.happened_on
    return said(look.draft, "received_on") or look.facts.day


def _asked(name: str) -> Callable[[Look], Verdict]:
    def asked(look: Look) -> Verdict:
        title = look.facts.edition.duties[name].title
        return met(f"{title}: done already.") if KINDS[name].already(look) else not_met(f"{title}.")

    return asked


FIXED_DAYS = frozenset({"review_sanction", "review_flag", "complete_audit_action"})
"""Duties whose day the step itself fixes; every other may be counted by a period, which the edition must give."""

DUTIES: Mapping[str, DutyKind] = {
    name: DutyKind(name, _asked(name), _promises(name), counted=name not in FIXED_DAYS) for name in KINDS
}
"""The same, as the engine asks them."""
