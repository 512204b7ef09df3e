"""An entry in words: what was done, whose choice it was, and everything that was said, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from evenhand.cases.seeing import Viewer, handles_advice, handles_reports
from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.privacy import is_privileged, kept_as
from evenhand.casework.registers import Registers
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.base import Code, Data, Person, Points
from evenhand.casework.steps.control import AuditCase
from evenhand.casework.stored import REPORTER_FIELDS
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import LONDON
from evenhand.policy.edition import Edition
from evenhand.web.steps.shapes import Shape, shapes_of
from evenhand.web.steps.titles import code_title, period_title, plain, step_title

PAST: Mapping[str, str] = {
    "Add": "Added", "Answer": "Answered", "Approve": "Approved", "Ask": "Asked", "Assess": "Assessed",
    "Assign": "Assigned", "Audit": "Audited", "Bring": "Brought", "Check": "Checked", "Close": "Closed",
    "Complete": "Completed", "Conclude": "Concluded", "Confirm": "Confirmed", "Consider": "Considered",
    "Correct": "Corrected", "Countersign": "Countersigned", "Decide": "Decided", "Decline": "Declined",
    "Dispose": "Disposed", "End": "Ended", "Endorse": "Endorsed", "Erase": "Erased", "Instruct": "Instructed",
    "Lift": "Lifted", "Link": "Linked", "Look": "Looked", "Make": "Made", "Mark": "Marked", "Move": "Moved",
    "Name": "Named", "Note": "Noted", "Offer": "Offered", "Open": "Opened", "Place": "Placed", "Plan": "Planned",
    "Point": "Pointed", "Propose": "Proposed", "Put": "Put", "Recall": "Recalled", "Record": "Recorded",
    "Refer": "Referred", "Release": "Released", "Reopen": "Reopened", "Report": "Reported", "Restrict": "Restricted",
    "Review": "Reviewed", "Serve": "Served", "Share": "Shared", "Start": "Started", "Suspend": "Suspended",
    "Take": "Took", "Tell": "Told", "Withdraw": "Withdrew",
}  # fmt: skip
"""What the first word of a button says once it is done; a landlord may name a step anew."""
OR_ELSE = re.compile(r", or (\w+)")
"""Where a button says two things, as 'Approve the flag, or decline it' does."""

GIST = ("remedy", "outcome", "route", "answer", "conclusion", "category", "need", "change", "channel", "how")
"""The fields that say the most in a word or two, the first of them first."""
OWN_WORDS = (
    "what_happened", "breakdown", "what", "text", "allegation", "account", "words", "explains", "instruction",
    "adjustment", "says", "reasons", "conclusion", "found", "provisions", "told", "done", "why", "harm", "details",
    "outcome", "reply", "agency", "bearing", "inquiry", "advice", "adviser",
)  # fmt: skip
"""The fields that hold the words of whoever took the step."""


PLACES = ("home", "new_home", "place")
"""Fields that hold the number of a home, or the words for a place."""
NOT_SHOWN = "a file that is not shown to you"
NOT_READ: Mapping[str, str] = {
    "private": "private, for those who handle reports",
    "privileged": "not shown to you, so that it stays privileged",
}
"""What stands in the place of words that are kept to a few, and why."""


@dataclass(frozen=True, slots=True)
class Said:
    """One field of an entry in words."""

    label: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the timeline shows it; `private` is what only those who handle reports may see (H3).

    `is_privileged` is said to everybody, whether they may read its words or not.
    """

    entry: AnyEntry
    did: str
    gist: str
    words: str
    said: tuple[Said, ...]
    private: tuple[Said, ...]

    @property
    def is_privileged(self) -> bool:
        """Whether it is legal advice that must never be shown outside."""
        return is_privileged(self.entry.data)


A_COLLEAGUE = "a colleague"


def never(_name: str) -> bool:
    """No other file may be named."""
    return False


def nothing(_entry: AnyEntry) -> str:
    """Everything may be read."""
    return ""


