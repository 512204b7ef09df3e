"""What an auditor finds on the first page: cases to audit, and what audits asked for that is not done yet (5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, FileStaff
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.casework.steps.control import AuditCase
from evenhand.people.reading import customers_named
from evenhand.web.lists.acts import file_href, take_href
from evenhand.web.lists.duties import keeper_name
from evenhand.web.lists.owed import standing
from evenhand.web.lists.people import staff_name, subject_name
from evenhand.web.lists.today import MOST, Item, Part, duty_items, step_title
from evenhand.web.lists.words import near_day

AUDIT = AuditCase.name
ENDED = ("closed", "declined")


@dataclass(frozen=True, slots=True)
class Audits:
    """Cases that the auditor may audit, and findings of any audit that are still open."""

    to_do: Part = field(default_factory=Part)
    findings: Part = field(default_factory=Part)


def audits_of(viewer: Viewer) -> Audits | None:
    """What there is for an auditor; None for whoever is none. Six statements."""
    if viewer.roles.isdisjoint(in_force().steps[AUDIT].roles):
        return None
    return Audits(_to_do(viewer), _findings(viewer))


def unaudited(viewer: Viewer) -> QuerySet[FileIndex]:
    """Ended cases on which neither an auditor took a step, this one included, nor anybody whom this one manages."""
    staff, auditors = viewer.registers.staff, frozenset(in_force().steps[AUDIT].roles)
    apart = {who for who, one in staff.items() if one.roles & auditors or viewer.id in one.managers_on(viewer.day)}
    touched = FileStaff.objects.filter(staff__in=sorted(apart | {viewer.id})).values("file")
    return visible_to(viewer).filter(kind="case", state__in=ENDED).exclude(name__in=touched)


def _to_do(viewer: Viewer) -> Part:
    rows = list(unaudited(viewer).order_by("-last_on", "-name")[: MOST + 1])
    people = customers_named(row.subject for row in rows[:MOST])
    return Part([_case(row, people, viewer) for row in rows[:MOST]], len(rows) > MOST)


def _case(row: FileIndex, people: Mapping[str, str], viewer: Viewer) -> Item:
    return Item(
        what=subject_name(row.subject, people),
        who=f"Officer {staff_name(row.officer, viewer)}",
        file=row.name,
        when=f"last entry {near_day(row.last_on, viewer.day)}",
        is_overdue=False,
        clause=in_force().cited[AUDIT].clause,
        label=step_title(AUDIT),
        href=take_href("case", row.name, AUDIT),
    )


def _findings(viewer: Viewer) -> Part:
    """Each with who is to do it, and the case itself to look at: doing it is theirs."""
    rows = list(standing(viewer).filter(duty="complete_audit_action").order_by("due_on", "id")[: MOST + 1])
    items = duty_items(rows[:MOST], viewer)
    looked = [
        replace(item, what=keeper_name(row, viewer), label="Look at the case", href=file_href("case", row.file))
        for row, item in zip(rows, items, strict=False)
    ]
    return Part(looked, len(rows) > MOST)
