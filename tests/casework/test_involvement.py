"""Who took part in what: the writer of each entry, whom it names, and their line managers at the time."""

from datetime import date

import pytest

from evenhand.casework.involvement import NAMED, PARTS, case_files, parts_of, took_part, with_managers
from evenhand.casework.registers import Since
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import AssessEquality, ConsiderConversation
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence, RecordCounterAllegation
from evenhand.casework.steps.control import AddNote, CorrectEntry, Withdraw
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.incident import AddStatement, RecordInjury, ReportIncident
from evenhand.casework.steps.notice import AgreeContinuation
from evenhand.casework.steps.opening import EndorseCase, OpenCase
from tests.casework.build import REGISTERS, Story, with_staff
from tests.casework.checks.measures import opened, told

Shown = dict[str, dict[str, str]]


def shown(story: Story, *names: str) -> Shown:
    """Each person's parts, with the entry that shows each."""
    files = story.facts().files
    parts = took_part(files[name] for name in names)
    return {who: {part: entry.ref for part, entry in theirs.items()} for who, theirs in parts.items()}


def parts_by(story: Story, draft: StepData, by: str = "max") -> Shown:
    """The parts that one entry shows."""
    ref = story.add("case-1", draft, by=by)
    return {
        who: found
        for who, theirs in shown(story, "case-1").items()
        if (found := {part: at for part, at in theirs.items() if at == ref})
    }


def test_h6_parts_are_read_from_the_record():
    story = opened()
    told(story)
    assert shown(story, "incident-1", "case-1") == {
        "olu": {
            "affected": "incident-1#1",
            "reported": "incident-1#1",
            "opened": "case-1#1",
            "proposed": "case-1#3",
            "advised": "case-1#5",
        },
        "mina": {"endorsed": "case-1#2"},
        "sam": {"approved": "case-1#4"},
    }


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (AddStatement(words="x", person="dana"), {"max": {"reported"}, "dana": {"reported"}}),
        (OpenCase(colleague="dana"), {"max": {"opened"}, "dana": {"opened"}}),
        (ConsiderConversation(by="dana"), {"max": {"advised"}, "dana": {"advised"}}),
        (AddEvidence(what="x"), {"max": {"advised"}}),
        (RecordCounterAllegation(what="x", about="dana"), {"dana": {"affected"}}),
        (ProposeSanction(remedy="warning_letter"), {"max": {"proposed"}}),
        (TakeUrgentAction(manager="dana"), {"max": {"proposed"}, "dana": {"approved"}}),
        (
            ApproveSanction(present=("dana", "sue"), consulted=("olu",)),
            {"max": {"approved"}, "dana": {"approved"}, "sue": {"approved"}, "olu": {"advised"}},
        ),
        (AgreeContinuation(answer="agreed", present=("dana",)), {"max": {"approved"}, "dana": {"approved"}}),
        (AssignAppeal(officer="sue"), {"max": {"assigned"}}),
        (DecideAppeal(outcome="upheld"), {"max": {"appeal_officer"}}),
        (AddNote(text="x"), {}),
        (ReceiveAppeal(), {}),
    ],
)
def test_h6_an_entry_shows_the_part_of_its_writer_and_of_those_it_names(draft, expected):
    assert {who: set(theirs) for who, theirs in parts_by(Story(), draft).items()} == expected


def test_h6_whoever_enters_a_report_for_a_colleague_did_not_report_it():
    story = Story()
    story.add("incident-1", ReportIncident(reporter="dana", affected=("max", "olu")), by="sue")
    story.add("incident-1", RecordInjury(what="x", person="mina"), by="sue")
    assert {who: set(theirs) for who, theirs in shown(story, "incident-1").items()} == {
        "dana": {"reported"},
        "max": {"affected"},
        "olu": {"affected"},
        "mina": {"affected"},
        "sue": {"recorded"},
    }


