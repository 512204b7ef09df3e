"""A measure that stands and does not bite, in the lists; and who is asked to find an officer for its appeal."""

from __future__ import annotations

from datetime import timedelta

from evenhand.cases.models import SanctionIndex
from evenhand.cases.rebuild import verify
from evenhand.web.lists.owed import is_owed_by, standing
from tests.browser.measures import impose, on, ready_to_propose
from tests.browser.test_journeys import CASE_NAME
from tests.desk import NOW, Desk
from tests.web.lists.conftest import Viewing

LATER = NOW + timedelta(days=3)


def appealed(desk: Desk) -> str:
    """An appeal against a measure in force; returns its name."""
    ready_to_propose(desk)
    impose(desk)
    return desk.take("receive_appeal", "case", CASE_NAME, "fay", LATER, what="It is not fair.").entries[0].ref


def test_h6_an_officer_for_an_appeal_is_found_by_those_who_took_no_part(desk: Desk, viewing: Viewing):
    appealed(desk)

    def asked(who: str) -> bool:
        viewer = viewing(who, 4)
        return standing(viewer).filter(is_owed_by(viewer), duty="assign_appeal").exists()

    assert {who: asked(who) for who in ("olu", "mina", "nils", "sam", "sia")} == {
        "olu": False,
        "mina": False,  # she approved it
        "nils": False,  # does not see the case
        "sam": True,
        "sia": True,
    }


def test_a_suspended_measure_stands_and_is_not_live_as_its_file_says(desk: Desk):
    appeal = appealed(desk)
    desk.take("assign_appeal", "case", CASE_NAME, "sam", LATER, appeal=appeal, officer="sia", reasons="No part.")
    desk.take("suspend_sanction", "case", CASE_NAME, "sia", LATER, appeal=appeal, until=on(10), reasons="Meanwhile.")
    days = [on(day) for day in (2, 3, 9, 10)]
    assert [SanctionIndex.objects.live_on(day).exists() for day in days] == [True, False, False, True]
    assert [SanctionIndex.objects.bound_on(day).exists() for day in days] == [True, True, True, True]
    assert [SanctionIndex.objects.get().is_suspended_on(day) for day in days] == [False, True, True, False]
    assert [str(fault) for fault in verify().faults] == []
