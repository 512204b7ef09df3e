"""Between what somebody typed, as a browser posts it, and the data that a step's model takes; both ways, nothing lost.

What was typed is a mapping of names to lists of texts. Fields within fields have dotted names (`terms.reach`), rows of
a table a number (`findings.0.clause`), what is said of a code its code (`checklist.1.5`), and the parts of a day a dash
(`ends_on-day`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from evenhand.policy.clock import LONDON
from evenhand.web.steps.shapes import Shape

Typed = Mapping[str, Sequence[str]]
"""What was typed: name -> texts, as a browser posts them and as a draft keeps them."""
Raw = dict[str, Any]
"""What `casework.shape.read_draft` reads: blank fields are left out."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_PARTS = ("day", "month", "year")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
ROW = re.compile(r"[0-9]{1,3}")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")


def text_of(typed: Typed, name: str) -> str:
    """The one text typed under a name, with plain line ends; '' where there is none."""
    values = typed.get(name) or ("",)
    return values[-1].replace("\r\n", "\n")


def texts_of(typed: Typed, name: str) -> list[str]:
    """Every text typed under a name that is not blank."""
    return [value.replace("\r\n", "\n") for value in typed.get(name, ()) if value.strip()]


def parts_of_day(typed: Typed, name: str) -> tuple[str, str, str]:
    """Day, month and year as typed, or as a whole day given under the plain name breaks down."""
    whole = text_of(typed, name)
    if ISO.fullmatch(whole):
        year, month, day = whole.split("-")
        return str(int(day)), str(int(month)), year
    day, month, year = (text_of(typed, f"{name}-{part}") for part in DAY_PARTS)
    return whole or day, month, year


def day_from(text: str) -> str:
    """A day as the model wants it: '6 8 2026' and '6 August 2026' become 2026-08-06; the rest stays as it is."""
    words = re.split(r"[\s/.\-]+", text.strip())
    if ISO.fullmatch(text.strip()) or len(words) != len(DAY_PARTS):
        return text.strip()
    day, month, year = words
    number = str(MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in MONTHS else month
    is_day = day.isdecimal() and number.isdecimal() and year.isdecimal() and len(year) == len("2026")
    return f"{year}-{number:0>2}-{day:0>2}" if is_day else text.strip()


def _day(typed: Typed, name: str) -> str:
    return day_from(" ".join(part for part in parts_of_day(typed, name) if part.strip()))


def _clock(text: str) -> str:
    """A time of day as the model wants it: 9.30 becomes 09:30."""
    found = CLOCK.fullmatch(text.strip())
    return f"{found[1]:0>2}:{found[2]}" if found else text.strip()


def raw_from(shapes: Iterable[Shape], typed: Typed, above: str = "") -> Raw:
    """What a form's fields say, blank ones left out."""
    read = ((shape.name, _read(shape, typed, above + shape.name)) for shape in shapes)
    return {name: value for name, value in read if value is not None}


def _read(shape: Shape, typed: Typed, name: str) -> Any:
    """What one field says, or None where it is blank."""
    match shape.kind:
        case "several" | "lines":
            return texts_of(typed, name) or None
        case "tick" | "yes_no":
            return {"yes": True, "no": False}.get(text_of(typed, name))
        case "day":
            return _day(typed, name) or None
        case "instant":
            return "T".join(filter(None, (_day(typed, name), _clock(text_of(typed, f"{name}-time"))))) or None
        case "time":
            return _clock(text_of(typed, name)) or None
        case "group" | "changes" if shape.of[0].name != "value":
            raw = raw_from(shape.of, typed, f"{name}.")
            return raw if _says_something(shape.of, raw) else None
        case "rows":
            groups = [raw_from(shape.of, typed, f"{name}.{row}.") for row in rows_in(typed, name)]
            return [raw for raw in groups if _says_something(shape.of, raw)] or None
        case "answers":
            answers = {key: raw_from(shape.of, typed, f"{name}.{key}.") for key in keys_in(typed, name)}
            return {key: raw for key, raw in answers.items() if raw} or None
        case "each" | "departures" | "changes":
            return said_of_each(typed, name) or None
        case _:
            text = text_of(typed, name)
            return text if text.strip() else None


def _says_something(shapes: Sequence[Shape], raw: Raw) -> bool:
    """Whether a group was filled in: more than the answers it starts with."""
    defaults = {shape.name: shape.default for shape in shapes}
    return any(value != defaults[name] for name, value in raw.items())


def rows_in(typed: Typed, name: str) -> list[int]:
    """The numbers of the rows typed under a name."""
    return sorted({int(key) for key in keys_in(typed, name) if ROW.fullmatch(key)})


def keys_in(typed: Typed, name: str) -> list[str]:
    """The keys that stand under a name: `answers.reason.sources` has the key `reason` under `answers`."""
    under = (key.removeprefix(f"{name}.") for key in typed if key.startswith(f"{name}."))
    return list(dict.fromkeys(key.partition(".")[0] for key in under))


def said_of_each(typed: Typed, name: str) -> dict[str, str]:
    """What was typed of each code under a name, blank ones left out; a code may have dots itself, as a clause has."""
    said = {key.removeprefix(f"{name}."): text_of(typed, key) for key in typed if key.startswith(f"{name}.")}
    return {code: text for code, text in said.items() if text.strip()}


def typed_from(shapes: Iterable[Shape], raw: Mapping[str, Any], above: str = "") -> dict[str, list[str]]:
    """What a browser would post for data in a model's own words: python values or the texts they are written as."""
    typed: dict[str, list[str]] = {}
    for shape in shapes:
        value = raw.get(shape.name)
        if value is not None:
            typed |= _written(shape, value, above + shape.name)
    return typed


def _written(shape: Shape, value: Any, name: str) -> dict[str, list[str]]:
    match shape.kind:
        case "several" | "lines":
            return {name: [str(one) for one in value]}
        case "tick" | "yes_no":
            return {name: ["yes" if value else "no"]}
        case "day":
            return _day_written(value, name)
        case "instant":
            instant = (value if isinstance(value, datetime) else datetime.fromisoformat(value)).astimezone(LONDON)
            return {**_day_written(instant.date(), name), f"{name}-time": [f"{instant:%H:%M}"]}
        case "time":
            return {name: [f"{value:%H:%M}" if isinstance(value, time) else str(value)]}
        case "group" | "changes" if shape.of[0].name != "value":
            return typed_from(shape.of, value, f"{name}.")
        case "rows":
            return _together(typed_from(shape.of, row, f"{name}.{number}.") for number, row in enumerate(value))
        case "answers":
            return _together(typed_from(shape.of, answer, f"{name}.{key}.") for key, answer in value.items())
        case "each" | "departures" | "changes":
            return {f"{name}.{key}": [str(one)] for key, one in value.items()}
        case _:
            return {name: [str(value)]}


def _day_written(value: date | str, name: str) -> dict[str, list[str]]:
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return dict(
        zip((f"{name}-{part}" for part in DAY_PARTS), ([str(day.day)], [str(day.month)], [str(day.year)]), strict=True)
    )


def _together(several: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    return {name: texts for typed in several for name, texts in typed.items()}
