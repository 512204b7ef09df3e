"""The incident file: one dated event, who reported it, and what became of it."""

from datetime import date

from evenhand.casework.entry import Entry, File
from evenhand.casework.steps.incident import (
    NoteCase,
    RecordConversation,
    RecordInjury,
    ReportIncident,
    TellReporter,
    TriageIncident,
)


class IncidentFile(File):
    kind = "incident"

    @property
    def report(self) -> Entry[ReportIncident] | None:
        return self.last(ReportIncident)

    @property
    def subject(self) -> str:
        return (self.report.data.subject or "") if self.report else ""

    @property
    def reporter(self) -> str:
        """The colleague for whom it was reported, or the one who reported."""
        return (self.report.data.reporter or self.report.by) if self.report else ""

    @property
    def happened_on(self) -> date | None:
        return (self.report.data.happened_on or self.report.taken_on) if self.report else None

    @property
    def affected(self) -> frozenset[str]:
        hurt = {entry.data.person for entry in self.all(RecordInjury) if entry.data.person}
        return frozenset(hurt.union(self.report.data.affected if self.report else ()))

    @property
    def triage(self) -> Entry[TriageIncident] | None:
        return self.last(TriageIncident)

    @property
    def awaits_case(self) -> bool:
        """Whether a case was decided on, is owed, and is not open yet."""
        decided, noted = self.triage, self.last(NoteCase)
        if decided is None or (noted is not None and noted.sequence > decided.sequence):
            return False
        return any(promise.duty == "open_case" for promise in decided.promises)

    @property
    def conversations(self) -> list[Entry[RecordConversation]]:
        return self.all(RecordConversation)

    @property
    def reporter_told(self) -> bool:
        return bool(self.all(TellReporter))

    @property
    def state(self) -> str:
        """`none`, `reported`, `awaiting_case`, `triaged` or `disposed`."""
        if self.is_disposed:
            return "disposed"
        if self.awaits_case:
            return "awaiting_case"
        return "triaged" if self.triage else "reported" if self.exists else "none"
