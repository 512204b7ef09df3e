"""What a colleague can see and settle about themselves: deputies, training, and whom they keep away from."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.cases.seeing import DeskRequest
from evenhand.people.changing import changes_of
from evenhand.people.models import LineManager, Staff
from evenhand.web.pages import page
from evenhand.web.registers.acting import added, ended, relation_named
from evenhand.web.registers.relations import OF_STAFF, Row, rows_by, rows_of
from evenhand.web.views.colleagues import hand

MINE = ("deputy", "connection")
"""What somebody settles for themselves; the rest is for administrators."""


@require_safe
def me(request: DeskRequest) -> HttpResponse:
    """My roles, team, manager, deputies, training and declared connections."""
    viewer = request.viewer
    ties = [(relation, rows_of(relation, viewer.id, viewer.day), relation.name in MINE) for relation in OF_STAFF]
    return page(
        request, "web/settings/me.html", ties=ties, changes=changes_of("staff", viewer.id), reports=_reports(request)
    )


def _reports(request: DeskRequest) -> list[tuple[str, list[Row], list[Row]]]:
    """Those whom the viewer line-manages today, with their training and who stands in for them (clause 4.8)."""
    day = request.viewer.day
    managed = LineManager.objects.on(day).filter(manager_id=request.viewer.id).values("staff_id")
    names = dict(Staff.objects.filter(id__in=managed).order_by("name", "id").values_list("id", "name"))
    training = rows_by(relation_named(OF_STAFF, "training"), names, day)
    deputies = rows_by(relation_named(OF_STAFF, "deputy"), names, day)
    return [(name, training[who], [row for row in deputies[who] if not row.is_over]) for who, name in names.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def add_mine(request: DeskRequest, relation: str) -> HttpResponse:
    """Names a deputy for an absence of one's own, or somebody or somewhere to keep away from."""
    tie = relation_named([one for one in OF_STAFF if one.name in MINE], relation)
    get_object_or_404(Staff, id=request.viewer.id)
    return added(request, hand(request, "staff", request.viewer.id), tie, "about me", reverse("me"))


@require_http_methods(["GET", "HEAD", "POST"])
def end_mine(request: DeskRequest, row: int) -> HttpResponse:
    """Ends a deputyship early; a declared connection is taken back by an administrator only."""
    tie = relation_named(OF_STAFF, "deputy")
    return ended(request, hand(request, "staff", request.viewer.id), tie, row, reverse("me"))
