"""Where a report can go: a button for each route with a sentence, and what follows once it went there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.casework.case import CaseFile
from evenhand.casework.wording import plain_day

JOIN = "join_case"
ROUTES: Mapping[str, tuple[str, str]] = {
    "new_case": ("Open a case", "Ordinary service has broken down, and this needs managing. The next page opens it."),
    "dealt_with": (
        "Settled on the spot",
        "It was talked over or sorted out. It stays on record, and no case is needed.",
    ),
    "watch": ("Watch", "One event that is not enough by itself. It counts if something like it happens again."),
    "service_recovery": ("Put our service right", "We let the person down first. Mend that before looking at conduct."),
    "complaint": (
        "Treat it as a complaint",
        "What they said is a complaint, however it was put. It goes to that procedure.",
    ),
    "safeguarding": ("Safeguarding", "A child or a vulnerable adult could be at risk. The referral comes first."),
    "asb": ("Anti-social behaviour", "Conduct between customers, or conduct that belongs to that procedure."),
    "staff_conduct": ("Conduct of a colleague", "What was said of one of us has to be looked into, by somebody apart."),
    "split": ("Split it", "The report tells of two things that go different ways. Name the report of the other part."),
    "nothing": ("Nothing more", "There is nothing here to act on. Say why."),
}
"""Every route but joining a case, in the order they are offered: what the button says, and when it is right."""


@dataclass(frozen=True, slots=True)
class Button:
    """One way a report can go: the value its button sends, what it says, and when it is right."""

    value: str
    title: str
    says: str

    @property
    def id(self) -> str:
        return f"route-{self.value.replace(' ', '-')}"


def buttons(cases: list[CaseFile]) -> list[Button]:
    """The buttons, joining each open case of the person after opening a new one."""
    plain = [Button(route, *words) for route, words in ROUTES.items()]
    joins = [Button(f"{JOIN} {case.name}", f"Add it to {case.name}", _of_case(case)) for case in cases]
    return [*joins, *plain]


def _of_case(case: CaseFile) -> str:
    opened = f"Open since {plain_day(case.opened_on)}. " if case.opened_on else ""
    return f"{opened}This report becomes part of that case."


def route_of(value: str) -> tuple[str, str]:
    """The route that a button sends, and the case it joins ('' for the others)."""
    route, _, case = value.partition(" ")
    return route, case
