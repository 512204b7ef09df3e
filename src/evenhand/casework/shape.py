"""Whether a draft's words exist: codes of the edition, people of the registers, entries and files referred to.

Shape is the only thing, beside who, that a fact may be refused for. Every problem is reported at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError

from evenhand.casework.entry import corrected, file_of, free_text
from evenhand.casework.facts import Facts
from evenhand.casework.steps.base import Code, Data, Person, Points, StepData
from evenhand.casework.steps.control import CorrectEntry, EraseContent
from evenhand.casework.steps.markers import Marked, markers
from evenhand.casework.steps.person import AnswerQuestion
from evenhand.policy.edition import Edition
from evenhand.policy.faults import one_line

LONGEST_WORD = 100
"""Characters by which a word is recognised; comparing a novel with every word there is would only take time."""

FILE_POINTS = frozenset({"incident", "case"})
"""References that name a file and not an entry."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a draft: the field, and what to do."""

    field: str
    says: str

    def __str__(self) -> str:
        return one_line(f"{self.field}: {self.says}")


class BadStep(ValueError):
    """A draft that says something no step could mean; `problems` holds every fault, by field."""

    def __init__(self, step: str, problems: tuple[Problem, ...]) -> None:
        self.step, self.problems = step, problems
        super().__init__("; ".join(map(str, problems)))


def check_shape(draft: StepData, facts: Facts) -> None:
    """Raises `BadStep` with every word of the draft that nothing answers to."""
    problems = tuple(_problems(draft, facts))
    if problems:
        raise BadStep(draft.name, problems)


def read_draft(model: type[StepData], raw: Mapping[str, Any]) -> StepData:
    """The step's data from plain values. Raises `BadStep` in plain words for wrong types and unknown fields."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise BadStep(model.name, tuple(_problem(model, fault) for fault in error.errors(include_url=False))) from None


def _problem(model: type[StepData], error: Any) -> Problem:
    return Problem(".".join(str(part) for part in error["loc"]) or model.name, misfit(model, error))


def misfit(model: type[Data], error: Any) -> str:
    """What is wrong with a value that does not fit a model, as a plain sentence; `error` is one of pydantic's."""
    *above, last = error["loc"] or [""]
    if error["type"] == "extra_forbidden":
        return f"there is no such field.{nearest(str(last), _fields_at(model, above))}"
    known = error.get("ctx", {})
    plain = _SAYS.get(error["type"], "{error}" if "error" in known else "{msg}")
    return f"{plain.format_map({**known, 'msg': error['msg']}).removesuffix('.')}."


_AS_A_TABLE = "expected {{name: value, ...}}"
_A_NUMBER = "expected a whole number"
_A_DAY = "expected a day that exists, such as 2026-08-20"
_A_TIME = "expected a day and time that exist, such as 2026-08-20T14:30"
_SAYS = {
    "missing": "this is needed",
    "string_type": "expected words",
    "string_too_short": "this is empty",
    "string_too_long": "this is longer than {max_length:,} characters",
    "string_unicode": "holds half a character, which no letter can print: take it out",
    "literal_error": "expected {expected}",
    "tuple_type": "expected a list in square brackets",
    "dict_type": _AS_A_TABLE,
    "model_type": _AS_A_TABLE,
    "mapping_type": _AS_A_TABLE,
    "invalid_key": "expected a word before each ':'",
    "int_type": _A_NUMBER,
    "int_parsing": _A_NUMBER,
    "int_parsing_size": _A_NUMBER,
    "int_from_float": _A_NUMBER,
    "finite_number": _A_NUMBER,
    "greater_than_equal": "expected {ge:,} or more",
    "less_than_equal": "expected {le:,} or less",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "date_type": _A_DAY,
    "date_parsing": _A_DAY,
    "date_from_datetime_parsing": _A_DAY,
    "date_from_datetime_inexact": _A_DAY,
    "datetime_type": _A_TIME,
    "datetime_parsing": _A_TIME,
    "datetime_from_date_parsing": _A_TIME,
    "time_type": "expected a time such as 14:30",
    "time_parsing": "expected a time such as 14:30",
}
"""What pydantic calls it, and what we do; what is in neither list is said in the words of the model's own check."""


def _fields_at(model: type[Data], path: Iterable[str | int]) -> list[str]:
    for name in path:
        if name in model.model_fields:
            model = [*models_in(model.model_fields[str(name)].annotation), model][0]
    return [field.alias or name for name, field in model.model_fields.items()]


def models_in(hint: Any) -> Iterator[type[Data]]:
    """The models that a type is made of."""
    if isinstance(hint, type) and issubclass(hint, Data):
        yield hint
    for inner in get_args(hint):
        yield from models_in(inner)


