"""Very many synthetic cases with valid chains, to see how the product does when it has grown.

A few stories are decided by the engine, once for each of the days they may begin on; each case is one of them under
names of its own, hashed and chained anew. So every decision in it is one that the engine made, and makes again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from string import Template
from typing import Any

from django.db import transaction

from evenhand.cases.editions import named
from evenhand.cases.models import FileIndex
from evenhand.cases.projecting import PROJECTIONS, Row, add, rows_of
from evenhand.cases.redeciding import decided_again
from evenhand.cases.taking import new_entry
from evenhand.casework.cast import SYSTEM
from evenhand.casework.decide import Taken, take
from evenhand.casework.gather import FILES, gather
from evenhand.casework.registers import CustomerRecord, Home, Registers, StaffMember
from evenhand.casework.scenario import Story, TakeLine, read_story
from evenhand.casework.steps.base import StepData
from evenhand.casework.story import Memory, play
from evenhand.people.models import Staff
from evenhand.people.writing import enter
from evenhand.policy.edition import Edition
from evenhand.record.append import NewEntry
from evenhand.record.bulk import append_many
from evenhand.record.chain import EntryRef
from evenhand.record.reading import read_entries
from evenhand.rows import Model

STORIES: Mapping[str, int] = {"settled": 40, "closed": 48, "looked_into": 7, "warned": 2, "flagged": 3}
"""Each story with its share of the cases: most of what a landlord has on file is over."""
FIRST_DAY, DAYS = date(2024, 1, 8), 250
"""A case begins on one of so many days from the first."""
LONGEST = 150
"""Days from the first that a story may name."""

STAND_IN = "909090909"
"""The number under which a story is decided; each case has another of the same length, so that names sort alike."""
CUSTOMER = f"Customer {STAND_IN}"
"""Its customer's name."""
CASES_AT_ONCE = 1_000


class NotAllowed(RuntimeError):
    """A step of a synthetic story is refused under the edition, so nothing can be made of it."""


@dataclass(frozen=True)
class Crew:
    """The colleagues of a case: who reports it, who looks after it, and the manager of both."""

    colleague: tuple[str, str]
    officer: tuple[str, str]
    manager: tuple[str, str]

    @property
    def words(self) -> dict[str, str]:
        """Each with their name, as a story asks for them."""
        called = {role: getattr(self, role) for role in ("colleague", "officer", "manager")}
        return {
            word: one for role, (who, name) in called.items() for word, one in ((role, who), (f"{role}_name", name))
        }


OLU_AND_TESS = Crew(("olu", "Olu"), ("tess", "Tess"), ("mina", "Mina"))


@dataclass(frozen=True)
class Setting:
    """Where and when synthetic cases take place. Crews take turns day by day, the customer of a number has a name."""

    crews: Sequence[Crew] = (OLU_AND_TESS,)
    first_day: date = FIRST_DAY
    name: Callable[[str], str] = "Customer {}".format
    address: Callable[[str], str] = "{} Sample Street".format


@dataclass(frozen=True)
class Decided:
    """A story as decided: its people, what is recorded, and what the projections say."""

    staff: Mapping[str, StaffMember]
    customer: CustomerRecord
    entries: tuple[NewEntry, ...]
    rows: tuple[Row, ...]


Cases = Mapping[str, Decided]
"""Stories by the number of the case that each becomes."""


