"""Accounts made, switched off and on, and given new ways to sign in: by administrators, never by their owners."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from evenhand.accounts.models import Account, Session


def new_account(email: str, staff_id: str, password: str | None = None) -> Account:
    """A way in for a colleague of the registers; without a password they set one through 'forgotten password'.

    Raises Django's `IntegrityError` where the address or the colleague has an account already.
    """
    return Account.objects.create_user(email, password, staff_id=staff_id)


def switch_off(account: Account) -> None:
    """Nobody can sign in with it any more, and whoever is signed in is not."""
    account.is_active = False
    with transaction.atomic():
        account.save(update_fields=["is_active"])
    end_sessions(account)


def switch_on(account: Account) -> None:
    account.is_active = True
    account.save(update_fields=["is_active"])


def set_password(account: Account, password: str) -> None:
    """Gives it another password, and ends every session begun with the old one."""
    account.set_password(password)
    account.save(update_fields=["password"])
    end_sessions(account)


def forget_second_factor(account: Account) -> None:
    """For somebody who has lost their phone and their recovery codes; prove who they are first."""
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)


def end_sessions(account: Account, keep: str | None = None) -> None:
    """Signs the account out everywhere, save in the session of the key `keep`."""
    Session.objects.filter(account=account).exclude(session_key=keep or "").delete()
