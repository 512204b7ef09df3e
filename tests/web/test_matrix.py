"""Who gets what: every address x everybody x what the file is to them x every method, as it is written down."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from evenhand.people.models import Connection, Customer, SafeContact, StaffRole
from evenhand.people.writing import mark_changed
from tests.desk import NOW, Desk
from tests.web.matrix import ABOUT_A_CASE, ANSWERS, CASES, OF_THE_LIBRARY, OK, OPEN, OUT, SEES, STAFF, WHY, Answer
from tests.web.steps_at_the_desk import OPENED

METHODS = ("put", "patch", "delete", "options", "trace")
NAMES = {case: f"UC-2026-{case.upper()}" for case in CASES}


def named(patterns: Any = None) -> set[str]:
    """The name of every address of the resolver."""
    found: set[str] = set()
    for one in get_resolver().url_patterns if patterns is None else patterns:
        found |= named(one.url_patterns) if isinstance(one, URLResolver) else {str(one.name)}
        assert isinstance(one, URLPattern | URLResolver)
    return found


@pytest.fixture
def landlord(desk):
    """The desk with a case of each kind, a report of Fay's, and a tie of everybody's to Ed."""
    Customer.objects.create(id="ed", name="Ed Moss")
    mark_changed()
    opened = {"north": ("carol", "olu", "fay"), "south": ("dan", "otto", "nils")}
    opened |= {"shut": ("carol", "olu", "fay"), "tied": ("ed", "otto", "nils")}
    for case, (subject, officer, colleague) in opened.items():
        said = {**OPENED, "subject": subject, "colleague": colleague}
        desk.take("open_case", "case", NAMES[case], officer, **said)
    desk.take("assign_case", "case", NAMES["north"], "mina", officer="olu")
    desk.take("restrict_case", "case", NAMES["shut"], "mina", reasons="A colleague is in it.", allowed=["mina"])
    desk.take("report_incident", "incident", "IN-FAY", "fay", subject="carol", what_happened="She swore at me.")
    for who in STAFF:
        Connection.objects.create(staff_id=who, to="ed")
    SafeContact.objects.create(customer_id="carol", channel="phone", rule="never")
    mark_changed()
    with time_machine.travel(NOW, tick=False):
        yield desk


def path(name: str, answer: Answer, case: str = "") -> str:
    """The path of an address, its arguments filled in."""
    known = {
        "TIE": lambda: Connection.objects.get(staff_id="fay").pk,
        "ROLE": lambda: StaffRole.objects.get(staff_id="fay").pk,
        "RULE": lambda: SafeContact.objects.get().pk,
        "NAME": lambda: NAMES[case],
    }
    filled = [known[word]() if word in known else word for word in answer.arguments]
    return reverse(name, args=filled)


def test_every_address_has_an_answer_written_down():
    assert named() - {"step"} == (ANSWERS.keys() | ABOUT_A_CASE.keys() | OF_THE_LIBRARY | {"health"}) - {"step"}


@pytest.mark.parametrize("who", STAFF)
def test_every_address_answers_everybody_as_written(landlord: Desk, who: str):
    browser = landlord.client(who, raise_request_exception=False)
    found = {name: browser.get(path(name, answer)).status_code for name, answer in ANSWERS.items()}
    assert found == {name: answer.to_whom(who) for name, answer in ANSWERS.items()}


@pytest.mark.parametrize("who", STAFF)
@pytest.mark.parametrize("name", sorted(ABOUT_A_CASE))
def test_h1_a_case_answers_everybody_by_what_it_is_to_them(landlord: Desk, who: str, name: str):
    browser = landlord.client(who, raise_request_exception=False)
    answer = ABOUT_A_CASE[name]
    found = [browser.get(path(name, answer, case)).status_code for case in CASES]
    assert found == [_seen(name, answer, seen, who) for seen in SEES[who]]


def _seen(name: str, answer: Answer, seen: int, who: str) -> int:
    """Who is asked why they look is asked so on every page of the case but the one that asks."""
    if seen == OK and who not in answer.to:
        return answer.otherwise
    if name == "purpose" and seen == WHY:
        return OK
    return answer.status if seen == OK else seen


def test_h1_a_case_not_to_be_seen_is_byte_for_byte_one_that_is_not_there(landlord: Desk):
    for who, case in (("sam", "shut"), ("olu", "south"), ("olu", "tied"), ("fay", "south")):
        browser = landlord.client(who)
        hidden = browser.get(f"/case/{NAMES[case]}/").content.replace(NAMES[case].encode(), b"")
        missing = browser.get("/case/UC-2026-NOSUCH/").content.replace(b"UC-2026-NOSUCH", b"")
        assert (who, case, hidden) == (who, case, missing)


def test_nobody_gets_in_without_signing_in(landlord: Desk):
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    for name, answer in {**ANSWERS, **ABOUT_A_CASE}.items():
        if name in (*OPEN, "brand_file"):
            continue
        for ask in (browser.get, browser.post):
            found = ask(path(name, answer, "north"))
            assert (name, found.status_code, found["Location"].partition("?")[0]) == (name, 302, "/account/login/")
    assert {name: browser.get(reverse(name)).status_code for name in OPEN} == OPEN


@pytest.mark.parametrize("method", METHODS)
def test_no_address_answers_another_method(landlord: Desk, method: str):
    browser = landlord.client("mina", raise_request_exception=False)
    every = {**ANSWERS, **ABOUT_A_CASE}
    found = {name: getattr(browser, method)(path(name, answer, "north")).status_code for name, answer in every.items()}
    assert found == dict.fromkeys(every, OUT)


def test_what_is_only_read_is_not_posted_to(landlord: Desk):
    browser = landlord.client("mina", raise_request_exception=False)
    every = {**ANSWERS, **ABOUT_A_CASE}
    reads = {name: answer for name, answer in every.items() if not answer.posts}
    found = {name: browser.post(path(name, answer, "north")).status_code for name, answer in reads.items()}
    assert found == dict.fromkeys(reads, OUT)


def test_h11_a_contractor_sees_no_case_and_no_customer(landlord: Desk):
    StaffRole.objects.filter(staff_id="fay").update(role="contractor")
    mark_changed()
    browser = landlord.client("fay", raise_request_exception=False)
    paths = [path(name, answer, "north") for name, answer in ABOUT_A_CASE.items()]
    assert {browser.get(one).status_code for one in [*paths, "/person/carol/"]} == {404}
    assert browser.get("/triage/IN-FAY/").status_code == 403
    for listed in ("/", "/cases/", "/customers/", "/search/?q=Ashdown"):
        assert (listed, b"Carol" in browser.get(listed).content) == (listed, False)
