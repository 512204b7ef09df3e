"""Writers at the same time, on both databases: one wins, the others learn who, and nothing is lost or taken twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from evenhand.record.append import Conflict, append_entry, lock_heads, refuse_conflict
from evenhand.record.checkpoints import make_checkpoint
from evenhand.record.reading import StoredEntry, read_entries
from evenhand.record.receipts import KeyReused, RequestKey, find_by_key
from evenhand.record.verify import verify
from tests.record.making import NOON, an_entry, record

pytestmark = pytest.mark.usefixtures("database")

WRITERS = 6
CASE = ("case", "case-1")


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What each of the writers got, or the error it met, when all start together on connections of their own."""
    ready = Barrier(WRITERS)

    def run(number: int) -> Any:
        try:
            connection.ensure_connection()
            ready.wait()
            return act(number)
        except Exception as error:  # noqa: BLE001 - what the loser meets is the answer
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def take(number: int, expected: int) -> StoredEntry:
    """One writer's step on a file it read at `expected`."""
    with transaction.atomic():
        heads = lock_heads([CASE])
        refuse_conflict(heads[CASE], expected)
        return append_entry(heads, an_entry(actor_id=f"writer-{number}"))


def take_once(request: RequestKey) -> StoredEntry:
    """A step as a request that may arrive twice."""
    with transaction.atomic():
        heads = lock_heads([CASE])
        return find_by_key("olu", request) or append_entry(heads, an_entry(), request=request)


def test_h17_one_writer_wins_each_sequence_and_the_others_learn_who():
    for sequence in range(5):
        outcomes = at_once(lambda number, expected=sequence: take(number, expected))
        (winner,) = [outcome for outcome in outcomes if isinstance(outcome, StoredEntry)]
        losers = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        assert [loser.quicker for loser in losers] == [winner] * (WRITERS - 1)
    assert len(read_entries(*CASE)) == 5
    assert verify().is_sound


def test_h17_writers_who_read_nothing_before_all_get_in():
    outcomes = at_once(lambda number: [record(an_entry(actor_id=f"writer-{number}")) for _ in range(5)])
    written = sorted((entry for entries in outcomes for entry in entries), key=lambda entry: entry.ref)
    assert written == read_entries(*CASE)
    assert [entry.header.sequence for entry in written] == list(range(1, 5 * WRITERS + 1))


def test_h17_writers_who_lock_the_same_new_files_do_not_wait_for_each_other():
    files = [("case", f"case-{number}") for number in range(WRITERS)]

    def take_all(number: int) -> int:
        for turn in range(5):
            with transaction.atomic():
                heads = lock_heads(files[number:] + files[:number] + [("flag", f"flag-{turn}")])
                for kind, file_id in files[number:] + files[:number]:
                    append_entry(heads, an_entry(kind=kind, file_id=file_id))
        return number

    assert at_once(take_all) == list(range(WRITERS))
    assert verify().entries == 5 * WRITERS * WRITERS


def test_h16_a_request_sent_many_times_at_once_is_taken_once():
    entries = at_once(lambda _: take_once(RequestKey("key-1", "digest")))
    assert entries == read_entries(*CASE) * WRITERS


def test_h16_a_request_sent_again_gets_the_same_entry():
    first = take_once(RequestKey("key-1", "digest"))
    assert take_once(RequestKey("key-1", "digest")) == first
    assert take_once(RequestKey("key-2", "digest")) != first


def test_h16_a_key_used_for_another_request_is_refused():
    take_once(RequestKey("key-1", "digest"))
    with pytest.raises(KeyReused) as refused:
        take_once(RequestKey("key-1", "another"))
    assert str(refused.value) == "olu has used the key 'key-1' for another request; send this one with a fresh key."
    assert len(read_entries(*CASE)) == 1


def test_h16_a_key_used_on_another_file_without_looking_is_refused_and_nothing_is_kept():
    take_once(RequestKey("key-1", "digest"))
    with pytest.raises(KeyReused):
        record(an_entry(file_id="case-2"), request=RequestKey("key-1", "digest"))
    assert read_entries("case", "case-2") == []


def test_two_people_may_use_the_same_key():
    take_once(RequestKey("key-1", "digest"))
    mina = record(an_entry(actor_id="mina"), request=RequestKey("key-1", "digest"))
    assert find_by_key("mina", RequestKey("key-1", "digest")) == mina


def test_h20_checkpoints_made_while_others_write_cover_whole_entries():
    def act(number: int) -> None:
        for turn in range(8):
            if number == 0:
                make_checkpoint(NOON + timedelta(minutes=turn))
            else:
                record(an_entry(file_id=f"case-{number % 3}"))

    assert at_once(act) == [None] * WRITERS
    report = verify(make_checkpoint(NOON + timedelta(hours=1)))
    assert (report.entries, report.checkpoints, report.faults) == (8 * (WRITERS - 1), 9, [])
