"""Who may decide a measure, in every way an edition can say, and when enough of them have."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evenhand.casework.deciders import approval_complete, deciders_for, may_decide, run_began
from evenhand.casework.facts import Facts
from evenhand.casework.registers import Registers, StaffMember
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction
from evenhand.casework.steps.opening import OpenCase
from evenhand.policy.shapes import Body, Deciders
from tests.casework.build import DAY, EDITION, REGISTERS, Story
from tests.casework.checks.measures import opened, proposed

STAFF = (
    StaffMember("head", "Hana Head", frozenset({"manager"}), frozenset({"head_of_legal"})),
    StaffMember("ria", "Ria Repairs", frozenset({"manager"}), frozenset({"director_of_repairs"})),
    StaffMember("both", "Bo Both", frozenset({"manager", "auditor"})),
    StaffMember("audi", "Audi Tor", frozenset({"auditor"})),
)
PEOPLE = replace(REGISTERS, staff={**REGISTERS.staff, **{member.id: member for member in STAFF}})
PANEL = {"panel": Body(title="Panel", roles=("manager", "auditor"), quorum=2)}


def deciding(deciders: Deciders, by: Iterable[str] = (), **changes: Any) -> tuple[Facts, Sanction]:
    """A warning that these decide, already approved by some, and the facts of the next approver."""
    letter = EDITION.remedies["warning_letter"].model_copy(update={"approvers": deciders})
    edition = replace(EDITION, remedies={**EDITION.remedies, "warning_letter": letter}, bodies=PANEL)
    story = opened(edition=edition, registers=PEOPLE)
    ref = proposed(story)
    for who in by:
        story.add("case-1", ApproveSanction(sanction=ref), by=who, fixed={})
    facts = replace(story.facts(), **changes)
    return facts, facts.case.sanctions[ref]


def complete(deciders: Deciders, *by: str, present: tuple[str, ...] = ()) -> bool:
    """Whether the approval of the last named, after those of the others, is all that is needed."""
    *before, last = by
    facts, sanction = deciding(deciders, before, actor=last)
    return approval_complete(facts, sanction, ApproveSanction(sanction=sanction.ref, present=present))


def may(deciders: Deciders, *people: str) -> list[bool]:
    facts, _ = deciding(deciders)
    return [may_decide(facts, deciders, who) for who in people]


def test_any_of_some_roles():
    deciders = Deciders(any_of=("manager",))
    assert may(deciders, "mina", "sam", "dana", "olu", "nobody") == [True, True, True, False, False]
    assert (complete(deciders, "mina"), complete(deciders, "olu")) == (True, False)


def test_all_of_some_roles_each_by_another_person():
    deciders = Deciders(all_of=("manager", "auditor"))
    assert may(deciders, "mina", "audi", "olu") == [True, True, False]
    assert complete(deciders, "both") is False
    assert complete(deciders, "both", "both") is False
    assert complete(deciders, "both", "mina") is True
    assert complete(deciders, "mina", "both") is True
    assert complete(deciders, "mina", "audi") is True
    assert complete(deciders, "mina", "max") is False


def test_two_of_a_grade():
    deciders = Deciders(two_of_grade=4)
    assert may(deciders, "sam", "mina") == [True, False]
    assert complete(deciders, "sam") is False
    assert complete(deciders, "sam", "sam") is False
    assert complete(deciders, "sam", "sue") is True
    assert complete(deciders, "mina", "sue") is False


def test_a_body_with_its_quorum_in_one_sitting():
    deciders = Deciders(body="panel")
    assert may(deciders, "mina", "audi", "olu") == [True, True, False]
    assert complete(deciders, "mina") is False
    assert complete(deciders, "mina", present=("audi",)) is True
    assert complete(deciders, "mina", present=("mina",)) is False
    assert complete(deciders, "mina", present=("olu",)) is False
    assert complete(deciders, "audi", "mina") is False


def test_one_named_post():
    deciders = Deciders(post="head_of_legal")
    assert may(deciders, "head", "mina", "nobody") == [True, False, False]
    assert (complete(deciders, "head"), complete(deciders, "sam")) == (True, False)


@pytest.mark.parametrize(
    ("service", "who"), [("repairs", [True, False]), ("lettings", [False, False]), (None, [False, False])]
)
def test_a_post_that_depends_on_the_service_concerned(service, who):
    story = Story(registers=PEOPLE)
    story.add("case-1", OpenCase(subject="carol", service=service))
    facts, deciders = story.facts(), Deciders(relative="director")
    assert [may_decide(facts, deciders, each) for each in ("ria", "head")] == who


def test_a_post_relative_to_a_case_that_nobody_opened():
    assert may_decide(Story(registers=PEOPLE).facts(), Deciders(relative="director"), "ria") is False


def test_deciders_are_those_who_hold_the_role_on_the_day():
    facts, _ = deciding(Deciders(any_of=("manager",)), registers=Registers())
    assert may_decide(facts, Deciders(any_of=("manager",)), "mina") is False


# --- Whose decision it is


def sanction(**measure: Any) -> tuple[Facts, Sanction]:
    story = opened()
    story.day = DAY
    ref = story.add("case-1", ProposeSanction.model_validate(measure))
    return story.facts(), story.facts().case.sanctions[ref]


MANAGER, SENIOR = Deciders(any_of=("manager",)), Deciders(any_of=("senior_officer",))


@pytest.mark.parametrize(
    ("ends_on", "starts_on", "deciders"),
    [
        (None, None, MANAGER),
        ("2022-02-06", None, MANAGER),
        ("2022-02-07", None, SENIOR),
        ("2022-02-07", "2021-08-07", MANAGER),
        ("2022-02-08", "2021-08-07", SENIOR),
    ],
)
def test_beyond_its_longest_term_the_next_up_decide(ends_on, starts_on, deciders):
    assert deciders_for(*sanction(remedy="office_access", ends_on=ends_on, starts_on=starts_on)) == deciders


def test_the_term_counts_from_the_day_it_was_imposed():
    story = opened()
    long = {"remedy": "office_access", "ends_on": "2022-02-05", "starts_on": "2021-08-01"}
    ref = story.add(
        "case-1", ProposeSanction.model_validate(long), fixed={"imposed_on": "2021-08-05"}, on=date(2021, 8, 1)
    )
    facts = story.facts()
    assert deciders_for(facts, facts.case.sanctions[ref]) == MANAGER


def test_a_measure_in_words_is_decided_by_the_highest():
    assert deciders_for(*sanction(described="A talk with the team each month.")) == SENIOR


def test_a_measure_without_a_longest_term_has_one_set_of_deciders():
    assert deciders_for(*sanction(remedy="civil_injunction", ends_on="2031-01-01")) == SENIOR
    assert deciders_for(*sanction(remedy="warning_letter", ends_on="2031-01-01")) == MANAGER


def test_a_run_of_one_measure_after_another_began_with_the_first():
    story = opened()
    first = {"imposed_on": "2021-01-04", "ends_on": "2021-03-31"}
    story.add("case-1", ProposeSanction(remedy="office_access"), fixed=first)
    story.add(
        "case-1", ProposeSanction(remedy="office_access"), fixed={"imposed_on": "2021-04-01", "ends_on": "2021-06-30"}
    )
    view = story.facts().view_of("carol")
    assert run_began(view, "office_access", date(2021, 7, 1)) == date(2021, 1, 4)
    assert run_began(view, "office_access", date(2021, 7, 2)) == date(2021, 7, 2)
    assert run_began(view, "restricted_times", date(2021, 7, 1)) == date(2021, 7, 1)
