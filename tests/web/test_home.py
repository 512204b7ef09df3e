"""The first page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.editions import in_force
from evenhand.cases.models import OpenDuty
from evenhand.looks.glass import break_glass
from evenhand.people.models import Deputy
from evenhand.people.writing import mark_changed
from evenhand.web.lists.words import by_when
from evenhand.web.models import Draft
from tests.desk import NOW
from tests.web.lists.conftest import open_case, propose_flag, put_allegation, report


def home(desk, who: str) -> str:
    answer = desk.client(who).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def part(page: str, heading: str) -> str:
    """The words of one part of the page, without its marks."""
    _, _, after = page.partition(f">{heading}</h2>")
    words = unescape(re.sub(r"<[^>]+>", " ", after.partition("<h2")[0]))
    return " ".join(words.split())


@pytest.fixture
def at_nine(time_machine):
    """The desk's Monday morning."""
    time_machine.move_to(NOW, tick=False)


def test_what_somebody_reported_lately_stands_on_their_first_page_and_on_nobody_elses(desk, at_nine):
    report(desk)
    shown = {who: part(home(desk, who), "What you reported lately") for who in ("fay", "olu")}
    said = "Abusive, 1 August 2026 Reported to be decided by 5 August 2026 See all you reported"
    assert shown == {"fay": said, "olu": ""}


def test_nobody_sees_anything_before_signing_in(desk):
    answer = Client(SERVER_NAME="localhost").get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


RUN_CASES = ["Owed by you", "Waiting for you", "Your cases"]
FIRST = {
    "fay": ["Your cases"],
    "olu": RUN_CASES,
    "mina": RUN_CASES,
    "sam": RUN_CASES,
    "audra": ["Cases to audit", "What audits asked for and is not done yet"],
    "dara": ["What you look after"],
    "pol": ["What you look after"],
    "ada": ["What you look after"],
}
EMPTY = {
    "Owed by you": "Nothing is owed by you this week",
    "Waiting for you": "Nothing waits for your decision",
    "Your cases": "You have no open cases",
    "Cases to audit": "Every case that ended is audited",
    "What audits asked for and is not done yet": "Nothing is open",
}


@pytest.mark.parametrize("who", FIRST)
def test_every_role_finds_what_it_comes_for_and_no_part_that_could_never_fill(desk, who, at_nine):
    page = home(desk, who)
    titles = re.findall(r'<h2 class="govuk-heading-m">([^<]+)</h2>', page)
    assert titles == FIRST[who]
    for title in titles:
        assert part(page, title).startswith(EMPTY.get(title, ""))


@pytest.mark.parametrize(
    ("who", "where"), [("dara", "/looks/alerts/"), ("pol", "/policy/diff/"), ("ada", "/settings/")]
)
def test_whoever_looks_after_something_beside_the_cases_finds_it_first(desk, who, where, at_nine):
    browser = desk.client(who)
    looked_after = browser.get("/").content.decode().partition("What you look after")[2]
    places = re.findall(r'<li><a class="govuk-link" href="([^"]+)">', looked_after)
    assert where in places
    assert [browser.get(place).status_code for place in places] == [200] * len(places)


def test_a_part_that_is_not_for_a_role_appears_once_something_is_in_it(desk, at_nine):
    report(desk)
    open_case(desk)
    found = {"clause": "6.2", "what": "A need.", "action": "Ask her.", "owner": "fay", "due_on": "2026-08-06"}
    desk.take("audit_case", "case", "UC-1", "audra", findings=[found])
    page = home(desk, "fay")
    assert part(page, "Owed by you").startswith("In the next seven days Complete what the audit asked for")
    assert 'href="/case/UC-1/do/complete_audit_action/?target=UC-1%232&amp;number=1"' in page


def test_reporting_comes_first_and_big_for_front_line_colleagues(desk, at_nine):
    fay, olu, ada = home(desk, "fay"), home(desk, "olu"), home(desk, "ada")
    assert re.search(r'<a href="/report/"[^>]*eh-button--big[^>]*>Report an incident</a>', fay)
    assert re.search(r'<a href="/report/"[^>]*govuk-button--secondary[^>]*>Report an incident</a>', olu)
    assert 'class="eh-begin"' not in ada


def test_what_is_owed_says_what_whose_by_when_under_which_clause_and_where_to_do_it(desk, time_machine):
    report(desk)
    open_case(desk)
    put_allegation(desk)
    due_on = OpenDuty.objects.get(duty="hear_customer").due_on
    time_machine.move_to(datetime.combine(due_on - timedelta(days=2), time(9), UTC), tick=False)
    page = home(desk, "olu")
    owed = part(page, "Owed by you").partition("In the next seven days ")[2]
    assert owed.startswith(
        "Hear the customer's side Carol Ashdown, UC-1 · Put the allegation to the customer, 3 August 2026 "
        f"{by_when(due_on, due_on - timedelta(days=2))} 1.5"
    )
    assert 'href="/case/UC-1/do/record_account/"' in page


