"""Checks on sharing, auditing, moving, closing and disposing of files (clauses 3.2, 5.1, 5.2, 5.5, 5.6 and 7.0)."""

from collections.abc import Iterator
from datetime import date, timedelta

from evenhand.casework.case import CaseFile
from evenhand.casework.checks.appeal import apart
from evenhand.casework.duties import duties
from evenhand.casework.entry import Entry, File
from evenhand.casework.facts import Duty, Facts
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.involvement import case_files, took_part, with_managers
from evenhand.casework.privacy import privileged_among
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.appeal import ReceiveAppeal
from evenhand.casework.steps.assessment import ConsiderConversation
from evenhand.casework.steps.control import AdoptEdition, AuditCase, CloseCase, Countersign, Disclose, Withdraw
from evenhand.casework.steps.decision import DecideNoSanction
from evenhand.casework.steps.flag import DeclineFlag, DisputeFlag
from evenhand.casework.steps.incident import RecordConversation, TellReporter
from evenhand.casework.steps.notice import AnswerReviewRequest, RequestReview
from evenhand.casework.steps.opening import DeclineCase
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import add_months
from evenhand.policy.edition import Edition
from evenhand.policy.engine import BoundRule
from evenhand.policy.findings import Effect, Verdict, met, not_met, unknown

FOR_CONTRACTORS = frozenset({"control_measures", "flag", "address"})
"""All that a contractor is told: at which door to do what, and how serious it is."""


def basis_named(draft: Disclose) -> Verdict:
    """Is the ground for sharing named, and where it is a legal obligation, which one? (clause 3.2)"""
    if draft.basis is None:
        return not_met("No ground for sharing is named: ask for consent, or choose the ground that applies.")
    if draft.basis == "legal_obligation" and not draft.which:
        return not_met("It is not said which law obliges us to share: name it.")
    return met("The ground for sharing is named.")


def consent_described(facts: Facts, draft: Disclose) -> Verdict:
    """Is it said who consented, when, and to what? (clause 3.2)"""
    asked = ((draft.consent_by, "who consented"), (draft.consent_on, "when"), (draft.consent_for, "to what"))
    missing = [says for given, says in asked if not given]
    if missing:
        return not_met(f"The consent does not say {listed(missing)}: write it down, or ask for it.")
    if draft.consent_on is not None and draft.consent_on > (draft.sent_on or facts.day):
        return not_met("The consent is from a later day than the sharing: ask first.")
    return met("The consent is described.")


def no_more_than_needed(draft: Disclose) -> Verdict:
    """Is it said what is shared and for what, and is it no more than the recipient needs? (clause 3.2)"""
    if not draft.what or not draft.purpose:
        return not_met("It is not said what is shared, or what for: say both, and share as little as will do.")
    excess = [shared.replace("_", " ") for shared in draft.what if shared not in FOR_CONTRACTORS]
    if draft.recipient_kind == "contractor" and excess:
        return not_met(f"A contractor needs to know what to do, and no more: leave out {listed(excess)}.")
    return met("No more is shared than the recipient needs.")


def privilege_kept(facts: Facts, draft: Disclose) -> Verdict:
    """Does all legal advice that is privileged stay with us? (clauses 3.2 and 4.6)"""
    kept = privileged_among(facts, draft.copies)
    if not kept:
        return met("No privileged legal advice goes out.")
    return not_met(
        f"Legal advice that has been shown outside once may be privileged no more: leave out {kept}. "
        "What goes to a legal adviser is recorded as an instruction."
    )


def expiry_set(facts: Facts, draft: Disclose) -> Verdict:
    """Is a day set after which the recipient no longer needs it? (clause 3.2)"""
    if draft.lapses_on is None:
        return not_met("It is not said until when the recipient needs this: set a day after which they delete it.")
    if draft.lapses_on < (draft.sent_on or facts.day):
        return not_met(f"{plain_day(draft.lapses_on)} lies before the day it is shared: set a later one.")
    return met(f"It is of use until {plain_day(draft.lapses_on)}.")


def countersigner_apart(facts: Facts, draft: Countersign) -> Verdict:
    """Is it countersigned by somebody other than whoever shared it? (clause 3.2)"""
    shared = facts.entry(draft.disclosure)
    if shared is None:
        return unknown("It is not said which disclosure is meant.")
    if shared.by == facts.actor:
        return not_met("You shared this yourself: another manager must countersign it.")
    return met("It is countersigned by somebody else.")


