"""Who asks: the account behind the session, without another look at the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from evenhand.accounts.models import Account
from evenhand.accounts.principal import Principal
from evenhand.accounts.sessions import SessionStore

Answering = Callable[[HttpRequest], HttpResponse]


def account(get_response: Answering) -> Answering:
    """Puts the account on the request as its `user`, and the session's `principal` beside it."""

    def pass_on(request: Any) -> HttpResponse:  # Any: this is what makes an `AskedBy` of Django's request
        request.principal = _signed_in(request.session)
        request.user = request.principal.account if request.principal else AnonymousUser()
        return get_response(request)

    return pass_on


def _signed_in(session: SessionBase) -> Principal | None:
    """Who stands behind a session, if they are still let in: the account is on and its password still the same."""
    assert isinstance(session, SessionStore)  # noqa: S101 - says to the type checker what the settings say
    if BACKEND_SESSION_KEY not in session:
        return None
    found, known = session.principal, session[BACKEND_SESSION_KEY] in settings.AUTHENTICATION_BACKENDS
    if not (known and found and found.account and found.account.is_active):
        return None
    if not _proves(session, found.account):
        session.flush()
        return None
    return found


def _proves(session: SessionBase, account: Account) -> bool:
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
