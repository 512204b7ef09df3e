"""What the search indexes answer, on SQLite and PostgreSQL alike: ids first, what belongs to them afterwards.

Nothing here knows who asks: `search` leaves out what they may not see.
"""
# ruff: noqa: S608 - statements are put together from this module's own constants; every value is a parameter.

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.db import connection

from evenhand.cases.seeing import marks

NEWEST = 2**62
"""Higher than any id."""
TRIGRAM = 3
LIKE_ENOUGH = 0.75
CANDIDATES = 200
"""How many names are compared letter by letter."""
COMMON = 5_000
"""A trigram of more names than these says too little to look for."""

WORD = re.compile(r"[^\W_]+")


class Note(NamedTuple):
    """An entry whose words match."""

    id: int
    file: str
    ref: str


class Named(NamedTuple):
    """A customer whose name or address matches: both are in `words`."""

    id: int
    customer: str
    words: str
    name: str


def words_in(text: str) -> list[str]:
    """The words that somebody searches for, in small letters, each once."""
    return list(dict.fromkeys(WORD.findall(text.casefold())))[:12]


MATCHING = {
    "sqlite": "SELECT rowid AS id FROM cases_entryfts WHERE cases_entryfts MATCH %s AND rowid < %s AND rowid >= %s",
    "postgresql": ("SELECT id FROM cases_entrywords WHERE stems @@ to_tsquery('english', %s) AND id < %s AND id >= %s"),
}
AMONG = {
    "sqlite": (
        "w.id IN (SELECT rowid FROM cases_entryfts WHERE cases_entryfts MATCH %s AND rowid = w.id)"
        " AND w.id < %s AND w.id >= %s"
    ),
    "postgresql": "w.stems @@ to_tsquery('english', %s) AND w.id < %s AND w.id >= %s",
}
"""Entries whose words match, to be found by these; and the same asked of each entry `w` of few files."""
Few = tuple[str, Sequence[str]]
"""Few files, as they may stand after IN: a statement or marks, with the parameters."""


def notes(
    words: Sequence[str],
    *,
    instead: Mapping[str, Sequence[str]] | None = None,
    before: int = NEWEST,
    since: int = 0,
    few: Few | None = None,
    limit: int,
) -> list[Note]:
    """Entries with every one of the words, newest first, with ids from `since` on and below `before`.

    `instead` holds other spellings of a word. With `few`, only entries of those files are given: these are gone
    through then, since among all entries very many may match.
    """
    asked: list[int | str] = [_asked(words, instead or {}), before, since]
    entries = "SELECT w.id, w.file, w.ref FROM cases_entrywords w"
    if few:
        statement, files = few
        found = f"{entries} WHERE w.file IN ({statement}) AND {AMONG[connection.vendor]} ORDER BY w.id DESC LIMIT %s"
        return [Note(*row) for row in _found(found, [*files, *asked, limit])]
    hits = f"WITH hits AS MATERIALIZED ({MATCHING[connection.vendor]} ORDER BY 1 DESC LIMIT %s)"
    found = f"{hits} {entries} JOIN hits ON hits.id = w.id ORDER BY w.id DESC"
    return [Note(*row) for row in _found(found, [*asked, limit])]


