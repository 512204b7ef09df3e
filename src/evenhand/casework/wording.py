"""How days and lists are written in a sentence that a person will read."""

from collections.abc import Iterable
from datetime import date


def plain_day(day: date) -> str:
    """A day as a letter writes it: '6 August 2021'."""
    return f"{day.day} {day:%B} {day.year}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a sentence lists them: 'one, two and three'."""
    *first, final = [*words] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final
