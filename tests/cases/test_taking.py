"""Taking a step: decided, recorded, projected, once, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.cases.archive import FOLDS, RecordArchive
from evenhand.cases.models import FileIndex
from evenhand.cases.rebuild import verify
from evenhand.cases.taking import NameTaken, engine_version, take_step
from evenhand.casework.decide import NotOffered
from evenhand.casework.shape import BadStep
from evenhand.casework.steps import UnknownStep
from evenhand.record.append import ClockWentBack, Conflict, UnknownSequence
from evenhand.record.chain import BadHeader
from evenhand.record.models import Entry, Head
from evenhand.record.reading import read_entries
from evenhand.record.receipts import KeyReused
from tests.cases.making import NOON, OPENED, a_landlord, an_open_case, file, taken

pytestmark = pytest.mark.usefixtures("database")


def test_an_allowed_step_is_recorded_and_read_back_as_it_was_taken():
    a_landlord()
    step = taken("report_incident", "incident-1", subject="carol", what_happened="She shouted.", reporter_name="Jo Poe")
    assert file("incident-1").recorded == step.entries
    (stored,) = read_entries("incident", "incident-1")
    assert (stored.header.actor_id, stored.header.role, stored.header.engine_version) == (
        "olu",
        "colleague",
        engine_version(),
    )
    assert sorted(stored.parts) == ["facts", "findings", "main", "reporter"]


def test_h3_who_reported_is_kept_apart_from_what_was_reported():
    a_landlord()
    taken("report_incident", "incident-1", what_happened="He shouted.", reporter="rae", reporter_name="Jo Poe")
    taken("add_note", "incident-1", "mina", text="Seen.")
    for stored in read_entries("incident", "incident-1"):
        said = {name: [word for word in ('"rae"', "Jo Poe") if word in body] for name, body in stored.parts.items()}
        expected = ['"rae"', "Jo Poe"] if stored.header.sequence == 1 else ['"rae"']
        assert said == {"facts": [], "findings": [], "main": [], "reporter": expected}


def test_a_refused_step_is_answered_and_nothing_is_written():
    a_landlord()
    step = taken("open_case", "case-1")
    assert (step.decision.allowed, step.entries) == (False, ())
    assert [Entry.objects.count(), Head.objects.count(), FileIndex.objects.count()] == [0, 0, 0]


@pytest.mark.parametrize(
    ("heeded", "recorded"), [(None, 1), ((), 0), (("training_current",), 0), (("no_similar_open_case",), 1)]
)
def test_a_step_that_warns_of_what_was_not_heeded_is_decided_and_not_recorded(heeded, recorded):
    an_open_case()
    opened = {**OPENED, "incidents": []}
    step = taken("open_case", "case-2", minute=2, heeded=heeded, **opened)
    assert (step.decision.allowed, [one.check for one in step.decision.warnings]) == (True, ["no_similar_open_case"])
    assert (len(step.entries), Entry.objects.filter(file_id="case-2").count()) == (recorded, recorded)


def test_what_follows_on_other_files_is_recorded_with_it():
    an_open_case()
    step = taken("triage_incident", "incident-1", "mina", minute=2, route="join_case", case="case-1")
    assert [(entry.ref, entry.data.name, entry.because_of) for entry in step.entries] == [
        ("incident-1#2", "triage_incident", ""),
        ("case-1#2", "link_incident", "incident-1#2"),
    ]
    assert file("case-1").recorded[1:] == step.entries[1:]
    assert verify().faults == []


@pytest.mark.parametrize("read", [(), [("case", "case-1")], [("incident", "incident-1"), ("case", "case-1")]])
def test_a_step_is_decided_on_every_file_whatever_the_asker_read(read):
    an_open_case()
    step = taken(
        "triage_incident", "incident-1", "mina", minute=2, read=read, route="join_case", case="case-1", expected=1
    )
    assert [entry.ref for entry in step.entries] == ["incident-1#2", "case-1#2"]
    assert verify().faults == []


def test_a_step_counts_from_the_day_it_was_taken_on():
    a_landlord()
    step = taken("report_incident", "incident-1", taken_on=date(2026, 2, 27), what_happened="She shouted.")
    assert (step.entries[0].taken_on, step.entries[0].promises[0].due_on) == (date(2026, 2, 27), date(2026, 3, 3))


@pytest.mark.parametrize("is_folded_before", [True, False])
def test_a_step_is_decided_on_what_the_record_holds(is_folded_before):
    an_open_case()
    if not is_folded_before:
        FOLDS._folds.clear()
    step = taken("open_case", "case-1", minute=2, expected=1, **OPENED)
    assert [finding.check for finding in step.decision.refusals] == ["stage"]


def test_h17_a_step_on_a_file_that_has_moved_on_names_who_was_quicker():
    an_open_case()
    with pytest.raises(Conflict) as refused:
        taken("add_note", "incident-1", "max", minute=2, expected=0, text="Late.")
    assert (refused.value.quicker.header.actor_id, refused.value.quicker.header.step) == ("olu", "report_incident")
    with pytest.raises(UnknownSequence):
        taken("add_note", "incident-1", "max", minute=2, expected=7, text="Early.")
    assert len(read_entries("incident", "incident-1")) == 1


def test_h16_a_request_sent_again_is_answered_and_not_taken_again():
    an_open_case()
    options = {"minute": 2, "expected": 1, "key": "k-1", "route": "join_case", "case": "case-1"}
    first = taken("triage_incident", "incident-1", "mina", **options)
    again = taken("triage_incident", "incident-1", "mina", **options)
    assert again == first
    assert [len(first.entries), Entry.objects.count()] == [2, 4]


def test_h16_the_first_request_on_a_new_file_is_answered_again_too():
    a_landlord()
    first = taken("report_incident", "incident-1", key="k-1", what_happened="She shouted.")
    assert taken("report_incident", "incident-1", key="k-1", what_happened="She shouted.") == first


def test_what_goes_along_is_written_with_the_step_and_not_without_it():
    a_landlord()
    went = []

    def take(step: str, name: str, **said: Any) -> None:
        def along() -> None:
            went.append((name, Entry.objects.filter(file_id=name).count()))

        taken(step, name, along=along, **said)

    take("open_case", "case-1")
    assert went == []
    take("report_incident", "incident-1", key="k-1", what_happened="She shouted.")
    take("report_incident", "incident-1", key="k-1", what_happened="She shouted.")
    assert went == [("incident-1", 1), ("incident-1", 1)]


def test_a_step_is_not_recorded_where_what_goes_along_fails():
    a_landlord()

    def fails() -> None:
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        taken("report_incident", "incident-1", what_happened="She shouted.", along=fails)
    assert [Entry.objects.count(), Head.objects.count(), FileIndex.objects.count()] == [0, 0, 0]


def test_h16_a_key_that_came_with_another_request_is_refused():
    a_landlord()
    taken("report_incident", "incident-1", key="k-1", what_happened="She shouted.")
    with pytest.raises(KeyReused):
        taken("report_incident", "incident-2", key="k-1", what_happened="She shouted.")


def test_a_name_stands_for_one_file_whatever_its_kind():
    an_open_case()
    with pytest.raises(NameTaken) as refused:
        taken("propose_flag", "case-1", kind="flag", minute=2, subject="carol")
    assert str(refused.value) == "case-1 is the name of a case file: choose another for the flag."


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"step": "add_nite"}, UnknownStep, "There is no step 'add_nite'. Did you mean 'add_note'?"),
        ({"data": {"texts": "x"}}, BadStep, "text: this is needed.; texts: there is no such field. Did you mean text?"),
        ({"data": {"text": "a\x00b"}}, BadStep, "text: holds a NUL character, which no letter can print: take it out."),
        ({"data": {"text": "a" * 10_000_000}}, BadStep, "text: this is longer than 20,000 characters."),
        (
            {"data": {"text": "half \ud800"}},
            BadStep,
            "text: holds half a character, which no letter can print: take it out.",
        ),
        (
            {"file": "case 1"},
            BadHeader,
            "The file 'case 1' cannot be recorded: it must be one word of at most 100 letters, digits and _.:@+~-.",
        ),
        (
            {"actor": "o\x00lu"},
            BadHeader,
            "The actor 'o\\x00lu' cannot be recorded: it must be one word of at most 100 letters, digits and _.:@+~-.",
        ),
        (
            {"kind": "folder"},
            BadHeader,
            "There is no kind of file 'folder'; there are incident, case, flag, person, inquiry.",
        ),
        (
            {"step": "open_case", "data": {}},
            NotOffered,
            "open_case is taken on a case file, and incident-1 is a incident.",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line_and_nothing_is_written(given, error, said):
    a_landlord()
    usual = {"step": "add_note", "kind": "incident", "file": "incident-1", "data": {"text": "Hm."}, "actor": "olu"}
    with pytest.raises(error) as refused:
        take_step(**{**usual, **given}, at=NOON)
    assert str(refused.value) == said
    assert [Entry.objects.count(), Head.objects.count()] == [0, 0]


def test_h23_a_clock_that_went_back_is_refused():
    an_open_case()
    with pytest.raises(ClockWentBack):
        taken("add_note", "incident-1", minute=-5, text="Earlier.")


def test_an_actor_nobody_knows_may_do_nothing():
    a_landlord()
    step = taken("report_incident", "incident-1", "stranger", what_happened="She shouted.")
    assert [finding.check for finding in step.decision.refusals] == ["role"]


def test_the_files_about_a_person_are_found_by_their_name():
    an_open_case()
    assert sorted(RecordArchive().names_about("carol")) == ["case-1", "incident-1"]
    assert RecordArchive().file("case-2") is None


def test_the_same_instant_may_hold_several_steps():
    an_open_case()
    for number in range(3):
        taken("add_note", "case-1", minute=2, text=f"Note {number}.")
    assert [entry.recorded_at for entry in file("case-1").recorded[1:]] == [NOON + timedelta(minutes=2)] * 3
