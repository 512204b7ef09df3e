"""Whether an entry says what it is recorded for."""

from datetime import date

import pytest

from evenhand.casework.checks.saying import (
    agency_answer_given,
    appeal_told,
    assessment_complete,
    change_stated,
    finding_named,
    further_day_later,
    further_day_near,
)
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import AssessEquality, RecordAgencyAnswer
from evenhand.casework.steps.control import AuditCase, AuditFinding, CompleteAuditAction
from evenhand.casework.steps.decision import Terms
from evenhand.casework.steps.notice import AgreeContinuation, AskContinuation, ReviewSanction
from evenhand.policy.findings import met, not_met, unknown
from tests.casework.build import full_assessment
from tests.casework.checks.measures import opened, sanction_of, told

LIMIT = {"remedy": "office_access", "ends_on": "2022-01-31", "terms": {"offices": ["High Street"]}}
ENDS = date(2022, 1, 31)


def test_assessment_complete_names_what_its_own_form_lacks():
    assert assessment_complete(full_assessment()) == met("The assessment answers what its form asks.")
    short = AssessEquality(
        form="short", characteristic="none_found", asked_customer="By phone.", linked_to_conduct="no"
    )
    assert assessment_complete(short) == not_met(
        "A decision cannot rest on this assessment: it does not say what the decision would do to the person."
    )


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ({"reply": "Mornings are better."}, met("The entry says what became of it.")),
        ({"outcome": "no_reply"}, met("The entry says what became of it.")),
        ({}, not_met("It is not said what the agency answers: this will not count as its answer.")),
    ],
)
def test_agency_answer_given_in_words_or_none_came(answer, verdict):
    assert agency_answer_given(RecordAgencyAnswer(**answer)) == verdict


def test_appeal_told_in_the_customers_words():
    assert appeal_told(ReceiveAppeal(what="I was in pain.")) == met("It is on record what they say.")
    assert appeal_told(ReceiveAppeal()) == not_met(
        "It is not on record what they say: whoever decides must answer each point. Ask them, and add it."
    )


@pytest.mark.parametrize("draft", [DecideAppeal(outcome="varied"), ReviewSanction(outcome="vary")])
def test_change_stated_where_it_is_varied(draft):
    assert change_stated(draft) == not_met(
        "It is not said what changes: give new terms or a new last day, or choose another decision."
    )
    for change in ({"terms": Terms(offices=("Mill Lane",))}, {"ends_on": ENDS}):
        assert change_stated(draft.model_copy(update=change)) == met("It is said what changes.")


def asking(until: date) -> AskContinuation:
    return AskContinuation(sanction="limit", until=until)


def test_further_day_later_than_the_measure_lasts():
    story = opened()
    limit = sanction_of(story, told(story, **LIMIT))
    already = not_met("The measure lasts to 31 January 2022 already: name a later day, or leave it as it is.")
    not_yet = met("The measure does not last so long yet.")
    assert further_day_later(limit, asking(ENDS)) == already
    assert further_day_later(limit, asking(date(2022, 2, 1))) == not_yet
    assert further_day_later(limit, AgreeContinuation(answer="agreed")) == not_yet
    endless = sanction_of(story, told(story, remedy="office_access", terms={"offices": ["High Street"]}))
    assert further_day_later(endless, asking(ENDS)) == not_yet


def test_further_day_near_counts_the_longest_term_from_the_present_last_day():
    story = opened()
    limit = sanction_of(story, told(story, **LIMIT))
    facts = story.facts()
    assert further_day_near(facts, limit, asking(date(2023, 1, 31))) == met("The day is not too far off.")
    assert further_day_near(facts, limit, asking(date(2023, 2, 1))) == not_met(
        "1 February 2023 is far off: ask for 31 January 2023 at the latest, and again if need be."
    )
    assert further_day_near(facts, limit, asking(date(2022, 8, 1)), terms=1) == not_met(
        "1 August 2022 is far off: ask for 31 July 2022 at the latest, and again if need be."
    )


@pytest.mark.parametrize(
    "measure", [{"remedy": "office_access"}, {"remedy": "warning_letter", "ends_on": "2022-01-31"}]
)
def test_further_day_near_has_nothing_to_say_without_a_last_day_or_a_longest_term(measure):
    story = opened()
    limit = sanction_of(story, told(story, **measure))
    assert further_day_near(story.facts(), limit, asking(date(2199, 1, 1))) == met("No longest term stands in the way.")


def test_finding_named_is_one_of_the_audit_that_still_waits():
    story = opened()
    found = [
        AuditFinding(clause="1.5", what=what, action="Do it.", owner="olu", due_on=date(2021, 9, 1))
        for what in ("Not looked at.", "Not told.", "Not asked.")
    ]
    audit = story.add("case-1", AuditCase(findings=tuple(found)), by="sue")
    story.add("case-1", CompleteAuditAction(audit=audit, number=2, done="She was told."))

    def named(number: int | None, of: str | None = audit) -> object:
        return finding_named(story.facts(), CompleteAuditAction(audit=of, number=number, done="Done."))

    assert named(1) == met("It is said which finding this puts right.")
    wrong = not_met("It is not said which finding this puts right: 1 or 3 still waits.")
    assert [named(2), named(4), named(None)] == [wrong, wrong, wrong]
    assert named(1, None) == unknown("It is not said which audit is meant.")
