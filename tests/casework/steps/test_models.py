"""Every step's data: what it takes, what it refuses and in which words, and what its schema says."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import chain
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evenhand.casework.steps import STEPS, UnknownStep, step_named
from evenhand.casework.steps.assessment import AssessConduct, AssessEquality, ConductAnswer, ConsiderConversation
from evenhand.casework.steps.base import Code, Data, Person, Points, StepData, snake
from evenhand.casework.steps.casefacts import AddEvidence, RecordContact
from evenhand.casework.steps.control import AddNote, AuditCase, AuditFinding, CompleteAuditAction, CorrectEntry
from evenhand.casework.steps.decision import ProposeSanction, RecordCourtOutcome, RecordLegalAdvice, Terms
from evenhand.casework.steps.incident import MakeSafe, RecordInjury, ReportIncident, TriageIncident, Volume
from evenhand.casework.steps.markers import markers, replace_points
from evenhand.casework.steps.notice import GiveNotice
from evenhand.casework.steps.opening import LinkIncident, OpenCase
from evenhand.casework.steps.person import AnswerQuestion

MODELS = [pytest.param(model, id=name) for name, model in STEPS.items()]
EVERY_KIND = ("incident", "case", "flag", "person", "inquiry")

REQUIRED = {
    "record_injury": {"what"},
    "make_safe": {"what"},
    "add_statement": {"words"},
    "triage_incident": {"route"},
    "offer_staff_support": {"what"},
    "tell_reporter": {"told"},
    "offer_adjustment": {"adjustment"},
    "answer_adjustment": {"answer"},
    "name_representative": {"representative"},
    "record_assurance": {"says"},
    "record_change": {"change"},
    "answer_question": {"question", "answer"},
    "link_incident": {"incident"},
    "assign_case": {"officer"},
    "restrict_case": {"reasons"},
    "add_evidence": {"what"},
    "request_evidence": {"what"},
    "record_counter_allegation": {"what"},
    "put_allegation": {"allegation"},
    "request_takedown": {"address"},
    "plan_safe_working": {"provisions"},
    "instruct_legal": {"adviser"},
    "record_contract_answer": {"answer"},
    "record_court_outcome": {"outcome"},
    "record_breach": {"what"},
    "ask_continuation": {"sanction", "until"},
    "agree_continuation": {"answer"},
    "review_sanction": {"outcome"},
    "decide_late_appeal": {"admit"},
    "decide_appeal": {"outcome"},
    "adopt_edition": {"edition"},
    "complete_audit_action": {"done"},
    "offer_redress": {"what"},
    "link_matter": {"kind", "reference"},
    "ask_agency": {"agency"},
    "add_note": {"text"},
    "correct_entry": {"entry", "reasons"},
    "look_again": {"outcome"},
    "ask_look_again": {"entry", "why"},
    "withdraw": {"entry"},
    "record_block": {"what"},
    "place_hold": {"reasons"},
    "erase_content": {"entry"},
    "review_flag": {"outcome"},
    "restart_flag": {"incident"},
    "decide_flag_dispute": {"outcome"},
    "conclude_inquiry": {"outcome"},
    "note_inquiry": {"allegation", "inquiry"},
}

FACTS = {
    *("report_incident", "record_injury", "report_to_police", "make_safe", "add_statement", "record_conversation"),
    *("offer_staff_support", "tell_reporter", "record_need", "offer_adjustment", "answer_adjustment"),
    *("name_representative", "record_complaint", "record_assurance", "record_change", "answer_question"),
    *("bring_in_sanction", "link_incident", "assign_case", "restrict_case", "record_contact", "add_evidence"),
    *("request_evidence", "record_counter_allegation", "put_allegation", "record_account", "check_own_service"),
    *("request_takedown", "consider_conversation", "signpost_support", "consider_mediation", "assess_conduct"),
    *("assess_equality", "plan_safe_working", "instruct_legal", "record_contract_answer", "record_court_outcome"),
    *("record_return", "record_breach", "request_review", "receive_appeal", "refer_to_asb", "recall_disclosure"),
    *("complete_audit_action", "offer_redress", "add_note", "correct_entry", "look_again", "ask_look_again"),
    *("mark_death", "record_block", "confirm_block_lifted", "place_hold", "release_hold"),
    *("bring_in_flag", "tell_person", "dispute_flag", "restart_flag", "link_matter"),
    *("ask_agency", "record_agency_answer", "ask_continuation", "record_legal_advice"),
    *("record_colleague_account", "tell_inquiry_outcome", "note_inquiry", "note_case"),
}

TARGETS = {
    "answer_adjustment": ("adjustment", "adjustment"),
    "record_agency_answer": ("asked", "asked"),
    "record_account": ("allegation", "allegation"),
    "defer_telling": ("told", "about"),
    "approve_sanction": ("sanction", "sanction"),
    "decline_sanction": ("sanction", "sanction"),
    "instruct_legal": ("sanction", "sanction"),
    "record_legal_advice": ("instruction", "instruction"),
    "offer_contract": ("sanction", "sanction"),
    "record_contract_answer": ("sanction", "sanction"),
    "serve_notice_seeking_possession": ("sanction", "sanction"),
    "record_court_outcome": ("sanction", "sanction"),
    "give_notice": ("told", "about"),
    "record_return": ("notice", "notice"),
    "record_breach": ("sanction", "sanction"),
    "request_review": ("sanction", "sanction"),
    "answer_review_request": ("request", "request"),
    "ask_continuation": ("sanction", "sanction"),
    "agree_continuation": ("sanction", "sanction"),
    "review_sanction": ("sanction", "sanction"),
    "lift_sanction": ("sanction", "sanction"),
    "receive_appeal": ("appealed", "against"),
    "decide_late_appeal": ("appeal", "appeal"),
    "assign_appeal": ("appeal", "appeal"),
    "suspend_sanction": ("appeal", "appeal"),
    "decide_appeal": ("appeal", "appeal"),
    "countersign": ("disclosure", "disclosure"),
    "recall_disclosure": ("disclosure", "disclosure"),
    "complete_audit_action": ("action", "audit"),
    "look_again": ("look", "about"),
    "confirm_block_lifted": ("block", "block"),
    "release_hold": ("hold", "hold"),
}

STARTS = {
    "incident": {
        "report_incident",
        "record_injury",
        "report_to_police",
        "make_safe",
        "add_statement",
        "record_conversation",
        "offer_staff_support",
    },
    "person": {
        "record_need",
        "offer_adjustment",
        "answer_adjustment",
        "name_representative",
        "record_complaint",
        "record_assurance",
        "record_change",
        "answer_question",
        "ask_agency",
    },
    "case": {"open_case", "bring_in_sanction"},
    "flag": {"propose_flag", "bring_in_flag"},
    "inquiry": {"open_inquiry"},
}

ON_SEVERAL = {
    ("incident", "case"): {
        *("add_statement", "record_conversation", "offer_staff_support", "tell_reporter"),
        *("request_evidence", "refer_to_asb"),
    },
    ("case", "person"): {"signpost_support", "offer_redress", "ask_agency", "record_agency_answer"},
    ("case", "flag", "inquiry"): {"mark_death"},
    ("incident", "case", "flag", "person"): {"report_to_police", "make_safe", "answer_question", "assess_equality"},
    EVERY_KIND: {
        *("record_contact", "add_evidence"),
        *("plan_safe_working", "countersign", "disclose", "recall_disclosure", "add_note", "correct_entry"),
        *("look_again", "ask_look_again", "withdraw", "place_hold", "release_hold", "erase_content", "dispose_file"),
        *("record_block", "confirm_block_lifted", "link_matter"),
    },
}

NAUGHTY = (
    "NULL",
    "undefined",
    "'; DROP TABLE entry; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%s%n%x",
    "../../etc/hosts",
    "Ω≈ç√∫˜µ≤≥÷",
    "田中さんにあげて下さい",
    "مُنَاقَشَةُ سُبُلِ",
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "\u202ereversed",
    "two\nlines\tand a tab",
    "\x01\x7f",
)


def _text_for(hint: Any) -> Any:
    """What a scenario could hold for a field of this type: text, and lists and tables of text."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _text_for(inner[0])
    if origin in (Union, UnionType):
        return _text_for(inner[0])
    if origin is Literal:
        return inner[-1]
    if origin is tuple:
        return [_text_for(inner[0])]
    if origin is dict:
        return {_text_for(inner[0]): _text_for(inner[1])}
    if issubclass(hint, Data):
        return _text_data(hint)
    return PLAIN[hint]


