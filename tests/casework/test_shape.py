"""Whether a draft's words exist; every fault at once, by field, with what to do."""

from dataclasses import replace
from typing import Any

import pytest

from evenhand.casework.facts import Facts
from evenhand.casework.shape import BadStep, Problem, check_shape, codes, nearest, read_draft
from evenhand.casework.steps.assessment import AssessConduct
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.control import AddNote, AuditCase, CorrectEntry, EraseContent
from evenhand.casework.steps.decision import ApproveSanction, DecideNoSanction, ProposeSanction
from evenhand.casework.steps.incident import RecordInjury, ReportIncident, TriageIncident
from evenhand.casework.steps.notice import GiveNotice
from evenhand.casework.steps.opening import OpenCase
from evenhand.casework.steps.person import AnswerQuestion, RecordNeed
from evenhand.policy.shapes import Question
from tests.casework.build import EDITION, Story
from tests.casework.checks.measures import opened, proposed


def problems(draft: StepData, facts: Facts | None = None) -> list[tuple[str, str]]:
    """Every fault found: (field, what to do)."""
    try:
        check_shape(draft, facts or opened().facts())
    except BadStep as bad:
        return [(problem.field, problem.says) for problem in bad.problems]
    return []


def unread(model: type[StepData], raw: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(BadStep) as bad:
        read_draft(model, raw)
    return [(problem.field, problem.says) for problem in bad.value.problems]


# --- Reading plain values


def test_plain_values_are_read():
    assert read_draft(AddNote, {"text": "x"}) == AddNote(text="x")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({}, [("text", "this is needed.")]),
        ({"text": "x", "txt": 1}, [("txt", "there is no such field. Did you mean text?")]),
        ({"text": ""}, [("text", "this is empty.")]),
        ({"text": "a\x00b"}, [("text", "holds a NUL character, which no letter can print: take it out.")]),
        ({"text": 3, "more": 4}, [
            ("text", "expected words."),
            ("more", "there is no such field. Did you mean departures?"),
        ]),
    ],
)  # fmt: skip
def test_values_of_the_wrong_shape_are_said_in_plain_words(raw, said):
    assert unread(AddNote, raw) == said


def test_a_fault_deep_inside_names_the_way_to_it():
    answers = {"answers": {"intent": {"answer": "maybe"}}}
    assert unread(AssessConduct, answers) == [
        ("answers.intent.answer", "expected 'yes', 'no', 'partly' or 'not_known'.")
    ]
    assert unread(GiveNotice, {"given_on": "12 May"}) == [("given_on", "must be written like 2026-08-20.")]
    assert unread(AddNote, ["x"]) == [("add_note", "expected {name: value, ...}.")]


def test_yes_is_no_number():
    assert unread(RecordInjury, {"what": "Shock", "days_absent": True}) == [("days_absent", "expected a whole number.")]


def test_all_problems_are_in_the_text():
    bad = BadStep("add_note", (Problem("text", "is needed."), Problem("txt", "there is no such field.")))
    assert (bad.step, str(bad)) == ("add_note", "text: is needed.; txt: there is no such field.")


def test_nearest_word_is_named_where_there_is_one():
    assert (nearest("warning", ["warning_letter", "office_access"]), nearest("x", [])) == (
        " Did you mean warning_letter?",
        "",
    )


# --- Codes, people, references


def test_codes_are_those_of_the_edition():
    facts = opened().facts()
    assert codes(facts.edition, "flags") == set(EDITION.flags)
    assert codes(facts.edition, "formats") == set(EDITION.codes["formats"])
    assert codes(facts.edition, "colours") == frozenset()


def test_every_unknown_word_is_named_with_the_nearest_that_is_known():
    draft = ReportIncident(subject="carrol", behaviours=("abusiv", "threatening"), reporter="carol", channel="fone")
    assert problems(draft, Story().facts("incident-1")) == [
        ("subject", "'carrol' is no customer person here."),
        ("channel", "'fone' is no code of channels here. Did you mean phone?"),
        ("behaviours", "'abusiv' is no code of behaviours here. Did you mean abusive?"),
        ("reporter", "'carol' is no staff person here."),
    ]


def test_staff_and_customers_may_both_be_somebody():
    facts = Story().facts("incident-1")
    assert problems(RecordInjury(what="Shock", person="olu"), facts) == []
    assert problems(RecordInjury(what="Shock", person="carol"), facts) == []
    assert problems(RecordInjury(what="Shock", person="nobody"), facts) == [
        ("person", "'nobody' is no any person here.")
    ]


def test_a_word_deep_inside_names_the_way_to_it():
    assert problems(ProposeSanction.model_validate({"terms": {"channels_open": ["fax"]}})) == [
        ("terms.channels_open", "'fax' is no code of channels here. Did you mean text?")
    ]
    finding = {"clause": "5.1", "what": "x", "action": "y", "owner": "carol", "due_on": "2021-09-01"}
    assert problems(AuditCase.model_validate({"findings": [finding]})) == [
        ("findings.owner", "'carol' is no staff person here.")
    ]


