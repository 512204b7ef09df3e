"""The landlord's brand: who may set it, what it may be, and how it reaches every page."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from evenhand.web.brand import NEUTRAL, colour_fault, contrast_with_white, made, sheet_for
from evenhand.web.models import BrandSetting


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300)) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "#aa0000").save(kept, kind, exif=b"Exif\0\0secret place") if kind == "JPEG" else Image.new(
        "RGB", size
    ).save(kept, kind)
    return kept.getvalue()


def save(desk, who: str = "ada", **typed):
    return desk.client(who).post("/settings/brand/", {"name": "Lane Homes", "colour": "#4a1f5f", **typed})


def test_contrast_is_what_the_standard_says():
    given = ("#000000", "#ffffff", "#767676", NEUTRAL)
    assert [round(contrast_with_white(colour), 2) for colour in given] == [21.0, 1.0, 4.54, 9.08]


@pytest.mark.parametrize("colour", ["#1f4e5f", "#767676"])
def test_a_dark_colour_is_taken(colour):
    assert colour_fault(colour) == ""


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#1f4e5f;}body{display:none", "", "url(//x)"])
def test_what_is_no_colour_is_refused(colour):
    assert colour_fault(colour) == "Write the colour as # and six signs from 0 to 9 and a to f, such as #1f4e5f"


def test_a_light_colour_is_refused_with_its_contrast():
    assert colour_fault("#ffdd00").startswith("This colour is too light: white words on it have a contrast of 1.3 to 1")


def test_the_stylesheet_names_darker_colours_too():
    assert sheet_for("#804020") == (
        ":root{--eh-brand:#804020;--eh-brand-dark:#603018;--eh-brand-darker:#402010;--govuk-brand-colour:#804020}"
    )


def test_the_neutral_brand_needs_no_stylesheet():
    brand = made("", NEUTRAL, b"")
    assert (brand.name, brand.sheet_path, brand.logo_path) == ("Evenhand", "", "")


def test_only_an_administrator_may_set_the_brand(desk):
    assert [save(desk, who).status_code for who in ("olu", "mina", "dara")] == [403, 403, 403]
    assert (save(desk).status_code, BrandSetting.objects.count()) == (302, 1)


def test_a_brand_is_on_every_page_at_once_and_its_stylesheet_is_kept_for_ever(desk):
    reader = desk.client("olu")
    reader.get("/policy/")
    save(desk)
    page = reader.get("/policy/").content.decode()
    brand = made("Lane Homes", "#4a1f5f", b"")
    assert [words for words in ("– Lane Homes</title>", brand.sheet_path) if words not in page] == []
    sheet = Client(SERVER_NAME="localhost").get(brand.sheet_path)
    assert (sheet.content.decode(), sheet["Content-Type"]) == (brand.sheet, "text/css")
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_older_stylesheet_is_gone(desk):
    old = made("", "#4a1f5f", b"").sheet_path
    save(desk)
    save(desk, colour="#1f5f2a")
    assert Client(SERVER_NAME="localhost").get(old).status_code == 404


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_made_anew_and_small(desk, kind):
    save(desk, logo=SimpleUploadedFile("logo", picture(kind)))
    kept = bytes(BrandSetting.objects.get().logo)
    with Image.open(BytesIO(kept)) as logo:
        assert (logo.format, logo.size, b"secret" in kept) == ("PNG", (360, 120), False)


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", b"", b"GIF89a" + b"\0" * 40])
def test_what_is_no_picture_is_refused_and_nothing_typed_is_lost(desk, content):
    answer = save(desk, logo=SimpleUploadedFile("logo.png", content or b" "))
    page = answer.content.decode()
    assert (answer.status_code, BrandSetting.objects.count()) == (422, 0)
    wanted = ("The logo must be a PNG or JPEG picture", 'value="Lane Homes"', 'href="#logo"', "<title>Error: Brand")
    assert [words for words in wanted if words not in page] == []


def test_a_logo_is_taken_away_again_and_stays_where_nothing_is_said(desk):
    save(desk, logo=SimpleUploadedFile("logo", picture()))
    save(desk)
    assert len(bytes(BrandSetting.objects.get().logo)) > 0
    save(desk, no_logo="yes")
    assert bytes(BrandSetting.objects.get().logo) == b""


def test_every_fault_of_the_form_is_told_at_once(desk):
    page = save(desk, name="x" * 61, colour="#ffffff").content.decode()
    assert [words for words in ("at most 60 characters", "too light") if words not in page] == []
