"""Components: every macro is shown, says what it means without colour, and needs no script."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import evenhand.web
from evenhand.cases.editions import in_force
from evenhand.policy.findings import Citation, Effect, Finding, met, not_met, unknown
from evenhand.web.months import window
from evenhand.web.showing import clause_words, finding_kind, status_words

TEMPLATES = Path(evenhand.web.__file__).parent / "templates" / "web"


class Tags(HTMLParser):
    """Every opening tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def gallery(desk) -> str:
    return desk.client("olu").get("/gallery/").content.decode()


def test_every_component_is_in_the_gallery():
    text = (TEMPLATES / "gallery.html").read_text()
    for file, name in (("all", "ui"), ("inputs", "inputs")):
        macros = re.findall(r"macro ([a-z]\w*)\(", (TEMPLATES / "components" / f"{file}.html").read_text())
        inner = {"notice_block", "finding", "event"}
        assert [one for one in macros if one not in inner and f"{name}.{one}(" not in text] == []


def test_no_component_needs_inline_script_or_style(desk):
    tags = Tags(gallery(desk)).found
    bad = [(tag, name) for tag, given in tags for name in given if name == "style" or name.startswith("on")]
    assert (bad, [tag for tag, given in tags if tag == "style" or (tag == "script" and "src" not in given)]) == ([], [])


def test_every_input_has_a_label_and_every_id_stands_once(desk):
    tags = Tags(gallery(desk)).found
    ids = [given["id"] for _, given in tags if "id" in given]
    labelled = {given.get("for") for tag, given in tags if tag == "label"}
    inputs = [given["id"] for tag, given in tags if tag in ("input", "textarea", "select")]
    assert (len(ids), [one for one in inputs if one not in labelled]) == (len(set(ids)), [])


def test_what_describes_an_input_is_there(desk):
    tags = Tags(gallery(desk)).found
    ids = {given.get("id") for _, given in tags}
    named = [name for _, given in tags for name in (given.get("aria-describedby") or "").split()]
    assert [name for name in named if name not in ids] == []


def test_headings_are_in_order(desk):
    levels = [int(tag[1]) for tag, _ in Tags(gallery(desk)).found if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert [(one, two) for one, two in pairwise(levels) if two > one + 1] == []


def test_a_clause_shows_its_words_and_leads_to_the_policy():
    found = clause_words("5.6")
    assert (found.label, found.words, found.href) == ("5.6", in_force().clauses["5.6"], "/policy/#c5.6")


def test_a_clause_of_an_older_edition_that_is_gone_says_so():
    assert clause_words("99.9").words == "This clause is not in the edition that was in force."


def test_a_floor_is_cited_as_what_holds_whatever_the_policy_says():
    found = clause_words("floor: a review date")
    assert (found.label, found.heading, found.href) == ("always", "Whatever the policy says: a review date.", "")


def test_each_finding_has_a_word_besides_its_mark():
    cited = Citation("any", "1.1")
    given = [
        (Effect.STOP, met("")), (Effect.STOP, not_met("")), (Effect.STOP, unknown("")), (Effect.WARN, not_met("")),
        (Effect.WARN, unknown("")), (Effect.OWE, met("")),
    ]  # fmt: skip
    words = [finding_kind(Finding("x", cited, effect, verdict)).word for effect, verdict in given]
    assert words == ["Met.", "Not met.", "Not known yet.", "Warning.", "Warning.", "Owed."]


def test_a_state_that_nobody_listed_is_shown_as_it_is_called():
    assert (status_words("on_hold").text, status_words("endorsed").text) == ("On hold", "Endorsed")


def test_a_calendar_lights_the_allowed_window_across_months():
    months = window(date(2026, 8, 30), date(2026, 9, 2), {date(2026, 9, 1): "first review"})
    allowed = [[day.number for week in month.weeks for day in week if day and day.is_allowed] for month in months]
    marks = [day.mark for month in months for week in month.weeks for day in week if day and day.mark]
    assert ([month.title for month in months], allowed, marks) == (
        ["August 2026", "September 2026"],
        [[30, 31], [1, 2]],
        ["first review"],
    )


def test_a_window_of_years_is_drawn_for_thirteen_months():
    assert len(window(date(2026, 1, 1), date(2030, 1, 1))) == 13
