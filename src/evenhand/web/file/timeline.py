"""One timeline of everything done on a file, newest first, with filters and a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from evenhand.casework.entry import AnyEntry, File, corrected
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.control import CorrectEntry, Withdraw
from evenhand.casework.wording import listed
from evenhand.policy.findings import Effect, Finding
from evenhand.web.file.opening import Opened
from evenhand.web.file.remembered import findings_of
from evenhand.web.file.words import A_COLLEAGUE, Line, Said, in_words, line_of
from evenhand.web.steps.asking import is_open_to_correction
from evenhand.web.steps.shapes import shapes_of

SHOWN = 25
KINDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "contacts": (
        "Contacts",
        frozenset({"record_contact", "record_conversation", "ask_agency", "record_agency_answer",
                   "consider_conversation", "put_allegation", "record_account", "record_block",
                   "confirm_block_lifted", "receive_appeal", "request_review", "dispute_flag",
                   "record_colleague_account"}),
    ),
    "decisions": ("Decisions", frozenset(name for name, step in STEPS.items() if step.decides)),
    "letters": (
        "Letters",
        frozenset({"give_notice", "record_return", "tell_reporter", "tell_person", "record_not_told", "defer_telling",
                   "serve_notice_seeking_possession", "offer_contract", "tell_inquiry_outcome"}),
    ),
    "reviews": (
        "Reviews and appeals",
        frozenset({"review_sanction", "request_review", "answer_review_request", "ask_continuation",
                   "agree_continuation", "lift_sanction", "review_flag",
                   "look_again", "ask_look_again", "receive_appeal", "decide_late_appeal", "assign_appeal",
                   "suspend_sanction", "decide_appeal", "decide_flag_dispute", "audit_case"}),
    ),
    "evidence": (
        "Evidence",
        frozenset({"add_evidence", "add_statement", "request_evidence", "report_incident", "link_incident",
                   "record_breach", "record_injury", "report_to_police"}),
    ),
    "access": (
        "Access",
        frozenset({"restrict_case", "disclose", "countersign", "recall_disclosure", "erase_content", "dispose_file",
                   "place_hold", "release_hold"}),
    ),
}  # fmt: skip
"""What the timeline can be narrowed to: its title, and the steps that belong to it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction changed in a field: from what, to what."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry on the page, with its findings."""

    line: Line
    by: str
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    is_withdrawn: bool
    is_corrected: bool
    says: tuple[tuple[str, str], ...]
    clause: str
    correct: str
    """Where a slip in it is put right; '' where it holds no fact that may be."""

    @property
    def entry(self) -> AnyEntry:
        """The entry itself."""
        return self.line.entry

    @property
    def checks(self) -> tuple[Finding, ...]:
        """What the policy asked, beyond who and when; a fact is asked nothing."""
        return tuple(one for one in self.findings if one.check not in ("role", "stage") or not one.is_met)

    @property
    def summary(self) -> str:
        """What there is to read more of: 'All that was written · 13 checks met, 1 warning'."""
        warned = sum(one.effect is Effect.WARN and not one.is_met for one in self.checks)
        counted = {
            "check met": sum(one.is_met for one in self.checks),
            "warning": warned,
            "thing owed": sum(one.promise is not None for one in self.checks),
        }
        counts = [_counted(number, what) for what, number in counted.items() if number]
        written = ["All that was written"] if self.says else []
        return " · ".join([*written, *([", ".join(counts)] if counts else [])]) or "What was found"


