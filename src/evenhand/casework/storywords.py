"""What the words of a story may mean: its people, codes, files and named entries, as far as they have been met."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from evenhand.casework.cast import Cast
from evenhand.casework.registers import Registers
from evenhand.casework.shape import FILE_POINTS, codes
from evenhand.casework.steps.base import Code, Data, FileKind, Person, Points
from evenhand.casework.steps.markers import Marked, markers
from evenhand.casework.storytext import Node, unknown_word
from evenhand.policy.edition import Edition
from evenhand.policy.faults import BadPolicy, Fault
from evenhand.policy.parsing import UnknownEdition

Editions = Callable[[str], Edition]
A_WORD = re.compile(r"[A-Za-z0-9_.:@+~-]{1,100}")
"""What people and files of a story may be called, so that the record can keep every story."""
A_NAME = "name given by 'as' in an earlier line"


@dataclass
class StoryWords:
    """Everything a word can refer to, and the faults of those that refer to nothing."""

    load: Editions
    faults: list[Fault] = field(default_factory=list)
    editions: dict[str, Edition] = field(default_factory=dict)
    cast: Cast = field(default_factory=lambda: Cast(Registers()))
    unread: set[str] = field(default_factory=set)
    """People and files whose own words cannot be read: naming them is no further fault."""
    kinds: dict[str, FileKind] = field(default_factory=dict)
    """Every file so far, with its kind."""
    aliases: set[str] = field(default_factory=set)
    """Every entry named so far."""

    def fault(self, key: str, line: int, says: str) -> None:
        self.faults.append(Fault(key, line, says))

    def unknown(self, key: str, node: Node, what: str, word: str, valid: Iterable[str]) -> None:
        """A fault at a key of a node, with the nearest valid word."""
        self.faults.append(unknown_word(key, node.at(key).line, what, word, valid))

    def check_name(self, key: str, line: int, name: str) -> None:
        """A fault for a person or file that is not called by one plain word."""
        if not A_WORD.fullmatch(name):
            self.fault(key, line, f"{name[:40]!r} is no name here: use one word of letters, digits and _.:@+~-")

    def edition(self, node: Node) -> Edition | None:
        """The edition that a node names; it is kept under that name and under its own id."""
        try:
            found = self.load(node.text)
        except UnknownEdition as error:
            self.fault("edition", node.line, str(error))
        except BadPolicy as error:
            first = str(error).partition("\n")[0]
            self.fault("edition", node.line, f"{node.text} has {len(error.faults)} faults, the first: {first}")
        else:
            self.editions |= {node.text: found, found.id: found}
            return found
        return None

    def codes(self, table: str) -> set[str]:
        """The codes of a list in any edition of the story."""
        return {code for edition in self.editions.values() for code in codes(edition, table)}

    def clauses(self) -> set[str]:
        """Everything a finding may cite: the clauses of the story's editions, and the floors below them."""
        own = {clause for edition in self.editions.values() for clause in edition.clauses}
        return own | {
            rule.citation.clause for e in self.editions.values() for gate in e.gates.values() for rule in gate
        }

    def people(self, kind: str = "any") -> set[str]:
        """The ids of the story's staff, customers, or both."""
        staff = set(self.cast.people.staff) if kind != "customer" else set()
        return staff | (set(self.cast.people.customers) if kind != "staff" else set()) | self.unread

    def check(self, data: Data, node: Node) -> tuple[str, ...]:
        """Faults for codes, people and references that nothing answers to; the names of entries that are used."""
        used = []
        for marked in markers(type(data)):
            for value in marked.values(data):
                known, what = self._known(marked)
                if value not in known and not (isinstance(marked.marker, Points) and self.is_reference(value)):
                    path = ".".join(marked.path)
                    self.faults.append(unknown_word(path, _line_of(node.at(path), value), what, value, known))
                if value in self.aliases:
                    used.append(value)
        return tuple(used)

    def _known(self, marked: Marked) -> tuple[set[str], str]:
        marker = marked.marker
        if isinstance(marker, Code):
            return self.codes(marker.of), f"code of {marker.of}"
        if isinstance(marker, Person):
            kind = "person" if marker.kind == "any" else marker.kind
            return self.people(marker.kind), f"{kind} of this story"
        if marker.at in FILE_POINTS:
            files = {name for name, kind in self.kinds.items() if kind == marker.at}
            return files | self.unread, f"{marker.at} of this story yet"
        return self.aliases, A_NAME

    def is_reference(self, word: str) -> bool:
        """Whether a word is an entry's own reference, such as case-1#3, on a file of the story."""
        match = re.fullmatch(r"(.+)#[1-9][0-9]*", word)
        return match is not None and match[1] in self.kinds


def _line_of(node: Node, value: str) -> int:
    """The line of a word: of its own place, where it stands in a list."""
    return next((item.line for item in node.items if item.text == value), node.line)
