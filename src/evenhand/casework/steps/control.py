"""Steps that look outside, look back, and close (clauses 3.2, 4.9, 5.1, 5.5 and 7.0)."""

from typing import Annotated, Any, ClassVar, Literal

from evenhand.casework.steps.base import (
    EVERY_FILE,
    Ahead,
    Anyone,
    Channel,
    Clause,
    Customer,
    Data,
    Day,
    FileKind,
    Name,
    OneOrMore,
    Past,
    Person,
    Points,
    Reply,
    Said,
    StepData,
    Today,
    ToEntry,
    ToSanction,
    Words,
    ask,
    need,
)

RecipientKind = Literal["contractor", "police", "other_landlord", "agency", "regulator", "insurer", "other"]
Basis = Literal[
    "consent", "legal_obligation", "safeguarding", "crime", "emergency", "health_and_safety", "legal_advice"
]
Shared = Literal[
    "control_measures", "flag", "restriction", "name", "address", "need", "history", "reasons", "statement"
]
ToDisclosure = Annotated[Name, Points("disclosure")]


class OnEveryFile(StepData):
    """What can be done on any kind of file (clause 3.2)."""

    files: ClassVar[tuple[FileKind, ...]] = EVERY_FILE


class ReferToAsb(StepData):
    """Pass a matter to the anti-social behaviour procedure; the two stay linked (clause 4.9)."""

    files: ClassVar[tuple[FileKind, ...]] = ("incident", "case")

    reference: Words | None = ask("ASB case reference", "Add it later if there is none yet.")
    referred_on: Today | None = ask("Day it was passed on")
    passed_on: Words | None = ask("What was passed on")
    accepted: bool | None = ask("They took it", "Leave empty until they answer.")


class LinkMatter(OnEveryFile):
    """Link a matter that is dealt with elsewhere, by its reference alone (clauses 4.9 and 4.10)."""

    correctable: ClassVar[tuple[str, ...]] = ("kind", "reference", "since")

    kind: Literal["asb", "complaint", "safeguarding", "repair", "disrepair_claim", "other"] = need("What it is")
    reference: Said = need("Its reference there")
    since: Day | None = ask("Since")
    what: Words | None = ask("What it has to do with this", "In a sentence; the matter itself stays where it is.")


class Countersign(OnEveryFile):
    """Agree, as a manager, to something shared on a ground beyond the policy (clause 3.2)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "disclosure"

    disclosure: ToDisclosure | None = ask("What was shared")
    reasons: Words | None = ask("Reasons", "Or why it should be recalled.")


class Disclose(OnEveryFile):
    """Share something outside, with the ground for it (clause 3.2)."""

    decides: ClassVar[bool] = True

    to: Words | None = ask("To whom", "Person and organisation.")
    recipient_kind: RecipientKind | None = ask("What they are")
    basis: Basis | None = ask("Ground", "Consent first. In an emergency share now; a manager looks at it after.")
    which: Words | None = ask("Which law, or whose safety")
    consent_by: Words | None = ask("Who consented")
    consent_on: Past | None = ask("Consented on")
    consent_for: Words | None = ask("What they consented to")
    what: tuple[Shared, ...] = ask("What is shared", "As little as will do.", ())
    copies: tuple[ToEntry, ...] = ask(
        "What of this file goes with it", "As a copy. Legal advice that is privileged never leaves us.", ()
    )
    purpose: Words | None = ask("What for")
    lapses_on: Day | None = ask("Of no more use after", "They should then delete it.")
    sent_on: Today | None = ask("Sent on")


class RecallDisclosure(OnEveryFile):
    """Ask for something shared to be deleted again (clause 3.2)."""

    target: ClassVar[str] = "disclosure"

    disclosure: ToDisclosure | None = ask("What was shared")
    reasons: Words | None = ask("Reasons")
    confirmed_on: Day | None = ask("They confirmed on", "Leave empty until they do.")


class AdoptEdition(StepData):
    """Move a case to another edition of the policy; no promised date gets longer (clause 7.0)."""

    decides: ClassVar[bool] = True

    edition: Said = need("Edition")
    reasons: Words | None = ask("Reasons")


class AuditFinding(Data):
    """Something an audit found, with what is to be done, by whom and by when (clause 5.5)."""

    clause: Clause = need("Clause")
    what: Said = need("What was found")
    action: Said = need("What is to be done")
    owner: Annotated[Name, Person("staff", takes="complete_audit_action")] = need("By whom")
    due_on: Ahead = need("By when")


class AuditCase(StepData):
    """Check, as an officer who took no part, that a case was handled rightly (clause 5.5)."""

    decides: ClassVar[bool] = True

    checklist: dict[Clause, Literal["yes", "no", "not_applicable"]] = ask(
        "Checklist", "Was the clause kept in this case? Leave open what you did not look at.", {}
    )
    findings: tuple[AuditFinding, ...] = ask("Findings", "Each with somebody who will put it right.", ())
    auditor_note: Words | None = ask("Note", "Good work counts as well.")
    sample: Words | None = ask("Sample it was drawn in")


class CompleteAuditAction(StepData):
    """Record that what an audit asked for is done (clause 5.5)."""

    target: ClassVar[str] = "action"
    target_field: ClassVar[str] = "audit"

    audit: Annotated[Name, Points("audit")] | None = ask("Audit")
    number: OneOrMore | None = ask("Which finding", "The first is number 1.")
    done: Said = need("What was done")


class CloseCase(StepData):
    """Close a case that has nothing left to do (clause 5.1)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons")
    outcome: Words | None = ask("How it ended", "In a sentence, for whoever looks next.")


