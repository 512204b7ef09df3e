"""What the policy fixes when a step is taken: dates with legal effect, and codes that a later edition must not change.

Nothing stored may change because a day passed, a bank holiday was added or a policy was rewritten. So imposed, told,
the last day for an appeal, the next review and the end are worked out once, here, and stored with the entry.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from evenhand.casework.deciders import agreed_day, approval_complete
from evenhand.casework.enough import account_is_enough, conduct_lacks, conversation_is_enough, equality_lacks
from evenhand.casework.facts import Look
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import AssessConduct, AssessEquality, ConsiderConversation
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.decision import (
    ApproveSanction,
    Measure,
    RecordContractAnswer,
    RecordCourtOutcome,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.flag import ApproveFlag, BringInFlag, ProposeFlag, RestartFlag, ReviewFlag
from evenhand.casework.steps.incident import RecordConversation
from evenhand.casework.steps.notice import AgreeContinuation, GiveNotice, RecordBreach, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction
from evenhand.casework.terms import narrows
from evenhand.policy.clock import add_days, add_months
from evenhand.policy.edition import Edition
from evenhand.policy.floors import FLOOR_REVIEW, NEVER_REVIEWED
from evenhand.policy.shapes import Remedy, ReviewRule

S = TypeVar("S", bound=StepData)
Days = dict[str, date | None]


def settle(look: Look) -> Mapping[str, str]:
    """What taking the look's draft fixes: ISO days and codes by name, with the calendar that gave the days."""
    work_out = _worked_out_by(look.step)
    fixed = {name: value for name, value in work_out(look).items() if value} if work_out else {}
    told = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in fixed.items()}
    return {**told, "calendar": look.facts.edition.calendar.name} if told else {}


@cache
def _worked_out_by(model: type[StepData]) -> Callable[[Look], Mapping[str, Any]] | None:
    return next((work_out for kind, work_out in SETTLED.items() if issubclass(model, kind)), None)


def review_name(edition: Edition, remedy: str) -> str | None:
    """The name of the rule by which a measure comes back; one that is not in the catalogue by the standard rule."""
    rule = edition.remedies.get(remedy)
    return rule.review if rule else "standard"


def review_rule(edition: Edition, remedy: str) -> ReviewRule | None:
    """How often a measure comes back; one that is not in the catalogue comes back by the standard rule."""
    rule = edition.remedies.get(remedy)
    named = edition.reviews.get(review_name(edition, remedy) or "")
    return named or (None if rule and rule.kind in NEVER_REVIEWED else FLOOR_REVIEW)


def review_bounds(rule: ReviewRule, imposed: date, counted: date) -> tuple[date, date | None]:
    """The first and last day for the next review; the last is None where each decision sets its own.

    `imposed` is when the measure began, `counted` when it was last imposed or reviewed.
    """
    if rule.meetings:
        return counted, next((day for day in sorted(rule.meetings) if day > counted), None)
    if rule.latest_months is None:
        return counted, None
    if rule.counted_from == "last_review":
        return add_months(counted, rule.earliest_months or 0), add_months(counted, rule.latest_months)
    return counted, _next_anniversary(imposed, rule.latest_months, counted)


def _next_anniversary(imposed: date, months: int, after: date) -> date:
    times = 1
    while (day := add_months(imposed, months * times)) <= after:
        times += 1
    return day


def is_short(rule: ReviewRule | None, starts: date, ends: date | None) -> bool:
    """Whether a measure ends before a review is worth the name (clause 5.2)."""
    return rule is None or (ends is not None and ends < add_months(starts, rule.shorter_than_months))


def review_days(
    edition: Edition,
    remedy: str,
    imposed: date,
    counted: date,
    wished: date | None,
    ends: date | None,
    departures: Mapping[str, str],
) -> Days:
    """The next review: as wished where that is within bounds (or departs from soft ones), else the last day allowed."""
    rule = review_rule(edition, remedy)
    if rule is None or is_short(rule, counted, ends):
        return {}
    first, last = review_bounds(rule, imposed, counted)
    is_free = last is None or (rule.soft and bool(departures.get(review_name(edition, remedy) or "")))
    by = wished if wished and (is_free or (last is not None and wished <= last)) and wished > counted else last
    if by is not None and ends is not None and ends < by:
        # a first review is never dropped: at the latest it falls on the last day
        by = ends if counted == imposed else None
    if by is None:
        return {}
    held_from = add_days(by, 1) if edition.settings.suspend_overdue_sanctions else None
    lapses = _lapse(rule, imposed, by)
    return {"review_from": first, "review_by": by, "lapses_undecided_on": lapses, "suspended_from": held_from}


