"""What the conditions of a gate line may ask about, each kind of answer once."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.facts import Look
from evenhand.casework.steps.appeal import DecideAppeal, ReceiveAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import PutAllegation, RecordContact
from evenhand.casework.steps.control import AddNote, CorrectEntry, Disclose
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    ProposeSanction,
    RecordContractAnswer,
    RecordCourtOutcome,
    TakeUrgentAction,
)
from evenhand.casework.steps.flag import ApproveFlag, ProposeFlag
from evenhand.casework.steps.incident import RecordInjury, ReportIncident, TriageIncident
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, RecordBreach, ReviewSanction
from evenhand.casework.steps.opening import BringInSanction, OpenCase
from evenhand.casework.steps.person import RecordChange
from evenhand.casework.traits import TRAITS
from tests.casework.build import DAY, EDITION, REGISTERS, Story, with_customer
from tests.casework.checks.measures import approved, opened, proposed, told

OFFICES = {"remedy": "office_access", "ends_on": "2022-01-31", "terms": {"offices": ["High Street"]}}
Seen = set[str] | None


def seen(trait: str, story: Story, draft: StepData, *, file: str = "case-1") -> Seen:
    """The words of a trait on a draft, or None where it cannot be told yet."""
    words = TRAITS[trait](story.look(draft, file=file))
    return None if words is None else set(words)


def on_a_button(trait: str, story: Story, step: type[StepData], target: str = "") -> Seen:
    """The same before anything is filled in."""
    words = TRAITS[trait](Look(story.facts(on=DAY), step, None, target))
    return None if words is None else set(words)


def test_every_trait_has_a_test_here():
    tested = {name.split("_")[1] for name in globals() if name.startswith("test_") and name.split("_")[1] in TRAITS}
    assert tested == set(TRAITS)


def test_kind_is_what_the_measure_does_and_stays_as_it_was_proposed():
    story = opened()
    ref = proposed(story, remedy="notice_seeking_possession")
    assert seen("kind", story, ProposeSanction(remedy="warning_letter")) == {"warning"}
    assert seen("kind", story, ApproveSanction(sanction=ref)) == {"court", "possession"}
    remedies = {**EDITION.remedies, "notice_seeking_possession": EDITION.remedies["warning_letter"]}
    story.edition = replace(EDITION, remedies=remedies)
    assert seen("kind", story, ApproveSanction(sanction=ref)) == {"court", "possession"}
    assert seen("kind", story, ProposeSanction(remedy="notice_seeking_possession")) == {"warning"}
    assert seen("kind", story, AddNote(text="x")) is None
    assert on_a_button("kind", story, ProposeSanction) is None


def test_triggers_are_those_of_the_behaviours_chosen():
    story = opened()
    demands = ProposeSanction(behaviours=("unreasonable_demands", "online_trolling", "abusive"))
    assert seen("triggers", story, demands) == {"conduct_assessment", "impact", "online"}
    assert seen("triggers", story, ProposeSanction(behaviours=("abusive", "gone"))) == set()
    ref = proposed(story, behaviours=["false_allegations"])
    assert seen("triggers", story, ApproveSanction(sanction=ref)) == {"conduct_assessment", "medical_question"}
    assert seen("triggers", story, AddNote(text="x")) is None


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (ReviewSanction(outcome="vary"), {"vary"}),
        (RecordContractAnswer(answer="signed"), {"signed"}),
        (TriageIncident(route="asb"), {"asb"}),
        (Disclose(basis="consent"), {"consent"}),
        (RecordChange(change="move"), {"move"}),
        (Disclose(), set()),
        (AddNote(text="x"), set()),
    ],
)
def test_outcome_is_the_word_that_a_draft_decides_by(draft, words):
    assert seen("outcome", opened(), draft) == words


def test_outcome_is_not_told_by_a_button():
    assert on_a_button("outcome", opened(), ReviewSanction) is None


def test_of_says_what_a_notice_tells():
    story = opened()
    measure, nothing = told(story), story.add("case-1", DecideNoSanction())
    urgent = story.add("case-1", TakeUrgentAction(remedy="civil_injunction"))
    review = story.add("case-1", ReviewSanction(sanction=measure, outcome="continue"))
    note = story.add("case-1", AddNote(text="x"))
    told_of = {ref: seen("of", story, GiveNotice(about=ref)) for ref in (measure, nothing, urgent, review, note)}
    assert told_of == {
        measure: {"sanction"},
        nothing: {"no_sanction"},
        urgent: {"urgent_action"},
        review: {"review"},
        note: {"sanction"},
    }
    assert seen("of", story, GiveNotice()) is None


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (GiveNotice(how="hand"), {"hand"}),
        (RecordContact(channel="phone"), {"phone"}),
        (RecordContact(channel="home_visit", face_to_face=True), {"home_visit", "face_to_face"}),
        (PutAllegation(allegation="x"), set()),
    ],
)
def test_how_is_the_channel_and_whether_people_meet(draft, words):
    assert seen("how", opened(), draft) == words


def test_how_is_not_told_by_a_button():
    assert on_a_button("how", opened(), GiveNotice) is None


def test_urgent_is_said_by_the_draft_or_on_a_button_by_the_case():
    story = Story()
    assert seen("urgent", story, OpenCase(urgent=True)) == {"yes"}
    assert seen("urgent", story, OpenCase()) == {"no"}
    story.add("case-1", OpenCase(urgent=True))
    assert on_a_button("urgent", story, OpenCase) == {"yes"}
    assert on_a_button("urgent", opened(), OpenCase) == {"no"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_on": "2021-08-09", "ends_on": "2021-09-08"}, {"shorter"}),
        ({"starts_on": "2021-08-09", "ends_on": "2021-09-09"}, {"a_month_or_more"}),
        ({}, {"a_month_or_more"}),
        ({"remedy": "police_liaison"}, {"shorter"}),
    ],
)
def test_lasts_a_month_or_more_or_shorter(changes, words):
    draft = ProposeSanction.model_validate({"remedy": "office_access", **changes})
    assert seen("lasts", opened(), draft) == words


def test_lasts_is_asked_of_measures_alone():
    assert seen("lasts", opened(), AddNote(text="x")) is None


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (ReviewSanction(outcome="continue"), {"harder"}),
        (ReviewSanction(outcome="vary", harsher=True), {"harder"}),
        (ReviewSanction(outcome="vary"), {"softer"}),
        (ReviewSanction(outcome="lift"), {"softer"}),
        (AddNote(text="x"), None),
    ],
)
def test_effect_is_whether_a_review_weighs_on_the_person(draft, words):
    assert seen("effect", opened(), draft) == words


@pytest.mark.parametrize(("name", "kind"), [("case-1", "case"), ("flag-1", "flag"), ("carol", "person")])
def test_file_is_the_kind_of_file(name, kind):
    assert seen("file", Story(), AddNote(text="x"), file=name) == {kind}


@pytest.mark.parametrize(
    ("born_on", "words"),
    [(date(2003, 8, 7), {"under_18"}), (date(2003, 8, 6), {"adult"}), (None, {"adult"})],
)
def test_age_of_whom_it_is_about_on_the_day(born_on, words):
    story = opened(registers=with_customer(REGISTERS, "carol", born_on=born_on))
    story.day = DAY
    assert seen("age", story, AddNote(text="x")) == words


def test_age_of_whom_a_measure_binds_and_of_nobody_we_know():
    registers = with_customer(REGISTERS, "dave", born_on=date(2010, 1, 1))
    story = opened(registers=registers)
    ref = proposed(story, subject="dave")
    assert seen("age", story, ApproveSanction(sanction=ref)) == {"under_18"}
    assert seen("age", Story(), OpenCase()) == {"adult"}


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Disclose(recipient_kind="contractor"), {"contractor"}),
        (Disclose(), {"other"}),
        (AddNote(text="x"), None),
    ],
)
def test_recipient_is_what_kind_of_outsider_it_is(draft, words):
    assert seen("recipient", opened(), draft) == words


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Disclose(basis="consent"), {"within_the_policy"}),
        (Disclose(basis="legal_obligation"), {"within_the_policy"}),
        (Disclose(basis="safeguarding"), {"within_the_policy"}),
        (Disclose(basis="crime"), {"beyond_the_policy"}),
        (Disclose(), {"beyond_the_policy"}),
        (AddNote(text="x"), None),
    ],
)
def test_standing_is_whether_the_policy_names_the_ground(draft, words):
    assert seen("standing", opened(), draft) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, set()), (3, set()), (4, {"over_3_days"}), (7, {"over_3_days"}), (8, {"over_3_days", "over_7_days"})],
)
def test_injury_is_how_long_somebody_is_away(days, words):
    assert seen("injury", Story(), RecordInjury(what="Shock", days_absent=days), file="incident-1") == words


@pytest.mark.parametrize(
    ("days", "words"), [(3, set()), (4, {"over_3_days"}), ("8", {"over_3_days", "over_7_days"}), (None, set())]
)
def test_injury_is_how_long_a_correction_makes_it(days, words):
    story = Story()
    hurt = story.add("incident-1", RecordInjury(what="Shock", days_absent=2))
    slip = CorrectEntry(entry=hurt, changes={} if days is None else {"days_absent": days}, reasons="Still away.")
    assert seen("injury", story, slip, file="incident-1") == words


def test_injury_is_long_once_and_no_other_correction_is_one():
    story = Story()
    report = story.add("incident-1", ReportIncident(subject="carol"))
    hurt = story.add("incident-1", RecordInjury(what="Shock", days_absent=5))
    longer = CorrectEntry(entry=hurt, changes={"days_absent": 9}, reasons="Still away.")
    assert seen("injury", story, longer, file="incident-1") == {"over_7_days"}
    assert seen("injury", story, CorrectEntry(entry=report, reasons="A slip."), file="incident-1") == set()


def test_injury_goes_by_what_the_edition_counts_in_days():
    story = Story()
    months = EDITION.periods["absence_reported"].model_copy(update={"days": None, "months": 1})
    periods = {name: rule for name, rule in EDITION.periods.items() if name != "absence_recorded"}
    story.edition = replace(EDITION, periods={**periods, "absence_reported": months})
    assert seen("injury", story, RecordInjury(what="Shock", days_absent=99), file="incident-1") == set()
    assert seen("injury", story, ReportIncident(), file="incident-1") is None


def test_late_is_after_the_last_day_that_was_given():
    story = opened()
    ref = told(story)
    assert seen("late", story, ReceiveAppeal(against=ref, received_on=date(2021, 8, 18))) == {"no"}
    assert seen("late", story, ReceiveAppeal(against=ref, received_on=date(2021, 8, 19))) == {"yes"}
    assert seen("late", story, ReceiveAppeal()) == {"no"}
    assert on_a_button("late", story, ReceiveAppeal, ref) is None
    story.day = date(2021, 8, 19)
    assert seen("late", story, ReceiveAppeal(against=ref)) == {"yes"}


def test_live_is_what_stands_against_the_person_on_the_day():
    story = opened()
    assert seen("live", story, AddNote(text="x")) == {"none"}
    told(story)
    assert seen("live", story, AddNote(text="x")) == {"sanction"}
    story.add("flag-1", ProposeFlag(subject="carol", category="physical"))
    story.add("flag-1", ApproveFlag(), by="max")
    assert seen("live", story, AddNote(text="x")) == {"sanction", "flag"}
    assert seen("live", story, AddNote(text="x"), file="dave") == {"none"}


def test_made_is_how_a_sanction_came_about():
    story = opened()
    refs = (
        proposed(story),
        story.add("case-1", TakeUrgentAction(remedy="civil_injunction")),
        story.add("case-1", BringInSanction(subject="carol", remedy="office_access")),
    )
    assert [seen("made", story, LiftSanction(sanction=ref)) for ref in refs] == [{"proposed"}, {"urgent"}, {"legacy"}]
    assert seen("made", story, AddNote(text="x")) is None


def test_ordered_is_whether_a_court_has_made_its_order():
    story = opened()
    ref = story.add("case-1", TakeUrgentAction(remedy="civil_injunction"))
    assert seen("ordered", story, LiftSanction(sanction=ref)) == {"no"}
    story.add("case-1", RecordCourtOutcome(sanction=ref, outcome="made"))
    assert seen("ordered", story, LiftSanction(sanction=ref)) == {"yes"}
    assert seen("ordered", story, AddNote(text="x")) is None


def test_told_is_whether_the_person_had_notice_of_the_sanction():
    story = opened()
    first, second = told(story), approved(story, **OFFICES)
    assert seen("told", story, RecordBreach(sanction=first, what="x")) == {"yes"}
    assert seen("told", story, RecordBreach(sanction=second, what="x")) == {"no"}
    assert seen("told", story, DecideAppeal(outcome="upheld")) is None
