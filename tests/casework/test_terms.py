"""Whether one set of terms weighs more on a person than another."""

import pytest

from evenhand.casework.steps.decision import Terms
from evenhand.casework.terms import narrows
from tests.casework.build import EDITION

NOTHING: dict[str, object] = {}


@pytest.mark.parametrize(
    ("milder", "harsher"),
    [
        (NOTHING, {"channels_closed": ["phone"]}),
        ({"channels_open": ["phone", "post"]}, {"channels_open": ["post"]}),
        (NOTHING, {"days": ["mon"]}),
        ({"days": ["mon", "tue"]}, {"days": ["tue"]}),
        (NOTHING, {"times_a_week": 3}),
        ({"times_a_week": 3}, {"times_a_week": 2}),
        (NOTHING, {"call_minutes": 10}),
        ({"call_minutes": 10}, {"call_minutes": 5}),
        (NOTHING, {"from_time": "09:00"}),
        ({"from_time": "09:00"}, {"from_time": "10:00"}),
        (NOTHING, {"to_time": "17:00"}),
        ({"to_time": "17:00"}, {"to_time": "16:00"}),
        (NOTHING, {"topics_closed": ["involvement"]}),
        (NOTHING, {"offices": ["High Street"]}),
        ({"offices": ["High Street"]}, {"offices": ["High Street", "Mill Lane"]}),
        (NOTHING, {"appointment_only": True}),
        (NOTHING, {"agency": "Shelter"}),
        ({"agency": "Shelter"}, {"agency": "Crisis"}),
        ({"reach": "person"}, {"reach": "organisation"}),
    ],
)
def test_terms_that_take_something_away_are_narrower_and_never_the_other_way(milder, harsher):
    before, after = Terms.model_validate(milder), Terms.model_validate(harsher)
    assert (narrows(EDITION, before, after), narrows(EDITION, before, before)) == (True, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"offices": ["High Street"]}, {"appointment_only": True}),
        ({"channels_open": ["post"]}, {"channels_open": ["post", "phone"]}),
        ({"days": ["tue"]}, {"days": ["mon", "tue"]}),
        ({"times_a_week": 2}, {"times_a_week": 3}),
        ({"topics_closed": ["involvement"]}, NOTHING),
        ({"agency": "Shelter"}, NOTHING),
        ({"from_time": "10:00", "to_time": "12:00"}, {"from_time": "09:00", "to_time": "17:00"}),
    ],
)
def test_terms_that_give_something_back_are_not_narrower(before, after):
    assert narrows(EDITION, Terms.model_validate(before), Terms.model_validate(after)) is False
