"""Erasure from end to end: planted words go from the disk; every fold, list and proof still works (clause 3.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from evenhand.cases.archive import FOLDS, RecordArchive
from evenhand.cases.models import FileIndex, FilePerson
from evenhand.cases.rebuild import rebuild, verify
from evenhand.cases.redeciding import NotKept, decided_again
from evenhand.casework.shape import BadStep
from evenhand.record.reading import read_entries
from evenhand.record.scrubbing import scrub_storage
from tests.cases.making import OPENED, a_landlord, file, taken

PLANTED = ("violet-lantern-gossip", "marmalade threat", "Zinnia Quillfeather", "sapphire-teapot")
GOSSIP, THREAT, REPORTER, CORRECTED = PLANTED


def a_planted_history() -> None:
    """incident-1 and case-1 about carol, with planted words in facts, a correction, and who reported."""
    a_landlord()
    told: dict[str, Any] = {"what_happened": f"She said {GOSSIP}.", "words_said": THREAT, "reporter_name": REPORTER}
    taken("report_incident", "incident-1", subject="carol", witnesses=[f"Ann: {GOSSIP}"], **told)
    changes = {"what_happened": f"She said {CORRECTED}."}
    taken("correct_entry", "incident-1", minute=1, entry="incident-1#1", changes=changes, reasons="A slip.")
    taken("open_case", "case-1", minute=2, **{**OPENED, "incidents": []})


def erase(minute: int, *fields: str, on: str = "incident-1", entry: str = "incident-1#1") -> None:
    step = taken("erase_content", on, "dpo", minute=minute, entry=entry, fields=list(fields), reasons="Asked for.")
    assert step.decision.refusals == ()


def words_left(folder: Path) -> list[str]:
    """The planted words that stand in any file under a folder."""
    content = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return [word for word in PLANTED if word.encode() in content]


def words_stored() -> list[str]:
    """The planted words that stand in what can be read back."""
    names = FileIndex.objects.values_list("kind", "name")
    content = "".join(body for key in names for one in read_entries(*key) for body in one.parts.values())
    return [word for word in PLANTED if word in content]


def test_h18_erased_fields_are_gone_from_the_entry_and_from_what_corrected_it(database):
    a_planted_history()
    assert words_stored() == list(PLANTED)
    erase(5, "what_happened", "witnesses")
    assert words_stored() == [THREAT, REPORTER]
    data = file("incident-1").by_ref["incident-1#1"].data
    assert (data.what_happened, data.witnesses, data.words_said) == ("[erased]", ("[erased]",), THREAT)
    erase(6, "words_said", "reporter_name", "what_happened")
    assert words_stored() == []
    assert verify().faults == []


def test_h18_a_fold_after_erasure_is_the_one_read_back(database):
    a_planted_history()
    erase(5, "what_happened")
    kept = file("incident-1").recorded
    FOLDS._folds.clear()
    assert file("incident-1").recorded == kept


def test_h18_sentences_that_quote_erased_words_go_too(database):
    a_planted_history()
    taken("add_evidence", "case-1", minute=3, what=GOSSIP, how_known=THREAT)
    taken("request_evidence", "case-1", minute=4, what=GOSSIP, from_name=REPORTER)
    erase(5, "what", "how_known", on="case-1", entry="case-1#2")
    quoted = [one.parts["findings"] for one in read_entries("case", "case-1")]
    assert [word for word in PLANTED if any(word in said for said in quoted)] == []
    assert verify().faults == []


def test_h18_a_step_goes_on_after_an_erasure(database):
    a_planted_history()
    erase(5, "what_happened")
    assert taken("triage_incident", "incident-1", "mina", minute=6, route="new_case").decision.allowed is True
    assert verify().faults == []


def test_h18_an_entry_of_another_file_is_erased_there(database):
    a_planted_history()
    with pytest.raises(BadStep):
        erase(5, "what_happened", on="case-1")
    assert words_stored() == list(PLANTED)


def test_h25_what_was_erased_is_not_decided_again(database):
    a_planted_history()
    erase(5, "what_happened")
    for stored in (*read_entries("incident", "incident-1")[:2], *read_entries("case", "case-1")):
        with pytest.raises(NotKept):
            decided_again(stored)


def dispose(name: str = "incident-1") -> None:
    """Disposes of a file long after its retention has passed."""
    years = 60 * 24 * 366 * 20
    step = taken("dispose_file", name, "dpo", minute=years, reasons="Its time has passed.")
    assert step.decision.refusals == ()


def test_h18_a_disposed_file_folds_to_disposed_and_everything_else_still_works(database):
    a_planted_history()
    taken("triage_incident", "incident-1", "mina", minute=3, route="new_case")
    dispose()
    assert words_stored() == []
    gone = file("incident-1")
    assert (gone.state, gone.subject, len(gone.recorded), gone.sequence) == ("disposed", "", 1, 4)
    assert [(row.state, row.subject) for row in FileIndex.objects.filter(name="incident-1")] == [("disposed", "")]
    assert list(FilePerson.objects.filter(file="incident-1")) == []
    assert sorted(RecordArchive().names_about("carol")) == ["case-1"]
    refused = taken("add_note", "incident-1", minute=60 * 24 * 366 * 21, text="More.")
    assert [finding.check for finding in refused.decision.refusals] == ["stage"]
    assert verify().faults == []
    assert rebuild() == 2
    assert verify().faults == []


def test_h18_no_planted_word_is_left_in_sqlite_files(sqlite):
    a_planted_history()
    assert words_left(sqlite.parent) == list(PLANTED)
    erase(5, "what_happened", "witnesses")
    assert words_left(sqlite.parent) == [THREAT, REPORTER]
    taken("triage_incident", "incident-1", "mina", minute=6, route="new_case")
    dispose()
    assert words_left(sqlite.parent) == []
    assert verify().faults == []


def test_h18_no_planted_word_is_left_in_postgresql_files(postgresql, postgresql_server):
    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    run("ALTER TABLE record_part ALTER COLUMN body SET STORAGE EXTERNAL")  # uncompressed, so that words can be seen
    a_planted_history()
    run("CHECKPOINT")
    assert words_left(postgresql_server.data) == list(PLANTED)
    taken("triage_incident", "incident-1", "mina", minute=6, route="new_case")
    dispose()
    scrub_storage()
    for statement in ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"):
        run(statement)
    assert words_left(postgresql_server.data) == []
    assert verify().faults == []


def test_h18_words_an_erasure_could_not_reach_at_once_are_spoken_of(sqlite, caplog):
    a_planted_history()
    reader = connection.copy()
    reader.settings_dict["OPTIONS"] = {**reader.settings_dict["OPTIONS"], "timeout": 0}
    with reader.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT count(*) FROM record_entry")
        with connection.cursor() as own:
            own.execute("PRAGMA busy_timeout = 0")
        erase(5, "what_happened")
    reader.close()
    (said,) = [record.getMessage() for record in caplog.records]
    assert "Somebody is still reading from before the erasure" in said
    assert words_stored() == [GOSSIP, THREAT, REPORTER]
