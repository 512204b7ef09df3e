"""What an edition may name, and what a look at each step can hold."""

import pytest

from evenhand.casework.checks import CHECKS
from evenhand.casework.duties import DUTIES
from evenhand.casework.facts import Look
from evenhand.casework.steps import STEPS
from evenhand.casework.traits import TRAITS
from evenhand.casework.vocabulary import PERIODS, VOCABULARY, offers
from tests.casework.build import EDITION, Story

EVERY = {"facts", "draft"}


@pytest.mark.parametrize(
    ("step", "more"),
    [
        ("report_incident", set()),
        ("record_need", set()),
        ("add_note", {"case", "flag", "inquiry"}),
        ("open_case", {"case"}),
        ("approve_flag", {"flag"}),
        ("propose_sanction", {"case", "measure"}),
        ("approve_sanction", {"case", "sanction", "measure", "told"}),
        ("give_notice", {"case", "sanction", "measure", "told"}),
        ("defer_telling", {"case", "sanction", "measure", "told"}),
        ("receive_appeal", {"case", "sanction", "measure", "told"}),
        ("decide_appeal", {"case", "sanction", "measure", "told", "appeal"}),
        ("countersign", {"case", "flag", "inquiry"}),
    ],
)
def test_a_look_at_a_step_can_hold(step, more):
    assert offers(STEPS[step]) == EVERY | more


def test_everything_offered_is_part_of_a_look():
    looks = {name for step in STEPS.values() for name in offers(step)}
    look = Look(Story().facts(), STEPS["add_note"])
    assert [name for name in looks if not hasattr(look, name)] == []


def test_every_check_asks_for_what_some_step_offers():
    looks = {name for step in STEPS.values() for name in offers(step)}
    assert [name for name, check in CHECKS.items() if not set(check.looks_at) <= looks] == []


def test_the_vocabulary_is_what_the_core_has():
    assert (VOCABULARY.checks, VOCABULARY.duties, VOCABULARY.traits) == (CHECKS, DUTIES, TRAITS)
    assert {name: (kind.decides, kind.follows) for name, kind in VOCABULARY.steps.items()} == {
        name: (step.decides, step.follows) for name, step in STEPS.items()
    }


def test_the_shipped_edition_gives_every_period_that_is_counted_by_name():
    assert set(EDITION.periods) >= PERIODS
    assert {
        rule.parameters for rule in EDITION.remedies.values() if set(rule.parameters) - VOCABULARY.remedy_parameters
    } == set()
