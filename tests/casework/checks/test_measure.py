from dataclasses import replace
from datetime import date, time

import pytest

from evenhand.casework.checks import measure as checks
from evenhand.casework.steps.casefacts import PutAllegation
from evenhand.casework.steps.decision import (
    ApproveSanction,
    InstructLegal,
    OfferContract,
    ProposeSanction,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
    Terms,
)
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.notice import AgreeContinuation, AskContinuation, GiveNotice, ReviewSanction
from evenhand.casework.steps.opening import OpenCase
from evenhand.policy.findings import Outcome, Verdict, met, not_met, unknown
from tests.casework.build import EDITION, REGISTERS, Story, with_customer

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET
DAY, END = date(2021, 8, 6), date(2021, 12, 6)
TIMES = Terms(days=("mon",), from_time=time(9), to_time=time(10))


def with_remedy(code, **changes):
    remedies = {**EDITION.remedies, code: EDITION.remedies[code].model_copy(update=changes)}
    return opened(edition=replace(EDITION, remedies=remedies))


def with_review(**changes):
    reviews = {**EDITION.reviews, "standard": EDITION.reviews["standard"].model_copy(update=changes)}
    return opened(edition=replace(EDITION, reviews=reviews))


def opened(**given):
    story = Story(**given)
    story.add("case-1", OpenCase(subject="carol"), on=DAY)
    return story


@pytest.fixture
def story():
    return opened()


def propose(remedy="restricted_times", **given):
    return ProposeSanction(remedy=remedy, **given)


def impose(story, measure, on=DAY):
    made = story.add("case-1", measure, on=on)
    story.add("case-1", ApproveSanction(sanction=made), by="mina")
    story.add("case-1", GiveNotice(about=made, how="hand"))
    return made


def complete(story, draft):
    return checks.parameters_complete(story.facts(), draft)


def test_parameters_complete_needs_a_measure(story):
    said = not_met("It is not said which measure this is: choose one, or describe it in words.")
    assert complete(story, ProposeSanction()) == said
    assert complete(story, propose("unlisted", ends_on=END)) == said
    assert complete(story, ProposeSanction(described="No contact with one colleague", ends_on=END)).outcome is MET
    assert complete(story, ProposeSanction(described="No contact with one colleague")) == not_met(
        "The measure is not complete: fill in 'Last day'."
    )


def test_parameters_complete_names_everything_missing(story):
    assert complete(story, propose()) == not_met(
        "The measure is not complete: fill in 'Days they may be in touch', 'From' and 'Last day'."
    )
    assert complete(story, propose(terms=TIMES, ends_on=END)) == met("The terms and dates are complete.")


@pytest.mark.parametrize(
    ("terms", "outcome"),
    [
        (Terms(days=("mon",), times_a_week=1), MET),
        (Terms(days=("mon",), call_minutes=10), MET),
        (Terms(days=("mon",), times_a_week=0), NOT_MET),
    ],
)
def test_parameters_complete_takes_times_of_any_kind(story, terms, outcome):
    assert complete(story, propose(terms=terms, ends_on=END)).outcome is outcome


@pytest.mark.parametrize(
    ("terms", "outcome"),
    [
        (Terms(channels_open=("email",), named_contact="olu", deputy="max"), MET),
        (Terms(channels_closed=("phone",), named_contact="olu", deputy="max"), MET),
        (Terms(channels_closed=("phone",), named_contact="olu", deputy="olu"), NOT_MET),
        (Terms(channels_closed=("phone",), named_contact="olu"), NOT_MET),
        (Terms(named_contact="olu", deputy="max"), NOT_MET),
    ],
)
def test_parameters_complete_asks_for_a_deputy(story, terms, outcome):
    assert complete(story, propose("restricted_channels", terms=terms, ends_on=END)).outcome is outcome


def test_parameters_complete_asks_for_no_deputy_of_nobody():
    story = with_remedy("restricted_channels", parameters=("deputy",))
    assert complete(story, propose("restricted_channels", ends_on=END)).outcome is MET


