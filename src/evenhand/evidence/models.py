"""What was uploaded: where its sealed original lies, what is known of it, and whether it may be given out."""

from __future__ import annotations

from secrets import token_hex

from django.db import models
from django.db.models import Q

from evenhand.evidence.types import TYPES, Type


def fresh_id() -> str:
    """160 bits of chance: an address that nobody comes upon by guessing."""
    return token_hex(20)


class Blob(models.Model):
    """An uploaded file. Its original is stored under its id, and neither changed nor shown: only downloaded.

    `state` is held (not looked at yet, or the scanner is down), clean, failed (a picture that could not be read, so
    that there is no copy to share) or refused (never given out). `kind` is 'draft' while it belongs to a report that
    `file`, a colleague's id, has not sent yet. `entry` is the reference of the entry it was recorded by.
    """

    id = models.TextField(primary_key=True, default=fresh_id)
    kind = models.TextField()
    file = models.TextField()
    name = models.TextField()  # as it was called by whoever uploaded it, made safe
    type = models.TextField()  # a name in `types.TYPES`, told from its content
    size = models.BigIntegerField()  # bytes
    sha256 = models.TextField()
    uploaded_by = models.TextField()
    uploaded_at = models.DateTimeField()
    state = models.TextField(default="held")
    reason = models.TextField(default="")  # why it is failed, refused or still held
    carries = models.JSONField(default=list)  # what a picture says beside what it shows: place, device, time, author
    sensitivity = models.TextField(default="none")  # as its entry says
    entry = models.TextField(default="")
    shared = models.TextField(default="")  # storage name of the stripped copy
    thumbnail = models.TextField(default="")  # storage name of the small one

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="blob_state_known", condition=Q(state__in=["held", "clean", "failed", "refused"])
            ),
            models.CheckConstraint(
                name="blob_copies_together",
                condition=Q(shared="", thumbnail="") | (~Q(shared="") & ~Q(thumbnail="") & Q(state="clean")),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "file", "uploaded_at"], name="blob_by_file"),
            models.Index(fields=["uploaded_at"], condition=Q(state="held"), name="blob_held"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size_in_words(self) -> str:
        """Such as 2.4 MB or 310 kB."""
        return f"{self.size / 1e6:.1f} MB" if self.size >= 1e6 else f"{max(1, round(self.size / 1e3))} kB"

    @property
    def told(self) -> Type:
        """What kind of file it is."""
        return TYPES[self.type]

    @property
    def may_be_given_out(self) -> bool:
        """Whether the original may be downloaded by whoever may see the file it belongs to."""
        return self.state in ("clean", "failed")
