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


@dataclass(frozen=True)
class PersonView:
    """What all files about a person add up to together. A decision about a case sees the case *and* this."""

    person: str
    files: Mapping[str, File]

    @cached_property
    def file(self) -> PersonFile:
        found = self.files.get(self.person)
        return found if isinstance(found, PersonFile) else PersonFile(self.person, ())

    @cached_property
    def cases(self) -> list[CaseFile]:
        return [f for f in self.files.values() if isinstance(f, CaseFile)]

    @cached_property
    def flags(self) -> list[FlagFile]:
        return [f for f in self.files.values() if isinstance(f, FlagFile) and f.subject == self.person]

    @cached_property
    def incidents(self) -> list[IncidentFile]:
        return [f for f in self.files.values() if isinstance(f, IncidentFile) and f.subject == self.person]

    @cached_property
    def sanctions(self) -> list[Sanction]:
        """Every measure that binds this person, whichever case it is on."""
        return [s for case in self.cases for s in case.sanctions.values() if s.subject == self.person]

    def live_sanctions(self, day: date) -> list[Sanction]:
        return [sanction for sanction in self.sanctions if sanction.bound_on(day)]

    def live_flags(self, day: date) -> list[FlagFile]:
        return [flag for flag in self.flags if flag.live_on(day)]

    def warnings(self, day: date, counting: str) -> list[Sanction]:
        """Warnings that count towards the ladder: those in life on the day, or all that were ever given."""
        given = [s for s in self.sanctions if s.is_warning and s.imposed_on is not None and s.imposed_on <= day]
        return given if counting == "given" else [s for s in given if s.bound_on(day)]

    @cached_property
    def assessments(self) -> list[Entry[AssessEquality]]:
        """Every equality assessment about this person, on any file, oldest first."""
        found = [e for f in self.files.values() for e in f.all(AssessEquality) if self._is_about(f, e)]
        return sorted(found, key=lambda entry: entry.recorded_at)

    def _is_about(self, file: File, entry: Entry[AssessEquality]) -> bool:
        return (entry.data.subject or file.subject) == self.person

    def news_since(self, instant: datetime) -> list[AnyEntry]:
        """What became known about the person after an instant that a fair decision would weigh."""
        return [e for e in self.file.entries if isinstance(e.data, NEWS) and e.recorded_at > instant]

    def shut_channels(self, shuts: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Channels the person cannot use, each with the need that rules it out; `shuts` gives those of each need."""
        return {
            channel: entry.data.need
            for entry in self.file.needs
            if entry.data.need
            for channel in shuts.get(entry.data.need, ())
        }
