"""Scenarios broken in every way a file can break: each is a story still, or every fault of it is one line."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import yaml

from evenhand.casework.scenario import Story, TakeLine, read_story
from evenhand.casework.storytext import BadScenario
from evenhand.cli.editions import edition_named
from tests.bad_input.strings import HALF, HUGE, NAUGHTY, NUL, PROJECT, STORY, cut, flipped, is_one_line

pytestmark = pytest.mark.unmeasured

EVERY = sorted((PROJECT / "scenarios").rglob("*.yaml"))


def read(content: bytes) -> Story | list[str]:
    """The story, or every line that is said of what keeps it from being one."""
    try:
        return read_story("story.yaml", content, partial(edition_named, beside=STORY.parent))
    except BadScenario as bad:
        told = str(bad).splitlines()
        assert [line for line in told if not (is_one_line(line) and line.startswith("story.yaml:"))] == []
        return told


def told(**head: Any) -> bytes:
    """A scenario with other words in some places."""
    note = {"at": "2021-07-01T09:00", "by": "olu", "take": "report_incident", "file": "incident-1", "with": {}}
    written = {
        "scenario": "One call",
        "edition": "stonewater-2020-05",
        "people": {"olu": {"is": "staff", "roles": ["case_officer"]}},
        "story": [{**note, **head.pop("line", {})}],
        **head,
    }
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False).encode(errors="surrogatepass")


def test_a_story_that_breaks_off_is_read_or_refused_in_one_line_a_fault():
    for path in EVERY[::3]:
        for broken in cut(path.read_bytes(), 400):
            read(broken)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_story_with_other_bytes_is_read_or_refused_in_one_line_a_fault(path):
    for broken in flipped(path.read_bytes(), 9, seed=len(path.name)):
        read(broken)


def test_any_words_in_a_title_are_read_as_they_are():
    for words in NAUGHTY:
        story = read(told(scenario=words, source=words))
        assert isinstance(story, Story)
        assert (story.title, story.source) == (words.strip(), words.strip())


def test_any_words_in_a_field_are_read_as_the_same_words_given_to_the_step():
    for words in NAUGHTY:
        story = read(told(line={"with": {"what_happened": words, "impact_described": words}}))
        assert isinstance(story, Story)
        line = story.lines[0]
        assert isinstance(line, TakeLine)
        assert line.draft.model_dump(exclude_unset=True) == {
            "what_happened": words.strip(),
            "impact_described": words.strip(),
        }


@pytest.mark.parametrize("place", ["at", "by", "take", "file", "as", "with", "expect", "taken_on", "ask", "about"])
def test_any_words_in_any_place_of_a_line_are_read_or_refused_in_one_line(place):
    for words in NAUGHTY:
        for shaped in (words, [words], {words: words}):
            read(told(line={place: shaped}))


@pytest.mark.parametrize("place", ["edition", "people", "homes", "tenancies", "story", "control", "failing"])
def test_any_words_in_any_place_of_the_head_are_read_or_refused_in_one_line(place):
    for words in NAUGHTY:
        for shaped in (words, [words], {words: words}, {words: {"is": words}}):
            read(told(**{place: shaped}))
