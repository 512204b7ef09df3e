"""Every page with a customer's data is noted once; why, by whom; and opening what is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.accounts.models import Account
from evenhand.looks.models import Grant, Look
from evenhand.people.changing import Hand
from evenhand.people.models import Connection
from evenhand.people.settled import settle
from evenhand.people.writing import mark_changed
from tests.desk import NOW, PASSWORD
from tests.web.steps_at_the_desk import send

OPENED = {
    "subject": "carol",
    "colleague": "fay",
    "breakdown": "Calls end in rows.",
    "tried_first": "A weekly call was agreed.",
}


@pytest.fixture
def case(desk) -> str:
    """UC-1 of the north team, which rests on IN-1 by Fay, about Carol; and FL-1."""
    desk.take("report_incident", "incident", "IN-1", "fay", subject="carol", what_happened="She shouted.")
    desk.take("open_case", "case", "UC-1", "olu", incidents=["IN-1"], **OPENED)
    warns = {"category": "threats_and_abuse", "control_measures": ["two_people"], "reasons": "A threat."}
    desk.take("propose_flag", "flag", "FL-1", "olu", subject="carol", incident="IN-1", **warns)
    return "UC-1"


@pytest.fixture
def restricted(desk, case) -> str:
    """The same case, kept to its officer and their manager."""
    desk.take("restrict_case", "case", "UC-1", "mina", reasons="A colleague is in it.")
    return case


def fresh(desk, who: str) -> Client:
    """A browser of somebody who has just proved who they are."""
    account = Account.objects.get(staff_id=who)
    account.set_password(PASSWORD)
    account.save()
    return prove(desk.client(who))


def prove(client: Client) -> Client:
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


SHOWS = {
    "/case/UC-1/": ("case", "UC-1", "carol"),
    "/incident/IN-1/": ("incident", "IN-1", "carol"),
    "/flag/FL-1/": ("flag", "FL-1", "carol"),
    "/person/carol/": ("person", "carol", "carol"),
    "/case/UC-1/do/consider_conversation/": ("case", "UC-1", "carol"),
    "/person/carol/do/record_need/": ("person", "carol", "carol"),
    "/person/carol/details/": ("person", "carol", "carol"),
    "/evidence/new/case/UC-1/": ("case", "UC-1", "carol"),
    "/triage/IN-1/": ("incident", "IN-1", "carol"),
    "/search/?q=shouted": ("search", "shouted", ""),
    "/looks/case/UC-1/": ("case", "UC-1", "carol"),
}
"""Pages with a customer's data, each with what is noted when a manager reads it."""


def test_h1_what_only_leads_on_is_no_look_and_what_it_leads_to_is_one(desk, case):
    path, olu = "/case/UC-1/do/add_note/", desk.client("olu")
    led = send(olu, path, {"text": "Called back."})
    assert (led.status_code, [*Look.objects.values_list("page", flat=True)]) == (302, [path])  # the form, opened
    kept = olu.post(path, {"text": "Called b", "act": "keep"}, headers={"Accept": "application/json"})
    assert (kept.status_code, Look.objects.count()) == (204, 1)
    assert send(olu, path, {"text": ""}).status_code == 422
    assert olu.get(led.url).status_code == 200
    assert [*Look.objects.order_by("id").values_list("page", flat=True)] == [path, path, path, "/case/UC-1/"]


@pytest.mark.parametrize(("page", "noted"), SHOWS.items())
def test_h1_every_page_with_a_customers_data_is_noted_once(desk, case, page, noted):
    assert desk.client("mina").get(page).status_code == 200
    assert list(Look.objects.values_list("kind", "file", "customer")) == [noted]
    assert list(Look.objects.values_list("staff", "page")) == [("mina", page.partition("?")[0])]


