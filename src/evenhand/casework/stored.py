"""An entry as the parts that the record keeps, and back again; and what its decision looked at.

The record keeps four parts: `main` (the data, and what the policy fixed and promised), `findings`, `facts` (what the
checks read: where each file stood, and the register rows they could see) and `reporter`, apart because who reported
must be kept from people who may see all the rest.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

from pydantic import TypeAdapter

from evenhand.casework.entry import ERASED, AnyEntry, Entry, File, ref_of
from evenhand.casework.facts import Facts
from evenhand.casework.gather import FILES
from evenhand.casework.registers import CustomerRecord, Registers, StaffMember
from evenhand.casework.steps import step_named
from evenhand.casework.steps.base import FileKind, Person
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.markers import marked_as
from evenhand.policy.findings import Citation, Decision, Effect, Finding, Outcome, Promise, Verdict

Plain = dict[str, Any]
"""A value that JSON has words for, floats left out."""
Path = tuple[str, ...]
"""Where something stands in a part: keys, and places in lists as digits."""

REPORTER_FIELDS = frozenset({"reporter", "reporter_name"})
NO_ROLE = "-"
"""What a header says where nobody's role was asked, as in what follows by itself on other files."""

Upcast = Callable[[Plain], Plain]


def _agreement_in_reasons(data: Plain) -> Plain:
    """A review named who agreed to it, where that is now a step of theirs: the name stays with its reasons."""
    who = data.get("approved_by")
    kept = {name: value for name, value in data.items() if name != "approved_by"}
    return kept | {"reasons": f"{data.get('reasons') or ''} (Agreed by: {who}.)".strip()} if who else kept


UPCASTERS: Mapping[tuple[str, int], Upcast] = {("review_sanction", 1): _agreement_in_reasons}
"""How the data of an older version of a step becomes that of the next: {(step, version): change}."""

_PROMISES = TypeAdapter(tuple[Promise, ...])
_STAFF = TypeAdapter(dict[str, StaffMember])
_CUSTOMERS = TypeAdapter(dict[str, CustomerRecord])


