"""Two editions compared as a page: shipped ones with each other, or a file with the edition in force."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.comparing import PARTS, Change, compare
from evenhand.policy.edition import Edition
from evenhand.policy.faults import BadPolicy
from evenhand.policy.parsing import new_edition_text, parse, shipped
from evenhand.web.pages import page
from evenhand.web.views.policy import edition_or_404

LARGEST = 1_000_000
DOTS = 200
"""More dots on a line than any sentence has: a name of so many parts would take a reader of TOML minutes."""
STARTER = "new"
"""What the file from which a landlord's own edition starts is called here."""


@require_http_methods(["GET", "HEAD", "POST"])
def policy_diff(request: DeskRequest) -> HttpResponse:
    """What changes between two editions, part by part; or every fault of the file that was given."""
    choices = [(name, name) for name in dict.fromkeys((in_force().id, *shipped()))]
    choices.append((STARTER, "The starting file for an edition of your own"))
    asked = {"a": request.GET.get("a", in_force().id), "b": request.GET.get("b", "")}
    shown: dict[str, Any] = {"choices": choices, "asked": asked, "old": None, "new": None, "parts": [], "faults": ()}
    if request.method == "POST":
        return _of_file(request, shown)
    if "b" in request.GET and not asked["b"]:
        return page(request, "web/policy/diff.html", status=422, errors=[("To: choose an edition.", "#b")], **shown)
    if asked["b"]:
        old, new = _chosen(asked["a"]), _chosen(asked["b"])
        shown |= {"old": old, "new": new, "parts": by_part(compare(old, new))}
    return page(request, "web/policy/diff.html", **shown)


def _chosen(name: str) -> Edition:
    return parse(new_edition_text(), VOCABULARY) if name == STARTER else edition_or_404(name)


def _of_file(request: DeskRequest, shown: dict[str, Any]) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        errors = [("Choose the file of an edition, smaller than 1 MB", "#file")]
        return page(request, "web/policy/diff.html", status=422, errors=errors, **shown)
    try:
        old, new = in_force(), parse(_text(file), VOCABULARY)
    except (BadPolicy, UnicodeDecodeError, TooManyParts) as error:
        faults = error.faults if isinstance(error, BadPolicy) else (_why_unread(error),)
        errors = [("The file cannot be used yet: see what is wrong with it", "#faults")]
        return page(request, "web/policy/diff.html", status=422, errors=errors, **shown | {"faults": faults})
    return page(
        request, "web/policy/diff.html", **shown | {"old": old, "new": new, "parts": by_part(compare(old, new))}
    )  # fmt: skip


class TooManyParts(ValueError):
    """A line that no edition has."""


def _text(file: UploadedFile) -> str:
    text = file.read().decode("utf-8-sig")
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > DOTS:
            raise TooManyParts(f"Line {number} has more than {DOTS} dots: break it")
    return text


def _why_unread(error: ValueError) -> str:
    return str(error) if isinstance(error, TooManyParts) else "This is not UTF-8 text: save the file as UTF-8"


def by_part(changes: tuple[Change, ...]) -> list[tuple[str, list[Change]]]:
    """The changes under the titles of their parts."""
    return [(PARTS[part], list(several)) for part, several in groupby(changes, key=lambda change: change.part)]


urls = [path("policy/diff/", policy_diff, name="policy_diff")]
