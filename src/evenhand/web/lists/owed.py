"""Whose a duty is: the one place that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.cases.editions import in_force, named
from evenhand.cases.models import FileIndex, FileLink, OpenDuty
from evenhand.cases.seeing import Viewer
from evenhand.casework.checks import flags
from evenhand.casework.checks.appeal import ASSIGNING, BARRED
from evenhand.casework.involvement import PARTS
from evenhand.casework.registers import StaffMember
from evenhand.casework.steps.appeal import DecideAppeal, SuspendSanction
from evenhand.casework.wording import listed
from evenhand.policy.edition import Edition
from evenhand.policy.parsing import shipped
from evenhand.record.models import Entry
from evenhand.web.lists.acts import KEPT_BY
from evenhand.web.lists.seen import on_a_file_seen

NOTHING = Q(pk__in=())


def is_owed_by(viewer: Viewer) -> Q:
    """Which duties the viewer owes today, of those that stand on files they see.

    A duty has owners: roles of the policy. Where it names its keeper (the case officer, the appeal officer, who an
    audit asks to put something right) and the keeper holds one of those roles, it is the keeper's and of those who
    stand in for them today. Else it is of everybody who holds such a role themselves or stands in for somebody who
    does, and not only because a higher role includes it: a senior officer does not owe what case officers owe. Where
    the file has an officer whose line manager holds such a role, it is that manager's (clause 1.3) and no other's.
    """
    edition, staff = in_force(), viewer.registers.staff.values()
    stood_in_for = {member.id for member in staff if _is_or_stands_in(viewer, member)}
    owed = NOTHING
    for owners in owners_known(edition):
        owed |= Q(owners=" ".join(owners)) & _is_theirs(viewer, edition, owners, stood_in_for)
    asked, asked_of_me = _asked_by_name(viewer, edition, stood_in_for)
    theirs = (owed & ~Q(duty__in=OPEN_TO_ALL) & ~asked) | _may_step_in(viewer, edition) | asked_of_me
    return theirs & ~_is_too_early(viewer.day) & ~_is_barred(viewer)


def _is_too_early(day: date) -> Q:
    """Duties that wait until another about the same thing is kept: nobody can act on them yet."""
    same = OpenDuty.objects.owed_on(day).filter(file=OuterRef("file"), about=OuterRef("about"))
    waits = NOTHING
    for duty, act in KEPT_BY.items():
        if act.after:
            waits |= Q(duty=duty) & Q(Exists(same.filter(duty__in=act.after)))
    return waits


APART: Mapping[str, frozenset[str]] = {
    "assign_appeal": frozenset(ASSIGNING),
    "decide_late_appeal": frozenset(BARRED),
    "decide_appeal": frozenset(BARRED),
    "decide_flag_dispute": frozenset(flags.BARRED),
}
"""Duties that somebody apart keeps, and the parts after which nobody does (clauses 5.3 and 5.6)."""


def _is_barred(viewer: Viewer) -> Q:
    """Duties on files in which the viewer took such a part, or somebody whose line manager they are where that counts.

    What was done on an appeal itself is left out: that officer was found to be apart when it was given to them.
    """
    registers, barred = viewer.registers, NOTHING
    managed = {who for who in registers.staff if viewer.id in registers.managers_of(who, viewer.day)}
    for duty, parts in APART.items():
        steps = [step.name for step, part in PARTS.items() if part in parts and step not in ON_APPEALS]
        whose = sorted({viewer.id} | (managed if "managed" in parts else set()))
        took = Entry.objects.filter(actor_id__in=whose, step__in=steps)
        reports = FileLink.objects.filter(file=OuterRef(OuterRef("file"))).values("other")
        on_file = Exists(took.filter(kind__in=("case", "flag"), file_id=OuterRef("file")))
        on_report = Exists(took.filter(kind="incident", file_id__in=reports))
        barred |= Q(duty=duty) & (on_file | on_report)
    return barred


ON_APPEALS = (SuspendSanction, DecideAppeal)


OPEN_TO_ALL = ("assign_appeal", "decide_flag_dispute")
"""Duties that their first owner hardly ever may keep: the officer's own manager decided what is disputed."""


