"""What a decision is about, told whole above its form: nobody decides on what they have in one line only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.casework.appeal import Appeal
from evenhand.casework.entry import AnyEntry
from evenhand.casework.flag import FlagFile
from evenhand.casework.sanction import Sanction
from evenhand.casework.stages import CANDIDATES
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.casefacts import AddEvidence, CheckOwnService, RecordAccount
from evenhand.casework.steps.decision import ApproveSanction
from evenhand.casework.steps.flag import ReviewFlag
from evenhand.casework.steps.inquiry import OpenInquiry, RecordColleagueAccount
from evenhand.casework.steps.notice import AgreeContinuation, AskContinuation, RequestReview, ReviewSanction
from evenhand.web.better.person import is_shown
from evenhand.web.file.opening import Opened
from evenhand.web.file.timeline import by_whom, shown_of
from evenhand.web.file.words import Said, line_of
from evenhand.web.steps.sending import Sent

Entries = Iterable[AnyEntry]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry told whole: what was done, by whom and when, and everything that was said."""

    title: str
    by: str
    on: date
    said: tuple[Said, ...]


def told(entries: Iterable[AnyEntry | None], at: Opened) -> list[Told]:
    """Entries told whole, in the order given and each once; none that the viewer may not be told of (H1)."""
    found = {entry.ref: entry for entry in entries if entry is not None and is_shown(entry.file, at)}
    return [_told(entry, at) for entry in found.values()]


def _told(entry: AnyEntry, at: Opened) -> Told:
    """All that an entry says, but for what its title says already and what it acts on, which is told beside it."""
    line = line_of(entry, at.telling)
    title = f"{line.did}: {line.gist}" if line.gist else line.did
    said = (one for one in shown_of(line, at) if one.text != line.gist and one.name != entry.data.target_field)
    return Told(title, by_whom(line, at), entry.taken_on, tuple(said))


def aimed_at(sent: Sent) -> list[str]:
    """What the step acts on: what the form names, or everything there is to choose from."""
    model, facts = sent.form.model, sent.opened.facts
    named = str(sent.form.raw.get(model.target_field) or "")
    return [named] if named else CANDIDATES[model.name](facts)


def sanctions(sent: Sent) -> list[Sanction]:
    """The measures that a decision is about, directly or through an appeal or a request."""
    case = sent.opened.facts.case
    refs = (ref if ref in case.sanctions else case.sanction_of(ref) for ref in aimed_at(sent))
    return [case.sanctions[ref] for ref in dict.fromkeys(refs) if ref in case.sanctions]


def appeals(sent: Sent) -> list[Appeal]:
    """The appeals that a decision is about."""
    return [appeal for ref in aimed_at(sent) if (appeal := sent.opened.facts.case.appeals.get(ref))]


def _aimed(sent: Sent) -> Entries:
    by_ref = sent.opened.facts.file.by_ref
    return [by_ref[ref] for ref in aimed_at(sent) if ref in by_ref]


def _opening(sent: Sent) -> Entries:
    """Why the case was opened, and the reports it stands on."""
    facts = sent.opened.facts
    opened = [facts.case.opening] if facts.case.opening else []
    return [*opened, *(incident.report for incident in facts.incidents if incident.report)]


DECIDED_SINCE = (ApproveSanction, ReviewSanction, RequestReview, AskContinuation, AgreeContinuation)


def _measures(sent: Sent) -> Entries:
    """Each measure as it was made, with what was decided on it since, and the assessment it stands on."""
    facts = sent.opened.facts
    for sanction in sanctions(sent):
        yield sanction.made
        yield from (entry for entry in sanction.trail if isinstance(entry.data, DECIDED_SINCE))
        if assessment := facts.entry(sanction.measure.equality):
            yield assessment


def _proposed(sent: Sent) -> Entries:
    """The measures, with what the customer said of what they rest on, and what was found of our own part in it."""
    yield from _measures(sent)
    case = sent.opened.facts.case
    yield from (*case.all(RecordAccount), *case.all(CheckOwnService))


def _appealed(sent: Sent) -> Entries:
    """The appeal and what was decided on it, then the measure it is against with both sides of it."""
    for appeal in appeals(sent):
        yield appeal.received
        yield from (*appeal.late_decisions, *appeal.assignments[-1:], *appeal.suspensions)
    yield from _proposed(sent)


def _flag(sent: Sent) -> Entries:
    """The dispute, where one is open, the flag from its proposal on, and the report and assessments it stands on."""
    facts, flag = sent.opened.facts, sent.opened.file
    if not isinstance(flag, FlagFile):
        return []
    decided = (flag.open_dispute, flag.proposal, flag.approval, *flag.all(ReviewFlag))
    reports = (incident.report for incident in facts.incidents)
    return [entry for entry in (*decided, *reports, *flag.all(AssessEquality)) if entry]


def _inquiry(sent: Sent) -> Entries:
    """What is looked into, what the colleague says, and what was gathered, in the order in which it came."""
    of = (OpenInquiry, RecordColleagueAccount, AddEvidence)
    return [entry for entry in sent.opened.file.entries if isinstance(entry.data, of)]


UPON: Mapping[str, Callable[[Sent], Entries]] = {
    "endorse_case": _opening,
    "decline_case": _opening,
    "approve_sanction": _proposed,
    "decline_sanction": _proposed,
    "lift_sanction": _measures,
    "answer_review_request": _measures,
    "agree_continuation": _measures,
    "decide_late_appeal": _appealed,
    "assign_appeal": _appealed,
    "suspend_sanction": _appealed,
    "decide_appeal": _appealed,
    "approve_flag": _flag,
    "decline_flag": _flag,
    "review_flag": _flag,
    "end_flag": _flag,
    "decide_flag_dispute": _flag,
    "conclude_inquiry": _inquiry,
    "give_notice": _aimed,
    "countersign": _aimed,
    "recall_disclosure": _aimed,
    "look_again": _aimed,
}
"""For each step by which somebody decides on what another did, or tells of it: the entries that it is about."""


def upon(sent: Sent) -> list[Told]:
    """What a decision is about, told whole."""
    return told(UPON[sent.form.model.name](sent), sent.opened)
