"""Names for new files: easy to say on the phone, and telling nobody how many there are."""

from __future__ import annotations

from datetime import date
from secrets import choice

from evenhand.casework.steps.base import FileKind

PREFIXES: dict[FileKind, str] = {"incident": "IN", "case": "UC", "flag": "FL", "inquiry": "IQ"}
LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
"""No vowels, so that no word appears, and nothing that is mistaken for something else."""
LENGTH = 5
YEARS = 10
"""So many years back a reference is known by its last part alone."""


def fresh_name(kind: FileKind, day: date) -> str:
    """A name such as UC-2026-7KQ4M that hardly any file has; where one does, `take_step` says so, and you try again.

    A person's file has the customer's own id and needs no name.
    """
    return f"{PREFIXES[kind]}-{day.year}-{''.join(choice(LETTERS) for _ in range(LENGTH))}"


def names_meant(said: str, day: date) -> set[str]:
    """The names that somebody may mean who gives a reference, whole or only its last part, in small letters or not."""
    whole = said.strip()
    short = len(whole) == LENGTH and set(whole.upper()) <= set(LETTERS)
    years = range(day.year - YEARS, day.year + 1) if short else ()
    guessed = {f"{prefix}-{year}-{whole.upper()}" for prefix in PREFIXES.values() for year in years}
    return {whole, whole.upper(), *guessed}
