"""An oracle of its own: which states that must never be are there on a day.

It reads raw entries and counts its own days. The product is asked only for what it shows: whether a sanction is live,
what is owed, what a visitor is told, and whether a contact is let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from evenhand.casework.case import CaseFile
from evenhand.casework.contact import contact
from evenhand.casework.entry import AnyEntry
from evenhand.casework.person import PersonView
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal
from evenhand.casework.steps.assessment import AssessConduct, AssessEquality, ConsiderConversation
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence, DeferTelling, PutAllegation, RecordAccount
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
    DeclineFlag,
    DisputeFlag,
    EndFlag,
    ProposeFlag,
    RecordNotTold,
    ReviewFlag,
    TellPerson,
)
from evenhand.casework.steps.incident import (
    AddStatement,
    RecordConversation,
    RecordInjury,
    ReportIncident,
    TriageIncident,
)
from evenhand.casework.steps.notice import AgreeContinuation, LiftSanction, ReviewSanction
from evenhand.casework.steps.opening import DeclineCase, EndorseCase, OpenCase
from evenhand.casework.visits import visit
from tests.explore.own_days import (
    in_months,
    in_working_days,
    last_day_to_appeal,
    notices_of,
    received_on,
    served_on,
)
from tests.explore.reading import (
    Case,
    Trail,
    assessments_of,
    cases_of,
    deaths_of,
    is_owed,
    needs_of,
    news_of,
    of,
    said,
    sanctions_of,
    standing,
)
from tests.explore.world import REGISTERS, World, shipped_edition

Found = Iterator[str]


def forbidden(world: World, day: date) -> list[str]:
    """The name of every forbidden state in a world on a day, with the entry or file it is on."""
    found: list[str] = []
    for case in cases_of(world):
        for trail in case.trails:
            found += _of_sanction(trail, day)
        found += _of_appeals(case, day)
        found += _of_outcomes(case, day)
        found += _of_closing(case, day)
    for name, file in world.files.items():
        found += _told_contractors(world, name)
        found += _of_flag(world, name, day) if file.kind == "flag" else ()
    return found + list(_of_access(world, day))


# A sanction


def is_live(trail: Trail, day: date) -> bool:
    """Whether the product treats a sanction as live."""
    file = trail.case.file
    sanction = file.sanctions.get(trail.ref) if isinstance(file, CaseFile) else None
    return sanction is not None and sanction.bound_on(day)


def _of_sanction(trail: Trail, day: date) -> Found:
    decisions = [*trail.approvals, *trail.declined]
    if len(decisions) > 1:
        yield f"two live decisions on one matter: {trail.ref}"
    if trail.is_urgent:
        yield from _of_urgent(trail)
    if trail.approvals and not _approved_rightly(trail):
        yield f"approved by somebody who may not: {trail.ref}"
    if is_live(trail, day) and trail.decided is None:
        if not (trail.is_court and is_owed(trail.case.file, day, "approve_sanction", trail.ref)):
            yield f"live though nobody approved it: {trail.ref}"
    elif is_live(trail, day):
        yield from (f"{name}: {trail.ref}" for name, holds in LIVE.items() if holds(trail, day))


SHORT_FORM = ("characteristic", "linked_to_conduct", "effect")
FULL_FORM = (*SHORT_FORM, "household", "vulnerabilities", "outside_support", "adjustments_tried", "alternatives")


def _serves(entry: AnyEntry, trail: Trail, *, full: bool) -> bool:
    """Whether an assessment, by what it says, can stand behind a sanction."""
    data = said(entry)
    if (full and data.form == "short") or data.conclusion == "no_sanction" or data.characteristic == "not_asked":
        return False
    if data.remedies and trail.measure.remedy not in data.remedies:
        return False
    return all(getattr(data, name) for name in (FULL_FORM if full else SHORT_FORM))


def _no_equality(trail: Trail, day: date) -> bool:
    """No assessment was made for the decision to impose, or for one to keep it."""
    decided, world = trail.decided, trail.case.world
    if decided is None:
        return True
    found = assessments_of(world, trail.subject)
    since = _last_decision_before(trail)
    if not any(_made_for(entry, trail, since, decided) for entry in found):
        return True
    before = decided if not trail.reviews or decided.sequence < trail.reviews[0].sequence else trail.made
    for kept in trail.reviews:
        harder = said(kept).outcome == "continue" or said(kept).harsher
        if harder and not any(_made_for(entry, trail, before, kept) for entry in found):
            return True
        before = kept
    return False


def _made_for(entry: AnyEntry, trail: Trail, since: AnyEntry | None, decided: AnyEntry) -> bool:
    """Whether an assessment came after one decision and before another, with nothing new known between."""
    full = not (trail.is_urgent or trail.is_warning)
    if entry.recorded_at > decided.recorded_at or not _serves(entry, trail, full=full):
        return False
    if since is not None and entry.recorded_at < since.recorded_at:
        return False
    news = news_of(trail.case.world, trail.subject)
    return not any(entry.recorded_at < new.recorded_at < decided.recorded_at for new in news)


def _last_decision_before(trail: Trail) -> AnyEntry | None:
    """The last decision on an earlier measure about the same person, made on another day."""
    others = [t for t in sanctions_of(trail.case.world, trail.subject) if t.ref != trail.ref and not t.declined]
    days = trail.made.taken_on
    earlier = [t.made for t in others if t.made.recorded_at < trail.made.recorded_at and t.made.taken_on != days]
    return max(earlier, key=lambda entry: entry.recorded_at, default=None)


def _no_conversation(trail: Trail, day: date) -> bool:
    return not trail.is_urgent and not _talked(trail.case, trail.made)


def _talked(case: Case, before: AnyEntry | None = None) -> bool:
    talks = of(case.with_incidents, ConsiderConversation, RecordConversation)
    return any(
        (before is None or talk.recorded_at < before.recorded_at)
        and (
            (said(talk).outcome == "held" and said(talk).held_on)
            or said(talk).outcome == "offered_and_declined"
            or (said(talk).outcome == "not_appropriate" and said(talk).reasons)
        )
        for talk in talks
    )


def _no_warning(trail: Trail, day: date) -> bool:
    if (
        trail.is_urgent
        or trail.is_warning
        or any(_warned(t, trail) for t in sanctions_of(trail.case.world, trail.subject))
    ):
        return False
    return not (trail.measure.departure_reason and any(said(e).departure_accepted for e in trail.approvals))


def _warned(warning: Trail, trail: Trail) -> bool:
    """Whether a warning was told and still stood when something harder was proposed."""
    on = trail.made.taken_on
    standing_then = not any(entry.recorded_at < trail.made.recorded_at for entry in warning.ends)
    return warning.is_warning and warning.told_by(on) and standing_then and (warning.ends_on or on) >= on


def _no_notice(trail: Trail, day: date) -> bool:
    if trail.told_by(day):
        return False
    if not (trail.is_urgent or trail.is_court):
        return True
    on_its_way = bool(notices_of(trail.case.entries, trail.ref))
    return not on_its_way and not is_owed(trail.case.file, day, "give_notice", trail.ref)


def _no_evidence(trail: Trail, day: date) -> bool:
    world = trail.case.world
    return not any(_shows(world, ref, trail) for ref in trail.measure.evidence)


def _shows(world: World, ref: str, trail: Trail) -> bool:
    """Whether a report that is cited is dated, at first hand, and about the person bound."""
    found = [entry for file in world.files.values() for entry in standing(file) if entry.ref == ref]
    if not found or not isinstance(found[0].data, ReportIncident):
        return False
    report = found[0].data
    dated = report.happened_on is not None and report.happened_on <= trail.made.taken_on
    return dated and report.first_hand and report.subject == trail.subject


def _fixes_review(trail: Trail) -> AnyEntry:
    """The entry that last set, or left out, the day of the next review."""
    about = [*(entry for _, entry in trail.carried_out if "review_by" in entry.fixed), *trail.reviews]
    return max(about, key=lambda entry: entry.sequence, default=trail.made)


def review_by(trail: Trail) -> date | None:
    """The day the next review is due, as the entries have fixed it."""
    day = _fixes_review(trail).fixed.get("review_by")
    return date.fromisoformat(day) if day else None


def _no_review_in_bounds(trail: Trail, day: date) -> bool:
    by, imposed, ends = review_by(trail), trail.imposed_on, trail.ends_on
    if imposed is None:
        return True
    fixing = _fixes_review(trail)
    counted = trail.reviews[-1].taken_on if trail.reviews else imposed
    if isinstance(fixing.data, RecordCourtOutcome | ServeNoticeSeekingPossession):
        counted = imposed = fixing.taken_on
    if ends is not None and ends < in_months(counted, 1):
        return False
    if by is None:
        over = trail.reviews and (trail.is_warning or (ends is not None and ends <= in_months(counted, 3)))
        return not over
    at_review = isinstance(fixing.data, ReviewSanction)
    earliest = in_months(counted if at_review else trail.made.taken_on, 1)
    return not earliest <= by <= in_months(max(counted, imposed), 3)


def _overdue_untold(trail: Trail, day: date) -> bool:
    by = review_by(trail)
    overdue = by is not None and by < day
    return overdue and not is_owed(trail.case.file, day, "review_sanction", trail.ref)


def _live_past_its_end(trail: Trail, day: date) -> bool:
    return trail.ended_by(day) or (trail.ends_on is not None and trail.ends_on < day)


def _nobody_asks_the_court(trail: Trail, day: date) -> bool:
    """We no longer hold to a court's order, which only the court can end."""
    return bool(trail.let_go) and not is_owed(trail.case.file, day, "end_court_measure", trail.ref)


