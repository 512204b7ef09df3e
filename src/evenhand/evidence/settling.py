"""What becomes of an upload that is held: scanned, drawn anew where it is a picture, and given out or not."""

from __future__ import annotations

from django.conf import settings
from django.core.files.base import ContentFile
from django_tasks import task

from evenhand.evidence.models import Blob, fresh_id
from evenhand.evidence.sandbox import CannotRedraw, redraw
from evenhand.evidence.scanning import ScannerDown, found_in
from evenhand.evidence.storage import sealed, vault
from evenhand.evidence.types import TYPES

STILL_HELD = "{} It is held until the scanner has looked at it; nothing has to be sent again."
INFECTED = (
    "The virus scanner found {} in it. It is kept sealed and given to nobody. Tell whoever looks after computers."
)


@task()
def settle(blob_id: str) -> str:
    """Decides what becomes of one upload and answers with its state; does nothing where that is decided already."""
    blob = Blob.objects.filter(pk=blob_id, state="held").first()
    if blob is None:
        return "settled before"
    try:
        virus = _scanned(blob)
    except ScannerDown as error:
        _now(blob, reason=STILL_HELD.format(error))
        return "held"
    if virus:
        return _now(blob, state="refused", reason=INFECTED.format(virus))
    return _copied(blob) if TYPES[blob.type].is_picture else _now(blob, state="clean", reason="")


def _scanned(blob: Blob) -> str:
    """What the scanner found, or '': also where no scanner is configured."""
    if not settings.CLAMD:
        return ""
    with sealed(blob.id) as original:
        return found_in(original, settings.CLAMD)


def _copied(blob: Blob) -> str:
    try:
        with sealed(blob.id) as original:
            copies = redraw(original, blob.type)
    except CannotRedraw as error:
        return _now(blob, state="failed", reason=f"{error} There is no copy to show or share; the original is kept.")
    shared, thumbnail = (vault().save(fresh_id(), ContentFile(made)) for made in (copies.shared, copies.thumbnail))
    carries = list(copies.carries)
    if not _now(blob, state="clean", reason="", carries=carries, shared=shared, thumbnail=thumbnail):
        for copy in (shared, thumbnail):  # somebody else settled it meanwhile
            vault().delete(copy)
    return "clean"


def _now(blob: Blob, *, state: str = "held", **changes: object) -> str:
    """The new state, or '' where somebody else was quicker."""
    return state if Blob.objects.filter(pk=blob.pk, state="held").update(state=state, **changes) else ""
