"""May this step be taken, what can be done now, and what is made of it."""

from dataclasses import replace

import pytest

from evenhand.casework.decide import NotOffered, completed, decide, options, take
from evenhand.casework.shape import BadStep
from evenhand.casework.steps.appeal import DecideAppeal, DecideLateAppeal, ReceiveAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.control import (
    AddNote,
    CloseCase,
    DisposeFile,
    LookAgain,
    MarkDeath,
    ReopenCase,
)
from evenhand.casework.steps.decision import ApproveSanction, DeclineSanction, ProposeSanction
from evenhand.casework.steps.flag import ApproveFlag, DecideFlagDispute, DisputeFlag, ProposeFlag
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, RecordReturn, ReviewSanction
from evenhand.casework.steps.opening import EndorseCase
from evenhand.casework.steps.person import RecordChange, RecordNeed
from evenhand.policy.findings import Citation, Decision, Effect, Finding, Verdict, met, not_met
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import APPROVED, TOLD, opened, proposed, told


def stage(story: Story, draft: StepData, *, file: str = "case-1", by: str = "mina") -> Verdict:
    """What is said of the point at which the file is."""
    return decide(draft, story.facts(file, by=by)).findings[1].verdict


# --- Who


def test_role_comes_first_and_names_whom_a_step_is_for():
    decision = decide(EndorseCase(), Story().facts(by="olu"))
    assert decision.findings[0] == Finding(
        "role", Citation(EDITION.id, "1.3"), Effect.STOP, not_met("This is for: manager.")
    )
    decision = decide(EndorseCase(), Story().facts(by="sam"))
    assert decision.findings[0].verdict == met("Taken as manager.")


def test_a_deputy_acts_in_the_role_of_whom_they_stand_in_for():
    story = opened()
    ref = proposed(story)
    decline = DeclineSanction(sanction=ref, reasons="A talk will do.")
    assert decide(decline, story.facts(by="dana")).findings[0].verdict == met("Taken as manager.")
    (entry,) = take(decline, story.facts(by="dana")).entries
    assert (entry.by, entry.role) == ("dana", "manager")


# --- When


def test_stage_makes_sense_now():
    assert stage(opened(), ProposeSanction()) == met("This makes sense now.")


def test_stage_of_a_file_that_is_not_there_yet():
    assert stage(Story(), ProposeSanction()) == not_met("There is no case file case-1 yet: open it first.")
    assert stage(Story(), AddNote(text="x"), file="carol") == met("This makes sense now.")


def test_stage_in_the_wrong_state_says_which_would_be_right():
    story = opened()
    assert stage(story, ReopenCase()) == not_met(
        "The case is endorsed; this makes sense when it is closed or declined."
    )
    story.add("case-1", CloseCase())
    assert stage(story, CloseCase()) == not_met("The case is closed; this makes sense when it is endorsed or opened.")


def test_nothing_more_is_added_to_a_file_that_was_disposed_of():
    story = opened()
    story.add("case-1", DisposeFile())
    assert stage(story, AddNote(text="x")) == not_met("This file was disposed of: nothing more can be added.")


def test_nothing_is_decided_against_the_dead():
    story = opened()
    told(story)
    his = proposed(story, subject="dave")
    story.add("carol", RecordChange(change="death"))
    gone = not_met("The person has died: nothing is decided against them any more.")
    assert stage(story, ProposeSanction(remedy="office_access")) == gone
    assert stage(story, ProposeSanction(remedy="office_access", subject="dave")) == met("This makes sense now.")
    assert stage(story, ApproveSanction(sanction=his)) == met("This makes sense now.")
    assert stage(story, AddNote(text="x")) == met("This makes sense now.")


def test_only_a_dispute_that_somebody_raised_is_decided():
    story = Story()
    story.add("flag-1", ProposeFlag(subject="carol", category="physical"))
    story.add("flag-1", ApproveFlag(), by="max")
    draft = DecideFlagDispute(outcome="dismissed")
    assert stage(story, draft, file="flag-1") == not_met("Nobody disputes this flag now.")
    story.add("flag-1", DisputeFlag(why="Not me."))
    assert stage(story, draft, file="flag-1") == met("This makes sense now.")


