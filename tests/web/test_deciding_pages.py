"""The pages on which somebody decides: what is decided on stands there whole, and nothing else decides than before."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from evenhand.cases.archive import RecordArchive
from evenhand.casework.steps.assessment import AssessEquality
from tests.desk import NOW, Desk
from tests.web.steps_at_the_desk import CASE, OPENED, opened_case, send, words

LATER = NOW + timedelta(hours=2)
MONTH = NOW + timedelta(days=10)


def take(desk: Desk, step: str, by: str = "olu", **said: Any) -> str:
    """A step on the case; the reference of its entry."""
    return desk.take(step, "case", CASE, by, at=LATER, **said).entries[0].ref


def weighed(desk: Desk) -> str:
    """Everything that comes before a warning about Carol; the reference of its equality assessment."""
    reported: dict[str, Any] = {"subject": "carol", "what_happened": "She swore at me.", "behaviours": ["abusive"]}
    desk.take("report_incident", "incident", "IN-1", "fay", happened_on="2026-08-01", **reported)
    need: dict[str, Any] = {"need": "low_vision", "details": "Letters in 18 point."}
    desk.take("record_need", "person", "carol", "olu", **need)
    desk.take("offer_adjustment", "person", "carol", "olu", adjustment="We ring before we write.", need="low_vision")
    opened_case(desk, incidents=["IN-1"])
    take(desk, "endorse_case", "mina", reasons="Two talks did not help.")
    take(desk, "check_own_service", open_repairs="None.", our_failure="no", found="Nothing.", checked_on="2026-08-03")
    put = take(desk, "put_allegation", allegation="You swore.", how="post", incidents=["IN-1"])
    take(desk, "record_account", allegation=put, account="I was at my wits' end.", received_on="2026-08-03")
    take(desk, "consider_conversation", outcome="held", held_on="2026-08-03", what="She was tired.")
    take(desk, "signpost_support", agency="Advice", consent="not_needed", answer="declined")
    take(desk, "consider_mediation", outcome="not_reasonable", reasons="Nothing to mediate.")
    return take(
        desk, "assess_equality", form="short", remedies=["warning_letter"], characteristic="none_found",
        asked_customer="On the phone.", linked_to_conduct="no", effect="A letter she can read.", subject="carol",
    )  # fmt: skip


def proposed(desk: Desk, similar_cases: str | None = "Two like it.") -> str:
    """A warning that Olu proposes about Carol after everything that comes before one; its reference."""
    assessed = weighed(desk)
    return take(
        desk, "propose_sanction", remedy="warning_letter", reasons="She swore for ten minutes.", behaviours=["abusive"],
        evidence=["IN-1#1"], alternatives=["A second talk: the first changed nothing."], equality=assessed,
        proportionate_because="It takes nothing away.", obligation="Tenancy agreement, section 4.",
        due_regard="Her sight was weighed.", similar_cases=similar_cases, review_on="2026-09-26",
    )  # fmt: skip


@pytest.fixture
def at_noon():
    """Two hours after the desk's morning."""
    with time_machine.travel(LATER, tick=False):
        yield


def told(page: Any) -> str:
    """The words of what a page says it is about, before its form."""
    return words(page).partition("What this is about")[2].partition("Save and come back later")[0]


def test_whoever_approves_reads_the_whole_proposal_first(desk, at_noon):
    ref = proposed(desk)
    page = desk.client("mina").get(f"/case/{CASE}/do/approve_sanction/", {"target": ref})
    says = told(page)
    for word in (
        "Proposed a sanction: Warning letter 3 August 2026 · Olu Lamb",
        "Reasons She swore for ten minutes.",
        "What shows it Reported an incident",
        "What else you thought of A second talk: the first changed nothing.",
        "Why this one is fair It takes nothing away.",
        "First review 26 September 2026",
        "Assessed equality: Go ahead 3 August 2026 · Olu Lamb",
        "What it would do to them A letter she can read.",
    ):
        assert word in says


