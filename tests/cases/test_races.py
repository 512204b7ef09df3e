"""People at the same time, on both databases: one wins, the others learn who, and nothing is taken twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from evenhand.cases.models import FileIndex
from evenhand.cases.rebuild import verify
from evenhand.cases.taking import NameTaken, StepTaken
from evenhand.record.append import Conflict
from evenhand.record.models import Entry
from tests.cases.making import OPENED, a_landlord, an_open_case, file, taken

pytestmark = pytest.mark.usefixtures("database")

PEOPLE = ("mina", "max")


def at_once(act: Callable[[str], Any], people: tuple[str, ...] = PEOPLE) -> list[Any]:
    """What each of the people got, or the error they met, when all start together."""
    ready = Barrier(len(people))

    def run(who: str) -> Any:
        try:
            connection.ensure_connection()
            ready.wait()
            return act(who)
        except Exception as error:  # noqa: BLE001 - what the loser meets is the answer
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


def outcomes(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_h17_of_two_who_endorse_at_once_one_wins_and_the_other_learns_who():
    an_open_case()
    for case in ("case-2", "case-3", "case-4"):
        taken("open_case", case, minute=1, **OPENED)
        results = at_once(
            lambda who, case=case: taken("endorse_case", case, who, minute=3, expected=1, reasons="Tried enough.")
        )
        assert outcomes(results) == ["Conflict", "StepTaken"]
        (winner,) = [result for result in results if isinstance(result, StepTaken)]
        (loser,) = [result for result in results if isinstance(result, Conflict)]
        assert (loser.quicker.header.actor_id, loser.quicker.ref.sequence) == (winner.entries[0].by, 2)
        assert file(case).sequence == 2
    assert verify().faults == []


def test_h17_without_saying_what_they_read_the_second_is_decided_on_what_stands():
    an_open_case()
    people = ("mina",) * 4
    results = at_once(lambda who: taken("endorse_case", "case-1", who, minute=3, reasons="Tried enough."), people)
    assert sorted(result.decision.allowed for result in results) == [False, False, False, True]


def test_h17_of_two_who_start_the_same_file_one_learns_that_there_is_one_now():
    a_landlord()
    for number in range(4):
        results = at_once(
            lambda who, number=number: taken(
                "report_incident", f"incident-{number}", who, expected=0, what_happened="Shouting."
            )
        )
        assert outcomes(results) == ["Conflict", "StepTaken"]
        assert file(f"incident-{number}").sequence == 1


def test_h17_of_two_who_start_files_of_two_kinds_under_one_name_one_is_told_to_choose_another():
    a_landlord()
    steps = {"mina": ("report_incident", "incident"), "max": ("open_case", "case")}

    def start(who: str) -> StepTaken:
        step, kind = steps[who]
        data = {"what_happened": "Shouting."} if kind == "incident" else {**OPENED, "incidents": ()}
        return taken(step, "matter-1", who, kind=kind, **data)

    results = at_once(start)
    assert outcomes(results) == ["NameTaken", "StepTaken"]
    assert [isinstance(result, NameTaken) for result in results].count(True) == FileIndex.objects.count() == 1


def test_h16_a_request_sent_many_times_at_once_is_taken_once():
    an_open_case()
    results = at_once(lambda who: taken("add_note", "case-1", who, minute=3, key="k", text="Hm."), ("mina",) * 5)
    assert results == [results[0]] * 5
    assert Entry.objects.filter(kind="case").count() == 2


def test_people_who_write_on_the_same_files_do_not_wait_for_each_other_for_ever():
    an_open_case()
    taken("report_incident", "incident-2", minute=1, subject="carol", what_happened="Again.")

    def write(who: str) -> list[bool]:
        files = ("case-1", "incident-1", "incident-2")
        order = files if who == "mina" else files[::-1]
        return [taken("add_note", name, who, minute=5, text="Hm.").decision.allowed for name in order * 4]

    assert at_once(write) == [[True] * 12] * 2
    assert verify().faults == []


def test_news_about_a_person_and_a_step_on_their_case_at_once_are_decided_one_after_the_other():
    an_open_case()
    taken("endorse_case", "case-1", "mina", minute=2, reasons="Tried enough.")

    def act(who: str) -> StepTaken:
        if who == "mina":
            return taken("record_need", "carol", who, minute=3, need="cannot_write", since="2026-03-01")
        return taken("report_incident", "incident-9", who, minute=3, subject="carol", what_happened="Again.")

    assert [result.decision.allowed for result in at_once(act)] == [True, True]
    assert verify().faults == []
