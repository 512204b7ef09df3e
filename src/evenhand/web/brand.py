"""The landlord's own name, colour and logo, over a neutral brand: checked when set, read once for each change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from PIL import Image, UnidentifiedImageError

from evenhand.people.reading import stamp_now
from evenhand.people.writing import mark_changed
from evenhand.web.models import BrandSetting

NEUTRAL = "#1f4e5f"
LEAST_CONTRAST = 4.5
"""What WCAG 2.2 asks between text and what it stands on (1.4.3): white words on the colour, coloured words on white."""
LOGO_HEIGHT, LOGO_WIDTH, LARGEST_LOGO = 120, 600, 2_000_000
COLOUR = re.compile(r"#[0-9a-f]{6}")

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Brand:
    """What pages show: the name, the stylesheet with the colour ('' for the neutral one) and the logo ('' for ours)."""

    name: str
    colour: str = NEUTRAL
    sheet: str = ""
    sheet_path: str = ""
    logo: bytes = b""
    logo_path: str = ""


PLAIN = Brand("Evenhand")


def brand_of(request: HttpRequest) -> Brand:
    """The brand for a page. The session has read already in which state everything set by hand is."""
    principal = getattr(request, "principal", None)
    return _brand(principal.stamp if principal else stamp_now())


@lru_cache(maxsize=4)
def _brand(_stamp: str) -> Brand:
    row = BrandSetting.objects.first()
    return made(row.name, row.colour, bytes(row.logo)) if row else PLAIN


def made(name: str, colour: str, logo: bytes) -> Brand:
    """A brand, its files named by what is in them, so that browsers may keep them for ever."""
    sheet = "" if colour == NEUTRAL else sheet_for(colour)
    return Brand(
        name or PLAIN.name, colour, sheet, _named(sheet.encode(), "css"), logo, _named(logo, "png")
    )  # fmt: skip


def _named(content: bytes, ending: str) -> str:
    return f"/brand-{sha256(content).hexdigest()[:16]}.{ending}" if content else ""


def sheet_for(colour: str) -> str:
    """The stylesheet that puts a colour, and two darker ones made from it, in place of the neutral ones."""
    dark, darker = (_hex(_darkened(rgb_of(colour), by)) for by in (0.25, 0.5))
    named = {"--eh-brand": colour, "--eh-brand-dark": dark, "--eh-brand-darker": darker, "--govuk-brand-colour": colour}
    return ":root{" + ";".join(f"{name}:{value}" for name, value in named.items()) + "}"


def rgb_of(colour: str) -> Rgb:
    """Red, green and blue of '#1f4e5f', from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in rgb)


def _darkened(rgb: Rgb, by: float) -> Rgb:
    red, green, blue = (round(part * (1 - by)) for part in rgb)
    return red, green, blue


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    red, green, blue = (_linear(part / 255) for part in rgb_of(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def colour_fault(colour: str) -> str:
    """What is wrong with a colour; '' where nothing is."""
    if not COLOUR.fullmatch(colour):
        return "Write the colour as # and six signs from 0 to 9 and a to f, such as #1f4e5f"
    ratio = contrast_with_white(colour)
    if ratio < LEAST_CONTRAST:
        return (
            f"This colour is too light: white words on it have a contrast of {ratio:.1f} to 1, and people with low "
            f"vision need {LEAST_CONTRAST} to 1. Choose a darker one"
        )
    return ""


class BadLogo(ValueError):
    """A file that cannot be used as a logo; the text says why and what to do."""


def logo_from(file: UploadedFile) -> bytes:
    """The picture as a small PNG of our own making, with nothing in it but what is seen. Raises `BadLogo`."""
    if (file.size or 0) > LARGEST_LOGO:
        raise BadLogo("The logo must be smaller than 2 MB")
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            seen = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise BadLogo("The logo must be a PNG or JPEG picture") from None
    seen.thumbnail((LOGO_WIDTH, LOGO_HEIGHT))
    kept = BytesIO()
    seen.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def keep_brand(name: str, colour: str, logo: bytes) -> None:
    """Sets the brand for everybody, from the next page on."""
    with transaction.atomic():
        BrandSetting.objects.update_or_create(id=1, defaults={"name": name, "colour": colour, "logo": logo})
        mark_changed()
