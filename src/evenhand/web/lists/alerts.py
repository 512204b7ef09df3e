"""What somebody should know before anything else on their first page: notices for the holders of some roles."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.casework.wording import plain_day
from evenhand.looks.glass import open_alerts


@dataclass(frozen=True, slots=True)
class Alert:
    """One notice, and where to act on it."""

    title: str
    text: str
    label: str
    href: str


def alerts_for(viewer: Viewer) -> list[Alert]:
    """Files opened by breaking the glass, for the data-protection officer; a policy past its review, for its owner."""
    return [*_glass(viewer), *_policy(viewer)]


def _glass(viewer: Viewer) -> list[Alert]:
    opened = len(open_alerts(viewer))
    if not opened:
        return []
    text = f"{opened} file{' was' if opened == 1 else 's were'} opened in an emergency and must be looked into."
    return [Alert("Opened by breaking the glass", text, "Look into it", reverse("glass_alerts"))]


def _policy(viewer: Viewer) -> list[Alert]:
    about = in_force().about
    if "policy_owner" not in viewer.roles or about.review_by is None or about.review_by >= viewer.day:
        return []
    text = f"This policy passed its review date on {plain_day(about.review_by)}."
    return [Alert("The policy is past its review date", text, "Read the policy", reverse("policy"))]
