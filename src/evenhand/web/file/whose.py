"""Who can take a step that the viewer cannot: found by asking the policy of each colleague it could be for."""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from evenhand.cases.holding import colleagues_on
from evenhand.casework.decide import decide, options_of
from evenhand.casework.steps import STEPS
from evenhand.casework.wording import listed
from evenhand.web.file.opening import Opened

NAMED = 3
"""Colleagues called by name; of more it is said how many."""


def who_can(step: str, target: str, page: Opened) -> str:
    """'Sia Vance, Ben Low or 2 others'; '' where nobody can. The officer of the file alone, where they are one.

    Of those who can, the ones who have least to say first: a line manager before whoever would have to stand in. Of
    these the officer's own managers, on whose first page it stands, before all others (clause 1.3).
    """
    told = (one.id for one in page.asking.colleagues(step) if _is_told(one.id, page))
    lacking = {who: found for who in told if (found := _lacks(who, step, target, page)) is not None}
    least = min(lacking.values(), default=0)
    able = [who for who, found in lacking.items() if found == least]
    officer = getattr(page.file, "officer", "")
    if officer in able:
        return page.facts.registers.name(officer)
    theirs = page.facts.registers.managers_of(officer, page.viewer.day)
    able = [who for who in able if who in theirs] or able
    names = [page.facts.registers.name(who) for who in able[:NAMED]]
    more = len(able) - len(names)
    others = [f"{more} other{'s' if more > 1 else ''}"] if more else []
    return listed([*names, *others], "or") if names else ""


def _is_told(who: str, page: Opened) -> bool:
    """Whether somebody may know of the file: of a case kept to a few, only those."""
    return not page.file.is_restricted or colleagues_on(page.file).get(who, False)


def _lacks(who: str, step: str, target: str, page: Opened) -> int | None:
    """How many of the policy's conditions an empty form of somebody's would leave open; None where it is shut to them.

    Of a form that cannot be empty it is 0: then nobody is told from anybody else.
    """
    model, facts = STEPS[step], replace(page.facts, actor=who)
    if not any(one.is_open and one.target in ("", target) for one in options_of(model, facts)):
        return None
    try:
        draft = model.model_validate({model.target_field: target} if target and model.target_field else {})
    except ValidationError:
        return 0
    return sum(not finding.is_met for finding in decide(draft, facts).findings)
