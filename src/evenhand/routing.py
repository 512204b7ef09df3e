"""Which connection a table is read and written through.

Pages that only read have a connection that cannot write. What such a page must write all the same goes through
connections of its own: the session and the throttles (`sessions`), and the note of who looked (`looks`).
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import Model

THROUGH_SESSIONS = frozenset(
    {
        ("accounts", "session"),
        (
            "django_cache",
            "cacheentry",
        ),  # Django's database cache, which counts the throttles
    }
)
LOOK = ("looks", "look")


class Router:
    """Sends sessions, throttles and looks through connections of their own; everything else through `default`."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        asked = (model._meta.app_label, model._meta.model_name)
        if asked in THROUGH_SESSIONS:
            return "sessions"
        return "looks" if asked == LOOK else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        return self.db_for_read(model, **hints)

    def allow_relation(self, _one: Model, _other: Model, **_hints: Any) -> bool:
        return True  # `sessions` is the same database, and a look refers to nothing

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **_hints: Any) -> bool:
        if db == "sessions":
            return False
        in_looks = looks_apart() and (app_label, model_name) == LOOK
        return in_looks == (db == "looks")


def looks_apart() -> bool:
    """Whether looks are kept in a file of their own: so it is on SQLite, where one writer would hold up another."""
    return connections["looks"].vendor == "sqlite"
