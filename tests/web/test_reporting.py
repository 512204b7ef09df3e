"""Reporting an incident page by page, and what its reporter sees afterwards."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.archive import RecordArchive
from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, OpenDuty
from evenhand.cases.taking import take_step
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.incident import (
    AddStatement,
    MakeSafe,
    OfferStaffSupport,
    RecordInjury,
    ReportIncident,
    ReportToPolice,
)
from evenhand.evidence.models import Blob
from evenhand.people.models import Connection
from evenhand.people.writing import mark_changed
from evenhand.web.models import Draft
from evenhand.web.reporting.asked import EXAMPLES
from evenhand.web.reporting.near import reports_near
from tests.evidence.making import evidence_folder

__all__ = ["evidence_folder"]

WHAT = "She shouted at me at the counter until I went away."


@pytest.fixture
def fay(desk) -> Client:
    """The browser of a front-line colleague."""
    return desk.client("fay")


def go(browser: Client, page: str, **typed: Any) -> Any:
    return browser.post(f"/report/{page}/", typed)


def answer(browser: Client, *ticks: str, **kind: Any) -> None:
    """The pages of the common case, up to the page that asks what else applies."""
    go(browser, "who", act="person carol")
    go(browser, "what", what_happened=WHAT, when="today")
    go(browser, "kind", **{"behaviours": ["abusive"], **kind})
    go(browser, "more", ticks=ticks)


def incident(name: str = "") -> IncidentFile:
    """The incident of a name, else the only one there is."""
    file = RecordArchive().file(name or FileIndex.objects.get(kind="incident").name)
    assert isinstance(file, IncidentFile)
    return file


def only(model: type[StepData], name: str = "") -> Any:
    found = incident(name).all(model)
    assert len(found) == 1
    return found[0].data


def typed_so_far(staff: str = "fay") -> dict[str, list[str]]:
    return Draft.objects.get(staff=staff, page="/report/").data


def text(answered: Any) -> str:
    return answered.content.decode()


def today() -> date:
    return incident().opened_on or date.min


# --- the common case


def test_common_case_is_five_pages_and_a_paragraph(fay):
    assert fay.get("/report/")["Location"] == "/report/who/"
    found = go(fay, "who", act="find", find="carol ashdwon")
    assert found["Location"] == "/report/who/#found"
    assert 'value="person carol"' in text(fay.get("/report/who/"))
    assert go(fay, "who", act="person carol")["Location"] == "/report/what/"
    assert go(fay, "what", what_happened=WHAT, when="today")["Location"] == "/report/kind/"
    assert go(fay, "kind", behaviours=["abusive"])["Location"] == "/report/more/"
    assert go(fay, "more")["Location"] == "/report/check/"
    shown = text(fay.get("/report/check/"))
    assert ("Carol Ashdown" in shown, WHAT in shown, "Abusive" in shown) == (True, True, True)
    sent = fay.post("/report/check/", {"name": typed_so_far()["name"][0]})
    assert sent["Location"] == f"/report/sent/{incident().name}/"
    data = only(ReportIncident)
    assert (data.subject, data.what_happened, data.behaviours) == ("carol", WHAT, ("abusive",))
    assert (data.happened_on, data.first_hand, data.injured, data.reporter) == (today(), True, False, None)
    assert incident().report.by == "fay"
    assert not Draft.objects.exists()


def test_sent_page_says_what_happens_next_and_by_when(fay):
    answer(fay)
    fay.post("/report/check/")
    shown = text(fay.get(f"/report/sent/{incident().name}/"))
    due = OpenDuty.objects.get(file=incident().name, duty="triage_incident").due_on
    assert f"{due.day} {due:%B %Y}" in shown
    assert "My reports" in shown


def test_every_page_can_be_opened(fay):
    answer(
        fay,
        "safe",
        "hurt",
        "police",
        "behalf",
        "others",
        "aimed",
        behaviours=["unreasonable_demands"],
        between_customers="yes",
    )
    pages = [
        "who",
        "what",
        "kind",
        "amount",
        "between",
        "more",
        "safe",
        "injury",
        "police",
        "behalf",
        "others",
        "aimed",
    ]
    assert [fay.get(f"/report/{page}/").status_code for page in pages] == [200] * len(pages)


def test_kinds_of_conduct_each_have_an_example(desk):
    assert EXAMPLES.keys() == in_force().behaviours.keys()


# --- who


def test_somebody_not_known_is_described(fay):
    go(fay, "who", subject_description="A man in a blue coat", where="Car park, Quarry Rise")
    go(fay, "what", what_happened=WHAT, when="yesterday")
    go(fay, "kind")
    go(fay, "more")
    fay.post("/report/check/")
    data = only(ReportIncident)
    assert (data.subject, data.subject_description, data.where) == (
        None,
        "A man in a blue coat",
        "Car park, Quarry Rise",
    )
    assert data.happened_on == today() - timedelta(days=1)


def test_somebody_at_a_home_is_reported_by_its_address(fay):
    go(fay, "who", act="home 100001")
    assert typed_so_far()["report_incident:home"] == ["100001"]
    assert typed_so_far()["report_incident:where"] == ["14 Quarry Rise, Bristol BS4 1AA"]


def test_nobody_and_nowhere_is_asked_again(fay):
    answered = go(fay, "who")
    assert answered.status_code == 422
    assert 'href="#f-subject_description"' in text(answered)
    assert "<title>Error: " in text(answered)


def test_person_chosen_can_be_changed(fay):
    go(fay, "who", act="person carol")
    assert "About <strong>Carol Ashdown, 14 Quarry Rise" in text(fay.get("/report/who/"))
    go(fay, "who", act="clear")
    assert "report_incident:subject" not in typed_so_far()


def test_h1_customer_one_is_tied_to_is_not_found(desk, fay):
    Connection.objects.create(staff_id="fay", to="carol")
    mark_changed()
    go(fay, "who", act="find", find="carol")
    shown = text(fay.get("/report/who/"))
    assert ("Quarry Rise" in shown, "Nobody was found" in shown) == (False, True)


def test_where_nobody_has_that_first_name_those_of_the_surname_are_shown_and_it_is_said(fay):
    for typed, told in (("Margret Ashdwon", True), ("Ashdwon", False)):
        go(fay, "who", act="find", find=typed)
        shown = text(fay.get("/report/who/"))
        assert ("Carol Ashdown" in shown, "Nobody fits all of that" in shown) == (True, told)


def test_what_is_wrong_is_said_under_the_words_that_the_page_asks_with(fay):
    said = "If you do not know who it was: say what you saw of them, or where it was; or find them above."
    assert said in text(go(fay, "who"))


# --- nothing typed is lost


def test_draft_survives_sign_out(desk, fay):
    go(fay, "who", act="person carol")
    go(fay, "what", what_happened=WHAT, when="today", act="keep")
    fay.logout()
    later = desk.client("fay")
    assert "You have a report you did not send" in text(later.get("/report/"))
    assert WHAT in text(later.get("/report/what/"))
    assert "Not sent yet" in text(later.get("/reports/"))


def test_draft_is_nobody_elses(desk, fay):
    go(fay, "who", act="person carol")
    assert desk.client("olu").get("/report/")["Location"] == "/report/who/"


def test_draft_can_be_thrown_away(fay):
    go(fay, "who", act="person carol")
    assert fay.post("/report/again/")["Location"] == "/report/who/"
    assert not Draft.objects.exists()


def test_wrong_day_keeps_everything_typed(fay):
    go(fay, "who", act="person carol")
    wrong = {"happened_on-day": "31", "happened_on-month": "2", "happened_on-year": "2026"}
    answered = go(fay, "what", what_happened=WHAT, words_said="Get lost", when="other", **wrong)
    assert answered.status_code == 422
    shown = text(answered)
    assert [word in shown for word in (WHAT, "Get lost", 'value="31"', 'href="#f-happened_on-day"')] == [True] * 4
    assert WHAT in text(fay.get("/report/what/"))


def test_day_to_come_is_refused(fay):
    go(fay, "who", act="person carol")
    day = {"happened_on-day": "1", "happened_on-month": "1", "happened_on-year": "2190"}
    assert go(fay, "what", what_happened=WHAT, when="other", **day).status_code == 422


@pytest.mark.parametrize(
    ("day", "month", "says"),
    [
        ("31", "2", "When: enter a day that exists, such as 20 8 2026."),
        ("22", "soon", "When: enter a day that exists, such as 20 8 2026."),
        ("", "", "When: say which day it was; the nearest you remember will do."),
    ],
)
def test_day_that_is_none_is_asked_for_once_in_plain_words(fay, day, month, says):
    go(fay, "who", act="person carol")
    typed = {"happened_on-day": day, "happened_on-month": month, "happened_on-year": day and "2026"}
    answered = go(fay, "what", what_happened=WHAT, when="other", **typed)
    assert re.findall(r'href="#f-happened_on-day">([^<]*)', text(answered)) == [says]


def test_day_typed_counts_though_today_was_left_chosen(fay):
    go(fay, "who", act="person carol")
    day = {"happened_on-day": "3", "happened_on-month": "1", "happened_on-year": "2026"}
    go(fay, "what", what_happened=WHAT, when="today", **day)
    assert [typed_so_far()[name] for name in ("when", "report_incident:happened_on-day")] == [["other"], ["3"]]
    go(fay, "what", what_happened=WHAT, when="today", **day)  # the day shown again, and another choice made
    assert typed_so_far()["report_incident:happened_on"] == [str(timezone.localdate())]


def test_report_of_today_is_of_that_day_when_sent_tomorrow(fay):
    answer(fay)
    draft = Draft.objects.get(staff="fay")
    draft.data["report_incident:happened_on"] = ["2026-03-05"]  # as it was kept when 'today' was chosen
    draft.save()
    assert 'value="5"' in text(fay.get("/report/what/"))
    fay.post("/report/check/")
    assert only(ReportIncident).happened_on == date(2026, 3, 5)


def test_check_asks_for_what_was_passed_over(fay):
    go(fay, "who", act="person carol")
    answered = fay.get("/report/check/")
    assert (answered.status_code, "What happened?" in text(answered)) == (422, True)


def test_changing_an_answer_comes_back_to_the_check(fay):
    answer(fay)
    assert 'name="to" value="check"' in text(fay.get("/report/kind/?to=check"))
    assert go(fay, "kind", behaviours=["threatening"], to="check")["Location"] == "/report/check/"


# --- only then


def test_rare_questions_come_only_when_asked_for(fay):
    answer(fay)
    assert [fay.get(f"/report/{page}/").status_code for page in ("injury", "police", "aimed", "amount")] == [302] * 4
    fay.post("/report/check/")
    assert [type(entry.data) for entry in incident().entries] == [ReportIncident]


def test_injury_and_police_are_steps_of_their_own(fay):
    answer(fay, "hurt", "police", "safe")
    assert go(fay, "safe", actions=["leave_area"], what="We left.")["Location"] == "/report/injury/"
    missing = go(fay, "injury", days_absent="many")
    assert (missing.status_code, 'value="many"' in text(missing)) == (422, True)
    assert go(fay, "injury", person="fay", what="Cut hand", days_absent="8")["Location"] == "/report/police/"
    assert go(fay, "police", force="Avon and Somerset", reference="A1", emergency="yes")["Location"] == "/report/check/"
    fay.post("/report/check/")
    report, injury, police = only(ReportIncident), only(RecordInjury), only(ReportToPolice)
    assert (report.injured, report.police_called) == (True, True)
    assert (injury.person, injury.what, injury.days_absent) == ("fay", "Cut hand", 8)
    assert (police.force, police.reference, police.emergency) == ("Avon and Somerset", "A1", True)
    assert only(MakeSafe).actions == ("leave_area",)
    assert OpenDuty.objects.filter(duty="report_injury").count() == 1


def test_unticked_questions_are_not_sent(fay):
    answer(fay, "hurt", "aimed", "behalf")
    go(fay, "injury", what="Cut hand")
    go(fay, "behalf", reporter_name="Sam of Roofs Ltd")
    go(fay, "aimed", characteristic="race")
    go(fay, "more")
    fay.post("/report/check/")
    data = only(ReportIncident)
    assert (data.injured, data.reporter_name, data.characteristic) == (False, None, None)
    assert incident().all(RecordInjury) == []


def test_amount_is_asked_where_it_is_the_trouble(fay):
    go(fay, "who", act="person carol")
    go(fay, "what", what_happened=WHAT, when="today")
    assert go(fay, "kind", behaviours=["unreasonable_demands"])["Location"] == "/report/amount/"
    go(fay, "amount", **{"volume.contacts": "40", "volume.requests": "A new kitchen", "impact": ["resource"]})
    go(fay, "more")
    fay.post("/report/check/")
    data = only(ReportIncident)
    assert (data.volume.contacts, data.volume.requests, data.impact) == (40, "A new kitchen", ("resource",))


def test_making_safe_comes_first_where_it_is_needed(fay):
    assert go(fay, "who", act="safe")["Location"] == "/report/safe/"
    assert go(fay, "safe", actions=["call_999"], what="Police on their way.")["Location"] == "/report/who/"
    answer(fay, "safe")
    fay.post("/report/check/")
    assert only(MakeSafe).what == "Police on their way."


def test_what_was_done_at_once_may_be_ticked_alone_and_not_left_out(fay):
    answer(fay, "safe")
    nothing = go(fay, "safe")
    assert (nothing.status_code, "say what was done, or choose it from the list" in text(nothing)) == (422, True)
    assert go(fay, "safe", actions=["end_call"])["Location"] == "/report/check/"
    fay.post("/report/check/")
    assert (only(MakeSafe).actions, only(MakeSafe).what) == (("end_call",), None)


def test_people_are_searched_for_and_not_all_listed(fay):
    answer(fay, "hurt")
    shown = text(fay.get("/report/injury/"))
    assert ("Me</label>" in shown, "Nils Moor" in shown) == (True, False)
    assert go(fay, "injury", **{"person-find": "nils", "act": "find person"})["Location"] == "/report/injury/#found"
    assert "Nils Moor" in text(fay.get("/report/injury/"))


def test_conduct_between_customers_asks_for_the_other(fay):
    go(fay, "who", act="person carol")
    go(fay, "what", what_happened=WHAT, when="today")
    assert go(fay, "kind", between_customers="yes")["Location"] == "/report/between/"
    go(fay, "between", other_customer="dan")
    go(fay, "more")
    fay.post("/report/check/")
    data = only(ReportIncident)
    assert (data.between_customers, data.other_customer) == (True, "dan")


def test_more_witnesses_get_a_row_each(fay):
    answer(fay, "others")
    added = go(fay, "others", witnesses=["Ann"], act="more witnesses")
    assert added["Location"] == "/report/others/?more=witnesses"
    assert text(fay.get("/report/others/")).count('name="witnesses"') == 2
    go(fay, "others", witnesses=["Ann", "Bob"], affected=["fay"])
    fay.post("/report/check/")
    data = only(ReportIncident)
    assert (data.witnesses, data.affected) == (("Ann", "Bob"), ("fay",))


def test_files_added_before_sending_go_with_the_report(fay, evidence_folder):
    answer(fay)
    adding = re.search(r'href="(/evidence/new/draft/[^"]*)"', text(fay.get("/report/check/")))
    assert adding is not None
    fay.post(adding[1].replace("&amp;", "&"), {"files": SimpleUploadedFile("notes.txt", b"She said: go away.\n")})
    assert "notes.txt" in text(fay.get("/report/check/"))
    sent = fay.post("/report/check/")
    name = incident().name
    assert sent["Location"] == f"/evidence/describe/incident/{name}/?next=%2Freport%2Fsent%2F{name}%2F"
    assert "Your report is in. You can stop here." in fay.get(sent["Location"]).content.decode()
    assert list(Blob.objects.values_list("kind", "file")) == [("incident", name)]


def test_files_are_thrown_away_with_the_draft(fay, evidence_folder):
    answer(fay)
    fay.post("/evidence/new/draft/fay/", {"files": SimpleUploadedFile("notes.txt", b"She said: go away.\n")})
    assert Blob.objects.count() == 1
    fay.post("/report/again/")
    assert Blob.objects.count() == 0


# --- for somebody else


def test_report_for_a_colleague_is_among_theirs(desk, fay):
    answer(fay, "behalf", "not_seen")
    go(fay, "behalf", reporter="olu")
    fay.post("/report/check/")
    data = only(ReportIncident)
    assert (data.reporter, data.first_hand) == ("olu", False)
    name = incident().name
    assert [name in text(desk.client(who).get("/reports/")) for who in ("fay", "olu", "otto")] == [True, True, False]


def test_report_for_somebody_outside_names_them(fay):
    answer(fay, "behalf")
    go(fay, "behalf", reporter_name="Sam of Roofs Ltd")
    fay.post("/report/check/")
    assert only(ReportIncident).reporter_name == "Sam of Roofs Ltd"


# --- may already be reported


def reported_by(desk: Any, who: str, name: str = "IN-2026-AAAAA") -> str:
    at = incident_now()
    desk.take(
        "report_incident", "incident", name, who, at=at, subject="carol", behaviours=["threatening"], what_happened="x"
    )
    return name


def incident_now() -> Any:
    return timezone.now() - timedelta(minutes=5)


def test_report_of_the_same_event_is_offered_and_becomes_a_statement(desk):
    name = reported_by(desk, "olu")
    mina = desk.client("mina")
    answer(mina)
    shown = text(mina.get("/report/same/"))
    assert ("Threatening" in shown, "Olu" in shown) == (True, False)
    go(mina, "same", same=name)
    mina.post("/report/check/")
    statement = only(AddStatement, name)
    assert (statement.words, statement.person, statement.first_hand) == (WHAT, "mina", True)
    assert FileIndex.objects.filter(kind="incident").count() == 1


def test_another_event_is_a_report_of_its_own(desk):
    reported_by(desk, "olu")
    mina = desk.client("mina")
    answer(mina)
    assert go(mina, "same", same="")["Location"] == "/report/check/"
    mina.post("/report/check/")
    assert FileIndex.objects.filter(kind="incident").count() == 2


def test_h3_report_one_may_not_see_is_not_offered(desk):
    reported_by(desk, "otto")
    fay = desk.client("fay")
    answer(fay)
    assert fay.get("/report/same/").status_code == 302


def near(desk: Any, who: str, **said: str) -> list[str]:
    """The reports offered to a colleague as perhaps the same."""
    viewer = viewer_of(Account.objects.get(staff_id=who), timezone.now())
    return [one.name for one in reports_near(viewer, said, "")]


def told_of(desk: Any, name: str, **said: Any) -> str:
    """A report by Olu of somebody not known, five minutes ago."""
    desk.take("report_incident", "incident", name, "olu", at=incident_now(), what_happened="x", **said)
    return name


def test_h3_report_of_a_colleague_shows_its_day_and_kinds_alone(desk):
    reported_by(desk, "olu")
    mina = desk.client("mina")
    answer(mina)
    shown = text(mina.get("/report/same/"))
    assert "Threatening, reported by a colleague" in shown
    assert [word for word in ("Olu", "IN-2026-AAAAA</") if word in shown] == []


def test_whoever_added_to_a_colleagues_report_finds_what_they_added_and_not_the_report(desk):
    name = reported_by(desk, "olu")
    mina = desk.client("mina")
    answer(mina)
    go(mina, "same", same=name)
    sent = mina.post("/report/check/")
    assert (sent["Location"], mina.get(sent["Location"]).status_code) == (f"/report/sent/{name}/", 200)
    shown = text(mina.get(f"/reports/{name}/"))
    assert ("What you added to a colleague’s report" in shown, "What you reported" in shown) == (True, False)
    assert name in text(mina.get("/reports/"))


def test_report_of_somebody_unknown_is_found_again_by_the_home(desk):
    name = told_of(desk, "IN-2026-AAAAB", home="100001", where="14 Quarry Rise, Bristol BS4 1AA")
    assert near(desk, "mina", home="100001") == [name]
    assert near(desk, "mina", subject="carol") == [name]
    assert near(desk, "mina", home="100002") == []
    assert near(desk, "mina", subject="dan", where="14 Quarry Rise") == []


def test_report_that_names_somebody_is_found_by_whoever_knows_the_home_alone(desk):
    name = reported_by(desk, "olu")
    assert near(desk, "mina", home="100001") == [name]
    assert near(desk, "mina", subject="dan") == []


def test_report_of_somebody_unknown_is_found_again_by_place_and_day(desk):
    day = timezone.localdate(incident_now())
    name = told_of(desk, "IN-2026-AAAAB", where="Reception at the Mill Lane office", happened_on=str(day))
    assert near(desk, "mina", where="Mill Lane office, front desk", happened_on=str(day)) == [name]
    assert near(desk, "mina", where="Mill Lane office", happened_on=str(day - timedelta(days=1))) == []
    assert near(desk, "mina", where="Car park at Quarry Rise", happened_on=str(day)) == []
    assert near(desk, "mina", subject_description="A man in a red coat") == []


# --- kept as typed


def test_page_that_keeps_its_words_by_itself_stays(fay):
    answered = fay.post("/report/what/", {"act": "keep", "what_happened": WHAT}, headers={"accept": "application/json"})
    assert (answered.status_code, typed_so_far()["report_incident:what_happened"]) == (204, [WHAT])


def test_what_is_sent_after_the_session_has_ended_is_kept_as_typed(fay):
    go(fay, "who", act="person carol")
    fay.get("/report/what/")
    del fay.cookies["sessionid"]
    answered = go(fay, "what", what_happened=WHAT, when="yesterday")
    assert answered["Location"] == "/account/login/?next=/report/what/"
    day = timezone.localdate() - timedelta(days=1)
    assert typed_so_far()["report_incident:what_happened"] == [WHAT]
    assert typed_so_far()["report_incident:happened_on"] == [str(day)]
    assert typed_so_far()["report_incident:subject"] == ["carol"]


def test_nothing_is_kept_of_somebody_who_never_opened_the_page(desk):
    Client(SERVER_NAME="localhost").post("/report/what/", {"what_happened": WHAT})
    assert not Draft.objects.exists()


# --- sending


def test_sending_twice_reports_once(fay):
    answer(fay)
    name = typed_so_far()["name"][0]
    first, second = (fay.post("/report/check/", {"name": name}) for _ in range(2))
    assert (first["Location"], second["Location"]) == (f"/report/sent/{name}/",) * 2
    assert len(incident().entries) == 1


def test_name_that_somebody_has_taken_is_replaced(desk, fay):
    answer(fay)
    taken = reported_by(desk, "otto", typed_so_far()["name"][0])
    fay.post("/report/check/")
    assert FileIndex.objects.filter(kind="incident").exclude(name=taken).count() == 1
    assert len(incident(taken).entries) == 1


def test_part_that_cannot_be_taken_is_kept_and_said(desk, fay):
    answer(fay, "hurt", "police")
    go(fay, "injury", what="Cut hand")
    go(fay, "police", force="Avon and Somerset")
    desk.take("report_incident", "incident", "IN-2026-BBBBB", "fay", at=incident_now(), what_happened="x")
    key = f"{typed_so_far()['key'][0]}-record_injury"
    take_step(step="record_injury", kind="incident", file="IN-2026-BBBBB", data={"what": "x"}, actor="fay",
              at=incident_now() + timedelta(minutes=1), key=key)  # fmt: skip
    answered = fay.post("/report/check/")
    assert (answered.status_code, "Record an injury" in text(answered)) == (422, True)
    name = typed_so_far()["sent"][0]
    assert [type(entry.data) for entry in incident(name).entries] == [ReportIncident, ReportToPolice]
    draft = Draft.objects.get(staff="fay")
    draft.data["key"] = ["another"]
    draft.save()
    assert fay.post("/report/check/")["Location"] == f"/report/sent/{name}/"
    assert only(RecordInjury, name).what == "Cut hand"


def test_who_may_not_report_reads_why_and_keeps_it(desk, sqlite):
    ada = desk.client("ada")
    answer(ada)
    answered = ada.post("/report/check/")
    allowed = in_force().held(frozenset({"administrator"}), in_force().steps["report_incident"].roles)
    assert (answered.status_code == 422, Draft.objects.exists()) == (not allowed, not allowed)


# --- my reports


def test_my_reports_say_what_will_appear(fay):
    assert "Nothing reported yet" in text(fay.get("/reports/"))


def test_report_can_be_added_to(fay):
    answer(fay)
    fay.post("/report/check/")
    name = incident().name
    empty = fay.post(f"/reports/{name}/", {"words": "", "key": "k"})
    assert (empty.status_code, "<title>Error: " in text(empty)) == (422, True)
    assert (
        fay.post(f"/reports/{name}/", {"words": "It was the day before.", "key": "k"})["Location"]
        == f"/reports/{name}/"
    )
    assert only(AddStatement).words == "It was the day before."
    assert "It was the day before." in text(fay.get(f"/reports/{name}/"))


def test_support_is_asked_for_with_one_tap(fay):
    answer(fay)
    fay.post("/report/check/")
    name = incident().name
    fay.post(f"/reports/{name}/support/", {"answer": "accepted"})
    offer = only(OfferStaffSupport)
    assert (offer.to, offer.answer) == ("fay", "accepted")
    assert "You would like somebody to talk this through" in text(fay.get(f"/reports/{name}/"))


def test_the_reporter_reads_what_came_of_the_support_and_nothing_untrue(desk, fay):
    name = reported_by(desk, "fay")
    shown = [text(fay.get(f"/reports/{name}/"))]
    at = incident_now() + timedelta(minutes=1)
    day = f"{at:%Y-%m-%d}"
    for offer in ({"answer": "declined"}, {"answer": "accepted"}, {"given_on": day}):
        at += timedelta(minutes=1)
        desk.take("offer_staff_support", "incident", name, "olu", at=at, to="fay", what="A talk.", **offer)
        shown.append(text(fay.get(f"/reports/{name}/")))
    told = ("You said not now", "A manager owes you that by", "You had support on")
    assert [[words in page for words in told] for page in shown] == [
        [False, False, False], [True, False, False], [False, True, False], [False, False, True],
    ]  # fmt: skip


def test_reporter_reads_what_they_were_told_and_nothing_of_the_case(desk, fay):
    name = reported_by(desk, "fay")
    at = incident_now() + timedelta(minutes=1)
    desk.take("triage_incident", "incident", name, "olu", at=at, route="new_case", reasons="Third this year")
    desk.take("tell_reporter", "incident", name, "olu", at=at, told="Thank you. It is being managed.")
    shown = text(fay.get(f"/reports/{name}/"))
    assert ("It is being managed." in shown, "To become a case" in shown, "Third this year" in shown) == (
        True,
        True,
        False,
    )


def test_report_of_somebody_else_is_not_among_mine(desk):
    name = reported_by(desk, "fay")
    assert [desk.client(who).get(f"/reports/{name}/").status_code for who in ("olu", "otto")] == [404, 404]


def test_my_reports_take_as_many_statements_for_many_as_for_one(desk, fay):
    counts = []
    for more in (1, 6):
        for number in range(more):
            reported_by(desk, "fay", f"IN-2026-{more}{number}CCC")
        fay.get("/reports/")
        with CaptureQueriesContext(connection) as asked:
            fay.get("/reports/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_name_typed_and_continue_pressed_looks_for_it(desk, fay):
    answered = go(fay, "who", find="carol")
    assert (answered.status_code, answered.url) == (302, "/report/who/#found")
    assert "Who is it?" in fay.get("/report/who/").content.decode()


def test_name_typed_beside_what_was_seen_of_them_goes_on(desk, fay):
    assert go(fay, "who", find="carol", subject_description="A man in a red coat").url == "/report/what/"


def test_how_somebody_looked_goes_once_it_is_known_who_they_are(fay):
    go(fay, "who", subject_description="A man in a blue coat")
    go(fay, "who", act="person carol", subject_description="A man in a blue coat")
    go(fay, "what", what_happened=WHAT, when="today")
    go(fay, "kind")
    go(fay, "more")
    fay.post("/report/check/")
    assert (only(ReportIncident).subject, only(ReportIncident).subject_description) == ("carol", None)


def test_nothing_typed_of_who_it_was_is_asked_for(desk, fay):
    assert go(fay, "who").status_code == 422
