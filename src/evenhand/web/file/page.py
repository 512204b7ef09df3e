"""Everything the page of a file shows, put together for its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.template import engines
from django.urls import reverse
from markupsafe import Markup

from evenhand.casework.entry import AnyEntry
from evenhand.casework.steps.base import FileKind
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.wording import plain_day
from evenhand.evidence.models import Blob
from evenhand.evidence.reading import blobs_for, counted
from evenhand.looks.reading import may_ask_who, who_looked
from evenhand.policy.clock import LONDON
from evenhand.web.file.board import board_of
from evenhand.web.file.citing import Cited
from evenhand.web.file.measures import measures_of
from evenhand.web.file.opening import Opened
from evenhand.web.file.parts import (
    elsewhere,
    facts_line,
    looked_into,
    people_of_file,
    person_lists,
    related,
    title_of,
)
from evenhand.web.file.remembered import Pieces, pieces
from evenhand.web.file.strip import strip_of
from evenhand.web.file.talking import talk, visiting
from evenhand.web.file.timeline import KINDS, Event, by_whom, events_of, timeline_of
from evenhand.web.file.words import Line, line_of
from evenhand.web.showing import status_of
from evenhand.web.steps.gate import warned
from evenhand.web.steps.titles import titles_of

KIND_TITLES: Mapping[FileKind, str] = {
    "incident": "Report",
    "case": "Case",
    "flag": "Flag",
    "person": "Customer",
    "inquiry": "Inquiry",
}
SECTIONS: Mapping[FileKind, tuple[str, ...]] = {
    "incident": ("_owed", "_people", "_related"),
    "case": ("_measures", "_owed", "_people", "_related"),
    "flag": ("_people", "_related"),
    "inquiry": ("_owed", "_people", "_related"),
    "person": ("_related",),
}
"""What stands beside the timeline, by kind of file."""
ASKED = ("show", "words", "before")
"""What narrows the timeline."""


def values_of(page: Opened, asked: QueryDict) -> dict[str, Any]:
    """What `web/file/file.html` shows of a file; `asked` is the query: what the timeline is narrowed to."""
    file, kind = page.file, page.file.kind
    narrowed, is_access = tuple(asked.get(name, "") for name in ASKED), asked.get("show") == "access"
    return {
        "file": file,
        "kind": kind,
        "name": file.name,
        "kind_title": KIND_TITLES[kind],
        "title": title_of(file, page) if kind == "person" else file.name,
        "stands": status_of(file),
        "facts_line": list(facts_line(page)),
        "strip": strip_of(page),
        "is_person_page": kind == "person",
        "edition": page.edition,
        "here": page.here,
        "recorded": (recorded := _recorded(page, asked.get("recorded", ""))),
        "noted": warned(recorded.findings, type(recorded.entry.data), page) if recorded else [],
        "evidence": _evidence(page),
        "on_reports": _on_reports(page),
        "pieces": pieces((page.stands_at, narrowed), page.viewer.registers, lambda: _made(page, *narrowed)),
        "who": [one for one in who_looked(kind, file.name) if one.staff not in page.nameless] if is_access else [],
        "is_access": is_access,
        "may_ask_who": may_ask_who(page.viewer, "" if kind == "person" else getattr(file, "officer", "")),
        "starts": list(_starts(page)),
        **(_person_values(page, asked) if kind == "person" else {}),
    }


def _made(page: Opened, show: str, words: str, before: str) -> Pieces:
    """The parts that only something recorded, or another day, can change."""
    timeline, cite = timeline_of(page, show, words, before), Cited(page.edition)
    narrowed = {name: value for name, value in (("show", show), ("words", words)) if value}
    older = f"{page.here}?{urlencode({**narrowed, 'before': timeline.older})}#timeline" if timeline.older else None
    values = {
        "file": page.file,
        "kind": page.file.kind,
        "edition": page.edition,
        "cite": cite,
        "here": page.here,
        "board": board_of(page),
        "timeline": timeline,
        "kinds": KINDS,
        "older": older,
        "newest": f"{page.here}?{urlencode(narrowed)}#timeline",
        "when": when,
        "measures": measures_of(page),
        "people": people_of_file(page),
        "related": related(page),
        "elsewhere": elsewhere(page),
        "looked_into": list(looked_into(page)),
        "lists": person_lists(page) if page.file.kind == "person" else [],
        "sections": [f"web/file/{name}.html" for name in SECTIONS[page.file.kind]],
    }
    made = {name: _drawn(name, values) for name in ("next", "acts", "lists", "sections", "timeline")}
    return {**made, "cited": cite.words}


def _drawn(name: str, values: dict[str, Any]) -> Markup:
    return Markup(engines["jinja2"].get_template(f"web/file/_{name}.html").render(values))  # noqa: S704 - a template's own


def _starts(page: Opened) -> Iterator[tuple[str, str]]:
    """What may be begun from here about the same person: what the link says, and where it leads."""
    file, edition = page.file, page.edition
    about = {"subject": file.subject} if file.subject else {}
    cited = {"incident": file.name} if file.kind == "incident" else {}
    cited_in_case = {"incidents": file.name} if cited else {}
    for kind, step, fields in (("case", "open_case", cited_in_case), ("flag", "propose_flag", cited)):
        rule = edition.steps.get(step)
        if file.kind in ("person", "incident") and rule and edition.held(page.viewer.roles, rule.roles):
            yield rule.title, f"{reverse('new_file', args=(kind,))}?{urlencode({**about, **fields})}"


def _person_values(page: Opened, asked: QueryDict) -> dict[str, Any]:
    return {
        "talk": talk(page, asked.get("channel", ""), asked.get("topic", "")),
        "visit": visiting(page),
        "channels": titles_of(page.edition, "channels"),
        "topics": titles_of(page.edition, "topics"),
    }


def _evidence(page: Opened) -> list[Blob]:
    return blobs_for(page.viewer, page.file.kind, page.file.name) if page.file.all(AddEvidence) else []


def _on_reports(page: Opened) -> dict[str, int]:
    """How many files stand on each report that the case rests on, as far as the viewer may know of them."""
    named = [one.name for one in page.facts.incidents if one.name in page.seen and one.all(AddEvidence)]
    return counted(page.viewer, "incident", named) if named and page.file.kind == "case" else {}


def _recorded(page: Opened, number: str) -> Event | None:
    """What was just recorded, for whoever recorded it."""
    mine = [entry for entry in page.file.recorded if str(entry.sequence) == number and entry.by == page.viewer.id]
    return next(events_of(mine, page), None)


def when(entry: AnyEntry) -> str:
    """The day an entry counts from, with the hour it was recorded, and the day of that where it was another."""
    recorded = entry.recorded_at.astimezone(LONDON)
    if recorded.date() == entry.taken_on:
        return f"{plain_day(entry.taken_on)}, {recorded:%H:%M}"
    return f"{plain_day(entry.taken_on)} (recorded {plain_day(recorded.date())})"


def recent(page: Opened, number: int = 5) -> list[tuple[Line, str, str]]:
    """The last entries of a file, for whoever fills in a form: each with who and when."""
    lines = (line_of(page.file.by_ref.get(entry.ref, entry), page.telling) for entry in page.file.recorded[-number:])
    return [(line, by_whom(line, page), when(line.entry)) for line in reversed(list(lines))]
