"""What a step brings about on other files: death, news, a new incident, a correction, an appeal upheld."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evenhand.casework.consequences import cites, consequences, pointed_at
from evenhand.casework.decide import decide, take
from evenhand.casework.duties import DUTIES
from evenhand.casework.entry import AnyEntry
from evenhand.casework.facts import Facts
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.control import AddNote, AskLookAgain, CorrectEntry, MarkDeath
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction
from evenhand.casework.steps.flag import ApproveFlag, EndFlag, ProposeFlag, RestartFlag
from evenhand.casework.steps.incident import NoteCase, ReportIncident, TriageIncident
from evenhand.casework.steps.inquiry import ConcludeInquiry, NoteInquiry, OpenInquiry
from evenhand.casework.steps.notice import LiftSanction
from evenhand.casework.steps.opening import LinkIncident, OpenCase
from evenhand.casework.steps.person import RecordChange, RecordNeed
from evenhand.policy.findings import met
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import REVIEW_BY, opened, proposed, told


def follows(story: Story, file: str, data: StepData, **changes: Any) -> list[tuple[str, StepData]]:
    """What follows from an entry on a file, taken now."""
    story.add(file, data, **changes)
    made = story.recorded[file][-1]
    return list(consequences(made, story.facts(file)))


def flagged(story: Story, name: str = "flag-1", **changes: Any) -> None:
    """A flag that a manager approved: about Carol, unless something else is said."""
    data = {"subject": "carol", "category": "physical", **changes}
    story.add(name, ProposeFlag.model_validate(data))
    story.add(name, ApproveFlag(), by="max")


def taken(facts: Facts, draft: StepData) -> list[tuple[str, StepData, str]]:
    """The entries that a step makes, by file, with what they are because of."""
    return [(entry.file, entry.data, entry.because_of) for entry in take(draft, facts).entries]


# --- Death


def test_death_is_marked_on_every_case_and_flag_about_the_person_and_on_no_other():
    story = opened()
    flagged(story)
    flagged(story, "flag-2", subject="dave")
    story.add("case-2", OpenCase(subject="dave"))
    story.add("incident-2", ReportIncident(subject="carol"))
    marked = MarkDeath(subject="carol", happened_on=date(2021, 8, 1))
    death = RecordChange(change="death", happened_on=date(2021, 8, 1))
    assert follows(story, "carol", death) == [("case-1", marked), ("flag-1", marked)]


def test_death_is_marked_on_an_inquiry_into_what_they_said():
    story = Story()
    story.add("inquiry-1", INQUIRY)
    assert follows(story, "carol", RecordChange(change="death")) == [("inquiry-1", MarkDeath(subject="carol"))]


def test_death_is_taken_with_what_follows_as_one_step():
    story = opened()
    ref = told(story, remedy="office_access", ends_on="2022-01-31", terms={"offices": ["High Street"]})
    facts = story.facts("carol")
    assert taken(facts, RecordChange(change="death")) == [
        ("carol", RecordChange(change="death"), ""),
        ("case-1", MarkDeath(subject="carol"), "carol#1"),
    ]
    story.recorded["case-1"].append(take(RecordChange(change="death"), facts).entries[1])
    assert story.facts().case.sanctions[ref].ended_on == DAY


# --- Something new about the person


@pytest.mark.parametrize("news", [RecordNeed(need="autism"), RecordChange(change="move")])
def test_news_asks_for_another_look_wherever_something_stands_against_the_person(news):
    story = opened()
    told(story)
    flagged(story)
    look = AskLookAgain(entry="carol#1", why=f"New on carol: ‘{EDITION.steps[news.name].title}’.")
    assert follows(story, "carol", news) == [("case-1", look), ("flag-1", look)]


def test_news_asks_for_no_look_at_what_does_not_stand_or_binds_somebody_else():
    story = opened()
    proposed(story)
    story.add("flag-1", ProposeFlag(subject="carol", category="physical"))
    flagged(story, "flag-2", subject="dave")
    story.day = DAY
    story.add("case-2", OpenCase(subject="dave"))
    assert follows(story, "carol", RecordNeed(need="autism")) == []


def test_the_look_asked_for_is_owed_by_a_day_and_said_with_the_step():
    story = opened()
    told(story)
    result = take(RecordNeed(need="autism"), story.facts("carol"))
    by = date(2021, 8, 13)
    assert [(e.file, [(p.duty, p.due_on, p.about) for p in e.promises]) for e in result.entries] == [
        ("carol", []),
        ("case-1", [("look_again", by, result.entries[1].ref)]),
    ]
    assert [finding.verdict.sentence for finding in result.decision.findings if finding.promise] == [
        "Look again in the light of what is now known (case-1), by 13 August 2021."
    ]


# --- A new incident


RESTARTING = replace(
    EDITION,
    flags={**EDITION.flags, "physical": EDITION.flags["physical"].model_copy(update={"restarts_on_incident": True})},
)


def test_a_new_incident_restarts_a_live_flag_on_the_person_or_the_place():
    story = Story(edition=RESTARTING)
    flagged(story)
    flagged(story, "flag-2", subject=None, place="100")
    flagged(story, "flag-3", subject="dave")
    flagged(story, "flag-4", category="weapons")
    story.add("flag-5", ProposeFlag(subject="carol", category="physical"))
    restart = RestartFlag(incident="incident-1")
    report = ReportIncident(subject="carol", home="100")
    assert follows(story, "incident-1", report) == [("flag-1", restart), ("flag-2", restart)]


def test_a_new_incident_restarts_nothing_where_the_policy_does_not_say_so():
    story = Story()
    flagged(story)
    assert follows(story, "incident-1", ReportIncident(subject="carol")) == []


def test_a_restarted_flag_is_reviewed_by_a_later_day_and_a_sanction_is_not():
    story = opened(edition=RESTARTING)
    ref = told(story)
    flagged(story)
    facts = story.facts("incident-9", on=date(2021, 9, 6))
    (report, restart) = take(ReportIncident(subject="carol"), facts).entries
    assert (report.file, restart.file, restart.fixed["review_by"]) == ("incident-9", "flag-1", "2022-03-06")
    assert story.facts().case.sanctions[ref].review_by == REVIEW_BY


# --- A correction


def test_a_correction_asks_for_another_look_at_decisions_that_cite_the_entry():
    story = opened()
    shown = story.add("case-1", AddEvidence(what="A call note."))
    proposed(story, evidence=(shown,))
    change = CorrectEntry(entry=shown, changes={"first_hand": False}, reasons="It was hearsay.")
    assert follows(story, "case-1", change) == [
        ("case-1", AskLookAgain(entry="case-1#5", why="case-1#3 was corrected."))
    ]


def test_a_correction_of_a_report_reaches_cases_that_stand_on_its_file():
    story = opened()
    story.add("case-2", OpenCase(subject="dave"))
    change = CorrectEntry(entry="incident-1#1", changes={"what_happened": "She cried."}, reasons="Misheard.")
    look = AskLookAgain(entry="incident-1#2", why="incident-1#1 was corrected.")
    assert follows(story, "incident-1", change) == [("case-1", look)]


def test_a_correction_that_nothing_rests_on_asks_for_nothing():
    story = opened()
    note = story.add("case-1", AddEvidence(what="A call note."))
    change = CorrectEntry(entry=note, changes={"first_hand": False}, reasons="It was hearsay.")
    assert follows(story, "case-1", change) == []


def test_a_file_cites_an_entry_by_name_or_by_the_file_it_lies_in():
    case = opened().facts().case
    assert (cites(case, "incident-1#1"), cites(case, "incident-2#1"), cites(case, "case-1#1")) == (True, False, False)
    assert pointed_at(ProposeSanction(evidence=("case-1#3",), equality="carol#2")) == {"case-1#3", "carol#2"}
    assert pointed_at(AddNote(text="x")) == set()


# --- Triage


@pytest.mark.parametrize(
    ("route", "expected"), [("join_case", [("case-1", LinkIncident(incident="incident-2"))]), ("watch", [])]
)
def test_triage_that_joins_a_case_links_the_incident_to_it(route, expected):
    story = opened()
    story.add("incident-2", ReportIncident(subject="carol"))
    assert follows(story, "incident-2", TriageIncident(route=route, case="case-1")) == expected


# --- An appeal upheld


def upheld(story: Story, ref: str) -> list[tuple[str, StepData]]:
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    return follows(story, "case-1", DecideAppeal(appeal=appeal, outcome="upheld"), by="sue")


def test_an_appeal_upheld_ends_what_was_built_on_the_sanction():
    story = opened()
    ref = told(story)
    built = proposed(story, remedy="office_access", relies_on=(ref,))
    story.add("case-2", OpenCase(subject="carol"))
    other = story.add("case-2", ProposeSanction(remedy="office_access", relies_on=(ref,)))
    gone = story.add("case-2", ProposeSanction(remedy="involvement", relies_on=(ref,)))
    story.add("case-2", LiftSanction(sanction=gone))
    story.add("case-2", ProposeSanction(remedy="rehousing_bar"))
    flagged(story, rests_on=ref)
    flagged(story, "flag-2")
    reasons = f"What it was built on, {ref}, was quashed on appeal."
    assert upheld(story, ref) == [
        ("case-1", LiftSanction(sanction=built, reasons=reasons)),
        ("case-2", LiftSanction(sanction=other, reasons=reasons)),
        ("flag-1", EndFlag(reasons=reasons)),
    ]


@pytest.mark.parametrize("outcome", ["varied", "dismissed"])
def test_an_appeal_that_is_not_upheld_ends_nothing(outcome):
    story = opened()
    ref = told(story)
    proposed(story, remedy="office_access", relies_on=(ref,))
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    assert follows(story, "case-1", DecideAppeal(appeal=appeal, outcome=outcome)) == []


def test_consequences_on_the_same_file_are_numbered_after_the_step_and_owe_a_notice():
    story = opened()
    ref = told(story)
    built = told(story, remedy="office_access", relies_on=(ref,), terms={"offices": ["High Street"]})
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    draft = DecideAppeal(appeal=appeal, outcome="upheld", reasons="It was not her.")
    entries = entries_of(story, draft)
    assert [(e.ref, e.data.name, e.because_of) for e in entries] == [
        ("case-1#11", "decide_appeal", ""),
        ("case-1#12", "lift_sanction", "case-1#11"),
    ]
    assert entries[1].data == LiftSanction(
        sanction=built, reasons=f"What it was built on, {ref}, was quashed on appeal."
    )
    assert [(p.duty, p.about) for p in entries[1].promises] == [("give_notice", "case-1#12")]


def entries_of(story: Story, draft: DecideAppeal) -> tuple[AnyEntry, ...]:
    """The entries of an appeal's decision by the officer assigned, who took no part."""
    story.add("case-1", AssignAppeal(appeal=draft.appeal, officer="sue"), by="max")
    return take(draft, story.facts(by="sue")).entries


