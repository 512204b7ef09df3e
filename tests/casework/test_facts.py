"""Everything a decision may look at, and how a gate's checks see it."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.facts import Duty, Look
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.control import AddNote, Withdraw
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction
from evenhand.casework.steps.flag import ApproveFlag, EndFlag, ProposeFlag
from evenhand.casework.steps.notice import GiveNotice, LiftSanction
from evenhand.casework.steps.person import RecordNeed
from evenhand.policy.findings import Promise
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import opened, proposed, told


def test_facts_of_a_case_know_it_and_its_person():
    story = opened()
    facts = story.facts()
    assert (facts.case.name, facts.person.person, facts.customer) == (
        "case-1",
        "carol",
        story.registers.customers["carol"],
    )
    assert [incident.name for incident in facts.incidents] == ["incident-1"]
    assert facts.roles == {"manager"}


def test_facts_of_another_file_hold_an_empty_case():
    facts = Story().facts("flag-1")
    assert (facts.case.exists, facts.customer, facts.incidents) == (False, None, [])


def test_incidents_are_those_of_the_case_the_flag_or_the_file_itself():
    story = opened()
    story.add("flag-1", ProposeFlag(incident="incident-1"))
    story.add("flag-2", ProposeFlag(incident="case-1"))
    found = {name: [file.name for file in story.facts(name).incidents] for name in ("incident-1", "flag-1", "flag-2")}
    assert found == {"incident-1": ["incident-1"], "flag-1": ["incident-1"], "flag-2": []}


def test_an_entry_is_found_on_any_file_unless_withdrawn():
    story = opened()
    ref = proposed(story)
    note = story.add("carol", AddNote(text="x"))
    story.add("case-1", Withdraw(entry=ref))
    facts = story.facts()
    found = {name: facts.entry(name) for name in (note, ref, "case-9#1", "", None)}
    assert {name: entry.ref if entry else None for name, entry in found.items()} == {
        note: note,
        ref: None,
        "case-9#1": None,
        "": None,
        None: None,
    }


def test_a_sanction_is_found_by_the_entry_that_made_it():
    story = opened()
    ref = proposed(story)
    facts = story.facts()
    assert [found.ref if (found := facts.sanction(name)) else None for name in (ref, "case-1#1", None)] == [
        ref,
        None,
        None,
    ]


def test_needs_shut_channels_as_the_edition_says():
    assert Story().facts().shuts["anxiety_phone"] == ("phone",)
    assert set(Story().facts().shuts) == set(EDITION.needs)


# --- The look


def test_a_look_sees_the_sanction_acted_on_directly_or_through_its_appeal():
    story = opened()
    ref = told(story)
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    looks = (
        story.look(LiftSanction(sanction=ref)),
        story.look(DecideAppeal(appeal=appeal, outcome="upheld")),
        story.look(GiveNotice(about=ref)),
        story.look(AddNote(text="x")),
    )
    assert [look.sanction.ref if look.sanction else None for look in looks] == [ref, ref, ref, None]
    assert [look.appeal.ref if look.appeal else None for look in looks] == [None, appeal, None, None]
    assert [look.told.ref if look.told else None for look in looks] == [ref, appeal, ref, None]


def test_the_measure_in_question_is_the_draft_or_that_of_its_target():
    story = opened()
    ref = proposed(story)
    draft = ProposeSanction(remedy="office_access")
    assert story.look(draft).measure == draft
    assert story.look(ApproveSanction(sanction=ref)).measure == story.facts().case.sanctions[ref].measure
    assert Look(story.facts(), ProposeSanction).measure is None
    assert story.look(AddNote(text="x")).measure is None


@pytest.mark.parametrize(
    ("file", "case", "flag"), [("case-1", True, False), ("flag-1", False, True), ("carol", False, False)]
)
def test_a_look_holds_its_file_as_a_case_or_a_flag(file, case, flag):
    look = Story().look(AddNote(text="x"), file=file)
    assert (look.case is look.facts.file, look.flag is look.facts.file) == (case, flag)


# --- Duties on a day


PROMISE = Promise("give_notice", "5.1", DAY, ("case_officer",), "case-1#3")
BEFORE, AFTER = date(2021, 8, 5), date(2021, 8, 7)


@pytest.mark.parametrize(
    ("changes", "is_open", "overdue"),
    [
        ({}, [True, True, True], [False, False, True]),
        ({"done_on": BEFORE}, [False, False, False], [False, False, False]),
        ({"falls_away_on": DAY}, [True, True, False], [False, False, False]),
        ({"falls_away_on": AFTER}, [True, True, True], [False, False, True]),
    ],
)
def test_h8_a_duty_is_open_until_done_or_fallen_away_and_overdue_after_its_day(changes, is_open, overdue):
    duty = replace(Duty(PROMISE, "case-1", "case-1#4"), **changes)
    days = (BEFORE, DAY, AFTER)
    assert [duty.open_on(day) for day in days] == is_open
    assert [duty.overdue_on(day) for day in days] == overdue


def test_the_actor_acts_in_every_role_they_hold_that_day():
    assert Story().facts(by="dana").roles == {"colleague", "manager"}
    story = Story()
    story.add("carol", RecordNeed(need="autism"))
    story.add("flag-1", ProposeFlag(subject="carol"))
    story.add("flag-1", ApproveFlag())
    story.add("flag-1", EndFlag())
    assert story.facts("flag-1").person.live_flags(DAY) == []
