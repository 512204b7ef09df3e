"""Stories told as steps: a spine in YAML, told several times with other people, other words and another first day.

A story counts in working days: `on: 3` is the third one after it began, `$d45` in its data the forty-fifth. Whatever
would lie after today has not happened, so that one story begun on several days stands at several stages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from string import Template
from typing import Any

from evenhand.cases.naming import LENGTH, LETTERS, PREFIXES
from evenhand.casework.steps.base import FileKind
from evenhand.demo.names import read_text_only
from evenhand.policy.clock import Calendar, london_instant

DAY = re.compile(r"(d|on)(\d+)")
WORD = re.compile(r"\$\{?([a-z_0-9]+)\}?")
KINDS: tuple[FileKind, ...] = ("incident", "case", "flag", "inquiry", "person")


@dataclass(frozen=True)
class Line:
    """A step that a story takes: `story` is its number, `file` and `alias` what it calls the file and the entry."""

    story: int
    at: datetime
    by: str
    step: str
    kind: FileKind
    file: str
    data: Mapping[str, Any]
    alias: str = ""


@dataclass(frozen=True)
class Telling:
    """A story told once: its spine's lines, and the words that make it this one.

    `ago` and `until` are working days: when it began, counted back from today, and after how many days it stops being
    told although more could have been done.
    """

    spine: str
    ago: int
    words: Mapping[str, Any]
    parts: tuple[str, ...]
    until: int | None


@cache
def spines() -> Mapping[str, Any]:
    """Every story as written, by its name; one that is `like` another has its parts and words too."""
    names = sorted(entry.name for entry in files("evenhand.demo").joinpath("stories").iterdir())
    stories = [name for name in names if name.endswith(".yaml")]
    written = {name.removesuffix(".yaml"): read_text_only("evenhand.demo", f"stories/{name}") for name in stories}
    return {name: _with_likeness(name, written) for name in written}


def _with_likeness(name: str, written: Mapping[str, Any]) -> Mapping[str, Any]:
    spine = written[name]
    like = _with_likeness(spine["like"], written) if "like" in spine else {}
    return {**spine, **{part: {**like.get(part, {}), **spine.get(part, {})} for part in ("words", "story")}}


def tellings() -> list[Telling]:
    """Every telling of every story."""
    return [
        Telling(
            name,
            int(told["ago"]),
            {**spine["words"], **told},
            tuple(told.get("parts") or spine["parts"]),
            int(told["until"]) if "until" in told else None,
        )
        for name, spine in spines().items()
        for told in spine["tellings"]
    ]


class Days:
    """The working days of a story."""

    def __init__(self, calendar: Calendar, today: date, ago: int) -> None:
        self.calendar = calendar
        self.first = _back(calendar, today, ago)

    def day(self, number: int) -> date:
        """The so manieth working day after the first; 0 is the first itself."""
        return self.calendar.add_working_days(self.first, number)


def _back(calendar: Calendar, today: date, working_days: int) -> date:
    day = today
    while calendar.working_days_between(day, today) < working_days or not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


class _Words(Mapping[str, Any]):
    """The words of a telling, with its days: `$d3` as data wants it, `$on3` as people write it."""

    def __init__(self, words: Mapping[str, Any], days: Days) -> None:
        self.words, self.days = words, days

    def __getitem__(self, name: str) -> Any:
        if name in self.words:
            return filled(self.words[name], self)
        if not (found := DAY.fullmatch(name)):
            raise KeyError(name)
        day = self.days.day(int(found[2]))
        return day.isoformat() if found[1] == "d" else f"{day.day} {day:%B}"

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)


def filled(value: Any, words: Mapping[str, Any]) -> Any:
    """Data with its words put in; a text that is one word alone may stand for a list, or for nothing at all."""
    if isinstance(value, dict):
        pairs = ((key, filled(one, words)) for key, one in value.items())
        return {key: one for key, one in pairs if one != ""}
    if isinstance(value, list):
        return [filled(one, words) for one in value]
    alone = WORD.fullmatch(value)
    return words[alone[1]] if alone else Template(value).substitute(words)


def lines_of(story: int, telling: Telling, people: Mapping[str, Any], days: Days, today: date) -> list[Line]:
    """What happened of a story by the beginning of today, in order."""
    words = _Words({**people, **telling.words}, days)
    spine = spines()[telling.spine]
    written = ((_at(line, days), line) for part in telling.parts for line in spine["story"][part])
    last = min(_start(today), _start(days.day(telling.until + 1))) if telling.until is not None else _start(today)
    happened = sorted((pair for pair in written if pair[0] < last), key=lambda pair: pair[0])
    return [_line(story, at, line, words, people) for at, line in happened]


def _at(written: Mapping[str, Any], days: Days) -> datetime:
    hour, minute = map(int, written["at"].split(":"))
    return london_instant(datetime.combine(days.day(int(written["on"])), time(hour, minute)))


def _line(story: int, at: datetime, written: Mapping[str, Any], words: _Words, people: Mapping[str, Any]) -> Line:
    file = people["customer"] if written["file"] == "person" else filled(written["file"], words)
    kind: FileKind = next((kind for kind in KINDS if file.startswith(kind)), "person")
    data = filled(written.get("with", {}), words)
    return Line(story, at, people[written["by"]], written["take"], kind, file, data, written.get("as", ""))


def _start(day: date) -> datetime:
    return london_instant(datetime.combine(day, time()))


def name_of(kind: FileKind, day: date, chance: Random, taken: Iterable[str]) -> str:
    """A name such as UC-2026-7KQ4M that none of the others has."""
    while True:
        name = f"{PREFIXES[kind]}-{day.year}-{''.join(chance.choices(LETTERS, k=LENGTH))}"
        if name not in taken:
            return name
