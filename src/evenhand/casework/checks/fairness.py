"""Checks that the person was treated fairly first: heard, talked to, warned, helped (clauses 1.5 and 4.1 to 4.14)."""

from evenhand.casework.access import can_use
from evenhand.casework.checks.evidence import Shown, dated
from evenhand.casework.checks.measure import bound_by, is_in_hand, remedy_of
from evenhand.casework.enough import account_is_enough, conduct_lacks, conversation_is_enough
from evenhand.casework.entry import Entry, file_of
from evenhand.casework.facts import Facts
from evenhand.casework.incident import IncidentFile
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.assessment import (
    AssessConduct,
    ConsiderConversation,
    ConsiderMediation,
    SignpostSupport,
)
from evenhand.casework.steps.casefacts import (
    AddEvidence,
    CheckOwnService,
    PutAllegation,
    RecordAccount,
    RequestTakedown,
)
from evenhand.casework.steps.decision import ApproveSanction, Measure, OfferContract, ProposeSanction
from evenhand.casework.steps.incident import RecordConversation
from evenhand.casework.steps.person import RecordAssurance
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import add_days
from evenhand.policy.findings import Verdict, met, not_met

WARNING_RUNG = 1
"""The step of the ladder on which a warning stands; a measure not in the catalogue stands above it."""


def alternatives_considered(measure: Measure, *, at_least: int = 1) -> Verdict:
    """Were gentler ways considered, and why they would not do? (clause 2.3)"""
    if sum(map(bool, measure.alternatives)) >= at_least:
        return met("Gentler ways were considered.")
    return not_met(f"Gentler ways must be considered first (at least {at_least}): say what else you thought of.")


def proportionality_stated(measure: Measure) -> Verdict:
    """Is it said why this measure is fair and does no more than is needed? (clause 2.3)"""
    if measure.proportionate_because:
        return met("It is said why this measure is proportionate.")
    return not_met("It is not said why this measure is fair: say why nothing less would do.")


def customer_heard(facts: Facts, measure: Measure) -> Verdict:
    """Was the person told of everything that the measure rests on, and given a fair chance to answer? (clause 1.5)"""
    allegations = facts.case.allegations.values()
    if not allegations:
        return not_met("Nothing was put to the person yet: tell them what is said about them and ask for their side.")
    waiting = [verdict for put in allegations if (verdict := _unheard(facts, put)) is not None]
    if waiting:
        return max(waiting, key=lambda verdict: verdict.not_before is None)
    unput = _cited_incidents(facts, measure).difference(*(put.data.incidents for put in allegations))
    if unput:
        names = listed(sorted(unput))
        return not_met(f"This was never put to the person: {names}. Tell them of it and ask for their side.")
    return met("The person was heard.")


def _cited_incidents(facts: Facts, measure: Measure) -> set[str]:
    """The incidents whose reports, or evidence, a measure cites."""
    cited = [entry for ref in measure.evidence if (entry := facts.entry(ref)) is not None]
    named = {entry.data.incident or "" for entry in cited if isinstance(entry.data, AddEvidence)}
    named |= {file_of(entry.ref) for entry in cited}
    return {name for name in named if isinstance(facts.files.get(name), IncidentFile)}


def _unheard(facts: Facts, put: Entry[PutAllegation]) -> Verdict | None:
    """Why one allegation is not answered yet, or None where it is."""
    accounts = [entry.data for entry in facts.case.accounts_of(put.ref)]
    if any(account.outcome != "no_reply" and account_is_enough(account) for account in accounts):
        return None
    asked, reply_by = plain_day(put.data.put_on or put.taken_on), put.day("reply_by")
    if not _was_accessible(facts, put.data) and not any(account.attempt for account in accounts):
        return not_met(
            f"What was put to the person on {asked} is not answered, and it is not on record that it was put in a way "
            "they can use: try again in a way they can, and record how."
        )
    if reply_by is None or facts.day > reply_by:
        return None
    return not_met(
        f"The person has until {plain_day(reply_by)} to answer what was put to them on {asked}.",
        not_before=add_days(reply_by, 1),
    )


