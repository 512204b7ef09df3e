"""The people in a case: who was hurt, who saw it, who is unknown, who speaks for somebody, who was accused in turn."""

from __future__ import annotations

import re

import time_machine
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Site
from tests.browser.doing import RECORDED, back_at, begin, fill, press, take, unfold
from tests.browser.measures import HERE, main, on
from tests.browser.test_journeys import CASE, CASE_NAME, QUESTIONS, SENT, clock, later, ready_to_propose
from tests.desk import NOW

__all__ = ["clock"]

CAROL = "/person/carol/"
REPORT = re.compile(r"/incident/IN-[^/]+/")


def whole(page: Page) -> str:
    """The words of a page's main part, those that were folded away among them."""
    unfold(page)
    return main(page)


def find(page: Page, field: str, words: str) -> None:
    """Looks somebody up by name, for a field of the form."""
    unfold(page)
    page.locator(f"[name='{field}-find']").fill(words)
    with page.expect_navigation():
        page.locator(f"button[value='find {field}']").click()


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Continue").click()


def hurt_and_harassed(site: Site) -> Page:
    """Fay reports, from her phone, somebody she does not know; the page of the report's end."""
    fay = site.open("fay", viewport=PHONE, has_touch=True)
    fay.goto("/")
    fay.get_by_role("main").get_by_role("button", name="Report an incident").click()
    fay.locator("[name=subject_description]").fill("A man in a green coat, at the lifts.")
    go_on(fay)
    fill(fay, what_happened="He pushed me over and mocked where my parents come from.")
    go_on(fay)
    fay.get_by_label("Abusive").check()
    go_on(fay)
    for words in ("Somebody is hurt", "I am reporting this for somebody else", "It was about somebody's race"):
        fay.get_by_label(words).check()
    go_on(fay)
    fill(fay, person="fay", what="A sprained wrist.", days_absent="a few")
    go_on(fay)
    assert "Days away" in fay.locator(".govuk-error-summary").inner_text()
    assert fay.locator("[name=what]").input_value() == "A sprained wrist."
    fill(fay, days_absent="2")
    go_on(fay)
    assert "or that they gave none" in main(fay)
    go_on(fay)
    fill(fay, characteristic="race")
    go_on(fay)
    fay.get_by_role("main").get_by_role("button", name="Send the report").click()
    fay.wait_for_url(SENT)
    return fay


def test_hurt_and_harassed_by_somebody_unknown(site: Site, clock: time_machine.Traveller):
    hurt_and_harassed(site)
    olu = site.open("olu")
    olu.goto("/")
    olu.get_by_role("main").locator("a[href^='/triage/IN-']").first.click()
    assert "Race" in main(olu)
    fill(olu, reasons="We must find out who it was.", prevention="Two go to those lifts until then.")
    with olu.expect_navigation():
        olu.get_by_role("button", name="Watch").click()
    assert "Two go to those lifts until then." in main(olu)
    olu.get_by_role("main").get_by_role("link", name="Say who it was").click()
    find(olu, "changes.subject", "Ashdown")
    fill(olu, reasons="The caretaker knew him.", changes__subject="carol")
    press(olu, "take")
    olu.wait_for_url(REPORT)
    assert "Carol Ashdown" in olu.locator(".eh-strip").inner_text()
    day, mina = later(clock, 12), site.open("mina")
    mina.goto(olu.url.partition("?")[0])
    assert "regulator" not in main(mina)
    unfold(mina)
    mina.get_by_role("main").get_by_role("link", name=re.compile("Put right a slip in: Recorded an injury")).click()
    for act in ("check", "take"):
        fill(mina, changes__days_absent="a few", reasons="She is still away.")
        press(mina, act)
        assert "Days away from work: enter a whole number" in mina.locator(".govuk-error-summary").inner_text()
    fill(mina, changes__days_absent="11")
    press(mina, "take")
    mina.wait_for_url(REPORT)
    assert "Report the injury to the regulator" in main(mina)
    mina.goto("/")
    mina.get_by_role("main").locator("a[href*='/do/record_injury/']").first.click()
    fill(mina, what="Reported.", reported_to_regulator_on=day)
    press(mina, "take")
    mina.wait_for_url(REPORT)
    mina.goto("/duties/?whose=all")
    assert "Report the injury to the regulator" not in main(mina)
    assert site.complaints == []


