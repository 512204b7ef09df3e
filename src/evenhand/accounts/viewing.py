"""From an account to the viewer that pages ask about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from evenhand.accounts import rules
from evenhand.accounts.models import Account
from evenhand.accounts.principal import Principal
from evenhand.cases.seeing import Viewer, has_many, tied_to
from evenhand.casework.registers import Registers, StaffMember
from evenhand.looks.glass import opened_for
from evenhand.people.models import TeamMember
from evenhand.people.reading import registers_on, stamp_now
from evenhand.policy.clock import london_day

KEPT = 4_096
"""Colleagues whose standing is remembered, each for a state of the registers and a day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a colleague holds and sees on a day; all that does not change until registers or rules do."""

    staff: StaffMember
    registers: Registers
    roles: frozenset[str]
    rule: rules.Rule
    team: frozenset[str]
    ties: frozenset[str]
    has_many: bool


def viewer_of(account: Account, at: datetime, principal: Principal | None = None) -> Viewer:
    """The colleague behind an account, as they stand at an instant; quicker where the session's principal is given."""
    day = london_day(at)
    stands = standing(account.staff_id, principal.stamp if principal else stamp_now(), day)
    opened = opened_for(account.staff_id, at) if principal is None or principal.has_opened else frozenset()
    return Viewer(
        stands.staff,
        stands.registers,
        day,
        at,
        stands.roles,
        stands.rule.sees,
        stands.team,
        stands.ties,
        opened,
        stands.has_many,
    )


@lru_cache(maxsize=KEPT)
def standing(who: str, stamp: str, day: date) -> Standing:
    """What a colleague holds and sees on a day, with the registers in the state that `stamp` names."""
    registers = registers_on(day, stamp)
    staff = registers.staff.get(who) or StaffMember(who, who)
    roles = registers.roles_of(who, day)
    team = _mates(who, day) | _managed(_stood_in_for(who, registers, day), registers, day)
    return Standing(
        staff, registers, roles, rules.together(roles), team, tied_to(staff.connections, day), has_many(who)
    )


def _mates(who: str, day: date) -> frozenset[str]:
    """Everybody in a team of theirs, and themselves."""
    theirs = TeamMember.objects.on(day).filter(staff_id=who).values("team_id")
    mates = TeamMember.objects.on(day).filter(team_id__in=theirs).values_list("staff_id", flat=True)
    return frozenset(mates) | {who}


def _stood_in_for(who: str, registers: Registers, day: date) -> set[str]:
    """Themselves, and everybody they stand in for."""
    return {who} | {member.id for member in registers.staff.values() if who in member.deputies_on(day)}


def _managed(managers: Iterable[str], registers: Registers, day: date) -> frozenset[str]:
    """Everybody whom any of some managers line-manages, directly or through others."""
    reports: dict[str, set[str]] = defaultdict(set)
    for member in registers.staff.values():
        for manager in member.managers_on(day):
            reports[manager].add(member.id)
    found: set[str] = set()
    waiting = list(managers)
    while waiting:
        fresh = reports[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


def must_prove_more(principal: Principal, viewer: Viewer) -> bool:
    """Whether a role they hold asks for a second way to prove who they are, and they have none."""
    if principal.has_second_factor:
        return False
    return standing(viewer.id, principal.stamp, viewer.day).rule.needs_second_factor
