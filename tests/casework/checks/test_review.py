"""Reviews: fresh reasons, the next day, the person's own view, and repeated breaches."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks.review import (
    breach_not_repeated,
    comments_invited,
    fresh_reasons,
    last_decided_on,
    next_review_in_window,
    review_in_time,
    reviewer_may_review,
)
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.control import AddNote
from evenhand.casework.steps.notice import RecordBreach, ReviewSanction
from evenhand.policy.findings import Outcome, met, not_met
from tests.casework.build import EDITION
from tests.casework.checks.measures import PROPOSED, REVIEW_BY, TOLD, opened, proposed, sanction_of, told

REVIEWED = date(2021, 10, 1)
RESTRICTION = {"remedy": "office_access", "ends_on": "2022-01-31", "terms": {"offices": ["High Street"]}}


def review(**fields):
    return ReviewSanction.model_validate({"outcome": "continue", "reasons": "It goes on.", **fields})


def test_last_decided_on_is_the_last_review_or_the_day_it_was_imposed_or_proposed():
    story = opened()
    ref = proposed(story)
    assert last_decided_on(sanction_of(story, ref)) == PROPOSED
    story = opened()
    ref = told(story)
    assert last_decided_on(sanction_of(story, ref)) == TOLD
    story.add("case-1", review(sanction=ref), on=REVIEWED)
    assert last_decided_on(sanction_of(story, ref)) == REVIEWED


def test_fresh_reasons_rest_on_what_came_since_the_measure_was_last_decided_on():
    story = opened()
    ref = told(story, **RESTRICTION)
    old = story.add("case-1", AddEvidence(what="Call", dated=TOLD), on=REVIEWED)
    new = story.add("case-1", AddEvidence(what="Call", dated=date(2021, 9, 1)))
    undated = story.add("case-1", AddEvidence(what="Letter"))
    used = story.add(
        "case-1", RecordBreach(sanction=ref, topic="emergency_repair", what="Rang.", happened_on=date(2021, 9, 1))
    )
    note = story.add("case-1", AddNote(text="She called."))
    facts, sanction = story.facts(), sanction_of(story, ref)
    fresh = met("There are fresh reasons.")
    stale = not_met(
        "Nothing since 4 August 2021 speaks for keeping the measure: "
        "say what the person has done since, cite what shows it, or lift the measure."
    )
    assert fresh_reasons(facts, sanction, review(conduct_since="She came in twice.")) == fresh
    assert fresh_reasons(facts, sanction, review()) == stale
    assert fresh_reasons(facts, sanction, review(evidence=[old, "case-1#99"])) == stale
    assert fresh_reasons(facts, sanction, review(evidence=[old, new])) == fresh
    for shown in (undated, note, used):
        assert fresh_reasons(facts, sanction, review(evidence=[old, shown])) == stale
    assert fresh_reasons(facts, sanction, review(reasons=None, conduct_since="Much.")) == not_met(
        "No reasons are given: say why the measure is still needed now."
    )


@pytest.mark.parametrize(
    ("next_review_on", "outcome"),
    [
        ("2021-10-31", Outcome.NOT_MET),
        ("2021-11-01", Outcome.MET),
        ("2022-01-01", Outcome.MET),
        ("2022-01-02", Outcome.NOT_MET),
    ],
)
def test_next_review_in_window_is_one_to_three_calendar_months_ahead(next_review_on, outcome):
    story = opened()
    sanction = sanction_of(story, told(story, **RESTRICTION))
    draft = review(next_review_on=next_review_on)
    assert next_review_in_window(story.facts(on=REVIEWED), sanction, draft).outcome is outcome


def test_next_review_in_window_says_which_days_will_do():
    story = opened()
    sanction = sanction_of(story, told(story, **RESTRICTION))
    facts = story.facts(on=REVIEWED)
    assert next_review_in_window(facts, sanction, review()) == not_met(
        "No day is set for the next review: choose one between 1 November 2021 and 1 January 2022."
    )
    assert next_review_in_window(facts, sanction, review(next_review_on="2022-01-02")) == not_met(
        "The next review, 2 January 2022, is outside its time: choose a day between 1 November 2021 and 1 January 2022."
    )


def test_next_review_in_window_asks_for_none_where_the_measure_ends_first():
    story = opened()
    sanction = sanction_of(story, told(story, **RESTRICTION))
    facts, ends_first = story.facts(on=REVIEWED), met("It ends before another review is due.")
    assert next_review_in_window(facts, sanction, review(ends_on="2021-10-15")) == ends_first
    assert next_review_in_window(facts, sanction, review(ends_on="2021-12-15")) == ends_first
    late = review(ends_on="2021-12-15", next_review_on="2021-12-20")
    assert next_review_in_window(facts, sanction, late) == ends_first
    early = review(ends_on="2021-12-15", next_review_on="2021-10-20")
    assert next_review_in_window(facts, sanction, early).outcome is Outcome.NOT_MET
    warned = opened()
    warning = sanction_of(warned, told(warned))
    assert next_review_in_window(warned.facts(on=REVIEWED), warning, review()) == ends_first


def test_next_review_in_window_where_each_decision_sets_its_own_day():
    rule = EDITION.reviews["standard"].model_copy(
        update={"latest_months": None, "earliest_months": None, "per_decision": True}
    )
    story = opened(edition=replace(EDITION, reviews={"standard": rule}))
    sanction = sanction_of(story, told(story, **RESTRICTION))
    facts = story.facts(on=REVIEWED)
    assert next_review_in_window(facts, sanction, review()) == not_met(
        "No day is set for the next review: choose one after 1 October 2021."
    )
    assert next_review_in_window(facts, sanction, review(next_review_on="2021-10-01")).outcome is Outcome.NOT_MET
    assert next_review_in_window(facts, sanction, review(next_review_on="2024-10-01")) == met(
        "The next review falls within the time given."
    )


def test_next_review_in_window_may_be_departed_from_where_the_policy_only_aims_at_it():
    soft = EDITION.reviews["standard"].model_copy(update={"soft": True})
    story = opened(edition=replace(EDITION, reviews={"standard": soft}))
    sanction = sanction_of(story, told(story, **RESTRICTION))
    facts, why = story.facts(on=REVIEWED), {"standard": "She is abroad until then."}
    later = review(next_review_on="2022-01-20", departures=why)
    assert next_review_in_window(facts, sanction, later).outcome is Outcome.MET
    past = review(next_review_on="2021-09-20", departures=why)
    assert next_review_in_window(facts, sanction, past).outcome is Outcome.NOT_MET


def test_reviewer_may_review_where_the_policy_says_who_does():
    story = opened()
    sanction = sanction_of(story, told(story))
    anybody = met("They may review this kind of measure.")
    assert reviewer_may_review(story.facts(by="olu"), sanction) == anybody
    senior = EDITION.reviews["standard"].model_copy(update={"by": ("senior_officer",)})
    edition = replace(EDITION, reviews={"standard": senior})
    assert reviewer_may_review(replace(story.facts(by="sue"), edition=edition), sanction) == anybody
    assert reviewer_may_review(replace(story.facts(by="olu"), edition=edition), sanction) == not_met(
        "This kind of measure is reviewed by Senior officer."
    )


def test_review_in_time_until_the_last_day_and_late_after_it():
    story = opened()
    sanction = sanction_of(story, told(story))
    assert review_in_time(story.facts(on=REVIEW_BY), sanction) == met("In time: the last day is 4 November 2021.")
    late = not_met("The review was due by 4 November 2021.")
    assert review_in_time(story.facts(on=date(2021, 11, 5)), sanction) == late
    unimposed = opened()
    ref = proposed(unimposed)
    assert review_in_time(unimposed.facts(), sanction_of(unimposed, ref)) == met("No review was due.")


def test_comments_invited_before_this_review_and_not_before_an_earlier_one():
    story = opened()
    sanction = sanction_of(story, told(story))
    facts = story.facts(on=REVIEWED)
    assert comments_invited(facts, sanction, review(comments_invited_on="2021-09-20")) == met(
        "The person was asked for their view on 20 September 2021."
    )
    assert comments_invited(facts, sanction, review()) == not_met(
        "The person was not asked for their view: ask them before the review."
    )
    for day in ("2021-08-03", "2021-10-01"):
        asked = review(comments_invited_on=day)
        assert comments_invited(facts, sanction, asked).outcome is Outcome.NOT_MET


def test_breach_not_repeated_counts_no_contact_on_an_essential_matter():
    story = opened()
    ref = told(story, **RESTRICTION)
    story.add("case-1", RecordBreach(sanction=ref, what="Called about the boiler.", topic="repairs"))
    first = breach_not_repeated(story.facts(), sanction_of(story, ref))
    story.add("case-1", RecordBreach(sanction=ref, what="Came in."))
    again = breach_not_repeated(story.facts(), sanction_of(story, ref))
    assert first == met("The measure was not broken before.")
    assert again == not_met("The measure was broken once before: review it early, and ask why it does not work.")
    assert breach_not_repeated(story.facts(), sanction_of(story, ref), before=1) == first
    story.add("case-1", RecordBreach(sanction=ref, what="Came in again."))
    assert breach_not_repeated(story.facts(), sanction_of(story, ref)) == not_met(
        "The measure was broken 2 times before: review it early, and ask why it does not work."
    )
