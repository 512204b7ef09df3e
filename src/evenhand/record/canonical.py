"""One text for one value, the same bytes wherever it is written: what the record stores and hashes.

Pure, and free of Django, so that a stand-alone verifier can use it.
"""

from __future__ import annotations

import json
from typing import Any

LARGEST = 10**1000
"""Far above any count or sum of money, and below what Python refuses to write out."""

Place = tuple[Any, ...]
"""Where a value stands, put into words only where it is refused."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class NotCanonical(ValueError):
    """A value the record cannot keep exactly; the message says where it stands and what to do."""


def canonical(value: object) -> str:
    """Compact JSON with sorted keys and characters exactly as given (no Unicode normalisation).

    Raises NotCanonical for floats, NUL, lone surrogates, keys that are not text and anything JSON has no word for.
    """
    try:
        _refuse_inexact(value, ("value",))
        return _ENCODER.encode(value)
    except RecursionError as error:
        raise NotCanonical("The value is nested too deeply to be recorded; flatten it.") from error


def canonical_bytes(value: object) -> bytes:
    """`canonical` as UTF-8."""
    return canonical(value).encode()


def refuse_unstorable(text: str, where: str | Place) -> None:
    """Raises NotCanonical for text that one database would keep and the other would not."""
    if "\x00" in text:
        raise NotCanonical(f"{_said(where)} holds a NUL character, which cannot be recorded; remove it.")
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"{_said(where)} holds half of a character pair (a lone surrogate); remove it.") from error


def _refuse_inexact(value: object, where: Place) -> None:
    if isinstance(value, str):
        if not value.isascii() or "\x00" in value:
            refuse_unstorable(value, where)
    elif value is None:
        return
    elif isinstance(value, dict):
        _refuse_inexact_members(value, where)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            _refuse_inexact(item, (where, "[", place, "]"))
    elif isinstance(value, int):
        if abs(value) >= LARGEST:
            raise NotCanonical(f"{_said(where)} is a number of too many digits; use text.")
    elif isinstance(value, float):
        raise NotCanonical(f"{_said(where)} is {value!r}: floats are not exact; use a whole number or text.")
    else:
        raise NotCanonical(f"{_said(where)} is a {type(value).__name__}, which JSON has no word for; give it as text.")


def _refuse_inexact_members(members: dict[Any, object], where: Place) -> None:
    for key, member in members.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{_said(where)} has the key {key!r}; keys must be text.")
        refuse_unstorable(key, ("a key of ", where))
        if member.__class__ is not str or not member.isascii() or "\x00" in member:  # most members are plain words
            _refuse_inexact(member, (where, ".", key))


def _said(where: object) -> str:
    return "".join(map(_said, where)) if isinstance(where, tuple) else str(where)