def load_synthetic(
    cases: int, seed: int, setting: Setting = Setting(), progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:  # fmt: skip
    """Adds so many cases, the same ones for the same seed; returns how many entries they have. Raises `NotAllowed`."""
    chance = Random(seed)  # noqa: S311 - for variety, not for secrets
    first, loaded = FileIndex.objects.count() + 1, 0
    for start in range(first, first + cases, CASES_AT_ONCE):
        numbers = range(start, min(start + CASES_AT_ONCE, first + cases))
        loaded += _load({f"{number:09}": _some_story(chance, setting) for number in numbers}, setting)
        progress(numbers.stop - first, cases)
    return loaded


def differing(sample: int, seed: int) -> list[EntryRef]:
    """Of the entries of so many files drawn by chance, those that are not decided the same again (H25)."""
    files = list(FileIndex.objects.order_by("name").values_list("kind", "name"))
    drawn = Random(seed).sample(files, min(sample, len(files)))  # noqa: S311 - for variety, not for secrets
    drawn_entries = [entry for file in drawn for entry in read_entries(*file)]
    return [entry.ref for entry in drawn_entries if not decided_again(entry).is_same]


def _some_story(chance: Random, setting: Setting) -> Decided:
    (story,) = chance.choices(list(STORIES), list(STORIES.values()))
    day = chance.randrange(DAYS)
    return decided(story, setting.first_day + timedelta(days=day), setting.crews[day % len(setting.crews)])


def _load(cases: Cases, setting: Setting) -> int:
    called = {number: {CUSTOMER: setting.name(number), STAND_IN: number} for number in cases}
    with transaction.atomic():
        _enter(cases, setting)
        loaded = append_many(entry for number, story in cases.items() for entry in _entries(story, called[number]))
        rows: dict[Model, list[tuple[Any, ...]]] = defaultdict(list)
        for number, story in cases.items():
            for model, values in story.rows:
                rows[model].append(tuple(_named(value, called[number]) for value in values))
        for model in PROJECTIONS:
            add(model, rows[model])
    return loaded


def _enter(cases: Cases, setting: Setting) -> None:
    staff = {who: member for story in cases.values() for who, member in story.staff.items()}
    there = set(Staff.objects.values_list("id", flat=True))
    customers = {
        f"customer-{number}": replace(story.customer, id=f"customer-{number}", name=setting.name(number), home=number)
        for number, story in cases.items()
    }
    homes = {number: Home(number, setting.address(number)) for number in cases}
    enter(Registers({who: member for who, member in staff.items() if who not in there}, customers, homes))


def _entries(story: Decided, called: Mapping[str, str]) -> Iterator[NewEntry]:
    for entry in story.entries:
        parts = {name: _named(body, called) for name, body in entry.parts.items()}
        cause = entry.because_of and EntryRef.parse(_named(str(entry.because_of), called))
        yield replace(entry, file_id=_named(entry.file_id, called), parts=parts, because_of=cause)


def _named(value: Any, called: Mapping[str, str]) -> Any:
    if isinstance(value, str) and STAND_IN in value:
        for stand_in, name in called.items():
            value = value.replace(stand_in, name)
    return value


@cache
def decided(story: str, begins: date, crew: Crew = OLU_AND_TESS) -> Decided:
    """One of the stories as the engine decides it when it begins on a day. Raises `NotAllowed`."""
    days = {f"day_{number}": begins + timedelta(days=number) for number in range(LONGEST)}
    text = (files("evenhand.cases") / "synthetic" / f"{story}.yaml").read_text(encoding="utf-8")
    told = read_story(story, Template(text).substitute(days, **crew.words, number=STAND_IN).encode(), named)
    stage = _Noting(told)
    for played in play(told, stage).played:
        if played.outcome != "allowed":
            says = played.problem or "; ".join(f.verdict.sentence for f in played.findings if f.stops)
            raise NotAllowed(f"{story}, line {played.line.number}, from {begins.isoformat()}: {says}")
    people = told.cast.people
    staff = {who: member for who, member in people.staff.items() if who != SYSTEM}
    rows = tuple(row for file in stage.files.values() for row in sorted(rows_of(file), key=str))
    return Decided(staff, people.customers[f"customer-{STAND_IN}"], tuple(stage.noted), rows)


class _Noting(Memory):
    """A stage that notes what the record would be given."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.noted: list[NewEntry] = []

    def take(self, line: TakeLine, draft: StepData, edition: Edition) -> Taken:
        file = self.files.get(line.file) or FILES[line.kind](line.file, ())
        registers = self.story.cast.on(line.day)
        facts = gather(self, registers, edition, file, draft=draft, actor=line.by, at=line.at, day=line.day)
        taken = take(draft, facts)
        for entry in taken.entries:
            self._keep(entry)
            self.noted.append(new_entry(entry, taken.decision, facts))
        return taken
