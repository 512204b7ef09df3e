"""A warning to those who visit, with its own review clock."""

from datetime import date

import pytest

from evenhand.casework.flag import FlagFile
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import DisposeFile, MarkDeath
from evenhand.casework.steps.flag import (
    ApproveFlag,
    BringInFlag,
    DecideFlagDispute,
    DeclineFlag,
    DisputeFlag,
    EndFlag,
    ProposeFlag,
    RecordNotTold,
    RestartFlag,
    ReviewFlag,
    TellPerson,
)
from tests.casework.build import DAY, Story

FLAG = ProposeFlag(subject="carol", category="physical", incident="incident-1", control_measures=("two_people",))
PROVISIONAL = FLAG.model_copy(update={"provisional": True})
LEGACY = BringInFlag(subject="carol", category="weapons", place="100")
LATER = date(2021, 9, 1)


def flag(*steps: StepData) -> FlagFile:
    """A flag on which these steps were taken: the first on the usual day, the others later."""
    story = Story()
    for number, step in enumerate(steps):
        story.add("flag-1", step, on=LATER if number else DAY)
    return FlagFile("flag-1", story.recorded["flag-1"])


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "none"),
        ((FLAG,), "proposed"),
        ((LEGACY,), "proposed"),
        ((FLAG, ApproveFlag()), "approved"),
        ((FLAG, DeclineFlag()), "declined"),
        ((FLAG, ApproveFlag(), EndFlag()), "ended"),
        ((FLAG, ApproveFlag(), MarkDeath()), "ended"),
        ((FLAG, ApproveFlag(), ReviewFlag(outcome="end")), "ended"),
        ((FLAG, ApproveFlag(), ReviewFlag(outcome="keep")), "approved"),
        ((FLAG, ApproveFlag(), DecideFlagDispute(outcome="upheld")), "ended"),
        ((FLAG, ApproveFlag(), DecideFlagDispute(outcome="partly")), "approved"),
        ((FLAG, ApproveFlag(), DisputeFlag(wrong_person=True)), "approved"),
        ((FLAG, ApproveFlag(), EndFlag(wrong_person=True)), "ended"),
        ((FLAG, ApproveFlag(), DisputeFlag()), "approved"),
        ((FLAG, DisposeFile()), "disposed"),
    ],
)
def test_a_flag_is_in_a_state(steps, state):
    assert flag(*steps).state == state


def test_a_flag_says_what_it_was_proposed_or_brought_in_with():
    found = [(f.subject, f.place, f.category, f.incident) for f in (flag(FLAG), flag(LEGACY), flag())]
    assert found == [
        ("carol", "", "physical", "incident-1"),
        ("carol", "100", "weapons", ""),
        ("", "", "", ""),
    ]


def test_what_to_do_is_as_last_reviewed():
    changed = ReviewFlag(outcome="change", control_measures=("office_only",))
    kept = ReviewFlag(outcome="keep")
    assert [f.control_measures for f in (flag(), flag(FLAG), flag(FLAG, changed, kept))] == [
        (),
        ("two_people",),
        ("office_only",),
    ]


def shown(found: FlagFile) -> list[bool]:
    """Whether it is shown before, on and after its first day, and before, on and after the later one."""
    watched = (date(2021, 8, 5), DAY, date(2021, 8, 13), date(2021, 8, 14), date(2021, 8, 31), LATER, date(2023, 1, 1))
    return [found.live_on(day) for day in watched]


@pytest.mark.parametrize(
    ("steps", "days"),
    [
        ((), [False, False, False, False, False, False, False]),
        ((FLAG,), [False, False, False, False, False, False, False]),
        ((FLAG, ApproveFlag()), [False, False, False, False, False, True, True]),
        ((FLAG, DeclineFlag()), [False, False, False, False, False, False, False]),
        ((PROVISIONAL,), [False, True, True, False, False, False, False]),
        ((PROVISIONAL, DeclineFlag()), [False, False, False, False, False, False, False]),
        ((PROVISIONAL, ApproveFlag()), [False, True, True, True, True, True, True]),
        ((LEGACY,), [False, True, True, True, True, True, True]),
        ((LEGACY, EndFlag()), [False, True, True, True, True, False, False]),
    ],
)
def test_h9_h10_a_flag_is_shown_from_its_first_day_until_it_ends_or_lapses(steps, days):
    assert shown(flag(*steps)) == days


def test_h8_an_overdue_flag_is_shown_and_said_to_be():
    found = flag(FLAG, ApproveFlag())
    last = date(2022, 3, 1)
    assert (found.review_by, found.review_overdue_on(last), found.review_overdue_on(date(2022, 3, 2))) == (
        last,
        False,
        True,
    )
    assert found.live_on(date(2022, 3, 2)) is True
    assert flag(FLAG).review_by is None
    assert flag(FLAG).review_overdue_on(date(2030, 1, 1)) is False


def test_h8_a_restart_sets_the_time_to_review_again():
    story = Story()
    story.add("flag-1", FLAG)
    story.add("flag-1", ApproveFlag())
    story.add("flag-1", RestartFlag(incident="incident-2"), on=LATER)
    assert FlagFile("flag-1", story.recorded["flag-1"]).review_by == date(2022, 3, 1)


def test_the_person_is_told_or_it_is_said_why_not():
    assert [f.is_told for f in (flag(FLAG), flag(FLAG, TellPerson()), flag(FLAG, RecordNotTold(risk="Harm.")))] == [
        False,
        True,
        True,
    ]


def test_a_dispute_is_open_until_it_is_decided():
    dispute, decision = DisputeFlag(why="Not me."), DecideFlagDispute(outcome="dismissed")
    assert flag(FLAG).open_dispute is None
    assert flag(FLAG, dispute, decision).open_dispute is None
    again = flag(FLAG, dispute, decision, dispute).open_dispute
    assert again is not None
    assert again.ref == "flag-1#4"
