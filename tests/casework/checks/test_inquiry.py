"""Checks on inquiries into what a customer says of a colleague (clause 1.5)."""

import pytest

from evenhand.casework.checks.inquiry import (
    allegation_cited,
    bearing_stated,
    colleague_heard,
    colleague_kept_out,
    concluded_by_inquirer,
    inquirer_apart,
    no_open_inquiry,
    not_their_manager,
)
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.steps.casefacts import RecordCounterAllegation
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.inquiry import (
    AssignInquiry,
    ConcludeInquiry,
    NoteInquiry,
    OpenInquiry,
    RecordColleagueAccount,
)
from evenhand.casework.steps.opening import AssignCase, EndorseCase, OpenCase
from evenhand.policy.findings import Verdict, met, not_met
from tests.casework.build import REGISTERS, Story, with_staff

SAID = "case-1#4"
OPENING = OpenInquiry(subject="carol", allegation=SAID, about="olu", inquirer="max")
NOTHING_CITED = not_met("It is not said what is looked into: record on the case what the person says, and name that.")
KEPT_OUT = met("The colleague it is about has no hand in it.")
APART = met("Whoever does this took no part in it.")
STILL_OPEN = not_met(
    "What the person says of a colleague whose report this rests on is still being looked into:"
    " weigh whether this can wait for what is found."
)
NONE_OPEN = met("Nothing is being looked into that this rests on.")


def said_of(about: str | None = "olu") -> Story:
    """A case, run by Dana and endorsed by Mina, on which Carol says something of a colleague."""
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol"))
    story.add("case-1", OpenCase(subject="carol", incidents=("incident-1",)))
    story.add("case-1", EndorseCase(reasons="Worn out."), by="mina")
    story.add("case-1", AssignCase(officer="dana"), by="mina")
    story.add("case-1", RecordCounterAllegation(about=about, what="She swore first."), by="dana")
    return story


def looked_into() -> Story:
    story = said_of()
    story.add("inquiry-1", OPENING, by="sam")
    return story


def new() -> InquiryFile:
    return InquiryFile("inquiry-1", ())


def opened(story: Story) -> InquiryFile:
    file = story.facts("inquiry-1").file
    assert isinstance(file, InquiryFile)
    return file


def changed(**changes: object) -> OpenInquiry:
    return OPENING.model_copy(update=changes)


def test_allegation_cited_where_it_names_what_the_person_said():
    assert allegation_cited(said_of().facts("inquiry-1"), OPENING) == met(
        "It comes from what the person said of a colleague."
    )


@pytest.mark.parametrize("allegation", [None, "case-1#1", "inquiry-9#1"])
def test_allegation_cited_refuses_what_nobody_said(allegation):
    story = said_of()
    story.add("inquiry-9", RecordCounterAllegation(what="On no case."))
    assert allegation_cited(story.facts("inquiry-1"), changed(allegation=allegation)) == NOTHING_CITED


def test_allegation_cited_refuses_a_second_inquiry_into_the_same():
    story = said_of()
    story.add("case-1", NoteInquiry(allegation="case-1#2", inquiry="inquiry-3"))
    assert allegation_cited(story.facts("inquiry-1"), OPENING).outcome.name == "MET"
    story.add("case-1", NoteInquiry(allegation=SAID, inquiry="inquiry-2"))
    assert allegation_cited(story.facts("inquiry-1"), OPENING) == not_met("An inquiry looks into this already.")


def test_allegation_cited_refuses_another_person_and_another_colleague():
    facts = said_of().facts("inquiry-1")
    wrong_person = not_met("This is not the person who says it: name the one whom the case is about.")
    wrong_colleague = not_met("Name the colleague of whom the person says it.")
    assert allegation_cited(facts, changed(subject="nell")) == wrong_person
    assert [allegation_cited(facts, changed(about=who)) for who in (None, "dana")] == [wrong_colleague] * 2


def test_allegation_cited_takes_a_colleague_who_came_to_be_known_later():
    assert allegation_cited(said_of(about=None).facts("inquiry-1"), OPENING).outcome.name == "MET"


def test_colleague_kept_out_of_opening_and_handing_over():
    facts = said_of().facts("inquiry-1", by="sam")
    refused = not_met("It is said about Olu Adeyemi, who may neither look into it nor see it.")
    assert colleague_kept_out(facts, new(), OPENING) == KEPT_OUT
    assert colleague_kept_out(facts, new(), changed(inquirer="olu")) == refused
    assert colleague_kept_out(facts, new(), changed(allowed=("max", "olu"))) == refused
    story = looked_into()
    assert colleague_kept_out(story.facts("inquiry-1"), opened(story), AssignInquiry(inquirer="olu")) == refused


def test_h6_colleague_kept_out_of_whatever_is_done_on_it():
    story, hers = looked_into(), not_met("This is said about you: somebody else must look into it.")
    account = RecordColleagueAccount(account="I did not.")
    assert colleague_kept_out(story.facts("inquiry-1", by="olu"), opened(story), account) == hers
    assert colleague_kept_out(story.facts("inquiry-1", by="max"), opened(story), account) == KEPT_OUT
    assert colleague_kept_out(said_of().facts("inquiry-1", by="olu"), new(), OPENING) == hers