def test_an_appeal_upheld_carries_on_to_what_was_built_on_what_was_built():
    story = opened()
    ref = told(story)
    first = proposed(story, remedy="office_access", relies_on=(ref,))
    climbed = story.add("case-1", ProposeSanction(remedy="involvement"), fixed={"built_on": first})
    flagged(story, rests_on=climbed)
    reasons = f"What it was built on, {ref}, was quashed on appeal."
    assert upheld(story, ref) == [
        ("case-1", LiftSanction(sanction=first, reasons=reasons)),
        ("case-1", LiftSanction(sanction=climbed, reasons=reasons)),
        ("flag-1", EndFlag(reasons=reasons)),
    ]


# --- One person, their home, and what is put right


def test_death_ends_what_binds_the_person_on_the_case_of_another_and_nothing_else():
    story = opened()
    story.add("case-1", ProposeSanction(remedy="office_access", subject="dave"))
    assert follows(story, "dave", RecordChange(change="death")) == [("case-1", MarkDeath(subject="dave"))]


def test_news_between_approval_and_letter_is_looked_at():
    story = opened()
    ref = proposed(story, remedy="office_access")
    assert follows(story, "carol", RecordNeed(need="autism")) == []
    story.add("case-1", ApproveSanction(sanction=ref), by="sam", fixed={"complete": "yes"})
    asked = AskLookAgain(entry="carol#2", why="New on carol: ‘Record a need’.")
    assert follows(story, "carol", RecordNeed(need="autism")) == [("case-1", asked)]


