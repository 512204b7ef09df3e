"""The policy as pages: by clause, as guidance for each role, and compared with another edition."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from evenhand.cases.editions import in_force, known
from evenhand.cases.seeing import DeskRequest
from evenhand.policy.edition import Edition
from evenhand.policy.parsing import UnknownEdition, shipped
from evenhand.web.pages import page
from evenhand.web.reading.clauses import clauses_of
from evenhand.web.reading.guidance import guidance_for
from evenhand.web.reading.review import review_due, review_notice


@require_safe
def policy(request: DeskRequest) -> HttpResponse:
    """The edition in force."""
    return _edition_page(request, in_force())


@require_safe
def policy_edition(request: DeskRequest, edition: str) -> HttpResponse:
    """An edition by its id: cases opened under it keep it."""
    return _edition_page(request, edition_or_404(edition))


def edition_or_404(name: str) -> Edition:
    """An edition in force or shipped; never a file that somebody names in an address."""
    if name not in (in_force().id, *shipped()):
        raise Http404
    try:
        return known(name)
    except UnknownEdition:
        raise Http404 from None


def _edition_page(request: DeskRequest, edition: Edition) -> HttpResponse:
    return page(
        request,
        "web/policy/edition.html",
        edition=edition,
        clauses=clauses_of(edition),
        review_due=review_due(edition),
        review_notice=review_notice(request.viewer),
        is_in_force=edition.id == in_force().id,
        others=[name for name in shipped() if name != edition.id],
    )


@require_safe
def guidance(request: DeskRequest) -> HttpResponse:
    """What is asked of a role, step by step; the viewer's own first role unless another is asked for."""
    edition = in_force()
    theirs = [role for role in edition.roles if role in request.viewer.roles]
    role = request.GET.get("role") or (theirs[-1] if theirs else next(iter(edition.roles)))
    if role not in edition.roles:
        raise Http404
    roles = [(code, rule.title) for code, rule in edition.roles.items() if code not in ("portal", "system")]
    parts = guidance_for(edition, role)
    return page(request, "web/policy/guidance.html", edition=edition, parts=parts, role=role, roles=roles)


urls = [
    path("policy/", policy, name="policy"),
    path("policy/edition/<str:edition>/", policy_edition, name="policy_edition"),
    path("policy/guidance/", guidance, name="guidance"),
]
