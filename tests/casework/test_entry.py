"""What a file makes of its entries: corrected, withdrawn, erased and disposed ones too."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import ERASED, File, corrected, erased, file_of, free_text, ref_of
from evenhand.casework.gather import FILES
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import (
    AddNote,
    CorrectEntry,
    DisposeFile,
    EraseContent,
    PlaceHold,
    ReleaseHold,
    Withdraw,
)
from evenhand.casework.steps.incident import RecordInjury, ReportIncident
from tests.casework.build import DAY, Story
from tests.casework.checks.measures import opened, proposed

PLANTED = "heliotrope"


def reported() -> Story:
    story = Story()
    story.add("incident-1", ReportIncident(what_happened="She shouted.", happened_on=date(2021, 7, 1)))
    return story


def incident(story: Story) -> IncidentFile:
    return IncidentFile("incident-1", story.recorded["incident-1"])


def told_as(story: Story) -> tuple[date | None, str | None]:
    """What the report now says of the day and of what happened."""
    data = incident(story).report.data  # type: ignore[union-attr] # the story has a report
    return data.happened_on, data.what_happened


def test_an_entry_is_named_by_its_file_and_sequence():
    assert ref_of("case-1", 3) == "case-1#3"
    assert (file_of("case-1#3"), file_of("case-1")) == ("case-1", "")


def test_an_entry_gives_the_days_it_fixed():
    story = reported()
    story.add("incident-1", AddNote(text="x"), fixed={"review_by": "2021-11-04"})
    entry = story.recorded["incident-1"][-1]
    assert (entry.day("review_by"), entry.day("ends_on")) == (date(2021, 11, 4), None)


def test_a_file_that_nobody_wrote_in_is_empty():
    file = IncidentFile("incident-1", ())
    assert (file.exists, file.sequence, file.opened_on, file.subject, file.last(AddNote)) == (False, 0, None, "", None)


def test_a_file_of_no_kind_is_about_nobody():
    assert File("somewhere", ()).subject == ""


def test_corrections_come_first_and_what_stood_there_stays_readable():
    story = reported()
    ref = story.recorded["incident-1"][0].ref
    story.add("incident-1", CorrectEntry(entry=ref, changes={"happened_on": "2021-06-30"}, reasons="A slip."))
    story.add("incident-1", CorrectEntry(entry=ref, changes={"what_happened": "He shouted."}, reasons="Misheard."))
    assert told_as(story) == (date(2021, 6, 30), "He shouted.")
    assert incident(story).recorded[0].data == ReportIncident(
        what_happened="She shouted.", happened_on=date(2021, 7, 1)
    )


def test_an_as_at_view_knows_only_the_corrections_recorded_by_then():
    story = reported()
    ref = story.recorded["incident-1"][0].ref
    story.add("incident-1", AddNote(text="x"))
    story.add("incident-1", CorrectEntry(entry=ref, changes={"happened_on": "2021-06-30"}, reasons="A slip."))
    views = [IncidentFile("incident-1", story.recorded["incident-1"][:count]) for count in (1, 2, 3)]
    assert [view.happened_on for view in views] == [date(2021, 7, 1), date(2021, 7, 1), date(2021, 6, 30)]


def test_a_correction_of_an_entry_that_is_not_here_changes_nothing():
    story = reported()
    story.add("incident-1", CorrectEntry(entry="case-9#1", changes={"happened_on": "2021-06-30"}, reasons="A slip."))
    assert told_as(story) == (date(2021, 7, 1), "She shouted.")


def test_a_correction_passes_the_shape_of_its_step():
    data = RecordInjury(what="Shock", days_absent=3)
    assert corrected(data, {"days_absent": 8}) == RecordInjury(what="Shock", days_absent=8)
    with pytest.raises(ValidationError):
        corrected(data, {"days_absent": "many"})


def test_a_withdrawn_proposal_is_set_aside_and_stays_on_record():
    story = opened()
    ref = proposed(story)
    story.add("case-1", Withdraw(entry=ref))
    case = CaseFile("case-1", story.recorded["case-1"])
    assert (dict(case.sanctions), case.sequence, len(case.recorded)) == ({}, 4, 4)


def test_a_file_is_on_hold_until_every_hold_is_released():
    story = opened()
    first, second = (story.add("case-1", PlaceHold(reasons=why)) for why in ("A claim.", "An inquiry."))
    story.add("case-1", ReleaseHold(hold=first))
    assert story.facts().file.on_hold is True
    story.add("case-1", ReleaseHold(hold=second))
    assert story.facts().file.on_hold is False


def planted(model: type[StepData]) -> StepData:
    """The step's data with a planted word in every field of free words, and what the step needs."""
    schema = model.model_json_schema()["properties"]
    said = {name: _saying(schema[name]) for name in free_text(model)}
    needed = {name: _fitting(schema[name]) for name, field in model.model_fields.items() if field.is_required()}
    return model.model_validate({**needed, **said})


