"""Django's SQLite, where the marks of a statement are put in SQLite's way once, not each time the statement comes.

A step asks some twenty statements, always the same; to search each for its marks again took a twentieth of its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

KEPT = 2_000
"""Statements remembered: those of lists of any length count once for each length."""


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django's ENGINE names; it is one in everything but its cursors."""

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 - as Django calls it
        return self.connection.cursor(factory=_Cursor)


class _Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        return _marked(query) if param_names is None else super().convert_query(query, param_names=param_names)


@lru_cache(maxsize=KEPT)
def _marked(query: str) -> str:
    marked: str = base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return marked
