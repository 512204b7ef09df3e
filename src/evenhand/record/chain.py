"""How entries are bound to their content and to each other: salted commitments and a chain of SHA-256.

Pure, and free of Django, so that a stand-alone verifier can use it. All hashes are lower-case hexadecimal.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from evenhand.record.canonical import canonical, canonical_bytes, refuse_unstorable

PARTS = ("facts", "findings", "main", "reporter")
SALT_BYTES = 16
WORD = re.compile(r"[A-Za-z0-9_.:@+~-]{1,100}")


class BadHeader(ValueError):
    """A header field that is not one plain word; the message names it."""


class EntryRef(NamedTuple):
    """The name of an entry: which file, and which place in it (from 1)."""

    kind: str
    file_id: str
    sequence: int

    def __str__(self) -> str:
        return f"{self.kind}/{self.file_id}#{self.sequence}"

    @classmethod
    def parse(cls, text: str) -> EntryRef:
        """The inverse of `str`; raises BadHeader."""
        kind, _, rest = text.partition("/")
        file_id, _, sequence = rest.partition("#")
        if not (sequence.isascii() and sequence.isdigit() and WORD.fullmatch(kind) and WORD.fullmatch(file_id)):
            raise BadHeader(f"{text!r} names no entry; write kind/file#sequence, as in case/case-1#3.")
        return cls(kind, file_id, int(sequence))


class Header(NamedTuple):
    """What stays for ever about one entry, as the text and numbers that are stored and hashed.

    `commitments` is canonical JSON, part name to commitment; `erases` is the digest of the erasures
    this entry made, or empty; `because_of` is the `EntryRef` of the entry this one follows from, or empty.
    """

    kind: str
    file_id: str
    sequence: int
    step: str
    schema_version: int
    edition_hash: str
    engine_version: str
    actor_id: str
    role: str
    taken_on: str
    recorded_at: str
    because_of: str
    commitments: str
    erases: str
    previous: str


HEADER_FIELDS = Header._fields
WORDS = ("kind", "file_id", "step", "edition_hash", "engine_version", "actor_id", "role")


def refuse_free_text(header: Header) -> None:
    """Headers outlive erasure, so they hold plain words only; raises BadHeader for anything that could be prose."""
    for name in WORDS:
        if not WORD.fullmatch(getattr(header, name)):
            raise BadHeader(
                f"The entry's {name} is {getattr(header, name)!r}; it must be one word of at most 100 letters, "
                "digits and _.:@+~- because it can never be erased."
            )


def genesis(kind: str, file_id: str) -> str:
    """What the first entry of a file follows: bound to the file, so a chain cannot be moved to another."""
    return sha256(canonical_bytes(["evenhand file", kind, file_id]))


def header_hash(header: Header) -> str:
    """The entry's own hash, over every field of its header including the previous hash."""
    return sha256(canonical_bytes(["evenhand entry", *header]))


def commitment(salt: bytes, body: bytes) -> str:
    """Proves what a part said without saying it; without the salt, guessing at the words proves nothing."""
    return sha256(salt + body)


def is_proof(proof: str, salt: bytes, body: bytes) -> bool:
    """Whether `proof` commits to this body; the salt's length counts, or bytes could slip from body to salt."""
    return len(salt) == SALT_BYTES and commitment(salt, body) == proof


def seal(body: str, where: str) -> SealedPart:
    """The part as it is stored, under a fresh salt; raises NotCanonical for text that cannot be kept exactly."""
    refuse_unstorable(body, where)
    salt, exact = secrets.token_bytes(SALT_BYTES), body.encode()
    return SealedPart(salt, exact, commitment(salt, exact))


class SealedPart(NamedTuple):
    """A part's content with its salt and commitment."""

    salt: bytes
    body: bytes
    commitment: str


def commitments_text(parts: Mapping[str, SealedPart]) -> str:
    """The header's `commitments` for these parts; raises BadHeader for a part name outside PARTS."""
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        raise BadHeader(f"An entry has no part called {unknown[0]!r}; the parts are {', '.join(PARTS)}.")
    return canonical({name: part.commitment for name, part in parts.items()})


def running_digest(rows: Iterable[tuple[object, ...]]) -> str:
    """One digest of any number of rows in their order, a line each, in bounded memory."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical_bytes(row))
        digest.update(b"\n")
    return digest.hexdigest()


def instant_text(instant: datetime) -> str:
    """UTC to the microsecond in fixed width, so that text order is time order; raises BadHeader without a zone."""
    if instant.tzinfo is None:
        raise BadHeader(f"The instant {instant.isoformat()} has no time zone; give one.")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
