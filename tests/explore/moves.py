"""What people in the small world may try: sound steps, and the same steps with something wrong with them.

A move is named by what it does; what follows a colon says what is wrong or special about it. `MOVES` holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from evenhand.casework.case import CaseFile
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal, SuspendSanction
from evenhand.casework.steps.assessment import AssessEquality, ConsiderConversation, SignpostSupport
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.control import CloseCase, CorrectEntry, Disclose, LookAgain, ReopenCase, Withdraw
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    DeclineSanction,
    InstructLegal,
    ProposeSanction,
    RecordCourtOutcome,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.flag import (
    ApproveFlag,
    DecideFlagDispute,
    DisputeFlag,
    EndFlag,
    ProposeFlag,
    RecordNotTold,
    ReviewFlag,
    TellPerson,
)
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, RecordReturn, ReviewSanction
from evenhand.casework.steps.opening import EndorseCase, LinkIncident, OpenCase
from evenhand.casework.steps.person import RecordChange, RecordNeed
from tests.explore.own_days import in_months, last_day_to_appeal
from tests.explore.world import Move, World

MAKING = (ProposeSanction, TakeUrgentAction)
DECIDED = (DecideNoSanction, ReviewSanction, LiftSanction, DecideAppeal, DecideLateAppeal)
Draft = Callable[[World], StepData | None]


def always(model: type[StepData], **data: Any) -> Draft:
    return lambda _: model(**data)


def on_last(*models: type[StepData], file: str, field: str, then: Callable[..., StepData]) -> Draft:
    """A step on the newest entry of some steps; nothing where there is none."""

    def draft(world: World) -> StepData | None:
        ref = world.last(file, *models)
        return None if ref is None else then(**{field: ref})

    return draft


# Measures. Every day is counted from the day of the world.

SOUND: dict[str, Any] = {
    "reasons": "Shouting at colleagues, three times.",
    "behaviours": ("abusive",),
    "alternatives": ("A talk, which was held and did not help.",),
    "proportionate_because": "It asks no more than is needed.",
    "obligation": "Clause 12 of the tenancy.",
    "due_regard": "Weighed: nothing speaks against it.",
}
PHONE_ONLY = Terms(channels_open=("phone",), named_contact="olu", deputy="tess")
EMAIL_ONLY = Terms(channels_open=("email",), named_contact="olu", deputy="tess")
NO_REPAIRS = Terms(channels_open=("phone",), named_contact="olu", deputy="tess", topics_closed=("repairs",))
BY_HAND_ONLY = Terms(channels_open=("hand",), named_contact="olu", deputy="tess")
REMEDIES: dict[str, dict[str, Any]] = {
    "warning_letter": {},
    "restricted_channels": {"terms": PHONE_ONLY, "months": 5},
    "notice_seeking_possession": {"severe_because": "A knife was drawn."},
    "civil_injunction": {"terms": Terms(order="Not to come near the office.")},
}


def measure(
    model: type[StepData], remedy: str, *, incident: str = "incident-1", review: int | None = 45, **changes: Any
) -> Draft:
    """A measure of a remedy; `months` and `days` say when it ends, `review` how many days on it is reviewed."""

    def draft(world: World) -> StepData | None:
        report = world.last(incident, ReportIncident)
        said = {**SOUND, "evidence": (report,) if report else (), **REMEDIES[remedy], **changes}
        months, days = said.pop("months", None), said.pop("days", None)
        if months or days:
            said["ends_on"] = in_months(world.day, months or 0) + timedelta(days=days or 0)
        if review is not None:
            said["review_on"] = world.day + timedelta(days=review)
        return model.model_validate({"remedy": remedy, **said})

    return draft


def review_at(remedy: str, months: int, days: int, **changes: Any) -> Draft:
    """A measure whose first review stands so many calendar months and days ahead."""

    def draft(world: World) -> StepData | None:
        ahead = in_months(world.day, months) + timedelta(days=days) - world.day
        return measure(ProposeSanction, remedy, review=ahead.days, **changes)(world)

    return draft


def review(case: str, outcome: str, *, ahead: timedelta | relativedelta | None = None, **changes: Any) -> Draft:
    def draft(world: World) -> StepData | None:
        ref = world.last(case, *MAKING)
        if ref is None:
            return None
        said = {"sanction": ref, "outcome": outcome, "reasons": "Calls went on.", "due_regard": "Weighed.", **changes}
        said.setdefault("conduct_since", "Two more calls of the same kind.")
        return ReviewSanction.model_validate({**said, "next_review_on": world.day + ahead if ahead else None})

    return draft


# Assessments

SHORT: dict[str, Any] = {
    "form": "short",
    "characteristic": "none_found",
    "asked_customer": "Asked by phone.",
    "linked_to_conduct": "no",
    "effect": "Little.",
}
FULL: dict[str, Any] = {
    **SHORT,
    "form": "full",
    "household": "Lives with Dan.",
    "vulnerabilities": "None known.",
    "outside_support": "None wanted.",
    "adjustments_tried": "Calls after noon.",
    "alternatives": "A talk.",
}


# Telling


def waiting(world: World, case: str) -> list[str]:
    file = world.files.get(case)
    return list(file.outcomes_to_tell) if isinstance(file, CaseFile) else []


def tell(case: str, which: int = 0, **changes: Any) -> Draft:
    """Tells the customer of the oldest (0) or newest (-1) decision of which they were not told."""

    def draft(world: World) -> StepData | None:
        untold = waiting(world, case)
        said = {"how": "phone", "format": "standard", "explains": "What was decided, and why.", **changes}
        return GiveNotice.model_validate({"about": untold[which], **said}) if untold else None

    return draft


def tell_by_post(case: str) -> Draft:
    def draft(world: World) -> StepData | None:
        return tell(case, how="post", address="100 Mill Lane", address_confirmed_on=world.day)(world)

    return draft


def tell_earlier(case: str, days: int) -> Draft:
    """Says that the customer was told some days ago."""
    return lambda world: tell(case, given_on=world.day - timedelta(days=days))(world)


# Appeals


def appeal(case: str, *, days: int | None = None) -> Draft:
    """An appeal against the newest measure: received today, or so many days after its last day."""

    def draft(world: World) -> StepData | None:
        ref = world.last(case, *MAKING)
        last = last_day_to_appeal(world.entries(case), ref) if ref else None
        if ref is None or (days is not None and last is None):
            return None
        received = world.day if days is None or last is None else last + timedelta(days=days)
        return (
            ReceiveAppeal(against=ref, received_on=received, what="It is not true.") if received <= world.day else None
        )

    return draft


def correct_receipt(case: str) -> Draft:
    """The newest appeal had in truth come on its last day."""

    def draft(world: World) -> StepData | None:
        received, ref = world.last(case, ReceiveAppeal), world.last(case, *MAKING)
        last: date | None = last_day_to_appeal(world.entries(case), ref) if ref else None
        if received is None or last is None:
            return None
        return CorrectEntry(
            entry=received, changes={"received_on": last.isoformat()}, reasons="It lay in the post room."
        )

    return draft


def on_appeal(case: str, model: type[StepData], **data: Any) -> Draft:
    return on_last(ReceiveAppeal, file=case, field="appeal", then=lambda appeal: model(appeal=appeal, **data))


def decide(case: str, outcome: str, **data: Any) -> Draft:
    said = {"outcome": outcome, "reasons": "Each point was weighed.", "due_regard": "Weighed.", **data}
    return on_appeal(case, DecideAppeal, **said)


def on_sanction(case: str, model: type[StepData], **data: Any) -> Draft:
    return on_last(*MAKING, file=case, field="sanction", then=lambda sanction: model(sanction=sanction, **data))


def take_back(file: str, *models: type[StepData]) -> Draft:
    return on_last(*models, file=file, field="entry", then=lambda entry: Withdraw(entry=entry, reasons="A slip."))


def look(case: str) -> Draft:
    return on_last(
        RecordNeed,
        RecordChange,
        file="carol",
        field="about",
        then=lambda about: LookAgain(about=about, outcome="Looked."),
    )


# Flags


def flag(**changes: Any) -> Draft:
    def draft(world: World) -> StepData | None:
        said = {
            "subject": "carol",
            "category": "threats_and_abuse",
            "instruction": "Go in pairs.",
            "control_measures": ("two_people",),
            "incident": "incident-1",
            "reasons": "She threatened Olu.",
            "review_on": world.day + timedelta(days=150),
            **changes,
        }
        return ProposeFlag.model_validate(said)

    return draft


def keep_flag(days: int = 150, **changes: Any) -> Draft:
    def draft(world: World) -> StepData | None:
        said = {"outcome": "keep", "reasons": "Still so.", "evidence": "A threat in June.", **changes}
        return ReviewFlag.model_validate({**said, "next_review_on": world.day + timedelta(days=days)})

    return draft


def _of_case(case: str, incident: str) -> Iterator[Move]:
    """Everything that can be tried on one case."""

    def move(name: str, by: str, draft: Draft) -> Move:
        return Move(f"{case} {name}", by, case, draft)

    def propose(remedy: str, **changes: Any) -> Draft:
        return measure(ProposeSanction, remedy, incident=incident, **changes)

    def urgent(remedy: str, **changes: Any) -> Draft:
        said = {"harm": "She said she would hurt Olu.", "to_whom": "Olu", "manager": "mina", **changes}
        return measure(TakeUrgentAction, remedy, incident=incident, **said)

    skip = {"departure_reason": "A threat of serious harm."}
    opening = {"subject": "carol", "subject_kind": "joint_tenant", "incidents": (incident,), "colleague": "olu"}
    opening |= {"breakdown": "Nobody dares to answer her calls.", "tried_first": "A weekly call."}
    yield move("open", "tess", always(OpenCase, **opening))
    yield move("endorse", "mina", always(EndorseCase, reasons="Ordinary ways are exhausted."))
    yield move("endorse: by the colleague", "olu", always(EndorseCase, reasons="It is enough."))
    yield move("talk", "tess", lambda world: ConsiderConversation(outcome="held", held_on=world.day, by="tess"))
    yield move("talk: no reasons", "tess", always(ConsiderConversation, outcome="not_appropriate"))
    said = {"allegation": "You shouted at Olu.", "incidents": (incident,), "how": "email", "format": "standard"}
    yield move("put", "tess", always(PutAllegation, **said))
    yield move(
        "answer",
        "tess",
        on_last(
            PutAllegation,
            file=case,
            field="allegation",
            then=lambda allegation: RecordAccount(allegation=allegation, account="I was ill."),
        ),
    )
    yield move("support", "tess", always(SignpostSupport, agency="A mental health charity", answer="declined"))
    yield move("assess", "tess", always(AssessEquality, **FULL))
    yield move("assess: short", "tess", always(AssessEquality, **SHORT))
    yield move("assess: nobody asked", "tess", always(AssessEquality, **FULL | {"characteristic": "not_asked"}))
    yield move("assess: no sanction", "tess", always(AssessEquality, **FULL | {"conclusion": "no_sanction"}))
    yield move("assess: of Dan", "tess", always(AssessEquality, **FULL, subject="dan"))

    yield move("warn", "tess", propose("warning_letter"))
    yield move("warn: by the manager", "mina", propose("warning_letter"))
    yield move("warn: no evidence", "tess", propose("warning_letter", evidence=()))
    yield move("warn: no review", "tess", propose("warning_letter", review=None))
    yield move("warn: review on the last day", "tess", review_at("warning_letter", 3, 0, incident=incident))
    yield move("warn: review a day late", "tess", review_at("warning_letter", 3, 1, incident=incident))
    yield move("warn: review a day early", "tess", review_at("warning_letter", 1, -1, incident=incident))
    yield move("restrict", "tess", propose("restricted_channels"))
    yield move("restrict: skipping the warning", "tess", propose("restricted_channels", **skip))
    yield move("restrict: three weeks", "tess", propose("restricted_channels", months=0, days=21, review=None, **skip))
    yield move("restrict: ten weeks", "tess", propose("restricted_channels", months=0, days=75, review=32, **skip))
    yield move("restrict: by e-mail only", "tess", propose("restricted_channels", terms=EMAIL_ONLY, **skip))
    yield move("restrict: no repairs", "tess", propose("restricted_channels", terms=NO_REPAIRS, **skip))
    yield move("restrict: no way left", "tess", propose("restricted_channels", terms=BY_HAND_ONLY, **skip))
    on_dan = measure(ProposeSanction, "restricted_channels", incident="incident-2", subject="dan", **skip)
    yield move("restrict: Dan", "tess", on_dan)
    yield move("restrict: Dan, for what Carol did", "tess", propose("restricted_channels", subject="dan", **skip))
    yield move("restrict: both", "tess", propose("restricted_channels", binds=("dan",), **skip))
    yield move("possession", "tess", propose("notice_seeking_possession", **skip))
    yield move("injunction", "tess", propose("civil_injunction", **skip))

    yield move("urgent", "olu", urgent("restricted_channels"))
    yield move("urgent: nobody in charge", "olu", urgent("restricted_channels", manager=None))
    yield move("urgent: no evidence", "olu", urgent("restricted_channels", evidence=()))
    yield move("urgent: no review", "olu", urgent("restricted_channels", review=None))
    yield move("urgent: no way left", "olu", urgent("restricted_channels", terms=BY_HAND_ONLY))
    yield move("urgent: injunction", "olu", urgent("civil_injunction"))
    yield move(
        "urgent: unreasonable demands", "olu", urgent("restricted_channels", behaviours=("unreasonable_demands",))
    )

    for who in ("tess", "olu", "mina", "max", "sam", "ada"):
        yield move(
            f"approve by {who}", who, on_sanction(case, ApproveSanction, reasons="I agree.", departure_accepted=True)
        )
    yield move("approve: the skipping left open", "mina", on_sanction(case, ApproveSanction, reasons="I agree."))
    yield move("decline", "mina", on_sanction(case, DeclineSanction, reasons="Too hard."))
    yield move("decide on nothing", "tess", always(DecideNoSanction, reasons="A talk settled it."))
    yield move("tell", "tess", tell(case))
    yield move("tell: the newest", "tess", tell(case, -1))
    yield move("tell: by post", "tess", tell_by_post(case))
    yield move("tell: a month ago", "tess", tell_earlier(case, 30))
    yield move(
        "tell: came back",
        "tess",
        on_last(GiveNotice, file=case, field="notice", then=lambda notice: RecordReturn(notice=notice)),
    )
    yield move("instruct", "tess", on_sanction(case, InstructLegal, adviser="Law LLP"))
    for word, served in (("both", ("carol", "dan")), ("only Carol", ("carol",))):
        said = {"named": served, "served": served, "ground": "14"}
        yield move(f"serve {word}", "tess", on_sanction(case, ServeNoticeSeekingPossession, **said))
    yield move("court made it", "tess", on_sanction(case, RecordCourtOutcome, outcome="made", without_notice=True))
    yield move("court discharged it", "tess", on_sanction(case, RecordCourtOutcome, outcome="discharged"))

    ahead = timedelta(days=45)
    yield move("review: continue", "tess", review(case, "continue", ahead=ahead))
    yield move("review: continue too long", "tess", review(case, "continue", ahead=relativedelta(months=3, days=1)))
    yield move("review: continue, no next", "tess", review(case, "continue"))
    yield move("review: continue, nothing new", "tess", review(case, "continue", ahead=ahead, conduct_since=None))
    yield move("review: harsher, no repairs", "tess", review(case, "vary", ahead=ahead, harsher=True, terms=NO_REPAIRS))
    yield move("review: gentler", "tess", review(case, "vary", ahead=ahead, terms=Terms(call_minutes=20)))
    yield move("review: said to be gentler, no way left", "tess", review(case, "vary", ahead=ahead, terms=BY_HAND_ONLY))
    yield move("review: vary, no next", "tess", review(case, "vary", terms=Terms(call_minutes=20)))
    yield move("review: lift", "tess", review(case, "lift"))
    yield move("lift", "mina", on_sanction(case, LiftSanction, reasons="It is no longer needed."))

    yield move("appeal", "page", appeal(case))
    yield move("appeal: on the last day", "page", appeal(case, days=0))
    yield move("appeal: a day late", "page", appeal(case, days=1))
    yield move(
        "appeal: against the review",
        "page",
        on_last(ReviewSanction, file=case, field="against", then=lambda against: ReceiveAppeal(against=against)),
    )
    yield move("appeal: in truth on the last day", "tess", correct_receipt(case))
    for who in ("sue", "sam"):
        yield move(
            f"let in by {who}", who, on_appeal(case, DecideLateAppeal, admit=True, reasons="She was in hospital.")
        )
        yield move(
            f"turn away by {who}", who, on_appeal(case, DecideLateAppeal, admit=False, reasons="No reason given.")
        )
        yield move(f"uphold by {who}", who, decide(case, "upheld"))
        yield move(f"dismiss by {who}", who, decide(case, "dismissed"))
    for who in ("sue", "sam", "mina", "max", "tess"):
        yield move(f"assign to {who}", "max", on_appeal(case, AssignAppeal, officer=who, reasons="Took no part."))
    yield move("assign to sue: by the approver", "mina", on_appeal(case, AssignAppeal, officer="sue", reasons="Free."))
    yield move("assign outside", "max", on_appeal(case, AssignAppeal, external_officer="Ann Bell, a mediator"))
    for who in ("mina", "max"):
        yield move(f"uphold outside by {who}", who, decide(case, "upheld", decided_for_external="Ann Bell, a mediator"))
        yield move(f"dismiss by {who}", who, decide(case, "dismissed"))
    yield move("vary by sue", "sue", decide(case, "varied", terms=Terms(call_minutes=20)))
    yield move("vary by sue: no way left", "sue", decide(case, "varied", terms=BY_HAND_ONLY))
    yield move("vary by sue: no repairs", "sue", decide(case, "varied", terms=NO_REPAIRS))
    yield move("suspend", "sue", on_appeal(case, SuspendSanction, reasons="While it is heard."))

    yield move("close", "tess", always(CloseCase, outcome="Settled."))
    yield move("reopen", "mina", always(ReopenCase, reasons="It began again."))
    yield move("look again", "tess", look(case))
    for what, models in (
        ("an appeal", (ReceiveAppeal,)),
        ("the appeal decision", (DecideAppeal,)),
        ("the lifting", (LiftSanction, ReviewSanction)),
    ):
        yield move(f"take back {what}", "max", take_back(case, *models))
    for what, models in (
        ("the allegation", (PutAllegation,)),
        ("the notice", (GiveNotice,)),
        ("the closing", (CloseCase,)),
    ):
        yield move(f"take back {what}", "tess", take_back(case, *models))
    yield move("link Dan's report", "tess", always(LinkIncident, incident="incident-2"))
    yield move("put: to Dan", "tess", always(PutAllegation, **said_to_dan()))


def said_to_dan() -> dict[str, Any]:
    return {"allegation": "You threatened Olu.", "incidents": ("incident-2",), "how": "email", "format": "standard"}


def _of_flag(name: str) -> Iterator[Move]:
    def move(what: str, by: str, draft: Draft) -> Move:
        return Move(f"{name} {what}", by, name, draft)

    yield move("propose", "olu", flag())
    yield move("propose: at once", "tess", flag(provisional=True))
    yield move("propose: no report", "olu", flag(incident=None))
    for who in ("mina", "max", "olu"):
        yield move(f"approve by {who}", who, always(ApproveFlag, reasons="Needed."))
    yield move(
        "approve: review too late",
        "mina",
        lambda world: ApproveFlag(reasons="Needed.", review_on=in_months(world.day, 6) + timedelta(days=1)),
    )
    yield move("tell", "tess", always(TellPerson, how="phone", what="That there is a flag, and why."))
    yield move(
        "not tell",
        "tess",
        lambda world: RecordNotTold(
            risk="She would hurt Olu.", manager="mina", look_again_on=world.day + timedelta(days=20)
        ),
    )
    yield move("keep", "mina", keep_flag())
    yield move("keep: too long", "mina", keep_flag(200))
    yield move("end at review", "mina", always(ReviewFlag, outcome="end", reasons="Over."))
    yield move("end", "mina", always(EndFlag, reasons="Over."))
    yield move("dispute", "page", always(DisputeFlag, why="I never did."))
    yield move("dispute: wrong person", "page", always(DisputeFlag, why="That was somebody else.", wrong_person=True))
    for who in ("sue", "mina"):
        for outcome in ("upheld", "dismissed"):
            yield move(f"{outcome} by {who}", who, always(DecideFlagDispute, outcome=outcome, reasons="Weighed."))
    for word, models in (
        ("the ending", (EndFlag, ReviewFlag)),
        ("the dispute", (DisputeFlag,)),
        ("the decision", (DecideFlagDispute,)),
    ):
        yield move(f"take back {word}", "max", take_back(name, *models))
    for word, what in (("what to do", ("control_measures",)), ("everything", ("control_measures", "reasons", "need"))):
        said = {
            "to": "Ace Repairs",
            "recipient_kind": "contractor",
            "basis": "safeguarding",
            "what": what,
            "purpose": "A visit.",
        }
        yield move(f"tell the contractor {word}", "tess", always(Disclose, **said))


def _of_people() -> Iterator[Move]:
    report = {"what_happened": "She shouted that she would hurt Olu.", "affected": ("olu",), "behaviours": ("abusive",)}
    for incident, who in (("incident-1", "carol"), ("incident-2", "dan"), ("incident-3", "carol")):
        draft: Draft = lambda world, who=who: ReportIncident(subject=who, happened_on=world.day, **report)  # type: ignore[misc]
        yield Move(f"{incident} report", "olu", incident, draft)
    yield Move("carol cannot write", "tess", "carol", always(RecordNeed, need="cannot_write"))
    yield Move("carol cannot phone", "tess", "carol", always(RecordNeed, need="cannot_speak_on_phone"))
    yield Move("carol died", "tess", "carol", lambda world: RecordChange(change="death", happened_on=world.day))


def _waits() -> Iterator[Move]:
    for days in (1, 6, 15, 31, 40, 100, 200, 400):
        yield Move(f"wait {days}", days=days)


MOVES: dict[str, Move] = {
    move.name: move
    for moves in (
        _of_people(),
        _of_case("case-1", "incident-1"),
        _of_case("case-2", "incident-3"),
        _of_flag("flag-1"),
        _waits(),
    )
    for move in moves
}
