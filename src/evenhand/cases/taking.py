"""The one function that writes: take a step, whoever asks for it.

Everything the decision reads is locked first, in one order, so that it is decided on what stands, and once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from django.db import IntegrityError, connection, transaction

from evenhand.cases.archive import FOLDED_FROM, FOLDS, NotLocked, RecordArchive, fold
from evenhand.cases.editions import Editions, edition_of, in_force, known, moved_to
from evenhand.cases.erasures import erases_of
from evenhand.cases.indexing import purge
from evenhand.cases.models import FileIndex
from evenhand.cases.projecting import project
from evenhand.casework.decide import Taken, take, target_field
from evenhand.casework.entry import AnyEntry, File, file_of
from evenhand.casework.facts import Facts
from evenhand.casework.gather import FILES, gather
from evenhand.casework.registers import Registers
from evenhand.casework.shape import read_draft
from evenhand.casework.steps import step_named
from evenhand.casework.steps.base import FileKind, StepData
from evenhand.casework.stored import NO_ROLE, entry_from, findings_from, parts_of
from evenhand.people.reading import asking_stamp, registers_on
from evenhand.policy.clock import london_day
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Decision
from evenhand.record import chain
from evenhand.record.append import Heads, NewEntry, append_entry, locking, refuse_conflict
from evenhand.record.canonical import canonical
from evenhand.record.chain import BadHeader, EntryRef
from evenhand.record.reading import FileKey, StoredEntry, read_files
from evenhand.record.receipts import RequestKey, finding_by_key
from evenhand.record.scrubbing import scrub_storage
from evenhand.record.tables import in_one_go

ATTEMPTS = 10
"""How often the files that a decision reads may have grown in number before it was locked; each time is a race lost."""


class NameTaken(ValueError):
    """The name stands for a file of another kind."""


class TooBusy(RuntimeError):
    """Files about this person kept appearing while the step was being taken."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What came of a step: every finding, and, where it was allowed, its entry with those that follow from it.

    A refused step has no entries, nor has one that warns of what was not heeded; then nothing was written.
    """

    decision: Decision
    entries: tuple[AnyEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A step that somebody asks to take."""

    draft: StepData
    kind: FileKind
    file: str
    actor: str
    at: datetime
    day: date
    expected: int | None
    key: RequestKey | None
    edition: Edition
    editions: Editions
    read: Collection[FileKey] | None
    heeded: Collection[str] | None
    along: Callable[[], None]

    @property
    def own(self) -> FileKey:
        return self.kind, self.file


def take_step(
    *,
    step: str | type[StepData],
    kind: FileKind,
    file: str,
    data: Mapping[str, Any] | StepData,
    actor: str,
    at: datetime,
    taken_on: date | None = None,
    expected: int | None = None,
    key: str | None = None,
    edition: Edition | None = None,
    editions: Editions = known,
    read: Collection[FileKey] | None = None,
    heeded: Collection[str] | None = None,
    along: Callable[[], None] = lambda: None,
) -> StepTaken:
    """Decides a step on a file and records it with all that follows from it, in one transaction.

    `at` is the instant, with its zone; `taken_on` the London day with legal effect, that of `at` where left out.
    `expected` is the sequence at which the asker read the file: if somebody was quicker, `Conflict` names them. The
    same `key` from the same actor is answered by what was recorded the first time. `edition` is for files that are
    under none yet: the one in force, where left out. `read` are the files that the asker has read for it, if any: they
    are locked without a look at which there are, which is taken only if there are others. `heeded` are the checks whose
    warnings the asker has read: a step that warns of others is decided and not recorded; None records all the same.
    `along` writes, in the same transaction, what the asker changes once the step is recorded; it may come twice. A
    refused step is answered, not raised.

    Raises `UnknownStep`, `BadStep` and `NotOffered` for what cannot be asked here, `NameTaken` and `BadHeader` for
    names that cannot be used, `Conflict`, `UnknownSequence`, `KeyReused`, `ClockWentBack` (H23), and `TooBusy`.
    """
    model = step_named(step) if isinstance(step, str) else step
    _refuse_names(kind=kind, file=file, actor=actor, key=key or "none")
    draft = data if isinstance(data, StepData) else read_draft(model, data)
    asked = RequestKey(key, _digest(draft, kind, file, taken_on)) if key else None
    request = _Request(
        draft=draft, kind=kind, file=file, actor=actor, at=at, day=taken_on or london_day(at), expected=expected,
        key=asked, edition=edition or in_force(), editions=editions, read=read, heeded=heeded, along=along,
    )  # fmt: skip
    return _until_nothing_grows(request)


