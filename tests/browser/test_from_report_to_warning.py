"""From a report on a phone to a case closed with a warning, by pages only: everybody does what is offered next."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import time_machine
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Site

SWORE = "She rang about her boiler and swore at me for most of the call. I asked her three times to stop."


def at(day: int, hour: int = 10, month: int = 8) -> time_machine.travel:
    """The clock on a day of August 2026, or of another month."""
    return time_machine.travel(datetime(2026, month, day, hour, tzinfo=UTC), tick=True)


def fill(page: Page, **said: str) -> None:
    """Fills in fields by the names they have on the form; a day as '5 8 2026'."""
    for name, words in said.items():
        field = name.replace("__", ".")
        if re.fullmatch(r"\d+ \d+ \d{4}", words):
            for part, number in zip(("day", "month", "year"), words.split(), strict=True):
                page.locator(f"[name='{field}-{part}']").fill(number)
        else:
            _fill_one(page, field, words)


def _fill_one(page: Page, field: str, words: str) -> None:
    first = page.locator(f"[name='{field}']").first
    kind = first.evaluate("one => one.type || one.tagName")
    if kind in ("radio", "checkbox"):
        page.locator(f"[name='{field}'][value='{words}']").check()
    elif kind == "select-one":
        first.select_option(words)
    else:
        first.fill(words)


def send(page: Page) -> None:
    """Sends a step's form, which must be taken: it leads back to the file."""
    page.locator("button[name=act][value=take]").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator("#form")).to_have_count(0)


def do(page: Page, what: str) -> None:
    """Follows what the file's page offers under 'What can be done now', wherever it is folded away."""
    page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
    page.locator("main").get_by_role("link", name=re.compile(f"^{re.escape(what)}")).first.click()


def report(site: Site) -> None:
    """Fay, on a phone: ten taps and one paragraph."""
    page = site.open("fay", viewport=PHONE)
    page.goto("/")
    page.locator("main a", has_text="Report an incident").click()
    page.get_by_label("Find them").fill("Ashdown")
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator("main button", has_text="Carol Ashdown").first.click()
    page.get_by_label("What happened").fill(SWORE)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Abusive", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("h1")).to_have_text("Thank you. It is sent.")


def triage(page: Page) -> None:
    """Olu finds the report on the first page, decides that it needs a case, and opens it on the page that follows."""
    page.goto("/")
    page.locator("main a", has_text="Decide what becomes of it").first.click()
    page.get_by_label("Reasons").first.fill("It goes on although she was asked to stop.")
    page.get_by_role("button", name="Open a case").click()
    fill(page, subject_kind="tenant", colleague="fay", breakdown="She says that she will go on like this.")
    fill(page, tried_first="Fay asked her three times to stop; Mina rang her back, and she swore at Mina too.")
    send(page)


def endorse(page: Page) -> None:
    """Mina finds it under what waits for her."""
    page.goto("/")
    page.locator("main a", has_text="Endorse the case").first.click()
    fill(page, reasons="Asking her to stop did not help.")
    send(page)


def hear(page: Page, case: str) -> None:
    """The customer is told what is said of her, is talked to, and answers."""
    page.goto(case)
    do(page, "Put the allegation")
    fill(page, allegation="On 3 August you swore at Fay on the phone, and said that you would go on.", how="email")
    page.locator("[name=incidents]").first.check()
    fill(page, format="standard")
    send(page)
    do(page, "Consider a conversation")
    fill(page, outcome="held", held_on="4 8 2026", what="She is sorry, and will not promise anything.")
    send(page)
    do(page, "Record the customer's account")
    fill(page, account="I was at my wits' end after eleven days of cold water.", received_on="4 8 2026")
    send(page)