def test_a_change_of_home_asks_about_a_flag_that_warns_of_the_place():
    story = opened()
    flagged(story, subject=None, place="100", category="animal")
    asked = AskLookAgain(entry="carol#1", why="New on carol: ‘Record a change in the person's life’.")
    assert follows(story, "carol", RecordChange(change="tenancy_end")) == [("flag-1", asked)]
    assert follows(story, "carol", RecordChange(change="hospital")) == []


def test_a_corrected_need_asks_for_a_look_wherever_something_stands():
    story = opened()
    told(story, remedy="office_access")
    need = story.add("carol", RecordNeed(need="old_age"))
    correction = CorrectEntry(entry=need, changes={"need": "autism"}, reasons="A slip.")
    asked = AskLookAgain(entry="carol#2", why=f"{need} was corrected.")
    assert follows(story, "carol", correction) == [("case-1", asked)]


def corrected(story: Story, ref: str, change: str) -> list[tuple[str, StepData]]:
    """What follows where a recorded change in Carol's life is corrected, as decided before it is kept."""
    facts = story.facts("carol")
    draft = CorrectEntry(entry=ref, changes={"change": change}, reasons="A slip.")
    return [(file, data) for file, data, _ in taken(facts, draft)[1:]]


def test_a_death_that_a_correction_brings_out_ends_what_stands():
    story = opened()
    moved = story.add("carol", RecordChange(change="move"))
    assert corrected(story, moved, "death") == [("case-1", MarkDeath(subject="carol"))]


