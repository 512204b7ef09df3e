"""The sections of a file's page: measures and their days, who took which part, other files, what a person needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.cases.editions import in_force
from evenhand.cases.holding import colleagues_on
from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, Entry, File
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.involvement import NAMED, took_part
from evenhand.casework.person import PersonFile
from evenhand.casework.steps.assessment import AskAgency, RecordAgencyAnswer, SignpostSupport
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import RecordCounterAllegation
from evenhand.casework.steps.control import LinkMatter, ReferToAsb
from evenhand.casework.steps.incident import TriageIncident
from evenhand.casework.steps.inquiry import NoteInquiry
from evenhand.casework.steps.notice import AgreeContinuation, AskContinuation
from evenhand.casework.steps.opening import RestrictCase
from evenhand.casework.steps.person import (
    AnswerAdjustment,
    NameRepresentative,
    OfferAdjustment,
    RecordChange,
    RecordComplaint,
    RecordNeed,
)
from evenhand.casework.wording import listed, plain_day
from evenhand.web.file.opening import Opened
from evenhand.web.file.words import shortened
from evenhand.web.lists.acts import INQUIRING, file_href, take_href
from evenhand.web.showing import Status, status_of
from evenhand.web.steps.titles import code_title, plain


@dataclass(frozen=True, slots=True)
class Related:
    """Another file that belongs to this one."""

    kind: str
    name: str
    title: str
    status: Status | None


OF_LENGTH: Mapping[type[StepData], str] = {
    AskContinuation: "asked for a longer term",
    AgreeContinuation: "agreed to a longer term",
}
"""Parts in how long a measure lasts, which count like those in the measure itself."""
REPORTING = frozenset({"reported", "affected"})


def people_of_file(page: Opened) -> list[tuple[str, str]]:
    """Who took which part in it: colleagues by the parts that count when somebody must stand apart.

    Who only reported, or was affected, is shown to those who handle reports (H3).
    """
    hidden = set() if page.asking.handles_reports else REPORTING
    found = []
    for who, parts in took_part([page.file]).items():
        seen = {part: entry for part, entry in parts.items() if part not in hidden or who == page.viewer.id}
        shown = [_part_words(who, part, entry) for part, entry in seen.items()]
        if shown and who not in page.nameless:
            found.append((page.facts.registers.name(who), listed(shown)))
    return found


def _part_words(who: str, part: str, entry: AnyEntry) -> str:
    """What somebody did, or else what the entry of somebody else names them as: 'front-line colleague'."""
    if type(entry.data) in OF_LENGTH:
        return OF_LENGTH[type(entry.data)]
    fields = (field for model, field, of in NAMED if model is type(entry.data) and of == part)
    field = "" if entry.by == who or part in REPORTING else next(fields, "")
    return ((field and type(entry.data).model_fields[field].title) or plain(part)).lower()


def related(page: Opened) -> list[Related]:
    """The other files about the same person, and those this one rests on; only those the viewer may be told of."""
    others = (file for name, file in page.facts.files.items() if name in page.seen and file is not page.file)
    files = sorted((f for f in others if f.exists and f.kind != "person"), key=lambda f: (f.kind, str(f.opened_on)))
    return [Related(file.kind, file.name, title_of(file, page), status_of(file)) for file in files]


def elsewhere(page: Opened) -> list[tuple[str, str, str]]:
    """Matters dealt with by other procedures that belong with this file: what, its reference there, and why."""
    file = page.file
    rests_on = sorted(file.incidents & page.seen & page.facts.files.keys()) if isinstance(file, CaseFile) else []
    entries = [entry for one in (file, *(page.facts.files[name] for name in rests_on)) for entry in one.entries]
    entries += page.facts.person.file.complaints if file.kind == "case" else []
    return list(dict.fromkeys(found for entry in entries if (found := _dealt_with(entry.data)) is not None))


def _dealt_with(data: StepData) -> tuple[str, str, str] | None:
    if isinstance(data, LinkMatter):
        return plain(data.kind), data.reference, data.what or ""
    if isinstance(data, ReferToAsb) and data.reference:
        return plain("asb"), data.reference, data.passed_on or ""
    if isinstance(data, RecordCounterAllegation) and data.separate_case:
        return plain("staff_conduct"), data.separate_case, ""
    if isinstance(data, TriageIncident) and data.reference:
        return plain(data.route), data.reference, ""
    if isinstance(data, RecordComplaint) and data.reference:
        return plain("complaint"), data.reference, data.what or ""
    return None


@dataclass(frozen=True, slots=True)
class LookedInto:
    """Something said of a colleague that is looked into apart: how it stands, and what bears on the case.

    `inquiry` is its file where one is opened, to which `href` leads whoever may see it; where none is, to its opening.
    """

    said: str
    inquiry: str
    href: str
    stands: str
    bearing: str


def looked_into(page: Opened) -> Iterator[LookedInto]:
    """What a customer says of colleagues, on a case: where each is looked into, and what came of it for the case."""
    case = page.file
    for entry in case.all(RecordCounterAllegation) if isinstance(case, CaseFile) else ():
        noted = [note for note in case.all(NoteInquiry) if note.data.allegation == entry.ref]
        last = noted[-1] if noted else None
        name = last.data.inquiry if last else ""
        yield LookedInto(
            said=shortened(entry.data.what),
            inquiry=name,
            href=_to_inquiry(name, entry.ref, page),
            stands=_stands(noted),
            bearing=(last.data.bearing or "") if last else "",
        )


def _to_inquiry(name: str, allegation: str, page: Opened) -> str:
    """The page of an inquiry for whoever may see it, or where there is none, the one that opens it for whoever may."""
    if name:
        return file_href("inquiry", name) if name in page.seen else ""
    rule = in_force().steps.get(INQUIRING)
    may = rule is not None and in_force().held(page.viewer.roles, rule.roles)
    return take_href("case", page.file.name, INQUIRING, allegation) if may else ""


def _stands(noted: list[Entry[NoteInquiry]]) -> str:
    """Whether an inquiry is open or concluded, and since when; '' for none."""
    if not noted:
        return ""
    did = "concluded" if noted[-1].data.is_concluded else "open"
    return f"{did} {'on' if did == 'concluded' else 'since'} {plain_day(noted[-1].taken_on)}"


def title_of(file: File, page: Opened) -> str:
    """What a file is about, in a few words."""
    if isinstance(file, CaseFile):
        opened = file.opening
        words = getattr(opened.data, "breakdown", None) or opened.data.reasons if opened else ""
        return shortened(words or "Case")
    if isinstance(file, FlagFile):
        return code_title(page.edition, "flags", file.category) if file.category else "Flag"
    if isinstance(file, InquiryFile):
        return shortened((file.opening.data.what if file.opening else "") or "Inquiry")
    if isinstance(file, IncidentFile):
        return shortened((file.report.data.what_happened if file.report else "") or "Report")
    return page.facts.registers.name(file.name)


def facts_line(page: Opened) -> Iterator[tuple[str, str]]:
    """What stands under the title: who looks after it, when it began, which edition it is under."""
    file, registers = page.file, page.facts.registers
    if isinstance(file, CaseFile) and file.officer:
        yield "officer", registers.name(file.officer)
        managers = _managers(file.officer, page)
        yield from [("manager", listed(managers))] if managers else []
    if isinstance(file, CaseFile) and file.is_restricted:
        yield "restricted to", _kept_to(file, page)
    if isinstance(file, IncidentFile) and file.happened_on:
        yield "happened", plain_day(file.happened_on)
    if isinstance(file, InquiryFile):
        yield "looked into by", registers.name(file.inquirer)
        yield "kept to", listed(sorted(registers.name(who) for who in file.kept_to))
    if isinstance(file, FlagFile) and file.review_by:
        yield "review by", plain_day(file.review_by)
    if file.opened_on and not isinstance(file, PersonFile):
        yield "opened", plain_day(file.opened_on)
    yield from [("policy", page.edition.about.title)] if isinstance(file, CaseFile) else []


def _managers(officer: str, page: Opened) -> list[str]:
    """The line managers of the officer, each with who stands in for them today."""
    registers, day = page.facts.registers, page.viewer.day
    member = registers.staff.get(officer)
    found = member.managers_on(day) if member else frozenset()
    managers = [registers.staff[who] for who in sorted(found) if who in registers.staff]
    lent = {one.id: listed(registers.name(who) for who in sorted(one.deputies_on(day))) for one in managers}
    return [f"{one.name} ({lent[one.id]} standing in)" if lent[one.id] else one.name for one in managers]


def _kept_to(case: CaseFile, page: Opened) -> str:
    """Who may see a restricted case, and what makes it so."""
    few = sorted(page.facts.registers.name(who) for who, stays in colleagues_on(case).items() if stays)
    why = case.all(RestrictCase)[-1].data.why
    return f"{listed(few)}{f' ({plain(why).lower()})' if why and why != 'other' else ''}"


@dataclass(frozen=True, slots=True)
class Kept:
    """One list on a person's page: its lines, what an empty one will hold, and the step that adds to it."""

    title: str
    lines: tuple[str, ...]
    when_empty: str
    step: str