class ReopenCase(StepData):
    """Open a closed case again (clause 1.2)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons", "What is new.")


class OfferRedress(StepData):
    """Offer to put right what we got wrong (clause 1.5)."""

    files: ClassVar[tuple[FileKind, ...]] = ("case", "person")

    what: Said = need("What is offered", "An apology, a repair, a payment.")
    amount: Words | None = ask("Amount")
    answer: Reply | None = ask("Their answer")


class AddNote(OnEveryFile):
    """Add a note (clause 2.3)."""

    text: Said = need("Note", "The person may one day read this.")


class CorrectEntry(OnEveryFile):
    """Put right a slip in a recorded fact; what stood there stays readable (clause 2.3)."""

    entry: ToEntry = need("Which entry")
    changes: dict[Name, Any] = ask("What it should say", "Field by field.", {})
    reasons: Said = need("Reasons", "How the slip came about.")


class LookAgain(OnEveryFile):
    """Look again at a decision after something it rested on has changed (clauses 5.3 and 6.4)."""

    target: ClassVar[str] = "look"
    target_field: ClassVar[str] = "about"

    about: ToEntry | None = ask("What you look at again")
    outcome: Said = need("What you found")
    changes: bool = ask("Something must change", "Then take the step that changes it.", default=False)


class AskLookAgain(OnEveryFile):
    """Something changed that decisions on this file rest on: they are to be looked at again (clauses 5.3 and 6.4)."""

    follows: ClassVar[bool] = True

    entry: ToEntry = need("What changed")
    why: Said = need("Why it matters here")


class MarkDeath(StepData):
    """The person has died: what stood against them ends, and what was owed to them is discharged (clause 5.1)."""

    follows: ClassVar[bool] = True
    files: ClassVar[tuple[FileKind, ...]] = ("case", "flag", "inquiry")

    subject: Customer | None = ask("Who died", "The person the file is about, unless somebody else is named.")
    happened_on: Past | None = ask("Died on")


class Withdraw(OnEveryFile):
    """Take back a proposal you made, or an appeal, dispute or request at the customer's word (clause 5.6)."""

    decides: ClassVar[bool] = True

    entry: Annotated[Name, Points("withdrawable")] = need("What is taken back")
    asked_by: Literal["customer", "representative", "colleague"] | None = ask("Who takes it back")
    reasons: Words | None = ask("Reasons")


class RecordBlock(OnEveryFile):
    """Record that a way to reach us was found blocked for somebody (clause 5.1)."""

    what: Said = need("What is blocked", "For example: their address in our e-mail filter.")
    channel: Channel | None = ask("Which way to reach us")
    blocked_on: Past | None = ask("Blocked on")
    found_on: Today | None = ask("Found on")
    by: Anyone | None = ask("Blocked by", "If you know.")
    until: Day | None = ask("Until")
    alternative_route: Words | None = ask("How they can reach us meanwhile")
    sanction: ToSanction | None = ask("Measure behind it", "Leave empty if there is none.")


class ConfirmBlockLifted(OnEveryFile):
    """Confirm that a block is really gone (clause 5.1)."""

    target: ClassVar[str] = "block"

    block: Annotated[Name, Points("block")] | None = ask("Block")
    lifted_on: Past | None = ask("Gone since", "Try it before you say so.")


class PlaceHold(OnEveryFile):
    """Keep a file from being erased while the law needs it (clause 3.2)."""

    reasons: Said = need("Reasons")
    matter: Words | None = ask("Matter", "The claim, inquiry or request it is kept for.")
    until: Day | None = ask("Until", "Leave empty if you do not know.")


class ReleaseHold(OnEveryFile):
    """Let a file go back to its ordinary end (clause 3.2)."""

    target: ClassVar[str] = "hold"

    hold: Annotated[Name, Points("hold")] | None = ask("Hold")
    reasons: Words | None = ask("Reasons")


class EraseContent(OnEveryFile):
    """Erase words that should not be kept; that something stood there stays known (clause 3.2)."""

    decides: ClassVar[bool] = True

    entry: ToEntry = need("Which entry")
    fields: tuple[Words, ...] = ask("Which fields", default=())
    reasons: Words | None = ask("Reasons")
    basis: Words | None = ask("Ground", "The request or rule it follows from.")


class DisposeFile(OnEveryFile):
    """Erase a closed file at its end (clause 3.2)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons")
