"""What is kept to a few of those who see a file, and why."""

from __future__ import annotations

import pytest

from evenhand.casework.privacy import is_privileged, kept_as, privileged_among
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.control import AddNote
from evenhand.casework.steps.decision import InstructLegal, RecordLegalAdvice
from tests.casework.checks.measures import opened


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (AddEvidence(what="x"), ""),
        (AddEvidence(what="x", sensitivity="special_category"), ""),
        (AddEvidence(what="x", sensitivity="third_party"), "private"),
        (AddEvidence(what="x", sensitivity="reporter_identity"), "private"),
        (AddEvidence(what="x", sensitivity="privileged"), "privileged"),
        (InstructLegal(adviser="Bell & Co"), ""),
        (InstructLegal(adviser="Bell & Co", privileged=True), "privileged"),
        (RecordLegalAdvice(advice="Wait."), "privileged"),
        (RecordLegalAdvice(advice="Wait.", privileged=False), ""),
        (AddNote(text="privileged"), ""),
    ],
)
def test_h3_h19_what_is_kept_to_a_few_is_so_by_what_it_says_of_itself(data: StepData, kept: str):
    assert (kept_as(data), is_privileged(data)) == (kept, kept == "privileged")


def test_h19_the_privileged_among_some_entries_are_named_by_their_days():
    story = opened()
    plain = story.add("case-1", AddEvidence(what="x"))
    advice = story.add("case-1", RecordLegalAdvice(advice="Wait."))
    facts = story.facts()
    assert privileged_among(facts, (plain, "case-1#99")) == ""
    assert privileged_among(facts, (advice, plain, advice)) == "what was entered on 1 July 2021"