def _refuse_names(**names: str) -> None:
    for what, name in names.items():
        if not chain.WORD.fullmatch(name):
            raise BadHeader(
                f"The {what} {name[:100]!r} cannot be recorded: "
                "it must be one word of at most 100 letters, digits and _.:@+~-."
            )
    if names["kind"] not in FILES:
        raise BadHeader(f"There is no kind of file {names['kind']!r}; there are {', '.join(FILES)}.")


def _digest(draft: StepData, kind: str, file: str, taken_on: date | None) -> str:
    """Stands for all that a request asks: the same key may not come with another one."""
    data = draft.model_dump(mode="json", exclude_unset=True)
    asked = {"step": draft.name, "kind": kind, "file": file, "day": str(taken_on), "data": data}
    return chain.sha256(canonical(asked).encode())


def _until_nothing_grows(request: _Request) -> StepTaken:
    for attempt in range(ATTEMPTS):
        glanced_at = request.read if request.read is not None and not attempt else _glance(request)
        try:
            with transaction.atomic():
                return _taken(request, glanced_at)
        except NotLocked:
            continue
        except IntegrityError as error:
            _refuse_other_kind(request, FileIndex.objects.filter(name=request.file).values_list("kind").first(), error)
            raise
    raise TooBusy(f"Files about this person kept appearing while {request.draft.name} was being taken; try again.")


def _glance(request: _Request) -> Collection[FileKey]:
    """Every file that the decision reads: asked outside the transaction, so that nobody waits while it is read."""
    archive = RecordArchive()
    _facts(request, archive, Registers())
    return archive.keys


def _taken(request: _Request, glanced_at: Collection[FileKey]) -> StepTaken:
    reads = {*glanced_at, request.own}
    heads, earlier, stamp = _locked(request, reads, glanced_at)
    if earlier:
        request.along()
        return _answered(earlier, reads)
    if (expected := _expected(request, glanced_at)) is not None:
        refuse_conflict(heads[request.own], expected)
    archive = RecordArchive({file: head.hash if head.sequence else "" for file, head in heads.items()})
    facts = _facts(request, archive, registers_on(request.day, stamp))
    taken = take(request.draft, facts)
    if taken.entries and _is_heeded(request, taken.decision):
        _record(request, taken, facts, heads)
        return StepTaken(taken.decision, taken.entries)
    transaction.set_rollback(True)  # the heads of files that were not there
    return StepTaken(taken.decision)


def _locked(
    request: _Request, reads: Collection[FileKey], standing: Collection[FileKey]
) -> tuple[Heads, StoredEntry | None, str]:
    """The locked heads; and as they stand from then on, the entry of an earlier request and the registers' stamp."""
    with in_one_go():
        locked = locking(reads, standing=standing)
        earlier = finding_by_key(request.actor, request.key) if request.key else None
        stamp = asking_stamp()
    return locked(), earlier() if earlier else None, stamp()


def _is_heeded(request: _Request, decision: Decision) -> bool:
    return request.heeded is None or {finding.check for finding in decision.warnings} <= {*request.heeded}


def _facts(request: _Request, archive: RecordArchive, registers: Registers) -> Facts:
    file = archive.file(request.file)
    _refuse_other_kind(request, (file.kind,) if file else None)
    file = file or FILES[request.kind](request.file, ())
    return gather(
        archive,
        registers,
        edition_of(file, request.edition, request.editions),
        file,
        draft=request.draft,
        actor=request.actor,
        at=request.at,
        day=request.day,
        other_edition=moved_to(request.draft, request.editions),
    )


