"""Reporting an incident: one thing a page, kept after each, sent at the end (clauses 1.4 and 4.11)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.cases.models import FileIndex
from evenhand.cases.seeing import DeskRequest
from evenhand.casework.steps.incident import ReportIncident
from evenhand.evidence.keeping import DRAFT, discard, move_drafts
from evenhand.evidence.reading import blobs_for
from evenhand.policy.clock import london_day
from evenhand.web.file.words import Telling
from evenhand.web.pages import page as rendered
from evenhand.web.reporting.asked import TICKS, Asked
from evenhand.web.reporting.begun import Begun, answered, forget
from evenhand.web.reporting.finding import Found, people_found
from evenhand.web.reporting.journey import Journey, kinds_by_clause
from evenhand.web.reporting.sending import Sent, send
from evenhand.web.reporting.summing import rows_of
from evenhand.web.steps.drafts import sign
from evenhand.web.steps.form import StepForm, summed_up
from evenhand.web.triage.pot import titles

WRONG = 422


@require_safe
def start(request: DeskRequest) -> HttpResponse:
    """Straight to the first question, or to what was begun and not sent."""
    begun = Begun.kept_by(request.viewer.id)
    if begun is None:
        return redirect("report_page", "who")
    journey = Journey(request.viewer, begun)
    words = journey.data(ReportIncident).get("what_happened", "")
    saved_on = london_day(begun.saved_at) if begun.saved_at else request.viewer.day
    return rendered(request, "web/incidents/begun.html", journey=journey, saved_on=saved_on, words=words)


@require_POST
def again(request: DeskRequest) -> HttpResponse:
    """Throws away what was begun, and starts again."""
    forget(request.viewer.id)
    for blob in blobs_for(request.viewer, DRAFT, request.viewer.id):
        discard(blob)
    return redirect("report_page", "who")


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: DeskRequest, name: str) -> HttpResponse:
    """One page of the report."""
    begun = Begun.kept_by(request.viewer.id)
    journey = Journey(request.viewer, begun or Begun.fresh(request.viewer.day))
    page = next((one for one in journey.pages if one.name == name), None)
    if page is None:
        return redirect("report_page", journey.reached) if begun and journey.reached != "check" else _to_check(begun)
    if request.method == "POST":
        typed = answered(journey.begun, page, dict(request.POST.lists()), request.viewer.day)
        return _answered(request, Journey(request.viewer, typed), page)
    shown = _drawn(request, journey, page, journey.form(page, more=request.GET.getlist("more")))
    return sign(shown, request.viewer.id)


def _to_check(begun: Begun | None) -> HttpResponse:
    return redirect("report_check") if begun else redirect("report_page", "who")


def _answered(request: DeskRequest, journey: Journey, page: Asked) -> HttpResponse:
    """Keeps what was typed, and goes where the button leads."""
    act, _, about = (request.POST.get("act") or _unpressed(journey, page)).partition(" ")
    begun = _chosen(journey.begun.with_own(at=[page.name]), act, about, request.viewer)
    if act == "keep" and begun.is_empty:
        return _nothing_kept(request)
    begun.keep(request.viewer.id, request.at)
    if act in ("find", "more", "clear"):
        return redirect(f"{request.path}{f'?more={about}' if act == 'more' else ''}{'#found' if act == 'find' else ''}")
    if act == "safe":
        return redirect("report_page", "safe")
    if act == "keep" and request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)  # a page that keeps its words by itself stays
    if act == "keep":
        messages.info(request, "Your report is kept. You find it again under ‘Report an incident’.")
        return redirect("home")
    return _onwards(request, Journey(request.viewer, begun), page)


def _nothing_kept(request: DeskRequest) -> HttpResponse:
    forget(request.viewer.id)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    messages.info(request, "Nothing was typed, so nothing was kept.")
    return redirect("home")


def _unpressed(journey: Journey, page: Asked) -> str:
    """A name typed and 'Continue' pressed, with nothing else said of who it was: they meant to look for it."""
    return "find" if page.name == "who" and journey.begun.own("find") and journey.checked(page).all_problems else ""


def _chosen(begun: Begun, act: str, about: str, viewer: Any) -> Begun:
    """What a button of the first page chose: a customer, a home, or neither any more."""
    if act == "person":
        return begun.with_typed(ReportIncident, ("subject", "home"), {"subject": [about]}).with_own(same=[])
    if act == "home":
        home = viewer.registers.homes.get(about)
        place = {"home": [about], "where": [home.address]} if home else {}
        return begun.with_typed(ReportIncident, ("subject", "home", *("where",) * bool(home)), place)
    if act == "safe":
        return begun.with_own(ticks=[*sorted(begun.ticks), "safe"])
    return begun.with_typed(ReportIncident, ("subject", "home"), {}) if act == "clear" else begun


def _onwards(request: DeskRequest, journey: Journey, page: Asked) -> HttpResponse:
    form = journey.checked(page)
    if form.all_problems:
        return _drawn(request, journey, page, form, status=WRONG)
    to = "check" if request.POST.get("to") == "check" else journey.passed_over(page) or journey.after(page)
    journey.begun.with_own(at=[to]).keep(request.viewer.id, request.at)
    return redirect("report_check") if to == "check" else redirect("report_page", to)


def _drawn(request: DeskRequest, journey: Journey, page: Asked, form: StepForm, status: int = 200) -> HttpResponse:
    found = people_found(request, journey.begun.own("find")) if page.name == "who" else Found()
    fields = {field.name: field for field in journey.fields(page, form)}
    to = "check" if "check" in (request.GET.get("to"), request.POST.get("to")) else ""
    errors = summed_up(form.general, fields.values())
    groups = kinds_by_clause(form.field("behaviours")) if page.name == "kind" else []
    return rendered(
        request, page.template, status, journey=journey, asked=page, fields=fields, errors=errors, found=found,
        ticks=TICKS, to=to, kinds=titles, groups=groups,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: DeskRequest) -> HttpResponse:
    """Everything typed, each with a way to change it; and the button that sends it."""
    begun = Begun.kept_by(request.viewer.id)
    if begun is None:
        return _sent_before(request)
    journey = Journey(request.viewer, begun)
    unanswered = next((page for page in journey.pages if journey.checked(page).all_problems), None)
    if unanswered:
        return _drawn(request, journey, unanswered, journey.checked(unanswered), status=WRONG)
    if request.method == "GET":
        return _checked(request, journey, Sent(begun.own("sent")))
    sent = send(journey, request.at)
    if sent.left:
        return _checked(request, Journey(request.viewer, Begun.kept_by(request.viewer.id) or begun), sent, WRONG)
    return _sent(request, sent.file)


def _sent(request: DeskRequest, file: str) -> HttpResponse:
    """To what happens next; where there are files, by way of saying what each shows."""
    done = reverse("report_sent", args=(file,))
    if not move_drafts(request.viewer.id, "incident", file):
        return redirect(done)
    return redirect(f"{reverse('evidence_describe', args=('incident', file))}?{urlencode({'next': done})}")


def _checked(request: DeskRequest, journey: Journey, sent: Sent, status: int = 200) -> HttpResponse:
    told = Telling(journey.edition, request.viewer.registers, {})
    rows = rows_of(journey, told)
    blobs = blobs_for(request.viewer, DRAFT, request.viewer.id)
    adding = f"{reverse('evidence_new', args=(DRAFT, request.viewer.id))}?{urlencode({'next': request.path})}"
    return rendered(
        request, "web/incidents/check.html", status, journey=journey, rows=rows, sent=sent, blobs=blobs, adding=adding
    )


def _sent_before(request: DeskRequest) -> HttpResponse:
    """The button was pressed twice, or the page is an old one: the report is sent already, or nothing was begun."""
    name = request.POST.get("name", "")
    if FileIndex.objects.filter(kind="incident", name=name).exists():
        return redirect("report_sent", name)
    if request.method == "POST":
        raise Http404
    return redirect("report_page", "who")


urls = [
    path("report/", start, name="report"),
    path("report/again/", again, name="report_again"),
    path("report/check/", check, name="report_check"),
    path("report/<slug:name>/", asked, name="report_page"),
]
