"""What no edition can lower: each floor taken out of the shipped edition comes back, and is said by name."""

import re
from importlib.resources import files

import pytest

from evenhand.casework.floors import FLOORS
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.engine import Floor
from evenhand.policy.parsing import parse
from evenhand.policy.shapes import ALWAYS_ESSENTIAL
from tests.casework.build import EDITION

OPEN = "it stays open under every restriction"
SHIPPED = (files("evenhand.policy") / "editions" / f"{EDITION.id}.toml").read_text(encoding="utf-8")
KEPT = {
    "essential access": {"propose_sanction", "take_urgent_action", "review_sanction", "decide_appeal"},
    "equality assessment before a sanction": {"propose_sanction", "approve_sanction", "take_urgent_action"},
    "equality assessment before a flag": {"approve_flag"},
    "reasons recorded": {
        "propose_sanction",
        "decide_no_sanction",
        "review_sanction",
        "decide_appeal",
        "decide_flag_dispute",
    },
    "person told": {
        "approve_sanction",
        "take_urgent_action",
        "decide_no_sanction",
        "review_sanction",
        "decide_appeal",
        "approve_flag",
    },
    "an uninvolved appeal officer": {"assign_appeal", "decide_appeal"},
    "a review date": {"propose_sanction", "take_urgent_action", "give_notice", "approve_flag"},
}
"""The steps at which each floor is kept."""


def asks(floor: Floor) -> str:
    return floor.check or floor.duty or ""


def without(floor: Floor) -> str:
    """The shipped edition with what a floor asks taken out of its step."""
    before, head, rest = SHIPPED.partition(f"[steps.{floor.step}]\n")
    step, next_head, after = rest.partition("\n[steps.")
    kept = [line for line in step.splitlines() if not re.search(rf'(check|duty) = "{asks(floor)}"', line)]
    assert len(kept) < len(step.splitlines())
    return "".join((before, head, "\n".join(kept), next_head, after))


def test_floors_are_as_listed():
    found: dict[str, set[str]] = {}
    for floor in FLOORS:
        found.setdefault(floor.name, set()).add(floor.step)
    assert found == KEPT


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: f"{floor.step}-{asks(floor)}")
def test_h5_a_floor_left_out_of_an_edition_is_added_and_said(floor):
    edition = parse(without(floor), VOCABULARY)
    assert edition.floors == (f"floor '{floor.name}' applies to {floor.step}: the edition asks less",)
    added = edition.gates[floor.step][-1]
    assert (added.name, added.effect, added.citation.clause) == (asks(floor), floor.effect, f"floor: {floor.name}")
    assert dict(added.settings) == dict(floor.settings)


def test_tables_that_ask_less_than_a_floor_are_said_by_name():
    text = re.sub(r", essential = true(, every_channel = true)?", "", SHIPPED)
    text = text.replace("[remedies.office_access]\n", '[remedies.office_access]\nreview = ""\n')
    text = text.replace("[reviews.standard]", "[reviews.usual]")
    text = re.sub(r"(\[remedies\.\w+\]\n)(?!review)", r'\1review = "usual"\n', text)
    text = text.replace('review = "usual"\ntitle = "Work with the police"', 'title = "Work with the police"')
    always = [f"floor 'essential access' applies to topics.{code}: {OPEN}" for code in sorted(ALWAYS_ESSENTIAL)]
    assert parse(text, VOCABULARY).floors == (
        "floor 'a review date' applies to remedies.office_access: each decision on it sets a day for its review",
        "floor 'a review date' applies to measures in words: each decision on one sets a day for its review",
        *always,
    )


def test_an_edition_that_marks_nothing_essential_and_knows_none_of_the_usual_subjects_closes_none():
    text = re.sub(r", essential = true(, every_channel = true)?", "", SHIPPED)
    before, head, rest = text.partition("[topics]\n")
    topics, needs, after = rest.partition("[needs")
    for code in ALWAYS_ESSENTIAL:
        topics = re.sub(rf"^{code}( *=)", rf"our_{code}\1", topics, flags=re.MULTILINE)
    text = before + head + topics + needs + after
    edition = parse(text, VOCABULARY)
    assert edition.floors == (
        "floor 'essential access' applies to topics: none is marked essential, so no restriction closes any",
    )
    assert edition.essential_topics == frozenset(edition.topics)
