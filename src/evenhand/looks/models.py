"""Who looked at whose data, and who opened what they could not see otherwise."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q


class Look(models.Model):
    """That somebody was shown something of a customer's. It is added before the page leaves, and never changed."""

    at = models.DateTimeField()
    day = models.DateField()  # in London
    staff = models.TextField()
    kind = models.TextField()  # of a file, or else: `search`, `export`, `glass`, `looks`, `refused`
    file = models.TextField()
    customer = models.TextField()
    page = models.TextField()  # the path
    purpose = models.TextField()
    grant = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "file", "-id"], name="look_by_file"),
            models.Index(fields=["customer", "-id"], name="look_by_customer"),
            models.Index(fields=["staff", "-id"], name="look_by_staff"),
            models.Index(fields=["day", "staff"], name="look_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.staff} at {self.kind} {self.file}"


class Opened(models.QuerySet):
    """Grants by instant."""

    def open_at(self, at: datetime) -> Opened:
        """Those that still open their file."""
        return self.filter(opened_at__lte=at, until__gt=at)

    def to_close(self) -> Opened:
        """Those that somebody else has yet to look into, the longest waiting first."""
        return self.filter(closed_at=None).order_by("id")


class Grant(models.Model):
    """A file that a colleague opened to themselves for a while, with why; somebody else looks into it and closes it."""

    staff = models.TextField()
    file = models.TextField()
    kind = models.TextField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)
    finding = models.TextField(blank=True)

    objects = Opened.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["staff", "until"], name="grant_by_staff"),
            models.Index(fields=["-id"], name="grant_to_close", condition=Q(closed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="grant_lasts"),
            models.CheckConstraint(condition=~Q(closed_by=F("staff")), name="grant_closed_by_another"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="", finding="")
                | Q(closed_at__isnull=False, closed_at__gte=F("opened_at")) & ~Q(closed_by="") & ~Q(finding=""),
                name="grant_closed_by_somebody_with_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} opened to {self.staff}"
