"""How the engine's own words are shown: the state of a file, a clause, the kind of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count

from django.urls import reverse

from evenhand.cases.editions import in_force
from evenhand.cases.milestones import MILESTONES, milestone_of
from evenhand.casework.case import CaseFile
from evenhand.casework.entry import File
from evenhand.casework.steps.assessment import AssessConduct
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Effect, Finding, Outcome

FLOOR = "floor: "


@dataclass(frozen=True, slots=True)
class Status:
    """A state in words, with a colour that repeats them and never stands for them."""

    text: str
    colour: str


STATUSES: Mapping[str, Status] = {
    "reported": Status("Reported", "orange"),
    "awaiting_case": Status("To become a case", "yellow"),
    "triaged": Status("Decided", "green"),
    "open": Status("Under way", "blue"),
    "concluded": Status("Concluded", "grey"),
    "opened": Status("Waiting to be endorsed", "yellow"),
    "endorsed": Status("Endorsed", "blue"),
    "proposed": Status("Waiting for a decision", "yellow"),
    "approved": Status("Approved", "blue"),
    "live": Status("In force", "orange"),
    "suspended": Status("Suspended", "purple"),
    "lifted": Status("Lifted", "green"),
    "ended": Status("Ended", "grey"),
    "lapsed": Status("Lapsed", "grey"),
    "declined": Status("Declined", "grey"),
    "closed": Status("Closed", "grey"),
    "disposed": Status("Disposed of", "grey"),
    "overdue": Status("Overdue", "red"),
    "review overdue": Status("Review overdue", "red"),
}


def status_words(state: str) -> Status:
    """The words and colour of a state; one that is not listed is shown as it is called."""
    return STATUSES.get(state) or Status(state.replace("_", " ").capitalize(), "grey")


REACHED: Mapping[str, Status] = {
    step.name: Status(words, STATUSES["endorsed"].colour) for step, words in MILESTONES.items()
}


WEIGHED = frozenset(step.name for step in (PutAllegation, RecordAccount, AssessConduct))
"""Milestones that a case reaches also while it waits to be endorsed, which says more of it."""


def case_status(state: str, milestone: str) -> Status:
    """Where a case stands: how far one under way has come, or what was done at once, else its state."""
    has_come = state == "endorsed" or (state == "opened" and milestone not in WEIGHED)
    return (REACHED.get(milestone) if has_come else None) or status_words(state)


def status_of(file: File) -> Status | None:
    """Where a file stands; None for a person's, which has no end."""
    if isinstance(file, CaseFile):
        return case_status(file.state, milestone_of(file))
    return status_words(getattr(file, "state", "")) if file.kind != "person" else None


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """A clause as a page shows it: on its button, above its words, and where to read it among the others."""

    label: str
    heading: str
    words: str
    href: str


def clause_words(number: str, edition: Edition | None = None) -> ClauseWords:
    """A clause of an edition (the one in force where none is given), or a floor that no edition can lower."""
    return _clause_words(number, edition or in_force(), is_in_force=edition is None or edition.id == in_force().id)


@cache
def _clause_words(number: str, edition: Edition, is_in_force: bool) -> ClauseWords:
    if number.startswith(FLOOR):
        name = number.removeprefix(FLOOR)
        return ClauseWords("always", f"Whatever the policy says: {name}.", "No edition of the policy can ask less.", "")
    words = edition.clauses.get(number, "This clause is not in the edition that was in force.")
    page = reverse("policy") if is_in_force else reverse("policy_edition", args=[edition.id])
    href = f"{page}#c{number}" if number in edition.clauses else ""
    return ClauseWords(number, f"Clause {number}.", words, href)


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What a finding comes to: its mark, and the same in a word."""

    code: str
    mark: str
    word: str


KINDS = {
    "met": FindingKind("met", "✓", "Met."),
    "refused": FindingKind("refused", "✕", "Not met."),
    "asked": FindingKind("asked", "?", "Not known yet."),
    "warned": FindingKind("warned", "!", "Warning."),
    "owed": FindingKind("owed", "→", "Owed."),
}


def finding_kind(finding: Finding) -> FindingKind:
    """Which of the five kinds a finding is."""
    if finding.effect is Effect.OWE:
        return KINDS["owed"]
    if finding.is_met:
        return KINDS["met"]
    if finding.effect is Effect.WARN:
        return KINDS["warned"]
    return KINDS["asked" if finding.verdict.outcome is Outcome.UNKNOWN else "refused"]


_numbers = count(1)


def fresh_id(prefix: str) -> str:
    """An id that stands nowhere else on a page."""
    return f"{prefix}-{next(_numbers)}"