def test_h6_a_part_stays_though_its_entry_was_corrected_or_withdrawn():
    story = opened()
    ref = story.add("case-1", ProposeSanction(remedy="warning_letter"), by="max")
    shows = story.add("case-1", AddEvidence(what="x"), by="dana")
    story.add("case-1", CorrectEntry(entry=shows, changes={"first_hand": False}, reasons="x"))
    story.add("case-1", Withdraw(entry=ref), by="max")
    found = shown(story, "case-1")
    assert (found["max"], found["dana"]) == ({"proposed": ref}, {"advised": shows})


def test_the_first_entry_shows_a_part():
    story = opened()
    first = story.add("case-1", AddEvidence(what="x"), by="max")
    story.add("case-1", AddEvidence(what="y"), by="max")
    assert shown(story, "case-1")["max"] == {"advised": first}


def test_only_what_counts_is_counted():
    story = opened()
    told(story)
    case = story.facts().file
    parts = took_part([case], counts=lambda entry: isinstance(entry.data, EndorseCase))
    assert set(parts) == {"mina"}


def test_every_part_is_of_a_step_that_there_is():
    assert set(PARTS) <= set(STEPS.values())
    assert {model for model, _, _ in NAMED} <= set(STEPS.values())
    assert [(model, field) for model, field, _ in NAMED if field not in model.model_fields] == []


# --- Line managers


def test_h6_line_managers_and_deputies_of_those_who_took_part_as_at_the_time():
    moved = (Since("mina", until=date(2021, 7, 31)), Since("max", since=date(2021, 8, 1)))
    registers = with_staff(REGISTERS, "olu", managers=moved)
    story = Story(registers=registers)
    early = story.add("case-1", OpenCase(subject="carol"), on=date(2021, 7, 31))
    late = story.add("case-1", ProposeSanction(remedy="warning_letter"), on=date(2021, 8, 1))
    parts = with_managers(took_part([story.facts().file]), registers)
    assert {who: {part: entry.ref for part, entry in theirs.items()} for who, theirs in parts.items()} == {
        "olu": {"opened": early, "proposed": late},
        "mina": {"managed": early},
        "dana": {"managed": early},
        "max": {"managed": late},
    }


def test_h6_two_line_managers_at_once_are_both_involved():
    registers = with_staff(REGISTERS, "olu", managers=(Since("mina"), Since("max")))
    story = Story(registers=registers)
    story.add("case-1", OpenCase(subject="carol"))
    parts = with_managers(took_part([story.facts().file]), registers)
    assert {who: set(theirs) for who, theirs in parts.items()} == {
        "olu": {"opened"},
        "mina": {"managed"},
        "max": {"managed"},
        "dana": {"managed"},
    }


def test_h6_somebody_may_take_part_and_manage_another_who_does():
    story = opened()
    facts = story.facts()
    parts = with_managers(took_part([facts.file]), REGISTERS)
    assert {who: set(theirs) for who, theirs in parts.items()} == {
        "olu": {"opened"},
        "mina": {"endorsed", "managed"},
        "dana": {"managed"},
        "sam": {"managed"},
    }
    assert parts_of("mina", parts, ("managed", "approved", "endorsed")) == ["managed", "endorsed"]
    assert parts_of("sue", parts, ("managed", "approved", "endorsed")) == []


def test_h6_an_assessment_on_the_persons_own_file_is_a_part_and_nothing_else_there():
    story = opened()
    weighed = story.add("carol", AssessEquality(), by="dana")
    story.add("carol", AddEvidence(what="x"), by="max")
    facts = story.facts()
    files = case_files(facts.case, facts.files, ["incident-1"])
    assert [file.name for file in files] == ["case-1", "incident-1", "carol"]
    parts = took_part(files)
    assert ({part: e.ref for part, e in parts["dana"].items()}, "max" in parts) == ({"advised": weighed}, False)


def test_a_case_brings_the_incidents_it_stands_on():
    story = opened()
    facts = story.facts()
    found = case_files(facts.case, facts.files, ["incident-1", "incident-7", "case-1"])
    assert [file.name for file in found] == ["case-1", "incident-1"]
