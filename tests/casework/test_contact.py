"""May this person use this channel, now, about this topic: essential access first, then the terms of every measure."""

from datetime import date

import pytest

from evenhand.casework.contact import contact
from evenhand.casework.steps.appeal import ReceiveAppeal, SuspendSanction
from evenhand.casework.steps.casefacts import RecordContact
from evenhand.casework.steps.person import RecordChange, RecordNeed
from evenhand.policy.clock import london_instant
from evenhand.policy.findings import Outcome
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import opened, told

FRIDAY_NOON = london_instant("2021-08-06T12:00")


def restricted(*, needs: tuple[str, ...] = (), **terms) -> Story:
    """A case on which Carol's contact is limited on these terms, and Carol was told."""
    story = opened()
    for need in needs:
        story.add("carol", RecordNeed(need=need))
    told(story, remedy="restricted_channels", ends_on="2021-12-31", terms=terms)
    return story


def asked(story: Story, channel: str, topic: str | None = None, at: str = "2021-08-06T12:00", to: str | None = None):
    return contact(story.facts(on=DAY).person, channel, topic, london_instant(at), EDITION, story.registers, to)


def answer(story: Story, channel: str, topic: str | None = None, at: str = "2021-08-06T12:00"):
    """Whether it is allowed, and of its one finding the check, the clause and the sentence."""
    decision = asked(story, channel, topic, at)
    (finding,) = decision.findings
    return decision.allowed, finding.check, finding.citation.clause, finding.verdict.sentence


def test_contact_is_free_where_nothing_is_in_force():
    assert answer(opened(), "phone") == (True, "restriction_allows", "4.5", "No restriction is in force.")


def test_contact_is_free_of_measures_that_say_nothing_of_it():
    story = opened()
    told(story)
    assert answer(story, "phone") == (True, "restriction_allows", "4.5", "No restriction is in force.")


def test_contact_in_an_emergency_is_open_on_every_channel():
    says = "Emergency repair: every way of reaching us is open, always."
    story = restricted(channels_open=["email"], times_a_week=0, days=["mon"])
    assert answer(story, "phone", "emergency_repair") == (True, "essential_access", "6.1", says)


def test_contact_about_the_essential_has_no_limit_of_number_day_hour_or_agency():
    story = restricted(
        channels_open=["email"],
        times_a_week=0,
        days=["mon"],
        to_time="09:00",
        agency="Mind",
        topics_closed=["planned_works"],
    )
    says = "Repairs: this is essential, and no limit on it applies."
    assert answer(story, "email", "repairs") == (True, "essential_access", "6.1", says)


def test_contact_about_the_essential_on_a_closed_channel_is_shown_the_open_one():
    says = "Rent and benefits: please use e-mail. Anything that reaches us another way is read and passed on."
    story = restricted(channels_open=["email"])
    assert answer(story, "phone", "rent_and_benefits") == (False, "essential_access", "6.1", says)


def test_contact_about_the_essential_is_open_where_the_person_can_use_no_other_way():
    says = "Repairs: this is essential, and there is no other way that this person can use."
    story = restricted(needs=("cannot_write",), channels_open=["email"])
    assert answer(story, "phone", "repairs") == (True, "essential_access", "6.1", says)


def test_contact_about_an_appeal_cites_the_clause_of_appeals():
    assert answer(restricted(channels_open=["email"]), "email", "appeal")[:3] == (True, "essential_access", "5.6")


def test_contact_that_nobody_chooses_is_never_closed():
    story = restricted(channels_open=["email"])
    assert answer(story, "in_passing", "repairs")[0] is True
    assert answer(story, "in_passing", "general_enquiry")[0] is True


@pytest.mark.parametrize(
    ("terms", "channel", "says"),
    [
        ({"channels_open": ["email"]}, "phone", "This way of reaching us is closed. Open are: e-mail."),
        ({"channels_open": ["email"]}, "email", ""),
        ({"channels_closed": ["phone"]}, "post", ""),
        ({"days": ["mon", "wed"]}, "phone", "Contact is on Monday and Wednesday only."),
        ({"days": ["fri"]}, "phone", ""),
        ({"from_time": "13:00", "to_time": "14:00"}, "phone", "Contact is from 13:00 until 14:00 only."),
        ({"from_time": "13:00"}, "phone", "Contact is from 13:00 only."),
        ({"to_time": "11:00"}, "phone", "Contact is until 11:00 only."),
        ({"from_time": "12:00", "to_time": "12:00"}, "phone", ""),
        ({"times_a_week": 0}, "phone", "This week's 0 contacts have been used."),
        ({"appointment_only": True}, "office_visit", "This is by appointment only: make one first."),
        ({"appointment_only": True}, "phone", ""),
        ({"appointment_only": True}, "home_visit", ""),
        ({"agency": "Mind", "agency_agreed": True}, "phone", "Contact goes through Mind."),
        ({"agency": "Mind", "agency_agreed": True}, "third_party", ""),
        (
            {"channels_closed": ["fax"], "channels_open": ["email"]},
            "fax",
            "This way of reaching us is closed. Open are: e-mail.",
        ),
    ],
)
def test_contact_keeps_to_the_terms(terms, channel, says):
    assert answer(restricted(**terms), channel) == (
        not says, "restriction_allows", "4.5", says or "Within the restriction.",
    )  # fmt: skip


