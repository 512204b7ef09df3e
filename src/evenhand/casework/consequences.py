"""What a step brings about on other files: further entries in the same transaction, marked `because_of`."""

from collections.abc import Iterator

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, File, file_of
from evenhand.casework.facts import Facts
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.appeal import DecideAppeal
from evenhand.casework.steps.base import Points, StepData
from evenhand.casework.steps.control import AskLookAgain, CorrectEntry, MarkDeath
from evenhand.casework.steps.flag import EndFlag, RestartFlag
from evenhand.casework.steps.incident import ReportIncident, TriageIncident
from evenhand.casework.steps.markers import marked_as
from evenhand.casework.steps.notice import LiftSanction
from evenhand.casework.steps.opening import LinkIncident
from evenhand.casework.steps.person import RecordChange, RecordNeed

Follows = Iterator[tuple[str, StepData]]
"""Files by name, each with the step that follows on it."""


def consequences(made: AnyEntry, facts: Facts) -> Follows:
    """Every step that follows from this entry, in the order of the files' names."""
    data = made.data
    if isinstance(data, RecordNeed | RecordChange):
        died = isinstance(data, RecordChange) and data.change == "death"
        yield from _death(data, facts) if died and isinstance(data, RecordChange) else _news(made, facts)
    elif isinstance(data, ReportIncident):
        yield from _restarts(data, facts)
    elif isinstance(data, CorrectEntry):
        yield from _correction(made, data, facts)
    elif isinstance(data, TriageIncident) and data.route == "join_case" and data.case:
        yield data.case, LinkIncident(incident=facts.file.name)
    elif isinstance(data, DecideAppeal) and data.outcome == "upheld":
        yield from _upheld(data, facts)


def _death(data: RecordChange, facts: Facts) -> Follows:
    for file in _others(facts):
        if isinstance(file, CaseFile | FlagFile) and file.subject == facts.file.name:
            yield file.name, MarkDeath(happened_on=data.happened_on)


def _news(made: AnyEntry, facts: Facts) -> Follows:
    """Something new about a person: every file with something live against them is looked at again (6.4, 5.3)."""
    day, why = facts.day, f"New on {facts.file.name}: {made.data.name}."
    for file in _others(facts):
        live = (isinstance(file, CaseFile) and _binds(file, facts)) or (
            isinstance(file, FlagFile) and file.subject == facts.file.name and file.live_on(day)
        )
        if live:
            yield file.name, AskLookAgain(entry=made.ref, why=why)


def _restarts(data: ReportIncident, facts: Facts) -> Follows:
    """A new incident starts the time to review of a flag again, never that of a sanction (5.3)."""
    restarting = {code for code, category in facts.edition.flags.items() if category.restarts_on_incident}
    flags = (
        f for f in _others(facts) if isinstance(f, FlagFile) and (f.subject or f.place) in {data.subject, data.home}
    )
    for flag in flags:
        if flag.category in restarting and flag.approval and flag.live_on(facts.day):
            yield flag.name, RestartFlag(incident=facts.file.name)


def _binds(case: CaseFile, facts: Facts) -> bool:
    return any(s.subject == facts.file.name for s in case.live_sanctions(facts.day))


def _correction(made: AnyEntry, data: CorrectEntry, facts: Facts) -> Follows:
    """A corrected fact: every file with a decision that cites it is looked at again."""
    for name in sorted(facts.files):
        if cites(facts.files[name], data.entry):
            yield name, AskLookAgain(entry=made.ref, why=f"{data.entry} was corrected.")


def cites(file: File, ref: str) -> bool:
    """Whether a decision on the file rests on an entry, or on the incident file it lies in."""
    named = {ref, file_of(ref)} - {file.name}
    return any(entry.data.decides and entry.ref != ref and named & pointed_at(entry.data) for entry in file.entries)


def pointed_at(data: StepData) -> set[str]:
    """Everything that a step's data refers to."""
    return {value for marked in marked_as(Points, type(data)) for value in marked.values(data)}


def _upheld(data: DecideAppeal, facts: Facts) -> Follows:
    """An upheld appeal ends what was built on the sanction: those that rely on it, and flags that rest on it (5.6)."""
    appeal = facts.case.appeals.get(data.appeal or "")
    quashed = appeal.sanction if appeal else ""
    reasons = f"What it was built on, {quashed}, was quashed on appeal."
    for name in sorted(facts.files):
        file = facts.files[name]
        if isinstance(file, FlagFile) and file.live_on(facts.day) and _rests_on(file) == quashed:
            yield name, EndFlag(reasons=reasons)
        if isinstance(file, CaseFile):
            relying = (s for s in file.sanctions.values() if quashed in s.measure.relies_on and s.ended_on is None)
            yield from ((name, LiftSanction(sanction=s.ref, reasons=reasons)) for s in relying)


def _others(facts: Facts) -> list[File]:
    kinds = (CaseFile, FlagFile, IncidentFile)
    return [facts.files[n] for n in sorted(facts.files) if isinstance(facts.files[n], kinds) and n != facts.file.name]


def _rests_on(flag: FlagFile) -> str | None:
    return getattr(flag.proposal.data, "rests_on", None) if flag.proposal else None