PLAIN = {
    str: "words",
    bool: "yes",
    int: "3",
    date: "2021-07-01",
    datetime: "2021-07-01T09:00",
    time: "09:30",
    Decimal: "£1,250.50",
    Any: "words",
}


def _text_data(model: type[Data]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: PLAIN[Any] if hints[name] is Any else _text_for(hints[name]) for name in model.model_fields}


def _needed(model: type[Data]) -> dict[str, Any]:
    fields = model.model_fields
    return {
        name: text
        for name, text in _text_data(model).items()
        if fields[name].is_required() or fields[name].validate_default  # one of several that may say it
    }


def _refusals(model: type[Data], given_data: dict[str, Any]) -> list[tuple[str, str]]:
    """Where and what, for each thing refused."""
    with pytest.raises(ValidationError) as refused:
        model.model_validate(given_data)
    return [(".".join(map(str, error["loc"])), error["msg"]) for error in refused.value.errors()]


def _schema_markers(node: Any) -> list[tuple[str, str]]:
    """Every marker in a JSON Schema node, its definitions included."""
    if isinstance(node, list):
        return [*chain.from_iterable(map(_schema_markers, node))]
    if not isinstance(node, dict):
        return []
    own = [(key, value) for key, value in node.items() if key in ("x-code", "x-person", "x-points")]
    return [*own, *chain.from_iterable(_schema_markers(value) for value in node.values())]