def _binds_another(trail: Trail, day: date) -> bool:
    """It binds somebody to whom nothing was put, or somebody beside the one it was decided for."""
    if trail.is_court:
        return False
    beside = set(trail.measure.binds) - {trail.subject}
    if trail.subject == trail.case.subject:
        return bool(beside)
    reports = {r for put in of(trail.case.entries, PutAllegation) for r in said(put).incidents}
    about = {said(e).subject for name in reports for e in of(trail.case.world.entries(name), ReportIncident)}
    return bool(beside) or trail.subject not in about


def _missed_joint_tenant(trail: Trail, day: date) -> bool:
    """Nobody served every joint tenant, and it is not the court itself that has ordered since."""
    if trail.measure.remedy != "notice_seeking_possession":
        return False
    tenants = {trail.subject, *REGISTERS.customers[trail.subject].joint_with}
    notices = trail.on_it(ServeNoticeSeekingPossession)
    if any(said(entry).outcome == "made" for entry in trail.on_it(RecordCourtOutcome)) and not notices:
        return False
    return not any(tenants <= {*said(e).named} and tenants <= {*said(e).served} for e in notices)


ESSENTIAL = ("emergency", "hazard", "safeguarding", "repairs", "complaint", "appeal", "ombudsman", "data_rights")
ALWAYS_EVERY_WAY = ("emergency", "hazard", "safeguarding")
WAYS_IN = (
    "phone",
    "email",
    "post",
    "text",
    "web_form",
    "live_chat",
    "social_media",
    "portal",
    "relay",
    "office_visit",
    "third_party",
)
SHUT_BY = {
    "cannot_write": ("email", "post", "text", "web_form", "live_chat", "social_media", "portal"),
    "cannot_speak_on_phone": ("phone",),
}


