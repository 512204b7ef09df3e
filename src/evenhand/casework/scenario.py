"""Reading a scenario: a dated story in YAML, checked word by word before anything is played.

Whatever cannot be meant is a fault with its line and the nearest valid word: an unknown step, ask, person, file, code,
field, clause or name. `read_story` raises `BadScenario` with all of them at once.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, ClassVar, cast

from pydantic import Field

from evenhand.casework.asks import ASKS, TAKEN, Holds
from evenhand.casework.cast import FILED, SYSTEM, Cast, read_cast
from evenhand.casework.factpaths import name_in, paths_of, pattern_of
from evenhand.casework.registers import StaffMember
from evenhand.casework.shape import FILE_POINTS
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import Code, Data, Day, FileKind, Instant, Person, Points, StepData
from evenhand.casework.steps.control import AdoptEdition
from evenhand.casework.steps.markers import Marked, markers
from evenhand.casework.storytext import BadScenario, Node, composed, fields_of, read_part, unknown_word
from evenhand.policy.clock import london_day, london_instant
from evenhand.policy.edition import Edition
from evenhand.policy.faults import BadPolicy, Fault
from evenhand.policy.parsing import UnknownEdition

Expected = Mapping[str, str | tuple[str, ...]]
"""What should be seen: a word, or words of which each should be among those seen (none at all, where empty)."""
Editions = Callable[[str], Edition]


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a story: when, by whom, on what, and what is expected."""

    number: int
    at: datetime
    day: date
    by: str
    file: str
    kind: FileKind
    expected: Expected

    verb: ClassVar[str]

    @property
    def word(self) -> str:
        """The step or the ask."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class TakeLine(Line):
    """A step. `raw` is its data as written, `draft` the same as read; `alias` names the entry it makes."""

    raw: Mapping[str, Any]
    draft: StepData
    alias: str
    names: tuple[str, ...]
    """The names of entries that the data refers to."""

    verb: ClassVar[str] = "take"

    @property
    def word(self) -> str:
        return self.draft.name


@dataclass(frozen=True, eq=False)
class AskLine(Line):
    """A question, by its name in `ASKS`, with its data and the paths that are asked for."""

    ask: str
    data: Data
    paths: tuple[str, ...]

    verb: ClassVar[str] = "ask"

    @property
    def word(self) -> str:
        return self.ask


@dataclass(frozen=True, eq=False)
class Story:
    """A scenario that can be played. `filed` stands on people's files before it begins, or from a day within it."""

    name: str
    title: str
    source: str
    failing: str
    is_control: bool
    edition: Edition
    editions: Mapping[str, Edition]
    cast: Cast
    filed: tuple[TakeLine, ...]
    lines: tuple[Line, ...]

    @cached_property
    def files(self) -> Mapping[str, FileKind]:
        """Every file of the story with its kind."""
        return {line.file: line.kind for line in (*self.filed, *self.lines) if line.file}

    @cached_property
    def in_order(self) -> tuple[Line, ...]:
        """The lines with what is filed among them, by instant."""
        return tuple(sorted((*self.filed, *self.lines), key=lambda line: line.at))


class Head(Data):
    """What stands at the top of a scenario."""

    scenario: str = Field(title="Title", description="What the story shows, in one sentence.")
    source: str = Field(default="", title="Source", description="Where it comes from, if anywhere.")
    failing: str = Field(default="", title="Failing", description="What the body in the source found wrong.")
    control: bool = Field(
        default=False, title="Control", description="true: accepted practice; no step may be refused."
    )
    note: str = Field(default="", title="Note", description="Anything else a reader should know.")
    edition: str = Field(title="Edition", description="A shipped edition, or a file beside the story.")
    people: dict[str, Any] = Field(title="People", description="Each under an id.")
    homes: dict[str, Any] = Field(default_factory=dict, title="Homes", description="Each under its UPRN.")
    tenancies: tuple[Any, ...] = Field(default=(), title="Tenancies", description="A list.")
    story: tuple[Any, ...] = Field(title="Story", description="The lines, in order of 'at'.")


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


def read_story(name: str, content: bytes, editions: Editions) -> Story:
    """The story in a file's content; `editions` gives an edition by the name the story uses.

    Raises `BadScenario` with every fault.
    """
    root = composed(name, content)
    reader = _Reader(root, editions)
    story = reader.story(name)
    if reader.faults or story is None:
        raise BadScenario(name, reader.faults)
    return story


