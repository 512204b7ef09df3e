"""Finding editions by name, or as files beside a story."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.edition import Edition
from evenhand.policy.parsing import load, shipped

SHIPPED = "stonewater-2020-05"
"""The edition that commands mean where none is named."""


@cache
def edition_named(name: str, beside: Path = Path()) -> Edition:
    """A shipped edition by its name, or one from a file, looked for in `beside`.

    Raises `UnknownEdition` and `BadPolicy`.
    """
    return load(name if name in shipped() else beside / name, VOCABULARY)
