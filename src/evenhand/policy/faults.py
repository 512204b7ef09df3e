"""What is wrong with an edition, said in plain English, and values read so strictly that nothing is guessed."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]
"""Where something stands in an edition: the names of tables and keys, and places in lists from 0."""

_SAYS = {
    "missing": "this is needed, and not given",
    "string_type": "expected text in quotation marks, not {input}",
    "int_type": "expected a whole number, not {input}",
    "bool_type": "expected true or false, not {input}",
    "tuple_type": "expected a list in square brackets, not {input}",
    "dict_type": "expected a table of names and values, not {input}",
    "model_type": "expected a table of names and values, not {input}",
    "date_type": "expected a day such as 2020-05-13, not {input}",
    "date_parsing": "expected a day such as 2020-05-13, not {input}",
    "enum": "expected {expected}, not {input}",
    "literal_error": "expected {expected}, not {input}",
    "greater_than_equal": "expected {ge} or more, not {input}",
    "value_error": "{error}",
}

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: at which key, on which line (counted from 1; None where nothing is written), and what."""

    key: str
    line: int | None
    says: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line is not None else ""
        return one_line(f"{place}{self.key}: {self.says}" if self.key else f"{place}{self.says}")


def one_line(text: str) -> str:
    """What was written may hold line breaks, marks that change the terminal, or a whole novel; the fault may not."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in shown)


class BadPolicy(ValueError):
    """An edition that cannot be used, with every one of its faults, in the order of their lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.line or 0, fault.key, fault.says)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def near(word: str, valid: Iterable[str]) -> str:
    """A hint at the valid word most like the one given, to be put after a sentence; empty where none is like it."""
    return "".join(f" (did you mean {match}?)" for match in get_close_matches(word[:_LONGEST], list(valid), n=1))


def strictly(hint: Any, given: Any) -> Any:
    """What was given, as the type of `hint`. Raises `ValidationError`.

    It goes through JSON, because only there is a list taken for a tuple while true is not taken for 1, nor "14" for 14.
    """
    return _adapter(hint).validate_json(json.dumps(given, default=str), strict=True)


@cache
def _adapter(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


def explained(hint: Any, error: ValidationError) -> list[tuple[Path, str]]:
    """Every fault of a value that was not `hint`: where in the value it is, and what to write there."""
    return [(tuple(one["loc"]), _says(hint, one)) for one in error.errors(include_url=False)]


def _says(hint: Any, error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        *above, word = error["loc"]
        return f"there is no such setting here{near(str(word), _settings_at(hint, above))}"
    shown = json.dumps(error["input"], ensure_ascii=False)
    words = {"input": shown if len(shown) <= 40 else f"{shown[:40]}...", "msg": error["msg"], **error.get("ctx", {})}
    hinted = near(str(error["input"]), re.findall(r"'(\w+)'", str(words.get("expected"))))
    return _SAYS.get(error["type"], "{msg}").format_map(words) + hinted


def _settings_at(hint: Any, path: Iterable[str | int]) -> Mapping[str, Any]:
    """The settings of a table, or of the table that stands at `path` within it."""
    for name in path:
        annotation = hint.model_fields[name].annotation
        kinds = getattr(annotation, "__args__", (annotation,))
        hint = next(kind for kind in kinds if issubclass(kind, BaseModel))
    fields: Mapping[str, Any] = hint.model_fields
    return fields
