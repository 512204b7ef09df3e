"""What PostgreSQL cannot keep is asked for in an address or a form: a plain page, and nothing broken."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.web.steps_at_the_desk import CASE, opened_case

NUL = "a\x00b"
OPENED_AT = ("/search/?q={}", "/case/new/?subject={}", "/person/{}/", "/case/{}/", "/looks/case/{}/", "/evidence/{}/")


@pytest.fixture
def sqlite(postgresql, tmp_path):
    """Sits the desk down at PostgreSQL."""
    return tmp_path / "database"


def test_a_nul_is_an_error_of_whoever_sends_it(desk):
    opened_case(desk)
    mina = desk.client("mina")
    found = {address: mina.get(address.format("a%00b")).status_code for address in OPENED_AT}
    assert found == dict.fromkeys(OPENED_AT, 400) | {"/search/?q={}": 200}
    sent = {"act": "take", "text": NUL, "reason": NUL, "title": NUL, "query": NUL, "subject": NUL}
    forms = (f"/case/{CASE}/do/add_note/", "/case/new/", "/lists/cases/export/", "/lists/cases/save/")
    assert {mina.post(form, sent).status_code for form in forms} <= {200, 302, 400, 422}


def test_a_nul_in_the_sessions_cookie_is_nobodys_session(desk):
    sent = {"cookie": f'{settings.SESSION_COOKIE_NAME}="\\000aaaaaaaa"'}
    assert Client(SERVER_NAME="localhost").get("/cases/", headers=sent).status_code == 302
