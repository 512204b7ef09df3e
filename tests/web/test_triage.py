"""The triage pot: what waits, what is known, and where a report goes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.cases.archive import RecordArchive
from evenhand.cases.models import FileIndex
from evenhand.casework.case import CaseFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.incident import Route
from evenhand.people.models import Connection
from evenhand.people.writing import mark_changed
from evenhand.web.reporting.became import ROUTES as BECAME
from evenhand.web.triage.pot import by_category
from evenhand.web.triage.routes import JOIN, ROUTES

NAME = "IN-2026-AAAAA"
CASE = "UC-2026-AAAAA"


def before(minutes: int = 5) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


@pytest.fixture
def olu(desk) -> Client:
    """The browser of a case officer, with one report waiting."""
    report(desk)
    return desk.client("olu")


def report(desk: Any, name: str = NAME, by: str = "fay", **said: Any) -> None:
    data = {"subject": "carol", "what_happened": "She shouted.", "behaviours": ["abusive"], **said}
    desk.take("report_incident", "incident", name, by, at=before(), **data)


def open_case(desk: Any, name: str = CASE) -> None:
    desk.take(
        "open_case", "case", name, "olu", at=before(4), subject="carol", breakdown="Calls end in shouting",
        tried_first="We talked", colleague="fay",
    )  # fmt: skip


def route(browser: Client, to: str, **typed: Any) -> Any:
    return browser.post(f"/triage/{NAME}/", {"route": to, **typed})


def incident(name: str = NAME) -> IncidentFile:
    file = RecordArchive().file(name)
    assert isinstance(file, IncidentFile)
    return file


def text(answered: Any) -> str:
    return answered.content.decode()


# --- the pot


def test_pot_shows_what_waits_and_by_when(olu):
    shown = text(olu.get("/triage/"))
    assert (NAME in shown, "Carol Ashdown" in shown, "Abusive" in shown) == (True, True, True)


def test_pot_puts_the_report_due_first_on_top(desk, olu):
    desk.take("report_incident", "incident", "IN-2026-ZZZZZ", "fay", at=before(60 * 24 * 9), what_happened="x")
    shown = text(olu.get("/triage/"))
    assert shown.index("IN-2026-ZZZZZ") < shown.index(NAME)
    assert "overdue" in shown


def test_pot_puts_a_threat_first_and_says_what_was_done_at_once(desk, olu):
    report(desk, "IN-2026-ZZZZZ", behaviours=["threatening"])
    desk.take(
        "make_safe", "incident", "IN-2026-ZZZZZ", "fay", at=before(3), what="Rang.", actions=["call_999", "leave_area"]
    )
    shown = text(olu.get("/triage/"))
    assert shown.index("IN-2026-ZZZZZ") < shown.index(NAME)
    assert shown.count("Done at once: Called 999 and Left the place") == 1


def test_pot_says_what_will_appear_when_it_is_empty(desk):
    assert "No report waits" in text(desk.client("olu").get("/triage/"))


def test_pot_is_for_those_who_decide(desk, olu):
    assert [desk.client(who).get("/triage/").status_code for who in ("fay", "olu", "mina")] == [403, 200, 200]
    assert desk.client("fay").get(f"/triage/{NAME}/").status_code == 403


def test_pot_takes_as_many_statements_for_many_as_for_one(desk, olu):
    counts = []
    for more in (0, 6):
        for number in range(more):
            report(desk, f"IN-2026-CCCC{number}")
        olu.get("/triage/")
        with CaptureQueriesContext(connection) as asked:
            olu.get("/triage/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_h1_report_about_somebody_one_is_tied_to_is_not_there(desk, olu):
    Connection.objects.create(staff_id="olu", to="carol")
    mark_changed()
    assert NAME not in text(olu.get("/triage/"))
    assert olu.get(f"/triage/{NAME}/").status_code == 404


def test_report_out_of_reach_is_not_found(desk, olu):
    assert desk.client("otto").get(f"/triage/{NAME}/").status_code == 404


# --- one report


def test_report_stands_beside_what_is_known(desk, olu):
    open_case(desk)
    report(desk, "IN-2026-BBBBB", behaviours=["threatening"])
    desk.take("record_need", "person", "carol", "olu", at=before(3), need="hard_of_hearing", details="Speak slowly")
    desk.take("record_complaint", "person", "carol", "olu", at=before(2), about=["fay"], what="Fay was rude")
    shown = text(olu.get(f"/triage/{NAME}/"))
    known = ("She shouted.", "Speak slowly", "Complained about Fay Hart", CASE, "IN-2026-BBBBB", "Threatening")
    assert [word for word in known if word not in shown] == []


def test_case_out_of_sight_is_neither_shown_nor_offered(desk, olu):
    report(desk, "IN-2026-SSSSS", by="otto")
    desk.take(
        "open_case", "case", "UC-2026-SSSSS", "otto", at=before(4), subject="carol", breakdown="x", tried_first="x",
        colleague="otto", incidents=["IN-2026-SSSSS"],
    )  # fmt: skip
    shown = text(olu.get(f"/triage/{NAME}/"))
    assert ("UC-2026-SSSSS" in shown, "IN-2026-SSSSS" in shown) == (False, False)
    assert route(olu, "join_case UC-2026-SSSSS").status_code == 404
    assert incident().triage is None


def test_report_that_names_nobody_says_so(desk, olu):
    report(desk, "IN-2026-NNNNN", subject=None, subject_description="A man in a blue coat")
    shown = text(olu.get("/triage/IN-2026-NNNNN/"))
    assert ("the report names nobody" in shown, "A man in a blue coat" in shown) == (True, True)


# --- routes


def test_every_route_has_a_button_and_words_for_the_reporter():
    assert {*ROUTES, JOIN} == set(get_args(Route)) == BECAME.keys()


@pytest.mark.parametrize("to", sorted(ROUTES.keys() - {"new_case"}))
def test_route_is_taken_and_its_reporter_told(desk, olu, to):
    answered = route(olu, to, reasons="Settled with them.", safeguarding_considered="yes")
    assert answered["Location"] == f"/triage/{NAME}/"
    assert incident().triage.data.route == to
    assert "Tell them in your own words" in text(olu.get(f"/triage/{NAME}/"))
    assert BECAME[to][0] in text(desk.client("fay").get(f"/reports/{NAME}/"))


def test_new_case_goes_straight_on_to_opening_it(olu):
    assert route(olu, "new_case")["Location"] == f"/case/new/?incidents={NAME}"


def test_report_whose_case_was_decided_on_waits_in_pot_and_among_duties_until_it_is_open(desk, olu):
    route(olu, "new_case", reasons="It happened before.")
    opens = f'href="/case/new/?incidents={NAME}"'
    for page in ("/", f"/incident/{NAME}/", f"/triage/{NAME}/"):
        assert opens in text(olu.get(page)), page
    assert (NAME in text(olu.get("/triage/")), "To become a case" in text(olu.get("/triage/"))) == (True, True)
    assert "is not open yet" in text(desk.client("fay").get(f"/reports/{NAME}/"))
    assert 'value="carol" checked' in text(olu.get(f"/case/new/?incidents={NAME}"))
    soon = incident().recorded[-1].recorded_at + timedelta(minutes=1)
    desk.take(
        "open_case", "case", CASE, "olu", soon, subject="carol", breakdown="Calls end in shouting",
        tried_first="We talked", colleague="fay", incidents=[NAME],
    )  # fmt: skip
    for page in ("/", f"/incident/{NAME}/", f"/triage/{NAME}/"):
        assert opens not in text(olu.get(page)), page
    assert NAME not in text(olu.get("/triage/"))


def test_report_that_was_to_become_a_case_may_go_another_way(olu):
    route(olu, "new_case")
    shown = text(olu.get(f"/triage/{NAME}/"))
    assert ("Or send it another way" in shown, 'value="new_case"' in shown) == (True, False)
    assert route(olu, "watch", reasons="They have made up.").status_code == 302
    assert "Or send it another way" not in text(olu.get(f"/triage/{NAME}/"))
    assert NAME not in text(olu.get("/triage/"))


def test_joining_a_case_links_the_report_to_it(desk, olu):
    open_case(desk)
    assert f'value="join_case {CASE}"' in text(olu.get(f"/triage/{NAME}/"))
    route(olu, f"join_case {CASE}")
    case = RecordArchive().file(CASE)
    assert isinstance(case, CaseFile)
    assert (incident().triage.data.case, case.incidents) == (CASE, frozenset({NAME}))


def test_route_without_reasons_is_refused_with_its_clause_and_keeps_what_was_typed(olu):
    answered = route(olu, "watch", reference="ASB-12", safeguarding_considered="yes")
    shown = text(answered)
    assert (answered.status_code, 'value="ASB-12"' in shown, "1.2" in shown) == (422, True, True)
    assert "<title>Error: " in shown
    assert incident().triage is None


def test_what_the_policy_warns_of_is_shown_before_the_route_is_recorded(olu):
    said = {"reasons": "It is about noise.", "heeded": ""}
    answered = route(olu, "asb", **said)
    shown = text(answered)
    assert (answered.status_code, incident().triage, "Not recorded yet" in shown) == (422, None, True)
    heeded = re.search(r'name="heeded" value="([^"]+)"', shown)
    assert heeded is not None
    assert heeded.group(1) == "safeguarding_considered"
    assert route(olu, "asb", **{**said, "heeded": heeded.group(1)}).status_code == 302
    assert incident().triage.data.route == "asb"


def test_between_customers_cannot_become_a_case(desk, olu):
    report(desk, "IN-2026-DDDDD", between_customers=True)
    answered = olu.post("/triage/IN-2026-DDDDD/", {"route": "new_case"})
    assert (answered.status_code, "4.10" in text(answered)) == (422, True)


def test_nothing_chosen_is_asked_again(olu):
    assert route(olu, "", reasons="Because").status_code == 422


def test_h17_of_two_who_decide_at_once_one_reads_what_came_in_between(desk, olu):
    sequence = incident().sequence
    desk.take("add_statement", "incident", NAME, "fay", at=before(1), words="It was worse.")
    answered = route(olu, "watch", reasons="Typed by me", expected=sequence)
    shown = text(answered)
    assert (answered.status_code, "Typed by me" in shown, "It was worse." in shown) == (409, True, True)
    assert incident().triage is None


def test_deciding_twice_by_a_double_press_is_once(olu):
    for _ in range(2):
        route(olu, "watch", reasons="Because", key="once")
    assert len(incident().entries) == 2


def test_odd_numbers_and_keys_do_no_harm(olu):
    assert (
        route(olu, "watch", reasons="Because", key="no key at all", expected="9" * 5000)["Location"]
        == f"/triage/{NAME}/"
    )


def test_next_report_is_offered(desk, olu):
    report(desk, "IN-2026-EEEEE")
    route(olu, "watch", reasons="Because")
    assert 'href="/triage/IN-2026-EEEEE/"' in text(olu.get(f"/triage/{NAME}/"))
    assert FileIndex.objects.filter(kind="incident", state="reported").count() == 1


def test_kinds_of_conduct_stand_in_the_second_ordering_too():
    kinds = ["abusive", "unreasonable_demands", "threatening", "abusive", "other", "no_more_known"]
    assert by_category(kinds) == {
        "Unreasonable behaviours": ["Abusive", "Threatening"],
        "Unreasonable demands": ["Unreasonable demands"],
    }


def test_second_ordering_is_shown_to_whoever_decides(desk):
    report(desk)
    assert "Unreasonable behaviours: Abusive" in desk.client("mina").get(f"/triage/{NAME}/").content.decode()
