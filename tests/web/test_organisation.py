"""What is settled, in one place; and the numbers that are settled at the desk."""

from __future__ import annotations

import pytest
import time_machine

from evenhand.people.models import Change, Number
from evenhand.people.settled import NUMBERS, settled
from tests.desk import NOW


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False):
        yield


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_all_that_is_settled_stands_on_one_page_with_its_clauses(desk):
    page = words(desk.client("ada").get("/settings/organisation/"))
    found = [
        'data-label="How long">14 days</td> <td class="govuk-table__cell" data-label="Settled by">the policy</td>',
        'data-label="Measure">Warning letter</th> <td class="govuk-table__cell" data-label="Decided by">manager</td>',
        "if nobody decides, the measure stands",
        "<dt>Open a case</dt>",
        "the bank holidays of England",
        "<li>Monday 31 August 2026</li><li>Friday 25 December 2026</li><li>Monday 28 December 2026</li>",
        "The largest file of evidence is 25 MB",
    ]
    assert [(part, part in page) for part in found] == [(part, True) for part in found]


def test_the_policys_owner_reads_what_is_settled_and_changes_none_of_it(desk):
    pol = desk.client("pol")
    page = words(pol.get("/settings/organisation/"))
    assert [pol.get("/settings/numbers/").status_code, "/settings/roles/" in page] == [403, False]


def test_a_number_is_settled_noted_and_shown(desk):
    ada = desk.client("ada")
    assert ada.post("/settings/numbers/", {**settled(), "idle_minutes": 30})["Location"] == "/settings/organisation/"
    assert [settled()["idle_minutes"], list(Number.objects.values_list("name", flat=True))] == [30, ["idle_minutes"]]
    (change,) = Change.objects.all()
    assert (change.by, change.said) == ("ada", f"{NUMBERS['idle_minutes'].title}: was 60, is 30")
    assert "<dd>30 (changed)</dd>" in words(ada.get("/settings/organisation/"))


def test_a_number_out_of_bounds_is_refused_and_nothing_typed_is_lost(desk):
    answer = desk.client("ada").post("/settings/numbers/", {**settled(), "idle_minutes": 2, "apart_least": "many"})
    page = words(answer)
    assert [answer.status_code, Number.objects.count(), 'value="many"' in page] == [422, 0, True]
    assert page.casefold().count("enter a whole number from 1 to 1000.") == 2
