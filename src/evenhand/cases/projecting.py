"""The rows of the projections that one file gives, and keeping them in step with the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from evenhand import rows
from evenhand.cases.freewords import words_of
from evenhand.cases.holding import colleagues_on, keeper_of, names_of
from evenhand.cases.milestones import milestone_of
from evenhand.cases.models import (
    EntryWords,
    FileIndex,
    FileLink,
    FilePerson,
    FileStaff,
    FlagIndex,
    OpenDuty,
    SanctionIndex,
)
from evenhand.cases.spelling import forget, learn, learning
from evenhand.casework.case import CaseFile
from evenhand.casework.duties import duties
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.facts import Duty
from evenhand.casework.flag import FlagFile
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.decision import DeclineSanction
from evenhand.casework.story import people_of
from evenhand.policy.clock import london_day
from evenhand.rows import Model, Values, columns

PROJECTIONS: tuple[Model, ...] = (
    FileIndex,
    FilePerson,
    FileStaff,
    FileLink,
    OpenDuty,
    SanctionIndex,
    FlagIndex,
    EntryWords,
)
Row = tuple[Model, Values]
"""A projection's model, and the values of its columns in their order."""

_STATES: WeakKeyDictionary[File, frozenset[Row]] = WeakKeyDictionary()
"""What was worked out for the folds still in use: a step needs it of a file as it was and as it is."""


def rows_of(file: File) -> frozenset[Row]:
    """Everything the projections should say of a file; nothing for one without entries."""
    return _state_of(file) | _words_of(file.entries)


def _state_of(file: File) -> frozenset[Row]:
    """All of it but the words of its entries."""
    found = _STATES.get(file)
    if found is None:
        found = frozenset(_row(model, values) for model, values in _values(file))
        _STATES[file] = found
    return found


def _words_of(entries: Iterable[AnyEntry]) -> frozenset[Row]:
    said = ({"file": entry.file, "ref": entry.ref, "words": words_of(entry.data)} for entry in entries)
    return frozenset(_row(EntryWords, values) for values in said if values["words"])


def _row(model: Model, values: dict[str, Any]) -> Row:
    return model, tuple(map(values.get, columns(model)))


def _values(file: File) -> Iterator[tuple[Model, dict[str, Any]]]:
    if not file.exists:
        return
    owed = [duty for duty in duties(file) if duty.done_on is None]
    yield FileIndex, _indexed(file, owed)
    for person in people_of(file):
        yield FilePerson, {"file": file.name, "person": person}
    for who, stays in colleagues_on(file).items():
        yield FileStaff, {"file": file.name, "staff": who, "stays": stays}
    for other in names_of(file):
        yield FileLink, {"file": file.name, "kind": file.kind, "other": other}
    for duty in owed:
        yield OpenDuty, _owed(file, duty)
    for sanction in file.sanctions.values() if isinstance(file, CaseFile) else ():
        yield SanctionIndex, _measured(sanction)
    if isinstance(file, FlagFile):
        yield FlagIndex, _flagged(file)


OPEN = {
    "case": ("opened", "endorsed"),
    "incident": ("reported", "awaiting_case"),
    "flag": ("proposed", "approved"),
    "person": (),
    "inquiry": ("open",),
}
"""The states in which a file of each kind is still being worked on."""


def _indexed(file: File, owed: list[Duty]) -> dict[str, Any]:
    case = file if isinstance(file, CaseFile) else None
    state = getattr(file, "state", "")
    standing = [d.promise for d in owed if not d.falls_away_on or d.promise.due_on <= d.falls_away_on]
    first = min(standing, key=lambda promise: promise.due_on, default=None)
    return {
        "name": file.name,
        "kind": file.kind,
        "state": state,
        "subject": file.subject,
        "officer": file.in_hands_of,
        "edition": case.edition if case else "",
        "opened_on": file.opened_on,
        "last_on": london_day(file.recorded[-1].recorded_at),
        "milestone": milestone_of(case) if case else "",
        "due_on": first.due_on if first else None,
        "due": first.duty if first else "",
        "is_open": state in OPEN[file.kind],
        "is_restricted": file.is_restricted,
    }


def _owed(file: File, duty: Duty) -> dict[str, Any]:
    promised = {name: getattr(duty.promise, name) for name in ("duty", "clause", "about", "not_before", "due_on")}
    whose = {"owners": " ".join(duty.promise.owners), "keeper": keeper_of(file, duty)}
    return {**promised, **whose, "file": file.name, "made_by": duty.made_by, "falls_away_on": duty.falls_away_on}


DAYS = ("approved_on", "told_on", "imposed_on", "appeal_by", "review_by", "lapses_on", "ended_on")
SUSPENDED = ("suspended_from", "suspended_until")


def _measured(sanction: Sanction) -> dict[str, Any]:
    said = {"ref": sanction.ref, "file": sanction.case, "subject": sanction.subject}
    conduct = "".join(f" {code} " for code in sanction.measure.behaviours)
    what = {"remedy": sanction.measure.remedy or "", "kinds": " ".join(sorted(sanction.kinds)), "behaviours": conduct}
    declined = next((entry.taken_on for entry in sanction.all(DeclineSanction)), None)
    made = {"proposed_on": sanction.made.taken_on, "proposed_by": sanction.made.by, "declined_on": declined}
    held = dict(zip(SUSPENDED, max(sanction.suspended, key=itemgetter(0), default=()), strict=False))
    return {**said, **what, **made, **held, **{name: getattr(sanction, name) for name in DAYS}}


def _flagged(flag: FlagFile) -> dict[str, Any]:
    names = ("subject", "place", "category", "set_on", "lapses_on", "review_by", "ended_on")
    return {"file": flag.name, "is_declined": flag.state == "declined", **{name: getattr(flag, name) for name in names}}


def project(before: File, after: File) -> Callable[[], None]:
    """Changes the projections from what a file was to what it is; call it in the transaction that changed the file.

    What is answered is to be called in that transaction as well, once what was sent is waited for: it adds the words
    that nobody had written before.
    Raises Django's `IntegrityError` where another file has the name already.
    """
    kept = {id(entry) for entry in before.entries} & {id(entry) for entry in after.entries}  # all but a few, as a rule
    old, new = (
        _state_of(file) | _words_of(entry for entry in file.entries if id(entry) not in kept)
        for file in (before, after)
    )
    gone, come = _by_model(old - new), _by_model(new - old)
    for model in PROJECTIONS:
        rows.remove(model, gone[model])
        rows.add(model, come[model])
    if gone[EntryWords]:
        forget(_texts(gone[EntryWords]))
    return learning(_texts(come[EntryWords]))


def _by_model(found_rows: Iterable[Row]) -> dict[Model, list[Values]]:
    found: dict[Model, list[Values]] = defaultdict(list)
    for model, values in found_rows:
        found[model].append(values)
    return found


def add(model: Model, come: Collection[Values]) -> None:
    """Adds rows of one projection."""
    rows.add(model, come)
    if model is EntryWords:
        learn(_texts(come))


def _texts(worded: Iterable[Values]) -> Iterator[str]:
    place = columns(EntryWords).index("words")
    return (row[place] for row in worded)