def test_parameters_complete_asks_an_agency_to_agree(story):
    agency = Terms(agency="Citizens Advice")
    assert complete(story, propose("third_party_only", terms=agency, ends_on=END)) == not_met(
        "The measure is not complete: fill in 'The agency has agreed'."
    )
    assert complete(story, ProposeSanction(described="As agreed", terms=agency, ends_on=END)) == not_met(
        "The measure is not complete: fill in 'The agency has agreed'."
    )
    agreed = Terms(agency="Citizens Advice", agency_agreed=True)
    assert complete(story, propose("third_party_only", terms=agreed, ends_on=END)).outcome is MET


@pytest.mark.parametrize(
    "draft",
    [
        propose("warning_letter"),
        propose("civil_injunction", terms=Terms(order="Not to come to the office")),
        propose("notice_seeking_possession"),
    ],
)
def test_parameters_complete_needs_no_last_day_where_it_ends_otherwise(story, draft):
    assert complete(story, draft).outcome is MET


def test_parameters_complete_takes_a_condition_for_an_end_where_the_landlord_allows_it():
    story = with_remedy("restricted_times", lifts_with_condition=True)
    assert complete(story, propose(terms=TIMES, lifts_when="She takes a course")).outcome is MET
    assert complete(story, propose(terms=TIMES)).outcome is NOT_MET


def test_parameters_complete_wants_the_days_in_order(story):
    assert complete(story, propose(terms=TIMES, ends_on=DAY)).outcome is MET
    assert complete(story, propose(terms=TIMES, ends_on=date(2021, 8, 5))) == not_met(
        "Its last day, 5 August 2021, lies before its first: correct the days."
    )


def test_within_longest_term_counts_from_the_first_day(story):
    def within(draft):
        return checks.within_longest_term(story.facts(), draft, draft)

    assert within(propose("warning_letter", ends_on=END)) == met("No longest term stands in the way.")
    assert within(propose()).outcome is MET
    assert within(propose(ends_on=date(2022, 2, 6))) == met("No longest term stands in the way.")
    assert within(propose(ends_on=date(2022, 2, 7))) == met(
        "It lasts beyond the usual term, which is for somebody more senior to decide."
    )
    assert within(propose(starts_on=date(2021, 9, 1), ends_on=date(2022, 3, 1))).outcome is MET


def test_within_longest_term_where_nobody_may_go_beyond():
    story, draft = with_remedy("restricted_times", approvers_beyond=None), propose(ends_on=date(2022, 2, 7))
    assert checks.within_longest_term(story.facts(), draft, draft) == not_met(
        "It would last longer than this measure may: its last day can be 6 February 2022 at the latest."
    )


def test_within_longest_term_is_kept_by_urgent_action_whoever_could_go_beyond(story):
    draft = TakeUrgentAction(remedy="restricted_times", ends_on=date(2022, 2, 7))
    assert checks.within_longest_term(story.facts(), draft, draft) == not_met(
        "It would last longer than this measure may: its last day can be 6 February 2022 at the latest."
    )


def longer(story, made, by="mina", **given):
    draft = ReviewSanction(sanction=made, outcome="continue", **given)
    facts = story.facts(by=by, on=date(2021, 11, 1))
    sanction = facts.case.sanctions[made]
    return checks.longer_term_agreed(facts, sanction.measure, sanction, draft)


def test_longer_term_counts_from_the_day_it_was_imposed_and_is_for_somebody_more_senior(story):
    made = impose(story, propose(terms=TIMES, ends_on=END))
    assert longer(story, made) == met("No longest term stands in the way.")
    assert longer(story, made, ends_on=date(2022, 2, 6)).outcome is MET
    assert longer(story, made, ends_on=date(2022, 2, 7)) == not_met(
        "To last beyond 6 February 2022, somebody more senior must agree first: ask them."
    )
    assert longer(story, made, by="sam", ends_on=date(2022, 2, 7)) == met(
        "It lasts beyond the usual term, as somebody more senior decided."
    )


