"""Needs, adjustments, representatives and changes in life; and a person through all their files."""

from datetime import date

import pytest

from evenhand.casework.person import PersonFile, PersonView
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import AddNote, CorrectEntry, DisposeFile
from evenhand.casework.steps.decision import ProposeSanction
from evenhand.casework.steps.flag import ApproveFlag, ProposeFlag
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.opening import BringInSanction, OpenCase
from evenhand.casework.steps.person import (
    AnswerAdjustment,
    NameRepresentative,
    OfferAdjustment,
    RecordAssurance,
    RecordChange,
    RecordComplaint,
    RecordNeed,
)
from tests.casework.build import DAY, EDITION, Story, full_assessment, short_assessment
from tests.casework.checks.measures import opened, proposed, told


def person(*steps: StepData) -> PersonFile:
    story = Story()
    for step in steps:
        story.add("carol", step)
    return PersonFile("carol", story.recorded["carol"])


def view(story: Story, who: str = "carol") -> PersonView:
    return story.facts().view_of(who)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "none"),
        ((RecordNeed(need="autism"),), "known"),
        ((RecordChange(change="move"),), "known"),
        ((RecordChange(change="death"),), "dead"),
        ((RecordNeed(need="autism"), DisposeFile()), "disposed"),
    ],
)
def test_a_person_file_is_in_a_state(steps, state):
    assert (person(*steps).state, person(*steps).subject) == (state, "carol")


def test_the_day_of_death_is_the_one_last_recorded():
    assert person().died_on is None
    assert person(RecordChange(change="death")).died_on == DAY
    first, second = (RecordChange(change="death", happened_on=date(2021, 8, day)) for day in (1, 2))
    assert person(first, second).died_on == date(2021, 8, 2)


def test_a_death_recorded_in_error_is_corrected():
    story = Story()
    ref = story.add("carol", RecordChange(change="death", happened_on=date(2021, 8, 2)))
    story.add("carol", CorrectEntry(entry=ref, changes={"happened_on": "2021-08-01"}, reasons="A slip."))
    assert PersonFile("carol", story.recorded["carol"]).died_on == date(2021, 8, 1)


def test_adjustments_stand_with_their_answers():
    offered, other = OfferAdjustment(adjustment="Large print."), OfferAdjustment(adjustment="Calls after noon.")
    accepted = AnswerAdjustment(adjustment="carol#1", answer="accepted")
    found = person(offered, other, accepted).adjustments
    assert {ref: (offer.data, [answer.data for answer in answers]) for ref, (offer, answers) in found.items()} == {
        "carol#1": (offered, [accepted]),
        "carol#2": (other, []),
    }


@pytest.mark.parametrize(
    ("day", "speaking"),
    [
        (date(2021, 8, 5), ["early"]),
        (DAY, ["early", "now"]),
        (date(2021, 8, 31), ["early", "now", "later"]),
        (date(2021, 9, 1), ["now", "later"]),
    ],
)
def test_representatives_speak_between_their_days(day, speaking):
    file = person(
        NameRepresentative(representative="early", from_on=date(2021, 1, 1), until=date(2021, 8, 31)),
        NameRepresentative(representative="now"),
        NameRepresentative(representative="later", from_on=date(2021, 8, 31)),
    )
    assert [entry.data.representative for entry in file.representatives_on(day)] == speaking


def test_complaints_assurances_and_needs_are_listed():
    complaint, promise = RecordComplaint(reference="C1"), RecordAssurance(says="No sanction.")
    file = person(complaint, promise, RecordNeed(need="autism"))
    assert ([e.data for e in file.complaints], [e.data for e in file.assurances]) == ([complaint], [promise])
    assert [entry.data.need for entry in file.needs] == ["autism"]


# --- All files together


def test_a_person_without_a_file_has_an_empty_one():
    found = PersonView("nell", {})
    assert (found.file.exists, found.file.name, found.cases, found.sanctions) == (False, "nell", [], [])


