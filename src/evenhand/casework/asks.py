"""What a story may ask between its steps: duties, options, contact, flags and facts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from evenhand.casework.contact import contact
from evenhand.casework.decide import options
from evenhand.casework.duties import duties
from evenhand.casework.entry import File
from evenhand.casework.factpaths import fact
from evenhand.casework.facts import Duty
from evenhand.casework.gather import FILES, Archive, files_about, gather
from evenhand.casework.person import PersonView
from evenhand.casework.registers import Registers
from evenhand.casework.steps.base import Channel, Customer, Data, FileKind, Name, Topic, ask, need
from evenhand.casework.visits import visit
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Decision, Finding

Seen = Mapping[str, str | tuple[str, ...]]
"""What was found, by the words that an expectation uses."""


class Holds(StrEnum):
    """What an expectation is written as."""

    TRUTH = "true or false"
    WORD = "a word"
    CLAUSES = "clauses, as a list"
    STEPS = "steps, as a list"
    MEASURES = "control measures, as a list"


@dataclass(frozen=True)
class Question:
    """One ask of a story, with everything that its answer may look at."""

    at: datetime
    day: date
    by: str
    about: str
    kind: FileKind
    data: Data
    paths: tuple[str, ...]
    warning: tuple[str, ...]
    archive: Archive
    registers: Registers
    edition: Edition
    refs: Mapping[str, str]

    @property
    def file(self) -> File:
        return self.archive.file(self.about) or FILES[self.kind](self.about, ())

    def view_of(self, person: str) -> PersonView:
        """A person through all their files."""
        return PersonView(person, files_about(self.archive, person))


@dataclass(frozen=True)
class Answer:
    """What was found, and the findings that say why, where there are any."""

    seen: Seen
    findings: tuple[Finding, ...] = ()


class Nothing(Data):
    """An ask that needs no more than its file."""


class Contact(Data):
    """The contact asked about."""

    channel: Channel = need("Channel", "A code of channels.")
    topic: Topic | None = ask("Topic", "A code of topics; no essential one, where left out.")
    to: Name | None = ask("To whom", "The person, team or service, where a measure reaches only one of them.")


class Visit(Data):
    """Where somebody is about to go, and whom they may meet."""

    place: Name | None = ask("Place", "A property number or address.")
    people: tuple[Customer, ...] = ask("People", "Customers expected there.", ())


@dataclass(frozen=True)
class Ask:
    """A question a story can put: what it is asked about, what it needs, and what may be expected of the answer."""

    says: str
    of: Literal["file", "about", "place"]
    answer: Callable[[Question], Answer]
    data: type[Data] = Nothing
    expects: Mapping[str, Holds] = field(default_factory=dict)
    needs_by: bool = False
    """Whether the answer hangs on who asks."""


def _duties(question: Question) -> Answer:
    owed = [duty for duty in duties(question.file) if duty.open_on(question.day)]
    overdue = [duty for duty in owed if duty.overdue_on(question.day)]
    return Answer({"due": _clauses_of(d for d in owed if d not in overdue), "overdue": _clauses_of(overdue)})


def _clauses_of(owed: Iterable[Duty]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(duty.promise.clause for duty in owed))


def _options(question: Question) -> Answer:
    facts = gather(
        question.archive,
        question.registers,
        question.edition,
        question.file,
        draft=None,
        actor=question.by,
        at=question.at,
        day=question.day,
    )
    found = options(facts)
    is_open = {decision.step for decision in found if decision.is_open}
    closed = tuple(step for step in question.edition.steps if step not in is_open)
    return Answer({"open": tuple(sorted(is_open)), "closed": closed})


def _contact(question: Question) -> Answer:
    data: Any = question.data
    view = question.view_of(question.about)
    decision = contact(view, data.channel, data.topic, question.at, question.edition, question.registers, data.to)
    return Answer({"allowed": truth(decision.allowed), "refused": refused(decision)}, decision.findings)


def _flags(question: Question) -> Answer:
    data: Any = question.data
    people = {*data.people, *([question.about] if question.about else [])}
    files = [file for name in question.warning if (file := question.archive.file(name)) is not None]
    found = visit(files, question.registers, people, data.place or "", question.day, question.edition)
    return Answer(
        {
            "answer": found.answer,
            "do": found.do,
            "overdue": truth(found.is_overdue),
            "disputed": truth(found.is_disputed),
        }
    )


def _facts(question: Question) -> Answer:
    return Answer({path: fact(question.file, path, question.day, question.refs) for path in question.paths})


ASKS: Mapping[str, Ask] = {
    "duties": Ask(
        "What is owed on a file: due is what is not overdue yet.",
        "file",
        _duties,
        expects={"due": Holds.CLAUSES, "overdue": Holds.CLAUSES},
    ),
    "options": Ask(
        "What the person named by 'by' can do on a file now.",
        "file",
        _options,
        expects={"open": Holds.STEPS, "closed": Holds.STEPS},
        needs_by=True,
    ),
    "contact": Ask(
        "May this customer use this channel now, about this topic?",
        "about",
        _contact,
        Contact,
        {"allowed": Holds.TRUTH, "refused": Holds.CLAUSES},
    ),
    "flags": Ask(
        "What a visitor or contractor is told: flag, none or unknown, and what to do.",
        "place",
        _flags,
        Visit,
        {"answer": Holds.WORD, "do": Holds.MEASURES, "overdue": Holds.TRUTH, "disputed": Holds.TRUTH},
    ),
    "facts": Ask("What a file says, by dotted path.", "file", _facts),
}
"""Every ask by its name; `facts` expects paths: see `factpaths`."""
TAKEN: Mapping[str, Holds] = {
    "allowed": Holds.TRUTH,
    "refused": Holds.CLAUSES,
    "warned": Holds.CLAUSES,
    "owed": Holds.CLAUSES,
}
"""What may be expected of a step."""


def truth(value: bool) -> str:
    return "true" if value else "false"


def refused(decision: Decision) -> tuple[str, ...]:
    """The clauses cited by what stops a step; none where it is allowed."""
    return clauses(decision.refusals)


def clauses(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The clauses cited, each once, in order."""
    return tuple(dict.fromkeys(finding.citation.clause for finding in findings))


def seen_of(decision: Decision) -> Seen:
    """What a decision on a step says, by the words of an expectation."""
    owed = tuple(dict.fromkeys(promise.clause for promise in decision.promises))
    return {
        "allowed": truth(decision.allowed),
        "refused": refused(decision),
        "warned": clauses(decision.warnings),
        "owed": owed,
    }