def _lapse(rule: ReviewRule, imposed: date, by: date) -> date | None:
    """What the day itself brings if nobody decides: it stands, is lifted that day, or ends at a cap."""
    if rule.if_undecided == "ends":
        return add_months(imposed, rule.cap_months or 0)
    return by if rule.if_undecided == "lifts" else None


def _proposed(look: Look) -> Mapping[str, Any]:
    measure, edition = _drafted(look, Measure), look.facts.edition
    kinds = edition.kinds(measure.remedy or "")
    fixed: dict[str, Any] = {"kinds": " ".join(sorted(kinds)), "built_on": _warnings_built_on(look, measure)}
    if isinstance(measure, TakeUrgentAction) and not kinds & {"agreement", "possession"}:
        imposed = measure.starts_on or look.facts.day
        fixed |= {"imposed_on": imposed, "ends_on": measure.ends_on}
        fixed |= review_days(
            edition, measure.remedy or "", imposed, imposed, measure.review_on, measure.ends_on, measure.departures
        )
    return fixed


def _warnings_built_on(look: Look, measure: Measure) -> str:
    """The warnings that let a measure climb the ladder: when one of them is quashed, so is what stands on it."""
    facts, rule = look.facts, look.facts.edition.remedies.get(measure.remedy or "")
    if measure.departure_reason or (rule is not None and rule.rung <= 1):
        return ""
    view = facts.view_of(measure.subject or facts.file.subject)
    return " ".join(warning.ref for warning in view.warnings(facts.day, facts.edition.ladder.counting))


def _brought_in(look: Look) -> Mapping[str, Any]:
    data, edition, day = _drafted(look, BringInSanction), look.facts.edition, look.facts.day
    imposed = data.imposed_on or day
    days = review_days(edition, data.remedy or "", imposed, day, data.review_on, data.ends_on, data.departures)
    kinds = " ".join(sorted(edition.kinds(data.remedy or "")))
    told = {"imposed_on": imposed, "told_on": data.notice_given_on, "ends_on": data.ends_on}
    return {"kinds": kinds, **told, **days}


def _approved(look: Look) -> Mapping[str, Any]:
    draft = _drafted(look, ApproveSanction)
    complete = look.sanction is not None and approval_complete(look.facts, look.sanction, draft)
    return {"complete": "yes" if complete else "no"}


def _agreed(look: Look) -> Mapping[str, Any]:
    draft = _drafted(look, AgreeContinuation)
    return {"agreed_until": agreed_day(look.facts, look.sanction, draft) if look.sanction else None}


def deemed_on(edition: Edition, notice: GiveNotice, given: date) -> date:
    """The day a notice has its effect: by post the deemed day, otherwise the day it was given (5.1)."""
    return edition.last_day("post", given) if notice.how == "post" else given


def _noticed(look: Look) -> Mapping[str, Any]:
    notice, sanction, edition = _drafted(look, GiveNotice), look.sanction, look.facts.edition
    given = notice.given_on or look.facts.day
    deemed = deemed_on(edition, notice, given)
    fixed: dict[str, Any] = {"deemed_on": deemed}
    if sanction is None:
        return fixed
    if notice.about == sanction.ref:
        fixed |= _began(look, sanction, deemed)
    if notice.about == sanction.ref or isinstance(getattr(look.told, "data", None), ReviewSanction):
        fixed["appeal_by"] = appeal_by(edition, sanction, deemed, given)
    return fixed


CARRIED_OUT = frozenset({"agreement", "court"})
"""Kinds of measure that a letter only announces: signing, serving or a court's order imposes them."""


def _began(look: Look, sanction: Sanction, deemed: date) -> Mapping[str, Any]:
    """What the notice of a measure sets going; a measure already imposed keeps the dates it has."""
    if (sanction.imposed_on is not None and sanction.notices) or sanction.kinds & CARRIED_OUT:
        return {}
    begins = sanction.imposed_on or max(deemed, sanction.measure.starts_on or deemed)
    ends = ends_on(look.facts.edition, sanction, begins)
    days = _first_review(look.facts.edition, sanction, begins, ends)
    return {"imposed_on": begins, "ends_on": ends, **({} if sanction.imposed_on else days)}


def _first_review(edition: Edition, sanction: Sanction, begins: date, ends: date | None) -> Days:
    """The first review of a measure, as its proposal wished and its approval confirmed."""
    remedy, departures = sanction.measure.remedy or "", dict(sanction.measure.departures)
    for approval in sanction.all(ApproveSanction):
        departures |= approval.data.departures
    return review_days(edition, remedy, begins, begins, _wished_review(sanction), ends, departures)


