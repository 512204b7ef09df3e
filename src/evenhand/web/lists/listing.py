"""A list as it is declared once: its rows, how it is filtered, sorted and shown, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.cases.seeing import Viewer
from evenhand.web.lists.filters import Chosen, Filter, Rows
from evenhand.web.lists.paging import NoSuchPlace, Order, Page, page_of


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table: words, perhaps a link or a tag's colour with them, and further tags."""

    text: str
    href: str = ""
    colour: str = ""
    clause: str = ""
    tags: tuple[tuple[str, str], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is words and nothing else, which may break at their spaces; a reference does not break."""
        return not (self.href or self.colour or self.clause or self.tags) and (" " in self.text or not self.text)

    @property
    def words(self) -> str:
        """All that it says, for a file."""
        return "; ".join(filter(None, (self.text, *(text for text, _ in self.tags))))


Line = Sequence[Cell]
Labelled = tuple[tuple[str, Cell], ...]
"""A line whose cells stand with the head of their column."""


def labelled(columns: Sequence[str], lines: Iterable[Line]) -> list[Labelled]:
    """Each line's cells with the head of their column, which a phone shows beside them."""
    return [tuple(zip(columns, line, strict=True)) for line in lines]


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: what will appear here, and the next useful act."""

    title: str
    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the desk. `name` is its URL name; the first of `sorts` is the one it opens with."""

    name: str
    title: str
    rows: Callable[[Viewer], Rows]
    columns: tuple[str, ...]
    lines: Callable[[Sequence[Any], Viewer], list[Line]]
    sorts: Mapping[str, tuple[str, Order]]
    filters: tuple[Filter, ...]
    empty: Empty
    is_exported: bool = True

    def titles(self) -> list[tuple[str, str]]:
        """The ways to sort, for a form."""
        return [(name, title) for name, (title, _) in self.sorts.items()]

    def order(self, chosen: Chosen) -> Order:
        """How the rows are sorted."""
        return self.sorts[chosen.sort or next(iter(self.sorts))][1]

    def page(self, chosen: Chosen, viewer: Viewer, *, after: str = "", before: str = "") -> Page[Any]:
        """Some of the rows; the first ones where a place is no place of this list."""
        rows, order = chosen.narrow(self.rows(viewer), viewer), self.order(chosen)
        try:
            return page_of(rows, order, after=after, before=before)
        except NoSuchPlace:
            return page_of(rows, order)
