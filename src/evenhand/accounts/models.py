"""Accounts: how a colleague signs in. Who they are and what they may do stands in the registers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

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
    is_address_sure = models.BooleanField(default=True)  # somebody beside whoever typed it vouched for it

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["staff"]

    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.email


class Session(AbstractBaseSession):
    """A browser that somebody signed in from, or is about to; `account` is null until they have.

    It ends on `expire_date` whatever happens, and sooner where nothing is asked of it for long: see `sessions`.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"session of {self.account_id or 'nobody yet'} until {self.expire_date}"


class WayIn(models.Model):
    """That an administrator asked for a colleague's way in, and what somebody else answered: see `ways_in` (H24).

    With a new `email` the address they sign in with becomes that; without, they choose a password by a code.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="ways_in")
    email = models.TextField(blank=True)
    seed = models.TextField()
    asked_by = models.TextField(blank=True)  # empty: whoever keeps the machine
    asked_at = models.DateTimeField()
    answered_by = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by="", answered_at=None, is_confirmed=False)
                | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answered_by=F("asked_by")),
                name="way_in_answered_by_another",
            ),
            models.CheckConstraint(condition=Q(used_at=None) | Q(is_confirmed=True), name="way_in_used_once_confirmed"),
        ]

    def __str__(self) -> str:
        return f"way in for {self.account_id} asked by {self.asked_by}"


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
