"""The pages of files, and the page on which any step is taken."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, register_converter, reverse
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.cases.naming import fresh_name
from evenhand.cases.seeing import DeskRequest, may_see_person, names_seen, visible_to
from evenhand.casework.entry import file_of
from evenhand.casework.gather import FILES
from evenhand.casework.shape import read_draft
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import FileKind, StepData
from evenhand.looks.noting import look, note_file, note_refused, open_person
from evenhand.web.file.opening import Opened, opened
from evenhand.web.file.page import values_of
from evenhand.web.file.words import done
from evenhand.web.pages import page
from evenhand.web.steps import drafts, sending
from evenhand.web.steps.amiss import says_something
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.known import renewed
from evenhand.web.steps.page import NEXT, step_values
from evenhand.web.steps.pages import page_for
from evenhand.web.steps.sending import Sent
from evenhand.web.steps.typed import Typed
from evenhand.web.views.errors import said

NEW_FILE = "new file"
"""Salt of the signature under a new file's name: nobody can ask for a name of their choice, and so for another's."""
STARTING: dict[FileKind, str] = {"case": "open_case", "flag": "propose_flag", "inquiry": "open_inquiry"}


@require_safe
def file(request: DeskRequest, kind: FileKind, name: str) -> HttpResponse:
    """A file: who it is about, what is next, what can be done, and everything that was done."""
    at = _opened(request, kind, name)
    return page(request, "web/file/file.html", **values_of(at, request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: DeskRequest, kind: FileKind, name: str, step: str) -> HttpResponse:
    """The form of any step on a file."""
    model = _step_of(kind, step)
    at = _opened(request, kind, name)
    if model.name not in at.edition.steps:
        raise Http404
    return _asked(request, model, at)


@require_http_methods(["GET", "HEAD", "POST"])
def new_file(request: DeskRequest, kind: FileKind, step: str = "") -> HttpResponse:
    """The form of a step that begins a new file."""
    model = _step_of(kind, step or STARTING[kind])
    if kind not in model.starts or kind == "person" or not request.viewer.is_at_desk:
        raise Http404
    name = _new_name(request, kind)
    at = opened(kind, name, request.viewer, draft=_about(request, model))
    if at.file.exists and not names_seen(request.viewer, [name]):
        raise Http404  # begun by this very form, and kept from its writer since (H1)
    return _asked(request, model, at, new_name=signing.dumps(name, salt=NEW_FILE))


def _about(request: DeskRequest, model: type[StepData]) -> StepData | None:
    """Whom a new file is about, as far as that was said; the look at them is noted."""
    given = request.POST or request.GET
    begun = given.get("allegation", "") or given.get("incidents", "")
    who = given.get("subject", "") or _of_file(request, file_of(begun) or begun)
    if who not in request.viewer.registers.customers or not may_see_person(request.viewer, who):
        return None
    look(request, "person", who, customer=who)
    return read_draft(model, {"subject": who})


def _of_file(request: DeskRequest, name: str) -> str:
    """Whom the file is about from which another begins; '' where the viewer may not see it."""
    return visible_to(request.viewer).filter(name=name).values_list("subject", flat=True).first() or ""


def _opened(request: DeskRequest, kind: FileKind, name: str) -> Opened:
    """A file that the viewer may see, with the look noted. Raises `Http404` and `PurposeNeeded`."""
    if kind == "person":
        open_person(request, name)
        return opened(kind, name, request.viewer)
    at = opened(kind, name, request.viewer)
    if name not in at.seen or not at.file.exists:
        note_refused(request, name, [at.file.subject])
        raise Http404
    note_file(request, kind, name, at.file.subject)
    return at


def _step_of(kind: FileKind, name: str) -> type[StepData]:
    """A step that somebody may take on a kind of file. Raises `Http404`."""
    model = STEPS.get(name)
    if model is None or model.follows or kind not in model.files:
        raise Http404
    return model


def _new_name(request: DeskRequest, kind: FileKind) -> str:
    """The name this form's file will have: the one it was given when the form was opened."""
    try:
        return str(signing.loads(request.POST.get("file", ""), salt=NEW_FILE))
    except signing.BadSignature:
        return fresh_name(kind, request.viewer.day)


