"""What every request passes: who asks and when, whether it may write, and what its answer holds browsers to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from evenhand.accounts.viewing import must_prove_more, viewer_of
from evenhand.reading_only import may_only_read, may_write
from evenhand.web.steps.drafts import forget_author, park
from evenhand.web.views.errors import bad_request

Answering = Callable[[HttpRequest], HttpResponse]

OPEN_TO_ALL = (
    "/account/login/",
    "/account/signup/",
    "/account/inactive/",
    "/account/password/reset/",
    "/account/code/",
    "/account/2fa/",
    "/accessibility/",
    "/brand-",
    "/health/",
)
"""Where nobody has to be signed in: every other page asks for it first. Those under 2fa ask for themselves, save the
second half of signing in."""

SETTING_UP = ("/account/", "/accessibility/", "/brand-", "/health/")
"""Where somebody may go who still has to set up a second way to prove who they are."""

IDLED = (
    "You were signed out because you had not opened a page for a while. Sign in to go on where you were: "
    "what you typed in a report or in a form of a case is kept."
)

READING = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Only what comes from here, as files; `data:` is for the picture of the code that a phone reads."""

HEADERS = {
    "Content-Security-Policy": CONTENT,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


def headers(get_response: Answering) -> Answering:
    """Puts on every answer what it does not have yet; outermost, so that errors and files get it too."""
    always = HEADERS | _kept_to_https()

    def pass_on(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in always.items():
            response.headers.setdefault(name, value)
        return response

    return pass_on


def _kept_to_https() -> dict[str, str]:
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    return {"Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"}


def reading_only(get_response: Answering) -> Answering:
    """A page that is only read cannot write: its connection refuses to. Sessions and looks have their own."""

    def pass_on(request: HttpRequest) -> HttpResponse:
        switch = may_only_read if request.method in READING else may_write
        switch()
        return get_response(request)

    return pass_on


def viewer(get_response: Answering) -> Answering:
    """Puts `at` (the instant, in UTC) and `viewer` on the request; sends those who are not signed in to do so.

    Somebody whose role asks for more than a password goes to set that up first, and nowhere else.
    """

    def pass_on(request: Any) -> HttpResponse:  # Any: this is what makes a `DeskRequest` of Django's request
        request.at = datetime.now(UTC)
        request.viewer = None
        if request.user.is_authenticated:
            request.viewer = viewer_of(request.user, request.at, request.principal)
            if must_prove_more(request.principal, request.viewer) and not request.path.startswith(SETTING_UP):
                return HttpResponseRedirect(reverse("second_factor_needed"))
        elif not request.path.startswith(OPEN_TO_ALL):
            park(request)  # what was typed in a form before the session ended
            if request.session.ran_idle:
                messages.info(request, IDLED)
            return redirect_to_login(request.get_full_path())
        response = get_response(request)
        if request.viewer and not request.user.is_authenticated:
            forget_author(response)  # who signs out leaves nothing for the next person at this machine
        return response

    return pass_on


class Unstorable:
    """Answers 400 where somebody looks for what no text of PostgreSQL can be: a NUL, which no keyboard types."""

    def __init__(self, get_response: Answering) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """The page of status 400, for that one error."""
        return bad_request(request, exception) if isinstance(exception, DataError) and "NUL" in str(exception) else None