def weigh(page: Page, case: str) -> None:
    """What else could explain it; support; and what a warning would do to her."""
    page.goto(case)
    do(page, "Check our own service")
    fill(page, found="Eleven days without hot water, put right today.", checked_on="4 8 2026")
    send(page)
    do(page, "Point to support")
    fill(page, agency="The family centre", consent="not_needed", answer="declined")
    send(page)
    do(page, "Consider mediation")
    fill(page, outcome="not_reasonable", reasons="There is nothing between them but this call.")
    send(page)


def propose(page: Page, case: str) -> None:
    """Refused for want of an equality assessment; the way to mend it is followed; then it is allowed."""
    page.goto(case)
    do(page, "Propose a sanction")
    said = {"remedy": "warning_letter", "behaviours": "abusive", "review_on": "5 10 2026"}
    said |= {"reasons": "You swore at Fay although she asked you to stop.", "due_regard": "Her baby was weighed."}
    said |= {"alternatives": "We talked; it could happen again.", "proportionate_because": "It takes nothing away."}
    said |= {"obligation": "Tenancy agreement, section 4: no abuse of our staff.", "similar_cases": "A warning too."}
    fill(page, **said)
    page.locator("[name=evidence]").first.check()
    page.locator("button[name=act][value=take]").click()
    refused = page.locator(".eh-refusals li", has_text="6.4").first
    expect(refused).to_be_visible()
    expect(page.locator("[name=reasons]")).to_have_value(said["reasons"])
    page.locator("button[name=act][value=keep]").click()
    page.goto(case)
    do(page, "Assess equality")
    fill(page, form="short", characteristic="none_found", asked_customer="Asked on 4 August: there is nothing.")
    fill(page, details="She has a baby of five months.", linked_to_conduct="no", effect="A letter; nothing is closed.")
    page.locator("[name=remedies][value=warning_letter]").check()
    send(page)
    do(page, "Propose a sanction")
    expect(page.locator("[name=reasons]")).to_have_value(said["reasons"])
    if page.locator("[name=equality]").first.evaluate("one => one.type") == "radio":
        page.locator("[name=equality]").first.check()
    send(page)


def tell(page: Page, explains: str, on: str) -> None:
    """Tells the customer of the newest decision, by post."""
    do(page, "Tell the customer")
    fill(page, how="post", format="standard", address="14 Quarry Rise", address_confirmed_on=on, explains=explains)
    send(page)


def close(page: Page, case: str) -> None:
    """In October the review lifts the warning, the customer is told, and the case is closed."""
    page.goto("/")
    page.locator("main a", has_text="Review the sanction").first.click()
    expect(page.locator("[name=outcome][value=lift]")).to_be_checked()
    fill(page, reasons="No call out of order since August.", conduct_since="Two calls, both polite.")
    fill(page, due_regard="Nothing new is known.", comments_invited_on="28 9 2026")
    send(page)
    tell(page, "Your warning has ended. Thank you.", "5 10 2026")
    page.goto(case)
    do(page, "Close the case")
    fill(page, reasons="The warning was lifted and she was told.", outcome="Warned, and lifted at the review")
    send(page)
    expect(page.locator("main")).to_contain_text("Closed the case")


def test_a_report_becomes_a_case_closed_with_a_warning(site: Site):
    with at(3):
        report(site)
        olu, mina = site.open("olu"), site.open("mina")
        triage(olu)
        case = olu.url.partition("#")[0].partition("?")[0]
        endorse(mina)
    with at(4):
        olu, mina = site.open("olu"), site.open("mina")
        hear(olu, case)
        weigh(olu, case)
        propose(olu, case)
        mina.goto("/")
        mina.locator("main a", has_text="Approve the sanction").first.click()
        fill(mina, reasons="Our part was looked at and put right. What is left is fair to warn about.")
        send(mina)
        olu.goto(case)
        tell(olu, "Please do not swear at our staff. You can appeal. We look at this on 5 October.", "4 8 2026")
        expect(olu.locator("main")).to_contain_text("Warning letter")
    with at(5, month=10):
        close(site.open("olu"), case)
    assert site.complaints == []
