"""The person file (needs, adjustments, representatives, changes in life), and the person view: all files together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, Entry, File
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.control import CorrectEntry
from evenhand.casework.steps.person import (
    AnswerAdjustment,
    NameRepresentative,
    OfferAdjustment,
    RecordAssurance,
    RecordChange,
    RecordComplaint,
    RecordNeed,
)

NEWS = (RecordNeed, RecordChange, AnswerAdjustment, NameRepresentative)
"""What reopens an equality assessment made before it was known (clause 6.4)."""


def is_news(entry: AnyEntry, file: File) -> bool:
    """Whether an entry on a person's file tells something new about them, or corrects what did."""
    told = file.by_ref.get(entry.data.entry) if isinstance(entry.data, CorrectEntry) else entry
    return told is not None and isinstance(told.data, NEWS)


class PersonFile(File):
    kind = "person"

    @property
    def subject(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """`none`, `known`, `dead` or `disposed`."""
        if self.is_disposed:
            return "disposed"
        return "dead" if self.died_on else "known" if self.exists else "none"

    @property
    def needs(self) -> list[Entry[RecordNeed]]:
        return self.all(RecordNeed)

    @property
    def merged_with(self) -> frozenset[str]:
        """Other records that turned out to be of the same person."""
        return frozenset(e.data.merged_with for e in self.all(RecordChange) if e.data.merged_with)

    @cached_property
    def died_on(self) -> date | None:
        deaths = [e for e in self.all(RecordChange) if e.data.change == "death"]
        return (deaths[-1].data.happened_on or deaths[-1].taken_on) if deaths else None

    @cached_property
    def adjustments(self) -> dict[str, tuple[Entry[OfferAdjustment], list[Entry[AnswerAdjustment]]]]:
        """Each adjustment offered, with its answers."""
        return {e.ref: (e, self.about(AnswerAdjustment, e.ref)) for e in self.all(OfferAdjustment)}

    def representatives_on(self, day: date) -> list[Entry[NameRepresentative]]:
        return [
            entry
            for entry in self.all(NameRepresentative)
            if (entry.data.from_on or entry.taken_on) <= day and (entry.data.until is None or day <= entry.data.until)
        ]

    @property
    def complaints(self) -> list[Entry[RecordComplaint]]:
        return self.all(RecordComplaint)

    @property
    def assurances(self) -> list[Entry[RecordAssurance]]:
        return self.all(RecordAssurance)


def ids_of(who: str, files: Iterable[File]) -> frozenset[str]:
    """Every record under which a person is known, whichever of them says that it is the same person."""
    merged = [file.merged_with | {file.name} for file in files if isinstance(file, PersonFile) and file.merged_with]
    ids = frozenset({who})
    while (found := ids.union(*(names for names in merged if names & ids))) != ids:
        ids = found
    return ids


@dataclass(frozen=True)
class PersonView:
    """What all files about a person add up to together. A decision about a case sees the case *and* this."""

    person: str
    files: Mapping[str, File]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every record that is of this person."""
        return ids_of(self.person, self.files.values())

    @cached_property
    def file(self) -> PersonFile:
        """The person file; of merged records, what they say together."""
        found = [file for name in sorted(self.ids) if isinstance(file := self.files.get(name), PersonFile)]
        if len(found) == 1:
            return found[0]
        entries = (entry for file in found if not file.is_disposed for entry in file.entries)
        return PersonFile(self.person, sorted(entries, key=lambda entry: entry.recorded_at))

    @cached_property
    def cases(self) -> list[CaseFile]:
        return [f for f in self.files.values() if isinstance(f, CaseFile)]

    @cached_property
    def flags(self) -> list[FlagFile]:
        return [f for f in self.files.values() if isinstance(f, FlagFile) and f.subject in self.ids]

    @cached_property
    def incidents(self) -> list[IncidentFile]:
        return [f for f in self.files.values() if isinstance(f, IncidentFile) and f.subject in self.ids]

    @cached_property
    def sanctions(self) -> list[Sanction]:
        """Every measure that binds this person, whichever case it is on."""
        return [s for case in self.cases for s in case.sanctions.values() if s.subject in self.ids]

    def live_sanctions(self, day: date) -> list[Sanction]:
        return [sanction for sanction in self.sanctions if sanction.bound_on(day)]

    def live_flags(self, day: date) -> list[FlagFile]:
        return [flag for flag in self.flags if flag.live_on(day)]

    def warnings(self, day: date, counting: str) -> list[Sanction]:
        """Warnings that count towards the ladder: those in life on the day, or all that were ever given.

        One counts from when it was decided and the person was told.
        """
        decided = (s for s in self.sanctions if s.is_warning and s.approved_on and s.told_on)
        given = [s for s in decided if s.imposed_on is not None and s.imposed_on <= day]
        return given if counting == "given" else [s for s in given if s.bound_on(day)]

    @cached_property
    def assessments(self) -> list[Entry[AssessEquality]]:
        """Every equality assessment about this person, on any file, oldest first."""
        found = [e for f in self.files.values() for e in f.all(AssessEquality) if self._is_about(f, e)]
        return sorted(found, key=lambda entry: entry.recorded_at)

    def _is_about(self, file: File, entry: Entry[AssessEquality]) -> bool:
        return (entry.data.subject or file.subject) in self.ids

    def news_since(self, instant: datetime) -> list[AnyEntry]:
        """What became known about the person after an instant that a fair decision would weigh."""
        return [e for e in self.file.entries if e.recorded_at > instant and is_news(e, self.file)]

    def shut_channels(self, shuts: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Channels the person cannot use, each with the need that rules it out; `shuts` gives those of each need."""
        return {
            channel: entry.data.need
            for entry in self.file.needs
            if entry.data.need
            for channel in shuts.get(entry.data.need, ())
        }
