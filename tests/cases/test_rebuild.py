"""The projections proved against the record."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.cases.models import FileIndex, FilePerson, OpenDuty, SanctionIndex
from evenhand.cases.rebuild import rebuild, verify
from evenhand.record.models import Head
from tests.cases.making import an_open_case

pytestmark = pytest.mark.usefixtures("database")


def faults() -> list[str]:
    return [str(fault) for fault in verify().faults]


def test_a_row_that_was_changed_is_found_and_rebuilding_mends_it():
    an_open_case()
    FileIndex.objects.filter(name="case-1").update(officer="max")
    says = "what its entries add up to (cases_fileindex: 1 rows missing, 1 too many or wrong)."
    assert faults() == [f"The lists do not say of case-1 {says}"]
    assert [rebuild(), faults()] == [2, []]


def test_a_row_that_is_missing_is_found():
    an_open_case()
    OpenDuty.objects.filter(file="incident-1").delete()
    says = "what its entries add up to (cases_openduty: 1 rows missing, 0 too many or wrong)."
    assert faults() == [f"The lists do not say of incident-1 {says}"]


def test_a_row_of_no_file_is_found():
    an_open_case()
    FilePerson.objects.create(file="case-9", person="carol")
    assert faults() == ["The lists name case-9 in cases_fileperson, and the record has no such file."]


def test_a_record_that_does_not_verify_is_said_first():
    an_open_case()
    FileIndex.objects.all().delete()
    Head.objects.filter(file_id="case-1").update(hash="0" * 64)
    assert faults() == ["case/case-1#1: is not where the head of its file stands"]


def test_duties_and_sanctions_are_asked_for_by_day():
    owed = {"file": "case-1", "made_by": "case-1#1", "clause": "1.3", "about": "case-1#1", "owners": "manager"}
    OpenDuty.objects.create(**owed, duty="endorse_case", due_on=date(2026, 3, 5))
    OpenDuty.objects.create(**owed, duty="give_notice", due_on=date(2026, 3, 3), falls_away_on=date(2026, 3, 4))
    days = [date(2026, 3, day) for day in (3, 4, 5, 6)]
    assert [OpenDuty.objects.owed_on(day).count() for day in days] == [2, 2, 1, 1]
    assert [OpenDuty.objects.overdue_on(day).count() for day in days] == [0, 1, 0, 1]


SANCTION = {
    "ref": "case-1#3",
    "file": "case-1",
    "subject": "carol",
    "remedy": "x",
    "kinds": "warning",
    "proposed_on": date(2026, 3, 2),
    "proposed_by": "olu",
}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [False, False, False, False]),
        ({"imposed_on": date(2026, 3, 4)}, [False, True, True, True]),
        ({"imposed_on": date(2026, 3, 4), "lapses_on": date(2026, 3, 5)}, [False, True, True, False]),
        ({"imposed_on": date(2026, 3, 4), "ended_on": date(2026, 3, 5)}, [False, True, False, False]),
    ],
)
def test_a_sanction_stands_between_its_days(given, expected):
    SanctionIndex.objects.create(**SANCTION, **given)
    days = [date(2026, 3, day) for day in (3, 4, 5, 6)]
    assert [SanctionIndex.objects.bound_on(day).exists() for day in days] == expected