def test_a_view_holds_what_is_about_the_person_alone():
    story = opened()
    story.add("incident-2", ReportIncident(subject="dave"))
    story.add("case-2", OpenCase(subject="dave"))
    for number, subject in enumerate(("carol", "dave"), 1):
        story.add(f"flag-{number}", ProposeFlag(subject=subject, category="physical"))
        story.add(f"flag-{number}", ApproveFlag(), by="max")
    found = view(story)
    assert [file.name for file in found.incidents] == ["incident-1"]
    assert ([f.name for f in found.flags], [f.name for f in found.live_flags(DAY)]) == (["flag-1"], ["flag-1"])


def test_a_measure_binds_a_person_whichever_case_it_is_on():
    story = opened()
    hers = told(story)
    his = proposed(story, subject="dave")
    story.add("case-2", OpenCase(subject="dave"))
    other = story.add("case-2", ProposeSanction(remedy="warning_letter", subject="carol"))
    assert {sanction.ref for sanction in view(story).sanctions} == {hers, other}
    assert [sanction.ref for sanction in view(story, "dave").sanctions] == [his]
    assert [sanction.ref for sanction in view(story).live_sanctions(DAY)] == [hers]


@pytest.mark.parametrize(
    ("day", "live", "given"),
    [(date(2021, 8, 3), 0, 0), (DAY, 1, 1), (date(2022, 8, 4), 1, 1), (date(2022, 8, 5), 0, 1)],
)
def test_warnings_count_while_they_live_or_once_given_as_the_policy_says(day, live, given):
    story = opened()
    told(story)
    told(story, remedy="office_access", ends_on="2022-01-31", terms={"offices": ["High Street"]})
    proposed(story)
    assert [len(view(story).warnings(day, counting)) for counting in ("live", "given")] == [live, given]


def test_assessments_of_a_person_are_found_on_every_file_oldest_first():
    story = opened()
    refs = [
        story.add("case-1", full_assessment()),
        story.add("carol", short_assessment()),
        story.add("incident-1", full_assessment(subject="carol")),
    ]
    story.add("case-1", full_assessment(subject="dave"))
    assert [entry.ref for entry in view(story).assessments] == refs


def test_news_is_what_became_known_since_and_matters():
    story = opened()
    story.add("carol", RecordNeed(need="autism"))
    since = story.now
    later = [
        story.add("carol", RecordNeed(need="adhd")),
        story.add("carol", RecordChange(change="move")),
        story.add("carol", AnswerAdjustment(answer="declined")),
        story.add("carol", NameRepresentative(representative="Ann Lee")),
    ]
    story.add("carol", AddNote(text="x"))
    assert [entry.ref for entry in view(story).news_since(since)] == later


def test_channels_are_shut_by_the_needs_recorded():
    story = opened()
    for need in ("anxiety_phone", "mobility", None):
        story.add("carol", RecordNeed(need=need))
    shuts = {name: need.shuts for name, need in EDITION.needs.items()}
    assert view(story).shut_channels(shuts) == {"phone": "anxiety_phone", "office_visit": "mobility"}
    assert view(story).shut_channels({}) == {}


@pytest.mark.parametrize(("on", "named"), [("carol", "dave"), ("dave", "carol")])
def test_merged_records_are_one_person(on, named):
    story = opened()
    ref = told(story)
    story.add("dave", RecordNeed(need="autism"))
    story.add(on, RecordChange(change="merge", merged_with=named))
    for who in ("carol", "dave"):
        assert view(story, who).ids == {"carol", "dave"}
        assert [sanction.ref for sanction in view(story, who).sanctions] == [ref]
        assert [entry.data.need for entry in view(story, who).file.needs] == ["autism"]


def test_a_corrected_need_is_news():
    story = opened()
    need = story.add("carol", RecordNeed(need="old_age"))
    before = story.recorded["carol"][-1].recorded_at
    story.add("carol", AddNote(text="Rang."))
    story.add("carol", CorrectEntry(entry=need, changes={"need": "autism"}, reasons="A slip."))
    assert [entry.ref for entry in view(story).news_since(before)] == ["carol#3"]


def test_a_warning_that_nobody_approved_counts_for_nothing():
    story = opened()
    story.add("case-1", BringInSanction(remedy="warning_letter", imposed_on=DAY, notice_given_on=DAY))
    assert view(story).warnings(DAY, "given") == []
