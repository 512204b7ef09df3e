"""Steps that tell somebody of a decision and look after it while it lasts (clauses 5.1 and 5.2)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    Ahead,
    Channel,
    Day,
    FrontLine,
    Known,
    Name,
    Past,
    Points,
    Said,
    StepData,
    TheirChannel,
    TheirFormat,
    ToAssessment,
    Today,
    ToEvidence,
    Topic,
    ToSanction,
    ToTold,
    Words,
    ask,
    need,
)
from evenhand.casework.steps.decision import Terms


class GiveNotice(StepData):
    """Record exactly how somebody was told what was decided about them; nothing is sent from here (clause 5.1)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "told"
    target_field: ClassVar[str] = "about"

    about: ToTold | None = ask("What they are told of")
    how: TheirChannel | None = ask("How they are told")
    given_on: Today | None = ask("Given or posted on", "Time to appeal is counted from when it reaches them.")
    format: TheirFormat | None = ask("Format", "The one this person needs.")
    address: Annotated[Words, Known("address")] | None = ask("Where it went")
    address_confirmed_on: Day | None = ask("Address checked on", "Check it again after the letter was drafted.")
    explains: Words | None = ask("In plain words", "What was decided and why, as you would say it to them.")
    sender: Annotated[FrontLine, Known("actor")] | None = ask("Sent in the name of")
    enclosures: tuple[Words, ...] = ask("Enclosed", default=())
    interpreter: Words | None = ask("Interpreter")


class RecordReturn(StepData):
    """Record that a letter came back or a message did not arrive (clause 5.1)."""

    target: ClassVar[str] = "notice"

    notice: Annotated[Name, Points("notice")] | None = ask("What came back")
    returned_on: Today | None = ask("Came back on")
    why: Words | None = ask("Why", "What the envelope or the message says.")


class RecordBreach(StepData):
    """Record that a measure was not kept to (clause 5.2)."""

    target: ClassVar[str] = "sanction"
    correctable: ClassVar[tuple[str, ...]] = ("happened_on", "channel", "topic", "what")

    sanction: ToSanction | None = ask("Measure")
    happened_on: Today | None = ask("Happened on")
    channel: Channel | None = ask("How they were in touch")
    topic: Topic | None = ask("What it was about", "Being in touch on an urgent or essential matter is no breach.")
    what: Said = need("What happened")


class RequestReview(StepData):
    """Record that somebody asked for a measure to be looked at again early (clause 5.2)."""

    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Measure")
    received_on: Today | None = ask("Received on")
    from_whom: Literal["customer", "representative", "colleague"] = ask("Who asked", default="customer")
    why: Words | None = ask("What they say", "In their words as far as you can.")


class AnswerReviewRequest(StepData):
    """Answer a request to look at a measure early (clause 5.2)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "request"

    request: Annotated[Name, Points("request")] | None = ask("Request")
    answer: Literal["review_now", "at_next_review", "declined"] | None = ask("Answer")
    reasons: Words | None = ask("Reasons", "They will read this.")


class AskContinuation(StepData):
    """Ask somebody more senior whether a measure may go on beyond its longest term (clauses 4.5 and 5.2)."""

    target: ClassVar[str] = "sanction"

    sanction: ToSanction = need("Measure")
    until: Ahead = need("Until", "The last day you ask for.")
    reasons: Words | None = ask("Reasons", "What has happened since, good and bad, and why nothing lighter will do.")


class AgreeContinuation(StepData):
    """Agree or refuse that a measure may go on beyond its longest term; its review decides (clauses 4.5 and 5.2)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Measure")
    answer: Literal["agreed", "not_agreed"] = need("Your decision")
    until: Ahead | None = ask("Until", "The last day you agree to. Leave empty to agree to the day asked for.")
    reasons: Words | None = ask("Reasons", "Why it may, or may not, last longer than any measure of its kind should.")
    present: tuple[FrontLine, ...] = ask("Members present", "Where a panel decides.", ())


class ReviewSanction(StepData):
    """Look at a measure again: lift it, change it, or say afresh why it stays (clause 5.2)."""

    version: ClassVar[int] = 2
    decides: ClassVar[bool] = True
    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Measure")
    outcome: Literal["lift", "vary", "continue"] = need("Outcome", "It ends unless there is a fresh reason to keep it.")
    reasons: Words | None = ask("Reasons", "What has happened since the last review, good and bad.")
    conduct_since: Words | None = ask("Conduct since then")
    evidence: tuple[ToEvidence, ...] = ask("What shows it", "Only what came since the last review.", ())
    harsher: bool = ask("It becomes harsher", default=False)
    terms: Terms | None = ask("New terms", "Only where they change.")
    ends_on: Day | None = ask("New last day", "Leave empty to keep the day it has.")
    next_review_on: Day | None = ask("Next review")
    equality: ToAssessment | None = ask("Equality assessment", "The one made for this review.")
    due_regard: Words | None = ask("Equality duty", "How you weighed it for this decision, in two or three sentences.")
    comments_invited_on: Past | None = ask("The person was asked for their view on")
    compliance: Words | None = ask("Is it kept to?", "For a court order: is it kept, and is it still needed?")


class LiftSanction(StepData):
    """End a measure early (clause 5.2)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Measure")
    reasons: Words | None = ask("Reasons")
