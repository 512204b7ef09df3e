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
    last_on = models.DateField()  # the day of its last entry
    milestone = models.TextField()  # of a case: the last step that brought it further; see `milestones`
    due_on = models.DateField(null=True)  # the first day by which something is owed that does not fall away before it
    due = models.TextField()  # which duty that is
    is_open = models.BooleanField()
    is_restricted = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(
                fields=["officer", "kind", "-opened_on", "-name"],
                name="file_open_by_officer",
                condition=Q(is_open=True),
            ),
            models.Index(fields=["kind", "-opened_on", "-name"], name="file_open_by_kind", condition=Q(is_open=True)),
            models.Index(fields=["kind", "-opened_on", "-name"], name="file_by_opened"),
            models.Index(fields=["kind", "-last_on", "-name"], name="file_by_last"),
            models.Index(fields=["kind", "due_on", "name"], name="file_by_due"),
            models.Index(fields=["kind", "state", "-opened_on", "-name"], name="file_by_state"),
            models.Index(fields=["subject", "-opened_on", "-name"], name="file_by_subject"),
            models.Index(fields=["name"], name="file_restricted", condition=Q(is_restricted=True)),
        ]

    def __str__(self) -> str:
        return self.name


class FilePerson(models.Model):
    """Whom a file is about, or whom a measure on it binds: every decision about a person reads these files."""

    file = models.TextField()
    person = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "file"], name="file_person_once")]
        indexes = [models.Index(fields=["file"], name="file_person_by_file")]

    def __str__(self) -> str:
        return f"{self.file} is about {self.person}"


class FileStaff(models.Model):
    """A colleague who took a step on a file or has a part on it by name, and so may see it.

    `stays` says who may see it even where it is kept to a few: see `seeing`.
    """

    file = models.TextField()
    staff = models.TextField()
    stays = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "staff"], name="file_staff_once")]
        indexes = [
            models.Index(fields=["staff", "file"], name="file_staff_by_staff"),
            models.Index(fields=["staff", "file"], name="file_staff_staying", condition=Q(stays=True)),
        ]

    def __str__(self) -> str:
        return f"{self.staff} on {self.file}"


class FileLink(models.Model):
    """That a file names another: a case its reports, a report its case, a flag what it rests on."""

    file = models.TextField()
    kind = models.TextField()  # of `file`
    other = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "other"], name="file_link_once")]
        indexes = [
            models.Index(fields=["other", "file"], name="file_link_by_other"),
            models.Index(fields=["other", "file"], name="file_link_of_flags", condition=Q(kind="flag")),
        ]

    def __str__(self) -> str:
        return f"{self.file} names {self.other}"


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
    keeper = models.TextField()  # the colleague named to do it, where one is
    not_before = models.DateField(null=True)
    due_on = models.DateField(db_index=True)
    falls_away_on = models.DateField(null=True)

    objects = OwedOn.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["keeper", "due_on", "id"], name="duty_by_keeper"),
            models.Index(fields=["owners", "due_on", "id"], name="duty_by_owners"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} on {self.file}"


class BoundOn(models.QuerySet):
    """Sanctions by day."""

    def bound_on(self, day: date) -> BoundOn:
        """Those that stand on a day: imposed, not ended, not lapsed."""
        not_ended, not_lapsed = Q(ended_on=None) | Q(ended_on__gt=day), Q(lapses_on=None) | Q(lapses_on__gte=day)
        return self.filter(not_ended, not_lapsed, imposed_on__lte=day)

    def live_on(self, day: date) -> BoundOn:
        """Those that restrain the person on a day: they stand and are not suspended."""
        is_held = Q(suspended_from__lte=day) & (Q(suspended_until=None) | Q(suspended_until__gt=day))
        return self.bound_on(day).filter(~is_held)


class SanctionIndex(models.Model):
    """One measure: whom it binds and its days; `lapses_on` is the last on which it binds if nobody does anything.

    It was suspended last from `suspended_from` to the day before `suspended_until`.
    """

    ref = models.TextField(primary_key=True)
    file = models.TextField(db_index=True)
    subject = models.TextField(db_index=True)
    remedy = models.TextField()
    kinds = models.TextField()  # with a space between them
    behaviours = models.TextField()  # the kinds of conduct it answers, each with a space on either side
    proposed_on = models.DateField()
    proposed_by = models.TextField()
    declined_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    imposed_on = models.DateField(null=True)
    appeal_by = models.DateField(null=True)
    review_by = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    suspended_from = models.DateField(null=True)
    suspended_until = models.DateField(null=True)

    objects = BoundOn.as_manager()

    class Meta:
        indexes = [models.Index(fields=["review_by", "ref"], name="sanction_by_review")]

    def __str__(self) -> str:
        return self.ref

    def is_suspended_on(self, day: date) -> bool:
        """Whether it stands on a day without restraining the person."""
        began, until = self.suspended_from, self.suspended_until
        return began is not None and began <= day and (until is None or day < until)


class LiveOn(models.QuerySet):
    """Flags by day."""

    def live_on(self, day: date) -> LiveOn:
        """Those that warn whoever visits on a day. An overdue one does: overdue is shown, never hidden."""
        not_ended, not_lapsed = Q(ended_on=None) | Q(ended_on__gt=day), Q(lapses_on=None) | Q(lapses_on__gte=day)
        return self.filter(not_ended, not_lapsed, is_declined=False, set_on__lte=day)


class FlagIndex(models.Model):
    """One flag: whom or which place it warns of, and its days."""

    file = models.TextField(primary_key=True)
    subject = models.TextField(db_index=True)
    place = models.TextField(db_index=True)
    category = models.TextField()
    set_on = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    review_by = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    is_declined = models.BooleanField()

    objects = LiveOn.as_manager()

    class Meta:
        indexes = [models.Index(fields=["review_by", "file"], name="flag_by_review")]

    def __str__(self) -> str:
        return self.file


class EntryWords(models.Model):
    """The free words of one entry, to be searched; never who reported (H3). Newer words have higher ids."""

    file = models.TextField(db_index=True)
    ref = models.TextField(unique=True)
    words = models.TextField()

    def __str__(self) -> str:
        return self.ref


class Spelling(models.Model):
    """A word of those in `EntryWords` under itself and under what is left of it when any one letter is missed out.

    Two words that share a key are at most two slips apart, wherever in the word these are.
    """

    key = models.TextField()
    word = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="spelling_once")]

    def __str__(self) -> str:
        return self.word


class CustomerWords(models.Model):
    """A customer's name with every address they have or had, to be searched; the database itself keeps it in step."""

    customer = models.TextField(unique=True)
    words = models.TextField()

    def __str__(self) -> str:
        return self.words
