"""What a form offers to choose from: codes by their titles, people by their names, entries by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer, handles_reports, people_seen
from evenhand.casework.duties import duties
from evenhand.casework.entry import AnyEntry, File, file_of
from evenhand.casework.facts import Facts
from evenhand.casework.privacy import SHOWN_OUTSIDE, is_privileged
from evenhand.casework.registers import StaffMember
from evenhand.casework.shape import FILE_POINTS
from evenhand.casework.stages import CANDIDATES
from evenhand.casework.steps.appeal import ReceiveAppeal
from evenhand.casework.steps.assessment import AskAgency, AssessEquality, SignpostSupport
from evenhand.casework.steps.base import Code, Person, Points, StepData, said
from evenhand.casework.steps.casefacts import AddEvidence, PutAllegation, RecordContact, RecordCounterAllegation
from evenhand.casework.steps.control import (
    AdoptEdition,
    AuditCase,
    CompleteAuditAction,
    CorrectEntry,
    Disclose,
    PlaceHold,
    RecordBlock,
)
from evenhand.casework.steps.decision import InstructLegal, Measure, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.flag import BringInFlag, DisputeFlag, ProposeFlag
from evenhand.casework.steps.incident import AddStatement, ReportIncident
from evenhand.casework.steps.notice import GiveNotice, RecordBreach, RequestReview
from evenhand.casework.steps.opening import BringInSanction, LinkIncident
from evenhand.casework.steps.person import AnswerQuestion, OfferAdjustment
from evenhand.casework.wording import plain_day
from evenhand.policy.edition import Edition
from evenhand.web.file.ways import Ways, ways_of
from evenhand.web.file.words import Telling, called, line_of, shortened, withheld
from evenhand.web.steps.apart import kept_apart
from evenhand.web.steps.shapes import Shape, shapes_of
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
    "asked": (AskAgency, SignpostSupport),
    "instruction": (InstructLegal,),
    "allegation": (PutAllegation,),
    "counter_allegation": (RecordCounterAllegation,),
    "withdrawable": (*MEASURES, ReceiveAppeal, DisputeFlag, RequestReview, ProposeFlag, BringInFlag),
    "entry": (StepData,),
}
"""For each kind of reference, the steps whose entries it may name."""
WHEN_EMPTY: Mapping[str, str] = {
    "incident": "No other report about this person is there yet. What happened is reported first.",
    "case": "No case about this person is open.",
    "assessment": "None is made yet: assess equality first.",
    "evidence": "Nothing is there yet: add evidence first.",
    "sanction": "No measure is there.",
    "allegation": "Nothing was put to the customer yet: put the allegation to them first.",
}
"""For references that nothing fits: what will be there, and what comes first."""
BEYOND_THE_FILE = frozenset({"sanction", "assessment", "evidence", "counter_allegation"})
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
        return Telling(self.facts.edition, self.facts.registers, self.facts.files, withheld=self.withheld)

    def withheld(self, entry: AnyEntry) -> str:
        """What stands in the place of an entry's words, for itself or for what it corrects; '' where they are read."""
        corrected = self.facts.entry(entry.data.entry) if isinstance(entry.data, CorrectEntry) else None
        kept = (withheld(one, self.viewer, self.facts.edition) for one in (entry, corrected) if one is not None)
        return next(filter(None, kept), "")

    @property
    def subject(self) -> str:
        """Whom the file is about; '' where nobody is known."""
        return self.about or self.facts.file.subject

    @cached_property
    def ways(self) -> Ways:
        """How that person may safely be reached."""
        return ways_of(self.subject, self.viewer) if self.subject else Ways()

    @cached_property
    def handles_reports(self) -> bool:
        """Whether the viewer decides what becomes of reports, and so may know who made them (H3)."""
        return handles_reports(self.viewer, self.facts.edition)

    def colleagues(self, takes: str) -> list[StaffMember]:
        """Colleagues by name; of a step, those in the line of work who could take it: who audits it keeps apart."""
        registers, rule = self.facts.registers, self.facts.edition.steps.get(takes)
        staff = sorted(registers.staff.values(), key=lambda member: member.name)
        if rule is None:
            return staff
        return [one for one in staff if self.facts.edition.held(self._graded[one.id], rule.roles)]

    @cached_property
    def _graded(self) -> Mapping[str, frozenset[str]]:
        """The roles in the line of work that each colleague holds today, lent ones included."""
        staff, day, roles = self.facts.registers.staff, self.facts.day, self.facts.edition.roles
        graded = frozenset(code for code, role in roles.items() if role.grade)
        held = {who: member.roles & graded for who, member in staff.items()}
        lent = [(deputy, held[who]) for who, member in staff.items() for deputy in member.deputies_on(day)]
        for deputy, theirs in lent:
            held[deputy] = held.get(deputy, frozenset()) | theirs
        return held

    @property
    def files(self) -> Iterator[File]:
        """The files whose entries may be pointed at."""
        return (file for name, file in self.facts.files.items() if name in self.seen or file is self.facts.file)


