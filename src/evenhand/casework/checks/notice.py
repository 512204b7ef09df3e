"""Checks on telling the person: what, in whose name, how, where, safely and in time (clauses 5.1, 5.3, 5.4 and 6.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.casework.access import open_routes
from evenhand.casework.checks.timing import in_time, promised_by
from evenhand.casework.entry import AnyEntry
from evenhand.casework.facts import Facts
from evenhand.casework.letters import LETTERS
from evenhand.casework.sanction import Sanction
from evenhand.casework.settle import is_appealable, is_short, review_bounds, review_rule
from evenhand.casework.steps.assessment import PlanSafeWorking
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import DeferTelling
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    RecordContractAnswer,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.flag import RecordNotTold
from evenhand.casework.steps.notice import GiveNotice, LiftSanction
from evenhand.casework.steps.person import RecordChange
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.findings import Verdict, met, not_met
from evenhand.policy.shapes import LetterRule, Need, Remedy

DELIVERED = frozenset({"post", "email", "hand"})
"""Channels on which a letter goes to an address, which may be the wrong one."""
MOVES = frozenset({"move", "tenancy_end", "prison", "hospital", "mutual_exchange", "decant", "separation"})
"""Changes in a person's life after which they may no longer be where they were."""


def sanction_approved(sanction: Sanction) -> Verdict:
    """Has everybody approved the measure whose approval it needs? (clause 5.1)"""
    if sanction.is_declined or sanction.ended_on is not None:
        return not_met("This measure was declined or has ended: it cannot be carried out any more.")
    if sanction.approved_on is None:
        return not_met("This measure is not approved yet: every approval that it needs comes first.")
    return met("The measure is approved.")


def letter_rule(facts: Facts, told: AnyEntry) -> LetterRule | None:
    """What the edition asks of the letter that tells of this decision."""
    _, letter = LETTERS.get(type(told.data), ("", ""))
    return facts.edition.letters.get(letter)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What a letter can be written from: the decision it tells of, and the measure that decision is about, if any."""

    facts: Facts
    told: AnyEntry
    sanction: Sanction | None

    @property
    def remedy(self) -> Remedy | None:
        return self.facts.edition.remedies.get((self.sanction and self.sanction.measure.remedy) or "")

    @property
    def lifts(self) -> bool:
        """Whether nothing binds the person after this decision."""
        data = self.told.data
        return isinstance(data, LiftSanction | DecideNoSanction) or getattr(data, "outcome", "") in ("lift", "upheld")

    @property
    def terms(self) -> Terms:
        return self.sanction.terms if self.sanction else Terms()


def letter_complete(facts: Facts, told: AnyEntry, draft: GiveNotice) -> Verdict:
    """Does the letter hold everything that the policy asks of it? (clause 5.1)"""
    rule = letter_rule(facts, told)
    letter = _Letter(facts, told, _sanction_of(facts, told))
    missing = [says for part in (rule.parts if rule else ()) for says, held in (PARTS[part],) if not held(letter)]
    missing += [f"the enclosure '{name}'" for name in (rule.enclosures if rule else ()) if name not in draft.enclosures]
    if not draft.explains:
        missing.append("the decision and its reasons in plain words")
    if missing:
        return not_met(f"The letter lacks {listed(missing)}: add this first.")
    return met("The letter holds all that the policy asks of it.")


def _sanction_of(facts: Facts, told: AnyEntry) -> Sanction | None:
    return facts.sanction(told.ref) or facts.sanction(facts.case.sanction_of(told.ref))


def _has_measure(letter: _Letter) -> bool:
    """A measure named or described, with terms where the catalogue asks for some."""
    if letter.sanction is None:
        return False
    remedy, measure = letter.remedy, letter.sanction.measure
    if remedy is None or remedy.unlisted:
        return bool(measure.described)
    return not remedy.parameters or letter.terms != Terms()


def _has_reasons(letter: _Letter) -> bool:
    """Reasons of the decision, or of those who approved it; of an urgent action the harm that was feared is one."""
    data, approvals = letter.told.data, letter.sanction.all(ApproveSanction) if letter.sanction else []
    feared = data.harm if isinstance(data, TakeUrgentAction) else None
    return any((getattr(data, "reasons", None), feared, *(entry.data.reasons for entry in approvals)))


def _has_dates(letter: _Letter) -> bool:
    """A last day, or the reason why there is none: a life of its own, the court, a condition, nothing left to end."""
    if letter.sanction is None or letter.lifts:
        return True
    remedy, measure = letter.remedy, letter.sanction.measure
    own_end = remedy is not None and (
        remedy.life_months is not None or remedy.open_ended or remedy.lifts_with_condition
    )
    return bool(letter.sanction.ends_on or measure.ends_on or own_end or "court" in letter.sanction.kinds)


def _has_access(letter: _Letter) -> bool:
    if letter.sanction is None or letter.lifts:
        return True
    view = letter.facts.view_of(letter.sanction.subject)
    represented, shut = bool(view.file.representatives_on(letter.facts.day)), view.shut_channels(letter.facts.shuts)
    return bool(open_routes(letter.facts.edition, letter.terms, shut, represented=represented))


def _has_review(letter: _Letter) -> bool:
    sanction = letter.sanction
    if sanction is None or letter.lifts or sanction.review_by is not None:
        return True
    rule, day = review_rule(letter.facts.edition, sanction.measure.remedy or ""), letter.facts.day
    if rule is None or is_short(rule, sanction.measure.starts_on or day, sanction.measure.ends_on):
        return True
    confirmed = any(entry.data.review_on for entry in sanction.all(ApproveSanction))
    return bool(confirmed or sanction.measure.review_on or review_bounds(rule, day, day)[1])


def _has_appeal(letter: _Letter) -> bool:
    """How to appeal here, or that this cannot be appealed here and who outside will look at it."""
    edition, sanction = letter.facts.edition, letter.sanction
    can = edition.appeals.internal and (sanction is None or is_appealable(edition, sanction))
    return can or bool(edition.appeals.outside or edition.outside)


def _has_outside_body(letter: _Letter) -> bool:
    edition = letter.facts.edition
    return any(body.nation == edition.about.nation for body in edition.outside.values())


def _has_contact(letter: _Letter) -> bool:
    return bool(letter.terms.named_contact or letter.facts.case.officer)


PARTS: Mapping[str, tuple[str, Callable[[_Letter], bool]]] = {
    "decision": ("what was decided", lambda letter: letter.told.data.decides or letter.sanction is not None),
    "reasons": ("the reasons for the decision", _has_reasons),
    "measure": ("what the measure asks of the person", _has_measure),
    "dates": ("the day on which the measure ends", _has_dates),
    "essential_access": ("a way to reach us on urgent and essential matters", _has_access),
    "review_date": ("the date of the review", _has_review),
    "appeal": ("how to appeal", _has_appeal),
    "ombudsman": ("how to reach the Ombudsman", _has_outside_body),
    "contact": ("whom to ask", _has_contact),
    "what_next": ("what the person can do next", lambda letter: _has_outside_body(letter) or _has_appeal(letter)),
}
"""Each part of a letter: how a sentence calls it, and whether the decision's own data answers it."""


