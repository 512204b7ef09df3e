"""What a page shows of a person beside a form: what happened before, what they need, what was decided.

Only from files that the viewer may be told of (H1); what decisions themselves may read is the engine's affair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evenhand.casework.entry import AnyEntry, Entry
from evenhand.casework.facts import Facts
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.assessment import AskAgency, AssessEquality, RecordAgencyAnswer, SignpostSupport
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import CheckOwnService, RecordAccount, RecordContact
from evenhand.casework.steps.incident import RecordConversation, ReportIncident
from evenhand.casework.steps.person import RecordComplaint
from evenhand.web.file.opening import Opened
from evenhand.web.file.words import Line, line_of
from evenhand.web.steps.titles import code_title

HISTORY: tuple[type[StepData], ...] = (
    ReportIncident, RecordContact, RecordConversation, RecordAccount, CheckOwnService, RecordComplaint, AskAgency,
    RecordAgencyAnswer, SignpostSupport,
)  # fmt: skip
"""The steps that tell what passed between the person and us, their side and our own failures among them."""
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Past:
    """Something that happened: the day, what it was, and its words."""

    on: date
    line: Line


def history(at: Opened) -> list[Past]:
    """What passed between the person and us, newest first; without who reported it (H3)."""
    facts = at.facts
    files = [facts.file, *facts.incidents, facts.person.file, *facts.person.incidents]
    found = {entry.ref: entry for file in files for model in HISTORY for entry in file.all(model)}
    return pasts(found.values(), at)


def pasts(entries: Iterable[AnyEntry], at: Opened) -> list[Past]:
    """Entries in words, newest first."""
    shown = (entry for entry in entries if is_shown(entry.file, at))
    newest = sorted(shown, key=lambda entry: entry.recorded_at, reverse=True)[:SHOWN]
    return [Past(_happened(entry), line_of(entry, at.telling)) for entry in newest]


def is_shown(file: str, at: Opened) -> bool:
    """Whether the viewer may be told what a file holds."""
    return file in at.seen or file in (at.file.name, at.facts.person.person)


def _happened(entry: AnyEntry) -> date:
    day = getattr(entry.data, "happened_on", None) or getattr(entry.data, "received_on", None)
    return day or entry.taken_on


@dataclass(frozen=True, slots=True)
class Assessed:
    """An equality assessment made before: when, by whom, what it concluded, and all that it says."""

    on: date
    by: str
    line: Line
    is_this_case: bool


def assessments(at: Opened) -> list[Assessed]:
    """Those made about the person before, newest first: to be read, never copied (clause 6.4)."""
    facts = at.facts
    return [
        Assessed(entry.taken_on, facts.registers.name(entry.by), line_of(entry, at.telling), _is_here(entry, facts))
        for entry in reversed(facts.person.assessments)
        if is_shown(entry.file, at)
    ]


def _is_here(entry: Entry[AssessEquality], facts: Facts) -> bool:
    return entry.ref in facts.file.by_ref


@dataclass(frozen=True, slots=True)
class Needed:
    """A need of the person: what it is, how sure we are, what helps, and which ways to reach us it rules out."""

    title: str
    is_suspected: bool
    helps: str
    shuts: tuple[str, ...]


def needs(facts: Facts) -> list[Needed]:
    """What the person needs, known and suspected (clauses 6.2 and 6.4)."""
    return [
        Needed(
            code_title(facts.edition, "needs", entry.data.need) if entry.data.need else "A need not named",
            entry.data.certainty == "suspected",
            entry.data.details or "",
            tuple(code_title(facts.edition, "channels", one) for one in facts.shuts.get(entry.data.need or "", ())),
        )
        for entry in facts.person.file.needs
    ]


def household(facts: Facts) -> list[str]:
    """Who lives with the person, by name, as the register knows it."""
    customer = facts.customer
    return [facts.registers.name(who) for who in sorted(customer.household | customer.joint_with)] if customer else []


def measures(at: Opened) -> list[Sanction]:
    """Every measure that was ever decided or proposed about the person, newest first."""
    shown = [sanction for sanction in at.facts.person.sanctions if is_shown(sanction.case, at)]
    return sorted(shown, key=lambda sanction: sanction.made.recorded_at, reverse=True)
