"""What a step brings about on other files: further entries in the same transaction, marked `because_of`."""

from collections.abc import Iterator

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, File, corrected, file_of
from evenhand.casework.facts import Facts
from evenhand.casework.flag import FlagFile
from evenhand.casework.gather import homes_of
from evenhand.casework.incident import IncidentFile
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.person import NEWS
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.appeal import DecideAppeal
from evenhand.casework.steps.base import Points, StepData, said
from evenhand.casework.steps.control import AskLookAgain, CorrectEntry, MarkDeath
from evenhand.casework.steps.flag import EndFlag, RestartFlag
from evenhand.casework.steps.incident import NoteCase, ReportIncident, TriageIncident
from evenhand.casework.steps.inquiry import ConcludeInquiry, NoteInquiry, OpenInquiry
from evenhand.casework.steps.markers import marked_as
from evenhand.casework.steps.notice import LiftSanction
from evenhand.casework.steps.opening import LinkIncident, OpenCase
from evenhand.casework.steps.person import RecordChange, RecordNeed

Follows = Iterator[tuple[str, StepData]]
"""Files by name, each with the step that follows on it."""

CHANGES_OF_HOME = frozenset(
    {"death", "move", "tenancy_end", "succession", "assignment", "mutual_exchange", "void", "decant"}
)
"""Changes after which somebody else may live where a flag warns of the place."""


def consequences(made: AnyEntry, facts: Facts) -> Follows:
    """Every step that follows from this entry, in the order of the files' names."""
    data = made.data
    if isinstance(data, RecordNeed | RecordChange):
        yield from _learned(made, data, facts)
    elif isinstance(data, ReportIncident):
        yield from _restarts(data, facts)
    elif isinstance(data, CorrectEntry):
        yield from _correction(made, data, facts)
    elif isinstance(data, TriageIncident) and data.route == "join_case" and data.case:
        yield data.case, LinkIncident(incident=facts.file.name)
    elif isinstance(data, OpenCase | LinkIncident):
        yield from _awaited(data, facts)
    elif isinstance(data, DecideAppeal) and data.outcome == "upheld":
        yield from _upheld(data, facts)
    elif isinstance(data, OpenInquiry) and data.allegation:
        yield file_of(data.allegation), NoteInquiry(allegation=data.allegation, inquiry=facts.file.name)
    elif isinstance(data, ConcludeInquiry) and isinstance(facts.file, InquiryFile):
        yield facts.file.case, _concluded(data, facts.file)


def _awaited(data: OpenCase | LinkIncident, facts: Facts) -> Follows:
    """The reports that waited for this case learn that it is there, and not which it is: it may be kept to a few."""
    for name in sorted({*data.incidents} if isinstance(data, OpenCase) else {data.incident}):
        report = facts.files.get(name)
        if isinstance(report, IncidentFile) and report.awaits_case:
            yield name, NoteCase()


def _concluded(data: ConcludeInquiry, inquiry: InquiryFile) -> NoteInquiry:
    """What the case is told of an inquiry: that it is over, and the words that bear on it; never what it found."""
    told = {"allegation": inquiry.allegation, "inquiry": inquiry.name}
    return NoteInquiry(**told, is_concluded=True, bearing=data.bearing)


def _learned(made: AnyEntry, data: StepData, facts: Facts) -> Follows:
    """Something new about a person: a death ends what stood against them, all else is a reason to look again."""
    change = data.change if isinstance(data, RecordChange) else ""
    if isinstance(data, RecordChange) and change == "death":
        yield from _death(data, facts)
    why = f"New on {facts.file.name}: ‘{facts.edition.steps[data.name].title}’."
    for file in _others(facts):
        of_place = isinstance(file, FlagFile) and change in CHANGES_OF_HOME and _is_at_home(file, facts)
        if of_place or (change != "death" and _weighs(file, facts)):
            yield file.name, AskLookAgain(entry=made.ref, why=why)


def _death(data: RecordChange, facts: Facts) -> Follows:
    """What stands against the person ends, on whichever case; what binds somebody else stays."""
    for file in _others(facts):
        bound = {file.subject, *(s.subject for s in file.sanctions.values())} if isinstance(file, CaseFile) else set()
        named = bound or ({file.subject} if isinstance(file, FlagFile | InquiryFile) else set())
        for who in sorted(named & facts.person.ids):
            yield file.name, MarkDeath(subject=who, happened_on=data.happened_on)


