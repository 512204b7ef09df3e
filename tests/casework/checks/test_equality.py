from datetime import date

import pytest

from evenhand.casework.checks.equality import equality_assessed
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.decision import ApproveSanction, DeclineSanction, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.flag import ApproveFlag, ProposeFlag
from evenhand.casework.steps.notice import GiveNotice, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction, OpenCase
from evenhand.casework.steps.person import RecordNeed
from evenhand.policy.findings import Outcome, met, not_met
from tests.casework.build import Story, full_assessment, short_assessment

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET
DAY, NEXT, LATER = date(2021, 8, 6), date(2021, 8, 9), date(2021, 10, 1)
MADE = met("An equality assessment was made for this decision.")
RESTRICT, WARN = ProposeSanction(remedy="restricted_times"), ProposeSanction(remedy="warning_letter")


@pytest.fixture
def story():
    story = Story()
    story.add("case-1", OpenCase(subject="carol"), on=DAY)
    return story


def asked(story, draft=RESTRICT, *, file="case-1", on=None, **settings):
    return equality_assessed(story.facts(file, on=on), draft, **settings)


def fault(story, draft=RESTRICT, **given):
    """What is wrong with the assessment of 6 August."""
    return asked(story, draft, **given).sentence.removeprefix("The equality assessment of 6 August 2021 ")


def named(measure, assessment):
    return measure.model_copy(update={"equality": assessment})


def impose(story, measure, on=DAY):
    made = story.add("case-1", measure, on=on)
    story.add("case-1", ApproveSanction(sanction=made), by="mina")
    story.add("case-1", GiveNotice(about=made, how="hand"))
    return made


def test_there_must_be_an_assessment(story):
    assert asked(story) == not_met("No equality assessment was made for this decision: make one before deciding.")
    assert asked(story, named(RESTRICT, "case-1#99")) == not_met(
        "The equality assessment named is not on record: make one, or name the right one."
    )
    other = story.add("case-1", AddEvidence(what="A letter"))
    assert asked(story, named(RESTRICT, other)).outcome is NOT_MET


@pytest.mark.parametrize("file", ["case-1", "carol"])
def test_assessment_may_lie_on_the_case_or_the_person(story, file):
    ref = story.add(file, full_assessment())
    assert asked(story) == MADE
    assert asked(story, named(RESTRICT, ref)) == MADE


def test_assessment_is_about_this_person(story):
    ref = story.add("case-1", full_assessment(subject="dave"))
    assert asked(story).outcome is NOT_MET
    assert fault(story, named(RESTRICT, ref)) == "is about somebody else."
    assert asked(story, RESTRICT.model_copy(update={"subject": "dave"})) == MADE


def test_assessment_serves_the_measures_it_names(story):
    ref = story.add("case-1", full_assessment(remedies=("office_access",)))
    assert asked(story).outcome is NOT_MET
    assert fault(story, named(RESTRICT, ref)) == "was made for another measure."
    story.add("case-1", full_assessment(remedies=("office_access", "restricted_times")))
    assert asked(story) == MADE


def test_assessment_comes_before_the_decision(story):
    story.add("case-1", full_assessment(assessed_on=date(2021, 8, 7)))
    assert asked(story, on=DAY).sentence == "The equality assessment of 7 August 2021 was made after this decision."
    assert asked(story, on=date(2021, 8, 7)) == MADE


