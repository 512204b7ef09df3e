"""Flags: what they rest on, who approves them, when they come back, and disputes."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks.flags import (
    approver_apart_from_flag,
    category_and_controls_named,
    decider_apart_from_flag,
    flag_dispute_in_time,
    flag_evidence_since,
    flag_review_in_time,
    flag_review_in_window,
    flag_subject_identified,
    incident_cited,
)
from evenhand.casework.flag import FlagFile
from evenhand.casework.steps.flag import ApproveFlag, DecideFlagDispute, DisputeFlag, ProposeFlag, ReviewFlag
from evenhand.casework.steps.incident import MakeSafe, ReportIncident
from evenhand.policy.findings import Outcome, Promise, met, not_met, unknown
from tests.casework.build import DAY, EDITION, REGISTERS, Story, with_staff

APART = met("Whoever does this took no part in it.")
PROPOSAL = {"subject": "carol", "category": "physical", "control_measures": ("two_people",), "incident": "incident-1"}


def flagged(*, approve=False, **changes):
    """A flag on Carol that Max proposed on Olu's report, and Mina approved where asked."""
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol", affected=("dana",)))
    story.add("flag-1", ProposeFlag.model_validate({**PROPOSAL, **changes}), by="max", role="manager")
    if approve:
        story.add("flag-1", ApproveFlag(review_on=date(2021, 12, 1)), by="mina", role="manager")
    return story


def flag_of(story):
    file = story.facts("flag-1").file
    assert isinstance(file, FlagFile)
    return file


def test_incident_cited_is_a_report_about_the_same_person():
    story = flagged()
    story.add("incident-2", MakeSafe(what="Left at once."))
    facts, rests = story.facts("flag-1"), met("It rests on a report of what happened.")
    assert incident_cited(facts, ProposeFlag(subject="carol", incident="incident-1")) == rests
    assert incident_cited(facts, ProposeFlag(place="100", incident="incident-1")) == rests
    assert incident_cited(facts, ProposeFlag(subject="carol", incident="incident-2")) == rests
    assert incident_cited(facts, ProposeFlag(subject="dave", incident="incident-1")) == not_met(
        "The report is about somebody else: a flag on a person rests on what that person did."
    )


@pytest.mark.parametrize("incident", [None, "incident-9", "flag-1"])
def test_incident_cited_must_be_on_record(incident):
    assert incident_cited(flagged().facts("flag-1"), ProposeFlag(incident=incident)) == not_met(
        "No report is cited: a flag rests on something that happened, so name the report."
    )


def test_incident_cited_must_hold_something():
    assert incident_cited(Story().facts("incident-1"), ProposeFlag(incident="incident-1")).outcome is Outcome.NOT_MET


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ({"category": "physical", "subject": "carol"}, met("The person is named.")),
        (
            {"category": "physical", "place": "100"},
            not_met("A flag of this kind is on a person: say who it is about."),
        ),
        ({"subject": "carol"}, met("The person is named.")),
        ({"place": "100"}, met("The place is named.")),
        ({}, not_met("A flag of this kind is on a person: say who it is about.")),
        ({"category": "animals", "place": "100"}, met("The place is named.")),
        (
            {"category": "place_hazard", "subject": "carol"},
            not_met("A flag of this kind is on a place: name the property."),
        ),
    ],
)
def test_h10_flag_subject_identified_by_the_kind_of_flag(draft, verdict):
    assert flag_subject_identified(Story().facts("flag-1"), ProposeFlag(**draft)) == verdict


def test_category_and_controls_named_says_what_is_missing():
    whole = ProposeFlag(category="physical", control_measures=("two_people",))
    assert category_and_controls_named(whole) == met("The kind of flag and what to do are named.")
    assert category_and_controls_named(ProposeFlag()) == not_met(
        "It does not say what kind of flag it is and what a visitor should do: choose from the lists."
    )


def test_h4_approver_apart_from_whoever_asked_for_the_flag_or_was_affected():
    story = flagged()
    flag = flag_of(story)
    assert approver_apart_from_flag(story.facts("flag-1", by="mina"), flag) == APART
    assert approver_apart_from_flag(story.facts("flag-1", by="max"), flag) == not_met(
        "Max Reed proposed the decision: it takes somebody with no part in it."
    )
    assert approver_apart_from_flag(story.facts("flag-1", by="dana"), flag) == not_met(
        "Dana Cole was affected by what happened: it takes somebody with no part in it."
    )
    story.registers = with_staff(REGISTERS, "mina", connections=frozenset({"carol"}))
    assert approver_apart_from_flag(story.facts("flag-1", by="mina"), flag).outcome is Outcome.NOT_MET


