"""Steps that say what happened and keep people safe (clauses 1.4, 4.5 and 4.10)."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from evenhand.casework.steps.base import (
    HOW_STRONG,
    ON_CONDUCT,
    Ahead,
    Anyone,
    AnyoneElse,
    Behaviours,
    Channel,
    Characteristic,
    Code,
    ConversationOutcome,
    Count,
    Customer,
    Data,
    Day,
    FileKind,
    FrontLine,
    Known,
    Name,
    OtherCustomer,
    Past,
    Points,
    Reply,
    Said,
    Staff,
    StepData,
    Strength,
    Subject,
    Today,
    ToIncident,
    Topic,
    Words,
    ask,
    need,
)

Route = Literal[
    "new_case",
    "join_case",
    "split",
    "watch",
    "dealt_with",
    "service_recovery",
    "complaint",
    "safeguarding",
    "asb",
    "staff_conduct",
    "nothing",
]


class Volume(Data):
    """How much came in and over which time, where the amount itself is the trouble (clause 2.2)."""

    contacts: Count | None = ask("How many contacts")
    since: Day | None = ask("From")
    until: Day | None = ask("To")
    requests: Words | None = ask("What was asked for", "And by when they wanted it.")


class ReportIncident(StepData):
    """Say what happened, in a minute or two (clause 1.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident",)
    starts: ClassVar[tuple[FileKind, ...]] = ("incident",)
    correctable: ClassVar[tuple[str, ...]] = (
        "happened_on",
        "what_happened",
        "words_said",
        "where",
        "channel",
        "behaviours",
        "subject",
        "subject_description",
    )

    subject: Customer | None = ask("Who", "Leave empty if you do not know.")
    subject_description: Annotated[Words, Known("unnamed")] | None = ask(
        "Who, if you do not know the name", "What you saw, or how they signed."
    )
    happened_on: Past | None = ask("When", "The day is enough.")
    what_happened: Words | None = ask("What happened", "As you would tell a colleague. Short is fine.")
    words_said: Words | None = ask("Words they used", "As near as you remember, even if they are ugly.")
    where: Words | None = ask("Where")
    home: Words | None = ask("Home", "The property number, where it happened at a home.")
    channel: Channel | None = ask("How it reached you")
    behaviours: Behaviours = ask("What kind of thing it was", "Pick as many as fit, or none if you are not sure.", ())
    reporter: Staff | None = ask("Reported for", "Only if you write this for a colleague.")
    reporter_name: Words | None = ask("Reported for somebody outside", "A contractor or other who has no sign-in.")
    first_hand: bool = ask("Seen or heard in person", "Say no if somebody told you of it.", default=True)
    affected: tuple[Anyone, ...] = ask("Who was affected", default=())
    witnesses: tuple[Words, ...] = ask("Who else saw or heard it", default=())
    between_customers: bool = ask("Between customers", "Not towards us or our contractors.", default=False)
    other_customer: OtherCustomer | None = ask("The other customer")
    injured: bool = ask("Somebody is hurt", default=False)
    police_called: bool = ask("Police were called", default=False)
    impact: tuple[Literal["health", "safety", "resource", "equity"], ...] = ask(
        "What it did", "To somebody's health or safety, to the time we have, or to others waiting.", ()
    )
    volume: Volume | None = ask("How much, how often", "Only where the amount is the trouble.")
    topic: Topic | None = ask("What they wanted", "The matter they came about.")
    characteristic: Characteristic | None = ask("Aimed at a protected characteristic of the person affected")


class RecordInjury(StepData):
    """Record that somebody was hurt, and time lost through it (clause 1.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident",)
    starts: ClassVar[tuple[FileKind, ...]] = ("incident",)
    correctable: ClassVar[tuple[str, ...]] = ("days_absent", "absent_from")

    person: Annotated[Anyone, Known("affected")] | None = ask("Who was hurt")
    what: Said = need("What the injury is", "Shock and distress count too.")
    absent_from: Day | None = ask("First day away from work")
    days_absent: Count | None = ask("Days away from work", "So far, weekends too. Correct it when it is more.")
    reported_to_regulator_on: Past | None = ask("Reported to the regulator on", "Where the law asks for it.")


class ReportToPolice(StepData):
    """Record that the police were told (clause 4.5)."""

    files: ClassVar[tuple[FileKind, ...]] = ON_CONDUCT
    starts: ClassVar[tuple[FileKind, ...]] = ("incident",)
    correctable: ClassVar[tuple[str, ...]] = ("reference",)

    force: Words | None = ask("Which force")
    reference: Words | None = ask("Their reference", "Add it later if you have none yet.")
    reported_on: Today | None = ask("Told on")
    emergency: bool = ask("It was an emergency call", default=False)
    what: Words | None = ask("What they were told")


class MakeSafe(StepData):
    """Make people safe first; everything else can wait (clauses 4.6 and 5.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ON_CONDUCT
    starts: ClassVar[tuple[FileKind, ...]] = ("incident",)

    actions: tuple[Annotated[Name, Code("safe_actions")], ...] = ask("What was done", default=())
    what: Annotated[Words | None, Field(validate_default=True)] = ask(
        "In your words", "What you did, or asked others to do. You can leave it out where the list says it."
    )
    until: Day | None = ask("Until", "The last day, if you know it.")
    protects: tuple[Anyone, ...] = ask("Whom it protects", default=())

    @field_validator("what")
    @classmethod
    def _something_said(cls, what: str | None, rest: ValidationInfo) -> str | None:
        if not what and not rest.data.get("actions"):
            raise ValueError("say what was done, or choose it from the list")
        return what


class AddStatement(StepData):
    """Add what somebody saw or heard (clause 4.11)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident", "case")
    starts: ClassVar[tuple[FileKind, ...]] = ("incident",)

    person: Anyone | None = ask("Whose statement")
    person_name: Words | None = ask("Whose statement, if not in our registers")
    words: Said = need("What they say", "In their own words.")
    first_hand: bool = ask("Seen or heard in person", default=True)
    strength: Strength | None = ask(*HOW_STRONG)
    made_on: Today | None = ask("Made on")


class RecordConversation(StepData):
    """Record a talk with the person, which may settle it (clause 4.2)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident", "case")
    starts: ClassVar[tuple[FileKind, ...]] = ("incident",)

    held_with: Subject | None = ask("With whom")
    held_on: Today | None = ask("When")
    outcome: ConversationOutcome = ask("What became of it", default="held")
    what: Words | None = ask("What was said", "Both sides.")
    by: Annotated[FrontLine, Known("actor")] | None = ask("Who talked to them")
    reasons: Words | None = ask("Why not", "Where no talk took place.")


class TriageIncident(StepData):
    """Decide what becomes of a report (clauses 1.2 and 4.10)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident",)
    decides: ClassVar[bool] = True

    route: Route = need("Where it goes", "If it was settled on the spot, say so: no case is needed.")
    reasons: Words | None = ask("Reasons", "Why this. Whoever reported it is told in words of your own.")
    case: Annotated[Name, Points("case")] | None = ask("Case it joins")
    other_incident: ToIncident | None = ask("Report that holds the other part", "Where one report tells of two things.")
    reference: Words | None = ask("Reference elsewhere", "Of the complaint, the ASB case or the referral.")
    safeguarding_considered: bool = ask(
        "Safeguarding considered", "Could a child or a vulnerable adult be at risk?", default=False
    )
    prevention: Words | None = ask(
        "What is done so that it does not happen again",
        "Where it was aimed at who a colleague is, the law asks us to take every reasonable step.",
    )


class NoteCase(StepData):
    """The case that was decided on is open; which it is stands with the case, for those who may see it (clause 1.2)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident",)
    follows: ClassVar[bool] = True


class OfferStaffSupport(StepData):
    """Offer support to somebody who was affected (clause 1.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident", "case")
    starts: ClassVar[tuple[FileKind, ...]] = ("incident",)

    to: Annotated[AnyoneElse, Known("supported")] | None = ask("To whom")
    what: Said = need("What was offered")
    answer: Reply | None = ask("Their answer")
    given_on: Past | None = ask("Given on", "Leave empty while it is still to come: then a manager owes it.")
    follow_up_on: Ahead | None = ask("Ask again on", "People often say no at first.")


class TellReporter(StepData):
    """Tell the person who reported it what became of it (clause 1.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident", "case")

    told: Said = need("What they were told", "No more about the customer than they need.")
    told_on: Today | None = ask("Told on")
    how: Channel | None = ask("How")
