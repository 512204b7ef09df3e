"""What a form offers to choose from: codes by their titles, people by their names, entries by what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evenhand.cases.seeing import Viewer, people_seen
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.facts import Facts
from evenhand.casework.shape import FILE_POINTS
from evenhand.casework.stages import CANDIDATES
from evenhand.casework.steps.appeal import ReceiveAppeal
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.base import Code, Person, Points, StepData
from evenhand.casework.steps.casefacts import AddEvidence, PutAllegation, RecordContact
from evenhand.casework.steps.control import AuditCase, CorrectEntry, Disclose, PlaceHold, RecordBlock
from evenhand.casework.steps.decision import ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.flag import BringInFlag, DisputeFlag, ProposeFlag
from evenhand.casework.steps.incident import AddStatement, ReportIncident
from evenhand.casework.steps.notice import GiveNotice, RecordBreach, RequestReview
from evenhand.casework.steps.opening import BringInSanction
from evenhand.casework.steps.person import OfferAdjustment
from evenhand.casework.wording import plain_day
from evenhand.web.file.words import Telling, called
from evenhand.web.steps.shapes import Shape
from evenhand.web.steps.titles import hints_of, plain, titles_of

STAFF_LISTED = 60
"""Colleagues that fit in one list to choose from; more are searched by name."""
FOUND_LISTED = 10
"""People shown for a name that was typed."""
MEASURES = (ProposeSanction, TakeUrgentAction, BringInSanction)
POINTED_AT: Mapping[str, tuple[type[StepData], ...]] = {
    "sanction": MEASURES,
    "appeal": (ReceiveAppeal,),
    "assessment": (AssessEquality,),
    "evidence": (ReportIncident, AddStatement, AddEvidence, RecordContact, RecordBreach),
    "notice": (GiveNotice,),
    "disclosure": (Disclose,),
    "audit": (AuditCase,),
    "hold": (PlaceHold,),
    "block": (RecordBlock,),
    "adjustment": (OfferAdjustment,),
    "request": (RequestReview,),
    "allegation": (PutAllegation,),
    "withdrawable": (*MEASURES, ReceiveAppeal, DisputeFlag, RequestReview, ProposeFlag, BringInFlag),
    "entry": (StepData,),
}
"""For each kind of reference, the steps whose entries it may name."""
BEYOND_THE_FILE = frozenset({"sanction", "assessment", "evidence"})
"""References that may name entries of other files about the same person."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value, its title, and what helps to choose it."""

    value: str
    title: str
    hint: str = ""


@dataclass(frozen=True)
class Asking:
    """Who is asked, about which file, and the names of the files that they may be shown (never another)."""

    facts: Facts
    viewer: Viewer
    seen: frozenset[str]
    about: str = ""

    @property
    def telling(self) -> Telling:
        """What says an entry in words."""
        return Telling(self.facts.edition, self.facts.registers, self.facts.files)

    @property
    def files(self) -> Iterator[File]:
        """The files whose entries may be pointed at."""
        return (file for name, file in self.facts.files.items() if name in self.seen or file is self.facts.file)


def choices(shape: Shape, step: type[StepData], asking: Asking) -> list[Choice] | None:
    """What a field offers, or None where it is searched for or typed."""
    edition, marker = asking.facts.edition, shape.marker
    if shape.literals:
        return [Choice(code, plain(code)) for code in shape.literals]
    if isinstance(marker, Code):
        return coded(asking, marker.of)
    if isinstance(marker, Person):
        return people_near(asking, marker.kind)
    if isinstance(marker, Points):
        return pointed_at(shape, marker.at, step, asking)
    own = {"departure_code": titles_of(edition, "departure_reasons"), "grounds": _words(edition.appeals.grounds)}
    if shape.name == "form":
        own["form"] = _words(edition.appeals.forms)
    return [Choice(code, title) for code, title in own.get(shape.name, {}).items()] or None


def _words(codes: Iterable[str]) -> dict[str, str]:
    return {code: plain(code) for code in codes}


def coded(asking: Asking, table: str) -> list[Choice]:
    """The codes of one of the edition's lists."""
    hints = hints_of(asking.facts.edition, table)
    return [Choice(code, title, hints.get(code, "")) for code, title in titles_of(asking.facts.edition, table).items()]


def code_choices(shape: Shape, asking: Asking) -> list[Choice]:
    """The keys of a field that answers each of some codes: of the edition's questions, those about conduct."""
    edition = asking.facts.edition
    if not isinstance(shape.marker, Code):
        return []
    asked = coded(asking, shape.marker.of)
    return [one for one in asked if shape.marker.of != "questions" or edition.questions[one.value].set == "conduct"]


