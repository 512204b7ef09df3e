"""What the entries of one case add up to."""

from datetime import date

import pytest

from evenhand.casework.case import CaseFile, pointing
from evenhand.casework.steps.appeal import DecideAppeal, DecideLateAppeal, ReceiveAppeal, SuspendSanction
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence, PutAllegation, RecordAccount
from evenhand.casework.steps.control import AddNote, AdoptEdition, CloseCase, DisposeFile, MarkDeath, ReopenCase
from evenhand.casework.steps.decision import DecideNoSanction, DeclineSanction, TakeUrgentAction
from evenhand.casework.steps.notice import (
    AnswerReviewRequest,
    GiveNotice,
    LiftSanction,
    RecordReturn,
    RequestReview,
    ReviewSanction,
)
from evenhand.casework.steps.opening import (
    AssignCase,
    BringInSanction,
    DeclineCase,
    EndorseCase,
    LinkIncident,
    OpenCase,
    RestrictCase,
)
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import approved, opened, proposed, told


def case_of(story: Story) -> CaseFile:
    return story.facts().case


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "none"),
        ((OpenCase(),), "opened"),
        ((BringInSanction(),), "opened"),
        ((OpenCase(), EndorseCase()), "endorsed"),
        ((OpenCase(), DeclineCase()), "declined"),
        ((OpenCase(), EndorseCase(), CloseCase()), "closed"),
        ((OpenCase(), EndorseCase(), CloseCase(), ReopenCase()), "endorsed"),
        ((OpenCase(), DeclineCase(), ReopenCase()), "opened"),
        ((OpenCase(), EndorseCase(), CloseCase(), ReopenCase(), CloseCase()), "closed"),
        ((OpenCase(), CloseCase(), DisposeFile()), "disposed"),
    ],
)
def test_a_case_is_in_a_state(steps, state):
    story = Story()
    for step in steps:
        story.add("case-1", step)
    assert case_of(story).state == state


def test_a_case_nobody_opened_says_nothing():
    case = CaseFile("case-1", ())
    assert (case.opening, case.subject, case.is_urgent, case.endorsement, case.officer, case.edition) == (
        None,
        "",
        False,
        None,
        "",
        "",
    )
    assert (case.incidents, dict(case.sanctions), case.outcomes_to_tell, case.died_on) == (frozenset(), {}, {}, None)


def test_a_case_is_about_whom_it_was_opened_or_brought_in_for():
    opening, legacy = Story(), Story()
    opening.add("case-1", OpenCase(subject="carol", urgent=True))
    legacy.add("case-1", BringInSanction(subject="dave"))
    assert [(case.subject, case.is_urgent) for case in map(case_of, (opening, legacy))] == [
        ("carol", True),
        ("dave", False),
    ]
    opening.add("case-1", BringInSanction(subject="dave"))
    assert case_of(opening).subject == "carol"


def test_a_case_is_under_the_edition_it_began_with_until_another_is_adopted():
    story = opened()
    assert case_of(story).edition == EDITION.id
    story.add("case-1", AdoptEdition(edition="harbourside-2024-04"))
    assert case_of(story).edition == "harbourside-2024-04"


def test_a_case_has_the_officer_last_assigned_or_whoever_began_it():
    story = opened()
    assert (case_of(story).officer, case_of(story).is_restricted) == ("olu", False)
    story.add("case-1", AssignCase(officer="max"))
    story.add("case-1", AssignCase(officer="sam"))
    story.add("case-1", RestrictCase(reasons="A colleague's neighbour."))
    assert (case_of(story).officer, case_of(story).is_restricted) == ("sam", True)


def test_a_case_stands_on_the_incidents_it_was_opened_with_and_those_linked_since():
    story = opened()
    story.add("case-1", LinkIncident(incident="incident-2"))
    assert case_of(story).incidents == {"incident-1", "incident-2"}


def test_a_case_holds_its_evidence_allegations_accounts_and_assessments():
    story = opened()
    shown = story.add("case-1", AddEvidence(what="x"))
    put = story.add("case-1", PutAllegation(allegation="x"))
    other = story.add("case-1", PutAllegation(allegation="y"))
    account = story.add("case-1", RecordAccount(allegation=put))
    assessed = story.add("case-1", AssessEquality())
    case = case_of(story)
    assert (list(case.evidence), list(case.allegations)) == ([shown], [put, other])
    assert [[entry.ref for entry in case.accounts_of(ref)] for ref in (put, other)] == [[account], []]
    assert [entry.ref for entry in case.assessments] == [assessed]


# --- Trails