NOTED_ELSEWHERE = {
    *("details_edit", "details_add", "details_end"),  # parts of `details`
    *("evidence", "evidence_original", "evidence_picture", "evidence_thumbnail", "evidence_remove"),
    *("evidence_describe", "my_report", "my_report_support", "report_page", "report_check", "report_sent"),
    *("export", "looks_behind", "looks_export"),
}
"""Pages that show a customer's data as well, held by the tests of those who made them."""

SHOWS_NONE = {
    *("home", "cases", "duties", "customers", "flags", "sanctions"),  # lists need not note each row
    *("inquiries", "team"),
    *("filter_save", "filter_delete", "settings", "colleagues", "new_colleague", "colleague", "colleague_name"),
    *("colleague_code", "colleague_address", "way_in", "organisation", "numbers", "looks_unusual", "colleague_switch"),
    *("colleague_second_factor", "colleague_drop", "colleague_add"),
    *("colleague_end", "teams", "new_team", "roles", "role", "homes", "new_home", "home_register", "new_customer"),
    *("report", "report_again", "my_reports", "triage_pot", "glass_ask", "glass_mine", "glass_alerts", "glass_close"),
    *("purpose", "new_file", "policy", "policy_edition", "guidance", "policy_diff", "brand_file", "settings_brand"),
    *("gallery", "accessibility", "health", "me", "me_add", "me_end"),
}
"""Pages that show no one customer's data."""

SHOWN_ABOVE = {"file", "step", "details", "evidence_new", "triage", "search", "looks"}


def names_of(resolver: URLResolver) -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(pattern.name or "")
        elif not str(pattern.pattern).startswith("account"):
            found |= names_of(pattern)
    return found


def test_h1_every_address_is_known_to_show_customers_data_or_not():
    assert names_of(get_resolver()) - NOTED_ELSEWHERE - SHOWS_NONE - SHOWN_ABOVE == set()


def test_h1_no_page_is_shown_when_the_look_cannot_be_noted(desk, case):
    with connections["looks"].cursor() as cursor:
        says = "SELECT RAISE(ABORT, 'database or disk is full')"
        cursor.execute(f"CREATE TRIGGER full BEFORE INSERT ON looks_look BEGIN {says}; END")
    answer = desk.client("olu").get("/case/UC-1/")
    assert (answer.status_code, b"Carol" in answer.content) == (503, False)
    assert desk.client("olu").get("/cases/").status_code == 200


def test_h1_who_sees_everything_is_asked_why_and_comes_back(desk, case):
    audra = desk.client("audra")
    asked = audra.get("/case/UC-1/?kind=decisions")
    assert asked["Location"] == "/looks/why/case/UC-1/?next=%2Fcase%2FUC-1%2F%3Fkind%3Ddecisions"
    page = audra.get(asked["Location"])
    assert (page.status_code, b"Why do you look at UC-1?" in page.content) == (200, True)
    assert audra.post(asked["Location"], {"purpose": ""}).status_code == 422
    assert b"Say in a few words why" in audra.post(asked["Location"], {"purpose": "other"}).content
    back = audra.post(asked["Location"], {"purpose": "audit", "words": "Sample 4."})
    assert (back.status_code, back["Location"]) == (302, "/case/UC-1/?kind=decisions")
    assert list(Look.objects.all()) == []
    assert audra.get(back["Location"]).status_code == 200
    assert audra.get("/case/UC-1/").status_code == 200
    assert list(Look.objects.values_list("purpose", flat=True)) == ["An audit: Sample 4."] * 2


def test_what_asks_why_leads_nowhere_else(desk, case):
    answer = desk.client("audra").post("/looks/why/case/UC-1/?next=//elsewhere.example/", {"purpose": "audit"})
    assert answer["Location"] == "/case/UC-1/"