def _closes_the_essential(trail: Trail, day: date) -> bool:
    """Its terms close an essential subject, or leave no way in that the person could use when they were set."""
    terms, decided = trail.terms
    needs = [said(n).need for n in needs_of(trail.case.world, trail.subject) if n.recorded_at < decided.recorded_at]
    shut = {way for need in needs for way in SHUT_BY.get(need, ())}
    left = {*(terms.channels_open or WAYS_IN)} & {*WAYS_IN} - {*terms.channels_closed} - shut
    return bool({*terms.topics_closed} & {*ESSENTIAL}) or not left


LIVE: Mapping[str, Callable[[Trail, date], bool]] = {
    "live without an equality assessment made for it": _no_equality,
    "live without a conversation considered": _no_conversation,
    "live without a warning first or an approved reason": _no_warning,
    "live without notice": _no_notice,
    "live without evidence": _no_evidence,
    "live without a review date in bounds": _no_review_in_bounds,
    "review overdue and nobody told": _overdue_untold,
    "live past its end": _live_past_its_end,
    "let go of, and nobody is to have the court end it": _nobody_asks_the_court,
    "binds somebody it was not decided for": _binds_another,
    "possession notice that missed a joint tenant": _missed_joint_tenant,
    "essential access restricted": _closes_the_essential,
}


