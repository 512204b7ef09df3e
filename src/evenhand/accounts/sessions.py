"""Where sessions are kept: a table of our own that knows whose they are, read together with the account.

A session ends a working day after it began, or when nothing was asked of it for as many minutes as the landlord has
settled. When something was last asked is written down now and then in that span, not with every page.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from evenhand.accounts.models import Session
from evenhand.accounts.principal import Principal, read_session
from evenhand.people.settled import IDLE, settled

NOTED_IN_ITS_SPAN = 30
"""How often at most, in the span after which an idle session ends, it is written down that it is not idle."""


class SessionStore(db.SessionStore):
    """Django's own store, with whoever stands behind a session read in the same statement."""

    principal: Principal | None = None
    ran_idle = False
    """That a session was there, and nothing had been asked of it for too long."""
    _until: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @classmethod
    def clear_expired(cls) -> None:
        """Forgets sessions that ran out or idled."""
        super().clear_expired()
        idled = timezone.now() - timedelta(minutes=settled()[IDLE])  # noqa: TID251 - asked while somebody signs in
        Session.objects.filter(seen_at__lt=idled).delete()

    def load(self) -> dict[str, Any]:
        """The session's words; leaves its `principal` beside them."""
        key = self.session_key
        now = timezone.now()  # noqa: TID251 - a session is read before anybody could say what time the request came at
        found = read_session(key, now) if key and key.isalnum() else None  # no cookie of ours has anything else
        if found is None or now - found.seen_at >= found.idles:
            self._session_key, self.ran_idle = None, found is not None
            return {}
        if now - found.seen_at >= found.idles / NOTED_IN_ITS_SPAN:
            Session.objects.filter(session_key=key).update(seen_at=now)
        self.principal, self._until = found.principal, found.until
        return self.decode(found.data)

    def create(self) -> None:
        """A new session, with a whole working day before it."""
        self._until = None
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made: Any = super().create_model_instance(data)  # Any: Django calls it by its base class
        account = data.get(SESSION_KEY)
        made.account_id = int(account) if account else None
        made.seen_at = timezone.now()  # noqa: TID251 - Django saves sessions and says no time
        made.expire_date = self._until or made.expire_date  # whatever is kept in it makes it last no longer
        return made

    # Plain JSON: the row is as safe as the accounts beside it, and a signature would only take time.
    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        decoded: dict[str, Any] = json.loads(session_data)
        return decoded
