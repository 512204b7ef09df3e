"""The data of the steps that people in the small world may try, made as the world stands when they try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from evenhand.casework.case import CaseFile
from evenhand.casework.steps.appeal import DecideAppeal, DecideLateAppeal, ReceiveAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import AskLookAgain, CorrectEntry, LookAgain, Withdraw
from evenhand.casework.steps.decision import (
    DecideNoSanction,
    ProposeSanction,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.flag import (
    ProposeFlag,
    ReviewFlag,
)
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, ReviewSanction
from tests.explore.own_days import in_months, last_day_to_appeal
from tests.explore.world import World

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
    return on_last(
        ReceiveAppeal, file=case, field="appeal", then=lambda **appeal: model.model_validate({**appeal, **data})
    )


def decide(case: str, outcome: str, **data: Any) -> Draft:
    said = {"outcome": outcome, "reasons": "Each point was weighed.", "due_regard": "Weighed.", **data}
    return on_appeal(case, DecideAppeal, **said)


def on_sanction(case: str, model: type[StepData], **data: Any) -> Draft:
    return on_last(
        *MAKING, file=case, field="sanction", then=lambda **sanction: model.model_validate({**sanction, **data})
    )


def take_back(file: str, *models: type[StepData]) -> Draft:
    return on_last(*models, file=file, field="entry", then=lambda entry: Withdraw(entry=entry, reasons="A slip."))


def look(case: str) -> Draft:
    return on_last(AskLookAgain, file=case, field="about", then=lambda about: LookAgain(about=about, outcome="Looked."))


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


def report(who: str) -> Draft:
    said = {"what_happened": "She shouted that she would hurt Olu.", "affected": ("olu",), "behaviours": ("abusive",)}
    return lambda world: ReportIncident.model_validate({"subject": who, "happened_on": world.day, **said})