def _approved_rightly(trail: Trail) -> bool:
    """Whether those who approved hold the rank it takes and neither proposed, reported nor suffered it."""
    wanted = {"senior_officer"} if trail.is_court else {"manager", "senior_officer"}
    return all(
        REGISTERS.roles_of(entry.by, entry.taken_on) & wanted
        and entry.by != trail.made.by
        and entry.by not in _affected_and_reporting(trail.case, entry)
        for entry in trail.approvals
    )


def _affected_and_reporting(case: Case, before: AnyEntry) -> set[str]:
    known = [entry for entry in case.with_incidents if entry.recorded_at < before.recorded_at]
    hurt = {said(entry).person for entry in of(known, RecordInjury)}
    reports = of(known, ReportIncident)
    return hurt | {who for entry in reports for who in (*said(entry).affected, said(entry).reporter or entry.by)}


# The urgent path


def _of_urgent(trail: Trail) -> Found:
    """Everything an urgent action stood in for is owed with its day, unless it was done already."""
    case, made = trail.case, trail.made
    before = [entry for entry in case.with_incidents if entry.recorded_at < made.recorded_at]
    own = [entry for entry in before if entry.file == case.name]
    fully = [e for e in assessments_of(case.world, trail.subject) if said(e).form == "full" and e in own]
    unreasonable = "unreasonable_demands" in trail.measure.behaviours
    wanted = {
        "give_notice": (2, False),
        "endorse_case": (5, bool(of(own, EndorseCase, DeclineCase))),
        "hear_customer": (5, bool(of(own, RecordAccount))),
        "consider_conversation": (5, bool(of(before, ConsiderConversation, RecordConversation))),
        "assess_equality": (5, bool(fully)),
        "assess_conduct": (10, not unreasonable or bool(of(own, AssessConduct))),
        "instruct_legal": (1, not trail.is_court),
    }
    promised = {promise.duty: promise.due_on for promise in made.promises}
    for duty, (days, is_done) in wanted.items():
        if not is_done and promised.get(duty) != in_working_days(made.taken_on, days):
            yield f"urgent action without its duty {duty}: {made.ref}"


# Appeals


def _of_appeals(case: Case, day: date) -> Found:
    entries = case.entries
    for appeal in case.appeals:
        about = {model: [e for e in of(entries, model) if said(e).appeal == appeal.ref] for model in ON_APPEAL}
        if len(about[DecideAppeal]) > 1:
            yield f"two live decisions on one matter: {appeal.ref}"
        yield from _of_lateness(case, appeal, about[DecideLateAppeal], about[AssignAppeal])
        for entry in (*about[DecideAppeal], *about[DecideLateAppeal]):
            if entry.by in _involved(case, appeal, entry):
                yield f"appeal decided by somebody involved: {entry.ref}"
        for entry in about[AssignAppeal]:
            if entry.by in _decided(case, entry):
                yield f"appeal assigned by somebody who decided: {entry.ref}"
        waits = not about[DecideAppeal] and not _turned_away(about) and not deaths_of(case.world, case.subject)
        if waits and not is_owed(case.file, day, "decide_appeal"):
            yield f"an appeal waits and nobody is to decide it: {appeal.ref}"