def _was_accessible(facts: Facts, put: PutAllegation) -> bool:
    """Whether it was put in a stated format, and in a way, that those whom it concerns can use."""
    whom = {facts.files[name].subject for name in put.incidents if name in facts.files} - {""} or {facts.file.subject}
    recorded = (entry for who in whom for entry in facts.view_of(who).file.needs)
    needs = (facts.edition.needs.get(entry.data.need or "") for entry in recorded)
    return bool(put.format) and all(can_use(facts.edition, need, put.how, put.format) for need in needs if need)


def put_usably(facts: Facts, draft: PutAllegation) -> Verdict:
    """Is it put in a stated format, and in a way, that those whom it concerns can use? (clauses 1.5 and 6.2)"""
    if _was_accessible(facts, draft):
        return met("It is put in a way that the person can use.")
    if not draft.format:
        return not_met("It is not said in which format this is put: if no answer comes, silence will not count.")
    return not_met("The person may not be able to use this way: if no answer comes, silence will not count.")


def account_given(facts: Facts, draft: RecordAccount) -> Verdict:
    """Does the entry hold the person's side, or say how they were asked for it and went on in silence? (clause 1.5)"""
    put = facts.case.allegations.get(draft.allegation or "")
    reply_by = put.day("reply_by") if put else None
    if draft.outcome == "no_reply" and reply_by is not None and facts.day <= reply_by:
        return not_met(
            f"They have until {plain_day(reply_by)} to answer: silence does not count before that day is over."
        )
    if account_is_enough(draft):
        return met("The entry says what became of it.")
    if draft.outcome == "no_reply":
        return not_met("It is not said how you tried to reach them: this will not count as silence.")
    return not_met("It is not said what they say: this will not count as their side.")


def talks(facts: Facts) -> list[ConsiderConversation | RecordConversation]:
    """What is on record of simply talking to the person, held or not, on the case and on the reports it rests on."""
    return [
        *(entry.data for entry in facts.case.all(ConsiderConversation)),
        *(entry.data for entry in facts.case.all(RecordConversation)),
        *(entry.data for incident in facts.incidents for entry in incident.conversations),
    ]


def conversation_considered(facts: Facts) -> Verdict:
    """Was it considered whether simply talking to the person would settle it? (clause 4.2)"""
    considered = talks(facts)
    if any(map(conversation_is_enough, considered)):
        return met("A conversation was considered.")
    if considered:
        return not_met("The conversation on record lacks its day, or the reasons why none was held: record them.")
    return not_met("No conversation was considered: talk to the person, or record why that would not be right.")


def talk_explained(draft: ConsiderConversation) -> Verdict:
    """Does the entry say what a measure will ask: the day of the talk, or why none was held? (clause 4.2)"""
    if conversation_is_enough(draft):
        return met("The entry says enough of the talk.")
    if draft.outcome == "held":
        return not_met("The day of the talk is not given: a measure will ask for it.")
    return not_met("It is not said why no talk was held: a measure will ask for the reasons.")


def lower_rung_tried(facts: Facts, measure: Measure) -> Verdict:
    """Did a warning come first, or is there a reason for going further at once? (clause 4.3)"""
    if not _is_above_warning(facts, measure):
        return met("This is the lowest step of the ladder.")
    if _was_warned(facts, measure):
        return met("A warning came first.")
    if not measure.departure_reason:
        return not_met("No warning counts towards this: propose a warning first, or give the reason for going further.")
    reasons = facts.edition.ladder.skip_reasons
    if reasons and measure.departure_code not in reasons:
        listing = listed((facts.edition.codes.get("departure_reasons", {}).get(code, code) for code in reasons), "or")
        return not_met(f"A reason for going further must be one of these: {listing}.")
    return met("A reason is given for going further than a warning.")


def _is_above_warning(facts: Facts, measure: Measure) -> bool:
    remedy = remedy_of(facts, measure)
    return remedy is None or remedy.rung > WARNING_RUNG


def _warnings(facts: Facts, measure: Measure) -> list[Sanction]:
    return facts.view_of(bound_by(facts, measure)).warnings(facts.day, facts.edition.ladder.counting)


def _was_warned(facts: Facts, measure: Measure) -> bool:
    """Whether the warnings that the ladder asks for were told, and something cited happened after them."""
    wanted = facts.edition.ladder.warnings
    told = sorted(s.told_on for s in _warnings(facts, measure) if s.told_on is not None)
    if len(told) < wanted:
        return False
    cited = (entry.data for ref in measure.evidence if (entry := facts.entry(ref)) is not None)
    days = [day for data in cited if isinstance(data, Shown) and (day := dated(data)) is not None]
    return not wanted or any(day > told[wanted - 1] for day in days)


