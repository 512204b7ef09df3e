"""Every address of the product, and the barest page that passes all that a page of the desk passes."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from evenhand.cases.seeing import DeskRequest
from evenhand.web import urls


def hello(request: DeskRequest) -> HttpResponse:
    """Says who asks: what the other pages are measured against."""
    return HttpResponse(f"Hello, {request.viewer.name}.")


urlpatterns = [path("hello/", hello, name="hello"), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
handler429 = urls.handler429
