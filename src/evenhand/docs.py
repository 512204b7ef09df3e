"""The documents that are generated, so that they cannot lag behind the edition and the code."""

from __future__ import annotations

from pathlib import Path


def documents(root: Path) -> dict[str, str]:
    """Each document's name with its text."""
    return {}