def letter_sender(facts: Facts, told: AnyEntry, draft: GiveNotice) -> Verdict:
    """Does the right person send it, in a way that the policy allows? (clause 5.1)"""
    edition, rule = facts.edition, letter_rule(facts, told)
    sender = draft.sender or facts.actor
    if not draft.how:
        return not_met("It is not said how the person is told: choose a way that they can use.")
    if rule is None:
        return met("Any colleague may send this.")
    if rule.channels and draft.how not in rule.channels:
        titles = [edition.channels[code].title.lower() for code in rule.channels if code in edition.channels]
        return not_met(f"This is not told in that way: choose {listed(titles, 'or')}.")
    if rule.sender and edition.held(facts.registers.roles_of(sender, facts.day), rule.sender) is None:
        titles = [edition.roles[role].title.lower() for role in rule.sender]
        return not_met(f"This is sent in the name of: {listed(titles, 'or')}.")
    if rule.sender_apart and sender in _deciders(facts, told):
        return not_met("Whoever decided does not send the letter: let somebody else send it.")
    return met("It is sent by the right person, in a way that the policy allows.")


def _deciders(facts: Facts, told: AnyEntry) -> set[str]:
    """Who decided what a letter tells of: for a proposed measure, those who approved it."""
    sanction = facts.sanction(told.ref)
    approvals = sanction.all(ApproveSanction) if sanction else []
    approved = {who for entry in approvals for who in (entry.by, *entry.data.present)}
    return approved or {told.by}


def format_meets_needs(facts: Facts, told: AnyEntry, draft: GiveNotice) -> Verdict:
    """Is the person told in a format and in a way that they can use? (clause 6.2)"""
    sanction = _sanction_of(facts, told)
    view = facts.view_of(sanction.subject if sanction else facts.file.subject)
    rules = (facts.edition.needs.get(entry.data.need or "") for entry in view.file.needs)
    unmet = [words for need in rules if need is not None and (words := _unmet(facts, need, draft))]
    if unmet:
        return not_met(f"They cannot be told like this. {' '.join(dict.fromkeys(unmet))}")
    return met("The format and the way of telling suit the person's needs.")


