"""Work lists, the manager's view and exports, as browsers get them."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases.models import FileIndex, FileStaff, FlagIndex, OpenDuty, SanctionIndex
from evenhand.looks.models import Look
from evenhand.people.models import Connection, Customer
from evenhand.people.writing import mark_changed
from evenhand.web.models import SavedFilter
from tests.desk import NOW
from tests.web.lists.conftest import open_case, propose_flag, put_allegation, report

DAY = date(2026, 8, 3)
LISTS = ("cases", "duties", "customers", "flags", "sanctions", "inquiries")


@pytest.fixture(autouse=True)
def at_nine(time_machine):
    time_machine.move_to(NOW, tick=False)


def rows(browser, path: str, **query: str) -> list[list[str]]:
    """The words of each row of the list's table."""
    answer = browser.get(path, query)
    assert answer.status_code == 200
    table = answer.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in table.split("</tr>")[:-1]
    ]


def first(browser, path: str, **query: str) -> list[str]:
    return [row[0] for row in rows(browser, path, **query)]


def plant(number: int, **changes) -> None:
    """One case of olu's with a duty and a measure, straight into the projections."""
    name = f"UC-{number:03}"
    case = {"kind": "case", "state": "endorsed", "subject": "carol", "officer": "olu", "edition": ""}
    days = {"opened_on": DAY - timedelta(days=number), "last_on": DAY, "due_on": None}
    FileIndex.objects.create(**{"name": name, **case, **days, "is_open": True, "is_restricted": False, **changes})
    FileStaff.objects.create(file=name, staff="olu", stays=True)
    promised = {"made_by": f"{name}#1", "duty": "hear_customer", "clause": "1.5", "about": f"{name}#1"}
    OpenDuty.objects.create(
        file=name, **promised, owners="case_officer", keeper="olu", due_on=DAY - timedelta(days=number)
    )
    measure = {"remedy": "warning", "kinds": "warning", "proposed_on": DAY, "proposed_by": "fay", "imposed_on": DAY}
    SanctionIndex.objects.create(ref=f"{name}#1", file=name, subject="carol", **measure, review_by=DAY, approved_on=DAY)
    flag = {**case, **days, "kind": "flag", "state": "approved", "is_open": True, "is_restricted": False}
    FileIndex.objects.create(name=f"FL-{number:03}", **flag)
    FlagIndex.objects.create(
        file=f"FL-{number:03}", subject="carol", place="", category="x", set_on=DAY, review_by=DAY, is_declined=False
    )
    inquiry = {**case, **days, "kind": "inquiry", "state": "open", "is_open": True, "is_restricted": True}
    FileIndex.objects.create(name=f"IQ-{number:03}", **inquiry)
    FileStaff.objects.create(file=f"IQ-{number:03}", staff="sam", stays=True)
    Customer.objects.create(id=f"c{number:03}", name=f"Customer {number:03}", home_id="100001")


@pytest.mark.parametrize("listing", LISTS)
def test_an_empty_list_says_what_will_appear_and_what_to_do_next(desk, listing):
    Customer.objects.all().delete()
    page = desk.client("sam").get(f"/{listing}/").content.decode()
    assert 'class="eh-empty"' in page
    assert "here" in page.partition('class="eh-empty"')[2]
    assert "<table" not in page


@pytest.mark.parametrize("listing", LISTS)
def test_a_filter_that_nothing_passes_says_so_and_offers_to_take_it_off(desk, listing):
    queries = {"customers": {"words": "nobody at all"}, "flags": {"state": "over"}, "duties": {"who": "ada"}}
    query = {**queries, "inquiries": {"state": "concluded"}}.get(listing, {"officer": "ada"})
    page = desk.client("sam").get(f"/{listing}/", query).content.decode()
    assert "Nothing fits these filters" in page


@pytest.mark.parametrize("listing", [*LISTS, "team"])
def test_a_list_asks_the_same_number_of_questions_for_one_row_and_for_fifty(desk, listing):
    browser = desk.client("sam")
    plant(1)
    path = f"/{listing}/?whose=all"
    browser.get(path)
    with CaptureQueriesContext(connection) as one:
        browser.get(path)
    for number in range(2, 51):
        plant(number)
    with CaptureQueriesContext(connection) as fifty:
        browser.get(path)
    assert len(fifty) == len(one)


