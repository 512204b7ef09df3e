"""An appeal from the day it reaches us: in time or late, heard by somebody apart, the measure at rest meanwhile."""

from __future__ import annotations

import time_machine
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Site
from tests.browser.doing import begin, fill, press, take
from tests.browser.measures import HERE, answered, impose, main, on, ready_to_propose, says_why, strip
from tests.browser.test_journeys import CASE, clock, later

__all__ = ["clock"]

LIMIT = "Limited ways to be in touch"


def by_phone_now(page: Page) -> str:
    """What the person's page answers to: may she ring us about something that is not essential?"""
    page.goto("/person/carol/?channel=phone&topic=general_enquiry")
    return main(page)


def test_an_appeal_by_a_representative_is_heard_by_somebody_apart_and_suspends(
    site: Site, clock: time_machine.Traveller
):
    ready_to_propose(site.desk)
    impose(site.desk, terms={"channels_open": ["email", "post"], "named_contact": "fay", "deputy": "olu"})
    later(clock, 10)
    fay = site.open("fay", viewport=PHONE, has_touch=True)
    fay.goto(HERE)
    take(fay, "receive_appeal", received_on=on(9), channel="third_party", from_whom="representative",
         what="The advice centre says that she cannot write.")  # fmt: skip
    assert "17 August 2026" in main(fay)
    sam, sia = site.open("sam"), site.open("sia")
    sam.goto("/")
    sam.get_by_role("main").locator("a[href*='/do/assign_appeal/']").first.click()
    assert [one.get_attribute("value") for one in sam.locator("#form [name=officer]").all()] == ["sia"]  # sam took part
    fill(sam, officer="sia")
    press(sam, "take")
    sam.wait_for_url(CASE)
    sia.goto("/")
    sia.get_by_role("main").locator("a[href*='/do/decide_appeal/']").first.click()
    sia.goto(HERE)
    assert "closed" in by_phone_now(sia)
    sia.goto(HERE)
    take(sia, "suspend_sanction", reasons="It should not bite while we look at what she can use.")
    assert LIMIT not in strip(sia)
    assert "Suspended" in sia.locator(".eh-measure").inner_text()
    assert "No restriction is in force" in by_phone_now(sia)
    sia.goto("/sanctions/?whose=all")
    assert "Suspended" in main(sia)
    sia.goto("/cases/?whose=all")
    assert "Sanction in force" not in main(sia)
    sia.goto(HERE)
    take(sia, "decide_appeal", outcome="dismissed", reasons="E-mail works for her, and she said so.",
         due_regard="What she can use was weighed.")  # fmt: skip
    assert LIMIT in strip(sia)
    assert "closed" in by_phone_now(sia)
    assert site.complaints == []


def test_a_late_appeal_is_taken_in_and_let_in_with_reasons(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    impose(site.desk)
    later(clock, 25)
    olu, sia = site.open("olu"), site.open("sia")
    olu.goto(HERE)
    begin(olu, "receive_appeal")
    fill(olu, received_on=on(24), channel="phone", what="I was in hospital.", late_because="Hospital.")
    answered(olu, "check")
    assert "17 August 2026" in main(olu)
    press(olu, "take")
    olu.wait_for_url(CASE)
    assert "Decide whether the late appeal is let in" in main(olu)
    sia.goto("/")
    sia.get_by_role("main").locator("a[href*='/do/decide_late_appeal/']").first.click()
    says_why(sia, "An appeal")
    answered(sia, "take")
    assert "Hear it" in sia.locator(".govuk-error-summary").inner_text()
    fill(sia, admit="yes", reasons="Nobody can write from intensive care.")
    press(sia, "take")
    sia.wait_for_url(CASE)
    assert "Assign the appeal" in main(sia)
    assert site.complaints == []