def test_decider_apart_from_flag_is_not_its_approver():
    story = flagged(approve=True)
    flag = flag_of(story)
    assert decider_apart_from_flag(story.facts("flag-1", by="sue"), flag) == APART
    assert decider_apart_from_flag(story.facts("flag-1", by="mina"), flag) == not_met(
        "Mina Shah approved the decision: it takes somebody with no part in it."
    )


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (DAY, Outcome.NOT_MET),
        (date(2021, 8, 7), Outcome.MET),
        (date(2022, 2, 6), Outcome.MET),
        (date(2022, 2, 7), Outcome.NOT_MET),
    ],
)
def test_flag_review_in_window_of_its_kind(day, outcome):
    story = flagged()
    facts, flag = story.facts("flag-1"), flag_of(story)
    assert flag_review_in_window(facts, flag, ApproveFlag(review_on=day)).outcome is outcome
    assert flag_review_in_window(facts, flag, ReviewFlag(outcome="keep", next_review_on=day)).outcome is outcome


def test_flag_review_in_window_keeps_the_day_proposed_where_the_approval_names_none():
    story = flagged(review_on="2021-11-01")
    facts, flag = story.facts("flag-1"), flag_of(story)
    assert flag_review_in_window(facts, flag, ApproveFlag()) == met("Its review falls within the time given.")
    assert flag_review_in_window(facts, flag, ReviewFlag(outcome="keep")) == not_met(
        "No day is set for its review: choose one, 6 February 2022 at the latest."
    )
    late = ReviewFlag(outcome="keep", next_review_on=date(2022, 3, 1))
    assert flag_review_in_window(facts, flag, late) == not_met(
        "1 March 2022 is outside the time for its review: 6 February 2022 at the latest."
    )


def test_flag_review_in_window_where_no_kind_was_given():
    story = flagged(category=None)
    facts, flag = story.facts("flag-1"), flag_of(story)
    assert flag_review_in_window(facts, flag, ApproveFlag()) == unknown(
        "The flag has no kind yet, so its time for review is not known."
    )
    empty = FlagFile("flag-2", ())
    rules = replace(EDITION, flags={"": EDITION.flags["physical"]})
    assert flag_review_in_window(replace(facts, edition=rules), empty, ApproveFlag()).outcome is Outcome.NOT_MET


def test_flag_evidence_since_it_was_last_decided_on():
    story = flagged(approve=True)
    facts, keep = story.facts("flag-1"), ReviewFlag(outcome="keep")
    kept = ReviewFlag(outcome="keep", evidence="A threat in July.")
    assert flag_evidence_since(facts, flag_of(story), kept) == met("It is said what speaks for keeping it.")
    assert flag_evidence_since(facts, flag_of(story), keep) == not_met(
        "Nothing since 6 August 2021 is said to speak for keeping it: name it, or end the flag."
    )
    story.add("flag-1", kept, on=date(2021, 12, 1))
    assert flag_evidence_since(story.facts("flag-1"), flag_of(story), keep) == not_met(
        "Nothing since 1 December 2021 is said to speak for keeping it: name it, or end the flag."
    )


def test_flag_review_in_time_until_its_last_day():
    story = flagged(approve=True)
    flag, in_time = flag_of(story), met("The review is in time.")
    assert flag_review_in_time(story.facts("flag-1", on=date(2021, 12, 1)), flag) == in_time
    assert flag_review_in_time(story.facts("flag-1", on=date(2021, 12, 2)), flag) == not_met(
        "The flag was due for review by 1 December 2021."
    )
    proposed = flagged()
    assert flag_review_in_time(proposed.facts("flag-1"), flag_of(proposed)) == in_time


def test_flag_dispute_in_time_by_the_day_promised():
    story, draft = flagged(approve=True), DecideFlagDispute(outcome="dismissed")
    assert flag_dispute_in_time(story.facts("flag-1"), flag_of(story), draft) == met("No last day was set for this.")
    promise = Promise("decide_flag_dispute", "5.3", date(2021, 9, 6), ("manager",), "flag-1#3")
    assert story.add("flag-1", DisputeFlag(why="Not me."), promises=(promise,)) == "flag-1#3"
    late = story.facts("flag-1", on=date(2021, 9, 7))
    assert flag_dispute_in_time(late, flag_of(story), draft) == not_met("This was due by 6 September 2021.")
    untitled = replace(late, edition=replace(EDITION, duties={}))
    assert flag_dispute_in_time(untitled, flag_of(story), draft).outcome is Outcome.NOT_MET
