"""Where sessions are kept: a table of our own that knows whose they are, read together with the account."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from evenhand.accounts.models import Session
from evenhand.accounts.principal import Principal, read_session


class SessionStore(db.SessionStore):
    """Django's own store, with whoever stands behind a session read in the same statement."""

    principal: Principal | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """The session's words; leaves its `principal` beside them."""
        key = self.session_key
        now = timezone.now()  # noqa: TID251 - a session is read before anybody could say what time the request came at
        found = read_session(key, now) if key and key.isalnum() else None  # no cookie of ours has anything else
        if found is None:
            self._session_key = None
            return {}
        data, _until, self.principal = found
        return self.decode(data)

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made: Any = super().create_model_instance(data)  # Any: Django calls it by its base class
        account = data.get(SESSION_KEY)
        made.account_id = int(account) if account else None
        return made

    # Plain JSON: the row is as safe as the accounts beside it, and a signature would only take time.
    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        decoded: dict[str, Any] = json.loads(session_data)
        return decoded
