"""Values of the wrong kind in every field of every step: refused by field, in plain words, and never otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from evenhand.casework.decide import NotOffered, take
from evenhand.casework.shape import BadStep, read_draft
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import AddNote
from tests.bad_input.strings import HALF, HUGE, NAUGHTY, NUL, is_one_line, kept
from tests.casework.build import Story

pytestmark = pytest.mark.unmeasured

SENTENCES = re.compile(
    r"this is (needed|empty|longer than [\d,]+ characters)\."
    r"|expected (words|true or false|a whole number|a list in square brackets|a word before each ':')\."
    r"|expected \{name: value, \.\.\.\}\."
    r"|expected '\w+'(, '\w+')*( or '\w+')?\."
    r"|expected [\d,]+ or (more|less)\."
    r"|expected a day that exists, such as 2026-08-20\."
    r"|expected a day and time that exist, such as 2026-08-20T14:30\."
    r"|expected a time such as 14:30\."
    r"|expected an amount in pounds, such as 1,250 or 1,250\.50\."
    r"|must be (written like 2026-08-20|a time by our own clocks, like 14:30, without an offset)\."
    r"|must lie between 1900 and 2199\."
    r"|must name exactly one of .+\."
    r"|holds a NUL character, which no letter can print: take it out\."
    r"|holds half a character, which no letter can print: take it out\."
    r"|say what was done, or choose it from the list\."
    r"|there is no such field\. Did you mean \w+\?"
)
LONG = "x" * 100_000
WRONG: Mapping[str, tuple[Any, ...]] = {
    "string": (7, 1.5, True, [], {}, NUL, HALF, LONG),
    "date": (7, True, [], {}, "", "soon", NUL, HALF, "0000-01-01", "2021-02-30", "2021-13-01", "9999-12-31"),
    "date-time": (7, True, [], {}, "", "soon", NUL, HALF, "0000-01-01T09:00", "2021-02-30T09:00", "2021-01-01T25:00"),
    "time": (True, [], {}, "", "soon", NUL, HALF, "25:00", "09:00Z"),
    "integer": (True, 1.5, -1, 10**30, float("nan"), float("inf"), "", "many", NUL, HALF, [], {}),
    "pounds": (True, -1, 1.555, 10**12, float("nan"), float("inf"), "", "many", "£", "1.555", NUL, HALF, [], {}),
    "boolean": (7, 1.5, "", "perhaps", NUL, HALF, [], {}),
    "array": (7, True, "word", NUL, HALF, {}, None),
    "object": (7, True, "word", NUL, HALF, [], None),
}
"""What each kind of JSON value is not."""


def wrong_for(schema: Mapping[str, Any], models: Mapping[str, Any]) -> Iterator[Any]:
    """Values that a schema does not allow; of one within another, each wrong value in its place."""
    if "$ref" in schema:
        schema = models[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        for one in (one for one in schema["anyOf"] if one != {"type": "null"}):
            yield from (wrong for wrong in wrong_for(one, models) if wrong is not None)
        return
    if "enum" in schema:
        yield "another"
    yield from WRONG[schema.get("format") or schema["type"]]
    yield from ([wrong] for wrong in wrong_for(schema["items"], models)) if "items" in schema else ()
    yield from _wrong_within(schema, models)


def _wrong_within(schema: Mapping[str, Any], models: Mapping[str, Any]) -> Iterator[Any]:
    for name, one in schema.get("properties", {}).items():
        yield from ({name: wrong} for wrong in wrong_for(one, models))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from ({"key": wrong} for wrong in wrong_for(schema["additionalProperties"], models))
        yield from ({wrong: "x"} for wrong in (NUL, HALF, LONG, 7))
    elif "properties" in schema:
        yield from ({wrong: "x"} for wrong in ("no_such_field", "two\nlines", NUL, HALF, 7))


def refusal(step: type[StepData], raw: Any) -> BadStep:
    with pytest.raises(BadStep) as refused:
        read_draft(step, raw)
    return refused.value


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_value_of_the_wrong_kind_is_refused_naming_its_field(step):
    schema = step.model_json_schema()
    needed = {name for name, field in step.model_fields.items() if field.is_required() or field.validate_default}
    for field, one in schema["properties"].items():
        for wrong in wrong_for(one, schema.get("$defs", {})):
            bad = refusal(step, {field: wrong})
            assert {problem.field.partition(".")[0] for problem in bad.problems} == needed | {field}
            assert [says for _, says in told(bad) if not SENTENCES.fullmatch(says)] == []
            assert [str(problem) for problem in bad.problems if not is_one_line(str(problem))] == []


def told(bad: BadStep) -> list[tuple[str, str]]:
    return [(problem.field, problem.says) for problem in bad.problems]


@pytest.mark.parametrize("raw", [None, 7, "word", [], [{}], HALF], ids=repr)
def test_what_is_no_table_of_fields_is_refused(raw):
    said = {step.name: told(refusal(step, raw)) for step in STEPS.values()}
    assert said == {name: [(name, "expected {name: value, ...}.")] for name in STEPS}


@pytest.mark.parametrize(
    ("name", "field", "says"),
    [
        ("no_such_field", "no_such_field", "there is no such field. Did you mean text?"),
        ("two\nlines", "two\nlines", "there is no such field. Did you mean departures?"),
        (NUL, NUL, "there is no such field. Did you mean departures?"),
        (HALF, "add_note", "holds half a character, which no letter can print: take it out."),
        (HUGE, HUGE, "there is no such field. Did you mean text?"),
        ("", "add_note", "there is no such field. Did you mean text?"),
    ],
    ids=["misspelt", "two lines", "NUL", "half", "huge", "empty"],
)
def test_an_unknown_field_is_refused_in_one_line(name, field, says):
    bad = refusal(AddNote, {"text": "x", name: "x"})
    assert (told(bad), is_one_line(str(bad))) == ([(field, says)], True)


def lines_told(step: type[StepData], raw: Mapping[str, Any]) -> list[str]:
    """What is said of a step on files that hold nothing yet: nothing, where it is decided."""
    kind = step.files[0]
    try:
        take(read_draft(step, raw), Story().facts("carol" if kind == "person" else f"{kind}-1"))
    except BadStep as refused:
        return [str(problem) for problem in refused.problems]
    except NotOffered as refused:
        return [str(refused)]
    return []


@pytest.mark.parametrize(("place", "step"), list(enumerate(STEPS.values())), ids=STEPS)
def test_any_words_in_any_field_are_decided_on_or_refused_in_one_line(place, step):
    """Every string is tried in a seventh of the steps: in each field alone, in a list, and as a key."""
    needed = {name: "x" for name, field in step.model_fields.items() if field.is_required()}
    for words in NAUGHTY[place % 7 :: 7]:
        for field in step.model_fields:
            for shaped in (words, [words], {words: words}):
                told = lines_told(step, {**needed, field: shaped})
                assert [line for line in told if not is_one_line(line)] == []


def test_words_are_kept_as_they_were_typed_but_for_the_space_around_them():
    for words in NAUGHTY:
        if typed := kept(words):
            assert read_draft(AddNote, {"text": words}) == AddNote.model_construct(text=typed)
        else:
            assert told(refusal(AddNote, {"text": words})) == [("text", "this is empty.")]
