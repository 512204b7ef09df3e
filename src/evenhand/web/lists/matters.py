"""What a duty is about, in words, so that two of one kind on one file do not read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, OpenDuty, SanctionIndex
from evenhand.casework.wording import plain_day
from evenhand.record.models import Entry
from evenhand.web.file.words import done
from evenhand.web.lists.words import remedy_title

Made = tuple[str, str]
"""The step of an entry, and its day as the record writes it."""


def matters_of(duties: Sequence[OpenDuty], files: Mapping[str, FileIndex]) -> Mapping[int, str]:
    """For each duty the measure it is about and what made it owed, by the duty's key; two statements for any number.

    'Warning letter: approved the sanction, 11 November 2026'. '' where it is owed because the file was begun at all.
    """
    measures = SanctionIndex.objects.in_bulk([duty.about for duty in duties])
    made = _made(duties, files)
    return {duty.pk: _matter(duty, measures.get(duty.about), made.get(duty.made_by)) for duty in duties}


def _made(duties: Sequence[OpenDuty], files: Mapping[str, FileIndex]) -> dict[str, Made]:
    """The entries that made some duties owed, by reference."""
    kinds = {files[duty.file].kind for duty in duties}
    names, numbers = zip(*(duty.made_by.rsplit("#", 1) for duty in duties), strict=True) if duties else ((), ())
    rows = Entry.objects.filter(kind__in=kinds, file_id__in=set(names), sequence__in=set(numbers))
    found = rows.values_list("file_id", "sequence", "step", "taken_on")
    return {f"{name}#{number}": (step, day) for name, number, step, day in found}


def _matter(duty: OpenDuty, measure: SanctionIndex | None, made: Made | None) -> str:
    title = remedy_title(measure.remedy) if measure else ""
    if made is None or (not title and duty.made_by.endswith("#1")):
        return title
    words = of_made(done(in_force(), made[0]), duty.about, duty.made_by, date.fromisoformat(made[1]))
    return f"{title}: {words[0].lower()}{words[1:]}" if title else words


def of_made(did: str, about: str, made_by: str, day: date) -> str:
    """What made something owed: 'Audited the case, finding 2, 3 August 2026'."""
    number = about.removeprefix(f"{made_by}/")
    finding = f"finding {number}, " if number != about else ""
    return f"{did}, {finding}{plain_day(day)}"
