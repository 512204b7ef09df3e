"""What a report says so far, line by line, each with the page that changes it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from evenhand.casework.shape import BadStep, read_draft
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.wording import plain_day
from evenhand.web.file.words import Said, Telling, said_in
from evenhand.web.reporting.asked import TICKS, Asked
from evenhand.web.reporting.journey import Journey

Row = tuple[str, str, str, str, str]
"""What it is, what was typed, and the link that changes it with its words, seen and unseen."""


def rows_of(journey: Journey, telling: Telling) -> list[Row]:
    """Every answer in the order of the pages; a page with none has one line, so that it can be filled in."""
    return [row for page in journey.pages for row in _rows_of(page, journey, telling)]


def _rows_of(page: Asked, journey: Journey, telling: Telling) -> Iterator[Row]:
    href = f"{reverse('report_page', args=(page.name,))}?to=check"
    lines = list(_lines(page, journey, telling)) or [(page.title, "Nothing")]
    for key, text in lines:
        yield key, text, href, "Change", key.lower()


def _lines(page: Asked, journey: Journey, telling: Telling) -> Iterator[tuple[str, str]]:
    if page.name == "more":
        ticked = [title for tick, (title, _) in TICKS.items() if tick in journey.begun.ticks]
        yield page.title, "\n".join(ticked) or "None of these"
    elif page.name == "same":
        same = next((one for one in journey.near if one.name == journey.same), None)
        yield "Reported before?", f"Yes, on {plain_day(same.happened_on)}" if same else "No, it is another one"
    else:
        fields = {*page.fields, "subject"} if page.name == "who" else set(page.fields)
        for said in _said(page, journey, telling):
            if said.name in fields:
                yield (page.labels or {}).get(said.name, (said.label, ""))[0], said.text


def _said(page: Asked, journey: Journey, telling: Telling) -> list[Said]:
    """What a page's step says; nothing while it is not whole."""
    data = journey.data(page.step)
    if page.step is ReportIncident and data.get("home") in telling.registers.homes:
        data = {**data, "home": telling.registers.homes[data["home"]].address}
    try:
        return list(said_in(read_draft(page.step, data), telling))
    except BadStep:
        return []
