"""The documents that are generated, so that they cannot lag behind the edition and the code."""

from __future__ import annotations

from pathlib import Path

from evenhand.docs.states import states_document
from evenhand.docs.steps import steps_document
from evenhand.docs.trace import trace_document
from evenhand.policy.edition import Edition


def documents(edition: Edition, root: Path) -> dict[str, str]:
    """Each document's name with its text; scenarios and tests are looked for under `root`."""
    return {
        "steps.md": steps_document(edition),
        "states.md": states_document(edition),
        "policy-trace.md": trace_document(edition, root),
    }
