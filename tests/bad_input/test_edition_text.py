"""Editions broken in every way a file can break: each is an edition still, or every fault of it is one line."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

import pytest

from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.edition import Edition
from evenhand.policy.faults import BadPolicy
from evenhand.policy.parsing import UnknownEdition, load, parse
from tests.bad_input.strings import EDITION, HALF, HUGE, NAUGHTY, NUL, cut, flipped, is_one_line

pytestmark = pytest.mark.unmeasured


@cache
def shipped() -> str:
    return EDITION.read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    """Everything that is said of a text; nothing, where it is an edition."""
    try:
        assert type(parse(text, VOCABULARY)) is Edition
    except BadPolicy as bad:
        assert str(bad).splitlines() == [str(fault) for fault in bad.faults]
        return [str(fault) for fault in bad.faults]
    return []


def not_one_line(told: list[str]) -> list[str]:
    return [line for line in told if not is_one_line(line)]


def test_an_edition_that_breaks_off_is_refused_wherever_it_breaks_off():
    for broken in cut(shipped().encode(), 200):
        told = faults(broken.decode(errors="ignore"))
        assert (bool(told), not_one_line(told)) == (True, [])


@pytest.mark.parametrize("seed", range(6))
def test_an_edition_with_other_bytes_is_read_or_refused_in_one_line_a_fault(seed, tmp_path):
    file = tmp_path / "ours.toml"
    for broken in flipped(shipped().encode(), 50, seed):
        file.write_bytes(broken)
        try:
            assert type(load(file, VOCABULARY)) is Edition
        except BadPolicy as bad:
            assert not_one_line(str(bad).splitlines()) == []


def test_any_words_may_stand_in_a_title_and_a_clause():
    for words in NAUGHTY:
        written = json.dumps(words)
        text = re.sub(r'(?m)^(title = |"1\.1" = ).*$', lambda found, as_=written: found[1] + as_, shipped(), count=2)
        edition = parse(text, VOCABULARY)
        assert (edition.clauses["1.1"], edition.about.title) == (words, words)


@pytest.mark.parametrize("key", ["nation", "approved_on", "id"])
def test_any_words_in_a_setting_are_read_or_refused_in_one_line(key):
    said = Counter[bool]()
    for words in NAUGHTY:
        text = re.sub(rf"(?m)^{key} = .*$", lambda found, as_=json.dumps(words): f"{key} = {as_}", shipped(), count=1)
        told = faults(text)
        assert not_one_line(told) == []
        said[bool(told)] += 1
    assert said.total() == len(NAUGHTY)


def test_any_words_as_a_key_are_refused_in_one_line():
    for words in NAUGHTY:
        told = faults(f"{json.dumps(words)} = 1\n{shipped()}")
        assert (len(told), not_one_line(told)) == (1, [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'title = "{NUL}"', "line 1: there is a NUL here, which no text may hold: delete it"),
        (f'a = 1\ntitle = "{HALF}"', "line 2: there is half a character here, which no text may hold: delete it"),
        (HUGE, "the text is 10,000,000 characters long; an edition has at most 1,000,000"),
        ("day = 0000-01-01", "line 1: this is not TOML: Expected newline or end of document after a statement"),
        ("a = " + "[" * 100_000, "lists or tables are nested too deeply to be read"),
        ("a = 1" + "0" * 10_000, "a number has too many digits to be read"),
    ],
    ids=["NUL", "half", "huge", "year 0", "deep", "long number"],
)
def test_a_text_that_no_edition_can_be_is_refused_in_one_line(text, says):
    assert faults(text) == [says]


def test_a_name_that_no_edition_has_is_refused_in_one_line(tmp_path):
    for words in (*NAUGHTY, NUL, HALF, HUGE):
        with pytest.raises(UnknownEdition) as refused:
            load(f"{tmp_path}/{words}", VOCABULARY)
        assert is_one_line(str(refused.value))
