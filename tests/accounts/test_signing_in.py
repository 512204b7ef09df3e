"""Signing in, by password, app and recovery code; throttled, closed to strangers, told of where it is new."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from evenhand.accounts import making, rules
from evenhand.accounts.models import Account, Session
from evenhand.people.changing import Hand
from evenhand.people.settled import IDLE, settle
from tests.accounts.signing import PASSWORD, account_of, browser, code_of, sign_in, with_app, with_password
from tests.desk import NOW

OTHER = "another four words now"


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


def test_a_password_signs_in_and_leads_to_where_one_was_going(desk):
    with_password("olu")
    client = browser()
    answer = sign_in(client, "olu", then="/account/sessions/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/sessions/")
    assert client.get("/account/sessions/").status_code == 200


def test_nobody_is_led_to_another_site(desk):
    with_password("olu")
    assert sign_in(browser(), "olu", then="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_password_says_so_without_saying_which_was_wrong(desk):
    with_password("olu")
    wrong, nobody = (sign_in(browser(), who, "not the password").content.decode() for who in ("olu", "nobody"))
    said = "The email address and/or password you specified are not correct."
    assert (wrong.count(said), nobody.count(said)) == (1, 1)
    assert "<title>Error: Sign in" in wrong


def test_an_app_is_asked_for_its_code(desk):
    secret, _ = with_app("sam")
    client = browser()
    assert sign_in(client, "sam")["Location"] == "/account/2fa/authenticate/"
    assert client.get("/")["Location"] == "/account/login/?next=/"
    assert "Incorrect code" in client.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/"
    assert client.get("/account/sessions/").status_code == 200


def test_a_recovery_code_works_once(desk):
    _, codes = with_app("sam")
    locations = []
    for _ in range(2):
        client = browser()
        sign_in(client, "sam")
        locations.append(client.post("/account/2fa/authenticate/", {"code": codes[0]}).headers.get("Location"))
    assert locations == ["/", None]


def test_an_app_is_set_up_from_its_page(desk):
    with_password("olu")
    client = browser()
    sign_in(client, "olu")
    page = client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    assert (secret in page.content.decode(), "data:image/svg+xml" in page.content.decode()) == (True, True)
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert "Recovery codes" in client.get("/account/2fa/recovery-codes/").content.decode()
    assert len(client.get("/account/2fa/recovery-codes/download/").content.split()) == 10


def test_who_tries_too_often_has_to_wait(desk):
    with_password("olu")
    client = browser()
    for _ in range(5):
        assert sign_in(client, "olu", "not the password").status_code == 200
    said = sign_in(client, "olu").content.decode()
    assert "Too many failed login attempts. Try again later." in said
    assert sign_in(browser(), "olu").content.decode().count("Too many failed login attempts") == 1
    assert client.get("/")["Location"] == "/account/login/?next=/"


def test_too_many_requests_are_told_when_to_come_back(desk, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client = browser()
    first, second = (client.post("/account/password/reset/", {"email": "olu@example.org"}) for _ in range(2))
    assert (first.status_code, second.status_code, second["Retry-After"]) == (302, 429, "300")
    assert "Wait 5 minutes, then try again." in second.content.decode()


def test_nobody_signs_up(desk):
    client = browser()
    given = {"email": "stranger@example.org", "password1": PASSWORD}
    assert "Your administrator makes accounts" in client.post("/account/signup/", given).content.decode()
    assert not Account.objects.filter(email="stranger@example.org").exists()


def test_a_forgotten_password_is_changed_through_the_mail(desk, outbox):
    with_password("olu")
    client = browser()
    client.post("/account/password/reset/", {"email": "olu@example.org"})
    link = next(word for word in outbox[0].body.split() if "/password/reset/key/" in word)
    path = client.get(link.removeprefix("http://localhost"))["Location"]
    assert client.get(path).status_code == 200
    assert client.post(path, {"password1": "too short", "password2": "too short"}).status_code == 200
    assert client.post(path, {"password1": OTHER, "password2": OTHER}).status_code == 302
    assert [sign_in(browser(), "olu", word).status_code for word in (PASSWORD, OTHER)] == [200, 302]


def test_no_mail_goes_to_somebody_unknown(desk, outbox):
    assert browser().post("/account/password/reset/", {"email": "nobody@example.org"}).status_code == 302
    assert outbox == []


def test_h24_a_new_browser_is_told_of_by_mail_and_in_the_list(desk, outbox):
    with_password("sam")
    known, new = browser(HTTP_USER_AGENT="known"), browser(HTTP_USER_AGENT="new")
    for client in (known, new, known):
        sign_in(client, "sam")
        listed = client.get("/account/sessions/").content.decode()
        client.post("/account/logout/")
    assert [(letter.to, letter.subject) for letter in outbox] == [
        (["sam@example.org"], "Somebody signed in as you from a browser we have not seen before")
    ]
    assert "Browser: new" in outbox[0].body
    assert "First time from this browser" not in listed
    sign_in(browser(), "sam")
    assert len(outbox) == 2


def test_h24_sessions_are_listed_and_the_others_ended(desk):
    with_password("sam")
    here, there = browser(HTTP_USER_AGENT="here"), browser(HTTP_USER_AGENT="there")
    sign_in(here, "sam")
    sign_in(there, "sam")
    listed = here.get("/account/sessions/").content.decode()
    assert [word in listed for word in (">here<", ">there<", "This browser")] == [True, True, True]
    assert here.post("/account/sessions/").status_code == 302
    assert [client.get("/account/sessions/").status_code for client in (here, there)] == [200, 302]


def test_h24_another_password_ends_every_session(desk):
    account = with_password("sam")
    client = browser()
    sign_in(client, "sam")
    making.set_password(account, OTHER)
    assert client.get("/account/sessions/").status_code == 302
    assert not Session.objects.filter(account=account).exists()


def test_sessions_that_ran_out_are_forgotten_when_somebody_signs_in(desk):
    with_password("sam")
    sign_in(browser(), "sam")
    Session.objects.update(expire_date=NOW - timedelta(days=9_999))
    sign_in(browser(), "sam")
    assert Session.objects.filter(account__staff="sam").count() == 1


def idle(client, clock, minutes: int) -> str:
    """Where a page leads after so many more minutes: '' where it is simply shown."""
    clock.shift(timedelta(minutes=minutes))
    return client.get("/account/sessions/").headers.get("Location", "")


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def test_h24_a_browser_left_alone_is_signed_out_and_says_so_when_somebody_comes_back(desk, clock):
    with_password("sam")
    client = browser()
    sign_in(client, "sam")
    assert [idle(client, clock, minutes) for minutes in (59, 59, 1, 58)] == [""] * 4
    assert idle(client, clock, 61) == "/account/login/?next=/account/sessions/"
    page = client.get("/account/login/?next=/account/sessions/").content.decode()
    assert "You were signed out because you had not opened a page for a while." in page
    assert "You were signed out because" not in client.get("/account/login/").content.decode()
    sign_in(client, "sam")
    assert Session.objects.filter(account__staff="sam").count() == 1


def test_h24_whoever_is_never_idle_signs_in_anew_after_twelve_hours(desk, clock):
    with_password("sam")
    client = browser()
    sign_in(client, "sam")
    for _ in range(23):
        assert idle(client, clock, 30) == ""
        client.session.save()
    assert idle(client, clock, 30) == "/account/login/?next=/account/sessions/"
    assert "You were signed out" not in client.get("/account/login/").content.decode()


def test_h24_how_long_a_browser_may_be_idle_is_settled_by_the_landlord(desk, clock):
    with_password("sam")
    client = browser()
    sign_in(client, "sam")
    settle(Hand("ada", NOW, "number", IDLE), IDLE, 120)
    assert idle(client, clock, 119) == ""
    settle(Hand("ada", NOW, "number", IDLE), IDLE, 15)
    assert idle(client, clock, 15) == "/account/login/?next=/account/sessions/"


def test_that_somebody_is_there_is_written_down_now_and_then_only(desk, clock):
    with_password("sam")
    client = browser()
    sign_in(client, "sam")
    begun = Session.objects.get(account__staff="sam").seen_at
    idle(client, clock, 1)
    assert Session.objects.get(account__staff="sam").seen_at == begun
    idle(client, clock, 1)
    assert Session.objects.get(account__staff="sam").seen_at == begun + timedelta(minutes=2)


def test_a_session_of_an_older_password_does_not_count(desk):
    account = with_password("sam")
    client = browser()
    sign_in(client, "sam")
    account.set_password(OTHER)
    account.save()
    assert client.get("/account/sessions/").status_code == 302


def test_an_account_switched_off_is_out_at_once_and_stays_out(desk):
    account = with_password("sam")
    client = browser()
    sign_in(client, "sam")
    making.switch_off(account)
    assert client.get("/account/sessions/").status_code == 302
    assert sign_in(client, "sam")["Location"] == "/account/inactive/"
    assert "switched off" in client.get("/account/inactive/").content.decode()
    making.switch_on(account)
    assert sign_in(client, "sam")["Location"] == "/"


def test_h24_a_role_that_asks_for_more_than_a_password_gets_nothing_before(desk):
    rules.settle("senior_officer", sees="all", needs_second_factor=True)
    with_password("sam")
    client = browser()
    sign_in(client, "sam")
    assert client.get("/cases/")["Location"] == "/account/second-factor/"
    assert "One more thing before you go on" in client.get("/account/second-factor/").content.decode()
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    client.post("/account/2fa/totp/activate/", {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get("/account/sessions/").status_code == client.get("/").status_code == 200


def test_a_forgotten_phone_is_put_right_by_an_administrator(desk):
    with_app("sam")
    making.forget_second_factor(account_of("sam"))
    assert sign_in(browser(), "sam")["Location"] == "/"


def test_an_account_is_made_once_for_a_colleague(desk):
    Account.objects.filter(staff_id="olu").delete()
    account = making.new_account("Olu.Lamb@Example.org", "olu", PASSWORD)
    assert (account.email, account.check_password(PASSWORD)) == ("olu.lamb@example.org", True)
    account.delete()
    assert making.new_account("olu@example.org", "olu").has_usable_password() is False


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("2fa/", "Your sign-in"),
        ("2fa/webauthn/", "Passkeys and security keys"),
        ("2fa/webauthn/add/", "Add a passkey or a security key"),
        ("2fa/totp/activate/", "Set up the app"),
        ("password/change/", "Change your password"),
        ("reauthenticate/", "Show that it is you"),
        ("logout/", "Sign out"),
        ("sessions/", "Where you are signed in"),
    ],
)
def test_each_page_of_signing_in_has_the_desk_round_it(desk, path, heading):
    with_password("olu")
    client = browser()
    sign_in(client, "olu")
    page = client.get(f"/account/{path}")
    assert page.status_code == 200
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in " ".join(page.content.decode().split()).replace(
        '"> ', '">'
    ).replace(" </h1>", "</h1>")
    assert "govuk-skip-link" in page.content.decode()


def test_the_sign_in_page_offers_passkeys(desk):
    page = browser().get("/account/login/").content.decode()
    assert ("Sign in with a passkey" in page, "mfa/js/webauthn." in page) == (True, True)
    asked = browser().get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["userVerification"] == "required"
