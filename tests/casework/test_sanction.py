"""A measure from its proposal to its end: days and intervals, whatever happens on the way."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal, SuspendSanction
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import MarkDeath
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DeclineSanction,
    InstructLegal,
    ProposeSanction,
    RecordCourtOutcome,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.notice import (
    GiveNotice,
    LiftSanction,
    RecordBreach,
    RecordReturn,
    ReviewSanction,
)
from evenhand.casework.steps.opening import BringInSanction
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import (
    APPEAL_BY,
    APPROVED,
    REVIEW_BY,
    TOLD,
    approved,
    opened,
    proposed,
    sanction_of,
    told,
)

OFFICES: dict[str, Any] = {
    "remedy": "office_access",
    "ends_on": "2022-01-31",
    "terms": {"offices": ["High Street"]},
}
ENDS = date(2022, 1, 31)


def days(sanction: Sanction) -> dict[str, date | None]:
    names = ("approved_on", "told_on", "imposed_on", "appeal_by", "review_by", "ends_on", "lapses_on", "ended_on")
    return {name: day for name in names if (day := getattr(sanction, name)) is not None}


def standing() -> tuple[Story, str]:
    """A restriction on offices told on 4 August 2021 that runs to the end of January."""
    story = opened()
    return story, told(story, **OFFICES)


def after(story: Story, ref: str, *steps: StepData, on: date = DAY) -> Sanction:
    for step in steps:
        story.add("case-1", step, on=on)
    return sanction_of(story, ref)


def test_a_measure_comes_about_step_by_step():
    story = opened()
    ref = proposed(story, **OFFICES)
    assert (days(sanction_of(story, ref)), sanction_of(story, ref).is_open_proposal) == ({}, True)
    story.add("case-1", ApproveSanction(sanction=ref), by="sam", on=APPROVED)
    assert days(sanction_of(story, ref)) == {"approved_on": APPROVED}
    story.add("case-1", GiveNotice(about=ref, how="email"), on=TOLD)
    assert days(sanction_of(story, ref)) == {
        "approved_on": APPROVED,
        "told_on": TOLD,
        "imposed_on": TOLD,
        "appeal_by": APPEAL_BY,
        "review_by": REVIEW_BY,
        "ends_on": ENDS,
        "lapses_on": ENDS,
    }
    assert sanction_of(story, ref).review_from == date(2021, 9, 4)


def test_an_approval_that_was_not_the_last_needed_does_not_count():
    story = opened()
    ref = proposed(story)
    story.add("case-1", ApproveSanction(sanction=ref), by="olu")
    sanction = sanction_of(story, ref)
    assert (sanction.approved_on, sanction.is_open_proposal) == (None, True)


@pytest.mark.parametrize(
    ("day", "stands"),
    [(date(2021, 8, 3), False), (TOLD, True), (ENDS, True), (date(2022, 2, 1), False)],
)
def test_a_measure_stands_from_its_notice_to_its_last_day(day, stands):
    story, ref = standing()
    sanction = sanction_of(story, ref)
    assert (sanction.bound_on(day), sanction.live_on(day)) == (stands, stands)


def test_a_measure_never_told_never_stands():
    story = opened()
    assert sanction_of(story, approved(story, **OFFICES)).bound_on(ENDS) is False


@pytest.mark.parametrize(
    "step",
    [
        LiftSanction(sanction="case-1#3"),
        DeclineSanction(sanction="case-1#3"),
        MarkDeath(),
        ReviewSanction(sanction="case-1#3", outcome="lift"),
        RecordCourtOutcome(sanction="case-1#3", outcome="discharged"),
        RecordCourtOutcome(sanction="case-1#3", outcome="refused"),
        RecordCourtOutcome(sanction="case-1#3", outcome="withdrawn"),
    ],
)
def test_what_ends_a_measure_ends_it_that_day(step):
    story, ref = standing()
    sanction = after(story, ref, step)
    assert sanction.ended_on == DAY
    assert (sanction.bound_on(date(2021, 8, 5)), sanction.bound_on(DAY)) == (True, False)


@pytest.mark.parametrize(
    "step",
    [
        ReviewSanction(sanction="case-1#3", outcome="continue"),
        RecordCourtOutcome(sanction="case-1#3", outcome="adjourned"),
        RecordBreach(sanction="case-1#3", what="x"),
    ],
)
def test_what_does_not_end_a_measure_leaves_it_standing(step):
    story, ref = standing()
    sanction = after(story, ref, step)
    assert (sanction.ended_on, sanction.bound_on(DAY)) == (None, True)


def test_an_appeal_upheld_quashes_a_measure_and_leaves_an_order_to_the_court():
    story, ref = standing()
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    assert after(story, ref, DecideAppeal(appeal=appeal, outcome="upheld")).ended_on == DAY
    story = opened()
    ref = approved(story, remedy="civil_injunction")
    story.add("case-1", RecordCourtOutcome(sanction=ref, outcome="made"))
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    assert after(story, ref, DecideAppeal(appeal=appeal, outcome="upheld")).ended_on is None


def test_a_suspended_measure_stands_and_does_not_restrain():
    story, ref = standing()
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    sanction = after(story, ref, SuspendSanction(appeal=appeal, until=date(2021, 8, 10)))
    assert sanction.suspended == ((DAY, date(2021, 8, 10)),)
    watched = (date(2021, 8, 5), DAY, date(2021, 8, 9), date(2021, 8, 10))
    assert [sanction.live_on(day) for day in watched] == [True, False, False, True]
    assert [sanction.bound_on(day) for day in watched] == [True, True, True, True]


def test_a_suspension_without_a_day_ends_with_the_appeal():
    story, ref = standing()
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    assert after(story, ref, SuspendSanction(appeal=appeal)).live_on(ENDS) is False
    sanction = after(story, ref, DecideAppeal(appeal=appeal, outcome="dismissed"), on=date(2021, 8, 20))
    assert (sanction.suspended, sanction.live_on(ENDS)) == (((DAY, date(2021, 8, 20)),), True)


SUSPENDING = replace(EDITION, settings=EDITION.settings.model_copy(update={"suspend_overdue_sanctions": True}))
"""A landlord under whom a measure does not bite while its review is overdue."""
MISSED = date(2021, 11, 5)


def test_h8_an_overdue_review_suspends_a_measure_where_the_landlord_says_so():
    story = opened(edition=SUSPENDING)
    ref = told(story, **OFFICES)
    sanction = sanction_of(story, ref)
    assert (sanction.suspended, sanction.bound_on(MISSED)) == (((MISSED, None),), True)
    assert [sanction.live_on(day) for day in (REVIEW_BY, MISSED, ENDS)] == [True, False, False]
    held = after(story, ref, ReviewSanction(sanction=ref, outcome="continue", reasons="x"), on=date(2021, 11, 20))
    assert held.suspended == ((MISSED, date(2021, 11, 20)),)
    assert [held.live_on(day) for day in (date(2021, 11, 19), date(2021, 11, 20), ENDS)] == [False, True, True]


def test_h8_a_review_in_time_leaves_nothing_suspended_and_a_return_undoes_the_day():
    story = opened(edition=SUSPENDING)
    ref = told(story, **OFFICES)
    held = after(story, ref, ReviewSanction(sanction=ref, outcome="continue", reasons="x"), on=REVIEW_BY)
    assert held.suspended == ()
    story = opened(edition=SUSPENDING)
    ref = told(story, **OFFICES)
    assert after(story, ref, RecordReturn(notice="case-1#5")).suspended == ()


def test_h8_no_overdue_review_suspends_what_a_court_ordered():
    story = opened(edition=SUSPENDING)
    ref = approved(story, remedy="civil_injunction")
    order = RecordCourtOutcome(sanction=ref, outcome="made", expires_on=ENDS)
    sanction = after(story, ref, order)
    assert (sanction.suspended, sanction.live_on(ENDS)) == ((), True)


def test_h8_an_overdue_review_suspends_nothing_where_the_landlord_does_not_say_so():
    story, ref = standing()
    assert (sanction_of(story, ref).suspended, sanction_of(story, ref).live_on(MISSED)) == ((), True)


def test_h7_a_notice_that_came_back_never_had_an_effect():
    story, ref = standing()
    sanction = after(story, ref, RecordReturn(notice="case-1#5"))
    assert (sanction.told_on, sanction.imposed_on, sanction.appeal_by, sanction.lapses_on) == (None, None, None, None)
    assert (sanction.notices, sanction.bound_on(DAY)) == ([], False)
    sanction = after(story, ref, GiveNotice(about=ref, how="email"), on=date(2021, 8, 9))
    assert (sanction.told_on, sanction.imposed_on, sanction.appeal_by) == (
        date(2021, 8, 9),
        date(2021, 8, 9),
        date(2021, 8, 23),
    )


def test_h7_a_second_notice_leaves_the_first_day_and_gives_more_time_to_appeal():
    story, ref = standing()
    sanction = after(story, ref, GiveNotice(about=ref, how="email"))
    assert (sanction.told_on, sanction.imposed_on, sanction.appeal_by) == (TOLD, TOLD, date(2021, 8, 20))


def test_h7_a_continued_measure_has_no_last_day_for_an_appeal_until_that_is_told():
    story, ref = standing()
    review = story.add("case-1", ReviewSanction(sanction=ref, outcome="continue"), on=DAY)
    assert sanction_of(story, ref).appeal_by is None
    notice = story.add("case-1", GiveNotice(about=review, how="email"), on=date(2021, 8, 9))
    assert sanction_of(story, ref).appeal_by == date(2021, 8, 23)
    assert after(story, ref, RecordReturn(notice=notice)).appeal_by is None


def test_h7_a_lifting_gives_no_new_time_to_appeal():
    story, ref = standing()
    assert after(story, ref, ReviewSanction(sanction=ref, outcome="lift")).appeal_by == APPEAL_BY


def test_h8_a_review_sets_the_next_and_an_overdue_measure_stands_and_shows_it():
    story, ref = standing()
    sanction = sanction_of(story, ref)
    late = date(2021, 11, 5)
    assert [sanction.review_overdue_on(day) for day in (REVIEW_BY, late, date(2022, 2, 1))] == [False, True, False]
    assert sanction.live_on(late) is True
    sanction = after(story, ref, ReviewSanction(sanction=ref, outcome="continue"), on=late)
    assert (sanction.review_from, sanction.review_by) == (None, None)
    assert len(sanction.reviews) == 1


def test_terms_are_those_last_varied():
    story, ref = standing()
    assert sanction_of(story, ref).terms == Terms(offices=("High Street",))
    phone, letters = Terms(channels_open=("phone",)), Terms(channels_open=("post",))
    assert after(story, ref, ReviewSanction(sanction=ref, outcome="vary", terms=phone)).terms == phone
    assert after(story, ref, ReviewSanction(sanction=ref, outcome="continue")).terms == phone
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    assert after(story, ref, DecideAppeal(appeal=appeal, outcome="varied", terms=letters)).terms == letters


def test_an_urgent_action_is_imposed_when_taken_and_approved_by_itself():
    story = opened()
    story.day = DAY
    ref = story.add("case-1", TakeUrgentAction.model_validate(OFFICES))
    sanction = sanction_of(story, ref)
    assert (sanction.is_urgent, sanction.is_open_proposal, sanction.is_ended_untold) == (True, False, False)
    assert (sanction.approved_on, sanction.imposed_on, sanction.told_on) == (DAY, DAY, None)
    assert after(story, ref, LiftSanction(sanction=ref)).is_ended_untold is False


def test_a_measure_brought_in_reads_as_a_proposal_of_the_same_terms():
    story = opened()
    legacy = BringInSanction(
        subject="dave", remedy="office_access", imposed_on=date(2020, 1, 31), notice_given_on=date(2020, 2, 1)
    )
    sanction = sanction_of(story, story.add("case-1", legacy))
    assert sanction.measure == ProposeSanction(subject="dave", remedy="office_access", starts_on=date(2020, 1, 31))
    assert (sanction.is_legacy, sanction.subject, sanction.kinds, sanction.is_warning) == (
        True,
        "dave",
        {"restriction"},
        False,
    )
    assert (sanction.imposed_on, sanction.told_on, sanction.lapses_on) == (date(2020, 1, 31), date(2020, 2, 1), None)
    assert sanction.bound_on(date(2030, 1, 1)) is True


def test_a_measure_binds_the_person_of_the_case_unless_it_names_another():
    story = opened()
    refs = [proposed(story), proposed(story, subject="dave")]
    assert [sanction_of(story, ref).subject for ref in refs] == ["carol", "dave"]
    assert [sanction_of(story, ref).is_warning for ref in refs] == [True, True]


def test_what_ended_before_anybody_was_told_is_ended_untold():
    story = opened()
    ref = approved(story, **OFFICES)
    sanction = after(story, ref, LiftSanction(sanction=ref))
    assert (sanction.is_ended_untold, sanction.is_declined, sanction.is_open_proposal) == (True, False, False)
    declined = proposed(story)
    sanction = after(story, declined, DeclineSanction(sanction=declined))
    assert (sanction.is_declined, sanction.is_open_proposal) == (True, False)


def test_breaches_and_instructions_are_kept_with_the_measure():
    story, ref = standing()
    sanction = after(
        story, ref, RecordBreach(sanction=ref, what="x"), InstructLegal(sanction=ref, adviser="Wells and Co")
    )
    assert ([entry.ref for entry in sanction.breaches], [entry.ref for entry in sanction.legal_instructions]) == (
        ["case-1#6"],
        ["case-1#7"],
    )
