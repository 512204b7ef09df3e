"""Every page as everybody who may open it: nobody shut out, nothing off the side, no complaint of the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import NARROWEST, Site
from tests.browser.places import BEFORE, NO_PAGE, ROLES, furnish, places
from tests.browser.reading import cut_off, runs_off, shut_out
from tests.web.test_matrix import named

UNLIKE = re.compile(rb'name="(?:csrfmiddlewaretoken|key|expected|file)" value="[^"]*"')
OFFICER = "tom"


@pytest.fixture(scope="module")
def furnished(demo: Site) -> Site:
    """The demonstration landlord, with what its stories lack."""
    furnish(demo.desk)
    return demo


def test_every_address_is_looked_at(furnished: Site):
    assert {name for name, _ in places()} | {*BEFORE} | NO_PAGE | ELSEWHERE == named()


ELSEWHERE = {"account_reset_password_from_key", "mfa_edit_webauthn", "mfa_remove_webauthn"}
"""Opened from an e-mail, or by somebody who has a passkey: looked at in `test_signing_in`."""
EMPTY = (
    "home", "cases", "duties", "customers", "flags", "sanctions", "inquiries", "team", "search", "my_reports",
    "triage_pot", "glass_mine", "me", "usersessions_list",
)  # fmt: skip
"""Pages that have nothing to show on a desk where nothing has happened."""


@pytest.mark.parametrize("who", ROLES)
def test_nobody_is_shut_out_and_nothing_runs_off(furnished: Site, axe: str, who: str):
    page = furnished.open(who, viewport=NARROWEST)
    assert [fault for path in _shown_to(furnished, who) for fault in _faults(furnished, page, axe, path)] == []


def _shown_to(site: Site, who: str) -> Iterator[str]:
    """The paths of all pages that differ from each other, and from those that the officer sees."""
    seen = set() if who == OFFICER else {main for _, main in _mains(site, OFFICER, steps=False)}
    for path, main in _mains(site, who, steps=who == OFFICER):
        if main not in seen:
            yield path
        seen.add(main)


def _mains(site: Site, who: str, *, steps: bool) -> Iterator[tuple[str, bytes]]:
    """Each page's path with all below its navigation. Steps are asked of everybody alike: one's stand for all."""
    browser = site.desk.client(who)
    for name, path in places():
        answer = browser.get(path, follow=True) if steps or name != "step" else None
        if answer is not None and answer.get("Content-Type", "").startswith("text/html"):
            yield path, UNLIKE.sub(b"", answer.content).partition(b'<div class="eh-page"')[2]


def _faults(site: Site, page: Page, axe: str, path: str) -> list[str]:
    """What is wrong with a page, each fault after the path."""
    page.goto(path)
    spaced = [] if "/do/" in path else cut_off(page)  # forms of steps are drawn by the same macros as all others
    found = [*shut_out(page, axe), *runs_off(page), *spaced, *site.complaints]
    site.complaints.clear()
    return [f"{path}: {fault}" for fault in found]


def test_pages_of_an_empty_desk(site: Site, axe: str):
    page = site.open("mina", viewport=NARROWEST)
    paths = [reverse(name) for name in EMPTY]
    assert [fault for path in paths for fault in _faults(site, page, axe, path)] == []


def test_pages_before_signing_in(site: Site, axe: str):
    page: Any = site.open(viewport=NARROWEST)
    paths = [reverse(name) for name in BEFORE]
    assert [fault for path in paths for fault in _faults(site, page, axe, path)] == []
