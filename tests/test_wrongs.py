"""Wrongs that a hostile reader once found the engine doing, each as a story that must never be true again."""

from pathlib import Path

import pytest

from evenhand.casework.scenario import read_story
from evenhand.casework.story import play
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.parsing import load

FOLDER = Path(__file__).parent / "wrongs"
WRONGS = sorted(FOLDER.glob("*.yaml"))


def test_there_are_wrongs_to_guard_against():
    assert len(WRONGS) >= 20


@pytest.mark.parametrize("path", WRONGS, ids=lambda path: path.stem)
def test_wrong_is_not_done_again(path):
    replay = play(read_story(path.name, path.read_bytes(), lambda name: load(name, VOCABULARY)))
    missed = [
        f"line {played.line.number}: {played.problem or f'{held.key} {held.expected}, seen {held.seen}'}"
        for played in replay.played
        for held in played.expectations
        if not held.holds
    ]
    assert missed == []
