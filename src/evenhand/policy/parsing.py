"""From the text of an edition to the edition, or to everything that is wrong with it."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from evenhand.policy.edition import Edition
from evenhand.policy.engine import Gate, Vocabulary
from evenhand.policy.faults import BadPolicy, Fault, near, one_line
from evenhand.policy.floors import lacking, lowered, said
from evenhand.policy.gates import bind
from evenhand.policy.references import check_references, clauses_used
from evenhand.policy.shapes import StepRule
from evenhand.policy.tables import Draft, read_tables

# The longest edition known is a tenth of this; far above it a text is no policy, and reading it would only take time.
_LONGEST = 1_000_000


class UnknownEdition(ValueError):
    """An edition that is neither shipped nor a file that can be read."""


def parse(text: str, vocabulary: Vocabulary) -> Edition:
    """The edition that a TOML text describes, its gates bound to the checks and duties of `vocabulary`.

    Raises `BadPolicy` with every fault at once. A floor of the vocabulary that the edition does not keep is added to
    the gate of its step and named in `Edition.floors`. Raises `ValueError` when the vocabulary itself is not sound.
    """
    draft = Draft(text, _toml(text), vocabulary)
    read_tables(draft)
    check_references(draft)
    if draft.faults:
        raise BadPolicy(draft.faults)
    edition, steps = draft.tables["about"].id, draft.tables["steps"]
    gates, floors = _bound(edition, steps, vocabulary)
    used = clauses_used(draft)
    return Edition(
        **draft.tables,
        gates=gates,
        floors=(*floors, *lowered(draft.tables)),
        unused_clauses=tuple(clause for clause in draft.tables["clauses"] if clause not in used),
        hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def _bound(
    edition: str, steps: Mapping[str, StepRule], vocabulary: Vocabulary
) -> tuple[Mapping[str, Gate], tuple[str, ...]]:
    gates = {name: tuple(bind(line, edition, vocabulary) for line in step.gate) for name, step in steps.items()}
    floors = []
    for floor, line in lacking(steps, vocabulary):
        gates[floor.step] += (bind(line, edition, vocabulary),)
        floors.append(said(floor))
    return gates, tuple(floors)


def _toml(text: str) -> dict[str, Any]:
    """What TOML makes of the text; raises `BadPolicy` with the one fault that keeps it from being read.

    Days are given as text, so that a day where a name belongs is a name that nobody knows, wherever it is looked up.
    """
    if len(text) > _LONGEST:
        raise _unreadable(None, f"the text is {len(text):,} characters long; an edition has at most {_LONGEST:,}")
    if match := re.search(r"[\0\ud800-\udfff]", text):
        what = "a NUL" if match[0] == "\0" else "half a character"
        raise _unreadable(_line(text, match.start()), f"there is {what} here, which no text may hold: delete it")
    try:
        raw: dict[str, Any] = json.loads(json.dumps(tomllib.loads(text), default=str))
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(text, str(error)) from None
    except RecursionError:
        raise _unreadable(None, "lists or tables are nested too deeply to be read") from None
    except ValueError:
        raise _unreadable(None, "a number has too many digits to be read") from None
    return raw


def _not_toml(text: str, message: str) -> BadPolicy:
    """Takes tomllib's 'Expected newline (at line 3, column 7)' apart; at the end of the text, it is the last line."""
    says, _, place = message.rpartition(" (at ")
    line = re.search(r"line (\d+)", place)
    return _unreadable(int(line[1]) if line else _line(text.rstrip(), len(text)), f"this is not TOML: {says}")


def _unreadable(line: int | None, says: str) -> BadPolicy:
    return BadPolicy([Fault("", line, says)])


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def load(name_or_path: str | Path, vocabulary: Vocabulary) -> Edition:
    """A shipped edition by its name, or one from a file. Raises `UnknownEdition` and `BadPolicy`."""
    source: Traversable = Path(name_or_path)
    if name_or_path in shipped():
        source = _editions() / f"{name_or_path}.toml"
    try:
        content = source.read_bytes()
    except (OSError, ValueError) as error:
        why = (isinstance(error, OSError) and error.strerror) or "no file can have this name"
        hint = near(str(name_or_path), shipped())
        known = f"no edition of this name is shipped{hint}, and as a file it cannot be read: {why}"
        raise UnknownEdition(one_line(f"{name_or_path}: {known}.")) from None
    return parse(_decoded(content), vocabulary)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable(line, "this is not UTF-8 text: save the file as UTF-8") from None


def shipped() -> tuple[str, ...]:
    """The names of the editions that come with Evenhand."""
    names = (entry.name for entry in _editions().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _editions() -> Traversable:
    return files("evenhand.policy") / "editions"


def new_edition_text() -> str:
    """The commented file from which a landlord's own edition starts."""
    return (files("evenhand.policy") / "new_edition.toml").read_text(encoding="utf-8")
