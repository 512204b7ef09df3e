"""What the search indexes answer, on SQLite and PostgreSQL alike: ids first, what belongs to them afterwards.

Nothing here knows who asks: `search` leaves out what they may not see.
"""
# ruff: noqa: S608 - statements are put together from this module's own constants; every value is a parameter.

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from django.db import connection

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
    """A customer whose name or address matches."""

    id: int
    customer: str
    words: str


def words_in(text: str) -> list[str]:
    """The words that somebody searches for, in small letters, each once."""
    return list(dict.fromkeys(WORD.findall(text.casefold())))[:12]


NOTES = {
    "sqlite": (
        "WITH hits(id) AS MATERIALIZED (SELECT rowid FROM cases_entryfts WHERE cases_entryfts MATCH %s AND rowid < %s"
        " AND rowid >= %s ORDER BY rowid DESC LIMIT %s)"
    ),
    "postgresql": (
        "WITH hits(id) AS MATERIALIZED (SELECT id FROM cases_entrywords WHERE stems @@"
        " to_tsquery('english', %s) AND id < %s AND id >= %s ORDER BY id DESC LIMIT %s)"
    ),
}


def notes(
    words: Sequence[str],
    *,
    instead: Mapping[str, Sequence[str]] | None = None,
    before: int = NEWEST,
    since: int = 0,
    files: Collection[str] = (),
    limit: int,
) -> list[Note]:
    """Entries with every one of the words, newest first, with ids from `since` on and below `before`.

    `instead` holds other spellings of a word. With `files`, only entries of these are given.
    """
    among = f"WHERE w.file IN ({', '.join(['%s'] * len(files))})" if files else ""
    statement = (
        f"{NOTES[connection.vendor]} SELECT w.id, w.file, w.ref FROM hits JOIN cases_entrywords w ON w.id = hits.id"
        f" {among} ORDER BY w.id DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_asked(words, instead or {}), before, since, limit, *files])
        return [Note(*row) for row in cursor.fetchall()]


def _asked(words: Sequence[str], instead: Mapping[str, Sequence[str]]) -> str:
    either, both = {"sqlite": (" OR ", " AND "), "postgresql": (" | ", " & ")}[connection.vendor]
    asked = ([word, *instead.get(word, ())] for word in words)
    return both.join(f"({either.join(f'{chr(34)}{word}{chr(34)}' for word in one)})" for one in asked)


def customers(words: Sequence[str], *, before: int = NEWEST, limit: int) -> list[Named]:
    """Customers whose name and addresses hold every one of the words, whole or in part, newest first."""
    long = [word for word in words if len(word) >= TRIGRAM]
    in_index = connection.vendor == "sqlite" and bool(long)
    alike = [word for word in words if not in_index or word not in long]
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    conditions = ["i.rowid < %s", "cases_customerfts MATCH %s"] if in_index else ["w.id < %s"]
    conditions += [f"' ' || w.words {like} %s" if word not in long else f"w.words {like} %s" for word in alike]
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
            "cases_customerwords w WHERE %s <%% words ORDER BY word_similarity(%s, words) DESC LIMIT %s",
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
    marks = ", ".join(["%s"] * len(trigrams))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT term FROM cases_customertrigrams WHERE term IN ({marks}) AND doc <= {COMMON}", trigrams)
        return [term for (term,) in cursor.fetchall()]


def _named(where: str, parameters: Sequence[int | str]) -> list[Named]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT w.id, w.customer, w.words FROM {where}", parameters)
        return [Named(*row) for row in cursor.fetchall()]
