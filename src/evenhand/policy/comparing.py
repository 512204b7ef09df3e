"""Two editions side by side: everything that the one says and the other does not, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel

from evenhand.policy.edition import Edition
from evenhand.policy.shapes import PeriodRule, Rule, StepRule

PARTS: Mapping[str, str] = {
    "about": "About this edition",
    "clauses": "Clauses",
    "periods": "Time limits",
    "reviews": "Reviews",
    "remedies": "Measures",
    "ladder": "Ladder",
    "appeals": "Appeals",
    "scope": "Scope",
    "roles": "Roles",
    "bodies": "Bodies",
    "behaviours": "Kinds of conduct",
    "questions": "Questions",
    "needs": "Needs",
    "channels": "Channels",
    "topics": "Reasons to be in touch",
    "flags": "Warning flags",
    "letters": "Letters",
    "outside": "Outside bodies",
    "duties": "Duties",
    "retention": "How long files are kept",
    "settings": "Settings",
    "codes": "Codes",
    "steps": "Steps",
    "gates": "What steps ask",
    "floors": "What no edition can go below",
}
"""The parts of an edition in the order a reader wants them, with their titles."""
PERIOD_UNITS = frozenset({"days", "working_days", "months", "years"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in which part, of what, under which clause, and what it was and is ('' where it was not there).

    `setting` names what of it changed; '' where all of it came or went.
    """

    part: str
    name: str
    setting: str
    clause: str
    was: str
    now: str

    @property
    def sentence(self) -> str:
        """The change as a person would say it."""
        what = f"{self.name}: {self.setting}" if self.setting else self.name
        if not self.was:
            return f"{what}: new, {self.now}"
        if not self.now:
            return f"{what}: no longer there; it was {self.was}"
        return f"{what}: was {self.was}, is now {self.now}"


def compare(old: Edition, new: Edition) -> tuple[Change, ...]:
    """Every difference between two editions, part by part; nothing where they say the same."""
    return tuple(change for part in PARTS for change in _part(part, old, new))


def _part(part: str, old: Edition, new: Edition) -> Iterator[Change]:
    if part == "floors":
        return _floors(old.floors, new.floors)
    if part == "gates":
        return _gates(old.steps, new.steps)
    was, now = getattr(old, part), getattr(new, part)
    return _rows(part, was, now) if isinstance(was, Mapping) else _settings(part, PARTS[part], was, now)


def _floors(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    yield from (Change("floors", "Added by the software", "", "", floor, "") for floor in old if floor not in new)
    yield from (Change("floors", "Added by the software", "", "", "", floor) for floor in new if floor not in old)


def _rows(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was is None or now is None or isinstance(now, str):
            clause = name if part == "clauses" else _clause(was if now is None else now)
            changed: Iterable[Change] = (Change(part, _called(name), "", clause, _whole(was), _whole(now)),)
        else:
            changed = _settings(part, _called(name), was, now)
        yield from changed if was != now else ()


def _settings(part: str, title: str, old: Any, new: Any) -> Iterator[Change]:
    """What differs between two rows of a kind, setting by setting."""
    was, now = _by_setting(old), _by_setting(new)
    for setting in dict.fromkeys((*was, *now)):
        before, after = was.get(setting, ""), now.get(setting, "")
        if before != after:
            yield Change(part, title, _called(setting).lower(), _clause(new), before, after)


def _by_setting(row: Any) -> dict[str, str]:
    """A row's settings in words; a period is one of them, whatever its unit, and a step's gate is compared apart."""
    if not isinstance(row, BaseModel):
        return {name: in_words(value) for name, value in row.items()}
    left_out = {
        *(PERIOD_UNITS if isinstance(row, PeriodRule) else ()),
        *({"gate"} if isinstance(row, StepRule) else ()),
    }
    told = {name: in_words(value) for name, value in row if name not in left_out}
    return {"limit": str(row.period), **told} if isinstance(row, PeriodRule) else told


def _whole(row: Any) -> str:
    """All of a row in a few words: a title where it has one."""
    if row is None:
        return ""
    if isinstance(row, PeriodRule):
        return str(row.period)
    if not isinstance(row, BaseModel):
        return in_words(row)
    return in_words(getattr(row, "title", None) or getattr(row, "text", None) or row)


def _gates(old: Mapping[str, StepRule], new: Mapping[str, StepRule]) -> Iterator[Change]:
    """What is asked of steps that both editions have; a step that came or went says so itself."""
    for step in (name for name in old if name in new):
        was, now = _lines(old[step]), _lines(new[step])
        for line in dict.fromkeys((*was, *now)):
            before, after = was.get(line), now.get(line)
            if before != after:
                clause = (after or before or ("", ""))[0]
                yield Change("gates", new[step].title, line, clause, _told(before), _told(after))


def _told(line: tuple[str, str] | None) -> str:
    return f"{line[1]}, clause {line[0]}" if line else ""


def _lines(step: StepRule) -> dict[str, tuple[str, str]]:
    """Each gate line by what it asks and when, with its clause and its force and settings in words."""
    found: dict[str, tuple[str, str]] = {}
    for line in step.gate:
        what = f"{_called(line.check or line.duty or '')}{conditions(line)}".lower()
        settings = "".join(f", {_called(k).lower()} {in_words(v)}" for k, v in (line.model_extra or {}).items())
        while what in found:
            what += " (again)"
        found[what] = (line.clause, f"{line.force.value}{settings}")
    return found


def conditions(line: Rule) -> str:
    """When a gate line is asked, in words; '' where always."""
    when = [f"when {_called(trait).lower()} is {' or '.join(words)}" for trait, words in line.when.items()]
    unless = [f"unless {_called(trait).lower()} is {' or '.join(words)}" for trait, words in line.unless.items()]
    return f" ({', '.join((*when, *unless))})" if when or unless else ""


def in_words(value: Any) -> str:
    """Any value of an edition as it is read aloud; what is not set is 'none'."""
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return _called(str(value.value)).lower()
    if isinstance(value, date):
        return f"{value.day} {value:%B} {value.year}"
    if isinstance(value, BaseModel):
        return in_words({name: part for name, part in value if part not in (None, (), "", {})})
    if isinstance(value, Mapping):
        return "; ".join(f"{_called(str(k)).lower()}: {in_words(v)}" for k, v in value.items()) or "none"
    if isinstance(value, tuple):
        return ", ".join(in_words(part) for part in value) or "none"
    return str(value)


def _called(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _clause(row: Any) -> str:
    return str(getattr(row, "clause", None) or "")
