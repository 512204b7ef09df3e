"""Appending and reading back, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from evenhand.record.append import (
    ClockWentBack,
    Conflict,
    FileNotLocked,
    UnknownSequence,
    append_entry,
    lock_heads,
    refuse_conflict,
)
from evenhand.record.canonical import NotCanonical
from evenhand.record.chain import BadHeader, EntryRef, genesis
from evenhand.record.reading import read_entries, read_entry, read_files
from tests.record.making import NOON, an_entry, record

pytestmark = pytest.mark.usefixtures("database")

CASE = ("case", "case-1")


def test_append_entry_reads_back_as_it_was_given():
    stored = record(an_entry(because_of=EntryRef("flag", "flag-9", 2)))
    assert read_entries("case", "case-1") == [stored]
    assert stored.ref == EntryRef("case", "case-1", 1)
    assert stored.because_of == EntryRef("flag", "flag-9", 2)
    assert (stored.taken_on, stored.recorded_at) == (date(2026, 3, 2), NOON)
    assert stored.parts["main"] == '{"note":{"text":"Seen at home"}}'
    assert (stored.erased, stored.replaced) == (frozenset(), frozenset())


def test_append_entry_chains_to_the_entry_before_and_to_its_file():
    first, second = record(an_entry()), record(an_entry())
    assert first.header.previous == genesis("case", "case-1")
    assert second.header.previous == first.hash
    assert second.header.sequence == 2


def test_two_entries_of_the_same_file_in_one_transaction():
    with transaction.atomic():
        heads = lock_heads([("case", "case-1"), ("flag", "flag-1")])
        first = append_entry(heads, an_entry())
        flag = append_entry(heads, an_entry(kind="flag", file_id="flag-1", because_of=first.ref))
        second = append_entry(heads, an_entry(because_of=flag.ref))
    assert [entry.hash for entry in read_entries("case", "case-1")] == [first.hash, second.hash]
    assert second.because_of == EntryRef("flag", "flag-1", 1)


def test_the_body_comes_back_byte_for_byte():
    body = '{"a":"Zoë Ż e\u0301 \u202e😀 \\u0000"}'
    record(an_entry(parts={"main": body}))
    assert read_entries("case", "case-1")[0].parts == {"main": body}


def test_recorded_at_is_kept_as_utc():
    london = datetime.fromisoformat("2026-07-01T09:00:00.000001+01:00")
    assert record(an_entry(recorded_at=london)).recorded_at == datetime(2026, 7, 1, 8, 0, 0, 1, tzinfo=UTC)


def test_read_entries_stops_where_asked():
    written = [record(an_entry()) for _ in range(3)]
    assert read_entries("case", "case-1", upto=2) == written[:2]
    assert read_entries("case", "none") == []


def test_read_entries_reads_only_the_parts_asked_for():
    record(an_entry())
    (entry,) = read_entries("case", "case-1", parts=["main", "reporter"])
    assert sorted(entry.parts) == ["main"]
    assert entry.erased == frozenset()


def test_read_entries_with_no_parts_reads_headers():
    record(an_entry())
    assert [entry.parts for entry in read_entries("case", "case-1", parts=[])] == [{}]


def test_read_files_reads_several_in_one_statement(django_assert_num_queries):
    case, flag = record(an_entry()), record(an_entry(kind="flag", file_id="flag-1"))
    with django_assert_num_queries(1):
        read = read_files([("case", "case-1"), ("flag", "flag-1"), ("flag", "none")])
    assert read == {("case", "case-1"): [case], ("flag", "flag-1"): [flag], ("flag", "none"): []}
    assert read_files([]) == {}


def test_read_entry_reads_one():
    record(an_entry())
    second = record(an_entry())
    assert read_entry(second.ref) == second
    assert read_entry(EntryRef("case", "case-1", 3)) is None


def test_lock_heads_needs_a_transaction():
    with pytest.raises(TransactionManagementError):
        lock_heads([("case", "case-1")])


def test_lock_heads_of_nothing_locks_nothing():
    with transaction.atomic():
        assert lock_heads([]) == {}


def test_lock_heads_makes_no_head_for_a_file_said_to_stand():
    with transaction.atomic():
        assert lock_heads([("case", "case-1")], standing={("case", "case-1")}) == {}


def test_append_entry_needs_the_lock_of_its_file():
    with transaction.atomic(), pytest.raises(FileNotLocked) as refused:
        append_entry(lock_heads([("case", "case-2")]), an_entry())
    assert str(refused.value) == "Lock case/case-1 before appending to it."


def test_h17_a_late_writer_is_told_who_was_quicker():
    record(an_entry())
    record(an_entry(actor_id="mina", step="endorse_case"))
    with transaction.atomic(), pytest.raises(Conflict) as refused:
        refuse_conflict(lock_heads([CASE])[CASE], expected=1)
    assert (refused.value.quicker.header.actor_id, refused.value.quicker.header.step) == ("mina", "endorse_case")
    assert str(refused.value) == (
        "mina was quicker: endorse_case was recorded as case/case-1#2 after you read the file at 1. "
        "Read it again and decide on what stands now."
    )


def test_lock_heads_says_where_each_file_stands_and_nobody_was_quicker_there():
    record(an_entry())
    with transaction.atomic():
        heads = lock_heads([CASE, ("case", "new")])
        refuse_conflict(heads[CASE], expected=1)
    assert {file: head.sequence for file, head in heads.items()} == {CASE: 1, ("case", "new"): 0}


def test_refuse_conflict_refuses_a_sequence_that_never_was():
    with transaction.atomic(), pytest.raises(UnknownSequence) as refused:
        refuse_conflict(lock_heads([CASE])[CASE], expected=4)
    assert str(refused.value) == "case/case-1 has 0 entries, not 4; read it again."


def test_h23_an_entry_before_the_latest_is_refused():
    record(an_entry())
    with pytest.raises(ClockWentBack) as refused:
        record(an_entry(recorded_at=NOON - timedelta(microseconds=1)))
    assert str(refused.value) == (
        "The clock says 2026-03-02T11:59:59.999999+00:00, before the latest entry of case/case-1 at "
        "2026-03-02T12:00:00.000000+00:00. Set the clock right, then try again."
    )
    assert len(read_entries("case", "case-1")) == 1


def test_h23_the_hour_that_comes_twice_is_in_order():
    before = datetime.fromisoformat("2026-10-25T01:59:00+01:00")
    after = datetime.fromisoformat("2026-10-25T01:01:00+00:00")
    record(an_entry(recorded_at=before))
    assert record(an_entry(recorded_at=after)).header.sequence == 2


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        (
            {"parts": {"main": "a\x00b"}},
            NotCanonical,
            "part main holds a NUL character, which cannot be recorded; remove it.",
        ),
        (
            {"parts": {"main": "\ud800"}},
            NotCanonical,
            "part main holds half of a character pair (a lone surrogate); remove it.",
        ),
        (
            {"parts": {"gossip": "{}"}},
            BadHeader,
            "An entry has no part called 'gossip'; the parts are facts, findings, main, reporter.",
        ),
        (
            {"recorded_at": datetime(2026, 3, 2)},  # noqa: DTZ001 - the point of the case
            BadHeader,
            "The instant 2026-03-02T00:00:00 has no time zone; give one.",
        ),
        (
            {"actor_id": "Mrs A. Person"},
            BadHeader,
            (
                "The entry's actor_id is 'Mrs A. Person'; it must be one word of at most 100 letters, "
                "digits and _.:@+~- because it can never be erased."
            ),
        ),
        (
            {"step": "n\x00l"},
            BadHeader,
            (
                "The entry's step is 'n\\x00l'; it must be one word of at most 100 letters, digits and _.:@+~- "
                "because it can never be erased."
            ),
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_in_the_same_words_everywhere(changes, error, said):
    with pytest.raises(error) as refused:
        record(an_entry(**changes))
    assert str(refused.value) == said
    assert read_entries("case", "case-1") == []


def test_a_field_of_ten_megabytes_comes_back():
    body = '"' + "x" * 10_000_000 + '"'
    record(an_entry(parts={"main": body}))
    assert read_entries("case", "case-1")[0].parts["main"] == body
