"""Steps that weigh things before anything is decided (clauses 4.1, 4.2, 4.12 to 4.14, 5.4 and 6.4)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    EVERY_FILE,
    ON_CONDUCT,
    Ahead,
    Characteristic,
    ControlMeasures,
    ConversationOutcome,
    Data,
    Day,
    FileKind,
    FrontLine,
    Known,
    Name,
    Past,
    Points,
    Question,
    Remedy,
    Reply,
    Said,
    StepData,
    Subject,
    Today,
    Words,
    ask,
    need,
)

Consent = Literal["given", "refused", "not_needed"]
MediationOutcome = Literal["offered", "accepted", "declined", "settled", "not_settled", "not_reasonable"]


class ConsiderConversation(StepData):
    """Think about simply talking to the person first (clause 4.2)."""

    outcome: ConversationOutcome | None = ask("What became of it")
    held_on: Past | None = ask("When")
    by: FrontLine | None = ask("Who talked to them")
    what: Words | None = ask("What was said", "Both sides, and what was agreed.")
    reasons: Words | None = ask("Why not", "Where no talk took place.")


class SignpostSupport(StepData):
    """Point somebody to support that could help them, or refer them to it yourself (clause 4.1)."""

    files: ClassVar[tuple[FileKind, ...]] = ("case", "person")

    agency: Words | None = ask("Who could help")
    route: Literal["signposted", "referred"] = ask(
        "How they get there",
        "Signposted: they get in touch. Referred: we pass on their name and follow it up.",
        "signposted",
    )
    consent: Consent | None = ask("May we pass on their name", "A referral needs their word first.")
    answer: Reply | None = ask("Their answer", "What the person said to it.")
    unsuitable_because: Words | None = ask("Why none is suitable", "Where you offer nothing.")
    referred_on: Past | None = ask("Referred on", "Only where you referred them.")
    answer_by: Ahead | None = ask("Agency to answer by", "Only where you referred them: we ask again after this day.")


class AskAgency(StepData):
    """Ask somebody outside who knows the person: a doctor, a social worker, an advocate (clauses 4.14 and 6.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ("case", "person")
    starts: ClassVar[tuple[FileKind, ...]] = ("person",)

    agency: Said = need("Whom you ask", "Name and organisation.")
    kind: Literal["mental_health", "health", "social_work", "advocate", "advice", "other"] | None = ask("Who they are")
    consent: Consent | None = ask(
        "May we ask about them", "Ask the person first. What you tell the agency, record as shared."
    )
    asked_on: Today | None = ask("Asked on")
    question: Words | None = ask("What you ask", "For example: could an illness explain this, and what would help?")
    answer_by: Ahead | None = ask("Answer by")


class RecordAgencyAnswer(StepData):
    """Record what an agency answered to a question or a referral, or that it did not (clauses 4.1, 4.14 and 6.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ("case", "person")
    target: ClassVar[str] = "asked"

    asked: Annotated[Name, Points("asked")] | None = ask("What they were asked")
    outcome: Literal["replied", "taken_on", "declined", "no_reply"] = ask("What became of it", default="replied")
    reply: Words | None = ask("What they say", "Only what a fair decision needs.")
    received_on: Today | None = ask("Received on")


class ConsiderMediation(StepData):
    """Think about mediation, and say what became of it (clause 4.12)."""

    outcome: MediationOutcome | None = ask("What became of it")
    reasons: Words | None = ask("Reasons", "Above all where it would not be reasonable.")
    mediator: Words | None = ask("Mediator")


class ConductAnswer(Data):
    """One answer with its reasons and sources (clause 4.14)."""

    answer: Literal["yes", "no", "partly", "not_known"] = need("Answer")
    reasons: Words | None = ask("Reasons")
    sources: Words | None = ask("Where you looked", "What you read and whom you asked.")


class AssessConduct(StepData):
    """Ask fairly whether the conduct is unreasonable, and what else may explain it (clauses 4.13 and 4.14)."""

    answers: dict[Question, ConductAnswer] = ask("Questions", "Answer each one, with reasons.", {})
    medical_condition_considered: Words | None = ask("Could a condition explain it?")
    own_failure_considered: Words | None = ask("Could our own failure explain it?")
    agencies_consulted: Words | None = ask("Agencies asked", "Who, when, and what they said; or why none.")
    conclusion: Words | None = ask("What you conclude")


class AssessEquality(StepData):
    """Weigh what a decision would do to this person and their household (clause 6.4)."""

    files: ClassVar[tuple[FileKind, ...]] = ON_CONDUCT

    form: Literal["short", "full"] = ask("Form", "Short is for warnings and urgent steps.", "full")
    subject: Subject | None = ask("Who it is about")
    remedies: tuple[Remedy, ...] = ask("Measures it serves", default=())
    characteristic: Literal["known", "suspected", "none_found", "not_asked"] | None = ask(
        "Is there a protected characteristic?", "A suspicion counts."
    )
    characteristics: tuple[Characteristic, ...] = ask("Which ones", default=())
    details: Words | None = ask("What we know of it")
    asked_customer: Words | None = ask("How they were asked", "Or why they were not.")
    linked_to_conduct: Literal["yes", "no", "unclear"] | None = ask("Does the conduct come from it?")
    household: Words | None = ask("Household", "Who else lives there and would feel it, children above all.")
    vulnerabilities: Words | None = ask("What makes them vulnerable")
    outside_support: Words | None = ask("Support from outside", "Who helps them already, and who could.")
    adjustments_tried: Words | None = ask("What we did differently for them", "And how it went.")
    alternatives: Words | None = ask("Gentler ways", "And why they would not do.")
    effect: Words | None = ask("What it would do to them", "Day to day, and in an emergency.")
    legitimate_aim: Words | None = ask("What we want to achieve", "Where the conduct comes from a disability.")
    still_proportionate: Words | None = ask("Why it is still fair", "Where the conduct comes from a disability.")
    conclusion: Annotated[Literal["go_ahead", "go_ahead_changed", "no_sanction"], Known("concluded")] = ask(
        "What you conclude", default="go_ahead"
    )
    assessed_on: Today | None = ask("Made on")


class PlanSafeWorking(StepData):
    """Think of safety before a visit or a meeting (clause 5.4)."""

    files: ClassVar[tuple[FileKind, ...]] = EVERY_FILE

    visit_on: Day | None = ask("Day of the visit", "Leave empty for every visit from now on.")
    provisions: Said = need("What is in place", "Who knows where you are, who comes with you, how you leave.")
    two_people: bool = ask("Two people go", default=False)
    measures: ControlMeasures = ask("What to do", default=())
    lone: bool = ask("One person goes alone", default=False)
