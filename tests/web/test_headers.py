"""What every answer holds browsers to, whatever the address and however it ends."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.web.middleware import CONTENT, HEADERS, headers

SAMPLE = {"int": "1", "str": "name", "slug": "name", "path": "a/name", "uuid": "0" * 32}
INLINE = re.compile(rb"<script(?![^>]*(?:src=|application/json))|\sstyle=|\son\w+=|<style|javascript:", re.IGNORECASE)


def addresses(patterns=None, before=""):
    """A path for every pattern of the resolver."""
    for found in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from addresses(found.url_patterns, route)
        elif isinstance(found, URLPattern):
            yield "/" + filled(route)


def filled(route: str) -> str:
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "name", route)
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda kind: SAMPLE.get(kind[1] or "str", "name"), route)
    return route.replace("^", "").replace("$", "").replace("\\", "")


def lacking(answer) -> list[str]:
    """The headers an answer should have and has not."""
    own = "Content-Security-Policy", "Cache-Control"
    wrong = [name for name, value in HEADERS.items() if name not in own and answer.headers.get(name) != value]
    return wrong + [name for name in own if name not in answer.headers]


def test_the_resolver_is_walked_whole():
    found = set(addresses())
    assert {"/", "/health/", "/account/login/", "/account/2fa/webauthn/keys/1/edit/", "/search/"} <= found
    assert not [path for path in found if "<" in path or "?" in path]


@pytest.mark.parametrize("who", ["", "sam"])
def test_every_address_has_every_header_and_nothing_inline(desk, who):
    client = desk.client(who) if who else Client(SERVER_NAME="localhost")
    client.raise_request_exception = False
    for path in addresses():
        for answer in (client.get(path), client.post(path), client.put(path)):
            assert (path, answer.status_code, lacking(answer)) == (path, answer.status_code, [])
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                found = INLINE.search(b"".join(answer))
                assert (path, found and found[0]) == (path, None)
        if path == "/account/logout/" and who:
            client = desk.client(who)
            client.raise_request_exception = False


def test_errors_and_files_have_them_too(desk):
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    for answer, status in (
        (desk.client("sam").get("/no-such-page/"), 404),
        (client.get("/static/mfa/js/webauthn.js"), 200),
        (client.get("/static/no-such.js"), 302),
        (client.get("/", SERVER_NAME="evil.example"), 400),
        (Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post("/account/login/"), 403),
    ):
        assert (answer.status_code, lacking(answer)) == (status, [])
        answer.close()


def test_a_page_may_hold_browsers_to_more():
    stricter = headers(lambda _request: HttpResponse(headers={"Content-Security-Policy": "sandbox"}))
    assert stricter(None).headers["Content-Security-Policy"] == "sandbox"


def test_the_policy_lets_nothing_in_that_is_not_ours():
    allowed = dict(part.split(" ", 1) for part in CONTENT.split("; "))
    assert allowed["default-src"] == allowed["frame-ancestors"] == allowed["base-uri"] == "'none'"
    assert {value for name, value in allowed.items() if name.endswith("-src") and name != "default-src"} == {
        "'self'",
        "'self' data:",
    }
    assert allowed["img-src"] == "'self' data:"
    assert "unsafe" not in CONTENT


def test_health_says_nothing_but_that_it_is_well(desk):
    answer = Client(SERVER_NAME="localhost").get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")
