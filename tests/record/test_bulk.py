"""Loading many entries at once makes the same record as appending them one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.record import bulk
from evenhand.record.append import ClockWentBack
from evenhand.record.bulk import append_many
from evenhand.record.checkpoints import make_checkpoint
from evenhand.record.reading import read_entries
from evenhand.record.verify import verify
from tests.record.making import NOON, an_entry, record

pytestmark = pytest.mark.usefixtures("database")


def test_append_many_chains_like_appending(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 7)
    record(an_entry())
    loaded = append_many(
        an_entry(file_id=f"case-{number}", recorded_at=NOON + timedelta(minutes=minute))
        for number in (1, 2, 3)
        for minute in range(10)
    )
    report = verify(make_checkpoint(NOON + timedelta(days=1)))
    assert (loaded, report.files, report.entries, report.faults) == (30, 3, 31, [])
    assert [entry.header.sequence for entry in read_entries("case", "case-1")] == list(range(1, 12))


def test_append_many_of_nothing_adds_nothing():
    assert append_many([]) == 0


def test_append_many_takes_a_chunk_whole_or_not_at_all():
    with pytest.raises(ClockWentBack):
        append_many([an_entry(), an_entry(recorded_at=NOON - timedelta(days=1))])
    assert read_entries("case", "case-1") == []


def test_a_file_can_go_on_after_it_was_loaded():
    append_many([an_entry(), an_entry()])
    assert record(an_entry()).header.sequence == 3
    assert verify().is_sound