def test_who_has_looked_is_shown_to_who_watches_and_to_who_runs_the_case(desk, case):
    desk.client("olu").get("/case/UC-1/")
    desk.client("fay").get("/case/UC-1/")
    answers = {who: desk.client(who).get("/looks/case/UC-1/").status_code for who in ("olu", "mina", "fay", "otto")}
    assert answers == {"olu": 200, "mina": 200, "fay": 404, "otto": 404}
    page = desk.client("mina").get("/looks/case/UC-1/").content.decode()
    assert ["Olu Lamb" in page, "Fay Hart" in page, "Sia Vance" in page] == [True, True, False]
    only = desk.client("mina").get("/looks/case/UC-1/?staff=fay&since=2020-01-01&until=x").content.decode()
    assert ['data-label="Colleague">Fay Hart' in only, 'data-label="Colleague">Olu Lamb' in only] == [True, False]
    none = desk.client("mina").get("/looks/case/UC-1/?until=2020-01-01").content.decode()
    assert "Nobody looked" in none


def test_who_has_looked_is_found_on_the_case_itself(desk, case):
    desk.client("fay").get("/case/UC-1/")
    found = {who: desk.client(who).get("/case/UC-1/?show=access").content.decode() for who in ("mina", "fay")}
    link = 'href="/looks/case/UC-1/"'
    assert {who: ("Fay Hart" in page, link in page) for who, page in found.items()} == {
        "mina": (True, True),
        "fay": (True, False),
    }
    assert 'href="/case/UC-1/?show=access#looks-title"' in desk.client("fay").get("/case/UC-1/").content.decode()


