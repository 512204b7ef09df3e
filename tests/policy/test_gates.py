"""Gate lines: what is wrong with one is said, and a sound one is bound to its check or duty."""

from __future__ import annotations

import pytest

from evenhand.policy.findings import Citation, Effect, Finding, met, not_met, unknown
from evenhand.policy.gates import bind, line_faults
from evenhand.policy.shapes import Rule
from tests.policy.small_edition import Look, vocabulary

EVIDENCE = {"check": "evidence_cited", "clause": "1.2", "force": "stop"}
NOTICE = {"duty": "give_notice", "clause": "5.6", "force": "owe"}

FAULTS = {
    "nothing": (EVIDENCE | {"at_least": 2, "first_hand": True, "when": {"kind": ["court"]}}, []),
    "duty with a period": (NOTICE | {"period": "post"}, []),
    "unknown check": (
        EVIDENCE | {"check": "evidence_sited"},
        [(("check",), "no check is called evidence_sited (did you mean evidence_cited?)")],
    ),
    "unknown duty": (
        NOTICE | {"duty": "give_notise"},
        [(("duty",), "no duty is called give_notise (did you mean give_notice?)")],
    ),
    "check and duty that are no text": (EVIDENCE | {"check": 1, "duty": ["x"]}, []),
    "unknown setting": (
        EVIDENCE | {"most": 3},
        [(("most",), "'most' is no setting of the check evidence_cited; it has at_least, first_hand")],
    ),
    "misspelt setting": (
        EVIDENCE | {"at_leest": 3},
        [
            (
                ("at_leest",),
                (
                    "'at_leest' is no setting of the check evidence_cited; it has at_least, first_hand"
                    " (did you mean at_least?)"
                ),
            )
        ],
    ),
    "misspelt word of the line": (
        {"check": "case_endorsed", "claus": "1.2"},
        [(("claus",), "'claus' is no setting of the check case_endorsed; it has none (did you mean clause?)")],
    ),
    "setting of the wrong type": (
        EVIDENCE | {"at_least": "2", "first_hand": 1},
        [
            (("at_least",), 'expected a whole number, not "2"'),
            (("first_hand",), "expected true or false, not 1"),
        ],
    ),
    "misspelt setting of a duty": (
        NOTICE | {"perod": "post"},
        [(("perod",), "'perod' is no setting of a duty; it has period (did you mean period?)")],
    ),
    "setting that is needed": (
        {"check": "officer_apart"},
        [
            (("apart_from",), "the check officer_apart needs 'apart_from'"),
            (("check",), "the check officer_apart looks at 'appeal', which this step does not have"),
        ],
    ),
    "unknown traits": (
        NOTICE | {"when": {"knd": ["court"]}, "unless": {"urgnt": ["yes"], "weather": ["fair"]}},
        [
            (("when", "knd"), "nothing called knd can be asked about (did you mean kind?)"),
            (("unless", "urgnt"), "nothing called urgnt can be asked about (did you mean urgent?)"),
            (("unless", "weather"), "nothing called weather can be asked about"),
        ],
    ),
    "condition that never holds": (
        NOTICE | {"when": {"kind": []}},
        [(("when", "kind"), "an empty list never holds: name at least one value")],
    ),
    "condition that is no table": (NOTICE | {"when": "urgent"}, []),
}


@pytest.mark.parametrize(("line", "expected"), FAULTS.values(), ids=FAULTS)
def test_line_faults_are_all_told(line, expected):
    assert line_faults("propose_sanction", line, vocabulary()) == expected


def test_line_of_an_unknown_step_is_not_held_against_what_it_looks_at():
    assert line_faults("propose_sanktion", EVIDENCE, vocabulary()) == []


def test_bound_check_answers_with_clause_force_and_settings():
    rule = bind(Rule.model_validate(EVIDENCE | {"at_least": 2}), "lane-2021", vocabulary())
    citation = Citation("lane-2021", "1.2")
    look = Look({"endorsed": True}, {"evidence": ["letter"]})
    answer = not_met("1 of 2 cited, first_hand=False.")
    assert rule.findings(look) == (Finding("evidence_cited", citation, Effect.STOP, answer),)


def test_bound_setting_has_the_type_that_the_check_declares():
    line = {"check": "officer_apart", "clause": "5.6", "force": "stop", "apart_from": ["mina", "olu"]}
    assert bind(Rule.model_validate(line), "lane-2021", vocabulary()).settings == {"apart_from": ("mina", "olu")}


def test_bound_duty_keeps_its_own_period():
    rule = bind(Rule.model_validate(NOTICE | {"period": "post"}), "lane-2021", vocabulary())
    assert (rule.settings, rule.looks_at, rule.effect) == ({"period": "post"}, ("draft",), Effect.OWE)
    assert rule.findings(Look({"told": True}, {}))[0].verdict == met("Told already.")


WHEN_COURT = {"when": {"kind": ["court", "action"]}, "unless": {"urgent": ["yes"]}}


@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        ({"kind": "court", "urgent": "no"}, ["It is not endorsed."]),
        ({"kind": "action", "urgent": "no"}, ["It is not endorsed."]),
        ({"kind": "warning", "urgent": "no"}, []),
        ({"kind": "court", "urgent": "yes"}, []),
        ({"urgent": "yes"}, []),
        ({"urgent": "no"}, ["This is asked when the step is filled in."]),
        ({"kind": "court"}, ["This is asked when the step is filled in."]),
    ],
)
def test_conditions_say_when_a_line_is_asked(facts, sentences):
    line = {"check": "case_endorsed", "clause": "1.2", "force": "stop"} | WHEN_COURT
    rule = bind(Rule.model_validate(line), "lane-2021", vocabulary())
    assert [finding.verdict.sentence for finding in rule.findings(Look(facts))] == sentences


def test_look_that_lacks_what_the_check_looks_at_is_unknown():
    rule = bind(Rule.model_validate(EVIDENCE), "lane-2021", vocabulary())
    asked_later = unknown("This is asked when the step is filled in.")
    assert [finding.verdict for finding in rule.findings(Look({}))] == [asked_later]
