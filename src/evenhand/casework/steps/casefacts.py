"""Steps that gather facts, and hear the other side (clauses 1.5, 2.3 and 4.11)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    EVERY_FILE,
    HOW_STRONG,
    Ahead,
    Anyone,
    Behaviours,
    Channel,
    Customer,
    Day,
    FileKind,
    Format,
    Instant,
    Known,
    Manager,
    Name,
    OneOrMore,
    Points,
    Said,
    Staff,
    StepData,
    Strength,
    TheirChannel,
    TheirFormat,
    Today,
    ToIncident,
    Topic,
    ToTold,
    Words,
    ask,
    need,
)
from evenhand.casework.steps.incident import Volume

EvidenceKind = Literal[
    "statement",
    "letter",
    "email",
    "call_note",
    "recording",
    "photo",
    "screenshot",
    "post_online",
    "figures",
    "police",
    "court_document",
    "other",
]
Protected = Literal["information_request", "advocacy", "legal_advice", "complaint", "whistleblowing", "data_request"]
Sensitivity = Literal[
    "none", "special_category", "criminal_offence", "third_party", "reporter_identity", "privileged"
]  # fmt: skip

GUARDED = frozenset({"third_party", "reporter_identity"})
"""Kinds of sensitivity that could tell a reader who reported, or who else is in it (clause 3.2)."""
PRIVILEGED = "privileged"
"""The sensitivity of what a legal adviser said or wrote to us, or we to them (clause 4.6)."""


class RecordContact(StepData):
    """Record a contact; one record may stand for many (clause 2.2)."""

    files: ClassVar[tuple[FileKind, ...]] = EVERY_FILE
    correctable: ClassVar[tuple[str, ...]] = ("channel", "topic", "contact_on", "count", "until", "what")

    channel: Channel | None = ask("How")
    topic: Topic | None = ask("What it was about")
    direction: Literal["in", "out"] = ask("From them or from us", "In: they came to us. Out: we went to them.", "in")
    contact_on: Today | None = ask("When", "The first day, where it stands for many.")
    count: OneOrMore = ask("How many", default=1)
    until: Day | None = ask("Last day", "Where it stands for many.")
    what: Words | None = ask("What was said")
    face_to_face: bool = ask("Face to face", default=False)
    with_whom: Anyone | None = ask("With whom")


class AddEvidence(StepData):
    """Add something that shows what happened, for or against (clause 2.3)."""

    files: ClassVar[tuple[FileKind, ...]] = EVERY_FILE
    correctable: ClassVar[tuple[str, ...]] = (
        "dated",
        "first_hand",
        "author",
        "how_known",
        "strength",
        "topic",
        "about_protected",
    )

    what: Said = need("What it is and what it shows")
    kind: EvidenceKind = ask("Kind", default="other")
    dated: Day | None = ask("Day it is from", "The day of the conduct, not the day you found it.")
    first_hand: bool = ask("Seen or heard in person", "Or written by the person themselves.", default=True)
    strength: Strength | None = ask(*HOW_STRONG)
    author: Customer | None = ask("Whose conduct it shows")
    how_known: Words | None = ask("How you know it was them", "Matters most for anything online.")
    address: Words | None = ask("Where it is", "The web address or the place.")
    captured_at: Instant | None = ask("Captured at", "When the screenshot or copy was made.")
    incident: ToIncident | None = ask("Report it belongs to")
    topic: Topic | None = ask("What the contact was about")
    about_protected: Protected | None = ask("A right they were using", "Using a right is never misconduct in itself.")
    volume: Volume | None = ask("How much, how often", "Only where the amount is the trouble.")
    source: Words | None = ask("Where it came from", "Who gave it to us.")
    sha256: Annotated[Words, Known("system")] | None = ask("Fingerprint of the file", "Worked out by the system.")
    sensitivity: Sensitivity = ask("How private it is", default="none")
    behaviours: Behaviours = ask("Kinds of conduct it shows", default=())


class RequestEvidence(StepData):
    """Ask somebody by name for evidence, with a day to answer (clause 4.11)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident", "case")

    what: Said = need("What you ask for")
    from_whom: Anyone | None = ask("From whom")
    from_name: Words | None = ask("From whom, if not in our registers")
    answer_by: Ahead | None = ask("Answer by")


class RecordCounterAllegation(StepData):
    """Record what the person says a colleague did; somebody apart looks into it (clause 1.5)."""

    about: Staff | None = ask("About whom")
    what: Said = need("What they say happened")
    made_on: Today | None = ask("Said on")
    separate_case: Words | None = ask("Where it is looked into", "The reference of that complaint or inquiry.")


class PutAllegation(StepData):
    """Put to the person what is said about them, with a day to answer (clauses 1.5 and 5.1)."""

    allegation: Said = need("What is said about them", "Plainly, with dates; as you would put it to them.")
    incidents: tuple[Annotated[ToIncident, Known("standing")], ...] = ask("Reports it rests on", default=())
    put_on: Today | None = ask("Put on")
    how: TheirChannel | None = ask("How")
    format: TheirFormat | None = ask(
        "Format",
        "The one this person needs. Where it is left open, nobody can say later that they chose not to answer.",
    )
    reply_by: Ahead | None = ask(
        "Answer by",
        "Leave empty for the time that the policy gives. Give longer where they need a format or somebody to help.",
    )
    through_representative: bool = ask("Through their representative", default=False)


class RecordAccount(StepData):
    """Record the person's own side, or that they did not want to give it (clause 1.5)."""

    target: ClassVar[str] = "allegation"

    allegation: Annotated[Name, Points("allegation")] | None = ask("What they answer")
    outcome: Literal["replied", "declined", "no_reply"] = ask("What became of it", default="replied")
    account: Words | None = ask("What they say", "In their own words as far as you can.")
    received_on: Today | None = ask("Received on")
    attempt: Words | None = ask("How you tried to reach them", "Silence counts only after a way they can really use.")
    format: Format | None = ask("Format used")


class DeferTelling(StepData):
    """Put off telling somebody, because telling them now would put a person at risk (clause 5.1)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "told"
    target_field: ClassVar[str] = "about"

    about: ToTold | None = ask("What they are not told yet")
    risk: Words | None = ask("The risk", "Who could be harmed, and how.")
    look_again_on: Ahead | None = ask("Look again on")
    manager: Manager | None = ask("Manager who agrees")


class CheckOwnService(StepData):
    """Look at our own part first: repairs, complaints, promises (clause 1.5)."""

    open_repairs: Words | None = ask("Open repairs", "What is waiting, and for how long.")
    complaints: Words | None = ask("Complaints", "Open, recent, upheld.")
    disrepair: Words | None = ask("Disrepair", "Claims, damp and mould, anything that makes the home worse.")
    complaint_about_reporter: bool = ask("They complained about the colleague who now reports", default=False)
    our_failure: bool | None = ask("We had a part in it")
    found: Words | None = ask("What you found", "And what is being put right.")
    checked_on: Today | None = ask("Checked on")


class RequestTakedown(StepData):
    """Ask for something online to be taken down; fair criticism stays (clauses 2.2 and 2.3)."""

    address: Said = need("Web address")
    asked_on: Today | None = ask("Asked on")
    platform: Words | None = ask("Platform")
    criticism_considered: Words | None = ask("Why it is more than criticism", "People may say we are bad at our job.")
    outcome: Words | None = ask("What became of it")
