"""The pages of an audit: clause by clause beside what was done, and each finding put right from its own page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from evenhand.cases.editions import in_force
from tests.desk import NOW
from tests.web.steps_at_the_desk import CASE, opened_case, send, words

LATER = NOW + timedelta(hours=2)
AUDIT = f"/case/{CASE}/do/audit_case/"
ACTION = f"/case/{CASE}/do/complete_audit_action/"
FOUND = {"clause": "6.2", "what": "A need is not on file.", "action": "Ask her.", "owner": "fay"}


@pytest.fixture
def case(desk):
    """A case on which two things were done, at noon."""
    reported = {"subject": "carol", "what_happened": "She swore at me.", "behaviours": ["abusive"]}
    desk.take("report_incident", "incident", "IN-1", "fay", happened_on="2026-08-01", **reported)
    opened_case(desk, incidents=["IN-1"])
    desk.take("endorse_case", "case", CASE, "mina", reasons="Two talks did not help.")
    with time_machine.travel(LATER, tick=False):
        yield desk


def auditor(desk: Any) -> Any:
    """Audra's browser, after she has said why she looks."""
    browser = desk.client("audra")
    browser.post(f"/looks/why/case/{CASE}/", {"purpose": "audit"})
    return browser


def rows(body: str) -> dict[str, str]:
    """The clauses of the checklist with what stands under each."""
    found = re.findall(r'name="checklist\.([\d.]+)" type="radio" value="yes"', body)
    hints = dict(re.findall(r'id="f-checklist-([\d-]+)-hint" class="govuk-hint">([^<]*)<', body))
    return {clause: hints.get(clause.replace(".", "-"), "") for clause in dict.fromkeys(found)}


def test_the_checklist_asks_about_every_clause_of_the_edition(case):
    body = auditor(case).get(AUDIT).content.decode()
    assert set(rows(body)) == set(in_force().clauses)
    assert f"0 of {len(in_force().clauses)} clauses answered" in words(auditor(case).get(AUDIT))


def test_under_each_clause_stands_what_was_done_in_the_case(case):
    body = auditor(case).get(AUDIT).content.decode()
    under = rows(body)
    assert "Endorsed the case, 3 August 2026" in under["1.3"]
    assert under["4.12"] == ""
    opens, folded = body.index('name="checklist.1.3"'), body.index("Clauses that did not come up")
    assert opens < folded < body.index('name="checklist.4.12"')


def test_an_answer_stands_open_whatever_its_clause_and_is_counted(case):
    audra = auditor(case)
    answer = send(audra, AUDIT, {"checklist.4.12": "no", "checklist.1.3": "yes"}, act="check")
    body = answer.content.decode()
    assert body.index('name="checklist.4.12"') < body.index("Clauses that did not come up")
    assert f"2 of {len(in_force().clauses)} clauses answered" in words(answer)


def test_an_audit_is_recorded_clause_by_clause_and_read_back(case):
    typed = {"checklist.1.3": "yes", "checklist.4.12": "not_applicable", "auditor_note": "Good work."}
    finding = {"clause": "6.2", "what": "A need is not on file.", "action": "Ask her.", "owner": "fay"}
    typed |= {f"findings.0.{name}": said for name, said in finding.items()}
    typed |= {"findings.0.due_on-day": "20", "findings.0.due_on-month": "8", "findings.0.due_on-year": "2026"}
    audra = auditor(case)
    answer = send(audra, AUDIT, typed)
    assert answer.status_code == 302
    says = words(audra.get(f"/case/{CASE}/"))
    assert f"1.3 {in_force().clauses['1.3']}: Yes" in says
    assert f"4.12 {in_force().clauses['4.12']}: Not applicable" in says


def test_a_clause_that_the_edition_does_not_have_is_no_row(case):
    answer = send(auditor(case), AUDIT, {"checklist.9.9": "yes"})
    assert (answer.status_code, "is no code of clauses here" in words(answer)) == (422, True)


def test_a_finding_is_put_right_from_a_page_that_tells_it(case):
    asked = [{**FOUND, "due_on": "2026-08-20"}, {**FOUND, "what": "Told late.", "due_on": "2026-08-21"}]
    audit = case.take("audit_case", "case", CASE, "audra", at=LATER, findings=asked).entries[0].ref
    fay = case.client("fay")
    says = words(fay.get(ACTION, {"target": audit, "number": "2"}))
    told = says.partition("What this is about")[2]
    assert "Finding number 1 3 August 2026 · Audra Penn Clause 6.2" in told
    assert "What was found Told late." in told
    assert re.search(r'name="number"[^>]*value="2"', fay.get(ACTION, {"number": "2"}).content.decode())
    case.take("complete_audit_action", "case", CASE, "fay", at=LATER, audit=audit, number=1, done="Asked.")
    told = words(fay.get(ACTION)).partition("What this is about")[2]
    assert ("Finding number 1" in told, "Finding number 2" in told) == (False, True)


def test_an_action_is_chosen_among_the_findings_that_wait(case):
    asked = [
        {"clause": "6.2", "what": what, "action": "Ask.", "owner": "fay", "due_on": "2026-09-01"}
        for what in ("A need is not on file.", "A letter is too small.")
    ]
    audit = case.take("audit_case", "case", CASE, "audra", at=LATER, findings=asked).entries[0].ref
    case.take("complete_audit_action", "case", CASE, "fay", at=LATER, audit=audit, number=1, done="Asked.")
    fay = case.client("fay")
    body = fay.get(ACTION).content.decode()
    assert re.findall(r'name="number"[^>]*value="(\d)"', body) == ["2"]
    answer = send(fay, ACTION, {"audit": audit, "number": "7", "done": "It is larger now."})
    assert (answer.status_code, "choose 2 still waits" in words(answer)) == (422, False)
    assert "It is not said which finding this puts right: 2 still waits." in words(answer)
