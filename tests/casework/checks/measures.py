"""A case about Carol with one measure on it, taken as far as a test needs."""

from datetime import date
from typing import Any

from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.notice import GiveNotice
from evenhand.casework.steps.opening import EndorseCase, OpenCase
from tests.casework.build import DAY, Story

PROPOSED, APPROVED, TOLD = date(2021, 8, 2), date(2021, 8, 3), date(2021, 8, 4)
REVIEW_BY, APPEAL_BY = date(2021, 11, 4), date(2021, 8, 18)
"""What the policy fixes for a measure told on 4 August 2021: three calendar months, and fourteen days."""


def opened(**changes: Any) -> Story:
    """A case that Olu opened and Mina endorsed, on a report by Olu."""
    story = Story(**changes)
    story.add("incident-1", ReportIncident(subject="carol", affected=("olu",)), on=date(2021, 7, 1))
    story.add("case-1", OpenCase(subject="carol", incidents=("incident-1",), colleague="olu"))
    story.add("case-1", EndorseCase(), by="mina")
    return story


def proposed(story: Story, **changes: Any) -> str:
    """A measure that Olu proposed: a warning letter, unless something else is said."""
    measure = {"remedy": "warning_letter", "reasons": "She shouted.", **changes}
    return story.add("case-1", ProposeSanction.model_validate(measure), on=PROPOSED)


def approved(story: Story, **changes: Any) -> str:
    """The same, approved by Sam."""
    sanction = proposed(story, **changes)
    story.add("case-1", ApproveSanction(sanction=sanction), by="sam", role="senior_officer", on=APPROVED)
    return sanction


def told(story: Story, **changes: Any) -> str:
    """The same, and Carol was told by e-mail; the story then stands at its usual day again."""
    sanction = approved(story, **changes)
    story.add("case-1", GiveNotice(about=sanction, how="email"), on=TOLD)
    story.day = DAY
    return sanction


def sanction_of(story: Story, ref: str) -> Sanction:
    """The measure as the case now shows it."""
    found = story.facts().sanction(ref)
    assert found is not None
    return found
