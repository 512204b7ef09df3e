"""Whole matters, by pages alone, each in the browser of whoever does it, choosing what the page offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from playwright.sync_api import Page

from evenhand.people.models import StaffRole
from evenhand.people.writing import mark_changed
from tests.browser.conftest import PHONE, Site
from tests.browser.doing import back_at, begin, fill, press, says_wrong, take
from tests.desk import NOW, Desk

WHAT = "She swore at me at the counter for ten minutes although I asked her to stop."
CASE_NAME, NO_CASE = "UC-2026-AAAAA", "UC-2026-ZZZZZ"
UNLIKE = re.compile('csrfmiddlewaretoken" value="[^"]*"')
CASE, SENT = re.compile(r"/case/UC-[^/]+/\?recorded="), re.compile(r"/report/sent/")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday in August, whose minutes go by."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


def later(clock: time_machine.Traveller, days: int) -> date:
    """Ten in the morning some days after that Monday. Who was signed in is so no more: a session lasts a day."""
    then = NOW + timedelta(days=days, hours=1)
    clock.move_to(then)
    return then.date()


def back(site: Site, who: str, page: Page) -> Page:
    """A page that somebody comes back to on another day."""
    again = site.open(who)
    again.goto(page.url.partition("?")[0])
    return again


TAPPED = "addEventListener('pointerdown', () => sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1, true)"
TAPS = 8
"""Taps of a report about somebody known, beside those into the two fields that she writes in."""


def reported(site: Site) -> None:
    """Fay reports Carol from her phone."""
    fay = site.open("fay", viewport=PHONE, has_touch=True)
    fay.add_init_script(TAPPED)
    fay.goto("/")
    fay.get_by_role("main").get_by_role("button", name="Report an incident").click()
    fay.get_by_label("Find them").fill("carol ashdwon")
    fay.get_by_role("button", name="Find", exact=True).click()
    fay.get_by_role("button", name="Carol Ashdown").click()
    fay.get_by_label("What happened").fill(WHAT)
    fay.get_by_label("Today").check()
    fay.get_by_role("button", name="Continue").click()
    fay.get_by_label("Abusive").check()
    fay.get_by_role("button", name="Continue").click()
    fay.get_by_role("button", name="Continue").click()
    fay.get_by_role("button", name="Send the report").click()
    fay.wait_for_url(SENT)
    assert fay.evaluate("Number(sessionStorage.taps)") == TAPS


def opened(site: Site) -> Page:
    """Olu finds the report at home and opens a case from it; Mina agrees, and gives it to Olu."""
    olu, mina = site.open("olu"), site.open("mina")
    olu.goto("/")
    olu.get_by_role("main").locator("a[href^='/triage/IN-']").first.click()
    fill(olu, reasons="Third time this year.")
    olu.get_by_role("button", name="Open a case").click()
    fill(olu, breakdown="Every visit ends so.", tried_first="A talk in June.", colleague="fay", subject_kind="tenant")
    press(olu, "take")
    olu.wait_for_url(CASE)
    mina.goto("/")
    mina.get_by_role("main").locator("a[href*='/do/endorse_case/']").first.click()
    fill(mina, reasons="What was tried did not help.")
    press(mina, "take")
    mina.wait_for_url(CASE)
    take(mina, "assign_case", officer="olu")
    return olu


def heard(site: Site, olu: Page, clock: time_machine.Traveller) -> Page:
    """Our own part, Carol's side, support, mediation; a page of the case a week later."""
    olu.reload()
    take(olu, "check_own_service", open_repairs="None open.", our_failure="no", found="Nothing.", checked_on=NOW.date())
    take(olu, "put_allegation", allegation="You swore at a colleague.", how="post", format="standard", incidents=["*"])
    take(olu, "consider_conversation", outcome="held", held_on=NOW.date(), what="She was tired.")
    take(olu, "signpost_support", agency="Tenancy sustainment", consent="not_needed", answer="declined")
    take(olu, "consider_mediation", outcome="not_reasonable", reasons="Nothing to mediate.")
    day, olu = later(clock, 7), back(site, "olu", olu)
    take(olu, "record_account", allegation="*", account="I was at my wits' end.", received_on=day)
    return olu


