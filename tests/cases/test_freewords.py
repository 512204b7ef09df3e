"""The words that search may show to everybody who sees a file."""

import pytest

from evenhand.cases.freewords import words_of
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.control import CorrectEntry
from evenhand.casework.steps.decision import InstructLegal, RecordLegalAdvice

LETTER = "A letter by the neighbour"


@pytest.mark.parametrize(
    ("sensitivity", "words"),
    [
        ("none", LETTER),
        ("special_category", LETTER),
        ("criminal_offence", LETTER),
        ("third_party", ""),
        ("reporter_identity", ""),
        ("privileged", ""),
    ],
)
def test_h3_evidence_that_would_tell_who_reported_is_not_searched(sensitivity, words):
    assert words_of(AddEvidence(what=LETTER, sensitivity=sensitivity)) == words


def test_h3_why_an_entry_was_corrected_is_not_searched():
    assert words_of(CorrectEntry(entry="UC-2026-AAAAA#2", changes={"dated": "2026-07-31"}, reasons=LETTER)) == ""


@pytest.mark.parametrize("kept", [True, False])
def test_h19_legal_advice_is_searched_only_where_it_is_not_privileged(kept):
    asked = words_of(InstructLegal(adviser="Bell & Co", pack=LETTER, privileged=kept))
    answered = words_of(RecordLegalAdvice(advice=LETTER, costs="900", privileged=kept))
    assert (asked, answered) == (("", "") if kept else (f"Bell & Co\n{LETTER}", LETTER))
