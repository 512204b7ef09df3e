"""Whose a duty is."""

from __future__ import annotations

from django.urls import reverse

from evenhand.cases.models import OpenDuty
from evenhand.cases.seeing import Viewer
from evenhand.casework.duties import KINDS
from evenhand.people.models import Deputy, StaffRole
from evenhand.people.writing import mark_changed
from evenhand.web.lists.acts import KEPT_BY, file_href
from evenhand.web.lists.owed import is_owed_by, standing
from tests.web.lists.conftest import open_case, propose_flag, put_allegation, report


def owed(viewer: Viewer) -> list[tuple[str, str]]:
    found = standing(viewer).filter(is_owed_by(viewer)).order_by("due_on", "id")
    return list(found.values_list("duty", "file"))


def test_every_duty_has_a_step_that_keeps_it():
    assert KEPT_BY.keys() == KINDS.keys()


def test_a_files_page_is_the_one_that_its_address_names(desk):
    names = [("case", "UC-2026-7KQ4M"), ("person", "o'brien & co: 1"), ("flag", "é/ü")]
    assert [file_href(*name) for name in names] == [
        "/case/UC-2026-7KQ4M/",
        reverse("file", args=names[1]),
        "/flag/%C3%A9/%C3%BC/",
    ]


def test_what_a_case_officer_owes_is_theirs_and_not_another_officers(desk, viewing):
    report(desk)
    open_case(desk)
    put_allegation(desk)
    assert ("hear_customer", "UC-1") in owed(viewing("olu"))
    assert [duty for duty in owed(viewing("otto")) if duty[1] == "UC-1"] == []


def test_a_report_is_owed_by_case_officers_who_see_it_and_by_no_higher_role(desk, viewing):
    report(desk)
    assert owed(viewing("olu")) == [("triage_incident", "IN-1")]
    assert owed(viewing("otto")) == []
    assert owed(viewing("fay")) == []
    assert owed(viewing("mina")) == []
    assert owed(viewing("sam")) == []


def test_what_nobody_else_holds_falls_to_those_whose_role_includes_it(desk, viewing):
    report(desk)
    StaffRole.objects.filter(role="case_officer").delete()
    mark_changed()
    assert owed(viewing("mina")) == [("triage_incident", "IN-1")]


def test_a_managers_duty_is_the_line_managers_of_whose_file_it_is(desk, viewing):
    report(desk)
    propose_flag(desk)
    assert ("approve_flag", "FL-1") in owed(viewing("mina"))
    assert ("approve_flag", "FL-1") not in owed(viewing("nils"))
    assert ("approve_flag", "FL-1") not in owed(viewing("sam"))


def test_a_deputy_owes_what_those_they_stand_in_for_owe(desk, viewing):
    report(desk)
    propose_flag(desk)
    Deputy.objects.create(staff_id="mina", deputy_id="olu", since="2026-08-03", until="2026-08-04")
    mark_changed()
    assert ("approve_flag", "FL-1") in owed(viewing("olu"))
    assert ("approve_flag", "FL-1") not in owed(viewing("olu", days=2))


def test_a_keeper_who_no_longer_holds_the_role_leaves_it_to_those_who_do(desk, viewing):
    report(desk)
    open_case(desk)
    put_allegation(desk)
    OpenDuty.objects.filter(duty="hear_customer").update(keeper="fay")
    assert ("hear_customer", "UC-1") in owed(viewing("olu"))


def test_what_fell_away_is_owed_no_more(desk, viewing):
    report(desk)
    OpenDuty.objects.update(falls_away_on="2026-08-02")
    assert owed(viewing("olu")) == []


def test_h1_nothing_is_owed_on_a_file_that_is_not_seen(desk, viewing):
    report(desk)
    open_case(desk)
    put_allegation(desk)
    desk.take("restrict_case", "case", "UC-1", "mina", allowed=["mina"], reasons="A colleague's neighbour.")
    assert [duty for duty in owed(viewing("sam")) if duty[1] == "UC-1"] == []


def test_what_an_audit_asks_of_somebody_is_theirs_whatever_their_place(desk, viewing):
    report(desk)
    open_case(desk)
    found = {"clause": "6.2", "what": "A need is not on file.", "action": "Ask her.", "due_on": "2026-08-20"}
    desk.take("audit_case", "case", "UC-1", "audra", findings=[{**found, "owner": "fay"}, {**found, "owner": "ada"}])
    asked = "complete_audit_action"
    assert [duty for duty, _ in owed(viewing("fay"))] == [asked]
    assert [duty for duty, _ in owed(viewing("mina")) if duty == asked] == [asked]  # an administrator may not do it
    assert [duty for duty, _ in owed(viewing("olu")) if duty == asked] == []
