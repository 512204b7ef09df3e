"""Checkpoints: what they cover, that they chain, and that a damaged copy is not believed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from evenhand.record import checkpoints
from evenhand.record.append import ClockWentBack
from evenhand.record.checkpoints import BadCheckpoint, make_checkpoint, read_document
from evenhand.record.erasing import Erase
from evenhand.record.verify import verify
from tests.record.making import NOON, a_history, an_entry, record

HOUR = timedelta(hours=1)


def test_make_checkpoint_covers_what_changed_since_the_one_before(database):
    history = a_history()
    first = make_checkpoint(NOON + HOUR)
    later = record(an_entry(recorded_at=NOON + HOUR))
    second = make_checkpoint(NOON + 2 * HOUR)
    assert first.heads == [["case", "case-1", 0, 5, history[4].hash], ["case", "case-2", 0, 3, history[7].hash]]
    assert second.heads == [["case", "case-1", 5, 6, later.hash]]
    assert (second.number, second.seal.previous) == (2, first.digest)
    assert verify(first).is_sound
    assert verify(second).is_sound


def test_make_checkpoint_with_nothing_new_still_chains(database):
    first, second = make_checkpoint(NOON), make_checkpoint(NOON)
    assert (second.heads, second.seal.previous) == ([], first.digest)


def test_h22_the_list_of_erasures_travels_with_the_checkpoint_that_covers_them(database):
    entry = record(an_entry())
    make_checkpoint(NOON)
    record(an_entry(), erases=[Erase(entry.ref, "main", "request")])
    document = make_checkpoint(NOON)
    commitment = json.loads(entry.header.commitments)["main"]
    assert document.erasures == [["case", "case-1", 1, "main", commitment, "", "request"]]
    assert make_checkpoint(NOON).erasures == []


def test_a_document_reads_back_as_it_was_made(database):
    a_history()
    document = make_checkpoint(NOON + HOUR)
    assert read_document(document.text) == document


def test_a_document_that_would_be_long_carries_only_the_digest_of_its_heads(database, monkeypatch):
    monkeypatch.setattr(checkpoints, "HEADS_CARRIED", 1)
    a_history()
    document = read_document(make_checkpoint(NOON + HOUR).text)
    assert document.heads is None
    assert verify(document).is_sound


def test_number_and_digest_are_enough(database):
    a_history()
    document = make_checkpoint(NOON + HOUR)
    assert verify(read_document(json.dumps({"number": 1, "digest": document.digest}))).is_sound


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "[]",
        "{}",
        '{"number": 1}',
        '{"digest": "d"}',
        '{"number": 1, "taken_at": 1}',
        '{"number": "x", "digest": ""}',
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadCheckpoint) as refused:
        read_document(text)
    assert str(refused.value) == ("This is no checkpoint: give the file that was made by a checkpoint, unchanged.")


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2},
        {"digest": 5},
        {"digest": "0" * 64},
        {"taken_at": "2026-01-01"},
        {"heads": []},
        {"heads": [["case"]]},
        {"erasures": [["case", "case-1", 1, "main", "c", "", "shame"]]},
        {"erasures": "none"},
    ],
)
def test_a_damaged_document_is_refused(sqlite, change):
    a_history()
    text = json.dumps(json.loads(make_checkpoint(NOON + HOUR).text) | change)
    with pytest.raises(BadCheckpoint) as refused:
        read_document(text)
    assert str(refused.value) == (
        "The checkpoint was damaged or changed: its lists do not give its digest. Use another copy."
    )


def test_h23_a_checkpoint_before_the_last_is_refused(database):
    make_checkpoint(NOON)
    with pytest.raises(ClockWentBack) as refused:
        make_checkpoint(NOON - HOUR)
    assert str(refused.value) == (
        "The clock says 2026-03-02T11:00:00.000000+00:00, before the last checkpoint at "
        "2026-03-02T12:00:00.000000+00:00."
    )