def _may_step_in(viewer: Viewer, edition: Edition) -> Q:
    """To find an officer for an appeal, and to decide on a flag: all those who hold such a role (5.3 and 5.6)."""
    held = (duty for duty in OPEN_TO_ALL if duty in edition.steps)
    mine = [duty for duty in held if edition.held(viewer.roles, edition.steps[duty].roles) is not None]
    return Q(duty__in=mine)


ASKED = "complete_audit_action"
"""The duty that an audit gives to whoever it names, whatever their place: the owners' when it names nobody able."""


def _asked_by_name(viewer: Viewer, edition: Edition, stood_in_for: set[str]) -> tuple[Q, Q]:
    """What an audit asks of somebody who may do it; and that of the viewer, or of whom they stand in for (5.5)."""
    rule, staff = edition.steps.get(ASKED), viewer.registers.staff
    able = {who for who, member in staff.items() if rule and edition.held(member.roles, rule.roles)}
    return Q(duty=ASKED, keeper__in=sorted(able)), Q(duty=ASKED, keeper__in=sorted(able & stood_in_for))


def standing(viewer: Viewer) -> QuerySet[OpenDuty]:
    """Every duty that stands today on a file the viewer sees, whosever it is."""
    return OpenDuty.objects.owed_on(viewer.day).filter(on_a_file_seen(viewer))


@cache
def owners_known(edition: Edition) -> frozenset[tuple[str, ...]]:
    """Every list of owners that a duty may have been promised for: in this edition, and in those shipped."""
    editions = (edition, *map(named, shipped()))
    return frozenset(duty.owners for known in editions for duty in known.duties.values())


def _is_theirs(viewer: Viewer, edition: Edition, owners: tuple[str, ...], stood_in_for: set[str]) -> Q:
    staff = viewer.registers.staff
    able = {who for who, member in staff.items() if edition.held(member.roles, owners)}
    theirs = Q(keeper__in=sorted(stood_in_for & able))
    if not is_for(viewer, edition, owners):
        return theirs
    nobody_able = Q(keeper__in=["", *sorted(staff.keys() - able)])
    return theirs | (nobody_able & ~of_other_managers(viewer, owners))


def is_for(viewer: Viewer, edition: Edition, owners: tuple[str, ...]) -> bool:
    """Whether the viewer is among the owners themselves, or nobody is and a role that includes one must do."""
    if any(not member.roles.isdisjoint(owners) for member in viewer.registers.staff.values()):
        return not viewer.roles.isdisjoint(owners)
    return edition.held(viewer.roles, owners) is not None


def of_other_managers(viewer: Viewer, roles: Iterable[str]) -> Q:
    """Duties on files whose officer has a line manager in one of some roles, and that is not the viewer."""
    elsewhere = list(managed_elsewhere(viewer, roles))
    return Q(file__in=FileIndex.objects.filter(officer__in=elsewhere).values("name")) if elsewhere else NOTHING


def managed_elsewhere(viewer: Viewer, roles: Iterable[str]) -> Iterator[str]:
    """Colleagues whose line manager holds one of some roles, where neither that manager nor a deputy is the viewer."""
    staff, wanted = viewer.registers.staff, frozenset(roles)
    for member in staff.values():
        able = {who for who in member.managers_on(viewer.day) if who in staff and staff[who].roles & wanted}
        if able and not any(_is_or_stands_in(viewer, staff[who]) for who in able):
            yield member.id


def lent_by(row: OpenDuty, viewer: Viewer) -> str:
    """Of what the viewer owes only because they stand in for somebody: 'for' whom; or ''."""
    edition, owners = in_force(), tuple(row.owners.split())
    lenders = viewer.registers.lenders(viewer.id, viewer.day)
    named = [one.name for one in lenders if one.id == row.keeper]
    if not named and (row.keeper == viewer.id or edition.held(viewer.staff.roles, owners) is not None):
        return ""
    names = named or [one.name for one in lenders if edition.held(one.roles, owners) is not None]
    return f"for {listed(names)}" if names else ""


def _is_or_stands_in(viewer: Viewer, member: StaffMember) -> bool:
    return viewer.id == member.id or viewer.id in member.deputies_on(viewer.day)