def _as_in_schema(marker: Code | Person | Points) -> tuple[str, str]:
    match marker:
        case Code(of):
            return "x-code", of
        case Person(kind):
            return "x-person", kind
        case Points(at):
            return "x-points", at


def test_steps_are_found_by_the_name_of_their_model():
    assert dict(STEPS) == {snake(model.__name__): model for model in STEPS.values()}
    assert step_named("give_notice") is GiveNotice


def test_an_unknown_step_names_the_nearest():
    with pytest.raises(UnknownStep) as unknown:
        step_named("propose_sanctions")
    assert str(unknown.value) == "There is no step 'propose_sanctions'. Did you mean 'propose_sanction'?"


def test_what_each_step_needs_is_as_listed():
    needed = {name: set(_needed(model)) for name, model in STEPS.items()}
    assert {name: fields for name, fields in needed.items() if fields} == REQUIRED


def test_what_was_made_safe_is_chosen_or_said():
    assert _refusals(MakeSafe, {}) == [("what", "Value error, say what was done, or choose it from the list")]
    assert MakeSafe(actions=("end_call",)).what is None
    assert MakeSafe(what="We left.").actions == ()


def test_facts_and_decisions_are_as_listed():
    assert {name for name, model in STEPS.items() if not model.decides} == FACTS


def test_targets_are_as_listed():
    targets = {name: (model.target, model.target_field) for name, model in STEPS.items()}
    assert {name: target for name, target in targets.items() if target != ("", "")} == TARGETS


def test_files_started_are_as_listed():
    starts = {kind: {name for name, model in STEPS.items() if kind in model.starts} for kind in EVERY_KIND}
    assert starts == STARTS


def test_files_taken_on_are_as_listed():
    several: dict[tuple[str, ...], set[str]] = {}
    for name, model in STEPS.items():
        several.setdefault(model.files, set()).add(name)
    assert {files: names for files, names in several.items() if len(files) > 1} == ON_SEVERAL


@pytest.mark.parametrize("model", MODELS)
def test_a_step_is_built_from_text_alone(model):
    data = model.model_validate(_text_data(model))
    assert model.model_validate_json(data.model_dump_json()) == data
    assert model.model_validate(_needed(model)).departures == {}


@pytest.mark.parametrize("model", MODELS)
def test_a_step_refuses_an_unknown_field(model):
    assert _refusals(model, {**_needed(model), "colour": "red"}) == [("colour", "Extra inputs are not permitted")]


@pytest.mark.parametrize("model", MODELS)
def test_a_step_says_what_is_missing(model):
    if _needed(model):
        assert [name for name, _ in _refusals(model, {})] == [*_needed(model)]


@pytest.mark.parametrize("model", MODELS)
def test_a_step_is_frozen_and_holds_no_list(model):
    data = model.model_validate(_text_data(model))
    with pytest.raises(ValidationError, match="Instance is frozen"):
        data.departures = {}
    assert [name for name, value in data if isinstance(value, list)] == []


@pytest.mark.parametrize("model", MODELS)
def test_a_step_says_what_it_is_for_with_its_clause(model):
    first = model.__doc__.splitlines()[0]
    assert re.fullmatch(r"[A-Z].* \(clauses? [1-7]\.\d.*\)\.", first), first


