"""Synthetic cases: chained, listed and decided as if each had been taken step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from evenhand.cases import bulk
from evenhand.cases.bulk import STORIES, NotAllowed, decided, differing, load_synthetic
from evenhand.cases.editions import SHIPPED, named
from evenhand.cases.models import FileIndex
from evenhand.cases.rebuild import verify
from evenhand.cases.redeciding import decided_again
from evenhand.people.reading import registers_on
from evenhand.policy.findings import Outcome
from tests.cases.making import NOON, file, taken


@pytest.fixture
def _few_days(monkeypatch):
    monkeypatch.setattr(bulk, "DAYS", 2)
    monkeypatch.setattr(bulk, "CASES_AT_ONCE", 17)


@pytest.mark.usefixtures("_few_days")
def test_h25_synthetic_cases_verify_and_are_decided_the_same_again(database):
    loaded = load_synthetic(40, seed=1)
    report = verify()
    assert (report.entries, report.faults) == (loaded, [])
    assert (len(registers_on(NOON.date()).customers), FileIndex.objects.filter(kind="incident").count()) == (40, 40)
    assert differing(30, seed=1) == []


@pytest.mark.usefixtures("_few_days")
def test_more_cases_can_be_added_and_go_on(sqlite):
    load_synthetic(5, seed=1)
    load_synthetic(5, seed=1)
    name = FileIndex.objects.filter(kind="incident").order_by("-name").first().name
    before = file(name).sequence
    assert taken("add_note", name, text="Hm.").decision.allowed is True
    assert (file(name).sequence, verify().faults) == (before + 1, [])


@pytest.mark.usefixtures("_few_days")
def test_what_another_edition_would_decide_is_seen_to_differ(sqlite, monkeypatch):
    load_synthetic(5, seed=1)
    shipped = named(SHIPPED)
    without = replace(shipped, gates=dict.fromkeys(shipped.gates, ()))
    monkeypatch.setattr(bulk, "decided_again", partial(decided_again, editions=lambda _: without))
    assert len(differing(5, seed=1)) > 0


@pytest.mark.parametrize("story", STORIES)
def test_every_synthetic_story_owes_and_decides_as_the_engine_does(story):
    made = decided(story, date(2024, 1, 8))
    assert [entry.taken_on for entry in made.entries] == sorted(entry.taken_on for entry in made.entries)
    assert {entry.file_id.partition("-")[2] for entry in made.entries} == {bulk.STAND_IN}
    assert Outcome.UNKNOWN.value not in "".join(entry.parts["findings"] for entry in made.entries)


def test_a_story_that_is_refused_makes_no_cases(monkeypatch):
    monkeypatch.setattr(bulk, "Template", Refused)
    with pytest.raises(NotAllowed) as refused:
        decided.__wrapped__("settled", date(2024, 1, 8))
    assert str(refused.value).startswith("settled, line ")


class Refused(bulk.Template):
    """The story with a role taken away."""

    def substitute(self, *args, **kwargs):
        return super().substitute(*args, **kwargs).replace("[case_officer]", "[colleague]")