def test_beside_an_approval_stands_what_it_is_weighed_against(desk, at_noon):
    proposed(desk)
    says = words(desk.client("mina").get(f"/case/{CASE}/do/approve_sanction/"))
    for word in (
        "Low vision Letters in 18 point.",
        "We ring before we write.",
        "Talk it over Tried before",
        "Recorded the customer's account 3 August 2026 I was at my wits' end.",
        "What was done about conduct like this Too few to tell.",
        "What always stays open",
        "How a letter about it would read",
    ):
        assert word in says


def test_an_assessment_that_served_a_decision_says_so_where_one_is_chosen(desk, at_noon):
    proposed(desk)
    says = words(desk.client("olu").get(f"/case/{CASE}/do/propose_sanction/"))
    assert "Served already: Proposed a sanction: Warning letter, 3 August 2026" in says


def test_an_approval_with_two_proposals_to_choose_from_tells_both(desk, at_noon):
    proposed(desk)
    brought = {"subject": "carol", "remedy": "office_access", "imposed_on": "2026-05-04", "source": "The old system."}
    take(desk, "bring_in_sanction", **brought)
    says = told(desk.client("mina").get(f"/case/{CASE}/do/decline_sanction/"))
    assert ("Warning letter 3 August" in says, "The old system." in says) == (True, True)


def test_whoever_endorses_reads_why_and_the_reports(desk, at_noon):
    reported = {"subject": "carol", "what_happened": "She swore at me.", "behaviours": ["abusive"]}
    desk.take("report_incident", "incident", "IN-1", "fay", happened_on="2026-08-01", **reported)
    opened_case(desk, incidents=["IN-1"])
    says = told(desk.client("mina").get(f"/case/{CASE}/do/endorse_case/"))
    assert ("Shouting at every visit." in says, "What happened She swore at me." in says) == (True, True)


def test_whoever_decides_may_say_no_on_the_same_page(desk, at_noon):
    ref = proposed(desk)
    path = f"/case/{CASE}/do/approve_sanction/"
    shown = desk.client("mina").get(path, {"target": ref}).content.decode()
    declining = f"/case/{CASE}/do/decline_sanction/?target={ref.replace('#', '%23')}"
    assert f'<a class="govuk-link" href="{declining}">Decline the sanction</a>' in shown
    assert "Decline the sanction" not in desk.client("olu").get(path, {"target": ref}).content.decode()


def test_while_a_measure_waits_the_case_does_not_ask_for_one(desk, at_noon):
    proposed(desk)
    said = words(desk.client("olu").get(f"/case/{CASE}/"))
    assert ("This waits for Mina Rao: Approve the sanction" in said, "Nothing is owed now" in said) == (True, False)


def test_whoever_approves_alone_is_not_asked_what_a_panel_would_be(desk, at_noon):
    ref = proposed(desk)
    page = desk.client("mina").get(f"/case/{CASE}/do/approve_sanction/", {"target": ref}).content.decode()
    named = re.findall(r'name="(\w+)[".-]', page)
    assert {"present", "minute", "consulted", "departure_accepted"} & set(named) == set()
    assert {"reasons", "equality"} <= set(named)


def test_once_all_is_weighed_the_officer_decides_and_others_read_who_has_it_in_hand(desk, at_noon):
    weighed(desk)
    pages = [desk.client(who).get(f"/case/{CASE}/").content.decode() for who in ("olu", "mina")]
    following = [page.partition('id="next-title"')[2].partition("</section>")[0] for page in pages]
    decided = [re.findall(r'role="button"[^>]*>([^<]+)<', part) for part in following]
    assert decided == [["Propose a sanction", "Decide that nothing is imposed"], []]
    assert "Better done first" not in following[0]
    assert ["Olu Lamb has this case in hand" in part for part in following] == [False, True]


