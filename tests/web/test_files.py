"""The pages of files: who it is about, what is next, what can be done and why not, and everything that was done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from evenhand.casework.registers import Registers, StaffMember
from evenhand.people.models import Customer, Deputy, HouseholdMember, SafeContact
from evenhand.people.writing import enter, mark_changed
from evenhand.web.file.timeline import KINDS, SHOWN
from tests.desk import NOW, STAFF
from tests.web.steps_at_the_desk import AT_ONCE, CASE, opened_case, words

PAGE = f"/case/{CASE}/"
INCIDENT = "IN-2026-AAAAA"
HURT = {"subject": "carol", "what_happened": "She shouted at the door.", "happened_on": "2026-08-01"}


@pytest.fixture(autouse=True)
def _at_ten(time_machine):
    time_machine.move_to(NOW + timedelta(hours=1))


def _notes(desk, number):
    for count in range(number):
        desk.take("add_note", "case", CASE, "olu", at=NOW + timedelta(minutes=count), text=f"Note number {count}.")


def test_strip_says_who_it_is_and_what_everybody_must_know(desk):
    opened_case(desk)
    desk.take("record_need", "person", "carol", "olu", need="low_vision", details="Large print, please.")
    desk.take("offer_adjustment", "person", "carol", "olu", adjustment="Calls after noon")
    desk.take("name_representative", "person", "carol", "olu", representative="D. Okafor", relation="advocate")
    said = words(desk.client("olu").get(PAGE))
    assert "Carol Ashdown · 14 Quarry Rise, Bristol BS4 1AA · Assured tenancy" in said
    assert "Need: Low vision: Large print, please." in said
    assert "Agreed with them: Calls after noon" in said
    assert "Speaks for them: D. Okafor (advocate)" in said


def test_strip_stands_on_the_pages_of_steps_too(desk):
    opened_case(desk)
    desk.take("record_need", "person", "carol", "olu", need="low_vision")
    assert "Need: Low vision" in words(desk.client("olu").get(f"{PAGE}do/add_note/"))


def test_strip_says_how_somebody_may_safely_be_reached(desk):
    opened_case(desk)
    Customer.objects.filter(id="carol").update(language="Polish", format="large_print")
    SafeContact.objects.create(customer_id="carol", channel="post", rule="never", note="he opens her letters")
    mark_changed()
    said = words(desk.client("olu").get(PAGE))
    assert "Never by letter by post (he opens her letters)" in said
    assert ("Speaks Polish" in said, "Large print" in said) == (True, True)


def test_flag_is_on_the_strip_with_what_to_do(desk):
    opened_case(desk)
    desk.take("report_incident", "incident", INCIDENT, "olu", **HURT)
    flag = {"category": "threats_and_abuse", "control_measures": ["two_people"], "instruction": "Go in pairs."}
    desk.take("propose_flag", "flag", "FL-2026-AAAAA", "olu", subject="carol", incident=INCIDENT, provisional=True,
              reasons="She shouted.", evidence="The report.", review_on="2026-10-01", **flag)  # fmt: skip
    assert "Flag Threats or abuse : Two people, no lone visit" in words(desk.client("olu").get(PAGE))


def test_next_thing_stands_on_top_with_its_button_for_whoever_may(desk):
    opened_case(desk)
    desk.take("put_allegation", "case", CASE, "olu", allegation="You shouted on 1 July.", how="email")
    page = desk.client("olu").get(PAGE).content.decode()
    assert page.index("Hear the customer") < page.index("What can be done now")
    assert f'href="{PAGE}do/record_account/"' in page


def test_case_waiting_for_a_manager_says_so_to_its_officer(desk):
    opened_case(desk)
    said = words(desk.client("olu").get(PAGE))
    assert said.partition("Next This waits for ")[2].partition(". You can go on")[0] == "Mina Rao: Endorse the case "


def test_what_waits_for_the_viewer_comes_first(desk):
    opened_case(desk)
    said = words(desk.client("mina").get(PAGE))
    assert "What can be done now Waiting for you Endorse the case" in said
    assert "This waits for" not in said


def test_what_is_owed_by_somebody_else_is_told_of_once(desk):
    desk.take("bring_in_sanction", "case", CASE, "olu", subject="carol", remedy="warning_letter",
              imposed_on="2026-08-01", ends_on="2027-06-30", source="The letter.", reasons="Shouting.")  # fmt: skip
    said = words(desk.client("olu").get(PAGE))
    assert "can do this: see Not yet, and why" in said
    assert "Approve the sanction" not in said.partition("This waits for")[2].partition("You can go on")[0]


def test_long_list_is_folded_until_something_is_picked(desk):
    opened_case(desk)
    enter(Registers({f"c{number}": StaffMember(f"c{number}", f"Colleague {number}") for number in range(20)}))
    page = desk.client("mina").get(f"{PAGE}do/restrict_case/")
    assert f"Choose from {len(STAFF) + 20} : Who may see it" in words(page)


def test_what_can_be_done_says_what_it_is_for(desk):
    opened_case(desk)
    said = words(desk.client("olu").get(PAGE))
    assert "Add a note Add a note." in said
    assert "Weigh what a decision would do to this person and their household." in said


def test_what_is_closed_says_why_with_its_clause(desk):
    opened_case(desk)
    said = words(desk.client("olu").get(PAGE))
    close = said.index("Close the case", said.index("Not yet, and why"))
    assert "5.1" in said[close : close + 400]


def test_what_is_only_for_others_comes_last(desk):
    opened_case(desk)
    said = words(desk.client("olu").get(PAGE))
    assert said.index("Not yet, and why") < said.index("For somebody else")
    assert "This is for: manager" in said[said.index("For somebody else") :]


def test_a_step_of_two_ways_is_said_to_be_done_either_way(desk):
    opened_case(desk)
    desk.take("signpost_support", "case", CASE, "olu", agency="Debt advice", consent="not_needed", answer="declined")
    assert "Pointed to support, or referred to it: Declined" in words(desk.client("olu").get(PAGE))


def test_timeline_says_what_was_done_by_whom_and_in_which_words(desk):
    opened_case(desk)
    said = words(desk.client("olu").get(PAGE))
    assert "Opened a case" in said
    assert "3 August 2026, 10:00 · Olu Lamb" in said
    assert "Shouting at every visit." in said
    assert "6 checks met" in said


def test_timeline_shows_codes_by_their_titles(desk):
    opened_case(desk)
    desk.take("record_contact", "case", CASE, "olu", channel="web_form", topic="repairs", what="Asked again.")
    said = words(desk.client("olu").get(PAGE))
    assert ("Recorded a contact: Web form" in said, "web_form" in said) == (True, False)


def test_timeline_goes_on_with_older_entries(desk):
    opened_case(desk)
    _notes(desk, SHOWN + 3)
    olu = desk.client("olu")
    first = olu.get(PAGE)
    assert (words(first).count("Added a note"), "Opened a case" in words(first)) == (SHOWN, False)
    assert 'href="/case/UC-2026-AAAAA/?before=5#timeline"' in first.content.decode()
    older = words(olu.get(f"{PAGE}?before=5"))
    assert ("Note number 2." in older, "Note number 3." in older, "Opened a case" in older) == (True, False, True)


def test_timeline_narrows_to_a_kind(desk):
    opened_case(desk)
    desk.take("record_contact", "case", CASE, "olu", channel="phone", what="She rang.")
    said = words(desk.client("olu").get(f"{PAGE}?show=contacts"))
    assert ("She rang." in said, "Opened a case" in said) == (True, False)


def test_timeline_is_searched_by_words(desk):
    opened_case(desk)
    _notes(desk, 3)
    said = words(desk.client("olu").get(f"{PAGE}?words=NUMBER+1"))
    assert [f"Note number {n}." in said for n in range(3)] == [False, True, False]


def test_timeline_with_nothing_found_says_so(desk):
    opened_case(desk)
    assert "Nothing here matches" in words(desk.client("olu").get(f"{PAGE}?words=zebra"))


@pytest.mark.parametrize("query", ["before=x", "before=99999999999999999999", "show=zebra", "recorded=x"])
def test_timeline_bears_any_query(desk, query):
    opened_case(desk)
    assert desk.client("olu").get(f"{PAGE}?{query}").status_code == 200


def test_what_was_taken_back_stays_to_be_read(desk):
    opened_case(desk)
    desk.take("report_incident", "incident", INCIDENT, "olu", **HURT)
    flag = {"category": "threats_and_abuse", "control_measures": ["two_people"], "instruction": "Go in pairs."}
    desk.take("propose_flag", "flag", "FL-2026-AAAAA", "olu", subject="carol", incident=INCIDENT, reasons="Shouting.",
              evidence="The report.", review_on="2026-10-01", **flag)  # fmt: skip
    desk.take("withdraw", "flag", "FL-2026-AAAAA", "olu", entry="FL-2026-AAAAA#1", reasons="Not needed.")
    said = words(desk.client("olu").get("/flag/FL-2026-AAAAA/"))
    assert ("Proposed a flag" in said, "Taken back" in said) == (True, True)


def test_every_kind_of_the_timeline_names_steps_there_are():
    from evenhand.casework.steps import STEPS  # noqa: PLC0415 - only this test asks

    assert {step for _, steps in KINDS.values() for step in steps} <= STEPS.keys()


def test_slip_is_put_right_from_the_timeline(desk):
    opened_case(desk)
    desk.take("record_contact", "case", CASE, "olu", channel="phone", what="She rang.")
    page = desk.client("olu").get(PAGE).content.decode()
    assert page.count(f'href="{PAGE}do/correct_entry/?entry=UC-2026-AAAAA%232"') == 1


def test_something_new_is_begun_from_a_report(desk):
    desk.take("report_incident", "incident", INCIDENT, "olu", **HURT)
    page = desk.client("olu").get(f"/incident/{INCIDENT}/").content.decode()
    assert f"/case/new/?subject=carol&amp;incidents={INCIDENT}" in page
    assert f'href="/triage/{INCIDENT}/"' in page


# What the viewer may be told of


def test_h1_restricted_case_is_shown_nowhere_on_the_person(desk):
    opened_case(desk)
    desk.take("restrict_case", "case", CASE, "sam", reasons="A colleague is named.", allowed=["sam"])
    for path in ("/person/carol/", "/case/UC-2026-BBBBB/"):
        if path.startswith("/case"):
            desk.take("bring_in_sanction", "case", "UC-2026-BBBBB", "otto", subject="carol", remedy="warning_letter",
                      imposed_on="2026-07-01", source="The letter.", reasons="Shouting.")  # fmt: skip
        assert CASE not in desk.client("otto").get(path).content.decode()


def test_h1_restricted_case_is_not_offered_on_a_form(desk):
    opened_case(desk)
    desk.take("add_evidence", "case", CASE, "olu", what="A secret letter.")
    desk.take("restrict_case", "case", CASE, "sam", reasons="A colleague is named.", allowed=["sam"])
    desk.take("bring_in_sanction", "case", "UC-2026-BBBBB", "otto", subject="carol", remedy="warning_letter",
              imposed_on="2026-07-01", source="The letter.", reasons="Shouting.")  # fmt: skip
    page = desk.client("otto").get("/case/UC-2026-BBBBB/do/propose_sanction/").content.decode()
    assert ("secret" in page, CASE in page) == (False, False)


def test_h3_reporter_is_known_to_those_who_handle_reports_and_to_themselves(desk):
    desk.take("report_incident", "incident", INCIDENT, "fay", **HURT, reporter="otto")
    shown = {
        who: "Otto Berg" in words(desk.client(who).get(f"/incident/{INCIDENT}/")) for who in ("olu", "fay", "otto")
    }
    assert shown == {"olu": True, "fay": True, "otto": True}


def test_h3_reporter_is_a_colleague_to_everybody_else(desk):
    desk.take("report_incident", "incident", INCIDENT, "fay", **HURT, reporter="otto", reporter_name="The gas man")
    desk.take("add_note", "incident", INCIDENT, "olu", text="Seen.")
    dara = desk.client("dara")
    give = {"purpose": "data_protection", "words": "A request of hers."}
    page = dara.get(f"/incident/{INCIDENT}/")
    if page.status_code == 302:
        dara.post(page["Location"], give)
        page = dara.get(f"/incident/{INCIDENT}/")
    said = words(page)
    assert [name in said for name in ("Otto Berg", "Fay Hart", "The gas man")] == [False, False, False]


# The person's page


def test_person_page_answers_whether_one_may_talk_to_them(desk):
    assert "No restriction is in force." in words(
        desk.client("fay").get("/person/carol/?channel=email&topic=planned_works")
    )


def test_person_page_says_what_a_visitor_should_do(desk):
    desk.take("report_incident", "incident", INCIDENT, "olu", **HURT)
    flag = {"category": "threats_and_abuse", "control_measures": ["two_people"], "instruction": "Go in pairs."}
    desk.take("propose_flag", "flag", "FL-2026-AAAAA", "olu", subject="carol", incident=INCIDENT, provisional=True,
              reasons="She shouted.", evidence="The report.", review_on="2026-10-01", **flag)  # fmt: skip
    said = words(desk.client("fay").get("/person/carol/"))
    assert ("Go in pairs." in said, "Two people, no lone visit" in said) == (True, True)


def test_person_page_without_a_warning_says_so(desk):
    assert "No warning is in force today" in words(desk.client("fay").get("/person/carol/"))


def test_person_page_holds_what_was_recorded_of_them(desk):
    desk.take("record_complaint", "person", "carol", "olu", received_on="2026-07-01", what="The lift is out.")
    desk.take("record_assurance", "person", "carol", "olu", says="One officer only.", until="2026-12-01")
    desk.take("record_change", "person", "carol", "olu", change="hospital", happened_on="2026-07-20")
    said = words(desk.client("fay").get("/person/carol/"))
    assert "The lift is out. (1 July 2026, not answered yet)" in said
    assert "One officer only. (until 1 December 2026)" in said
    assert "They are in hospital, 20 July 2026" in said


def test_person_page_of_somebody_without_a_file_says_what_will_appear(desk):
    said = words(desk.client("fay").get("/person/dan/"))
    assert ("Dan Pryce" in said, "Nothing has been recorded here yet" in said) == (True, True)


# Measures


def test_measure_stands_with_its_days(desk):
    desk.take("bring_in_sanction", "case", CASE, "olu", subject="carol", remedy="warning_letter",
              imposed_on="2026-07-01", ends_on="2027-06-30", source="The letter.", reasons="Shouting.")  # fmt: skip
    said = words(desk.client("olu").get(PAGE))
    section = said[said.index("Sanctions") :]
    assert "Warning letter" in section
    assert "In force from 1 July 2026 Next review between" in section
    assert "Last day 30 June 2027" in section


def test_the_page_of_a_case_says_how_far_it_has_come_as_lists_do(desk):
    opened_case(desk)
    said = [words(desk.client("olu").get(PAGE)).partition(f"Case {CASE} ")[2]]
    desk.take("endorse_case", "case", CASE, "mina", reasons="Two talks did not help.")
    desk.take("put_allegation", "case", CASE, "olu", allegation="You shouted on 1 July.", how="email")
    olu = desk.client("olu")
    said += [
        words(olu.get(PAGE)).partition(f"Case {CASE} ")[2],
        words(olu.get("/cases/")).partition("Carol Ashdown ")[2],
    ]
    starts = ("Waiting to be endorsed", "Allegation put to the customer", "Allegation put to the customer")
    assert [words.startswith(start) for words, start in zip(said, starts, strict=True)] == [True, True, True]


def test_the_colleague_of_a_case_stands_among_people_as_what_they_are_to_it(desk):
    opened_case(desk)
    assert "Olu Lamb opened Fay Hart front-line colleague" in words(desk.client("mina").get(PAGE))


def test_a_case_on_which_something_was_done_at_once_says_so_before_it_is_endorsed(desk):
    desk.take("report_incident", "incident", INCIDENT, "fay", **HURT)
    opened_case(desk, urgent=True, incidents=[INCIDENT])
    said = {"form": "short", "subject": "carol", "characteristic": "none_found", "asked_customer": "No.",
            "linked_to_conduct": "no", "effect": "She rings."}  # fmt: skip
    desk.take("assess_equality", "case", CASE, "olu", **said)
    desk.take("take_urgent_action", "case", CASE, "olu", **{**AT_ONCE, "evidence": [f"{INCIDENT}#1"]})
    assert words(desk.client("olu").get(PAGE)).partition(f"Case {CASE} ")[2].startswith("Urgent action taken")
    desk.take("put_allegation", "case", CASE, "olu", allegation="You shouted on 1 July.", how="email")
    assert words(desk.client("olu").get(PAGE)).partition(f"Case {CASE} ")[2].startswith("Waiting to be endorsed")


def test_what_a_deputy_did_says_for_whom_and_the_manager_is_still_the_manager(desk):
    opened_case(desk)
    lent = {"deputy_id": "otto", "since": NOW.date(), "until": NOW.date() + timedelta(days=14)}
    Deputy.objects.create(staff_id="mina", **lent)
    mark_changed()
    desk.take("endorse_case", "case", CASE, "otto", reasons="Two talks did not help.")
    said = words(desk.client("olu").get(PAGE))
    assert "Otto Berg, standing in for Mina Rao" in said
    assert "manager Mina Rao (Otto Berg standing in)" in said


def test_how_long_a_measure_was_agreed_to_last_stands_with_it_and_with_who_agreed(desk):
    desk.take("bring_in_sanction", "case", CASE, "olu", subject="carol", remedy="restricted_channels",
              imposed_on="2026-07-01", ends_on="2026-12-01", source="The letter.", reasons="Shouting.",
              terms={"channels_open": ["post"], "named_contact": "fay", "deputy": "olu"})  # fmt: skip
    asked = {"sanction": f"{CASE}#1", "until": "2027-03-01"}
    desk.take("ask_continuation", "case", CASE, "olu", reasons="Thirty calls a week.", **asked)
    desk.take("agree_continuation", "case", CASE, "sia", answer="agreed", reasons="Over the winter.")
    said = words(desk.client("olu").get(PAGE))
    assert "Last day 1 December 2026 (agreed: up to 1 March 2027, if a review extends it)" in said
    assert "Sia Vance agreed to a longer term" in said
    asked_of = words(desk.client("olu").get(f"{PAGE}do/review_sanction/"))
    assert "It was agreed that this may last until 1 March 2027." in asked_of


def test_the_longest_words_begin_and_can_be_read_on(desk):
    opened_case(desk)
    desk.take("add_note", "case", CASE, "olu", text="She rang. " * 300 + "That was all.")
    desk.take("add_note", "case", CASE, "olu", text="She rang. " * 40 + "Then she stopped.")
    shown = desk.client("olu").get(PAGE).content.decode().partition('id="timeline"')[2]
    assert shown.count("Read all of it") == 1
    assert (shown.count("That was all."), shown.count("Then she stopped.")) == (1, 1)


# Speed


def test_page_takes_as_many_statements_for_one_entry_as_for_many(desk):
    opened_case(desk)
    olu = desk.client("olu")
    olu.get(PAGE)
    few = _statements(olu)
    _notes(desk, 40)
    olu.get(PAGE)
    assert (few, _statements(olu)) == (few, few)
    assert few <= 6


def _statements(browser) -> int:
    with CaptureQueriesContext(connection) as main, CaptureQueriesContext(connections["looks"]) as looks:
        assert browser.get(PAGE).status_code == 200
    return len(main) + len(looks)


def test_who_holds_no_tenancy_is_shown_by_whom_they_live_with(desk):
    Customer.objects.create(id="lee", name="Lee Ashdown")
    HouseholdMember.objects.create(customer_id="carol", member_id="lee")
    carol = Customer.objects.select_related("home").get(id="carol")
    page = desk.client("olu").get("/person/lee/").content.decode()
    assert f"not a tenant: lives with Carol Ashdown at {carol.home}" in page


def test_a_case_that_is_decided_and_told_leads_to_what_closes_it(desk):
    opened_case(desk)
    desk.take("endorse_case", "case", CASE, "mina", reasons="Two talks did not help.")
    shown = [words(desk.client("olu").get(PAGE))]
    about = desk.take("decide_no_sanction", "case", CASE, "olu", reasons="She was ill that day.").entries[0].ref
    given = {"how": "post", "format": "large_print", "address": "14 Quarry Rise", "address_confirmed_on": "2026-08-03"}
    desk.take("give_notice", "case", CASE, "olu", about=about, explains="Nothing is imposed.", **given)
    shown.append(words(desk.client("olu").get(PAGE)))
    desk.take("put_allegation", "case", CASE, "olu", allegation="That she swore.", reply_by="2026-08-24")
    desk.take("record_account", "case", CASE, "olu", allegation=f"{CASE}#5", account="It was me.")
    shown.append(words(desk.client("olu").get(PAGE)))
    told = ("What comes before a measure", "If none is called for, decide that nothing is imposed",
            "What comes before the case can be closed", "what was decided is told. Close the case")  # fmt: skip
    assert [[each in page for each in told] for page in shown] == [
        [True, True, False, False], [False, False, True, False], [False, False, False, True],
    ]  # fmt: skip
