"""Checks on the measure itself: its terms, length and review, and how it is carried out (clauses 4.5 to 4.7, 5.2)."""

from datetime import date

from evenhand.casework.checks.timing import departed
from evenhand.casework.deciders import are_enough, run_began
from evenhand.casework.facts import Facts
from evenhand.casework.sanction import Sanction
from evenhand.casework.settle import is_short, review_bounds, review_name, review_rule
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.decision import (
    ApproveSanction,
    Measure,
    OfferContract,
    ProposeSanction,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.notice import ReviewSanction
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import add_months
from evenhand.policy.findings import Verdict, met, not_met, unknown
from evenhand.policy.shapes import Kind, Remedy


def bound_by(facts: Facts, measure: Measure) -> str:
    """Whom a measure binds: the person it names, or else the one the file is about; '' where nobody is known."""
    return measure.subject or facts.file.subject


def is_in_hand(sanction: Sanction, day: date) -> bool:
    """Whether a measure was decided, told or not yet told, and has neither ended nor run out."""
    if sanction.approved_on is None and sanction.imposed_on is None:
        return False
    last = sanction.lapses_on or sanction.measure.ends_on
    return sanction.ended_on is None and (last is None or day <= last)


def remedy_of(facts: Facts, measure: Measure) -> Remedy | None:
    """The catalogue's entry for a measure, or None for one described in words."""
    return facts.edition.remedies.get(measure.remedy or "")


def _starts_on(facts: Facts, measure: Measure) -> date:
    return measure.starts_on or facts.day


def _title(parameter: str) -> str:
    """How the form calls what a remedy asks its terms to say."""
    field = Terms.model_fields.get({"channels": "channels_open", "times": "from_time"}.get(parameter, parameter))
    return (field.title if field else None) or parameter


def _is_said(parameter: str, terms: Terms) -> bool:
    if parameter == "channels":
        return bool(terms.channels_open or terms.channels_closed)
    if parameter == "times":
        return bool(terms.from_time or terms.to_time or terms.times_a_week or terms.call_minutes)
    if parameter == "deputy":
        return not terms.named_contact or terms.deputy not in (None, "", terms.named_contact)
    return bool(getattr(terms, parameter))


def parameters_complete(facts: Facts, measure: Measure) -> Verdict:
    """Does the measure say exactly what it asks, and until when? (clause 4.5)"""
    remedy = remedy_of(facts, measure)
    if (remedy is None or remedy.unlisted) and not measure.described:
        return not_met("It is not said which measure this is: choose one, or describe it in words.")
    asked = remedy.parameters if remedy else ()
    missing = [f"'{_title(parameter)}'" for parameter in asked if not _is_said(parameter, measure.terms)]
    if measure.terms.agency and not measure.terms.agency_agreed and "agency_agreed" not in asked:
        missing.append(f"'{_title('agency_agreed')}'")
    if measure.ends_on is None and not _may_lack_end(remedy, measure):
        missing.append("'Last day'")
    if missing:
        return not_met(f"The measure is not complete: fill in {listed(missing)}.")
    if measure.ends_on is not None and measure.ends_on < _starts_on(facts, measure):
        return not_met(f"Its last day, {plain_day(measure.ends_on)}, lies before its first: correct the days.")
    return met("The terms and dates are complete.")


def _may_lack_end(remedy: Remedy | None, measure: Measure) -> bool:
    """A warning lapses by its life, a court sets its own end, and some landlords allow an end by a condition."""
    if remedy is None:
        return False
    ended_otherwise = remedy.open_ended or remedy.life_months is not None or remedy.possession
    return ended_otherwise or remedy.kind is Kind.COURT or (remedy.lifts_with_condition and bool(measure.lifts_when))


def within_longest_term(facts: Facts, measure: Measure, draft: StepData) -> Verdict:
    """Does the measure, from its first day, end within its longest term, or is it decided higher up? (clause 4.5)"""
    latest = _latest(facts, measure, draft)
    if latest is None:
        return met("No longest term stands in the way.")
    remedy = facts.edition.remedies[measure.remedy or ""]
    if reason := departed(facts, draft, measure.remedy):
        return met(f"It lasts beyond the usual term, for a recorded reason: {reason}.")
    if remedy.approvers_beyond is None or isinstance(draft, TakeUrgentAction):
        return not_met(
            f"It would last longer than this measure may: its last day can be {plain_day(latest)} at the latest."
        )
    return met("It lasts beyond the usual term, which is for somebody more senior to decide.")


def longer_term_agreed(facts: Facts, measure: Measure, sanction: Sanction, draft: ReviewSanction) -> Verdict:
    """Does a measure that goes on end within its longest term, or has somebody more senior agreed? (clause 4.5)"""
    latest = _latest(facts, measure, draft)
    if latest is None:
        return met("No longest term stands in the way.")
    beyond = facts.edition.remedies[measure.remedy or ""].approvers_beyond
    if beyond is None or departed(facts, draft, measure.remedy):
        return within_longest_term(facts, measure, draft)
    agreed, ends = sanction.agreed_until, draft.ends_on or sanction.ends_on
    if are_enough(facts, beyond, ()) or (agreed and ends and ends <= agreed):
        return met("It lasts beyond the usual term, as somebody more senior decided.")
    if agreed and agreed > latest:
        return not_met(f"Somebody more senior agreed that it may last to {plain_day(agreed)}: it may not last longer.")
    return not_met(f"To last beyond {plain_day(latest)}, somebody more senior must agree first: ask them.")


def _latest(facts: Facts, measure: Measure, draft: StepData) -> date | None:
    """The last day that its longest term allows, where it would end later."""
    remedy, (starts, ends) = remedy_of(facts, measure), _term(facts, measure, draft)
    if remedy is None or remedy.longest_months is None or ends is None:
        return None
    latest = add_months(starts, remedy.longest_months)
    return latest if ends > latest else None


def _term(facts: Facts, measure: Measure, draft: StepData) -> tuple[date, date | None]:
    """The first and last day in question: a measure carries on from others like it that it follows without a break."""
    sanction = facts.sanction(draft.sanction) if isinstance(draft, ReviewSanction) else None
    starts, ends = _starts_on(facts, measure), measure.ends_on
    if sanction is not None and isinstance(draft, ReviewSanction):
        starts, ends = sanction.imposed_on or starts, draft.ends_on or sanction.ends_on
    return run_began(facts.view_of(bound_by(facts, measure)), measure.remedy, starts), ends


def remedy_fits_tenure(facts: Facts, measure: Measure) -> Verdict:
    """Can this measure be used with the person's tenure? (clause 4.5)"""
    remedy = remedy_of(facts, measure)
    if remedy is None or not remedy.tenures:
        return met("This measure is open to every tenure.")
    customer = facts.registers.customers.get(bound_by(facts, measure))
    if customer is None or not customer.tenure:
        return unknown("The person's tenure is not known, and this measure depends on it: look it up.")
    if customer.tenure in remedy.tenures:
        return met("This measure fits the person's tenure.")
    title = facts.edition.codes.get("tenures", {}).get(customer.tenure, customer.tenure)
    return not_met(f"{remedy.title} cannot be used with this tenure ({title}): choose another measure.")


def one_person_bound(facts: Facts, measure: Measure) -> Verdict:
    """Does the measure bind one person only, and the one to whom the allegations were put? (clause 6.1)"""
    who = bound_by(facts, measure)
    others = [facts.registers.name(other) for other in measure.binds if other != who]
    if others:
        return not_met(
            f"It would also bind {listed(others)}: each person needs their own evidence, assessment and letter."
        )
    if who != facts.file.subject and not _was_put_to(facts, who):
        return not_met(
            f"It would bind {facts.registers.name(who)}, to whom nothing was put: put to them what is said about them, "
            "citing the reports that name them."
        )
    return met("It binds one person.")


def _was_put_to(facts: Facts, who: str) -> bool:
    cited = (name for put in facts.case.allegations.values() for name in put.data.incidents)
    return any(facts.files[name].subject == who for name in cited if name in facts.files)


def review_date_in_window(facts: Facts, measure: Measure, draft: StepData) -> Verdict:
    """Does the first review fall within the time the policy gives? (clause 5.2)"""
    rule, starts = review_rule(facts.edition, measure.remedy or ""), _starts_on(facts, measure)
    approving = draft if isinstance(draft, ApproveSanction) else None
    wished = (approving and approving.review_on) or measure.review_on
    if approving is not None:
        starts = max(starts, facts.day)
    if rule is None or is_short(rule, starts, measure.ends_on):
        return met("It is too short to need a review.")
    first, last = review_bounds(rule, starts, starts)
    if approving is not None and not approving.review_on:
        # the proposal's date was measured from the day of the proposal: now it must only still lie ahead
        first = min(first, wished or first)
    if wished is None:
        is_fixed = last is not None and (bool(rule.meetings) or rule.counted_from == "imposed")
        return met("The policy itself fixes the day of its review.") if is_fixed else _asked_for(first, last)
    if wished <= facts.day or wished < first or (last is not None and wished > last):
        if wished > facts.day and (reason := departed(facts, draft, review_name(facts.edition, measure.remedy or ""))):
            return met(f"The first review is outside its usual time, for a recorded reason: {reason}.")
        return not_met(
            f"The first review, {plain_day(wished)}, is outside its time: it must be {_between(first, last)}."
        )
    if measure.ends_on is not None and wished > measure.ends_on:
        return not_met(
            f"The first review, {plain_day(wished)}, comes after the measure's last day: choose an earlier one."
        )
    return met("The first review falls within the time given.")


def _asked_for(first: date, last: date | None) -> Verdict:
    return not_met(f"No first review is set: choose a day {_between(first, last)}.")


def _between(first: date, last: date | None) -> str:
    return f"between {plain_day(first)} and {plain_day(last)}" if last else f"after {plain_day(first)}"


def harm_named(draft: TakeUrgentAction) -> Verdict:
    """Does the urgent action say which harm is feared, and to whom? (clause 4.4)"""
    missing = [says for given, says in ((draft.harm, "which harm is feared"), (draft.to_whom, "to whom")) if not given]
    if missing:
        return not_met(f"It does not say {listed(missing)}: urgent action needs both.")
    return met("The harm feared, and to whom, is named.")


def remedies_exhausted(facts: Facts, measure: Measure) -> Verdict:
    """Were other measures tried before possession, or is it so severe that they cannot be? (clause 4.7)"""
    tried = [s for s in facts.view_of(bound_by(facts, measure)).sanctions if _was_tried(facts, s)]
    if tried:
        days = [plain_day(s.imposed_on) for s in tried if s.imposed_on is not None]
        return met(f"Other measures were tried first, from {listed(days)}.")
    if isinstance(measure, ProposeSanction) and measure.severe_because:
        return met("It is stated why this is too severe for other measures.")
    return not_met(
        "Nothing but warnings was tried before possession: try another measure, or say why it is too severe."
    )


def _was_tried(facts: Facts, sanction: Sanction) -> bool:
    began = sanction.imposed_on
    return began is not None and began <= facts.day and not sanction.kinds & {"warning", "possession"}


def every_joint_tenant_served(facts: Facts, sanction: Sanction, draft: ServeNoticeSeekingPossession) -> Verdict:
    """Is every joint tenant named in the notice, and each one served? (clause 4.5)"""
    customer = facts.registers.customers.get(sanction.subject)
    if customer is None:
        return unknown("The tenancy is not on record, so its joint tenants are not known: look them up.")
    told_of = sanction.measure.joint_tenants if isinstance(sanction.measure, ProposeSanction) else ()
    tenants = sorted({sanction.subject, *customer.joint_with, *told_of})
    unnamed = [facts.registers.name(who) for who in tenants if who not in draft.named]
    unserved = [facts.registers.name(who) for who in tenants if who not in draft.served]
    wrong = [f"does not name {listed(unnamed)}"] if unnamed else []
    wrong += [f"was not served on {listed(unserved)}"] if unserved else []
    if wrong:
        return not_met(f"The notice {listed(wrong)}: it must name every tenant, and each must be served.")
    return met("Every tenant is named and served.")


def legal_adviser_instructed(sanction: Sanction) -> Verdict:
    """Has a legal adviser been instructed? (clause 4.6)"""
    if sanction.legal_instructions:
        return met("A legal adviser is instructed.")
    return not_met("No legal adviser has been instructed on this measure: instruct one and record it.")


def possession_dates_stated(
    facts: Facts, draft: ServeNoticeSeekingPossession, *, lapses_after_months: int = 0
) -> Verdict:
    """Does the notice say how early court may follow, and when it lapses, by the law's own time? (clause 4.5)"""
    asked = (
        (draft.earliest_proceedings_on, "the earliest day for court proceedings"),
        (draft.lapses_on, "the day the notice lapses"),
    )
    missing = [says for given, says in asked if not given]
    if missing:
        return not_met(f"It is not recorded what the notice gives as {listed(missing)}.")
    last = add_months(draft.served_on or facts.day, lapses_after_months)
    if lapses_after_months and draft.lapses_on and draft.lapses_on > last:
        return not_met(f"The notice lapses by {plain_day(last)} at the latest: correct the day.")
    return met("The notice's dates are recorded.")


def guardian_named(sanction: Sanction, draft: OfferContract) -> Verdict:
    """Is a parent or guardian with somebody under age who is asked to sign? (clause 4.5)"""
    proposed = sanction.measure.guardian if isinstance(sanction.measure, ProposeSanction) else None
    if draft.guardian or proposed:
        return met("A parent or guardian is named.")
    return not_met("The person is under 18: name the parent or guardian who is with them.")


def capacity_considered(draft: OfferContract) -> Verdict:
    """Was it considered whether the person understands what they sign? (clause 6.2)"""
    if draft.capacity_considered:
        return met("It was considered whether the person understands what they sign.")
    return not_met("It is not recorded how you made sure that the person understands what they sign.")
