"""Erasure: the words go, the proof stays, and nothing but what was named goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.transaction import TransactionManagementError

from evenhand.record.append import append_entry, lock_heads
from evenhand.record.chain import BadHeader, EntryRef
from evenhand.record.erasing import BLANK, Erase, NothingToErase, blanked, whole_file
from evenhand.record.reading import read_entries
from evenhand.record.receipts import RequestKey, find_by_key
from evenhand.record.scrubbing import CannotScrub, scrub_storage
from evenhand.record.verify import verify
from tests.record.making import an_entry, record
from tests.record.tampering import run

PLANTED = [b"Zinnia Quillfeather", b"violet-lantern-gossip", b"marmalade threat"]
BODY = '{"account":{"text":"Zinnia Quillfeather said it"},"list":[{"n":1,"note":"violet-lantern-gossip"}]}'
REPORTER = '{"name":"marmalade threat' + " and much more" * 3000 + '"}'


def a_planted_entry(**changes):
    """An entry full of words that must not survive."""
    return record(an_entry(parts={"main": BODY, "reporter": REPORTER}, **changes), request=RequestKey("k", "digest"))


def test_h18_erasing_a_part_leaves_the_entry_and_its_proof(database):
    entry = a_planted_entry()
    record(an_entry(step="erase_content"), erases=[Erase(entry.ref, "main", "request")])
    (erased, _) = read_entries("case", "case-1")
    assert (erased.header, erased.hash) == (entry.header, entry.hash)
    assert (sorted(erased.parts), erased.erased, erased.replaced) == (["reporter"], {"main"}, frozenset())
    assert verify().is_sound


def test_h18_erasing_fields_blanks_them_and_keeps_the_shape(database):
    entry = a_planted_entry()
    record(an_entry(), erases=[Erase(entry.ref, "main", "request", ("account.text", "list.0.note"))])
    (erased, _) = read_entries("case", "case-1")
    assert erased.parts["main"] == '{"account":{"text":"[erased]"},"list":[{"n":1,"note":"[erased]"}]}'
    assert (erased.erased, erased.replaced) == (frozenset(), {"main"})
    assert verify().is_sound


def test_h18_a_part_may_be_erased_field_by_field_and_then_whole(database):
    entry = a_planted_entry()
    for fields in (("account.text",), ("list.0.note",), ()):
        record(an_entry(), erases=[Erase(entry.ref, "main", "request", fields)])
    assert read_entries("case", "case-1")[0].erased == {"main"}
    assert verify().is_sound


def test_h18_one_entry_may_erase_what_it_copied_into_other_files(database):
    entry, flag = a_planted_entry(), record(an_entry(kind="flag", file_id="flag-1"))
    with transaction.atomic():
        heads = lock_heads([("case", "case-1"), ("flag", "flag-1")])
        append_entry(
            heads,
            an_entry(step="erase_content"),
            erases=[Erase(flag.ref, "facts", "request"), Erase(entry.ref, "reporter", "request")],
        )
    assert read_entries("flag", "flag-1")[0].erased == {"facts"}
    assert verify().is_sound


def test_h18_disposal_erases_everything_of_the_file_and_nothing_of_others(database):
    a_planted_entry()
    record(an_entry())
    other = record(an_entry(file_id="case-2"))
    record(an_entry(step="dispose_file"), erases=whole_file("case", "case-1", "retention"))
    assert [sorted(entry.parts) for entry in read_entries("case", "case-1")] == [[], [], ["facts", "findings", "main"]]
    assert read_entries("case", "case-2") == [other]
    assert verify().is_sound


def test_h18_the_receipt_of_an_erased_entry_goes_too(database):
    entry = a_planted_entry()
    record(an_entry(), erases=[Erase(entry.ref, "main", "request")])
    assert find_by_key("olu", RequestKey("k", "another")) is None


@pytest.mark.parametrize(
    ("erase", "error", "said"),
    [
        (
            Erase(EntryRef("case", "case-1", 1), "findings", "request"),
            NothingToErase,
            "Part findings of case/case-1#1 is not there: it never was, or it has been erased already.",
        ),
        (
            Erase(EntryRef("case", "case-1", 1), "main", "request", ("account.tone",)),
            NothingToErase,
            "Part main of case/case-1#1 has no field 'account.tone'; check the path.",
        ),
        (
            Erase(EntryRef("case", "case-1", 1), "main", "request", ("list.9.note",)),
            NothingToErase,
            "Part main of case/case-1#1 has no field 'list.9.note'; check the path.",
        ),
        (
            Erase(EntryRef("case", "case-1", 1), "main", "request", ("list.0.n",)),
            NothingToErase,
            "Part main of case/case-1#1 has no text at 'list.0.n': only text is blanked, so that the shape stays.",
        ),
        (
            Erase(EntryRef("case", "case-1", 1), "main", "because she asked"),
            BadHeader,
            "The reason 'because she asked' must be one word: it outlives what it erases.",
        ),
    ],
)
def test_what_cannot_be_erased_is_refused(database, erase, error, said):
    a_planted_entry()
    with pytest.raises(error) as refused:
        record(an_entry(), erases=[erase])
    assert str(refused.value) == said
    assert len(read_entries("case", "case-1")) == 1


def test_blanked_blanks_only_what_is_named():
    assert blanked('{"a":"x","b":"x"}', ["a"], "here") == f'{{"a":"{BLANK}","b":"x"}}'


def test_h18_no_planted_word_is_left_in_sqlite_files(sqlite):
    entry = a_planted_entry()
    assert words_left(sqlite.parent) == PLANTED
    record(an_entry(), erases=[Erase(entry.ref, "main", "request", ("account.text", "list.0.note"))])
    scrub_storage()
    assert words_left(sqlite.parent) == PLANTED[2:]
    record(an_entry(), erases=whole_file("case", "case-1", "retention"))
    scrub_storage()
    assert words_left(sqlite.parent) == []
    assert verify().is_sound


def test_h18_no_planted_word_is_left_in_postgresql_files(postgresql, postgresql_server):
    run("ALTER TABLE record_part ALTER COLUMN body SET STORAGE EXTERNAL")  # uncompressed, so that words can be seen
    a_planted_entry()
    run("CHECKPOINT")
    assert words_left(postgresql_server.data) == PLANTED
    record(an_entry(), erases=whole_file("case", "case-1", "retention"))
    scrub_storage()
    for statement in ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"):
        run(statement)
    assert words_left(postgresql_server.data) == []
    assert verify().is_sound


def test_h18_scrubbing_refuses_inside_a_transaction(database):
    with transaction.atomic(), pytest.raises(TransactionManagementError):
        scrub_storage()


def test_h18_scrubbing_says_when_a_reader_keeps_erased_words(sqlite):
    record(an_entry())
    reader = connections.create_connection("default")
    reader.settings_dict["OPTIONS"]["timeout"] = 0
    with reader.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT * FROM record_entry")
        run("PRAGMA busy_timeout = 0")
        record(an_entry())
        with pytest.raises(CannotScrub) as refused:
            scrub_storage()
    reader.close()
    assert str(refused.value) == "Somebody is still reading from before the erasure; try again when they are done."
    connection.close()


def words_left(folder: Path) -> list[bytes]:
    """The planted words that stand in any file under a folder."""
    found = {word for path in folder.rglob("*") if path.is_file() for word in PLANTED if word in path.read_bytes()}
    return [word for word in PLANTED if word in found]