def not_decided_already(facts: Facts, measure: Measure) -> Verdict:
    """Is no measure of the same kind in hand that rests on the same evidence? (clause 2.3)"""
    others = (s for s in facts.view_of(bound_by(facts, measure)).sanctions if s.measure is not measure)
    same = [s for s in others if measure.remedy and s.measure.remedy == measure.remedy and is_in_hand(s, facts.day)]
    if not measure.evidence or not any({*measure.evidence} <= {*s.measure.evidence} for s in same):
        return met("Nothing of the same kind was decided on this evidence.")
    return not_met("The same measure was decided on this evidence already: one matter has one decision.")


def departure_accepted(facts: Facts, sanction: Sanction, measure: Measure, draft: ApproveSanction) -> Verdict:
    """Where a lower step is skipped, does whoever decides accept the reason? (clause 4.3)"""
    if not _is_above_warning(facts, measure) or (not measure.departure_reason and _was_warned(facts, measure)):
        return met("No lower step is skipped.")
    if not measure.departure_reason and not sanction.is_legacy:
        return not_met("No warning counts towards this any more, and no reason for going further is given: decline it.")
    if draft.departure_accepted:
        return met("It is accepted that a lower step is skipped.")
    return not_met("This goes further than a warning at once: say that you accept the reason, or decline it.")


def not_resting_on_overdue_review(facts: Facts, measure: Measure) -> Verdict:
    """Does it rest on no earlier measure whose review is overdue? (clause 5.2)"""
    overdue = [s for s in facts.view_of(bound_by(facts, measure)).sanctions if s.review_overdue_on(facts.day)]
    used = [s for s in overdue if _rests_on(facts, measure, s)]
    if not used:
        return met("It rests on no measure whose review is overdue.")
    days = listed(plain_day(s.review_by) for s in used if s.review_by is not None)
    return not_met(f"It rests on an earlier measure that should have been reviewed by {days}: review that first.")


def _rests_on(facts: Facts, measure: Measure, earlier: Sanction) -> bool:
    """Whether a measure names an earlier one, carries on with the same, or needs it for the ladder."""
    if earlier.ref in measure.relies_on or (measure.remedy and earlier.measure.remedy == measure.remedy):
        return True
    if measure.departure_reason or not _is_above_warning(facts, measure):
        return False
    warnings = _warnings(facts, measure)
    reviewed = [warning for warning in warnings if not warning.review_overdue_on(facts.day)]
    return earlier in warnings and len(reviewed) < facts.edition.ladder.warnings


def conduct_assessed(facts: Facts) -> Verdict:
    """Are all the questions about unreasonable conduct answered, each with reasons and sources? (clause 4.14)"""
    assessment = facts.case.last(AssessConduct)
    if assessment is None:
        return not_met("Nobody assessed whether the conduct is unreasonable and what may explain it: do that first.")
    missing = conduct_lacks(facts.edition.questions, assessment.data)
    if missing:
        return not_met(f"These questions are not answered with reasons and sources: {' '.join(missing)}")
    return met("Every question about the conduct is answered with reasons and sources.")


def obligation_cited(measure: Measure) -> Verdict:
    """Is the part of the tenancy or lease named, or is it said why none applies? (clause 4.1)"""
    if measure.obligation or measure.no_obligation_because:
        return met("The obligation, or the standard relied on, is named.")
    return not_met("No part of the tenancy or lease is named: name it, or say why none applies and what is relied on.")


def support_considered(facts: Facts) -> Verdict:
    """Was support offered, or is it said why none would suit? (clause 4.1)"""
    offers = [entry.data for file in (facts.case, facts.person.file) for entry in file.all(SignpostSupport)]
    if any((offer.agency and offer.answer) or offer.unsuitable_because for offer in offers):
        return met("Support was considered.")
    if offers:
        return not_met("The support on record lacks its agency or the person's answer: record them.")
    return not_met("No support was considered: offer some, or say why none would suit.")


