"""Accounts made, and switched off and on: by administrators, and the first by whoever keeps the machine."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from evenhand.accounts.models import Account, Session
from evenhand.people.changing import Hand, add
from evenhand.people.models import Staff, StaffRole
from evenhand.policy.clock import london_day

ADMINISTRATOR = "administrator"


def new_account(email: str, staff_id: str, password: str | None = None) -> Account:
    """An account for a colleague of the registers; without a password nobody can sign in with it yet: see `ways_in`.

    No link goes to its address before somebody else has vouched for that.
    Raises Django's `IntegrityError` where the address or the colleague has an account already.
    """
    return Account.objects.create_user(email, password, staff_id=staff_id, is_address_sure=False)


class TakenAlready(ValueError):
    """The reference is somebody else's."""


def administrator(hand: Hand, email: str, name: str) -> Account:
    """The account of this address as an administrator's; made with a colleague `hand.about` where there is none yet.

    Raises `TakenAlready` where the colleague has another account already.
    """
    day = london_day(hand.at)
    with transaction.atomic():
        account = Account.objects.filter(email=email.lower()).first()
        if account is None:
            if Staff.objects.filter(id=hand.about).exists():
                raise TakenAlready(f"{hand.about} is somebody's reference already: give another with --id.")
            add(hand, Staff(id=hand.about, name=name), f"{name} added")
            account = new_account(email, hand.about)
            account.is_address_sure = True
            account.save(update_fields=["is_address_sure"])
        held = StaffRole.objects.on(day).filter(staff_id=account.staff_id, role=ADMINISTRATOR)
        if not held.exists():
            add(hand, StaffRole(staff_id=account.staff_id, role=ADMINISTRATOR, since=day), "Made an administrator")
    return account


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
    """Gives it the password that its owner chose, and ends every session begun with the old one."""
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
