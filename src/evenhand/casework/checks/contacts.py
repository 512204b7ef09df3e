"""Checks on contacts and blocks while a measure lasts (clauses 4.5 and 5.1)."""

from datetime import datetime, time

from evenhand.casework.access import left_open
from evenhand.casework.contact import contact
from evenhand.casework.facts import Facts
from evenhand.casework.steps.casefacts import RecordContact
from evenhand.casework.steps.control import RecordBlock
from evenhand.policy.clock import london_day, london_instant
from evenhand.policy.findings import Verdict, met, not_met, unknown

NOON = time(12)
"""The hour at which a contact of another day is judged: its day is known, and not when on that day."""


def within_restriction(facts: Facts, draft: RecordContact) -> Verdict:
    """Was the person in touch in a way that the measures in force leave open? (clause 4.5)"""
    if draft.direction == "out":
        return met("We were in touch with them.")
    if not draft.channel:
        return unknown("It is not said how they were in touch.")
    answer = contact(facts.person, draft.channel, draft.topic, _made_at(facts, draft), facts.edition, facts.registers)
    if answer.allowed:
        return met("No measure stands against this contact.")
    why = " ".join(finding.verdict.sentence for finding in answer.refusals)
    return not_met(f"{why} Read what they say all the same: it may be urgent.")


def _made_at(facts: Facts, draft: RecordContact) -> datetime:
    day = draft.contact_on or facts.day
    return facts.at if london_day(facts.at) == day else london_instant(datetime.combine(day, NOON))


def block_has_sanction(facts: Facts, draft: RecordBlock) -> Verdict:
    """Does a measure in force stand behind the block? (clause 5.1)"""
    day = draft.blocked_on or facts.day
    for sanction in facts.person.sanctions:
        named = draft.sanction in (None, sanction.ref)
        if named and sanction.live_on(day) and draft.channel not in left_open(facts.edition, sanction.terms):
            return met("A measure in force closes this way of being in touch.")
    return not_met("No measure in force closes this way of being in touch: lift the block and say sorry.")
