"""Who can take a step that the viewer cannot: found by asking the policy of each colleague it could be for."""

from __future__ import annotations

from dataclasses import replace

from evenhand.cases.holding import colleagues_on
from evenhand.casework.decide import options_of
from evenhand.casework.steps import STEPS
from evenhand.casework.wording import listed
from evenhand.web.file.opening import Opened

NAMED = 3
"""Colleagues called by name; of more it is said how many."""


def who_can(step: str, target: str, page: Opened) -> str:
    """'Sia Vance, Ben Low or 2 others'; '' where nobody can. The officer of the file alone, where they are one."""
    able = [
        one.id for one in page.asking.colleagues(step) if _is_told(one.id, page) and _may(one.id, step, target, page)
    ]
    officer = getattr(page.file, "officer", "")
    if officer in able:
        return page.facts.registers.name(officer)
    names = [page.facts.registers.name(who) for who in able[:NAMED]]
    more = len(able) - len(names)
    others = [f"{more} other{'s' if more > 1 else ''}"] if more else []
    return listed([*names, *others], "or") if names else ""


def _is_told(who: str, page: Opened) -> bool:
    """Whether somebody may know of the file: of a case kept to a few, only those."""
    return not page.file.is_restricted or colleagues_on(page.file).get(who, False)


def _may(who: str, step: str, target: str, page: Opened) -> bool:
    found = options_of(STEPS[step], replace(page.facts, actor=who))
    return any(one.is_open and one.target in ("", target) for one in found)