class _Reader:
    """What has been met so far: faults, files with their kinds, and names of entries."""

    def __init__(self, root: Node, editions: Editions) -> None:
        self.root, self.load = root, editions
        self.faults: list[Fault] = []
        self.editions: dict[str, Edition] = {}
        self.kinds: dict[str, FileKind] = {}
        self.aliases: dict[str, str] = {}
        self.latest: datetime | None = None

    def fault(self, key: str, line: int, says: str) -> None:
        self.faults.append(Fault(key, line, says))

    def story(self, name: str) -> Story | None:
        head = read_part(Head, self.root, self.faults)
        edition = self.edition(self.root.at("edition")) if head else None
        if head is None or edition is None:
            return None
        self.find_adopted()
        self.cast = read_cast(self.root, self.faults)
        self.check_codes()
        self.kinds |= dict.fromkeys(self.cast.people.customers, "person")
        lines = [line for node in self.root.at("story").items if (line := self.line(node))]
        if not lines:
            self.fault("story", self.root.at("story").line, "a story has at least one line.")
            return None
        filed = tuple(self.filed(min(line.day for line in lines)))
        self.check_failing(head, lines)
        cast = self.cast_with_system(edition)
        return Story(
            name, head.scenario, head.source, head.failing, head.control, edition, self.editions, cast, filed,
            tuple(lines),
        )  # fmt: skip

    def edition(self, node: Node) -> Edition | None:
        """The edition that a node names; it is kept under that name and under its own id."""
        try:
            found = self.load(node.text)
        except UnknownEdition as error:
            self.fault("edition", node.line, str(error))
            return None
        except BadPolicy as error:
            first = str(error).partition("\n")[0]
            self.fault("edition", node.line, f"{node.text} has {len(error.faults)} faults, the first: {first}")
            return None
        self.editions |= {node.text: found, found.id: found}
        return found

    def find_adopted(self) -> None:
        """Every edition that a line adopts, so that its codes count too."""
        for node in self.root.at("story").items:
            if node.keys.get("take", node).text == AdoptEdition.name and "edition" in node.at("with").keys:
                self.edition(node.at("with").at("edition"))

    def codes(self, table: str) -> set[str]:
        """The codes of a list in any edition of the story."""
        tables = (getattr(e, table, None) or e.codes.get(table, {}) for e in self.editions.values())
        return {code for listed in tables for code in listed}

    def check_codes(self) -> None:
        """Roles and tenures of the people must be the edition's."""
        for who, node in self.root.at("people").keys.items():
            for role in node.at("roles").items:
                if role.text not in self.codes("roles"):
                    self.faults.append(unknown_word(f"{who}.roles", role.line, "role", role.text, self.codes("roles")))
            tenure = node.keys.get("tenure")
            if tenure and tenure.text not in self.codes("tenures"):
                self.faults.append(
                    unknown_word(f"{who}.tenure", tenure.line, "tenure", tenure.text, self.codes("tenures"))
                )

    def cast_with_system(self, edition: Edition) -> Cast:
        """The people, with the one who enters what was known before: whoever the edition lets enter it."""
        roles = {role for step, _ in FILED.values() if step in edition.steps for role in edition.steps[step].roles}
        staff = {**self.cast.people.staff, SYSTEM: StaffMember(SYSTEM, "The register", frozenset(roles))}
        people = self.cast.people
        return Cast(type(people)(staff, people.customers, people.homes), self.cast.tenancies)

    def filed(self, first: date) -> Iterable[TakeLine]:
        """What stands on customers' files: entered on its own day, or on the story's first."""
        for who in self.cast.people.customers:
            card = self.root.at("people").keys[who]
            for key, (step, since) in FILED.items():
                for node in card.keys.get(key, card).items:
                    draft = read_part(STEPS[step], node, self.faults)
                    if draft is not None:
                        self.check_words(draft, node)
                        day = getattr(draft, since) or first
                        at = london_instant(datetime.combine(day, time()))
                        yield TakeLine(
                            node.line, at, day, SYSTEM, who, "person", {}, cast("Any", node.plain), draft, "", ()
                        )

    def line(self, node: Node) -> Line | None:
        fields = read_part(LineFields, node, self.faults)
        if fields is None:
            return None
        if self.latest is not None and fields.at < self.latest:
            self.fault("at", node.at("at").line, "lines are in order of 'at': this one is earlier than the one before.")
        self.latest = max(fields.at, self.latest or fields.at)
        if bool(fields.take) == bool(fields.ask):
            self.fault("", node.line, "a line has either 'take' or 'ask'.")
            return None
        if fields.by and fields.by not in self.people("any"):
            self.unknown("by", node, "person of this story", fields.by, self.people("any"))
        return self.take_line(node, fields) if fields.take else self.ask_line(node, fields)

    def unknown(self, key: str, node: Node, what: str, word: str, valid: Iterable[str]) -> None:
        self.faults.append(unknown_word(key, node.at(key).line, what, word, valid))

    def people(self, kind: str) -> set[str]:
        staff = set(self.cast.people.staff) if kind != "customer" else set()
        return staff | (set(self.cast.people.customers) if kind != "staff" else set())

    def day(self, node: Node, fields: LineFields) -> date:
        today = london_day(fields.at.astimezone(UTC))
        if fields.taken_on and fields.taken_on > today:
            self.fault("taken_on", node.at("taken_on").line, "a step cannot count from a day after it was recorded.")
        return fields.taken_on or today

    # Steps

    def take_line(self, node: Node, fields: LineFields) -> TakeLine | None:
        for key, given in (("by", fields.by), ("file", fields.file)):
            if not given:
                self.fault(key, node.line, f"a step needs {key!r}.")
        if fields.take not in STEPS:
            self.unknown("take", node, "step", fields.take, STEPS)
            return None
        step = STEPS[fields.take]
        kind = self.kind(node, fields.file, step)
        written = node.keys.get("with") or Node(node.line, {})
        draft = read_part(step, written, self.faults)
        if draft is None or kind is None:
            return None
        names = self.check_words(draft, written)
        if fields.as_:
            self.aliases[fields.as_] = fields.file
        expected = self.expected(node, TAKEN)
        if expected.get("allowed") == "true" and expected.get("refused"):
            self.fault("expect", node.at("expect").line, "a step cannot be expected both allowed and refused.")
        day = self.day(node, fields)
        return TakeLine(
            node.line, fields.at, day, fields.by, fields.file, kind, expected, written.plain, draft, fields.as_, names
        )

    def kind(self, node: Node, name: str, step: type[StepData]) -> FileKind | None:
        """The kind of file a name stands for: known already, or started by this step."""
        kind = self.kinds.get(name)
        if kind is None and not step.starts:
            self.unknown("file", node, f"file of this story yet, and {step.name} starts none", name, self.kinds)
            return None
        if kind is None:
            prefix = name.rstrip("0123456789").rstrip("-")
            kind = prefix if prefix in step.starts else step.starts[0]
            self.kinds[name] = kind
        if kind not in step.files and kind not in step.starts:
            files = " or ".join(step.files)
            self.fault(
                "take", node.at("take").line, f"{step.name} is taken on a {files} file; {name} is of the kind {kind}."
            )
            return None
        return kind

    def check_words(self, draft: Data, node: Node) -> tuple[str, ...]:
        """Faults for codes, people and references that nothing answers to; the names of entries that are used."""
        names = []
        for marked in markers(type(draft)):
            for value in marked.values(draft):
                known, what = self.known(marked)
                if value not in known and not (isinstance(marked.marker, Points) and _is_reference(value, self.kinds)):
                    path = ".".join(marked.path)
                    self.faults.append(unknown_word(path, self.line_of(node, path, value), what, value, known))
                if value in self.aliases:
                    names.append(value)
        return tuple(names)

    def line_of(self, node: Node, path: str, value: str) -> int:
        """The line of a word in the data: of its place in a list, where it stands in one."""
        found = node.at(path)
        return next((item.line for item in found.items if item.text == value), found.line)

    def known(self, marked: Marked) -> tuple[set[str], str]:
        marker = marked.marker
        if isinstance(marker, Code):
            return self.codes(marker.of), f"code of {marker.of}"
        if isinstance(marker, Person):
            return self.people(marker.kind), f"{marker.kind} person of this story".replace("any person", "person")
        if marker.at in FILE_POINTS:
            return {name for name, kind in self.kinds.items() if kind == marker.at}, f"{marker.at} of this story yet"
        return set(self.aliases), "name given by 'as' in an earlier line"

    # Asks

    def ask_line(self, node: Node, fields: LineFields) -> AskLine | None:
        if fields.ask == "letter":
            self.fault("ask", node.at("ask").line, "letters are not written yet, so nothing can be asked of one.")
            return None
        if fields.ask not in ASKS:
            self.unknown("ask", node, "ask", fields.ask, ASKS)
            return None
        asked = ASKS[fields.ask]
        name = fields.file if asked.of == "file" else fields.about
        kind = self.asked_kind(node, asked.of, name)
        for key in ("as", "taken_on"):
            if key in node.keys:
                self.fault(key, node.at(key).line, "this goes with 'take' only.")
        if asked.needs_by and not fields.by:
            self.fault("by", node.line, f"'ask: {fields.ask}' needs 'by': the answer hangs on who asks.")
        written = node.keys.get("with") or Node(node.line, {})
        data = read_part(asked.data, written, self.faults)
        if data is None or kind is None:
            return None
        self.check_words(data, written)
        expected = self.paths(node, kind) if fields.ask == "facts" else self.expected(node, asked.expects)
        day = london_day(fields.at)
        paths = tuple(expected) if fields.ask == "facts" else ()
        return AskLine(node.line, fields.at, day, fields.by, name, kind, expected, fields.ask, data, paths)

    def asked_kind(self, node: Node, of: str, name: str) -> FileKind | None:
        """The kind of what is asked about; a visit may name only a place."""
        if of == "place" and not name:
            return "person"
        key = "file" if of == "file" else "about"
        valid = self.kinds if of == "file" else self.cast.people.customers
        if name not in valid:
            what = "file of this story yet" if of == "file" else "customer of this story"
            self.unknown(key, node, what, name, valid)
            return None
        return self.kinds[name]

    def paths(self, node: Node, kind: FileKind) -> Expected:
        expected = {}
        for path, value in node.at("expect").keys.items() if "expect" in node.keys else ():
            if pattern_of(path) not in paths_of(kind):
                self.faults.append(unknown_word("expect", value.line, f"fact of a {kind}", path, paths_of(kind)))
            elif name_in(path) and name_in(path) not in self.aliases and not _is_reference(name_in(path), self.kinds):
                what = "name given by 'as' in an earlier line"
                self.faults.append(unknown_word("expect", value.line, what, name_in(path), self.aliases))
            expected[path] = tuple(item.text for item in value.items) if value.items else _truth(value.text)
        return expected

    # Expectations

    def expected(self, node: Node, holds: Mapping[str, Holds]) -> Expected:
        expected: dict[str, str | tuple[str, ...]] = {}
        for key, value in node.at("expect").keys.items() if "expect" in node.keys else ():
            if key not in holds:
                self.faults.append(unknown_word("expect", value.line, "expectation here", key, holds))
            elif holds[key] in (Holds.TRUTH, Holds.WORD):
                expected[key] = self.word(key, value, holds[key])
            else:
                expected[key] = self.words(key, value, holds[key])
        return expected

    def word(self, key: str, value: Node, holds: Holds) -> str:
        if holds is Holds.TRUTH and _truth(value.text) not in ("true", "false"):
            self.fault(f"expect.{key}", value.line, "this is true or false.")
        return _truth(value.text)

    def words(self, key: str, value: Node, holds: Holds) -> tuple[str, ...]:
        if not isinstance(value.value, list):
            self.fault(f"expect.{key}", value.line, "this is a list in square brackets; [] means none at all.")
        valid, what = {
            Holds.CLAUSES: ({clause for e in self.editions.values() for clause in e.clauses}, "clause of the edition"),
            Holds.STEPS: (set(STEPS), "step"),
            Holds.MEASURES: (self.codes("control_measures"), "code of control_measures"),
        }[holds]
        for item in value.items:
            if item.text not in valid:
                self.faults.append(unknown_word(f"expect.{key}", item.line, what, item.text, valid))
        return tuple(item.text for item in value.items)

    def check_failing(self, head: Head, lines: Iterable[Line]) -> None:
        """A story of a failing shows where it would have been stopped, warned about or owed."""
        if head.failing and not any(line.expected.get(key) for line in lines for key in PREVENTS):
            says = "a story with 'failing' expects a refusal, a warning or an overdue duty in one line at least."
            self.fault("failing", self.root.at("failing").line, says)


PREVENTS = ("refused", "overdue", "warned")
"""Expectations that show a failing prevented."""


def _truth(text: str) -> str:
    return {"yes": "true", "no": "false"}.get(text, text)


def _is_reference(value: str, files: Iterable[str]) -> bool:
    """Whether a word is an entry's own reference, such as case-1#3, on a file of the story."""
    match = re.fullmatch(r"(.+)#[1-9][0-9]*", value)
    return match is not None and match[1] in files


HEAD_FIELDS, LINE_FIELDS = fields_of(Head), fields_of(LineFields)
