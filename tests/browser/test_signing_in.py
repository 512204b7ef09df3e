"""Signing in as people do: with a password, an app's code and a passkey; and the pages that only then can be seen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page

from tests.accounts.signing import PASSWORD, code_of, with_app, with_password
from tests.browser.conftest import NARROWEST, Site
from tests.browser.doing import says_wrong
from tests.browser.reading import cut_off, runs_off, shut_out

KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True,
}  # fmt: skip


@pytest.fixture
def outbox(settings: Any) -> list[Any]:
    """What is sent by e-mail."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


def faults(page: Page, axe: str) -> list[str]:
    return [f"{page.url}: {fault}" for fault in [*shut_out(page, axe), *runs_off(page), *cut_off(page)]]


def give(page: Page, who: str, path: str = "/") -> None:
    """Gives e-mail and password on the page that asks for them."""
    page.goto(path)
    page.get_by_label("Email").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def test_a_password_and_a_code_sign_in(site: Site, axe: str):
    secret, _ = with_app("sam")
    sam = site.open(viewport=NARROWEST)
    give(sam, "sam", "/cases/")
    sam.wait_for_url(re.compile("/account/2fa/authenticate/"))
    assert faults(sam, axe) == []
    sam.get_by_label(re.compile("code", re.I)).first.fill(code_of(secret))
    sam.get_by_role("main").get_by_role("button").first.click()
    sam.wait_for_url(re.compile("/cases/"))
    assert site.complaints == []


def test_a_wrong_password_is_said_beside_the_field(site: Site, axe: str):
    with_password("olu")
    olu = site.open(viewport=NARROWEST)
    olu.goto("/account/login/")
    olu.get_by_label("Email").fill("olu@example.org")
    olu.get_by_label("Password").fill("not the password")
    olu.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    says_wrong(olu)
    assert faults(olu, axe) == []


def test_a_passkey_is_added_and_signs_in(site: Site, axe: str):
    with_password("olu")
    olu = site.open(viewport=NARROWEST)
    keys = olu.context.new_cdp_session(olu)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    give(olu, "olu", "/account/2fa/webauthn/add/")
    olu.get_by_label("What to call it").fill("Olu's phone")
    olu.get_by_role("button", name="Add it").click()
    olu.wait_for_url(re.compile("/account/2fa/(?!webauthn/add)"))
    for words in ("edit", "remove"):
        olu.goto("/account/2fa/webauthn/")
        assert faults(olu, axe) == []
        olu.locator(f"main a[href*='/{words}/']").first.click()
        assert faults(olu, axe) == []
    olu.goto("/account/logout/")
    olu.get_by_role("main").get_by_role("button", name="Sign out").click()
    olu.goto("/account/login/?next=/cases/")
    olu.get_by_role("button", name="passkey").click()
    olu.wait_for_url(re.compile("/cases/$"))
    assert site.complaints == []


def test_a_new_password_by_email(site: Site, axe: str, outbox: list[Any]):
    with_password("fay")
    fay = site.open(viewport=NARROWEST)
    fay.goto("/account/password/reset/")
    fay.get_by_label("Email").fill("fay@example.org")
    fay.get_by_role("main").get_by_role("button").first.click()
    fay.wait_for_url(re.compile("/done/"))
    fay.goto(re.search(r"/account/password/reset/key/\S+", outbox[0].body)[0])  # type: ignore[index]  # it is in there
    assert faults(fay, axe) == []
    for box in fay.locator("main input[type=password]").all():
        box.fill("another four words now")
    fay.get_by_role("main").get_by_role("button").first.click()
    fay.wait_for_url(re.compile("/account/password/reset/key/done/|/$"))
