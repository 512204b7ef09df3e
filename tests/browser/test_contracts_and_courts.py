"""Contracts, orders and notices of possession, each carried out and kept in one record, by pages alone."""

from __future__ import annotations

import time_machine
from playwright.sync_api import Page

from evenhand.people.models import Customer, Tenancy
from evenhand.people.writing import mark_changed
from tests.browser.conftest import PHONE, Site
from tests.browser.doing import Typed, back_at, begin, fill, press, take, take_all_the_same
from tests.browser.measures import HERE, answered, decide, main, on, ready_to_propose, strip
from tests.browser.test_journeys import CASE, back, clock, later

__all__ = ["clock"]


def refused(page: Page) -> str:
    """What the summary of a refused form says."""
    return page.locator(".govuk-error-summary").inner_text()


def test_a_contract_is_offered_with_a_guardian_signed_by_both_sides_and_broken(
    site: Site, clock: time_machine.Traveller
):
    ready_to_propose(site.desk)
    Customer.objects.filter(id="carol").update(born_on="2010-03-01")
    mark_changed()
    decide(site.desk, "acceptable_behaviour_contract", terms={"undertakings": "Hers: no swearing. Ours: one contact."})
    olu = site.open("olu", viewport=PHONE, has_touch=True)
    olu.goto(HERE)
    begin(olu, "offer_contract")
    fill(olu, offered_on=on(0), terms="Hers: no swearing. Ours: one colleague to ring.", support="The youth worker.",
         capacity_considered="Read through together.")  # fmt: skip
    answered(olu, "take")
    assert "name the parent or guardian" in refused(olu)
    fill(olu, guardian="Her mother, June Ashdown")
    press(olu, "take")
    olu.wait_for_url(CASE)
    take(olu, "record_contract_answer", answer="signed", answered_on=on(0), signed_by="Carol Ashdown",
         signed_for_us="fay", guardian="June Ashdown")  # fmt: skip
    assert "Acceptable behaviour contract, until 1 December 2026" in strip(olu)
    later(clock, 3)
    olu = back(site, "olu", olu)
    take(olu, "record_breach", happened_on=on(2), channel="phone", what="She swore at Fay again.")
    panel = " ".join(olu.locator(".eh-measure").inner_text().split())
    for words in ("In force", "Offered the contract", "the answer to the contract: Signed", "Recorded a breach"):
        assert words in panel
    assert "Review the sanction" in main(olu)
    assert site.complaints == []