def _asked(request: DeskRequest, model: type[StepData], at: Opened, new_name: str = "") -> HttpResponse:
    if request.method == "POST":
        return _posted(request, model, at, new_name)
    where, viewer = drafts.page_of(request), request.viewer
    kept = drafts.kept(viewer.id, where)
    begins = {**page_for(model.name).initial, **_aimed(request, model)}
    if kept:
        form = StepForm.posted(model, renewed(model, at.asking, *kept), at.asking)
    else:
        form = StepForm.blank(model, at.asking, begins)
    answer = _shown(request, sending.begun(form, at), new_name, kept[1] if kept else None)
    return drafts.sign(answer, viewer.id)


def _aimed(request: DeskRequest, model: type[StepData]) -> Typed:
    """What the address fills in: what the step is aimed at, and any field by its name."""
    target = {model.target_field: request.GET.getlist("target")} if model.target_field else {}
    return {**{name: request.GET.getlist(name) for name in request.GET if name in model.model_fields}, **target}


def _posted(request: DeskRequest, model: type[StepData], at: Opened, new_name: str) -> HttpResponse:
    sent, where = sending.read(model, dict(request.POST.lists()), at), drafts.page_of(request)
    act = request.POST.get("act", "check").partition(" ")[0]
    if act == "keep":
        return _kept(request, where, at, new_name)
    if act == "forget":
        drafts.forget(request.viewer.id, where)
        return HttpResponseRedirect(where)
    if act == "check":
        sent = sending.checked(sent)
    if act == "take":
        sent = sending.taken(sent, along=lambda: drafts.forget(request.viewer.id, where))
    if sent.state == "taken":
        return HttpResponseRedirect(_after(request, sent))
    if sent.state != "open" and says_something(sent.form):  # whoever leaves to mend it finds it here on coming back
        with suppress(drafts.DraftTooLong):
            drafts.keep(request.viewer.id, where, dict(request.POST.lists()), request.at)
    return _shown(request, sent, new_name)


def _kept(request: DeskRequest, where: str, at: Opened, new_name: str) -> HttpResponse:
    """The words are kept; a page that keeps them by itself is told so, and stays."""
    try:
        drafts.keep(request.viewer.id, where, dict(request.POST.lists()), request.at)
    except drafts.DraftTooLong:
        return said(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    messages.success(request, "What you typed is kept. It is offered to you when you come back to this page.")
    return HttpResponseRedirect(reverse("home") if new_name else reverse("file", args=(at.file.kind, at.file.name)))


def _after(request: DeskRequest, sent: Sent) -> str:
    """On to the step on the same file from which somebody came to mend something, or else to what was recorded."""
    made, back = sent.entries[0], request.GET.get(NEXT, "")
    path = reverse("file", args=(made.kind, made.file))
    if back.startswith(f"{path}do/"):
        messages.success(request, f"{done(sent.opened.edition, made.data.name)}. Go on here.")
        return back
    return f"{path}?recorded={made.sequence}"


def _shown(request: DeskRequest, sent: Sent, new_name: str, saved_at: datetime | None = None) -> HttpResponse:
    values = step_values(sent, drafts.page_of(request), saved_at, new_name)
    return page(request, page_for(sent.form.model.name).template, status=sent.status, **values)


class KindOfFile:
    """The kinds of file, as the first part of an address."""

    regex = "|".join(FILES)

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value

    def to_url(self, value: str) -> str:
        """As it is written."""
        return value


register_converter(KindOfFile, "file_kind")
urls = [
    path("<file_kind:kind>/new/", new_file, name="new_file"),
    path("<file_kind:kind>/new/<str:step>/", new_file, name="new_file"),
    path("<file_kind:kind>/<str:name>/", file, name="file"),
    path("<file_kind:kind>/<str:name>/do/<str:step>/", step, name="step"),
]
