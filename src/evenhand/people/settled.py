"""Numbers that the landlord settles for the desk itself, each with what it means; what the policy says is an edition's.

One table: what stands here holds until somebody has settled another, on the page of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.people.changing import Hand, change
from evenhand.people.models import Number

IDLE = "idle_minutes"


@dataclass(frozen=True, slots=True)
class Rule:
    """One number: its words, what it is until settled, and how small and large it may be."""

    title: str
    hint: str
    usual: int
    least: int
    most: int


NUMBERS: Mapping[str, Rule] = {
    IDLE: Rule(
        "Minutes without asking for a page, after which somebody is signed out",
        "What they typed is kept. Whoever works on shared machines needs fewer.",
        60, 5, 720,
    ),
    "look_into_days": Rule(
        "Working days within which somebody else looks into a file that was opened",
        "Counted from the day after it was opened. What is late stands first.",
        3, 1, 30,
    ),
    "many_times": Rule(
        "Files and customers: so many times as many as the middle colleague of the same role",
        "Whoever looked at fewer is not listed for it.",
        3, 2, 20,
    ),
    "many_least": Rule(
        "Files and customers: and at least so many",
        "So that nobody is listed for a few more than next to none.",
        20, 1, 1_000,
    ),
    "apart_least": Rule(
        "No part in it: at least so many files or customers",
        "They took no step on it and are not named on it, nor is anybody of their team; and they were not asked why.",
        10, 1, 1_000,
    ),
    "late_least": Rule(
        "Out of hours: at least so many looks",
        "Weekends and bank holidays are out of hours as well.",
        10, 1, 1_000,
    ),
    "hours_from": Rule("Out of hours: before this hour", "By the 24-hour clock, in London.", 7, 0, 12),
    "hours_until": Rule("Out of hours: from this hour on", "By the 24-hour clock, in London.", 20, 12, 24),
    "same_least": Rule(
        "The same person again and again: at least so many looks",
        "By somebody who took no step and is not named on any file about that person, nor is anybody they manage.",
        5, 2, 100,
    ),
}  # fmt: skip
"""By name, in the order of the page."""


def settled() -> dict[str, int]:
    """Every number as it stands."""
    known = dict(Number.objects.values_list("name", "value"))
    return {name: known.get(name, rule.usual) for name, rule in NUMBERS.items()}


def settle(hand: Hand, name: str, value: int) -> None:
    """Settles one number from now on, and notes that it was changed; does nothing where it stands so already."""
    was = settled()[name]
    if was == value:
        return

    def act() -> Number:
        return Number.objects.update_or_create(name=name, defaults={"value": value})[0]

    change(hand, f"{NUMBERS[name].title}: was {was}, is {value}", act)