def withdrawable(facts: Facts, draft: Withdraw) -> Verdict:
    """Is it a proposal, appeal, dispute or request that nobody has decided yet? (clause 5.6)"""
    entry, case, flag = facts.entry(draft.entry), facts.case, facts.file
    waiting = {ref for ref, sanction in case.sanctions.items() if sanction.is_open_proposal and not sanction.is_legacy}
    waiting |= {ref for ref, appeal in case.appeals.items() if appeal.is_open}
    if isinstance(flag, FlagFile):
        waiting |= {flag.open_dispute.ref} if flag.open_dispute else set()
        waiting |= {flag.proposal.ref} if flag.proposal and flag.state == "proposed" else set()
    answered = {answer.data.request for answer in case.all(AnswerReviewRequest)}
    waiting |= {request.ref for request in case.all(RequestReview) if request.ref not in answered}
    if entry is not None and entry.ref in waiting:
        return met("It is still undecided, and can be taken back.")
    return not_met("Only a proposal, appeal, dispute or request that nobody has decided yet can be taken back.")


def withdrawn_by_maker(facts: Facts, draft: Withdraw) -> Verdict:
    """Is it taken back by whoever made it: a proposal by its proposer, the rest by the customer? (clause 5.6)"""
    entry = facts.entry(draft.entry)
    if entry is None:
        return unknown("It is not said what is taken back.")
    if isinstance(entry.data, ReceiveAppeal | DisputeFlag | RequestReview):
        if draft.asked_by in ("customer", "representative"):
            return met("The customer takes it back.")
        return not_met("Only the customer, or somebody who speaks for them, can take this back: say who asked.")
    if entry.by == facts.actor:
        return met("Whoever made it takes it back.")
    return not_met(f"{facts.registers.name(entry.by)} made this: only they can take it back.")


EVERY_PART = (
    "proposed", "approved", "endorsed", "opened", "triaged", "reviewed", "decided", "reported", "recorded", "advised",
    "affected", "assigned", "appeal_officer", "managed",
)  # fmt: skip


def auditor_apart(facts: Facts, *, barred: tuple[str, ...] = EVERY_PART) -> Verdict:
    """Did the auditor take no part in the case, nor manage anybody who did? (clause 5.5)"""
    parts = took_part(case_files(facts.case, facts.files, facts.case.incidents))
    return apart(facts, facts.actor, with_managers(parts, facts.registers), barred)


def audit_says_something(draft: AuditCase) -> Verdict:
    """Does the audit answer for any clause, find anything, or note what was good? (clause 5.5)"""
    if draft.checklist or draft.findings or draft.auditor_note:
        return met("The audit says what it looked at.")
    return not_met("Nothing is answered, found or noted: answer for the clauses you looked at.")


def no_promise_lengthened(facts: Facts, draft: AdoptEdition) -> Verdict:
    """Does no promise already made get a later day under the other edition? (clause 7.0)"""
    other = facts.other_edition
    if other is None:
        return unknown(f"There is no edition {draft.edition} at hand to compare with.")
    longer = [d for d in duties(facts.case) if d.open_on(facts.day) and _is_longer(facts, other, d)]
    if longer:
        return not_met(
            f"Under {other.about.title} these would fall away or get longer: {listed(_titles(facts.edition, longer))}."
        )
    return met("No promise made gets a later day.")


def _is_longer(facts: Facts, other: Edition, duty: Duty) -> bool:
    """Whether another edition would let an open duty fall away, or give more time for it from the same start."""
    made = facts.case.by_ref[duty.made_by]
    ours, theirs = (_lines(edition, made.data.name, duty.promise.duty) for edition in (facts.edition, other))
    if not theirs:
        return True
    starts = getattr(made.data, "received_on", None) or made.taken_on
    allowed = [duty.promise.due_on, *_last_days(facts.edition, ours, starts)]
    return max(_last_days(other, theirs, starts), default=duty.promise.due_on) > max(allowed)


def _lines(edition: Edition, step: str, duty: str) -> list[BoundRule]:
    """The lines by which a step owes a duty."""
    return [rule for rule in edition.gates.get(step, ()) if rule.name == duty and rule.effect is Effect.OWE]


def _last_days(edition: Edition, lines: list[BoundRule], starts: date) -> list[date]:
    """The last day that each line gives, save those that leave the day to the step itself."""
    named = (line.settings.get("period") or edition.duties[line.name].period for line in lines)
    return [edition.last_day(period, starts) for period in named if period]


def _titles(edition: Edition, owed: list[Duty]) -> list[str]:
    rules = ((d.promise.duty, edition.duties.get(d.promise.duty)) for d in owed)
    return list(dict.fromkeys(rule.title.lower() if rule else name.replace("_", " ") for name, rule in rules))


