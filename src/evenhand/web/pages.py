"""A page from a template: every one gets the viewer, the landlord's brand and what is to be told once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.template import engines

from evenhand.cases.seeing import DeskRequest
from evenhand.web.brand import PLAIN, brand_of


def page(request: DeskRequest, template: str, status: int = 200, **values: Any) -> HttpResponse:
    """A rendered page; `template` is a path below `templates`, such as `web/home.html`."""
    return HttpResponse(rendered(request, template, **values), status=status)


def rendered(request: DeskRequest, template: str, **values: Any) -> str:
    """The page as text."""
    given = {"viewer": request.viewer, "brand": brand_of(request), "messages": _told_once(request), "errors": ()}
    return engines["jinja2"].get_template(template).render(given | values, request)


def bare_page(request: DeskRequest, template: str, status: int, **values: Any) -> HttpResponse:
    """A page for when something is wrong, perhaps everything: ours to mend, it does not ask the database."""
    is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    brand = brand_of(request) if getattr(request, "principal", None) and not is_ours else PLAIN
    given = {"viewer": getattr(request, "viewer", None), "brand": brand, "messages": (), "errors": ()}
    return HttpResponse(engines["jinja2"].get_template(template).render(given | values, request), status=status)


def _told_once(request: DeskRequest) -> Any:
    # Reading the messages sends a cookie back, so they are only read where there are some.
    return get_messages(request) if CookieStorage.cookie_name in request.COOKIES else ()
