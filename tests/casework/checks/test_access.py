import pytest

from evenhand.casework.checks import access
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction, Terms
from evenhand.casework.steps.notice import LiftSanction, ReviewSanction
from evenhand.casework.steps.opening import OpenCase
from evenhand.casework.steps.person import AnswerAdjustment, NameRepresentative, OfferAdjustment, RecordNeed
from evenhand.policy.findings import Outcome, met, not_met
from tests.casework.build import Story

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET


@pytest.fixture
def story():
    story = Story()
    story.add("case-1", OpenCase(subject="carol"))
    return story


def restrict(**terms):
    return ProposeSanction(remedy="restricted_channels", terms=Terms(**terms))


def fits(story, draft):
    return access.needs_not_clashing(story.facts(), draft, draft)


def kept(story, draft):
    return access.essential_access_kept(story.facts(), draft, draft)


def test_needs_do_not_clash_where_nothing_is_closed(story):
    story.add("carol", RecordNeed(need="cannot_write"))
    assert fits(story, restrict()) == met("The terms close no way to reach us.")


def test_needs_clash_where_the_only_way_left_is_one_they_cannot_use(story):
    story.add("carol", RecordNeed(need="cannot_write"))
    assert fits(story, restrict(channels_open=("email",))) == not_met(
        "The person can use none of the ways to reach us that stay open. They have a need on record: Cannot write. "
        "Leave one open that fits."
    )
    assert fits(story, restrict(channels_open=("email", "phone"))) == met("The terms fit the person's needs.")


def test_needs_that_are_only_suspected_count(story):
    story.add("carol", RecordNeed(need="no_phone", certainty="suspected"))
    assert fits(story, restrict(channels_open=("phone",))).outcome is NOT_MET


def test_needs_clash_where_no_way_is_left_at_all(story):
    assert fits(story, restrict(channels_open=("hand",))) == not_met(
        "The person can use none of the ways to reach us that stay open. Leave one open that fits."
    )


def test_needs_are_those_of_whom_the_measure_binds(story):
    story.add("carol", RecordNeed(need="cannot_write"))
    other = restrict(channels_open=("email",)).model_copy(update={"subject": "dave"})
    assert fits(story, other).outcome is MET


def test_adjustment_that_was_accepted_is_kept(story):
    calls = story.add("carol", OfferAdjustment(adjustment="Calls after noon", channels=("phone",)))
    assert fits(story, restrict(channels_closed=("phone",))).outcome is MET
    story.add("carol", AnswerAdjustment(adjustment=calls, answer="accepted"))
    assert fits(story, restrict(channels_closed=("email",))).outcome is MET
    assert fits(story, restrict(channels_closed=("phone",))) == not_met(
        "The terms would take away what was agreed for the person's needs (Calls after noon): change them, "
        "or say how those needs are met."
    )
    resolved = restrict(channels_closed=("phone",)).model_copy(update={"clash_resolved": "A relay call each week."})
    assert fits(story, resolved) == met("It is said how the person's needs are met all the same.")
    story.add("carol", AnswerAdjustment(adjustment=calls, answer="declined"))
    assert fits(story, restrict(channels_closed=("phone",))).outcome is MET


def test_resolving_never_leaves_a_person_without_a_way(story):
    story.add("carol", RecordNeed(need="cannot_write"))
    resolved = restrict(channels_open=("email",)).model_copy(update={"clash_resolved": "She can ask her brother."})
    assert fits(story, resolved).outcome is NOT_MET


def test_essential_access_is_kept(story):
    assert kept(story, restrict(channels_closed=("phone",), topics_closed=("general_enquiry",))) == met(
        "The person can still reach us about everything essential."
    )


def test_essential_subjects_cannot_be_closed(story):
    assert kept(story, restrict(topics_closed=("general_enquiry", "repairs", "complaint"))) == not_met(
        "These subjects can never be closed: Repairs and A new complaint, or one not yet answered. Take them out."
    )


def test_essential_access_needs_a_way_the_person_can_use(story):
    story.add("carol", RecordNeed(need="no_phone"))
    assert kept(story, restrict(channels_open=("phone",))) == not_met(
        "No way to reach us is left that the person can use: leave one open for what is essential."
    )


def test_review_is_measured_by_the_terms_it_brings(story):
    draft = restrict(channels_open=("phone",))
    made = story.add("case-1", draft)
    story.add("carol", RecordNeed(need="no_phone"))
    facts = story.facts()
    carried_on = ReviewSanction(sanction=made, outcome="continue")
    varied = ReviewSanction(sanction=made, outcome="vary", terms=Terms(channels_open=("post",)))
    assert access.needs_not_clashing(facts, draft, carried_on).outcome is NOT_MET
    assert access.needs_not_clashing(facts, draft, varied).outcome is MET
    assert access.terms_asked(facts, draft, ReviewSanction(outcome="continue")) == draft.terms


def test_essential_access_counts_a_measure_decided_and_not_yet_told(story):
    first = story.add("case-1", restrict(channels_open=("email",)))
    second = restrict(channels_open=("phone",))
    assert kept(story, second).outcome is MET
    story.add("case-1", ApproveSanction(sanction=first), by="mina")
    assert kept(story, second).outcome is NOT_MET
    story.add("case-1", LiftSanction(sanction=first), by="mina")
    assert kept(story, second).outcome is MET


def test_a_way_through_somebody_counts_once_they_are_named(story):
    alone = restrict(channels_open=("third_party",))
    assert kept(story, alone).outcome is NOT_MET
    story.add("carol", NameRepresentative(representative="Ann Hale"))
    assert kept(story, alone).outcome is MET
