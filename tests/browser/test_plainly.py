"""By keyboard alone, and without any script: nobody needs a mouse, and nothing needs JavaScript."""

from __future__ import annotations

import re

import pytest
import time_machine
from playwright.sync_api import Page

from evenhand.cases.models import FileIndex
from evenhand.evidence.models import Blob
from tests.browser.conftest import PHONE, Site
from tests.browser.doing import press, says_wrong
from tests.browser.test_journeys import CASE, CASE_NAME, WHAT, clock, ready_to_propose
from tests.evidence.making import picture

__all__ = ["clock"]

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const round = one.nextElementSibling && getComputedStyle(one.nextElementSibling, '::before');
    const lit = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || (round && round.boxShadow !== 'none');
    return {on: one !== document.body, lit, words: [...(one.labels || [])].map(each => each.innerText).join(' ')
            || one.innerText || one.name || '', within: box.bottom > 0 && box.top < innerHeight};
}"""
MOST = 120
"""Presses of the Tab key after which something is taken to be out of reach."""


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until what is focused says some words; wherever it goes, the focus can be seen."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        assert not found["on"] or (found["lit"], found["within"]) == (True, True), found["words"]
        if found["on"] and words in found["words"]:
            return
    raise AssertionError(f"{words!r} is not reached on {page.url}")


def press_key(page: Page, words: str, key: str = "Enter") -> None:
    """Presses a key on what says some words."""
    tab_to(page, words)
    page.keyboard.press(key)


def typed(page: Page, words: str, text: str) -> None:
    """Types a text into the field whose label says some words."""
    tab_to(page, words)
    page.keyboard.type(text)


def on_to(page: Page, words: str, path: str) -> None:
    """Presses Enter on what leads to another page."""
    press_key(page, words)
    page.wait_for_url(re.compile(path))


def test_a_report_from_start_to_end_by_keyboard(site: Site, clock: time_machine.Traveller):
    fay = site.open("fay")
    fay.goto("/")
    on_to(fay, "Report an incident", "/report/who/")
    typed(fay, "Find them", "carol ashdwon")
    on_to(fay, "Find", "#found")
    on_to(fay, "Carol Ashdown", "/report/what/")
    typed(fay, "What happened", WHAT)
    press_key(fay, "Today", "Space")
    on_to(fay, "Continue", "/report/kind/")
    press_key(fay, "Abusive", "Space")
    on_to(fay, "Continue", "/report/more/")
    on_to(fay, "Continue", "/report/check/")
    on_to(fay, "Send the report", "/report/sent/")
    assert FileIndex.objects.filter(kind="incident", subject="carol").count() == 1


def test_the_first_key_skips_to_the_content(site: Site):
    olu = site.open("olu")
    olu.goto("/")
    on_to(olu, "Skip to main content", "#main")
    assert olu.evaluate("() => document.activeElement.id") == "main"


def test_a_step_and_a_search_by_keyboard(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    olu = site.open("olu")
    olu.goto("/")
    typed(olu, "Find a person", "ashdown")
    olu.keyboard.press("Enter")
    olu.wait_for_url(re.compile("/search/"))
    olu.goto(f"/case/{CASE_NAME}/do/add_note/")
    typed(olu, "Note", "She rang to say that she is moving.")
    on_to(olu, "Add a note", "recorded=")
    assert "She rang to say that she is moving." in olu.inner_text("main")


@pytest.fixture
def unscripted(site: Site, clock: time_machine.Traveller) -> Site:
    """A case that waits for a proposal, and a report that waits to be sent on, for browsers without any script."""
    ready_to_propose(site.desk)
    return site


def plainly(site: Site, who: str) -> Page:
    """A phone on which no script runs."""
    return site.open(who, viewport=PHONE, java_script_enabled=False)


def test_a_report_with_a_picture_and_its_triage_without_script(unscripted: Site):
    fay, mina = plainly(unscripted, "fay"), plainly(unscripted, "mina")
    fay.goto("/report/who/")
    fay.get_by_label("Find them").fill("carol")
    fay.get_by_role("button", name="Find", exact=True).click()
    fay.get_by_role("button", name="Carol Ashdown").click()
    fay.get_by_label("What happened").fill(WHAT)
    fay.get_by_label("Today").check()
    for _ in range(3):
        fay.get_by_role("button", name="Continue").click()
    if "/report/same/" in fay.url:
        fay.get_by_role("button", name="Continue").click()
    fay.get_by_role("link", name="Add photographs or files").click()
    fay.locator("input[type=file]").first.set_input_files(
        {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    fay.locator("main form button[type=submit], main form button:not([type])").first.click()
    fay.goto("/report/check/")
    fay.get_by_role("button", name="Send the report").click()
    name = FileIndex.objects.filter(kind="incident").exclude(name="IN-2026-AAAAA").get().name
    assert [one.file for one in Blob.objects.all()] == [name]
    mina.goto("/triage/")
    mina.get_by_role("main").locator(f"a[href='/triage/{name}/']").first.click()
    mina.locator("[name=reasons]").fill("It belongs to the same matter.")
    mina.get_by_role("button", name=f"Add it to {CASE_NAME}").click()
    assert FileIndex.objects.get(name=name).state == "triaged"


def test_a_step_refused_and_then_recorded_without_script(unscripted: Site):
    olu = plainly(unscripted, "olu")
    olu.goto(f"/case/{CASE_NAME}/do/add_note/")
    press(olu, "take")
    says_wrong(olu)
    olu.locator(".govuk-error-summary a").first.click()
    olu.locator("[name=text]").fill("She rang.")
    press(olu, "take")
    olu.wait_for_url(CASE)
    olu.goto(f"/case/{CASE_NAME}/do/propose_sanction/")
    olu.locator("[name=remedy]").first.select_option("warning_letter")
    press(olu, "take")
    assert "equality assessment" in olu.locator(".govuk-error-summary").inner_text()