def test_a_file_is_named_by_its_name_and_an_entry_by_its_reference():
    story = opened()
    ref = proposed(story)
    facts = story.facts()
    assert problems(ApproveSanction(sanction=ref), facts) == []
    assert problems(ApproveSanction(sanction="case-1#99"), facts) == [
        ("sanction", "'case-1#99' is no sanction reference here.")
    ]
    assert problems(ApproveSanction(sanction="case-9#1"), facts) == [
        ("sanction", "'case-9#1' is no sanction reference here.")
    ]
    assert problems(OpenCase(incidents=("incident-1", "incident-7")), facts) == [
        ("incidents", "'incident-7' is no incident reference here.")
    ]
    assert problems(OpenCase(incidents=("incident-1#1",)), facts) == [
        ("incidents", "'incident-1#1' is no incident reference here.")
    ]


def test_a_case_that_a_report_joins_must_have_been_opened():
    story = opened()
    facts = story.facts("incident-1")
    assert problems(TriageIncident(route="join_case", case="case-1"), facts) == []
    assert problems(
        TriageIncident(route="join_case", case="case-2"), replace(facts, files=story.facts("case-2").files)
    ) == [("case", "'case-2' is no case reference here.")]


# --- Departures, answers


def test_only_soft_numbers_are_departed_from():
    draft = AddNote(text="x", departures={"appeal": "It was a long week."})
    assert problems(draft) == [("departures", "'appeal' cannot be departed from; these can: none.")]
    soft = {**EDITION.periods, "notice": EDITION.periods["notice"].model_copy(update={"soft": True})}
    facts = replace(opened().facts(), edition=replace(EDITION, periods=soft))
    assert problems(draft, facts) == [("departures", "'appeal' cannot be departed from; these can: notice.")]
    assert problems(AddNote(text="x", departures={"notice": "It was a long week."}), facts) == []


def test_a_question_is_answered_in_one_of_its_ways():
    worker = Question(text="Is there a social worker?", clause="1.1", answers=("yes", "no"))
    facts = replace(Story().facts("carol"), edition=replace(EDITION, questions={"worker": worker}))
    assert problems(AnswerQuestion(question="worker", answer="Yes"), facts) == []
    assert problems(AnswerQuestion(question="worker", answer="perhaps"), facts) == [
        ("answer", "'perhaps' is none of the answers: yes, no.")
    ]
    assert problems(AnswerQuestion(question="work", answer="perhaps"), facts) == [
        ("question", "'work' is no code of questions here. Did you mean worker?")
    ]


# --- Correcting and erasing


def test_only_facts_are_corrected_and_only_in_the_fields_their_step_lists():
    story = opened()
    shown = story.add("case-1", AddEvidence(what="A call note."))
    decided = story.add("case-1", DecideNoSanction(reasons="x"))
    facts = story.facts()

    def corrects(entry: str, **changes: Any) -> list[tuple[str, str]]:
        return problems(CorrectEntry(entry=entry, changes=changes, reasons="A slip."), facts)

    closed = "decisions are reversed by steps, and this entry's fields are not open to correction."
    assert corrects(shown, first_hand=False) == []
    assert corrects(shown, first_hnd=False) == [
        ("changes.first_hnd", "can't be corrected. Did you mean first_hand?"),
        ("changes.first_hnd", "there is no such field. Did you mean first_hand?"),
    ]
    assert corrects(shown, what="x") == [("changes.what", "can't be corrected. Did you mean dated?")]
    assert corrects(shown, dated="soon") == [("changes.dated", "must be written like 2026-08-20.")]
    assert corrects(decided, reasons="y") == [("entry", closed)]


def test_a_correction_of_nothing_that_is_there():
    story = opened()
    note = story.add("case-1", AddNote(text="x"))
    gone = CorrectEntry(entry="case-1#99", changes={"text": "y"}, reasons="A slip.")
    closed = "decisions are reversed by steps, and this entry's fields are not open to correction."
    assert problems(gone, story.facts()) == [
        ("entry", "'case-1#99' is no entry reference here."),
        ("entry", closed),
    ]
    assert problems(CorrectEntry(entry=note, changes={}, reasons="x"), story.facts()) == [("entry", closed)]


def test_only_free_words_are_erased():
    story = Story()
    ref = story.add("carol", RecordNeed(need="autism", details="Calls after noon."))
    facts = story.facts("carol")
    assert problems(EraseContent(entry=ref, fields=("details",)), facts) == []
    assert problems(EraseContent(entry=ref, fields=("need", "detail")), facts) == [
        ("fields", "'need' holds no free words. Did you mean source?"),
        ("fields", "'detail' holds no free words. Did you mean details?"),
    ]
    assert problems(EraseContent(entry="carol#9", fields=("details",)), facts) == [
        ("entry", "'carol#9' is no entry reference here."),
        ("entry", "is no entry of this file: erase words where they stand."),
        ("fields", "'details' holds no free words."),
    ]
