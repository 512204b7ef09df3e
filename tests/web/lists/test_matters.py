"""What a duty is about, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases.models import OpenDuty
from evenhand.web.lists.matters import matters_of
from evenhand.web.lists.people import files_named
from tests.desk import NOW, Desk
from tests.web.lists.conftest import open_case, propose_flag, put_allegation, report


def matters(duty: str) -> list[str]:
    """What the duties of one kind are about, first due first."""
    rows = list(OpenDuty.objects.filter(duty=duty).order_by("due_on", "id"))
    found = matters_of(rows, files_named(row.file for row in rows))
    return [found[row.pk] for row in rows]


def urgent(desk: Desk) -> None:
    """An injunction sought at once, and the court's decision the day after: the customer is to be told of both."""
    report(desk)
    open_case(desk)
    brought: dict[str, Any] = {
        "subject": "carol",
        "remedy": "office_access",
        "imposed_on": "2026-05-04",
        "source": "The old system.",
    }
    desk.take("bring_in_sanction", "case", "UC-1", "olu", **brought)
    desk.take("bring_in_sanction", "case", "UC-1", "olu", **{**brought, "remedy": "restricted_channels"})


def test_two_duties_of_one_kind_say_which_measure_each_is_about(desk):
    urgent(desk)
    brought = "brought in a sanction from before, 3 August 2026"
    assert sorted(matters("approve_sanction")) == [
        f"Limited access to offices: {brought}",
        f"Limited ways to be in touch: {brought}",
    ]


def test_a_duty_about_no_measure_says_what_it_follows_from(desk):
    report(desk)
    open_case(desk)
    put_allegation(desk)
    assert matters("hear_customer") == ["Put the allegation to the customer, 3 August 2026"]


def test_a_duty_that_the_file_began_with_says_nothing_more(desk):
    report(desk)
    propose_flag(desk)
    assert (matters("triage_incident"), matters("approve_flag")) == ([""], [""])


def test_what_an_audit_asked_for_says_which_finding_it_is(desk):
    report(desk)
    open_case(desk)
    found = {"clause": "6.2", "what": "A need.", "action": "Ask her.", "owner": "fay"}
    asked = [{**found, "due_on": "2026-08-20"}, {**found, "due_on": "2026-08-21"}]
    desk.take("audit_case", "case", "UC-1", "audra", at=NOW + timedelta(days=1), findings=asked)
    audited = "Audited the case, finding {}, 4 August 2026"
    assert matters("complete_audit_action") == [audited.format(1), audited.format(2)]


def test_nothing_owed_is_about_nothing(desk):
    assert matters_of([], {}) == {}


def test_many_duties_take_as_many_statements_as_one(desk):
    urgent(desk)
    rows = list(OpenDuty.objects.all())
    files = files_named(row.file for row in rows)
    asked = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as found:
            matters_of(some, files)
        asked.append(len(found))
    assert asked == [2, 2]
