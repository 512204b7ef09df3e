"""What others wait for: cases to endorse and measures to approve, for which no duty with a day is promised."""

from __future__ import annotations

from django.db.models import QuerySet

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, SanctionIndex
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Deciders, Remedy
from evenhand.web.lists.owed import managed_elsewhere
from evenhand.web.lists.seen import on_a_file_seen


def to_endorse(viewer: Viewer) -> QuerySet[FileIndex]:
    """Cases opened and not yet endorsed, by colleagues whose line manager the viewer is, or who have none (1.3)."""
    wanted = in_force().steps["endorse_case"].roles
    if viewer.roles.isdisjoint(wanted):
        return FileIndex.objects.none()
    cases = visible_to(viewer).filter(kind="case", state="opened", is_open=True).exclude(officer=viewer.id)
    return cases.exclude(officer__in=list(managed_elsewhere(viewer, wanted)))


def to_approve(viewer: Viewer) -> QuerySet[SanctionIndex]:
    """Measures proposed by others and not yet decided, that the viewer is among those to decide (clause 1.3)."""
    edition = in_force()
    remedies = edition.remedies.items()
    wanted = [code for code, remedy in remedies if any(_decides(viewer, edition, who) for who in _deciders(remedy))]
    if _decides(viewer, edition, Deciders(any_of=edition.settings.highest_approvers)):
        wanted.append("")
    proposed = SanctionIndex.objects.filter(approved_on=None, ended_on=None, remedy__in=wanted)
    return proposed.exclude(proposed_by=viewer.id).filter(on_a_file_seen(viewer))


def _deciders(remedy: Remedy) -> list[Deciders]:
    """Those who decide it at any length."""
    return [deciders for deciders in (remedy.approvers, remedy.approvers_beyond) if deciders is not None]


def _decides(viewer: Viewer, edition: Edition, deciders: Deciders) -> bool:
    """Whether the viewer is one of those who decide by a role of their own, one they stand in for, or a post."""
    if deciders.post or deciders.relative:
        return any(post == deciders.post or post.startswith(f"{deciders.relative}_of_") for post in viewer.staff.posts)
    if deciders.two_of_grade is not None:
        return any(edition.roles[role].grade >= deciders.two_of_grade for role in viewer.roles if role in edition.roles)
    roles = edition.bodies[deciders.body].roles if deciders.body else deciders.any_of + deciders.all_of
    return not viewer.roles.isdisjoint(roles)
