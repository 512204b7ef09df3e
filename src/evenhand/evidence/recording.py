"""Making an upload part of the record: a step of its own, which holds its fingerprint (clause 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.cases.taking import StepTaken, take_step
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.evidence.models import Blob

KINDS = {
    **dict.fromkeys(("jpeg", "png", "gif", "webp", "heic"), "photo"),
    **dict.fromkeys(("eml", "msg"), "email"),
    **dict.fromkeys(("mp3", "wav", "mp4"), "recording"),
    "xlsx": "figures",
}
"""What kind of evidence each type of file most likely is: offered, never insisted on."""


def record_evidence(blob: Blob, data: Mapping[str, Any], *, actor: str, at: datetime) -> StepTaken:
    """Takes the step that adds an upload to its file. `data` is as for `add_evidence`, without the fingerprint.

    Asked twice, it answers with what was recorded the first time. A refused step leaves the upload where it is.
    Raises what `take_step` raises.
    """
    told = {**data, "sha256": blob.sha256}
    taken = take_step(
        step=AddEvidence,
        kind=blob.kind,  # type: ignore[arg-type]  # a draft has been moved to its file; take_step refuses any other word
        file=blob.file,
        data=told,
        actor=actor,
        at=at,
        key=blob.id,
    )
    if taken.entries:
        made = taken.entries[0]
        blob.entry, blob.sensitivity = made.ref, getattr(made.data, "sensitivity", "none")
        blob.save(update_fields=["entry", "sensitivity"])
    return taken
