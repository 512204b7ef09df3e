"""What a step fixes when it is taken: days and codes that nothing moves afterwards."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evenhand.casework.facts import Look
from evenhand.casework.settle import (
    SETTLED,
    appeal_by,
    is_short,
    review_bounds,
    review_days,
    review_rule,
    settle,
)
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import PutAllegation
from evenhand.casework.steps.control import AddNote
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    ProposeSanction,
    RecordContractAnswer,
    RecordCourtOutcome,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
)
from evenhand.casework.steps.flag import (
    ApproveFlag,
    BringInFlag,
    ProposeFlag,
    RestartFlag,
    ReviewFlag,
)
from evenhand.casework.steps.notice import AgreeContinuation, AskContinuation, GiveNotice, RecordBreach, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Appeals, ReviewRule
from tests.casework.build import DAY, EDITION, REGISTERS, Story, with_staff
from tests.casework.checks.measures import approved, opened, proposed, sanction_of, told

Fixed = dict[str, str]


def fixed(story: Story, draft: StepData, **changes: Any) -> Fixed:
    """What the draft fixes, without the name of the calendar."""
    days = dict(settle(story.look(draft, on=DAY, **changes)))
    assert days.pop("calendar", EDITION.calendar.name) == EDITION.calendar.name
    return days


def edition_with(**changes: Any) -> Edition:
    return replace(EDITION, **changes)


def remedy(name: str, **changes: Any) -> Edition:
    """The edition with something else said of one measure."""
    changed = EDITION.remedies[name].model_copy(update=changes)
    return edition_with(remedies={**EDITION.remedies, name: changed})


def reviews(**rule: Any) -> Edition:
    return edition_with(reviews={"standard": ReviewRule.model_validate({"clause": "5.2", **rule})})


def test_a_step_that_fixes_nothing_names_no_calendar():
    assert dict(settle(opened().look(AddNote(text="x")))) == {}


def test_what_one_step_fixes_is_never_worked_out_from_another():
    with pytest.raises(TypeError, match="add_note is no give_notice"):
        SETTLED[GiveNotice](Look(opened().facts(), AddNote, AddNote(text="x")))


# --- Measures


def test_a_proposal_fixes_what_kind_of_measure_it_is():
    assert fixed(opened(), ProposeSanction(remedy="notice_seeking_possession")) == {"kinds": "court possession"}
    assert fixed(opened(), ProposeSanction(described="A talk each month.")) == {"kinds": "unlisted"}


def test_an_urgent_action_is_imposed_at_once_and_reviewed_within_three_months():
    draft = TakeUrgentAction(remedy="office_access", ends_on=date(2022, 1, 31), review_on=date(2021, 9, 30))
    assert fixed(opened(), draft) == {
        "kinds": "restriction",
        "imposed_on": "2021-08-06",
        "ends_on": "2022-01-31",
        "review_from": "2021-09-06",
        "review_by": "2021-09-30",
    }


def test_a_measure_brought_in_keeps_its_own_days_and_is_reviewed_from_now():
    draft = BringInSanction(
        subject="carol", remedy="office_access", imposed_on=date(2020, 1, 31), notice_given_on=date(2020, 2, 1)
    )
    assert fixed(opened(), draft) == {
        "kinds": "restriction",
        "imposed_on": "2020-01-31",
        "told_on": "2020-02-01",
        "review_from": "2021-09-06",
        "review_by": "2021-11-06",
    }


def test_an_approval_says_whether_it_is_all_that_is_needed():
    story = opened()
    ref = proposed(story, remedy="civil_injunction")
    assert fixed(story, ApproveSanction(sanction=ref), by="mina") == {"complete": "no"}
    assert fixed(story, ApproveSanction(sanction=ref), by="sam") == {"complete": "yes"}
    assert fixed(story, ApproveSanction(), by="sam") == {"complete": "no"}


def test_an_agreement_to_last_longer_holds_once_all_agreed_to_the_soonest_day_they_named():
    story = opened(registers=with_staff(REGISTERS, "dana", roles=frozenset({"senior_officer"})))
    ref = proposed(story, remedy="rehousing_bar")
    story.add("case-1", AskContinuation(sanction=ref, until=date(2022, 6, 30)), by="max")
    agreed = AgreeContinuation(sanction=ref, answer="agreed")
    assert fixed(story, agreed, by="sam") == {}, "two of a grade must agree"
    story.add("case-1", agreed.model_copy(update={"until": date(2022, 4, 1)}), by="sam")
    assert fixed(story, agreed, by="dana") == {"agreed_until": "2022-04-01"}
    assert fixed(story, AgreeContinuation(sanction=ref, answer="not_agreed"), by="dana") == {}
    assert fixed(story, AgreeContinuation(answer="agreed"), by="dana") == {}


def test_nobody_agrees_to_let_a_measure_last_longer_that_may_not():
    story = opened()
    ref = proposed(story)
    assert fixed(story, AgreeContinuation(sanction=ref, answer="agreed", until=date(2022, 4, 1)), by="sam") == {}


# --- Notices and deemed service


@pytest.mark.parametrize(
    ("how", "given_on", "deemed_on", "appeal"),
    [
        ("email", date(2021, 8, 27), "2021-08-27", "2021-09-10"),
        ("hand", date(2021, 8, 27), "2021-08-27", "2021-09-10"),
        ("post", date(2021, 8, 27), "2021-09-01", "2021-09-15"),
        ("post", date(2021, 8, 26), "2021-08-31", "2021-09-14"),
        ("post", date(2021, 8, 30), "2021-09-01", "2021-09-15"),
        ("post", date(2021, 12, 23), "2021-12-29", "2022-01-12"),
    ],
)
def test_h7_a_letter_is_deemed_served_two_working_days_on_bank_holidays_not_counted(how, given_on, deemed_on, appeal):
    story = opened()
    ref = approved(story, remedy="office_access", ends_on="2022-06-30")
    found = fixed(story, GiveNotice(about=ref, how=how, given_on=given_on))
    assert (found["deemed_on"], found["imposed_on"], found["appeal_by"]) == (deemed_on, deemed_on, appeal)


def test_h7_a_measure_that_starts_later_is_imposed_on_its_first_day_and_appealed_from_the_notice():
    story = opened()
    ref = approved(story, remedy="office_access", starts_on="2021-09-01", ends_on="2022-01-31")
    assert fixed(story, GiveNotice(about=ref, how="email")) == {
        "deemed_on": "2021-08-06",
        "imposed_on": "2021-09-01",
        "ends_on": "2022-01-31",
        "review_from": "2021-10-01",
        "review_by": "2021-12-01",
        "appeal_by": "2021-08-20",
    }


def test_a_notice_of_an_urgent_action_leaves_its_imposition_and_opens_the_time_to_appeal():
    story = opened()
    draft = TakeUrgentAction(remedy="office_access", ends_on=date(2022, 1, 31))
    ref = story.add("case-1", draft, on=date(2021, 8, 2))
    assert fixed(story, GiveNotice(about=ref, how="email")) == {
        "deemed_on": "2021-08-06",
        "imposed_on": "2021-08-02",
        "ends_on": "2022-01-31",
        "appeal_by": "2021-08-20",
    }


def test_a_second_notice_of_a_measure_moves_nothing_but_the_time_to_appeal():
    story = opened()
    ref = told(story, remedy="office_access", ends_on="2022-01-31")
    assert fixed(story, GiveNotice(about=ref, how="email")) == {"deemed_on": "2021-08-06", "appeal_by": "2021-08-20"}


def test_a_notice_of_a_court_measure_or_a_contract_imposes_nothing():
    for measure in ("civil_injunction", "acceptable_behaviour_contract"):
        story = opened()
        ref = approved(story, remedy=measure)
        assert fixed(story, GiveNotice(about=ref, how="email")) == {
            "deemed_on": "2021-08-06",
            "appeal_by": "2021-08-20",
        }


def test_a_notice_of_a_review_opens_the_time_to_appeal_again_and_another_does_not():
    story = opened()
    ref = told(story, remedy="office_access", ends_on="2022-01-31")
    review = story.add("case-1", ReviewSanction(sanction=ref, outcome="continue"))
    nothing = story.add("case-1", DecideNoSanction())
    assert fixed(story, GiveNotice(about=review, how="email")) == {
        "deemed_on": "2021-08-06",
        "appeal_by": "2021-08-20",
    }
    assert fixed(story, GiveNotice(about=nothing, how="email")) == {"deemed_on": "2021-08-06"}


def test_the_first_review_is_as_proposed_unless_the_approval_says_another_day():
    story = opened()
    ref = proposed(story, remedy="office_access", ends_on="2022-01-31", review_on="2021-10-01")
    story.add("case-1", ApproveSanction(sanction=ref, departures={"standard": "x"}), by="sam")
    assert fixed(story, GiveNotice(about=ref, how="email"))["review_by"] == "2021-10-01"
    story.add("case-1", ApproveSanction(sanction=ref, review_on=date(2021, 9, 20)), by="sam")
    assert fixed(story, GiveNotice(about=ref, how="email"))["review_by"] == "2021-09-20"


@pytest.mark.parametrize(
    ("counted_from", "last"),
    [
        ("notice", date(2021, 8, 20)),
        ("letter", date(2021, 8, 18)),
        ("imposed", date(2021, 8, 19)),
        ("decision", date(2021, 8, 17)),
    ],
)
def test_h7_time_to_appeal_counts_from_the_day_the_policy_says(counted_from, last):
    edition = edition_with(appeals=EDITION.appeals.model_copy(update={"counted_from": counted_from}))
    story = opened()
    sanction = sanction_of(story, approved(story))
    sanction.__dict__["imposed_on"] = date(2021, 8, 5)
    assert appeal_by(edition, sanction, date(2021, 8, 6), date(2021, 8, 4)) == last


@pytest.mark.parametrize(
    "appeals",
    [
        Appeals(clause="5.6", internal=False),
        Appeals(clause="5.6", period=None),
        Appeals(clause="5.6", of=("court",)),
    ],
)
def test_there_is_no_last_day_where_there_is_no_appeal_or_no_limit(appeals):
    story = opened()
    sanction = sanction_of(story, approved(story))
    assert appeal_by(edition_with(appeals=appeals), sanction, DAY) is None
    assert appeal_by(remedy("warning_letter", appealable=False), sanction, DAY) is None


# --- Reviews


@pytest.mark.parametrize(
    ("wished", "ends", "expected"),
    [
        (None, None, ("2021-09-06", "2021-11-06")),
        (date(2021, 10, 1), None, ("2021-09-06", "2021-10-01")),
        (date(2021, 11, 7), None, ("2021-09-06", "2021-11-06")),
        (DAY, None, ("2021-09-06", "2021-11-06")),
        (None, date(2021, 9, 5), None),
        (None, date(2021, 9, 6), ("2021-09-06", "2021-09-06")),
    ],
)
def test_h8_a_review_is_as_wished_within_the_window_and_never_later(wished, ends, expected):
    days = review_days(EDITION, "office_access", DAY, DAY, wished, ends, {})
    assert (days and tuple(str(days[name]) for name in ("review_from", "review_by"))) == (expected or {})


def test_h8_a_later_review_is_none_where_the_measure_ends_before_it():
    assert review_days(EDITION, "office_access", date(2021, 6, 1), DAY, None, date(2021, 11, 5), {}) == {}


def test_h8_a_soft_window_may_be_departed_from_with_a_reason():
    edition = reviews(earliest_months=1, latest_months=3, soft=True)
    late = date(2022, 1, 10)
    assert review_days(edition, "office_access", DAY, DAY, late, None, {})["review_by"] == date(2021, 11, 6)
    departed = review_days(edition, "office_access", DAY, DAY, late, None, {"standard": "The panel meets then."})
    assert departed["review_by"] == late


def test_h8_reviews_at_meetings_of_a_body():
    edition = reviews(meetings=[date(2021, 12, 1), date(2021, 9, 1)])
    assert review_days(edition, "office_access", DAY, DAY, None, None, {})["review_by"] == date(2021, 9, 1)
    assert review_bounds(edition.reviews["standard"], DAY, date(2021, 12, 1)) == (date(2021, 12, 1), None)
    assert review_days(edition, "office_access", DAY, date(2021, 12, 1), None, None, {}) == {}


def test_h8_each_decision_may_set_its_own_day():
    edition = reviews(per_decision=True)
    wished = date(2023, 1, 1)
    assert review_days(edition, "office_access", DAY, DAY, wished, None, {})["review_by"] == wished
    assert review_days(edition, "office_access", DAY, DAY, None, None, {}) == {}


@pytest.mark.parametrize(
    ("counted", "last"),
    [
        (date(2021, 1, 31), date(2021, 4, 30)),
        (date(2021, 4, 29), date(2021, 4, 30)),
        (date(2021, 4, 30), date(2021, 7, 31)),
        (date(2021, 9, 1), date(2021, 10, 31)),
    ],
)
def test_h8_reviews_counted_from_imposing_keep_to_its_day_of_the_month(counted, last):
    rule = ReviewRule(clause="5.2", latest_months=3, counted_from="imposed")
    assert review_bounds(rule, date(2021, 1, 31), counted) == (counted, last)


@pytest.mark.parametrize(
    ("rule", "lapses"),
    [
        ({"if_undecided": "stands"}, None),
        ({"if_undecided": "lifts"}, date(2021, 11, 6)),
        ({"if_undecided": "ends", "cap_months": 12}, date(2022, 8, 6)),
    ],
)
def test_h8_what_the_day_brings_if_nobody_decides(rule, lapses):
    edition = reviews(latest_months=3, **rule)
    assert review_days(edition, "office_access", DAY, DAY, None, None, {})["lapses_undecided_on"] == lapses


def test_a_measure_without_a_rule_of_its_own_comes_back():
    assert review_rule(EDITION, "") == EDITION.reviews["standard"]
    assert review_rule(edition_with(reviews={}), "") == ReviewRule(clause="floor: a review date", per_decision=True)
    assert review_rule(EDITION, "police_liaison") is None
    assert review_rule(remedy("office_access", review=None), "office_access") == ReviewRule(
        clause="floor: a review date", per_decision=True
    )
    assert is_short(None, DAY, None) is True


def test_a_review_that_keeps_a_measure_sets_the_next_and_a_lifting_sets_none():
    story = opened()
    ref = told(story, remedy="office_access", ends_on="2022-01-31")
    kept = ReviewSanction(sanction=ref, outcome="continue", next_review_on=date(2021, 10, 1), ends_on=date(2022, 3, 31))
    assert fixed(story, kept) == {"ends_on": "2022-03-31", "review_from": "2021-09-06", "review_by": "2021-10-01"}
    assert fixed(story, ReviewSanction(sanction=ref, outcome="lift")) == {}
    assert fixed(story, ReviewSanction(outcome="continue")) == {}


def test_a_warning_is_reviewed_once_and_then_lapses():
    story = opened()
    ref = told(story)
    assert sanction_of(story, ref).lapses_on == date(2022, 8, 4)
    assert fixed(story, ReviewSanction(sanction=ref, outcome="continue")) == {}


# --- What carries a measure out


def test_a_served_notice_imposes_tells_and_opens_the_time_to_appeal():
    story = opened()
    ref = approved(story, remedy="notice_seeking_possession")
    served = ServeNoticeSeekingPossession(sanction=ref, served_on=date(2021, 8, 5), lapses_on=date(2022, 8, 5))
    assert fixed(story, served) == {
        "imposed_on": "2021-08-05",
        "told_on": "2021-08-05",
        "ends_on": "2022-08-05",
        "appeal_by": "2021-08-19",
        "review_from": "2021-09-05",
        "review_by": "2021-11-05",
    }
    assert fixed(story, ServeNoticeSeekingPossession()) == {}


def test_a_contract_binds_once_signed():
    story = opened()
    ref = approved(story, remedy="acceptable_behaviour_contract", ends_on="2021-12-31")
    signed = RecordContractAnswer(sanction=ref, answer="signed")
    assert fixed(story, signed) == {
        "imposed_on": "2021-08-06",
        "told_on": "2021-08-06",
        "ends_on": "2021-12-31",
        "appeal_by": "2021-08-20",
        "review_from": "2021-09-06",
        "review_by": "2021-11-06",
    }
    assert fixed(story, signed.model_copy(update={"answer": "refused"})) == {}


def test_a_court_order_binds_from_its_day_and_tells_nobody():
    story = opened()
    ref = approved(story, remedy="civil_injunction")
    order = RecordCourtOutcome(sanction=ref, outcome="made", made_on=date(2021, 8, 4), expires_on=date(2022, 8, 4))
    assert fixed(story, order) == {
        "imposed_on": "2021-08-04",
        "ends_on": "2022-08-04",
        "review_from": "2021-09-04",
        "review_by": "2021-11-04",
    }
    assert fixed(story, order.model_copy(update={"outcome": "adjourned"})) == {}


# --- Breaches, appeals, allegations


RESTARTS = remedy("warning_letter", life_restarts_on_breach=True)


@pytest.mark.parametrize(
    ("happened_on", "expected"),
    [
        (None, {"ends_on": "2022-08-06"}),
        (date(2021, 8, 5), {"ends_on": "2022-08-05"}),
        (date(2021, 8, 3), {}),
        (date(2022, 9, 1), {}),
    ],
)
def test_a_breach_restarts_the_life_of_a_warning_that_binds_where_the_policy_says_so(happened_on, expected):
    story = opened(edition=RESTARTS)
    breach = RecordBreach(sanction=told(story), happened_on=happened_on, what="x")
    assert fixed(story, breach) == expected


def test_a_breach_changes_nothing_elsewhere():
    story = opened()
    assert fixed(story, RecordBreach(sanction=told(story), what="x")) == {}
    assert fixed(story, RecordBreach(what="x")) == {}
    offices = opened(edition=remedy("office_access", life_restarts_on_breach=True))
    ref = told(offices, remedy="office_access", ends_on="2022-01-31")
    assert fixed(offices, RecordBreach(sanction=ref, what="x")) == {}


@pytest.mark.parametrize(("received_on", "late"), [(date(2021, 8, 18), "no"), (date(2021, 8, 19), "yes")])
def test_h7_an_appeal_keeps_the_last_day_it_was_given(received_on, late):
    story = opened()
    appeal = ReceiveAppeal(against=told(story), received_on=received_on)
    assert fixed(story, appeal) == {"in_time_until": "2021-08-18", "late": late}
    assert fixed(story, ReceiveAppeal(received_on=received_on)) == {"late": "no"}


def test_an_appeal_decided_against_a_court_measure_says_so():
    story = opened()
    injunction, warning = approved(story, remedy="civil_injunction"), approved(story)
    refs = [story.add("case-1", ReceiveAppeal(against=ref)) for ref in (injunction, warning)]
    assert [fixed(story, DecideAppeal(appeal=ref, outcome="upheld")) for ref in refs] == [{"court": "yes"}, {}]
    varied = DecideAppeal(appeal=refs[1], outcome="varied", ends_on=date(2021, 12, 31))
    assert fixed(story, varied) == {"ends_on": "2021-12-31"}


@pytest.mark.parametrize(
    ("changes", "reply_by"),
    [
        ({}, "2021-08-13"),
        ({"put_on": date(2021, 8, 27)}, "2021-09-06"),
        ({"format": "standard"}, "2021-08-13"),
        ({"format": "large_print"}, "2021-08-20"),
        ({"through_representative": True}, "2021-08-20"),
        ({"reply_by": date(2021, 9, 30)}, "2021-09-30"),
    ],
)
def test_a_reply_is_asked_for_by_a_day_later_where_a_format_or_somebody_is_needed(changes, reply_by):
    assert fixed(opened(), PutAllegation(allegation="x", **changes)) == {"reply_by": reply_by}


def test_a_reply_has_one_period_where_the_policy_gives_one():
    story = opened()
    story.edition = edition_with(periods={n: p for n, p in EDITION.periods.items() if n != "reply_by_adjusted"})
    assert fixed(story, PutAllegation(allegation="x", format="large_print")) == {"reply_by": "2021-08-13"}


# --- Flags


FLAG = ProposeFlag(subject="carol", category="physical")


def test_a_provisional_flag_lapses_and_another_fixes_nothing_until_approved():
    assert fixed(Story(), FLAG.model_copy(update={"provisional": True}), file="flag-1") == {"lapses_on": "2021-08-13"}
    assert fixed(Story(), FLAG, file="flag-1") == {}


@pytest.mark.parametrize(
    ("proposed_on", "confirmed_on", "review_by"),
    [
        (None, None, "2022-02-06"),
        (date(2021, 12, 1), None, "2021-12-01"),
        (date(2021, 12, 1), date(2021, 11, 1), "2021-11-01"),
        (date(2022, 2, 7), None, "2022-02-06"),
    ],
)
def test_h8_a_flag_is_reviewed_within_the_months_of_its_category(proposed_on, confirmed_on, review_by):
    story = Story()
    story.add("flag-1", FLAG.model_copy(update={"review_on": proposed_on}))
    assert fixed(story, ApproveFlag(review_on=confirmed_on), file="flag-1") == {"review_by": review_by}


def test_h8_a_flag_that_is_kept_is_reviewed_again_and_one_that_ends_is_not():
    story = Story()
    story.add("flag-1", FLAG)
    kept = ReviewFlag(outcome="keep", next_review_on=date(2021, 10, 1))
    assert fixed(story, kept, file="flag-1") == {"review_by": "2021-10-01"}
    assert fixed(story, ReviewFlag(outcome="end"), file="flag-1") == {}
    assert fixed(story, RestartFlag(incident="incident-1"), file="flag-1") == {"review_by": "2022-02-06"}
    legacy = BringInFlag(subject="carol", category="weapons")
    assert fixed(story, legacy, file="flag-2") == {"review_by": "2022-02-06"}


def test_a_flag_of_no_known_category_is_reviewed_when_somebody_says():
    story = Story()
    story.add("flag-1", ProposeFlag(subject="carol"))
    assert fixed(story, ApproveFlag(), file="flag-1") == {}
    assert fixed(story, ApproveFlag(review_on=date(2023, 1, 1)), file="flag-1") == {"review_by": "2023-01-01"}
    assert fixed(story, RestartFlag(incident="incident-1"), file="flag-1") == {}
    assert fixed(story, ApproveFlag(), file="flag-2") == {}
