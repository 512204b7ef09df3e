"""What each decision's letter is called and must hold, until letters themselves exist (clause 5.1)."""

from collections.abc import Mapping

from evenhand.casework.steps.appeal import DecideAppeal, DecideLateAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.decision import DecideNoSanction, DeclineSanction, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.notice import AnswerReviewRequest, LiftSanction, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction

LETTERS: Mapping[type[StepData], tuple[str, str]] = {
    ProposeSanction: ("sanction", "sanction_notice"),
    BringInSanction: ("sanction", "sanction_notice"),
    TakeUrgentAction: ("urgent_action", "urgent_notice"),
    DecideNoSanction: ("no_sanction", "outcome_notice"),
    ReviewSanction: ("review", "review_outcome"),
    DecideAppeal: ("appeal_decision", "appeal_decision"),
    DecideLateAppeal: ("late_appeal", "late_appeal_decision"),
    LiftSanction: ("lifting", "lifting_notice"),
    DeclineSanction: ("lifting", "lifting_notice"),
    AnswerReviewRequest: ("request_answer", "request_answer"),
}
"""What a notice of each decision tells (the word a gate line asks for), and which letter of the edition tells it."""

LETTER_PARTS = frozenset(
    {
        "reasons", "dates", "measure", "essential_access", "appeal", "ombudsman", "review_date", "contact", "what_next",
        "decision",
    }
)  # fmt: skip
