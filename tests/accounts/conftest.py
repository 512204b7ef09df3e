"""Every test here may sit down at the desk."""

from __future__ import annotations

import pytest

from tests.desk import desk

__all__ = ["desk"]


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A password is meant to take long to check; how it is kept is not under test here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
