"""The record's tables. Rows are named by what they are about, so no surrogate key has to be trusted.

Headers are kept as exactly the text that was hashed, instants and days included: nothing is converted on the way
in or out, and both databases hold the same bytes. Only `append`, `bulk`, `erasure` and `checkpoints` write here;
triggers (`guards`) hold everybody else to that.
"""

from __future__ import annotations

from django.db import models


class Head(models.Model):
    """Where each file stands: the one row that is locked before anything is read or appended."""

    pk = models.CompositePrimaryKey("kind", "file_id")
    kind = models.TextField()
    file_id = models.TextField()
    sequence = models.PositiveIntegerField(default=0)
    hash = models.TextField()
    recorded_at = models.TextField(default="")
    sealed = models.PositiveIntegerField(default=0)  # the sequence the latest checkpoint covers

    def __str__(self) -> str:
        return f"{self.kind}/{self.file_id} at {self.sequence}"


class Entry(models.Model):
    """A header (see `chain.Header`): permanent, with neither names nor free text."""

    pk = models.CompositePrimaryKey("kind", "file_id", "sequence")
    kind = models.TextField()
    file_id = models.TextField()
    sequence = models.PositiveIntegerField()
    step = models.TextField()
    schema_version = models.PositiveIntegerField()
    edition_hash = models.TextField()
    engine_version = models.TextField()
    actor_id = models.TextField()
    role = models.TextField()
    taken_on = models.TextField()
    recorded_at = models.TextField()
    because_of = models.TextField()
    commitments = models.TextField()
    erases = models.TextField()
    previous = models.TextField()
    hash = models.TextField()

    def __str__(self) -> str:
        return f"{self.kind}/{self.file_id}#{self.sequence} {self.step}"


class Part(models.Model):
    """Content of an entry, which may be erased without breaking the chain that commits to it."""

    pk = models.CompositePrimaryKey("kind", "file_id", "sequence", "name")
    kind = models.TextField()
    file_id = models.TextField()
    sequence = models.PositiveIntegerField()
    name = models.TextField()
    salt = models.BinaryField()
    body = models.BinaryField()
    commitment = models.TextField()

    def __str__(self) -> str:
        return f"{self.kind}/{self.file_id}#{self.sequence} {self.name}"


class Erasure(models.Model):
    """What was erased, why, and by which entry; `replacement` commits to what stands there now, if anything."""

    pk = models.CompositePrimaryKey("kind", "file_id", "sequence", "part", "commitment")
    kind = models.TextField()
    file_id = models.TextField()
    sequence = models.PositiveIntegerField()
    part = models.TextField()
    commitment = models.TextField()
    replacement = models.TextField()
    reason = models.TextField()
    by_kind = models.TextField()
    by_file_id = models.TextField()
    by_sequence = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["by_kind", "by_file_id", "by_sequence"], name="erasure_by")]

    def __str__(self) -> str:
        return f"{self.part} of {self.kind}/{self.file_id}#{self.sequence}"


class Receipt(models.Model):
    """Which entry answered a request, so that the same request sent twice is taken once. Not part of the proof."""

    pk = models.CompositePrimaryKey("actor_id", "key")
    actor_id = models.TextField()
    key = models.TextField()
    request_digest = models.TextField()
    kind = models.TextField()
    file_id = models.TextField()
    sequence = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "file_id", "sequence"], name="receipt_entry")]

    def __str__(self) -> str:
        return f"{self.key} of {self.actor_id}"


class Checkpoint(models.Model):
    """A digest of the whole record at one moment, chained to the one before; its document is kept elsewhere."""

    number = models.PositiveIntegerField(primary_key=True)
    taken_at = models.TextField()
    previous = models.TextField()
    files = models.PositiveIntegerField()
    heads_digest = models.TextField()
    erasures_digest = models.TextField()
    digest = models.TextField()

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class CheckpointHead(models.Model):
    """One file that changed before a checkpoint: from which sequence it had been sealed, to which."""

    pk = models.CompositePrimaryKey("number", "kind", "file_id")
    number = models.PositiveIntegerField()
    kind = models.TextField()
    file_id = models.TextField()
    since = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    hash = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["kind", "file_id", "sequence"], name="checkpoint_head_file")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.file_id}#{self.sequence} in checkpoint {self.number}"
