"""What a role may see and must prove, as the landlord has settled it; what stands here holds until they have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from evenhand.accounts.models import RoleRule
from evenhand.people.writing import mark_changed

Scope = RoleRule.Scope
WIDTH = (Scope.OWN, Scope.TEAM, Scope.ALL)
"""From the narrowest view to the widest."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How far holders of a role see, and whether a password is enough for them."""

    sees: str = Scope.OWN
    needs_second_factor: bool = False


DEFAULTS = {
    "case_officer": Rule(Scope.TEAM),
    "manager": Rule(Scope.TEAM),
    "senior_officer": Rule(Scope.ALL),
    "auditor": Rule(Scope.ALL),
    "data_protection_officer": Rule(Scope.ALL),
}
"""For roles the landlord has settled nothing for; every other role sees its own."""


def rules() -> dict[str, Rule]:
    """The rule of every role that has one, settled or by default."""
    settled = RoleRule.objects.values_list("role", "sees", "needs_second_factor")
    return DEFAULTS | {role: Rule(sees, second) for role, sees, second in settled}


def rule_of(role: str) -> Rule:
    """The rule of one role."""
    return rules().get(role, Rule())


def together(roles: Iterable[str]) -> Rule:
    """The rule for somebody who holds several roles: the widest view, and the strictest proof."""
    settled = rules()
    held = [settled.get(role, Rule()) for role in roles] or [Rule()]
    widest = max((Scope(rule.sees) for rule in held), key=WIDTH.index)
    return Rule(widest, any(rule.needs_second_factor for rule in held))


def settle(role: str, sees: str, needs_second_factor: bool) -> None:
    """Changes the rule of a role; every request from then on goes by it."""
    with transaction.atomic():
        given = {"sees": Scope(sees), "needs_second_factor": needs_second_factor}
        RoleRule.objects.update_or_create(role=role, defaults=given)
        mark_changed()