def edition_changes_shown(facts: Facts, draft: AdoptEdition) -> Verdict:
    """What would change for this case under the other edition? (clause 7.0)"""
    other = facts.other_edition
    if other is None:
        return unknown(f"There is no edition {draft.edition} at hand to compare with.")
    changed = list(_changes(facts.edition, other))
    if changed:
        return not_met(f"This would change: {'; '.join(changed)}.")
    return met("Nothing would change for this case.")


def _changes(ours: Edition, other: Edition) -> Iterator[str]:
    """Each number that differs, and each step that is asked something else."""
    for name in sorted({*ours.periods, *other.periods}):
        before, after = ours.periods.get(name), other.periods.get(name)
        was, will_be = (str(rule.period) if rule else "none" for rule in (before, after))
        if was != will_be:
            yield f"{name.replace('_', ' ')}, {was} before, {will_be} after"
    for name in sorted({*ours.steps, *other.steps}):
        if ours.steps.get(name) != other.steps.get(name):
            rule = ours.steps.get(name) or other.steps[name]
            yield f"what is asked to '{rule.title.lower()}'"


def outcome_told(facts: Facts) -> Verdict:
    """Was the case decided or talked over, and was the customer told of every decision? (clause 5.1)"""
    if _died(facts):
        return _released()
    case = facts.case
    if any(sanction.is_open_proposal and not sanction.is_legacy for sanction in case.sanctions.values()):
        return not_met("A proposed measure is still undecided: approve or decline it first.")
    if case.outcomes_to_tell:
        return not_met("The customer was not told of every decision yet: tell them first.")
    if not case.is_decided and not any(_talked(file) for file in (case, *facts.incidents)):
        return not_met("Nothing was decided yet: decide what becomes of the case, and tell the customer.")
    return met("The customer was told of every decision.")


def _talked(file: File) -> bool:
    considered = any(entry.data.outcome == "held" for entry in file.all(ConsiderConversation))
    return considered or any(entry.data.outcome == "held" for entry in file.all(RecordConversation))


def allegations_put(facts: Facts) -> Verdict:
    """Was what was decided on put to the customer? (clause 5.1)"""
    case = facts.case
    if case.allegations:
        return met("What was alleged was put to the customer.")
    acted_on = any(s.approved_on is not None and not s.is_legacy for s in case.sanctions.values())
    if _died(facts) or not (acted_on or case.all(DecideNoSanction)):
        return met("No allegation was acted on.")
    return not_met("The customer was never told what is alleged: put it to them first.")


def no_live_sanction(facts: Facts) -> Verdict:
    """Does no measure stand any more, save a warning that was told, reviewed and is past appeal? (clause 5.2)"""
    standing = [s for s in facts.case.sanctions.values() if _stands(s, facts.day) and not _may_stand(s, facts.day)]
    if not standing or _died(facts):
        return met("No measure stands in the way.")
    free = [_free_on(sanction, facts.day) for sanction in standing]
    known = [day for day in free if day is not None]
    wait = max(known) if len(known) == len(standing) else None
    return not_met(
        "A measure still stands: lift it, or wait until it has ended"
        " (a warning may stand once it was reviewed and the time to appeal is over).",
        not_before=wait,
    )


def _stands(sanction: Sanction, day: date) -> bool:
    """Whether it binds on the day, or will."""
    if sanction.ended_on is not None or sanction.is_declined or sanction.approved_on is None:
        return False
    if sanction.imposed_on is None:
        return True
    return sanction.lapses_on is None or day <= sanction.lapses_on


def _may_stand(sanction: Sanction, day: date) -> bool:
    """Whether this is a told warning whose review and time to appeal are over."""
    return _is_settled_warning(sanction) and (sanction.appeal_by is None or sanction.appeal_by < day)


def _is_settled_warning(sanction: Sanction) -> bool:
    reviewed = bool(sanction.reviews) or sanction.review_by is None
    return sanction.is_warning and sanction.told_on is not None and reviewed


def _free_on(sanction: Sanction, day: date) -> date | None:
    """The first day on which time alone lets the case close, or None where it cannot."""
    last = sanction.appeal_by if _is_settled_warning(sanction) else sanction.lapses_on
    return last + timedelta(days=1) if last is not None and last >= day else None


def no_open_appeal(facts: Facts) -> Verdict:
    """Is no appeal waiting to be decided? (clause 5.6)"""
    if any(appeal.is_open for appeal in facts.case.appeals.values()) and not _died(facts):
        return not_met("An appeal is still open: decide it, or wait until it is withdrawn.")
    return met("No appeal is open.")


