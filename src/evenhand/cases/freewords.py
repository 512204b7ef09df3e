"""The free words of an entry, as search reads them: of its `main` part only, never who reported (H3).

Nor what is kept to a few, nor why an entry was corrected, which may be such: search shows the words it found to all
who may see the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evenhand.casework.entry import ERASED, free_text
from evenhand.casework.privacy import kept_as
from evenhand.casework.steps.base import Data, StepData
from evenhand.casework.steps.control import CorrectEntry
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.stored import REPORTER_FIELDS


def words_of(data: StepData) -> str:
    """Everything typed freely into a step, one text a line; '' where nothing is left of it."""
    return "" if kept_as(data) or isinstance(data, CorrectEntry) else "\n".join(_free(data))


def _free(data: Data) -> Iterator[str]:
    model: type[Data] = type(data)
    free = free_text(model) - REPORTER_FIELDS if model is ReportIncident else free_text(model)
    for name, value in vars(data).items():
        if value:
            yield from _texts(value) if name in free else _nested(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value != ERASED:
            yield value
    else:
        for one in _members(value):
            yield from _texts(one)


def _nested(value: Any) -> Iterator[str]:
    if isinstance(value, Data):
        yield from _free(value)
    elif isinstance(value, Mapping | tuple):
        for one in _members(value):
            yield from _nested(one)


def _members(value: Any) -> Iterable[Any]:
    """In the order in which the record keeps them."""
    return (value[key] for key in sorted(value)) if isinstance(value, Mapping) else value