def test_colleague_kept_out_says_nothing_against_an_inquiry_about_nobody_yet():
    assert colleague_kept_out(said_of().facts("inquiry-1"), new(), changed(about=None)) == KEPT_OUT


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("max", APART),
        ("sue", APART),
        (None, not_met("It is not said who looks into it: name somebody with no part in the case.")),
        ("dana", not_met("Dana Cole looks after the case: somebody with no part in it looks into this.")),
        ("mina", not_met("Mina Shah endorsed or declined the case: it takes somebody with no part in it.")),
    ],
)
def test_h6_inquirer_apart_from_the_case(who, answer):
    assert inquirer_apart(said_of().facts("inquiry-1"), new(), changed(inquirer=who)) == answer


def test_inquirer_apart_cannot_be_told_without_the_case():
    facts = said_of().facts("inquiry-1")
    assert inquirer_apart(facts, new(), changed(allegation=None)) == not_met(
        "It is not said who looks into it: name somebody with no part in the case."
    )


def test_h6_inquirer_apart_is_asked_again_when_it_changes_hands_and_when_it_is_concluded():
    story = looked_into()
    conclusion, handed = ConcludeInquiry(outcome="cannot_be_told"), AssignInquiry(inquirer="mina")
    assert inquirer_apart(story.facts("inquiry-1", by="max"), opened(story), conclusion) == APART
    assert inquirer_apart(story.facts("inquiry-1", by="sam"), opened(story), handed).outcome.name == "NOT_MET"
    story.add("case-1", EndorseCase(reasons="Again."), by="max")
    assert inquirer_apart(story.facts("inquiry-1", by="max"), opened(story), conclusion) == not_met(
        "Max Reed endorsed or declined the case: it takes somebody with no part in it."
    )


def test_inquirer_apart_from_the_person_too():
    story = said_of()
    story.registers = with_staff(REGISTERS, "max", connections=frozenset({"carol"}))
    story.add("inquiry-1", OPENING)
    assert inquirer_apart(story.facts("inquiry-1"), opened(story), OPENING) == not_met(
        "Max Reed is connected with the person: it takes somebody with no part in it."
    )


def test_not_their_manager_warns_of_the_colleagues_own_line_manager():
    story = looked_into()
    facts = story.facts("inquiry-1")
    near = not_met("Mina Shah is the line manager of the colleague it is about: somebody further off is fairer.")
    apart = met("Whoever looks into it does not manage the colleague.")
    assert not_their_manager(facts, new(), changed(inquirer="mina")) == near
    assert not_their_manager(facts, opened(story), AssignInquiry(inquirer="mina")) == near
    assert [not_their_manager(facts, new(), changed(inquirer=who)) for who in ("max", None)] == [apart] * 2
    assert not_their_manager(facts, new(), changed(about=None)) == apart


def test_concluded_by_inquirer_and_nobody_else():
    story = looked_into()
    assert concluded_by_inquirer(story.facts("inquiry-1", by="max"), opened(story)) == met("You look into this.")
    assert concluded_by_inquirer(story.facts("inquiry-1", by="sam"), opened(story)) == not_met(
        "This is looked into by Max Reed, who also concludes it."
    )


def heard(*accounts: RecordColleagueAccount) -> Verdict:
    story = looked_into()
    for account in accounts:
        story.add("inquiry-1", account)
    return colleague_heard(opened(story))


def test_colleague_heard_once_they_said_something_or_chose_not_to():
    could = met("The colleague could give their side.")
    not_yet = not_met("The colleague has not given their side: hear them before you find that it is borne out.")
    assert [heard(), heard(RecordColleagueAccount())] == [not_yet, not_yet]
    assert heard(RecordColleagueAccount(account="I did not.")) == could
    assert heard(RecordColleagueAccount(outcome="declined")) == could


def test_bearing_stated_in_words_for_the_case():
    assert bearing_stated(ConcludeInquiry(outcome="partly", bearing="He was hurt.")) == met(
        "It is said what bears on the case."
    )
    assert bearing_stated(ConcludeInquiry(outcome="partly")) == not_met(
        "It is not said what bears on the case: say it in words that everybody on the case may read."
    )


def test_no_open_inquiry_warns_while_one_is_open_about_whoever_reported():
    story = said_of()
    assert no_open_inquiry(story.facts()) == NONE_OPEN
    story.add("case-1", NoteInquiry(allegation=SAID, inquiry="inquiry-1"))
    assert no_open_inquiry(story.facts()) == STILL_OPEN
    story.add("case-1", NoteInquiry(allegation=SAID, inquiry="inquiry-1", is_concluded=True))
    assert no_open_inquiry(story.facts()) == NONE_OPEN


def test_no_open_inquiry_is_only_about_those_whose_report_it_rests_on():
    story = said_of(about="dana")
    story.add("case-1", NoteInquiry(allegation=SAID, inquiry="inquiry-1"))
    assert no_open_inquiry(story.facts()) == NONE_OPEN
    story.add("incident-1", ReportIncident(subject="carol", affected=("dana",)))
    assert no_open_inquiry(story.facts()) == STILL_OPEN
