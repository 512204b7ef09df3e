"""Every story through the database: the same outcomes as in memory, and the same again when decided from the record."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial

import pytest

from evenhand.cases.models import FileIndex
from evenhand.cases.projecting import PROJECTIONS
from evenhand.cases.rebuild import rebuild, verify
from evenhand.cases.redeciding import NotKept, decided_again
from evenhand.cases.replay import Recorded, edition_in, play_here
from evenhand.casework.scenario import Story, TakeLine
from evenhand.casework.steps.control import DisposeFile, EraseContent
from evenhand.casework.story import Memory, Played, play
from evenhand.policy.parsing import UnknownEdition
from evenhand.record.models import Entry, Head
from evenhand.record.reading import StoredEntry, read_files
from evenhand.rows import columns
from tests.cases.stories import ROOT, STORIES, told

ERASING = (EraseContent, DisposeFile)
EVERY_SO_MANY = 12
"""Of so many stories one is played on PostgreSQL too."""


def outcome(played: Played) -> tuple[object, ...]:
    return played.line.number, played.outcome, played.problem, played.seen, played.findings


def everything_recorded() -> list[StoredEntry]:
    files = read_files(Head.objects.values_list("kind", "file_id"))
    return [entry for entries in files.values() for entry in entries]


def projected() -> dict[str, set[tuple[object, ...]]]:
    return {model.__name__: set(model._default_manager.values_list(*columns(model))) for model in PROJECTIONS}


def differing(path: str) -> dict[str, list[object]]:
    """Plays a story both ways and holds everything that came of it side by side: all that is not the same."""
    story = told(path)
    memory, stage = Memory(story), Recorded(story)
    pure, recorded = play(story, memory), play(story, stage)
    outcomes = zip(recorded.played, pure.played, strict=True)
    stored = everything_recorded()
    found: dict[str, list[object]] = {
        "outcomes": [one.line for one, other in outcomes if outcome(one) != outcome(other)],
        "files": [*({entry.header.file_id for entry in stored} ^ memory.files.keys())],
        "decided otherwise": [entry.ref for entry in stored if not is_same_again(entry, story)],
        "faults": [*verify().faults],
    }
    return {what: differs for what, differs in found.items() if differs}


def is_same_again(entry: StoredEntry, story: Story) -> bool:
    """Whether it is decided the same again; what was erased cannot be, and only where the story erases something."""
    try:
        return decided_again(entry, partial(edition_in, story)).is_same
    except NotKept:
        return erases(story)


def erases(story: Story) -> bool:
    return any(isinstance(line, TakeLine) and isinstance(line.draft, ERASING) for line in story.lines)


@pytest.mark.parametrize("path", STORIES)
def test_h25_every_story_is_decided_the_same_through_the_record_and_again_from_it(path, sqlite):
    assert differing(path) == {}


@pytest.mark.postgres
@pytest.mark.parametrize("path", STORIES[::EVERY_SO_MANY])
def test_h25_stories_are_decided_the_same_through_the_record_on_postgresql(path, postgresql):
    assert differing(path) == {}


KEEPING = [path for path in STORIES if not erases(told(path))]
"""The stories of which the record still holds every word, as memory does, which forgets nothing."""


@pytest.mark.parametrize("path", KEEPING[::EVERY_SO_MANY])
def test_files_read_from_the_record_are_those_of_memory(path, sqlite):
    memory, stage = Memory(told(path)), Recorded(told(path))
    play(told(path), memory)
    play(told(path), stage)
    found = {name: stage.file(name) for name in memory.files}
    assert {name: file.recorded for name, file in found.items() if file} == {
        name: file.recorded for name, file in memory.files.items()
    }


@pytest.mark.parametrize("path", STORIES[::EVERY_SO_MANY])
def test_projections_rebuilt_are_those_that_grew_step_by_step(path, database):
    story = told(path)
    play(story, Recorded(story))
    grown = projected()
    assert rebuild() == FileIndex.objects.count() == len(grown["FileIndex"])
    assert projected() == grown


def test_playing_here_leaves_nothing_behind(database):
    replay = play_here(told(STORIES[0]))
    assert [outcome(played) for played in replay.played] == [
        outcome(played) for played in play(told(STORIES[0])).played
    ]
    assert [Entry.objects.count(), FileIndex.objects.count()] == [0, 0]


@pytest.mark.parametrize("vendor", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_replay_recorded_plays_beside_the_database_in_use(vendor, request, tmp_path):
    server = request.getfixturevalue("postgresql_server") if vendor == "postgresql" else None
    script = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from evenhand.cases.replay import replay_recorded\n"
        "from tests.cases.stories import ROOT, STORIES, told\n"
        "before = str(connection.settings_dict['NAME'])\n"
        "print([replay_recorded(told(path)).held for path in STORIES[:2]], connection.vendor)\n"
        "assert str(connection.settings_dict['NAME']) == before and connection.introspection.table_names() == []\n"
    )
    own = {"EVENHAND_HOME": str(tmp_path), "EVENHAND_DATABASE_URL": server.url("postgres") if server else ""}
    told_to = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "evenhand.settings"}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=told_to, capture_output=True, text=True)
    held = [play(told(path)).held for path in STORIES[:2]]
    assert (done.stdout, done.stderr) == (f"{held} {vendor}\n", "")
    if server:
        assert server.run("SELECT datname FROM pg_database WHERE datname LIKE 'evenhand_scratch_%'") == []


def test_a_story_knows_only_the_editions_it_uses():
    with pytest.raises(UnknownEdition):
        edition_in(told(STORIES[0]), "another-2030-01")
