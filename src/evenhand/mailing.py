"""Where mail goes and when, from the environment: to a server that sends it, or into a folder of the home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from evenhand.address import is_loopback

SHAPE = "smtp://name:password@mail.example.org"
PORTS = {"smtp": 587, "smtps": 465}
NEVER, LAST_HOUR = "never", 23


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our mail; none where it has no host.

    The way to another machine is always encrypted: with `smtps` from the first word on, else before signing in.
    """

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    is_ssl: bool = False

    @property
    def is_tls(self) -> bool:
        return bool(self.host) and not self.is_ssl and not is_loopback(self.host)


def mail_server(environment: Mapping[str, str]) -> MailServer:
    """The server that EVENHAND_MAIL_URL gives. Raises ImproperlyConfigured where it cannot be one."""
    url = environment.get("EVENHAND_MAIL_URL", "")
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in PORTS or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(f"EVENHAND_MAIL_URL must look like {SHAPE}, or begin with smtps://.")
    signs_in = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(host, port or PORTS[parts.scheme], *signs_in, is_ssl=parts.scheme == "smtps")


def remind_hour(word: str) -> int | None:
    """The hour of London's day from which reminders go out; None where they never do."""
    if word == NEVER:
        return None
    if not word.isdecimal() or int(word) > LAST_HOUR:
        raise ImproperlyConfigured(f"EVENHAND_REMIND_AT is {word!r}; it must be an hour from 0 to 23, or {NEVER}.")
    return int(word)
