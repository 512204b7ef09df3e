"""Finding who a report is about: customers by name, address or reference, only those the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.cases.search import find
from evenhand.cases.seeing import DeskRequest, people_seen
from evenhand.looks.noting import look
from evenhand.people.models import Customer

MOST = 10


@dataclass(frozen=True, slots=True)
class Found:
    """Customers that match, with their homes; `is_asked` says whether anybody was searched for.

    `has_more` says that others match too; `instead` is the one word that was looked for where nobody fits them all.
    """

    people: tuple[Customer, ...] = ()
    is_asked: bool = False
    has_more: bool = False
    instead: str = ""

    @property
    def homes(self) -> dict[str, str]:
        """The homes of those found, by number: it may have been somebody else who was there."""
        return {one.home.uprn: str(one.home) for one in self.people if one.home}


def people_found(request: DeskRequest, words: str) -> Found:
    """Who answers to some words; the look is noted, because names and addresses are shown."""
    if not words.strip():
        return Found()
    look(request, "search", "report", purpose="Who a report is about")
    found, instead = find(request.viewer, words, kinds=("person",), limit=MOST), ""
    if not found.rows and len(words.split()) > 1:
        instead = words.split()[-1]  # the surname, as a rule: a first name may be another than the registers have
        found = find(request.viewer, instead, kinds=("person",), limit=MOST)
    names = [hit.name for hit in found.rows]
    known = people_seen(request.viewer).select_related("home").in_bulk(names)
    people = tuple(known[name] for name in names if name in known)
    return Found(people, is_asked=True, has_more=found.more is not None, instead=instead)
