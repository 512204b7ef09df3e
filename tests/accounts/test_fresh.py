"""A fresh sign-in."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.test import RequestFactory

from evenhand.accounts.fresh import recently_signed_in, sign_in_afresh
from tests.accounts.signing import PASSWORD, browser, sign_in, with_password


def asked(client, account, path="/"):
    """A request of that browser, as a view would get it."""
    request = RequestFactory().get(path)
    request.session, request.user = client.session, account
    return request


def test_a_sign_in_is_fresh_for_five_minutes(desk):
    account, client = with_password("olu"), browser()
    with time_machine.travel("2026-08-03 09:00", tick=False) as clock:
        sign_in(client, "olu")
        clock.shift(timedelta(minutes=4, seconds=59))
        assert recently_signed_in(asked(client, account)) is True
        clock.shift(timedelta(seconds=1))
        assert recently_signed_in(asked(client, account)) is False
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        assert recently_signed_in(asked(client, account)) is True


def test_nobody_is_fresh_who_was_only_let_in(desk):
    account = with_password("olu")
    assert recently_signed_in(asked(desk.client("olu"), account)) is False


def test_signing_in_afresh_leads_back(desk):
    account = with_password("olu")
    answer = sign_in_afresh(asked(desk.client("olu"), account, "/looks/open/?file=UC-1"))
    assert answer["Location"] == "/account/reauthenticate/?next=%2Flooks%2Fopen%2F%3Ffile%3DUC-1"
