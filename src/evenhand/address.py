"""Where the desk is found: its public address, and what it may be served on, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHAPE = "https://conduct.example.org"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
FEWEST_KEY_SIGNS, FEWEST_DIFFERENT_SIGNS = 50, 5
DEFAULT_KEY = "django-insecure-"


@dataclass(frozen=True, slots=True)
class Address:
    """A public address over https, which makes this production; or none, and only this machine may use it."""

    host: str = ""
    port: int | None = None

    @property
    def is_public(self) -> bool:
        return bool(self.host)

    @property
    def origin(self) -> str:
        return f"https://{self.host}" + (f":{self.port}" if self.port else "") if self.host else ""


def address_of(environment: Mapping[str, str]) -> Address:
    """The address that EVENHAND_URL gives. Raises ImproperlyConfigured where it cannot be one, or must not be served.

    Without it there is only plain http, which may be read on its way: so it is for this machine, unless
    EVENHAND_PLAIN_HTTP says that the way is safe.
    """
    url = environment.get("EVENHAND_URL", "")
    if url.startswith("https://"):
        return _public(url)
    if url and not url.startswith("http://"):
        raise ImproperlyConfigured(f"EVENHAND_URL must look like {SHAPE}; leave it out to try things on this machine.")
    named = [environment.get("EVENHAND_HOST", ""), urlsplit(url).hostname or ""]
    elsewhere = [host for host in named if host and not is_loopback(host)]
    if elsewhere and not environment.get("EVENHAND_PLAIN_HTTP"):
        raise ImproperlyConfigured(
            f"{elsewhere[0]} would be served over plain http, where passwords can be read on their way: "
            f"set EVENHAND_URL to an address such as {SHAPE}, or EVENHAND_PLAIN_HTTP=1 if nobody else can listen."
        )
    return Address()


def _public(url: str) -> Address:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.path.strip("/") or parts.query or parts.username:
        raise ImproperlyConfigured(f"EVENHAND_URL must look like {SHAPE}: a name, and a port if need be, nothing more.")
    return Address(host, port)


def plain_origin(environment: Mapping[str, str]) -> str:
    """Where the desk is found without a public address: as EVENHAND_URL gives it, else where it is served."""
    host, port = environment.get("EVENHAND_HOST") or "127.0.0.1", environment.get("EVENHAND_PORT") or "8000"
    return environment.get("EVENHAND_URL", "").rstrip("/") or f"http://{f'[{host}]' if ':' in host else host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether a name or number means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_unsafe(*, debug: bool, key: str, database: Mapping[str, object]) -> None:
    """Raises ImproperlyConfigured for the first setting that no public address may run with."""
    if debug:
        raise ImproperlyConfigured("EVENHAND_DEBUG shows the inside of every fault to whoever meets it: unset it.")
    if len(key) < FEWEST_KEY_SIGNS or len(set(key)) < FEWEST_DIFFERENT_SIGNS or key.startswith(DEFAULT_KEY):
        raise ImproperlyConfigured(
            f"The secret key can be guessed: give EVENHAND_SECRET_KEY {FEWEST_KEY_SIGNS} random signs or more, "
            "or unset it and remove the file secret-key from the home, to have one made."
        )
    if fault := _database_fault(database):
        raise ImproperlyConfigured(fault)


def _database_fault(database: Mapping[str, object]) -> str:
    """What makes the way to the database unsafe; empty if nothing does."""
    options = database["OPTIONS"]
    assert isinstance(options, dict)  # noqa: S101 - says to the type checker what `databases` always gives
    host = str(database.get("HOST", ""))
    if "synchronous_commit" in str(options.get("options", "")):
        return "EVENHAND_DATABASE_URL changes synchronous_commit, so acknowledged entries could be lost: take it out."
    if not host or host.startswith("/") or is_loopback(host):
        return ""
    if options.get("sslmode") not in ("require", "verify-ca", "verify-full"):
        return f"The way to the database on {host} is not surely encrypted: give its address ?sslmode=verify-full."
    return ""
