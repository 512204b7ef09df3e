"""A report where the network comes and goes: the page stays, nothing typed is lost, and it is sent once."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from evenhand.cases.models import FileIndex
from evenhand.web.models import Draft
from tests.browser.conftest import PHONE, Site

WHAT = "She shouted at me at the counter until I went away."
NOT_SENT = "No network: nothing was sent"
COPY = "() => sessionStorage.getItem('evenhand-unsent')"


def at_what_happened(site: Site, who: str = "fay") -> Page:
    """A phone on the page that asks what happened."""
    page = site.open(who, viewport=PHONE)
    page.goto("/report/who/")
    page.get_by_label("Where it was", exact=True).fill("Reception")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/report/what/")
    return page


def typed_offline(site: Site) -> Page:
    """The same, with the paragraph typed and sent in vain."""
    page = at_what_happened(site)
    page.context.set_offline(True)
    page.get_by_label("What happened").fill(WHAT)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    return page


def test_page_stays_and_sends_again_at_a_tap_when_the_network_is_back(site):
    page = typed_offline(site)
    assert page.get_by_label("What happened").input_value() == WHAT
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    page.context.set_offline(False)
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url("**/report/kind/")
    assert page.evaluate(COPY) is None
    assert Draft.objects.get(staff="fay").data["report_incident:what_happened"] == [WHAT]


def test_report_is_sent_once_however_often_it_was_tried(site):
    page = typed_offline(site)
    page.context.set_offline(False)
    page.get_by_role("button", name="Send it again").click()
    for name in ("kind", "more"):
        page.wait_for_url(f"**/report/{name}/")
        page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/report/check/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    page.context.set_offline(False)
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url(re.compile("/report/sent/"))
    assert FileIndex.objects.filter(kind="incident").count() == 1


def test_page_that_was_lost_is_filled_in_again_for_its_author(site):
    page = typed_offline(site)
    page.context.set_offline(False)
    page.goto("/report/what/")
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    assert page.get_by_label("What happened").input_value() == WHAT


def test_h15_copy_is_wiped_when_somebody_else_signs_in_or_the_author_signs_out(site):
    page = typed_offline(site)
    assert WHAT in page.evaluate(COPY)
    page.context.set_offline(False)
    cookies = site.desk.client("olu").cookies.values()
    page.context.add_cookies([{"name": c.key, "value": c.value, "url": site.address} for c in cookies])
    page.goto("/report/what/")
    assert page.evaluate(COPY) is None
    again = typed_offline(site)
    again.context.set_offline(False)
    again.goto("/account/logout/")
    assert again.evaluate(COPY) is None


def test_words_are_kept_while_they_are_typed(site):
    page = at_what_happened(site)
    with page.expect_response("**/report/what/") as kept:
        page.get_by_label("What happened").fill(WHAT)
    assert kept.value.status == 204
    assert Draft.objects.get(staff="fay").data["report_incident:what_happened"] == [WHAT]


def test_without_scripts_a_report_goes_as_before(site):
    page = site.open("fay", java_script_enabled=False)
    page.goto("/report/who/")
    page.get_by_label("Where it was", exact=True).fill("Reception")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/report/what/")
    assert Draft.objects.get(staff="fay").data["report_incident:where"] == ["Reception"]
