"""Steps that record what a person needs and what changes in their life (clauses 3.2, 4.14 and 6.2 to 6.4)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    ON_CONDUCT,
    Anyone,
    Behaviours,
    Channel,
    Characteristic,
    Day,
    FileKind,
    Known,
    Name,
    Need,
    OtherCustomer,
    Past,
    Points,
    Question,
    Remedy,
    Said,
    Staff,
    StepData,
    Today,
    Topic,
    Words,
    ask,
    need,
)

Change = Literal[
    "death",
    "move",
    "tenancy_end",
    "merge",
    "agency_withdrew",
    "prison",
    "hospital",
    "succession",
    "assignment",
    "mutual_exchange",
    "void",
    "decant",
    "separation",
]


class AboutPerson(StepData):
    """What is recorded on somebody's own file, so that every case about them knows it (clause 6.2)."""

    files: ClassVar[tuple[FileKind, ...]] = ("person",)
    starts: ClassVar[tuple[FileKind, ...]] = ("person",)


class RecordNeed(AboutPerson):
    """Record once what somebody needs, known or suspected, so that it is followed everywhere (clauses 6.2 and 6.4)."""

    correctable: ClassVar[tuple[str, ...]] = ("since", "details", "certainty", "need")

    need: Need | None = ask("Need")
    certainty: Literal["known", "suspected"] = ask("How sure are we", "A suspicion counts without proof.", "known")
    since: Day | None = ask("Since")
    source: Words | None = ask("How we know", "They told us, somebody told us, or what we saw.")
    details: Words | None = ask("What helps", "What to do, more than what is wrong.")
    characteristic: Characteristic | None = ask("Protected characteristic it belongs to")
    review_on: Day | None = ask("Ask again on", "Where it may pass.")


class OfferAdjustment(AboutPerson):
    """Offer to do something differently for somebody who needs it (clause 6.2)."""

    adjustment: Said = need("What is offered", "For example: one named contact, large print, calls after noon.")
    need: Need | None = ask("Need it meets")
    channels: tuple[Channel, ...] = ask("Ways to reach us it is about", default=())
    offered_on: Today | None = ask("Offered on")


class AnswerAdjustment(AboutPerson):
    """Record whether an adjustment was wanted, and how it went (clause 6.2)."""

    target: ClassVar[str] = "adjustment"

    adjustment: Annotated[Name, Points("adjustment")] | None = ask("Adjustment")
    answer: Literal["accepted", "declined", "tried"] = need("What became of it")
    how_it_went: Words | None = ask("How it went", "Ask them, not only us.")
    from_on: Day | None = ask("In place from")
    review_on: Day | None = ask("Ask again on", "Whether it still helps.")


class NameRepresentative(AboutPerson):
    """Record who may speak for somebody (clause 4.14)."""

    representative: Said = need("Who speaks for them")
    customer: OtherCustomer | None = ask(
        "The same person in our registers", "Where the representative is a customer too."
    )
    relation: Words | None = ask("What they are to each other", "Daughter, adviser, advocate and so on.")
    authority: Words | None = ask("What allows it", "A signed consent, a power of attorney, or what they told us.")
    scope: Words | None = ask("What it covers", "Everything, or one matter only.")
    from_on: Annotated[Day, Known("begins")] | None = ask("From")
    until: Day | None = ask("Until")
    usable_channels: tuple[Channel, ...] = ask("How the representative can reach us", default=())


class RecordComplaint(AboutPerson):
    """Record a complaint somebody made, so that nobody it names decides about them (clause 1.5)."""

    correctable: ClassVar[tuple[str, ...]] = ("answered_on", "closed_on", "reference")

    reference: Words | None = ask("Complaint reference")
    received_on: Today | None = ask("Received on")
    about: tuple[Staff, ...] = ask("Colleagues it names", default=())
    topic: Topic | None = ask("What it is about")
    what: Words | None = ask("What it says", "In a sentence or two.")
    answered_on: Past | None = ask("Answered on")
    closed_on: Day | None = ask("Closed on")


class RecordAssurance(AboutPerson):
    """Record something we promised somebody in writing (clause 2.3)."""

    given_by: Anyone | None = ask("Promised by")
    given_on: Past | None = ask("Promised on")
    says: Said = need("What was promised", "In the words of the letter.")
    remedies: tuple[Remedy, ...] = ask("Measures it rules out", default=())
    behaviours: Behaviours = ask("Conduct it is about", default=())
    until: Day | None = ask("Holds until", "Leave empty if no end was set.")


class RecordChange(AboutPerson):
    """Record a change in somebody's life or home that decisions must follow (clauses 5.3 and 6.4)."""

    correctable: ClassVar[tuple[str, ...]] = ("change", "happened_on", "details", "new_home")

    change: Change = need("What changed")
    happened_on: Day | None = ask("Since")
    details: Words | None = ask("Details", "What the next colleague should know.")
    new_home: Words | None = ask("New home", "The property number.")
    merged_with: OtherCustomer | None = ask("Same person as", "Where two records turn out to be one person.")
    agency: Words | None = ask("Agency", "Where one no longer speaks for them.")


class AnswerQuestion(StepData):
    """Answer a question your own policy asks (clause 4.14)."""

    files: ClassVar[tuple[FileKind, ...]] = ON_CONDUCT
    starts: ClassVar[tuple[FileKind, ...]] = ("person",)

    question: Question = need("Question")
    answer: Said = need("Answer", "One of the answers the question offers.")
    reasons: Words | None = ask("Reasons")
    sources: Words | None = ask("Where you looked", "What you read and whom you asked.")
