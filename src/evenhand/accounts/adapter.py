"""What of allauth's ways is ours: nobody signs up, and a browser not seen before is told of (H24)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from evenhand.accounts.devices import meet
from evenhand.accounts.fresh import recently_signed_in
from evenhand.accounts.models import Account
from evenhand.accounts.sessions import SessionStore


class AccountAdapter(DefaultAccountAdapter):
    """allauth asks here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth gives it
        return False  # an administrator makes accounts

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # Whoever has just signed in need not do so again to set up what proves it better next time.
        return not recently_signed_in(self.request) and super().is_reauthentication_required(app=app, **kwargs)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        SessionStore.clear_expired()
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if meet(request, response, user):
            self.send_notification_mail("account/email/new_device", user)
        return response
