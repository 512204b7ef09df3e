import pytest

from evenhand.casework.access import can_use, left_open, open_routes
from evenhand.casework.steps.decision import Terms
from tests.casework.build import EDITION

INBOUND = [code for code, channel in EDITION.channels.items() if channel.inbound]
WRITING = EDITION.needs["cannot_write"].shuts


def test_left_open_is_everything_where_the_terms_say_nothing():
    assert left_open(EDITION, Terms()) == INBOUND


def test_left_open_is_only_what_the_terms_name():
    assert left_open(EDITION, Terms(channels_open=("post", "email"))) == ["email", "post"]


def test_left_open_is_all_but_what_the_terms_close():
    assert left_open(EDITION, Terms(channels_closed=("phone",))) == [code for code in INBOUND if code != "phone"]


def test_left_open_counts_no_channel_on_which_only_we_come_to_them():
    assert left_open(EDITION, Terms(channels_open=("hand", "in_passing"))) == []


def test_left_open_lets_closing_win_over_opening():
    assert left_open(EDITION, Terms(channels_open=("phone", "post"), channels_closed=("phone",))) == ["post"]


def test_open_routes_leave_out_what_the_person_cannot_use():
    assert open_routes(EDITION, Terms(channels_open=("email", "phone")), dict.fromkeys(WRITING, "need")) == ["phone"]


def test_open_routes_leave_out_ways_that_lead_nowhere():
    office = Terms(channels_open=("office_visit", "post"), offices=("High Street",))
    assert open_routes(EDITION, office, ()) == ["post"]
    third_party = Terms(channels_open=("third_party",))
    assert open_routes(EDITION, third_party, ()) == []
    assert open_routes(EDITION, third_party, (), represented=True) == ["third_party"]
    assert open_routes(EDITION, Terms(agency="CAB", agency_agreed=True), ()) == ["third_party"]
    assert open_routes(EDITION, Terms(agency="CAB"), ()) == []


@pytest.mark.parametrize(
    ("need", "how", "written_as", "can"),
    [
        ("autism", "phone", None, True),
        ("deaf_bsl", "phone", "bsl_video", False),
        ("deaf_bsl", "post", "standard", False),
        ("deaf_bsl", None, "bsl_video", True),
        ("low_vision", "post", "large_print", True),
        ("blind", "post", "braille", True),
        ("cannot_write", "post", "standard", True),
        ("cannot_speak_on_phone", "phone", "standard", False),
        ("no_internet", "email", "standard", False),
    ],
)
def test_can_use_follows_formats_and_ways(need, how, written_as, can):
    assert can_use(EDITION, EDITION.needs[need], how, written_as) is can