def words_of(refs: Collection[str]) -> dict[str, str]:
    """The words of some entries."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ref, words FROM cases_entrywords WHERE ref IN ({marks(refs)})", [*refs])
        return dict(cursor.fetchall())


def called(references: Collection[str], names: Collection[str], limit: int) -> tuple[list[str], dict[str, str]]:
    """Files of just these names; and customers, with their names, of just these references or names: some of many."""
    people = f"SELECT id, name FROM people_customer WHERE id IN ({marks(references)}) OR name IN ({marks(names)})"
    statement = (
        f"SELECT name, NULL FROM cases_fileindex WHERE name IN ({marks(references)})"
        f" UNION ALL SELECT p.id, p.name FROM ({people} ORDER BY id DESC LIMIT %s) p ORDER BY 1 DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*references, *references, *names, limit])
        found = cursor.fetchall()
    return [file for file, name in found if name is None], {who: name for who, name in found if name is not None}


def _asked(words: Sequence[str], instead: Mapping[str, Sequence[str]]) -> str:
    either, both = {"sqlite": (" OR ", " AND "), "postgresql": (" | ", " & ")}[connection.vendor]
    asked = ([word, *instead.get(word, ())] for word in words)
    return both.join(f"({either.join(f'{chr(34)}{word}{chr(34)}' for word in one)})" for one in asked)


def customers(words: Sequence[str], *, before: int = NEWEST, limit: int) -> list[Named]:
    """Customers whose name and addresses hold every one of the words, whole or in part, newest first."""
    long = [word for word in words if len(word) >= TRIGRAM]
    in_index = connection.vendor == "sqlite" and bool(long)
    alike = [word for word in words if not in_index or word not in long]
    read = "w.folded" if connection.vendor == "postgresql" else "w.words"
    conditions = ["i.rowid < %s", "cases_customerfts MATCH %s"] if in_index else ["w.id < %s"]
    conditions += [f"{read} LIKE %s" if word in long else f"' ' || {read} LIKE %s" for word in alike]
    parameters: list[int | str] = [before]
    if in_index:
        parameters.append(" AND ".join(f'"{word}"' for word in long))
    parameters += [f"%{word}%" if word in long else f"% {word}%" for word in alike]
    order = "i.rowid" if in_index else "w.id"
    index = "cases_customerfts i JOIN cases_customerwords w ON w.id = i.rowid" if in_index else "cases_customerwords w"
    return _named(f"{index} WHERE {' AND '.join(conditions)} ORDER BY {order} DESC LIMIT %s", [*parameters, limit])


def customers_like(words: Sequence[str]) -> list[Named]:
    """Customers in whose name or address every word stands, or one spelt much like it; likest first."""
    words = [word for word in words if len(word) >= TRIGRAM]
    candidates = {row.id: row for word in words for row in _near(word)}.values()
    ranked = sorted(((_likeness(words, row), row) for row in candidates), reverse=True)
    return [row for like, row in ranked if like >= LIKE_ENOUGH]


def _likeness(words: Sequence[str], row: Named) -> float:
    """How like the word is that is least like any of the customer's."""
    theirs = words_in(row.words)
    return min(max((SequenceMatcher(None, word, other).ratio() for other in theirs), default=0.0) for word in words)


def _near(word: str) -> list[Named]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', false)")
        return _named(
            "cases_customerwords w WHERE %s <%% w.folded ORDER BY word_similarity(%s, w.folded) DESC LIMIT %s",
            [word, word, CANDIDATES],
        )
    telling = _telling(word)
    if not telling:
        return []
    near = "SELECT rowid FROM cases_customerfts WHERE cases_customerfts MATCH %s ORDER BY rank LIMIT %s"
    return _named(
        f"cases_customerwords w WHERE w.id IN ({near})",
        [" OR ".join(f'"{trigram}"' for trigram in telling), CANDIDATES],
    )


def _telling(word: str) -> list[str]:
    """Those trigrams of a word that few customers have."""
    trigrams = sorted({word[place : place + TRIGRAM] for place in range(len(word) - TRIGRAM + 1)})
    few = f"SELECT term FROM cases_customertrigrams WHERE term IN ({marks(trigrams)}) AND doc <= {COMMON}"
    return [term for (term,) in _found(few, trigrams)]


def _named(where: str, parameters: Sequence[int | str]) -> list[Named]:
    found = f"WITH hits AS MATERIALIZED (SELECT w.id, w.customer, w.words FROM {where})"
    joined = "SELECT h.id, h.customer, h.words, c.name FROM hits h JOIN people_customer c ON c.id = h.customer"
    return [Named(*row) for row in _found(f"{found} {joined} ORDER BY h.id DESC", parameters)]


def _found(statement: str, parameters: Sequence[int | str]) -> list[tuple[Any, ...]]:
    """The rows of a statement. PostgreSQL gets it with the values in their places: which index is best depends on the
    words, and a plan that is kept for any words would take none."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(connection.ops.compose_sql(statement, parameters))  # type: ignore[attr-defined] # PostgreSQL's have it
        else:
            cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
