"""What an auditor finds to audit, and what is still to be put right."""

from __future__ import annotations

import pytest

from evenhand.people.models import LineManager
from evenhand.people.writing import mark_changed
from evenhand.web.lists.audits import audits_of, unaudited
from tests.web.lists.conftest import open_case, report

FOUND = {"clause": "6.2", "what": "A need.", "action": "Ask her.", "owner": "fay", "due_on": "2026-08-20"}


@pytest.fixture
def ended(desk):
    """A case that ended: Mina declined it."""
    report(desk)
    open_case(desk)
    desk.take("decline_case", "case", "UC-1", "mina", reasons="A talk was not tried.")
    return desk


def names(viewer) -> list[str]:
    return [row.name for row in unaudited(viewer)]


def test_a_case_that_ended_is_there_to_audit_until_an_auditor_has_been_on_it(ended, viewing):
    found = audits_of(viewing("audra"))
    assert [(one.what, one.href) for one in found.to_do.items] == [("Carol Ashdown", "/case/UC-1/do/audit_case/")]
    ended.take("audit_case", "case", "UC-1", "audra", findings=[FOUND])
    assert names(viewing("audra")) == []


def test_an_open_case_is_not_offered(desk, viewing):
    report(desk)
    open_case(desk)
    assert names(viewing("audra")) == []


def test_an_auditor_is_not_offered_what_those_she_manages_took_part_in(ended, viewing):
    LineManager.objects.create(staff_id="olu", manager_id="audra", since="2026-01-01")
    mark_changed()
    assert names(viewing("audra")) == []


def test_findings_stay_until_they_are_done_with_who_is_to_do_them(ended, viewing):
    audit = ended.take("audit_case", "case", "UC-1", "audra", findings=[FOUND]).entries[0].ref
    found = audits_of(viewing("audra")).findings.items
    assert [(one.what, one.href, one.is_overdue) for one in found] == [("Fay Hart", "/case/UC-1/", False)]
    assert audits_of(viewing("audra", days=30)).findings.items[0].is_overdue
    ended.take("complete_audit_action", "case", "UC-1", "fay", audit=audit, number=1, done="Asked and written down.")
    assert audits_of(viewing("audra")).findings.items == []


def test_h1_a_restricted_case_is_not_offered_to_audit(ended, viewing):
    ended.take("restrict_case", "case", "UC-1", "mina", allowed=["mina"], reasons="A colleague's neighbour.")
    assert names(viewing("audra")) == []


def test_whoever_is_no_auditor_has_no_audits(desk, viewing):
    assert [audits_of(viewing(who)) for who in ("olu", "mina", "sam", "dara")] == [None] * 4
