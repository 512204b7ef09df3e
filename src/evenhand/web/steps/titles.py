"""Codes as people read them: by the edition's titles, and the few words that steps choose from themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from evenhand.casework.describing import code_lists
from evenhand.policy.edition import Edition

WORDS: Mapping[str, str] = {
    "asb": "Anti-social behaviour procedure",
    "brought_in": "Brought in from before",
    "call_note": "Note of a call",
    "data_request": "Request for their own data",
    "dealt_with": "Settled on the spot",
    "email": "E-mail",
    "fri": "Friday",
    "go_ahead_changed": "Go ahead, with changes",
    "in": "From them to us",
    "join_case": "Join a case",
    "lift": "Lift it: it ends",
    "vary": "Vary it: the terms change",
    "continue": "Continue it: it stays",
    "mon": "Monday",
    "new_case": "Open a new case",
    "no_reply": "No reply came",
    "no_sanction": "No sanction",
    "not_known": "Not known",
    "nothing": "Nothing more is done",
    "out": "From us to them",
    "sat": "Saturday",
    "split": "Split: one report tells of two things",
    "sun": "Sunday",
    "thu": "Thursday",
    "tried": "Tried it",
    "tue": "Tuesday",
    "void": "Home is empty",
    "watch": "Watch, and do nothing yet",
    "wed": "Wednesday",
    "whistleblowing": "Speaking up about wrongdoing",
}
"""The words of steps' own choices that do not read well as they are."""


def plain(code: str) -> str:
    """A choice of a step in words: 'service_recovery' reads 'Service recovery'."""
    return WORDS.get(code) or code.replace("_", " ").capitalize()


@lru_cache(maxsize=64)
def titles_of(edition: Edition, table: str) -> Mapping[str, str]:
    """The codes of one of the edition's lists with their titles, in the edition's order."""
    return code_lists(edition).get(table, {})


@lru_cache(maxsize=64)
def hints_of(edition: Edition, table: str) -> Mapping[str, str]:
    """What an edition says beside the title of a code: what a measure does, which answers a question has."""
    if table == "remedies":
        return {code: remedy.says for code, remedy in edition.remedies.items()}
    if table == "questions":
        return {code: f"Answers: {', '.join(question.answers)}." for code, question in edition.questions.items()}
    return {}


def code_title(edition: Edition, table: str, code: str) -> str:
    """A code by its title; one the edition does not have (any more) as plainly as it can be said."""
    return titles_of(edition, table).get(code) or plain(code)


def step_title(edition: Edition, step: str) -> str:
    """What the button of a step says."""
    rule = edition.steps.get(step)
    return rule.title if rule else plain(step)


def period_title(edition: Edition, name: str) -> str:
    """A number of the policy that may be departed from, with its clause: 'Decide appeal: 10 working days (5.6)'."""
    rule = edition.periods.get(name)
    if rule is None:
        return plain(name)
    sizes = {"day": rule.days, "working day": rule.working_days, "month": rule.months, "year": rule.years}
    unit, size = next((unit, size) for unit, size in sizes.items() if size is not None)
    return f"{plain(name)}: {size} {unit}{'' if size == 1 else 's'} ({rule.clause})"
