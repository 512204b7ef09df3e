"""The triage pot: reports that wait, what is known of the person, and the ways a report can go (1.2, 1.4, 4.10)."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest, handles_reports
from evenhand.casework.entry import File
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.incident import TriageIncident
from evenhand.casework.steps.opening import LinkIncident, OpenCase
from evenhand.evidence.reading import blobs_for
from evenhand.looks.noting import open_file
from evenhand.web.file.opening import Opened, opened
from evenhand.web.file.words import line_of
from evenhand.web.lists.acts import take_href
from evenhand.web.lists.paging import NoSuchPlace
from evenhand.web.lists.words import by_when
from evenhand.web.pages import page
from evenhand.web.reporting.became import became_of
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.sending import Sent, begun, read, taken
from evenhand.web.triage.known import Known
from evenhand.web.triage.pot import by_category, codes_of, kinds_of, next_in, pot_page
from evenhand.web.triage.routes import buttons, route_of


@require_safe
def pot(request: DeskRequest) -> HttpResponse:
    """The reports that wait, the one due first on top."""
    if not handles_reports(request.viewer, in_force()):
        raise PermissionDenied
    try:
        waiting, found = pot_page(
            request.viewer, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except NoSuchPlace as error:
        raise Http404 from error
    day, when = request.viewer.day, partial(by_when, today=request.viewer.day)
    return page(request, "web/incidents/pot.html", waiting=waiting, found=found, day=day, when=when)


@require_http_methods(["GET", "HEAD", "POST"])
def triage(request: DeskRequest, name: str) -> HttpResponse:
    """One report beside what is known of the person, with the ways it can go."""
    if not handles_reports(request.viewer, in_force()):
        raise PermissionDenied
    open_file(request, "incident", name)
    at = opened("incident", name, request.viewer)
    if getattr(at.file, "state", "") == "disposed":
        raise Http404
    if request.method == "POST":
        return _routed(request, at)
    return _shown(request, begun(StepForm.blank(TriageIncident, at.asking), at))


def _routed(request: DeskRequest, at: Opened) -> HttpResponse:
    """Decides the route through the engine; what is refused comes back with everything that was typed."""
    route, case = route_of(request.POST.get("route", ""))
    if case and case not in at.seen:
        raise Http404
    typed = {name: [str(text) for text in texts] for name, texts in request.POST.lists()}
    sent = taken(read(TriageIncident, {**typed, "route": [route], "case": [case]}, at))
    if sent.state != "taken":
        return _shown(request, sent)
    messages.success(request, "It is decided. Whoever reported it sees what became of it under ‘My reports’.")
    return _after(request, at.file, route, case)


def _after(request: DeskRequest, file: File, route: str, case: str) -> HttpResponse:
    """On to opening the case, to linking the report to the one it joins, or back to the report and what is left."""
    if route == "new_case":
        return redirect(_opening(file))
    if route == "join_case":
        linked = taken(read(LinkIncident, {"incident": [file.name]}, opened("case", case, request.viewer)))
        if linked.state != "taken":
            messages.warning(request, f"The report is not linked to {case} yet: take ‘Link an incident’ there.")
    return redirect("triage", file.name)


def _opening(file: File) -> str:
    """The page that opens the case a report is to become."""
    return take_href("incident", file.name, OpenCase.name, file.name)


def _shown(request: DeskRequest, sent: Sent) -> HttpResponse:
    at, file = sent.opened, sent.opened.file
    assert isinstance(file, IncidentFile)  # noqa: S101 - `opened` folds an incident into nothing else
    known, opens = Known(at.facts, at.viewer, at.seen), _opening(file) if file.awaits_case else ""
    refusals = sent.decision.refusals if sent.decision is not None else ()
    errors = [*((refused.verdict.sentence, "#decide") for refused in refusals), *sent.form.errors]
    return page(
        request, "web/incidents/triage.html", sent.status, sent=sent, file=file, form=sent.form,
        lines=[line_of(entry, at.telling) for entry in file.entries], known=known,
        customer=at.facts.customer, kinds=kinds_of(file), categories=by_category(codes_of(file)),
        became=became_of(file), errors=errors, refusals=refusals,
        warnings=sent.decision.warnings if sent.decision is not None and sent.state == "warned" else (),
        buttons=[one for one in buttons(known.cases) if not (opens and one.value == "new_case")], opens=opens,
        blobs=blobs_for(at.viewer, "incident", file.name),
        next_name=next_in(at.viewer, file.name) if file.triage else "",
    )  # fmt: skip


urls = [
    path("triage/", pot, name="triage_pot"),
    path("triage/<str:name>/", triage, name="triage"),
]