def _unmet(facts: Facts, need: Need, draft: GiveNotice) -> str:
    """How a notice fails a need, or ''."""
    channels = facts.edition.channels
    if need.formats and draft.format not in need.formats:
        titles = [facts.edition.codes["formats"][code].lower() for code in need.formats]
        return f"{need.title}: use {listed(titles, 'or')}."
    if draft.how not in need.shuts:
        return ""
    # Where every written way is shut, writing to us is what is hard; a letter to them is no trouble. And a format that
    # meets the need makes up for a letter as such: Braille comes by post.
    writing = {code for code, channel in channels.items() if channel.written and channel.inbound}
    readable = channels[draft.how].written and (need.formats or writing <= {*need.shuts})
    return "" if readable else f"{need.title}: not by {channels[draft.how].title.lower()}."


CARRYING = ("given_on", "served_on", "answered_on")
"""The fields in which a step that carries a decision to the person says when."""


def notice_follows_decision(
    facts: Facts, told: AnyEntry, draft: GiveNotice | ServeNoticeSeekingPossession | RecordContractAnswer
) -> Verdict:
    """Is the notice given after what it tells was decided, and not before its day has come? (clause 5.1)"""
    sanction = facts.sanction(told.ref)
    decided = (sanction.approved_on if sanction else None) or told.taken_on
    given = next((day for name in CARRYING if (day := getattr(draft, name, None))), facts.day)
    if given < decided:
        return not_met(f"This was decided on {plain_day(decided)}: notice of it cannot have been given before.")
    if given > facts.day:
        return not_met(f"{plain_day(given)} is still to come: record it when it has happened.")
    return met("The notice follows the decision.")


def address_confirmed(facts: Facts, told: AnyEntry, draft: GiveNotice) -> Verdict:
    """Was the address checked after the decision, and has nothing changed since? (clause 5.1)"""
    if draft.how not in DELIVERED:
        return met("It goes to no address.")
    sanction, confirmed = _sanction_of(facts, told), draft.address_confirmed_on
    if not draft.address or confirmed is None:
        return not_met("The address, or the day it was checked, is missing: check where the person is and say so.")
    decided = (sanction.approved_on if sanction and sanction.ref == told.ref else None) or told.taken_on
    if confirmed < decided or confirmed > (draft.given_on or facts.day):
        return not_met(f"Check the address again, after the decision of {plain_day(decided)} and before it is used.")
    moves = facts.view_of(sanction.subject if sanction else facts.file.subject).file.all(RecordChange)
    if any(e.data.change in MOVES and _is_since(confirmed, e.taken_on, e.data.happened_on, facts.day) for e in moves):
        return not_met("The person's home may have changed since the address was checked: check it again.")
    return met(f"The address was checked on {plain_day(confirmed)}.")


def _is_since(confirmed: date, recorded: date, happened: date | None, today: date) -> bool:
    """Whether a change was recorded, or took place, after an address was checked."""
    return recorded > confirmed or (happened is not None and confirmed < happened <= today)


MEETINGS = ("given_on", "put_on", "told_on", "contact_on")
"""The fields in which a step that brings people together says when."""


def safe_working_planned(facts: Facts, draft: StepData) -> Verdict:
    """Was it thought through how colleagues stay safe at this meeting? (clause 5.4)"""
    day = next((day for name in MEETINGS if (day := getattr(draft, name, None))), facts.day)
    opened = facts.file.opened_on or facts.day
    files = (facts.file, facts.person.file, *facts.incidents)
    for plan in (entry for file in files for entry in file.all(PlanSafeWorking)):
        recent = plan.file == facts.file.name or plan.taken_on >= opened
        if recent and plan.data.visit_on in (None, day):
            return met("Safe working is planned for.")
    return not_met(f"Nothing is planned yet to keep people safe on {plain_day(day)}: plan safe working first.")


def notice_in_time(facts: Facts, told: AnyEntry, draft: GiveNotice) -> Verdict:
    """Is the person told by the day that was promised? (clause 5.1)"""
    duty = facts.edition.duties.get("give_notice")
    last = promised_by(facts.case.entries, "give_notice", told.ref)
    return in_time(facts, draft, on=draft.given_on or facts.day, by=last, period=duty.period if duty else None)


def risk_named(draft: DeferTelling | RecordNotTold) -> Verdict:
    """Is it said who could be harmed, and how, if the person were told? (clauses 5.1 and 5.3)"""
    if draft.risk:
        return met("The risk is named.")
    return not_met("It is not said who could be harmed, and how, if the person were told: name the risk, or tell them.")


def look_again_date_set(facts: Facts, draft: DeferTelling | RecordNotTold) -> Verdict:
    """Is a day set on which somebody looks again at not telling? (clauses 5.1 and 5.3)"""
    day = draft.look_again_on
    if day is None:
        return not_met("No day is set to look at this again: choose one.")
    if day <= facts.day:
        return not_met(f"The day to look at this again, {plain_day(day)}, is not in the future: choose a later one.")
    return met(f"It is looked at again on {plain_day(day)}.")
