"""When a page cannot be shown: plain words, what to do, and nothing given away."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory

from evenhand.web.views.errors import OURS, bad_request, broken, said


@pytest.mark.parametrize("status", OURS)
def test_each_error_says_what_to_do(status):
    answer = said(RequestFactory().get("/anything/"), status)
    page = answer.content.decode()
    assert (answer.status_code, page.count("<h1"), "What you can do" in page) == (status, 1, True)


def test_h1_what_is_hidden_looks_the_same_as_what_is_not_there(desk):
    client = desk.client("olu")
    pages = [client.get(path) for path in ("/case/UC-2026-NOT0T/", "/case/UC-2026-AAAAA/", "/nowhere/at/all/")]
    assert {answer.status_code for answer in pages} == {404}
    assert len({answer.content for answer in pages}) == 1


def test_whoever_cannot_see_a_page_finds_how_to_open_it_in_need(desk):
    assert 'href="/looks/open/"' in desk.client("olu").get("/nowhere/").content.decode()


def test_an_act_that_an_address_does_not_know_gets_a_page(desk):
    answer = desk.client("ada").delete("/settings/brand/")
    assert (answer.status_code, answer["Allow"], "<h1" in answer.content.decode()) == (405, "GET, HEAD, POST", True)


def test_a_form_from_another_session_says_that_nothing_was_recorded(desk):
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "olu@example.org"})
    assert (answer.status_code, "Nothing was recorded" in answer.content.decode()) == (403, True)


def test_too_much_at_once_is_told_apart_from_what_cannot_be_read():
    request = RequestFactory().get("/")
    assert (bad_request(request, RequestDataTooBig()).status_code, bad_request(request).status_code) == (413, 400)


def test_an_error_of_ours_asks_the_database_nothing(desk, django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert broken(request).status_code == 500


def test_who_may_not_is_told_whom_to_ask(desk):
    assert "ask your line manager" in desk.client("olu").get("/settings/brand/").content.decode()


def test_what_was_typed_is_kept_when_the_form_is_no_longer_good(desk):
    desk.take("report_incident", "incident", "IN-2026-AAAAA", "olu", subject="carol", what_happened="Shouted.")
    client = desk.client("olu", enforce_csrf_checks=True)
    form = "/incident/IN-2026-AAAAA/do/add_note/"
    assert client.get(form).status_code == 200
    answer = client.post(form, {"text": "Half a sentence"})
    assert (answer.status_code, f'href="{form}">go on from there' in answer.content.decode()) == (403, True)
    assert "Half a sentence" in client.get(form).content.decode()
