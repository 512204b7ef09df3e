"""What an edition answers once it is read."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.policy.clock import Calendar, Period
from evenhand.policy.parsing import parse
from tests.policy.small_edition import SOUND, changed, vocabulary


@pytest.fixture(scope="module")
def edition():
    return parse(SOUND, vocabulary())


def test_edition_has_its_id_and_the_calendar_of_its_nation(edition):
    assert edition.id == "lane-2021"
    assert edition.calendar == Calendar.of("england")


def test_edition_calendar_has_the_landlord_own_days():
    text = changed(("review_by", "extra_holidays = [2021-12-24]\nnot_holidays = [2021-05-03]\nreview_by"))
    calendar = Calendar.of("england", extra_days=[date(2021, 12, 24)], not_days=[date(2021, 5, 3)])
    assert parse(text, vocabulary()).calendar == calendar


def test_last_day_counts_a_named_period(edition):
    assert edition.last_day("appeal", date(2021, 3, 1)) == date(2021, 3, 15)
    assert edition.last_day("post", date(2021, 4, 1)) == date(2021, 4, 7)
    assert edition.periods["post"].period == Period(working_days=2)


def test_holders_are_those_whose_role_includes_it():
    chained = changed(
        ('title = "Senior officer"', 'title = "Senior officer"\nincludes = ["manager", "senior_officer"]')
    )
    assert parse(chained, vocabulary()).holders == {
        "colleague": {"colleague", "manager", "senior_officer"},
        "manager": {"manager", "senior_officer"},
        "senior_officer": {"senior_officer"},
    }


def test_held_is_the_first_wanted_role_that_somebody_holds(edition):
    wanted = ("senior_officer", "colleague")
    assert edition.held(frozenset({"manager"}), wanted) == "colleague"
    assert edition.held(frozenset({"senior_officer", "manager"}), wanted) == "senior_officer"
    assert edition.held(frozenset({"stranger"}), wanted) is None
    assert edition.held(frozenset({"manager"}), ("nobody",)) is None


def test_kinds_of_a_remedy_are_its_own_with_its_parts(edition):
    assert edition.kinds("warning") == {"warning"}
    assert edition.kinds("bar") == {"restriction", "warning"}
    assert edition.kinds("in our own words") == {"unlisted"}


def test_kinds_of_a_remedy_that_ends_a_home_say_so():
    notice = changed(('kind = "restriction"', 'kind = "court"\npossession = true'))
    assert parse(notice, vocabulary()).kinds("bar") == {"court", "possession", "warning"}


def test_empty_text_says_none(edition):
    assert edition.remedies["warning"].review is None
    assert parse(changed(("[appeals]\n", '[appeals]\nperiod = ""\n')), vocabulary()).appeals.period is None