@pytest.mark.parametrize("model", [*MODELS, Terms, Volume, ConductAnswer, AuditFinding])
def test_every_field_has_a_label_of_its_own(model):
    labels = [field.title for field in model.model_fields.values()]
    assert [label for label in labels if not label or len(label) > 75] == []
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("model", MODELS)
def test_correctable_fields_are_fields_of_a_fact(model):
    assert [name for name in model.correctable if name not in model.model_fields or model.decides] == []


@pytest.mark.parametrize("model", MODELS)
def test_the_field_that_points_at_the_target_is_marked(model):
    marks = [mark for mark in markers(model) if mark.path == (model.target_field,)]
    assert [type(mark.marker) for mark in marks] == ([Points] if model.target else [])


@pytest.mark.parametrize("model", MODELS)
def test_the_schema_names_the_step_and_carries_every_marker(model):
    schema = model.model_json_schema()
    assert schema["title"] == model.__name__
    assert schema["description"].splitlines()[0] == model.__doc__.splitlines()[0]
    assert sorted(_schema_markers(schema)) == sorted(_as_in_schema(mark.marker) for mark in markers(model))


def test_the_schema_shows_label_hint_and_marker_of_a_field():
    shown = AddEvidence.model_json_schema()["properties"]["author"]
    assert shown == {
        "anyOf": [{"maxLength": 200, "type": "string", "x-person": "customer"}, {"type": "null"}],
        "default": None,
        "title": "Whose conduct it shows",
    }


def test_text_becomes_typed_data():
    given_data = {
        "remedy": "restricted_channels",
        "evidence": ["case-1#3"],
        "ends_on": "2021-11-20",
        "terms": {"channels_closed": ["phone"], "days": ["mon", "thu"], "from_time": "09:00", "times_a_week": "1"},
        "departures": {"notice": "the office was flooded"},
    }
    assert ProposeSanction.model_validate(given_data) == ProposeSanction(
        remedy="restricted_channels",
        evidence=("case-1#3",),
        ends_on=date(2021, 11, 20),
        terms=Terms(channels_closed=("phone",), days=("mon", "thu"), from_time=time(9), times_a_week=1),
        departures={"notice": "the office was flooded"},
    )


@pytest.mark.parametrize(("word", "meant"), [("yes", True), ("no", False), ("true", True), ("false", False)])
def test_yes_and_no_are_read_as_written(word, meant):
    assert OpenCase.model_validate({"urgent": word}).urgent is meant


def test_one_contact_stands_for_one_unless_told_otherwise():
    assert RecordContact().count == 1
    assert _refusals(RecordContact, {"count": "0"}) == [("count", "Input should be greater than or equal to 1")]


def test_nested_data_is_checked_too():
    finding = {"clause": "5.2", "what": "no review", "action": "review it", "owner": "mina", "due_on": "soon"}
    assert _refusals(AuditCase, {"findings": [finding], "checklist": {"5.2": "perhaps"}}) == [
        ("checklist.5.2", "Input should be 'yes', 'no' or 'not_applicable'"),
        ("findings.0.due_on", "Value error, must be written like 2026-08-20"),
    ]


@pytest.mark.parametrize("words", NAUGHTY)
def test_odd_words_are_kept_as_they_are(words):
    assert ReportIncident.model_validate({"words_said": words}).words_said == words


@given(st.text())
def test_any_words_are_kept_or_refused_and_stay_the_same_when_read_again(words):
    if "\x00" in words:
        assert _refusals(ReportIncident, {"words_said": words}) == [
            ("words_said", "Value error, holds a NUL character, which no letter can print: take it out")
        ]
    else:
        kept = ReportIncident(words_said=words)
        assert ReportIncident.model_validate_json(kept.model_dump_json()) == kept


def test_nul_is_refused_wherever_text_is_read():
    nul = "Value error, holds a NUL character, which no letter can print: take it out"
    assert _refusals(AddNote, {"text": "a\x00b"}) == [("text", nul)]
    assert _refusals(LinkIncident, {"incident": "a\x00"}) == [("incident", nul)]
    assert _refusals(AddNote, {"text": "a", "departures": {"\x00": "b"}}) == [("departures.\x00.[key]", nul)]


def test_text_beyond_measure_is_refused():
    assert AddNote(text="x" * 20_000).text == "x" * 20_000
    assert _refusals(AddNote, {"text": "x" * 20_001}) == [("text", "String should have at most 20000 characters")]
    assert _refusals(LinkIncident, {"incident": "x" * 201}) == [
        ("incident", "String should have at most 200 characters")
    ]


