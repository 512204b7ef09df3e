"""Folds remembered by the hash of their last entry."""

from __future__ import annotations

import pytest

from evenhand.cases.archive import FOLDS, Folds, NotLocked, RecordArchive
from evenhand.casework.case import CaseFile
from evenhand.record.models import Head
from tests.cases.making import an_open_case, taken


def test_the_folds_used_longest_ago_go_first():
    folds, files = Folds(size=2), [CaseFile(f"case-{number}", ()) for number in range(3)]
    folds.keep("a", files[0])
    folds.keep("b", files[1])
    assert folds.get("a") is files[0]
    folds.keep("c", files[2])
    assert [folds.get(name) for name in "abc"] == [files[0], None, files[2]]


def test_a_fold_can_be_forgotten():
    folds = Folds(size=2)
    folds.keep("a", CaseFile("case-1", ()))
    folds.forget("a")
    folds.forget("b")
    assert folds.get("a") is None


def test_a_fold_read_from_the_record_is_the_one_kept_when_it_was_taken(database):
    an_open_case()
    taken("add_note", "case-1", minute=3, text="Hm.")
    last_hash = Head.objects.get(file_id="case-1").hash
    kept = FOLDS.get(last_hash)
    assert RecordArchive().file("case-1") is kept
    FOLDS.forget(last_hash)
    again = RecordArchive().file("case-1")
    assert again is not kept
    assert again.recorded == kept.recorded


def test_an_archive_of_locked_files_reads_no_other(database):
    an_open_case()
    head = Head.objects.get(file_id="case-1")
    archive = RecordArchive({("case", "case-1"): head.hash})
    assert archive.file("case-1").sequence == 1
    assert archive.file("case-9") is None
    with pytest.raises(NotLocked) as refused:
        archive.names_about("carol")
    assert refused.value.file == ("incident", "incident-1")
