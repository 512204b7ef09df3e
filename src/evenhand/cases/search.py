"""Search as one would expect: by name, address, reference and the words of notes, with slips of the finger forgiven.

Whatever is found is left out unless `seeing` lets the viewer have it, before anything is counted: nobody learns from a
search that there is something they may not see. There are no totals: a page knows only whether there may be more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import Q

from evenhand.cases.matching import NEWEST, Named, customers, customers_like, notes, words_in
from evenhand.cases.models import EntryWords, FileIndex
from evenhand.cases.naming import names_meant
from evenhand.cases.seeing import Viewer, may_see_person, people_seen, visible_to
from evenhand.cases.spelling import meant_by
from evenhand.people.reading import customers_named

KINDS = ("person", "case", "incident", "flag")
Marked = tuple[tuple[str, bool], ...]
"""Words, and whether they are what was looked for."""

FEW = 50
"""A search that so many customers match, at most, also finds the files about them."""
LOOKED_AT, AT_MOST = 50, 4_000
"""How many matching notes are looked at at once, and for one page."""
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
    """One page; `more` is the `after` of the next, or None. `meant` are spellings found instead of those typed."""

    rows: tuple[Hit, ...] = ()
    more: str | None = None
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    """A file or customer that matches, the place after it, and the words or the entry in which it does."""

    place: str
    kind: str = ""
    name: str = ""
    subject: str = ""
    on: date | None = None
    words: str = ""
    ref: str = ""


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
    def few(self) -> dict[str, str]:
        """The words of the customers who match, where these are few."""
        return {} if len(self.matched) > FEW else {row.customer: row.words for row in self.matched}

    @cached_property
    def references(self) -> set[str]:
        return names_meant(self.typed, self.viewer.day)

    @cached_property
    def exact(self) -> list[str]:
        """Customers whose reference or whole name was typed, of those the viewer may see: they come first."""
        if "person" not in self.kinds:
            return []
        whole = " ".join(self.typed.split())
        named = Q(id__in=self.references) | Q(name__in={whole, whole.title()})
        return list(people_seen(self.viewer).filter(named).order_by("-id").values_list("id", flat=True)[:FEW])


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
    return _page(spelt, _spelt_alike(spelt, place), limit)


def _page(asked: _Asked, matches: Iterator[_Match], limit: int) -> Found:
    found = list(islice(matches, limit + 1))
    gave_up = bool(found) and not found[-1].name
    rows, more = [match for match in found[:limit] if match.name], None
    if len(found) > limit or gave_up:
        more = found[min(limit, len(found)) - 1].place
    hits = tuple(_shown(asked, rows))
    return Found(hits, more, _meant(asked, hits))


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
    named = asked.references
    for file in visible_to(asked.viewer).filter(name__in=named, kind__in=asked.kinds - {"person"}).order_by("-name"):
        yield _match("named:", file, words=file.name)
    for person in asked.exact:
        yield _Match("named:", "person", person, person, words=person if person in named else asked.typed)


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
    return _Match(f"named:{row.id}", "person", row.customer, row.customer, words=row.words)


def _about_few(asked: _Asked, place: str) -> Iterator[_Match]:
    """The files about the customers who match, where these are few, newest first."""
    files = visible_to(asked.viewer).filter(subject__in=asked.few, kind__in=asked.kinds - {"person"})
    said, _, name = place.partition(" ")
    if name and (day := _day(said)):
        files = files.filter(Q(opened_on__lt=day) | Q(opened_on=day, name__lt=name))
    for file in files.order_by("-opened_on", "-name") if asked.few else ():
        yield _match(f"about:{file.opened_on.isoformat()} {file.name}", file, words=asked.few[file.subject])


def _noted(asked: _Asked, before: int) -> Iterator[_Match]:
    """Files by their notes, each once, by its newest note that matches; at last a match without a name, where so
    many notes were looked at that the rest is left to the next page."""
    stage = "meant" if asked.instead else "notes"
    known = set() if asked.instead else asked.few
    found: set[str] = set()
    start, looked, at_once = before, 0, LOOKED_AT
    while looked < AT_MOST:
        some = notes(asked.words, instead=asked.instead, before=before, limit=at_once)
        files = _visible(asked, {note.file for note in some} - found, known)
        files = _not_before(asked, files, start)
        for note in some:
            before = note.id
            if note.file in files and note.file not in found:
                found.add(note.file)
                yield _match(f"{stage}:{note.id}", files[note.file], ref=note.ref)
        if len(some) < at_once:
            return
        looked, at_once = looked + len(some), at_once * 4
    yield _Match(f"{stage}:{before}")


def _visible(asked: _Asked, names: Collection[str], known: Collection[str]) -> dict[str, FileIndex]:
    """The files that may be shown, but those shown already for whom they are about."""
    files = visible_to(asked.viewer).filter(name__in=names) if names else ()
    return {file.name: file for file in files if file.kind in asked.kinds and file.subject not in known}


def _not_before(asked: _Asked, files: dict[str, FileIndex], start: int) -> dict[str, FileIndex]:
    """Those of the files that no page before has shown: that have no newer note that matches."""
    if start == NEWEST or not files:
        return files
    newer = notes(asked.words, instead=asked.instead, since=start, files=list(files), limit=NEWEST)
    return {name: file for name, file in files.items() if name not in {note.file for note in newer}}


def _spelt_alike(asked: _Asked, place: str) -> Iterator[_Match]:
    """Customers, on the first page, and notes with words that are spelt much like those typed."""
    if not place and "person" in asked.kinds:
        for row in customers_like(asked.words):
            if may_see_person(asked.viewer, row.customer):
                yield _of_customer(row)
    if any(asked.instead.values()):
        yield from _noted(asked, _id(place))


def _match(place: str, file: FileIndex, words: str = "", ref: str = "") -> _Match:
    # A customer's own file is theirs by name, whoever else its entries are about.
    subject = file.name if file.kind == "person" else file.subject
    return _Match(place, file.kind, file.name, subject, file.opened_on, words, ref)


def _shown(asked: _Asked, matches: Sequence[_Match]) -> Iterator[Hit]:
    refs, subjects = {match.ref for match in matches} - {""}, {match.subject for match in matches}
    noted = dict(EntryWords.objects.filter(ref__in=refs).values_list("ref", "words")) if refs else {}
    names = customers_named(subjects)
    pattern = _pattern(asked)
    for match in matches:
        who = names.get(match.subject, "")
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
