"""Doing things by their day, and departing from a day that the policy only aims at."""

from dataclasses import replace
from datetime import date

from evenhand.casework.checks.timing import in_time, promised_by
from evenhand.casework.steps.control import AddNote
from evenhand.policy.findings import Promise, met, not_met
from tests.casework.build import EDITION, Story

LAST, LATE = date(2021, 8, 6), date(2021, 8, 7)
SOFT = {**EDITION.periods, "notice": EDITION.periods["notice"].model_copy(update={"soft": True})}


def test_in_time_counts_the_last_day_whole():
    facts, draft = Story().facts(), AddNote(text="-")
    assert in_time(facts, draft, on=LAST, by=LAST, period="notice") == met("In time: the last day is 6 August 2021.")
    assert in_time(facts, draft, on=LATE, by=LAST, period="notice") == not_met("This was due by 6 August 2021.")


def test_in_time_where_no_day_was_set_is_met():
    assert in_time(Story().facts(), AddNote(text="-"), on=LATE, by=None, period=None) == met(
        "No last day was set for this."
    )


def test_in_time_lets_only_a_soft_period_slip_and_only_for_a_reason():
    facts = Story(edition=replace(EDITION, periods=SOFT)).facts()
    reasoned = AddNote(text="-", departures={"notice": "She was in hospital."})
    assert in_time(facts, reasoned, on=LATE, by=LAST, period="notice") == met(
        "Later than 6 August 2021, for a recorded reason: She was in hospital."
    )
    late = not_met("This was due by 6 August 2021.")
    assert in_time(facts, AddNote(text="-"), on=LATE, by=LAST, period="notice") == late
    assert in_time(facts, reasoned, on=LATE, by=LAST, period=None) == late
    assert in_time(Story().facts(), reasoned, on=LATE, by=LAST, period="notice") == late


def test_promised_by_is_the_last_promise_of_the_duty_about_the_thing():
    story = Story()
    for day, about in ((LAST, "case-1#1"), (LATE, "case-1#1"), (date(2021, 9, 1), "case-1#2")):
        story.add("case-1", AddNote(text="-"), promises=(Promise("give_notice", "5.1", day, ("case_officer",), about),))
    entries = story.facts().file.entries
    assert promised_by(entries, "give_notice", "case-1#1") == LATE
    assert promised_by(entries, "review_sanction", "case-1#1") is None
