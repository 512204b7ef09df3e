"""The text of a scenario as values that know their lines, or everything that is wrong with it.

Every scalar is text: YAML on its own would turn 4.10 into 4.1 and `no` into false. Each value is then converted by the
model of the place where it stands.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from evenhand.casework.shape import misfit, nearest
from evenhand.casework.steps.base import Data
from evenhand.policy.faults import Fault, one_line

LONGEST = 1_000_000
"""Characters. The longest story written so far is a fiftieth of it."""
MOST_VALUES = 100_000
DEEPEST = 40
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNPRINTABLE = re.compile(r"[\x00\ud800-\udfff]")

M = TypeVar("M", bound=Data)


class BadScenario(ValueError):
    """A scenario that cannot be played, with every one of its faults, each with its line."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        self.faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0))
        super().__init__("\n".join(one_line(f"{name}:{fault.line or 1}: {_said(fault)}") for fault in self.faults))


def _said(fault: Fault) -> str:
    return f"{fault.key}: {fault.says}" if fault.key else fault.says


@dataclass(slots=True)
class Node:
    """A value as written: text, a list or a mapping, and the line it stands on (that of its key, in a mapping)."""

    line: int
    value: "str | list[Node] | dict[str, Node]"

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> "list[Node]":
        return self.value if isinstance(self.value, list) else []

    @property
    def keys(self) -> "dict[str, Node]":
        return self.value if isinstance(self.value, dict) else {}

    @property
    def plain(self) -> Any:
        """The value as text, lists and dictionaries."""
        if isinstance(self.value, dict):
            return {key: node.plain for key, node in self.value.items()}
        return [node.plain for node in self.value] if isinstance(self.value, list) else self.value

    def at(self, path: str) -> "Node":
        """The node at a dotted path, or the last one on the way there that is written."""
        for key, node in self._inside():
            if path == key or path.startswith(f"{key}."):
                return node.at(path[len(key) + 1 :])
        return self

    def _inside(self) -> "Iterable[tuple[str, Node]]":
        return self.keys.items() or ((str(place), node) for place, node in enumerate(self.items))


def composed(name: str, content: bytes) -> Node:
    """The mapping that a scenario file holds. Raises `BadScenario` where it cannot be read at all."""
    text = _decoded(name, content)
    if len(text) > LONGEST:
        raise _unreadable(name, 1, f"the file is {len(text):,} characters long; a story has at most {LONGEST:,}.")
    if match := UNPRINTABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise _unreadable(name, line, "there is a NUL here, which no text may hold: delete it.")
    return _Composer(name, text).mapping()


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable(name, line, "this is not UTF-8 text: save the file as UTF-8.") from None


def _unreadable(name: str, line: int, says: str) -> BadScenario:
    return BadScenario(name, [Fault("", line, says)])


class _Composer:
    """Builds nodes from the parser's events; composing by the library itself would follow any depth of nesting.

    What is written once under `&name` may stand again as `*name`; a page of those could mean more words than any
    machine holds, so that the values are counted as if each were written out.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text, self.faults = name, text, list[Fault]()
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)

    def mapping(self) -> Node:
        try:
            found = [self._node(e, 0) for e in self.events if not isinstance(e, _FRAME)]
        except yaml.MarkedYAMLError as error:
            last = self.text.rstrip().count("\n") + 1
            line = min(error.problem_mark.line + 1, last) if error.problem_mark else last
            raise _unreadable(self.name, line, f"this is not YAML: {error.problem}.") from None
        except yaml.reader.ReaderError as error:
            line = self.text.count("\n", 0, int(error.position)) + 1
            raise _unreadable(self.name, line, "there is a control character here: delete it.") from None
        if len(found) != 1 or not isinstance(found[0].value, dict):
            raise _unreadable(self.name, 1, "a scenario is one mapping with 'scenario', 'edition', 'people', 'story'.")
        if self.faults:
            raise BadScenario(self.name, self.faults)
        return found[0]

    def _node(self, event: Any, depth: int) -> Node:
        line, before = event.start_mark.line + 1, self.count
        if depth > DEEPEST:
            raise _unreadable(self.name, line, "lists and mappings are nested too deeply to be read.")
        node = self._again(event, line) if isinstance(event, yaml.AliasEvent) else Node(line, self._value(event, depth))
        self.count += 1
        if self.count > MOST_VALUES:
            raise _unreadable(self.name, line, f"a story has at most {MOST_VALUES:,} values.")
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self.anchors[event.anchor] = node, self.count - before
        return node

    def _again(self, event: Any, line: int) -> Node:
        """What an earlier `&name` stands for."""
        if event.anchor not in self.anchors:
            self.faults.append(unknown_word("", line, "name given by & in an earlier line", event.anchor, self.anchors))
        node, count = self.anchors.get(event.anchor, (Node(line, ""), 1))
        self.count += count
        return Node(line, node.value)

    def _value(self, event: Any, depth: int) -> "str | list[Node] | dict[str, Node]":
        if isinstance(event, yaml.MappingStartEvent):
            return self._pairs(depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._node(inner, depth + 1) for inner in self._until(yaml.SequenceEndEvent)]
        text: str = event.value
        if UNPRINTABLE.search(text):
            line = event.start_mark.line + 1
            self.faults.append(Fault("", line, "there is a NUL or half a character here, which no text may hold."))
        return text

    def _until(self, end: type[Any]) -> Iterator[Any]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _pairs(self, depth: int) -> dict[str, Node]:
        pairs: dict[str, Node] = {}
        for event in self._until(yaml.MappingEndEvent):
            key, value = self._node(event, depth + 1), self._node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                self.faults.append(Fault("", key.line, "a key is one word, not a list or a mapping."))
            elif key.value in pairs:
                self.faults.append(Fault(key.value, key.line, "this stands here twice: take one out."))
            pairs[key.text] = Node(key.line, value.value)
        return pairs


_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def read_part(model: type[M], node: Node, faults: list[Fault], *, key: str = "") -> M | None:
    """A part of a scenario as its model; None, with the faults added, where it does not fit."""
    if not isinstance(node.value, dict):
        faults.append(Fault(key, node.line, "this is written as {name: value, ...}."))
        return None
    try:
        return model.model_validate(node.plain)
    except ValidationError as error:
        faults += [_fault(model, node, one, key) for one in error.errors(include_url=False)]
        return None


def _fault(model: type[Data], node: Node, error: Any, key: str) -> Fault:
    place = [str(part) for part in error["loc"]]
    line, where = node.at(".".join(place)).line, ".".join([key, *place] if key else place)
    return Fault(where, line, misfit(model, error))


def unknown_word(key: str, line: int, what: str, word: str, valid: Iterable[str]) -> Fault:
    """A fault that names the nearest valid word."""
    return Fault(key, line, f"{word!r} is no {what}.{nearest(word, sorted(valid))}")