def test_what_a_measure_would_be_warned_of_is_said_before_it_is_proposed(desk, at_noon):
    opened_case(desk)
    take(desk, "endorse_case", "mina", reasons="Two talks did not help.")
    put = take(desk, "put_allegation", allegation="You swore.", how="post")
    take(desk, "record_account", allegation=put, account="I was at my wits' end.", received_on="2026-08-03")
    take(desk, "consider_conversation", outcome="held", held_on="2026-08-03", what="She was tired.")
    take(
        desk, "assess_equality", form="short", remedies=["warning_letter"], characteristic="none_found",
        asked_customer="On the phone.", linked_to_conduct="no", effect="A letter she can read.", subject="carol",
    )  # fmt: skip
    page = desk.client("olu").get(f"/case/{CASE}/").content.decode()
    better = page.partition("Better done first")[2].partition("</ul>")[0]
    assert re.findall(r'href="/case/[^/]+/do/(\w+)/', better) == [
        "check_own_service", "consider_mediation", "signpost_support",
    ]  # fmt: skip


def test_whoever_approves_reads_what_the_proposer_was_warned_of(desk, at_noon):
    ref = proposed(desk, similar_cases=None)
    said = words(desk.client("mina").get(f"/case/{CASE}/do/approve_sanction/", {"target": ref}))
    warned = said.partition("What the policy warned of when it was proposed")[2].partition("What they need")[0]
    assert "It was not compared with similar cases" in warned


def test_nothing_is_said_of_warnings_where_there_were_none(desk, at_noon):
    page = desk.client("mina").get(f"/case/{CASE}/do/approve_sanction/", {"target": proposed(desk)})
    assert "What the policy warned of" not in words(page)


def test_what_was_kept_takes_up_the_assessment_made_since(desk, at_noon):
    proposed(desk)
    path, olu = f"/case/{CASE}/do/propose_sanction/", desk.client("olu")
    first = RecordArchive().file(CASE).all(AssessEquality)[0].ref
    send(olu, path, {"remedy": "no_visits", "reasons": "She shouts.", "equality": first})
    assessed = desk.take("assess_equality", "case", CASE, "olu", at=LATER + timedelta(minutes=1), form="full",
                         subject="carol", characteristic="none_found").entries[0].ref  # fmt: skip
    page = olu.get(path).content.decode()
    assert re.findall(r'name="equality" type="radio" value="([^"]+)" checked', page) == [assessed]


def test_h1_what_is_kept_from_whoever_decides_is_not_told(desk, at_noon):
    hidden = "UC-2026-HIDDN"
    desk.take("open_case", "case", hidden, "otto", **{**OPENED, "colleague": "nils"})
    said = {"household": "A sister who works here.", "effect": "Fewer calls.", "subject": "carol"}
    assessed = desk.take("assess_equality", "case", hidden, "otto", **said).entries[0].ref
    desk.take("restrict_case", "case", hidden, "nils", reasons="A colleague is in it.")
    opened_case(desk)
    brought = {"subject": "carol", "remedy": "office_access", "imposed_on": "2026-05-04", "source": "The old system."}
    take(desk, "bring_in_sanction", **brought)
    take(desk, "endorse_case", "mina", reasons="Two talks did not help.")
    page = desk.client("mina").get(f"/case/{CASE}/do/approve_sanction/", {"equality": assessed})
    assert "sister" not in words(page)


def appealed(desk: Desk) -> str:
    """An appeal of Carol's against the warning, given to Sia; its reference."""
    ref = proposed(desk)
    take(desk, "approve_sanction", "mina", sanction=ref, reasons="Fair to warn about.")
    given = {"how": "post", "format": "large_print", "address": "14 Quarry Rise", "address_confirmed_on": "2026-08-03"}
    desk.take("give_notice", "case", CASE, "olu", at=LATER, about=ref, explains="Please do not swear.", **given)
    said = {"against": ref, "received_on": "2026-08-12", "channel": "phone", "what": "Nobody asked me."}
    received = desk.take("receive_appeal", "case", CASE, "olu", at=MONTH, **said).entries[0].ref
    desk.take("assign_appeal", "case", CASE, "sam", at=MONTH, appeal=received, officer="sia", reasons="No part.")
    return received