def choices(shape: Shape, step: type[StepData], asking: Asking) -> list[Choice] | None:
    """What a field offers, or None where it is searched for or typed."""
    marker = shape.marker
    if shape.literals:
        return [Choice(code, plain(code)) for code in shape.literals]
    if isinstance(marker, Code):
        found = coded(asking, marker.of, marker.without)
        return [_with_care(one, asking) for one in found] if shape.known == "channel" else found
    if isinstance(marker, Person):
        near = people_near(asking, marker)
        barred = kept_apart(step, shape.name, [one.value for one in near], asking.facts)
        return [one for one in near if one.value not in barred]
    if isinstance(marker, Points):
        return pointed_at(shape, marker.at, step, asking)
    return [Choice(code, title) for code, title in _own(shape, step, asking.facts).items()] or None


def _own(shape: Shape, step: type[StepData], facts: Facts) -> Mapping[str, str]:
    """What a field of free words, or a number, is chosen from, where the edition or the file names it."""
    edition = facts.edition
    asked = edition.questions.values() if step is AnswerQuestion else ()
    own: dict[str, Mapping[str, str]] = {
        "departure_code": titles_of(edition, "departure_reasons"),
        "grounds": _words(edition.appeals.grounds),
        "form": _words(edition.appeals.forms),
        "answer": _words(answer for question in asked for answer in question.answers),
        "edition": _editions(edition) if step is AdoptEdition else {},
        "number": _waiting(facts) if step is CompleteAuditAction else {},
    }
    return own.get(shape.name, {})


def _waiting(facts: Facts) -> dict[str, str]:
    """The findings that wait, by their number; none where several audits have some, whose numbers would meet."""
    waiting = [found for audit in facts.case.all(AuditCase) if (found := facts.case.findings_waiting(audit))]
    return {str(number): one.what for number, one in waiting[0].items()} if len(waiting) == 1 else {}


def _words(codes: Iterable[str]) -> dict[str, str]:
    return {code: plain(code) for code in codes}


def _editions(edition: Edition) -> dict[str, str]:
    """The edition for new files, where a file is under another."""
    new = in_force()
    return {new.id: new.about.title} if new.id != edition.id else {}


def coded(asking: Asking, table: str, without: str = "") -> list[Choice]:
    """The codes of one of the edition's lists, without those of a set of the edition's."""
    edition = asking.facts.edition
    hints, barred = hints_of(edition, table), getattr(edition, without) if without else ()
    offered = {code: title for code, title in titles_of(edition, table).items() if code not in barred}
    return [Choice(code, title, hints.get(code, "")) for code, title in offered.items()]


def _with_care(channel: Choice, asking: Asking) -> Choice:
    """A way to reach the person, and why it may be the wrong one."""
    need = asking.facts.view_of(asking.subject).shut_channels(asking.facts.shuts).get(channel.value)
    says = ["not safe for them"] if asking.ways.is_unsafe(channel.value) else []
    says += [f"hard for them: {titles_of(asking.facts.edition, 'needs')[need].lower()}"] if need else []
    return replace(channel, title=f"{channel.title} ({'; '.join(says)})") if says else channel


def code_choices(shape: Shape, asking: Asking) -> list[Choice]:
    """The keys of a field that answers each of some codes: of the edition's questions, those about conduct."""
    edition = asking.facts.edition
    if not isinstance(shape.marker, Code):
        return []
    asked = coded(asking, shape.marker.of)
    return [one for one in asked if shape.marker.of != "questions" or edition.questions[one.value].set == "conduct"]


def people_near(asking: Asking, marker: Person) -> list[Choice]:
    """Those who are likely to be meant: colleagues where they are few, and those whom this file is about or names."""
    if marker.kind != "staff":
        near = [one for one in customers_near(asking) if not (marker.is_other and one.value == asking.subject)]
        you = Choice(asking.viewer.id, asking.viewer.name, "You")
        return [*_affected(asking), *near, you] if marker.kind == "any" else near
    staff = [one for one in asking.colleagues(marker.takes) if not (marker.is_other and one.id == asking.viewer.id)]
    return [Choice(one.id, one.name) for one in staff] if len(staff) <= STAFF_LISTED else []


def affected_by(asking: Asking) -> list[str]:
    """Who was affected by what the file is about, for those who handle reports: who they are may tell who reported."""
    found = frozenset[str]().union(*(incident.affected for incident in asking.facts.incidents))
    return sorted(found if asking.handles_reports else found & {asking.viewer.id})


def waiting_for_support(asking: Asking) -> list[str]:
    """Who is owed the support they said yes to, for those who handle reports, and the viewer themselves."""
    file, day = asking.facts.file, asking.facts.day
    owed = (duty for duty in duties(file) if duty.promise.duty == "support_colleague" and duty.open_on(day))
    found = dict.fromkeys(said(file.by_ref[duty.made_by].data, "to") or "" for duty in owed)
    return [who for who in found if who and (asking.handles_reports or who == asking.viewer.id)]