def test_a_decision_acts_on_something_that_it_fits():
    story = opened()
    ref = told(story)
    nothing = not_met("There is no sanction here that this could be done to now.")
    assert stage(story, ApproveSanction(sanction=ref)) == nothing
    assert stage(story, ApproveSanction()) == nothing
    late = ReceiveAppeal(against=ref)
    appeal = story.add("case-1", late)
    assert stage(story, DecideLateAppeal(appeal=appeal, admit=False)) == not_met(
        "There is no appeal here that this could be done to now."
    )
    assert stage(opened(), GiveNotice()) == not_met("There is no decision to tell here that this could be done to now.")


def test_what_is_done_to_a_measure_that_binds_says_from_when_where_it_does_not_yet():
    story = opened()
    ref = told(story)
    story.day = APPROVED
    later = not_met("This can be done from 4 August 2021, when the measure begins to bind.", not_before=TOLD)
    assert [stage(story, ReviewSanction(sanction=one, outcome="lift")) for one in (ref, None)] == [later, later]
    assert stage(story, ReviewSanction(sanction="case-1#1", outcome="lift")).not_before is None
    assert stage(story, ApproveSanction(sanction=ref)).not_before is None


def test_where_several_fit_a_decision_says_which_is_meant():
    story = opened()
    first, second = proposed(story), proposed(story, remedy="office_access")
    assert stage(story, ApproveSanction()) == not_met(f"Say which sanction is meant: {first}, {second}.")
    assert stage(story, ApproveSanction(sanction=second)) == met("This makes sense now.")


def test_a_fact_may_come_before_what_it_answers():
    story = opened()
    assert stage(story, RecordAccount(account="I did not.")) == met("This makes sense now.")
    ref = proposed(story)
    assert stage(story, ReceiveAppeal(against=ref)) == met("This makes sense now.")


def test_rules_about_a_thing_that_is_not_there_are_no_reasons_of_their_own():
    story = opened()
    decision = decide(GiveNotice(how="email"), story.facts())
    assert [finding.check for finding in decision.refusals] == ["stage"]


# --- The reference filled in


def test_the_only_one_that_fits_is_meant():
    story = opened()
    ref = proposed(story)
    assert completed(ApproveSanction(), story.facts()) == ApproveSanction(sanction=ref)
    assert decide(ApproveSanction(), story.facts()).target == ref
    other = proposed(story, remedy="office_access")
    assert completed(ApproveSanction(), story.facts()) == ApproveSanction()
    assert completed(ApproveSanction(sanction=other), story.facts()) == ApproveSanction(sanction=other)
    assert completed(AddNote(text="x"), story.facts()) == AddNote(text="x")


def test_an_allegation_is_answered_without_naming_it_where_there_is_one():
    story = opened()
    ref = story.add("case-1", PutAllegation(allegation="You shouted."))
    (entry,) = take(RecordAccount(account="I did not."), story.facts()).entries
    assert entry.data == RecordAccount(allegation=ref, account="I did not.")


# --- What is no part of a policy, or of a file


def test_a_step_that_the_edition_has_not_is_not_offered_and_names_who_is_outside():
    steps = {name: rule for name, rule in EDITION.steps.items() if name != "receive_appeal"}
    facts = replace(opened().facts(), edition=replace(EDITION, steps=steps))
    with pytest.raises(NotOffered) as refused:
        decide(ReceiveAppeal(), facts)
    assert str(refused.value) == (
        "receive_appeal is no step of stonewater-2020-05. It names outside bodies: Housing Ombudsman Service."
    )
    with pytest.raises(NotOffered, match=r"It names outside bodies: none\."):
        decide(ReceiveAppeal(), replace(facts, edition=replace(EDITION, steps=steps, outside={})))


