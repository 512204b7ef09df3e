"""What is typed in a form becomes the data it stands for, for every step there is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.casework.shape import read_draft
from evenhand.casework.steps import STEPS
from evenhand.web.steps.shapes import Shape, shapes_of
from evenhand.web.steps.typed import day_from, raw_from, text_of, typed_from

WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=30).map(
    str.strip
)
SAID = WORDS.filter(bool)
CODES = st.from_regex(r"[a-z]{1,12}", fullmatch=True)
REFS = st.from_regex(r"[A-Za-z]{1,8}#[1-9]", fullmatch=True)
EITHER = {"make_safe": {"what"}}
"""What is drawn of a step that has to say one of several things."""
DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))
INSTANTS = st.builds(
    lambda day, hour: datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC), DAYS, st.integers(3, 20)
)
"""Not in the hour that comes twice a year."""


PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "lines": st.lists(SAID, min_size=1, max_size=3),
    "tick": st.booleans(),
    "yes_no": st.booleans(),
    "day": DAYS,
    "instant": INSTANTS,
    "time": st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    "number": st.integers(1, 999),
    "pounds": st.decimals(0, 9999, places=2),
    "departures": st.dictionaries(CODES, SAID, min_size=1, max_size=3),
    "changes": st.dictionaries(CODES, SAID, min_size=1, max_size=3),
}


def _values(shape: Shape) -> st.SearchStrategy[Any]:
    """Plausible values of one field."""
    coded = CODES if shape.marker is None else st.one_of(CODES, REFS)
    one = st.sampled_from(shape.literals) if shape.literals else coded
    match shape.kind:
        case "one":
            return one
        case "several":
            return st.lists(one, min_size=1, max_size=3)
        case "group":
            return filled_in(shape)
        case "rows":
            return st.lists(filled_in(shape), min_size=1, max_size=2)
        case "answers":
            return st.dictionaries(CODES, data_of(shape.of), min_size=1, max_size=3)
        case "each":
            return st.dictionaries(CODES, _values(shape.of[0]), min_size=1, max_size=3)
        case _:
            return PLAIN.get(shape.kind, SAID)


def filled_in(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Fields within a field, of which at least one says more than it starts with."""
    defaults = {one.name: one.default for one in shape.of}
    return data_of(shape.of).filter(lambda said: any(value != defaults[name] for name, value in said.items()))


@st.composite
def data_of(draw: st.DrawFn, shapes: tuple[Shape, ...]) -> dict[str, Any]:
    """Plausible data for a form: what is needed, and some of the rest."""
    filled = [shape for shape in shapes if shape.is_needed or draw(st.booleans())]
    return {shape.name: draw(_values(shape)) for shape in filled}


@pytest.mark.parametrize("step", STEPS)
@given(data=st.data())
@settings(max_examples=4, deadline=None, database=None)
def test_form_of_every_step_gives_back_what_was_filled_in(step, data):
    model = STEPS[step]
    filled = read_draft(
        model, data.draw(data_of(shapes_of(model)).filter(lambda said: EITHER.get(step, set()) <= said.keys()))
    )
    shapes = shapes_of(model)
    posted = {
        name: [text.replace("\n", "\r\n") for text in texts]
        for name, texts in typed_from(shapes, filled.model_dump()).items()
    }
    assert read_draft(model, raw_from(shapes, posted)).model_dump(exclude_defaults=True) == filled.model_dump(
        exclude_defaults=True
    )


@pytest.mark.parametrize("step", STEPS)
def test_blank_form_of_every_step_says_nothing(step):
    assert raw_from(shapes_of(STEPS[step]), {}) == {}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("6 8 2026", "2026-08-06"),
        ("6/8/2026", "2026-08-06"),
        ("06.08.2026", "2026-08-06"),
        ("6 August 2026", "2026-08-06"),
        ("2026-08-06", "2026-08-06"),
        ("6 8 26", "6 8 26"),
        ("soon", "soon"),
    ],
)
def test_days_are_read_as_people_write_them(typed, read):
    assert day_from(typed) == read


def test_day_typed_whole_in_its_first_box_is_read():
    shapes = [Shape("ends_on", "day")]
    assert raw_from(shapes, {"ends_on-day": ["6 August 2026"], "ends_on-month": [""]}) == {"ends_on": "2026-08-06"}


def test_day_half_typed_stays_as_it_was_typed():
    assert raw_from([Shape("ends_on", "day")], {"ends_on-day": ["6"], "ends_on-month": ["8"]}) == {"ends_on": "6 8"}


@pytest.mark.parametrize(("typed", "read"), [("9.30", "09:30"), ("9:30", "09:30"), ("noon", "noon")])
def test_hours_are_read_as_people_write_them(typed, read):
    assert raw_from([Shape("from_time", "time")], {"from_time": [typed]}) == {"from_time": read}


def test_line_ends_of_browsers_are_made_plain():
    assert text_of({"what": ["one\r\ntwo"]}, "what") == "one\ntwo"


def test_rows_beyond_any_reason_are_not_read():
    shapes = shapes_of(STEPS["audit_case"])
    assert raw_from(shapes, {f"findings.{'9' * 5_000}.what": ["words"]}) == {}


def test_what_is_said_of_a_clause_keeps_the_dot_in_its_number():
    shapes = tuple(shape for shape in shapes_of(STEPS["audit_case"]) if shape.name == "checklist")
    typed = {"checklist.1.5": ["no"], "checklist.4.10": ["yes"], "checklist.6.4": [""]}
    assert raw_from(shapes, typed) == {"checklist": {"1.5": "no", "4.10": "yes"}}
    assert typed_from(shapes, {"checklist": {"1.5": "no"}}) == {"checklist.1.5": ["no"]}