def _affected(asking: Asking) -> list[Choice]:
    staff = asking.facts.registers.staff
    hints = dict.fromkeys(affected_by(asking), "Was affected")
    hints |= dict.fromkeys(waiting_for_support(asking), "Said yes to support")
    others = (who for who in hints if who in staff and who != asking.viewer.id)
    return [Choice(who, staff[who].name, hints[who]) for who in others]


def customers_near(asking: Asking) -> list[Choice]:
    """Whom the file is about, with their joint tenants and household."""
    subject = asking.facts.registers.customers.get(asking.subject)
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
    return shape.marker.kind != "staff" or len(asking.colleagues(shape.marker.takes)) > STAFF_LISTED


def people_found(words: str, marker: Person, asking: Asking) -> list[Choice]:
    """People whose name holds every word that was typed, or whose id it is; customers only those that may be seen."""
    wanted = words.casefold().split()
    staff = asking.colleagues(marker.takes) if marker.kind != "customer" else []
    found = [Choice(one.id, one.name, "Colleague") for one in staff if _is_named(one.name, one.id, wanted)]
    return [*(_customers_found(wanted, asking) if marker.kind != "staff" else []), *found][:FOUND_LISTED]


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
    chosen = {row.id: Choice(row.id, row.name, str(row.home or row.id)) for row in found}
    return list(chosen.values())


def person_choice(who: str, asking: Asking) -> Choice:
    """Somebody already chosen; without the name of a customer whom the viewer has declared to know (H1)."""
    return Choice(who, who if who in asking.viewer.ties else asking.facts.registers.name(who))


def pointed_at(shape: Shape, at: str, step: type[StepData], asking: Asking) -> list[Choice]:
    """The entries or files that a reference may name, each with what tells it from the others."""
    refs = refs_to(shape, at, step, asking)
    if at in FILE_POINTS:
        return [Choice(name, file_title(asking.facts.files[name], asking)) for name in refs]
    titles = {ref: called(ref, asking.telling) for ref in refs}
    alike = {title for title, count in Counter(titles.values()).items() if count > 1}
    hints = {ref: _apart(ref, asking, is_alike=title in alike) for ref, title in titles.items()}
    if at == "assessment" and issubclass(step, Measure):
        hints |= {ref: f"Served already: {used}" for ref in refs if (used := _served(ref, asking))}
    return [Choice(ref, title, hints[ref]) for ref, title in titles.items()]


def refs_to(shape: Shape, at: str, step: type[StepData], asking: Asking) -> list[str]:
    """The entries or files that a reference may name: what a step acts on oldest first, all others newest first."""
    facts = asking.facts
    if at in FILE_POINTS:
        there = facts.case.incidents if step is LinkIncident else frozenset[str]()
        files = sorted((f for f in asking.files if f.kind == at and f.exists), key=_opened, reverse=True)
        return [file.name for file in files if file is not facts.file and file.name not in there]
    if step.name in CANDIDATES and shape.name == step.target_field:
        return CANDIDATES[step.name](facts)
    return [entry.ref for entry in _entries(at, asking) if _is_offered(entry, step, asking)]


def _is_offered(entry: AnyEntry, step: type[StepData], asking: Asking) -> bool:
    """Whether a step may point at an entry: legal advice stays inside, and a slip is put right by who reads it."""
    if step is CorrectEntry:
        return is_open_to_correction(entry) and not asking.withheld(entry)
    return not (issubclass(step, SHOWN_OUTSIDE) and is_privileged(entry.data))


def _apart(ref: str, asking: Asking, *, is_alike: bool) -> str:
    """What tells an entry from others that are called the same: its words, its place on the file, or its file."""
    file, entry = asking.facts.files[file_of(ref)], asking.facts.entry(ref)
    if entry is None:
        return ""
    line = line_of(entry, asking.telling)
    says = [shortened(line.words)] if line.gist and line.words else []
    says += [f"Entry {entry.sequence} on the file, by {asking.facts.registers.name(entry.by)}"] if is_alike else []
    says += [f"On {plain(file.kind).lower()} {file.name}"] if file is not asking.facts.file else []
    return ". ".join(one.removesuffix(".") for one in says)


def _served(ref: str, asking: Asking) -> str:
    """The first decision that named an assessment, of those on files that may be shown; '' for none."""
    named = (one for file in asking.files for one in file.entries if said(one.data, "equality") == ref)
    first = min(named, key=lambda one: one.recorded_at, default=None)
    return called(first.ref, asking.telling) if first else ""


def when_empty(shape: Shape) -> str:
    """What a field says that has nothing to choose from."""
    at = shape.marker.at if isinstance(shape.marker, Points) else ""
    return WHEN_EMPTY.get(at, "There is nothing here to choose from yet.")


def has_something(step: type[StepData], asking: Asking) -> bool:
    """Whether everything that a step must point at is there to be pointed at."""
    needed = (shape for shape in shapes_of(step) if shape.is_needed)
    return all(refs_to(one, one.marker.at, step, asking) for one in needed if isinstance(one.marker, Points))


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