class Header(Protocol):
    """What the record keeps for ever about an entry, as far as a fold needs it."""

    @property
    def kind(self) -> str: ...
    @property
    def file_id(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def step(self) -> str: ...
    @property
    def schema_version(self) -> int: ...
    @property
    def actor_id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def taken_on(self) -> str: ...
    @property
    def recorded_at(self) -> str: ...
    @property
    def because_of(self) -> str: ...


def findings_on(entry: AnyEntry, decision: Decision) -> tuple[Finding, ...]:
    """The findings to keep with an entry: all of the decision, and what it owes, for one that follows from another."""
    return tuple(f for f in decision.findings if not entry.because_of or f.promise in entry.promises)


def parts_of(entry: AnyEntry, decision: Decision, facts: Facts) -> dict[str, Plain]:
    """The parts to record of an entry just taken, with the decision that made it and the facts it was decided on."""
    data = entry.data.model_dump(mode="json", exclude_unset=True)
    told = {name: data.pop(name) for name in REPORTER_FIELDS & data.keys() if isinstance(entry.data, ReportIncident)}
    reporters = _reporters(entry, facts)
    staff, customers = _rows_used(entry, facts)
    hidden = {who: staff.pop(who) for who in sorted(reporters & staff.keys())}
    main = {"data": data, "edition": entry.edition, "fixed": dict(entry.fixed), "promises": plain(entry.promises)}
    parts = {
        "main": main,
        "findings": {
            "edition": entry.edition,
            "findings": [_plain_finding(finding) for finding in findings_on(entry, decision)],
        },
        "facts": {
            "files": [[file.kind, name, file.sequence] for name, file in facts.files.items()],
            "registers": {"staff": plain(staff), "customers": plain(customers)},
        },
    }
    return {**parts, "reporter": {"data": told, "staff": plain(hidden)}} if told or hidden else parts


def plain(value: Any) -> Any:
    """Dates, sets and records as JSON has words for them; what is empty in a record is left out."""
    if isinstance(value, str):
        return value
    if names := _members(value.__class__):
        return {name: plain(member) for name in names if (member := getattr(value, name))}
    if isinstance(value, Mapping):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _members(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _plain_finding(finding: Finding) -> Plain:
    verdict = finding.verdict
    said: Plain = {
        "check": finding.check,
        "clause": finding.citation.clause,
        "effect": finding.effect.value,
        "outcome": verdict.outcome.value,
        "sentence": verdict.sentence,
    }
    extra = {"not_before": plain(verdict.not_before), "promise": finding.promise and plain(finding.promise)}
    return said | {name: value for name, value in extra.items() if value}


def findings_from(part: str) -> tuple[Finding, ...]:
    """The findings of a `findings` part."""
    said = json.loads(part)
    return tuple(_finding(one, said["edition"]) for one in said["findings"])


def _finding(said: Plain, edition: str) -> Finding:
    not_before = said.get("not_before")
    verdict = Verdict(
        Outcome(said["outcome"]), said["sentence"], date.fromisoformat(not_before) if not_before else None
    )
    promises = _PROMISES.validate_python([said["promise"]] if "promise" in said else [])
    citation = Citation(edition, said["clause"])
    return Finding(said["check"], citation, Effect(said["effect"]), verdict, promises[0] if promises else None)


def _reporters(entry: AnyEntry, facts: Facts) -> set[str]:
    """Colleagues for whom something was reported: their rows go with the reporter, unless they act as well."""
    entries = [entry, *(e for file in facts.files.values() for e in file.recorded)]
    reports = [e.data for e in entries if type(e.data) is ReportIncident]  # by type: see `entry.AMENDING`
    named = {report.reporter for report in reports if report.reporter}
    return named and named - {entry.by for entry in entries}


def _rows_used(entry: AnyEntry, facts: Facts) -> tuple[dict[str, StaffMember], dict[str, CustomerRecord]]:
    """The register rows that a check could come to: of everybody named on the files read, and of those beside them.

    Beside a colleague stand their managers, those managers' deputies, and whoever they stand in for; beside a customer
    those of the same tenancy and household.
    """
    registers, files = facts.registers, facts.files.values()
    named = _people_in([entry]).union(*map(people_on, files))
    managers = {m.who for who in named if who in registers.staff for m in registers.staff[who].managers}
    near = named | managers
    near |= {d.who for who in near if who in registers.staff for d in registers.staff[who].deputies}
    near |= {member.id for who in named for member in registers.stood_in_for.get(who, ())}
    known = {who: registers.customers[who] for who in sorted(named) if who in registers.customers}
    beside = {other for row in known.values() for other in row.joint_with | row.household} - known.keys()
    known |= {who: registers.customers[who] for who in sorted(beside) if who in registers.customers}
    return {who: registers.staff[who] for who in sorted(near) if who in registers.staff}, known


def people_on(file: File) -> set[str]:
    """Everybody who acts or is named on a file."""
    return {file.subject} | _people_in(file.recorded)


def _people_in(entries: Collection[AnyEntry]) -> set[str]:
    fields_of = ((entry.data, marked) for entry in entries for marked in marked_as(Person, type(entry.data)))
    return {entry.by for entry in entries}.union(*[marked.values(data) for data, marked in fields_of])


def registers_from(parts: Mapping[str, str]) -> Registers:
    """The registers as far as an entry's decision could see them."""
    rows = json.loads(parts["facts"])["registers"]
    hidden = json.loads(parts.get("reporter", "{}")).get("staff", {})
    return Registers(_STAFF.validate_python(rows["staff"] | hidden), _CUSTOMERS.validate_python(rows["customers"]))


def files_read(parts: Mapping[str, str]) -> list[tuple[FileKind, str, int]]:
    """Each file that an entry's decision read: kind, name, and the sequence it stood at, in the order of the facts."""
    return [(kind, name, sequence) for kind, name, sequence in json.loads(parts["facts"])["files"]]


def entry_from(header: Header, parts: Mapping[str, str]) -> AnyEntry | None:
    """The entry that was recorded, in today's version of its step; None where its content was erased.

    Raises `UnknownStep`, and pydantic's `ValidationError` for data that the step's model does not take.
    """
    if "main" not in parts:
        return None
    main, hidden = json.loads(parts["main"]), json.loads(parts.get("reporter", "{}"))
    data = upcast(header.step, header.schema_version, main["data"] | hidden.get("data", {}))
    return Entry(
        ref=ref_of(header.file_id, header.sequence),
        kind=_KIND[header.kind],
        file=header.file_id,
        sequence=header.sequence,
        data=step_named(header.step).model_validate(data),
        by=header.actor_id,
        role="" if header.role == NO_ROLE else header.role,
        taken_on=date.fromisoformat(header.taken_on),
        recorded_at=datetime.fromisoformat(header.recorded_at),
        edition=main["edition"],
        promises=_PROMISES.validate_python(main["promises"]),
        fixed=main["fixed"],
        because_of=header.because_of.partition("/")[2],  # the record writes kind/file#3, the core file#3
    )


_KIND: Mapping[str, FileKind] = {kind: kind for kind in FILES}


def upcast(step: str, version: int, data: Plain, upcasters: Mapping[tuple[str, int], Upcast] = UPCASTERS) -> Plain:
    """The data as the step's present version takes it."""
    while (step, version) in upcasters:
        data, version = upcasters[step, version](data), version + 1
    return data


def file_from(kind: str, name: str, stored: Iterable[tuple[Header, Mapping[str, str]]]) -> File:
    """What the stored entries of one file add up to; entries whose content was erased whole are passed over."""
    entries = (entry_from(header, parts) for header, parts in stored)
    return FILES[_KIND[kind]](name, [entry for entry in entries if entry is not None])


def words_at(part: Plain, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text that stands in a part at a path or below it, with its own path; those already erased are left out."""
    value: Any = part
    for key in path:
        if key not in value:
            return
        value = value[key]
    yield from ((place, text) for place, text in _texts(value, path) if text != ERASED)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(member, (*path, str(key)))


def paths_quoting(part: Plain, words: Collection[str]) -> list[Path]:
    """The sentences of a `findings` part that quote any of some words."""
    whole = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in sorted(words)))
    sentences = [finding["sentence"] for finding in part["findings"]] if words else []
    return [("findings", str(number), "sentence") for number, text in enumerate(sentences) if whole.search(text)]
