"""Playing a story through the database, with the outcomes of the pure engine."""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction

from evenhand.cases.archive import RecordArchive
from evenhand.cases.taking import take_step
from evenhand.casework.decide import Taken
from evenhand.casework.entry import File
from evenhand.casework.scenario import Story, TakeLine
from evenhand.casework.steps.base import StepData
from evenhand.casework.story import Replay, play
from evenhand.people.writing import enter
from evenhand.policy.edition import Edition
from evenhand.policy.parsing import UnknownEdition


class Recorded:
    """A stage in the present database: its people are entered there, and every step is taken by `take_step`."""

    def __init__(self, story: Story) -> None:
        self.story = story
        enter(story.cast.people, story.cast.tenancies)

    def file(self, name: str) -> File | None:
        return RecordArchive().file(name)

    def names_about(self, person: str) -> list[str]:
        return RecordArchive().names_about(person)

    def take(self, line: TakeLine, draft: StepData, edition: Edition) -> Taken:  # noqa: ARG002 - the record knows it
        taken = take_step(
            step=type(draft),
            kind=line.kind,
            file=line.file,
            data=draft,
            actor=line.by,
            at=line.at,
            taken_on=line.day,
            edition=self.story.edition,
            editions=partial(edition_in, self.story),
        )
        return Taken(taken.decision, taken.entries)


def edition_in(story: Story, name: str) -> Edition:
    """An edition that a story uses, by its id. Raises `UnknownEdition`."""
    if name not in story.editions:
        raise UnknownEdition(f"{story.name} uses no edition {name!r}.")
    return story.editions[name]


def play_here(story: Story) -> Replay:
    """Plays a story in the present database, and takes it all back."""
    with transaction.atomic():
        replay = play(story, Recorded(story))
        transaction.set_rollback(True)
    return replay


def replay_recorded(story: Story) -> Replay:
    """Plays a story in a scratch database: beside the PostgreSQL database in use, else in a temporary SQLite file."""
    with _pointed_at(_scratch()):
        return play_here(story)


@contextmanager
def _pointed_at(settings: Mapping[str, Any]) -> Iterator[None]:
    """Points this thread's default connection at another database for a while."""
    before = connection.settings_dict
    connection.close()
    connection.settings_dict = {**before, **settings}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


@cache
def _scratch() -> Mapping[str, Any]:
    """The settings of a migrated database that goes when the process ends."""
    until_exit = ExitStack()
    atexit.register(until_exit.close)
    make = _scratch_file if connection.vendor == "sqlite" else _scratch_database
    settings = {"NAME": until_exit.enter_context(make())}
    with _pointed_at(settings):
        call_command("migrate", verbosity=0)
    return settings


@contextmanager
def _scratch_file() -> Iterator[Path]:
    with TemporaryDirectory(prefix="evenhand-scratch-") as folder:
        yield Path(folder) / "scratch.sqlite3"


@contextmanager
def _scratch_database() -> Iterator[str]:
    """Needs the right to create databases."""
    name = f"evenhand_scratch_{token_hex(4)}"
    _run(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    try:
        yield name
    finally:
        _run(f"DROP DATABASE {name}")


def _run(statement: str) -> None:
    with connections.create_connection("default").cursor() as cursor:
        cursor.execute(statement)
