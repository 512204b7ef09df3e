"""Headings, tables and lists as Markdown writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

MADE = "<!-- Made by `make docs`. Change what it is made from, not this page. -->"


def page(title: str, *parts: Iterable[str]) -> str:
    """A whole document."""
    lines = [MADE, "", f"# {title}", ""]
    for part in parts:
        lines += [*part, ""]
    return "\n".join(lines).rstrip() + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; nothing where there are no rows."""
    filled = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    if filled:
        yield f"| {' | '.join(heads)} |"
        yield f"|{' --- |' * len(heads)}"
        yield from (f"| {' | '.join(row)} |" for row in filled)
        yield ""


def bullets(label: str, items: Iterable[str]) -> Iterator[str]:
    """One bullet with its items; nothing where there are none."""
    found = list(items)
    if found:
        yield f"- **{label}**: {'; '.join(found)}"
