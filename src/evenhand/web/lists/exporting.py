"""A list as a CSV file: every row that passes the filters, with cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from evenhand.cases.seeing import Viewer
from evenhand.web.lists.filters import Chosen
from evenhand.web.lists.listing import Listing
from evenhand.web.lists.paging import every

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


class _Echo:
    """Gives each written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would calculate it."""
    return f"'{text}" if text.lstrip(" ").startswith(BEGINS_A_FORMULA) else text


def lines_of(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a file of such rows, the head first; made as they are sent."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield MARK
    for row in rows:
        yield writer.writerow(harmless(cell) for cell in row)


def csv_of(listing: Listing, chosen: Chosen, viewer: Viewer) -> Iterator[str]:
    """The lines of a list's file."""
    return lines_of(_rows(listing, chosen, viewer))


def _rows(listing: Listing, chosen: Chosen, viewer: Viewer) -> Iterator[Iterable[str]]:
    yield listing.columns
    for rows in every(chosen.narrow(listing.rows(viewer), viewer), listing.order(chosen)):
        for line in listing.lines(rows, viewer):
            yield (cell.words for cell in line)


def file_name(listing: Listing, viewer: Viewer) -> str:
    """What the file is called: the list and the day."""
    return f"{listing.name}-{viewer.day.isoformat()}.csv"
