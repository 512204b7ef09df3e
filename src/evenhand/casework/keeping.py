"""What keeps a promise: how the entries show that a duty was done, fell away, or waits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from evenhand.casework.case import CaseFile
from evenhand.casework.enough import agency_answer_is_enough
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.flag import FlagFile
from evenhand.casework.person import PersonFile
from evenhand.casework.sanction import settles_continuation
from evenhand.casework.steps.assessment import AssessEquality, RecordAgencyAnswer
from evenhand.casework.steps.base import StepData, said
from evenhand.casework.steps.casefacts import (
    AddEvidence,
    DeferTelling,
    PutAllegation,
    RecordAccount,
    RequestEvidence,
)
from evenhand.casework.steps.control import (
    CompleteAuditAction,
    LookAgain,
    MarkDeath,
)
from evenhand.casework.steps.decision import DeclineSanction, RecordCourtOutcome
from evenhand.casework.steps.flag import (
    RecordNotTold,
    TellPerson,
)
from evenhand.casework.steps.incident import OfferStaffSupport, RecordInjury
from evenhand.casework.steps.inquiry import NoteInquiry
from evenhand.casework.steps.notice import GiveNotice, RecordReturn
from evenhand.policy.findings import Promise


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


def put_off(owed: Owed) -> Promise:
    """The promise; where telling the person was put off, it waits for the day to look at that again."""
    deferred = owed.file.about(DeferTelling, owed.about) if owed.promise.duty == "give_notice" else []
    days = [entry.data.look_again_on for entry in deferred if entry.data.look_again_on]
    return replace(owed.promise, due_on=max(owed.promise.due_on, *days)) if days else owed.promise


OUTLIVING = frozenset({"conclude_inquiry"})
"""What is owed all the same when the customer has died: here, to the colleague of whom they said it."""


def falls_away(owed: Owed) -> date | None:
    """The last day on which the duty stands, where what it was owed for has ended, or whom it is about has died.

    A provisional flag that ran out still wants its decision: nobody is warned any more, and somebody must say why.
    """
    file, duty = owed.file, owed.promise.duty
    deaths = [] if duty in OUTLIVING else file.all(MarkDeath)
    days = [entry.taken_on for entry in deaths if (entry.data.subject or file.subject) == _whom(owed)]
    if isinstance(file, FlagFile) and duty in ("review_flag", "approve_flag"):
        days += [day for day in (file.ended_on, file.lapses_on if duty == "review_flag" else None) if day]
    if isinstance(file, CaseFile):
        days += _ended(file, duty, owed.about)
    if isinstance(file, PersonFile) and file.died_on:
        days.append(file.died_on)
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
    if duty in ("review_sanction", "approve_sanction", "agree_continuation"):
        sanction = case.sanctions.get(about)
        return [day for day in (sanction.ended_on, sanction.lapses_on) if day] if sanction else []
    appeal = case.appeals.get(about)
    return [appeal.late_decisions[-1].taken_on] if appeal is not None and appeal.admitted is False else []


def _first(entries: Iterable[AnyEntry]) -> date | None:
    return next((entry.taken_on for entry in entries), None)


def by_any(*models: type[StepData]) -> Done:
    """Done by the first entry of any of these steps, whenever it was taken."""
    return lambda owed: _first(e for e in owed.file.entries if isinstance(e.data, models) and counts(e))


def counts(entry: AnyEntry) -> bool:
    """Whether an entry was enough for what it was owed for, as fixed when it was taken."""
    return entry.fixed.get("counts") != "no"


def by_later(*models: type[StepData]) -> Done:
    """Done by the first entry of any of these steps after the one that promised it."""

    def done(owed: Owed) -> date | None:
        since = owed.entry.sequence
        return _first(e for e in owed.file.entries if isinstance(e.data, models) and e.sequence > since)

    return done


def by_about(model: type[StepData]) -> Done:
    """Done by the first later entry of this step that acts on what the promise is about."""

    def done(owed: Owed) -> date | None:
        return _first(e for e in owed.file.about(model, owed.about) if e.sequence > owed.entry.sequence)

    return done


def reported(owed: Owed) -> date | None:
    reports = (entry.data.reported_to_regulator_on for entry in owed.file.all(RecordInjury))
    return next((day for day in reports if day), None)


def received(owed: Owed) -> date | None:
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


def heard(owed: Owed) -> date | None:
    """An account of the allegation, or silence past the day to answer; for an urgent action any account on the case."""
    accounts = [entry for entry in owed.file.all(RecordAccount) if counts(entry)]
    if not isinstance(owed.entry.data, PutAllegation):
        return _first(accounts)
    answers = [entry for entry in accounts if entry.data.allegation == owed.entry.ref]
    return _first(e for e in answers if e.data.outcome != "no_reply" or e.taken_on > owed.promise.due_on)


def assessed_fully(owed: Owed) -> date | None:
    """A full assessment of the person whom the urgent measure binds, for that measure."""
    data = owed.entry.data
    subject = said(data, "subject") or owed.file.subject
    return full_assessment(owed.file, subject, said(data, "remedy"))


def decided(owed: Owed) -> date | None:
    """Approved by all who must, or declined."""
    sanction = owed.file.sanctions.get(owed.about) if isinstance(owed.file, CaseFile) else None
    return sanction.approved_on or _first(sanction.all(DeclineSanction)) if sanction else None


def supported(owed: Owed) -> date | None:
    """The support was given, or they want it no more."""
    to = said(owed.entry.data, "to")
    later = (e for e in owed.file.all(OfferStaffSupport) if e.sequence > owed.entry.sequence and e.data.to == to)
    return _first(e for e in later if e.data.given_on or e.data.answer == "declined")


def continuation_settled(owed: Owed) -> date | None:
    """Agreed by all who must, refused, or reviewed without it."""
    sanction = owed.file.sanctions.get(owed.about) if isinstance(owed.file, CaseFile) else None
    later = (entry for entry in (sanction.trail if sanction else ()) if entry.sequence > owed.entry.sequence)
    return _first(entry for entry in later if settles_continuation(entry))


def noticed(owed: Owed) -> date | None:
    returned = {entry.data.notice for entry in owed.file.all(RecordReturn)}
    return _first(entry for entry in owed.file.about(GiveNotice, owed.about) if entry.ref not in returned)


def court_ended(owed: Owed) -> date | None:
    ended, found = ("withdrawn", "discharged", "varied"), owed.file.about(RecordCourtOutcome, owed.about)
    return _first(e for e in found if e.data.outcome in ended and e.sequence > owed.entry.sequence)


def looked(owed: Owed) -> date | None:
    """Looked at again; what was put off is looked at again by telling the person too."""
    again = _first(owed.file.about(LookAgain, owed.entry.ref))
    if again is None and isinstance(owed.entry.data, DeferTelling):
        return noticed(owed)
    told = isinstance(owed.entry.data, RecordNotTold)
    return again or (by_later(TellPerson)(owed) if told else None)


def asked_again(owed: Owed) -> date | None:
    """Looked at again, or said anew of the same need or the same adjustment."""
    data = owed.entry.data
    anew = (e for e in owed.file.all(type(data)) if e.sequence > owed.entry.sequence and _about_same(e.data, data))
    days = (_first(owed.file.about(LookAgain, owed.entry.ref)), _first(anew))
    return min((day for day in days if day), default=None)


def _about_same(one: StepData, other: StepData) -> bool:
    return all(said(one, name) == said(other, name) for name in ("need", "adjustment"))


def agency_answered(owed: Owed) -> date | None:
    """What an agency answered is there in words, or what else became of the question."""
    later = (e for e in owed.file.about(RecordAgencyAnswer, owed.about) if e.sequence > owed.entry.sequence)
    return _first(entry for entry in later if agency_answer_is_enough(entry.data))


def audited(owed: Owed) -> date | None:
    """The action of one finding: a promise about `<audit>/<number of the finding>`."""
    audit, _, number = owed.about.partition("/")
    done = owed.file.about(CompleteAuditAction, audit)
    return _first(entry for entry in done if entry.data.number == int(number))


def looked_into(owed: Owed) -> date | None:
    """An inquiry was opened into it; or somebody apart looked at it and said why it needs none."""
    noted = (entry for entry in owed.file.all(NoteInquiry) if entry.data.allegation == owed.entry.ref)
    days = (_first(noted), _first(owed.file.about(LookAgain, owed.entry.ref)))
    return min((day for day in days if day), default=None)


def full_assessment(file: File, subject: str, remedy: str | None) -> date | None:
    return _first(
        entry
        for entry in file.all(AssessEquality)
        if entry.data.form == "full"
        and counts(entry)
        and (entry.data.subject or file.subject) == subject
        and (not entry.data.remedies or remedy in entry.data.remedies)
    )
