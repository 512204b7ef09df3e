"""Appeals that came late, duties that something else must come before, audits, and what a refusal says."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import time_machine

from evenhand.web.lists import today
from evenhand.web.lists.owed import is_owed_by, standing
from tests.browser.measures import HERE, impose, ready_to_propose
from tests.browser.test_journeys import CASE_NAME
from tests.desk import NOW, Desk
from tests.web.lists.conftest import Viewing, open_case, propose_flag, report, viewing
from tests.web.steps_at_the_desk import AT_ONCE, send, words

__all__ = ["viewing"]

DAYS = 40
LATE, SOON = NOW + timedelta(days=DAYS), NOW + timedelta(days=3)
ASKED = {"clause": "6.2", "what": "A need is not on file.", "action": "Ask her.", "due_on": "2026-08-20"}


def appealed(desk: Desk, at: datetime = SOON) -> str:
    """A measure in force, against which the customer appeals: soon, or late; returns the appeal's name."""
    ready_to_propose(desk)
    impose(desk)
    return desk.take("receive_appeal", "case", CASE_NAME, "fay", at, what="It is not fair.").entries[0].ref


def asked_of(who: str, viewing: Viewing) -> list[str]:
    """What somebody owes on appeals."""
    viewer = viewing(who, DAYS)
    found = standing(viewer).filter(is_owed_by(viewer), duty__contains="appeal").order_by("due_on", "id")
    return list(found.values_list("duty", flat=True))


def at_the_desk(desk: Desk, who: str, path: str, at: Any = LATE) -> str:
    with time_machine.travel(at, tick=False):
        return words(desk.client(who).get(path))


def test_h6_a_late_appeal_waits_only_for_those_apart_and_only_until_it_is_let_in(desk: Desk, viewing: Viewing):
    appeal = appealed(desk, LATE)
    everybody = ("mina", "sam", "sia")
    assert {who: asked_of(who, viewing) for who in everybody} == {
        "mina": [],  # approved it
        "sam": [],  # manages her
        "sia": ["decide_late_appeal"],
    }
    desk.take("decide_late_appeal", "case", CASE_NAME, "sia", LATE, appeal=appeal, admit=True, reasons="She was ill.")
    assert {who: asked_of(who, viewing) for who in everybody} == {
        "mina": [],
        "sam": ["assign_appeal"],
        "sia": ["assign_appeal"],
    }
    desk.take("assign_appeal", "case", CASE_NAME, "sam", LATE, appeal=appeal, officer="sia", reasons="No part.")
    assert {who: asked_of(who, viewing) for who in everybody} == {"mina": [], "sam": [], "sia": ["decide_appeal"]}


def test_what_has_to_come_first_is_named_with_those_who_can_do_it(desk: Desk):
    appeal = appealed(desk, LATE)
    assert "First: decide whether a late appeal is let in. Sia Vance can do this." in at_the_desk(desk, "sam", HERE)
    desk.take("decide_late_appeal", "case", CASE_NAME, "sia", LATE, appeal=appeal, admit=True, reasons="She was ill.")
    says = at_the_desk(desk, "sam", HERE)
    assert "First: assign the appeal. by Friday 25 September" in says
    assert "Assign the appeal : Decide the appeal" in says


def test_an_answer_owed_to_nothing_put_leads_to_putting_the_allegation(desk: Desk):
    report(desk)
    open_case(desk)
    desk.take("assess_equality", "case", "UC-1", "olu", form="short", remedies=["office_access"], subject="carol",
              characteristic="none_found", asked_customer="On the phone.", linked_to_conduct="no", effect="She rings.",
              conclusion="go_ahead")  # fmt: skip
    desk.take("take_urgent_action", "case", "UC-1", "olu", **AT_ONCE)
    says = at_the_desk(desk, "olu", "/case/UC-1/", NOW)
    assert "First: put the allegation to the customer. by Monday 10 August" in says
    assert "Put the allegation to the customer : Hear the customer" in says
    desk.take("put_allegation", "case", "UC-1", "olu", allegation="You came with a knife.", how="email")
    assert "First:" not in at_the_desk(desk, "olu", "/case/UC-1/", NOW)


def test_the_actions_of_an_audit_and_the_audit_itself_are_told_apart(desk: Desk):
    report(desk)
    open_case(desk)
    desk.take("audit_case", "case", "UC-1", "audra", checklist={"1.2": "yes", "1.3": "no", "4.2": "yes"},
              findings=[{**ASKED, "owner": "fay"}, {**ASKED, "owner": "olu"}])  # fmt: skip
    says = at_the_desk(desk, "olu", "/case/UC-1/", NOW)
    assert "Audited the case: 3 points, 2 findings" in says
    assert "Audited the case, finding 1, 3 August 2026" in says
    assert "Audited the case, finding 2, 3 August 2026" in says


def test_h6_nobody_who_took_part_is_offered_as_appeal_officer(desk: Desk):
    appealed(desk)
    with time_machine.travel(SOON, tick=False):
        page = desk.client("sam").get(f"{HERE}do/assign_appeal/").content.decode()
    offered = page.partition('name="officer"')[2].partition("</fieldset>")[0].partition("</select>")[0]
    assert ("Sia Vance" in offered, "Sam Oduya" in offered) == (True, False)


