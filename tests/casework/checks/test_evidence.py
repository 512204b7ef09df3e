from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.casework.checks import evidence
from evenhand.casework.steps.casefacts import AddEvidence, RecordContact
from evenhand.casework.steps.control import AddNote, Withdraw
from evenhand.casework.steps.decision import DeclineSanction, ProposeSanction
from evenhand.casework.steps.incident import AddStatement, RecordInjury, ReportIncident, Volume
from evenhand.casework.steps.notice import RecordBreach
from evenhand.casework.steps.opening import OpenCase
from evenhand.casework.steps.person import AnswerQuestion
from evenhand.policy.findings import Outcome, met, not_met
from evenhand.policy.shapes import Question
from tests.casework.build import DAY, EDITION, Story

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET


@pytest.fixture
def story():
    story = Story()
    story.add("case-1", OpenCase(subject="carol"))
    return story


def cited(story, *refs, **settings):
    return evidence.evidence_cited(story.facts(), ProposeSanction(evidence=refs), **settings)


def identified(story, *refs):
    return evidence.person_identified(story.facts(), ProposeSanction(evidence=refs))


def test_reasons_given():
    assert evidence.reasons_given(DeclineSanction(reasons="Too much.")) == met("Reasons are given.")
    assert evidence.reasons_given(DeclineSanction()) == not_met(
        "No reasons are given: say why, in words the person can understand."
    )


def test_due_regard_noted():
    assert evidence.due_regard_noted(ProposeSanction(due_regard="Weighed.")).outcome is MET
    assert evidence.due_regard_noted(ProposeSanction()) == not_met(
        "It is not noted how the equality duty was weighed for this decision: say it in two or three sentences."
    )


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("incident-1", ReportIncident(subject="carol", happened_on=DAY)),
        ("case-1", AddEvidence(what="A letter", dated=DAY)),
        ("case-1", AddEvidence(what="A letter", dated=DAY, author="carol")),
        ("case-1", AddStatement(words="She shouted.", made_on=DAY)),
        ("case-1", RecordContact(contact_on=DAY)),
        ("carol", RecordContact(contact_on=DAY)),
    ],
)
def test_evidence_counts_where_it_is_dated_first_hand_and_about_the_person(story, file, data):
    assert cited(story, story.add(file, data)) == met("It rests on a dated first-hand account.")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (AddEvidence(what="x"), "the evidence entered on 6 August 2021 does not say which day it is from"),
        (AddStatement(words="x"), "the statement entered on 6 August 2021 does not say which day it is from"),
        (
            AddEvidence(what="x", dated=DAY + timedelta(days=1)),
            "the evidence entered on 6 August 2021 is from a later day than this decision",
        ),
        (AddEvidence(what="x", dated=DAY, first_hand=False), "the evidence entered on 6 August 2021 is hearsay"),
        (
            AddEvidence(what="x", dated=DAY, author="dave"),
            "the evidence entered on 6 August 2021 is not about the conduct of this person",
        ),
        (
            AddEvidence(what="x", dated=DAY, incident="incident-9"),
            "the evidence entered on 6 August 2021 is not about the conduct of this person",
        ),
        (
            AddEvidence(what="x", dated=DAY, about_protected="advocacy"),
            "the evidence entered on 6 August 2021 shows the use of a right, which is never misconduct",
        ),
        (AddNote(text="x"), "case-1#2 is not, or no longer, something that shows conduct"),
    ],
)
def test_evidence_says_what_does_not_count_and_why(story, data, fault):
    assert cited(story, story.add("case-1", data)) == not_met(f"Nothing cited can count: {fault}.")


def test_privileged_advice_is_never_what_a_measure_rests_on(story):
    sound = story.add("case-1", AddEvidence(what="She shouted", dated=DAY))
    advice = story.add("case-1", AddEvidence(what="What counsel wrote", dated=DAY, sensitivity="privileged"))
    assert cited(story, sound, advice) == not_met(
        "The customer is told what a decision rests on, and legal advice shown to them may be privileged no more. "
        "Leave out what was entered on 6 August 2021, and cite what shows the conduct itself."
    )
    said = "the evidence entered on 6 August 2021 is privileged legal advice"
    assert evidence.fault(story.facts(), advice, "carol", first_hand=False) == said


def test_evidence_that_was_withdrawn_is_gone(story):
    ref = story.add("case-1", AddEvidence(what="x", dated=DAY))
    story.add("case-1", Withdraw(entry=ref))
    assert cited(story, ref).outcome is NOT_MET


def test_evidence_must_be_cited(story):
    assert cited(story) == not_met(
        "Nothing is cited that shows what happened: name a dated report or piece of evidence."
    )


def test_evidence_counts_each_piece_once(story):
    ref = story.add("case-1", AddEvidence(what="x", dated=DAY))
    assert cited(story, ref, ref, at_least=2) == not_met("It needs 2 and cites 1 that can count.")
    hearsay = story.add("case-1", AddEvidence(what="y", dated=DAY, first_hand=False))
    assert cited(story, ref, hearsay, at_least=2) == not_met(
        "It needs 2 and cites 1 that can count: the evidence entered on 6 August 2021 is hearsay."
    )


def test_evidence_may_be_hearsay_where_the_landlord_allows_it(story):
    ref = story.add("case-1", AddEvidence(what="x", dated=DAY, first_hand=False))
    assert cited(story, ref, first_hand=False) == met("It rests on dated evidence.")