def test_every_entry_that_acts_on_a_measure_lies_on_its_trail():
    story = opened()
    ref, other = told(story), proposed(story, remedy="office_access")
    story.day = DAY
    trail = [ref, "case-1#4", "case-1#5"]
    steps: tuple[StepData, ...] = (
        RecordReturn(notice="case-1#5"),
        GiveNotice(about=ref, how="email"),
        RequestReview(sanction=ref),
    )
    trail += [story.add("case-1", step) for step in steps]
    trail.append(story.add("case-1", AnswerReviewRequest(request=trail[-1])))
    trail.append(story.add("case-1", ReceiveAppeal(against=ref)))
    trail.append(story.add("case-1", SuspendSanction(appeal=trail[-1])))
    story.add("case-1", GiveNotice(about="case-1#1", how="email"))
    case = case_of(story)
    assert [entry.ref for entry in case.sanctions[ref].trail] == trail
    assert [entry.ref for entry in case.sanctions[other].trail] == [other]
    assert {case.sanction_of(entry) for entry in trail} == {ref}
    assert (case.sanction_of("case-1#1"), case.sanction_of("")) == ("", "")


def test_a_death_ends_what_binds_the_person_who_died_and_nothing_else():
    story = opened()
    hers, his = told(story), proposed(story, subject="dave")
    story.day = DAY
    story.add("case-1", MarkDeath())
    ended = {ref: sanction.ended_on for ref, sanction in case_of(story).sanctions.items()}
    assert ended == {hers: DAY, his: None}
    story.add("case-1", MarkDeath(subject="dave"), on=date(2021, 8, 9))
    ended = {ref: sanction.ended_on for ref, sanction in case_of(story).sanctions.items()}
    assert ended == {hers: DAY, his: date(2021, 8, 9)}


def test_a_death_lies_on_the_trail_of_every_measure_made_before_it():
    story = opened()
    refs = [told(story), proposed(story)]
    death = story.add("case-1", MarkDeath(happened_on=date(2021, 8, 1)))
    later = story.add("case-1", TakeUrgentAction())
    case = case_of(story)
    assert [case.sanctions[ref].trail[-1].ref for ref in (*refs, later)] == [death, death, later]
    assert case.died_on == date(2021, 8, 1)


def test_a_death_without_a_day_counts_from_its_entry():
    story = opened()
    story.add("case-1", MarkDeath(), on=DAY)
    assert case_of(story).died_on == DAY


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (ReviewSanction, ("sanction",)),
        (ReceiveAppeal, ("against",)),
        (SuspendSanction, ("sanction", "appeal")),
        (GiveNotice, ("about",)),
        (AddNote, ()),
    ],
)
def test_a_step_acts_on_a_measure_by_these_fields(model, fields):
    assert pointing(model) == fields


def test_live_sanctions_are_those_that_stand():
    story = opened()
    proposed(story)
    ref = told(story)
    assert [sanction.ref for sanction in case_of(story).live_sanctions(DAY)] == [ref]
    assert case_of(story).live_sanctions(date(2021, 8, 3)) == []


# --- What is to be told


def to_tell(story: Story) -> list[str]:
    return list(case_of(story).outcomes_to_tell)


def test_a_measure_is_to_be_told_once_it_is_approved():
    story = opened()
    ref = proposed(story)
    assert to_tell(story) == []
    other = approved(story)
    assert to_tell(story) == [other]
    notice = story.add("case-1", GiveNotice(about=other, how="post"))
    assert to_tell(story) == []
    story.add("case-1", RecordReturn(notice=notice))
    assert to_tell(story) == [other]
    assert ref not in to_tell(story)


def test_every_decision_is_to_be_told_until_it_was():
    story = opened()
    ref = told(story)
    appeal = story.add("case-1", ReceiveAppeal(against=ref))
    decisions = (
        DecideNoSanction(),
        ReviewSanction(sanction=ref, outcome="continue"),
        DecideLateAppeal(appeal=appeal, admit=True),
        DecideAppeal(appeal=appeal, outcome="dismissed"),
        LiftSanction(sanction=ref),
    )
    refs = [story.add("case-1", decision) for decision in decisions]
    assert to_tell(story) == refs
    for decided in refs:
        story.add("case-1", GiveNotice(about=decided, how="email"))
    assert to_tell(story) == []


def test_a_measure_that_ended_before_it_was_told_is_told_by_its_end():
    story = opened()
    ref = approved(story)
    lifted = story.add("case-1", LiftSanction(sanction=ref))
    assert to_tell(story) == [lifted]


def test_a_measure_brought_in_and_told_before_is_told_again_only_when_it_is_declined():
    story = opened()
    legacy = BringInSanction(subject="carol", remedy="office_access", notice_given_on=date(2021, 6, 1))
    ref = story.add("case-1", legacy)
    assert to_tell(story) == []
    declined = story.add("case-1", DeclineSanction(sanction=ref))
    assert to_tell(story) == [declined]


def test_a_proposal_that_is_declined_is_nobody_elses_news():
    story = opened()
    story.add("case-1", DeclineSanction(sanction=proposed(story)))
    assert to_tell(story) == []
