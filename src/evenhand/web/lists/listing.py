"""A list as it is declared once: its rows, how it is filtered, sorted and shown, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Model

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.web.lists.filters import Chosen, Filter, Rows
from evenhand.web.lists.paging import NoSuchPlace, Order, Page, paged, reached


class Cell(NamedTuple):  # a page has hundreds, and each is looked up among those drawn before
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
        asked = Asked(self, chosen, viewer, after, before)
        try:
            return asked.page()
        except NoSuchPlace:
            return replace(asked, after="", before="").page()


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A page of a list as somebody asks for it.

    Two are the same where everything is that their statement can depend on: no part of a list asks the database while
    its statement is put together. So that is done once, since it costs more than running it.
    """

    listing: Listing
    chosen: Chosen
    viewer: Viewer
    after: str
    before: str

    def page(self) -> Page[Any]:
        """The page, from the database as it stands. Raises `NoSuchPlace`."""
        model, statement, parameters = _written_out(self)
        met = list(model._default_manager.raw(statement, parameters)) if statement else []
        return paged(met, self.listing.order(self.chosen), after=self.after, before=self.before)

    def rows(self) -> Rows:
        """What the page is met in. Raises `NoSuchPlace`."""
        narrowed = self.chosen.narrow(self.listing.rows(self.viewer), self.viewer)
        return reached(narrowed, self.listing.order(self.chosen), after=self.after, before=self.before)

    def _stands_on(self) -> tuple[Any, ...]:
        viewer = self.viewer
        who = (viewer.id, viewer.day, viewer.roles, viewer.sees, viewer.team, viewer.ties, viewer.opened)
        said = tuple((one.filter.name, one.value, one.error) for one in self.chosen.shown)
        place = (self.listing.name, self.chosen.sort, self.after, self.before)
        return (*who, viewer.has_many, *place, said, in_force().hash)

    def __hash__(self) -> int:
        return hash(self._stands_on())

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Asked)
            and self.viewer.registers is other.viewer.registers
            and self._stands_on() == other._stands_on()
        )


@lru_cache(maxsize=1_000)
def _written_out(asked: Asked) -> tuple[type[Model], str, tuple[Any, ...]]:
    """The statement of a page with its parameters, and of what its rows are; '' where nothing can fit."""
    rows = asked.rows()
    try:
        return rows.model, *rows.query.sql_with_params()
    except EmptyResultSet:
        return rows.model, "", ()