def test_contact_on_a_closed_channel_is_free_where_none_is_left_that_the_person_can_use():
    says = "No way in is left that this person can use: none is closed to them until that is put right."
    story = restricted(needs=("cannot_write",), channels_open=["email"])
    assert answer(story, "phone") == (True, "restriction_allows", "4.5", says)


@pytest.mark.parametrize(("agency", "allowed"), [("Mind", True), (None, True), ("Another", False)])
def test_contact_is_not_kept_to_an_agency_that_withdrew(agency, allowed):
    story = restricted(agency="Mind", agency_agreed=True)
    assert answer(story, "phone")[0] is False
    story.add("carol", RecordChange(change="agency_withdrew", agency=agency))
    assert answer(story, "phone")[0] is allowed


@pytest.mark.parametrize(("to", "allowed"), [("high street", False), ("Mill Lane", True)])
def test_contact_at_an_office_is_about_that_office(to, allowed):
    story = restricted(offices=["High Street"])
    assert asked(story, "office_visit", to=to).allowed is allowed


def test_contact_about_a_closed_subject_is_refused():
    story = restricted(topics_closed=["complaint_follow_up"])
    says = "A closed complaint that was answered: we no longer answer on this."
    assert answer(story, "email", "complaint_follow_up") == (False, "restriction_allows", "4.5", says)
    assert answer(story, "email", "general_enquiry")[0] is True


def test_contact_at_an_office_depends_on_which():
    story = restricted(offices=["High Street"])
    (finding,) = asked(story, "office_visit").findings
    assert (finding.verdict.outcome, finding.verdict.sentence) == (
        Outcome.UNKNOWN,
        "Any office but these: High Street.",
    )
    assert asked(story, "phone").allowed is True


def test_contact_says_to_whom_it_goes():
    says = "Within the restriction. It goes to Mina Shah, or Dana Cole in their absence."
    assert answer(restricted(named_contact="mina", deputy="dana"), "phone")[3] == says
    assert answer(restricted(named_contact="mina"), "phone")[3] == "Within the restriction. It goes to Mina Shah."


def test_contact_calls_people_by_id_without_registers():
    decision = contact(restricted(named_contact="mina").facts(on=DAY).person, "phone", None, FRIDAY_NOON, EDITION)
    assert decision.findings[0].verdict.sentence == "Within the restriction. It goes to mina."


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"reach": "team", "reach_name": "the lettings team"}, "The restriction reaches only the lettings team."),
        ({"reach": "person"}, "The restriction reaches only one person."),
    ],
)
def test_contact_is_free_beyond_the_reach_of_the_restriction(terms, says):
    story = restricted(channels_open=["email"], **terms)
    assert answer(story, "phone") == (True, "restriction_allows", "4.5", says)
    assert answer(story, "phone", "repairs")[0] is True


def test_contact_counts_this_weeks_contacts_of_the_same_kind():
    story = restricted(times_a_week=3)
    made = {"channel": "email", "topic": "general_enquiry", "contact_on": "2021-08-02"}
    story.add("carol", RecordContact.model_validate({**made, "count": 2}))
    for other in (
        {"topic": "repairs"},
        {"direction": "out"},
        {"contact_on": "2021-08-01"},
        {"contact_on": "2021-08-09"},
    ):
        story.add("case-1", RecordContact.model_validate({**made, **other}))
    assert answer(story, "email")[0] is True
    story.add("case-1", RecordContact.model_validate({"channel": "phone"}))
    assert answer(story, "email") == (False, "restriction_allows", "4.5", "This week's 3 contacts have been used.")
    assert answer(story, "email", at="2021-08-09T00:00")[0] is True


def test_contact_reads_every_live_measure_and_every_reason():
    story = restricted(channels_open=["email"], days=["mon"])
    told(story, remedy="restricted_times", ends_on="2021-12-31", terms={"times_a_week": 0})
    decision = asked(story, "phone")
    assert [finding.verdict.sentence for finding in decision.refusals] == [
        "This way of reaching us is closed. Open are: e-mail. Contact is on Monday only.",
        "This week's 0 contacts have been used.",
    ]


def test_contact_is_free_while_the_measure_is_suspended():
    story = restricted(channels_open=["email"])
    (sanction,) = story.facts().case.sanctions
    appeal = story.add("case-1", ReceiveAppeal(against=sanction))
    story.add("case-1", SuspendSanction(appeal=appeal, sanction=sanction), on=date(2021, 8, 6))
    assert answer(story, "phone")[0] is True


def test_contact_for_a_measure_in_words_cites_the_clause_of_restrictions():
    story = opened()
    told(story, remedy=None, described="No calls", ends_on="2021-12-31", terms={"channels_closed": ["phone"]})
    assert answer(story, "phone")[:3] == (False, "restriction_allows", "4.5")
