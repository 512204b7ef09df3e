"""A small vocabulary and a small, sound edition, from which the tests of parsing make others."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from evenhand.policy.engine import BoundRule, Check, DutyKind, Floor, StepKind, Vocabulary
from evenhand.policy.faults import BadPolicy
from evenhand.policy.findings import Effect, Promise, Verdict, met, not_met
from evenhand.policy.parsing import parse


class Look(NamedTuple):
    """What the checks below may look at; None where the look does not tell."""

    facts: dict[str, Any] | None = None
    draft: dict[str, Any] | None = None
    appeal: str | None = None


def case_endorsed(facts: dict[str, Any]) -> Verdict:
    """Has a manager agreed that there is a case?

    A second line that lists do not show.
    """
    return met("It is endorsed.") if facts.get("endorsed") else not_met("It is not endorsed.")


def evidence_cited(
    facts: dict[str, Any], draft: dict[str, Any], *, at_least: int = 1, first_hand: bool = False
) -> Verdict:
    cited = len(draft.get("evidence", ()))
    return met(f"{cited} cited.") if cited >= at_least else not_met(f"{cited} of {at_least} cited, {first_hand=}.")


def officer_apart(appeal: str, *, apart_from: tuple[str, ...]) -> Verdict:
    """Is the officer somebody else?"""
    return not_met("The same person.") if appeal in apart_from else met("Somebody else.")


def question_answered(facts: dict[str, Any], *, question: str, asked_of: tuple[str, ...] = ()) -> Verdict:
    """Is a question of the landlord's own answered?"""
    return met("It is.") if question in facts else not_met(f"It is not, by any of {asked_of}.")


def reasons_given(draft: dict[str, Any]) -> Verdict:
    """Are there reasons?"""
    return met("There are.") if draft.get("reasons") else not_met("Give reasons.")


def _told(look: Look) -> Verdict:
    return met("Told already.") if (look.facts or {}).get("told") else not_met("Nobody was told.")


def _promise_notice(look: Look, rule: BoundRule) -> tuple[Promise, ...]:
    people = (look.facts or {}).get("to_tell", ["carol"])
    return tuple(Promise("give_notice", rule.citation.clause, date(2021, 3, 15), ("manager",), who) for who in people)


def _trait(name: str):
    def seen(look: Look) -> frozenset[str] | None:
        value = (look.facts or {}).get(name)
        return None if value is None else frozenset({value})

    return seen


FACTS, DRAFTED = frozenset({"facts"}), frozenset({"facts", "draft"})


def floor(name: str, step: str, check: str | None = None, duty: str | None = None, **more: Any) -> Floor:
    effect = Effect.OWE if duty else Effect.STOP
    return Floor(name, step, check, duty, **{"effect": effect, **more})


def vocabulary(*floors: Floor, periods: frozenset[str] = frozenset({"post"})) -> Vocabulary:
    functions = (case_endorsed, evidence_cited, officer_apart, question_answered, reasons_given)
    checks = [Check.of(function) for function in functions]
    steps = [
        StepKind("report_incident", False, DRAFTED),
        StepKind("propose_sanction", True, DRAFTED),
        StepKind("receive_appeal", False, DRAFTED),
        StepKind("assign_appeal", True, DRAFTED | {"appeal"}),
        StepKind("decide_appeal", True, DRAFTED | {"appeal"}),
        StepKind("decide_late_appeal", True, DRAFTED | {"appeal"}),
    ]
    return Vocabulary(
        checks={check.name: check for check in checks},
        duties={name: DutyKind(name, _told, _promise_notice, counted=True) for name in ("give_notice", "look_again")},
        traits={name: _trait(name) for name in ("kind", "urgent")},
        steps={step.name: step for step in steps},
        floors=floors,
        letter_parts=frozenset({"reasons", "dates"}),
        remedy_parameters=frozenset({"channels", "named_contact"}),
        periods=periods,
    )


