"""Which files a decision reads: its own, every one about its person, and those it refers to."""

from collections.abc import Iterable

from evenhand.casework.entry import File
from evenhand.casework.facts import Facts
from evenhand.casework.gather import FILES, gather
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.decision import ProposeSanction
from evenhand.casework.steps.flag import ProposeFlag
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.opening import LinkIncident, OpenCase
from evenhand.casework.steps.person import RecordNeed
from tests.casework.build import DAY, EDITION, REGISTERS, Story, kind_of


class Shelf:
    """The files of a story, with whom or what each is about."""

    def __init__(self, story: Story) -> None:
        self.files = {name: FILES[kind_of(name)](name, entries) for name, entries in story.recorded.items()}

    def file(self, name: str) -> File | None:
        return self.files.get(name)

    def names_about(self, subject: str) -> Iterable[str]:
        return [
            name for name, file in self.files.items() if subject in {file.subject, getattr(file, "place", ""), name}
        ]


def neighbours() -> Story:
    """Carol and Dave, each with a file, a flag, a case and a report; and a flag on a home."""
    story = Story()
    for number, who in enumerate(("carol", "dave"), 1):
        story.add(f"incident-{number}", ReportIncident(subject=who))
        story.add(f"case-{number}", OpenCase(subject=who, incidents=(f"incident-{number}",)))
        story.add(f"flag-{number}", ProposeFlag(subject=who))
        story.add(who, RecordNeed(need="autism"))
    story.add("flag-3", ProposeFlag(place="100"))
    return story


def read(story: Story, file: str, draft: StepData | None = None) -> set[str]:
    """The names of the files that a decision reads."""
    return set(gathered(story, file, draft).files)


def gathered(story: Story, file: str, draft: StepData | None = None) -> Facts:
    shelf = Shelf(story)
    own = shelf.file(file) or FILES[kind_of(file)](file, ())
    return gather(shelf, REGISTERS, EDITION, own, draft=draft, actor="olu", at=story.now, day=DAY)


CAROLS, DAVES = {"incident-1", "case-1", "flag-1", "carol"}, {"incident-2", "case-2", "flag-2", "dave"}


def test_a_decision_reads_every_file_about_its_person():
    story = neighbours()
    assert [read(story, name) for name in sorted(CAROLS)] == [CAROLS | {"flag-3"}, CAROLS, CAROLS, CAROLS]


def test_a_new_file_reads_what_is_about_whom_it_names():
    story = neighbours()
    assert read(story, "case-3", OpenCase(subject="dave")) == DAVES | {"case-3"}
    assert read(story, "case-3") == {"case-3"}


def test_a_report_at_a_home_reads_the_flags_on_it():
    story = neighbours()
    assert read(story, "incident-3", ReportIncident(home="100")) == {"incident-3", "flag-3"}


def test_a_measure_that_binds_somebody_else_reads_their_files_too():
    story = neighbours()
    story.add("case-1", ProposeSanction(remedy="warning_letter", subject="dave"))
    assert read(story, "case-1") == CAROLS | DAVES
    assert read(story, "case-2") == DAVES


def test_what_a_draft_refers_to_is_read_with_the_files_of_its_person():
    story = neighbours()
    assert read(story, "case-1", LinkIncident(incident="incident-2")) == CAROLS | DAVES
    assert read(story, "case-1", ProposeSanction(evidence=("incident-2#1",))) == CAROLS | DAVES
    assert read(story, "case-1", AddEvidence(what="x", incident="incident-9")) == CAROLS


def test_a_case_reads_the_incidents_it_stands_on_and_those_of_other_cases_of_the_person():
    story = neighbours()
    story.add("incident-4", ReportIncident())
    story.add("case-1", LinkIncident(incident="incident-4"))
    story.add("flag-4", ProposeFlag(incident="incident-4"))
    assert read(story, "case-1") == CAROLS | {"incident-4"}
    assert read(story, "flag-1") == CAROLS | {"incident-4"}
    assert read(story, "flag-4") == {"flag-4", "incident-4"}


def test_the_file_itself_is_always_the_one_that_is_decided_on():
    story = neighbours()
    facts = gathered(story, "case-3", OpenCase(subject="carol"))
    assert (facts.files["case-3"] is facts.file, facts.file.exists) == (True, False)
    assert (facts.actor, facts.day, facts.edition, facts.other_edition) == ("olu", DAY, EDITION, None)
