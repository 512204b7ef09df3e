"""Breaking the glass: a colleague opens one file to themselves for an hour, says why, and answers for it (H2)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from evenhand.cases.archive import RecordArchive
from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, FilePerson
from evenhand.cases.seeing import Viewer
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.registers import Registers
from evenhand.looks.models import Grant
from evenhand.people.settled import settled
from evenhand.policy.clock import london_day

LASTS = timedelta(minutes=60)
WATCHES = "data_protection_officer"
LOOKS_INTO = frozenset({WATCHES, "auditor"})
"""The roles whose holders see what was opened, and close it; two, so that nobody is ever the only one."""


class NotYours(ValueError):
    """Nobody closes what they opened themselves."""


class ClosedAlready(ValueError):
    """Somebody has closed it before."""


def opened_for(staff: str, at: datetime) -> frozenset[str]:
    """The files that are open to a colleague at an instant."""
    return frozenset(Grant.objects.open_at(at).filter(staff=staff).values_list("file", flat=True))


def break_glass(viewer: Viewer, name: str, reason: str) -> Grant | None:
    """Opens a file to the viewer. None where there is no such file, and where they are tied to whom it is about, or
    are themselves the colleague an inquiry is about."""
    file = FileIndex.objects.filter(name=name).exclude(kind="person").first() if viewer.is_at_desk else None
    if file is None or FilePerson.objects.filter(file=name, person__in=viewer.ties).exists():
        return None
    if _is_spoken_of(viewer, name):
        return None
    return Grant.objects.create(
        staff=viewer.id, file=name, kind=file.kind, reason=reason, opened_at=viewer.at, until=viewer.at + LASTS
    )


def _is_spoken_of(viewer: Viewer, name: str) -> bool:
    """Whether the file is an inquiry about the viewer: not even breaking the glass shows them that (clause 1.5)."""
    file = RecordArchive().file(name)
    return isinstance(file, InquiryFile) and file.colleague == viewer.id


def watchers(registers: Registers, viewer: Viewer) -> list[str]:
    """The colleagues to be told when somebody opened a file: never only that somebody."""
    holding = [who for who in registers.staff if registers.roles_of(who, viewer.day) & {WATCHES}]
    return sorted(set(holding) - {viewer.id})


def may_look_into(viewer: Viewer) -> bool:
    """Whether the viewer sees what others opened."""
    return bool(viewer.roles & LOOKS_INTO)


def open_alerts(viewer: Viewer) -> QuerySet[Grant]:
    """What others opened and nobody has closed yet, the oldest first; nothing about those the viewer is tied to."""
    if not may_look_into(viewer):
        return Grant.objects.none()
    tied = FilePerson.objects.filter(person__in=viewer.ties).values("file")
    return Grant.objects.to_close().exclude(staff=viewer.id).exclude(file__in=tied)


def close_by(grants: Collection[Grant]) -> dict[int, date]:
    """The last day for somebody else to look into each, within as many working days as the landlord has settled."""
    within, calendar = settled()["look_into_days"], in_force().calendar
    return {one.id: calendar.add_working_days(london_day(one.opened_at), within) for one in grants}


def own_grants(viewer: Viewer) -> QuerySet[Grant]:
    """What the viewer opened, newest first."""
    return Grant.objects.filter(staff=viewer.id).order_by("-id")


def close(viewer: Viewer, grant: Grant, finding: str) -> None:
    """Closes what somebody else opened: it opens nothing any more. Raises `NotYours` and `ClosedAlready`."""
    if grant.staff == viewer.id:
        raise NotYours("You opened this yourself: somebody else has to look into it.")
    until = min(grant.until, viewer.at) if viewer.at > grant.opened_at else grant.until
    closed = {"closed_at": viewer.at, "closed_by": viewer.id, "finding": finding, "until": until}
    if not Grant.objects.filter(id=grant.id, closed_at=None).update(**closed):
        raise ClosedAlready("Somebody has closed this already.")


def standing(grants: Collection[Grant], at: datetime) -> dict[int, str]:
    """How each stands at an instant: `open`, `over` (its time has run out), or `closed`."""
    return {one.id: "closed" if one.closed_at else "open" if one.until > at else "over" for one in grants}
