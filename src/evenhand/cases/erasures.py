"""What a step erases from the record: the words themselves, and every sentence that quotes them (clause 3.2)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from evenhand.casework.entry import AnyEntry, file_of, free_text
from evenhand.casework.shape import BadStep, Problem
from evenhand.casework.steps import step_named
from evenhand.casework.steps.control import CorrectEntry, DisposeFile, EraseContent
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.stored import REPORTER_FIELDS, Path, paths_quoting, words_at
from evenhand.record.chain import EntryRef
from evenhand.record.erasing import Erase, whole_file
from evenhand.record.reading import FileKey, StoredEntry, read_files


class Text(NamedTuple):
    """Some words as they stand in the record."""

    ref: EntryRef
    part: str
    path: Path
    words: str


def erases_of(entry: AnyEntry, files: Iterable[FileKey]) -> list[Erase]:
    """What an entry erases: fields of one entry of its own file, or all of its file; nothing for other steps.

    `files` are those the decision read: a finding on any of them may quote the words. Corrections of an erased field go
    with it. Raises `BadStep` where the entry named lies on another file, whose own history must say what went.
    """
    data, own = entry.data, (entry.kind, entry.file)
    if not isinstance(data, EraseContent | DisposeFile):
        return []
    stored = read_files({*files, own})
    if isinstance(data, DisposeFile):
        words = {text.words for one in stored[own] for text in _texts(one, stored[own], _free(one))}
        others = [one for file, entries in stored.items() if file != own for one in entries]
        return [*whole_file(*own, data.name), *_blanked(_quoting(others, words), data.name)]
    if file_of(data.entry) != entry.file:
        says = f"{data.entry} lies on another file: take this step there, so that its own history says what went."
        raise BadStep(data.name, (Problem("entry", says),))
    texts = [t for one in stored[own] if _ref(one) == data.entry for t in _texts(one, stored[own], data.fields)]
    everywhere = [one for entries in stored.values() for one in entries]
    return _blanked([*texts, *_quoting(everywhere, {text.words for text in texts})], data.name)


def _ref(stored: StoredEntry) -> str:
    """The entry's name as the core says it."""
    return f"{stored.header.file_id}#{stored.header.sequence}"


def _free(stored: StoredEntry) -> frozenset[str]:
    return free_text(step_named(stored.header.step))


def _texts(stored: StoredEntry, own: Sequence[StoredEntry], fields: Iterable[str]) -> Iterator[Text]:
    """The words of some fields of an entry, in the entry itself and in what corrected it."""
    corrections = [one for one in own if one.header.step == CorrectEntry.name and _corrects(one, _ref(stored))]
    for field in fields:
        apart = field in REPORTER_FIELDS and stored.header.step == ReportIncident.name
        yield from _in_part(stored, "reporter" if apart else "main", ("data", field))
        for correction in corrections:
            yield from _in_part(correction, "main", ("data", "changes", field))


def _corrects(correction: StoredEntry, ref: str) -> bool:
    return "main" in correction.parts and json.loads(correction.parts["main"])["data"]["entry"] == ref


def _in_part(stored: StoredEntry, part: str, path: Path) -> Iterator[Text]:
    if part in stored.parts:
        found = words_at(json.loads(stored.parts[part]), path)
        yield from (Text(stored.ref, part, place, words) for place, words in found)


def _quoting(entries: Iterable[StoredEntry], words: Collection[str]) -> Iterator[Text]:
    """The sentences of findings that quote some words."""
    for stored in entries if words else ():
        for path in paths_quoting(json.loads(stored.parts.get("findings", '{"findings":[]}')), words):
            yield Text(stored.ref, "findings", path, "")


def _blanked(texts: Iterable[Text], reason: str) -> list[Erase]:
    """One erasure for each part that holds any of the texts."""
    paths: dict[tuple[EntryRef, str], set[str]] = defaultdict(set)
    for text in texts:
        paths[text.ref, text.part].add(".".join(text.path))
    return [Erase(ref, part, reason, tuple(sorted(fields))) for (ref, part), fields in paths.items()]