def test_a_step_of_another_kind_of_file_is_not_offered():
    with pytest.raises(NotOffered) as refused:
        decide(RecordNeed(need="autism"), opened().facts())
    assert str(refused.value) == "record_need is taken on a person file, and case-1 is a case."
    with pytest.raises(NotOffered, match="is taken on a case or flag or inquiry file, and carol is a person"):
        decide(MarkDeath(), Story().facts("carol"))


def test_nobody_takes_a_step_that_only_follows():
    with pytest.raises(NotOffered) as refused:
        take(MarkDeath(), opened().facts())
    assert str(refused.value) == "mark_death is not taken by anybody: it follows from other steps."


# --- What can be done now


def found(story: Story, step: str, *, by: str = "mina") -> list[Decision]:
    return [decision for decision in options(story.facts(by=by)) if decision.step == step]


def test_options_fan_out_one_decision_for_each_target():
    story = opened()
    first, second = proposed(story), proposed(story, remedy="office_access")
    assert [decision.target for decision in found(story, "approve_sanction")] == [first, second]
    assert [decision.target for decision in found(story, "lift_sanction")] == [first, second]
    assert [decision.target for decision in found(story, "close_case")] == [""]


def test_options_show_a_closed_decision_and_leave_out_a_fact_with_nothing_to_act_on():
    story = opened()
    (approve,) = found(story, "approve_sanction")
    assert (approve.target, approve.is_open) == ("", False)
    assert approve.findings[1].verdict == not_met("There is no sanction here that this could be done to now.")
    assert (found(story, "record_return"), found(story, "look_again")) == ([], [])


def test_options_leave_open_what_is_only_asked_on_the_form():
    (opening,) = found(Story(), "open_case", by="olu")
    assert (opening.allowed, opening.is_open) == (False, True)


def test_options_are_those_of_the_edition():
    gates = {name: gate for name, gate in EDITION.gates.items() if name != "close_case"}
    facts = replace(opened().facts(), edition=replace(EDITION, gates=gates))
    assert [decision for decision in options(facts) if decision.step == "close_case"] == []


def test_a_decision_has_no_truth_value():
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(decide(AddNote(text="x"), opened().facts()))


# --- Taking


def test_a_step_that_is_refused_leaves_no_entry():
    taken = take(EndorseCase(), opened().facts())
    assert (taken.decision.allowed, taken.entries, taken.findings) == (False, (), ())


def test_a_step_that_is_allowed_becomes_an_entry_with_all_that_was_found():
    story = opened()
    facts = story.facts(on=DAY, by="olu")
    taken = take(PutAllegation(allegation="You shouted."), facts)
    (entry,) = taken.entries
    assert (entry.ref, entry.kind, entry.file, entry.sequence) == ("case-1#3", "case", "case-1", 3)
    assert (entry.by, entry.role, entry.taken_on, entry.recorded_at) == ("olu", "colleague", DAY, facts.at)
    assert (entry.edition, entry.because_of) == (EDITION.id, "")
    assert entry.fixed == {"reply_by": "2021-08-13", "calendar": EDITION.calendar.name}
    assert entry.promises == taken.decision.promises
    assert taken.findings == (taken.decision.findings,)


def test_what_a_step_names_must_be_there():
    story = opened()
    with pytest.raises(BadStep, match="'case-1#99' is no notice reference here"):
        take(RecordReturn(notice="case-1#99"), story.facts())
    with pytest.raises(BadStep, match="'case-1#99' is no entry reference here"):
        decide(LookAgain(about="case-1#99", outcome="x"), story.facts())


def test_a_sanction_lifted_is_no_longer_decided_on():
    story = opened()
    ref = told(story)
    story.add("case-1", LiftSanction(sanction=ref))
    assert stage(story, LiftSanction(sanction=ref)) == not_met(
        "There is no sanction here that this could be done to now."
    )
    assert found(story, "review_sanction")[0].target == ""
    assert stage(story, DecideAppeal(outcome="upheld")) == not_met(
        "There is no appeal here that this could be done to now."
    )
