"""Telling somebody: the letter, its sender, format, address, safety and time; and not telling yet."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks.notice import (
    address_confirmed,
    format_meets_needs,
    letter_complete,
    letter_sender,
    look_again_date_set,
    notice_follows_decision,
    notice_in_time,
    risk_named,
    safe_working_planned,
    sanction_approved,
)
from evenhand.casework.steps.appeal import DecideAppeal, DecideLateAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import PlanSafeWorking
from evenhand.casework.steps.casefacts import DeferTelling, PutAllegation, RecordContact
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    DeclineSanction,
    RecordCourtOutcome,
    TakeUrgentAction,
)
from evenhand.casework.steps.flag import RecordNotTold
from evenhand.casework.steps.notice import AnswerReviewRequest, GiveNotice, LiftSanction, RequestReview, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction
from evenhand.casework.steps.person import RecordChange, RecordNeed
from evenhand.policy.findings import Outcome, Promise, met, not_met
from evenhand.policy.shapes import LetterRule
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import APPROVED, approved, opened, proposed, sanction_of, told

WHOLE = met("The letter holds all that the policy asks of it.")
LETTER = GiveNotice(how="email", explains="You shouted; please do not.")
OFFICES = {"remedy": "office_access", "ends_on": "2022-01-31", "terms": {"offices": ["High Street"]}}


def complete(story, about, draft=LETTER, *, edition=None):
    facts = story.facts()
    told_of = facts.entry(about)
    assert told_of is not None
    return letter_complete(replace(facts, edition=edition or facts.edition), told_of, draft)


def test_sanction_approved_by_everybody_it_needs():
    story = opened()
    ref = proposed(story)
    assert sanction_approved(sanction_of(story, ref)) == not_met(
        "This measure is not approved yet: every approval that it needs comes first."
    )
    story.add("case-1", ApproveSanction(sanction=ref), by="sam")
    assert sanction_approved(sanction_of(story, ref)) == met("The measure is approved.")
    story.add("case-1", LiftSanction(sanction=ref), by="sam")
    over = not_met("This measure was declined or has ended: it cannot be carried out any more.")
    assert sanction_approved(sanction_of(story, ref)) == over
    story = opened()
    ref = proposed(story)
    story.add("case-1", DeclineSanction(sanction=ref), by="sam")
    assert sanction_approved(sanction_of(story, ref)) == over


@pytest.mark.parametrize(
    "measure", [{}, OFFICES, {"remedy": "unlisted", "described": "Tea only.", "ends_on": "2022-01-31"}]
)
def test_letter_complete_of_a_measure(measure):
    story = opened()
    assert complete(story, approved(story, **measure)) == WHOLE


def test_letter_complete_names_each_part_that_is_missing():
    story = opened()
    bare = approved(story, remedy="office_access", reasons=None)
    assert complete(story, bare, GiveNotice()) == not_met(
        "The letter lacks what the measure asks of the person, the reasons for the decision, "
        "the day on which the measure ends and the decision and its reasons in plain words: add this first."
    )


@pytest.mark.parametrize("remedy", ["unlisted", None])
def test_letter_complete_of_a_measure_in_words_needs_the_words(remedy):
    story = opened()
    ref = approved(story, remedy=remedy, ends_on="2022-01-31")
    assert complete(story, ref) == not_met("The letter lacks what the measure asks of the person: add this first.")


def test_letter_complete_only_where_a_way_in_is_left_that_the_person_can_use():
    story = opened()
    ref = approved(story, remedy="restricted_channels", ends_on="2022-01-31", terms={"channels_open": ["email"]})
    assert complete(story, ref) == WHOLE
    story.add("carol", RecordNeed(need="cannot_write"))
    assert complete(story, ref) == not_met(
        "The letter lacks a way to reach us on urgent and essential matters: add this first."
    )


def test_letter_complete_of_a_court_measure_leaves_the_end_to_the_court():
    story = opened()
    order = {"remedy": "civil_injunction", "terms": {"order": "Stay away from the office."}}
    ref = approved(story, **order)
    assert complete(story, ref) == WHOLE
    strict = {
        **EDITION.remedies,
        "civil_injunction": EDITION.remedies["civil_injunction"].model_copy(update={"open_ended": False}),
    }
    assert complete(story, ref, edition=replace(EDITION, remedies=strict)) == WHOLE
    story.add("case-1", RecordCourtOutcome(sanction=ref, outcome="made", made_on=DAY))
    assert complete(story, ref) == WHOLE


def test_letter_complete_of_an_urgent_action():
    story = opened()
    urgent = {"remedy": "office_access", "reasons": "A threat.", "harm": "Violence", "to_whom": "Olu"}
    whole = {"terms": {"offices": ["High Street"]}, "ends_on": "2021-11-30", "review_on": "2021-09-10"}
    assert complete(story, story.add("case-1", TakeUrgentAction.model_validate({**urgent, **whole}))) == WHOLE
    assert complete(story, story.add("case-1", TakeUrgentAction.model_validate(urgent))) == not_met(
        "The letter lacks what the measure asks of the person and the day on which the measure ends: add this first."
    )


def test_letter_complete_where_the_reasons_are_the_harm_feared_or_those_of_whoever_approved():
    story = opened()
    urgent = {"remedy": "office_access", "terms": {"offices": ["High Street"]}, "ends_on": "2021-11-30"}
    days = {"review_on": "2021-09-10"}
    feared = TakeUrgentAction.model_validate({**urgent, **days, "harm": "Violence"})
    assert complete(story, story.add("case-1", feared)) == WHOLE
    lacking = not_met("The letter lacks the reasons for the decision: add this first.")
    assert complete(story, story.add("case-1", TakeUrgentAction.model_validate({**urgent, **days}))) == lacking
    brought = story.add("case-1", BringInSanction(subject="carol", remedy="warning_letter", review_on="2021-09-10"))
    story.add("case-1", ApproveSanction(sanction=brought))
    assert complete(story, brought) == lacking
    other = story.add("case-1", BringInSanction(subject="carol", remedy="warning_letter", review_on="2021-09-10"))
    story.add("case-1", ApproveSanction(sanction=other, reasons="It is on file why."))
    assert complete(story, other) == WHOLE


def test_letter_complete_of_other_decisions():
    story = opened()
    sanction = told(story, **OFFICES)
    appeal = story.add("case-1", ReceiveAppeal(against=sanction, received_on=date(2021, 9, 30)), on=date(2021, 9, 30))
    request = story.add("case-1", RequestReview(sanction=sanction))
    decisions = (
        DecideNoSanction(reasons="It was our mistake."),
        AnswerReviewRequest(request=request, answer="declined", reasons="It is looked at in a month."),
        DecideLateAppeal(appeal=appeal, admit=True, reasons="She was ill."),
        ReviewSanction(sanction=sanction, outcome="continue", reasons="It goes on.", next_review_on=date(2021, 12, 1)),
        DecideAppeal(appeal=appeal, outcome="upheld", reasons="It went too far."),
        LiftSanction(sanction=sanction, reasons="It has stopped."),
    )
    for decision in decisions:
        assert complete(story, story.add("case-1", decision, by="sue")) == WHOLE
        without = decision.model_copy(update={"reasons": None})
        assert complete(story, story.add("case-1", without, by="sue")) == not_met(
            "The letter lacks the reasons for the decision: add this first."
        )


def test_letter_complete_says_when_the_review_is_unless_none_is_due():
    rule = EDITION.reviews["standard"].model_copy(
        update={"latest_months": None, "earliest_months": None, "per_decision": True}
    )
    edition = replace(EDITION, reviews={"standard": rule})
    lacking = not_met("The letter lacks the date of the review: add this first.")
    story = opened(edition=edition)
    ref = approved(story)
    assert complete(story, ref) == lacking
    story.add("case-1", ApproveSanction(sanction=ref, review_on=date(2021, 10, 1)), by="sam")
    assert complete(story, ref) == WHOLE
    for measure in ({"review_on": "2021-10-01"}, {"ends_on": "2021-08-20"}):
        story = opened(edition=edition)
        assert complete(story, approved(story, **measure)) == WHOLE
    story = opened(edition=edition)
    never = {
        **EDITION.remedies,
        "warning_letter": EDITION.remedies["warning_letter"].model_copy(update={"review": None}),
    }
    assert complete(story, approved(story), edition=replace(edition, remedies=never)) == WHOLE


def test_letter_complete_names_somebody_outside_and_how_to_appeal():
    story = opened()
    ref = approved(story)
    appeals = EDITION.appeals.model_copy(update={"internal": False, "outside": ()})
    assert complete(story, ref, edition=replace(EDITION, outside={}, appeals=appeals)) == not_met(
        "The letter lacks how to appeal and how to reach the Ombudsman: add this first."
    )
    assert complete(story, ref, edition=replace(EDITION, appeals=appeals)) == WHOLE
    elsewhere = EDITION.about.model_copy(update={"nation": "scotland"})
    assert complete(story, ref, edition=replace(EDITION, about=elsewhere)) == not_met(
        "The letter lacks how to reach the Ombudsman: add this first."
    )


def test_letter_complete_where_the_policy_asks_for_other_parts_and_enclosures():
    story = opened()
    no_sanction = story.add("case-1", DecideNoSanction(reasons="Settled."))
    asks = LetterRule(
        clause="5.1",
        parts=("measure", "dates", "essential_access", "review_date", "appeal", "what_next"),
        enclosures=("leaflet",),
    )
    edition = replace(EDITION, letters={"outcome_notice": asks})
    assert complete(story, no_sanction, edition=edition) == not_met(
        "The letter lacks what the measure asks of the person and the enclosure 'leaflet': add this first."
    )
    bare = replace(edition, letters={})
    assert complete(story, no_sanction, edition=bare) == WHOLE
    assert complete(story, no_sanction, GiveNotice(), edition=bare) == not_met(
        "The letter lacks the decision and its reasons in plain words: add this first."
    )


def sent(story, about, draft, *, by="mina", letters=EDITION.letters):
    facts = replace(story.facts(by=by), edition=replace(EDITION, letters=letters))
    told_of = facts.entry(about)
    assert told_of is not None
    return letter_sender(facts, told_of, draft)


def test_letter_sender_uses_a_way_that_the_policy_allows():
    story = opened()
    ref = approved(story)
    assert sent(story, ref, GiveNotice(how="post")) == met(
        "It is sent by the right person, in a way that the policy allows."
    )
    assert sent(story, ref, GiveNotice()) == not_met(
        "It is not said how the person is told: choose a way that they can use."
    )
    by_post = {"sanction_notice": LetterRule(clause="5.1", parts=(), channels=("post", "hand"))}
    assert sent(story, ref, GiveNotice(how="text"), letters=by_post) == not_met(
        "This is not told in that way: choose letter by post or letter by hand."
    )
    assert sent(story, ref, GiveNotice(how="text"), letters={}) == met("Any colleague may send this.")


def test_letter_sender_holds_the_role_asked_for():
    story = opened()
    ref = approved(story)
    seniors = {"sanction_notice": LetterRule(clause="5.1", parts=(), sender=("senior_officer",))}
    assert sent(story, ref, GiveNotice(how="post"), letters=seniors) == not_met(
        "This is sent in the name of: senior officer."
    )
    assert sent(story, ref, GiveNotice(how="post", sender="sue"), letters=seniors).outcome is Outcome.MET


def test_letter_sender_is_not_the_decider_where_the_policy_says_so():
    story = opened()
    ref = approved(story)
    no_sanction = story.add("case-1", DecideNoSanction(), by="mina")
    apart = LetterRule(clause="5.1", parts=(), sender_apart=True)
    letters = {"sanction_notice": apart, "outcome_notice": apart}
    post = GiveNotice(how="post")
    decided = not_met("Whoever decided does not send the letter: let somebody else send it.")
    assert sent(story, ref, post, by="sam", letters=letters) == decided
    assert sent(story, ref, post, by="mina", letters=letters).outcome is Outcome.MET
    assert sent(story, no_sanction, post, by="mina", letters=letters) == decided
    assert sent(story, no_sanction, post, by="sam", letters=letters).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("need", "notice", "outcome"),
    [
        ("low_vision", {"how": "post", "format": "large_print"}, Outcome.MET),
        ("low_vision", {"how": "post", "format": "standard"}, Outcome.NOT_MET),
        ("low_vision", {"how": "post"}, Outcome.NOT_MET),
        ("blind", {"how": "post", "format": "braille"}, Outcome.MET),
        ("blind", {"how": "post", "format": "standard"}, Outcome.NOT_MET),
        ("deaf_bsl", {"how": "phone", "format": "bsl_video"}, Outcome.NOT_MET),
        ("cannot_write", {"how": "post"}, Outcome.MET),
        ("no_internet", {"how": "email"}, Outcome.NOT_MET),
        ("no_internet", {"how": "post"}, Outcome.MET),
        ("anxiety_phone", {"how": "phone"}, Outcome.NOT_MET),
        (None, {"how": "phone"}, Outcome.MET),
    ],
)
def test_format_meets_needs_of_the_person(need, notice, outcome):
    story = opened()
    ref = approved(story)
    story.add("carol", RecordNeed(need=need))
    facts = story.facts()
    assert format_meets_needs(facts, facts.entry(ref), GiveNotice(**notice)).outcome is outcome


def test_format_meets_needs_says_what_would():
    story = opened()
    story.add("carol", RecordNeed(need="does_not_read_english"))
    story.add("carol", RecordNeed(need="no_phone"))
    ref = story.add("case-1", DecideNoSanction())
    facts = story.facts()
    assert format_meets_needs(facts, facts.entry(ref), GiveNotice(how="phone", format="standard")) == not_met(
        "They cannot be told like this. "
        "Does not read English: use translated, read out on the phone or read out face to face. No phone: not by phone."
    )


def address(about=None, *, moved=(), **fields):
    story = opened()
    ref = approved(story)
    if about is not None:
        ref = story.add("case-1", about, on=APPROVED)
    for change, recorded, happened in moved:
        story.add("carol", RecordChange(change=change, happened_on=happened), on=recorded)
    facts = story.facts(on=DAY)
    return address_confirmed(facts, facts.entry(ref), GiveNotice.model_validate({"how": "post", **fields}))


CHECKED = {"address": "1 High Street", "address_confirmed_on": "2021-08-04"}


def test_h15_address_confirmed_after_the_decision_and_before_use():
    assert address(**CHECKED) == met("The address was checked on 4 August 2021.")
    missing = not_met("The address, or the day it was checked, is missing: check where the person is and say so.")
    assert address(address_confirmed_on="2021-08-04") == missing
    assert address(address="1 High Street") == missing
    again = not_met("Check the address again, after the decision of 3 August 2021 and before it is used.")
    assert address(address="1 High Street", address_confirmed_on="2021-08-02") == again
    assert address(address="1 High Street", address_confirmed_on="2021-08-07") == again
    assert address(**CHECKED, given_on="2021-08-03") == again
    assert address(DecideNoSanction(), **CHECKED) == met("The address was checked on 4 August 2021.")
    assert address(how="phone") == met("It goes to no address.")


@pytest.mark.parametrize(
    ("change", "recorded", "happened", "outcome"),
    [
        ("move", date(2021, 8, 4), date(2021, 8, 1), Outcome.MET),
        ("move", date(2021, 8, 4), date(2021, 8, 5), Outcome.NOT_MET),
        ("move", date(2021, 8, 4), date(2021, 9, 1), Outcome.MET),
        ("move", date(2021, 8, 5), date(2021, 7, 1), Outcome.NOT_MET),
        ("hospital", date(2021, 8, 5), None, Outcome.NOT_MET),
        ("merge", date(2021, 8, 5), None, Outcome.MET),
    ],
)
def test_h15_address_confirmed_falls_when_the_person_moves(change, recorded, happened, outcome):
    assert address(moved=[(change, recorded, happened)], **CHECKED).outcome is outcome


@pytest.mark.parametrize(
    ("given_on", "verdict"),
    [
        (date(2021, 8, 2), not_met("This was decided on 3 August 2021: notice of it cannot have been given before.")),
        (date(2021, 8, 3), met("The notice follows the decision.")),
        (None, met("The notice follows the decision.")),
        (date(2021, 8, 7), not_met("7 August 2021 is still to come: record it when it has happened.")),
    ],
)
def test_notice_follows_decision_and_is_recorded_once_given(given_on, verdict):
    story = opened()
    ref = approved(story)
    facts, draft = story.facts(on=DAY), GiveNotice(about=ref, how="post", given_on=given_on)
    assert notice_follows_decision(facts, facts.entry(ref), draft) == verdict


def test_notice_follows_decision_that_is_no_measure():
    story = opened()
    ref = story.add("case-1", DecideNoSanction(reasons="Nothing more is needed."))
    facts, early = story.facts(), GiveNotice(about=ref, given_on=date(2021, 6, 30))
    assert notice_follows_decision(facts, facts.entry(ref), early) == not_met(
        "This was decided on 1 July 2021: notice of it cannot have been given before."
    )


def test_safe_working_planned_for_the_day_of_the_meeting():
    story = opened()
    visit = GiveNotice(how="hand", given_on=date(2021, 8, 10))
    missing = not_met("Nothing is planned yet to keep people safe on 10 August 2021: plan safe working first.")
    assert safe_working_planned(story.facts(), visit) == missing
    story.add("case-1", PlanSafeWorking(provisions="Two people.", visit_on=date(2021, 8, 9)))
    assert safe_working_planned(story.facts(), visit) == missing
    story.add("case-1", PlanSafeWorking(provisions="Two people.", visit_on=date(2021, 8, 10)))
    assert safe_working_planned(story.facts(), visit) == met("Safe working is planned for.")


def test_safe_working_planned_on_the_person_since_the_case_opened():
    before, since = opened(), opened()
    plan, meeting = PlanSafeWorking(provisions="Meet at the office."), PutAllegation(allegation="-", put_on=DAY)
    before.add("carol", plan, on=date(2021, 6, 1))
    since.add("carol", plan, on=date(2021, 7, 2))
    assert safe_working_planned(before.facts(on=DAY), meeting).outcome is Outcome.NOT_MET
    assert safe_working_planned(since.facts(on=DAY), meeting).outcome is Outcome.MET


def test_safe_working_planned_where_there_is_no_file_yet():
    assert safe_working_planned(Story().facts("incident-1"), RecordContact(face_to_face=True)) == not_met(
        "Nothing is planned yet to keep people safe on 6 August 2021: plan safe working first."
    )


def test_notice_in_time_by_the_day_promised_with_the_decision():
    story = opened()
    promise = Promise("give_notice", "5.1", date(2021, 8, 10), ("case_officer",), "case-1#3")
    ref = story.add("case-1", DecideNoSanction(), promises=(promise,))
    facts = story.facts(on=date(2021, 8, 12))
    told_of = facts.entry(ref)
    assert notice_in_time(facts, told_of, GiveNotice(given_on=date(2021, 8, 10))) == met(
        "In time: the last day is 10 August 2021."
    )
    assert notice_in_time(facts, told_of, GiveNotice()) == not_met("This was due by 10 August 2021.")
    untitled = replace(facts, edition=replace(EDITION, duties={}))
    assert notice_in_time(untitled, told_of, GiveNotice()) == not_met("This was due by 10 August 2021.")


@pytest.mark.parametrize("model", [DeferTelling, RecordNotTold])
def test_risk_named_before_somebody_is_not_told(model):
    assert risk_named(model(risk="He would guess who spoke.")) == met("The risk is named.")
    assert risk_named(model()) == not_met(
        "It is not said who could be harmed, and how, if the person were told: name the risk, or tell them."
    )


@pytest.mark.parametrize("model", [DeferTelling, RecordNotTold])
def test_look_again_date_set_and_still_to_come(model):
    facts = Story().facts()
    assert look_again_date_set(facts, model(look_again_on=date(2021, 8, 20))) == met(
        "It is looked at again on 20 August 2021."
    )
    assert look_again_date_set(facts, model()) == not_met("No day is set to look at this again: choose one.")
    assert look_again_date_set(facts, model(look_again_on=DAY)) == not_met(
        "The day to look at this again, 6 August 2021, is not in the future: choose a later one."
    )
