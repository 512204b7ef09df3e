"""Steps of an appeal, heard by somebody who took no part (clause 5.6)."""

from typing import Annotated, ClassVar, Literal

from evenhand.casework.steps.base import (
    Channel,
    Day,
    Known,
    Name,
    Person,
    Points,
    StepData,
    ToAppeal,
    Today,
    ToSanction,
    Words,
    ask,
    need,
)
from evenhand.casework.steps.decision import Terms


class ReceiveAppeal(StepData):
    """Record an appeal, in time or late; it is never turned away at the door (clause 5.6)."""

    target: ClassVar[str] = "appealed"
    target_field: ClassVar[str] = "against"
    correctable: ClassVar[tuple[str, ...]] = ("received_on", "channel", "what")

    against: Annotated[Name, Points("appealed")] | None = ask("What it is against")
    received_on: Today | None = ask("Received on", "The day it reached any of us.")
    channel: Channel | None = ask("How it reached us", "Any way will do.")
    from_whom: Literal["customer", "representative"] = ask("Who appeals", default="customer")
    grounds: tuple[Words, ...] = ask("Grounds", "Only where your policy lists them.", ())
    what: Words | None = ask("What they say", "In their own words.")
    form: Words | None = ask("Form used", "Only where your policy asks for one.")
    late_because: Words | None = ask("Why it is late", "If they say so.")


class DecideLateAppeal(StepData):
    """Decide whether to hear an appeal that came late (clause 5.6)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "appeal"

    appeal: ToAppeal | None = ask("Appeal")
    admit: bool = need("Hear it", "Think of illness, disability, or a letter that was unclear.")
    reasons: Words | None = ask("Reasons", "They will read this.")


class AssignAppeal(StepData):
    """Give the appeal to a senior officer who took no part (clause 5.6)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "appeal"

    appeal: ToAppeal | None = ask("Appeal")
    officer: Annotated[Name, Person("staff", takes="suspend_sanction")] | None = ask(
        "Appeal officer", "Somebody senior who took no part in any of it."
    )
    external_officer: Words | None = ask("Appeal officer from outside", "Name and organisation.")
    reasons: Words | None = ask("Reasons", "Why this person.")


class SuspendSanction(StepData):
    """Stop a measure from biting while an appeal is heard (clause 5.6)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "appeal"

    appeal: ToAppeal | None = ask("Appeal")
    sanction: Annotated[ToSanction, Known("standing")] | None = ask("Measure")
    reasons: Words | None = ask("Reasons")
    until: Day | None = ask("Until", "Leave empty for: until the appeal is decided.")


class DecideAppeal(StepData):
    """Decide the appeal: upheld, varied or dismissed (clause 5.6)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "appeal"

    appeal: ToAppeal | None = ask("Appeal")
    outcome: Literal["upheld", "varied", "dismissed"] = need(
        "Decision", "Upheld: the measure ends. Varied: it changes. Dismissed: it stands."
    )
    reasons: Words | None = ask("Reasons", "Answer each point they made.")
    due_regard: Words | None = ask("Equality duty", "How you weighed it for this decision, in two or three sentences.")
    terms: Terms | None = ask("New terms", "Where it is varied.")
    ends_on: Day | None = ask("New last day", "Where it is varied.")
    decided_for_external: Words | None = ask("Decided by", "Where you enter the decision of somebody from outside.")
