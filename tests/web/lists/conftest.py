"""Viewers of the small landlord, and the files that most tests here begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.seeing import Viewer
from tests.desk import NOW, Desk, desk

__all__ = ["desk"]

Viewing = Callable[..., Viewer]


@pytest.fixture
def viewing(desk: Desk) -> Viewing:
    """Gives a colleague as they stand so many days after the desk's morning."""

    def standing(who: str, days: int = 0) -> Viewer:
        return viewer_of(Account.objects.get(staff_id=who), NOW + timedelta(days=days))

    return standing


def report(desk: Desk, name: str = "IN-1", by: str = "fay", subject: str = "carol", at: datetime = NOW) -> None:
    """An incident about a customer."""
    desk.take(
        "report_incident",
        "incident",
        name,
        by,
        at,
        subject=subject,
        happened_on="2026-08-01",
        what_happened="Carol shouted for ten minutes and hung up.",
        channel="phone",
        behaviours=["abusive"],
    )


def open_case(desk: Desk, name: str = "UC-1", by: str = "olu", incident: str = "IN-1", subject: str = "carol") -> None:
    """A case on an incident, opened and not endorsed."""
    desk.take(
        "open_case",
        "case",
        name,
        by,
        subject=subject,
        incidents=[incident],
        breakdown="Calls end in shouting and no repair gets booked.",
        tried_first="Two calls were rung back on a calmer day.",
        colleague="fay",
    )


def put_allegation(desk: Desk, name: str = "UC-1", by: str = "olu", incident: str = "IN-1") -> None:
    """The allegation put to the customer: their answer is owed by a day."""
    desk.take(
        "put_allegation",
        "case",
        name,
        by,
        allegation="You shouted at Fay on the phone.",
        incidents=[incident],
        how="email",
        format="standard",
    )


def propose_flag(desk: Desk, name: str = "FL-1", by: str = "fay", incident: str = "IN-1") -> None:
    """A provisional flag that somebody has to approve."""
    desk.take(
        "propose_flag",
        "flag",
        name,
        by,
        subject="carol",
        category="threats_and_abuse",
        control_measures=["two_people"],
        incident=incident,
        reasons="A threat.",
        review_on="2026-12-01",
        provisional=True,
    )
