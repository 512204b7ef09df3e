"""Projections: what lists and look-ups read, worked out from the record and never the other way round.

They hold days and intervals; 'live' and 'overdue' come to be only when a query names a day. `projecting` writes them in
the transaction of each step, and `rebuild` makes them anew.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q


class FileIndex(models.Model):
    """One file: its name, which no other file may have, of whatever kind, and what lists show and sort by."""

    name = models.TextField(primary_key=True)
    kind = models.TextField()
    state = models.TextField()
    subject = models.TextField()
    officer = models.TextField()
    edition = models.TextField()
    opened_on = models.DateField()
    is_restricted = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "state", "opened_on"], name="file_by_state"),
            models.Index(fields=["officer", "opened_on"], name="file_by_officer"),
        ]

    def __str__(self) -> str:
        return self.name


class FilePerson(models.Model):
    """Whom a file is about, or whom a measure on it binds: every decision about a person reads these files."""

    file = models.TextField()
    person = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "file"], name="file_person_once")]

    def __str__(self) -> str:
        return f"{self.file} is about {self.person}"


class OwedOn(models.QuerySet):
    """Duties by day."""

    def owed_on(self, day: date) -> OwedOn:
        """Those that still stand on a day."""
        return self.filter(Q(falls_away_on=None) | Q(falls_away_on__gte=day))

    def overdue_on(self, day: date) -> OwedOn:
        """Those that should have been done before a day."""
        return self.owed_on(day).filter(due_on__lt=day)


class OpenDuty(models.Model):
    """Something promised and not yet done; after `falls_away_on` it is owed no more."""

    file = models.TextField(db_index=True)
    made_by = models.TextField()
    duty = models.TextField()
    clause = models.TextField()
    about = models.TextField()
    owners = models.TextField()  # roles, with a space between them
    not_before = models.DateField(null=True)
    due_on = models.DateField(db_index=True)
    falls_away_on = models.DateField(null=True)

    objects = OwedOn.as_manager()

    def __str__(self) -> str:
        return f"{self.duty} on {self.file}"


class BoundOn(models.QuerySet):
    """Sanctions by day."""

    def bound_on(self, day: date) -> BoundOn:
        """Those that stand on a day: imposed, not ended, not lapsed."""
        not_ended, not_lapsed = Q(ended_on=None) | Q(ended_on__gt=day), Q(lapses_on=None) | Q(lapses_on__gte=day)
        return self.filter(not_ended, not_lapsed, imposed_on__lte=day)


class SanctionIndex(models.Model):
    """One measure: whom it binds and its days; `lapses_on` is the last on which it binds if nobody does anything."""

    ref = models.TextField(primary_key=True)
    file = models.TextField(db_index=True)
    subject = models.TextField(db_index=True)
    remedy = models.TextField()
    kinds = models.TextField()  # with a space between them
    approved_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    imposed_on = models.DateField(null=True)
    appeal_by = models.DateField(null=True)
    review_by = models.DateField(null=True, db_index=True)
    lapses_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = BoundOn.as_manager()

    def __str__(self) -> str:
        return self.ref