def _weighs(file: File, facts: Facts) -> bool:
    """Whether something on the file stands against the person, or is decided and will (6.4, 5.3)."""
    if isinstance(file, FlagFile):
        return file.subject in facts.person.ids and file.live_on(facts.day)
    measures = file.sanctions.values() if isinstance(file, CaseFile) else ()
    return any(s.subject in facts.person.ids and (s.bound_on(facts.day) or s.weighs_on(facts.day)) for s in measures)


def _is_at_home(flag: FlagFile, facts: Facts) -> bool:
    """Whether a flag warns of the place where the person lives."""
    return flag.live_on(facts.day) and any(flag.place in homes_of(who, facts.registers) for who in facts.person.ids)


def _restarts(data: ReportIncident, facts: Facts) -> Follows:
    """A new incident starts the time to review of a flag again, never that of a sanction (5.3)."""
    restarting = {code for code, category in facts.edition.flags.items() if category.restarts_on_incident}
    flags = (
        f for f in _others(facts) if isinstance(f, FlagFile) and (f.subject or f.place) in {data.subject, data.home}
    )
    for flag in flags:
        if flag.category in restarting and flag.approval and flag.live_on(facts.day):
            yield flag.name, RestartFlag(incident=facts.file.name)


def _correction(made: AnyEntry, data: CorrectEntry, facts: Facts) -> Follows:
    """A corrected fact: every file with something that rests on it is looked at again; a death now known ends all."""
    told = facts.entry(data.entry)
    if told is None:
        return
    reads = corrected(told.data, data.changes)
    if isinstance(reads, RecordChange) and reads.change == "death" != said(told.data, "change"):
        yield from _death(reads, facts)
    is_news = isinstance(told.data, NEWS)
    for name in sorted(facts.files):
        file = facts.files[name]
        followed = any(entry.because_of == data.entry for entry in file.entries)
        if followed or cites(file, data.entry) or (is_news and _weighs(file, facts)):
            yield name, AskLookAgain(entry=made.ref, why=f"{data.entry} was corrected.")


def cites(file: File, ref: str) -> bool:
    """Whether a decision on the file rests on an entry, or on the incident file it lies in."""
    named = {ref, file_of(ref)} - {file.name}
    return any(entry.data.decides and entry.ref != ref and named & pointed_at(entry.data) for entry in file.entries)


def pointed_at(data: StepData) -> set[str]:
    """Everything that a step's data refers to."""
    return {value for marked in marked_as(Points, type(data)) for value in marked.values(data)}


def _upheld(data: DecideAppeal, facts: Facts) -> Follows:
    """An upheld appeal ends what was built on the sanction, and what was built on that: measures and flags (5.6)."""
    appeal = facts.case.appeals.get(data.appeal or "")
    quashed = appeal.sanction if appeal else ""
    falling = _built_on(quashed, facts)
    reasons = f"What it was built on, {quashed}, was quashed on appeal."
    for sanction in falling:
        yield sanction.case, LiftSanction(sanction=sanction.ref, reasons=reasons)
    fallen = {quashed, *(sanction.ref for sanction in falling)}
    for file in _others(facts):
        if isinstance(file, FlagFile) and file.live_on(facts.day) and _rests_on(file) in fallen:
            yield file.name, EndFlag(reasons=reasons)


def _built_on(quashed: str, facts: Facts) -> list[Sanction]:
    """Measures still open that rest on a quashed one, or on one that rests on it, and so on."""
    cases = [file for _, file in sorted(facts.files.items()) if isinstance(file, CaseFile)]
    standing = [s for case in cases for s in case.sanctions.values() if s.ended_on is None]
    falling: list[Sanction] = []
    fallen, before = {quashed}, 0
    while len(fallen) > before:
        before = len(fallen)
        falling += [s for s in standing if s.ref not in fallen and fallen & _foundations(s)]
        fallen.update(sanction.ref for sanction in falling)
    return falling


def _foundations(sanction: Sanction) -> set[str]:
    """The measures that one rests on: those it names, and the warnings on which it climbed the ladder."""
    return {*sanction.measure.relies_on, *sanction.made.fixed.get("built_on", "").split()}


def _others(facts: Facts) -> list[File]:
    kinds = (CaseFile, FlagFile, IncidentFile, InquiryFile)
    return [facts.files[n] for n in sorted(facts.files) if isinstance(facts.files[n], kinds) and n != facts.file.name]


def _rests_on(flag: FlagFile) -> str | None:
    return getattr(flag.proposal.data, "rests_on", None) if flag.proposal else None
