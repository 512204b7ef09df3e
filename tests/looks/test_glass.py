"""Breaking the glass: who may, for how long, and who looks into it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.seeing import Viewer, visible_to
from evenhand.looks.glass import (
    LASTS,
    ClosedAlready,
    NotYours,
    break_glass,
    close,
    may_look_into,
    open_alerts,
    opened_for,
    own_grants,
    standing,
    watchers,
)
from evenhand.looks.models import Grant
from evenhand.people.models import Connection
from evenhand.people.writing import mark_changed
from tests.desk import NOW

LATER = timedelta(minutes=5)
OPENED = {
    "subject": "carol",
    "colleague": "fay",
    "breakdown": "Calls end in rows.",
    "tried_first": "A weekly call was agreed.",
}


def at_desk(who: str, after: timedelta = timedelta()) -> Viewer:
    return viewer_of(Account.objects.get(staff_id=who), NOW + after)


@pytest.fixture
def case(desk) -> str:
    """UC-1 about Carol, kept to its officer and their manager."""
    desk.take("report_incident", "incident", "IN-1", "fay", subject="carol", what_happened="She shouted.")
    desk.take("open_case", "case", "UC-1", "olu", incidents=["IN-1"], **OPENED)
    desk.take("restrict_case", "case", "UC-1", "mina", reasons="A colleague is in it.")
    return "UC-1"


def seen(who: str, after: timedelta) -> list[str]:
    return sorted(visible_to(at_desk(who, after)).values_list("name", flat=True))


def test_h2_a_grant_opens_its_file_for_an_hour_and_not_a_moment_longer(case):
    break_glass(at_desk("otto"), case, "He is at the door.")
    moments = [timedelta(), LATER, LASTS - timedelta(microseconds=1), LASTS]
    assert [seen("otto", after) for after in moments] == [[case], [case], [case], []]
    assert [opened_for("otto", NOW - LATER), opened_for("olu", NOW)] == [frozenset(), frozenset()]


def test_h2_nobody_opens_what_concerns_those_they_are_tied_to(case):
    Connection.objects.create(staff_id="otto", to="14 Quarry Rise")
    mark_changed()
    assert break_glass(at_desk("otto"), case, "I must.") is None
    assert list(Grant.objects.all()) == []


def test_h2_a_file_that_is_not_there_cannot_be_opened(case):
    assert [break_glass(at_desk("otto"), name, "I must.") for name in ("UC-2", "carol", "")] == [None] * 3


def test_h2_what_was_opened_waits_for_somebody_else(case):
    break_glass(at_desk("otto"), case, "He is at the door.")
    waiting = {who: [grant.file for grant in open_alerts(at_desk(who))] for who in ("dara", "audra", "otto", "sam")}
    assert waiting == {"dara": [case], "audra": [case], "otto": [], "sam": []}
    assert [may_look_into(at_desk(who)) for who in ("dara", "audra", "otto")] == [True, True, False]
    assert [grant.reason for grant in own_grants(at_desk("otto"))] == ["He is at the door."]


def test_h2_who_opened_it_is_not_the_one_who_looks_into_it(case):
    grant = break_glass(at_desk("dara"), case, "A request for her data.")
    assert [list(open_alerts(at_desk("dara"))), list(open_alerts(at_desk("audra")))] == [[], [grant]]
    with pytest.raises(NotYours):
        close(at_desk("dara", LATER), grant, "All was well.")
    assert watchers(at_desk("dara").registers, at_desk("dara")) == []
    assert watchers(at_desk("olu").registers, at_desk("olu")) == ["dara"]


def test_h2_the_watcher_sees_nothing_of_those_they_are_tied_to(case):
    break_glass(at_desk("otto"), case, "He is at the door.")
    Connection.objects.create(staff_id="dara", to="carol")
    mark_changed()
    assert list(open_alerts(at_desk("dara"))) == []


STATES: dict[str, timedelta] = {"open": LATER, "over": LASTS + LATER, "closed": LATER}


@pytest.mark.parametrize(
    ("state", "who", "expected"),
    [
        ("open", "otto", NotYours),
        ("open", "dara", "closed"),
        ("over", "otto", NotYours),
        ("over", "audra", "closed"),
        ("closed", "otto", NotYours),
        ("closed", "audra", ClosedAlready),
    ],
)
def test_h2_from_each_state_only_somebody_else_closes_and_only_once(case, state, who, expected):
    grant = break_glass(at_desk("otto"), case, "He is at the door.")
    if state == "closed":
        close(at_desk("dara", LATER), grant, "It was needed.")
    assert stands(NOW + STATES[state]) == state
    if isinstance(expected, str):
        close(at_desk(who, STATES[state]), grant, "It was needed.")
        assert stands(NOW + STATES[state]) == expected
    else:
        with pytest.raises(expected):
            close(at_desk(who, STATES[state]), grant, "It was needed.")
        assert stands(NOW + STATES[state]) == state


def stands(at: datetime) -> str:
    (state,) = standing(list(Grant.objects.all()), at).values()
    return state


def test_h2_closing_ends_what_is_still_open(case):
    grant = break_glass(at_desk("otto"), case, "He is at the door.")
    close(at_desk("dara", LATER), grant, "It was not needed.")
    assert [seen("otto", LATER - timedelta(seconds=1)), seen("otto", LATER)] == [[case], []]


@pytest.mark.parametrize(
    "wrong",
    [
        {"closed_at": NOW, "closed_by": "otto", "finding": "I was right."},
        {"closed_at": NOW, "closed_by": "dara", "finding": ""},
        {"closed_at": NOW, "closed_by": "", "finding": "It was needed."},
        {"closed_at": None, "closed_by": "dara", "finding": "It was needed."},
        {"closed_at": NOW - LATER, "closed_by": "dara", "finding": "It was needed."},
        {"until": NOW},
    ],
)
def test_h2_the_database_itself_refuses_what_must_not_be(case, wrong):
    grant = break_glass(at_desk("otto"), case, "He is at the door.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(id=grant.id).update(**wrong)