def test_required_words_may_not_be_blank():
    assert _refusals(RecordInjury, {"what": "  \n"}) == [("what", "String should have at least 1 character")]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("0000-01-01", "Input should be a valid date in the format YYYY-MM-DD, year 0 is out of range"),
        ("0001-01-01", "Value error, must lie between 1900 and 2199"),
        ("1899-12-31", "Value error, must lie between 1900 and 2199"),
        ("2200-01-01", "Value error, must lie between 1900 and 2199"),
        ("2021-02-30", "Input should be a valid date or datetime, day value is outside expected range"),
        ("31/12/2021", "Value error, must be written like 2026-08-20"),
        ("0", "Value error, must be written like 2026-08-20"),
        ("-86400", "Value error, must be written like 2026-08-20"),
        (86400, "Value error, must be written like 2026-08-20"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(day, why):
    assert _refusals(ReportIncident, {"happened_on": day}) == [("happened_on", why)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1250", "1250"), ("£1,250.50", "1250.50"), (" 0.5 ", "0.5"), (900, "900"), (Decimal("12.50"), "12.50")],
)
def test_an_amount_in_pounds_is_read_as_people_write_it(written, meant):
    assert RecordLegalAdvice(costs=written).costs == Decimal(meant)


@pytest.mark.parametrize("written", ["", "about 900", "-1", "1.255", "1e5", "NaN", "1 250", True, "1" * 10])
def test_an_amount_that_cannot_be_meant_is_refused(written):
    why = "Value error, expected an amount in pounds, such as 1,250 or 1,250.50"
    assert _refusals(RecordLegalAdvice, {"costs": written}) == [("costs", why)]


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_a_day_within_living_memory_is_taken(day):
    assert ReportIncident.model_validate({"happened_on": day}).happened_on == date.fromisoformat(day)
    assert ReportIncident(happened_on=date.fromisoformat(day)).happened_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-07-01T09:00", datetime(2021, 7, 1, 8, tzinfo=UTC)),
        ("2021-01-01T09:00", datetime(2021, 1, 1, 9, tzinfo=UTC)),
        ("2021-07-01T09:00+03:00", datetime(2021, 7, 1, 6, tzinfo=UTC)),
    ],
)
def test_an_instant_without_an_offset_is_london_time(written, meant):
    assert AddEvidence.model_validate({"what": "a post", "captured_at": written}).captured_at == meant


def test_an_instant_is_as_sane_as_a_day():
    assert _refusals(AddEvidence, {"what": "a post", "captured_at": "1625097600"}) == [
        ("captured_at", "Value error, must be written like 2026-08-20")
    ]
    assert _refusals(AddEvidence, {"what": "a post", "captured_at": "1066-10-14T09:00"}) == [
        ("captured_at", "Value error, must lie between 1900 and 2199")
    ]


def test_a_time_of_day_is_by_our_own_clocks():
    assert _refusals(ProposeSanction, {"terms": {"from_time": "09:00Z"}}) == [
        ("terms.from_time", "Value error, must be a time by our own clocks, like 14:30, without an offset")
    ]


@pytest.mark.parametrize(
    ("count", "why"), [("-1", "greater than or equal to 0"), ("9000000", "less than or equal to 1000000")]
)
def test_a_count_that_cannot_be_meant_is_refused(count, why):
    assert _refusals(RecordInjury, {"what": "shock", "days_absent": count}) == [
        ("days_absent", f"Input should be {why}")
    ]


def test_a_choice_names_what_may_be_chosen():
    assert _refusals(ConsiderConversation, {"outcome": "shouted"}) == [
        ("outcome", "Input should be 'held', 'offered_and_declined' or 'not_appropriate'")
    ]


def _found(data: StepData) -> dict[str, tuple[str, ...]]:
    read = {".".join(mark.path): tuple(mark.values(data)) for mark in markers(type(data))}
    return {path: words for path, words in read.items() if words}


def test_markers_say_where_codes_people_and_references_stand():
    assert [(mark.path, mark.marker) for mark in markers(OpenCase)] == [
        (("subject",), Person("customer")),
        (("incidents",), Points("incident")),
        (("colleague",), Person("staff", takes="open_case")),
    ]
    assert markers(OpenCase) is markers(OpenCase)


def test_markers_read_tuples_and_nested_data():
    terms = Terms(channels_closed=("phone", "email"), named_contact="olu")
    data = ProposeSanction(remedy="restricted_channels", evidence=("case-1#2", "case-1#3"), terms=terms)
    assert _found(data) == {
        "remedy": ("restricted_channels",),
        "evidence": ("case-1#2", "case-1#3"),
        "terms.channels_closed": ("phone", "email"),
        "terms.named_contact": ("olu",),
    }