def no_duty_owed(facts: Facts) -> Verdict:
    """Is nothing owed on this case any more? (clause 5.1)"""
    owed = [duty for duty in duties(facts.case) if duty.open_on(facts.day) and not _goes_on(facts, duty)]
    if not owed or _died(facts):
        return met("Nothing is owed on this case.")
    return not_met(f"Something is still owed on this case: {listed(_titles(facts.edition, owed))}.")


def _goes_on(facts: Facts, duty: Duty) -> bool:
    """Whether it is the next review of a warning that may stand when the case is closed."""
    sanction = facts.sanction(duty.promise.about) if duty.promise.duty == "review_sanction" else None
    return sanction is not None and _may_stand(sanction, facts.day)


def _died(facts: Facts) -> bool:
    return facts.person.file.died_on is not None


def _released() -> Verdict:
    return met("The person has died: nothing is owed to them any more.")


def no_live_flag(facts: Facts) -> Verdict:
    """Is no flag shown that somebody should look at when the case closes? (clause 5.3)"""
    flags = [flag.name for flag in facts.person.live_flags(facts.day)]
    if flags:
        return not_met(f"A flag about this person is still shown: look whether it is still needed ({listed(flags)}).")
    return met("No flag about this person is shown.")


def reporter_told(facts: Facts) -> Verdict:
    """Was everybody who reported told what became of it? (clause 1.4)"""
    if facts.case.all(TellReporter) or all(incident.reporter_told for incident in facts.incidents):
        return met("Whoever reported was told what became of it.")
    return not_met("Whoever reported was not told what became of it: tell them, without details of the customer.")


def no_legal_hold(facts: Facts) -> Verdict:
    """Is the file, or a case that stands on it, free of any hold that the law asks for? (clause 3.2)"""
    if facts.file.on_hold or any(case.on_hold for case in _cases_on(facts)):
        return not_met("This file is kept for a legal matter: nothing can be erased until the hold is released.")
    return met("No hold is in place.")


def _cases_on(facts: Facts) -> list[CaseFile]:
    """The cases that stand on this file, where it is an incident."""
    return [file for file in facts.files.values() if isinstance(file, CaseFile) and facts.file.name in file.incidents]


def retention_passed(facts: Facts) -> Verdict:
    """Has the time passed for which a file of this kind is kept after its end? (clause 3.2)"""
    rule, ended = facts.edition.retention.get(facts.file.kind), _ended_on(facts)
    if rule is None:
        return unknown("The policy does not say how long a file of this kind is kept.")
    if ended is None:
        return not_met("This file has not ended, or another file still rests on it: it is kept.")
    last = add_months(ended, rule.months)
    if facts.day <= last:
        return not_met(f"This file is kept until {plain_day(last)}.", not_before=last + timedelta(days=1))
    return met(f"It was to be kept until {plain_day(last)}.")


def _ended_on(facts: Facts) -> date | None:
    """The last day that the file was of use: closed, triaged, ended or lapsed; None while it still is."""
    file, day = facts.file, facts.day
    if isinstance(file, CaseFile):
        return _case_ended_on(file, day)
    if isinstance(file, FlagFile):
        return _flag_ended_on(file, day)
    if isinstance(file, InquiryFile):
        return file.conclusion.taken_on if file.conclusion else None
    if isinstance(file, IncidentFile):
        waiting = any(not case.is_disposed for case in _cases_on(facts))
        return file.triage.taken_on if file.triage and not waiting else None
    others = (other for other in facts.files.values() if other is not file and other.subject == file.subject)
    return file.entries[-1].taken_on if file.exists and all(other.is_disposed for other in others) else None


def _case_ended_on(case: CaseFile, day: date) -> date | None:
    """When the case was closed or declined, or the last measure that outlived it lapsed."""
    if case.state not in ("closed", "declined") or case.live_sanctions(day):
        return None
    closing: list[Entry[CloseCase] | Entry[DeclineCase]] = [*case.all(CloseCase), *case.all(DeclineCase)]
    lapsed = [s.lapses_on for s in case.sanctions.values() if s.lapses_on is not None and s.lapses_on <= day]
    return max([*(entry.taken_on for entry in closing), *lapsed])


def _flag_ended_on(flag: FlagFile, day: date) -> date | None:
    declined = flag.last(DeclineFlag)
    if flag.ended_on is not None or declined is not None:
        return flag.ended_on or (declined.taken_on if declined else None)
    return flag.lapses_on if flag.lapses_on is not None and flag.lapses_on < day else None
