"""Who asks, from one statement: the session, the account behind it, and what the registers' state is called."""

# ruff: noqa: S608 - the statement is put together from the names of our own tables.

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from allauth.mfa.models import Authenticator
from django.db import connections
from django.http import HttpRequest

from evenhand.accounts.models import Account, Session
from evenhand.looks.models import Grant
from evenhand.people.models import Number, Version
from evenhand.people.settled import IDLE, NUMBERS

ACCOUNT_FIELDS = ("id", "password", "email", "staff_id", "is_active")
"""In the order of the model's own fields, which is the order in which Django makes an object of them."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The account a session belongs to, as it stood when the session was read.

    `stamp` names the state of the registers and rules; `has_second_factor` says whether the account has an app or a
    key to prove itself with; `has_opened` whether any file is open to the colleague by breaking the glass.
    """

    account: Account | None
    stamp: str
    has_second_factor: bool
    has_opened: bool


class AskedBy(HttpRequest):
    """A request once its session has been read; Django makes it, this only says what is on it."""

    at: datetime
    user: Account
    principal: Principal | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as it is kept: its words, when it ends, when something was last asked of it, and whose it is.

    `idles` is how long nothing may be asked of it before it ends.
    """

    data: str
    until: datetime
    seen_at: datetime
    idles: timedelta
    principal: Principal


def read_session(key: str, at: datetime) -> Kept | None:
    """A session that has not run out at an instant, and who stands behind it."""
    connection = connections["sessions"]
    instant = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [instant, IDLE, key, instant])
        row = cursor.fetchone()
    if row is None:
        return None
    data, until, seen_at, minutes, second_factor, opened, stamp, *account = row
    found = Account.from_db("default", ACCOUNT_FIELDS, (*account[:4], bool(account[4]))) if account[0] else None
    principal = Principal(found, stamp or "", bool(second_factor), bool(opened))
    idles = timedelta(minutes=minutes or NUMBERS[IDLE].usual)
    return Kept(data, _instant(until), _instant(seen_at), idles, principal)


def _instant(stored: datetime) -> datetime:
    """An instant as either database gives it: SQLite leaves out that it is in UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


@cache
def _statement() -> str:
    tables = {
        model.__name__.lower(): model._meta.db_table for model in (Session, Account, Version, Number, Authenticator)
    }
    proving = f"SELECT 1 FROM {tables['authenticator']} m WHERE m.user_id = a.id AND m.type <> 'recovery_codes'"
    opened = f"SELECT 1 FROM {Grant._meta.db_table} g WHERE g.staff = a.staff_id AND g.until > %s"
    columns = ", ".join(f"a.{field}" for field in ACCOUNT_FIELDS)
    return (
        f"SELECT s.session_data, s.expire_date, s.seen_at, n.value, EXISTS ({proving}), EXISTS ({opened}), v.stamp, "
        f"{columns} FROM {tables['session']} s LEFT JOIN {tables['account']} a ON a.id = s.account_id "
        f"LEFT JOIN {tables['version']} v ON v.id = 1 LEFT JOIN {tables['number']} n ON n.name = %s "
        "WHERE s.session_key = %s AND s.expire_date > %s"
    )