def _saying(schema: dict[str, Any]) -> Any:
    """The planted word in the shape of a field: in words, in a list, or as the reason for a departure."""
    if schema.get("type") == "object":
        return {"notice": PLANTED}
    return [PLANTED] if schema.get("type") == "array" else PLANTED


def _fitting(schema: dict[str, Any]) -> Any:
    """A value for a field that must be filled in: the first of its choices, a truth, a day, or a name."""
    if schema.get("format") == "date":
        return "2026-03-02"
    return True if schema.get("type") == "boolean" else schema.get("enum", ["someone"])[0]


@pytest.mark.parametrize("model", STEPS.values(), ids=lambda model: model.name)
def test_h18_partial_erasure_takes_the_words_and_leaves_the_structure(model):
    data, words = planted(model), free_text(model)
    blank = erased(data, words)
    assert PLANTED in data.model_dump_json()
    assert PLANTED not in blank.model_dump_json()
    assert model.model_validate_json(blank.model_dump_json()) == blank
    kept = {"include": set(model.model_fields) - words}
    assert blank.model_dump(**kept) == data.model_dump(**kept)


@pytest.mark.parametrize("model", STEPS.values(), ids=lambda model: model.name)
def test_h18_every_file_folds_once_its_words_are_erased_and_when_it_is_disposed_of(model):
    kind, data = model.files[0], planted(model)
    name, story = "carol" if kind == "person" else f"{kind}-1", Story()
    ref = story.add(name, data, fixed={})
    fields = tuple(sorted(free_text(model)))
    story.add(name, EraseContent(entry=ref, fields=fields), fixed={})
    file = FILES[kind](name, story.recorded[name])
    assert [PLANTED in entry.data.model_dump_json() for entry in file.entries] == [False, False]
    assert (file.opened_on, file.sequence) == (DAY, 2)
    story.add(name, DisposeFile(), fixed={})
    gone: Any = FILES[kind](name, story.recorded[name])
    assert (gone.is_disposed, gone.state, gone.sequence) == (True, "disposed", 3)


def test_h18_only_free_words_that_stand_there_are_erased():
    data = ReportIncident(subject="carol", what_happened="She shouted.", witnesses=("A neighbour", "A child"))
    blank = erased(data, ("what_happened", "witnesses", "where", "subject"))
    assert blank == ReportIncident(subject="carol", what_happened=ERASED, witnesses=(ERASED, ERASED))


def test_h18_what_was_corrected_before_it_was_erased_stays_erased():
    story = reported()
    ref = story.recorded["incident-1"][0].ref
    story.add("incident-1", CorrectEntry(entry=ref, changes={"what_happened": PLANTED}, reasons="Misheard."))
    story.add("incident-1", EraseContent(entry=ref, fields=("what_happened",)))
    assert told_as(story) == (date(2021, 7, 1), ERASED)
