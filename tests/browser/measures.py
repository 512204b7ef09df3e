"""Measures on the case that `ready_to_propose` leaves, decided at once, for tests of what follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from tests.browser.doing import press
from tests.browser.test_journeys import CASE_NAME, WEIGHED, ready_to_propose
from tests.desk import NOW, Desk

HERE = f"/case/{CASE_NAME}/"
TODAY = NOW.date()
REASONED = {
    "reasons": "She swore at a colleague for ten minutes.", "behaviours": ["abusive"],
    "evidence": ["IN-2026-AAAAA#1"], "alternatives": ["A second talk: the first changed nothing."],
    "similar_cases": "Two like it.", "proportionate_because": "It does no more than is needed.",
    "departure_reason": "A warning would not say what we ask.", "obligation": "Tenancy agreement, section 4.",
    "due_regard": "Nothing known links the conduct to a characteristic.",
    "starts_on": TODAY + timedelta(days=7), "ends_on": TODAY + timedelta(days=120),
    "review_on": TODAY + timedelta(days=45),
}  # fmt: skip
"""What a proposal says whatever its measure."""
ONE_CONTACT = {"channels_open": ["email", "post", "phone"], "named_contact": "fay", "deputy": "olu"}


def weigh(desk: Desk, remedy: str, at: datetime = NOW, **changes: Any) -> str:
    """Assesses equality in full for a measure; returns the assessment's name."""
    said = {"form": "full", "subject": "carol", "remedies": [remedy], "characteristic": "none_found",
            "asked_customer": "On the phone.", "linked_to_conduct": "no", "effect": "She writes instead.",
            **WEIGHED, **changes}  # fmt: skip
    return desk.take("assess_equality", "case", CASE_NAME, "olu", at, **said).entries[0].ref


def propose(desk: Desk, remedy: str, at: datetime = NOW, **changes: Any) -> str:
    """Weighs and proposes a measure; returns its name."""
    said = {**REASONED, "remedy": remedy, "equality": weigh(desk, remedy, at), **changes}
    return desk.take("propose_sanction", "case", CASE_NAME, "olu", at, **said).entries[0].ref


def decide(desk: Desk, remedy: str, by: str = "mina", at: datetime = NOW, **changes: Any) -> str:
    """Proposes a measure and approves it; returns its name."""
    ref = propose(desk, remedy, at, **changes)
    desk.take("approve_sanction", "case", CASE_NAME, by, at, sanction=ref, reasons="It is fair.",
              departure_accepted=True)  # fmt: skip
    return ref


def impose(desk: Desk, remedy: str = "restricted_channels", at: datetime = NOW, **changes: Any) -> str:
    """Decides a measure and tells Carol of it the same day; returns its name."""
    said = {"terms": ONE_CONTACT, "starts_on": at.date(), **changes}
    ref = decide(desk, remedy, at=at, **said)
    desk.take("give_notice", "case", CASE_NAME, "olu", at, about=ref, how="email", format="standard",
              address="carol@example.org", address_confirmed_on=at.date(), explains="Write to one.")  # fmt: skip
    return ref


def answered(page: Page, act: str) -> None:
    """Presses a button of a step's form, and waits for the page that answers."""
    with page.expect_navigation():
        press(page, act)


def says_why(page: Page, why: str) -> None:
    """Says why a case is looked at that one has no part in, and waits for it."""
    page.get_by_label(why).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()


def main(page: Page) -> str:
    """The words of a page's main part."""
    return " ".join(page.locator("main").inner_text().split())


def strip(page: Page) -> str:
    """The words of the person strip."""
    return " ".join(page.locator(".eh-strip").inner_text().split())


def on(day: int) -> date:
    """So many days after that Monday."""
    return TODAY + timedelta(days=day)


__all__ = ["ready_to_propose"]