ON_APPEAL: tuple[type[StepData], ...] = (DecideAppeal, DecideLateAppeal, AssignAppeal)


def _turned_away(about: Mapping[type[StepData], list[AnyEntry]]) -> bool:
    return bool(about[DecideLateAppeal]) and not said(about[DecideLateAppeal][-1]).admit


def _of_lateness(case: Case, appeal: AnyEntry, late: list[AnyEntry], assigned: list[AnyEntry]) -> Found:
    """In time is never turned away or held up; late is heard only when somebody decided to."""
    trail = case.appealed(appeal)
    if trail is not None and any(entry.sequence < appeal.sequence for entry in trail.ends):
        return
    known = [entry for entry in case.entries if entry.sequence < appeal.sequence]
    last = last_day_to_appeal(known, trail.ref) if trail else None
    asked = any(promise.duty == "decide_late_appeal" for promise in appeal.promises)
    at_first = getattr(appeal.data, "received_on", None) or appeal.taken_on
    if asked and (last is None or at_first <= last):
        yield f"an appeal in time held up as late: {appeal.ref}"
    for entry in late:
        by_then = [e for e in case.entries if e.sequence < entry.sequence]
        if not said(entry).admit and (last is None or received_on(by_then, appeal) <= last):
            yield f"an appeal in time refused as late: {appeal.ref}"
    if last is not None and trail is not None and assigned and not late:
        by_then = [entry for entry in case.entries if entry.sequence < assigned[0].sequence]
        latest = max(
            (served_on(notice) for notice in notices_of(by_then, trail.ref, *(e.ref for e in trail.reviews))),
            default=None,
        )
        if latest is not None and received_on(by_then, appeal) > latest + timedelta(days=14):
            yield f"a late appeal heard though nobody let it in: {appeal.ref}"


TAKING_PART = (
    ReportIncident, AddStatement, TriageIncident, OpenCase, EndorseCase, DeclineCase, AddEvidence, PutAllegation,
    ConsiderConversation, AssessConduct, AssessEquality, InstructLegal, DeferTelling, ProposeSanction, TakeUrgentAction,
    ApproveSanction, DeclineSanction, DecideNoSanction, AgreeContinuation, ReviewSanction, LiftSanction,
)  # fmt: skip
NAMED_IN = {
    ReportIncident: ("affected", "reporter"),
    OpenCase: ("colleague",),
    ConsiderConversation: ("by",),
    TakeUrgentAction: ("manager",),
    ApproveSanction: ("present",),
    AgreeContinuation: ("present",),
}


def _involved(case: Case, appeal: AnyEntry, decision: AnyEntry) -> set[str]:
    """Everybody who took part before a decision, and the line manager each of them had at the time."""
    found: set[str] = set()
    for entry in case.with_incidents:
        if entry.recorded_at < decision.recorded_at and isinstance(entry.data, TAKING_PART):
            for who in _people_in(entry):
                found |= {who, *REGISTERS.managers_of(who, entry.taken_on)}
    return found


def _people_in(entry: AnyEntry) -> set[str]:
    named: set[str] = {entry.by}
    for field in NAMED_IN.get(type(entry.data), ()):
        value: Any = getattr(entry.data, field)
        named |= {value} if isinstance(value, str) else {*(value or ())}
    return named


def _decided(case: Case, before: AnyEntry) -> set[str]:
    """Who proposed, approved, endorsed, or was affected."""
    deciding = of(case.entries, ProposeSanction, TakeUrgentAction, ApproveSanction, DeclineSanction, EndorseCase)
    found = {
        who
        for e in deciding
        if e.recorded_at < before.recorded_at
        for who in (e.by, getattr(e.data, "manager", None))
        if who
    }
    return found | {who for e in of(case.with_incidents, ReportIncident) for who in said(e).affected}


# Outcomes and closing


