"""One dated event: who reported it, whom it affected, and what became of it."""

from datetime import date

from evenhand.casework.decide import decide
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import DisposeFile
from evenhand.casework.steps.incident import (
    MakeSafe,
    NoteCase,
    RecordConversation,
    RecordInjury,
    ReportIncident,
    TellReporter,
    TriageIncident,
)
from tests.casework.build import DAY, Story


def incident(*steps: StepData) -> IncidentFile:
    story = Story()
    for step in steps:
        story.add("incident-1", step)
    return IncidentFile("incident-1", story.recorded["incident-1"])


REPORT = ReportIncident(subject="carol", happened_on=date(2021, 7, 1), affected=("olu",))


def test_an_incident_is_in_a_state():
    triage = TriageIncident(route="watch")
    stages = [incident(), incident(MakeSafe(what="Left.")), incident(REPORT), incident(REPORT, triage)]
    assert [file.state for file in stages] == ["none", "reported", "reported", "triaged"]
    assert incident(REPORT, triage, DisposeFile()).state == "disposed"


def test_a_report_awaits_the_case_that_is_owed_until_one_is_there_or_it_goes_elsewhere():
    story = Story()
    story.add("incident-1", REPORT)
    promises = decide(TriageIncident(route="new_case"), story.facts("incident-1")).promises

    def state() -> str:
        return story.facts("incident-1").file.state

    story.add("incident-1", TriageIncident(route="new_case"), promises=promises)
    assert state() == "awaiting_case"
    story.add("incident-1", NoteCase())
    assert state() == "triaged"
    story.add("incident-1", TriageIncident(route="new_case"), promises=promises)
    assert state() == "awaiting_case"
    story.add("incident-1", TriageIncident(route="watch"))
    assert state() == "triaged"


def test_an_incident_says_who_when_and_by_whom():
    file = incident(REPORT)
    assert (file.subject, file.reporter, file.happened_on, file.reporter_told) == (
        "carol",
        "olu",
        date(2021, 7, 1),
        False,
    )
    bare = incident(ReportIncident(reporter="dana"), TellReporter(told="Looked at."))
    assert (bare.subject, bare.reporter, bare.happened_on, bare.reporter_told) == ("", "dana", DAY, True)


def test_an_incident_that_began_with_making_safe_has_no_report_yet():
    file = incident(MakeSafe(what="Left."))
    assert (file.report, file.subject, file.reporter, file.happened_on, file.affected, file.triage) == (
        None,
        "",
        "",
        None,
        frozenset(),
        None,
    )


def test_an_incident_affects_whom_it_names_and_whoever_was_hurt():
    hurt = RecordInjury(what="Shock", person="max")
    assert incident(REPORT, hurt, RecordInjury(what="Shock")).affected == {"olu", "max"}


def test_an_incident_keeps_the_conversations_about_it():
    talk = RecordConversation(held_with="carol")
    assert [entry.data for entry in incident(REPORT, talk).conversations] == [talk]