def test_cases_open_with_ones_own_and_reach_as_far_as_one_sees(desk):
    report(desk)
    open_case(desk)
    report(desk, "IN-2", by="otto", subject="dan")
    open_case(desk, "UC-2", by="otto", incident="IN-2", subject="dan")
    assert first(desk.client("olu"), "/cases/") == ["UC-1"]
    assert first(desk.client("otto"), "/cases/") == ["UC-2"]
    assert first(desk.client("mina"), "/cases/") == ["UC-1"]
    assert first(desk.client("sam"), "/cases/", whose="all") == ["UC-2", "UC-1"]
    assert first(desk.client("nils"), "/cases/", whose="all") == ["UC-2"]


def test_h1_a_restricted_case_is_on_no_list_of_those_it_is_kept_from(desk):
    report(desk)
    open_case(desk)
    put_allegation(desk)
    desk.take("restrict_case", "case", "UC-1", "mina", allowed=["mina"], reasons="A colleague's neighbour.")
    sam = desk.client("sam")
    assert first(sam, "/cases/", whose="all", state="any") == []
    assert [row for row in rows(sam, "/duties/", whose="all") if "UC-1" in row] == []
    assert "UC-1" not in sam.get("/team/").content.decode()
    assert first(desk.client("mina"), "/cases/", whose="all") == ["UC-1"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["UC-001", "UC-002", "UC-003"]),
        ({"sort": "oldest"}, ["UC-003", "UC-002", "UC-001"]),
        ({"sort": "due"}, ["UC-003", "UC-001", "UC-002"]),
        ({"from": "2026-08-01"}, ["UC-001", "UC-002"]),
        ({"to": "2026-08-01"}, ["UC-002", "UC-003"]),
        ({"state": "closed"}, ["UC-004"]),
        ({"state": "any"}, ["UC-001", "UC-002", "UC-003", "UC-004"]),
        ({"restricted": "yes", "state": "any"}, ["UC-004"]),
        ({"whose": "all", "officer": "fay"}, []),
        ({"live": "yes"}, ["UC-001", "UC-002", "UC-003"]),
        ({"overdue": "yes"}, ["UC-001", "UC-002", "UC-003"]),
    ],
)
def test_cases_are_filtered_and_sorted(desk, query, shown):
    plant(1)
    plant(2)
    plant(3, due_on=DAY)
    plant(4, state="closed", is_open=False, is_restricted=True)
    assert first(desk.client("olu"), "/cases/", **query) == shown


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"from": "yesterday"}, "Opened on or after: 'yesterday' is no day; write it like 20/8/2026."),
        ({"state": "asleep"}, "State: 'asleep' cannot be chosen here; choose from the list."),
        ({"officer": "<script>"}, "Officer: '&lt;script&gt;' cannot be chosen here; choose from the list."),
    ],
)
def test_a_filter_wrongly_filled_in_says_how_to_mend_it_and_keeps_what_was_typed(desk, query, says):
    plant(1)
    page = desk.client("mina").get("/cases/", {"whose": "all", **query}).content.decode().replace("&#39;", "'")
    assert page.count(says) == 2
    assert "Error: Cases" in page
    assert "UC-001" in page


def test_what_is_chosen_is_said_in_words(desk):
    plant(1)
    query = {"whose": "all", "state": "any", "live": "yes", "from": "2026-08-01"}
    page = desk.client("olu").get("/cases/", query).content.decode()
    said = "Shown: Whose: All I may see; State: Any; Opened on or after: 2026-08-01; A sanction is in force."
    assert said in page
    assert "Shown:" not in desk.client("olu").get("/cases/").content.decode()


def test_a_filter_beyond_what_one_sees_is_not_offered(desk):
    page = desk.client("fay").get("/cases/", {"team": "south"}).content.decode()
    assert 'name="team"' not in page