def test_a_death_taken_back_asks_for_a_look_at_what_it_ended():
    story = opened()
    death = story.add("carol", RecordChange(change="death"))
    story.add("case-1", MarkDeath(subject="carol"))
    story.recorded["case-1"][-1] = replace(story.recorded["case-1"][-1], because_of=death)
    asked = AskLookAgain(entry="carol#2", why=f"{death} was corrected.")
    assert corrected(story, death, "move") == [("case-1", asked)]


def test_a_correction_of_nothing_asks_for_nothing():
    story = opened()
    assert follows(story, "case-1", CorrectEntry(entry="case-9#1", changes={}, reasons="A slip.")) == []


# --- A case that was decided on


def awaiting() -> Story:
    """A case on one report, and another report that waits for a case."""
    story = opened()
    story.add("incident-7", ReportIncident(subject="carol"))
    to_open = TriageIncident(route="new_case")
    story.add("incident-7", to_open, promises=decide(to_open, story.facts("incident-7")).promises)
    return story


def test_h1_a_report_that_waited_for_its_case_learns_that_it_is_there_and_not_which():
    story = awaiting()
    opening = OpenCase(subject="carol", incidents=["incident-7", "incident-1", "incident-9"])
    assert follows(story, "case-7", opening) == [("incident-7", NoteCase())]
    assert follows(story, "case-1", LinkIncident(incident="incident-7")) == [("incident-7", NoteCase())]
    assert follows(story, "case-7", OpenCase(subject="carol")) == []
    story.add("incident-7", NoteCase())
    assert follows(story, "case-8", OpenCase(subject="carol", incidents=["incident-7"])) == []


def test_no_case_is_owed_for_a_report_that_one_rests_on_already():
    story = opened()
    assert "incident-1" in story.facts().case.incidents
    verdict = DUTIES["open_case"].ask(story.look(TriageIncident(route="new_case"), file="incident-1"))
    assert verdict == met("Open the case that was decided on: done already.")


# --- An inquiry


INQUIRY = OpenInquiry(subject="carol", allegation="case-1#3", about="olu", inquirer="max")


def test_the_case_is_told_where_it_is_looked_into_what_the_customer_said():
    assert follows(opened(), "inquiry-1", INQUIRY) == [
        ("case-1", NoteInquiry(allegation="case-1#3", inquiry="inquiry-1"))
    ]


def test_an_inquiry_into_nothing_that_was_said_tells_no_case():
    assert follows(opened(), "inquiry-1", OpenInquiry(subject="carol")) == []


def test_h1_the_case_is_told_in_the_end_only_what_bears_on_it():
    story = opened()
    story.add("inquiry-1", INQUIRY)
    assert follows(story, "inquiry-1", AddNote(text="I looked at the film.")) == []
    concluded = ConcludeInquiry(outcome="borne_out", reasons="The film shows it.", bearing="She swore first.")
    told_of = NoteInquiry(allegation="case-1#3", inquiry="inquiry-1", is_concluded=True, bearing="She swore first.")
    assert follows(story, "inquiry-1", concluded) == [("case-1", told_of)]