def test_longer_term_is_kept_to_the_day_agreed_through_later_reviews(story):
    made = impose(story, propose(terms=TIMES, ends_on=END))
    story.add("case-1", AskContinuation(sanction=made, until=date(2022, 5, 2)), by="sue")
    agreed = AgreeContinuation(sanction=made, answer="agreed")
    story.add("case-1", agreed, by="sam", fixed={"agreed_until": "2022-05-02"})
    assert longer(story, made, ends_on=date(2022, 5, 2)).outcome is MET
    assert longer(story, made, ends_on=date(2022, 5, 3)) == not_met(
        "Somebody more senior agreed that it may last to 2 May 2022: it may not last longer."
    )
    story.add("case-1", ReviewSanction(sanction=made, outcome="continue"), fixed={"ends_on": "2022-05-02"})
    assert longer(story, made).outcome is MET


def test_longer_term_agreed_when_it_was_approved(story):
    made = story.add("case-1", propose(terms=TIMES, ends_on=date(2022, 4, 1)))
    story.add("case-1", ApproveSanction(sanction=made), by="sam", fixed={"complete": "yes"})
    story.add("case-1", GiveNotice(about=made, how="hand"), fixed={"imposed_on": "2021-08-06"})
    assert longer(story, made).outcome is MET
    assert longer(story, made, ends_on=date(2022, 4, 2)).outcome is NOT_MET


def test_longer_term_that_nobody_may_agree_to():
    story = with_remedy("restricted_times", approvers_beyond=None)
    made = impose(story, propose(terms=TIMES, ends_on=END))
    assert longer(story, made, ends_on=date(2022, 2, 7)) == not_met(
        "It would last longer than this measure may: its last day can be 6 February 2022 at the latest."
    )


def test_longer_term_takes_a_review_of_what_is_not_yet_imposed(story):
    made = story.add("case-1", propose(ends_on=date(2022, 2, 6)))
    assert longer(story, made).outcome is MET


def fits(story, **given):
    return checks.remedy_fits_tenure(story.facts(), propose("notice_seeking_possession", **given))


def test_remedy_fits_tenure(story):
    assert checks.remedy_fits_tenure(story.facts(), propose()) == met("This measure is open to every tenure.")
    assert checks.remedy_fits_tenure(story.facts(), ProposeSanction(described="x")).outcome is MET
    assert fits(story) == met("This measure fits the person's tenure.")
    assert fits(story, subject="nell") == unknown(
        "The person's tenure is not known, and this measure depends on it: look it up."
    )
    assert fits(story, subject="nobody").outcome is Outcome.UNKNOWN


def test_remedy_does_not_fit_another_tenure():
    story = opened(registers=with_customer(REGISTERS, "carol", tenure="leaseholder"))
    assert fits(story) == not_met(
        f"Notice of seeking possession cannot be used with this tenure ({EDITION.codes['tenures']['leaseholder']}): "
        "choose another measure."
    )


def test_one_person_bound(story):
    assert checks.one_person_bound(story.facts(), propose(binds=("carol",))) == met("It binds one person.")
    assert checks.one_person_bound(story.facts(), propose(binds=("dave", "nell"))) == not_met(
        "It would also bind Dave Dean and Nell Ford: each person needs their own evidence, assessment and letter."
    )


def test_one_person_bound_is_the_one_who_was_asked(story):
    story.add("incident-1", ReportIncident(subject="dave"))
    story.add("case-1", PutAllegation(allegation="Shouting", incidents=("incident-9",)))
    assert checks.one_person_bound(story.facts(), propose(subject="dave")) == not_met(
        "It would bind Dave Dean, to whom nothing was put: put to them what is said about them, "
        "citing the reports that name them."
    )
    story.add("case-1", PutAllegation(allegation="Shouting", incidents=("incident-1",)))
    assert checks.one_person_bound(story.facts(), propose(subject="dave")).outcome is MET


def review_of(story, draft, on=DAY):
    return checks.review_date_in_window(story.facts(on=on), draft, draft)


