"""How far a case has come, as its list says it."""

from __future__ import annotations

import pytest

from evenhand.cases.milestones import MILESTONES, milestone_of
from evenhand.casework.case import CaseFile
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.control import AddNote
from evenhand.casework.steps.notice import GiveNotice, RecordReturn
from evenhand.casework.steps.opening import EndorseCase, OpenCase
from tests.casework.build import Story


@pytest.mark.parametrize(
    ("steps", "milestone"),
    [
        ((), ""),
        ((EndorseCase(),), "endorse_case"),
        ((PutAllegation(allegation="You shouted."), RecordAccount(outcome="no_reply")), "put_allegation"),
        ((PutAllegation(allegation="You shouted."), RecordAccount(account="I did.")), "record_account"),
        ((EndorseCase(), GiveNotice(), RecordReturn()), "record_return"),
        ((EndorseCase(), PutAllegation(allegation="You shouted."), AddNote(text="She rang.")), "put_allegation"),
    ],
)
def test_a_case_stands_where_the_last_step_that_counts_brought_it(steps, milestone):
    story = Story()
    for step in (OpenCase(subject="carol"), *steps):
        story.add("case-1", step)
    file = story.facts("case-1").file
    assert isinstance(file, CaseFile)
    assert milestone_of(file) == milestone


def test_every_milestone_is_said_in_words_of_its_own():
    assert len({*MILESTONES.values()}) == len(MILESTONES)