WARNING = {
    "remedy": "warning_letter", "reasons": "She swore at a colleague for ten minutes.", "behaviours": ["abusive"],
    "evidence": ["*"], "alternatives": ["A second talk: the first changed nothing."], "similar_cases": "Two like it.",
    "proportionate_because": "It takes nothing away.", "obligation": "Tenancy agreement, section 4.",
    "due_regard": "Nothing known links the conduct to a characteristic.",
}  # fmt: skip
ASSESSED = {
    "form": "short", "remedies": ["warning_letter"], "characteristic": "none_found", "asked_customer": "On the phone.",
    "linked_to_conduct": "no", "effect": "A letter.", "subject": "carol", "conclusion": "go_ahead",
}  # fmt: skip


def test_from_a_report_to_a_closed_case_with_a_warning(site: Site, clock: time_machine.Traveller):
    reported(site)
    olu = heard(site, opened(site), clock)
    take(olu, "assess_equality", **ASSESSED)
    take(olu, "propose_sanction", **WARNING, equality="*", review_on=NOW.date() + timedelta(days=54))
    mina = site.open("mina")
    mina.goto("/")
    mina.get_by_role("main").locator("a[href*='/do/approve_sanction/']").first.click()
    fill(mina, reasons="Our part was looked at. What is left is fair to warn about.")
    press(mina, "take")
    mina.wait_for_url(CASE)
    day, olu = later(clock, 10), back(site, "olu", olu)
    take(olu, "give_notice", about="*", how="post", format="standard", address="14 Quarry Rise, Bristol BS4 1AA",
         address_confirmed_on=day, explains="Please do not swear at our colleagues.")  # fmt: skip
    day, olu = later(clock, 54), back(site, "olu", olu)
    take(olu, "review_sanction", outcome="lift", reasons="Nothing like it since.", conduct_since="Three civil calls.",
         comments_invited_on=day - timedelta(days=7))  # fmt: skip
    take(olu, "give_notice", how="post", format="standard", address="14 Quarry Rise, Bristol BS4 1AA",
         address_confirmed_on=day, explains="The warning is lifted.")  # fmt: skip
    take(olu, "close_case", reasons="Lifted and told.", outcome="One warning, lifted at its review.")
    assert olu.locator("main .govuk-tag, .eh-strip + * .govuk-tag").first.inner_text() == "Closed"
    assert site.complaints == []


def ready_to_propose(desk: Desk) -> None:
    """A case of Olu's about Carol, in which everything was asked but what a decision would do to her."""
    desk.take("report_incident", "incident", "IN-2026-AAAAA", "fay", subject="carol", happened_on=NOW.date(),
              what_happened=WHAT, behaviours=["abusive"])  # fmt: skip
    desk.take("open_case", "case", CASE_NAME, "olu", subject="carol", subject_kind="tenant", colleague="fay",
              incidents=["IN-2026-AAAAA"], breakdown="Every visit ends so.", tried_first="A talk.")  # fmt: skip
    desk.take("endorse_case", "case", CASE_NAME, "mina", reasons="It cannot go on.")
    desk.take("check_own_service", "case", CASE_NAME, "olu", open_repairs="None.", our_failure="no", found="Nothing.",
              checked_on=NOW.date())  # fmt: skip
    put = desk.take("put_allegation", "case", CASE_NAME, "olu", allegation="You swore.", how="post",
                    incidents=["IN-2026-AAAAA"])  # fmt: skip
    desk.take("record_account", "case", CASE_NAME, "olu", allegation=put.entries[0].ref, account="I was tired.",
              received_on=NOW.date())  # fmt: skip
    desk.take(
        "consider_conversation", "case", CASE_NAME, "olu", outcome="held", held_on=NOW.date(), what="She was tired."
    )
    desk.take("signpost_support", "case", CASE_NAME, "olu", agency="Advice", consent="not_needed", answer="declined")
    desk.take("consider_mediation", "case", CASE_NAME, "olu", outcome="not_reasonable", reasons="Nothing to mediate.")


