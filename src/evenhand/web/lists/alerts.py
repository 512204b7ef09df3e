"""What somebody should know before anything else on their first page: notices for the holders of some roles."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from evenhand.accounts.models import WayIn
from evenhand.accounts.ways_in import waiting_for
from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.casework.registers import Registers
from evenhand.casework.wording import plain_day
from evenhand.looks.glass import close_by, open_alerts


@dataclass(frozen=True, slots=True)
class Alert:
    """One notice, and where to act on it."""

    title: str
    text: str
    label: str
    href: str


def alerts_for(viewer: Viewer) -> list[Alert]:
    """Sign-ins to confirm; files opened by breaking the glass, for those who watch; a policy past its review."""
    return [*_ways_in(viewer), *_glass(viewer), *_policy(viewer)]


def _ways_in(viewer: Viewer) -> list[Alert]:
    if not in_force().held(viewer.roles, ("manager", "administrator")):
        return []
    return [_way_in(way, viewer.registers) for way in waiting_for(viewer)]


def _way_in(way: WayIn, registers: Registers) -> Alert:
    text = f"{registers.name(way.asked_by)} asks for {registers.name(way.account.staff_id)} to be let in."
    return Alert("A sign-in waits for your yes", text, "Look at it", reverse("way_in", args=[way.pk]))


def _glass(viewer: Viewer) -> list[Alert]:
    opened = list(open_alerts(viewer))
    if not opened:
        return []
    late = sum(by < viewer.day for by in close_by(opened).values())
    text = (
        f"{len(opened)} file{' was' if len(opened) == 1 else 's were'} opened in an emergency and must be looked into"
    )
    text += f"; for {late} the last day has passed." if late else "."
    return [Alert("Opened by breaking the glass", text, "Look into it", reverse("glass_alerts"))]


def _policy(viewer: Viewer) -> list[Alert]:
    about = in_force().about
    if "policy_owner" not in viewer.roles or about.review_by is None or about.review_by >= viewer.day:
        return []
    text = f"This policy passed its review date on {plain_day(about.review_by)}."
    return [Alert("The policy is past its review date", text, "Read the policy", reverse("policy"))]
