"""A measure while it lasts: reviewed in time, overdue for everybody to see, capped, and gone after its last day."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page

from evenhand.cases.editions import SHIPPED
from tests.browser.conftest import PHONE, Site
from tests.browser.doing import Typed, begin, fill, press, take
from tests.browser.measures import HERE, answered, impose, main, on, ready_to_propose, says_why, strip, weigh
from tests.browser.test_journeys import CASE, CASE_NAME, back, clock, later
from tests.desk import NOW

__all__ = ["clock"]

LIMIT = "Limited ways to be in touch"
BY_E_MAIL = {"channels_open": ["email", "post"], "named_contact": "fay", "deputy": "olu"}


def everywhere(page: Page) -> dict[str, bool]:
    """Where a measure on Carol can be seen to stand."""
    shown = {}
    for place, path, words in (
        ("strip", HERE, LIMIT),
        ("person", "/person/carol/", LIMIT),
        ("sanctions", "/sanctions/?whose=all", LIMIT),
        ("cases", "/cases/?whose=all", "Sanction in force"),
        ("only those with one", "/cases/?whose=all&live=yes", CASE_NAME),
        ("customers", "/customers/?bound=yes", "Carol Ashdown"),
        ("contact", "/person/carol/?channel=phone&topic=general_enquiry", "This way of reaching us is closed"),
    ):
        page.goto(path)
        shown[place] = words in (strip(page) if place in ("strip", "person") else main(page))
    return shown


def test_h8_a_measure_stops_showing_everywhere_on_the_day_after_its_last(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    impose(site.desk, terms=BY_E_MAIL, ends_on=on(60))
    later(clock, 60)
    assert set(everywhere(site.open("olu")).values()) == {True}
    later(clock, 61)
    olu = site.open("olu")
    assert set(everywhere(olu).values()) == {False}
    olu.goto(HERE)
    assert "Run out" in olu.locator(".eh-measure").inner_text()
    olu.goto("/search/?q=Ashdown")
    assert LIMIT not in main(olu)
    olu.goto("/sanctions/?whose=all&state=ended")
    assert LIMIT in main(olu)
    assert site.complaints == []


def test_h8_an_overdue_review_is_seen_by_all_and_nothing_rests_on_it(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    impose(site.desk, terms=BY_E_MAIL)
    later(clock, 50)
    olu, mina = site.open("olu", viewport=PHONE, has_touch=True), site.open("mina")
    olu.goto("/")
    assert "Review the sanction" in main(olu)
    mina.goto("/team/")
    assert "Review the sanction" in main(mina)
    olu.goto("/sanctions/?whose=all&due=overdue")
    assert LIMIT in main(olu)
    olu.goto(HERE)
    assert f"{LIMIT}, until 1 December 2026 · review was due 17 September 2026" in strip(olu)
    assert "Review overdue" in olu.locator(".eh-measure").inner_text()
    olu.goto(f"{HERE}do/propose_sanction/")
    fill(olu, remedy="restricted_channels", reasons="Still writing.", evidence=["*"])
    answered(olu, "check")
    assert "should have been reviewed by 17 September 2026: review that first" in main(olu)
    assert site.complaints == []


def test_a_review_lifts_unless_there_is_fresh_reason_and_time_left(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    impose(site.desk, terms=BY_E_MAIL)
    day = later(clock, 44)
    weigh(site.desk, "restricted_channels", NOW + timedelta(days=44))
    olu = site.open("olu")
    olu.goto("/")
    olu.get_by_role("main").locator("a[href*='/do/review_sanction/']").first.click()
    assert olu.locator("[name=outcome][value=lift]").is_checked()
    fill(olu, outcome="continue", ends_on=on(300))
    answered(olu, "take")
    said = olu.locator(".eh-refusal, .govuk-error-summary").first.inner_text()
    for words in ("No reasons are given", "No day is set for the next review", "somebody more senior must agree first"):
        assert words in said
    fill(olu, reasons="She rang each day last week.", conduct_since="Thirty calls since the first of the month.",
         equality="*", due_regard="Weighed again; nothing new is known.", next_review_on=on(100), ends_on=on(150),
         comments_invited_on=day - timedelta(days=7))  # fmt: skip
    press(olu, "take")
    olu.wait_for_url(CASE)
    assert f"{LIMIT}, until 31 December 2026 · review due 11 November 2026" in strip(olu)
    assert "Tell the customer" in main(olu)
    assert site.complaints == []


def test_a_measure_lasts_longer_once_somebody_more_senior_agreed(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    impose(site.desk, terms=BY_E_MAIL)
    later(clock, 40)
    olu, sia = site.open("olu"), site.open("sia")
    olu.goto(HERE)
    take(olu, "ask_continuation", sanction="*", until=on(300), reasons="Thirty calls a month, whatever we tried.")
    sia.goto("/")
    sia.get_by_role("main").locator("a[href*='/do/agree_continuation/']").first.click()
    says_why(sia, "Supervis")
    fill(sia, answer="agreed", reasons="Nothing gentler held; it is looked at every three months.", until=on(280))
    press(sia, "take")
    sia.wait_for_url(CASE)
    day = later(clock, 44)
    weigh(site.desk, "restricted_channels", NOW + timedelta(days=44))
    olu = back(site, "olu", olu)
    said: dict[str, Typed] = {
        "outcome": "continue", "reasons": "She rang each day last week.", "conduct_since": "Thirty calls.",
        "equality": "*", "due_regard": "Weighed again.", "next_review_on": on(100),
        "comments_invited_on": day - timedelta(days=7),
    }  # fmt: skip
    begin(olu, "review_sanction")
    fill(olu, **said, ends_on=on(300))
    answered(olu, "take")
    assert "it may not last longer" in olu.locator(".govuk-error-summary").first.inner_text()
    fill(olu, ends_on=on(280))
    press(olu, "take")
    olu.wait_for_url(CASE)
    assert site.complaints == []


@pytest.fixture
def suspending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A landlord under whom a measure does not bite while its review is overdue."""
    ours = tmp_path / "ours.toml"
    written = files("evenhand.policy.editions").joinpath(f"{SHIPPED}.toml").read_text()
    ours.write_text(written.replace("suspend_overdue_sanctions = false", "suspend_overdue_sanctions = true"))
    monkeypatch.setenv("EVENHAND_EDITION", str(ours))


@pytest.mark.usefixtures("suspending")
def test_h8_an_overdue_review_suspends_where_the_landlord_says_so(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    impose(site.desk, terms=BY_E_MAIL)
    later(clock, 45)
    assert set(everywhere(site.open("olu")).values()) == {True}
    later(clock, 46)
    olu = site.open("olu")
    shown = everywhere(olu)
    assert (shown["strip"], shown["cases"], shown["customers"], shown["contact"]) == (False, False, False, False)
    olu.goto(HERE)
    assert "Suspended" in olu.locator(".eh-measure").inner_text()
    assert "Review the sanction" in main(olu)
    assert site.complaints == []