def _counted(number: int, what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{number} {first}{'' if number == 1 else 's'}{f' {rest}' if rest else ''}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The part of the timeline that is shown; `older` is the sequence before which it goes on, or None."""

    events: tuple[Event, ...]
    kind: str
    words: str
    older: int | None
    is_from_top: bool


def timeline_of(page: Opened, kind: str = "", words: str = "", before: str = "") -> Timeline:
    """Up to 25 entries, newest first, before an entry's number; of a kind, and with some words, where asked."""
    upto = int(before) if before.isdecimal() and len(before) < len("1234567") else page.file.sequence + 1
    newest = (entry for entry in reversed(page.file.recorded) if entry.sequence < upto)
    wanted = (entry for entry in newest if kind not in KINDS or entry.data.name in KINDS[kind][1])
    lines = list(_first(_matching(wanted, page, words.casefold().split()), SHOWN + 1))
    shown = lines[:SHOWN]
    older = shown[-1].entry.sequence if len(lines) > SHOWN else None
    return Timeline(tuple(_told(shown, page)), kind if kind in KINDS else "", words, older, not before)


def _first(lines: Iterator[Line], number: int) -> Iterator[Line]:
    for _, line in zip(range(number), lines, strict=False):
        yield line


def _matching(entries: Iterable[AnyEntry], page: Opened, words: list[str]) -> Iterator[Line]:
    """The entries in words, as they read today; those that hold every word that was asked for."""
    for entry in entries:
        line = line_of(page.file.by_ref.get(entry.ref, entry), page.telling)
        if not words or all(word in _all_words(line, page) for word in words):
            yield line


def _all_words(line: Line, page: Opened) -> str:
    texts = [line.did, by_whom(line, page), *(f"{one.label} {one.text}" for one in shown_of(line, page))]
    return " ".join(texts).casefold()


def shown_of(line: Line, page: Opened) -> tuple[Said, ...]:
    """Everything an entry says that the viewer may read: who reported stays with those who handle reports (H3)."""
    return (*line.said, *line.private) if knows_reporter(line.entry, page) else line.said


def knows_reporter(entry: AnyEntry, page: Opened) -> bool:
    """Whether the viewer may know who reported: whoever handles reports, and the reporter themselves."""
    return page.asking.handles_reports or page.viewer.id in (entry.by, getattr(entry.data, "reporter", None))


def by_whom(line: Line, page: Opened) -> str:
    """Who took a step, as the viewer may know them."""
    entry = line.entry
    if entry.data.name in ("report_incident", "add_statement") and not knows_reporter(entry, page):
        return A_COLLEAGUE
    lent = _lent_by(entry, page)
    return f"{page.telling.name(entry.by)}{f', standing in for {listed(lent)}' if lent else ''}"


def _lent_by(entry: AnyEntry, page: Opened) -> list[str]:
    """For whom somebody stood in when they took a step in a role that is not their own."""
    registers, needed = page.facts.registers, (entry.role,)
    own = registers.staff.get(entry.by)
    if own is None or page.edition.held(own.roles, needed) is not None:
        return []
    lenders = registers.lenders(entry.by, entry.taken_on)
    return [one.name for one in lenders if page.edition.held(one.roles, needed) is not None]


def events_of(entries: Iterable[AnyEntry], page: Opened) -> Iterator[Event]:
    """Some entries as the timeline shows them."""
    return _told(list(_matching(entries, page, [])), page)


def _told(lines: list[Line], page: Opened) -> Iterator[Event]:
    found = findings_of(page.hash, (page.file.kind, page.file.name), [line.entry.sequence for line in lines])
    withdrawn = {entry.data.entry for entry in page.file.recorded if isinstance(entry.data, Withdraw)}
    changes = corrections(page.file, page)
    slips = {entry.data.entry for entry in page.file.recorded if isinstance(entry.data, CorrectEntry)}
    for line in lines:
        entry = line.entry
        yield Event(
            line=line,
            by=by_whom(line, page),
            findings=tuple(_said(one, page) for one in found.get(entry.sequence, ())),
            changes=() if page.telling.withheld(entry) else changes.get(entry.ref, ()),
            is_withdrawn=entry.ref in withdrawn,
            is_corrected=entry.ref in slips,
            says=tuple((one.label, one.text) for one in shown_of(line, page) if one.text != line.words),
            clause=page.edition.cited[entry.data.name].clause if entry.data.name in page.edition.cited else "",
            correct=_correct_href(entry, page),
        )


def _correct_href(entry: AnyEntry, page: Opened) -> str:
    rule = page.edition.steps.get("correct_entry")
    may_correct = rule is not None and page.edition.held(page.viewer.roles, rule.roles) is not None
    if not may_correct or not is_open_to_correction(entry) or page.telling.withheld(entry):
        return ""
    return f"{page.here}do/correct_entry/?{urlencode({'entry': entry.ref})}"


def _said(finding: Finding, page: Opened) -> Finding:
    """A finding as the viewer may read it."""
    sentence = page.say(finding.verdict.sentence)
    if sentence == finding.verdict.sentence:
        return finding
    return replace(finding, verdict=replace(finding.verdict, sentence=sentence))


def corrections(file: File, page: Opened) -> dict[str, tuple[Change, ...]]:
    """For each correction, what it changed: field by field, from what it said until then."""
    now = {entry.ref: entry.data for entry in file.recorded}
    found = {}
    for entry in file.recorded:
        data = entry.data
        if isinstance(data, CorrectEntry) and data.entry in now:
            old = now[data.entry]
            new = now[data.entry] = corrected(old, data.changes)
            found[entry.ref] = tuple(_changes(old, new, data.changes, page))
    return found


def _changes(old: StepData, new: StepData, names: Iterable[str], page: Opened) -> Iterator[Change]:
    for shape in shapes_of(type(old)):
        if shape.name in names:
            was, now = getattr(old, shape.name), getattr(new, shape.name)
            words = [
                in_words(shape, value, page.telling) if value not in (None, (), "") else "nothing"
                for value in (was, now)
            ]
            yield Change(shape.label, *words)
