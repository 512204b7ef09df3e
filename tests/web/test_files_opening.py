"""Opening a file for a page: rights, heads and everything a decision reads, in two statements on either database."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases.archive import FOLDS
from evenhand.cases.seeing import Viewer
from evenhand.cases.taking import take_step
from evenhand.casework.registers import Registers
from evenhand.people.reading import registers_on
from evenhand.people.writing import enter
from evenhand.web.file import remembered
from evenhand.web.file.opening import opened
from evenhand.web.file.timeline import timeline_of
from tests.desk import CUSTOMERS, HOMES, NOW, STAFF
from tests.web.steps_at_the_desk import CASE, OPENED

INCIDENT, SECRET = "IN-2026-AAAAA", "UC-2026-SSSSS"


def _landlord() -> None:
    enter(Registers({m.id: m for m in STAFF}, {c.id: c for c in CUSTOMERS}, {h.uprn: h for h in HOMES}))
    _take("open_case", "case", CASE, "olu", **OPENED)
    happened = {"subject": "carol", "what_happened": "She shouted.", "happened_on": "2026-08-01"}
    _take("report_incident", "incident", INCIDENT, "olu", **happened)
    _take("record_need", "person", "carol", "olu", need="low_vision")
    brought = {"remedy": "warning_letter", "imposed_on": "2026-07-01", "source": "The letter.", "reasons": "Shouting."}
    _take("bring_in_sanction", "case", SECRET, "sam", subject="carol", **brought)
    _take("restrict_case", "case", SECRET, "sam", reasons="A colleague is named.", allowed=["sam"])


def _take(step, kind, file, by, **data):
    taken = take_step(step=step, kind=kind, file=file, data=data, actor=by, at=NOW)
    assert taken.entries, [one.verdict.sentence for one in taken.decision.refusals]


def _viewer(who: str) -> Viewer:
    registers, day = registers_on(NOW.date()), NOW.date()
    return Viewer(registers.staff[who], registers, day, NOW, registers.roles_of(who, day), "all")


def _forget() -> None:
    FOLDS._folds.clear()
    remembered.FINDINGS._kept.clear()
    remembered.PIECES._kept.clear()


def test_file_is_opened_in_two_statements_with_what_was_found(database):
    _landlord()
    olu = _viewer("olu")
    opened("case", CASE, olu)
    _forget()
    with CaptureQueriesContext(connection) as cold:
        page = opened("case", CASE, olu)
        shown = timeline_of(page)
    with CaptureQueriesContext(connection) as warm:
        opened("case", CASE, olu)
    assert (len(cold), len(warm), len(shown.events[0].checks)) == (2, 1, 6)


def test_opened_file_reads_every_file_about_its_person(database):
    _landlord()
    page = opened("case", CASE, _viewer("olu"))
    assert page.facts.files.keys() == {CASE, INCIDENT, SECRET, "carol"}


def test_h1_opened_file_names_none_that_is_kept_from_the_viewer(database):
    _landlord()
    olu, sam = (opened("case", CASE, _viewer(who)) for who in ("olu", "sam"))
    assert (SECRET in olu.seen, SECRET in sam.seen) == (False, True)
    assert olu.say(f"There is {SECRET} already.") == "There is a file that is not shown to you already."
    assert sam.say(f"There is {SECRET} already.") == f"There is {SECRET} already."
    assert olu.called(f"{SECRET}#1") == "a file that is not shown to you"


def test_file_not_begun_yet_is_empty(database):
    _landlord()
    page = opened("case", "UC-2026-NNNNN", _viewer("olu"))
    assert (page.file.exists, page.seen, page.hash) == (False, frozenset(), "")
