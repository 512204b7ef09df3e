"""Who is told when a duty of somebody else has passed its day: roles that the edition names, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.web.lists.duties import WEEK
from evenhand.web.lists.owed import NOTHING, is_for, is_owed_by, of_other_managers


def is_told_to(viewer: Viewer) -> Q:
    """Which overdue duties of others the viewer is to know of, of those that stand on files they see (clause 5.2).

    The role that the edition names first is told as soon as the day has passed, each further one a week after the one
    before. Where the file has an officer whose line manager holds the role, it is that manager and no other.
    """
    told = NOTHING
    for role, duties in _roles(viewer):
        late = NOTHING
        for duty, before in duties:
            late |= Q(duty=duty, due_on__lt=before)
        told |= late & ~of_other_managers(viewer, (role,))
    return told & ~is_owed_by(viewer)


def _roles(viewer: Viewer) -> Iterator[tuple[str, list[tuple[str, date]]]]:
    """Each role that the viewer answers for, with the duties it is told of and the day before which they were due."""
    edition = in_force()
    for role in edition.roles:
        if is_for(viewer, edition, (role,)):
            named = ((duty, rule.overdue_to) for duty, rule in edition.duties.items() if role in rule.overdue_to)
            yield role, [(duty, viewer.day - WEEK * roles.index(role)) for duty, roles in named]
