"""Sending a step's form: taken, refused, wrong, overtaken; and nothing typed is ever lost."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core import signing

from evenhand.people.models import Connection, StaffRole
from evenhand.people.writing import mark_changed
from evenhand.record.reading import read_entries
from evenhand.web.models import Draft
from evenhand.web.steps import drafts
from tests.desk import NOW
from tests.web.steps_at_the_desk import CASE, hidden, opened_case, send, words

NOTE = f"/case/{CASE}/do/add_note/"
PROPOSE = f"/case/{CASE}/do/propose_sanction/"


@pytest.fixture(autouse=True)
def _at_nine(time_machine):
    time_machine.move_to(NOW + timedelta(hours=1))


def _steps(name: str = CASE) -> list[str]:
    return [entry.header.step for entry in read_entries("case", name)]


def test_step_taken_leads_back_to_its_file_and_says_what_was_recorded(desk):
    opened_case(desk)
    olu = desk.client("olu")
    answer = send(olu, NOTE, {"text": "She rang to say that she is moving."})
    assert (answer.status_code, answer["Location"]) == (302, f"/case/{CASE}/?recorded=2")
    assert "Added a note. It is on the file." in words(olu.get(answer["Location"]))


def test_what_a_step_makes_owed_is_said_at_once(desk):
    opened_case(desk)
    olu = desk.client("olu")
    path = f"/case/{CASE}/do/put_allegation/"
    answer = send(olu, path, {"allegation": "You shouted on 1 July.", "how": "email", "format": "standard"})
    assert "Owed now: Hear the customer" in words(olu.get(answer["Location"]))


def test_refused_step_says_every_reason_with_its_clause_and_the_way_to_mend_it(desk):
    opened_case(desk)
    answer = send(desk.client("olu"), PROPOSE, {"remedy": "warning_letter", "reasons": "Shouting, three times."})
    page, said = answer.content.decode(), words(answer)
    assert (answer.status_code, "This was not recorded" in said, _steps()) == (422, True, ["open_case"])
    assert "No equality assessment" in said
    back = f"next=%2Fcase%2F{CASE}%2Fdo%2Fpropose_sanction%2F"
    assert f'href="/case/{CASE}/do/assess_equality/?remedies=warning_letter&amp;form=short&amp;{back}"' in page
    assert f'href="/case/{CASE}/do/endorse_case/?{back}"' in page
    assert 'href="#f-alternatives"' in page
    assert "<title>Error: Propose a sanction" in page


def test_refused_step_says_at_each_field_what_is_asked_of_it(desk):
    opened_case(desk)
    page = send(desk.client("olu"), PROPOSE, {"remedy": "warning_letter"}).content.decode()
    beside = re.findall(r'<p id="(f-[a-z_]+)-error" class="govuk-error-message">', page)
    wanted = {"evidence", "alternatives", "proportionate_because", "reasons", "review_on", "due_regard"}
    assert {name for name in wanted if f"f-{name}" in beside} == wanted
    assert "No reasons are given: say why, in words the person can understand.</p>" in page


def test_a_reason_of_two_fields_is_said_at_the_one_that_is_empty(desk):
    opened_case(desk, urgent=True)
    path = f"/case/{CASE}/do/take_urgent_action/"
    page = send(desk.client("olu"), path, {"remedy": "office_access", "harm": "A knife."}).content.decode()
    beside = re.findall(r'<p id="(f-\w+)-error" class="govuk-error-message">', page)
    assert ("f-harm" in beside, "f-to_whom" in beside) == (False, True)
    assert 'href="#f-to_whom"' in page
    assert "remedies=office_access&amp;form=short&amp;next=" in page


def test_whoever_mends_a_refusal_by_another_step_comes_back_to_their_form(desk):
    opened_case(desk)
    olu = desk.client("olu")
    refused = send(olu, PROPOSE, {"remedy": "warning_letter", "reasons": "Shouting, three times."}).content.decode()
    mend = re.search(rf'href="(/case/{CASE}/do/consider_conversation/[^"]*)"', refused).group(1).replace("&amp;", "&")
    answer = send(olu, mend, {"outcome": "offered_and_declined"})
    assert (answer.status_code, answer["Location"]) == (302, PROPOSE)
    said = words(olu.get(PROPOSE))
    assert "Considered a conversation. Go on here." in said
    assert "Shouting, three times." in said


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/case/UC-2/do/add_note/", "/signout/"]
)
def test_a_step_leads_on_to_no_page_but_one_of_its_own_file(desk, elsewhere):
    opened_case(desk)
    path = f"{NOTE}?{urlencode({'next': elsewhere})}"
    assert send(desk.client("olu"), path, {"text": "She rang."})["Location"] == f"/case/{CASE}/?recorded=2"


def test_refused_step_keeps_everything_that_was_typed(desk):
    opened_case(desk)
    typed = {
        "remedy": "restricted_times",
        "reasons": "Shouting, <three> times.",
        "alternatives": ["A talk.", "A letter."],
        "terms.days": ["mon", "wed"],
        "terms.from_time": "nine",
        "ends_on-day": "31",
        "ends_on-month": "2",
        "ends_on-year": "2027",
    }
    page = send(desk.client("olu"), PROPOSE, typed).content.decode()
    assert '<option value="restricted_times" selected>' in page
    assert "Shouting, &lt;three&gt; times.</textarea>" in page
    assert ("A talk.</textarea>" in page, "A letter.</textarea>" in page) == (True, True)
    assert 'name="terms.days" type="checkbox" value="wed" checked' in page
    assert 'name="terms.from_time" type="text" value="nine"' in page
    assert 'name="ends_on-day" type="text" inputmode="numeric" value="31"' in page


def test_wrong_words_stand_beside_their_field_and_in_the_summary(desk):
    opened_case(desk)
    answer = send(desk.client("olu"), PROPOSE, {"ends_on-day": "31", "ends_on-month": "2", "ends_on-year": "2027"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-ends_on-day">Last day: enter a day that exists, such as 20 8 2026.</a>' in page
    assert 'id="f-ends_on-error"' in page
    assert 'aria-describedby="f-ends_on-hint f-ends_on-error"' in page


def test_words_left_out_are_asked_for(desk):
    opened_case(desk)
    answer = send(desk.client("olu"), NOTE, {})
    assert (answer.status_code, '<a href="#f-text">Note: fill this in.</a>' in answer.content.decode()) == (422, True)


def test_a_warning_is_shown_before_anything_is_recorded_and_once(desk):
    opened_case(desk)
    olu, path = desk.client("olu"), f"/case/{CASE}/do/put_allegation/"
    typed = {"allegation": "You shouted.", "how": "email"}
    warned = send(olu, path, typed)
    page, said = warned.content.decode(), words(warned)
    assert (warned.status_code, _steps()) == (422, ["open_case"])
    assert ("Not recorded yet" in said, "silence will not count" in said, "You shouted." in said) == (True, True, True)
    assert ('href="#f-format"' in page, "<title>Not recorded yet: Put the" in page) == (True, True)
    assert (hidden(warned)["heeded"], "Record it as it is" in said) == ("put_usably", True)
    assert send(olu, path, {**typed, **hidden(warned)}).status_code == 302
    assert _steps() == ["open_case", "put_allegation"]


def test_what_a_page_warns_of_from_the_start_is_not_shown_twice(desk):
    opened_case(desk)
    desk.take("record_complaint", "person", "carol", "sam", about=["fay"], what="She was rude.")
    path = f"/case/{CASE}/do/endorse_case/"
    assert hidden(desk.client("mina").get(path))["heeded"] == "no_recent_complaint_about_reporter"
    assert send(desk.client("mina"), path, {"reasons": "It is a case."}).status_code == 302


def test_a_warning_mended_is_no_longer_in_the_way(desk):
    opened_case(desk)
    path = f"/case/{CASE}/do/put_allegation/"
    typed = {"allegation": "You shouted.", "how": "email", "format": "standard"}
    assert send(desk.client("olu"), path, typed).status_code == 302


def test_what_was_checked_is_there_on_coming_back(desk):
    opened_case(desk)
    olu = desk.client("olu")
    send(olu, NOTE, {"text": "Half a sentence"}, act="check")
    assert "Half a sentence</textarea>" in olu.get(NOTE).content.decode()
    send(olu, PROPOSE, {}, act="check")
    assert Draft.objects.filter(page=PROPOSE).count() == 0


def test_checking_records_nothing_and_ticks_what_is_met(desk):
    opened_case(desk)
    answer = send(desk.client("olu"), PROPOSE, {"remedy": "warning_letter", "reasons": "Shouting."}, act="check")
    said = words(answer)
    assert (answer.status_code, _steps()) == (200, ["open_case"])
    assert "As it stands this would be refused Nothing has been recorded." in said
    assert "Met: Reasons are given." in said
    assert "Not met:" in said


def test_pressing_enter_checks_and_never_records(desk):
    opened_case(desk)
    olu = desk.client("olu")
    olu.post(NOTE, {**hidden(olu.get(NOTE)), "text": "Half a sentence"})
    assert _steps() == ["open_case"]


def test_sent_twice_is_recorded_once(desk):
    opened_case(desk)
    olu = desk.client("olu")
    sent = {**hidden(olu.get(NOTE)), "text": "Once.", "act": "take"}
    assert [olu.post(NOTE, sent)["Location"] for _ in range(2)] == [f"/case/{CASE}/?recorded=2"] * 2
    assert _steps() == ["open_case", "add_note"]


def test_sent_again_with_other_words_asks_first(desk):
    opened_case(desk)
    olu = desk.client("olu")
    sent = hidden(olu.get(NOTE))
    olu.post(NOTE, {**sent, "text": "First.", "act": "take"})
    answer = olu.post(NOTE, {**sent, "expected": "2", "text": "Second.", "act": "take"})
    assert (answer.status_code, "This page was sent already" in words(answer)) == (409, True)
    assert olu.post(NOTE, {**hidden(answer), "text": "Second.", "act": "take"}).status_code == 302


def test_race_lost_shows_both_versions_and_loses_nothing(desk):
    opened_case(desk)
    olu, mina = desk.client("olu"), desk.client("mina")
    mine = hidden(olu.get(NOTE))
    send(mina, NOTE, {"text": "She rang the office."})
    answer = olu.post(NOTE, {**mine, "text": "She wrote to us.", "act": "take"})
    said = words(answer)
    assert (answer.status_code, _steps()) == (409, ["open_case", "add_note"])
    assert ("She rang the office." in said, "Mina Rao" in said) == (True, True)
    assert "She wrote to us.</textarea>" in answer.content.decode()
    assert olu.post(NOTE, {**hidden(answer), "text": "She wrote to us.", "act": "take"}).status_code == 302
    assert _steps() == ["open_case", "add_note", "add_note"]


def test_clock_put_back_is_said_and_loses_nothing(desk, time_machine):
    opened_case(desk)
    olu = desk.client("olu")
    sent = hidden(olu.get(NOTE))
    time_machine.move_to(NOW - timedelta(hours=1))
    answer = olu.post(NOTE, {**sent, "text": "Kept.", "act": "take"})
    assert (answer.status_code, "Our clock was put back" in words(answer)) == (503, True)
    assert "Kept.</textarea>" in answer.content.decode()


def test_fact_may_be_recorded_for_an_earlier_day(desk):
    opened_case(desk)
    day = {"taken_on-day": "1", "taken_on-month": "8", "taken_on-year": "2026"}
    send(desk.client("olu"), NOTE, {"text": "Late.", **day})
    assert read_entries("case", CASE)[-1].header.taken_on == "2026-08-01"


def test_nothing_is_recorded_for_a_day_to_come(desk):
    opened_case(desk)
    day = {"taken_on-day": "5", "taken_on-month": "8", "taken_on-year": "2026"}
    answer = send(desk.client("olu"), NOTE, {"text": "Early.", **day})
    assert (answer.status_code, _steps()) == (422, ["open_case"])
    assert 'href="#f-taken_on-day"' in answer.content.decode()


def test_decision_cannot_be_put_on_an_earlier_day(desk):
    opened_case(desk)
    day = {"taken_on-day": "1", "taken_on-month": "8", "taken_on-year": "2026"}
    send(desk.client("mina"), f"/case/{CASE}/do/endorse_case/", {"reasons": "It is one.", **day})
    assert read_entries("case", CASE)[-1].header.taken_on == "2026-08-03"


# Somebody is found by name


def test_person_is_found_by_name_without_script(desk):
    opened_case(desk)
    olu, path = desk.client("olu"), f"/case/{CASE}/do/record_contact/"
    found = send(olu, path, {"with_whom-find": "pryce", "what": "A call."}, act="find with_whom")
    page = found.content.decode()
    assert (found.status_code, 'value="dan"' in page, "A call.</textarea>" in page) == (200, True, True)


def test_name_that_nobody_chose_from_is_asked_about(desk):
    opened_case(desk)
    answer = send(desk.client("olu"), f"/case/{CASE}/do/record_contact/", {"with_whom-find": "pry"})
    assert (answer.status_code, "With whom: choose who you mean." in words(answer)) == (422, True)


def test_whole_name_of_one_person_is_enough(desk):
    opened_case(desk)
    path, typed = f"/case/{CASE}/do/record_contact/", {"with_whom-find": "Dan Pryce"}
    warned = send(desk.client("olu"), path, typed)
    assert send(desk.client("olu"), path, {**typed, **hidden(warned)}).status_code == 302


def test_list_gets_another_row_when_asked(desk):
    opened_case(desk)
    olu = desk.client("olu")
    page = send(olu, PROPOSE, {"alternatives": ["A talk."]}, act="more alternatives").content.decode()
    assert page.count('name="alternatives" rows') == 3


# Corrections


def test_correction_starts_from_what_stands_and_records_only_what_changes(desk):
    opened_case(desk)
    desk.take("record_contact", "case", CASE, "olu", channel="phone", what="She rang.", count=2)
    olu, ref = desk.client("olu"), f"{CASE}%232"
    path = f"/case/{CASE}/do/correct_entry/?entry={ref}"
    page = olu.get(path).content.decode()
    assert "She rang.</textarea>" in page
    typed = {
        "entry": f"{CASE}#2",
        "changes.channel": "phone",
        "changes.count": "3",
        "changes.what": "She rang.",
        "reasons": "Counted wrongly.",
    }
    answer = send(olu, path, typed)
    assert answer.status_code == 302
    assert '"changes":{"count":"3"}' in read_entries("case", CASE)[-1].parts["main"]
    assert "How many: from “2” to “3”" in words(olu.get(f"/case/{CASE}/"))


# Drafts


def test_draft_is_offered_on_coming_back_and_gone_once_sent(desk):
    opened_case(desk)
    olu = desk.client("olu")
    send(olu, NOTE, {"text": "Half a thought"}, act="keep")
    page = olu.get(NOTE)
    assert ("Half a thought</textarea>" in page.content.decode(), "What you typed before is here" in words(page)) == (
        True,
        True,
    )
    olu.post(NOTE, {**hidden(page), "text": "A whole thought.", "act": "take"})
    assert (Draft.objects.count(), "before is here" in words(olu.get(NOTE))) == (0, False)


def test_draft_is_nobody_elses(desk):
    opened_case(desk)
    send(desk.client("olu"), NOTE, {"text": "Mine alone"}, act="keep")
    assert "Mine alone" not in desk.client("mina").get(NOTE).content.decode()


def test_draft_can_be_dropped(desk):
    opened_case(desk)
    olu = desk.client("olu")
    send(olu, NOTE, {"text": "Not wanted"}, act="keep")
    olu.post(NOTE, {"act": "forget"})
    assert Draft.objects.count() == 0


def test_draft_kept_by_the_page_itself_is_answered_with_nothing(desk):
    opened_case(desk)
    olu = desk.client("olu")
    answer = olu.post(NOTE, {"text": "Typing", "act": "keep"}, headers={"Accept": "application/json"})
    assert (answer.status_code, Draft.objects.get().data) == (204, {"text": ["Typing"]})


# A session that ended


def test_words_sent_after_the_session_ended_are_there_after_signing_in(desk):
    opened_case(desk)
    olu = desk.client("olu")
    sent = hidden(olu.get(NOTE))
    del olu.cookies[settings.SESSION_COOKIE_NAME]
    answer = olu.post(NOTE, {**sent, "text": "Typed for an hour.", "act": "take"})
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={NOTE}")
    back = desk.client("olu").get(NOTE)
    assert ("Typed for an hour.</textarea>" in back.content.decode(), _steps()) == (True, ["open_case"])


def test_words_sent_after_the_session_ended_are_never_shown_to_another(desk):
    opened_case(desk)
    olu = desk.client("olu")
    olu.get(NOTE)
    del olu.cookies[settings.SESSION_COOKIE_NAME]
    olu.post(NOTE, {"text": "Olu's words.", "act": "take"})
    assert "Olu's words." not in words(desk.client("mina").get(NOTE))


def test_words_of_nobody_known_are_not_kept(desk):
    opened_case(desk)
    olu = desk.client("olu")
    olu.cookies[drafts.AUTHOR] = "olu:forged"
    del olu.cookies[settings.SESSION_COOKIE_NAME]
    olu.post(NOTE, {"text": "Somebody's words.", "act": "take"})
    assert Draft.objects.count() == 0


def test_words_sent_a_day_after_are_not_kept(desk, time_machine):
    opened_case(desk)
    olu = desk.client("olu")
    olu.get(NOTE)
    del olu.cookies[settings.SESSION_COOKIE_NAME]
    time_machine.move_to(NOW + timedelta(hours=26))
    olu.post(NOTE, {"text": "Too late.", "act": "take"})
    assert Draft.objects.count() == 0


def test_who_was_writing_is_signed(desk):
    opened_case(desk)
    cookie = desk.client("olu").get(NOTE).cookies[drafts.AUTHOR]
    assert signing.loads(cookie.value, salt=drafts.AUTHOR) == "olu"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


# New files


def test_new_case_gets_a_name_of_its_own(desk):
    olu = desk.client("olu")
    typed = {
        "subject": "carol",
        "subject_kind": "tenant",
        "breakdown": "Shouting at every visit.",
        "tried_first": "A talk.",
        "colleague": "fay",
    }
    answer = send(olu, "/case/new/", typed)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/case/UC-2026-")


def test_name_of_a_new_file_cannot_be_chosen(desk):
    opened_case(desk)
    olu = desk.client("olu")
    typed = {"text": "x", "act": "check", "file": CASE}
    page = olu.post("/case/new/", typed)
    assert signing.loads(hidden(page)["file"], salt="new file") != CASE


def test_new_case_is_not_begun_by_somebody_who_has_no_desk(desk):
    StaffRole.objects.filter(staff_id="fay").update(role="contractor")
    mark_changed()
    assert desk.client("fay").get("/case/new/").status_code == 404


def test_new_case_may_be_begun_about_somebody(desk):
    assert 'value="carol" checked' in desk.client("olu").get("/case/new/?subject=carol").content.decode()


def test_new_flag_offers_what_is_known_of_the_person_it_is_about(desk):
    happened = {"subject": "carol", "what_happened": "She shouted.", "happened_on": "2026-08-01"}
    desk.take("report_incident", "incident", "IN-2026-AAAAA", "olu", **happened)
    page = desk.client("olu").get("/flag/new/?subject=carol&incident=IN-2026-AAAAA").content.decode()
    assert ('value="IN-2026-AAAAA" checked' in page, "14 Quarry Rise" in page) == (True, True)


def test_new_file_tells_nothing_of_somebody_the_viewer_is_tied_to(desk):
    Connection.objects.create(staff_id="olu", to="carol")
    mark_changed()
    page = words(desk.client("olu").get("/flag/new/?subject=carol"))
    assert "14 Quarry Rise" not in page


def test_draft_longer_than_any_form_is_not_kept(desk):
    opened_case(desk)
    answer = desk.client("olu").post(NOTE, {"text": "x" * 500_001, "act": "keep"})
    assert (answer.status_code, Draft.objects.count()) == (413, 0)


@pytest.mark.parametrize(
    "path",
    [
        f"/case/{CASE}/do/nothing_such/",
        f"/case/{CASE}/do/propose_flag/",
        f"/flag/{CASE}/do/add_note/",
        f"/case/{CASE}/do/restart_flag/",
        "/case/UC-2026-BBBBB/do/add_note/",
        "/person/nobody/do/add_note/",
        "/case/new/add_note/",
        "/person/new/record_need/",
    ],
)
def test_page_of_a_step_that_is_not_there_is_not_found(desk, path):
    opened_case(desk)
    assert desk.client("olu").get(path).status_code == 404


@pytest.mark.parametrize("step", ["consider_conversation", "consider_mediation", "record_contact", "signpost_support"])
def test_fact_without_a_word_is_not_recorded(desk, step):
    opened_case(desk)
    answer = send(desk.client("olu"), f"/case/{CASE}/do/{step}/", {})
    assert (answer.status_code, _steps()) == (422, ["open_case"])
    assert "nothing is filled in yet: say what happened, here or below." in words(answer)


def test_what_happened_did_not_happen_tomorrow(desk):
    opened_case(desk)
    typed = {"outcome": "held", "held_on-day": "1", "held_on-month": "1", "held_on-year": "2190", "what": "We spoke."}
    answer = send(desk.client("olu"), f"/case/{CASE}/do/consider_conversation/", typed)
    assert (answer.status_code, _steps()) == (422, ["open_case"])
    link = '<a href="#f-held_on-day">When: this day is still to come: record it when it has happened.</a>'
    assert [link in answer.content.decode(), 'value="2190"' in answer.content.decode()] == [True, True]


@pytest.mark.parametrize(
    ("more", "status"),
    [({}, 422), ({"put_on-day": "1", "put_on-month": "7", "put_on-year": "2026"}, 302)],
)
def test_nobody_is_asked_to_answer_by_a_day_gone_before_they_were_asked(desk, more, status):
    opened_case(desk)
    day = {"reply_by-day": "20", "reply_by-month": "7", "reply_by-year": "2026"}
    typed = {"allegation": "You shouted.", "how": "email", "format": "standard", **day, **more}
    answer = send(desk.client("olu"), f"/case/{CASE}/do/put_allegation/", typed)
    assert answer.status_code == status
    assert ("this day is gone by" in words(answer)) == (status == 422)


def test_what_an_audit_finds_is_not_to_be_done_by_a_day_gone_by(desk):
    opened_case(desk)
    row = {"clause": "6.2", "what": "A need is not on file.", "action": "Ask her.", "owner": "olu"}
    day = {"due_on-day": "1", "due_on-month": "7", "due_on-year": "2026"}
    typed = {f"findings.0.{name}": text for name, text in {**row, **day}.items()}
    audra = desk.client("audra")
    audra.post(f"/looks/why/case/{CASE}/", {"purpose": "audit"})
    answer = send(audra, f"/case/{CASE}/do/audit_case/", typed)
    assert (answer.status_code, "this day is gone by" in words(answer)) == (422, True)
    assert _steps() == ["open_case"]
