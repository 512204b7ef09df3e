"""Noting who looks: a view says what it shows, and `middleware` writes it down before the page leaves."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from evenhand import rows
from evenhand.cases.models import FileIndex, FileStaff
from evenhand.cases.seeing import Viewer, file_seen, person_seen
from evenhand.casework.gather import FILES
from evenhand.looks.models import Grant, Look
from evenhand.people.models import Customer

PURPOSES = "purposes"
"""The session's key for why somebody looks at what: {file: [day, words]}."""

NOTED = "noted_look"
"""The request's attribute that waits to be written down."""


REFUSED = "refused"
"""The kind of a look that was asked for, and not shown."""


class PurposeNeeded(Exception):
    """Whoever sees everything says why they look at what they and their team have no part in."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"Why {kind} {name} is looked at has to be said first.")
        self.kind, self.name = kind, name


class NotedTwice(RuntimeError):
    """A view noted two looks: one page is one look."""


def open_file(request: HttpRequest, kind: str, name: str) -> FileIndex:
    """A file to be shown on this page, with the look noted. Raises `Http404` and `PurposeNeeded`."""
    file = file_seen(_viewer(request), kind, name)
    note_file(request, kind, name, file.subject)
    return file


def note_file(request: HttpRequest, kind: str, name: str, customer: str) -> None:
    """Notes the look at a file that `seeing` has let the viewer have already. Raises `PurposeNeeded`."""
    purpose = purpose_given(request, name)
    if not purpose and needs_purpose(_viewer(request), name):
        raise PurposeNeeded(kind, name)
    look(request, kind, name, customer=customer, purpose=purpose)


def open_person(request: HttpRequest, customer: str) -> Customer:
    """A customer to be shown on this page, with the look noted. Raises `Http404`."""
    note_refused(request, customer, [customer])
    found = person_seen(_viewer(request), customer)
    look(request, "person", customer, customer=customer)
    return found


def note_refused(request: HttpRequest, name: str, about: Collection[str]) -> None:
    """Notes that somebody asked for what concerns those they are tied to, by its address: they are shown nothing."""
    if not _viewer(request).ties.isdisjoint(about):
        look(request, REFUSED, name)


def look(request: HttpRequest, kind: str, name: str, customer: str = "", purpose: str = "") -> None:
    """Notes that this page shows something of a customer's; once for a page. Raises `NotedTwice`."""
    if hasattr(request, NOTED):
        raise NotedTwice(f"{request.path} notes {kind} {name} as well.")
    viewer = _viewer(request)
    opened = Grant.objects.open_at(viewer.at).filter(staff=viewer.id, file=name) if name in viewer.opened else ()
    grant = next(iter(opened), None)
    noted = Look(
        at=viewer.at,
        day=viewer.day,
        staff=viewer.id,
        kind=kind,
        file=_storable(name),
        customer=customer,
        page=_storable(request.path),
        purpose=_storable(purpose or (grant.reason if grant else "")),
        grant=grant.id if grant else None,
    )
    setattr(request, NOTED, noted)


def _storable(words: str) -> str:
    """Words as both databases keep them: what somebody typed to search for is noted, whatever it was."""
    return words.replace("\x00", "")


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = vars(request)["viewer"]
    return viewer


def needs_purpose(viewer: Viewer, name: str) -> bool:
    """Whether the viewer sees a file only because they see everything, and by no grant of their own (H1)."""
    if viewer.sees != "all" or name in viewer.opened:
        return False
    return not FileStaff.objects.filter(file=name, staff__in={viewer.id, *viewer.team}).exists()


def purpose_given(request: HttpRequest, name: str) -> str:
    """Why the viewer looks at a file, as they said today; '' where they did not."""
    day, words = request.session.get(PURPOSES, {}).get(name, ("", ""))
    return words if day == _viewer(request).day.isoformat() else ""


def give_purpose(request: HttpRequest, name: str, words: str) -> None:
    """Remembers for the rest of the day why the viewer looks at a file; what was said before today goes."""
    today = _viewer(request).day.isoformat()
    kept = {file: said for file, said in request.session.get(PURPOSES, {}).items() if said[0] == today}
    request.session[PURPOSES] = {**kept, name: [today, words]}


def write_down(request: HttpRequest, response: HttpResponse) -> bool:
    """Writes the look that was noted, if any; False where that could not be done.

    An answer that only leads on, or only says that words were kept, shows nothing of a file: the page that it leads to
    notes its own look.
    """
    noted: Look | None = getattr(request, NOTED, None)
    leads_on = HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST
    is_empty = leads_on or response.status_code == HTTPStatus.NO_CONTENT
    try:
        if noted is not None and not (is_empty and noted.kind in FILES):
            rows.add(Look, [tuple(getattr(noted, name) for name in rows.columns(Look))], using="looks")
    except DatabaseError:
        return False
    return True
