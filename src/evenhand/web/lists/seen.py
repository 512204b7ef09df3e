"""Rows that stand on files the viewer sees, asked of each row, so that a list can go down its index and stop."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from evenhand.cases.seeing import Viewer, visible_to


def on_a_file_seen(viewer: Viewer) -> Exists:
    """Whether the file of a row is one that the viewer sees."""
    return Exists(visible_to(viewer).filter(name=OuterRef("file")))
