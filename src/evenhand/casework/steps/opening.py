"""Steps that open a case, or decline to (clauses 1.2 and 1.3)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    Day,
    FileKind,
    FrontLine,
    Known,
    Name,
    Past,
    Person,
    Remedy,
    Said,
    Staff,
    StepData,
    Subject,
    ToIncident,
    Words,
    ask,
    need,
)
from evenhand.casework.steps.decision import Terms

SubjectKind = Literal[
    "tenant",
    "joint_tenant",
    "household_member",
    "leaseholder",
    "shared_owner",
    "applicant",
    "former_customer",
    "visitor",
    "representative",
    "guest",
    "unknown",
]
OtherRoute = Literal["none", "service_recovery", "complaint", "asb", "safeguarding", "staff_conduct", "conversation"]


class OpenCase(StepData):
    """Open a case where the relationship with somebody has broken down (clauses 1.2 and 1.3)."""

    starts: ClassVar[tuple[FileKind, ...]] = ("case",)
    decides: ClassVar[bool] = True

    subject: Subject | None = ask("Who it is about", "Leave empty if you do not know yet.")
    subject_description: Annotated[Words, Known("unnamed")] | None = ask(
        "Who, if you do not know the name", "What you saw, or how they signed."
    )
    subject_kind: Annotated[SubjectKind, Known("subject_kind")] | None = ask("What they are to us")
    incidents: tuple[ToIncident, ...] = ask("Reports it rests on", default=())
    breakdown: Words | None = ask("What has broken down", "Why ordinary service no longer works between you.")
    tried_first: Words | None = ask("What was tried first", "And why that was not enough.")
    urgent: bool = ask("It cannot wait", "Somebody could come to harm.", default=False)
    colleague: Annotated[FrontLine, Known("reporter")] | None = ask(
        "Front-line colleague", "Who works with this person and opens the case with you."
    )
    between_customers: bool = ask("Between customers", "Then it belongs to the ASB procedure.", default=False)
    service: Words | None = ask("Service concerned", "Repairs, lettings, rent and so on.")
    reasons: Words | None = ask("Anything else to know")


class BringInSanction(StepData):
    """Enter a measure that was imposed before this record began; it is provisional until approved (clause 5.2)."""

    starts: ClassVar[tuple[FileKind, ...]] = ("case",)
    correctable: ClassVar[tuple[str, ...]] = ("imposed_on", "ends_on", "reasons", "source")

    subject: Subject | None = ask("Whom it binds")
    remedy: Remedy | None = ask("Measure")
    imposed_on: Past | None = ask("Imposed on")
    ends_on: Day | None = ask("Last day", "Leave empty if nobody set one.")
    review_on: Day | None = ask("Next review", "Leave empty if nobody set one.")
    notice_given_on: Past | None = ask("The person was told on", "Leave empty if you cannot find that they were.")
    reasons: Words | None = ask("Reasons given then")
    source: Words | None = ask("Where this comes from", "The letter, the old system, or whom you asked.")
    terms: Terms | None = ask("Terms", "What they may and may not do.")
    colleague: FrontLine | None = ask("Colleague who knows the history")


class EndorseCase(StepData):
    """Agree, as the colleague's manager, that this is a case (clause 1.3)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons", "Why ordinary ways are exhausted.")
    stands_in_for: Annotated[Name, Person("staff", takes="endorse_case", is_other=True)] | None = ask(
        "You stand in for", "Where their own manager cannot do it."
    )
    why_stands_in: Words | None = ask("Why you stand in", "Away, or affected by what happened.")


class DeclineCase(StepData):
    """Decide that this is not a case, and say what would be right instead (clause 1.3)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons", "The colleague who asked will read this.")
    route: OtherRoute | None = ask("The right way instead")


class LinkIncident(StepData):
    """Add a report to the case (clause 1.2)."""

    incident: ToIncident = need("Report")


class AssignCase(StepData):
    """Say who looks after the case (clause 1.3)."""

    officer: Annotated[Name, Person("staff", takes="review_sanction")] = need("Case officer")
    reasons: Words | None = ask("Reasons", "Where the case changes hands.")


class RestrictCase(StepData):
    """Keep the case to a few people, because of who is in it or what it holds (clause 3.2)."""

    why: Literal["colleague_involved", "colleague_is_customer", "public_figure", "other"] | None = ask(
        "What makes it so", "A colleague who is in it, one who lives here, or somebody in the public eye."
    )
    reasons: Said = need("Why few should see it")
    allowed: tuple[Staff, ...] = ask("Who may see it", default=())
