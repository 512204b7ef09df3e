"""Every story goes as it says: the policy's clauses, the walks, the determinations, and the wrongs of before.

The wrongs are what hostile readers once found the engine doing, each as a story that must never be true again.
"""

import pytest

from evenhand.casework.story import play
from tests.cases.stories import ROOT, STORIES, told

WRONGS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "wrongs").glob("*.yaml"))


def test_there_are_stories_of_both_kinds():
    assert (len(WRONGS) >= 20, len(STORIES) >= 140) == (True, True)


@pytest.mark.parametrize("path", [*STORIES, *WRONGS])
def test_a_story_goes_as_it_says(path):
    replay = play(told(path))
    missed = [
        f"line {played.line.number}: {played.problem or f'{held.key} {held.expected}, seen {held.seen}'}"
        for played in replay.played
        for held in played.expectations
        if not held.holds
    ]
    assert ([played.problem for played in replay.played if played.problem], missed) == ([], [])