def _of_outcomes(case: Case, day: date) -> Found:
    """A decision that the customer was not told of, while nobody is to tell them."""
    decided = of(case.entries, DecideNoSanction, ReviewSanction, LiftSanction, DecideAppeal, DecideLateAppeal)
    waiting = [entry.ref for entry in decided if not notices_of(case.entries, entry.ref)]
    waiting += [t.ref for t in case.trails if t.decided and not (t.declined or t.ends or t.carried_out)]
    if deaths_of(case.world, case.subject):
        return
    for ref in waiting:
        if not is_owed(case.file, day, "give_notice", ref):
            yield f"decided, and nobody is to tell the customer: {ref}"


def _of_closing(case: Case, day: date) -> Found:
    turns = of(case.entries, CloseCase, ReopenCase)
    if not turns or isinstance(turns[-1].data, ReopenCase):
        return
    closing = turns[-1]
    if deaths_of(case.world, case.subject):
        return
    if any(is_live(trail, day) and not _may_outlive(trail, closing) for trail in case.trails):
        yield f"closed with a live sanction: {case.name}"
    decided = {said(e).appeal for e in of(case.entries, DecideAppeal)}
    refused = {said(e).appeal for e in of(case.entries, DecideLateAppeal) if not said(e).admit}
    waiting = [a for a in case.appeals if a.sequence < closing.sequence and a.ref not in decided | refused]
    if waiting:
        yield f"closed with an open appeal: {case.name}"
    acted = any(t.approvals or t.is_urgent for t in case.trails) or of(case.entries, DecideNoSanction)
    if acted and not of(case.entries, PutAllegation):
        yield f"closed with an allegation never put: {case.name}"


def _may_outlive(trail: Trail, closing: AnyEntry) -> bool:
    """A warning that was told and reviewed, its time to appeal over."""
    last = last_day_to_appeal(trail.case.entries, trail.ref)
    reviewed = bool(trail.reviews)
    return (
        trail.is_warning
        and reviewed
        and trail.told_by(closing.taken_on)
        and last is not None
        and last < closing.taken_on
    )


# Flags


def _of_flag(world: World, name: str, day: date) -> Found:
    entries, file = standing(world.files[name]), world.files[name]
    live, (shown, told_to_do) = _flag_live(world, entries, day), _shown(world, day)
    if live and shown != {True}:
        yield f"flag live and not shown: {name}"
    if not live and True in shown:
        yield f"flag ended and shown: {name}"
    if live and not {*_controls(entries)} <= told_to_do:
        yield f"flag shown without what to do: {name}"
    yield from (f"{what}: {name}" for what in _flag_untold(entries, name, world, day, live=live))
    disputes, decisions = of(entries, DisputeFlag), of(entries, DecideFlagDispute)
    settled = decisions[-1].sequence if decisions else 0
    if len(decisions) > len(disputes):
        yield f"two live decisions on one matter: {name}"
    if live and any(e.sequence > settled for e in disputes) and not is_owed(file, day, "decide_flag_dispute"):
        yield f"a dispute waits and nobody is to decide it: {name}"
    for decision in decisions:
        part = (ProposeFlag, ApproveFlag, ReviewFlag)
        if decision.by in {e.by for e in of(entries, *part) if e.sequence < decision.sequence}:
            yield f"flag dispute decided by somebody involved: {decision.ref}"


def _flag_live(world: World, entries: tuple[AnyEntry, ...], day: date) -> bool:
    """Approved, or proposed to warn at once within five working days; and not ended by anybody."""
    approved, proposed = of(entries, ApproveFlag), of(entries, ProposeFlag)
    ends = of(entries, EndFlag, DeclineFlag) + [e for e in of(entries, ReviewFlag) if said(e).outcome == "end"]
    ends += [e for e in of(entries, DecideFlagDispute) if said(e).outcome == "upheld"]
    subject = said(proposed[0]).subject if proposed else ""
    ends += [e for e in deaths_of(world, subject) if e.recorded_at > proposed[0].recorded_at]
    if any(entry.taken_on <= day for entry in ends):
        return False
    if approved:
        return approved[0].taken_on <= day
    return any(said(e).provisional and day <= in_working_days(e.taken_on, 5) for e in proposed)


