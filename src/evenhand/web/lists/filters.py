"""Filters of a list: each stands in the address as `?name=value` and narrows the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from django.db.models import QuerySet

from evenhand.cases.seeing import Viewer

Rows = QuerySet[Any]
Narrow = Callable[[Rows, str, Viewer], Rows]
Options = Mapping[str, str]
"""Each value that may be chosen, with its title."""
LONGEST = 200


def no_options(_viewer: Viewer) -> Options:
    """For a filter that is not chosen from a list."""
    return {}


def nothing_chosen(_viewer: Viewer) -> str:
    """For a filter that narrows nothing until it is used."""
    return ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list; a filter from a list of options that has none for a viewer is not shown to them."""

    name: str
    label: str
    narrow: Narrow
    kind: Literal["choice", "day", "tick", "words"] = "choice"
    options: Callable[[Viewer], Options] = no_options
    default: Callable[[Viewer], str] = nothing_chosen
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A filter as a form shows it, with what was chosen and what is wrong with that."""

    filter: Filter
    options: Options
    default: str
    value: str
    error: str = ""

    @property
    def id(self) -> str:
        return f"filter-{self.filter.name}"

    @property
    def says(self) -> str:
        """What is chosen, in words."""
        label = self.filter.label
        return label if self.filter.kind == "tick" else f"{label}: {self.options.get(self.value, self.value)}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address says of every filter, and by what to sort."""

    shown: tuple[Shown, ...] = ()
    sort: str = ""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the summary on top of the page: (text, link to the field)."""
        return [(shown.error, f"#{shown.id}") for shown in self.shown if shown.error]

    @property
    def says(self) -> list[str]:
        """What is chosen beside the defaults, in words: 'State: Closed', 'Something is overdue'."""
        return [shown.says for shown in self.shown if shown.value != shown.default and not shown.error]

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter says something else than it does at first."""
        return any(shown.value != shown.default for shown in self.shown)

    def query(self, **changes: str) -> str:
        """The address's query that says the same, with some values changed; what goes without saying is left out."""
        said = {shown.filter.name: shown.value for shown in self.shown if shown.value != shown.default}
        return urlencode({name: text for name, text in {**said, "sort": self.sort, **changes}.items() if text})

    def narrow(self, rows: Rows, viewer: Viewer) -> Rows:
        """The rows that pass every filter; one that is wrongly filled in narrows nothing."""
        for shown in self.shown:
            if shown.value and not shown.error:
                rows = shown.filter.narrow(rows, shown.value, viewer)
        return rows


def read_filters(filters: Iterable[Filter], query: Mapping[str, str], viewer: Viewer, sorts: Iterable[str]) -> Chosen:
    """What an address says of these filters. Nothing raises: what cannot be is an error shown beside its filter."""
    shown = (_shown(one, query, viewer) for one in filters)
    _first, *others = sorts
    sort = query.get("sort", "")
    return Chosen(tuple(one for one in shown if one is not None), sort if sort in others else "")


def _shown(one: Filter, query: Mapping[str, str], viewer: Viewer) -> Shown | None:
    options, default = one.options(viewer), one.default(viewer)
    if one.kind == "choice" and len(options) < 2:
        return None
    value = query.get(one.name, default).strip()[:LONGEST].replace("\x00", "")
    return Shown(one, options, default, value, _wrong_with(one, options, value))


def _wrong_with(one: Filter, options: Options, value: str) -> str:
    if one.kind == "choice" and value not in options:
        return f"{one.label}: '{value}' cannot be chosen here; choose from the list."
    if one.kind == "day" and value and day_in(value) is None:
        return f"{one.label}: '{value}' is no day; write it like 20/8/2026."
    return ""


def day_in(text: str) -> date | None:
    """The day that a text names, as browsers send it (2026-08-20) or as people write it (20/8/2026), or None."""
    written = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
