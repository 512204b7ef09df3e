"""Bad input at the door of the record: kept as it was typed or refused in one line, with nothing half-written."""

from __future__ import annotations

from typing import Any

import pytest

from evenhand.cases.rebuild import verify
from evenhand.cases.taking import take_step
from evenhand.casework.registers import CustomerRecord, Registers
from evenhand.casework.shape import BadStep
from evenhand.casework.steps import UnknownStep
from evenhand.people.models import Customer
from evenhand.people.reading import registers_on
from evenhand.people.writing import enter
from evenhand.policy.clock import london_day
from evenhand.record.canonical import NotCanonical
from evenhand.record.chain import WORD, BadHeader
from evenhand.record.models import Entry, Head, Part
from tests.bad_input.strings import HALF, HUGE, NAUGHTY, NUL, is_one_line, kept
from tests.cases.making import NOON, a_landlord, file, taken

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.unmeasured]

REPORT: dict[str, Any] = {"step": "report_incident", "kind": "incident", "file": "incident-1", "actor": "olu"}
IN_WORDS = ("what_happened", "words_said", "where", "subject_description", "reporter_name")
"""Fields of a report that hold words; the last is kept apart from the others (H3)."""


def counted() -> list[int]:
    return [Entry.objects.count(), Part.objects.count(), Head.objects.count()]


def test_any_words_come_back_from_the_record_as_they_were_typed():
    a_landlord()
    reports = [dict.fromkeys(IN_WORDS, words) for words in NAUGHTY]
    for number, report in enumerate(reports):
        taken("report_incident", f"incident-{number}", **report)
    for number, words in enumerate(NAUGHTY):
        (entry,) = file(f"incident-{number}").recorded
        assert entry.data.model_dump(exclude_unset=True) == dict.fromkeys(IN_WORDS, kept(words))
    assert verify().faults == []


@pytest.mark.parametrize("place", ["file", "actor", "key", "kind"])
def test_any_words_as_a_name_are_one_plain_word_or_refused_in_one_line(place):
    a_landlord()
    no_words = {words for words in NAUGHTY if words and (place == "kind" or not WORD.fullmatch(words))}
    for words in (*no_words, NUL, HALF, HUGE):
        with pytest.raises(BadHeader) as refused:
            take_step(**{**REPORT, "data": {}, place: words}, at=NOON)
        assert is_one_line(str(refused.value))
    assert counted() == [0, 0, 0]


def test_plain_words_are_names_whatever_they_mean_elsewhere():
    a_landlord()
    names = sorted({words for words in NAUGHTY if WORD.fullmatch(words)})
    for name in names:
        take_step(**{**REPORT, "file": name, "key": name}, data={"what_happened": name}, at=NOON)
    assert sorted(Head.objects.values_list("file_id", flat=True)) == names


NEVER_MEANT: tuple[Any, ...] = (NUL, HALF, HUGE, 7, ["no_such_code"], {"no_such_name": "x"})


@pytest.mark.parametrize("field", ["what_happened", "subject", "happened_on", "behaviours", "departures", "no_such"])
def test_a_value_that_cannot_be_meant_is_refused_and_nothing_is_half_written(field):
    a_landlord()
    taken("report_incident", "incident-1", what_happened="She shouted.")
    before = counted()
    for given in NEVER_MEANT:
        with pytest.raises(BadStep) as refused:
            take_step(**{**REPORT, "file": "incident-2"}, data={"what_happened": "x", field: given}, at=NOON)
        assert {problem.field.partition(".")[0] for problem in refused.value.problems} == {field}
        assert [str(problem) for problem in refused.value.problems if not is_one_line(str(problem))] == []
    assert (counted(), Head.objects.get().sequence) == (before, 1)


def test_words_that_are_no_step_are_refused_in_one_line():
    for words in (*NAUGHTY, NUL, HALF, HUGE):
        with pytest.raises(UnknownStep) as refused:
            take_step(**{**REPORT, "step": words}, data={}, at=NOON)
        assert is_one_line(str(refused.value))
    assert counted() == [0, 0, 0]


def test_any_words_may_be_a_person_s_name():
    enter(
        Registers(customers={f"c{number}": CustomerRecord(f"c{number}", words) for number, words in enumerate(NAUGHTY)})
    )
    customers = registers_on(london_day(NOON)).customers
    assert tuple(customers[f"c{number}"].name for number in range(len(NAUGHTY))) == NAUGHTY


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (NUL, "customer name holds a NUL character, which cannot be recorded; remove it."),
        (HALF, "customer name holds half of a character pair (a lone surrogate); remove it."),
    ],
    ids=["NUL", "half"],
)
def test_a_name_that_no_database_keeps_is_refused_and_nobody_is_entered(name, says):
    with pytest.raises(NotCanonical) as refused:
        enter(Registers(customers={"ann": CustomerRecord("ann", "Ann"), "bob": CustomerRecord("bob", name)}))
    assert (str(refused.value), Customer.objects.count()) == (says, 0)
