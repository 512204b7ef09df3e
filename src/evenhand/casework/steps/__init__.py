"""Every step there is, by its name and in the order people take them."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from evenhand.casework.steps import (
    appeal,
    assessment,
    casefacts,
    control,
    decision,
    flag,
    incident,
    inquiry,
    notice,
    opening,
    person,
)
from evenhand.casework.steps.base import StepData

__all__ = ["STEPS", "UnknownStep", "step_named"]

_IN_ORDER: tuple[type[StepData], ...] = (
    incident.ReportIncident,
    incident.RecordInjury,
    incident.ReportToPolice,
    incident.MakeSafe,
    incident.AddStatement,
    incident.RecordConversation,
    incident.TriageIncident,
    incident.NoteCase,
    incident.OfferStaffSupport,
    incident.TellReporter,
    person.RecordNeed,
    person.OfferAdjustment,
    person.AnswerAdjustment,
    person.NameRepresentative,
    person.RecordComplaint,
    person.RecordAssurance,
    person.RecordChange,
    person.AnswerQuestion,
    opening.OpenCase,
    opening.BringInSanction,
    opening.EndorseCase,
    opening.DeclineCase,
    opening.LinkIncident,
    opening.AssignCase,
    opening.RestrictCase,
    casefacts.RecordContact,
    casefacts.AddEvidence,
    casefacts.RequestEvidence,
    casefacts.RecordCounterAllegation,
    casefacts.PutAllegation,
    casefacts.RecordAccount,
    casefacts.DeferTelling,
    casefacts.CheckOwnService,
    casefacts.RequestTakedown,
    assessment.ConsiderConversation,
    assessment.SignpostSupport,
    assessment.AskAgency,
    assessment.RecordAgencyAnswer,
    assessment.ConsiderMediation,
    assessment.AssessConduct,
    assessment.AssessEquality,
    assessment.PlanSafeWorking,
    decision.ProposeSanction,
    decision.ApproveSanction,
    decision.DeclineSanction,
    decision.DecideNoSanction,
    decision.TakeUrgentAction,
    decision.InstructLegal,
    decision.RecordLegalAdvice,
    decision.OfferContract,
    decision.RecordContractAnswer,
    decision.ServeNoticeSeekingPossession,
    decision.RecordCourtOutcome,
    notice.GiveNotice,
    notice.RecordReturn,
    notice.RecordBreach,
    notice.RequestReview,
    notice.AnswerReviewRequest,
    notice.AskContinuation,
    notice.AgreeContinuation,
    notice.ReviewSanction,
    notice.LiftSanction,
    appeal.ReceiveAppeal,
    appeal.DecideLateAppeal,
    appeal.AssignAppeal,
    appeal.SuspendSanction,
    appeal.DecideAppeal,
    control.ReferToAsb,
    control.LinkMatter,
    control.Countersign,
    control.Disclose,
    control.RecallDisclosure,
    control.AdoptEdition,
    control.AuditCase,
    control.CompleteAuditAction,
    control.CloseCase,
    control.ReopenCase,
    control.OfferRedress,
    control.AddNote,
    control.CorrectEntry,
    control.LookAgain,
    control.AskLookAgain,
    control.MarkDeath,
    control.Withdraw,
    control.RecordBlock,
    control.ConfirmBlockLifted,
    control.PlaceHold,
    control.ReleaseHold,
    control.EraseContent,
    control.DisposeFile,
    flag.ProposeFlag,
    flag.BringInFlag,
    flag.ApproveFlag,
    flag.DeclineFlag,
    flag.TellPerson,
    flag.RecordNotTold,
    flag.ReviewFlag,
    flag.RestartFlag,
    flag.DisputeFlag,
    flag.DecideFlagDispute,
    flag.EndFlag,
    inquiry.OpenInquiry,
    inquiry.AssignInquiry,
    inquiry.RecordColleagueAccount,
    inquiry.ConcludeInquiry,
    inquiry.TellInquiryOutcome,
    inquiry.NoteInquiry,
)

STEPS: Mapping[str, type[StepData]] = MappingProxyType({step.name: step for step in _IN_ORDER})


LONGEST = 100
"""Characters of a name that are looked at when it is no step's."""


class UnknownStep(LookupError):
    """No step has this name; the text names the nearest one."""


def step_named(name: str) -> type[StepData]:
    """The model of a step. Raises `UnknownStep`, naming the nearest step there is."""
    if name not in STEPS:
        near = get_close_matches(name[:LONGEST], STEPS, n=1, cutoff=0.0)
        raise UnknownStep(f"There is no step {name[:LONGEST]!r}. Did you mean {near[0]!r}?")
    return STEPS[name]