@pytest.mark.parametrize("query", [{"after": "x"}, {"before": "[]"}, {"after": '["x", "y"]'}, {"sort": "no such"}])
def test_a_place_that_is_none_gives_the_first_page(desk, query):
    plant(1)
    assert first(desk.client("olu"), "/cases/", **query) == ["UC-001"]


def test_long_lists_come_in_pages_that_lead_forth_and_back(desk):
    for number in range(1, 61):
        plant(number)
    olu, seen, path = desk.client("olu"), [], "/cases/"
    while path:
        page = olu.get(path).content.decode()
        seen += re.findall(r">(UC-\d+)</a>", page)
        path = _link(page, "next")
    assert seen == [f"UC-{number:03}" for number in range(1, 61)]
    back = olu.get(_link(page, "prev")).content.decode()
    assert re.findall(r">(UC-\d+)</a>", back) == seen[25:50]


def _link(page: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page)
    return found[1].replace("&amp;", "&") if found else ""


def test_duties_are_filtered_by_whose_age_keeper_and_kind(desk):
    plant(1)
    plant(20)
    report(desk)
    olu = desk.client("olu")
    assert [row[4] for row in rows(olu, "/duties/", age="long")] == ["20 days overdue"]
    assert [row[4] for row in rows(olu, "/duties/", age="overdue")] == ["20 days overdue", "1 day overdue"]
    assert first(olu, "/duties/", kind="decisions") == ["Decide what becomes of the report"]
    assert [row[3] for row in rows(olu, "/duties/", whose="all", who="olu")] == ["UC-020", "UC-001"]
    assert [row[3] for row in rows(olu, "/duties/", whose="all", who="nobody")] == ["IN-1"]
    assert rows(desk.client("fay"), "/duties/") == []


def test_sanctions_say_where_each_stands_and_when_its_review_is(desk):
    plant(1)
    SanctionIndex.objects.update(review_by=DAY - timedelta(days=1))
    sam = desk.client("sam")
    assert rows(sam, "/sanctions/") == [
        ["warning", "Carol Ashdown", "UC-001", "In force", "3 August 2026", "1 day overdue", "", "Olu Lamb"]
    ]
    assert len(rows(sam, "/sanctions/", due="overdue")) == 1
    SanctionIndex.objects.update(imposed_on=None, approved_on=None)
    assert rows(sam, "/sanctions/") == []
    assert [row[3] for row in rows(sam, "/sanctions/", state="proposed")] == ["Waiting for a decision"]
    SanctionIndex.objects.update(approved_on=DAY)
    assert [row[3] for row in rows(sam, "/sanctions/", state="approved")] == ["Approved"]
    SanctionIndex.objects.update(ended_on=DAY)
    assert [row[3] for row in rows(sam, "/sanctions/", state="ended")] == ["Ended"]


def test_h28_the_list_of_flags_tells_neither_why_nor_what_to_do_and_is_not_exported(desk):
    report(desk)
    propose_flag(desk)
    mina = desk.client("mina")
    page = mina.get("/flags/", {"state": "any"}).content.decode()
    assert "FL-1" in page
    assert "Two people" not in page
    assert "hreats" not in page
    assert "/lists/flags/export/" not in page
    assert mina.get("/lists/flags/export/").status_code == 404


def test_customers_are_found_by_part_of_a_name_or_an_address(desk):
    olu = desk.client("olu")
    assert rows(olu, "/customers/") == [
        ["Carol Ashdown", "14 Quarry Rise, Bristol BS4 1AA", "Assured tenancy"],
        ["Dan Pryce", "3 Mill Lane, Bristol BS5 2BB", "Lease"],
    ]
    assert first(olu, "/customers/", words="mill bristol") == ["Dan Pryce"]
    assert first(olu, "/customers/", tenure="assured") == ["Carol Ashdown"]


def test_h1_customers_somebody_is_tied_to_are_not_on_their_list(desk):
    Connection.objects.create(staff_id="olu", to="carol")
    mark_changed()
    assert first(desk.client("olu"), "/customers/") == ["Dan Pryce"]