def test_assessment_is_reopened_by_news(story):
    ref = story.add("case-1", full_assessment())
    story.add("carol", RecordNeed(need="autism"), on=NEXT)
    assert fault(story) == "was made before something became known on 9 August 2021: make it again."
    story.add("case-1", full_assessment())
    assert asked(story) == MADE
    assert asked(story, named(RESTRICT, ref)).outcome is NOT_MET


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"form": "short"}, "is the short form, and the full one is needed."),
        ({"characteristic": "not_asked"}, "did not ask about protected characteristics: ask."),
        ({"characteristic": None}, "does not say whether there is a protected characteristic."),
        ({"asked_customer": None}, "does not say what is known, or how the person was asked."),
        ({"linked_to_conduct": None}, "does not say whether the conduct comes from it."),
        ({"effect": None}, "does not say what the decision would do to the person."),
        ({"household": None, "vulnerabilities": None},
         "does not say who else in the household would feel it and what makes them vulnerable."),
        ({"outside_support": None, "adjustments_tried": None, "alternatives": None},
         ("does not say which support from outside there is, which adjustments were tried and "
         "which gentler ways there are.")),
        ({"linked_to_conduct": "yes", "legitimate_aim": "Safety of staff"},
         "leaves a link to a protected characteristic open, and does not say what the aim is, or why it is fair."),
        ({"characteristic": "known", "linked_to_conduct": "unclear", "legitimate_aim": None, "details": "Autism"},
         "leaves a link to a protected characteristic open, and does not say what the aim is, or why it is fair."),
        ({"conclusion": "no_sanction"}, "concludes that nothing should be imposed."),
        ({"conclusion": "no_sanction", "effect": None},
         "does not say what the decision would do to the person and concludes that nothing should be imposed."),
    ],
)  # fmt: skip
def test_assessment_is_complete(story, changes, says):
    story.add("case-1", full_assessment(**changes))
    assert fault(story) == says


def test_assessment_of_conduct_linked_to_a_disability_says_why_it_is_fair(story):
    story.add(
        "case-1",
        full_assessment(linked_to_conduct="yes", legitimate_aim="Safety of staff", still_proportionate="Least of all."),
    )
    assert asked(story) == MADE


def test_short_form_is_enough_where_the_measure_or_the_step_says_so(story):
    story.add("case-1", short_assessment())
    assert asked(story, WARN) == MADE
    assert asked(story, TakeUrgentAction(remedy="restricted_times"), form="short") == MADE
    assert asked(story, RESTRICT).outcome is NOT_MET
    assert asked(story, WARN, form="full").outcome is NOT_MET
    assert asked(story, ProposeSanction(described="In words")).outcome is NOT_MET


def test_assessment_serves_measures_proposed_together(story):
    ref = story.add("case-1", full_assessment())
    story.add("case-1", named(WARN, ref))
    assert asked(story, named(RESTRICT, ref)) == MADE
    assert fault(story, named(RESTRICT, ref), on=NEXT) == (
        "has served another decision already: make one for this decision."
    )


def test_assessment_that_was_implied_counts_as_used(story):
    story.add("case-1", full_assessment())
    story.add("case-1", WARN)
    assert asked(story, on=DAY) == MADE
    assert asked(story, on=NEXT).outcome is NOT_MET
    story.add("case-1", full_assessment(), on=NEXT)
    assert asked(story, on=NEXT) == MADE


def test_assessment_made_after_an_earlier_proposal_is_not_used_by_it(story):
    story.add("case-1", WARN)
    story.add("case-1", full_assessment(), on=NEXT)
    assert asked(story) == MADE


def test_assessment_of_a_declined_proposal_may_serve_its_successor(story):
    story.add("case-1", full_assessment())
    made = story.add("case-1", RESTRICT)
    story.add("case-1", DeclineSanction(sanction=made), by="mina")
    assert asked(story, on=NEXT) == MADE


def test_assessment_is_not_used_by_a_measure_from_before_the_record():
    story = Story()
    story.add("carol", full_assessment(), on=DAY)
    story.add("case-1", BringInSanction(subject="carol", remedy="office_access"))
    assert asked(story, on=NEXT) == MADE


def test_assessment_used_to_approve_a_measure_from_before_the_record():
    story = Story()
    ref = story.add("carol", full_assessment(), on=DAY)
    made = story.add("case-1", BringInSanction(subject="carol", remedy="office_access"))
    story.add("case-1", ApproveSanction(sanction=made, equality=ref), by="mina")
    assert asked(story, on=NEXT).outcome is NOT_MET


