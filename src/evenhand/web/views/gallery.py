"""Every component with its states on one page: for whoever builds a page, and for tests that look at it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest
from evenhand.policy.findings import Citation, Effect, Finding, met, not_met, unknown
from evenhand.web.months import window
from evenhand.web.pages import page
from evenhand.web.showing import STATUSES


@require_safe
def gallery(request: DeskRequest) -> HttpResponse:
    """Made-up words in every component."""
    day = request.viewer.day
    return page(
        request,
        "web/gallery.html",
        statuses=list(STATUSES),
        found=_findings(),
        months=window(day + timedelta(days=31), day + timedelta(days=75), {day + timedelta(days=60): "first review"}),
    )


def _findings() -> list[Finding]:
    cited = [Citation(in_force().id, clause) for clause in list(in_force().clauses)[:5]]
    return [
        Finding("shown", cited[0], Effect.STOP, met("A conversation was considered on 6 August 2026.")),
        Finding("shown", cited[1], Effect.STOP, not_met("No equality assessment names this sanction: make one first.")),
        Finding("shown", cited[2], Effect.STOP, unknown("Nobody has said whether the customer was told.")),
        Finding("shown", cited[3], Effect.WARN, not_met("The training of Olu Lamb lapsed on 1 June 2026.")),
        Finding("shown", cited[4], Effect.OWE, met("The customer is owed a letter by 14 August 2026.")),
        Finding(
            "shown", Citation(in_force().id, "floor: a review date"), Effect.STOP, met("A review is set for 6 October.")
        ),
    ]
