"""What became of a report, as its reporter may know it: where it went, what they were told, and nothing of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.casework.duties import duties
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.incident import AddStatement, TellReporter


@dataclass(frozen=True, slots=True)
class Became:
    """A few words for a list with their colour, a sentence, and by when it is decided where it is not yet."""

    tag: str
    colour: str
    sentence: str
    due_on: date | None = None
    told: tuple[str, ...] = ()


_IN_A_CASE = "It is being looked at together with what else is known, as part of a case."
ROUTES: Mapping[str, tuple[str, str, str]] = {
    "new_case": ("Part of a case", "blue", _IN_A_CASE),
    "join_case": ("Part of a case", "blue", _IN_A_CASE),
    "split": ("Taken in two parts", "blue", "Your report tells of two things, and each goes its own way."),
    "watch": ("Kept in view", "yellow", "It is on record and counts if something like it happens again."),
    "dealt_with": ("Settled", "green", "It was settled on the spot, and stays on record."),
    "service_recovery": ("Put right", "teal", "Something of ours had gone wrong: it is being put right first."),
    "complaint": ("Complaint", "teal", "It is being answered as a complaint."),
    "safeguarding": ("Safeguarding", "purple", "It went to those who keep children and vulnerable adults safe."),
    "asb": ("Anti-social behaviour", "purple", "It goes on under the anti-social behaviour procedure."),
    "staff_conduct": ("Looked into", "purple", "What was said of a colleague is being looked into."),
    "nothing": ("No further step", "grey", "It was read, and nothing more is done. It stays on record."),
}
"""For each route: the tag with its colour, and what a reporter reads."""


def became_of(file: IncidentFile) -> Became:
    """What became of a report so far."""
    told = tuple(entry.data.told for entry in file.all(TellReporter))
    if file.is_disposed:
        return Became("Removed", "grey", "It was kept as long as it was needed, and then removed.")
    if file.awaits_case:
        return Became("To become a case", "yellow", "A case is to be opened about it, and is not open yet.", None, told)
    if file.triage:
        tag, colour, sentence = ROUTES[file.triage.data.route]
        return Became(tag, colour, sentence, None, told)
    owed = (duty.promise.due_on for duty in duties(file) if duty.promise.duty == "triage_incident" and not duty.done_on)
    return Became(
        "Reported", "orange", "Somebody will read it and decide what becomes of it.", min(owed, default=None), told
    )


def is_theirs(file: IncidentFile, staff: str) -> bool:
    """Whether a colleague reported it, or it was reported for them, or theirs was added because it told of the same."""
    if file.report is None:
        return False
    joined = {entry.by for entry in file.all(AddStatement) if entry.data.person == entry.by}
    return staff in {file.report.by, file.reporter, *joined}


def is_reporter(file: IncidentFile, staff: str) -> bool:
    """Whether the report itself is theirs, and not only a statement on it."""
    return file.report is not None and staff in (file.report.by, file.reporter)
