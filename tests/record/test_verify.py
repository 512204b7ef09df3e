"""Every kind of tampering is found on both databases, and honest histories are not accused."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction

from evenhand.record import chain
from evenhand.record import verify as verifying
from evenhand.record.append import append_entry, lock_heads
from evenhand.record.chain import EntryRef
from evenhand.record.checkpoints import CheckpointDocument, make_checkpoint, read_document
from evenhand.record.erasing import Erase, whole_file
from evenhand.record.tables import snapshot
from evenhand.record.verify import verify
from tests.postgres import serving
from tests.record.making import NOON, a_history, an_entry, record
from tests.record.tampering import (
    SHIFTED,
    chain_again,
    change,
    forge,
    guards_off,
    move,
    remove,
    rewrite,
    run,
    seal_again,
    set_head,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def kept(database) -> CheckpointDocument:
    """A history, with a checkpoint that was kept elsewhere."""
    a_history()
    return read_document(make_checkpoint(NOON + HOUR).text)


def first_fault(kept: CheckpointDocument | None = None) -> str:
    """The first thing `verify` says."""
    return str(verify(kept).first)


def test_h20_an_honest_record_is_sound(kept):
    record(an_entry(recorded_at=NOON + 2 * HOUR))
    report = verify(kept)
    assert (report.files, report.entries, report.checkpoints, report.faults) == (2, 9, 1, [])
    assert report.is_sound


def test_h20_an_empty_record_is_sound(database):
    assert verify().is_sound


def test_h20_a_lawfully_erased_record_is_sound(kept):
    record(
        an_entry(recorded_at=NOON + HOUR), erases=[Erase(EntryRef("case", "case-2", 2), "main", "request", ("note",))]
    )
    record(an_entry(file_id="case-2", recorded_at=NOON + HOUR), erases=whole_file("case", "case-2", "retention"))
    assert verify(kept).faults == []


def test_h20_swapped(kept):
    with guards_off():
        move(2, SHIFTED)
        move(3, 2)
        move(SHIFTED, 3)
    assert first_fault() == "case/case-1#2: does not follow from the entry before it"


def test_h20_inserted_between(kept):
    with guards_off():
        for sequence in (5, 4, 3):
            move(sequence, sequence + SHIFTED)
        forge(3)
        for sequence in (3, 4, 5):
            move(sequence + SHIFTED, sequence + 1)
    assert first_fault() == "case/case-1#4: does not follow from the entry before it"


def test_h20_duplicated(kept):
    columns = ", ".join(name for name in (*chain.HEADER_FIELDS, "hash") if name != "sequence")
    with guards_off():
        run(
            f"INSERT INTO record_entry (sequence, {columns}) SELECT 6, {columns} FROM record_entry"
            " WHERE file_id = 'case-1' AND sequence = 5"
        )
    assert first_fault() == "case/case-1#6: does not follow from the entry before it"


def test_h20_added_at_the_end(kept):
    with guards_off():
        forge(6)
    assert first_fault() == "case/case-1#6: was added without moving the head of its file"


EARLIER = "2026-03-02T11:00:00.000000+00:00"
MAIN_OF_4 = "name = 'main' AND file_id = 'case-1' AND sequence = 4"
REWRITTEN = "5: it, or one before it, was rewritten after checkpoint 1"
FIRST_GONE = "1: is gone; checkpoint 1 covers 5 entries of its file"
LAST_GONE = "5: is gone; checkpoint 1 covers 5 entries of its file"


def drop_head() -> None:
    """Removes the head of case-1."""
    run("DELETE FROM record_head WHERE file_id = 'case-1'")


def empty_file() -> None:
    """Removes the entries of case-1 and says there never were any."""
    remove(1)
    set_head(0, "")


def delete_file() -> None:
    """Removes every trace of case-1 from heads and entries."""
    remove(1)
    drop_head()


TAMPERED = {
    "content": (lambda: change("record_part", "body", b"{}", 3), "3: its main is not what was recorded"),
    "content and proof": (lambda: rewrite(3, '{"note":"kind"}'), "3: its header is not what was recorded"),
    "actor": (lambda: change("record_entry", "actor_id", "mina", 2), "2: its header is not what was recorded"),
    "day": (lambda: change("record_entry", "taken_on", "2026-03-01", 4), "4: its header is not what was recorded"),
    "clock": (lambda: change("record_entry", "recorded_at", EARLIER, 1), "1: its header is not what was recorded"),
    "hash": (lambda: change("record_entry", "hash", "f" * 64, 4), "4: its header is not what was recorded"),
    "tail cut off": (lambda: remove(5), "5: is missing from the end of its file"),
    "file emptied": (empty_file, FIRST_GONE),
    "file deleted": (delete_file, FIRST_GONE),
    "all but its head": (lambda: remove(1), "5: all entries of its file are gone"),
    "renumbered": (lambda: move(3, 7), "3: is missing; case/case-1#4 stands in its place"),
    "content deleted": (
        lambda: run(f"DELETE FROM record_part WHERE {MAIN_OF_4}"),
        "4: its main is gone and no entry erased it",
    ),
    "content moved": (lambda: change("record_part", "sequence", 9, 5), "5: its facts is gone and no entry erased it"),
    "head deleted": (drop_head, "5: its file has no head"),
    "head ahead": (lambda: set_head(7, "f" * 64), "6: is missing from the end of its file"),
    "head elsewhere": (lambda: set_head(5, "f" * 64), "5: is not where the head of its file stands"),
    "head kept from checkpoints": (
        lambda: run("UPDATE record_head SET sealed = 9 WHERE file_id = 'case-1'"),
        "5: its file and its checkpoints disagree on what is sealed",
    ),
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_h20_changed_without_chaining_again(kept, kind):
    tamper, found = TAMPERED[kind]
    with guards_off():
        tamper()
    assert first_fault() == f"case/case-1#{found}"


def delete_and_close_up() -> None:
    """Takes entry 4 out and moves 5 into its place."""
    move(4, SHIFTED)
    remove(SHIFTED)
    move(5, 4)


def slip_in() -> None:
    """Puts a forged entry in the place of 5, which moves to 6."""
    forge(6)
    move(6, SHIFTED)
    move(5, 6)
    move(SHIFTED, 5)


CHAINED_AGAIN = {
    "edited": (lambda: rewrite(2, '{"note":"kind"}'), REWRITTEN),
    "truncated": (lambda: remove(4), "4: is gone; checkpoint 1 covers 5 entries of its file"),
    "clock": (lambda: change("record_entry", "recorded_at", EARLIER, 1), REWRITTEN),
    "deleted": (delete_and_close_up, LAST_GONE),
    "inserted": (slip_in, REWRITTEN),
}


@pytest.mark.parametrize("kind", CHAINED_AGAIN)
def test_h20_changed_and_chained_again_is_found_by_the_checkpoint(kept, kind):
    tamper, found = CHAINED_AGAIN[kind]
    with guards_off():
        tamper()
        chain_again()
        assert first_fault() == f"case/case-1#{found}"
        seal_again()
    assert verify().is_sound
    assert first_fault(kept) == f"case/case-1#{found}"


def test_h20_number_and_digest_alone_tell_that_history_was_rewritten(kept):
    with guards_off():
        remove(4)
        chain_again()
        seal_again()
    on_a_slip = read_document(f'{{"number": 1, "digest": "{kept.digest}"}}')
    assert first_fault(on_a_slip) == "Checkpoint 1 is not the one kept elsewhere: what it covers was rewritten."


def test_h20_an_altered_checkpoint(kept):
    with guards_off():
        run("UPDATE record_checkpoint SET taken_at = '2026-01-01T00:00:00.000000+00:00'")
    assert first_fault() == "Checkpoint 1 is not what was recorded."


def test_h20_rolled_back_to_an_older_copy_on_sqlite(sqlite, tmp_path):
    a_history()
    older = tmp_path / "older" / sqlite.name
    older.parent.mkdir()
    connections.close_all()
    shutil.copy(sqlite, older)
    record(an_entry(recorded_at=NOON + HOUR))
    kept = make_checkpoint(NOON + HOUR)
    with serving("", older.parent):
        report = verify(kept)
    assert [str(fault) for fault in report.faults] == ROLLED_BACK


def test_h20_rolled_back_to_an_older_copy_on_postgresql(postgresql, postgresql_server, tmp_path):
    a_history()
    connections.close_all()
    postgresql_server.run(f"CREATE DATABASE {postgresql}_older TEMPLATE {postgresql}")
    record(an_entry(recorded_at=NOON + HOUR))
    kept = make_checkpoint(NOON + HOUR)
    with serving(postgresql_server.url(f"{postgresql}_older"), tmp_path):
        report = verify(kept)
    assert [str(fault) for fault in report.faults] == ROLLED_BACK


ROLLED_BACK = [
    "case/case-1#6: is gone; checkpoint 1 covers 6 entries of its file",
    "Checkpoint 1, kept elsewhere, is not in this record: this is an older copy.",
]


def test_h20_an_erasure_nobody_took_a_step_for(kept):
    with guards_off():
        ((commitment,),) = run(
            "SELECT commitment FROM record_part WHERE name = 'main' AND file_id = 'case-1' AND sequence = 2"
        )
        run(
            "INSERT INTO record_erasure VALUES ('case', 'case-1', 2, 'main', %s, '', 'shame', 'case', 'case-1', 5)",
            commitment,
        )
        run("DELETE FROM record_part WHERE name = 'main' AND file_id = 'case-1' AND sequence = 2")
    assert first_fault() == "case/case-1#5: the erasures in its name are not the ones it made"


def test_h20_an_erasure_by_an_entry_that_is_not_there(kept):
    with guards_off():
        run("INSERT INTO record_erasure VALUES ('case', 'case-1', 2, 'main', 'c', '', 'shame', 'case', 'zzz', 5)")
    assert [str(fault) for fault in verify().faults] == [
        "case/case-1#2: an erasure in its name fits nothing it held",
        "case/zzz#5: content or an erasure belongs to this entry, which is not there",
    ]


def test_h20_erased_content_put_back(kept):
    ((*row,),) = run(
        "SELECT salt, body, commitment FROM record_part WHERE name = 'main' AND file_id = 'case-2' AND sequence = 1"
    )
    record(an_entry(recorded_at=NOON + HOUR), erases=[Erase(EntryRef("case", "case-2", 1), "main", "request")])
    run(
        "INSERT INTO record_part (kind, file_id, sequence, name, salt, body, commitment)"
        " VALUES ('case', 'case-2', 1, 'main', %s, %s, %s)",
        *row,
    )
    assert first_fault() == "case/case-2#1: its main should not be there: it was erased, or never recorded"


def test_h20_bytes_moved_from_body_to_salt(kept):
    where = "name = 'main' AND file_id = 'case-1' AND sequence = 2"
    with guards_off():
        ((salt, body),) = run(f"SELECT salt, body FROM record_part WHERE {where}")
        moved = bytes(salt) + bytes(body)[:1], bytes(body)[1:]
        run(f"UPDATE record_part SET salt = %s, body = %s WHERE {where}", *moved)
    assert first_fault() == "case/case-1#2: its main is not what was recorded"


def test_h20_content_that_belongs_to_nothing(kept):
    run(
        "INSERT INTO record_part (kind, file_id, sequence, name, salt, body, commitment)"
        " VALUES ('case', 'case-1', 9, 'main', %s, %s, 'c')",
        *(b"salt", b"{}"),
    )
    assert first_fault() == "case/case-1#9: content or an erasure belongs to this entry, which is not there"


def test_h20_a_guard_taken_away(kept):
    run("DROP TRIGGER record_part_no_update" + (" ON record_part" if connections["default"].vendor != "sqlite" else ""))
    assert first_fault() == "The guard record_part_no_update is gone or off."


def test_h20_an_entry_that_cannot_be_read_is_named(kept):
    with guards_off():
        change("record_entry", "commitments", "not JSON", 1)
    assert first_fault() == "case/case-1#1: cannot be read (Expecting value: line 1 column 1 (char 0))"


def test_h20_a_row_of_another_type_is_reported(sqlite):
    a_history()
    with guards_off():
        change("record_part", "sequence", "three", 3)
    assert first_fault() == "case/case-1#3: its facts is gone and no entry erased it"


def test_h20_a_table_taken_away_is_reported(database):
    run("DROP TABLE record_erasure")
    assert [fault.ref for fault in verify().faults] == [None]


def test_a_report_keeps_the_first_faults_and_counts_the_rest(kept, monkeypatch):
    monkeypatch.setattr(verifying, "FAULTS_KEPT", 2)
    with guards_off():
        run("UPDATE record_entry SET role = 'manager'")
    report = verify()
    assert (report.fault_count, [fault.ref.sequence for fault in report.faults]) == (8, [1, 2])


def test_a_verification_sees_one_moment_while_others_write(database):
    a_history()
    with snapshot():
        before = run("SELECT COUNT(*) FROM record_entry")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write_elsewhere).result()
        after = run("SELECT COUNT(*) FROM record_entry")
    assert (before, after, run("SELECT COUNT(*) FROM record_entry")) == ([(8,)], [(8,)], [(9,)])


def test_a_verification_inside_a_transaction_uses_its_view(database):
    with transaction.atomic():
        append_entry(lock_heads([("case", "case-1")]), an_entry())
        assert verify().entries == 1


def write_elsewhere() -> None:
    """Records an entry on a connection of its own."""
    record(an_entry(recorded_at=NOON + HOUR))
    connections["default"].close()
