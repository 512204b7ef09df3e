"""What the desk keeps: words typed and not yet sent, filters worth keeping, the landlord's brand, mails sent."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """What somebody typed on a page and has not sent yet, as they typed it."""

    staff = models.TextField()
    page = models.TextField()  # which form: its path, without the query
    data = models.JSONField()  # field name -> list of values, as a browser posts them
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "page"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.staff} on {self.page}"


class SavedFilter(models.Model):
    """A list as somebody likes to see it: its page and its query."""

    staff = models.TextField()
    page = models.TextField()
    title = models.TextField()
    query = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "page", "title"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.title


class BrandSetting(models.Model):
    """The landlord's own name, colour and logo; one row, or none for the neutral brand."""

    name = models.TextField(blank=True)
    colour = models.TextField()  # such as #1f4e5f
    logo = models.BinaryField(default=b"")  # a PNG of our own making, or nothing

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_brand")]

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """That a colleague's mail of a day is being sent, or was settled: it was sent, or nothing was owed."""

    staff = models.TextField()
    day = models.DateField()
    claimed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "day"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.staff} on {self.day}"
