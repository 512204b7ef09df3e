"""Browsers an account has signed in from before (H24)."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from evenhand.accounts.models import Account, Device

COOKIE = "evenhand_device"
KEPT_FOR = 365 * 24 * 60 * 60  # seconds


def meet(request: HttpRequest, response: HttpResponse, account: Account) -> bool:
    """Whether the account signs in from this browser for the first time; the browser is known from then on.

    The very first browser of an account is no news. A new one is also marked in the list of sessions.
    """
    token = request.COOKIES.get(COOKIE) or token_urlsafe(32)
    now = timezone.now()  # noqa: TID251 - allauth asks in the middle of a sign-in and says no time
    known = Device.objects.filter(account=account)
    is_first = not known.exists()
    _, is_new = known.get_or_create(account=account, token_hash=_hashed(token), defaults={"first_seen_at": now})
    response.set_cookie(
        COOKIE, token, max_age=KEPT_FOR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    if is_new:
        UserSession.objects.filter(session_key=request.session.session_key).update(data={"new": True})
    return is_new and not is_first


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
