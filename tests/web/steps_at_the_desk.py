"""Posting a step's form as a browser does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.test import Client

from tests.desk import Desk

CASE = "UC-2026-AAAAA"
OPENED = {
    "subject": "carol",
    "subject_kind": "tenant",
    "breakdown": "Shouting at every visit.",
    "tried_first": "A talk in June.",
    "colleague": "fay",
}

AT_ONCE: dict[str, Any] = {
    "subject": "carol", "remedy": "office_access", "harm": "She said she would be back with a knife.",
    "to_whom": "Fay Hart", "manager": "mina", "evidence": ["IN-1#1"], "review_on": "2026-09-10",
    "ends_on": "2026-10-01", "reasons": "She threatened Fay.", "terms": {"offices": ["Quarry House"]},
}  # fmt: skip


def opened_case(desk: Desk, **said: Any) -> str:
    """A case about Carol that Olu opened."""
    desk.take("open_case", "case", CASE, "olu", **{**OPENED, **said})
    return CASE


def hidden(page: Any) -> dict[str, str]:
    """What the form of a page carries unseen."""
    found = re.findall(r'<input type="hidden" name="(expected|key|file|heeded)" value="([^"]*)"', page.content.decode())
    return dict(found)


def send(browser: Client, path: str, typed: Mapping[str, str | Sequence[str]], act: str = "take") -> Any:
    """Opens a form, fills it in and sends it."""
    return browser.post(path, {**hidden(browser.get(path)), **typed, "act": act})


def words(page: Any) -> str:
    """The words of a page, without its markup."""
    text = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(text.replace("&#39;", "'").replace("&#34;", '"').split())
