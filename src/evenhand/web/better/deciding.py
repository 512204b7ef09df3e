"""The values of the pages on which somebody decides what another proposed or appealed against."""

from __future__ import annotations

from typing import Any

from evenhand.casework.appeal import Appeal
from evenhand.casework.checks.appeal import BARRED, PART_WORDS, involved
from evenhand.casework.checks.timing import promised_by
from evenhand.casework.sanction import Sanction
from evenhand.casework.wording import listed, plain_day
from evenhand.web.better import person, proposing
from evenhand.web.better.person import is_shown
from evenhand.web.better.sections import varying
from evenhand.web.better.upon import appeals, sanctions, upon
from evenhand.web.file.opening import Opened
from evenhand.web.file.strip import adjustments_in_place
from evenhand.web.file.timeline import events_of
from evenhand.web.steps.gate import Asked, warned
from evenhand.web.steps.sending import Sent


def decision(sent: Sent) -> dict[str, Any]:
    """What is decided on; the form in one piece, unless it has sections."""
    return {"upon": upon(sent), "sections": []}


def approval(sent: Sent) -> dict[str, Any]:
    """The whole proposal, what came before it, and what it must be weighed against (clauses 2.3, 6.1 and 6.5)."""
    at, proposed = sent.opened, sanctions(sent)
    facts, sanction = at.facts, proposed[0] if len(proposed) == 1 else None
    measure = sanction.measure if sanction else None
    return {
        **decision(sent),
        "warned": _warned(sanction, at) if sanction else [],
        "needs": person.needs(facts),
        "adjustments": adjustments_in_place(facts.view_of(sanction.subject if sanction else facts.file.subject)),
        "rungs": proposing.rungs(at),
        "history": person.history(at),
        "similar": proposing.before(facts, measure),
        "open": proposing.always_open(facts),
        "idea": proposing.first_idea(at, measure) if measure else [],
    }


def _warned(sanction: Sanction, at: Opened) -> list[Asked]:
    """What the policy warned of when the measure was proposed, which whoever proposed it went on in spite of."""
    made = events_of([sanction.made], at) if is_shown(sanction.made.file, at) else []
    return [one for event in made for one in warned(event.findings, type(event.entry.data), at)]


def notice(sent: Sent) -> dict[str, Any]:
    """The decision to be told, how a letter about the measure would read, and from when one counts (clause 5.1)."""
    facts = sent.opened.facts
    told = facts.sanction(str(sent.form.raw.get("about") or ""))
    return {
        **decision(sent),
        "idea": proposing.first_idea(sent.opened, told.measure) if told else [],
        "served_on": facts.edition.last_day("post", facts.day),
        "post": facts.edition.periods["post"],
    }


def appeal(sent: Sent) -> dict[str, Any]:
    """The appeal with its days, the decision it is against, and who took part in that (clause 5.6)."""
    found = appeals(sent)
    one = found[0] if len(found) == 1 else None
    sections = varying(sent.form, "varied", ("ends_on",)) if sent.form.model.name == "decide_appeal" else []
    return {
        **decision(sent),
        "days": _days(one) if one else [],
        "involved": _involved(one, sent.opened) if one else [],
        "sections": sections,
    }


def _days(appeal: Appeal) -> list[tuple[str, str]]:
    last = appeal.received.day("in_time_until")
    due = promised_by((appeal.received,), "decide_appeal", appeal.ref)
    days = {"Received": appeal.received_on, "In time until": last, "Decision due": due}
    return [(title, plain_day(day)) for title, day in days.items() if day is not None]


def _involved(appeal: Appeal, at: Opened) -> list[tuple[str, str]]:
    """Who took a part that bars them, and which; who reported stays with those who handle reports (H3)."""
    hidden = () if at.asking.handles_reports else ("reported", "affected")
    took = involved(at.facts, appeal)
    shown = {who: [PART_WORDS[p] for p in BARRED if p in parts and p not in hidden] for who, parts in took.items()}
    return sorted((at.facts.registers.name(who), listed(words)) for who, words in shown.items() if words)
