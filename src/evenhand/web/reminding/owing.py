"""What stands in somebody's mail of a day: the same rows as on their first page, and what is late with others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.web.lists.acts import AWAITED
from evenhand.web.lists.chased import is_told_to
from evenhand.web.lists.duties import in_age
from evenhand.web.lists.owed import NOTHING, is_owed_by
from evenhand.web.lists.today import Part, duties_where, overdue, waiting

OVERDUE, SOON, WAITING, LATE = "Overdue", "Due soon", "Waiting for your decision", "Overdue with others"


def owing(viewer: Viewer) -> dict[str, Part]:
    """The parts of the mail that have something in them, by their headings."""
    late = overdue(viewer)
    others = duties_where(viewer, in_age("overdue", viewer.day) & is_told_to(viewer))
    parts = {OVERDUE: late, SOON: _soon(viewer), WAITING: waiting(viewer, late.items), LATE: others}
    return {heading: part for heading, part in parts.items() if part.items}


def _soon(viewer: Viewer) -> Part:
    """What the viewer owes within as many days as the edition begins to remind of it, decisions aside."""
    return duties_where(viewer, _is_near(viewer) & Q(due_on__gte=viewer.day) & is_owed_by(viewer))


def _is_near(viewer: Viewer) -> Q:
    near = NOTHING
    for duty, days in _reminded():
        near |= Q(duty=duty, due_on__lte=viewer.day + timedelta(days=days))
    return near


def _reminded() -> Iterator[tuple[str, int]]:
    """Each duty that is work, with how many days before its own day it is first reminded of."""
    for duty, rule in in_force().duties.items():
        if rule.remind_days_before and duty not in AWAITED:
            yield duty, max(rule.remind_days_before)
