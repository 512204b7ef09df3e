"""Floors: an edition that asks less is used, but with the floor, and that is said by name."""

from __future__ import annotations

import pytest

from evenhand.policy.faults import BadPolicy, Fault
from evenhand.policy.findings import Citation, Effect
from evenhand.policy.parsing import parse
from tests.policy.small_edition import SOUND, Look, changed, floor, vocabulary

ENDORSED = floor("an endorsed case", "propose_sanction", "case_endorsed", unless={"urgent": ("yes", "perhaps")})
LINE = '{ check = "case_endorsed", clause = "1.2", force = "stop", unless = { urgent = ["yes"] } }'


def _added(text, *floors):
    """The sentences about floors, and the force and citation of each line added at the end of the gate."""
    edition = parse(text, vocabulary(*floors))
    gate = edition.gates["propose_sanction"]
    return edition.floors, [(rule.name, rule.effect, rule.citation) for rule in gate[3:]]


def test_floor_that_an_edition_keeps_is_not_added():
    assert _added(SOUND, ENDORSED) == ((), [])


SAID = "floor 'an endorsed case' applies to propose_sanction: the edition asks less"


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace('"stop"', '"warn"'),
        LINE.replace("urgent = [", "kind = ["),
        LINE.replace('"yes"', '"yes", "no"'),
        LINE.replace("unless", "when"),
        LINE.replace("case_endorsed", "reasons_given"),
    ],
    ids=["softer", "less often", "less often for a value", "only then", "not at all"],
)
def test_floor_is_added_and_said_where_an_edition_asks_less(line):
    citation = Citation("lane-2021", "floor: an endorsed case")
    assert _added(changed((LINE, line)), ENDORSED) == ((SAID,), [("case_endorsed", Effect.STOP, citation)])


@pytest.mark.parametrize(
    ("kinds", "sentences"),
    [
        ({"kind": ("court",)}, ()),
        ({"kind": ("court", "action")}, ("floor 'evidence' applies to propose_sanction: the edition asks less",)),
        ({}, ("floor 'evidence' applies to propose_sanction: the edition asks less",)),
    ],
)
def test_floor_with_a_condition_is_kept_by_a_line_asked_as_often(kinds, sentences):
    evidence = floor("evidence", "propose_sanction", "evidence_cited", effect=Effect.WARN, when=kinds)
    assert _added(SOUND, evidence)[0] == sentences


def test_floor_added_is_asked_beside_the_edition_own_line():
    edition = parse(changed((LINE, LINE.replace('"stop"', '"warn"'))), vocabulary(ENDORSED))
    look = Look({"urgent": "no", "kind": "court", "told": True}, {})
    rules = [rule for rule in edition.gates["propose_sanction"] if rule.name == "case_endorsed"]
    assert [finding.effect for rule in rules for finding in rule.findings(look)] == [Effect.WARN, Effect.STOP]
    spared = Look({"urgent": "perhaps"})
    assert [finding.effect for rule in rules for finding in rule.findings(spared)] == [Effect.WARN]


def test_floor_of_a_step_that_the_edition_leaves_out_is_not_added():
    assert _added(SOUND, floor("a late appeal has reasons", "decide_late_appeal", "reasons_given")) == ((), [])


@pytest.mark.parametrize(
    ("settings", "sentences"),
    [
        ({"at_least": 2}, ()),
        ({"at_least": 2, "first_hand": False}, ()),
        ({"at_least": 1}, ("floor 'evidence' applies to propose_sanction: the edition asks less",)),
        ({"first_hand": True}, ("floor 'evidence' applies to propose_sanction: the edition asks less",)),
    ],
)
def test_floor_with_settings_is_kept_by_the_same_settings_or_the_check_own(settings, sentences):
    text = changed((', when = { kind = ["court"] }', ""))
    evidence = floor("evidence", "propose_sanction", "evidence_cited", effect=Effect.WARN, settings=settings)
    assert _added(text, evidence)[0] == sentences


def test_floor_of_a_duty_is_kept_by_the_duty_with_the_same_period():
    by_post = floor("a notice", "propose_sanction", duty="give_notice", settings={"period": "post"})
    at_once = floor("a notice at once", "propose_sanction", duty="give_notice", settings={"period": "appeal"})
    said = "floor 'a notice at once' applies to propose_sanction: the edition asks less"
    added = ("give_notice", Effect.OWE, Citation("lane-2021", "floor: a notice at once"))
    assert _added(SOUND, by_post, at_once) == ((said,), [added])


@pytest.mark.parametrize(
    ("change", "needed", "says"),
    [
        (
            ("[duties.give_notice]", "[duties.give_notice]"),
            floor("a second look", "decide_appeal", duty="look_again"),
            "the duty look_again needs [duties.look_again] to say who owes it",
        ),
        (
            ('period = "appeal"\n', ""),
            floor("a notice", "decide_appeal", duty="give_notice"),
            "the duty give_notice is owed by a day that is counted: name a period here or in [duties.give_notice]",
        ),
    ],
    ids=["no row", "no period"],
)
def test_floor_of_a_duty_needs_a_row_that_says_who_owes_it_and_by_when(change, needed, says):
    text = changed(change)
    with pytest.raises(BadPolicy) as caught:
        parse(text, vocabulary(needed))
    line = text[: text.index("[steps.decide_appeal]")].count("\n") + 1
    assert caught.value.faults == (Fault(f'steps.decide_appeal."floor: {needed.name}"', line, says),)


def test_floor_of_a_duty_with_a_period_of_its_own_needs_none_elsewhere():
    text = changed(('period = "appeal"\n', ""))
    by_post = floor("a notice", "decide_appeal", duty="give_notice", settings={"period": "post"})
    assert parse(text, vocabulary(by_post)).floors == (
        "floor 'a notice' applies to decide_appeal: the edition asks less",
    )


@pytest.mark.parametrize(
    ("unsound", "says"),
    [
        (
            floor("x", "propose_sanktion", "case_endorsed"),
            "The floor 'x' cannot be kept: no step is called propose_sanktion.",
        ),
        (
            floor("x", "propose_sanction", "case_endorced"),
            "The floor 'x' cannot be kept: no check is called case_endorced (did you mean case_endorsed?).",
        ),
        (
            floor("x", "propose_sanction", duty="give_notise"),
            "The floor 'x' cannot be kept: no duty is called give_notise (did you mean give_notice?).",
        ),
        (
            floor("x", "propose_sanction", "case_endorsed", unless={"urgnt": ("yes",)}),
            "The floor 'x' cannot be kept: nothing called urgnt can be asked about (did you mean urgent?).",
        ),
        (
            floor("x", "report_incident", "officer_apart"),
            (
                "The floor 'x' cannot be kept: the check officer_apart needs 'apart_from'; "
                "the check officer_apart looks at 'appeal', which this step does not have."
            ),
        ),
    ],
    ids=["step", "check", "duty", "trait", "settings"],
)
def test_floor_that_code_does_not_have_is_an_error_in_code(unsound, says):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole sentence is compared below
        parse(SOUND, vocabulary(unsound))
    assert str(caught.value) == says
