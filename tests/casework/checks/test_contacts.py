"""Contacts and blocks while a measure lasts."""

from datetime import date

import pytest

from evenhand.casework.checks.contacts import block_has_sanction, within_restriction
from evenhand.casework.steps.casefacts import RecordContact
from evenhand.casework.steps.control import RecordBlock
from evenhand.policy.findings import Outcome, met, not_met, unknown
from tests.casework.build import DAY
from tests.casework.checks.measures import opened, told

BY_EMAIL = {
    "remedy": "restricted_channels",
    "ends_on": "2021-12-31",
    "terms": {"channels_open": ["email"], "days": ["mon", "fri"], "topics_closed": ["complaint_follow_up"]},
}
WITHIN = met("No measure stands against this contact.")
READ_IT = "Read what they say all the same: it may be urgent."


@pytest.mark.parametrize(
    ("contact", "verdict"),
    [
        ({"channel": "email"}, WITHIN),
        ({"channel": "in_passing"}, WITHIN),
        ({"channel": "phone", "topic": "emergency_repair"}, WITHIN),
        ({"channel": "phone", "direction": "out"}, met("We were in touch with them.")),
        ({}, unknown("It is not said how they were in touch.")),
        (
            {"channel": "phone", "topic": "general_enquiry"},
            not_met(f"This way of reaching us is closed. Open are: e-mail. {READ_IT}"),
        ),
        (
            {"channel": "email", "topic": "complaint_follow_up"},
            not_met(f"A closed complaint that was answered: we no longer answer on this. {READ_IT}"),
        ),
        (
            {"channel": "email", "contact_on": "2021-08-05"},
            not_met(f"Contact is on Monday and Friday only. {READ_IT}"),
        ),
        ({"channel": "phone", "contact_on": "2021-08-03"}, WITHIN),
    ],
)
def test_within_restriction_by_channel_subject_and_day(contact, verdict):
    story = opened()
    told(story, **BY_EMAIL)
    assert within_restriction(story.facts(on=DAY), RecordContact.model_validate(contact)) == verdict


def test_within_restriction_judges_another_day_at_noon():
    story = opened()
    told(story, **{**BY_EMAIL, "terms": {"from_time": "11:00"}})
    facts, today = story.facts(), RecordContact(channel="email")
    early = not_met(f"Contact is from 11:00 only. {READ_IT}")
    assert within_restriction(facts, today) == early
    assert within_restriction(facts, RecordContact(channel="email", contact_on=date(2021, 8, 5))) == WITHIN


def test_block_has_sanction_behind_it():
    story = opened()
    ref = told(story, **BY_EMAIL)
    behind = met("A measure in force closes this way of being in touch.")
    none = not_met("No measure in force closes this way of being in touch: lift the block and say sorry.")
    facts = story.facts()
    assert block_has_sanction(facts, RecordBlock(what="Number", channel="phone")) == behind
    assert block_has_sanction(facts, RecordBlock(what="Number", channel="phone", sanction=ref)) == behind
    assert block_has_sanction(facts, RecordBlock(what="Number", channel="phone", sanction="case-2#4")) == none
    assert block_has_sanction(facts, RecordBlock(what="Address", channel="email")) == none
    before = RecordBlock(what="Number", channel="phone", blocked_on=date(2021, 8, 3))
    assert block_has_sanction(facts, before) == none
    assert block_has_sanction(opened().facts(), RecordBlock(what="Number")).outcome is Outcome.NOT_MET