def people_near(asking: Asking, kind: str) -> list[Choice]:
    """Those who are likely to be meant: colleagues where they are few, and the customers this file is about."""
    facts = asking.facts
    if kind != "staff":
        return customers_near(asking)
    staff = sorted(facts.registers.staff.values(), key=lambda member: member.name)
    return [Choice(one.id, one.name) for one in staff] if len(staff) <= STAFF_LISTED else []


def customers_near(asking: Asking) -> list[Choice]:
    """Whom the file is about, with their joint tenants and household."""
    subject = asking.facts.registers.customers.get(asking.about or asking.facts.file.subject)
    if subject is None:
        return []
    beside = dict.fromkeys(sorted(subject.joint_with), "Joint tenant")
    beside |= dict.fromkeys(sorted(subject.household - subject.joint_with), "Same household")
    near = [Choice(who, asking.facts.registers.name(who), hint) for who, hint in beside.items()]
    return [Choice(subject.id, subject.name, "Whom this is about"), *near]


def is_searched(shape: Shape, asking: Asking) -> bool:
    """Whether people are too many for a list, so that a name is typed and found."""
    if not isinstance(shape.marker, Person):
        return False
    return shape.marker.kind != "staff" or len(asking.facts.registers.staff) > STAFF_LISTED


def people_found(words: str, kind: str, asking: Asking) -> list[Choice]:
    """People whose name holds every word that was typed, or whose id it is; customers only those that may be seen."""
    wanted = words.casefold().split()
    staff = asking.facts.registers.staff.values() if kind != "customer" else ()
    found = [Choice(one.id, one.name, "Colleague") for one in staff if _is_named(one.name, one.id, wanted)]
    return [*(_customers_found(wanted, asking) if kind != "staff" else []), *found][:FOUND_LISTED]


def _is_named(name: str, key: str, wanted: list[str]) -> bool:
    return bool(wanted) and (wanted == [key.casefold()] or all(word in name.casefold() for word in wanted))


def _customers_found(wanted: list[str], asking: Asking) -> list[Choice]:
    if not wanted:
        return []
    rows = people_seen(asking.viewer).select_related("home").order_by("name", "id")
    by_name = rows
    for word in wanted:
        by_name = by_name.filter(name__icontains=word)
    found = [*rows.filter(id=" ".join(wanted)), *by_name[:FOUND_LISTED]]
    chosen = {row.id: Choice(row.id, row.name, str(row.home or "")) for row in found}
    return list(chosen.values())


def person_choice(who: str, asking: Asking) -> Choice:
    """Somebody already chosen; without the name of a customer whom the viewer has declared to know (H1)."""
    return Choice(who, who if who in asking.viewer.ties else asking.facts.registers.name(who))


def pointed_at(shape: Shape, at: str, step: type[StepData], asking: Asking) -> list[Choice]:
    """The entries or files that a reference may name, newest first."""
    facts = asking.facts
    if at in FILE_POINTS:
        files = sorted((f for f in asking.files if f.kind == at and f.exists), key=_opened, reverse=True)
        return [Choice(file.name, file_title(file, asking)) for file in files if file is not facts.file]
    if step.name in CANDIDATES and shape.name == (step.target_field or step.target):
        refs: list[str] = CANDIDATES[step.name](facts)
    else:
        refs = [entry.ref for entry in _entries(at, asking) if step is not CorrectEntry or is_open_to_correction(entry)]
    return [Choice(ref, called(ref, asking.telling)) for ref in refs]


def is_open_to_correction(entry: AnyEntry) -> bool:
    """Facts are put right field by field; decisions are reversed by steps."""
    return bool(entry.data.correctable) and not entry.data.decides


def _opened(file: File) -> str:
    return str(file.opened_on)


def _entries(at: str, asking: Asking) -> list[AnyEntry]:
    wanted = POINTED_AT.get(at, (StepData,))
    files = asking.files if at in BEYOND_THE_FILE else [asking.facts.file]
    found = [entry for file in files for entry in file.entries if isinstance(entry.data, wanted)]
    return sorted(found, key=lambda entry: entry.recorded_at, reverse=True)


def file_title(file: File, asking: Asking) -> str:
    """A file as somebody choosing it wants to read it: its day and what it says."""
    first = called(file.recorded[0].ref, asking.telling) if file.recorded else ""
    return f"{first} ({file.name})" if first else f"{plain(file.kind)} {file.name}, {plain_day(asking.facts.day)}"