def _shown(world: World, day: date) -> tuple[set[bool], set[str]]:
    """Whether a flag is shown, and what to do, to whoever asks: by person, by place, or by a joint tenant there."""
    answers = [
        visit(world.files.values(), REGISTERS, people, place, day, shipped_edition())
        for people, place in ((("carol",), ""), ((), "100"), (("dan",), "100"))
    ]
    shown = {answer.answer == "flag" for answer in answers}
    return shown, set.intersection(*({*answer.do} for answer in answers))


def _controls(entries: tuple[AnyEntry, ...]) -> tuple[str, ...]:
    reviewed = [said(e).control_measures for e in of(entries, ReviewFlag) if said(e).control_measures]
    proposed = of(entries, ProposeFlag)
    return (reviewed or [said(proposed[0]).control_measures if proposed else ()])[-1]


def _flag_untold(entries: tuple[AnyEntry, ...], name: str, world: World, day: date, *, live: bool) -> Found:
    """Overdue, or never told to the person, while nobody is to see to it."""
    file, kept = world.files[name], of(entries, ApproveFlag, ReviewFlag)
    if not live or not kept:
        return
    told = of(entries, TellPerson, RecordNotTold)
    if not any(e.sequence > kept[0].sequence for e in told) and not is_owed(file, day, "tell_person"):
        yield "flag live, and nobody is to tell the person"
    by = kept[-1].fixed.get("review_by")
    if by is None or not kept[-1].taken_on < date.fromisoformat(by) <= in_months(kept[-1].taken_on, 6):
        yield "flag without a review date in bounds"
    if not is_owed(file, day, "review_flag"):
        yield "flag live, and nobody is to review it"


def _told_contractors(world: World, name: str) -> Found:
    for entry in of(standing(world.files[name]), Disclose):
        data = said(entry)
        if data.recipient_kind == "contractor" and not {*data.what} <= {"control_measures", "flag"}:
            yield f"a contractor told more than the control measures: {entry.ref}"


# Access


def _of_access(world: World, day: date) -> Found:
    """Whatever stands against somebody, what is essential gets through; and nobody else is restricted with them."""
    for who in REGISTERS.customers:
        live = _terms_against(world, who, day)
        if live:
            needs = frozenset(said(entry).need for entry in needs_of(world, who))
            yield from _shut_out(who, _Asked(world, day), live, needs)
        elif _terms_against(world, "", day) and not _lets_in(world, who, "phone", "general_enquiry", day):
            yield f"restricted with somebody else: {who}"


def _terms_against(world: World, who: str, day: date) -> frozenset[Terms]:
    """The terms of all that is live against somebody ('' for anybody)."""
    return frozenset(
        t.terms[0] for c in cases_of(world) for t in c.trails if who in ("", t.subject) and is_live(t, day)
    ) - {Terms()}


class _Asked:
    """A world and day that all count as the same to the cache below: the answer hangs on terms and needs."""

    def __init__(self, world: World, day: date) -> None:
        self.world, self.day = world, day

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked)


@lru_cache(maxsize=5000)
def _shut_out(who: str, asked: _Asked, live: frozenset[Terms], needs: frozenset[str]) -> tuple[str, ...]:
    """Every essential subject on which a live measure shuts somebody out, asked of the product itself."""
    usable = [way for way in WAYS_IN if way not in {shut for need in needs for shut in SHUT_BY.get(need, ())}]
    closed = []
    for topic in ESSENTIAL:
        open_ways = [way for way in WAYS_IN if _lets_in(asked.world, who, way, topic, asked.day)]
        is_shut = open_ways != [*WAYS_IN] if topic in ALWAYS_EVERY_WAY else not {*open_ways} & {*usable}
        if is_shut:
            closed.append(f"essential access restricted: {who} on {topic}")
    return tuple(closed)


def _lets_in(world: World, who: str, way: str, topic: str, day: date) -> bool:
    view = PersonView(who, {name: world.files[name] for name in world.names_about(who)})
    return contact(view, way, topic, datetime.combine(day, time(12), UTC), world.edition, REGISTERS).allowed
