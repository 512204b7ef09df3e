"""Fields, types, gates and codes in words."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

import pytest

from evenhand.casework.cast import Staff
from evenhand.casework.describing import (
    FieldWords,
    asked_by,
    code_lists,
    conditions_of,
    doc_of,
    fields_in_words,
    nested_in,
    type_in_words,
)
from evenhand.casework.scenario import Head
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import Anyone, Behaviours, Channel, Count, Data, Day, ToEvidence, ToIncident
from evenhand.casework.steps.base import Staff as Colleague
from evenhand.casework.steps.decision import ProposeSanction, Terms
from evenhand.casework.storylines import LineFields
from evenhand.policy.findings import Effect
from evenhand.policy.shapes import Rule
from tests.casework.build import EDITION


class Part(Data):
    """A part."""

    one: str
    two: int | None = None


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (str, "words"),
        (Count | None, "whole number"),
        (bool, "true or false"),
        (Day, "day"),
        (date | datetime | time, "day or day and time or time"),
        (Any, "anything"),
        (Annotated[str, "a note"], "words"),
        (Channel, "code of channels"),
        (Behaviours, "list of code of behaviours"),
        (Anyone, "person"),
        (Colleague, "staff"),
        (ToEvidence, "name of an entry (evidence)"),
        (ToIncident, "name of a file (incident)"),
        (Literal["in", "out"], "one of in, out"),
        (dict[str, Day], "{words: day}"),
        (tuple[Part, ...], "list of {one, two}"),
    ],
)
def test_type_in_words(hint, words):
    assert type_in_words(hint) == words


def test_fields_in_words_use_the_name_as_written():
    assert fields_in_words(LineFields)[6] == FieldWords("with", "{words: anything}", "Data", "", False)
    assert fields_in_words(Head)[0] == FieldWords(
        "scenario", "words", "Title", "What the story shows, in one sentence.", True
    )


@pytest.mark.parametrize("step", STEPS.values(), ids=list(STEPS))
def test_fields_in_words_have_a_type_and_a_label_in_every_step(step):
    assert [field.name for field in fields_in_words(step) if not (field.type and field.label)] == []


def test_nested_in_finds_the_models_within():
    assert list(nested_in(ProposeSanction)) == [Terms]
    assert [model.__name__ for model in nested_in(Staff)] == ["SinceWhen", "SinceWhen"]


def test_code_lists_hold_every_list_of_the_edition():
    lists = code_lists(EDITION)
    assert lists["channels"]["phone"] == "Phone"
    assert lists["questions"]["demands"] == EDITION.questions["demands"].text
    assert lists["formats"] == EDITION.codes["formats"]
    assert lists["clauses"] == dict(EDITION.clauses)


def test_doc_of_is_the_first_line():
    assert doc_of(Part) == "A part."


def test_asked_by_is_the_checks_question():
    check = Rule(check="reasons_given", clause="2.3", force=Effect.STOP)
    assert asked_by(check) == "Does the decision give its reasons? (clauses 2.3 and 5.2)"
    assert asked_by(Rule(duty="give_notice", clause="5.1", force=Effect.OWE)) == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ""),
        ({"when": {"kind": ("court",)}}, " (when kind is court)"),
        (
            {"when": {"kind": ("court", "action")}, "unless": {"age": ("under_18",)}},
            " (when kind is court or action, unless age is under_18)",
        ),
    ],
)
def test_conditions_of_a_gate_line(given, words):
    assert conditions_of(Rule(check="reasons_given", clause="2.3", force=Effect.STOP, **given)) == words