@pytest.fixture
def heard(desk):
    """The appeal on the day on which it may be decided."""
    ref = appealed(desk)
    with time_machine.travel(MONTH, tick=False):
        yield ref


def test_an_appeal_stands_beside_what_it_is_against_with_its_days(desk, heard):
    page = desk.client("sia").get(f"/case/{CASE}/do/decide_appeal/")
    says = words(page)
    assert "What they say Nobody asked me." in told(page)
    assert "Proposed a sanction: Warning letter" in told(page)
    assert "Approved the sanction 3 August 2026 · Mina Rao Reasons Fair to warn about." in told(page)
    assert "Received 12 August 2026 In time until 19 August 2026 Decision due" in says


def test_whoever_decides_an_appeal_reads_both_sides_of_what_led_to_it(desk, heard):
    says = told(desk.client("sia").get(f"/case/{CASE}/do/decide_appeal/"))
    assert "I was at my wits' end." in says
    assert "Checked our own service" in says


def test_who_took_part_and_so_cannot_decide_an_appeal_is_named(desk, heard):
    says = words(desk.client("sia").get(f"/case/{CASE}/do/decide_appeal/"))
    involved = says.partition("Who took part, and so cannot decide")[2].partition("What the policy asks")[0]
    assert "Mina Rao approved the decision, endorsed or declined the case" in involved
    assert "Sam Oduya was line manager of somebody who took part" in involved
    assert "Sia Vance" not in involved


def test_the_new_terms_of_an_appeal_are_folded_away_until_it_varies(desk, heard):
    path, sia = f"/case/{CASE}/do/decide_appeal/", desk.client("sia")
    folded = '<details class="govuk-details"><summary class="govuk-details__summary"><span'
    shut = sia.get(path).content.decode()
    assert shut.index(folded) < shut.index("New terms, where they change") < shut.index('name="ends_on-day"')
    varied = send(sia, path, {"appeal": heard, "outcome": "varied"}, act="check").content.decode()
    assert re.search(r'<h2 class="govuk-heading-m">New terms, where they change</h2>', varied)


def test_an_appeal_is_decided_from_its_page(desk, heard):
    typed = {"appeal": heard, "outcome": "dismissed", "reasons": "She was asked.", "due_regard": "Her sight."}
    answer = send(desk.client("sia"), f"/case/{CASE}/do/decide_appeal/", typed)
    assert answer.status_code == 302


def test_whoever_gave_an_appeal_away_reads_who_decides_it(desk, heard):
    says = words(desk.client("sam").get(f"/case/{CASE}/")).partition("Next")[2].partition("What can be done now")[0]
    assert "Decide the appeal" in says
    assert "Sia Vance can do this" in says


def test_what_another_is_named_to_do_says_who_has_it_in_hand(desk, at_noon):
    ref = proposed(desk)
    take(desk, "approve_sanction", "mina", sanction=ref, reasons="Fair to warn about.")
    pages = {who: words(desk.client(who).get(f"/case/{CASE}/")) for who in ("olu", "mina")}
    following = {who: page.partition("Next")[2].partition("What can be done now")[0] for who, page in pages.items()}
    assert {who: "Olu Lamb has this in hand" in part for who, part in following.items()} == {"olu": False, "mina": True}


def test_giving_an_appeal_to_somebody_shows_who_took_part(desk, heard):
    says = words(desk.client("sam").get(f"/case/{CASE}/do/assign_appeal/"))
    assert "Olu Lamb proposed the decision" in says


