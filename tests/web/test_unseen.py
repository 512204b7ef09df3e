"""Nobody learns of a file that is kept from them by naming it, nor puts it into the record (H1)."""

from __future__ import annotations

import pytest
import time_machine

from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.people.models import Connection
from evenhand.people.writing import mark_changed
from evenhand.record.reading import read_entries
from tests.desk import NOW
from tests.web.steps_at_the_desk import CASE, OPENED, opened_case, send, words

HIDDEN = "IN-2026-HIDDN"


@pytest.fixture
def hidden(desk):
    """Olu's case about Carol, and a report about her on a case that is kept from Olu."""
    opened_case(desk)
    reported = {"subject": "carol", "what_happened": "A word about a colleague."}
    desk.take("report_incident", "incident", HIDDEN, "nils", **reported)
    other = {**OPENED, "colleague": "nils", "incidents": [HIDDEN]}
    desk.take("open_case", "case", "UC-2026-HIDDN", "otto", **other)
    desk.take("restrict_case", "case", "UC-2026-HIDDN", "nils", reasons="A colleague is in it.")
    return desk


def test_h1_a_hidden_report_is_answered_as_one_that_is_not_there(hidden):
    olu, path = hidden.client("olu"), f"/case/{CASE}/do/link_incident/"
    answers = [send(olu, path, {"incident": name}) for name in (HIDDEN, "IN-2026-NOONE")]
    assert [answer.status_code for answer in answers] == [422, 422]
    told = [words(answer).replace(name, "") for answer, name in zip(answers, (HIDDEN, "IN-2026-NOONE"), strict=True)]
    assert told[0] == told[1]
    assert "Did you mean" not in told[0]
    assert [entry.header.step for entry in read_entries("case", CASE)] == ["open_case"]


def test_h1_no_case_is_opened_on_a_hidden_report(hidden):
    typed = {**OPENED, "incidents": HIDDEN}
    answer = send(hidden.client("olu"), "/case/new/", typed)
    assert (answer.status_code, f"{HIDDEN!r} is no incident reference here." in words(answer)) == (422, True)


def test_h1_evidence_cannot_name_a_hidden_report(hidden):
    typed = {"what": "A photograph.", "incident": HIDDEN}
    assert send(hidden.client("olu"), f"/case/{CASE}/do/{AddEvidence.name}/", typed).status_code == 422


@time_machine.travel(NOW, tick=False)
def test_h1_a_form_sent_again_does_not_show_a_case_kept_from_its_writer_since(desk):
    olu = desk.client("olu")
    form = olu.get("/case/new/").content.decode()
    name = form.partition('name="file" value="')[2].partition('"')[0]
    assert olu.post("/case/new/", {**OPENED, "file": name, "act": "take"}).status_code == 302
    case = olu.get("/cases/").content.decode().partition("/case/")[2].partition("/")[0]
    desk.take("assign_case", "case", case, "mina", officer="otto")
    desk.take("restrict_case", "case", case, "nils", reasons="A colleague is in it.", allowed=["otto"])
    assert olu.get(f"/case/{case}/").status_code == 404
    assert olu.post("/case/new/", {**OPENED, "file": name, "act": "check"}).status_code == 404


def test_h3_whoever_reported_is_a_colleague_in_all_that_they_did_there(desk):
    said = {"subject": "carol", "what_happened": "She swore at me.", "affected": ["pol"]}
    desk.take("report_incident", "incident", "IN-2026-REPRT", "fay", **said)
    desk.take("make_safe", "incident", "IN-2026-REPRT", "fay", what="I ended the call.")
    desk.take("report_to_police", "incident", "IN-2026-REPRT", "fay", what="They were told.")
    desk.take("offer_staff_support", "incident", "IN-2026-REPRT", "mina", to="fay", what="A break and a talk.")
    pol = desk.client("pol")
    for path in ("", "?show=access", "do/add_note/"):
        page = pol.get(f"/incident/IN-2026-REPRT/{path}")
        assert (path, page.status_code, "Fay Hart" in words(page)) == (path, 200, False)
    assert "Fay Hart" in words(desk.client("mina").get("/incident/IN-2026-REPRT/"))


def test_h1_nobody_opens_a_case_about_a_customer_they_have_declared_to_know(desk):
    Connection.objects.create(staff_id="olu", to="dan")
    mark_changed()
    olu = desk.client("olu")
    assert "Dan Pryce" not in words(olu.get("/case/new/?subject=dan"))
    answer = send(olu, "/case/new/", {**OPENED, "subject": "dan"})
    assert (answer.status_code, "'dan' is no customer person here." in words(answer)) == (422, True)
    assert read_entries("case", CASE) == []


def test_h24_who_signs_out_leaves_no_name_behind_for_words_sent_later(desk):
    olu = desk.client("olu")
    olu.get("/case/new/")
    assert olu.cookies["evenhand_author"].value != ""
    olu.post("/account/logout/")
    assert olu.cookies["evenhand_author"].value == ""
