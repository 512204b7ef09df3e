"""Entries to record in tests, and short ways to record them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from evenhand.record.append import NewEntry, append_entry, lock_heads
from evenhand.record.reading import StoredEntry

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def an_entry(**changes: Any) -> NewEntry:
    """An entry with something in every part, as of NOON."""
    usual: dict[str, Any] = {
        "kind": "case",
        "file_id": "case-1",
        "step": "add_note",
        "schema_version": 1,
        "edition_hash": "e" * 64,
        "engine_version": "0.1.0",
        "actor_id": "olu",
        "role": "colleague",
        "taken_on": date(2026, 3, 2),
        "recorded_at": NOON,
        "parts": {"main": '{"note":{"text":"Seen at home"}}', "findings": "[]", "facts": "{}"},
    }
    return NewEntry(**(usual | changes))


def record(new: NewEntry, **options: Any) -> StoredEntry:
    """Appends one entry in a transaction of its own."""
    with transaction.atomic():
        return append_entry(lock_heads([new.file]), new, **options)


def a_history() -> list[StoredEntry]:
    """Two files, five entries and three, a minute apart."""
    files = ["case-1"] * 5 + ["case-2"] * 3
    return [
        record(
            an_entry(
                file_id=file,
                recorded_at=NOON + timedelta(minutes=minute),
                parts={"main": f'{{"note":"note {minute}"}}', "facts": "{}"},
            )
        )
        for minute, file in enumerate(files)
    ]