def test_markers_read_the_keys_of_a_dictionary():
    data = AssessConduct(answers={"demands": ConductAnswer(answer="yes"), "harm": ConductAnswer(answer="no")})
    assert _found(data) == {"answers": ("demands", "harm")}


def test_markers_read_data_inside_a_tuple():
    findings = [
        AuditFinding(clause="5.2", what="late", action="review", owner=owner, due_on=date(2021, 7, 1))
        for owner in ("mina", "olu")
    ]
    assert _found(AuditCase(findings=tuple(findings))) == {
        "findings.clause": ("5.2", "5.2"),
        "findings.owner": ("mina", "olu"),
    }


def test_markers_read_nothing_where_nothing_is_given():
    assert _found(ProposeSanction()) == {}
    assert _found(RecordCourtOutcome(outcome="made", terms="stay away")) == {}
    assert _found(AssessEquality()) == {}


def test_references_are_replaced_wherever_they_stand():
    raw = {
        "remedy": "limit",
        "evidence": ["mails", "case-1#2"],
        "relies_on": ("warned",),
        "equality": "weighed",
        "reasons": "mails",
        "terms": {"agency": "mails"},
    }
    mapping = {"mails": "case-1#5", "warned": "case-1#7", "weighed": "case-1#9", "limit": "case-1#10"}
    assert replace_points(raw, ProposeSanction, mapping) == {
        "remedy": "limit",
        "evidence": ["case-1#5", "case-1#2"],
        "relies_on": ["case-1#7"],
        "equality": "case-1#9",
        "reasons": "mails",
        "terms": {"agency": "mails"},
    }
    assert raw["evidence"] == ["mails", "case-1#2"]


class Bundle(Data):
    """References inside nested data."""

    cover: Annotated[str, Points("entry")] | None = None
    parts: Annotated[tuple[Annotated[str, Points("evidence")], ...], "at least one"] = ()


class Bundles(Data):
    """References inside a tuple of nested data."""

    sent: tuple[Bundle, ...] = ()
    last: Bundle | None = None


def test_references_in_nested_data_are_read_and_replaced():
    raw = {"sent": [{"cover": "a", "parts": ["b", "z"]}, {"parts": ["a"]}], "last": {"cover": "b"}}
    replaced = replace_points(raw, Bundles, {"a": "case-1#1", "b": "case-1#2"})
    assert replaced == {
        "sent": [{"cover": "case-1#1", "parts": ["case-1#2", "z"]}, {"parts": ["case-1#1"]}],
        "last": {"cover": "case-1#2"},
    }
    data = Bundles.model_validate(replaced)
    assert [(mark.path, tuple(mark.values(data))) for mark in markers(Bundles)] == [
        (("sent", "cover"), ("case-1#1",)),
        (("sent", "parts"), ("case-1#2", "z", "case-1#1")),
        (("last", "cover"), ("case-1#2",)),
        (("last", "parts"), ()),
    ]


@pytest.mark.parametrize("wrong", ["mails", 3, None, {"mails": "mails"}, [["mails"], {"a": 1}]])
def test_data_of_a_wrong_shape_is_left_for_validation_to_refuse(wrong):
    assert replace_points({"terms": wrong, "colour": wrong}, ProposeSanction, {"mails": "case-1#5"}) == {
        "terms": wrong,
        "colour": wrong,
    }
    assert replace_points({"sent": wrong}, Bundles, {"mails": "case-1#5"}) == {"sent": wrong}


def test_a_reference_that_no_alias_names_stays():
    assert replace_points({"entry": "case-1#2", "reasons": "a"}, CorrectEntry, {"a": "case-1#3"}) == {
        "entry": "case-1#2",
        "reasons": "a",
    }


def test_a_numbered_finding_starts_at_one():
    assert _refusals(CompleteAuditAction, {"done": "reviewed", "number": "0"}) == [
        ("number", "Input should be greater than or equal to 1")
    ]


def test_triage_offers_every_route():
    routes = get_args(TriageIncident.model_fields["route"].annotation)
    assert routes == (
        *("new_case", "join_case", "split", "watch", "dealt_with", "service_recovery"),
        *("complaint", "safeguarding", "asb", "staff_conduct", "nothing"),
    )


def test_an_answer_to_a_question_is_free_text_that_the_policy_checks():
    assert AnswerQuestion(question="social_worker", answer="not known").answer == "not known"
