"""What the search page shows: what was found, by kind, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evenhand.cases.naming import names_meant
from evenhand.cases.search import Hit, find
from evenhand.cases.seeing import Viewer
from evenhand.people.reading import homes_named

KINDS: Mapping[str, str] = {
    "person": "Customers",
    "case": "Cases",
    "incident": "Incidents",
    "flag": "Flags",
    "inquiry": "Inquiries",
}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Results:
    """Hits by kind, the kind they are kept to ('' for all), and from where to go on ('' where nothing follows).

    `is_alike` where nothing is spelt as it was typed: then `meant` are the words that were found instead.
    """

    groups: Mapping[str, list[Hit]] = field(default_factory=dict)
    kind: str = ""
    more: str = ""
    meant: tuple[str, ...] = ()
    is_alike: bool = False
    straight_to: tuple[str, str] | None = None
    homes: Mapping[str, str] = field(default_factory=dict)
    """By customer, what tells them from others of the same name: their home, or else their reference."""


def results_of(viewer: Viewer, words: str, kind: str = "", after: str = "") -> Results:
    """What the viewer may see of what some words find; nothing for no words.

    A reference that names exactly one file leads straight there.
    """
    if not words:
        return Results()
    kind = kind if kind in KINDS else ""
    found = find(viewer, words[:LONGEST], kinds=(kind,) if kind else None, after=after or None)
    meant = names_meant(words, viewer.day)
    named = [hit for hit in found.rows if hit.kind != "person" and hit.name in meant]
    groups = {each: [hit for hit in found.rows if hit.kind == each] for each in KINDS}
    straight = (named[0].kind, named[0].name) if len(named) == 1 else None
    return Results(
        {each: hits for each, hits in groups.items() if hits},
        kind,
        found.more or "",
        found.meant,
        found.is_alike,
        straight,
        _homes(found.rows, viewer),
    )


def _homes(hits: Iterable[Hit], viewer: Viewer) -> dict[str, str]:
    who = {hit.name if hit.kind == "person" else hit.subject for hit in hits} - viewer.ties - {""}
    return {one: one for one in who} | homes_named(who)
