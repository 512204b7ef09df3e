"""Django settings, all from the environment."""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from evenhand.databases import database_settings


def _home() -> Path:
    """The folder for everything kept on this machine; made when missing."""
    home = Path(os.environ.get("EVENHAND_HOME", "") or "./var").resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"EVENHAND_HOME is {home}, which cannot be made ({error.strerror}); name a folder you may write to."
        ) from error
    return home


def _secret_key(home: Path) -> str:
    """The home's own key: made once, readable by its owner only."""
    path = home / "secret-key"
    if not path.exists():
        fresh = home / f".secret-key-{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        _keep_first(fresh, path)
    return path.read_text()


def _keep_first(fresh: Path, path: Path) -> None:
    # A link either appears whole or not at all, so two processes starting at once agree on one key.
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


HOME = _home()
SECRET_KEY = _secret_key(HOME)
DEBUG = False
INSTALLED_APPS = [app for app in ("evenhand.record", "evenhand.people", "evenhand.cases") if find_spec(app)]
DATABASES = {"default": database_settings(os.environ.get("EVENHAND_DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