def test_an_injunction_with_its_instruction_terms_area_and_breaches(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    decide(site.desk, "civil_injunction", "sam", terms={"order": "Not to threaten anybody who works for us."},
           ends_on=None)  # fmt: skip
    olu = site.open("olu")
    olu.goto(HERE)
    take(olu, "instruct_legal", adviser="Moor Street solicitors", instructed_on=on(0), matter="MS/441", costs="£900",
         pack="Two statements and the tenancy agreement.", evidence=["*"], privileged=True)  # fmt: skip
    day = later(clock, 9)
    olu = back(site, "olu", olu)
    take(olu, "record_court_outcome", outcome="made", made_on=day, expires_on=on(300), court="Bristol, K00BS441",
         terms="Not to swear at or threaten anybody.", area="14 Quarry Rise and the office on Mill Lane",
         power_of_arrest="To the part on threats, until it ends.", supervisor="The probation service",
         without_notice=True)  # fmt: skip
    assert "Civil injunction, until 30 May 2027" in strip(olu)
    assert "Tell the customer" in main(olu)
    take(olu, "record_breach", happened_on=day, channel="office_visit", what="She came to the office on Mill Lane.")
    panel = " ".join(olu.locator(".eh-measure").inner_text().split())
    found = [words in panel for words in ("Instructed a legal adviser", "Recorded what the court decided: Made")]
    assert found == [True, True]
    olu.locator(".eh-measure summary", has_text="Recorded what the court decided").click()
    order = olu.locator(".eh-measure details[open]").inner_text()
    assert [words in order for words in ("Mill Lane", "Power of arrest", "The probation service")] == [True] * 3
    found = []
    for words in ("K00BS441", "MS/441"):  # what is privileged is found by nobody's search
        olu.goto(f"/search/?q={words}")
        found.append("UC-2026-AAAAA" in main(olu))
    assert (found, site.complaints) == ([True, False], [])


WEIGHED: dict[str, Typed] = {
    "form": "full", "remedies": ["notice_seeking_possession"], "characteristic": "none_found", "effect": "Her home.",
    "asked_customer": "On the phone.", "linked_to_conduct": "no", "vulnerabilities": "The child.",
    "outside_support": "None.", "adjustments_tried": "None.", "alternatives": "Others.", "conclusion": "go_ahead",
}  # fmt: skip
"""An equality assessment that leaves out who else lives there."""
POSSESSION: dict[str, Typed] = {
    "remedy": "notice_seeking_possession", "reasons": "She raised a hammer at a colleague.", "behaviours": ["abusive"],
    "evidence": ["*"], "alternatives": ["Another measure: it would not keep anybody safe."],
    "similar_cases": "None like it.", "proportionate_because": "Nothing less keeps people safe in their work.",
    "departure_reason": "A threat to life.", "obligation": "Tenancy agreement, section 4.", "equality": "*",
    "due_regard": "Her home and Dan's were weighed.", "ground": "Ground 14", "particulars": "The threat of 3 August.",
    "joint_tenants": ["dan"],
}  # fmt: skip


def test_possession_waits_for_other_measures_and_names_every_tenant(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    held = Tenancy.objects.create(home_id="100001", kind="assured", since="2019-04-01")
    held.tenants.set(Customer.objects.filter(id__in=["carol", "dan"]))
    mark_changed()
    olu = site.open("olu")
    olu.goto(HERE)
    take_all_the_same(olu, "assess_equality", "who else in the household would feel it", **WEIGHED)
    begin(olu, "propose_sanction")
    fill(olu, **POSSESSION, review_on=on(45))
    answered(olu, "take")
    said = refused(olu)
    assert "Nothing but warnings was tried before possession" in said
    assert "household" in said.casefold()
    fill(olu, severe_because="A hammer was raised at a person.")
    olu.locator(".govuk-error-summary a[href*='/do/assess_equality/']").first.click()
    fill(olu, **WEIGHED, household="Dan and a child of four.")
    press(olu, "take")
    back_at(olu, "propose_sanction")
    fill(olu, equality="*", severe_because="A hammer was raised at a person.")
    press(olu, "take")
    olu.wait_for_url(CASE)
    sam = site.open("sam")
    sam.goto("/")
    sam.get_by_role("main").locator("a[href*='/do/approve_sanction/']").first.click()
    fill(sam, reasons="Grave enough to go past the other measures.", departure_accepted="yes")
    press(sam, "take")
    sam.wait_for_url(CASE)
    served(site, olu)


NOTICE: dict[str, Typed] = {
    "tenure": "assured", "ground": "Ground 14", "particulars": "The threat of 3 August.", "incidents": ["*"],
    "how": "hand", "served_on": on(0), "earliest_proceedings_on": on(14),
}  # fmt: skip


def served(site: Site, olu: Page) -> None:
    """Olu serves the notice: not before a lawyer is instructed, nor without Dan; a lapse too late is noticed."""
    olu.goto(HERE)
    assert "No legal adviser has been instructed on this measure" in main(olu)
    take(olu, "instruct_legal", adviser="Moor Street solicitors", instructed_on=on(0))
    begin(olu, "serve_notice_seeking_possession")
    assert olu.locator("[name=named][value=dan]").is_checked()
    fill(olu, **NOTICE, served=["carol"], lapses_on=on(400))
    answered(olu, "take")
    assert "was not served on Dan Pryce" in refused(olu)
    fill(olu, served=["dan"])
    answered(olu, "check")
    assert "The notice lapses by 3 August 2027 at the latest" in main(olu)
    fill(olu, lapses_on=on(365))
    press(olu, "take")
    olu.wait_for_url(CASE)
    assert "Notice of seeking possession, until 3 August 2027" in strip(olu)
    panel = " ".join(olu.locator(".eh-measure").inner_text().split())
    assert ("In force" in panel, "Served notice of seeking possession" in panel) == (True, True)
    assert site.complaints == []
