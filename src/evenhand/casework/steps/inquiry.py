"""Steps of an inquiry: what a customer says of a colleague, looked into apart from their case (clause 1.5)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    FileKind,
    Known,
    Name,
    Person,
    Points,
    Staff,
    StepData,
    Subject,
    TheirChannel,
    TheirFormat,
    Today,
    ToEntry,
    Words,
    ask,
    need,
)

Inquirer = Annotated[Name, Person("staff", takes="conclude_inquiry")]
ToCounterAllegation = Annotated[Name, Points("counter_allegation"), Known("standing")]
Follows = Literal["learning", "service_recovery", "staff_process", "safeguarding", "nothing_more"]


class OnInquiry(StepData):
    """What is done on an inquiry (clause 1.5)."""

    files: ClassVar[tuple[FileKind, ...]] = ("inquiry",)


class InHands(OnInquiry):
    """Who looks into it, and which few may see it (clauses 1.5 and 3.2)."""

    inquirer: Inquirer | None = ask("Who looks into it", "Somebody with no part in the case, nor in what happened.")
    allowed: tuple[Staff, ...] = ask(
        "Who else may see it", "As few as will do. Never the colleague whom it is about.", ()
    )


class WhatIsSaid(OnInquiry):
    """What a customer says, and of whom (clause 1.5)."""

    subject: Subject | None = ask("Who says it")
    allegation: ToCounterAllegation | None = ask("Where it was recorded", "On the case, when the person said it.")
    about: Annotated[Staff, Known("alleged")] | None = ask("Which colleague it is about")
    what: Annotated[Words, Known("alleged")] | None = ask("What is looked into", "As the person says it.")


class OpenInquiry(InHands, WhatIsSaid):
    """Have what a customer says of a colleague looked into, in a file of its own that few may see (clause 1.5)."""

    decides: ClassVar[bool] = True
    starts: ClassVar[tuple[FileKind, ...]] = ("inquiry",)


class AssignInquiry(InHands):
    """Give an inquiry to somebody else, or let others see it (clause 1.5)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons")


class RecordColleagueAccount(OnInquiry):
    """Record what the colleague says themselves, or that they would rather say nothing (clause 1.5)."""

    correctable: ClassVar[tuple[str, ...]] = ("received_on",)

    outcome: Literal["given", "declined"] = ask("What became of it", default="given")
    account: Words | None = ask("What they say", "In their own words as far as you can.")
    supported_by: Words | None = ask("Who was with them", "A representative or a colleague of their choice.")
    received_on: Today | None = ask("Received on")


class ConcludeInquiry(OnInquiry):
    """Say what the inquiry found, and what follows from it (clause 1.5)."""

    decides: ClassVar[bool] = True

    outcome: Literal["borne_out", "partly", "not_borne_out", "cannot_be_told"] = need("What was found")
    reasons: Words | None = ask("Reasons", "What each side says, what shows it, and what you believe.")
    follows_up: tuple[Follows, ...] = ask("What follows", "A staff process is held elsewhere.", ())
    what_follows: Words | None = ask("What is to be done", "By whom and by when.")
    bearing: Words | None = ask(
        "What bears on the case", "Everybody on the case reads these words, and nothing else of the inquiry."
    )


class TellInquiryOutcome(OnInquiry):
    """Tell the person what came of what they said (clause 1.5)."""

    told_on: Today | None = ask("Told on")
    how: TheirChannel | None = ask("How")
    format: TheirFormat | None = ask("Format", "The one this person needs.")
    what: Words | None = ask("What they were told")


class NoteInquiry(StepData):
    """What the person says of a colleague is looked into apart: where, and in the end what bears on it (clause 1.5)."""

    follows: ClassVar[bool] = True

    allegation: ToEntry = need("What is looked into")
    inquiry: Name = need("Inquiry")
    is_concluded: bool = ask("It is concluded", default=False)
    bearing: Words | None = ask("What bears on this case")