def test_a_filter_is_kept_under_a_name_found_again_and_removed(desk):
    plant(1)
    olu = desk.client("olu")
    kept = {"title": "Long overdue", "query": "whose=all&overdue=yes&junk=1"}
    assert olu.post("/lists/cases/save/", kept)["Location"] == "/cases/?whose=all&overdue=yes"
    page = olu.get("/cases/").content.decode()
    assert '<a class="govuk-link" href="/cases/?whose=all&amp;overdue=yes">Long overdue</a>' in page
    assert "Long overdue" not in desk.client("fay").get("/cases/").content.decode()
    number = SavedFilter.objects.get().pk
    assert desk.client("fay").post(f"/lists/saved/{number}/delete/").status_code == 404
    assert olu.post(f"/lists/saved/{number}/delete/")["Location"] == "/cases/"
    assert SavedFilter.objects.count() == 0


def test_a_filter_without_a_name_is_not_kept(desk):
    assert desk.client("olu").post("/lists/cases/save/", {"title": " ", "query": ""}).status_code == 302
    assert SavedFilter.objects.count() == 0


@pytest.mark.parametrize("path", ["/lists/nonsense/export/", "/lists/nonsense/save/"])
def test_there_is_nothing_under_a_list_that_is_none(desk, path):
    assert desk.client("olu").post(path).status_code == 404


def test_an_export_asks_what_it_is_for(desk):
    plant(1)
    olu = desk.client("olu")
    asked = olu.get("/lists/cases/export/", {"live": "yes"})
    assert asked.status_code == 200
    assert 'name="query" value="live=yes"' in asked.content.decode()
    refused = olu.post("/lists/cases/export/", {"query": "live=yes", "reason": "  "})
    assert refused.status_code == 422
    assert "Say what the export is for." in refused.content.decode()
    assert 'name="query" value="live=yes"' in refused.content.decode()
    assert Look.objects.filter(kind="export").count() == 0


def test_an_export_holds_what_is_filtered_harmlessly_and_is_noted_with_its_reason(desk):
    plant(1)
    plant(2)
    Customer.objects.filter(id="carol").update(name="=HYPERLINK(1)")
    answer = desk.client("olu").post("/lists/cases/export/", {"query": "from=2026-08-02", "reason": "Team meeting"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="cases-2026-08-03.csv"'
    table = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert table[0][:3] == ["Case", "Person", "State"]
    assert [row[:3] for row in table[1:]] == [["UC-001", "'=HYPERLINK(1)", "Endorsed; Sanction in force"]]
    noted = Look.objects.filter(kind="export")
    assert list(noted.values_list("staff", "file", "purpose")) == [("olu", "cases", "Team meeting")]


def test_a_long_export_holds_every_row(desk):
    FileIndex.objects.bulk_create(
        FileIndex(
            name=f"UC-{number:04}",
            kind="case",
            state="opened",
            subject="carol",
            officer="sam",
            edition="",
            opened_on=DAY,
            last_on=DAY,
            is_open=True,
            is_restricted=False,
        )
        for number in range(1_100)
    )
    answer = desk.client("sam").post("/lists/cases/export/", {"query": "whose=all", "reason": "Audit"})
    names = [row[0] for row in csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))][1:]
    assert names == [f"UC-{number:04}" for number in reversed(range(1_100))]


def test_a_manager_sees_duties_by_person_and_age_and_each_number_leads_to_its_list(desk):
    plant(1)
    plant(20)
    page = desk.client("mina").get("/team/").content.decode()
    links = {
        link.replace("&amp;", "&"): number
        for link, number in re.findall(r'href="(/(?:duties|cases|sanctions)/\?[^"]+)">(\d+)<', page)
    }
    assert links == {
        "/duties/?whose=all&who=olu&age=long": "1",
        "/duties/?whose=all&who=olu&age=overdue": "2",
        "/cases/?whose=all&officer=olu": "2",
        "/sanctions/?whose=all&officer=olu": "2",
        "/sanctions/?whose=all&officer=olu&due=week": "2",
    }
    mina = desk.client("mina")
    assert {link: str(len(rows(mina, link))) for link in links} == links


def test_the_managers_view_is_for_those_who_see_more_than_their_own(desk):
    assert [desk.client(who).get("/team/").status_code for who in ("mina", "sam", "fay")] == [200, 200, 404]
