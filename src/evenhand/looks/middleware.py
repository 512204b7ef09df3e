"""No page with a customer's data leaves before it is written down who was shown it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from evenhand.looks.noting import PurposeNeeded, write_down

NOT_NOTED = (
    "This page cannot be shown just now: it could not be noted that you looked, and without that nobody sees it."
    " Nothing you did is lost. Try again in a minute; if it stays so, tell your administrator."
)


class Looks:
    """Writes the look that a view noted; sends those who have to say first why they look to the page that asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if write_down(request, response):
            return response
        response.close()
        return HttpResponse(NOT_NOTED, status=503, content_type="text/plain; charset=utf-8")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that asks for the purpose, for `PurposeNeeded`."""
        if not isinstance(exception, PurposeNeeded):
            return None
        asks = reverse("purpose", args=[exception.kind, exception.name])
        back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
        return HttpResponseRedirect(f"{asks}?{urlencode({'next': back})}")
