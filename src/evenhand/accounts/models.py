"""Accounts: how a colleague signs in. Who they are and what they may do stands in the registers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from evenhand.people.models import Staff


class Accounts(BaseUserManager["Account"]):
    """Making accounts."""

    def create_user(self, email: str, password: str | None = None, **rest: Any) -> Account:
        """A new account with a usable password, or one that cannot sign in by password where none is given."""
        account = self.model(email=self.normalize_email(email).lower(), **rest)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One colleague's way in. It is switched off, never deleted: the record names the colleague behind it."""

    email = models.EmailField(unique=True)
    staff = models.OneToOneField(Staff, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["staff"]

    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.email


class Session(AbstractBaseSession):
    """A browser that somebody signed in from, or is about to; `account` is null until they have."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")

    def __str__(self) -> str:
        return f"session of {self.account_id or 'nobody yet'} until {self.expire_date}"


class Device(models.Model):
    """A browser that an account has signed in from before; known again by a cookie, kept here as its hash (H24)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    token_hash = models.TextField()
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "token_hash"], name="device_once")]

    def __str__(self) -> str:
        return f"device of {self.account_id} since {self.first_seen_at}"


class Throttle(models.Model):
    """How often something was tried of late, as Django's database cache keeps it; its columns are Django's to name."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class RoleRule(models.Model):
    """What the landlord has settled for a role of the policy: how far its holders see, and how they must sign in."""

    class Scope(models.TextChoices):
        """How far somebody sees: what they had a part in, their team's work, or everything."""

        OWN = "own"
        TEAM = "team"
        ALL = "all"

    role = models.TextField(primary_key=True)
    sees = models.TextField(choices=Scope, default=Scope.OWN)
    needs_second_factor = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.role} sees {self.sees}"
