"""Evidence files: sending them, saying what each shows, and looking at them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest, file_seen, handles_reports, person_seen
from evenhand.evidence.keeping import DRAFT, discard, keep
from evenhand.evidence.models import Blob
from evenhand.evidence.reading import blob_seen, waiting_for
from evenhand.evidence.storage import sealed
from evenhand.evidence.telling import NotAccepted
from evenhand.evidence.types import ACCEPTED, CARRIED, ENDINGS
from evenhand.looks.noting import open_file, open_person
from evenhand.web.evidence.describing import Describing
from evenhand.web.pages import page

SEALED_OFF = "default-src 'none'; sandbox"
"""Nothing that leaves here runs, whatever it turns out to be."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest, kind: str, name: str) -> HttpResponse:
    """Sends files to a file, or to a report that is not sent yet."""
    _open(request, kind, name)
    problems: list[str] = []
    kept: list[Blob] = []
    if request.method == "POST":
        kept, problems = _keep_all(request, kind, name)
        if not problems:
            return redirect(_after_upload(request, kind, name))
    return page(
        request,
        "web/evidence/new.html",
        status=422 if problems else 200,
        errors=[(problem, "#files") for problem in problems],
        kept=kept,
        waiting=waiting_for(request.viewer, kind, name),
        largest=settings.LARGEST_FILE,
        accepted=ACCEPTED,
        endings=ENDINGS,
        is_draft=kind == DRAFT,
        back=_next(request, kind, name),
        kind=kind,
        name=name,
    )


def _keep_all(request: DeskRequest, kind: str, name: str) -> tuple[list[Blob], list[str]]:
    """What was kept of what was sent, and what is to be said about the rest."""
    kept, problems = [], []
    for upload in request.FILES.getlist("files"):
        try:
            kept.append(keep(upload, kind=kind, file=name, by=request.viewer.id, at=request.at))
        except NotAccepted as error:
            problems.append(str(error))
    problems += getattr(request, "dropped", [])
    return kept, problems if kept or problems else ["Choose a file first, or take a picture."]


def _after_upload(request: DeskRequest, kind: str, name: str) -> str:
    there = _next(request, kind, name)
    return there if kind == DRAFT else f"{reverse('evidence_describe', args=(kind, name))}?{urlencode({'next': there})}"


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: DeskRequest, kind: str, name: str) -> HttpResponse:
    """Says what each upload shows, one after the other: each becomes an entry of the file."""
    _open(request, kind, name)
    there = _next(request, kind, name)
    waiting = waiting_for(request.viewer, kind, name) if kind != DRAFT else []
    if not waiting:
        return redirect(there)
    describing = Describing.of(request.viewer, waiting, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        describing = describing.sent(request.at)
        if describing.is_done:
            messages.success(request, describing.done)
            return redirect(request.get_full_path())
    return page(
        request,
        "web/evidence/describe.html",
        status=422 if request.method == "POST" else 200,
        describing=describing,
        errors=describing.errors,
        blob=describing.blob,
        back=there,
    )


@require_safe
def one(request: DeskRequest, blob_id: str) -> HttpResponse:
    """One upload: what is known of it, the copy to look at, and the way to the original."""
    blob = _noted(request, blob_id)
    knows = handles_reports(request.viewer, in_force()) or blob.uploaded_by == request.viewer.id
    return page(
        request,
        "web/evidence/one.html",
        blob=blob,
        by=request.viewer.registers.name(blob.uploaded_by) if knows else "",
        carries=[CARRIED[what] for what in blob.carries if what in CARRIED],
        may_remove=_may_remove(request, blob),
        back=_next(request, blob.kind, blob.file),
    )


@require_safe
def original(request: DeskRequest, blob_id: str) -> HttpResponseBase:
    """The original, byte for byte, as a download that no browser opens by itself."""
    blob = _noted(request, blob_id)
    if not blob.may_be_given_out:
        return redirect("evidence", blob.id)
    return _sealed_off(
        FileResponse(sealed(blob.id), as_attachment=True, filename=blob.name, content_type="application/octet-stream")
    )


@require_safe
def shared(request: DeskRequest, blob_id: str) -> HttpResponseBase:
    """The copy of a picture that says nothing but what it shows."""
    blob = _noted(request, blob_id)
    return _picture(blob, blob.shared)


@require_safe
def thumbnail(request: DeskRequest, blob_id: str) -> HttpResponseBase:
    """A small picture: part of a page whose look is noted already."""
    blob = blob_seen(request.viewer, blob_id)
    if blob.kind == "person":
        person_seen(request.viewer, blob.file)
    elif blob.kind != DRAFT:
        file_seen(request.viewer, blob.kind, blob.file)
    return _picture(blob, blob.thumbnail)


@require_POST
def remove(request: DeskRequest, blob_id: str) -> HttpResponse:
    """Takes back an upload that is not part of the record yet."""
    blob = _noted(request, blob_id)
    if not _may_remove(request, blob):
        raise Http404
    discard(blob)
    messages.success(request, f"‘{blob.name}’ was removed.")
    return redirect(_next(request, blob.kind, blob.file))


def _may_remove(request: DeskRequest, blob: Blob) -> bool:
    return not blob.entry and blob.uploaded_by == request.viewer.id


def _noted(request: DeskRequest, blob_id: str) -> Blob:
    """An upload that the viewer may see, with the look noted. Raises `Http404`."""
    blob = blob_seen(request.viewer, blob_id)
    _open(request, blob.kind, blob.file)
    return blob


def _open(request: DeskRequest, kind: str, name: str) -> None:
    """Opens the file that uploads belong to, with the look noted; a report not yet sent is its writer's own."""
    if kind == "person":
        open_person(request, name)
    elif kind != DRAFT:
        open_file(request, kind, name)
    elif name != request.viewer.id:
        raise Http404


def _picture(blob: Blob, stored: str) -> HttpResponseBase:
    if not stored:
        raise Http404
    ending, type_ = ("png", "image/png") if blob.type in ("png", "gif") else ("jpg", "image/jpeg")
    return _sealed_off(FileResponse(sealed(stored), filename=f"picture-{blob.id[:8]}.{ending}", content_type=type_))


def _sealed_off(answer: FileResponse) -> FileResponse:
    answer["Content-Security-Policy"] = SEALED_OFF
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _next(request: DeskRequest, kind: str, name: str) -> str:
    """Where to go on: where the page says, if that is one of ours, else to the file."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("evidence_new", args=(kind, name)) if kind == DRAFT else reverse("file", args=(kind, name))


urls = [
    path("evidence/new/<str:kind>/<str:name>/", new, name="evidence_new"),
    path("evidence/describe/<str:kind>/<str:name>/", describe, name="evidence_describe"),
    path("evidence/<str:blob_id>/", one, name="evidence"),
    path("evidence/<str:blob_id>/original/", original, name="evidence_original"),
    path("evidence/<str:blob_id>/picture/", shared, name="evidence_picture"),
    path("evidence/<str:blob_id>/thumbnail/", thumbnail, name="evidence_thumbnail"),
    path("evidence/<str:blob_id>/remove/", remove, name="evidence_remove"),
]
