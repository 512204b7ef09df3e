"""My reports: what became of each, adding to one, and help for whoever was affected (clause 1.4)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.cases.archive import RecordArchive
from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest
from evenhand.casework.duties import duties
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.incident import AddStatement, OfferStaffSupport
from evenhand.looks.noting import open_file
from evenhand.web.file.opening import opened
from evenhand.web.file.words import Telling, said_in
from evenhand.web.lists.paging import NoSuchPlace, Order, page_of
from evenhand.web.pages import page
from evenhand.web.reporting.became import became_of, is_reporter, is_theirs
from evenhand.web.reporting.begun import Begun
from evenhand.web.reporting.own import LOOKED_THROUGH, files_with_a_part, own_reports
from evenhand.web.steps.sending import Sent, fresh_key, read, taken

NEWEST = Order("opened_on", "name", descending=True)
SUPPORT = "To talk about what happened, when the report was sent."
ANSWERED = {
    "accepted": "You are on record as wanting that. If it cannot wait, ring your manager now.",
    "declined": "That is fine. You can ask at any time.",
}


@require_safe
def mine(request: DeskRequest) -> HttpResponse:
    """The viewer's own reports, newest first, each with what became of it."""
    rows, asked = files_with_a_part(request.viewer), request.GET
    try:
        found = page_of(rows, NEWEST, after=asked.get("after", ""), before=asked.get("before", ""), size=LOOKED_THROUGH)
    except NoSuchPlace as error:
        raise Http404 from error
    reports = own_reports(found.rows, request.viewer)
    begun = Begun.kept_by(request.viewer.id)
    return page(request, "web/incidents/mine.html", reports=reports, found=found, begun=begun)


def _own_report(request: DeskRequest, name: str) -> IncidentFile:
    """The viewer's own report, its reading noted. Raises `Http404` for every other."""
    open_file(request, "incident", name)
    file = RecordArchive().file(name)
    if not isinstance(file, IncidentFile) or not is_theirs(file, request.viewer.id):
        raise Http404
    return file


@require_safe
def sent(request: DeskRequest, name: str) -> HttpResponse:
    """What happens next, and by when; how to get support."""
    file = _own_report(request, name)
    return page(request, "web/incidents/sent.html", file=file, became=became_of(file), **_support(file, request))


def _support(file: IncidentFile, request: DeskRequest) -> dict[str, Any]:
    """The last that is on record of support for the viewer, and by when it is owed to them, if it is."""
    offers = [entry for entry in file.all(OfferStaffSupport) if entry.data.to == request.viewer.id]
    made = {entry.ref for entry in offers}
    owed = (duty.promise.due_on for duty in duties(file) if duty.made_by in made and duty.open_on(request.viewer.day))
    return {"offered": offers[-1].data if offers else None, "support_by": min(owed, default=None)}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: DeskRequest, name: str) -> HttpResponse:
    """One report as it was sent, what became of it, and a box to add to it."""
    file = _own_report(request, name)
    if request.method == "POST":
        return _added(request, file)
    return _shown(request, file)


def _added(request: DeskRequest, file: IncidentFile) -> HttpResponse:
    said = {"words": request.POST.get("words", ""), "person": request.viewer.id, "made_on": str(request.viewer.day)}
    sent = _sent(request, file, AddStatement, said)
    if sent.state != "taken":
        return _shown(request, file, sent)
    messages.success(request, "Added to your report. Whoever deals with it sees it.")
    return redirect("my_report", file.name)


def _sent(request: DeskRequest, file: IncidentFile, step: type[StepData], said: dict[str, str]) -> Sent:
    """Takes a step on the viewer's own report; pressing the button twice takes it once."""
    typed = {name: [text] for name, text in {**said, "key": request.POST.get("key", "")}.items()}
    return taken(read(step, typed, opened("incident", file.name, request.viewer)))


def _shown(request: DeskRequest, file: IncidentFile, sent: Sent | None = None) -> HttpResponse:
    telling = Telling(in_force(), request.viewer.registers, {})
    own = is_reporter(file, request.viewer.id)
    said = list(said_in(file.report.data, telling)) if file.report and own else []
    added = [entry for entry in file.all(AddStatement) if entry.by == request.viewer.id]
    return page(
        request, "web/incidents/report.html", sent.status if sent else 200, file=file, said=said, added=added,
        became=became_of(file), **_support(file, request), errors=_errors(sent),
        key=sent.key if sent else fresh_key(),
        words=request.POST.get("words", ""),
    )  # fmt: skip


def _errors(sent: Sent | None) -> list[tuple[str, str]]:
    """Everything that kept a step from being taken, each with the box it belongs to."""
    if sent is None:
        return []
    refusals = sent.decision.refusals if sent.decision is not None else ()
    other = [sent.says, *(refused.verdict.sentence for refused in refusals)]
    return [*((text, "#f-words") for text in other if text), *sent.form.errors]


@require_POST
def support(request: DeskRequest, name: str) -> HttpResponse:
    """Records the answer to our offer of support."""
    file = _own_report(request, name)
    answer = "accepted" if request.POST.get("answer") == "accepted" else "declined"
    sent = _sent(request, file, OfferStaffSupport, {"to": request.viewer.id, "what": SUPPORT, "answer": answer})
    if sent.state == "taken":
        messages.success(request, ANSWERED[answer])
    for text, _ in _errors(sent):
        messages.warning(request, text)
    return redirect("my_report", file.name)


urls = [
    path("reports/", mine, name="my_reports"),
    path("reports/<str:name>/", report, name="my_report"),
    path("reports/<str:name>/support/", support, name="my_report_support"),
    path("report/sent/<str:name>/", sent, name="report_sent"),
]
