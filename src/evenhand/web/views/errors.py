"""What is said when a page cannot be shown: what happened, what to do, and who can help."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse

from evenhand.cases.seeing import DeskRequest
from evenhand.web.pages import bare_page
from evenhand.web.steps.drafts import park

OURS = (400, 403, 404, 405, 409, 413, 429, 500, 503)


def said(request: DeskRequest, status: int) -> HttpResponse:
    """The page for a status. The same bytes whatever was asked for, so that nothing is told by them."""
    return bare_page(request, f"web/errors/{status}.html", status)


def bad_request(request: DeskRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read. A body too large to be taken is told so."""
    too_large = type(exception).__name__ in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
    return said(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST)


def not_allowed_here(request: DeskRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - named by Django
    """403."""
    return said(request, HTTPStatus.FORBIDDEN)


def not_found(request: DeskRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - named by Django
    """404: not there, or not to be seen by whoever asks; nobody can tell which."""
    return said(request, HTTPStatus.NOT_FOUND)


def broken(request: DeskRequest) -> HttpResponse:
    """500."""
    return said(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def form_expired(request: DeskRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - named by Django
    """403 for a form whose token is no longer good, such as one from an earlier session; what was typed is kept."""
    return bare_page(request, "web/errors/csrf.html", HTTPStatus.FORBIDDEN, is_kept=park(request))


def dressed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Gives an answer that only has a status, such as 405 from Django, its page."""

    def pass_on(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in OURS and not response.streaming and not response.content:
            page = said(cast(DeskRequest, request), response.status_code)
            if "Allow" in response:
                page["Allow"] = response["Allow"]
            return page
        return response

    return pass_on
