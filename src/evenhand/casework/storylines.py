"""The lines of a story, each checked word by word as it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import Field

from evenhand.casework.asks import ASKS, TAKEN, Ask, Holds
from evenhand.casework.factpaths import name_in, paths_of, pattern_of
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import Data, Day, FileKind, Instant, StepData
from evenhand.casework.storytext import Node, read_part, unknown_word
from evenhand.casework.storywords import A_NAME, StoryWords
from evenhand.policy.clock import london_day

Expected = Mapping[str, str | tuple[str, ...]]
"""What should be seen: a word, or words of which each should be among those seen (none at all, where empty)."""


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a story: when, by whom, on what, and what is expected."""

    verb: ClassVar[str]
    """'take' or 'ask'."""

    word: str
    """The step or the ask."""
    number: int
    at: datetime
    day: date
    by: str
    file: str
    kind: FileKind
    expected: Expected


@dataclass(frozen=True, eq=False)
class TakeLine(Line):
    """A step. `raw` is its data as written, `draft` the same as read; `alias` names the entry it makes."""

    raw: Mapping[str, Any]
    draft: StepData
    alias: str
    names: tuple[str, ...]
    """The names of entries that the data refers to."""

    verb: ClassVar[str] = "take"


@dataclass(frozen=True, eq=False)
class AskLine(Line):
    """A question, with its data and the paths of the facts that are asked for."""

    data: Data
    paths: tuple[str, ...]

    verb: ClassVar[str] = "ask"


class LineFields(Data):
    """What a line of a story holds."""

    at: Instant = Field(title="When", description="Such as 2021-07-01T09:00, London time.")
    by: str = Field(default="", title="Who", description="An id of people.")
    take: str = Field(default="", title="Step", description="A step; or else 'ask'.")
    ask: str = Field(default="", title="Question", description="An ask.")
    file: str = Field(default="", title="File", description="Such as case-1, or a customer's id for their own file.")
    about: str = Field(default="", title="About", description="A customer, where an ask is about one.")
    with_: dict[str, Any] = Field(default_factory=dict, alias="with", title="Data")
    as_: str = Field(default="", alias="as", title="Name", description="What later lines call the entry made.")
    taken_on: Day | None = Field(default=None, title="Taken on", description="The day it counts from, if before 'at'.")
    expect: dict[str, Any] = Field(default_factory=dict, title="Expected")


def read_lines(words: StoryWords, nodes: Iterable[Node]) -> list[Line]:
    """Every line that can be read; `words` gathers the faults, and what each line adds."""
    lines, latest = [], None
    for node in nodes:
        fields = read_part(LineFields, node, words.faults)
        if fields is None:
            continue
        if latest is not None and fields.at < latest:
            says = "lines are in order of 'at': this one is earlier than one before it."
            words.fault("at", node.at("at").line, says)
        latest = fields.at if latest is None else max(latest, fields.at)
        if fields.by and fields.by not in words.people():
            words.unknown("by", node, "person of this story", fields.by, words.people())
        line = _Reader(words, node, fields).line()
        lines += [line] if line else []
    return lines