def _wished_review(sanction: Sanction) -> date | None:
    confirmed = [entry.data.review_on for entry in sanction.all(ApproveSanction) if entry.data.review_on]
    return confirmed[-1] if confirmed else sanction.measure.review_on


def ends_on(edition: Edition, sanction: Sanction, begins: date) -> date | None:
    """The last day a measure binds: as decided, or the life that the edition gives such a warning."""
    remedy = edition.remedies.get(sanction.measure.remedy or "")
    if sanction.measure.ends_on or remedy is None or remedy.life_months is None:
        return sanction.ends_on or sanction.measure.ends_on
    return add_months(begins, remedy.life_months)


def appeal_by(edition: Edition, sanction: Sanction, told: date, sent: date | None = None) -> date | None:
    """The last day on which an appeal is in time; None where the edition gives no internal appeal or no limit."""
    appeals = edition.appeals
    if not appeals.internal or appeals.period is None or not is_appealable(edition, sanction):
        return None
    days = {"notice": told, "letter": sent, "imposed": sanction.imposed_on, "decision": sanction.approved_on}
    starts = days[appeals.counted_from]
    return edition.last_day(appeals.period, starts or told)


def is_appealable(edition: Edition, sanction: Sanction) -> bool:
    remedy: Remedy | None = edition.remedies.get(sanction.measure.remedy or "")
    return remedy is None or (remedy.appealable and remedy.kind in edition.appeals.of)


def _served(look: Look) -> Mapping[str, Any]:
    served = _drafted(look, ServeNoticeSeekingPossession)
    day = served.served_on or look.facts.day
    return _carried_out(look, day, told=day, ends=served.lapses_on)


def _answered(look: Look) -> Mapping[str, Any]:
    answer = _drafted(look, RecordContractAnswer)
    day = answer.answered_on or look.facts.day
    decided = look.sanction.approved_on if look.sanction else None
    signed = answer.answer == "signed" and decided is not None and decided <= day
    return _carried_out(look, day, told=day, ends=None) if signed else {}


def _ordered(look: Look) -> Mapping[str, Any]:
    order = _drafted(look, RecordCourtOutcome)
    day = order.made_on or look.facts.day
    return _carried_out(look, day, told=None, ends=order.expires_on) if order.outcome == "made" else {}


def _carried_out(look: Look, day: date, *, told: date | None, ends: date | None) -> Mapping[str, Any]:
    sanction, edition = look.sanction, look.facts.edition
    if sanction is None:
        return {}
    last = ends or sanction.ends_on or sanction.measure.ends_on
    fixed: dict[str, Any] = {"imposed_on": day, "told_on": told, "ends_on": last}
    if told:
        fixed["appeal_by"] = appeal_by(edition, sanction, told)
    return fixed | _first_review(edition, sanction, day, last)


def _reviewed(look: Look) -> Mapping[str, Any]:
    review, sanction, day = _drafted(look, ReviewSanction), look.sanction, look.facts.day
    if sanction is None or review.outcome == "lift":
        return {}
    last = review.ends_on or sanction.ends_on
    imposed, remedy = sanction.imposed_on or day, sanction.measure.remedy or ""
    if is_last_review(look.facts.edition, sanction):
        return {"ends_on": review.ends_on}
    days = review_days(look.facts.edition, remedy, imposed, day, review.next_review_on, last, review.departures)
    return {"ends_on": review.ends_on, **days}


def _breached(look: Look) -> Mapping[str, Any]:
    """A breach starts the life of such a warning again, where the edition says so."""
    sanction, day = look.sanction, _drafted(look, RecordBreach).happened_on or look.facts.day
    remedy = look.facts.edition.remedies.get(sanction.measure.remedy or "") if sanction else None
    if sanction is None or remedy is None or not sanction.bound_on(day):
        return {}
    if not remedy.life_restarts_on_breach or remedy.life_months is None:
        return {}
    last = add_months(day, remedy.life_months)
    return {"ends_on": max(last, sanction.ends_on or last)}


def is_worse(edition: Edition, sanction: Sanction, terms: Terms | None, ends: date | None) -> bool:
    """Whether other terms or another last day would weigh more on the person than the measure as it stands."""
    longer = ends is not None and sanction.ends_on is not None and ends > sanction.ends_on
    return longer or (terms is not None and narrows(edition, sanction.terms, terms))