def test_evidence_is_about_whom_the_report_names(story):
    story.add("incident-1", ReportIncident(subject="carol", happened_on=DAY))
    assert cited(story, story.add("case-1", AddEvidence(what="x", dated=DAY, incident="incident-1"))).outcome is MET
    other = story.add("incident-2", ReportIncident(subject="dave", happened_on=DAY))
    assert cited(story, other).outcome is NOT_MET


def test_evidence_is_measured_against_whom_the_measure_binds(story):
    ref = story.add("incident-1", ReportIncident(subject="carol", happened_on=DAY))
    draft = ProposeSanction(subject="dave", evidence=(ref,))
    assert evidence.evidence_cited(story.facts(), draft).outcome is NOT_MET


def test_evidence_counts_against_nobody_where_nobody_is_known():
    story = Story()
    story.add("case-1", OpenCase(subject_description="A man with a dog"))
    assert cited(story, story.add("case-1", AddEvidence(what="x", dated=DAY))).outcome is NOT_MET


def test_evidence_of_a_breach_is_about_whom_the_measure_binds(story):
    made = story.add("case-1", ProposeSanction(remedy="warning_letter"))
    assert cited(story, story.add("case-1", RecordBreach(sanction=made, what="x", happened_on=DAY))).outcome is MET
    assert cited(story, story.add("case-1", RecordBreach(what="x", happened_on=DAY))).outcome is NOT_MET


def test_person_identified_needs_a_person():
    story = Story()
    story.add("case-1", OpenCase(subject_description="A man with a dog"))
    assert identified(story) == not_met(
        "It is not known who did this: nobody can be sanctioned until they are identified."
    )


def test_person_identified_by_reports_that_name_them(story):
    ref = story.add("incident-1", ReportIncident(subject="carol"))
    assert identified(story, ref, "case-1#99") == met("The person is identified.")
    nobody = story.add("incident-2", ReportIncident(subject_description="A woman"))
    assert identified(story, nobody) == not_met(
        "It is not certain whose conduct this was: the report entered on 6 August 2021 does not name the person."
    )


def test_person_identified_online_by_how_where_and_when(story):
    post = AddEvidence(
        what="A post", kind="post_online", author="carol", how_known="She said so", address="example.org"
    )
    assert identified(story, story.add("case-1", post)) == not_met(
        "It is not certain whose conduct this was: the evidence entered on 6 August 2021 was online and does not say "
        "when it was captured."
    )
    captured = post.model_copy(update={"captured_at": datetime(2021, 8, 1, 9, tzinfo=UTC)})
    assert identified(story, story.add("case-1", captured)).outcome is MET


def test_impact_described_by_volume(story):
    assert evidence.impact_described(story.facts()) == not_met(
        "It is not recorded how much came in, how often and over which time: count the contacts."
    )
    story.add("case-1", AddEvidence(what="E-mails", volume=Volume()))
    assert evidence.impact_described(story.facts()).outcome is NOT_MET
    story.add("case-1", AddEvidence(what="E-mails", volume=Volume(requests="All files by Friday")))
    assert evidence.impact_described(story.facts()) == met("The number and regularity of the contacts are recorded.")


def test_impact_described_in_a_report():
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol", volume=Volume(contacts=40)))
    story.add("incident-2", RecordInjury(what="Stress"))
    story.add("case-1", OpenCase(subject="carol", incidents=("incident-1", "incident-2")))
    assert evidence.impact_described(story.facts()).outcome is MET


def test_impact_described_by_contacts_that_came_in(story):
    story.add("case-1", RecordContact(contact_on=DAY, count=40, direction="out"))
    story.add("carol", RecordContact(contact_on=DAY))
    assert evidence.impact_described(story.facts()).outcome is NOT_MET
    story.add("carol", RecordContact(contact_on=DAY, count=3))
    assert evidence.impact_described(story.facts()) == met("The contacts are recorded one by one or counted.")


SOCIAL_WORKER = Question(text="Is a social worker known?", clause="1.1")
ASKING = replace(EDITION, questions={**EDITION.questions, "social_worker": SOCIAL_WORKER})


def answered(story, **settings):
    return evidence.question_answered(story.facts(), question="social_worker", **settings)


def test_question_not_answered_yet():
    assert answered(Story(edition=ASKING)) == not_met("This is not answered yet: Is a social worker known?")
    assert answered(Story()) == not_met("This is not answered yet: social_worker")


def test_question_answered_on_the_case_or_about_the_person():
    story = Story(edition=ASKING)
    story.add("case-1", OpenCase(subject="carol"))
    story.add("carol", AnswerQuestion(question="social_worker", answer="No"))
    story.add("case-1", AnswerQuestion(question="demands", answer="yes"))
    assert answered(story, counts=("yes", "not asked")) == not_met(
        "The answer given is 'No', and it must be yes or not asked: Is a social worker known?"
    )
    story.add("case-1", AnswerQuestion(question="social_worker", answer="Yes"))
    assert answered(story) == met("Answered 'Yes': Is a social worker known?")


def test_question_answered_by_those_who_may():
    story = Story(edition=ASKING)
    story.add("case-1", OpenCase(subject="carol"))
    story.add("case-1", AnswerQuestion(question="social_worker", answer="yes"), role="colleague")
    assert answered(story, asked_of=("manager",)) == not_met(
        "This must be answered by Manager: Is a social worker known?"
    )
    story.add("case-1", AnswerQuestion(question="social_worker", answer="yes"), by="sam")
    assert answered(story, asked_of=("manager",)).outcome is MET