@pytest.mark.parametrize(
    ("review_on", "outcome"),
    [
        (date(2021, 9, 5), NOT_MET),
        (date(2021, 9, 6), MET),
        (date(2021, 11, 6), MET),
        (date(2021, 11, 7), NOT_MET),
    ],
)
def test_review_date_in_window_of_one_to_three_months(story, review_on, outcome):
    assert review_of(story, propose(ends_on=END, review_on=review_on)).outcome is outcome


def test_review_date_in_window_says_which_days_fit(story):
    assert review_of(story, propose(ends_on=END)) == not_met(
        "No first review is set: choose a day between 6 September 2021 and 6 November 2021."
    )
    assert review_of(story, propose(ends_on=END, review_on=END)) == not_met(
        "The first review, 6 December 2021, is outside its time: "
        "it must be between 6 September 2021 and 6 November 2021."
    )
    assert review_of(story, propose(ends_on=date(2021, 10, 1), review_on=date(2021, 10, 2))) == not_met(
        "The first review, 2 October 2021, comes after the measure's last day: choose an earlier one."
    )
    started = propose(starts_on=date(2021, 9, 1), ends_on=END, review_on=date(2021, 12, 1))
    assert review_of(story, started).outcome is MET


def test_review_date_in_window_is_not_asked_of_short_measures(story):
    assert review_of(story, propose(ends_on=date(2021, 9, 5))) == met("It is too short to need a review.")
    assert review_of(story, propose("police_liaison")).outcome is MET
    assert review_of(story, propose(ends_on=date(2021, 9, 6))).outcome is NOT_MET


def test_review_date_in_window_at_meetings():
    story = with_review(latest_months=None, earliest_months=None, meetings=(date(2021, 9, 30), date(2021, 12, 30)))
    assert review_of(story, propose(ends_on=END)) == met("The policy itself fixes the day of its review.")
    assert review_of(story, propose(starts_on=date(2022, 1, 5), ends_on=date(2022, 5, 1))) == not_met(
        "No first review is set: choose a day after 5 January 2022."
    )


def test_review_date_in_window_per_decision():
    story = with_review(latest_months=None, earliest_months=None, per_decision=True)
    assert review_of(story, propose(ends_on=END)).outcome is NOT_MET
    assert review_of(story, propose(ends_on=END, review_on=END)).outcome is MET


def test_review_date_confirmed_at_approval(story):
    made = story.add("case-1", propose(terms=TIMES, ends_on=END, review_on=date(2021, 9, 6)))
    proposed = story.facts().case.sanctions[made].measure

    def confirmed(on, **given):
        return checks.review_date_in_window(story.facts(on=on), proposed, ApproveSanction(sanction=made, **given))

    assert confirmed(date(2021, 8, 20)).outcome is MET
    assert confirmed(date(2021, 9, 6)).outcome is NOT_MET
    assert confirmed(date(2021, 8, 20), review_on=date(2021, 9, 19)).outcome is NOT_MET
    assert confirmed(date(2021, 8, 20), review_on=date(2021, 11, 20)).outcome is MET


def test_harm_named():
    assert checks.harm_named(TakeUrgentAction(harm="A knife", to_whom="Operatives")).outcome is MET
    assert checks.harm_named(TakeUrgentAction(harm="A knife")) == not_met(
        "It does not say to whom: urgent action needs both."
    )
    assert checks.harm_named(TakeUrgentAction()) == not_met(
        "It does not say which harm is feared and to whom: urgent action needs both."
    )


def exhausted(story, draft=None, on=date(2021, 12, 1)):
    return checks.remedies_exhausted(story.facts(on=on), draft or propose("notice_seeking_possession"))


def test_remedies_exhausted_lists_what_was_tried(story):
    impose(story, propose("warning_letter"))
    story.add("case-1", propose(ends_on=END))
    assert exhausted(story) == not_met(
        "Nothing but warnings was tried before possession: try another measure, or say why it is too severe."
    )
    impose(story, propose(ends_on=END))
    assert exhausted(story) == met("Other measures were tried first, from 6 August 2021.")


