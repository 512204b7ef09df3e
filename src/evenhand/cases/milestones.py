"""Where a case that is under way stands: the last of the steps on it that bring it further."""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.casework.case import CaseFile
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import AssessConduct
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    DeclineSanction,
    ProposeSanction,
    RecordContractAnswer,
    RecordCourtOutcome,
    TakeUrgentAction,
)
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, RecordReturn, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction, EndorseCase

MILESTONES: Mapping[type[StepData], str] = {
    EndorseCase: "Endorsed",
    PutAllegation: "Allegation put to the customer",
    RecordAccount: "Customer's side recorded",
    AssessConduct: "Conduct weighed",
    ProposeSanction: "Measure proposed",
    DeclineSanction: "Measure declined",
    DecideNoSanction: "No measure taken",
    ApproveSanction: "Measure approved",
    TakeUrgentAction: "Urgent action taken",
    BringInSanction: "Measure from before",
    GiveNotice: "Customer told",
    RecordReturn: "Letter came back",
    RecordContractAnswer: "Contract answered",
    RecordCourtOutcome: "Court decided",
    ReceiveAppeal: "Appeal received",
    AssignAppeal: "Appeal under way",
    DecideAppeal: "Appeal decided",
    ReviewSanction: "Measure reviewed",
    LiftSanction: "Measure lifted",
}
"""The steps, and how a list says that a case has come so far."""


def milestone_of(case: CaseFile) -> str:
    """The name of the last of them on a case, or ''; that no reply came brings it no further."""
    steps = (entry.data for entry in reversed(case.entries))
    return next((data.name for data in steps if type(data) in MILESTONES and not _is_silence(data)), "")


def _is_silence(data: StepData) -> bool:
    return isinstance(data, RecordAccount) and data.outcome == "no_reply"