@dataclass(frozen=True)
class _Reader:
    """One line as it is read."""

    words: StoryWords
    node: Node
    fields: LineFields

    def line(self) -> Line | None:
        if bool(self.fields.take) == bool(self.fields.ask):
            self.words.fault("", self.node.line, "a line has either 'take' or 'ask'.")
            return None
        return self._take() if self.fields.take else self._ask()

    def _part(self, key: str) -> Node:
        return self.node.keys.get(key) or Node(self.node.line, {})

    def _at(self, key: str) -> int:
        return self.node.at(key).line

    def _take(self) -> TakeLine | None:
        words, fields = self.words, self.fields
        if fields.as_:
            words.aliases.add(fields.as_)
        if fields.take not in STEPS:
            words.unknown("take", self.node, "step", fields.take, STEPS)
            words.unread |= {fields.file} - words.kinds.keys()
            return None
        for key in ("by", "file"):
            if not getattr(fields, key):
                words.fault(key, self.node.line, f"a step needs {key!r}.")
        step = STEPS[fields.take]
        kind, draft = self._kind(step), read_part(step, self._part("with"), words.faults)
        used = words.check(draft, self._part("with")) if draft else ()
        expected = self._expected(TAKEN)
        if expected.get("allowed") == "true" and expected.get("refused"):
            words.fault("expect", self._at("expect"), "a step cannot be expected both allowed and refused.")
        day = self._day()
        if draft is None or kind is None:
            return None
        return TakeLine(
            step.name, self.node.line, fields.at, day, fields.by, fields.file, kind, expected,
            self._part("with").plain, draft, fields.as_, used,
        )  # fmt: skip

    def _day(self) -> date:
        today = london_day(self.fields.at)
        if self.fields.taken_on and self.fields.taken_on > today:
            self.words.fault("taken_on", self._at("taken_on"), "a step cannot count from a day after it was recorded.")
        return self.fields.taken_on or today

    def _kind(self, step: type[StepData]) -> FileKind | None:
        """The kind of file a name stands for: known already, or started by this step."""
        words, name = self.words, self.fields.file
        kind = words.kinds.get(name)
        if kind is None and name in words.unread:
            return None
        if kind is None and not step.starts:
            what = f"file of this story yet, and {step.name} starts none"
            words.unknown("file", self.node, what, name, words.kinds)
            return None
        if kind is None:
            prefix = name.rstrip("0123456789").rstrip("-")
            kind = prefix if prefix in step.starts else step.starts[0]
            words.kinds[name] = kind
            words.check_name("file", self._at("file"), name)
        if kind not in step.files and kind not in step.starts:
            files = " or ".join(step.files)
            words.fault(
                "take", self._at("take"), f"{step.name} is taken on a {files} file; {name} is of the kind {kind}."
            )
            return None
        return kind

    def _ask(self) -> AskLine | None:
        words, fields = self.words, self.fields
        if fields.ask == "letter":
            words.fault("ask", self._at("ask"), "letters are not written yet, so nothing can be asked of one.")
            return None
        if fields.ask not in ASKS:
            words.unknown("ask", self.node, "ask", fields.ask, ASKS)
            return None
        asked = ASKS[fields.ask]
        self._check_keys(asked)
        kind, data = self._asked_kind(asked), read_part(asked.data, self._part("with"), words.faults)
        if data is None or kind is None:
            return None
        words.check(data, self._part("with"))
        by_path = not asked.expects
        expected = self._facts(kind) if by_path else self._expected(asked.expects)
        name = fields.file if asked.of == "file" else fields.about
        return AskLine(
            fields.ask, self.node.line, fields.at, london_day(fields.at), fields.by, name, kind, expected,
            data, tuple(expected) if by_path else (),
        )  # fmt: skip

    def _check_keys(self, asked: Ask) -> None:
        for key in ("as", "taken_on"):
            if key in self.node.keys:
                self.words.fault(key, self._at(key), "this goes with 'take' only.")
        if asked.needs_by and not self.fields.by:
            self.words.fault(
                "by", self.node.line, f"'ask: {self.fields.ask}' needs 'by': the answer hangs on who asks."
            )

    def _asked_kind(self, asked: Ask) -> FileKind | None:
        """The kind of what is asked about; a visit may name only a place."""
        words, fields = self.words, self.fields
        if asked.of == "file":
            if fields.file not in words.kinds.keys() | words.unread:
                words.unknown("file", self.node, "file of this story yet", fields.file, words.kinds)
            return words.kinds.get(fields.file)
        if fields.about not in words.people("customer") and (fields.about or asked.of == "about"):
            words.unknown("about", self.node, "customer of this story", fields.about, words.people("customer"))
            return None
        return "person"

    def _facts(self, kind: FileKind) -> Expected:
        words, expected = self.words, {}
        for path, value in self._part("expect").keys.items():
            name = name_in(path)
            if pattern_of(path) not in paths_of(kind):
                words.faults.append(unknown_word("expect", value.line, f"fact of a {kind}", path, paths_of(kind)))
            elif name and name not in words.aliases and not words.is_reference(name):
                words.faults.append(unknown_word("expect", value.line, A_NAME, name, words.aliases))
            expected[path] = tuple(item.text for item in value.items) if value.items else _truth(value.text)
        return expected

    def _expected(self, holds: Mapping[str, Holds]) -> Expected:
        expected: dict[str, str | tuple[str, ...]] = {}
        for key, value in self._part("expect").keys.items():
            if key not in holds:
                self.words.faults.append(unknown_word("expect", value.line, "expectation here", key, holds))
            elif holds[key] in (Holds.TRUTH, Holds.WORD):
                expected[key] = self._word(key, value, holds[key])
            else:
                expected[key] = self._list(key, value, holds[key])
        return expected

    def _word(self, key: str, value: Node, holds: Holds) -> str:
        if holds is Holds.TRUTH and _truth(value.text) not in ("true", "false"):
            self.words.fault(f"expect.{key}", value.line, "this is true or false.")
        return _truth(value.text)

    def _list(self, key: str, value: Node, holds: Holds) -> tuple[str, ...]:
        words = self.words
        if not isinstance(value.value, list):
            words.fault(f"expect.{key}", value.line, "this is a list in square brackets; [] means none at all.")
        valid, what = {
            Holds.CLAUSES: (words.clauses(), "clause of the edition"),
            Holds.STEPS: (set(STEPS), "step"),
            Holds.MEASURES: (words.codes("control_measures"), "code of control_measures"),
        }[holds]
        for item in value.items:
            if item.text not in valid:
                words.faults.append(unknown_word(f"expect.{key}", item.line, what, item.text, valid))
        return tuple(item.text for item in value.items)


def _truth(text: str) -> str:
    return {"yes": "true", "no": "false"}.get(text, text)