def test_refused_for_want_of_an_equality_assessment_and_then_allowed(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    olu = site.open("olu")
    olu.goto(f"/case/{CASE_NAME}/")
    begin(olu, "propose_sanction")
    fill(olu, **WARNING, review_on=NOW.date() + timedelta(days=46))
    press(olu, "take")
    summary = olu.locator(".govuk-error-summary")
    assert "equality assessment" in summary.inner_text()
    says_wrong(olu)
    summary.locator("a[href*='/do/assess_equality/']").first.click()
    fill(olu, **ASSESSED)
    press(olu, "take")
    back_at(olu, "propose_sanction")
    assert olu.locator("[name=reasons]").input_value() == WARNING["reasons"]
    fill(olu, equality="*")
    press(olu, "take")
    olu.wait_for_url(CASE)
    assert site.complaints == []


def test_two_officers_race_and_nothing_is_lost(site: Site, clock: time_machine.Traveller):
    site.desk.take("open_case", "case", CASE_NAME, "olu", subject="carol", subject_kind="tenant", colleague="fay",
                   breakdown="Every visit ends so.", tried_first="A talk.")  # fmt: skip
    olu, mina = site.open("olu"), site.open("mina")
    for page, words in ((olu, "She wrote to us."), (mina, "She rang the office.")):
        page.goto(f"/case/{CASE_NAME}/do/add_note/")
        fill(page, text=words)
    press(mina, "take")
    mina.wait_for_url(CASE)
    press(olu, "take")
    both = olu.locator(".eh-versions")
    assert ("She rang the office." in both.inner_text(), "She wrote to us." in both.inner_text()) == (True, True)
    assert olu.locator("[name=text]").input_value() == "She wrote to us."
    press(olu, "take")
    olu.wait_for_url(CASE)
    timeline = olu.locator("main").inner_text()
    assert ("She rang the office." in timeline, "She wrote to us." in timeline) == (True, True)


def test_what_was_typed_survives_the_session(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    first = site.open("olu")
    first.goto(f"/case/{CASE_NAME}/do/add_note/")
    fill(first, text="Kept by hand.")
    press(first, "keep")
    first.goto("/account/logout/")
    first.get_by_role("main").get_by_role("button", name="Sign out").click()
    second = site.open("olu")
    second.goto(f"/case/{CASE_NAME}/do/add_note/")
    assert second.locator("[name=text]").input_value() == "Kept by hand."
    fill(second, text="Typed while the session ran out.")
    second.context.clear_cookies(name="sessionid")
    press(second, "take")
    second.wait_for_url(re.compile("/account/login/"))
    third = site.open("olu")
    third.goto(f"/case/{CASE_NAME}/do/add_note/")
    assert third.locator("[name=text]").input_value() == "Typed while the session ran out."
    press(third, "take")
    third.wait_for_url(CASE)


def test_h11_a_contractor_cannot_get_in(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    StaffRole.objects.filter(staff_id="fay").update(role="contractor")
    mark_changed()
    fay = site.open("fay")
    for path in (f"/case/{CASE_NAME}/", "/person/carol/", "/incident/IN-2026-AAAAA/"):
        assert (path, fay.goto(path).status) == (path, 404)  # type: ignore[union-attr]  # a page was asked for
    for path in ("/", "/cases/", "/customers/", "/search/?q=Ashdown", "/reports/"):
        fay.goto(path)
        assert (path, "Carol" in fay.locator("body").inner_text()) == (path, False)


def test_h1_a_restricted_case_is_nowhere_to_be_seen(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    site.desk.take("restrict_case", "case", CASE_NAME, "mina", reasons="A colleague is in it.", allowed=["mina"])
    sam = site.open("sam")
    for path in (
        "/",
        "/cases/",
        "/duties/",
        "/team/",
        "/search/?q=Ashdown",
        "/person/carol/",
        "/incident/IN-2026-AAAAA/",
    ):
        sam.goto(path)
        assert (path, CASE_NAME in sam.content()) == (path, False)
    sam.goto("/lists/cases/export/")
    sam.get_by_label("What is it for?").fill("Counting")
    with sam.expect_download() as download:
        sam.get_by_role("button", name="Export as CSV").click()
    assert CASE_NAME not in download.value.path().read_text()
    for path, status in (("/case/{}/", 404), ("/search/?q={}", 200), ("/cases/?subject={}", 200)):
        hidden, missing = (sam.request.get(path.format(name)) for name in (CASE_NAME, NO_CASE))
        assert (path, hidden.status, missing.status) == (path, status, status)
        assert UNLIKE.sub("", hidden.text()).replace(CASE_NAME, NO_CASE) == UNLIKE.sub("", missing.text())


QUESTIONS = ("demands", "intent", "abuse", "safety_risk", "individual_needs", "representation", "adjustments")
LIMIT = {
    **WARNING, "remedy": "restricted_channels", "departure_reason": "A warning would not say whom to write to.",
    "lifts_when": "Six weeks of it.", "terms.channels_open": ["email", "post", "phone"], "terms.times_a_week": "1",
    "terms.named_contact": "fay", "terms.deputy": "olu", "terms.handling": "Answered on Fridays.",
}  # fmt: skip


def test_a_restriction_is_weighed_proposed_and_approved(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    olu, mina = site.open("olu"), site.open("mina")
    olu.goto(f"/case/{CASE_NAME}/")
    answers = {f"answers.{one}.{part}": words for one in QUESTIONS for part, words in ANSWERED.items()}
    take(olu, "assess_conduct", **answers, medical_condition_considered="She named none.",
         own_failure_considered="Nothing of ours.", agencies_consulted="None.",
         conclusion="More than is fair.")  # fmt: skip
    take(olu, "assess_equality", **{**ASSESSED, "form": "full", "remedies": ["restricted_channels"]}, **WEIGHED)
    begin(olu, "propose_sanction")
    fill(olu, **LIMIT, equality="*", starts_on=NOW.date() + timedelta(days=7), ends_on=NOW.date() + timedelta(days=80),
         review_on=NOW.date() + timedelta(days=45))  # fmt: skip
    press(olu, "check")
    press(olu, "take")
    olu.wait_for_url(CASE)
    mina.goto("/")
    mina.get_by_role("main").locator("a[href*='/do/approve_sanction/']").first.click()
    fill(mina, reasons="It binds us as much as it binds her.", departure_accepted="yes")
    press(mina, "take")
    mina.wait_for_url(CASE)
    olu.reload()
    take(olu, "give_notice", about="*", how="post", format="standard", address="14 Quarry Rise, Bristol BS4 1AA",
         address_confirmed_on=NOW.date(), explains="Please write once a week, to one colleague.")  # fmt: skip
    later(clock, 14)
    assert "Limited ways to be in touch" in back(site, "olu", olu).locator(".eh-strip__live").inner_text()
    assert site.complaints == []


ANSWERED = {"answer": "no", "reasons": "See the report.", "sources": "The report"}
WEIGHED = {
    "household": "She lives alone.", "vulnerabilities": "None known.", "outside_support": "None asked for.",
    "adjustments_tried": "None asked for.", "alternatives": "A talk changed nothing.", "details": "Nothing named.",
    "legitimate_aim": "An answer for everybody.", "still_proportionate": "Urgent ways stay open.",
}  # fmt: skip