def person_lists(page: Opened) -> list[Kept]:
    """What a person's file holds, list by list."""
    file, day = page.facts.person.file, page.viewer.day
    needs = (_need(entry.data, page) for entry in file.needs)
    adjusted = (_adjusted(*one) for one in file.adjustments.values())
    speak = (_speaks(entry.data) for entry in file.representatives_on(day))
    asked = (_asked(entry, file.about(RecordAgencyAnswer, entry.ref)) for entry in file.all(AskAgency))
    support = (_supported(entry, file.about(RecordAgencyAnswer, entry.ref)) for entry in file.all(SignpostSupport))
    changes = (_changed(entry) for entry in file.all(RecordChange))
    complaints = (_complained(entry) for entry in file.complaints)
    promises = (f"{e.data.says}{_until(e.data.until)}" for e in file.assurances)
    return [
        Kept("Needs", tuple(needs), "What this person needs, recorded once and followed everywhere.", "record_need"),
        Kept("Adjustments", tuple(adjusted), "What we do differently for them, and how it went.", "offer_adjustment"),
        Kept("Who speaks for them", tuple(speak), "An advocate, an adviser or a relative.", "name_representative"),
        Kept("Support", tuple(support), "Where we pointed or referred them; what came of it.", "signpost_support"),
        Kept("Agencies asked", tuple(asked), "A doctor, a social worker: what they said.", "ask_agency"),
        Kept("Changes in life", tuple(changes), "A move, a hospital stay: what decisions follow.", "record_change"),
        Kept("Complaints", tuple(complaints), "So that nobody named in one decides about them.", "record_complaint"),
        Kept("Promises we made", tuple(promises), "What we promised in writing.", "record_assurance"),
    ]


