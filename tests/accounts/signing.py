"""Browsers that sign in as people do."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from evenhand.accounts.models import Account

PASSWORD = "four words quite apart"


def account_of(who: str) -> Account:
    return Account.objects.get(staff_id=who)


def with_password(who: str) -> Account:
    account = account_of(who)
    account.set_password(PASSWORD)
    account.save()
    return account


def with_app(who: str) -> tuple[str, list[str]]:
    """Sets up a password and an app; gives the app's secret and the recovery codes."""
    account, secret = with_password(who), generate_totp_secret()
    TOTP.activate(account, secret)
    return secret, RecoveryCodes.activate(account).get_unused_codes()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def browser(**options: Any) -> Client:
    return Client(SERVER_NAME="localhost", **options)


def sign_in(client: Client, who: str, password: str = PASSWORD, then: str = "/") -> Any:
    return client.post(f"/account/login/?next={then}", {"login": f"{who}@example.org", "password": password})
