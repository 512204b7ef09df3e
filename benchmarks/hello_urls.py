"""The barest page that passes everything a page of the desk passes: what the others are measured against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """Says who asks."""
    return HttpResponse(f"Hello, {request.viewer.name}.")


urlpatterns = [path("", hello, name="home")]
