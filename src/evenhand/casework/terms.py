"""Whether one set of terms weighs more on a person than another: worked out, never ticked."""

from evenhand.casework.access import left_open
from evenhand.casework.steps.decision import Terms
from evenhand.policy.edition import Edition


def narrows(edition: Edition, before: Terms, after: Terms) -> bool:
    """Whether `after` takes anything away that `before` left: a way in, a day, an hour, a subject, a place."""
    return any(
        (
            set(left_open(edition, before)) - set(left_open(edition, after)),
            after.days and set(before.days or WEEK) - set(after.days),
            _tighter(before.times_a_week, after.times_a_week),
            _tighter(before.call_minutes, after.call_minutes),
            after.from_time and (before.from_time is None or after.from_time > before.from_time),
            after.to_time and (before.to_time is None or after.to_time < before.to_time),
            set(after.topics_closed) - set(before.topics_closed),
            set(after.offices) - set(before.offices),
            # an appointment in place of a closed office is a way in, not one less
            after.appointment_only and not before.appointment_only and not before.offices,
            after.agency and after.agency != before.agency,
            after.reach == "organisation" and before.reach != "organisation",
        )
    )


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _tighter(before: int | None, after: int | None) -> bool:
    return after is not None and (before is None or after < before)
