"""The inquiry file: what its entries add up to, and to whom it is kept."""

from evenhand.casework.flag import FlagFile
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.steps.control import AddNote, DisposeFile
from evenhand.casework.steps.inquiry import AssignInquiry, ConcludeInquiry, OpenInquiry
from tests.casework.build import Story

OPENING = OpenInquiry(subject="carol", allegation="case-1#3", about="olu", inquirer="max", allowed=("sue",))


def inquiry(story: Story) -> InquiryFile:
    file = story.facts("inquiry-1").file
    assert isinstance(file, InquiryFile)
    return file


def test_an_inquiry_before_it_begins_is_about_nobody():
    file = InquiryFile("inquiry-1", ())
    assert (file.state, file.subject, file.colleague, file.case, file.inquirer) == ("none", "", "", "", "")
    assert (file.kept_to, file.conclusion, file.is_restricted) == (frozenset(), None, True)


def test_an_opened_inquiry_says_what_it_is_about_and_who_looks_into_it():
    story = Story()
    story.add("inquiry-1", OPENING, by="sam")
    file = inquiry(story)
    assert (file.state, file.subject, file.colleague, file.inquirer) == ("open", "carol", "olu", "max")
    assert (file.allegation, file.case) == ("case-1#3", "case-1")


def test_an_inquiry_is_kept_to_who_opened_it_who_looks_into_it_and_whom_they_let_in():
    story = Story()
    story.add("inquiry-1", OPENING, by="sam")
    assert inquiry(story).kept_to == {"sam", "max", "sue"}
    story.add("inquiry-1", AddNote(text="I spoke with the desk."), by="dana")
    assert inquiry(story).kept_to == {"sam", "max", "sue"}


def test_an_inquiry_in_other_hands_is_kept_from_those_before():
    story = Story()
    story.add("inquiry-1", OPENING, by="sam")
    story.add("inquiry-1", AssignInquiry(inquirer="dana", reasons="Max is away."), by="sam")
    assert (inquiry(story).inquirer, inquiry(story).kept_to) == ("dana", {"sam", "dana"})


def test_h1_an_inquiry_is_never_kept_to_the_colleague_it_is_about():
    story = Story()
    story.add("inquiry-1", OPENING.model_copy(update={"allowed": ("olu",)}), by="olu")
    assert inquiry(story).kept_to == {"max"}


def test_an_inquiry_is_concluded_and_in_the_end_disposed_of():
    story = Story()
    story.add("inquiry-1", OPENING)
    story.add("inquiry-1", ConcludeInquiry(outcome="borne_out", reasons="The camera shows it."))
    assert (inquiry(story).state, inquiry(story).conclusion.data.outcome) == ("concluded", "borne_out")
    story.add("inquiry-1", DisposeFile())
    assert inquiry(story).state == "disposed"


def test_an_inquiry_is_kept_to_a_few_from_its_beginning_and_a_flag_is_not():
    assert (InquiryFile("inquiry-1", ()).is_restricted, FlagFile("flag-1", ()).is_restricted) == (True, False)
