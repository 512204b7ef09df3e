"""Entries as the parts that the record keeps, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from evenhand.casework.decide import Taken, take
from evenhand.casework.entry import AnyEntry, Entry
from evenhand.casework.facts import Facts
from evenhand.casework.gather import FILES, gather
from evenhand.casework.registers import CustomerRecord, Registers, Since, StaffMember
from evenhand.casework.steps import STEPS, UnknownStep
from evenhand.casework.steps.control import AddNote, DisposeFile
from evenhand.casework.steps.decision import ProposeSanction, Terms
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.stored import (
    NO_ROLE,
    entry_from,
    file_from,
    files_read,
    findings_from,
    findings_on,
    parts_of,
    paths_quoting,
    registers_from,
    upcast,
    words_at,
)
from evenhand.casework.story import Memory, play
from evenhand.policy.findings import Citation, Decision, Effect, Finding, Promise, met, not_met
from tests.cases.stories import STORIES, told
from tests.corpus import CORPUS

DAY, NOON = date(2026, 3, 2), datetime(2026, 3, 2, 12, tzinfo=UTC)
STORED = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.json"))
SOME_STORIES = STORIES[::10]


class Noting(Memory):
    """A stage that notes what every step was decided on, and what came of it."""

    def __init__(self, story: Any) -> None:
        super().__init__(story)
        self.noted: list[tuple[Facts, Taken]] = []

    def take(self, line, draft, edition):
        file = self.files.get(line.file) or FILES[line.kind](line.file, ())
        registers, who = self.story.cast.on(line.day), {"actor": line.by, "at": line.at, "day": line.day}
        facts = gather(self, registers, edition, file, draft=draft, other_edition=self._adopted(draft), **who)
        taken = super().take(line, draft, edition)
        self.noted.append((facts, taken))
        return taken


def noted(path: str) -> Iterator[tuple[Facts, Taken]]:
    stage = Noting(told(path))
    play(told(path), stage)
    return iter(stage.noted)


def stored(entry: AnyEntry, decision: Decision, facts: Facts) -> tuple[Any, dict[str, str]]:
    """An entry as the record keeps it: header and parts as text."""
    cause = f"{facts.file.kind}/{entry.because_of}" if entry.because_of else ""
    header = SimpleNamespace(
        kind=entry.kind, file_id=entry.file, sequence=entry.sequence, step=entry.data.name, schema_version=1,
        actor_id=entry.by, role=entry.role or NO_ROLE, taken_on=entry.taken_on.isoformat(),
        recorded_at=entry.recorded_at.isoformat(), because_of=cause,
    )  # fmt: skip
    return header, {name: json.dumps(part) for name, part in parts_of(entry, decision, facts).items()}


@pytest.mark.parametrize("path", SOME_STORIES)
def test_every_entry_of_a_story_reads_back_with_its_findings(path):
    for facts, taken in noted(path):
        for entry in taken.entries:
            header, parts = stored(entry, taken.decision, facts)
            assert entry_from(header, parts) == entry
            assert findings_from(parts["findings"]) == findings_on(entry, taken.decision)
            assert files_read(parts) == [(f.kind, name, f.sequence) for name, f in facts.files.items()]


@pytest.mark.parametrize("path", SOME_STORIES)
def test_h25_the_register_rows_kept_are_enough_to_decide_the_same_again(path):
    for facts, taken in noted(path):
        for entry in taken.entries[:1]:
            _, parts = stored(entry, taken.decision, facts)
            assert take(entry.data, replace(facts, registers=registers_from(parts))) == taken


@pytest.mark.parametrize("path", STORED)
def test_what_a_release_stored_still_folds(path):
    kept = json.loads((CORPUS / path).read_text(encoding="utf-8"))
    header, parts = SimpleNamespace(**kept["header"]), kept["parts"]
    file = file_from(header.kind, header.file_id, [(header, parts)])
    (entry,) = file.recorded
    told_apart = json.loads(parts.get("reporter", '{"data": {}}'))["data"]
    data = {**json.loads(parts["main"])["data"], **told_apart}
    assert entry.data.model_dump(mode="json", exclude_unset=True) == data
    assert (type(entry.data), entry.ref) == (STEPS[header.step], f"{header.file_id}#{header.sequence}")


def an_entry(data: Any, **changes: Any) -> AnyEntry:
    usual = {
        "ref": "incident-1#1", "kind": "incident", "file": "incident-1", "sequence": 1, "by": "olu",
        "role": "colleague", "taken_on": DAY, "recorded_at": NOON, "edition": "small-1",
    }  # fmt: skip
    return Entry(data=data, **{**usual, **changes})


def facts_of(*entries: AnyEntry, registers: Registers) -> Facts:
    file = FILES["incident"]("incident-1", entries)
    return Facts(SimpleNamespace(id="small-1"), DAY, NOON, "olu", file, {"incident-1": file}, registers)  # type: ignore[arg-type] # its id


def a_decision(*findings: Finding) -> Decision:
    role = Finding("role", Citation("small-1", "1.4"), Effect.STOP, met("Taken as colleague."))
    return Decision("add_note", findings or (role,))


STAFF = {
    "olu": StaffMember("olu", "Olu", managers=(Since("mina"), Since("gone"))),
    "mina": StaffMember("mina", "Mina", deputies=(Since("dana", DAY),), training={"conduct": DAY}),
    "dana": StaffMember("dana", "Dana"),
    "boss": StaffMember("boss", "Boss", frozenset({"manager", "auditor"}), deputies=(Since("olu"),)),
    "rae": StaffMember("rae", "Rae"),
    "far": StaffMember("far", "Far"),
}
CUSTOMERS = {
    "carol": CustomerRecord("carol", "Carol", joint_with=frozenset({"dave"}), household=frozenset({"kim", "new"})),
    "dave": CustomerRecord("dave", "Dave", born_on=DAY),
    "kim": CustomerRecord("kim", "Kim"),
    "far": CustomerRecord("far", "Far"),
}


def test_the_rows_kept_are_those_of_everybody_named_and_of_those_beside_them():
    report = an_entry(ReportIncident(subject="carol"))
    parts = parts_of(report, a_decision(), facts_of(registers=Registers(STAFF, CUSTOMERS)))
    rows = parts["facts"]["registers"]
    assert {register: list(found) for register, found in rows.items()} == {
        "staff": ["boss", "dana", "mina", "olu"],
        "customers": ["carol", "dave", "kim"],
    }
    assert rows["staff"]["mina"] == {
        "id": "mina",
        "name": "Mina",
        "deputies": [{"who": "dana", "since": "2026-03-02"}],
        "training": {"conduct": "2026-03-02"},
    }
    assert rows["staff"]["boss"]["roles"] == ["auditor", "manager"]
    assert sorted(parts) == ["facts", "findings", "main"]


def test_h3_a_reporter_is_kept_apart_with_their_row_unless_they_act_themselves():
    report = an_entry(ReportIncident(reporter="rae", reporter_name="Jo", what_happened="Shouting."))
    registers = Registers(STAFF)
    parts = parts_of(report, a_decision(), facts_of(registers=registers))
    assert parts["main"]["data"] == {"what_happened": "Shouting."}
    assert parts["reporter"] == {
        "data": {"reporter": "rae", "reporter_name": "Jo"},
        "staff": {"rae": {"id": "rae", "name": "Rae"}},
    }
    note = an_entry(AddNote(text="Hm."), ref="incident-1#2", sequence=2)
    later = parts_of(note, a_decision(), facts_of(report, registers=registers))
    assert later["reporter"] == {"data": {}, "staff": {"rae": {"id": "rae", "name": "Rae"}}}
    texts = {name: json.dumps(part) for name, part in later.items()}
    assert registers_from(texts).staff["rae"] == STAFF["rae"]
    own = parts_of(replace(note, by="rae"), a_decision(), facts_of(report, registers=registers))
    assert ("reporter" in own, "rae" in own["facts"]["registers"]["staff"]) == (False, True)


def test_findings_keep_their_days_and_promises():
    promise = Promise("look_again", "6.4", DAY, ("manager",), "case-1#2", DAY)
    waits = Finding("late", Citation("small-1", "5.2"), Effect.WARN, not_met("Wait.", not_before=DAY))
    owes = Finding("look_again", Citation("small-1", "6.4"), Effect.OWE, not_met("Look."), promise)
    decision = a_decision(waits, owes)
    note, registers = an_entry(AddNote(text="Hm.")), Registers(STAFF)
    findings = json.dumps(parts_of(note, decision, facts_of(registers=registers))["findings"])
    assert findings_from(findings) == (waits, owes)
    follows = replace(note, because_of="case-1#2", promises=(promise,))
    assert findings_on(follows, decision) == (owes,)


def test_an_entry_whose_content_was_erased_is_passed_over():
    registers = Registers(STAFF)
    gone, _ = stored(an_entry(AddNote(text="Hm.")), a_decision(), facts_of(registers=registers))
    disposing = an_entry(DisposeFile(reasons="Its time."), ref="incident-1#2", sequence=2)
    last = stored(disposing, a_decision(), facts_of(registers=registers))
    file = file_from("incident", "incident-1", [(gone, {}), last])
    assert (file.recorded, file.sequence, file.state) == ((disposing,), 2, "disposed")
    assert entry_from(gone, {}) is None


def test_a_step_that_is_no_more_is_said_by_name():
    header, parts = stored(an_entry(AddNote(text="Hm.")), a_decision(), facts_of(registers=Registers()))
    header.step = "add_nite"
    with pytest.raises(UnknownStep) as unknown:
        entry_from(header, parts)
    assert str(unknown.value) == "There is no step 'add_nite'. Did you mean 'add_note'?"


def test_older_data_is_brought_up_one_version_at_a_time():
    upcasters = {
        ("add_note", 1): lambda data: {"words": data["note"]},
        ("add_note", 2): lambda data: {"text": data["words"]},
    }
    assert upcast("add_note", 1, {"note": "Hm."}, upcasters) == {"text": "Hm."}
    assert upcast("add_note", 2, {"words": "Hm."}, upcasters) == {"text": "Hm."}
    assert upcast("add_note", 3, {"text": "Hm."}, upcasters) == {"text": "Hm."}


def test_a_review_that_named_who_agreed_keeps_the_name_with_its_reasons():
    told = {"outcome": "continue", "reasons": "It goes on.", "approved_by": "sam"}
    assert upcast("review_sanction", 1, told) == {"outcome": "continue", "reasons": "It goes on. (Agreed by: sam.)"}
    assert upcast("review_sanction", 1, {"outcome": "lift"}) == {"outcome": "lift"}
    assert upcast("review_sanction", 1, {"approved_by": "sam"}) == {"reasons": "(Agreed by: sam.)"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("data", "reasons"), [(("data", "reasons"), "Why")]),
        (("data", "alternatives"), [(("data", "alternatives", "0"), "One"), (("data", "alternatives", "2"), "Two")]),
        (("data", "departures"), [(("data", "departures", "appeal"), "Because")]),
        (("data", "starts_on"), [(("data", "starts_on"), "2026-03-02")]),
        (("data", "terms"), [(("data", "terms", "support"), "Help")]),
        (("data", "described"), []),
    ],
)
def test_words_are_found_where_they_stand(path, expected):
    draft = ProposeSanction(
        reasons="Why",
        alternatives=("One", "[erased]", "Two"),
        departures={"appeal": "Because"},
        starts_on=DAY,
        terms=Terms(times_a_week=2, support="Help"),
    )
    main = {"data": draft.model_dump(mode="json", exclude_unset=True)}
    assert list(words_at(main, path)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"gossip"}, [("findings", "0", "sentence")]),
        ({"goss"}, []),
        ({"Hm. (really)", "gossip"}, [("findings", "0", "sentence"), ("findings", "1", "sentence")]),
        (set(), []),
    ],
)
def test_sentences_that_quote_whole_words_are_found(words, expected):
    part = {"findings": [{"sentence": "It says: gossip."}, {"sentence": "Hm. (really)"}, {"sentence": "Fine."}]}
    assert paths_quoting(part, words) == expected
