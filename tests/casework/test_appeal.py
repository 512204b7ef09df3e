"""An appeal from its receipt to its decision."""

from datetime import date

import pytest

from evenhand.casework.appeal import Appeal
from evenhand.casework.steps.appeal import (
    AssignAppeal,
    DecideAppeal,
    DecideLateAppeal,
    ReceiveAppeal,
    SuspendSanction,
)
from evenhand.casework.steps.control import CorrectEntry
from evenhand.casework.steps.notice import ReviewSanction
from tests.casework.build import DAY, Story
from tests.casework.checks.measures import APPEAL_BY, opened, told


def received(on: date | None = None) -> tuple[Story, str]:
    """An appeal against a warning told on 4 August 2021, received on a day."""
    story = opened()
    return story, story.add("case-1", ReceiveAppeal(against=told(story), received_on=on))


def appeal_of(story: Story, ref: str) -> Appeal:
    return story.facts().case.appeals[ref]


def test_h7_an_appeal_on_its_last_day_is_in_time_and_a_day_later_late():
    in_time, late = (appeal_of(*received(day)) for day in (APPEAL_BY, date(2021, 8, 19)))
    assert (in_time.is_late, in_time.admitted, in_time.state) == (False, True, "admitted")
    assert (late.is_late, late.admitted, late.state) == (True, None, "late")


def test_an_appeal_counts_from_the_day_it_was_recorded_where_no_other_is_said():
    assert appeal_of(*received()).received_on == DAY


def test_h7_a_corrected_day_of_receipt_counts():
    story, ref = received(date(2021, 8, 19))
    story.add("case-1", CorrectEntry(entry=ref, changes={"received_on": "2021-08-18"}, reasons="Stamped then."))
    assert appeal_of(story, ref).is_late is False


def test_h7_where_no_last_day_was_given_no_appeal_is_late():
    story, _ = received()
    ref = story.add("case-1", ReceiveAppeal(received_on=date(2030, 1, 1)))
    appeal = appeal_of(story, ref)
    assert (appeal.is_late, appeal.sanction) == (False, "")


@pytest.mark.parametrize(("admit", "state", "is_open"), [(True, "admitted", True), (False, "refused", False)])
def test_a_late_appeal_is_heard_or_turned_away(admit, state, is_open):
    story, ref = received(date(2021, 8, 19))
    assert appeal_of(story, ref).is_open is True
    story.add("case-1", DecideLateAppeal(appeal=ref, admit=admit))
    appeal = appeal_of(story, ref)
    assert (appeal.admitted, appeal.state, appeal.is_open) == (admit, state, is_open)


def test_an_appeal_is_assigned_and_decided():
    story, ref = received()
    assert appeal_of(story, ref).officer == ""
    story.add("case-1", AssignAppeal(appeal=ref, officer="sam"))
    story.add("case-1", AssignAppeal(appeal=ref, external_officer="Ann Lee, Harbourside"))
    assert (appeal_of(story, ref).officer, appeal_of(story, ref).state) == ("Ann Lee, Harbourside", "assigned")
    story.add("case-1", AssignAppeal(appeal=ref, officer="sue"))
    assert appeal_of(story, ref).officer == "sue"
    decided = story.add("case-1", DecideAppeal(appeal=ref, outcome="dismissed"))
    appeal = appeal_of(story, ref)
    assert (appeal.state, appeal.is_open, appeal.decision and appeal.decision.ref) == ("decided", False, decided)


def test_an_appeal_assigned_to_nobody_has_no_officer():
    story, ref = received()
    story.add("case-1", AssignAppeal(appeal=ref))
    assert appeal_of(story, ref).officer == ""


def test_an_appeal_holds_what_was_done_on_it_alone():
    story, ref = received()
    other = story.add("case-1", ReceiveAppeal(against="case-1#3"))
    story.add("case-1", SuspendSanction(appeal=ref))
    assert (len(appeal_of(story, ref).suspensions), len(appeal_of(story, other).suspensions)) == (1, 0)
    assert (appeal_of(story, ref).decision, appeal_of(story, ref).ref) == (None, ref)


def test_an_appeal_against_a_review_is_one_against_its_measure():
    story = opened()
    ref = told(story)
    review = story.add("case-1", ReviewSanction(sanction=ref, outcome="continue"))
    appeal = story.add("case-1", ReceiveAppeal(against=review))
    assert appeal_of(story, appeal).sanction == ref