def test_an_overdue_decision_stands_with_what_is_overdue(desk, time_machine):
    report(desk)
    time_machine.move_to(NOW + timedelta(days=20), tick=False)
    page = home(desk, "olu")
    owed = part(page, "Owed by you")
    assert owed.startswith("Overdue Decide what becomes of the report")
    assert "Carol Ashdown, IN-1" in owed
    assert "days overdue" in owed
    assert 'href="/triage/IN-1/"' in page
    assert part(page, "Waiting for you").startswith("Nothing waits for your decision")


def test_what_waits_for_a_line_manager_is_to_endorse_and_to_approve(desk, at_nine):
    report(desk)
    open_case(desk)
    propose_flag(desk)
    mina = part(home(desk, "mina"), "Waiting for you")
    assert "Endorse the case, or decline it" in mina
    assert "since 3 August" in mina
    assert "Approve the flag, or decline it" in mina
    for other in ("nils", "sam", "olu", "fay"):
        assert "UC-1" not in part(home(desk, other), "Waiting for you")


def test_words_not_sent_are_found_again(desk, at_nine):
    report(desk)
    open_case(desk)
    Draft.objects.create(staff="olu", page="/case/UC-1/do/add_note/", data={"text": ["Half a"]}, saved_at=NOW)
    Draft.objects.create(staff="olu", page="/report/", data={}, saved_at=NOW)
    Draft.objects.create(staff="fay", page="/case/new/", data={}, saved_at=NOW)
    said = part(home(desk, "olu"), "Not sent yet")
    assert "Add a note, UC-1 kept since 3 August 2026" in said
    assert "Report of an incident" in said
    assert "A new case" not in said


def test_h1_a_draft_on_a_file_that_was_shut_to_its_writer_is_not_named(desk, at_nine):
    report(desk)
    open_case(desk)
    Draft.objects.create(staff="sam", page="/case/UC-1/do/add_note/", data={}, saved_at=NOW)
    assert "UC-1" in home(desk, "sam")
    desk.take("restrict_case", "case", "UC-1", "mina", allowed=["mina"], reasons="A colleague's neighbour.")
    assert "UC-1" not in home(desk, "sam")


def test_h2_the_data_protection_officer_finds_what_was_opened_by_breaking_the_glass(desk, at_nine):
    report(desk)
    otto = viewer_of(Account.objects.get(staff_id="otto"), NOW)
    assert break_glass(otto, "IN-1", "A call about it came to me.") is not None
    page = home(desk, "dara")
    assert "1 file was opened in an emergency and must be looked into." in page
    assert 'href="/looks/alerts/"' in page
    assert "must be looked into" not in home(desk, "mina")


def test_the_policys_owner_is_told_that_it_is_past_its_review(desk, at_nine):
    review_by = in_force().about.review_by
    assert review_by == date(2023, 5, 13)
    assert "passed its review date on 13 May 2023" in home(desk, "pol")
    assert "passed its review date" not in home(desk, "olu")


def test_the_page_asks_no_more_of_the_database_for_many_lines_than_for_one(desk, at_nine):
    report(desk)
    open_case(desk)
    put_allegation(desk)
    browser = desk.client("olu")
    browser.get("/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/")
    for number in range(2, 9):
        report(desk, f"IN-{number}")
        open_case(desk, f"UC-{number}", incident=f"IN-{number}")
        put_allegation(desk, f"UC-{number}", incident=f"IN-{number}")
    with CaptureQueriesContext(connection) as many:
        browser.get("/")
    assert len(many) == len(few)


def test_an_overdue_decision_stands_in_one_place_only(desk, time_machine):
    report(desk)
    open_case(desk)
    desk.take("endorse_case", "case", "UC-1", "mina", reasons="Two talks did not help.")
    brought = {"subject": "carol", "remedy": "office_access", "imposed_on": "2026-05-04", "source": "The old system."}
    desk.take("bring_in_sanction", "case", "UC-1", "olu", **brought)
    time_machine.move_to(NOW + timedelta(days=21), tick=False)
    page = home(desk, "mina")
    assert page.count('href="/case/UC-1/do/approve_sanction/?target=UC-1%233"') == 1
    assert "Limited access to offices: brought in a sanction from before, 3 August 2026" in part(page, "Owed by you")


def test_a_deputy_is_told_for_whom_they_stand_in_and_until_when(desk, at_nine):
    assert "You stand in for" not in home(desk, "nils")
    Deputy.objects.create(staff_id="mina", deputy_id="nils", since=NOW.date(), until=date(2026, 8, 21))
    mark_changed()
    assert "You stand in for <strong>Mina Rao</strong> until 21 August 2026" in home(desk, "nils")
    assert "You stand in for" not in home(desk, "mina")
