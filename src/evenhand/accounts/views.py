"""Pages of ours beside allauth's: where one is signed in, why a second factor is needed, what too many tries mean."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from evenhand.accounts import ways_in
from evenhand.accounts.forms import UseCode
from evenhand.accounts.models import Session
from evenhand.accounts.principal import AskedBy
from evenhand.reading_only import may_write

TRY_AGAIN_AFTER = 300  # seconds: the longest of allauth's windows for signing in


def noting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lets one page write although it is only read; nothing of the record hangs on it."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may_write()
        return view(request, *args, **kwargs)

    return noted


def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Says why somebody has to set up a second way to prove who they are, and how."""
    return render(request, "account/second_factor_needed.html")


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: AskedBy) -> HttpResponse:
    """Where the account is signed in, and a way to sign out everywhere else."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        messages.success(request, "You are signed out everywhere else.")
        return HttpResponseRedirect(reverse("usersessions_list"))
    live = Session.objects.filter(account=request.user.pk, expire_date__gt=request.at).values_list("session_key")
    listed = UserSession.objects.filter(user=request.user.pk, session_key__in=[key for (key,) in live])
    return render(request, "usersessions/usersession_list.html", {"sessions": listed.order_by("-created_at")})


@require_http_methods(["GET", "HEAD", "POST"])
def use_code(request: AskedBy) -> HttpResponse:
    """Lets somebody who cannot sign in choose a password, by a code from two colleagues; they are told by mail."""
    form = UseCode(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            way = ways_in.check_code(typed["email"], typed["first"], typed["second"], request.at)
            account = ways_in.use(way, typed["password"], request.at)
        except ways_in.WrongCode:
            form.add_error("first", NO_SUCH_CODE)
        else:
            get_adapter(request).send_notification_mail("account/email/password_reset", account)
            messages.success(request, "Your password is kept. Sign in with it.")
            return HttpResponseRedirect(reverse("account_login"))
    return render(request, "account/use_code.html", {"form": form}, status=422 if form.is_bound else 200)


NO_SUCH_CODE = (
    "This code does not work. Check both halves and your e-mail address; a code works once, for an hour,"
    " and a few wrong tries spoil it: then ask for another."
)


def too_many(request: HttpRequest) -> HttpResponse:
    """What whoever tried too often is told; the web server is told when to let them try again."""
    answer = render(request, "429.html", {"minutes": TRY_AGAIN_AFTER // 60}, status=429)
    answer["Retry-After"] = str(TRY_AGAIN_AFTER)
    return answer
