"""What a story may ask of a file by name: a small, documented set of dotted paths per kind of file."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from evenhand.casework.entry import File
from evenhand.casework.steps.base import FileKind

Read = Callable[[Any, date], Any]

FACT_PATHS: Mapping[FileKind, Mapping[str, Read]] = {
    "incident": {
        "state": lambda file, _: file.state,
        "subject": lambda file, _: file.subject,
        "reporter": lambda file, _: file.reporter,
        "happened_on": lambda file, _: file.happened_on,
        "affected": lambda file, _: sorted(file.affected),
        "route": lambda file, _: file.triage.data.route if file.triage else None,
        "reporter_told": lambda file, _: file.reporter_told,
    },
    "case": {
        "state": lambda file, _: file.state,
        "subject": lambda file, _: file.subject,
        "officer": lambda file, _: file.officer,
        "edition": lambda file, _: file.edition,
        "urgent": lambda file, _: file.is_urgent,
        "restricted": lambda file, _: file.is_restricted,
        "incidents": lambda file, _: sorted(file.incidents),
        "opened_on": lambda file, _: file.opened_on,
        "died_on": lambda file, _: file.died_on,
    },
    "flag": {
        "state": lambda file, _: file.state,
        "subject": lambda file, _: file.subject,
        "place": lambda file, _: file.place,
        "category": lambda file, _: file.category,
        "control_measures": lambda file, _: file.control_measures,
        "live": lambda file, day: file.live_on(day),
        "told": lambda file, _: file.is_told,
        "disputed": lambda file, _: file.open_dispute is not None,
        "review_by": lambda file, _: file.review_by,
        "lapses_on": lambda file, _: file.lapses_on,
        "ended_on": lambda file, _: file.ended_on,
    },
    "person": {
        "state": lambda file, _: file.state,
        "needs": lambda file, _: [entry.data.need for entry in file.needs if entry.data.need],
        "representatives": lambda file, day: [entry.data.representative for entry in file.representatives_on(day)],
        "complaints": lambda file, _: len(file.complaints),
        "died_on": lambda file, _: file.died_on,
    },
    "inquiry": {
        "state": lambda file, _: file.state,
        "subject": lambda file, _: file.subject,
        "colleague": lambda file, _: file.colleague,
        "case": lambda file, _: file.case,
        "inquirer": lambda file, _: file.inquirer,
        "kept_to": lambda file, _: sorted(file.kept_to),
        "outcome": lambda file, _: file.conclusion.data.outcome if file.conclusion else None,
        "opened_on": lambda file, _: file.opened_on,
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
        "remedy": lambda sanction, _: sanction.measure.remedy,
        "subject": lambda sanction, _: sanction.subject,
        "approved_on": lambda sanction, _: sanction.approved_on,
        "told_on": lambda sanction, _: sanction.told_on,
        "imposed_on": lambda sanction, _: sanction.imposed_on,
        "appeal_by": lambda sanction, _: sanction.appeal_by,
        "review_from": lambda sanction, _: sanction.review_from,
        "review_by": lambda sanction, _: sanction.review_by,
        "review_overdue": lambda sanction, day: sanction.review_overdue_on(day),
        "ends_on": lambda sanction, _: sanction.ends_on,
        "ended_on": lambda sanction, _: sanction.ended_on,
        "live": lambda sanction, day: sanction.live_on(day),
    },
    "appeals": {
        "state": lambda appeal, _: appeal.state,
        "officer": lambda appeal, _: appeal.officer,
        "late": lambda appeal, _: appeal.is_late,
        "received_on": lambda appeal, _: appeal.received_on,
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
