"""Changes to the registers, one at a time, by somebody: nothing is overwritten that was true for a while, it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models as django_models
from django.db import transaction

from evenhand.people.models import Change, Dated
from evenhand.people.writing import mark_changed
from evenhand.record.canonical import refuse_unstorable

M = TypeVar("M", bound=django_models.Model)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes what stands about whom: `kind` is staff, customer, home, team, role or number; `about` its id."""

    by: str
    at: datetime
    kind: str
    about: str

    def note(self, said: str) -> None:
        """Keeps the sentence that says what was changed."""
        refuse_unstorable(said, "what was changed")
        Change.objects.create(at=self.at, by=self.by, kind=self.kind, about=self.about, said=said)


def change(hand: Hand, said: str, act: Callable[[], M]) -> M:
    """Does something to the registers and notes it, both or neither; every reader learns that they changed.

    Raises Django's `IntegrityError` where the registers do not allow it, and `NotCanonical` for what no database keeps.
    """
    with transaction.atomic():
        done = act()
        hand.note(said)
        mark_changed()
    return done


def add(hand: Hand, row: M, said: str) -> M:
    """Adds a row."""

    def act() -> M:
        _refuse_unstorable(row)
        row.save(force_insert=True)
        return row

    return change(hand, said, act)


def end(hand: Hand, row: Dated, last_day: date, said: str) -> Dated:
    """Lets a row hold until a day, that day included."""

    def act() -> Dated:
        row.until = last_day
        row.save(update_fields=["until"])
        return row

    return change(hand, said, act)


def alter(hand: Hand, row: M, values: Mapping[str, Any]) -> M:
    """Changes fields of a row, and notes each from what to what; does nothing where nothing differs."""
    old = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    if not old:
        return row

    def act() -> M:
        for name in old:
            setattr(row, name, values[name])
        _refuse_unstorable(row)
        row.save(update_fields=[*old])
        return row

    said = "; ".join(f"{_called(n)} was {_shown(was)}, is {_shown(values[n])}" for n, was in old.items())
    return change(hand, said, act)


def changes_of(kind: str, about: str, limit: int = 20) -> list[Change]:
    """What was changed of late, newest first."""
    return list(Change.objects.filter(kind=kind, about=about).order_by("-at", "-id")[:limit])


def _refuse_unstorable(row: django_models.Model) -> None:
    for name, value in vars(row).items():
        if isinstance(value, str):
            refuse_unstorable(value, name)


def _called(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def _shown(value: Any) -> str:
    return f"'{value}'" if value not in ("", None) else "empty"
