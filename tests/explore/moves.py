"""What people in the small world may try: sound steps, and the same steps with something wrong with them.

A move is named by its file and what it does; what follows a colon says what is wrong or special about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

from dateutil.relativedelta import relativedelta

from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal, SuspendSanction
from evenhand.casework.steps.assessment import AssessEquality, ConsiderConversation, SignpostSupport
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.control import CloseCase, Disclose, ReopenCase
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
    RecordNotTold,
    ReviewFlag,
    TellPerson,
)
from evenhand.casework.steps.incident import RecordInjury
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, RecordReturn, ReviewSanction
from evenhand.casework.steps.opening import EndorseCase, LinkIncident, OpenCase
from evenhand.casework.steps.person import RecordChange, RecordNeed
from tests.explore.drafts import (
    BY_HAND_ONLY,
    EMAIL_ONLY,
    FULL,
    NO_REPAIRS,
    SHORT,
    Draft,
    always,
    appeal,
    correct_receipt,
    decide,
    flag,
    keep_flag,
    look,
    measure,
    on_appeal,
    on_last,
    on_sanction,
    report,
    review,
    review_at,
    take_back,
    tell,
    tell_by_post,
    tell_earlier,
)
from tests.explore.own_days import in_months
from tests.explore.world import Move

Tries = Iterator[tuple[str, str, Draft]]
"""What can be tried on a file: what it is called, by whom, and the data of its step."""

SKIP: dict[str, Any] = {"departure_reason": "A threat of serious harm."}
OPENING = {
    "subject": "carol",
    "subject_kind": "joint_tenant",
    "colleague": "olu",
    "breakdown": "Nobody dares to answer her calls.",
    "tried_first": "A weekly call.",
}
TOLD = {"to": "Ace Repairs", "recipient_kind": "contractor", "basis": "safeguarding", "purpose": "A visit."}
SAID = {"allegation": "You shouted at Olu.", "how": "email", "format": "standard"}


def propose(remedy: str, incident: str, **changes: Any) -> Draft:
    return measure(ProposeSanction, remedy, incident=incident, **changes)


def urgent(remedy: str, incident: str, **changes: Any) -> Draft:
    said = {"harm": "She said she would hurt Olu.", "to_whom": "Olu", "manager": "mina", **changes}
    return measure(TakeUrgentAction, remedy, incident=incident, **said)


def _opening(case: str, incident: str) -> Tries:
    """From the opening to the assessments."""
    yield ("open", "tess", always(OpenCase, **OPENING, incidents=(incident,)))
    yield ("endorse", "mina", always(EndorseCase, reasons="Ordinary ways are exhausted."))
    yield ("endorse: by the colleague", "olu", always(EndorseCase, reasons="It is enough."))
    yield ("talk", "tess", lambda world: ConsiderConversation(outcome="held", held_on=world.day, by="tess"))
    yield ("talk: no reasons", "tess", always(ConsiderConversation, outcome="not_appropriate"))
    yield ("put", "tess", always(PutAllegation, **SAID, incidents=(incident,)))
    yield ("put: what came since", "tess", always(PutAllegation, **SAID, incidents=("incident-3",)))
    yield (
        "answer",
        "tess",
        on_last(
            PutAllegation,
            file=case,
            field="allegation",
            then=lambda allegation: RecordAccount(allegation=allegation, account="I was ill."),
        ),
    )
    yield ("support", "tess", always(SignpostSupport, agency="A mental health charity", answer="declined"))
    yield ("assess", "tess", always(AssessEquality, **FULL))
    yield ("assess: short", "tess", always(AssessEquality, **SHORT))
    yield ("assess: nobody asked", "tess", always(AssessEquality, **FULL | {"characteristic": "not_asked"}))
    yield ("assess: no sanction", "tess", always(AssessEquality, **FULL | {"conclusion": "no_sanction"}))
    yield ("assess: of Dan", "tess", always(AssessEquality, **FULL, subject="dan"))


def _measures(case: str, incident: str) -> Tries:
    """Measures proposed."""
    yield ("warn", "tess", propose("warning_letter", incident))
    yield ("warn: by the manager", "mina", propose("warning_letter", incident))
    yield ("warn: no evidence", "tess", propose("warning_letter", incident, evidence=()))
    yield ("warn: no review", "tess", propose("warning_letter", incident, review=None))
    yield ("warn: review on the last day", "tess", review_at("warning_letter", 3, 0, incident=incident))
    yield ("warn: review a day late", "tess", review_at("warning_letter", 3, 1, incident=incident))
    yield ("warn: review a day early", "tess", review_at("warning_letter", 1, -1, incident=incident))
    yield ("restrict", "tess", propose("restricted_channels", incident))
    yield ("restrict: for what came since", "tess", propose("restricted_channels", "incident-3"))
    yield ("restrict: skipping the warning", "tess", propose("restricted_channels", incident, **SKIP))
    yield (
        "restrict: three weeks",
        "tess",
        propose("restricted_channels", incident, months=0, days=21, review=None, **SKIP),
    )
    yield (
        "restrict: ten weeks",
        "tess",
        propose("restricted_channels", incident, months=0, days=75, review=32, **SKIP),
    )
    yield ("restrict: by e-mail only", "tess", propose("restricted_channels", incident, terms=EMAIL_ONLY, **SKIP))
    yield ("restrict: no repairs", "tess", propose("restricted_channels", incident, terms=NO_REPAIRS, **SKIP))
    yield ("restrict: no way left", "tess", propose("restricted_channels", incident, terms=BY_HAND_ONLY, **SKIP))
    yield ("restrict: Dan", "tess", propose("restricted_channels", "incident-2", subject="dan", **SKIP))
    yield ("restrict: Dan, for what Carol did", "tess", propose("restricted_channels", incident, subject="dan", **SKIP))
    yield ("restrict: both", "tess", propose("restricted_channels", incident, binds=("dan",), **SKIP))
    yield ("possession", "tess", propose("notice_seeking_possession", incident, **SKIP))
    yield ("injunction", "tess", propose("civil_injunction", incident, **SKIP))


def _urgent_actions(case: str, incident: str) -> Tries:
    """Urgent action."""
    yield ("urgent", "olu", urgent("restricted_channels", incident))
    yield ("urgent: nobody in charge", "olu", urgent("restricted_channels", incident, manager=None))
    yield ("urgent: no evidence", "olu", urgent("restricted_channels", incident, evidence=()))
    yield ("urgent: no review", "olu", urgent("restricted_channels", incident, review=None))
    yield ("urgent: no way left", "olu", urgent("restricted_channels", incident, terms=BY_HAND_ONLY))
    yield ("urgent: injunction", "olu", urgent("civil_injunction", incident))
    yield (
        "urgent: unreasonable demands",
        "olu",
        urgent("restricted_channels", incident, behaviours=("unreasonable_demands",)),
    )


def _decisions(case: str) -> Tries:
    """Deciding, telling and carrying out."""
    for who in ("tess", "olu", "mina", "max", "sam", "ada"):
        yield (
            f"approve by {who}",
            who,
            on_sanction(case, ApproveSanction, reasons="I agree.", departure_accepted=True),
        )
    yield ("approve: the skipping left open", "mina", on_sanction(case, ApproveSanction, reasons="I agree."))
    yield ("decline", "mina", on_sanction(case, DeclineSanction, reasons="Too hard."))
    yield ("decide on nothing", "tess", always(DecideNoSanction, reasons="A talk settled it."))
    yield ("tell", "tess", tell(case))
    yield ("tell: the newest", "tess", tell(case, -1))
    yield ("tell: by post", "tess", tell_by_post(case))
    yield ("tell: a month ago", "tess", tell_earlier(case, 30))
    yield (
        "tell: came back",
        "tess",
        on_last(GiveNotice, file=case, field="notice", then=lambda notice: RecordReturn(notice=notice)),
    )
    yield ("instruct", "tess", on_sanction(case, InstructLegal, adviser="Law LLP"))
    for word, served in (("both", ("carol", "dan")), ("only Carol", ("carol",))):
        said = {"named": served, "served": served, "ground": "14"}
        yield (f"serve {word}", "tess", on_sanction(case, ServeNoticeSeekingPossession, **said))
    yield ("court made it", "tess", on_sanction(case, RecordCourtOutcome, outcome="made", without_notice=True))
    yield ("court discharged it", "tess", on_sanction(case, RecordCourtOutcome, outcome="discharged"))


def _reviews(case: str) -> Tries:
    """Reviews, and lifting."""
    ahead = timedelta(days=45)
    yield ("review: continue", "tess", review(case, "continue", ahead=ahead))
    yield ("review: continue too long", "tess", review(case, "continue", ahead=relativedelta(months=3, days=1)))
    yield ("review: continue, no next", "tess", review(case, "continue"))
    yield ("review: continue, nothing new", "tess", review(case, "continue", ahead=ahead, conduct_since=None))
    yield ("review: harsher, no repairs", "tess", review(case, "vary", ahead=ahead, harsher=True, terms=NO_REPAIRS))
    yield ("review: gentler", "tess", review(case, "vary", ahead=ahead, terms=Terms(call_minutes=20)))
    yield ("review: said to be gentler, no way left", "tess", review(case, "vary", ahead=ahead, terms=BY_HAND_ONLY))
    yield ("review: vary, no next", "tess", review(case, "vary", terms=Terms(call_minutes=20)))
    yield ("review: lift", "tess", review(case, "lift"))
    yield ("lift", "mina", on_sanction(case, LiftSanction, reasons="It is no longer needed."))


def _appeals(case: str) -> Tries:
    """Appeals, from receipt to decision."""
    yield ("appeal", "page", appeal(case))
    yield ("appeal: on the last day", "page", appeal(case, days=0))
    yield ("appeal: a day late", "page", appeal(case, days=1))
    yield (
        "appeal: against the review",
        "page",
        on_last(ReviewSanction, file=case, field="against", then=lambda against: ReceiveAppeal(against=against)),
    )
    yield ("appeal: in truth on the last day", "tess", correct_receipt(case))
    for who in ("sue", "sam"):
        yield (f"let in by {who}", who, on_appeal(case, DecideLateAppeal, admit=True, reasons="She was in hospital."))
        yield (f"turn away by {who}", who, on_appeal(case, DecideLateAppeal, admit=False, reasons="No reason given."))
        yield (f"uphold by {who}", who, decide(case, "upheld"))
        yield (f"dismiss by {who}", who, decide(case, "dismissed"))
    for who in ("sue", "sam", "mina", "max", "tess"):
        yield (f"assign to {who}", "max", on_appeal(case, AssignAppeal, officer=who, reasons="Took no part."))
    yield ("assign to sue: by the approver", "mina", on_appeal(case, AssignAppeal, officer="sue", reasons="Free."))
    yield ("assign outside", "max", on_appeal(case, AssignAppeal, external_officer="Ann Bell, a mediator"))
    for who in ("mina", "max"):
        yield (f"uphold outside by {who}", who, decide(case, "upheld", decided_for_external="Ann Bell, a mediator"))
        yield (f"dismiss by {who}", who, decide(case, "dismissed"))
    yield ("vary by sue", "sue", decide(case, "varied", terms=Terms(call_minutes=20)))
    yield ("vary by sue: no way left", "sue", decide(case, "varied", terms=BY_HAND_ONLY))
    yield ("vary by sue: no repairs", "sue", decide(case, "varied", terms=NO_REPAIRS))
    yield ("suspend", "sue", on_appeal(case, SuspendSanction, reasons="While it is heard."))


def _closing(case: str) -> Tries:
    """Closing, and taking back what was made."""
    yield ("close", "tess", always(CloseCase, outcome="Settled."))
    yield ("reopen", "mina", always(ReopenCase, reasons="It began again."))
    yield ("look again", "tess", look(case))
    yield ("take back an appeal", "max", take_back(case, ReceiveAppeal))
    yield ("take back the appeal decision", "max", take_back(case, DecideAppeal))
    yield ("take back the lifting", "max", take_back(case, LiftSanction, ReviewSanction))
    yield ("take back the allegation", "tess", take_back(case, PutAllegation))
    yield ("take back the notice", "tess", take_back(case, GiveNotice))
    yield ("take back the closing", "tess", take_back(case, CloseCase))
    yield ("link Dan's report", "tess", always(LinkIncident, incident="incident-2"))
    yield ("put: to Dan", "tess", always(PutAllegation, **SAID, incidents=("incident-2",)))


def _flag(name: str) -> Tries:
    """A flag, from its proposal to its end."""
    yield ("propose", "olu", flag())
    yield ("propose: at once", "tess", flag(provisional=True))
    yield ("propose: no report", "olu", flag(incident=None))
    for who in ("mina", "max", "olu"):
        yield (f"approve by {who}", who, always(ApproveFlag, reasons="Needed."))
    yield (
        "approve: review too late",
        "mina",
        lambda world: ApproveFlag(reasons="Needed.", review_on=in_months(world.day, 6) + timedelta(days=1)),
    )
    yield ("tell", "tess", always(TellPerson, how="phone", what="That there is a flag, and why."))
    yield (
        "not tell",
        "tess",
        lambda world: RecordNotTold(
            risk="She would hurt Olu.", manager="mina", look_again_on=world.day + timedelta(days=20)
        ),
    )
    yield ("keep", "mina", keep_flag())
    yield ("keep: too long", "mina", keep_flag(200))
    yield ("end at review", "mina", always(ReviewFlag, outcome="end", reasons="Over."))
    yield ("end", "mina", always(EndFlag, reasons="Over."))
    yield ("dispute", "page", always(DisputeFlag, why="I never did."))
    yield ("dispute: wrong person", "page", always(DisputeFlag, why="That was somebody else.", wrong_person=True))
    for who in ("sue", "mina"):
        for outcome in ("upheld", "dismissed"):
            yield (f"{outcome} by {who}", who, always(DecideFlagDispute, outcome=outcome, reasons="Weighed."))
    yield ("take back the ending", "max", take_back(name, EndFlag, ReviewFlag))
    yield ("take back the dispute", "max", take_back(name, DisputeFlag))
    yield ("take back the decision", "max", take_back(name, DecideFlagDispute))
    yield ("tell the contractor what to do", "tess", always(Disclose, **TOLD, what=("control_measures",)))
    yield ("tell the contractor everything", "tess", always(Disclose, **TOLD, what=("control_measures", "reasons")))


def _people() -> Iterator[Move]:
    """Reports of what Carol and Dan did, and what becomes known of people."""
    for incident, who in (("incident-1", "carol"), ("incident-2", "dan"), ("incident-3", "carol")):
        yield Move(f"{incident} report", "olu", incident, report(who))
    yield Move("incident-1 max was hurt", "olu", "incident-1", always(RecordInjury, person="max", what="Shock."))
    yield Move("carol cannot write", "tess", "carol", always(RecordNeed, need="cannot_write"))
    yield Move("carol cannot phone", "tess", "carol", always(RecordNeed, need="cannot_speak_on_phone"))
    yield Move("carol died", "tess", "carol", lambda world: RecordChange(change="death", happened_on=world.day))
    yield from (Move(f"wait {days}", days=days) for days in (1, 6, 15, 31, 40, 100, 200, 400))


def _on(file: str, *tries: Tries) -> Iterator[Move]:
    return (Move(f"{file} {what}", by, file, draft) for what, by, draft in chain(*tries))


def _case(case: str, incident: str) -> Iterator[Move]:
    both = (_opening, _measures, _urgent_actions)
    alone = (_decisions, _reviews, _appeals, _closing)
    return _on(case, *(tries(case, incident) for tries in both), *(tries(case) for tries in alone))


MOVES: dict[str, Move] = {
    move.name: move
    for move in chain(
        _people(), _case("case-1", "incident-1"), _case("case-2", "incident-3"), _on("flag-1", _flag("flag-1"))
    )
}
