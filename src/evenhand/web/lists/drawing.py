"""Parts of a list as they are drawn, remembered: most of a page was on a page before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.template import engines
from markupsafe import Markup

from evenhand.web.lists.filters import Chosen
from evenhand.web.lists.listing import Labelled, Listing


def drawn(lines: Iterable[Labelled]) -> list[Markup]:
    """Each line as a row of a table. One that cites a clause is always drawn anew: its parts have names of their own,
    which may stand only once on a page."""
    return [_draw(line) if any(cell.clause for _, cell in line) else _kept(line) for line in lines]


def _draw(line: Labelled) -> Markup:
    return _from("row", line=line)


_kept = lru_cache(maxsize=2_000)(_draw)


def filters(listing: Listing, chosen: Chosen) -> Markup:
    """The form that filters and sorts a list."""
    return _filters(_Form(listing, chosen))


class _Form:
    """What is chosen, the same wherever everything that its form shows is the same."""

    def __init__(self, listing: Listing, chosen: Chosen) -> None:
        self.listing, self.chosen = listing, chosen
        each = ((one.filter.name, one.value, one.error, tuple(one.options.items())) for one in chosen.shown)
        self._shows = listing.name, chosen.sort, tuple(each)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Form) and self._shows == other._shows

    def __hash__(self) -> int:
        return hash(self._shows)


@lru_cache(maxsize=200)
def _filters(form: _Form) -> Markup:
    return _from("filters", listing=form.listing, chosen=form.chosen)


def _from(name: str, **values: Any) -> Markup:
    drawn = engines["jinja2"].get_template(f"web/lists/_{name}.html").render(values)
    return Markup(drawn)  # noqa: S704 - what a template of our own made of it