def withheld(entry: AnyEntry, viewer: Viewer, edition: Edition) -> str:
    """What stands in the place of an entry's words, with the reason; '' where the viewer may read them.

    Whoever took the step reads what they wrote; beside them, of what could tell who reported, those who handle reports
    (H3), and of legal advice those who handle that.
    """
    kept = kept_as(entry.data)
    if not kept or entry.by == viewer.id:
        return ""
    reads = handles_advice if kept == "privileged" else handles_reports
    return "" if reads(viewer, edition) else NOT_READ[kept]


@dataclass(frozen=True, slots=True)
class Telling:
    """What is needed to say an entry in words."""

    edition: Edition
    registers: Registers
    files: Mapping[str, File]
    may_name: Callable[[str], bool] = never
    """Whether a file that is not among these may be named: one kept from the viewer is not (H1)."""
    nameless: frozenset[str] = frozenset()
    """Those who are only called a colleague, because they made the report (H3)."""
    withheld: Callable[[AnyEntry], str] = nothing
    """What stands in the place of what an entry says, where only that there is one may be told; else ''."""

    def place(self, words: str) -> str:
        """The address of a home by its property number; any other words as they are."""
        home = self.registers.homes.get(words) if words.isdecimal() else None
        return (home.address if home else "") or words

    def name(self, who: str) -> str:
        """How somebody is called."""
        return A_COLLEAGUE if who in self.nameless else self.registers.name(who)


def done(edition: Edition, step: str) -> str:
    """What was done, by the step's button: 'Propose a sanction' reads 'Proposed a sanction'."""
    first, _, rest = step_title(edition, step).partition(" ")
    return f"{PAST.get(first, first)} {OR_ELSE.sub(_past, rest)}".strip()


def _past(found: re.Match[str]) -> str:
    verb = found[1]
    return f", or {PAST.get(verb.capitalize(), verb).lower()}"


def line_of(entry: AnyEntry, telling: Telling) -> Line:
    """An entry in words; of one whose words may not be read only that it was taken."""
    if instead := telling.withheld(entry):
        return Line(entry, done(telling.edition, entry.data.name), instead, "", (), ())
    found = list(said_in(entry.data, telling))
    by_name = {one.name: one.text for one in found}
    return Line(
        entry=entry,
        did=done(telling.edition, entry.data.name),
        gist=next((by_name[name] for name in GIST if _is_short(entry.data, name, by_name)), "") or summed(entry.data),
        words=next((by_name[name] for name in OWN_WORDS if _is_free(entry.data, name, by_name)), ""),
        said=tuple(one for one in found if one.name not in REPORTER_FIELDS),
        private=tuple(one for one in found if one.name in REPORTER_FIELDS),
    )


def summed(data: Data) -> str:
    """How much an audit looked at and found: '3 points, 1 finding'; '' for any other step."""
    if not isinstance(data, AuditCase):
        return ""
    counts = {"point": len(data.checklist), "finding": len(data.findings)}
    return ", ".join(f"{number or 'no'} {what}{'' if number == 1 else 's'}" for what, number in counts.items())


def _is_short(data: Data, name: str, said: Mapping[str, str]) -> bool:
    return name in said and _shape(data, name).kind == "one"


def _is_free(data: Data, name: str, said: Mapping[str, str]) -> bool:
    return name in said and _shape(data, name).kind in ("words", "line")


def _shape(data: Data, name: str) -> Shape:
    return next(shape for shape in shapes_of(type(data)) if shape.name == name)


def said_in(data: Data, telling: Telling) -> Iterator[Said]:
    """Every field that says something, in the order of the form; nested ones with the name of what they are in."""
    for shape in shapes_of(type(data)):
        value = getattr(data, shape.name)
        is_usual = value == shape.default and shape.known != "concluded"
        if value in (None, (), {}, "") or is_usual or (value is False and shape.kind == "tick"):
            continue
        yield Said(shape.label, in_words(shape, value, telling), shape.name)


