"""The form that is made from a step's model: what it asks, what it offers, and what it says is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.cases.seeing import Viewer
from evenhand.casework.checks import CHECKS
from evenhand.casework.duties import KINDS
from evenhand.casework.shape import Problem
from evenhand.casework.steps import STEPS
from evenhand.people.reading import registers_on
from evenhand.web.file.opening import opened
from evenhand.web.steps.form import NoSuchField, StepForm
from evenhand.web.steps.mending import MENDS, mending_field, step_for
from evenhand.web.steps.shapes import shapes_of
from tests.desk import NOW, STAFF
from tests.web.steps_at_the_desk import CASE, opened_case

INCIDENT, FLAG, INQUIRY = "IN-2026-AAAAA", "FL-2026-AAAAA", "IQ-2026-AAAAA"


@pytest.fixture(autouse=True)
def _at_ten(time_machine):
    time_machine.move_to(NOW + timedelta(hours=1))


@pytest.fixture
def files(desk):
    """A file of each kind, about Carol."""
    opened_case(desk)
    happened = {"subject": "carol", "what_happened": "She shouted.", "happened_on": "2026-08-01"}
    desk.take("report_incident", "incident", INCIDENT, "olu", **happened)
    desk.take("propose_flag", "flag", FLAG, "olu", subject="carol", incident=INCIDENT, reasons="She shouted.",
              category="threats_and_abuse", control_measures=["two_people"], instruction="Go in pairs.",
              evidence="The report.", review_on="2026-10-01")  # fmt: skip
    desk.take("record_need", "person", "carol", "olu", need="low_vision")
    desk.take("record_counter_allegation", "case", CASE, "olu", about="fay", what="She swore first.")
    desk.take("open_inquiry", "inquiry", INQUIRY, "sam", subject="carol", allegation=f"{CASE}#2", about="fay",
              inquirer="nils", allowed=["olu"])  # fmt: skip
    return {"case": CASE, "incident": INCIDENT, "flag": FLAG, "person": "carol", "inquiry": INQUIRY}


@pytest.fixture
def form(files):
    """A form for a step on Olu's file of its first kind, as something was typed."""
    registers = registers_on(NOW.date())
    roles = registers.roles_of("olu", NOW.date())
    olu = Viewer(next(one for one in STAFF if one.id == "olu"), registers, NOW.date(), NOW, roles, "all")

    def made(step, typed=None, **initial):
        model = STEPS[step]
        asking = opened(model.files[0], files[model.files[0]], olu).asking
        if typed is None:
            return StepForm.blank(model, asking, {name: [value] for name, value in initial.items()})
        return StepForm.posted(model, typed, asking)

    return made


def test_every_step_has_a_page_on_every_kind_of_file_it_is_taken_on(desk, files):
    olu = desk.client("olu")
    taken = [(kind, step) for step in STEPS.values() if not step.follows for kind in step.files]
    statuses = {
        (kind, step.name): olu.get(f"/{kind}/{files[kind]}/do/{step.name}/").status_code for kind, step in taken
    }
    assert {where: status for where, status in statuses.items() if status != 200} == {}


def test_every_form_bears_what_nobody_would_type(desk, files):
    olu = desk.client("olu")
    odd = {}
    for step in (step for step in STEPS.values() if not step.follows):
        kind = step.files[0]
        typed = {shape.name: "☃ <b>' 0" for shape in shapes_of(step)} | {"act": "take", "expected": "x", "key": "a b"}
        status = olu.post(f"/{kind}/{files[kind]}/do/{step.name}/", typed).status_code
        odd |= {step.name: status} if status not in (302, 422) else {}
    assert odd == {}


def test_codes_are_offered_by_their_titles(form):
    field = form("record_contact").field("channel")
    assert field.kind == "select"
    assert [one.title for one in field.options][:3] == ["Phone", "E-mail", "Letter by post"]


def test_measure_says_what_it_does(form):
    hints = {one.title: one.hint for one in form("propose_sanction").field("remedy").options}
    assert hints["Warning letter"] != ""


def test_choices_of_a_step_read_as_words(form):
    assert next(one.title for one in form("triage_incident").field("route").options) == "Open a new case"


def test_default_is_chosen_beforehand(form):
    chosen = [one.value for one in form("assess_equality").field("form").options if one.is_chosen]
    assert chosen == ["full"]