def is_last_review(edition: Edition, sanction: Sanction) -> bool:
    """Whether the review now being held is the last that such a measure has: a warning has one, then lapses."""
    remedy = edition.remedies.get(sanction.measure.remedy or "")
    return remedy is not None and remedy.reviews is not None and len(sanction.reviews) + 1 >= remedy.reviews


def _appealed(look: Look) -> Mapping[str, Any]:
    appeal = _drafted(look, ReceiveAppeal)
    last = look.sanction.appeal_by if look.sanction else None
    received = appeal.received_on or look.facts.day
    return {"in_time_until": last, "late": "yes" if last and received > last else "no"}


def _appeal_decided(look: Look) -> Mapping[str, Any]:
    decision, court = _drafted(look, DecideAppeal), look.sanction is not None and "court" in look.sanction.kinds
    return {"ends_on": decision.ends_on, "court": "yes" if court else None}


def _put(look: Look) -> Mapping[str, Any]:
    put, facts = _drafted(look, PutAllegation), look.facts
    adjusted = put.through_representative or bool(put.format and put.format != "standard")
    period = "reply_by_adjusted" if adjusted and "reply_by_adjusted" in facts.edition.periods else "reply_by"
    put_on = put.put_on or facts.day
    reached = facts.edition.last_day("post", put_on) if put.how == "post" else put_on
    fair = facts.edition.last_day(period, reached)
    return {"reply_by": max(put.reply_by or fair, fair)}


def _assessed(look: Look) -> Mapping[str, Any]:
    """Work that is not enough to rest on discharges nothing that is owed."""
    data = look.draft
    if isinstance(data, AssessEquality):
        lacks = bool(equality_lacks(data, data.form)) or data.conclusion == "no_sanction"
    elif isinstance(data, AssessConduct):
        lacks = bool(conduct_lacks(look.facts.edition.questions, data))
    elif isinstance(data, ConsiderConversation | RecordConversation):
        lacks = not conversation_is_enough(data)
    else:
        lacks = not account_is_enough(_drafted(look, RecordAccount))
    return {"counts": "no" if lacks else None}


def _flag_proposed(look: Look) -> Mapping[str, Any]:
    provisional = _drafted(look, ProposeFlag).provisional
    return {"lapses_on": look.facts.edition.last_day("flag_provisional", look.facts.day) if provisional else None}


def _flag_reviewable(look: Look) -> Mapping[str, Any]:
    data, flag, day = look.draft, look.flag, look.facts.day
    category = data.category if isinstance(data, BringInFlag) else flag.category if flag else ""
    rule = look.facts.edition.flags.get(category or "")
    latest = add_months(day, rule.latest_months) if rule else None
    wished = getattr(data, "next_review_on" if isinstance(data, ReviewFlag) else "review_on", None)
    if isinstance(data, ApproveFlag) and flag and flag.proposal:
        wished = wished or flag.proposal.data.review_on
    if isinstance(data, ReviewFlag) and data.outcome == "end":
        return {}
    return {"review_by": wished if wished and (latest is None or wished <= latest) else latest}


def _flag_restarted(look: Look) -> Mapping[str, Any]:
    rule = look.facts.edition.flags.get(look.flag.category) if look.flag else None
    return {"review_by": add_months(look.facts.day, rule.latest_months) if rule else None}


def _drafted(look: Look, model: type[S]) -> S:
    """The draft as the model that the table below has matched it to."""
    if not isinstance(look.draft, model):
        raise TypeError(f"{look.step.name} is no {model.name}")
    return look.draft


SETTLED: Mapping[type[StepData], Callable[[Look], Mapping[str, Any]]] = {
    Measure: _proposed,
    BringInSanction: _brought_in,
    ApproveSanction: _approved,
    AgreeContinuation: _agreed,
    GiveNotice: _noticed,
    ServeNoticeSeekingPossession: _served,
    RecordContractAnswer: _answered,
    RecordCourtOutcome: _ordered,
    ReviewSanction: _reviewed,
    RecordBreach: _breached,
    ReceiveAppeal: _appealed,
    DecideAppeal: _appeal_decided,
    PutAllegation: _put,
    AssessEquality: _assessed,
    AssessConduct: _assessed,
    ConsiderConversation: _assessed,
    RecordConversation: _assessed,
    RecordAccount: _assessed,
    ProposeFlag: _flag_proposed,
    BringInFlag: _flag_reviewable,
    ApproveFlag: _flag_reviewable,
    ReviewFlag: _flag_reviewable,
    RestartFlag: _flag_restarted,
}
"""What each step fixes when it is taken; a step that is not here fixes nothing."""
