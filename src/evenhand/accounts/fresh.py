"""A fresh sign-in: for what a browser left open must not be able to do."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from evenhand.accounts.models import Account


def recently_signed_in(request: HttpRequest) -> bool:
    """Whether the account proved who it is within the last five minutes, by password, code or key."""
    if not isinstance(request.user, Account):
        return False
    proved = [record["at"] for record in get_authentication_records(request, request.user)]
    now = time.time()  # noqa: TID251 - allauth notes when by this clock, so it is read here and nowhere else
    return any(now - at < app_settings.REAUTHENTICATION_TIMEOUT for at in proved)


def sign_in_afresh(request: HttpRequest, then: str = "") -> HttpResponse:
    """Leads to the page that asks again, and from there to `then`, or back here."""
    query = urlencode({"next": then or request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")
