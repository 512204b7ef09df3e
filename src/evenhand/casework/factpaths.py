"""What a story may ask of a file by name: a small, documented set of dotted paths per kind of file."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from evenhand.casework.entry import File
from evenhand.casework.steps.base import FileKind

Read = Callable[[Any, date], Any]


def _plain(*names: str) -> dict[str, Read]:
    """Paths that are read as the thing itself gives them."""
    return {name: partial(_attribute, name) for name in names}


def _attribute(name: str, thing: Any, _day: date) -> Any:
    return getattr(thing, name)


FACT_PATHS: Mapping[FileKind, Mapping[str, Read]] = {
    "incident": {
        **_plain("state", "subject", "reporter", "happened_on", "reporter_told"),
        "affected": lambda file, _: sorted(file.affected),
        "route": lambda file, _: file.triage.data.route if file.triage else None,
    },
    "case": {
        **_plain("state", "subject", "officer", "edition", "opened_on", "died_on"),
        "urgent": lambda file, _: file.is_urgent,
        "restricted": lambda file, _: file.is_restricted,
        "incidents": lambda file, _: sorted(file.incidents),
    },
    "flag": {
        **_plain("state", "subject", "place", "category", "control_measures", "review_by", "lapses_on", "ended_on"),
        "live": lambda file, day: file.live_on(day),
        "told": lambda file, _: file.is_told,
        "disputed": lambda file, _: file.open_dispute is not None,
    },
    "person": {
        **_plain("state", "died_on"),
        "needs": lambda file, _: [entry.data.need for entry in file.needs if entry.data.need],
        "representatives": lambda file, day: [entry.data.representative for entry in file.representatives_on(day)],
        "complaints": lambda file, _: len(file.complaints),
    },
    "inquiry": {
        **_plain("state", "subject", "colleague", "case", "inquirer", "opened_on"),
        "kept_to": lambda file, _: sorted(file.kept_to),
        "outcome": lambda file, _: file.conclusion.data.outcome if file.conclusion else None,
    },
}
"""Each path with how it is read from the file on a day."""


def state_of(sanction: Any, day: date) -> str:
    """Where a sanction stands on a day."""
    if sanction.is_declined:
        return "declined"
    if sanction.ended_on is not None and day >= sanction.ended_on:
        return "ended"
    if sanction.bound_on(day):
        return "live" if sanction.live_on(day) else "suspended"
    if sanction.imposed_on is not None:
        return "lapsed" if day > sanction.imposed_on else "to begin"
    return "proposed" if sanction.approved_on is None else "approved"


THINGS: Mapping[str, Mapping[str, Read]] = {
    "sanctions": {
        "state": state_of,
        **_plain("subject", "approved_on", "told_on", "imposed_on", "appeal_by", "review_from", "review_by"),
        **_plain("ends_on", "ended_on"),
        "remedy": lambda sanction, _: sanction.measure.remedy,
        "review_overdue": lambda sanction, day: sanction.review_overdue_on(day),
        "live": lambda sanction, day: sanction.live_on(day),
    },
    "appeals": {
        **_plain("state", "officer", "received_on"),
        "late": lambda appeal, _: appeal.is_late,
        "outcome": lambda appeal, _: appeal.decision.data.outcome if appeal.decision else None,
    },
}
"""Things inside a case, named by the entry that made them: `sanctions.<name>.live`, `appeals.<name>.officer`."""


def paths_of(kind: FileKind) -> list[str]:
    """Every path of a kind of file, with `<name>` where the name of an entry goes."""
    inside = [f"{things}.<name>.{path}" for things, paths in THINGS.items() for path in paths] if kind == "case" else []
    return [*FACT_PATHS[kind], *inside]


def name_in(path: str) -> str:
    """The entry's name in a path to something inside a case, or ''."""
    things, _, rest = path.partition(".")
    return rest.rpartition(".")[0] if things in THINGS else ""


def pattern_of(path: str) -> str:
    """The documented form of a path."""
    name = name_in(path)
    return path.replace(f".{name}.", ".<name>.") if name else path


def fact(file: File, path: str, day: date, refs: Mapping[str, str]) -> str | tuple[str, ...]:
    """What a path holds on a day, as a scenario writes it; 'none' where there is nothing."""
    name = name_in(path)
    if not name:
        return as_written(FACT_PATHS[file.kind][path](file, day))
    things, _, rest = path.partition(".")
    thing = getattr(file, things).get(refs.get(name, name))
    return "none" if thing is None else as_written(THINGS[things][rest.rpartition(".")[2]](thing, day))


def as_written(value: Any) -> str | tuple[str, ...]:
    """A value in the words of a scenario: true and false, days as 2021-08-06, 'none' for nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or value == "":
        return "none"
    if isinstance(value, Collection) and not isinstance(value, str):
        return tuple(str(one) for one in value)
    return value.isoformat() if isinstance(value, date) else str(value)
