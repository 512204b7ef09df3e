"""Who took part in what: one function over entries, used by appeals, audits, disputes and approvals (clause 5.6)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.incident import IncidentFile
from evenhand.casework.person import PersonFile
from evenhand.casework.registers import Registers
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, SuspendSanction
from evenhand.casework.steps.assessment import (
    AskAgency,
    AssessConduct,
    AssessEquality,
    ConsiderConversation,
    ConsiderMediation,
    RecordAgencyAnswer,
    SignpostSupport,
)
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import (
    AddEvidence,
    CheckOwnService,
    DeferTelling,
    PutAllegation,
    RecordAccount,
    RecordCounterAllegation,
    RequestTakedown,
)
from evenhand.casework.steps.control import CloseCase, ReopenCase
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    DeclineSanction,
    InstructLegal,
    OfferContract,
    ProposeSanction,
    RecordLegalAdvice,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
)
from evenhand.casework.steps.flag import ApproveFlag, BringInFlag, DecideFlagDispute, EndFlag, ProposeFlag, ReviewFlag
from evenhand.casework.steps.incident import (
    AddStatement,
    RecordConversation,
    RecordInjury,
    ReportIncident,
    TriageIncident,
)
from evenhand.casework.steps.inquiry import AssignInquiry, ConcludeInquiry, OpenInquiry, RecordColleagueAccount
from evenhand.casework.steps.notice import (
    AgreeContinuation,
    AnswerReviewRequest,
    AskContinuation,
    GiveNotice,
    LiftSanction,
    ReviewSanction,
)
from evenhand.casework.steps.opening import BringInSanction, DeclineCase, EndorseCase, OpenCase

PARTS: Mapping[type[StepData], str] = {
    ReportIncident: "reported",
    AddStatement: "reported",
    RecordInjury: "recorded",
    TriageIncident: "triaged",
    OpenCase: "opened",
    BringInSanction: "opened",
    EndorseCase: "endorsed",
    DeclineCase: "endorsed",
    AddEvidence: "advised",
    PutAllegation: "advised",
    ConsiderConversation: "advised",
    AssessConduct: "advised",
    AssessEquality: "advised",
    InstructLegal: "advised",
    RecordLegalAdvice: "advised",
    RecordConversation: "advised",
    RecordAccount: "advised",
    CheckOwnService: "advised",
    SignpostSupport: "advised",
    AskAgency: "advised",
    RecordAgencyAnswer: "advised",
    ConsiderMediation: "advised",
    RequestTakedown: "advised",
    GiveNotice: "advised",
    OfferContract: "advised",
    ServeNoticeSeekingPossession: "advised",
    DeferTelling: "decided",
    ProposeSanction: "proposed",
    TakeUrgentAction: "proposed",
    ApproveSanction: "approved",
    DeclineSanction: "approved",
    DecideNoSanction: "decided",
    AnswerReviewRequest: "decided",
    CloseCase: "decided",
    ReopenCase: "decided",
    AskContinuation: "proposed",
    AgreeContinuation: "approved",
    ReviewSanction: "reviewed",
    LiftSanction: "reviewed",
    DecideLateAppeal: "assigned",
    AssignAppeal: "assigned",
    SuspendSanction: "appeal_officer",
    DecideAppeal: "appeal_officer",
    ProposeFlag: "proposed",
    BringInFlag: "proposed",
    ApproveFlag: "approved",
    ReviewFlag: "reviewed",
    EndFlag: "reviewed",
    DecideFlagDispute: "decided",
    OpenInquiry: "opened",
    AssignInquiry: "assigned",
    RecordColleagueAccount: "looked_into",
    ConcludeInquiry: "looked_into",
}

NAMED: tuple[tuple[type[StepData], str, str], ...] = (
    (ReportIncident, "reporter", "reported"),
    (ReportIncident, "affected", "affected"),
    (RecordInjury, "person", "affected"),
    (AddStatement, "person", "reported"),
    (OpenCase, "colleague", "opened"),
    (BringInSanction, "colleague", "opened"),
    (ConsiderConversation, "by", "advised"),
    (RecordConversation, "by", "advised"),
    (GiveNotice, "sender", "advised"),
    (TakeUrgentAction, "manager", "approved"),
    (ApproveSanction, "present", "approved"),
    (ApproveSanction, "consulted", "advised"),
    (AgreeContinuation, "present", "approved"),
    (RecordCounterAllegation, "about", "affected"),
    (OpenInquiry, "inquirer", "looked_into"),
    (AssignInquiry, "inquirer", "looked_into"),
    (OpenInquiry, "about", "spoken_of"),
)
"""People whom an entry names in a part of their own, beside whoever entered it."""

Parts = dict[str, dict[str, AnyEntry]]
"""Each person's parts, with the first entry that shows each: {person: {part: entry}}."""


def took_part(files: Iterable[File], *, counts: Callable[[AnyEntry], bool] = lambda _: True) -> Parts:
    """Who took which part in these files, from the record and not from a box that somebody ticks.

    Incidents that a case stands on belong to it: pass them along with the case. Of what is on a person's own file
    only the equality assessments count, on which its decisions may rest.
    """
    parts: Parts = defaultdict(dict)
    for file in files:
        for entry in file.recorded:
            if counts(entry) and (not isinstance(file, PersonFile) or isinstance(entry.data, AssessEquality)):
                _add_parts(parts, entry)
    return dict(parts)


def _add_parts(parts: Parts, entry: AnyEntry) -> None:
    model = type(entry.data)
    if model in PARTS and not (isinstance(entry.data, ReportIncident) and entry.data.reporter):
        parts[entry.by].setdefault(PARTS[model], entry)
    for named_model, field, part in NAMED:
        if model is named_model:
            value = getattr(entry.data, field)
            for who in (value,) if isinstance(value, str) else value or ():
                parts[who].setdefault(part, entry)


def with_managers(parts: Parts, registers: Registers) -> Parts:
    """The same, with the immediate line manager of everyone who took part, as at the time: 'managed'."""
    widened: Parts = defaultdict(dict, {who: dict(theirs) for who, theirs in parts.items()})
    for who, theirs in parts.items():
        for entry in theirs.values():
            for manager in registers.managers_of(who, entry.taken_on):
                widened[manager].setdefault("managed", entry)
    return dict(widened)


def parts_of(who: str, parts: Parts, barred: Iterable[str]) -> list[str]:
    """Which of the barred parts somebody took, in the order given."""
    return [part for part in barred if part in parts.get(who, {})]


def case_files(case: File, files: Mapping[str, File], incidents: Iterable[str]) -> list[File]:
    """The case with the incidents it stands on, and the files of those whom it is about."""
    bound = {s.subject for s in case.sanctions.values()} if isinstance(case, CaseFile) else set()
    named = (*incidents, *sorted({case.subject, *bound}))
    return [case, *(f for name in named if isinstance(f := files.get(name), IncidentFile | PersonFile))]