def referral_consented(draft: SignpostSupport) -> Verdict:
    """Is nobody's name passed on to an agency against their word, or without asking? (clauses 3.2 and 4.1)"""
    if draft.route != "referred":
        return met("They get in touch themselves: nothing is passed on.")
    if draft.consent == "refused":
        return not_met("They said no to passing on their name: tell them where to find it, and leave that to them.")
    if draft.consent is None:
        return not_met("It is not said whether we may pass on their name: ask them first.")
    if not draft.agency:
        return not_met("It is not said to whom they are referred: name the agency.")
    return met("They may be referred.")


def support_offered(facts: Facts, draft: OfferContract) -> Verdict:
    """Is support offered with the contract, so that the person can keep to it? (clause 4.1)"""
    if draft.support:
        return met("Support is offered with the contract.")
    return support_considered(facts)


def own_service_checked(facts: Facts) -> Verdict:
    """Did we look at our own part first: repairs, complaints, promises? (clause 1.5)"""
    check = facts.case.last(CheckOwnService)
    if check is None:
        return not_met("Nobody looked at our own part yet: check open repairs, complaints and disrepair.")
    if check.data.complaint_about_reporter:
        return met(
            "Our own part was checked. The person complained about the colleague who reports: somebody else decides."
        )
    if check.data.our_failure:
        return met("Our own part was checked, and we had a part in it: weigh that.")
    return met("Our own part was checked.")


def mediation_considered(facts: Facts) -> Verdict:
    """Was mediation considered? (clause 4.12)"""
    considered = [entry.data for entry in facts.case.all(ConsiderMediation) if entry.data.outcome]
    if any(entry.outcome != "not_reasonable" or entry.reasons for entry in considered):
        return met("Mediation was considered.")
    if considered:
        return not_met("It is not said why mediation would not be reasonable: give the reasons.")
    return not_met("Mediation was not considered: offer it, or say why it would not be reasonable.")


def like_for_like(draft: ProposeSanction) -> Verdict:
    """Was it compared with what was done in similar cases? (clause 6.1)"""
    if draft.similar_cases:
        return met("It was compared with similar cases.")
    return not_met(
        "It was not compared with similar cases: say what was done in them, and why this is like them or not."
    )


def no_earlier_assurance(facts: Facts, measure: Measure) -> Verdict:
    """Does no earlier written promise to the person stand in the way? (clause 2.3)"""
    promises = facts.view_of(bound_by(facts, measure)).file.assurances
    given = [entry for entry in promises if _covers(facts, entry, measure)]
    if not given:
        return met("No earlier promise stands in the way.")
    if measure.assurance_answered:
        return met("It is said why an earlier promise does not stand in the way.")
    days = listed(plain_day(entry.data.given_on or entry.taken_on) for entry in given)
    return not_met(f"The person was promised something in writing on {days}: keep to it, or say why it does not stand.")


def _covers(facts: Facts, entry: Entry[RecordAssurance], measure: Measure) -> bool:
    """Whether a promise still holds and is about this measure or this kind of conduct."""
    promise = entry.data
    if promise.until is not None and promise.until < facts.day:
        return False
    about_measure = not promise.remedies or measure.remedy in promise.remedies
    return about_measure and (not promise.behaviours or bool({*promise.behaviours} & {*measure.behaviours}))


def medical_cause_considered(facts: Facts) -> Verdict:
    """Was it asked whether a medical condition, or our own failure, may explain the conduct? (clause 4.13)"""
    assessment = facts.case.last(AssessConduct)
    asked = (
        (assessment and assessment.data.medical_condition_considered, "a medical condition"),
        (assessment and assessment.data.own_failure_considered, "our own failure"),
    )
    missing = [says for given, says in asked if not given]
    if missing:
        return not_met(f"It was not considered whether {listed(missing, 'or')} may explain the conduct: consider it.")
    return met("It was considered what may explain the conduct.")


def criticism_told_from_abuse(facts: Facts) -> Verdict:
    """Was fair criticism told apart from abuse, where the conduct was online? (clause 2.3)"""
    asked = any(entry.data.criticism_considered for entry in facts.case.all(RequestTakedown))
    if asked or facts.case.last(AssessConduct) is not None:
        return met("Fair criticism was told apart from abuse.")
    return not_met("People may criticise us online: say why this is more than criticism before acting on it.")
