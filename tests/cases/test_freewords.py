"""The words that search may show to everybody who sees a file."""

import pytest

from evenhand.cases.freewords import words_of
from evenhand.casework.steps.casefacts import AddEvidence

LETTER = "A letter by the neighbour"


@pytest.mark.parametrize(
    ("sensitivity", "words"),
    [
        ("none", LETTER),
        ("special_category", LETTER),
        ("criminal_offence", LETTER),
        ("third_party", ""),
        ("reporter_identity", ""),
    ],
)
def test_h3_evidence_that_would_tell_who_reported_is_not_searched(sensitivity, words):
    assert words_of(AddEvidence(what=LETTER, sensitivity=sensitivity)) == words
