"""What was done before about conduct of the same kinds: numbers only, and none that would point at somebody.

Every case counts except restricted ones, whoever asks: a number that depended on who may see what would not measure how
evenly the landlord acts (clause 6.1). Numbers under five are not told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from evenhand.cases.models import FileIndex, SanctionIndex

FEWEST = 5
"""A smaller number could point at one person."""


@dataclass(frozen=True, slots=True)
class Before:
    """How often one measure was decided on for such conduct, and what became of it; None stands for fewer than five."""

    remedy: str
    decided: int | None
    declined: int | None
    ended_early: int | None


def done_before(behaviours: Collection[str], *, apart_from: str, until: date) -> list[Before]:
    """What was done about conduct of any of these kinds before a day, the most usual first; one statement.

    `apart_from` is the case that asks. Measures proposed so rarely that nothing can be told of them are left out.
    """
    alike = Q()
    for behaviour in behaviours:
        alike |= Q(behaviours__contains=f" {behaviour} ")
    if not alike:
        return []
    hidden = FileIndex.objects.filter(is_restricted=True).values("name")
    counted = (
        SanctionIndex.objects.filter(alike, proposed_on__lte=until)
        .exclude(file=apart_from)
        .exclude(file__in=hidden)
        .values("remedy")
        .annotate(
            proposed=Count("ref"),
            decided=Count("ref", filter=Q(approved_on__isnull=False)),
            declined=Count("ref", filter=Q(declined_on__isnull=False)),
            ended_early=Count("ref", filter=Q(ended_on__lte=F("lapses_on"))),
        )
        .order_by("-decided", "remedy")
    )
    return list(_told(counted))


def _told(counted: Iterable[Mapping[str, Any]]) -> Iterable[Before]:
    for row in counted:
        if row["proposed"] >= FEWEST:
            numbers = [row[name] for name in ("decided", "declined", "ended_early")]
            yield Before(row["remedy"], *(number if number >= FEWEST else None for number in numbers))
