"""Words typed and not yet sent: kept for their own author only, offered when they come back, and gone once sent.

What somebody sends when their session has ended is kept as their draft too. Whose it is stands in a signed cookie that
outlives the session by a day; a browser sends it with no request that another site makes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve

from evenhand.cases.seeing import DeskRequest
from evenhand.web.models import Draft
from evenhand.web.reporting import begun
from evenhand.web.steps.typed import Typed

NOT_WORDS = frozenset({"csrfmiddlewaretoken", "act", "key", "expected", "heeded"})
"""What a form posts beside what was typed."""
AUTHOR = "evenhand_author"
"""The cookie that says who was writing."""
KEPT_FOR = 24 * 60 * 60
"""Seconds for which words sent after the end of a session are taken."""
FORMS = frozenset({"step", "new_file"})
"""The pages whose words are kept under their own address, by the names of these."""
REPORT = "report_page"
"""A page of a report, whose words belong with those of its other pages."""
LARGEST = 500_000
"""Characters of a draft; more than any form takes."""


class DraftTooLong(ValueError):
    """More words than any form takes."""


def keep(staff: str, page: str, typed: Mapping[str, Sequence[str]], at: datetime) -> None:
    """Keeps what somebody typed on a page, in place of what they typed there before. Raises `DraftTooLong`."""
    texts = {name: [text.replace("\x00", "") for text in values] for name, values in typed.items()}
    words = {name: values for name, values in texts.items() if name not in NOT_WORDS and any(values)}
    if sum(len(text) for values in words.values() for text in values) > LARGEST:
        raise DraftTooLong(f"{page} holds more than {LARGEST:,} characters.")
    Draft.objects.update_or_create(staff=staff, page=page, defaults={"data": words, "saved_at": at})


def kept(staff: str, page: str) -> tuple[Typed, datetime] | None:
    """What somebody typed on a page and has not sent, and when."""
    found = Draft.objects.filter(staff=staff, page=page).first()
    return (found.data, found.saved_at) if found else None


def forget(staff: str, page: str) -> None:
    """Drops what was typed on a page: it was sent, or is not wanted."""
    with connection.cursor() as cursor:  # written out, because every step asks it
        cursor.execute("DELETE FROM web_draft WHERE staff = %s AND page = %s", (staff, page))


def page_of(request: DeskRequest) -> str:
    """What a draft is kept under: the address, with what the step is aimed at."""
    target = request.GET.urlencode()
    return f"{request.path}?{target}" if target else request.path


def sign(response: HttpResponse, staff: str) -> HttpResponse:
    """Says in a signed cookie who is writing, so that their words are theirs when their session has ended."""
    value = signing.dumps(staff, salt=AUTHOR)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(AUTHOR, value, max_age=KEPT_FOR, httponly=True, secure=secure, samesite="Strict")
    return response


def forget_author(response: HttpResponse) -> None:
    """For somebody who signs out: what is sent after that is nobody's."""
    response.delete_cookie(AUTHOR, samesite="Strict")


def park(request: DeskRequest) -> bool:
    """Keeps what was sent to a form without being signed in, or without a token, as a draft of who was writing.

    True where it was kept; never for somebody else than who was signed in when the form was opened.
    """
    author, found = _author(request), _resolved(request.path_info)
    if request.method != "POST" or not author or found is None:
        return False
    if request.viewer is not None and request.viewer.id != author:
        return False
    if found.url_name == REPORT:
        return begun.park(author, found.kwargs["name"], dict(request.POST.lists()), request.at)
    if found.url_name not in FORMS:
        return False
    try:
        keep(author, page_of(request), dict(request.POST.lists()), request.at)
    except DraftTooLong:
        return False
    return True


def _author(request: DeskRequest) -> str:
    try:
        author = signing.loads(request.COOKIES.get(AUTHOR, ""), salt=AUTHOR, max_age=KEPT_FOR)
    except signing.BadSignature:
        return ""
    return author if isinstance(author, str) else ""


def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
