"""Playing a story: each line decided or answered in turn, and held against what it expects.

The story's own memory serves as the archive; a record can take its place (`Stage`), with the same outcomes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, cast

from evenhand.casework.asks import ASKS, Question, Seen, seen_of, truth
from evenhand.casework.case import CaseFile
from evenhand.casework.decide import NotOffered, Taken, take
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.flag import FlagFile
from evenhand.casework.gather import FILES, Archive, gather
from evenhand.casework.person import PersonFile
from evenhand.casework.scenario import PREVENTS, Story
from evenhand.casework.shape import BadStep, read_draft
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import AdoptEdition
from evenhand.casework.steps.markers import replace_points
from evenhand.casework.storylines import AskLine, Expected, Line, TakeLine
from evenhand.policy.clock import DateOutOfRange
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Finding


class Stage(Archive, Protocol):
    """Where a story is played: files, and a way to take a step and keep what it makes."""

    def take(self, line: TakeLine, draft: StepData, edition: Edition) -> Taken:
        """Decide a step on the line's file, as its actor and day, and keep its entries where it is allowed."""


class Memory:
    """A stage that forgets: files as they are folded from the entries kept so far."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.files: dict[str, File] = {}
        self.people: dict[str, frozenset[str]] = {}

    def file(self, name: str) -> File | None:
        return self.files.get(name)

    def names_about(self, subject: str) -> Iterable[str]:
        return [name for name, people in self.people.items() if subject in people]

    def take(self, line: TakeLine, draft: StepData, edition: Edition) -> Taken:
        file = self.files.get(line.file) or FILES[line.kind](line.file, ())
        registers = self.story.cast.on(line.day)
        facts = gather(
            self, registers, edition, file,
            draft=draft, actor=line.by, at=line.at, day=line.day, other_edition=self._adopted(draft),
        )  # fmt: skip
        taken = take(draft, facts)
        for entry in taken.entries:
            self._keep(entry)
        return taken

    def _adopted(self, draft: StepData) -> Edition | None:
        return self.story.editions.get(draft.edition) if isinstance(draft, AdoptEdition) else None

    def _keep(self, entry: AnyEntry) -> None:
        before = self.files.get(entry.file)
        file = FILES[entry.kind](entry.file, (*(before.recorded if before else ()), entry))
        self.files[entry.file] = file
        self.people[entry.file] = people_of(file)


def people_of(file: File) -> frozenset[str]:
    """Everybody a file is about (its person, whom a measure binds, merged records), and the place of a flag."""
    found = {file.subject}
    if isinstance(file, CaseFile):
        found.update(sanction.subject for sanction in file.sanctions.values())
    if isinstance(file, FlagFile):
        found.add(file.place)
    if isinstance(file, PersonFile):
        found |= file.merged_with
    return frozenset(found - {""})


@dataclass(frozen=True)
class Held:
    """One expectation: what was expected, what was seen, and whether they agree."""

    key: str
    expected: str | tuple[str, ...]
    seen: str | tuple[str, ...]

    @property
    def holds(self) -> bool:
        if isinstance(self.expected, str) or isinstance(self.seen, str):
            return self.expected == self.seen
        return set(self.expected) <= set(self.seen) if self.expected else not self.seen

    @property
    def prevents(self) -> bool:
        """Whether it shows a failing prevented: refused, warned about, or overdue."""
        return self.holds and bool(self.expected) and self.key in PREVENTS


@dataclass(frozen=True)
class Played:
    """What became of one line. `problem` says why it could not even be decided."""

    line: Line
    seen: Seen
    findings: tuple[Finding, ...] = ()
    expectations: tuple[Held, ...] = ()
    problem: str = ""

    @property
    def outcome(self) -> str:
        """'allowed', 'refused', 'answered' or 'impossible'."""
        if self.problem:
            return "impossible"
        if isinstance(self.line, AskLine):
            return "answered"
        return "allowed" if self.seen["allowed"] == "true" else "refused"


@dataclass(frozen=True)
class Replay:
    """A story played to its end."""

    story: Story
    played: tuple[Played, ...]

    @cached_property
    def expectations(self) -> list[Held]:
        return [held for played in self.played for held in played.expectations]

    @property
    def held(self) -> int:
        return sum(held.holds for held in self.expectations)

    @property
    def prevented(self) -> int:
        """Failings prevented, in a story that tells of one."""
        return sum(held.prevents for held in self.expectations) if self.story.failing else 0

    @property
    def wrongly_stopped(self) -> list[Played]:
        """Steps refused in a control, where none may be."""
        return [p for p in self.played if self.story.is_control and p.outcome in ("refused", "impossible")]

    @property
    def is_ok(self) -> bool:
        return all(held.holds for held in self.expectations) and not self.wrongly_stopped


def play(story: Story, stage: Stage | None = None) -> Replay:
    """Every line of a story in turn, in memory or on another stage."""
    return Replay(story, tuple(_Player(story, stage or Memory(story)).lines()))


class _Player:
    def __init__(self, story: Story, stage: Stage) -> None:
        self.story, self.stage = story, stage
        self.refs: dict[str, str] = {}
        self.warning = tuple(name for name, kind in story.files.items() if kind in ("flag", "person"))

    def lines(self) -> Iterator[Played]:
        for line in self.story.in_order:
            yield self.step(line) if isinstance(line, TakeLine) else self.answer(cast("AskLine", line))

    def edition(self, line: Line) -> Edition:
        """The edition the line's file is under: the story's, or the one that its case has adopted."""
        file = self.stage.file(line.file)
        adopted = file.edition if isinstance(file, CaseFile) else ""
        return self.story.editions.get(adopted, self.story.edition)

    def draft(self, line: TakeLine) -> StepData:
        """The line's data, with the names of entries replaced by what they refer to."""
        if not any(name in self.refs for name in line.names):
            return line.draft
        return read_draft(type(line.draft), replace_points(line.raw, type(line.draft), self.refs))

    def step(self, line: TakeLine) -> Played:
        try:
            taken = self.stage.take(line, self.draft(line), self.edition(line))
        except (BadStep, NotOffered, DateOutOfRange) as error:
            return Played(line, {}, (), _held(_wanted(line), {}), str(error))
        if line.alias and taken.entries:
            self.refs[line.alias] = taken.entries[0].ref
        seen = seen_of(taken.decision)
        return Played(line, seen, taken.decision.findings, _held(_wanted(line), seen))

    def answer(self, line: AskLine) -> Played:
        registers, edition = self.story.cast.on(line.day), self.edition(line)
        question = Question(
            line.at, line.day, line.by, line.file, line.kind, line.data, line.paths, self.warning,
            self.stage, registers, edition, self.refs,
        )  # fmt: skip
        answer = ASKS[line.word].answer(question)
        return Played(line, answer.seen, answer.findings, _held(line.expected, answer.seen))


def _wanted(line: TakeLine) -> Expected:
    """What a step is expected to do: to be allowed, unless the line says something of it."""
    if "allowed" in line.expected or line.expected.get("refused"):
        return line.expected
    return {"allowed": truth(True), **line.expected}


def _held(expected: Expected, seen: Seen) -> tuple[Held, ...]:
    return tuple(Held(key, value, seen.get(key, "unknown")) for key, value in expected.items())