def in_words(shape: Shape, value: Any, telling: Telling) -> str:
    """One value as a person reads it."""
    if shape.kind == "group":
        return "\n".join(f"{one.label}: {one.text}" for one in said_in(value, telling))
    if isinstance(value, tuple):
        return _several(shape, value, telling)
    if isinstance(value, Mapping):
        return "\n".join(f"{_key(shape, key, telling)}: {_of_key(shape, one, telling)}" for key, one in value.items())
    return _one(shape, value, telling)


def _several(shape: Shape, values: tuple[Any, ...], telling: Telling) -> str:
    if shape.kind == "rows":
        return "\n".join("; ".join(f"{one.label}: {one.text}" for one in said_in(row, telling)) for row in values)
    words = [_one(shape, value, telling) for value in values]
    return "\n".join(words) if shape.kind == "lines" else listed(words)


def _one(shape: Shape, value: Any, telling: Telling) -> str:
    if isinstance(shape.marker, Code):
        return code_title(telling.edition, shape.marker.of, value)
    if isinstance(shape.marker, Person):
        return telling.name(value)
    if isinstance(shape.marker, Points):
        return called(value, telling)
    if shape.name in PLACES:
        return telling.place(value)
    return plain(value) if shape.literals else _held(value, telling)


def _key(shape: Shape, key: str, telling: Telling) -> str:
    if isinstance(shape.marker, Code):
        return code_title(telling.edition, shape.marker.of, key)
    return period_title(telling.edition, key) if shape.kind == "departures" else key


def _of_key(shape: Shape, value: Any, telling: Telling) -> str:
    return _one(shape.of[0], value, telling) if shape.kind == "each" else _held(value, telling)


def _held(value: Any, telling: Telling) -> str:
    """A value that carries no mark."""
    if isinstance(value, Data):
        return "; ".join(f"{one.label}: {one.text}" for one in said_in(value, telling))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{plain_day(value.astimezone(LONDON).date())} at {value.astimezone(LONDON):%H:%M}"
    if isinstance(value, date):
        return plain_day(value)
    if isinstance(value, Decimal):
        return f"£{value:,.2f}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def called(ref: str, telling: Telling) -> str:
    """An entry or file that something points at, in words: 'Proposed a sanction: Warning letter, 2 August 2026'.

    A measure that was approved is called by its kind and its days, whatever entry made it.
    """
    name = ref.rpartition("#")[0] or ref
    file = telling.files.get(name)
    if file is None:
        return name if telling.may_name(name) else NOT_SHOWN
    entry = file.by_ref.get(ref)
    if entry is None:
        day = plain_day(file.opened_on) if file.opened_on else ""
        return f"{plain(file.kind)} {file.name}{f', {day}' if day else ''}"
    made = file.sanctions.get(ref) if isinstance(file, CaseFile) else None
    if made is not None and (days := days_of(made)):
        return f"{measure_title(telling.edition, made) or 'A measure'}, {days}"
    line = line_of(entry, telling)
    gist = line.gist or shortened(line.words)
    return f"{line.did}{f': {gist}' if gist else ''}, {plain_day(entry.taken_on)}"


def days_of(sanction: Sanction) -> str:
    """The days of a measure in words, from its approval on; '' while it is proposed only, or was never agreed to."""
    if sanction.approved_on is None and sanction.imposed_on is None:
        return ""
    if sanction.ended_on:
        return f"ended {plain_day(sanction.ended_on)}"
    if sanction.imposed_on is None:
        return f"approved {plain_day(sanction.approved_on)}" if sanction.approved_on else ""
    until = f" until {plain_day(sanction.lapses_on)}" if sanction.lapses_on else ""
    return f"from {plain_day(sanction.imposed_on)}{until}"


def measure_title(edition: Edition, sanction: Sanction) -> str:
    """What a measure is called: by the catalogue, or in the words of whoever proposed it."""
    remedy = edition.remedies.get(sanction.measure.remedy or "")
    own = sanction.measure.described or ""
    return own if remedy is None or (remedy.unlisted and own) else remedy.title


def shortened(words: str, length: int = 80) -> str:
    """The beginning of some words, cut between two of them."""
    flat = " ".join(words.split())
    return flat if len(flat) <= length else f"{flat[:length].rsplit(' ', 1)[0]} …"
