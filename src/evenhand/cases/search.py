"""Search as one would expect: by name, address, reference and the words of notes, with slips of the finger forgiven.

Whatever is found is left out unless `seeing` lets the viewer have it, before anything is counted: nobody learns from a
search that there is something they may not see. There are no totals: a page knows only whether there may be more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from django.db import connection

from evenhand.cases.matching import NEWEST, Named, called, customers, customers_like, notes, words_in, words_of
from evenhand.cases.models import FileIndex
from evenhand.cases.naming import names_meant
from evenhand.cases.seeing import Viewer, few_in_reach, files_where, marks, may_see_person
from evenhand.cases.spelling import meant_by
from evenhand.people.reading import customers_named

KINDS = ("person", "case", "incident", "flag", "inquiry")
Marked = tuple[tuple[str, bool], ...]
"""Words, and whether they are what was looked for."""

FEW = 25
"""A search that so many customers match, at most, also finds the files about them."""
AT_FIRST, AT_ONCE = 50, 3_200
"""How many matching notes are looked at to begin with, and at the most, until a page is full."""
AROUND = 70
"""Letters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the kind and name of its file (a customer's id for a person), whom it is about, and why.

    `title` is the customer's name or the file's reference; `on` the day the file was opened.
    """

    kind: str
    name: str
    subject: str
    who: str
    title: str
    why: Marked
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page; `more` is the `after` of the next, or None.

    `is_alike` where nothing is spelt as it was typed, and this is what is spelt much like it; `meant` are the words
    found instead, as far as they are marked in what is shown.
    """

    rows: tuple[Hit, ...] = ()
    more: str | None = None
    meant: tuple[str, ...] = ()
    is_alike: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """A file or customer that matches, the place after it, and the words or the entry in which it does.

    `who` is the customer's name, where it is known already.
    """

    place: str
    kind: str
    name: str
    subject: str
    on: date | None = None
    words: str = ""
    ref: str = ""
    who: str = ""


@dataclass(frozen=True)
class _Asked:
    """What is looked for, by whom; `instead` holds other spellings, where none is spelt as it was typed."""

    viewer: Viewer
    typed: str
    words: list[str]
    kinds: frozenset[str]
    instead: dict[str, list[str]]

    @cached_property
    def matched(self) -> list[Named]:
        """The newest customers who match, and one more than are few."""
        return customers(self.words, limit=FEW + 1)

    @cached_property
    def few(self) -> dict[str, Named]:
        """The customers who match, where these are few."""
        return {} if len(self.matched) > FEW else {row.customer: row for row in self.matched}

    @cached_property
    def references(self) -> set[str]:
        return names_meant(self.typed, self.viewer.day)

    @cached_property
    def called(self) -> tuple[list[str], dict[str, str]]:
        """Files of just the references typed; and customers, with their names, of just these or just that name."""
        whole = " ".join(self.typed.split())
        return called(self.references, {whole, whole.title()}, FEW)

    @cached_property
    def exact(self) -> list[str]:
        """Customers whose reference or whole name was typed, of those the viewer may see: they come first."""
        people = self.called[1] if "person" in self.kinds else ()
        return [who for who in people if may_see_person(self.viewer, who)]

    @cached_property
    def kinds_of_files(self) -> list[str]:
        return sorted(self.kinds - {"person"})


def find(
    viewer: Viewer, words: str, kinds: Collection[str] | None = None, after: str | None = None, limit: int = 25
) -> Found:
    """One page of what the viewer may see: by reference, name and address, then by notes, newest first.

    `after` is the `more` of the page before. Where nothing is spelt as it was typed, what is spelt much like it.
    """
    words, after = words.replace("\x00", " "), (after or "").replace("\x00", "")
    asked = _Asked(viewer, words, words_in(words), frozenset(kinds or KINDS), {})
    if not asked.words or not viewer.is_at_desk:
        return Found()
    stage, _, place = after.partition(":")
    if stage != "meant":
        found = _page(asked, _matches(asked, stage, place), limit)
        if found.rows or found.more or after:
            return found
    spelt = _Asked(viewer, words, asked.words, asked.kinds, meant_by(asked.words))
    alike = _page(spelt, _spelt_alike(spelt, place), limit)
    return replace(alike, is_alike=bool(alike.rows))


def _page(asked: _Asked, matches: Iterator[_Match], limit: int) -> Found:
    found = list(islice(matches, limit + 1))
    hits = tuple(_shown(asked, found[:limit]))
    return Found(hits, found[limit - 1].place if len(found) > limit else None, _meant(asked, hits))


def _meant(asked: _Asked, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The other spellings that stand in what is shown: what else there is may be in notes kept from the viewer."""
    shown = {words.casefold() for hit in hits for words, is_match in hit.why if is_match}
    return tuple(sorted(shown & {other for spellings in asked.instead.values() for other in spellings}))


def _matches(asked: _Asked, stage: str, place: str) -> Iterator[_Match]:
    if not stage:
        yield from _by_reference(asked)
    if stage in ("", "named"):
        yield from _customers(asked, _id(place))
        stage, place = "about", ""
    if stage == "about":
        yield from _about_few(asked, place)
        stage, place = "notes", ""
    if stage == "notes":
        yield from _noted(asked, _id(place))


def _id(place: str) -> int:
    return int(place) if place.isdecimal() and len(place) < 19 else NEWEST


def _day(place: str) -> date | None:
    try:
        return date.fromisoformat(place)
    except ValueError:
        return None


def _by_reference(asked: _Asked) -> Iterator[_Match]:
    for file in sorted(_files(asked, "name", asked.called[0]), key=lambda file: file.name, reverse=True):
        yield _match("named:", file, words=file.name)
    for person in asked.exact:
        words = person if person in asked.references else asked.typed
        yield _Match("named:", "person", person, person, words=words, who=asked.called[1][person])


def _files(asked: _Asked, column: str, values: Collection[str], which: str = "", *parameters: Any) -> list[FileIndex]:
    """The files wanted that the viewer may see, of which a column holds one of some values."""
    kinds = asked.kinds_of_files
    if not (values and kinds):
        return []
    among = f"f.{column} IN ({marks(values)}) AND f.kind IN ({marks(kinds)})"
    return files_where(asked.viewer, among + which, [*values, *kinds, *parameters])


def _customers(asked: _Asked, before: int) -> Iterator[_Match]:
    """Those whose name or address matches, newest first."""
    while "person" in asked.kinds:
        some = asked.matched if before == NEWEST else customers(asked.words, before=before, limit=FEW + 1)
        for row in some:
            if row.customer not in asked.exact and may_see_person(asked.viewer, row.customer):
                yield _of_customer(row)
        if len(some) <= FEW:
            return
        before = some[-1].id


def _of_customer(row: Named) -> _Match:
    return _Match(f"named:{row.id}", "person", row.customer, row.customer, words=row.words, who=row.name)


def _about_few(asked: _Asked, place: str) -> Iterator[_Match]:
    """The files about the customers who match, where these are few, newest first."""
    said, _, name = place.partition(" ")
    later: tuple[Any, ...] = ()
    if name and (day := _day(said)):
        on = connection.ops.adapt_datefield_value(day)
        later = (" AND f.opened_on <= %s AND (f.opened_on < %s OR f.name < %s)", on, on, name)
    for file in _files(asked, "subject", asked.few, *later):
        place = f"about:{file.opened_on.isoformat()} {file.name}"
        yield _match(place, file, words=asked.few[file.subject].words, who=asked.few[file.subject].name)


def _noted(asked: _Asked, before: int) -> Iterator[_Match]:
    """Files by their notes, each once, by its newest note that matches, however many have to be looked at."""
    stage = "meant" if asked.instead else "notes"
    start, at_once, files = before, AT_FIRST, dict[str, FileIndex | None]()
    # Somebody who sees few files need not go through the notes of all others.
    few = few_in_reach(asked.viewer)
    while some := notes(asked.words, instead=asked.instead, before=before, few=few, limit=at_once):
        files |= _new(asked, {note.file for note in some} - files.keys(), start)
        for note in some:
            if file := files[note.file]:
                files[note.file] = None
                yield _match(f"{stage}:{note.id}", file, ref=note.ref)
        if len(some) < at_once:
            return
        before, at_once = some[-1].id, min(at_once * 4, AT_ONCE)


def _new(asked: _Asked, names: Collection[str], start: int) -> dict[str, FileIndex | None]:
    """Each of these files that may be shown, but those shown already for whom they are about; else None."""
    known = set() if asked.instead else asked.few.keys()
    files = {file.name: file for file in _files(asked, "name", names) if file.subject not in known}
    return dict.fromkeys(names) | _not_before(asked, files, start)


def _not_before(asked: _Asked, files: dict[str, FileIndex], start: int) -> dict[str, FileIndex]:
    """Those of the files that no page before has shown: that have no newer note that matches."""
    if start == NEWEST or not files:
        return files
    newer = notes(asked.words, instead=asked.instead, since=start, few=(marks(files), list(files)), limit=NEWEST)
    return {name: file for name, file in files.items() if name not in {note.file for note in newer}}


def _spelt_alike(asked: _Asked, place: str) -> Iterator[_Match]:
    """Customers, on the first page, and notes with words that are spelt much like those typed."""
    if not place and "person" in asked.kinds:
        for row in customers_like(asked.words):
            if may_see_person(asked.viewer, row.customer):
                yield _of_customer(row)
    if any(asked.instead.values()):
        yield from _noted(asked, _id(place))


def _match(place: str, file: FileIndex, words: str = "", ref: str = "", who: str = "") -> _Match:
    # A customer's own file is theirs by name, whoever else its entries are about.
    subject = file.name if file.kind == "person" else file.subject
    return _Match(place, file.kind, file.name, subject, file.opened_on, words, ref, who)


def _shown(asked: _Asked, matches: Sequence[_Match]) -> Iterator[Hit]:
    refs = {match.ref for match in matches} - {""}
    noted = words_of(refs) if refs else {}
    names = customers_named(match.subject for match in matches if not match.who)
    pattern = _pattern(asked)
    for match in matches:
        who = match.who or names.get(match.subject, "")
        title = (who or match.name) if match.kind == "person" else match.name
        why = _marked(noted.get(match.ref, "") or match.words, pattern)
        yield Hit(match.kind, match.name, match.subject, who, title, why, match.on)


def _pattern(asked: _Asked) -> re.Pattern[str]:
    """Finds the words as they stand in a text; of long ones the beginning is enough, since endings differ."""
    spelt = {*asked.words, *(other for spellings in asked.instead.values() for other in spellings)}
    stems = sorted({re.escape(word[: max(4, len(word) - 3)]) for word in spelt}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(stems)})\w*", re.IGNORECASE)


def _marked(text: str, pattern: re.Pattern[str]) -> Marked:
    """A piece of a text round the first thing found, with all that was found in it marked."""
    first = pattern.search(text)
    start = max(0, (first.start() if first else 0) - AROUND)
    start = text.find(" ", start) + 1 if start and text.find(" ", start) < (first.start() if first else 0) else start
    piece = text[start : start + 2 * AROUND + 20].replace("\n", " ")
    marked: list[tuple[str, bool]] = [("… ", False)] if start else []
    end = 0
    for found in pattern.finditer(piece):
        marked += [(piece[end : found.start()], False), (found.group(), True)]
        end = found.end()
    rest = piece[end:] + (" …" if start + len(piece) < len(text) else "")
    return tuple((words, is_match) for words, is_match in [*marked, (rest, False)] if words)
