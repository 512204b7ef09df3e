"""How the mail reads: plain text that names no customer and tells nothing of a case but its reference (H15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings

from evenhand.casework.wording import listed
from evenhand.web.lists.today import Item, Part
from evenhand.web.reminding.owing import LATE, OVERDUE, SOON, WAITING

COUNTED = {OVERDUE: "overdue", SOON: "due soon", WAITING: "waiting for you", LATE: "overdue with others"}
WHY = {LATE: "You are told of these because the policy names your role once their day has passed."}
ENDS = (
    "This mail names no customer: please keep it so if you pass it on. It comes on working days, and only while "
    "something is owed."
)


def subject(parts: Mapping[str, Part]) -> str:
    """'3 overdue, 1 waiting for you': counts alone, because a subject is read over shoulders."""
    return ", ".join(f"{_number(part)} {COUNTED[heading]}" for heading, part in parts.items())


def body(name: str, parts: Mapping[str, Part]) -> str:
    """The whole mail to somebody of that name."""
    return "\n".join(_lines(name, parts))


def _lines(name: str, parts: Mapping[str, Part]) -> Iterator[str]:
    yield f"{name},"
    yield ""
    yield f"{listed(f'{_number(part)} {COUNTED[heading]}' for heading, part in parts.items())}."
    for heading, part in parts.items():
        yield from ("", heading.upper(), *filter(None, [WHY.get(heading)]))
        for item in part.items:
            yield from ("", *_item(item))
        if part.has_more:
            yield from ("", "And more: see your first page.")
    yield from ("", "", f"All of it: {address('/')}", "", ENDS, "")


def _item(item: Item) -> Iterator[str]:
    """What to do, where and by when; by the step's own name, because `what` may tell of the measure."""
    clause = f" (clause {item.clause})" if item.clause else ""
    yield f"- {item.label}, {item.file}: {item.when}{clause}"
    yield f"  {address(item.href)}"


def _number(part: Part) -> str:
    return f"{len(part.items)}{' or more' if part.has_more else ''}"


def address(path: str) -> str:
    """The whole address of a page, for whoever is not at the desk."""
    return f"{settings.DESK_URL}{path}"