def test_questions_of_the_conduct_assessment_are_asked_one_by_one(form):
    asked = form("assess_conduct").field("answers").children
    assert [one.name for one in asked][:2] == ["answers.demands", "answers.intent"]
    assert [child.name for child in asked[0].children] == [
        "answers.demands.answer",
        "answers.demands.reasons",
        "answers.demands.sources",
    ]


def test_colleagues_are_chosen_from_a_list(form):
    field = form("assign_case").field("officer")
    assert [one.title for one in field.options] == [
        "Mina Rao", "Nils Moor", "Olu Lamb", "Otto Berg", "Sam Oduya", "Sia Vance",
    ]  # fmt: skip


def test_customers_are_found_by_name_with_those_near_at_hand(form):
    field = form("propose_sanction").field("subject")
    assert (field.kind, [one.title for one in field.options]) == ("person", ["Carol Ashdown"])


def test_customers_are_found_by_every_word_typed(form):
    field = form("propose_sanction", {"subject-find": ["dan pry"]}).field("subject")
    assert [one.title for one in field.options] == ["Carol Ashdown", "Dan Pryce"]


def test_evidence_is_offered_by_what_it_says(form):
    titles = [one.title for one in form("propose_sanction").field("evidence").options]
    assert titles == ["Reported an incident: She shouted., 3 August 2026"]


def test_choice_no_longer_offered_stays_as_it_was_typed(form):
    field = form("propose_sanction", {"remedy": ["flogging"]}).field("remedy")
    assert [(one.value, one.is_chosen) for one in field.options][-1] == ("flogging", True)


def test_correction_offers_the_fields_that_may_be_corrected(form):
    blank = form("correct_entry", entry=f"{INCIDENT}#1")
    assert {one.name for one in blank.field("changes").children} >= {"changes.what_happened", "changes.subject"}
    assert blank.field("changes.what_happened").value == "She shouted."


def test_correction_changes_only_what_says_something_else(form):
    first = form("correct_entry", entry=f"{INCIDENT}#1")
    typed = {**first.typed, "changes.what_happened": ["She spoke loudly."], "reasons": ["I misheard."]}
    assert form("correct_entry", typed).raw["changes"] == {"what_happened": "She spoke loudly."}


def test_erasure_offers_the_fields_of_free_words(form):
    field = form("erase_content", {"entry": [f"{INCIDENT}#1"]}).field("fields")
    assert ("what_happened" in [one.value for one in field.options], field.kind) == (True, "choices")


def test_problem_lands_beside_the_nearest_field(form):
    found = form("propose_sanction").with_problems([Problem("terms.days.0", "no such day."), Problem("x", "odd.")])
    assert found.field("terms.days").errors == ("no such day.",)
    assert (found.general, found.errors[0]) == (("odd.",), ("odd.", "#form"))


def test_summary_links_to_the_first_control_of_a_field(form):
    problems = [Problem("ends_on", "a."), Problem("remedy", "b."), Problem("subject", "c."), Problem("reasons", "d.")]
    anchors = {href for _, href in form("propose_sanction").with_problems(problems).errors}
    assert anchors == {"#f-ends_on-day", "#f-remedy", "#f-subject-0", "#f-reasons"}


def test_field_that_is_not_there_is_said_to_be_missing(form):
    with pytest.raises(NoSuchField, match="add_note has no field colour"):
        form("add_note").field("colour")


# What mends what


def test_every_check_that_is_mended_is_a_check():
    assert MENDS.keys() - CHECKS.keys() == set()


def test_everything_that_mends_is_a_step_or_a_field_of_one():
    fields = {name for step in STEPS.values() for name in step.model_fields}
    assert {name for names in MENDS.values() for name in names} - STEPS.keys() - fields == set()


def test_every_duty_is_kept_by_a_step():
    assert {duty: step_for(duty) in STEPS for duty in KINDS} == dict.fromkeys(KINDS, True)


def test_field_of_the_form_goes_before_another_step():
    assert mending_field("evidence_cited", STEPS["propose_sanction"]) == "evidence"
    assert mending_field("letter_sender", STEPS["give_notice"]) == "how"
    assert (mending_field("equality_assessed", STEPS["approve_sanction"]), step_for("equality_assessed")) == (
        "",
        "assess_equality",
    )


def test_what_nobody_can_mend_has_no_step():
    assert step_for("approver_apart") == ""


def test_the_customers_account_says_what_comes_first_where_nothing_was_put_to_them(form):
    (field,) = [one for one in form("record_account").fields if one.name == "allegation"]
    assert field.when_empty == "Nothing was put to the customer yet: put the allegation to them first."
