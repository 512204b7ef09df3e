"""Codes as people read them: by the edition's titles, and the few words that steps choose from themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from evenhand.casework.describing import code_lists
from evenhand.policy.edition import Edition

WORDS: Mapping[str, str] = {
    "agency_withdrew": "The agency no longer speaks for them",
    "asb": "Anti-social behaviour procedure",
    "assignment": "The tenancy was passed on to somebody",
    "borne_out": "It is borne out",
    "brought_in": "Brought in from before",
    "call_note": "Note of a call",
    "cannot_be_told": "It cannot be told",
    "change": "Change it",
    "colleague_involved": "A colleague is in it",
    "colleague_is_customer": "A colleague is a customer",
    "continue": "Continue it: it stays",
    "control_measures": "What to do on a visit",
    "criminal_offence": "A crime, or a suspicion of one",
    "data_request": "Request for their own data",
    "dealt_with": "Settled on the spot",
    "death": "They died",
    "decant": "Moved out for works",
    "email": "E-mail",
    "end": "End it: it disappears everywhere",
    "fri": "Friday",
    "go_ahead_changed": "Go ahead, with changes",
    "held": "We talked",
    "history": "What happened before",
    "hospital": "They are in hospital",
    "in": "From them to us",
    "join_case": "Join a case",
    "keep": "Keep it",
    "lift": "Lift it: it ends",
    "looked_into": "Looks into it",
    "merge": "Two records are of one person",
    "mon": "Monday",
    "move": "They moved",
    "mutual_exchange": "They swapped homes",
    "need": "What they need",
    "new_case": "Open a new case",
    "no_reply": "No reply came",
    "no_sanction": "No sanction",
    "not_agreed": "Not agreed: it ends in time, or sooner",
    "none": "None of these",
    "not_appropriate": "A talk would not be right",
    "not_known": "Not known",
    "nothing": "Nothing more is done",
    "offered_and_declined": "Offered, and they did not want it",
    "out": "From us to them",
    "prison": "They are in prison",
    "taken_on": "They will help",
    "privileged": "Privileged: legal advice",
    "public_figure": "Somebody in the public eye",
    "reporter_identity": "Could tell who reported",
    "review_now": "Review it now",
    "sat": "Saturday",
    "separation": "A couple separated",
    "special_category": "Health, belief, origin and the like",
    "spoken_of": "Is the colleague it is about",
    "split": "Split: one report tells of two things",
    "succession": "Somebody succeeded to the tenancy",
    "sun": "Sunday",
    "tenancy_end": "The tenancy ended",
    "third_party": "Names somebody else",
    "thu": "Thursday",
    "tried": "Tried it",
    "tue": "Tuesday",
    "vary": "Vary it: the terms change",
    "void": "Home is empty",
    "waiting": "No answer yet",
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
    """The codes of one of the edition's lists with their titles, in the edition's order; clauses with their numbers."""
    titles = code_lists(edition).get(table, {})
    return {number: f"{number} {says}" for number, says in titles.items()} if table == "clauses" else titles


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


def duty_title(edition: Edition, duty: str) -> str:
    """What a duty is called; by its name where the edition has no such duty."""
    rule = edition.duties.get(duty)
    return rule.title if rule else duty.replace("_", " ").capitalize()


def period_title(edition: Edition, name: str) -> str:
    """A number of the policy that may be departed from, with its clause: 'Decide appeal: 10 working days (5.6)'."""
    rule = edition.periods.get(name)
    if rule is None:
        return plain(name)
    sizes = {"day": rule.days, "working day": rule.working_days, "month": rule.months, "year": rule.years}
    unit, size = next((unit, size) for unit, size in sizes.items() if size is not None)
    return f"{plain(name)}: {size} {unit}{'' if size == 1 else 's'} ({rule.clause})"
