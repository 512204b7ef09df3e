"""What about signing in `evenhand check` calls unsafe."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.conf import settings

from evenhand.accounts import rules
from evenhand.address import is_loopback


def sign_in_faults() -> Iterator[str]:
    """Everything about signing in that lets others in, a sentence each."""
    host = os.environ.get("EVENHAND_HOST", "")
    if settings.DEBUG:
        yield "EVENHAND_DEBUG is set, so whoever meets a fault sees the inside of it: unset it when you are done."
    if not settings.PRODUCTION and host and not is_loopback(host):
        yield f"{host} is served over plain http, where passwords can be read on their way: set EVENHAND_URL."
    if settings.PRODUCTION and not any(rule.needs_second_factor for rule in rules.rules().values()):
        yield "No role asks for more than a password (H24): ask it of those who decide, on the page of roles."
