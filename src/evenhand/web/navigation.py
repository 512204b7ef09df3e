"""The places that stand in the navigation of each colleague."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation, and whether the page shown belongs to it."""

    text: str
    href: str
    is_here: bool


PLACES = (
    ("Home", "/", ("colleague", "administrator", "legal_adviser")),
    ("Report an incident", "/report/", ("colleague", "contractor")),
    ("My reports", "/reports/", ("colleague", "contractor")),
    ("Triage", "/triage/", ("case_officer",)),
    ("Cases", "/cases/", ("colleague", "legal_adviser")),
    ("Customers", "/customers/", ("colleague",)),
    ("Duties", "/duties/", ("colleague", "legal_adviser")),
    ("Team", "/team/", ("manager",)),
    ("Policy", "/policy/", ("colleague", "administrator", "legal_adviser", "contractor")),
    ("Who looked", "/looks/unusual/", ("data_protection_officer", "auditor")),
    ("Settings", "/settings/", ("administrator",)),
)
"""Words, address, and whose: a role stands for those that include it."""


def places(viewer: Viewer, path: str) -> list[Place]:
    """What the viewer finds in the navigation, the place of the present page lit."""
    edition = in_force()
    theirs = [(text, href) for text, href, roles in PLACES if edition.held(viewer.roles, roles)]
    return [Place(text, href, path == href if href == "/" else path.startswith(href)) for text, href in theirs]
