"""Why somebody looks, who has looked, and the opening of what one cannot see otherwise."""

from __future__ import annotations

from contextlib import suppress

from django.core.mail import send_mail
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.accounts.fresh import recently_signed_in, sign_in_afresh
from evenhand.accounts.models import Account
from evenhand.cases.seeing import DeskRequest, file_seen, visible_to
from evenhand.looks import glass
from evenhand.looks.models import Grant
from evenhand.looks.noting import give_purpose, look, open_file, open_person
from evenhand.looks.reading import found, may_ask_who
from evenhand.web.pages import page

PURPOSES = {
    "audit": "An audit",
    "appeal": "An appeal",
    "complaint": "A complaint",
    "data_protection": "A data protection request",
    "supervision": "Supervision of the work",
    "other": "Something else",
}
"""Why somebody may look at what they and their team have no part in."""

LONGEST = 2_000
SAY_WHY = "Say in a few words why."


@require_http_methods(["GET", "HEAD", "POST"])
def purpose(request: DeskRequest, kind: str, name: str) -> HttpResponse:
    """Asks why the viewer looks at a file, and goes on to where they came from."""
    file_seen(request.viewer, kind, name)
    chosen, words = request.POST.get("purpose", ""), request.POST.get("words", "").strip()[:LONGEST]
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("file", args=[kind, name])
    errors = _purpose_errors(chosen, words) if request.method == "POST" else []
    if request.method == "POST" and not errors:
        give_purpose(request, name, f"{PURPOSES[chosen]}: {words}" if words else PURPOSES[chosen])
        return HttpResponseRedirect(back)
    asked = {"kind": kind, "name": name, "purposes": PURPOSES, "chosen": chosen, "words": words}
    return page(request, "web/looks/purpose.html", 422 if errors else 200, errors=errors, **asked)


def _purpose_errors(chosen: str, words: str) -> list[tuple[str, str]]:
    if chosen not in PURPOSES:
        return [("Choose why you look at this.", "#purpose")]
    return [(SAY_WHY, "#words")] if chosen == "other" and not words else []


@require_safe
def who(request: DeskRequest, kind: str, name: str) -> HttpResponse:
    """Everybody who looked at a file or a customer, day by day."""
    viewer = request.viewer
    officer = "" if kind == "person" else file_seen(viewer, kind, name).officer
    if not may_ask_who(viewer, officer):
        raise Http404
    if kind == "person":
        open_person(request, name)
    else:
        open_file(request, kind, name)
    asked = {field: request.GET.get(field, "") for field in ("staff", "since", "until")}
    seen = found(kind, name, asked)
    return page(request, "web/looks/who.html", kind=kind, name=name, seen=seen, asked=asked)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: DeskRequest) -> HttpResponse:
    """Asks for a file that the viewer cannot see, by its reference and with a reason; freshly signed in (H2)."""
    typed = {field: request.POST.get(field, "").strip()[:LONGEST] for field in ("reference", "reason")}
    if not recently_signed_in(request):
        if request.method == "POST":
            request.session["glass"] = typed  # nothing typed is lost by signing in
        return sign_in_afresh(request)
    if request.method == "GET":
        return page(request, "web/looks/ask.html", errors=[], **request.session.get("glass", typed))
    errors = [(says, f"#{field}") for field, says in NEEDED.items() if not typed[field]]
    if errors:
        return page(request, "web/looks/ask.html", 422, errors=errors, **typed)
    request.session.pop("glass", None)
    return _opened(request, typed["reference"], typed["reason"])


NEEDED = {"reference": "Give the reference of what you need to see.", "reason": "Say why you need to see it."}
NOT_OPENED = "This reference cannot be opened. Check it, or ask your data protection officer."


def _opened(request: DeskRequest, reference: str, reason: str) -> HttpResponse:
    """The file, if it may be opened; else the same answer whatever the cause."""
    viewer = request.viewer
    file = visible_to(viewer).filter(name=reference).exclude(kind="person").first()
    if file is not None:
        return HttpResponseRedirect(reverse("file", args=[file.kind, file.name]))
    grant = glass.break_glass(viewer, reference, reason)
    look(request, "glass", reference, purpose=reason)
    if grant is None:
        errors = [(NOT_OPENED, "#reference")]
        return page(request, "web/looks/ask.html", 422, errors=errors, reference=reference, reason=reason)
    _alert(request)
    return HttpResponseRedirect(reverse("file", args=[grant.kind, grant.file]))


def _alert(request: DeskRequest) -> None:
    """Tells the data protection officer that there is something to look into, and nothing else."""
    watching = glass.watchers(request.viewer.registers, request.viewer)
    addresses = Account.objects.filter(staff_id__in=watching, is_active=True).values_list("email", flat=True)
    where = request.build_absolute_uri(reverse("glass_alerts"))
    says = f"A colleague opened something that is closed to them. Please look into it: {where}"
    send_mail("Something was opened that is normally closed", says, None, list(addresses), fail_silently=True)


@require_safe
def mine(request: DeskRequest) -> HttpResponse:
    """What the viewer opened, and what became of it."""
    grants = list(glass.own_grants(request.viewer)[:100])
    return page(request, "web/looks/mine.html", grants=grants, standing=glass.standing(grants, request.viewer.at))


@require_safe
def alerts(request: DeskRequest) -> HttpResponse:
    """What others opened and nobody has looked into yet, the longest waiting first."""
    if not glass.may_look_into(request.viewer):
        raise Http404
    grants = list(glass.open_alerts(request.viewer)[:100])
    standing, close_by = glass.standing(grants, request.viewer.at), glass.close_by(grants)
    return page(request, "web/looks/alerts.html", grants=grants, standing=standing, close_by=close_by)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: DeskRequest, number: int) -> HttpResponse:
    """Says what came of looking into what somebody opened."""
    grant: Grant = get_object_or_404(glass.open_alerts(request.viewer), id=number)
    finding = request.POST.get("finding", "").strip()[:LONGEST]
    errors = [] if finding or request.method == "GET" else [("Say what you found.", "#finding")]
    if request.method == "POST" and finding:
        with suppress(glass.ClosedAlready):  # somebody was quicker: it is off the list
            glass.close(request.viewer, grant, finding)
        return HttpResponseRedirect(reverse("glass_alerts"))
    standing = glass.standing([grant], request.viewer.at)
    given = {"grant": grant, "standing": standing[grant.id], "finding": finding}
    return page(request, "web/looks/close.html", 422 if errors else 200, errors=errors, **given)


urls = [
    path("looks/open/", ask, name="glass_ask"),
    path("looks/mine/", mine, name="glass_mine"),
    path("looks/alerts/", alerts, name="glass_alerts"),
    path("looks/alerts/<int:number>/", close, name="glass_close"),
    path("looks/why/<slug:kind>/<str:name>/", purpose, name="purpose"),
    path("looks/<slug:kind>/<str:name>/", who, name="looks"),
]
