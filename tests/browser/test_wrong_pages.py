"""Every form sent back: it says what is wrong, at the top and beside the field, and shuts nobody out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from evenhand.web.steps.pages import PAGES
from tests.browser.conftest import NARROWEST, Site
from tests.browser.places import furnish, places
from tests.browser.reading import runs_off, shut_out

Places = list[tuple[str, str]]
SEND = "main form[method=post] button.govuk-button:not(.govuk-button--secondary):visible"
LET_GO = """() => {
    document.querySelectorAll('form').forEach(one => { one.noValidate = true; });
    document.querySelector('main').dataset.asItWas = '';
}"""
"""Keeps the browser from asking for what is missing, and marks the page as the one not yet sent."""
ACTS_AT_ONCE = {
    "account_logout", "triage", "colleague_switch", "colleague_drop", "colleague_end", "details_end", "me_end", "file",
    "my_report", "report_sent", "evidence",
}  # fmt: skip
"""Pages whose first button does something, whatever was typed."""
ASTRAY = """() => [...document.querySelectorAll(".govuk-error-summary a[href^='#']")].map(one => one.hash)
    .filter(hash => !document.getElementById(decodeURIComponent(hash.slice(1))))"""


@pytest.fixture(scope="module")
def everywhere(demo: Site) -> Places:
    """Every place of the demonstration landlord, as long as all its files and registers are there."""
    furnish(demo.desk)
    return [*places()]


@pytest.mark.parametrize("who", ["ada", "tom"])
def test_a_form_sent_empty_says_what_is_wrong(demo: Site, everywhere: Places, axe: str, who: str):
    page = demo.open(who, viewport=NARROWEST)
    ours, browser = {"step", *ACTS_AT_ONCE}, demo.desk.client(who)
    paths = [path for name, path in everywhere if name not in ours or path.split("/")[-2] in PAGES]
    paths = [path for path in paths if b'method="post"' in browser.get(path).content]
    found = {path: [*mistold(page), *runs_off(page), *shut_out(page, axe)] for path in _sent_back(page, paths)}
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert (len(found) > 5, demo.complaints) == (True, [])


def test_a_step_sent_empty_says_what_is_wrong(demo: Site, everywhere: Places):
    page = demo.open("tom", viewport=NARROWEST)
    paths = [path for name, path in everywhere if name == "step"]
    found = {path: [*mistold(page), *runs_off(page)] for path in _sent_back(page, paths)}
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert (len(found) > 50, demo.complaints) == (True, [])


def _sent_back(page: Page, paths: list[str]) -> Iterator[str]:
    """Sends each page's form with nothing typed, past a browser that would not let it go; those that come back."""
    for path in paths:
        page.goto(path)
        if page.locator(SEND).count():
            page.evaluate(LET_GO)
            page.locator(SEND).first.click()
            page.wait_for_selector("main:not([data-as-it-was])")  # the page that answers, or this one mended in place
            page.wait_for_load_state()
            if page.locator(".govuk-error-summary").count():
                yield path


def mistold(page: Page) -> list[str]:
    """What is missing of how an error is told: the title, and a summary whose links lead to something on the page."""
    titled = page.title().startswith("Error: ")
    return [*page.evaluate(ASTRAY), *([] if titled else ["the title does not say so"])]
