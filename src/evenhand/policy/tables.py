"""Reads every table, row and gate line of an edition on its own, so that no fault hides another."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cached_property
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, ValidationError

from evenhand.policy.edition import Edition
from evenhand.policy.engine import Vocabulary
from evenhand.policy.faults import Fault, Path, explained, near, strictly
from evenhand.policy.lines import lines_of
from evenhand.policy.shapes import Rule, StepRule

_HINTS = get_type_hints(Edition)
SHAPES: Mapping[str, Any] = {
    table.name: _HINTS[table.name]
    for table in fields(Edition)
    if table.default is MISSING and table.default_factory is MISSING
}
"""The tables of an edition, as the fields of `Edition` declare them: one table each, or a mapping of named rows."""

_MAY_BE_LEFT_OUT = frozenset({"bodies", "outside", "codes", "settings"})


@dataclass
class Draft:
    """An edition on its way to being one: what was written and where, what of it could be read, and all its faults."""

    text: str
    raw: Mapping[str, Any]
    vocabulary: Vocabulary
    tables: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        """Where things are written; looked for only when there is a fault to place."""
        return lines_of(self.text)

    def fault(self, path: Path, says: str) -> None:
        """Notes what is wrong at `path`, with the line of the nearest thing above it that is written."""
        lengths = range(len(path), 0, -1)
        line = next((self.lines[path[:length]] for length in lengths if path[:length] in self.lines), None)
        self.faults.append(Fault(_key(path), line, says))

    def rows(self, table: str) -> Mapping[str, Any]:
        """The rows of a table as written, whether or not they could be read."""
        rows = self.raw.get(table)
        return rows if isinstance(rows, dict) else {}

    def is_judged(self, table: str) -> bool:
        """Whether the table is there to be referred to: that it is missing is said once, and not at each reference."""
        return table in _MAY_BE_LEFT_OUT or isinstance(self.raw.get(table), dict)

    def read(self, path: Path, hint: Any, given: Any) -> Any:
        """What stands at `path` as the type of `hint`, or None when it has faults, which are noted."""
        try:
            return strictly(hint, given)
        except ValidationError as error:
            for within, says in explained(hint, error):
                self.fault((*path, *within), says)
        return None


def _key(path: Path) -> str:
    """The path as people write it: `steps.open_case.gate[2].clause`, the second line of the gate."""
    parts = []
    for part in path:
        if isinstance(part, int):
            parts.append(f"[{part + 1}]")
        else:
            parts.append("." + (part if part.replace("_", "").replace("-", "").isalnum() else f'"{part}"'))
    return "".join(parts).removeprefix(".")


def read_tables(draft: Draft) -> None:
    """Reads all that is written into `draft.tables`, leaving out what has faults."""
    for name in draft.raw.keys() - SHAPES.keys():
        draft.fault((name,), f"an edition has no such table{near(name, SHAPES)}")
    for name, shape in SHAPES.items():
        given = draft.raw.get(name, {} if name in _MAY_BE_LEFT_OUT else None)
        if given is None:
            draft.fault((name,), "this table is needed, and not given")
        elif not isinstance(given, dict):
            draft.fault((name,), f"expected a table headed [{name}]")
        elif isinstance(shape, type) and issubclass(shape, BaseModel):
            draft.tables[name] = draft.read((name,), shape, given)
        else:
            draft.tables[name] = _read_rows(draft, name, get_args(shape)[1], given)


def _read_rows(draft: Draft, table: str, shape: Any, given: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = {}
    for name, row in given.items():
        path = (table, name)
        rows[name] = _read_step(draft, path, row) if shape is StepRule else draft.read(path, shape, row)
    return {name: row for name, row in rows.items() if row is not None}


def _read_step(draft: Draft, path: Path, given: Any) -> StepRule | None:
    """A step with its gate, each line of which is read on its own."""
    gate = given.get("gate") if isinstance(given, dict) else None
    apart = gate if isinstance(gate, list) else []
    step: StepRule | None = draft.read(path, StepRule, {**given, "gate": []} if apart else given)
    lines = [draft.read((*path, "gate", place), Rule, line) for place, line in enumerate(apart)]
    return step and step.model_copy(update={"gate": tuple(line for line in lines if line is not None)})


def tables_with(setting: str) -> tuple[str, ...]:
    """Where a setting such as `clause` may stand: `appeals`, `periods.*` and so on, gate lines included."""
    rows = {name: get_args(shape)[-1] if get_args(shape) else shape for name, shape in SHAPES.items()}
    places = {name if rows[name] is SHAPES[name] else f"{name}.*": row for name, row in rows.items()}
    shapes = {**places, "steps.*.gate.*": Rule}
    return tuple(place for place, row in shapes.items() if setting in getattr(row, "model_fields", ()))
