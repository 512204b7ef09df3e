"""Which letter tells each decision, and what letters may be asked to hold."""

from evenhand.casework.letters import LETTER_PARTS, LETTERS
from evenhand.casework.stages import CANDIDATES
from tests.casework.build import DAY, EDITION
from tests.casework.checks.measures import approved, opened
from tests.casework.test_stages import full_case


def test_each_decision_has_its_letter():
    assert {model.name: letter for model, letter in LETTERS.items()} == {
        "propose_sanction": ("sanction", "sanction_notice"),
        "bring_in_sanction": ("sanction", "sanction_notice"),
        "take_urgent_action": ("urgent_action", "urgent_notice"),
        "decide_no_sanction": ("no_sanction", "outcome_notice"),
        "review_sanction": ("review", "review_outcome"),
        "decide_appeal": ("appeal_decision", "appeal_decision"),
        "decide_late_appeal": ("late_appeal", "late_appeal_decision"),
        "lift_sanction": ("lifting", "lifting_notice"),
        "decline_sanction": ("lifting", "lifting_notice"),
        "answer_review_request": ("request_answer", "request_answer"),
    }


def test_every_letter_is_one_of_the_edition_and_asks_only_for_parts_there_are():
    assert {letter for _, letter in LETTERS.values()} <= set(EDITION.letters)
    assert {part for rule in EDITION.letters.values() for part in rule.parts} <= LETTER_PARTS


def test_whatever_can_be_told_has_a_letter():
    for story in (full_case(), opened()):
        approved(story)
        facts = story.facts(on=DAY)
        told = [facts.entry(ref) for ref in CANDIDATES["give_notice"](facts)]
        assert [type(entry.data) in LETTERS for entry in told if entry] == [True] * len(told)
