"""One text for one value."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record.canonical import NotCanonical, canonical, canonical_bytes

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_reads_back_as_the_same_value_and_writes_the_same_text(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


def test_canonical_is_compact_sorted_and_as_given():
    assert canonical({"b": [1, None, True], "a": "Zoë e\u0301"}) == '{"a":"Zoë e\u0301","b":[1,null,true]}'
    assert canonical_bytes("ë") == b'"\xc3\xab"'


def test_canonical_does_not_merge_letters_that_look_alike():
    assert canonical("e\u0301") != canonical("\u00e9")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.0, "value is 1.0: floats are not exact; use a whole number or text."),
        ({"a": [float("nan")]}, "value.a[0] is nan: floats are not exact; use a whole number or text."),
        ({"a": {"b": "x\x00"}}, "value.a.b holds a NUL character, which cannot be recorded; remove it."),
        ({"x\x00": 1}, "a key of value holds a NUL character, which cannot be recorded; remove it."),
        (["\udc00"], "value[0] holds half of a character pair (a lone surrogate); remove it."),
        ({1: 2}, "value has the key 1; keys must be text."),
        ({"a": b"x"}, "value.a is a bytes, which JSON has no word for; give it as text."),
        ({"a": {1, 2}}, "value.a is a set, which JSON has no word for; give it as text."),
        (10**1000, "value is a number of too many digits; use text."),
    ],
)
def test_canonical_refuses_what_it_cannot_keep_exactly(value, said):
    with pytest.raises(NotCanonical) as refused:
        canonical(value)
    assert str(refused.value) == said


def test_canonical_refuses_what_is_nested_too_deeply():
    value: list = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotCanonical) as refused:
        canonical(value)
    assert str(refused.value) == "The value is nested too deeply to be recorded; flatten it."
