"""A colleague's way in, or another address: an administrator asks, and somebody else says yes or no."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from evenhand.accounts import ways_in
from evenhand.accounts.models import Account, WayIn
from evenhand.cases.seeing import DeskRequest, Viewer
from evenhand.web.pages import page
from evenhand.web.registers import forms
from evenhand.web.registers.acting import asked, typed
from evenhand.web.views.colleagues import for_administrators, hand

TOLD = (
    "The address that you sign in to Evenhand with was changed to {email}: {asked_by} asked for it, and {answered_by}"
    " confirmed it. If you do not know of this, tell your manager at once."
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def ask_code(request: DeskRequest, who: str) -> HttpResponse:
    """Asks for a code by which a colleague chooses a password; somebody else confirms it."""
    account = _of_somebody_else(request, who)
    form, by = forms.StaffForm(typed(request), viewer=request.viewer), hand(request, "staff", who)
    title, back = f"Ask for a code for {account.email}", reverse("colleague", args=[who])
    return asked(request, form, title, back, lambda _: _to(ways_in.ask(account, by)), button="Ask for it")


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def ask_address(request: DeskRequest, who: str) -> HttpResponse:
    """Asks for another address to sign in with; it is changed when somebody else has confirmed it."""
    account = _of_somebody_else(request, who)
    form, by = forms.AddressForm(typed(request), viewer=request.viewer), hand(request, "staff", who)
    title, back = f"Ask for another address than {account.email}", reverse("colleague", args=[who])
    return asked(
        request, form, title, back, lambda data: _to(ways_in.ask(account, by, data["email"])), button="Ask for it"
    )


def _of_somebody_else(request: DeskRequest, who: str) -> Account:
    if who == request.viewer.id:
        raise PermissionDenied("Another administrator settles how you sign in.")
    return get_object_or_404(Account, staff_id=who)


def _to(way: WayIn) -> HttpResponse:
    return HttpResponseRedirect(reverse("way_in", args=[way.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def way_in(request: DeskRequest, number: int) -> HttpResponse:
    """What was asked for, for whoever asked and whoever may confirm; each sees their own half of the code."""
    viewer = request.viewer
    way = get_object_or_404(WayIn.objects.select_related("account"), pk=number)
    has_asked, may_answer = viewer.id == way.asked_by, ways_in.may_answer(way, viewer)
    if not (has_asked or may_answer):
        raise Http404
    if request.method == "POST" and may_answer:
        return _answered(request, way)
    return page(request, "web/settings/way_in.html", way=way, may_answer=may_answer, **_stands(way, viewer))


def _answered(request: DeskRequest, way: WayIn) -> HttpResponse:
    old, is_confirmed = way.account.email, request.POST.get("answer") == "yes"
    try:
        ways_in.answer(way, request.viewer, is_confirmed)
    except ways_in.AnsweredAlready as late:
        messages.warning(request, str(late))
        return _to(way)
    if is_confirmed and way.email:
        said = {"email": way.email, **{name: request.viewer.registers.name(getattr(way, name)) for name in ASKERS}}
        send_mail("Your address for Evenhand was changed", TOLD.format(**said), None, [old], fail_silently=True)
    messages.success(request, "Confirmed." if is_confirmed else "Refused: nothing is changed.")
    return _to(way)


ASKERS = ("asked_by", "answered_by")


def _stands(way: WayIn, viewer: Viewer) -> dict[str, Any]:
    """How it stands, and the viewer's half of the code while it can still be used or confirmed."""
    is_waiting, does_work = ways_in.waiting(viewer.at).filter(pk=way.pk).exists(), ways_in.works(way, viewer.at)
    first, second = ways_in.halves(way)
    half = {way.asked_by: first if is_waiting or does_work else "", way.answered_by: second if does_work else ""}
    return {
        "is_waiting": is_waiting,
        "does_work": does_work,
        "until": ways_in.works_until(way),
        "half": "" if way.email else half.get(viewer.id, ""),
        "confirmers": _confirmers(way, viewer),
    }


def _confirmers(way: WayIn, viewer: Viewer) -> list[str]:
    """Who may confirm it, by name."""
    registers, day, who = viewer.registers, viewer.day, way.account.staff_id
    administrators = {other for other in registers.staff if "administrator" in registers.roles_of(other, day)}
    able = (administrators | registers.managers_of(who, day)) - {way.asked_by, who}
    return sorted(registers.name(other) for other in able)


urls = [
    path("settings/colleagues/<str:who>/code/", ask_code, name="colleague_code"),
    path("settings/colleagues/<str:who>/address/", ask_address, name="colleague_address"),
    path("ways-in/<int:number>/", way_in, name="way_in"),
]
