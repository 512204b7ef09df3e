"""Which edition of the policy a step is decided under."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import File
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import AdoptEdition
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.edition import Edition
from evenhand.policy.parsing import UnknownEdition, load

SHIPPED = "stonewater-2020-05"

Editions = Callable[[str], Edition]
"""An edition by its id. Raises `UnknownEdition`."""


@cache
def named(name_or_path: str) -> Edition:
    """An edition by its name, or from a file. Raises `UnknownEdition` and `BadPolicy`."""
    return load(name_or_path, VOCABULARY)


def in_force() -> Edition:
    """The edition for new files: EVENHAND_EDITION, a name or a file."""
    return named(os.environ.get("EVENHAND_EDITION", "") or SHIPPED)


def known(edition: str) -> Edition:
    """An edition by its id: the one in force, or a shipped one."""
    return in_force() if edition == in_force().id else named(edition)


def edition_of(file: File, default: Edition, editions: Editions) -> Edition:
    """The edition a file is under: a case keeps the one it was opened under, or adopted last (clause 7.0)."""
    kept = file.edition if isinstance(file, CaseFile) else ""
    return default if kept in ("", default.id) else editions(kept)


def moved_to(draft: StepData, editions: Editions) -> Edition | None:
    """The edition that a step would move its case to; None where it moves none, or none that is known."""
    if not isinstance(draft, AdoptEdition):
        return None
    try:
        return editions(draft.edition)
    except UnknownEdition:
        return None
