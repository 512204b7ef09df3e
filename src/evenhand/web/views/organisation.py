"""What the landlord has settled, in one place; and the numbers that are settled here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest
from evenhand.people.settled import NUMBERS, settle, settled
from evenhand.web.pages import page
from evenhand.web.reading.organisation import authority, days_off, numbers, takers
from evenhand.web.registers import forms
from evenhand.web.registers.acting import asked, typed
from evenhand.web.views.colleagues import for_administrators, hand

READERS = frozenset({"administrator", "policy_owner"})


@require_safe
def organisation(request: DeskRequest) -> HttpResponse:
    """Everything that is settled, whether here, by the edition in force, or on the machine."""
    if not request.viewer.roles & READERS:
        raise PermissionDenied("What is settled is for administrators and the policy's owner.")
    edition, day = in_force(), request.viewer.day
    return page(
        request,
        "web/settings/organisation.html",
        edition=edition,
        may_set="administrator" in request.viewer.roles,
        here=_settled_here(),
        numbers=numbers(edition),
        authority=authority(edition),
        takers=takers(edition),
        days_off=days_off(edition, day),
        megabytes=settings.LARGEST_FILE // 1024 // 1024,
        is_scanned=bool(settings.CLAMD),
    )


def _settled_here() -> list[tuple[str, int, bool]]:
    """Each number settled here, and whether somebody has changed it."""
    stand = settled()
    return [(rule.title, stand[name], stand[name] != rule.usual) for name, rule in NUMBERS.items()]


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def change_numbers(request: DeskRequest) -> HttpResponse:
    """Changes the numbers that are settled here."""
    form = forms.NumbersForm(typed(request), viewer=request.viewer, initial=settled())

    def save(data: Mapping[str, Any]) -> None:
        for name, value in data.items():
            settle(hand(request, "number", name), name, value)

    return asked(request, form, "Sessions, opened files and unusual looking", reverse("organisation"), save)


urls = [
    path("settings/organisation/", organisation, name="organisation"),
    path("settings/numbers/", change_numbers, name="numbers"),
]