def test_whoever_approves_a_flag_reads_what_it_says_and_the_report_it_rests_on(desk, at_noon):
    reported = {"subject": "carol", "what_happened": "She threw a cup.", "behaviours": ["aggressive"]}
    desk.take("report_incident", "incident", "IN-1", "fay", happened_on="2026-08-01", **reported)
    flag = {"category": "threats_and_abuse", "control_measures": ["two_people"], "instruction": "Go in pairs."}
    flag |= {"subject": "carol", "incident": "IN-1", "reasons": "A cup."}
    desk.take("propose_flag", "flag", "FL-1", "olu", **flag, review_on="2027-01-04")
    says = told(desk.client("mina").get("/flag/FL-1/do/approve_flag/"))
    for word in ("What to do Go in pairs.", "First review 4 January 2027", "What happened She threw a cup."):
        assert word in says


def test_whoever_decides_a_dispute_reads_the_dispute_first(desk, at_noon):
    reported = {"subject": "carol", "what_happened": "She threw a cup.", "behaviours": ["aggressive"]}
    desk.take("report_incident", "incident", "IN-1", "fay", happened_on="2026-08-01", **reported)
    flag = {"category": "threats_and_abuse", "control_measures": ["two_people"], "instruction": "Go in pairs."}
    flag |= {"subject": "carol", "incident": "IN-1", "reasons": "A cup."}
    desk.take("propose_flag", "flag", "FL-1", "olu", **flag, review_on="2027-01-04")
    desk.take("dispute_flag", "flag", "FL-1", "olu", at=LATER, received_on="2026-08-03", why="It was not me.")
    says = told(desk.client("mina").get("/flag/FL-1/do/decide_flag_dispute/"))
    assert 0 <= says.index("It was not me.") < says.index("Go in pairs.")


def test_after_a_letter_by_post_the_case_says_from_when_its_review_can_be_held(desk, at_noon):
    ref = proposed(desk)
    take(desk, "approve_sanction", "mina", sanction=ref, reasons="Fair.")
    letter = {"how": "post", "address": "14 Quarry Rise", "address_confirmed_on": "2026-08-03", "sender": "olu"}
    take(desk, "give_notice", about=ref, format="large_print", explains="Why, until when, how to appeal.", **letter)
    said = words(desk.client("olu").get(f"/case/{CASE}/"))
    assert "Told 5 August 2026 (posted on 3 August 2026) In force from 5 August 2026" in said
    begins = "5 August 2026"
    assert "It is meant for 5 September 2026 or later" in said
    assert f"This can be done from {begins} on." in said.partition("Next")[2].partition("What can be done now")[0]
    shut = f"Review the sanction This can be done from {begins}, when the measure begins to bind."
    assert shut in said.partition("Not yet, and why")[2].partition("Not at this stage")[0]


def test_an_approved_measure_is_called_by_its_kind_and_its_day(desk, at_noon):
    ref = proposed(desk)
    take(desk, "approve_sanction", "mina", sanction=ref, reasons="Fair to warn about.")
    says = words(desk.client("olu").get(f"/case/{CASE}/do/give_notice/"))
    assert "A letter posted today counts as received on 5 August 2026 5.1" in says
    assert "Told in any other way, it counts from the day itself." in says
    assert re.findall("Warning letter, approved 3 August 2026", says)[:1] == ["Warning letter, approved 3 August 2026"]


def test_what_is_wrong_elsewhere_is_said_with_the_conclusion_that_is_missing(desk, at_noon):
    opened_case(desk)
    answer = send(desk.client("olu"), f"/case/{CASE}/do/assess_equality/", {"form": "nonsense"})
    links = re.findall(r'href="#f-(form|conclusion)', answer.content.decode())
    assert (answer.status_code, sorted(set(links))) == (422, ["conclusion", "form"])


def test_what_stands_beside_a_decision_is_led_to_before_its_form(desk, at_noon):
    ref = proposed(desk)
    page = desk.client("mina").get(f"/case/{CASE}/do/approve_sanction/", {"target": ref}).content.decode()
    assert page.index('href="#beside"') < page.index('id="form"') < page.index('id="beside"')
