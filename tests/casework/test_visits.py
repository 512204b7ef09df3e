"""What a visitor is told: a flag with what to do, none, or unknown. Hazards H9 and H10 are what can go wrong."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.registers import CustomerRecord, Home
from evenhand.casework.steps.flag import ApproveFlag, DisputeFlag, EndFlag, ProposeFlag, ReviewFlag
from evenhand.casework.steps.person import RecordChange
from evenhand.casework.visits import VisitAnswer, visit
from tests.casework.build import DAY, EDITION, REGISTERS, Story

HOMES = replace(
    REGISTERS,
    homes={"100": Home("100", "1 Quarry Rise"), "200": Home("200", "2 Quarry Rise"), "300": Home("300")},
    customers={
        **REGISTERS.customers,
        "dave": CustomerRecord("dave", "Dave Dean", home="100", household=frozenset({"lil"})),
        "lil": CustomerRecord("lil", "Lil Dean"),
    },
)
NONE, UNKNOWN = VisitAnswer("none", as_at=DAY), VisitAnswer("unknown", as_at=DAY)
TWO = VisitAnswer("flag", ("two_people",), ("Go in pairs.",), as_at=DAY)


def flagged(**said) -> Story:
    """A flag that Mina approved."""
    story = Story(registers=HOMES)
    data = {"control_measures": ["two_people"], "instruction": "Go in pairs.", "category": "physical", **said}
    story.add("flag-1", ProposeFlag.model_validate(data))
    story.add("flag-1", ApproveFlag(), by="mina")
    return story


def told(story: Story, *people: str, place: str = "", on: date = DAY) -> VisitAnswer:
    return visit(story.facts("flag-1", on=on).files.values(), HOMES, people, place, on, EDITION)


@pytest.mark.parametrize(
    ("people", "place", "answer"),
    [
        (("carol",), "", TWO),
        ((), "100", TWO),
        ((), "1 QUARRY RISE", TWO),
        (("nell",), "1 Quarry Rise", TWO),
        (("carol", "somebody"), "", TWO),
        (("nell",), "", UNKNOWN),
        ((), "2 Quarry Rise", NONE),
        (("nell",), "300", NONE),
        ((), "", UNKNOWN),
        (("somebody",), "", UNKNOWN),
        (("nell", "somebody"), "", UNKNOWN),
        (("nell",), "9 Nowhere", UNKNOWN),
        ((), "9 Nowhere", UNKNOWN),
    ],
)
def test_visit_h9_is_never_blank(people, place, answer):
    assert told(flagged(subject="carol"), *people, place=place) == answer


@pytest.mark.parametrize("person", ["carol", "dave", "lil"])
def test_visit_h9_finds_everybody_who_lives_together(person):
    assert told(flagged(subject="lil"), place="100") == TWO
    assert told(flagged(subject="carol"), person) == TWO
    assert told(flagged(subject="lil"), person) == TWO


def test_visit_elsewhere_is_not_about_those_at_home():
    assert told(flagged(subject="carol"), "dave", place="200") == NONE


@pytest.mark.parametrize("place", ["200", "2 Quarry Rise"])
def test_visit_finds_a_flag_on_the_place_by_number_and_by_address(place):
    assert told(flagged(place=place, category="place_hazard"), place="200") == TWO
    assert told(flagged(place=place, category="place_hazard"), "nell", place="2 quarry rise") == TWO


def test_visit_finds_a_flag_on_the_home_of_a_person():
    assert told(flagged(place="1 Quarry Rise", category="place_hazard"), "carol") == TWO


def test_visit_h10_keeps_a_persons_flag_off_the_place_they_left():
    story = flagged(subject="carol")
    moved = replace(HOMES, customers={**HOMES.customers, "carol": CustomerRecord("carol", "Carol Dean", home="200")})
    files = story.facts("flag-1").files.values()
    assert visit(files, moved, (), "100", DAY, EDITION) == NONE
    assert visit(files, moved, (), "200", DAY, EDITION) == TWO


def test_visit_h10_shows_no_flag_that_has_ended():
    story = flagged(subject="carol")
    story.add("flag-1", EndFlag())
    assert told(story, "carol") == NONE


def test_visit_says_what_to_do_as_last_reviewed_in_the_editions_order():
    story = flagged(subject="carol")
    story.add(
        "flag-1", ReviewFlag(outcome="change", control_measures=("phone_first", "two_people"), instruction="Ring.")
    )
    assert told(story, "carol") == VisitAnswer("flag", ("two_people", "phone_first"), ("Ring.",), as_at=DAY)


def test_visit_shows_an_overdue_and_a_disputed_flag_and_says_so():
    story = flagged(subject="carol")
    later = date(2022, 3, 1)
    assert told(story, "carol", on=later) == replace(TWO, is_overdue=True, as_at=later)
    story.add("flag-1", DisputeFlag())
    assert told(story, "carol") == replace(TWO, is_disputed=True)


def test_visit_gives_each_instruction_once():
    story = flagged(subject="carol")
    story.add("flag-2", ProposeFlag(subject="carol", control_measures=("phone_first",), instruction="Go in pairs."))
    story.add("flag-2", ApproveFlag(), by="mina")
    story.add("flag-3", ProposeFlag(subject="carol", control_measures=()))
    story.add("flag-3", ApproveFlag(), by="mina")
    assert told(story, "carol") == VisitAnswer("flag", ("two_people", "phone_first"), ("Go in pairs.",), as_at=DAY)


@pytest.mark.parametrize(("about", "met"), [("carol", "dave"), ("dave", "carol")])
def test_visit_h9_finds_a_joint_tenant_whose_home_is_not_known(about, met):
    joint = {"carol": CustomerRecord("carol", "Carol", joint_with=frozenset({"dave"}))}
    registers = replace(HOMES, customers={**joint, "dave": CustomerRecord("dave", "Dave")})
    files = flagged(subject=about).facts("flag-1").files.values()
    assert visit(files, registers, {met}, "", DAY, EDITION) == TWO


def test_visit_h9_finds_a_flag_on_another_record_of_the_same_person():
    story = flagged(subject="carol")
    story.add("nell", RecordChange(change="merge", merged_with="carol"))
    assert told(story, "nell") == TWO


def test_visit_h9_finds_a_person_where_they_said_they_moved():
    story = flagged(subject="carol")
    story.add("carol", RecordChange(change="move", new_home="200"))
    assert told(story, place="200") == TWO
