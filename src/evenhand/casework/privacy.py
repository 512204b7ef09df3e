"""What is kept from most of those who see a file: what could tell who reported, and legal advice that is privileged.

Who reads it all the same stands in `cases.seeing`; where it may never go, in the checks that ask `is_privileged`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from evenhand.casework.facts import Facts
from evenhand.casework.steps.base import StepData, said
from evenhand.casework.steps.casefacts import GUARDED, PRIVILEGED
from evenhand.casework.steps.control import Disclose
from evenhand.casework.steps.decision import Measure
from evenhand.casework.steps.notice import ReviewSanction
from evenhand.casework.wording import listed, plain_day

SHOWN_OUTSIDE: tuple[type[StepData], ...] = (Disclose, Measure, ReviewSanction)
"""Steps by which what they point at reaches somebody outside: the customer is told what a decision rests on."""
Kept = Literal["", "private", "privileged"]


def is_privileged(data: StepData) -> bool:
    """Whether what a step says is legal advice, or was said to get it, and stays with the adviser and us (clause 4.6).

    One showing outside can end the privilege for good.
    """
    return bool(said(data, "privileged")) or said(data, "sensitivity") == PRIVILEGED


def kept_as(data: StepData) -> Kept:
    """Why what a step says is kept to a few: `private` for those who handle reports (H3), or `privileged`."""
    if is_privileged(data):
        return "privileged"
    return "private" if said(data, "sensitivity") in GUARDED else ""


def privileged_among(facts: Facts, refs: Iterable[str]) -> str:
    """The privileged entries among those named, in words with the days they were entered; '' for none."""
    found = (facts.entry(ref) for ref in dict.fromkeys(refs))
    days = dict.fromkeys(plain_day(e.taken_on) for e in found if e is not None and is_privileged(e.data))
    return f"what was entered on {listed([*days])}" if days else ""
