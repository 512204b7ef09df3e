"""Scenarios broken in every way a file can break: each is a story still, or every fault of it is one line."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
import yaml

from evenhand.casework.scenario import Story, TakeLine, read_story
from evenhand.casework.storytext import BadScenario
from evenhand.cli.editions import edition_named
from tests.bad_input.strings import HUGE, NAUGHTY, PROJECT, STORY, cut, flipped, is_one_line, kept

pytestmark = pytest.mark.unmeasured

EVERY = sorted((PROJECT / "scenarios").rglob("*.yaml"))


def read(content: bytes) -> Story | list[str]:
    """The story, or every line that is said of what keeps it from being one."""
    try:
        return read_story("story.yaml", content, partial(edition_named, beside=STORY.parent))
    except BadScenario as bad:
        return str(bad).splitlines()


def not_one_line(read: Story | list[str]) -> list[str]:
    """What is said, but not in one line that begins with its place."""
    told = read if isinstance(read, list) else []
    return [line for line in told if not (is_one_line(line) and re.match(r"story\.yaml:[1-9]\d*: ", line))]


def story(*lines: dict[str, Any], **head: Any) -> bytes:
    """A scenario with other words in some places, each line a report unless it says otherwise."""
    report = {"at": "2021-07-01T09:00", "by": "olu", "take": "report_incident", "file": "incident-1", "with": {}}
    written = {
        "scenario": "One call",
        "edition": "stonewater-2020-05",
        "people": {"olu": {"is": "staff", "roles": ["case_officer"]}},
        "story": [{**report, **line} for line in lines or ({},)],
        **head,
    }
    return yaml.dump(written, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False).encode()


@pytest.mark.parametrize("part", range(4))
def test_a_story_that_breaks_off_is_read_or_refused_in_one_line_a_fault(part):
    for path in EVERY[part::4]:
        content = path.read_bytes()
        for broken in (*cut(content, 400), *flipped(content, 9, seed=part)):
            assert not_one_line(read(broken)) == []


def test_any_words_are_read_as_they_are():
    told = read(story(*({"with": {"what_happened": words, "words_said": words}} for words in NAUGHTY)))
    assert isinstance(told, Story)
    drafts = [line.draft.model_dump(exclude_unset=True) for line in told.lines if isinstance(line, TakeLine)]
    assert drafts == [{"what_happened": kept(words), "words_said": kept(words)} for words in NAUGHTY]


@pytest.mark.parametrize("place", ["at", "by", "take", "file", "as", "with", "expect", "taken_on", "ask", "about", "x"])
def test_any_words_in_any_place_of_a_line_are_read_or_refused_in_one_line(place):
    lines = [{place: words} for words in NAUGHTY]
    lines += [{place: shaped} for words in NAUGHTY[::4] for shaped in ([words], {words: words})]
    assert not_one_line(read(story(*lines))) == []


@pytest.mark.parametrize(
    "place", ["scenario", "edition", "people", "homes", "tenancies", "story", "control", "failing"]
)
def test_any_words_in_any_place_of_the_head_are_read_or_refused_in_one_line(place):
    for words in NAUGHTY[::5]:
        for shaped in (words, [words], {words: words}, {words: {"is": words}}):
            assert not_one_line(read(story(**{place: shaped}))) == []


@pytest.mark.parametrize("place", ["name", "roles", "manager", "training", "home", "tenure", "needs", "joint_with"])
def test_any_words_about_a_person_are_read_or_refused_in_one_line(place):
    for kind in ("staff", "customer"):
        people = {
            f"p{number}": {"is": kind, place: shaped}
            for number, words in enumerate(NAUGHTY[::2])
            for shaped in (words, [words], {words: words})
        }
        assert not_one_line(read(story(people=people))) == []


def test_any_words_may_be_a_person_s_name():
    people = {f"p{number}": {"is": "customer", "name": words} for number, words in enumerate(NAUGHTY)}
    told = read(story({"by": "p0"}, people=people))
    assert isinstance(told, Story)
    names = [told.cast.people.customers[f"p{number}"].name for number in range(len(NAUGHTY))]
    assert names == [kept(words) or f"P{number}" for number, words in enumerate(NAUGHTY)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"scenario: a\x00b\n", "1: there is a NUL here, which no text may hold: delete it."),
        (b'scenario: "a\\0b"\n', "1: there is a NUL or half a character here, which no text may hold."),
        (b'\nscenario: "a\\ud800b"\n', "2: this is not YAML: found invalid Unicode character escape code."),
        (b"scenario: a\n# \xed\xa0\x80\n", "2: this is not UTF-8 text: save the file as UTF-8."),
        (HUGE.encode(), "1: the file is 10,000,000 characters long; a story has at most 1,000,000."),
        (b"[" * 100_000, "1: lists and mappings are nested too deeply to be read."),
        (story({"at": "0000-01-01T09:00"}), "9: at: expected a day and time that exist, such as 2026-08-20T14:30."),
        (story({"at": "1066-10-14T09:00"}), "9: at: must lie between 1900 and 2199."),
        (
            story({"with": {"happened_on": "0000-01-01"}}),
            "14: happened_on: expected a day that exists, such as 2026-08-20.",
        ),
        (story({"with": {"what_happened": "x" * 20_001}}), "14: what_happened: this is longer than 20,000 characters."),
        (story({"two\nlines": "x"}), "14: two\\nlines: there is no such field. Did you mean with?"),
    ],
    ids=[
        "NUL",
        "escaped NUL",
        "half",
        "raw half",
        "huge",
        "deep",
        "year 0",
        "long ago",
        "a day in year 0",
        "long",
        "key",
    ],
)
def test_a_text_that_no_story_can_be_is_refused_in_one_line(content, says):
    assert read(content) == [f"story.yaml:{says}"]