def test_remedies_exhausted_or_too_severe(story):
    assert exhausted(story, propose("notice_seeking_possession", severe_because="Arson")) == met(
        "It is stated why this is too severe for other measures."
    )
    assert exhausted(story, TakeUrgentAction(remedy="notice_seeking_possession")).outcome is NOT_MET


def served(story, draft, **given):
    made = story.add("case-1", propose("notice_seeking_possession", **given))
    return checks.every_joint_tenant_served(story.facts(), story.facts().case.sanctions[made], draft)


def test_every_joint_tenant_served(story):
    both = ServeNoticeSeekingPossession(named=("carol", "dave"), served=("dave", "carol"))
    assert served(story, both) == met("Every tenant is named and served.")
    assert served(story, both, joint_tenants=("nell",)) == not_met(
        "The notice does not name Nell Ford and was not served on Nell Ford: "
        "it must name every tenant, and each must be served."
    )
    one = ServeNoticeSeekingPossession(named=("carol", "dave"), served=("carol",))
    assert served(story, one) == not_met(
        "The notice was not served on Dave Dean: it must name every tenant, and each must be served."
    )


def test_every_joint_tenant_served_asks_who_they_are(story):
    assert served(story, ServeNoticeSeekingPossession(), subject="nobody") == unknown(
        "The tenancy is not on record, so its joint tenants are not known: look them up."
    )


def test_every_joint_tenant_served_on_the_urgent_path(story):
    made = story.add("case-1", TakeUrgentAction(remedy="notice_seeking_possession"))
    draft = ServeNoticeSeekingPossession(named=("carol", "dave"), served=("carol", "dave"))
    assert checks.every_joint_tenant_served(story.facts(), story.facts().case.sanctions[made], draft).outcome is MET


def test_legal_adviser_instructed(story):
    made = story.add("case-1", propose("notice_seeking_possession"))
    assert checks.legal_adviser_instructed(story.facts().case.sanctions[made]) == not_met(
        "No legal adviser has been instructed on this measure: instruct one and record it."
    )
    story.add("case-1", InstructLegal(sanction=made, adviser="Bell & Co"))
    assert checks.legal_adviser_instructed(story.facts().case.sanctions[made]).outcome is MET


def test_possession_dates_stated(story):
    dates = ServeNoticeSeekingPossession(earliest_proceedings_on=END, lapses_on=date(2022, 8, 6))
    assert checks.possession_dates_stated(story.facts(), dates).outcome is MET
    assert checks.possession_dates_stated(story.facts(), ServeNoticeSeekingPossession(lapses_on=END)) == not_met(
        "It is not recorded what the notice gives as the earliest day for court proceedings."
    )


def test_a_notice_of_possession_lapses_when_the_law_says_at_the_latest(story):
    def stated(lapses: date) -> Verdict:
        dates = ServeNoticeSeekingPossession(served_on=DAY, earliest_proceedings_on=END, lapses_on=lapses)
        return checks.possession_dates_stated(story.facts(), dates, lapses_after_months=12)

    assert stated(date(2022, 8, 6)).outcome is MET
    assert stated(date(2022, 8, 7)) == not_met("The notice lapses by 6 August 2022 at the latest: correct the day.")


def test_guardian_named_in_the_offer_or_the_proposal(story):
    def named(measure, **given):
        made = story.add("case-1", measure)
        return checks.guardian_named(story.facts().case.sanctions[made], OfferContract(sanction=made, **given))

    contract = propose("acceptable_behaviour_contract")
    assert named(contract) == not_met("The person is under 18: name the parent or guardian who is with them.")
    assert named(contract, guardian="Her mother") == met("A parent or guardian is named.")
    assert named(contract.model_copy(update={"guardian": "Her mother"})).outcome is MET
    assert named(TakeUrgentAction(remedy="acceptable_behaviour_contract")).outcome is NOT_MET


def test_capacity_considered():
    assert checks.capacity_considered(OfferContract(capacity_considered="Read aloud, explained.")).outcome is MET
    assert checks.capacity_considered(OfferContract()) == not_met(
        "It is not recorded how you made sure that the person understands what they sign."
    )
