"""Ways in for a colleague who has none, or another address: never one person's work (H24).

An administrator asks, and another administrator or the colleague's line manager confirms. A code has two halves: one is
shown to whoever asked, one to whoever confirmed, so that neither can sign in as the colleague, who has to hear of both.
Only the colleague ever chooses their password.
"""

from __future__ import annotations

from base64 import b32encode
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from evenhand.accounts.making import administrator, set_password
from evenhand.accounts.models import Account, WayIn
from evenhand.cases.seeing import Viewer
from evenhand.people.changing import Hand

WORKS = timedelta(hours=1)
"""How long a code works once it is confirmed."""
WAITS = timedelta(days=7)
"""How long somebody may take to confirm."""
TRIES = 5
SIGNS = 8
"""Of each half: 40 bits."""
KEEPER = "whoever keeps the machine"


class NotTheirs(ValueError):
    """Whoever asked never confirms, nor does the colleague, nor anybody who has no part in it."""


class AnsweredAlready(ValueError):
    """Somebody has confirmed or refused it before."""


class WrongCode(ValueError):
    """No code that works was given."""


def ask(account: Account, hand: Hand, email: str = "") -> WayIn:
    """Asks for a code, or for another address; what was asked about the same and not answered falls away."""
    wanted = f"The address {email}" if email else "A code to choose a password by"
    with transaction.atomic():
        WayIn.objects.filter(account=account, answered_at=None).delete()
        hand.note(f"{wanted} was asked for; somebody else has to confirm it")
        return WayIn.objects.create(
            account=account, email=email, seed=token_hex(16), asked_by=hand.by, asked_at=hand.at
        )


def of_the_machine(email: str, name: str, reference: str, at: datetime) -> WayIn:
    """A code for an administrator, from the machine itself: whoever keeps that holds the database as well.

    They are made one where they are not yet. Raises `TakenAlready`.
    """
    account = administrator(Hand(KEEPER, at, "staff", reference), email, name)
    Hand(KEEPER, at, "staff", account.staff_id).note("A code to choose a password by was made on the machine")
    answered = {"answered_by": KEEPER, "answered_at": at, "is_confirmed": True}
    return WayIn.objects.create(account=account, seed=token_hex(16), asked_at=at, **answered)


def waiting(at: datetime) -> QuerySet[WayIn]:
    """What nobody has answered yet, and may still be, the oldest first."""
    return WayIn.objects.filter(answered_at=None, asked_at__gt=at - WAITS).select_related("account").order_by("id")


def waiting_for(viewer: Viewer) -> list[WayIn]:
    """What waits for the viewer's answer."""
    return [way for way in waiting(viewer.at) if may_answer(way, viewer)]


def may_answer(way: WayIn, viewer: Viewer) -> bool:
    """Whether the viewer is one who may confirm it: see the head of this module."""
    who = way.account.staff_id
    if viewer.id in {way.asked_by, who}:
        return False
    return "administrator" in viewer.roles or viewer.id in viewer.registers.managers_of(who, viewer.day)


def answer(way: WayIn, viewer: Viewer, is_confirmed: bool) -> None:
    """Confirms or refuses it. Raises `NotTheirs`, and `AnsweredAlready` for whoever comes second."""
    if not may_answer(way, viewer):
        raise NotTheirs("Another administrator or their line manager confirms this.")
    said = {"answered_by": viewer.id, "answered_at": viewer.at, "is_confirmed": is_confirmed}
    with transaction.atomic():
        if not waiting(viewer.at).filter(id=way.id).update(**said):
            raise AnsweredAlready("Somebody has answered this already.")
        way.refresh_from_db()
        wanted = f"The address {way.email}" if way.email else "A code to choose a password by"
        hand = Hand(viewer.id, viewer.at, "staff", way.account.staff_id)
        hand.note(f"{wanted} was {'confirmed' if is_confirmed else 'refused'}")
        if is_confirmed:
            _vouch(way)


def _vouch(way: WayIn) -> None:
    """Whoever confirms has been shown the address, and says that it is the colleague's own."""
    account = way.account
    account.email, account.is_address_sure = way.email or account.email, True
    account.save(update_fields=["email", "is_address_sure"])


def works_until(way: WayIn) -> datetime | None:
    """When its code runs out; None for what is no code, or is not confirmed."""
    return way.answered_at + WORKS if way.answered_at and way.is_confirmed and not way.email else None


def works(way: WayIn, at: datetime) -> bool:
    """Whether a password may still be chosen by its code."""
    until = works_until(way)
    return until is not None and at < until and way.used_at is None and way.tries < TRIES


def halves(way: WayIn) -> tuple[str, str]:
    """The code: the half of whoever asked, and the half of whoever confirmed; kept nowhere, worked out anew."""
    first, second = (salted_hmac(f"way in {half}", f"{way.pk} {way.seed}").digest() for half in ("first", "second"))
    return _spelt(first), _spelt(second)


def _spelt(digest: bytes) -> str:
    signs = b32encode(digest).decode()[:SIGNS]
    return f"{signs[:4]}-{signs[4:]}"


def check_code(email: str, first: str, second: str, at: datetime) -> WayIn:
    """The way in that a code opens. Raises `WrongCode`, the same whatever is wrong; a few tries spoil the code."""
    found = WayIn.objects.filter(account__email=email.strip().lower(), account__is_active=True, email="")
    way = found.select_related("account").order_by("-id").first()
    if way is None or not works(way, at):
        raise WrongCode
    if not constant_time_compare(_bare("".join(halves(way))), _bare(first + second)):
        WayIn.objects.filter(pk=way.pk).update(tries=F("tries") + 1)
        raise WrongCode
    return way


def use(way: WayIn, password: str, at: datetime) -> Account:
    """Gives the account the password its owner chose. Raises `WrongCode` where the code was used meanwhile."""
    # In no transaction: sessions end through a connection of their own, which would wait for it.
    if not WayIn.objects.filter(pk=way.pk, used_at=None).update(used_at=at):
        raise WrongCode
    Hand(way.account.staff_id, at, "staff", way.account.staff_id).note("Chose a password by the code")
    set_password(way.account, password)
    return way.account


def _bare(code: str) -> str:
    """What was typed, however it was spaced; a nought and a one are read as letters, for neither figure is used."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).replace("0", "O").replace("1", "I")