def _until(day: date | None) -> str:
    return f" (until {plain_day(day)})" if day else ""


def _need(need: RecordNeed, page: Opened) -> str:
    title = code_title(page.edition, "needs", need.need) if need.need else "A need"
    suspected = ", suspected" if need.certainty == "suspected" else ""
    return f"{title}{suspected}{f': {need.details}' if need.details else ''}{_again(need.review_on)}"


def _adjusted(offer: Entry[OfferAdjustment], answers: list[Entry[AnswerAdjustment]]) -> str:
    last = answers[-1].data if answers else None
    said = f"{last.answer}{f': {last.how_it_went}' if last.how_it_went else ''}" if last else "not answered yet"
    return f"{offer.data.adjustment} ({said}){_again(last.review_on if last else None)}"


def _again(day: date | None) -> str:
    return f"; ask again on {plain_day(day)}" if day else ""


def _asked(request: Entry[AskAgency], answers: list[Entry[RecordAgencyAnswer]]) -> str:
    return f"{request.data.agency}, {plain_day(request.data.asked_on or request.taken_on)} ({_answered(answers)})"


def _supported(offer: Entry[SignpostSupport], answers: list[Entry[RecordAgencyAnswer]]) -> str:
    data = offer.data
    if not data.agency:
        return f"None: {data.unsuitable_because}" if data.unsuitable_because else "None named"
    said = f": {plain(data.answer).lower()}" if data.answer else ""
    if data.route == "signposted":
        return f"{data.agency}{said}, {plain_day(offer.taken_on)}"
    return f"Referred to {data.agency}{said}, {plain_day(data.referred_on or offer.taken_on)} ({_answered(answers)})"


def _answered(answers: list[Entry[RecordAgencyAnswer]]) -> str:
    """What the agency said last."""
    last = answers[-1].data if answers else None
    return f"{plain(last.outcome).lower()}{f': {last.reply}' if last.reply else ''}" if last else "not answered yet"


def _speaks(data: NameRepresentative) -> str:
    beside = [words for words in (data.relation, data.authority, data.scope) if words]
    return f"{data.representative}{f' ({listed(beside)})' if beside else ''}{_until(data.until)}"


def _changed(entry: Entry[RecordChange]) -> str:
    data = entry.data
    day = plain_day(data.happened_on or entry.taken_on)
    return f"{plain(data.change)}, {day}{f': {data.details}' if data.details else ''}"


def _complained(entry: Entry[RecordComplaint]) -> str:
    data = entry.data
    answered = f", answered {plain_day(data.answered_on)}" if data.answered_on else ", not answered yet"
    words = data.what or data.reference or "A complaint"
    return f"{words} ({plain_day(data.received_on or entry.taken_on)}{answered})"
