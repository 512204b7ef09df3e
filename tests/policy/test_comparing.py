"""Two editions compared: what came, went and changed, under which clause, in words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from evenhand.policy.comparing import Change, compare, conditions, in_words
from evenhand.policy.findings import Effect
from evenhand.policy.parsing import parse
from evenhand.policy.shapes import Remedy, Rule
from tests.policy.small_edition import SOUND, floor, vocabulary


def edition(text: str = SOUND, *floors):
    return parse(text, vocabulary(*floors))


def changed(old: str, new: str) -> tuple[Change, ...]:
    assert old in SOUND
    return compare(edition(), edition(SOUND.replace(old, new)))


def test_an_edition_compared_with_itself_has_no_change():
    assert compare(edition(), edition()) == ()


def test_a_period_says_what_it_was_and_is():
    (found,) = changed("days = 14", "months = 1")
    assert found == Change("periods", "Appeal", "limit", "5.6", "14 days", "1 month")
    assert found.sentence == "Appeal: limit: was 14 days, is now 1 month"


def test_what_the_edition_says_of_itself_is_compared():
    (found,) = changed("review_by = 2024-01-04", "review_by = 2025-01-04")
    assert found.sentence == "About this edition: review by: was 4 January 2024, is now 4 January 2025"


def test_the_words_of_a_clause_are_compared_and_cite_themselves():
    (found,) = changed('"4.9" = "Measures."', '"4.9" = "What we do."')
    assert found == Change("clauses", "4.9", "", "4.9", "Measures.", "What we do.")


def test_what_comes_and_what_goes_is_told_once():
    (came,) = changed('"7.0" = ', '"6.9" = "New words."\n"7.0" = ')
    assert came.sentence == "6.9: new, New words."
    (went,) = compare(edition(SOUND.replace('"7.0" = ', '"6.9" = "New words."\n"7.0" = ')), edition())
    assert (went.clause, went.sentence) == ("6.9", "6.9: no longer there; it was New words.")


def test_a_period_that_comes_is_named_by_its_length():
    (found,) = changed("post = {", 'look = { clause = "5.6", days = 3 }\npost = {')
    assert found == Change("periods", "Look", "", "5.6", "", "3 days")


def test_a_role_that_comes_is_named_by_its_title():
    (found,) = changed("[roles.senior_officer]", '[roles.auditor]\ntitle = "Auditor"\n[roles.senior_officer]')
    assert found == Change("roles", "Auditor", "", "", "", "Auditor")


def _gate(lines: str) -> str:
    """The small edition with a gate of its own for the first step."""
    asked = re.sub(r"(?s)\[steps\.report_incident\].*?\n\n", "", SOUND)
    return f'{asked}\n[steps.report_incident]\ntitle = "Report"\nroles = ["colleague"]\ngate = [{lines}]\n'


HARD = '{ check = "evidence_cited", clause = "1.1", force = "stop", at_least = 2 }'
SOFT = '{ check = "evidence_cited", clause = "1.2", force = "warn" }'
WHEN = '{ check = "case_endorsed", clause = "1.1", force = "stop", when = { kind = ["court", "action"] } }'


def test_gate_lines_are_compared_by_what_they_ask():
    one, other = edition(_gate(f"{HARD}, {WHEN}")), edition(_gate(f"{SOFT}, {SOFT}"))
    assert [change.sentence for change in compare(one, other)] == [
        "Report: evidence cited: was stop, at least 2, clause 1.1, is now warn, clause 1.2",
        "Report: case endorsed (when kind is court or action): no longer there; it was stop, clause 1.1",
        "Report: evidence cited (again): new, warn, clause 1.2",
    ]
    assert [change.clause for change in compare(one, other)] == ["1.2", "1.1", "1.2"]


def test_a_floor_that_one_of_them_needs_is_named():
    kept = edition(SOUND, floor("evidence first", "report_incident", "evidence_cited"))
    (came,), (went,) = compare(edition(), kept), compare(kept, edition())
    added = "floor 'evidence first' applies to report_incident: the edition asks less"
    assert (came.sentence, went.sentence) == (
        f"Added by the software: new, {added}",
        f"Added by the software: no longer there; it was {added}",
    )


def test_conditions_are_said_in_words():
    line = Rule(check="x", clause="1.1", force=Effect.STOP, unless={"kind_of": ("a", "b")})
    assert conditions(line) == " (unless kind of is a or b)"
    assert conditions(Rule(check="x", clause="1.1", force=Effect.STOP)) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "none"),
        ("", "none"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (Effect.STOP, "stop"),
        (date(2026, 8, 3), "3 August 2026"),
        ((), "none"),
        (("a", "b"), "a, b"),
        ({}, "none"),
        ({"safe_days": (1, 2)}, "safe days: 1, 2"),
    ],
)
def test_any_value_has_words(value, words):
    assert in_words(value) == words


def test_nested_tables_are_said_by_what_is_set():
    remedy = Remedy(title="T", says="S", clause="4.9", kind="action", rung=0, approvers=("manager",))
    assert in_words(remedy.approvers) == "any of: manager"


def test_codes_are_compared_one_by_one():
    (found,) = changed('video = "Sign language video"', 'video = "Video in sign language"')
    assert found.sentence == "Formats: video: was Sign language video, is now Video in sign language"
