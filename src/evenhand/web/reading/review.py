"""When the policy itself should have been looked at again (clause 7.0)."""

from __future__ import annotations

from datetime import date

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.casework.wording import plain_day
from evenhand.policy.clock import Period
from evenhand.policy.edition import Edition

OWNERS = ("policy_owner",)


def review_due(edition: Edition) -> date | None:
    """The last day to look at the edition again; None where it names none."""
    about = edition.about
    if about.review_by or not (about.approved_on and about.review_every_months):
        return about.review_by
    return Period(months=about.review_every_months).end(about.approved_on, edition.calendar)


def review_notice(viewer: Viewer) -> str:
    """What the policy's owner is told once the edition in force is past its review; '' for everybody else."""
    edition = in_force()
    if not edition.held(viewer.roles, OWNERS):
        return ""
    due = review_due(edition)
    return f"This policy passed its review date on {plain_day(due)}." if due and due < viewer.day else ""
