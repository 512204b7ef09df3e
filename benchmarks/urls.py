"""Every address of the product, and a page that says hello: signed in, behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from evenhand.web import urls


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Hello, {request.viewer.name}")


urlpatterns = [path("hello/", hello), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
handler429 = urls.handler429