def _refuse_other_kind(request: _Request, found: tuple[str] | None, cause: Exception | None = None) -> None:
    if found and found[0] != request.kind:
        raise NameTaken(
            f"{request.file} is the name of a {found[0]} file: choose another for the {request.kind}."
        ) from cause


def _expected(request: _Request, glanced_at: Collection[FileKey]) -> int | None:
    """The sequence the file must stand at: of two who start one of the same name, one learns that there is one now.

    A customer's own file is nobody's to start: whoever writes on it first, the other comes second.
    """
    if request.expected is None and request.own not in glanced_at and request.kind != "person":
        return 0
    return request.expected


def _answered(earlier: StoredEntry, reads: Collection[FileKey]) -> StepTaken:
    """What a request brought about when it came the first time."""
    everywhere = (one for entries in read_files(reads).values() for one in entries)
    follow_up = (one for one in everywhere if one.because_of == earlier.ref)
    found = (entry_from(one.header, one.parts) for one in (earlier, *follow_up))
    entries = tuple(entry for entry in found if entry is not None)
    data, findings = entries[0].data, findings_from(earlier.parts["findings"])
    target = getattr(data, target_field(type(data)) or "target") or ""
    return StepTaken(Decision(data.name, findings, target, entries[0].fixed), entries)


def _record(request: _Request, taken: Taken, facts: Facts, heads: Heads) -> None:
    made, *follow_up = taken.entries
    reads = {(file.kind, name) for name, file in facts.files.items()}
    before = heads[request.own].hash
    erases = erases_of(made, reads)
    with in_one_go():
        append_entry(heads, new_entry(made, taken.decision, facts), erases=erases, request=request.key)
        for entry in follow_up:
            append_entry(heads, new_entry(entry, taken.decision, facts))
        if erases:
            FOLDS.forget(before)
        changed = [facts.files[name] for name in dict.fromkeys(entry.file for entry in taken.entries)]
        grown = [(old, _grown(old, taken.entries, erased=bool(erases))) for old in changed]
        unlearnt = [_keep(old, new, heads[old.kind, old.name].hash) for old, new in grown]
        request.along()
    for learn in unlearnt:
        learn()
    if erases:
        purge()
        _scrub_afterwards()


def new_entry(entry: AnyEntry, decision: Decision, facts: Facts) -> NewEntry:
    cause = entry.because_of
    return NewEntry(
        kind=entry.kind,
        file_id=entry.file,
        step=entry.data.name,
        schema_version=entry.data.version,
        edition_hash=facts.edition.hash,
        engine_version=engine_version(),
        actor_id=entry.by,
        role=entry.role or NO_ROLE,
        taken_on=entry.taken_on,
        recorded_at=entry.recorded_at,
        parts={name: canonical(part) for name, part in parts_of(entry, decision, facts).items()},
        because_of=EntryRef.parse(f"{facts.files[file_of(cause)].kind}/{cause}") if cause else None,
    )


@cache
def engine_version() -> str:
    """The version of this software, stored with each entry: who replays a decision must know what made it."""
    return version("evenhand")


def _grown(old: File, entries: Iterable[AnyEntry], *, erased: bool) -> File:
    """The file with its new entries; after an erasure as the record now has it."""
    if erased:
        return fold(old.kind, old.name, read_files([(old.kind, old.name)], parts=FOLDED_FROM)[old.kind, old.name])
    return type(old)(old.name, (*old.recorded, *(entry for entry in entries if entry.file == old.name)))


def _keep(old: File, new: File, last_hash: str) -> Callable[[], None]:
    learn = project(old, new)
    FOLDS.keep(last_hash, new)
    return learn


def _scrub_afterwards() -> None:
    """On SQLite the words leave the disk at once; on PostgreSQL when the tables' owner next scrubs them."""
    if connection.vendor == "sqlite":
        transaction.on_commit(scrub_storage, robust=True)
