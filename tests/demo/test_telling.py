"""Stories are told in working days, with words put in, up to this morning."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from evenhand.demo.telling import Days, Telling, filled, lines_of, name_of, spines, tellings
from evenhand.policy.clock import Calendar, london_instant

ENGLAND = Calendar.of("england")
MONDAY = date(2026, 11, 23)
PEOPLE = {who: who for who in ("colleague", "officer", "manager", "customer")}


def telling(**words):
    said = {"what": "A row.", "behaviours": ["abusive"], "topic": "repairs", "channel": "phone", "said": "", **words}
    said |= {"told_reporter": "Seen to.", "breakdown": "Calls end in shouting.", "tried": "A call back."}
    return Telling("warned", 3, said, ("reported", "opened"), None)


def test_days_are_working_days_counted_from_the_first():
    days = Days(ENGLAND, MONDAY, 3)
    assert (days.first, days.day(2), days.day(3)) == (date(2026, 11, 18), date(2026, 11, 20), MONDAY)


def test_days_pass_over_bank_holidays():
    assert Days(ENGLAND, date(2026, 12, 29), 1).first == date(2026, 12, 24)


def test_words_and_days_are_put_in_and_what_is_empty_is_left_out():
    words = {"name": "Ada", "kinds": ["abusive"], "said": ""}
    data = {"what": "$name rang.", "behaviours": "$kinds", "words_said": "$said", "in": [{"who": "${name}"}]}
    assert filled(data, words) == {"what": "Ada rang.", "behaviours": ["abusive"], "in": [{"who": "Ada"}]}


def test_what_lies_after_this_morning_has_not_happened():
    lines = lines_of(7, telling(), PEOPLE, Days(ENGLAND, MONDAY, 1), MONDAY)
    assert [(line.story, line.step) for line in lines] == [(7, "report_incident"), (7, "offer_staff_support")]
    assert lines[0].at == london_instant("2026-11-20T10:05")
    assert lines[0].data["happened_on"] == "2026-11-20"


def test_a_story_may_be_left_lying():
    left = Telling("warned", 60, telling().words, ("reported", "opened"), 1)
    lines = lines_of(0, left, PEOPLE, Days(ENGLAND, MONDAY, 60), MONDAY)
    assert lines[-1].step == "open_case"


def test_a_word_that_is_missing_is_named():
    left = telling()
    with pytest.raises(KeyError) as missing:
        lines_of(0, Telling("warned", 60, {}, left.parts, None), PEOPLE, Days(ENGLAND, MONDAY, 60), MONDAY)
    assert missing.value.args == ("what",)


def test_one_story_has_the_parts_and_words_of_the_one_it_is_like():
    assert set(spines()["warned"]["story"]) < set(spines()["contract"]["story"])
    assert spines()["joint"]["words"]["obligation"] == spines()["warned"]["words"]["obligation"]


def test_there_are_stories_enough():
    told = [one for one in tellings() if one.spine not in ("reports", "flags", "people")]
    assert len(told) == 62


def test_a_name_is_never_given_twice():
    first = name_of("case", MONDAY, Random(1), ())
    assert (first[:8], name_of("case", MONDAY, Random(1), {first}) != first) == ("UC-2026-", True)
