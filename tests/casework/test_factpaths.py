"""The facts that a story may ask for, by dotted path."""

from datetime import date
from typing import get_args

import pytest

from evenhand.casework.factpaths import FACT_PATHS, THINGS, fact, paths_of, pattern_of
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, ReceiveAppeal, SuspendSanction
from evenhand.casework.steps.base import FileKind
from evenhand.casework.steps.decision import DeclineSanction
from evenhand.casework.steps.flag import ProposeFlag
from evenhand.casework.steps.incident import ReportIncident, TriageIncident
from evenhand.casework.steps.notice import LiftSanction
from evenhand.casework.steps.person import NameRepresentative, RecordNeed
from tests.casework.build import DAY
from tests.casework.checks.measures import TOLD, approved, opened, proposed, told

ENDS = {"remedy": "restricted_channels", "ends_on": "2021-09-30"}


def found(story, name: str) -> dict[str, object]:
    """Every path of a file but those of things inside a case."""
    file = story.facts(name).file
    return {path: fact(file, path, DAY, {}) for path in FACT_PATHS[file.kind]}


def sanction_state(story, ref: str, on: date = DAY) -> object:
    return fact(story.facts().file, "sanctions.it.state", on, {"it": ref})


def test_facts_of_an_incident():
    story = opened()
    said = {
        "state": "reported",
        "subject": "carol",
        "reporter": "olu",
        "happened_on": "2021-07-01",
        "affected": ("olu",),
    }
    assert found(story, "incident-1") == {**said, "route": "none", "reporter_told": "false"}
    story.add("incident-1", TriageIncident(route="watch"))
    assert found(story, "incident-1")["route"] == "watch"


def test_facts_of_a_case():
    assert found(opened(), "case-1") == {
        "state": "endorsed",
        "subject": "carol",
        "officer": "olu",
        "edition": "stonewater-2020-05",
        "urgent": "false",
        "restricted": "false",
        "incidents": ("incident-1",),
        "opened_on": "2021-07-01",
        "died_on": "none",
    }


def test_facts_of_a_sanction():
    story = opened()
    ref = told(story, **{**ENDS, "ends_on": "2021-12-31"})
    facts = story.facts().file
    assert {path: fact(facts, f"sanctions.it.{path}", DAY, {"it": ref}) for path in THINGS["sanctions"]} == {
        "state": "live",
        "remedy": "restricted_channels",
        "subject": "carol",
        "approved_on": "2021-08-03",
        "told_on": "2021-08-04",
        "imposed_on": "2021-08-04",
        "appeal_by": "2021-08-18",
        "review_from": "2021-09-04",
        "review_by": "2021-11-04",
        "review_overdue": "false",
        "ends_on": "2021-12-31",
        "ended_on": "none",
        "live": "true",
    }


def test_facts_of_a_sanction_say_where_it_stands():
    story = opened()
    ref = proposed(story)
    assert sanction_state(story, ref) == "proposed"
    story.add("case-1", DeclineSanction(sanction=ref))
    assert sanction_state(story, ref) == "declined"
    assert sanction_state(opened(), "case-1#9") == "none"
    other = opened()
    assert sanction_state(other, approved(other)) == "approved"


def test_facts_of_a_sanction_told_say_where_it_stands():
    story = opened()
    ref = told(story, **ENDS)
    before, after = date(2021, 8, 3), date(2021, 10, 1)
    assert [sanction_state(story, ref, on) for on in (before, TOLD, after)] == ["to begin", "live", "lapsed"]
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    story.add("case-1", SuspendSanction(appeal=appeal, sanction=ref))
    assert sanction_state(story, ref) == "suspended"
    story.add("case-1", LiftSanction(sanction=ref))
    assert sanction_state(story, ref) == "ended"


def test_facts_of_an_appeal():
    story = opened()
    appeal = story.add("case-1", ReceiveAppeal(against=told(story)))
    paths = {path: f"appeals.it.{path}" for path in THINGS["appeals"]}

    def now() -> dict[str, object]:
        return {path: fact(story.facts().file, dotted, DAY, {"it": appeal}) for path, dotted in paths.items()}

    received = {"state": "admitted", "officer": "none", "late": "false", "received_on": "2021-08-06", "outcome": "none"}
    assert now() == received
    story.add("case-1", AssignAppeal(appeal=appeal, officer="sue"))
    story.add("case-1", DecideAppeal(appeal=appeal, outcome="dismissed"))
    assert now() == {**received, "state": "decided", "officer": "sue", "outcome": "dismissed"}


def test_facts_of_a_flag():
    story = opened()
    story.add("flag-1", ProposeFlag(subject="carol", category="physical", control_measures=("two_people",)))
    assert found(story, "flag-1") == {
        "state": "proposed",
        "subject": "carol",
        "place": "none",
        "category": "physical",
        "control_measures": ("two_people",),
        "live": "false",
        "told": "false",
        "disputed": "false",
        "review_by": "none",
        "lapses_on": "none",
        "ended_on": "none",
    }


def test_facts_of_a_person():
    story = opened()
    story.add("carol", RecordNeed(need="autism"))
    story.add("carol", RecordNeed(details="Tired in the mornings"))
    story.add("carol", NameRepresentative(representative="D. Okafor"))
    assert found(story, "carol") == {
        "state": "known", "needs": ("autism",), "representatives": ("D. Okafor",), "complaints": "0", "died_on": "none",
    }  # fmt: skip


@pytest.mark.parametrize("kind", get_args(FileKind))
def test_facts_are_listed_for_every_kind_of_file(kind):
    inside = [f"{things}.<name>.{path}" for things, paths in THINGS.items() for path in paths]
    assert paths_of(kind) == [*FACT_PATHS[kind], *(inside if kind == "case" else [])]


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("state", "state"),
        ("sanctions.limit.live", "sanctions.<name>.live"),
        ("appeals.case-1#3.late", "appeals.<name>.late"),
    ],
)
def test_facts_have_a_documented_form(path, pattern):
    assert pattern_of(path) == pattern


def test_facts_of_an_incident_without_people_are_empty():
    story = opened()
    story.add("incident-2", ReportIncident())
    assert found(story, "incident-2")["affected"] == ()
