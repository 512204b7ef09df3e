"""Every story there is: the scenarios, and those told under the editions of other landlords."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from evenhand.casework.scenario import Story, read_story
from evenhand.cli.editions import edition_named

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "scenarios", ROOT / "tests" / "editions" / "stories")
STORIES = sorted(path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in folder.rglob("*.yaml"))
"""Their paths, from the top of the project."""


@cache
def told(path: str) -> Story:
    """A story by its path."""
    file = ROOT / path
    return read_story(path, file.read_bytes(), partial(edition_named, beside=file.parent))