def test_what_is_needed_who_speaks_and_who_was_asked(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    olu = site.open("olu", viewport=PHONE, has_touch=True)
    olu.goto(HERE)
    olu.locator(".eh-strip").get_by_role("link", name="Carol Ashdown").click()
    take(olu, "offer_adjustment", adjustment="One call on Fridays.", channels=["phone"])
    take(olu, "answer_adjustment", answer="accepted", how_it_went="She likes it.", review_on=on(30))
    begin(olu, "name_representative")
    find(olu, "customer", "Dan")
    fill(olu, representative="Dan Pryce", customer="dan", relation="Neighbour", authority="A letter she signed",
         scope="This matter", until=on(20))  # fmt: skip
    press(olu, "take")
    olu.wait_for_url(RECORDED)
    begin(olu, "ask_agency")
    press(olu, "take")
    assert "Whom you ask" in olu.locator(".govuk-error-summary").inner_text()
    fill(olu, agency="Community nurse", kind="mental_health", consent="given", question="Could illness explain it?",
         answer_by=on(9))  # fmt: skip
    press(olu, "take")
    olu.wait_for_url(RECORDED)
    later(clock, 10)
    olu = site.open("olu")
    olu.goto("/")
    olu.get_by_role("main").locator("a[href*='/do/record_agency_answer/']").first.click()
    fill(olu, reply="Mornings are better for her.", received_on=on(9))
    press(olu, "take")
    olu.wait_for_url(RECORDED)
    for words in (
        "One call on Fridays. (accepted: She likes it.); ask again on 2 September 2026",
        "Dan Pryce (Neighbour, A letter she signed and This matter) (until 23 August 2026)",
        "Community nurse, 3 August 2026 (replied: Mornings are better for her.)",
    ):
        assert words in main(olu)
    later(clock, 31)
    olu = site.open("olu")
    olu.goto("/duties/?age=overdue")
    assert "Ask again what the person needs" in main(olu)
    olu.goto(CAROL)
    assert "A letter she signed" not in olu.locator(".eh-strip").inner_text()
    take(olu, "answer_adjustment", answer="tried", how_it_went="It helps.", review_on=on(60))
    assert "It helps.); ask again on 2 October 2026" in main(olu)
    assert site.complaints == []


def test_seven_questions_beside_what_happened(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    olu = site.open("olu")
    olu.goto(HERE)
    take(olu, "add_statement", person_name="The caretaker", words="I was told that she swore.", first_hand=[],
         strength="weak")  # fmt: skip
    assert "How strong it is Weak" in whole(olu)
    take(olu, "check_own_service", open_repairs="The lift, nine weeks.", our_failure="yes", found="We were late.")
    take(olu, "signpost_support", agency="Money advice", consent="refused", answer="declined")
    take(olu, "consider_mediation", outcome="offered", mediator="Bristol Mediation")
    take(olu, "consider_mediation", outcome="settled", reasons="They shook hands.")
    take(olu, "ask_agency", agency="Social worker", kind="social_work", consent="given")
    take(olu, "record_agency_answer", outcome="declined")
    begin(olu, "assess_conduct")
    beside = olu.locator("aside").inner_text()
    for words in ("We were late.", "Social worker", "Declined", WHAT_HAPPENED):
        assert words in beside
    first = {f"answers.{QUESTIONS[0]}.answer": "no", f"answers.{QUESTIONS[0]}.reasons": "See the report."}
    fill(olu, **first)
    press(olu, "check")
    assert f"1 of {len(QUESTIONS)} questions answered" in main(olu)
    rest = {f"answers.{one}.{part}": words for one in QUESTIONS for part, words in ANSWERED.items()}
    fill(olu, **rest, agencies_consulted="Her social worker would not say.", medical_condition_considered="None named.",
         own_failure_considered="The lift.", conclusion="Not unreasonable.")  # fmt: skip
    press(olu, "take")
    olu.wait_for_url(CASE)
    olu.get_by_label("With the words").fill("shook hands")
    olu.get_by_role("main").get_by_role("button", name="Show").last.click()
    assert "They shook hands." in main(olu)
    assert site.complaints == []


WHAT_HAPPENED = "She swore at me at the counter"
ANSWERED = {"answer": "no", "reasons": "See the report.", "sources": "The report"}


def test_h6_what_she_says_of_a_colleague_is_looked_into_by_somebody_apart(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    olu, otto, sam = site.open("olu"), site.open("otto"), site.open("sam")
    olu.goto(HERE)
    take(olu, "record_counter_allegation", about="olu", what="He pushed me with the door.",
         separate_case="Conduct inquiry 14")  # fmt: skip
    assert "Staff conduct Conduct inquiry 14" in main(olu)
    assert "This is said about you: somebody else must look into it." in whole(olu)
    sam.goto(HERE)
    take(sam, "look_again", outcome="The camera shows that the door shut by itself. She was told.")
    assert "The camera shows" in main(sam)
    assert otto.goto(HERE).status in (200, 404)  # type: ignore[union-attr]  # a page was asked for
    assert site.complaints == []


def test_urgent_action_now_and_what_is_owed_later(site: Site, clock: time_machine.Traveller):
    site.desk.take("report_incident", "incident", "IN-2026-AAAAA", "fay", subject="carol", happened_on=NOW.date(),
                   what_happened="She came at me with a knife.", behaviours=["threatening"])  # fmt: skip
    site.desk.take("open_case", "case", CASE_NAME, "olu", subject="carol", subject_kind="tenant", colleague="fay",
                   incidents=["IN-2026-AAAAA"], breakdown="Nobody is safe there.", urgent=True)  # fmt: skip
    olu = site.open("olu")
    olu.goto(HERE)
    begin(olu, "take_urgent_action")
    fill(olu, remedy="office_access")
    press(olu, "take")
    assert "equality assessment" in olu.locator(".govuk-error-summary").inner_text()
    olu.locator(".govuk-error-summary a[href*='/do/assess_equality/']").first.click()
    fill(olu, form="short", remedies=["office_access"], characteristic="none_found", asked_customer="On the phone.",
         linked_to_conduct="no", effect="She rings instead.", conclusion="go_ahead")  # fmt: skip
    press(olu, "take")
    back_at(olu, "take_urgent_action")
    fill(olu, remedy="office_access", reasons="A knife.", behaviours=["threatening"], evidence=["*"],
         harm="Somebody is stabbed.", to_whom="The desk.", manager="mina", terms__offices=["High Street"],
         ends_on=on(60), review_on=on(40), due_regard="Weighed: nothing is known.")  # fmt: skip
    press(olu, "take")
    olu.wait_for_url(CASE)
    owed = main(olu)
    for words in ("Endorse the case", "Hear the customer's side", "Consider a conversation", "Tell the customer",
                  "Complete the full equality assessment"):  # fmt: skip
        assert (words, words in owed) == (words, True)
    later(clock, 8)
    mina = site.open("mina")
    mina.goto("/")
    assert "Endorse the case" in main(mina)
    assert site.complaints == []
