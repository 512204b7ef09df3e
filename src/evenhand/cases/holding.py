"""Who has a part on a file, and who was named to keep what is owed on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import AnyEntry, File
from evenhand.casework.facts import Duty
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.person import PersonFile
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import AuditCase
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.incident import AddStatement, RecordInjury, ReportIncident
from evenhand.casework.steps.inquiry import AssignInquiry, OpenInquiry
from evenhand.casework.steps.notice import AgreeContinuation, ReviewSanction
from evenhand.casework.steps.opening import AssignCase, BringInSanction, EndorseCase, OpenCase, RestrictCase
from evenhand.policy.findings import Promise

NAMED: Mapping[type[StepData], tuple[str, ...]] = {
    ReportIncident: ("reporter", "affected"),
    RecordInjury: ("person",),
    OpenCase: ("colleague",),
    BringInSanction: ("colleague",),
    EndorseCase: ("stands_in_for",),
    AssignCase: ("officer",),
    RestrictCase: ("allowed",),
    ProposeSanction: ("terms.named_contact", "terms.deputy"),
    TakeUrgentAction: ("terms.named_contact", "terms.deputy", "manager"),
    ApproveSanction: ("present", "consulted"),
    AgreeContinuation: ("present",),
    ReviewSanction: ("terms.named_contact", "terms.deputy"),
    AssignAppeal: ("officer",),
    DecideAppeal: ("terms.named_contact", "terms.deputy"),
    AuditCase: ("findings.owner",),
    OpenInquiry: ("inquirer", "allowed"),
    AssignInquiry: ("inquirer", "allowed"),
}
"""The fields that give somebody a part on the file. Not among them: of whom a counter-allegation or a complaint is."""

OF_REPORTS: Mapping[type[StepData], tuple[str, ...]] = {AddStatement: ("person",)}
"""The same, on an incident only: who says what they saw there need not see what became of it."""

APART = frozenset(
    {
        "endorse_case",
        "approve_sanction",
        "agree_continuation",
        "countersign",
        "counter_allegation",
        "assign_appeal",
        "decide_late_appeal",
    }
)
"""Duties on a case that somebody other than its officer must do."""


def colleagues_on(file: File) -> dict[str, bool]:
    """Everybody with a part on a file, and whether they may see it even where it is kept to a few (clause 3.2).

    What only follows from a step on another file gives its author no part. On customers' own files nobody has one.
    """
    if isinstance(file, PersonFile):
        return {}
    return {who: who in file.kept_to for who in {*_acting(file), *_named(file)} - {""}}


def _acting(file: File) -> Iterator[str]:
    return (entry.by for entry in file.recorded if not entry.because_of)


def _named(file: File) -> Iterator[str]:
    fields = {**NAMED, **OF_REPORTS} if isinstance(file, IncidentFile) else NAMED
    for model in fields.keys() & file.by_type.keys():
        for entry in file.by_type[model]:
            for path in fields[model]:
                yield from _people_at(entry.data, path)


def _people_at(data: Any, path: str) -> Iterable[str]:
    first, _, rest = path.partition(".")
    found = getattr(data, first)
    several = found if isinstance(found, tuple) else (found,) if found else ()
    return [who for one in several for who in (_people_at(one, rest) if rest else (one,)) if who]


def names_of(file: File) -> frozenset[str]:
    """The other files that a file names and that would betray it, or that it would betray."""
    if isinstance(file, CaseFile):
        return file.incidents
    if isinstance(file, IncidentFile):
        joined = (file.triage.data.case or "") if file.triage else ""
        return frozenset({joined} - {""})
    if isinstance(file, FlagFile):
        rests_on = getattr(file.proposal.data, "rests_on", None) if file.proposal else None
        return frozenset({file.incident, (rests_on or "").partition("#")[0]} - {""})
    return frozenset()


def keeper_of(file: File, duty: Duty) -> str:
    """The colleague named to do what is owed, or '' where only a role is."""
    if isinstance(file, InquiryFile):
        return file.inquirer
    if not isinstance(file, CaseFile):
        return ""
    promise = duty.promise
    if promise.duty == "complete_audit_action":
        return _finding_owner(file.by_ref.get(duty.made_by), promise)
    if promise.duty == "decide_appeal":
        return _hears(file, promise.about)
    return "" if promise.duty in APART else file.officer


def _finding_owner(audit: AnyEntry | None, promise: Promise) -> str:
    number = int(promise.about.rpartition("/")[2])
    return audit.data.findings[number - 1].owner if audit and isinstance(audit.data, AuditCase) else ""


def _hears(case: CaseFile, appeal: str) -> str:
    assigned = case.appeals[appeal].assignments if appeal in case.appeals else []
    return (assigned[-1].data.officer or "") if assigned else ""
