"""Reading a scenario: a dated story in YAML, checked word by word before anything is played.

Whatever cannot be meant is a fault with its line and the nearest valid word: an unknown step, ask, person, file, code,
field, clause or name. `read_story` raises `BadScenario` with all of them at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from pydantic import Field

from evenhand.casework.cast import FILED, SYSTEM, Cast, read_cast
from evenhand.casework.registers import StaffMember
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import Data, FileKind
from evenhand.casework.steps.control import AdoptEdition
from evenhand.casework.storylines import AskLine, Line, TakeLine, read_lines
from evenhand.casework.storytext import BadScenario, Node, composed, read_part
from evenhand.casework.storywords import Editions, StoryWords
from evenhand.policy.clock import london_instant
from evenhand.policy.edition import Edition

__all__ = ["PREVENTS", "AskLine", "BadScenario", "Editions", "Head", "Line", "Story", "TakeLine", "read_story"]

PREVENTS = ("refused", "overdue", "warned")
"""Expectations that show a failing prevented."""


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
    control: bool = Field(default=False, title="Control", description="true: no step may be refused.")
    note: str = Field(default="", title="Note", description="Anything else a reader should know.")
    edition: str = Field(title="Edition", description="A shipped edition, or a file beside the story.")
    people: dict[str, Any] = Field(title="People", description="Each under an id.")
    homes: dict[str, Any] = Field(default_factory=dict, title="Homes", description="Each under its UPRN.")
    tenancies: tuple[Any, ...] = Field(default=(), title="Tenancies", description="A list.")
    story: tuple[Any, ...] = Field(title="Story", description="The lines, in order of 'at'.")


def read_story(name: str, content: bytes, editions: Editions) -> Story:
    """The story in a file's content; `editions` gives an edition by the name the story uses.

    Raises `BadScenario` with every fault.
    """
    root, words = composed(name, content), StoryWords(editions)
    story = _story(name, root, words)
    if story is None or words.faults:
        raise BadScenario(name, words.faults)
    return story


def _story(name: str, root: Node, words: StoryWords) -> Story | None:
    head = read_part(Head, root, words.faults)
    edition = words.edition(root.at("edition")) if head else None
    if head is None or edition is None:
        return None
    _find_adopted(root, words)
    words.cast = read_cast(root, words.faults)
    words.unread = set(root.at("people").keys) - words.people()
    _check_codes(root, words)
    words.kinds |= dict.fromkeys(words.cast.people.customers, "person")
    if not root.at("story").items:
        words.fault("story", root.at("story").line, "a story has at least one line.")
    lines = read_lines(words, root.at("story").items)
    if not lines:
        return None
    _check_failing(head, lines, root, words)
    filed = tuple(_filed(root, words, min(line.day for line in lines)))
    cast = _with_system(words.cast, edition)
    return Story(
        name, head.scenario, head.source, head.failing, head.control, edition, words.editions, cast, filed,
        tuple(lines),
    )  # fmt: skip


def _find_adopted(root: Node, words: StoryWords) -> None:
    """Every edition that a line adopts, so that its codes count too."""
    for node in root.at("story").items:
        given = node.keys.get("with", node).keys.get("edition")
        if given and "take" in node.keys and node.keys["take"].text == AdoptEdition.name:
            words.edition(given)


def _check_codes(root: Node, words: StoryWords) -> None:
    """Roles and tenures of people and tenancies are the edition's, and everybody is called by one word."""
    for who, node in root.at("people").keys.items():
        words.check_name("people", node.line, who)
        written = [("role", role) for role in node.keys.get("roles", Node(0, "")).items]
        written += [("tenure", node.keys["tenure"])] if "tenure" in node.keys else []
        for what, word in written:
            _check_code(f"{who}.{what}", what, word, words)
    for tenancy in root.keys.get("tenancies", Node(0, "")).items:
        if "kind" in tenancy.keys:
            _check_code("tenancies.kind", "tenure", tenancy.keys["kind"], words)


def _check_code(key: str, what: str, word: Node, words: StoryWords) -> None:
    valid = words.codes(f"{what}s")
    if word.text not in valid:
        words.unknown(key, word, what, word.text, valid)


def _check_failing(head: Head, lines: Iterable[Line], root: Node, words: StoryWords) -> None:
    """A story of a failing shows where it would have been stopped, warned about or owed."""
    if head.failing and not any(line.expected.get(key) for line in lines for key in PREVENTS):
        says = "a story with 'failing' expects a refusal, a warning or an overdue duty somewhere."
        words.fault("failing", root.at("failing").line, says)


def _filed(root: Node, words: StoryWords, first: date) -> Iterator[TakeLine]:
    """What stands on customers' files: entered on its own day, or on the story's first."""
    for who in words.cast.people.customers:
        card = root.at("people").keys[who].keys
        for key, (step, since) in FILED.items():
            for node in card[key].items if key in card else ():
                draft = read_part(STEPS[step], node, words.faults, key=f"{who}.{key}")
                if draft is not None:
                    words.check(draft, node)
                    day = getattr(draft, since) or first
                    at = london_instant(datetime.combine(day, time()))
                    yield TakeLine(step, node.line, at, day, SYSTEM, who, "person", {}, node.plain, draft, "", ())


def _with_system(cast: Cast, edition: Edition) -> Cast:
    """The people, with the one who enters what was known before: whoever the edition lets enter it."""
    roles = {role for step, _ in FILED.values() if step in edition.steps for role in edition.steps[step].roles}
    system = StaffMember(SYSTEM, "The register", frozenset(roles))
    return replace(cast, people=replace(cast.people, staff={**cast.people.staff, SYSTEM: system}))
