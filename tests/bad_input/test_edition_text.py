"""Editions broken in every way a file can break: each is an edition still, or every fault of it is one line."""

from __future__ import annotations

import json
from functools import cache

import pytest

from evenhand.casework.vocabulary import VOCABULARY
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
        parse(text, VOCABULARY)
    except BadPolicy as bad:
        return str(bad).splitlines()
    return []


def not_one_line(told: list[str]) -> list[str]:
    return [line for line in told if not is_one_line(line)]


def test_an_edition_that_breaks_off_is_refused_wherever_it_breaks_off():
    for broken in cut(shipped().encode(), 200):
        told = faults(broken.decode(errors="ignore"))
        assert (bool(told), not_one_line(told)) == (True, [])


@pytest.mark.parametrize("seed", range(4))
def test_an_edition_with_other_bytes_is_read_or_refused_in_one_line_a_fault(seed, tmp_path):
    file = tmp_path / "ours.toml"
    for broken in flipped(shipped().encode(), 60, seed):
        file.write_bytes(broken)
        told = []
        try:
            load(file, VOCABULARY)
        except BadPolicy as bad:
            told = str(bad).splitlines()
        assert not_one_line(told) == []


def quoted(words: str) -> str:
    """Words as TOML writes them."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def test_any_words_may_stand_in_a_clause():
    clauses = "\n".join(f'"9.{number}" = {quoted(words)}' for number, words in enumerate(NAUGHTY))
    edition = parse(shipped().replace("[clauses]\n", f"[clauses]\n{clauses}\n"), VOCABULARY)
    assert tuple(edition.clauses[f"9.{number}"] for number in range(len(NAUGHTY))) == NAUGHTY


def test_any_words_that_nothing_answers_to_are_refused_in_a_line_each():
    periods = "\n".join(f"p{number} = {{clause = {quoted(words)}, days = 1}}" for number, words in enumerate(NAUGHTY))
    told = faults(shipped().replace("[periods]\n", f"[periods]\n{periods}\n"))
    assert (len(told), not_one_line(told)) == (len(NAUGHTY), [])


def test_any_words_as_a_key_are_refused_in_a_line_each():
    keys = sorted(set(NAUGHTY))
    told = faults("\n".join([*(f"{quoted(key)} = 1" for key in keys), shipped()]))
    assert (len(told), not_one_line(told)) == (len(keys), [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'title = "{NUL}"', "line 1: there is a NUL here, which no text may hold: delete it"),
        (f'a = 1\ntitle = "{HALF}"', "line 2: there is half a character here, which no text may hold: delete it"),
        (HUGE, "the text is 10,000,000 characters long; an edition has at most 1,000,000"),
        ("day = 0000-01-01", "line 1: this is not TOML: Invalid date or datetime"),
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
            load(f"{tmp_path}/none/{words}", VOCABULARY)
        assert is_one_line(str(refused.value))
