"""What a case keeps apart: private evidence, matters of other procedures, and a case that only few may see."""

from __future__ import annotations

import time_machine
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Site
from tests.browser.doing import begin, fill, press, says_wrong, take
from tests.browser.measures import HERE, answered, main, on, ready_to_propose, says_why
from tests.browser.test_journeys import CASE, clock

__all__ = ["clock"]


def audited(site: Site) -> Page:
    """The case as the auditor sees it, after saying why she looks."""
    audra = site.open("audra")
    audra.goto(HERE)
    says_why(audra, "An audit")
    return audra


def test_h3_evidence_that_would_tell_who_reported_is_for_those_who_handle_reports(
    site: Site, clock: time_machine.Traveller
):
    ready_to_propose(site.desk)
    olu = site.open("olu")
    olu.goto(HERE)
    take(olu, "add_evidence", what="A letter by the neighbour in number 16", kind="letter", dated=on(-3),
         sensitivity="third_party", author="carol")  # fmt: skip
    take(olu, "add_evidence", what="A note of the call about the boiler", kind="call_note", dated=on(-2),
         sensitivity="special_category", author="carol")  # fmt: skip
    assert "A letter by the neighbour" in main(olu)
    audra = audited(site)
    said = main(audra)
    assert "Added evidence: private, for those who handle reports" in said
    assert ("neighbour" in said, "A note of the call about the boiler" in said) == (False, True)
    audra.goto("/search/?q=neighbour")
    assert "UC-2026-AAAAA" not in main(audra)
    audra.goto(f"{HERE}?words=neighbour")
    assert "Nothing here matches" in main(audra)
    assert site.complaints == []


def test_matters_of_other_procedures_are_linked_by_reference_alone(site: Site, clock: time_machine.Traveller):
    ready_to_propose(site.desk)
    fay = site.open("fay", viewport=PHONE, has_touch=True)
    fay.goto(HERE)
    begin(fay, "link_matter")
    fill(fay, kind="repair")
    answered(fay, "take")
    assert "Its reference there" in fay.locator("main").inner_text()
    says_wrong(fay)
    fill(fay, reference="R-20191", what="The leak she rang about.")
    press(fay, "take")
    fay.wait_for_url(CASE)
    take(fay, "refer_to_asb", reference="ASB 310", referred_on=on(0), passed_on="The part between neighbours.")
    fay.goto("/person/carol/")
    take(fay, "record_complaint", reference="C 2026/31", received_on=on(-20), what="The boiler.")
    fay.goto("/incident/IN-2026-AAAAA/")
    take(fay, "link_matter", kind="safeguarding", reference="SG 77")
    olu = site.open("olu")
    olu.goto(HERE)
    elsewhere = " ".join(olu.locator("section[aria-labelledby=related-title]").inner_text().split())
    for words in ("Repair R-20191: The leak she rang about.", "ASB 310", "Complaint C 2026/31", "Safeguarding SG 77"):
        assert words in elsewhere
    olu.goto("/search/?q=R-20191")
    assert "UC-2026-AAAAA" in main(olu)
    assert site.complaints == []


def test_h1_a_case_about_somebody_who_works_here_says_why_it_is_kept_to_a_few(
    site: Site, clock: time_machine.Traveller
):
    ready_to_propose(site.desk)
    mina = site.open("mina")
    mina.goto(HERE)
    begin(mina, "restrict_case")
    answered(mina, "take")
    says_wrong(mina)
    fill(mina, why="colleague_is_customer", reasons="Carol's sister works in repairs.", allowed=["sia"])
    press(mina, "take")
    mina.wait_for_url(CASE)
    assert "restricted to Mina Rao, Olu Lamb and Sia Vance (a colleague is a customer)" in main(mina)
    sia, sam = site.open("sia"), site.open("sam")
    assert (sia.goto(HERE).status, sam.goto(HERE).status) == (200, 404)  # type: ignore[union-attr]  # pages were asked for
    mina.goto("/cases/?whose=all&restricted=yes")
    assert "Restricted" in main(mina)
    assert site.complaints == []
