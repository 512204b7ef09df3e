"""A colleague's way in, from page to page: asked for by one, confirmed by another, used by themselves alone (H24)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from evenhand.accounts.models import Account, WayIn
from evenhand.people.models import Change
from tests.desk import NOW

PASSWORD = "four words quite apart"
HALF = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def asked(desk, clock) -> str:
    """The page of a code for Fay that Ada has asked for."""
    answer = desk.client("ada").post("/settings/colleagues/fay/code/")
    assert answer.status_code == 302
    return str(answer["Location"])


def half(desk, who: str, path: str) -> str:
    """The half of the code that somebody is shown."""
    (found,) = HALF.findall(desk.client(who).get(path).content.decode()) or [""]
    return str(found)


def use(first: str, second: str, password: str = PASSWORD, email: str = "fay@example.org"):
    typed = {"email": email, "first": first, "second": second, "password": password}
    return Client(SERVER_NAME="localhost").post("/account/code/", typed)


def signed_in(password: str = PASSWORD, email: str = "fay@example.org") -> int:
    """302 where the password lets somebody in, 200 where the page says that it does not."""
    browser = Client(SERVER_NAME="localhost")
    return int(browser.post("/account/login/", {"login": email, "password": password}).status_code)


def test_h24_two_colleagues_each_hold_half_and_only_the_third_chooses_the_password(desk, asked):
    mina = desk.client("mina")
    home = mina.get("/").content.decode()
    assert ["Ada Frost asks for Fay Hart to be let in." in home, f'href="{asked}"' in home] == [True, True]
    first = half(desk, "ada", asked)
    assert [bool(first), half(desk, "mina", asked)] == [True, ""]
    assert mina.post(asked, {"answer": "yes"})["Location"] == asked
    second = half(desk, "mina", asked)
    assert [half(desk, "ada", asked), second not in ("", first)] == [first, True]
    assert use(first.lower().replace("-", " "), second).status_code == 302
    assert signed_in() == 302
    assert mail.outbox[0].to == ["fay@example.org"]
    assert [(one.by, one.said) for one in Change.objects.order_by("id")] == [
        ("ada", "A code to choose a password by was asked for; somebody else has to confirm it"),
        ("mina", "A code to choose a password by was confirmed"),
        ("fay", "Chose a password by the code"),
    ]
    assert [use(first, second).status_code, half(desk, "ada", asked)] == [422, ""]


def test_h24_nothing_works_before_somebody_else_has_confirmed(desk, asked):
    first = half(desk, "ada", asked)
    page = desk.client("ada").get(asked).content.decode()
    assert ["Mina Rao" in page, "Yes, I have talked to them" in page] == [True, False]
    assert desk.client("ada").post(asked, {"answer": "yes"}).status_code == 200
    assert [use(first, "AAAA-AAAA").status_code, WayIn.objects.get().answered_by] == [422, ""]


@pytest.mark.parametrize("who", ["fay", "olu", "otto", "nils", "sam"])
def test_h24_nobody_else_confirms_or_even_sees_it(desk, asked, who):
    browser = desk.client(who)
    assert [browser.get(asked).status_code, browser.post(asked, {"answer": "yes"}).status_code] == [404, 404]
    assert "sign-in waits" not in browser.get("/").content.decode()


def test_h24_what_was_refused_gives_no_code(desk, asked):
    desk.client("mina").post(asked, {"answer": "no"})
    assert [half(desk, who, asked) for who in ("ada", "mina")] == ["", ""]
    assert "Refused by" in desk.client("ada").get(asked).content.decode()
    desk.client("mina").post(asked, {"answer": "yes"})
    assert WayIn.objects.get().is_confirmed is False


def test_h24_a_code_works_for_an_hour_and_bears_few_wrong_tries(desk, asked, clock):
    desk.client("mina").post(asked, {"answer": "yes"})
    first, second = half(desk, "ada", asked), half(desk, "mina", asked)
    wrong = use(first, "AAAA-AAAA")
    assert (wrong.status_code, "This code does not work." in wrong.content.decode()) == (422, True)
    assert use(first, second, password="password1234").status_code == 422
    clock.shift(timedelta(minutes=60))
    assert use(first, second).status_code == 422
    clock.shift(timedelta(minutes=-1))
    for _ in range(4):
        use("AAAA-AAAA", second)
    assert [use(first, second).status_code, signed_in()] == [422, 200]
    assert use(first, second, email="nobody@example.org").status_code == 422


def test_h24_what_nobody_answered_in_a_week_is_over(desk, asked, clock):
    clock.shift(timedelta(days=7))
    assert "It works no longer." in desk.client("mina").get(asked).content.decode()
    desk.client("mina").post(asked, {"answer": "yes"})
    assert WayIn.objects.get().answered_by == ""


def test_h24_nobody_asks_for_themselves_and_an_administrator_is_confirmed_by_another(desk, clock):
    assert [
        desk.client("ada").get(f"/settings/colleagues/ada/{what}/").status_code for what in ("code", "address")
    ] == [
        403,
        403,
    ]
    assert desk.client("mina").get("/settings/colleagues/fay/code/").status_code == 403


def test_h24_another_address_waits_for_another_and_the_old_one_is_told(desk, clock):
    ada, mina = desk.client("ada"), desk.client("mina")
    assert ada.post("/settings/colleagues/fay/address/", {"email": "olu@example.org"}).status_code == 422
    path = ada.post("/settings/colleagues/fay/address/", {"email": "Fay.Hart@Example.org"})["Location"]
    waiting = ada.get("/settings/colleagues/fay/").content.decode()
    assert "Ada Frost asked for the address fay.hart@example.org" in waiting
    Client(SERVER_NAME="localhost").post("/account/password/reset/", {"email": "fay.hart@example.org"})
    assert [Account.objects.get(staff_id="fay").email, mail.outbox] == ["fay@example.org", []]
    mina.post(path, {"answer": "yes"})
    (told,) = mail.outbox
    assert [told.to, Account.objects.get(staff_id="fay").email] == [["fay@example.org"], "fay.hart@example.org"]
    assert "Ada Frost asked for it, and Mina Rao confirmed it" in told.body


def test_h24_no_link_goes_to_an_address_that_only_its_writer_knows(desk, clock):
    ada = desk.client("ada")
    ada.post("/settings/colleagues/new/", {"id": "new", "name": "Nell Ives", "email": "nell@example.org"})
    ada.post("/settings/colleagues/new/manager/add/", {"manager": "mina"})
    reset = {"email": "nell@example.org"}
    assert Client(SERVER_NAME="localhost").post("/account/password/reset/", reset).status_code == 302
    assert mail.outbox == []
    path = ada.post("/settings/colleagues/new/code/")["Location"]
    desk.client("mina").post(path, {"answer": "yes"})
    Client(SERVER_NAME="localhost").post("/account/password/reset/", reset)
    assert [one.to for one in mail.outbox] == [["nell@example.org"]]


def test_h24_the_database_itself_refuses_who_confirms_their_own(desk, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        WayIn.objects.update(answered_by="ada", answered_at=NOW, is_confirmed=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        WayIn.objects.update(used_at=NOW)