def nearest(word: str, words: list[str]) -> str:
    """' Did you mean ...?' with the nearest valid word, or '' where there is none."""
    near = get_close_matches(word[:LONGEST_WORD], words, n=1, cutoff=0.0)
    return f" Did you mean {near[0]}?" if near else ""


def _problems(draft: StepData, facts: Facts) -> Iterator[Problem]:
    for marked in markers(type(draft)):
        for value in marked.values(draft):
            if not _is_known(marked, value, facts) and not _refers(marked, value, facts):
                near = _near(marked, value, facts)
                yield Problem(".".join(marked.path), f"{value!r} is no {_what(marked)} here.{near}")
    yield from _departures(draft, facts)
    if isinstance(draft, AnswerQuestion):
        yield from _answer(draft, facts)
    if isinstance(draft, CorrectEntry):
        yield from _correction(draft, facts)
    if isinstance(draft, EraseContent):
        yield from _erasure(draft, facts)


def _near(marked: Marked, value: str, facts: Facts) -> str:
    """A code that may be meant. People and files are never suggested: whoever asks may have to know nothing of them."""
    marker = marked.marker
    return nearest(value, sorted(codes(facts.edition, marker.of))) if isinstance(marker, Code) else ""


def _answer(draft: AnswerQuestion, facts: Facts) -> Iterator[Problem]:
    """A landlord's question is answered in one of the ways it offers."""
    question = facts.edition.questions.get(draft.question)
    if question and draft.answer.casefold() not in {answer.casefold() for answer in question.answers}:
        yield Problem("answer", f"{draft.answer!r} is none of the answers: {', '.join(question.answers)}.")


def _departures(draft: StepData, facts: Facts) -> Iterator[Problem]:
    for period in draft.departures:
        soft = sorted(facts.edition.soft)
        if period not in soft:
            yield Problem("departures", f"{period!r} cannot be departed from; these can: {', '.join(soft) or 'none'}.")


def _what(marked: Marked) -> str:
    marker = marked.marker
    if isinstance(marker, Code):
        return f"code of {marker.of}"
    return f"{marker.kind} person" if isinstance(marker, Person) else f"{marker.at} reference"


def _is_known(marked: Marked, value: str, facts: Facts) -> bool:
    """Asked of every word, so it never makes a list of all that would be known: a landlord has many customers."""
    marker = marked.marker
    if isinstance(marker, Code):
        return value in codes(facts.edition, marker.of)
    if isinstance(marker, Points):
        file = facts.files.get(value)
        return file is not None and file.kind == marker.at and file.exists
    kind, registers = marker.kind, facts.registers
    return (kind != "customer" and value in registers.staff) or (kind != "staff" and value in registers.customers)


def codes(edition: Edition, table: str) -> frozenset[str]:
    """The codes of one of the edition's lists: a table of its own, or one of `[codes]`."""
    listed = getattr(edition, table, None) or edition.codes.get(table, {})
    return frozenset(listed)


def _refers(marked: Marked, value: str, facts: Facts) -> bool:
    """Whether a reference names an entry at hand; references only point back, so that what it names exists already."""
    if not isinstance(marked.marker, Points) or marked.marker.at in FILE_POINTS:
        return False
    file = facts.files.get(file_of(value))
    return file is not None and any(entry.ref == value for entry in file.recorded)


def _correction(draft: CorrectEntry, facts: Facts) -> Iterator[Problem]:
    """Only facts are corrected, only in the fields their step lists, and only to what its shape allows."""
    entry = facts.file.by_ref.get(draft.entry)
    if entry is None or entry.data.decides or not entry.data.correctable:
        yield Problem("entry", "decisions are reversed by steps, and this entry's fields are not open to correction.")
        return
    for field in draft.changes:
        if field not in entry.data.correctable:
            yield Problem(f"changes.{field}", f"can't be corrected.{nearest(field, list(entry.data.correctable))}")
    try:
        corrected(entry.data, draft.changes)
    except ValidationError as error:
        found = (_problem(type(entry.data), fault) for fault in error.errors(include_url=False))
        yield from (replace(one, field=f"changes.{one.field}") for one in found)


def _erasure(draft: EraseContent, facts: Facts) -> Iterator[Problem]:
    """Only free words are erased from an entry, never its structure."""
    entry = facts.file.by_ref.get(draft.entry)
    words = free_text(type(entry.data)) if entry else frozenset[str]()
    if entry is None:
        yield Problem("entry", "is no entry of this file: erase words where they stand.")
    for field in draft.fields:
        if field not in words:
            yield Problem("fields", f"{field!r} holds no free words.{nearest(field, sorted(words))}")
