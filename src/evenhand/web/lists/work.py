"""What each role comes to the first page for: no part stands there that could never fill for whoever looks."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.web.lists.acts import AWAITED


@dataclass(frozen=True, slots=True)
class Place:
    """A page that somebody looks after."""

    title: str
    text: str
    href: str


LOOKED_AFTER = (
    ("data_protection_officer", "Files opened in an emergency", "Why each was opened, and what came of it.",
     "glass_alerts"),
    ("data_protection_officer", "Unusual access", "Colleagues whose looks in a period stand out.", "looks_unusual"),
    ("data_protection_officer", "Customers", "What is kept about somebody, and who has looked at it.", "customers"),
    ("data_protection_officer", "Cases", "Who has looked at a case, what was shared of it, and what is held.", "cases"),
    ("policy_owner", "The policy in force", "Clause by clause, with its day of review.", "policy"),
    ("policy_owner", "Compare editions", "What a new edition would change, before it is taken up.", "policy_diff"),
    ("policy_owner", "Guidance for each role", "What colleagues read, made from the policy itself.", "guidance"),
    ("administrator", "Colleagues", "Who works here, their roles, managers and deputies, and how they sign in.",
     "colleagues"),
    ("administrator", "Teams", "Colleagues who share their work.", "teams"),
    ("administrator", "Roles", "How far each role sees, and who needs a second factor.", "roles"),
    ("administrator", "What the organisation has set", "Periods, who decides what, and calendars: from the policy.",
     "organisation"),
    ("administrator", "All settings", "Customers, homes, the name and the colours of these pages.", "settings"),
    ("legal_adviser", "Cases", "Those on which you have been asked for advice.", "cases"),
)  # fmt: skip
"""What a role looks after beside the cases: the role, the page's title, what it is for, and the name of its address."""


def looked_after(viewer: Viewer) -> list[Place]:
    """The pages that the viewer's own roles look after."""
    return [Place(title, text, reverse(name)) for role, title, text, name in LOOKED_AFTER if role in viewer.roles]


def may_owe(viewer: Viewer) -> bool:
    """Whether the policy ever asks something of a role of the viewer by a day."""
    return any(in_force().held(viewer.roles, duty.owners) for duty in in_force().duties.values())


def may_decide(viewer: Viewer) -> bool:
    """Whether others ever wait for a role of the viewer to decide."""
    edition = in_force()
    return any(edition.held(viewer.roles, edition.duties[one].owners) for one in AWAITED & edition.duties.keys())


def runs_cases(viewer: Viewer) -> bool:
    """Whether the viewer has a place in the line that cases are run in: other roles look on from beside it."""
    roles = in_force().roles
    return any(roles[role].grade for role in viewer.roles & roles.keys())