def test_one_refusal_is_said_once_and_in_the_order_of_the_form(desk: Desk):
    appealed(desk)
    with time_machine.travel(SOON, tick=False):
        assigned = send(desk.client("sam"), f"{HERE}do/assign_appeal/", {}).content.decode()
        urgent = send(desk.client("olu"), f"{HERE}do/take_urgent_action/", {}).content.decode()
    assert refusals(assigned).count("<span>Name the appeal officer.") == 1
    fields = re.findall(r'href="#f-(\w+)"', refusals(urgent))
    order = ["harm", "remedy", "manager", "evidence", "review_on"]
    assert [one for one in fields if one in order] == [one for one in order if one in fields]
    assert fields[0] == "harm"


def refusals(page: str) -> str:
    return page.partition("eh-refusals")[2].partition("</ul>")[0]


def test_a_choice_not_made_says_what_there_is_and_what_else_is_asked(desk: Desk):
    desk.take("assign_appeal", "case", CASE_NAME, "sam", SOON, appeal=appealed(desk), officer="sia", reasons="No part.")
    with time_machine.travel(SOON, tick=False):
        answer = send(desk.client("sia"), f"{HERE}do/decide_appeal/", {})
    assert answer.status_code == 422
    says = words(answer)
    assert "Decision: choose upheld, varied or dismissed." in says
    assert "Reasons: No reasons are given" in says


def test_urgent_action_asks_first_for_what_must_be_said_just_now(desk: Desk):
    report(desk)
    open_case(desk)
    with time_machine.travel(NOW, tick=False):
        page = desk.client("olu").get("/case/UC-1/do/take_urgent_action/").content.decode()
        filled = send(desk.client("olu"), "/case/UC-1/do/take_urgent_action/", {"due_regard": "Weighed."})
    now, _, more = page.partition("More, if it applies")
    assert [name in now for name in ("f-harm", "f-manager", "f-review_on")] == [True, True, True]
    assert [name in more for name in ("f-alternatives", "f-due_regard", "f-reasons")] == [True, True, True]
    folded = '<span class="govuk-details__summary-text">More, if it applies</span>'
    assert (folded in page, folded in filled.content.decode()) == (True, False)


def test_a_case_long_not_endorsed_is_shown_as_overdue_and_the_oldest_first(desk: Desk, viewing: Viewing):
    report(desk)
    open_case(desk)
    report(desk, "IN-2", subject="dan", at=NOW + timedelta(days=11))
    told = {"subject": "dan", "incidents": ["IN-2"], "breakdown": "Shouting.", "tried_first": "Two calls."}
    desk.take("open_case", "case", "UC-2", "olu", NOW + timedelta(days=11), colleague="fay", **told)
    waits = [(item.file, item.when, item.is_overdue) for item in today.waiting(viewing("mina", 11)).items]
    assert waits == [("UC-1", "since 3 August, 11 days", True), ("UC-2", "since 14 August", False)]


def test_one_decision_reads_alike_on_every_home_it_waits_on(desk: Desk, viewing: Viewing):
    report(desk)
    open_case(desk)
    desk.take("bring_in_sanction", "case", "UC-1", "olu", subject="carol", remedy="restricted_channels",
              imposed_on="2026-05-04", source="The old system.")  # fmt: skip
    homes = {who: viewing(who) for who in ("mina", "sam")}
    asked = {who: [one.what for one in today.waiting(viewer).items] for who, viewer in homes.items()}
    assert [one for one in asked["mina"] if "Decide:" in one] == []
    assert [one for one in asked["sam"] if "Decide:" in one] == []


def test_a_report_says_the_address_of_the_home_it_is_about(desk: Desk):
    told: dict[str, Any] = {
        "subject": "carol",
        "happened_on": "2026-08-01",
        "what_happened": "She shouted.",
        "home": "100001",
    }
    desk.take("report_incident", "incident", "IN-1", "fay", **told)
    says = at_the_desk(desk, "olu", "/incident/IN-1/", NOW)
    assert "Home 14 Quarry Rise, Bristol BS4 1AA" in says
    assert "100001" not in says


def test_h6_a_disputed_flag_waits_for_a_manager_who_took_no_part_in_it(desk: Desk, viewing: Viewing):
    report(desk)
    propose_flag(desk)
    desk.take("assess_equality", "flag", "FL-1", "fay", form="short", subject="carol", characteristic="none_found",
              asked_customer="On the phone.", linked_to_conduct="no", effect="Two come.",
              conclusion="go_ahead")  # fmt: skip
    desk.take("approve_flag", "flag", "FL-1", "mina", reasons="Fair.", review_on="2026-11-03")
    desk.take("dispute_flag", "flag", "FL-1", "fay", why="It was not me.")
    waits = {}
    for who in ("mina", "nils", "sam"):
        viewer = viewing(who)
        waits[who] = standing(viewer).filter(is_owed_by(viewer), duty="decide_flag_dispute").exists()
    assert waits == {"mina": False, "nils": False, "sam": True}  # approved it; does not see it; took no part


def test_a_fact_with_nothing_but_the_day_it_starts_from_is_not_recorded(desk: Desk):
    report(desk)
    propose_flag(desk)
    path = "/flag/FL-1/do/dispute_flag/"
    day = {"received_on-day": "3", "received_on-month": "8", "received_on-year": "2026", "from_whom": "customer"}
    with time_machine.travel(NOW, tick=False):
        answer = send(desk.client("fay"), path, day)
    assert answer.status_code == 422
    assert "nothing is filled in yet" in words(answer)