def test_approval_rests_on_the_assessment_of_the_proposal(story):
    ref = story.add("case-1", full_assessment())
    made = story.add("case-1", named(RESTRICT, ref))
    story.add("case-1", full_assessment(characteristic="not_asked"), on=NEXT)
    assert asked(story, ApproveSanction(sanction=made)) == MADE


def test_approval_rests_on_the_newest_where_the_proposal_named_none(story):
    story.add("case-1", full_assessment())
    made = story.add("case-1", RESTRICT)
    assert asked(story, ApproveSanction(sanction=made), on=NEXT) == MADE


def test_approval_after_news_needs_a_fresh_assessment(story):
    ref = story.add("case-1", full_assessment())
    made = story.add("case-1", named(RESTRICT, ref))
    story.add("carol", RecordNeed(need="autism"), on=NEXT)
    assert asked(story, ApproveSanction(sanction=made)).outcome is NOT_MET
    fresh = story.add("case-1", full_assessment())
    assert asked(story, ApproveSanction(sanction=made)) == MADE
    assert asked(story, ApproveSanction(sanction=made, equality=fresh)) == MADE


def test_approval_of_a_proposal_whose_assessment_is_gone_uses_the_newest(story):
    made = story.add("case-1", named(RESTRICT, "case-1#99"))
    assert asked(story, ApproveSanction(sanction=made)).outcome is NOT_MET
    story.add("case-1", full_assessment())
    assert asked(story, ApproveSanction(sanction=made)) == MADE


def test_approval_of_nothing_finds_what_there_is(story):
    story.add("case-1", full_assessment())
    assert asked(story, ApproveSanction()) == MADE


def test_review_needs_an_assessment_made_since_the_last_decision(story):
    story.add("case-1", full_assessment())
    made = impose(story, RESTRICT)
    review = ReviewSanction(sanction=made, outcome="continue")
    assert fault(story, review, on=LATER) == "was made before the last decision on this measure: make it again."
    story.add("case-1", full_assessment(), on=LATER)
    assert asked(story, review) == MADE


def test_review_needs_another_assessment_than_the_review_before(story):
    story.add("case-1", full_assessment())
    made = impose(story, RESTRICT)
    first = story.add("case-1", full_assessment(), on=date(2021, 9, 10))
    review = ReviewSanction(sanction=made, outcome="continue", equality=first)
    story.add("case-1", review, by="mina")
    assert asked(story, review, on=LATER) == not_met(
        "The equality assessment of 10 September 2021 was made before the last decision on this measure: make it again "
        "and has served another decision already: make one for this decision."
    )


def test_review_of_a_legacy_measure_needs_one_made_since_it_was_brought_in():
    story = Story()
    story.add("carol", full_assessment(), on=DAY)
    made = story.add("case-1", BringInSanction(subject="carol", remedy="office_access"))
    review = ReviewSanction(sanction=made, outcome="continue")
    assert asked(story, review, on=LATER).outcome is NOT_MET
    story.add("carol", full_assessment(), on=LATER)
    assert asked(story, review) == MADE
    assert asked(story, ReviewSanction(outcome="continue")) == MADE


def test_flag_needs_the_short_form(story):
    story.add("flag-1", ProposeFlag(subject="carol", category="physical"))
    assert asked(story, ApproveFlag(), file="flag-1", form="short").outcome is NOT_MET
    ref = story.add("flag-1", short_assessment())
    assert asked(story, ApproveFlag(), file="flag-1", form="short") == MADE
    story.add("flag-1", ApproveFlag(equality=ref), by="mina")
    assert fault(story, named(WARN, ref), on=NEXT) == (
        "has served another decision already: make one for this decision."
    )


def test_flag_on_a_place_is_assessed_on_its_own_file(story):
    story.add("flag-1", ProposeFlag(place="100", category="animals"))
    story.add("flag-1", short_assessment())
    assert asked(story, ApproveFlag(), file="flag-1", form="short") == MADE
