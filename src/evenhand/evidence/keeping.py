"""Taking an upload in: told what it is, sealed as it came, and held until it was looked at."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import IO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from evenhand.evidence.models import Blob, fresh_id
from evenhand.evidence.settling import settle
from evenhand.evidence.storage import vault
from evenhand.evidence.telling import safe_name, told_from

DRAFT = "draft"


def keep(upload: UploadedFile, *, kind: str, file: str, by: str, at: datetime) -> Blob:
    """Seals an upload and has it looked at. Raises `NotAccepted`, in words for whoever sent it.

    `kind` and `file` name the file it belongs to; for a report that is not sent yet, `draft` and the colleague's id.
    """
    name = safe_name(upload.name or "")
    type_ = told_from(cast("IO[bytes]", upload), name)
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    blob = Blob(
        id=fresh_id(),
        kind=kind,
        file=file,
        name=name,
        type=type_,
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by=by,
        uploaded_at=at,
    )
    vault().save(blob.id, upload)
    try:
        with transaction.atomic():
            blob.save(force_insert=True)
            settle.enqueue(blob.id)
    except BaseException:
        vault().delete(blob.id)
        raise
    return blob


def move_drafts(by: str, kind: str, file: str) -> int:
    """Gives a file what a colleague uploaded for the report that it was made from; how many there were."""
    return Blob.objects.filter(kind=DRAFT, file=by).update(kind=kind, file=file)


def discard(blob: Blob) -> bool:
    """Removes an upload with its copies, down to the storage; whether it was still there."""
    removed, _ = Blob.objects.filter(pk=blob.pk).delete()
    for name in (blob.id, blob.shared, blob.thumbnail):
        if name:
            vault().delete(name)
    return bool(removed)
