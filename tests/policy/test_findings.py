"""Verdicts, findings and decisions."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.policy.findings import (
    Citation,
    Decision,
    Effect,
    EmptyDecision,
    Finding,
    Outcome,
    Promise,
    Verdict,
    met,
    not_met,
    unknown,
)

CITATION = Citation("lane-2021", "4.9")
PROMISE = Promise("give_notice", "5.6", date(2021, 3, 15), ("manager",))


def _finding(effect: Effect, verdict: Verdict, promise: Promise | None = None) -> Finding:
    return Finding("case_endorsed", CITATION, effect, verdict, promise)


def test_verdicts_are_made_by_outcome():
    assert met("Yes.") == Verdict(Outcome.MET, "Yes.", None)
    assert unknown("Which?") == Verdict(Outcome.UNKNOWN, "Which?", None)
    assert not_met("No.", not_before=date(2021, 4, 1)) == Verdict(Outcome.NOT_MET, "No.", date(2021, 4, 1))


@pytest.mark.parametrize(
    ("effect", "verdict", "is_met", "stops"),
    [
        (Effect.STOP, met("Yes."), True, False),
        (Effect.STOP, not_met("No."), False, True),
        (Effect.STOP, unknown("Which?"), False, True),
        (Effect.OWE, not_met("No."), False, False),
        (Effect.WARN, not_met("No."), False, False),
        (Effect.WARN, unknown("Which?"), False, False),
    ],
)
def test_only_a_stopping_rule_that_is_not_met_stops(effect, verdict, is_met, stops):
    finding = _finding(effect, verdict)
    assert (finding.is_met, finding.stops) == (is_met, stops)


STOPPED = _finding(Effect.STOP, not_met("No."))
UNANSWERED = _finding(Effect.STOP, unknown("Which?"))
PASSED = _finding(Effect.STOP, met("Yes."))
WARNED = _finding(Effect.WARN, not_met("Late."))
CALM = _finding(Effect.WARN, met("In time."))
OWED = _finding(Effect.OWE, not_met("Owed."), PROMISE)


@pytest.mark.parametrize(
    ("findings", "allowed", "is_open"),
    [
        ((PASSED,), True, True),
        ((PASSED, WARNED, OWED), True, True),
        ((PASSED, UNANSWERED), False, True),
        ((UNANSWERED, STOPPED), False, False),
    ],
)
def test_decision_is_allowed_when_nothing_stops_and_open_when_nothing_known_does(findings, allowed, is_open):
    decision = Decision("propose_sanction", findings)
    assert (decision.allowed, decision.is_open) == (allowed, is_open)


def test_decision_tells_its_refusals_warnings_and_promises():
    decision = Decision("propose_sanction", (PASSED, STOPPED, UNANSWERED, WARNED, CALM, OWED), "case-1/4")
    assert decision.refusals == (STOPPED, UNANSWERED)
    assert decision.warnings == (WARNED,)
    assert decision.promises == (PROMISE,)
    assert (decision.target, decision.fixed) == ("case-1/4", {})


def test_decision_without_findings_cannot_exist():
    with pytest.raises(EmptyDecision, match=r"^A decision on open_case needs at least one finding\.$"):
        Decision("open_case", ())


def test_decision_is_neither_true_nor_false():
    with pytest.raises(TypeError, match=r"^A decision is neither true nor false: ask \.allowed"):
        bool(Decision("open_case", (PASSED,)))
