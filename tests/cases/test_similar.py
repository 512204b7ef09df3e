"""What was done before about conduct like this: numbers, and none that would point at somebody."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.cases.models import FileIndex, SanctionIndex
from evenhand.cases.similar import Before, done_before

DAY = date(2026, 8, 3)


def measures(count: int, remedy: str, behaviours: str, **days: date | None) -> None:
    """So many measures of one kind, each on a case of its own."""
    names = [f"UC-{remedy}-{behaviours}-{'-'.join(days)}-{number}" for number in range(count)]
    FileIndex.objects.bulk_create(
        FileIndex(
            name=name, kind="case", state="endorsed", opened_on=DAY, last_on=DAY, is_restricted=False, is_open=True
        )
        for name in names
    )
    conduct = "".join(f" {code} " for code in behaviours.split())
    SanctionIndex.objects.bulk_create(
        SanctionIndex(ref=f"{name}#1", file=name, remedy=remedy, behaviours=conduct, proposed_on=DAY, **days)
        for name in names
    )


@pytest.fixture(autouse=True)
def _landlord(database):
    measures(7, "warning_letter", "abusive threatening", approved_on=DAY, ended_on=DAY, lapses_on=DAY)
    measures(5, "warning_letter", "abusive", declined_on=DAY)
    measures(4, "injunction", "abusive", approved_on=DAY)
    measures(6, "limit_contact", "unreasonable_demands", approved_on=DAY)


def test_conduct_of_any_of_the_kinds_counts_and_rare_measures_are_left_out():
    found = done_before(["abusive", "aggressive"], apart_from="", until=DAY)
    assert found == [Before("warning_letter", decided=7, declined=5, ended_early=7)]


def test_a_number_under_five_is_not_told():
    found = done_before(["unreasonable_demands"], apart_from="", until=DAY)
    assert found == [Before("limit_contact", decided=6, declined=None, ended_early=None)]


def test_a_kind_whose_name_is_part_of_another_is_told_apart():
    assert done_before(["demands"], apart_from="", until=DAY) == []


def test_nothing_is_alike_where_no_kind_is_named():
    assert done_before([], apart_from="", until=DAY) == []


def test_h26_restricted_cases_and_the_case_that_asks_are_not_counted():
    asking, hidden = SanctionIndex.objects.filter(remedy="limit_contact").order_by("ref")[:2]
    FileIndex.objects.filter(name=hidden.file).update(is_restricted=True)
    assert done_before(["unreasonable_demands"], apart_from=asking.file, until=DAY) == []


def test_what_was_proposed_later_is_not_counted():
    assert done_before(["unreasonable_demands"], apart_from="", until=date(2026, 8, 2)) == []