def test_h1_a_hidden_file_answers_with_the_same_bytes_as_none(desk, restricted):
    otto = desk.client("otto")
    pairs = [
        ("/case/UC-1/", "/case/UC-2/"),
        ("/incident/IN-1/", "/incident/IN-2/"),
        ("/case/UC-1/do/close_case/", "/case/UC-2/do/close_case/"),
        ("/looks/case/UC-1/", "/looks/case/UC-2/"),
        ("/looks/why/case/UC-1/", "/looks/why/case/UC-2/"),
        ("/evidence/new/case/UC-1/", "/evidence/new/case/UC-2/"),
    ]
    for hidden, none in pairs:
        answers = [otto.get(page) for page in (hidden, none)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert list(Look.objects.all()) == []


def test_h2_breaking_the_glass_asks_for_a_fresh_sign_in_first(desk, restricted):
    with time_machine.travel(NOW, tick=False) as clock:
        otto = fresh(desk, "otto")
        clock.shift(timedelta(minutes=6))
        sent = otto.post("/looks/open/", {"reference": "UC-1", "reason": "He is at the door."})
        assert (sent.status_code, sent["Location"]) == (302, "/account/reauthenticate/?next=%2Flooks%2Fopen%2F")
        assert list(Grant.objects.all()) == []
        kept = prove(otto).get("/looks/open/").content.decode()
    assert ['value="UC-1"' in kept, "He is at the door." in kept] == [True, True]


def test_h2_the_glass_is_broken_for_an_hour_and_the_watcher_told_without_names(desk, restricted):
    with time_machine.travel(NOW, tick=False):
        otto = fresh(desk, "otto")
        assert otto.post("/looks/open/", {"reference": "", "reason": ""}).status_code == 422
        opened = otto.post("/looks/open/", {"reference": "UC-1", "reason": "He is at the door."})
        assert (opened.status_code, opened["Location"]) == (302, "/case/UC-1/")
        assert otto.get("/case/UC-1/").status_code == 200
    (told,) = mail.outbox
    assert told.to == ["dara@example.org"]
    said = f"{told.subject} {told.body}"
    assert [name in said for name in ("Otto", "otto", "UC-1", "Carol", "door")] == [False] * 5
    grant = Grant.objects.get()
    assert list(Look.objects.order_by("id").values_list("kind", "file", "purpose", "grant")) == [
        ("glass", "UC-1", "He is at the door.", None),
        ("case", "UC-1", "He is at the door.", grant.id),
    ]
    for minutes, expected in ((59, 200), (60, 404)):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            assert otto.get("/case/UC-1/").status_code == expected


def test_h2_a_wrong_reference_answers_as_one_that_stays_closed(desk, restricted):
    Connection.objects.create(staff_id="otto", to="carol")
    mark_changed()
    otto = fresh(desk, "otto")
    pages = []
    for reference in ("UC-1", "UC-9"):
        answer = otto.post("/looks/open/", {"reference": reference, "reason": "I must."})
        pages.append((answer.status_code, without_token(answer.content.decode()).replace(reference, "")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 422
    assert [list(Grant.objects.all()), mail.outbox] == [[], []]
    assert Look.objects.filter(kind="glass", purpose="I must.").count() == 2


def without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_what_one_may_see_anyway_needs_no_breaking(desk, restricted):
    answer = fresh(desk, "olu").post("/looks/open/", {"reference": "UC-1", "reason": "I forgot."})
    assert [answer["Location"], list(Grant.objects.all())] == ["/case/UC-1/", []]


def test_h2_somebody_else_looks_into_it_and_closes_it(desk, restricted):
    at = datetime.now(UTC) - timedelta(minutes=1)
    given = {"file": "UC-1", "kind": "case", "reason": "He is at the door.", "opened_at": at}
    grant = Grant.objects.create(staff="otto", until=at + timedelta(hours=1), **given)
    own = Grant.objects.create(staff="dara", until=at + timedelta(hours=1), **given)
    dara = desk.client("dara")
    page = dara.get("/looks/alerts/").content.decode()
    assert ["Otto Berg" in page, "He is at the door." in page] == [True, True]
    assert dara.get(f"/looks/alerts/{own.id}/").status_code == 404
    assert dara.post(f"/looks/alerts/{own.id}/", {"finding": "All was well."}).status_code == 404
    assert dara.post(f"/looks/alerts/{grant.id}/", {"finding": " "}).status_code == 422
    assert dara.post(f"/looks/alerts/{grant.id}/", {"finding": "It was needed."})["Location"] == "/looks/alerts/"
    grant.refresh_from_db()
    assert [grant.closed_by, grant.finding, own.closed_by] == ["dara", "It was needed.", ""]
    otto = desk.client("otto")
    assert "Dara Quill: It was needed." in otto.get("/looks/mine/").content.decode()
    assert otto.get("/case/UC-1/").status_code == 404
    assert [otto.get(f"/looks/alerts{rest}").status_code for rest in ("/", f"/{grant.id}/")] == [404, 404]


def test_h2_what_waits_longest_to_be_looked_into_stands_first_and_late_is_said(desk, restricted):
    given = {"staff": "otto", "file": "UC-1", "kind": "case"}
    for reason, days in (("The newer.", 0), ("The older.", 6)):  # NOW is a Monday: three working days are over
        at = NOW - timedelta(days=days)
        Grant.objects.create(**given, reason=reason, opened_at=at, until=at + timedelta(hours=1))
    Grant.objects.filter(reason="The older.").update(id=0)
    with time_machine.travel(NOW, tick=False):
        dara = desk.client("dara")
        page, home = (dara.get(path).content.decode() for path in ("/looks/alerts/", "/"))
        assert [page.index("The older.") < page.index("The newer."), page.count("Overdue")] == [True, 1]
        assert ["31 July 2026" in page, "6 August 2026" in page] == [True, True]
        assert "2 files were opened in an emergency and must be looked into; for 1 the last day has passed." in home
        settle(Hand("ada", NOW, "number", "look_into_days"), "look_into_days", 5)
        assert dara.get("/looks/alerts/").content.decode().count("Overdue") == 0


def test_empty_pages_say_what_will_be_there(desk):
    assert "You have opened nothing" in desk.client("otto").get("/looks/mine/").content.decode()
    assert "Nothing waits for you" in desk.client("dara").get("/looks/alerts/").content.decode()
