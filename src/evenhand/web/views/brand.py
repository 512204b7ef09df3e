"""The landlord's brand: its stylesheet and logo, and the page that sets it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest
from evenhand.web.brand import NEUTRAL, BadLogo, brand_of, colour_fault, keep_brand, logo_from
from evenhand.web.pages import page

FOR_EVER = "public, max-age=31536000, immutable"
LONGEST_NAME = 60


@require_safe
def brand_file(request: DeskRequest, _name: str) -> HttpResponse:
    """The stylesheet or the logo; an older one than the present is gone."""
    brand = brand_of(request)
    kinds = {brand.sheet_path: (brand.sheet, "text/css"), brand.logo_path: (brand.logo, "image/png")}
    found = kinds.get(request.path)
    if not found:
        raise Http404
    return HttpResponse(found[0], found[1], headers={"Cache-Control": FOR_EVER})


@require_http_methods(["GET", "HEAD", "POST"])
def settings_brand(request: DeskRequest) -> HttpResponse:
    """Name, colour and logo, set by an administrator."""
    if not in_force().held(request.viewer.roles, ("administrator",)):
        raise PermissionDenied
    brand = brand_of(request)
    typed = {"name": brand.name, "colour": brand.colour}
    if request.method != "POST":
        return page(request, "web/brand.html", typed=typed, faults={})
    typed = {"name": request.POST.get("name", ""), "colour": request.POST.get("colour", "").strip().lower() or NEUTRAL}
    logo, faults = _checked(request, typed, brand.logo)
    if faults:
        errors = [(text, f"#{field}") for field, text in faults.items()]
        return page(request, "web/brand.html", status=422, typed=typed, faults=faults, errors=errors)
    keep_brand(typed["name"].strip(), typed["colour"], logo)
    messages.success(request, "The brand is changed, for everybody, from now on.")
    return redirect("settings_brand")


def _checked(request: DeskRequest, typed: dict[str, str], logo: bytes) -> tuple[bytes, dict[str, str]]:
    """The logo to keep, and what is wrong, by field."""
    faults = {"colour": colour_fault(typed["colour"])}
    if len(typed["name"]) > LONGEST_NAME or not typed["name"].strip().isprintable():
        faults["name"] = f"The name must be one line of at most {LONGEST_NAME} characters"
    if request.POST.get("no_logo"):
        logo = b""
    elif given := request.FILES.get("logo"):
        try:
            logo = logo_from(given)
        except BadLogo as error:
            faults["logo"] = str(error)
    return logo, {field: text for field, text in faults.items() if text}


urls = [
    path("brand-<str:_name>", brand_file, name="brand_file"),
    path("settings/brand/", settings_brand, name="settings_brand"),
]
