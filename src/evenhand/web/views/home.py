"""The first page: what is owed by you, what waits for you, your cases."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from evenhand.cases.seeing import DeskRequest
from evenhand.web.lists import audits, today, work
from evenhand.web.lists.alerts import alerts_for
from evenhand.web.lists.cases import SHORT, short_lines
from evenhand.web.lists.drawing import drawn
from evenhand.web.lists.listing import labelled
from evenhand.web.pages import page
from evenhand.web.reporting.own import lately_reported


@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """What is owed by the viewer first."""
    viewer = request.viewer
    cases, people, has_more = today.own_cases(viewer)
    overdue = today.overdue(viewer)
    return page(
        request,
        "web/home.html",
        may_report=today.may_report(viewer),
        reports_first=today.reports_first(viewer),
        alerts=alerts_for(viewer),
        unsent=today.unsent(viewer),
        reported=lately_reported(viewer),
        looked_after=work.looked_after(viewer),
        audits=audits.audits_of(viewer),
        overdue=overdue,
        this_week=today.this_week(viewer),
        may_owe=work.may_owe(viewer),
        waiting=today.waiting(viewer, overdue.items),
        may_decide=work.may_decide(viewer),
        runs_cases=work.runs_cases(viewer),
        case_columns=SHORT,
        cases=drawn(labelled(SHORT, short_lines(cases, people, viewer))),
        has_more_cases=has_more,
    )
