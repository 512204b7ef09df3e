"""What a decision makes of a measure that stands already."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks.varying import appeal_leaves_no_worse, end_day_known
from evenhand.casework.steps.appeal import DecideAppeal
from evenhand.casework.steps.decision import ProposeSanction, Terms
from evenhand.casework.steps.opening import BringInSanction
from evenhand.policy.findings import Verdict, met, not_met
from tests.casework.build import EDITION
from tests.casework.checks.measures import opened, sanction_of, told

WORSE = not_met("Nobody may fare worse for appealing: keep to the terms and the last day as they were, or soften.")
NO_WORSE = met("The person fares no worse than before the appeal.")
KNOWN = met("It is known until when it binds.")
UNKNOWN_END = not_met("Nobody knows until when this binds: correct the entry that brought it in, or end it.")


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, NO_WORSE),
        ({"ends_on": date(2022, 1, 31)}, NO_WORSE),
        ({"ends_on": date(2021, 12, 31)}, NO_WORSE),
        ({"ends_on": date(2022, 2, 1)}, WORSE),
        ({"terms": Terms()}, NO_WORSE),
        ({"terms": Terms(offices=("High Street", "Mill Lane"))}, WORSE),
    ],
)
def test_appeal_leaves_no_worse_whoever_appeals(changes, verdict):
    story = opened()
    ref = told(story, remedy="office_access", ends_on="2022-01-31", terms={"offices": ["High Street"]})
    draft = DecideAppeal(outcome="varied", **changes)
    assert appeal_leaves_no_worse(story.facts(), sanction_of(story, ref), draft) == verdict


def test_appeal_leaves_no_worse_where_the_measure_had_no_end():
    story = opened()
    ref = told(story, remedy="office_access", terms={"offices": ["High Street"]})
    shorter = DecideAppeal(outcome="varied", ends_on=date(2030, 1, 1))
    assert appeal_leaves_no_worse(story.facts(), sanction_of(story, ref), shorter) == NO_WORSE


def ending(**measure: object) -> Verdict:
    """The answer for a measure brought in from before."""
    story = opened()
    ref = story.add("case-1", BringInSanction.model_validate({"subject": "carol", **measure}))
    return end_day_known(story.facts(), sanction_of(story, ref))


def test_end_day_known_of_what_was_brought_in():
    assert ending(remedy="office_access") == UNKNOWN_END
    assert ending(remedy="office_access", ends_on="2022-01-31") == KNOWN
    assert ending(remedy="warning_letter") == KNOWN
    assert ending(remedy="civil_injunction") == KNOWN
    assert ending() == UNKNOWN_END


def test_end_day_known_of_a_court_measure_whatever_the_catalogue_now_says():
    story = opened()
    ref = story.add("case-1", ProposeSanction(remedy="civil_injunction"))
    remedies = {name: rule for name, rule in EDITION.remedies.items() if name != "civil_injunction"}
    facts = replace(story.facts(), edition=replace(EDITION, remedies=remedies))
    assert end_day_known(facts, sanction_of(story, ref)) == KNOWN
