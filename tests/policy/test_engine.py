"""How a gate is asked."""

from __future__ import annotations

from datetime import date

from evenhand.policy.engine import BoundRule, Check, Condition, evaluate
from evenhand.policy.findings import Citation, Effect, Finding, Promise, met, not_met, unknown
from evenhand.policy.parsing import parse
from tests.policy.small_edition import SOUND, Look, case_endorsed, evidence_cited, officer_apart, vocabulary

CITATION = Citation("lane-2021", "5.6")


def test_check_tells_what_it_looks_at_and_what_may_be_set():
    check = Check.of(evidence_cited)
    assert (check.name, check.looks_at) == ("evidence_cited", ("facts", "draft"))
    assert {name: parameter.default for name, parameter in check.parameters.items()} == {
        "at_least": 1,
        "first_hand": False,
    }


def test_check_question_is_the_first_line_of_its_docstring_or_its_name():
    assert Check.of(case_endorsed).question == "Has a manager agreed that there is a case?"
    assert Check.of(evidence_cited).question == "evidence_cited"


def test_check_faults_are_all_told():
    assert Check.of(officer_apart).faults({"apart": [], "off": 1}) == [
        ("apart", "'apart' is no setting of the check officer_apart; it has apart_from"),
        ("off", "'off' is no setting of the check officer_apart; it has apart_from"),
        ("apart_from", "the check officer_apart needs 'apart_from'"),
    ]
    assert Check.of(officer_apart).faults({"apart_from": ["mina", 1, 2]}) == [
        ("apart_from", "expected text in quotation marks, not 1"),
        ("apart_from", "expected text in quotation marks, not 2"),
    ]
    assert Check.of(officer_apart).faults({"apart_from": ["mina"]}) == []


def test_check_settings_have_the_types_that_it_declares():
    assert Check.of(officer_apart).settings({"apart_from": ["mina", "olu"]}) == {"apart_from": ("mina", "olu")}


def test_condition_asks_whether_a_trait_has_a_value():
    def colour(look: str) -> frozenset[str] | None:
        return frozenset(look.split()) if look else None

    when = Condition(colour, frozenset({"red", "blue"}), holds_if_any=True)
    unless = Condition(colour, frozenset({"red", "blue"}), holds_if_any=False)
    looks = ("red", "red green", "green", "")
    assert [when.holds(look) for look in looks] == [True, True, False, None]
    assert [unless.holds(look) for look in looks] == [False, False, True, None]


def _promise(who: str) -> Promise:
    return Promise("give_notice", "5.6", date(2021, 3, 15), ("manager",), who)


def test_duty_is_owed_to_each_whom_it_is_promised():
    gate = parse(SOUND, vocabulary()).gates["propose_sanction"][2:]
    owed = not_met("Nobody was told. This is owed by 15 March 2021.")
    assert evaluate(gate, Look({"to_tell": ["carol", "dan"]}, {})) == [
        Finding("give_notice", CITATION, Effect.OWE, owed, _promise("carol")),
        Finding("give_notice", CITATION, Effect.OWE, owed, _promise("dan")),
    ]


def test_duty_done_or_promised_to_nobody_is_not_owed():
    gate = parse(SOUND, vocabulary()).gates["propose_sanction"][2:]
    done = Finding("give_notice", CITATION, Effect.OWE, met("Told already."))
    nobody = Finding("give_notice", CITATION, Effect.OWE, not_met("Nobody was told."))
    assert evaluate(gate, Look({"told": True}, {})) == [done]
    assert evaluate(gate, Look({"to_tell": []}, {})) == [nobody]


def test_gate_is_asked_in_its_order_without_what_does_not_apply():
    gate = parse(SOUND, vocabulary()).gates["propose_sanction"]
    look = Look({"urgent": "no", "kind": "warning", "told": True}, {})
    assert [(finding.check, finding.verdict) for finding in evaluate(gate, look)] == [
        ("case_endorsed", not_met("It is not endorsed.")),
        ("give_notice", met("Told already.")),
    ]


def test_rule_that_is_not_told_enough_asks():
    rule = BoundRule("officer_apart", CITATION, Effect.STOP, ("appeal",), officer_apart, {"apart_from": ("mina",)})
    asked_later = Finding("officer_apart", CITATION, Effect.STOP, unknown("This is asked when the step is filled in."))
    assert evaluate((rule,), Look()) == [asked_later]
    assert [finding.verdict for finding in evaluate((rule,), Look(appeal="mina"))] == [not_met("The same person.")]
