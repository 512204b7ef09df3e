"""Whether a draft's words exist: codes of the edition, people of the registers, entries and files referred to.

Shape is the only thing, beside who, that a fact may be refused for. Every problem is reported at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from evenhand.casework.entry import corrected, file_of, free_text
from evenhand.casework.facts import Facts
from evenhand.casework.steps.base import Code, Person, Points, StepData
from evenhand.casework.steps.control import CorrectEntry, EraseContent
from evenhand.casework.steps.markers import Marked, markers
from evenhand.casework.steps.person import AnswerQuestion
from evenhand.policy.edition import Edition

FILE_POINTS = frozenset({"incident", "case"})
"""References that name a file and not an entry."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a draft: the field, and what to do."""

    field: str
    says: str


class BadStep(ValueError):
    """A draft that says something no step could mean; `problems` holds every fault, by field."""

    def __init__(self, step: str, problems: tuple[Problem, ...]) -> None:
        self.step, self.problems = step, problems
        super().__init__("; ".join(f"{problem.field}: {problem.says}" for problem in problems))


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
        raise BadStep(model.name, tuple(_plain(model, fault) for fault in error.errors())) from None


def _plain(model: type[StepData], fault: Any) -> Problem:
    field = ".".join(str(part) for part in fault["loc"]) or model.name
    if fault["type"] == "extra_forbidden":
        return Problem(field, f"there is no such field.{nearest(str(fault['loc'][-1]), list(model.model_fields))}")
    if fault["type"] == "missing":
        return Problem(field, "is needed.")
    message = fault["msg"].removeprefix("Value error, ")
    return Problem(field, message[0].lower() + message[1:] + ("" if message.endswith(".") else "."))


def nearest(word: str, words: list[str]) -> str:
    """' Did you mean ...?' with the nearest valid word, or '' where there is none."""
    near = get_close_matches(word, words, n=1, cutoff=0.0)
    return f" Did you mean {near[0]}?" if near else ""


def _problems(draft: StepData, facts: Facts) -> Iterator[Problem]:
    for marked in markers(type(draft)):
        for value in marked.values(draft):
            if not _is_known(marked, value, facts) and not _refers(marked, value, facts):
                near = nearest(value, sorted(_known(marked, facts)))
                yield Problem(".".join(marked.path), f"{value!r} is no {_what(marked)} here.{near}")
    yield from _departures(draft, facts)
    if isinstance(draft, AnswerQuestion):
        yield from _answer(draft, facts)
    if isinstance(draft, CorrectEntry):
        yield from _correction(draft, facts)
    if isinstance(draft, EraseContent):
        yield from _erasure(draft, facts)


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
    """Asked of every word, so it never makes the list of all that would be known: a landlord has many customers."""
    if not isinstance(marked.marker, Person):
        return value in _known(marked, facts)
    kind, registers = marked.marker.kind, facts.registers
    return (kind != "customer" and value in registers.staff) or (kind != "staff" and value in registers.customers)


def _known(marked: Marked, facts: Facts) -> frozenset[str]:
    marker = marked.marker
    if isinstance(marker, Code):
        return codes(facts.edition, marker.of)
    if isinstance(marker, Person):
        registers = facts.registers
        staff = registers.staff.keys() if marker.kind != "customer" else set[str]()
        return frozenset(staff | (registers.customers.keys() if marker.kind != "staff" else set[str]()))
    return frozenset(name for name, file in facts.files.items() if file.kind == marker.at and file.exists)


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
        yield from (_plain(type(entry.data), fault) for fault in error.errors())


def _erasure(draft: EraseContent, facts: Facts) -> Iterator[Problem]:
    """Only free words are erased from an entry, never its structure."""
    entry = facts.file.by_ref.get(draft.entry)
    words = free_text(type(entry.data)) if entry else frozenset[str]()
    if entry is None:
        yield Problem("entry", "is no entry of this file: erase words where they stand.")
    for field in draft.fields:
        if field not in words:
            yield Problem("fields", f"{field!r} holds no free words.{nearest(field, sorted(words))}")
