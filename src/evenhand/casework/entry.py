"""An entry: a step that was taken; and what a file makes of its entries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Self, TypeVar

from evenhand.casework.steps.base import LONGEST_TEXT, Data, FileKind, StepData
from evenhand.casework.steps.control import CorrectEntry, DisposeFile, EraseContent, PlaceHold, ReleaseHold, Withdraw
from evenhand.policy.findings import Promise

S = TypeVar("S", bound=StepData)
S_co = TypeVar("S_co", bound=StepData, covariant=True)

ERASED = "[erased]"
AMENDING = frozenset({CorrectEntry, EraseContent, Withdraw})
"""Looked up by type: `isinstance` on a pydantic model costs ten times as much, and a fold asks it of every entry."""

NOTHING_FIXED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry(Generic[S_co]):
    """A step that was taken: who, when, what, what it promised, and what the policy fixed.

    `ref` is `<file>#<sequence>`; `fixed` holds dates and codes that no later change of calendar or policy may move.
    """

    ref: str
    kind: FileKind
    file: str
    sequence: int
    data: S_co
    by: str
    role: str
    taken_on: date
    recorded_at: datetime
    edition: str
    promises: tuple[Promise, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=lambda: NOTHING_FIXED)
    because_of: str = ""

    def day(self, name: str) -> date | None:
        """A day fixed when the entry was taken, or None."""
        text = self.fixed.get(name)
        return date.fromisoformat(text) if text else None


AnyEntry = Entry[StepData]


def ref_of(file: str, sequence: int) -> str:
    return f"{file}#{sequence}"


def file_of(ref: str) -> str:
    """The file an entry's reference lies in."""
    return ref.rpartition("#")[0]


class File:
    """What the entries about one thing add up to.

    Entries stand in sequence order, corrections applied first and withdrawn ones set aside. It holds dates and
    intervals, never 'live' or 'overdue': those come to be only when a day is given.
    """

    kind: ClassVar[FileKind]

    def __init__(self, name: str, entries: Iterable[AnyEntry]) -> None:
        self.name = name
        self.recorded = _left(tuple(entries))
        self.entries = _as_corrected(self.recorded)
        self.by_type: dict[type[StepData], list[Any]] = defaultdict(list)
        self.by_ref: dict[str, AnyEntry] = {}
        for entry in self.entries:
            self.by_type[type(entry.data)].append(entry)
            self.by_ref[entry.ref] = entry

    def all(self, model: type[S]) -> list[Entry[S]]:
        """Every entry of one step, oldest first."""
        return self.by_type.get(model, [])

    def last(self, model: type[S]) -> Entry[S] | None:
        found = self.by_type.get(model)
        return found[-1] if found else None

    def about(self, model: type[S], ref: str) -> list[Entry[S]]:
        """Every entry of one step that acts on the thing named `ref`."""
        field_name = model.target_field or model.target
        return [entry for entry in self.all(model) if getattr(entry.data, field_name) == ref]

    def with_entry(self, entry: AnyEntry) -> Self:
        """The file with one entry more."""
        return type(self)(self.name, (*self.recorded, entry))

    @property
    def sequence(self) -> int:
        return self.recorded[-1].sequence if self.recorded else 0

    @property
    def exists(self) -> bool:
        return bool(self.recorded)

    @property
    def opened_on(self) -> date | None:
        return self.recorded[0].taken_on if self.recorded else None

    @property
    def is_disposed(self) -> bool:
        return bool(self.by_type.get(DisposeFile))

    @property
    def is_restricted(self) -> bool:
        """Whether it is kept to a few (clause 3.2)."""
        return False

    @property
    def kept_to(self) -> frozenset[str]:
        """The few who may see a restricted file; nobody of any other is named."""
        return frozenset()

    @property
    def in_hands_of(self) -> str:
        """The colleague who works on it; '' where nobody does by name. Never who reported an incident (H3)."""
        return ""

    @cached_property
    def on_hold(self) -> bool:
        released = {entry.data.hold for entry in self.all(ReleaseHold)}
        return any(entry.ref not in released for entry in self.all(PlaceHold))

    @property
    def subject(self) -> str:
        """The customer the file is about, or '' where none is known."""
        return ""


def _left(recorded: tuple[AnyEntry, ...]) -> tuple[AnyEntry, ...]:
    """What a file still holds: all of it, or of a disposed one only that it was disposed of."""
    return recorded[-1:] if recorded and type(recorded[-1].data) is DisposeFile else recorded


def _as_corrected(recorded: tuple[AnyEntry, ...]) -> tuple[AnyEntry, ...]:
    """The entries as they read today: corrected, with erased words gone, and without what was withdrawn."""
    amended: dict[str, AnyEntry] = {}
    withdrawn = set()
    is_plain = AMENDING.isdisjoint([type(entry.data) for entry in recorded])
    by_ref = {} if is_plain else {entry.ref: entry for entry in recorded}
    for entry in recorded if by_ref else ():
        data = entry.data
        if isinstance(data, Withdraw):
            withdrawn.add(data.entry)
        elif isinstance(data, CorrectEntry | EraseContent) and data.entry in by_ref:
            old = amended.get(data.entry) or by_ref[data.entry]
            new = corrected(old.data, data.changes) if isinstance(data, CorrectEntry) else erased(old.data, data.fields)
            amended[data.entry] = replace(old, data=new)
    if not amended and not withdrawn:
        return recorded
    return tuple(amended.get(entry.ref, entry) for entry in recorded if entry.ref not in withdrawn)


@cache
def free_text(model: type[Data]) -> frozenset[str]:
    """The fields of a step, or of data in it, that hold free words: what partial erasure may replace."""
    properties = model.model_json_schema()["properties"]
    return frozenset(name for name, schema in properties.items() if f"'maxLength': {LONGEST_TEXT}" in str(schema))


def erased(data: S, fields: Iterable[str]) -> S:
    """The data with the words of some free-text fields replaced by a mark that something stood there."""
    words = {name: getattr(data, name) for name in fields if name in free_text(type(data))}
    return data.model_copy(update={name: _blank(old) for name, old in words.items() if old})


def _blank(words: Any) -> Any:
    """The same shape with each word gone."""
    if isinstance(words, str):
        return ERASED
    return dict.fromkeys(words, ERASED) if isinstance(words, Mapping) else (ERASED,) * len(words)


def corrected(data: S, changes: Mapping[str, Any]) -> S:
    """The data with some fields changed, passed through its own model again.

    Raises pydantic's `ValidationError` where a change does not fit the step's shape.
    """
    return type(data).model_validate({**data.model_dump(exclude_unset=True), **changes})
