"""How days are said on a list."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.web.lists.words import by_when

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("due_on", "says"),
    [
        (date(2026, 11, 27), "3 days overdue"),
        (date(2026, 11, 29), "1 day overdue"),
        (TODAY, "today"),
        (date(2026, 12, 1), "tomorrow"),
        (date(2026, 12, 4), "by Friday 4 December"),
        (date(2027, 2, 1), "by Monday 1 February 2027"),
    ],
)
def test_a_day_is_said_as_counted_from_today(due_on, says):
    assert by_when(due_on, TODAY) == says
