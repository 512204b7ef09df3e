"""What an entry must say before it stands for what a duty or a decision asks of it."""

from datetime import date

import pytest

from evenhand.casework.enough import (
    account_is_enough,
    agency_answer_is_enough,
    conduct_lacks,
    conversation_is_enough,
    equality_lacks,
)
from evenhand.casework.steps.assessment import (
    AssessConduct,
    AssessEquality,
    ConductAnswer,
    ConsiderConversation,
    RecordAgencyAnswer,
)
from evenhand.casework.steps.casefacts import RecordAccount
from evenhand.casework.steps.incident import RecordConversation
from tests.casework.build import EDITION

SHORT = {
    "form": "short",
    "characteristic": "none_found",
    "asked_customer": "Asked.",
    "linked_to_conduct": "no",
    "effect": "Little.",
}
FULL = {
    **SHORT,
    "form": "full",
    "household": "None.",
    "vulnerabilities": "None.",
    "outside_support": "None.",
    "adjustments_tried": "None asked for.",
    "alternatives": "A talk.",
}
OPEN_LINK = "leaves a link to a protected characteristic open, and does not say what the aim is, or why it is fair"
CONDUCT = {code: question.text for code, question in EDITION.questions.items() if question.set == "conduct"}


@pytest.mark.parametrize(
    ("data", "form", "lacks"),
    [
        (SHORT, "short", []),
        (FULL, "full", []),
        (FULL, "short", []),
        ({**FULL, "form": "short"}, "full", ["is the short form, and the full one is needed"]),
        ({**FULL, "linked_to_conduct": "unclear"}, "full", []),
        ({**FULL, "linked_to_conduct": "unclear", "characteristic": "suspected"}, "full", [OPEN_LINK]),
        ({**SHORT, "linked_to_conduct": "unclear", "characteristic": "suspected"}, "short", []),
        ({**SHORT, "linked_to_conduct": "yes"}, "short", [OPEN_LINK]),
        ({**FULL, "conclusion": "no_sanction"}, "full", ["concludes that nothing should be imposed"]),
    ],
)
def test_h5_equality_lacks(data, form, lacks):
    assert equality_lacks(AssessEquality.model_validate(data), form) == lacks


def test_h5_an_empty_assessment_is_not_enough():
    assert equality_lacks(AssessEquality(), "short") == [
        (
            "does not say whether there is a protected characteristic, what is known, or how the person was asked, "
            "whether the conduct comes from it and what the decision would do to the person"
        )
    ]


def test_conduct_lacks_answers_without_reasons_or_sources_and_the_agencies():
    answer = ConductAnswer(answer="no", reasons="Read the file.", sources="The file.")
    answers = dict.fromkeys(CONDUCT, answer)
    assert conduct_lacks(EDITION.questions, AssessConduct(answers=answers, agencies_consulted="None.")) == []
    assert conduct_lacks(EDITION.questions, AssessConduct(answers=answers)) == [
        "Which agencies were asked, or why were none?"
    ]
    unsourced = {**answers, "intent": ConductAnswer(answer="no", reasons="Read the file.")}
    assert conduct_lacks(EDITION.questions, AssessConduct(answers=unsourced, agencies_consulted="None.")) == [
        CONDUCT["intent"]
    ]
    assert conduct_lacks(EDITION.questions, AssessConduct(agencies_consulted="None.")) == list(CONDUCT.values())


@pytest.mark.parametrize(
    ("data", "enough"),
    [
        (ConsiderConversation(), False),
        (ConsiderConversation(outcome="held"), False),
        (RecordConversation(held_on=date(2021, 8, 6)), True),
        (ConsiderConversation(outcome="offered_and_declined"), True),
        (ConsiderConversation(outcome="not_appropriate"), False),
        (ConsiderConversation(outcome="not_appropriate", reasons="He threatened her."), True),
    ],
)
def test_conversation_is_enough(data, enough):
    assert conversation_is_enough(data) is enough


@pytest.mark.parametrize(
    ("data", "enough"),
    [
        (RecordAccount(), False),
        (RecordAccount(account="I did not."), True),
        (RecordAccount(outcome="declined"), True),
        (RecordAccount(outcome="no_reply"), False),
        (RecordAccount(outcome="no_reply", attempt="Rang twice with an interpreter."), True),
    ],
)
def test_account_is_enough(data, enough):
    assert account_is_enough(data) is enough


@pytest.mark.parametrize(
    ("data", "is_enough"),
    [
        ({"reply": "He is being treated."}, True),
        ({}, False),
        ({"outcome": "no_reply"}, True),
        ({"outcome": "taken_on"}, True),
    ],
)
def test_an_agency_answers_in_words_or_it_is_said_what_else_became_of_it(data, is_enough):
    assert agency_answer_is_enough(RecordAgencyAnswer(**data)) is is_enough
