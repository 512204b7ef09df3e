"""Which measure, decided by whom: the ladder, a clash with a need, whose decision it is, and who must stand apart."""

from __future__ import annotations

import time_machine

from tests.browser.conftest import PHONE, Site
from tests.browser.doing import begin, fill, press, take, take_all_the_same
from tests.browser.measures import HERE, answered, main, on, propose, ready_to_propose, strip
from tests.browser.test_journeys import CASE, CASE_NAME, clock, later
from tests.desk import NOW

__all__ = ["clock"]

PROPOSE, APPROVE = f"{HERE}do/propose_sanction/", f"{HERE}do/approve_sanction/"


def test_the_ladder_begins_with_a_talk_and_a_step_skipped_needs_a_reason(site: Site, clock: time_machine.Traveller):
    desk = site.desk
    desk.take("open_case", "case", CASE_NAME, "olu", subject="carol", subject_kind="tenant", colleague="fay",
              breakdown="Every visit ends so.", tried_first="A letter.")  # fmt: skip
    desk.take("endorse_case", "case", CASE_NAME, "mina", reasons="It cannot go on.")
    olu = site.open("olu")
    olu.goto(HERE)
    assert "No conversation was considered: talk to the person" in main(olu)
    olu.goto(PROPOSE)
    ladder = olu.locator(".eh-ladder").inner_text()
    assert [one in ladder for one in ("Talk it over", "Warning letter", "Notice of seeking possession")] == [True] * 3
    fill(olu, remedy="office_access", reasons="She shouts at the counter.")
    answered(olu, "check")
    assert "No warning counts towards this: propose a warning first" in main(olu)
    olu.goto(HERE)
    take_all_the_same(olu, "consider_conversation", "It is not said why no talk was held", outcome="not_appropriate")
    assert "The conversation on record lacks its day, or the reasons" in main(olu)
    take(olu, "consider_conversation", outcome="held", held_on=on(0), by="fay", what="She was tired, and said so.")
    olu.goto(PROPOSE)
    assert "tried" in olu.locator(".eh-ladder").inner_text().casefold()
    fill(olu, remedy="office_access", departure_reason="A letter would not keep the counter calm.")
    answered(olu, "check")
    asked = main(olu)
    assert ("No conversation was considered" in asked, "No warning counts" in asked) == (False, False)
    assert site.complaints == []


def test_a_measure_that_clashes_with_a_need_or_an_adjustment_is_stopped(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    fay = site.open("fay", viewport=PHONE, has_touch=True)
    fay.goto("/person/carol/")
    take(fay, "record_need", need="difficulty_writing", since=on(-900), source="She told me.", details="She dictates.")
    take(fay, "offer_adjustment", adjustment="Calls on Tuesdays", channels=["phone"], offered_on=on(-30))
    take(fay, "answer_adjustment", answer="accepted", from_on=on(-29))
    assert ("Writing or typing is hard" in strip(fay), "Calls on Tuesdays" in strip(fay)) == (True, True)
    olu = site.open("olu")
    olu.goto(HERE)
    begin(olu, "propose_sanction")
    fill(olu, remedy="restricted_channels", **{"terms.channels_open": ["email", "post"]})
    answered(olu, "check")
    assert "They have a need on record: Writing or typing is hard. Leave one open that fits." in main(olu)
    fill(olu, **{"terms.channels_open": ["office_visit"]})
    answered(olu, "check")
    agreed = "The terms would take away what was agreed for the person's needs (Calls on Tuesdays)"
    assert agreed in main(olu)
    fill(olu, clash_resolved="Fay rings her on Tuesdays all the same.")
    answered(olu, "check")
    assert agreed not in main(olu)
    assert site.complaints == []


def test_a_longer_or_graver_measure_is_for_somebody_more_senior_or_who_stands_in(
    site: Site, clock: time_machine.Traveller
):
    ready_to_propose(site.desk)
    propose(site.desk, "rehousing_bar", terms={"allocations_reference": "A 19"})
    mina, sam = site.open("mina"), site.open("sam")
    mina.goto("/")
    assert mina.locator("main .eh-duty a[href*='/do/approve_sanction/']").count() == 0
    mina.goto(APPROVE)
    fill(mina, reasons="I agree.", departure_accepted="yes")
    answered(mina, "take")
    assert "Senior officer" in mina.locator(".govuk-error-summary").inner_text()
    sam.goto("/account/me/deputy/add/")
    sam.get_by_label("Deputy").select_option("mina")
    for name, day in (("since", on(5)), ("until", on(7))):
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            sam.locator(f"[name={name}-{part}]").fill(str(number))
    sam.locator("main form button").first.click()
    sam.wait_for_url("**/account/me/")
    later(clock, 3)
    mina = site.open("mina")
    mina.goto("/")
    assert mina.locator("main .eh-duty a[href*='/do/approve_sanction/']").count() == 0
    later(clock, 5)
    mina = site.open("mina")
    mina.goto("/")
    mina.locator("main .eh-duty a[href*='/do/approve_sanction/']").click()
    fill(mina, reasons="Sam is away; it is fair.", departure_accepted="yes")
    press(mina, "take")
    mina.wait_for_url(CASE)
    assert "Approved" in mina.locator(".eh-measure").inner_text()
    assert site.complaints == []


def test_whoever_proposed_reported_or_knows_the_person_does_not_approve(site: Site, clock: time_machine.Traveller):
    desk = site.desk
    desk.take("report_incident", "incident", "IN-2026-BBBBB", "mina", subject="carol", happened_on=NOW.date(),
              what_happened="She swore at me.", behaviours=["abusive"], affected=["mina"])  # fmt: skip
    ready_to_propose(desk)
    desk.take("link_incident", "case", CASE_NAME, "olu", incident="IN-2026-BBBBB")
    propose(desk, "warning_letter", terms={}, ends_on=None, departure_reason=None)
    mina, sam = site.open("mina"), site.open("sam")
    mina.goto(APPROVE)
    fill(mina, reasons="I was there.")
    answered(mina, "take")
    assert "Mina Rao reported what happened or was affected by it" in mina.locator(".govuk-error-summary").inner_text()
    sam.goto("/account/me/connection/add/")
    sam.get_by_label("Customer reference").fill("carol")
    sam.locator("main form button").first.click()
    sam.wait_for_url("**/account/me/")
    assert sam.goto(HERE).status == 404  # type: ignore[union-attr]  # a page was asked for
    sam.goto("/")
    assert CASE_NAME not in sam.content()
    assert site.complaints == []
