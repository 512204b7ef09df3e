"""Sharing outside, auditing, moving to another edition, closing, and disposing of files."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evenhand.casework.checks.control import (
    allegations_put,
    audit_says_something,
    auditor_apart,
    basis_named,
    consent_described,
    countersigner_apart,
    edition_changes_shown,
    expiry_set,
    no_duty_owed,
    no_legal_hold,
    no_live_flag,
    no_live_sanction,
    no_more_than_needed,
    no_open_appeal,
    no_promise_lengthened,
    outcome_told,
    privilege_kept,
    reporter_told,
    retention_passed,
    withdrawable,
    withdrawn_by_maker,
)
from evenhand.casework.registers import Since
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import ConsiderConversation
from evenhand.casework.steps.casefacts import AddEvidence, PutAllegation, RecordAccount
from evenhand.casework.steps.control import (
    AdoptEdition,
    AuditCase,
    CloseCase,
    Countersign,
    Disclose,
    DisposeFile,
    PlaceHold,
    ReleaseHold,
    Withdraw,
)
from evenhand.casework.steps.decision import ApproveSanction, DecideNoSanction, InstructLegal, RecordLegalAdvice
from evenhand.casework.steps.flag import (
    ApproveFlag,
    DecideFlagDispute,
    DeclineFlag,
    DisputeFlag,
    EndFlag,
    ProposeFlag,
)
from evenhand.casework.steps.incident import RecordConversation, ReportIncident, TellReporter, TriageIncident
from evenhand.casework.steps.inquiry import ConcludeInquiry, OpenInquiry
from evenhand.casework.steps.notice import AnswerReviewRequest, GiveNotice, LiftSanction, RequestReview, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction, DeclineCase
from evenhand.casework.steps.person import RecordChange, RecordNeed
from evenhand.policy.findings import Outcome, Promise, met, not_met, unknown
from evenhand.policy.shapes import PeriodRule
from tests.casework.build import DAY, EDITION, REGISTERS, Story, with_staff
from tests.casework.checks.measures import approved, opened, proposed, sanction_of, told

OFFICES = {"remedy": "office_access", "ends_on": "2022-01-31", "terms": {"offices": ["High Street"]}}
RELEASED = met("The person has died: nothing is owed to them any more.")


# --- Sharing outside


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ({}, not_met("No ground for sharing is named: ask for consent, or choose the ground that applies.")),
        ({"basis": "legal_obligation"}, not_met("It is not said which law obliges us to share: name it.")),
        ({"basis": "legal_obligation", "which": "A court order"}, met("The ground for sharing is named.")),
        ({"basis": "emergency"}, met("The ground for sharing is named.")),
    ],
)
def test_basis_named(draft, verdict):
    assert basis_named(Disclose(**draft)) == verdict


def test_consent_described_by_whom_when_and_to_what():
    facts, whole = Story().facts(), {"consent_by": "Carol", "consent_for": "The visit"}
    assert consent_described(facts, Disclose(**whole, consent_on=DAY)) == met("The consent is described.")
    assert consent_described(facts, Disclose()) == not_met(
        "The consent does not say who consented, when and to what: write it down, or ask for it."
    )
    after = not_met("The consent is from a later day than the sharing: ask first.")
    assert consent_described(facts, Disclose(**whole, consent_on=date(2021, 8, 7))) == after
    assert consent_described(facts, Disclose(**whole, consent_on=DAY, sent_on=date(2021, 8, 5))) == after


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        (
            {"what": ("flag", "control_measures"), "purpose": "Visit"},
            met("No more is shared than the recipient needs."),
        ),
        (
            {"what": ("flag", "history", "need"), "purpose": "Visit"},
            not_met("A contractor needs to know what to do, and no more: leave out history and need."),
        ),
        (
            {"what": ("flag",)},
            not_met("It is not said what is shared, or what for: say both, and share as little as will do."),
        ),
        (
            {"purpose": "-"},
            not_met("It is not said what is shared, or what for: say both, and share as little as will do."),
        ),
    ],
)
def test_h11_no_more_than_needed_by_a_contractor(draft, verdict):
    assert no_more_than_needed(Disclose(recipient_kind="contractor", **draft)) == verdict


def test_no_more_than_needed_by_others_is_for_the_colleague_to_judge():
    draft = Disclose(recipient_kind="police", what=("history",), purpose="A crime")
    assert no_more_than_needed(draft) == met("No more is shared than the recipient needs.")


def test_h19_privilege_kept_by_leaving_legal_advice_out_of_what_is_shared():
    story = opened()
    note = story.add("case-1", AddEvidence(what="What he said"))
    asked = story.add("case-1", InstructLegal(adviser="Bell & Co", privileged=True))
    answered = story.add("case-1", RecordLegalAdvice(instruction=asked, advice="Wait."), on=date(2021, 8, 9))
    facts = story.facts()
    assert privilege_kept(facts, Disclose()) == met("No privileged legal advice goes out.")
    assert privilege_kept(facts, Disclose(copies=(note,))) == met("No privileged legal advice goes out.")
    assert privilege_kept(facts, Disclose(copies=(answered, note, asked, answered))) == not_met(
        "Legal advice that has been shown outside once may be privileged no more: "
        "leave out what was entered on 9 August 2021 and 1 July 2021. "
        "What goes to a legal adviser is recorded as an instruction."
    )


def test_expiry_set_on_or_after_the_day_it_is_shared():
    facts = Story().facts()
    assert expiry_set(facts, Disclose(lapses_on=DAY)) == met("It is of use until 6 August 2021.")
    assert expiry_set(facts, Disclose()) == not_met(
        "It is not said until when the recipient needs this: set a day after which they delete it."
    )
    assert expiry_set(facts, Disclose(lapses_on=DAY, sent_on=date(2021, 8, 7))) == not_met(
        "6 August 2021 lies before the day it is shared: set a later one."
    )


def test_countersigner_apart_from_whoever_shared_it():
    story = opened()
    ref = story.add("case-1", Disclose(basis="crime"), by="mina")
    draft = Countersign(disclosure=ref)
    assert countersigner_apart(story.facts(by="max"), draft) == met("It is countersigned by somebody else.")
    assert countersigner_apart(story.facts(by="mina"), draft) == not_met(
        "You shared this yourself: another manager must countersign it."
    )
    assert countersigner_apart(story.facts(), Countersign()) == unknown("It is not said which disclosure is meant.")


# --- Audit


def test_auditor_apart_from_the_case_and_from_everybody_they_manage():
    story = opened(registers=with_staff(REGISTERS, "mina", managers=(Since("sue"),)))
    assert auditor_apart(story.facts(by="max")) == met("Whoever does this took no part in it.")
    assert auditor_apart(story.facts(by="mina")) == not_met(
        "Mina Shah endorsed or declined the case and was line manager of somebody who took part: "
        "it takes somebody with no part in it."
    )
    assert auditor_apart(story.facts(by="sue")) == not_met(
        "Sue Park was line manager of somebody who took part: it takes somebody with no part in it."
    )


FINDING = {"clause": "1.5", "what": "Not looked at.", "action": "Look now.", "owner": "max", "due_on": DAY}


@pytest.mark.parametrize(
    "said", [{"checklist": {"6.4": "yes"}}, {"findings": [FINDING]}, {"auditor_note": "A careful letter."}]
)
def test_audit_says_something(said):
    assert audit_says_something(AuditCase(**said)) == met("The audit says what it looked at.")


def test_audit_says_something_even_if_only_what_was_good():
    assert audit_says_something(AuditCase(sample="By chance")) == not_met(
        "Nothing is answered, found or noted: answer for the clauses you looked at."
    )


def test_auditor_apart_may_audit_again():
    story = opened()
    story.add("case-1", AuditCase(), by="sue")
    assert auditor_apart(story.facts(by="sue")).outcome is Outcome.MET


# --- Another edition

NOTICE_BY = Promise("give_notice", "5.1", date(2021, 8, 13), ("case_officer",), "case-1#4")
HEARD_BY = Promise("hear_customer", "1.5", date(2021, 8, 13), ("case_officer",), "case-1#4")
ADOPT = AdoptEdition(edition="next")


def edition_with(**changes):
    """The edition that is shipped, under another name and with other tables."""
    about = EDITION.about.model_copy(update={"id": "next", "title": "The next issue"})
    return replace(EDITION, about=about, **changes)


def period(name, **unit):
    return {**EDITION.periods, name: PeriodRule(clause=EDITION.periods[name].clause, **unit)}


def moving(other, *, data=None, promise=NOTICE_BY):
    story = opened()
    story.add("case-1", data or DecideNoSanction(), promises=(promise,), on=DAY)
    return replace(story.facts(), other_edition=other)


def test_no_promise_lengthened_where_nothing_gets_more_time():
    fine = met("No promise made gets a later day.")
    assert no_promise_lengthened(moving(edition_with()), ADOPT) == fine
    assert no_promise_lengthened(moving(edition_with(periods=period("notice", working_days=2))), ADOPT) == fine
    other = edition_with(periods=period("appeal", days=28))
    assert no_promise_lengthened(moving(other), ADOPT) == fine


def test_no_promise_lengthened_names_what_would_get_more_time():
    longer = edition_with(periods=period("notice", working_days=6))
    assert no_promise_lengthened(moving(longer), ADOPT) == not_met(
        "Under The next issue these would fall away or get longer: tell the customer."
    )


def test_no_promise_lengthened_where_a_promise_would_fall_away():
    without = edition_with(gates={**EDITION.gates, "decide_no_sanction": ()})
    assert no_promise_lengthened(moving(without), ADOPT).outcome is Outcome.NOT_MET
    duties = {name: rule for name, rule in EDITION.duties.items() if name != "give_notice"}
    facts = replace(moving(without), edition=replace(EDITION, duties=duties))
    assert no_promise_lengthened(facts, ADOPT) == not_met(
        "Under The next issue these would fall away or get longer: give notice."
    )


def test_no_promise_lengthened_leaves_a_day_that_the_step_itself_fixed():
    put = PutAllegation(allegation="-", reply_by=date(2021, 8, 9))
    early = replace(HEARD_BY, due_on=date(2021, 8, 9))
    assert no_promise_lengthened(moving(edition_with(), data=put, promise=early), ADOPT).outcome is Outcome.MET
    untimed = {**EDITION.duties, "hear_customer": EDITION.duties["hear_customer"].model_copy(update={"period": None})}
    other = edition_with(duties=untimed)
    assert no_promise_lengthened(moving(other, data=put, promise=early), ADOPT).outcome is Outcome.MET


def test_no_promise_lengthened_counts_only_what_is_still_owed():
    story = opened()
    story.add("case-1", PutAllegation(allegation="-"), promises=(HEARD_BY,))
    story.add("case-1", RecordAccount(allegation="case-1#3", account="I did not."))
    other = edition_with(periods=period("reply_by", working_days=20))
    facts = replace(story.facts(), other_edition=other)
    assert no_promise_lengthened(facts, ADOPT) == met("No promise made gets a later day.")


@pytest.mark.parametrize("check", [no_promise_lengthened, edition_changes_shown])
def test_an_edition_that_is_not_at_hand_cannot_be_compared(check):
    assert check(opened().facts(), ADOPT) == unknown("There is no edition next at hand to compare with.")


def test_an_edition_compared_with_itself_changes_nothing():
    facts = replace(opened().facts(), other_edition=EDITION)
    assert no_promise_lengthened(facts, ADOPT) == met("No promise made gets a later day.")
    assert edition_changes_shown(facts, ADOPT) == met("Nothing would change for this case.")


def test_edition_changes_shown_number_by_number_and_step_by_step():
    assert edition_changes_shown(moving(edition_with()), ADOPT) == met("Nothing would change for this case.")
    periods = {name: rule for name, rule in period("appeal", days=28).items() if name != "post"}
    steps = {**EDITION.steps, "audit_case": EDITION.steps["audit_case"].model_copy(update={"gate": ()})}
    del steps["add_note"]
    assert edition_changes_shown(moving(edition_with(periods=periods, steps=steps)), ADOPT) == not_met(
        "This would change: appeal, 14 days before, 28 days after; post, 2 working days before, none after; "
        "what is asked to 'add a note'; what is asked to 'audit the case'."
    )


# --- Taking back


UNDECIDED = met("It is still undecided, and can be taken back.")
DECIDED = not_met("Only a proposal, appeal, dispute or request that nobody has decided yet can be taken back.")


def test_withdrawable_is_a_proposal_until_it_is_decided():
    story = opened()
    ref = proposed(story)
    assert withdrawable(story.facts(), Withdraw(entry=ref)) == UNDECIDED
    story.add("case-1", ApproveSanction(sanction=ref), by="sam", role="senior_officer")
    assert withdrawable(story.facts(), Withdraw(entry=ref)) == DECIDED
    legacy = story.add("case-1", BringInSanction(subject="carol", remedy="office_access"))
    assert withdrawable(story.facts(), Withdraw(entry=legacy)) == DECIDED
    assert withdrawable(story.facts(), Withdraw(entry="case-1#1")) == DECIDED
    assert withdrawable(story.facts(), Withdraw(entry="case-1#99")) == DECIDED


def test_withdrawable_is_an_appeal_until_it_is_decided():
    story = opened()
    appeal = story.add("case-1", ReceiveAppeal(against=told(story)))
    assert withdrawable(story.facts(), Withdraw(entry=appeal)) == UNDECIDED
    story.add("case-1", DecideAppeal(appeal=appeal, outcome="dismissed"))
    assert withdrawable(story.facts(), Withdraw(entry=appeal)) == DECIDED


def test_withdrawable_is_a_request_for_a_review_until_it_is_answered():
    story = opened()
    request = story.add("case-1", RequestReview(sanction=told(story)))
    assert withdrawable(story.facts(), Withdraw(entry=request)) == UNDECIDED
    story.add("case-1", AnswerReviewRequest(request=request, answer="declined"))
    assert withdrawable(story.facts(), Withdraw(entry=request)) == DECIDED


def test_withdrawable_is_a_proposed_flag_and_then_a_dispute_about_it():
    story = opened()
    flag = story.add("flag-1", ProposeFlag(subject="carol", category="physical"))
    assert withdrawable(story.facts("flag-1"), Withdraw(entry=flag)) == UNDECIDED
    story.add("flag-1", ApproveFlag(), by="max")
    assert withdrawable(story.facts("flag-1"), Withdraw(entry=flag)) == DECIDED
    dispute = story.add("flag-1", DisputeFlag(why="Not me."))
    assert withdrawable(story.facts("flag-1"), Withdraw(entry=dispute)) == UNDECIDED
    story.add("flag-1", DecideFlagDispute(outcome="dismissed"), by="max")
    assert withdrawable(story.facts("flag-1"), Withdraw(entry=dispute)) == DECIDED
    assert withdrawable(story.facts("flag-2"), Withdraw(entry="flag-2#1")) == DECIDED


def test_withdrawn_by_maker_of_a_proposal():
    story = opened()
    draft = Withdraw(entry=proposed(story))
    assert withdrawn_by_maker(story.facts(by="olu"), draft) == met("Whoever made it takes it back.")
    assert withdrawn_by_maker(story.facts(by="mina"), draft) == not_met(
        "Olu Adeyemi made this: only they can take it back."
    )
    nothing = Withdraw(entry="case-1#99")
    assert withdrawn_by_maker(story.facts(), nothing) == unknown("It is not said what is taken back.")


def test_withdrawn_by_maker_of_an_appeal_is_the_customer():
    story = opened()
    appeal = story.add("case-1", ReceiveAppeal(against=told(story)))
    theirs = met("The customer takes it back.")
    assert withdrawn_by_maker(story.facts(), Withdraw(entry=appeal, asked_by="customer")) == theirs
    assert withdrawn_by_maker(story.facts(), Withdraw(entry=appeal, asked_by="representative")) == theirs
    for asked_by in (None, "colleague"):
        assert withdrawn_by_maker(story.facts(by="olu"), Withdraw(entry=appeal, asked_by=asked_by)) == not_met(
            "Only the customer, or somebody who speaks for them, can take this back: say who asked."
        )


# --- Closing


def test_outcome_told_once_the_customer_knows_every_decision():
    story = opened()
    ref = story.add("case-1", DecideNoSanction())
    assert outcome_told(story.facts()) == not_met("The customer was not told of every decision yet: tell them first.")
    story.add("case-1", GiveNotice(about=ref, how="email"))
    assert outcome_told(story.facts()) == met("The customer was told of every decision.")


def test_outcome_told_where_nothing_was_decided():
    story = opened()
    nothing = not_met("Nothing was decided yet: decide what becomes of the case, and tell the customer.")
    assert outcome_told(story.facts()) == nothing
    story.add("case-1", ConsiderConversation(outcome="not_appropriate", reasons="-"))
    assert outcome_told(story.facts()) == nothing
    story.add("incident-1", RecordConversation(held_with="carol"))
    assert outcome_told(story.facts()) == met("The customer was told of every decision.")
    story = opened()
    story.add("case-1", ConsiderConversation(outcome="held"))
    assert outcome_told(story.facts()).outcome is Outcome.MET


def test_outcome_told_of_measures():
    story = opened()
    proposed(story)
    assert outcome_told(story.facts()) == not_met("A proposed measure is still undecided: approve or decline it first.")
    story = opened()
    approved(story)
    assert outcome_told(story.facts()).outcome is Outcome.NOT_MET
    story = opened()
    told(story)
    assert outcome_told(story.facts()).outcome is Outcome.MET
    story.add("case-1", BringInSanction(subject="carol", remedy="office_access"))
    assert outcome_told(story.facts()).outcome is Outcome.MET


def test_allegations_put_where_one_was_acted_on():
    story, unput = opened(), not_met("The customer was never told what is alleged: put it to them first.")
    untouched = met("No allegation was acted on.")
    proposed(story)
    story.add("case-1", BringInSanction(subject="carol", remedy="office_access"))
    assert allegations_put(story.facts()) == untouched
    story.add("case-1", DecideNoSanction())
    assert allegations_put(story.facts()) == unput
    story.add("case-1", PutAllegation(allegation="You shouted."))
    assert allegations_put(story.facts()) == met("What was alleged was put to the customer.")
    sanctioned = opened()
    approved(sanctioned)
    assert allegations_put(sanctioned.facts()) == unput
    sanctioned.add("carol", RecordChange(change="death"))
    assert allegations_put(sanctioned.facts()) == untouched


STANDS = (
    "A measure still stands: lift it, or wait until it has ended"
    " (a warning may stand once it was reviewed and the time to appeal is over)."
)
FREE = met("No measure stands in the way.")


def test_no_live_sanction_once_it_has_ended():
    story = opened()
    ref = told(story, **OFFICES)
    assert no_live_sanction(story.facts()) == not_met(STANDS, not_before=date(2022, 2, 1))
    assert no_live_sanction(story.facts(on=date(2022, 1, 31))).outcome is Outcome.NOT_MET
    assert no_live_sanction(story.facts(on=date(2022, 2, 1))) == FREE
    story.add("case-1", LiftSanction(sanction=ref, reasons="Over."))
    assert no_live_sanction(story.facts()) == FREE


def test_no_live_sanction_counts_one_that_is_decided_and_not_carried_out_yet():
    story = opened()
    ref = proposed(story)
    assert no_live_sanction(story.facts()) == FREE
    story.add("case-1", ApproveSanction(sanction=ref), by="sam", role="senior_officer")
    assert no_live_sanction(story.facts()) == not_met(STANDS)
    story.add("case-1", LiftSanction(sanction=ref, reasons="Not needed after all."))
    assert no_live_sanction(story.facts()) == FREE


AGAIN_BY = date(2021, 8, 20)
"""Fourteen days after the continuation of 6 August was told."""


def continued(story: Story, ref: str, **changes: Any) -> None:
    """A review that keeps the measure, and the notice of it on the same day."""
    review = story.add("case-1", ReviewSanction(sanction=ref, outcome="continue", reasons="It goes on."), **changes)
    story.add("case-1", GiveNotice(about=review, how="email"))


def test_no_live_sanction_leaves_a_warning_that_was_reviewed_and_is_past_appeal():
    story = opened()
    ref = told(story)
    lapses = date(2022, 8, 5)
    assert sanction_of(story, ref).lapses_on == date(2022, 8, 4)
    assert no_live_sanction(story.facts()) == not_met(STANDS, not_before=lapses)
    continued(story, ref)
    assert no_live_sanction(story.facts(on=AGAIN_BY)) == not_met(STANDS, not_before=date(2021, 8, 21))
    assert no_live_sanction(story.facts(on=date(2021, 8, 21))) == FREE


def test_no_live_sanction_has_no_day_to_wait_for_where_one_of_them_has_no_end():
    story = opened()
    told(story, **OFFICES)
    told(story, remedy="civil_injunction", terms={"order": "Stay away."})
    assert no_live_sanction(story.facts()) == not_met(STANDS)


def test_no_open_appeal_is_left_waiting():
    story = opened()
    ref = told(story)
    appeal = story.add("case-1", ReceiveAppeal(against=ref, received_on=DAY))
    assert no_open_appeal(story.facts()) == not_met(
        "An appeal is still open: decide it, or wait until it is withdrawn."
    )
    story.add("case-1", AssignAppeal(appeal=appeal, officer="sue"))
    story.add("case-1", DecideAppeal(appeal=appeal, outcome="dismissed"))
    assert no_open_appeal(story.facts()) == met("No appeal is open.")
    late = story.add("case-1", ReceiveAppeal(against=ref, received_on=date(2021, 9, 1)), on=date(2021, 9, 1))
    assert no_open_appeal(story.facts()).outcome is Outcome.NOT_MET
    story.add("case-1", DecideLateAppeal(appeal=late, admit=False))
    assert no_open_appeal(story.facts()) == met("No appeal is open.")


def test_no_duty_owed_names_what_is_owed_once():
    story = opened()
    again = replace(HEARD_BY, about="case-1#5")
    story.add("case-1", DecideNoSanction(), promises=(replace(NOTICE_BY, about="case-1#3"), HEARD_BY, again))
    assert no_duty_owed(story.facts()) == not_met(
        "Something is still owed on this case: tell the customer and hear the customer's side."
    )
    story.add("case-1", GiveNotice(about="case-1#3", how="email"))
    story.add("case-1", RecordAccount(account="I did not."))
    assert no_duty_owed(story.facts()) == met("Nothing is owed on this case.")


def test_no_duty_owed_leaves_the_next_review_of_a_warning_that_may_stand():
    story = opened()
    ref = told(story)
    promise = Promise("review_sanction", "5.2", date(2021, 12, 1), ("case_officer",), ref)
    other = replace(promise, about="case-2#4")
    continued(story, ref, promises=(promise,))
    assert no_duty_owed(story.facts(on=AGAIN_BY)) == not_met(
        "Something is still owed on this case: review the sanction."
    )
    assert no_duty_owed(story.facts(on=date(2021, 8, 21))) == met("Nothing is owed on this case.")
    continued(story, ref, promises=(other,))
    assert no_duty_owed(story.facts(on=date(2021, 8, 21))).outcome is Outcome.NOT_MET


def test_closing_asks_nothing_more_once_the_person_has_died():
    story = opened()
    ref = told(story, **OFFICES)
    story.add("case-1", ReceiveAppeal(against=ref), promises=(HEARD_BY,))
    story.add("carol", RecordChange(change="death"))
    facts = story.facts()
    assert outcome_told(facts) == RELEASED
    assert allegations_put(facts) == met("No allegation was acted on.")
    assert no_live_sanction(facts) == FREE
    assert no_open_appeal(facts) == met("No appeal is open.")
    assert no_duty_owed(facts) == met("Nothing is owed on this case.")


def test_no_live_flag_about_the_person():
    story = opened()
    assert no_live_flag(story.facts()) == met("No flag about this person is shown.")
    story.add("flag-1", ProposeFlag(subject="carol", category="physical", provisional=True))
    assert no_live_flag(story.facts()) == not_met(
        "A flag about this person is still shown: look whether it is still needed (flag-1)."
    )


def test_reporter_told_of_every_report_or_on_the_case():
    story = opened()
    untold = not_met("Whoever reported was not told what became of it: tell them, without details of the customer.")
    was_told = met("Whoever reported was told what became of it.")
    assert reporter_told(story.facts()) == untold
    story.add("incident-1", TellReporter(told="A letter was sent."))
    assert reporter_told(story.facts()) == was_told
    on_case = opened()
    on_case.add("case-1", TellReporter(told="A letter was sent."))
    assert reporter_told(on_case.facts()) == was_told


# --- Disposing


def test_h18_no_legal_hold_on_the_file_or_on_a_case_that_stands_on_it():
    story = opened()
    free = met("No hold is in place.")
    assert no_legal_hold(story.facts("incident-1")) == free
    hold = story.add("case-1", PlaceHold(reasons="A claim."))
    held = not_met("This file is kept for a legal matter: nothing can be erased until the hold is released.")
    assert no_legal_hold(story.facts("case-1")) == held
    assert no_legal_hold(story.facts("incident-1")) == held
    assert no_legal_hold(story.facts("carol")) == free
    story.add("case-1", ReleaseHold(hold=hold))
    assert no_legal_hold(story.facts("case-1")) == free


GOES_ON = not_met("This file has not ended, or another file still rests on it: it is kept.")


def test_h18_retention_passed_for_a_case_six_years_after_it_was_closed():
    story = opened()
    assert retention_passed(story.facts()) == GOES_ON
    story.add("case-1", CloseCase(), on=date(2021, 8, 6))
    assert retention_passed(story.facts(on=date(2027, 8, 6))) == not_met(
        "This file is kept until 6 August 2027.", not_before=date(2027, 8, 7)
    )
    assert retention_passed(story.facts(on=date(2027, 8, 7))) == met("It was to be kept until 6 August 2027.")
    declined = opened()
    declined.add("case-1", DeclineCase(reasons="-"), on=DAY)
    assert retention_passed(declined.facts(on=date(2027, 8, 7))).outcome is Outcome.MET


def test_retention_passed_counts_from_the_lapse_of_a_warning_that_outlived_the_case():
    story = opened()
    told(story)
    story.add("case-1", CloseCase(), on=date(2021, 12, 1))
    assert retention_passed(story.facts(on=date(2022, 8, 4))) == GOES_ON
    assert retention_passed(story.facts(on=date(2022, 8, 5))) == not_met(
        "This file is kept until 4 August 2028.", not_before=date(2028, 8, 5)
    )


def test_retention_passed_for_a_report_that_led_to_no_case():
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol"))
    assert retention_passed(story.facts("incident-1")) == GOES_ON
    story.add("incident-1", TriageIncident(route="nothing"), on=DAY)
    assert retention_passed(story.facts("incident-1", on=date(2023, 8, 7))) == met(
        "It was to be kept until 6 August 2023."
    )
    with_case = opened()
    with_case.add("incident-1", TriageIncident(route="new_case"), on=date(2021, 7, 1))
    late = date(2030, 1, 1)
    assert retention_passed(with_case.facts("incident-1", on=late)) == GOES_ON
    with_case.add("case-1", DisposeFile(reasons="-"), on=date(2029, 1, 1))
    assert retention_passed(with_case.facts("incident-1", on=late)).outcome is Outcome.MET


def test_retention_passed_for_an_inquiry_six_years_after_it_was_concluded():
    story = Story()
    story.add("inquiry-1", OpenInquiry(subject="carol", allegation="case-1#3", about="olu", inquirer="max"))
    assert retention_passed(story.facts("inquiry-1")) == GOES_ON
    story.add("inquiry-1", ConcludeInquiry(outcome="cannot_be_told"))
    assert retention_passed(story.facts("inquiry-1", on=date(2027, 8, 7))) == met(
        "It was to be kept until 6 August 2027."
    )


def test_retention_passed_for_a_flag_a_year_after_it_ended():
    day, late = date(2022, 8, 6), date(2022, 8, 13)
    for last in (EndFlag(), DeclineFlag()):
        story = Story()
        story.add("flag-1", ProposeFlag(subject="carol"))
        assert retention_passed(story.facts("flag-1", on=late)) == GOES_ON
        story.add("flag-1", last)
        assert retention_passed(story.facts("flag-1", on=day)).outcome is Outcome.NOT_MET
        assert retention_passed(story.facts("flag-1", on=late)) == met("It was to be kept until 6 August 2022.")
    provisional = Story()
    provisional.add("flag-1", ProposeFlag(subject="carol", provisional=True))
    assert retention_passed(provisional.facts("flag-1")) == GOES_ON
    assert retention_passed(provisional.facts("flag-1", on=date(2022, 8, 14))) == met(
        "It was to be kept until 13 August 2022."
    )
    provisional.add("flag-1", ApproveFlag())
    assert retention_passed(provisional.facts("flag-1", on=date(2022, 8, 14))) == GOES_ON


def test_retention_passed_for_a_person_once_nothing_else_is_kept_about_them():
    story = Story()
    assert retention_passed(story.facts("carol")) == GOES_ON
    story.add("incident-1", ReportIncident(subject="carol"))
    story.add("carol", RecordNeed(need="adhd"))
    late = date(2027, 8, 7)
    assert retention_passed(story.facts("carol", on=late)) == GOES_ON
    story.add("incident-1", DisposeFile(reasons="-"))
    assert retention_passed(story.facts("carol", on=late)) == met("It was to be kept until 6 August 2027.")


def test_retention_passed_where_the_policy_is_silent():
    story = Story(edition=replace(EDITION, retention={}))
    assert retention_passed(story.facts("carol")) == unknown(
        "The policy does not say how long a file of this kind is kept."
    )
