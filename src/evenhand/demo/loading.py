"""Filling an empty home with the demonstration landlord: registers first, then each step of each story in turn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex
from evenhand.cases.taking import take_step
from evenhand.casework.shape import read_draft
from evenhand.casework.steps import step_named
from evenhand.casework.steps.markers import replace_points
from evenhand.demo.casting import Casting
from evenhand.demo.customers import FULL, Size, invent
from evenhand.demo.entering import enter_registers
from evenhand.demo.staff import LANDLORD, names
from evenhand.demo.telling import Line, Telling, name_of, tellings
from evenhand.looks.glass import LASTS
from evenhand.looks.models import Grant, Look
from evenhand.people.models import Customer, Staff
from evenhand.policy.clock import london_day, london_instant
from evenhand.record.reading import FileKey
from evenhand.web.models import BrandSetting

SEED = 2020
TOLD_EVERY = 25
COLOUR = "#28574a"

Progress = Callable[[int, int], None]
"""Told how many steps are taken, of how many."""


class NotEmpty(RuntimeError):
    """There is somebody or something here already."""


class NotAllowed(RuntimeError):
    """A step of a story is refused under the edition in force."""


@dataclass(frozen=True)
class Loaded:
    """What was put in."""

    staff: int
    homes: int
    customers: int
    files: Mapping[str, int]
    steps: int

    @property
    def says(self) -> str:
        files = ", ".join(f"{number} {kind} files" for kind, number in sorted(self.files.items()))
        people = f"{self.staff} staff, {self.homes:,} homes, {self.customers:,} customers"
        return f"{LANDLORD}, an invented landlord: {people}; {files}; {self.steps:,} steps taken."


def load_demo(
    today: date,
    size: Size = FULL,
    progress: Progress = lambda _done, _all: None,
    told: Iterable[Telling] | None = None,
) -> Loaded:
    """The landlord as it stands on the morning of a day, all of it or nothing.

    Raises `NotEmpty`, and `NotAllowed` naming the step that an edition other than the shipped one may refuse.
    """
    refuse_unless_empty()
    chance = Random(SEED)  # noqa: S311 - for variety, not for secrets
    made = invent(size, today, chance)
    casting = Casting(made, in_force().calendar, today, chance)
    lines = casting.lines(tellings() if told is None else told)
    with transaction.atomic():
        enter_registers(made, today, casting.ties(), chance)
        BrandSetting.objects.create(id=1, name=LANDLORD, colour=COLOUR)
        files = _take_all(lines, progress)
        _open_glass(today)
        _look_at_night(today)
    return Loaded(len(names()), len(made.homes), len(made.people), files, len(lines))


def refuse_unless_empty() -> None:
    """Raises `NotEmpty` where anybody or anything is: what is invented may never stand beside what is real."""
    if Staff.objects.exists() or Customer.objects.exists() or FileIndex.objects.exists():
        raise NotEmpty(
            "There are people or files in this home already, and the demonstration fills an empty one only: "
            "point EVENHAND_HOME at a new folder, or EVENHAND_DATABASE_URL at an empty database."
        )


def _open_glass(today: date) -> None:
    """Yesterday somebody opened a case that is kept to a few, for the data-protection officer to look into."""
    kept = FileIndex.objects.filter(kind="case", is_restricted=True).order_by("opened_on", "name").first()
    if kept:
        opened_at = london_instant(datetime.combine(today - timedelta(days=1), time(14, 5)))
        reason = "I stand in for Ruth this fortnight and the applicant rang: an offer has to go out by four."
        Grant.objects.create(
            staff="glen", file=kept.name, kind=kept.kind, reason=reason, opened_at=opened_at, until=opened_at + LASTS
        )


def _look_at_night(today: date) -> None:
    """On two evenings somebody looked again and again at a customer they have nothing to do with (H1)."""
    busy = FileIndex.objects.exclude(subject="").values("subject")
    whom = Customer.objects.exclude(id__in=busy).order_by("id").values_list("id", flat=True)[0]
    days = (today - timedelta(days=number) for number in (3, 2))
    moments = [london_instant(datetime.combine(day, time(21, minute))) for day in days for minute in range(4, 34, 5)]
    shown = {"staff": "bea", "kind": "person", "file": whom, "customer": whom, "page": f"/person/{whom}/"}
    Look.objects.bulk_create(Look(at=at, day=london_day(at), purpose="", **shown) for at in moments)


def _take_all(lines: list[Line], progress: Progress) -> dict[str, int]:
    """Takes the steps in their order and counts the files that came of them."""
    stage = _Stage(Random(SEED + 1))  # noqa: S311 - for variety, not for secrets
    for number, line in enumerate(lines, 1):
        stage.take(line)
        if number % TOLD_EVERY == 0 or number == len(lines):
            progress(number, len(lines))
    return dict(Counter(kind for kind, _ in stage.made))


class _Stage:
    """What each story's files and entries are called in the record."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.called: dict[int, dict[str, str]] = defaultdict(dict)
        self.made: set[FileKey] = set()

    def take(self, line: Line) -> None:
        """One step; what it names of its own story is replaced by what that is called. Raises `NotAllowed`."""
        called, model = self.called[line.story], step_named(line.step)
        draft = read_draft(model, replace_points(line.data, model, called))
        name = self._name(line)
        taken = take_step(step=model, kind=line.kind, file=name, data=draft, actor=line.by, at=line.at)
        if not taken.decision.allowed:
            says = "; ".join(f"{one.citation.clause} {one.verdict.sentence}" for one in taken.decision.refusals)
            when = f"{line.at:%Y-%m-%d}"
            raise NotAllowed(f"Story {line.story}, {line.file}: {line.step} by {line.by} on {when} is refused: {says}")
        if line.alias:
            called[line.alias] = taken.entries[0].ref

    def _name(self, line: Line) -> str:
        called = self.called[line.story]
        if line.kind == "person":
            called[line.file] = line.file
        if line.file not in called:
            called[line.file] = name_of(line.kind, line.at.date(), self.chance, [name for _, name in self.made])
        self.made.add((line.kind, called[line.file]))
        return called[line.file]
