"""Steps of a flag: a warning to colleagues about a person or a place (clause 5.3)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    Ahead,
    Channel,
    Code,
    ControlMeasures,
    Day,
    FileKind,
    Known,
    Manager,
    Name,
    StepData,
    Subject,
    TheirChannel,
    TheirFormat,
    ToAssessment,
    Today,
    ToIncident,
    ToSanction,
    Words,
    ask,
    need,
)

Category = Annotated[Name, Code("flags")]


class OnFlag(StepData):
    """What is done on a flag (clause 5.3)."""

    files: ClassVar[tuple[FileKind, ...]] = ("flag",)


class NewFlag(OnFlag):
    """What a flag says, and whom or what it is on (clause 5.3)."""

    starts: ClassVar[tuple[FileKind, ...]] = ("flag",)

    subject: Subject | None = ask("Person")
    place: Words | None = ask("Place", "The property number or the address, where it is about a place.")
    category: Category | None = ask("Kind of flag")
    instruction: Words | None = ask("What to do", "What a visitor should do, not what the person is like.")
    control_measures: ControlMeasures = ask("Ready-made instructions", default=())
    incident: Annotated[ToIncident, Known("standing")] | None = ask("Report it rests on")
    reasons: Words | None = ask("Reasons", "The person will be told.")
    review_on: Day | None = ask("First review")


class ProposeFlag(NewFlag):
    """Propose a flag, so that colleagues are warned and know what to do (clause 5.3)."""

    decides: ClassVar[bool] = True

    evidence: Words | None = ask("What shows it")
    rests_on: ToSanction | None = ask("Sanction it rests on", "If that sanction is quashed, the flag ends with it.")
    provisional: bool = ask("It warns from now", "It lapses soon if nobody decides.", default=False)
    until: Day | None = ask("Until", "The last day, where you know it.")


class BringInFlag(NewFlag):
    """Enter a flag that was set before this record began; it is provisional until approved (clause 5.3)."""

    set_on: Day | None = ask("Set on")
    source: Words | None = ask("Where this comes from", "The old system, or whom you asked.")


class ApproveFlag(OnFlag):
    """Decide that a flag stands (clause 5.3)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons")
    review_on: Day | None = ask("First review", "Leave empty to keep the day proposed.")
    equality: ToAssessment | None = ask("Equality assessment", "The short form will do.")
    will_tell: bool = ask("The person will be told", "If not, record why and when to look again.", default=True)


class DeclineFlag(OnFlag):
    """Decide that there is no flag (clause 5.3)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons", "The colleague who asked will read this.")


class TellPerson(OnFlag):
    """Tell somebody that there is a flag about them, and what they can do (clause 5.3)."""

    told_on: Today | None = ask("Told on")
    how: TheirChannel | None = ask("How")
    format: TheirFormat | None = ask("Format", "The one this person needs.")
    what: Words | None = ask("What they were told")


class RecordNotTold(OnFlag):
    """Say why somebody is not told of a flag, and when to look again (clause 5.3)."""

    decides: ClassVar[bool] = True

    risk: Words | None = ask("The risk", "Who could be harmed if they knew, and how.")
    manager: Manager | None = ask("Manager who agrees")
    look_again_on: Ahead | None = ask("Look again on")


class ReviewFlag(OnFlag):
    """Look at a flag again: keep, change or end it (clause 5.3)."""

    decides: ClassVar[bool] = True

    outcome: Literal["keep", "change", "end"] = need("Outcome", "It ends unless something still speaks for it.")
    reasons: Words | None = ask("Reasons")
    evidence: Words | None = ask("What speaks for it", "Only what came since the last review.")
    next_review_on: Day | None = ask("Next review")
    control_measures: ControlMeasures = ask("Ready-made instructions", "Where they change.", ())
    instruction: Words | None = ask("What to do", "Where it changes.")


class RestartFlag(OnFlag):
    """A new incident starts the flag's time to review again, where the policy says so (clause 5.3)."""

    follows: ClassVar[bool] = True

    incident: ToIncident = need("New report")


class DisputeFlag(OnFlag):
    """Record that somebody says a flag about them is wrong (clause 5.3)."""

    received_on: Today | None = ask("Received on")
    why: Words | None = ask("What they say", "In their own words.")
    wrong_person: bool = ask("They say it is about somebody else", default=False)
    from_whom: Literal["customer", "representative"] = ask("Who says so", default="customer")
    channel: Channel | None = ask("How it reached us", "Any way will do.")


class DecideFlagDispute(OnFlag):
    """Decide a dispute about a flag, as somebody who took no part (clause 5.3)."""

    decides: ClassVar[bool] = True

    outcome: Literal["upheld", "partly", "dismissed"] = need(
        "Decision", "Upheld: the flag ends. Partly: it changes. Dismissed: it stays."
    )
    reasons: Words | None = ask("Reasons", "Answer each point they made.")


class EndFlag(OnFlag):
    """End a flag; it then disappears everywhere (clause 5.3)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons")
    wrong_person: bool = ask("It was about somebody else", "Whoever was told must then delete it.", default=False)