SOUND = """\
[about]
id = "lane-2021"
title = "Conduct"
landlord = "Lane Homes"
nation = "england"
approved_on = 2021-01-04
review_by = 2024-01-04

[clauses]
"1.1" = "Whom this covers."
"1.2" = "Where it begins."
"4.9" = "Measures."
"5.6" = "Appeals."
"7.0" = "Looking at this again."

[periods]
appeal = { clause = "5.6", days = 14 }
post = { clause = "5.6", working_days = 2, settled_by = "landlord" }

[reviews.standard]
clause = "4.9"
earliest_months = 1
latest_months = 3

[roles.colleague]
title = "Colleague"

[roles.manager]
title = "Manager"
grade = 2
includes = ["colleague"]

[roles.senior_officer]
title = "Senior officer"
grade = 3

[bodies.panel]
title = "Panel"
roles = ["manager", "senior_officer"]
quorum = 2

[remedies.warning]
title = "Warning letter"
says = "We warn you."
clause = "4.9"
kind = "warning"
rung = 1
approvers = ["manager"]
approvers_beyond = { two_of_grade = 3 }
review = ""
parameters = ["channels"]

[remedies.bar]
title = "Office bar"
says = "You cannot come in."
clause = "4.9"
kind = "restriction"
rung = 2
approvers = { body = "panel" }
includes = ["warning"]

[behaviours.shouting]
title = "Shouting"
clause = "1.2"
triggers = ["conduct_assessment"]

[channels.phone]
title = "Telephone"

[topics.repairs]
title = "Repairs"
clause = "1.1"
essential = true

[needs.deaf]
title = "Deaf"
shuts = ["phone"]
formats = ["video"]

[questions.cause]
text = "What caused it?"
clause = "1.2"
set = "conduct"

[flags.weapons]
title = "Weapons"
clause = "1.2"

[appeals]
clause = "5.6"
outside = ["ombudsman"]

[ladder]
clause = "4.9"

[scope]
clause = "1.1"
subjects = ["tenant"]

[letters.sanction_notice]
clause = "5.6"
parts = ["reasons", "dates"]
sender = ["manager"]
channels = ["phone"]

[outside.ombudsman]
title = "Ombudsman"
nation = "england"
subjects = ["housing"]
reached = "by post"

[duties.give_notice]
title = "Give notice"
clause = "5.6"
owners = ["manager"]
period = "appeal"
overdue_to = ["senior_officer"]

[retention.case]
clause = "1.1"
months = 72

[settings]
highest_approvers = ["senior_officer"]
face_to_face_channels = ["phone"]

[codes.formats]
video = "Sign language video"

[steps.report_incident]
title = "Report"
roles = ["colleague"]
clause = "1.2"

[steps.propose_sanction]
title = "Propose"
roles = ["colleague", "manager"]
gate = [
  { check = "case_endorsed", clause = "1.2", force = "stop", unless = { urgent = ["yes"] } },
  { check = "evidence_cited", clause = "1.2", force = "warn", at_least = 2, when = { kind = ["court"] } },
  { duty = "give_notice", clause = "5.6", force = "owe", period = "post" },
]

[steps.receive_appeal]
title = "Appeal"
roles = ["colleague"]
clause = "5.6"

[steps.assign_appeal]
title = "Assign"
roles = ["manager"]
gate = [{ check = "officer_apart", clause = "5.6", force = "stop", apart_from = ["mina", "olu"] }]

[steps.decide_appeal]
title = "Decide"
roles = ["senior_officer"]
gate = [{ check = "reasons_given", clause = "5.6", force = "stop" }]
"""


Change = tuple[str, str]
"""A text of the sound edition, and what stands there instead."""


def changed(*changes: Change) -> str:
    """The sound edition with texts replaced, each of which must be there."""
    text = SOUND
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def faults(*changes: Change) -> list[tuple[str, str]]:
    """What is wrong with the sound edition so changed: for each fault the text of its line, and what is said."""
    return faults_of(changed(*changes))


def faults_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BadPolicy) as caught:
        parse(text, vocabulary())
    lines = text.splitlines()
    return [(lines[f.line - 1].strip() if f.line else "", f"{f.key}: {f.says}") for f in caught.value.faults]
