"""How evidence is guarded on this machine: what `evenhand check` prints beside the settings."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.conf import settings

from evenhand.evidence.sandbox import NO_SANDBOX, bubblewrap
from evenhand.evidence.scanning import ScannerDown, found_in

NO_SCANNER = "No virus scanner is configured: evidence is let through by its type alone. Set EVENHAND_CLAMD."
ASKED_WITHIN = 5.0  # seconds


def cautions() -> Iterator[str]:
    """What whoever runs this service should know, a sentence each; evidence works all the same."""
    if not settings.CLAMD:
        yield NO_SCANNER
    if bubblewrap() is None:
        yield NO_SANDBOX


def scanner_faults() -> Iterator[str]:
    """Why nothing that is uploaded can be given out, if so."""
    if not settings.CLAMD:
        return
    try:
        found_in(io.BytesIO(b"Evenhand asks whether anybody is there."), settings.CLAMD, within=ASKED_WITHIN)
    except ScannerDown as error:
        yield f"{error} Evidence is held until it answers."
