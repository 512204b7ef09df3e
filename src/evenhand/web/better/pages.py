"""The values of each better page, from the facts and from what was typed so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from evenhand.casework.entry import AnyEntry, Entry
from evenhand.casework.facts import Facts
from evenhand.casework.sanction import Sanction
from evenhand.casework.settle import review_bounds, review_rule
from evenhand.casework.shape import BadStep, read_draft
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import RecordContact
from evenhand.casework.steps.decision import Measure
from evenhand.casework.steps.notice import RecordBreach
from evenhand.policy.shapes import Remedy
from evenhand.web.better import person, proposing
from evenhand.web.better.sections import at_once, sections, varying, weighing
from evenhand.web.file.measures import agreed_further
from evenhand.web.file.words import line_of
from evenhand.web.months import window
from evenhand.web.steps.sending import Sent
from evenhand.web.triage.pot import by_category


def typed(sent: Sent) -> StepData | None:
    """What was typed so far, where it makes data of the step's shape."""
    try:
        return read_draft(sent.form.model, sent.form.raw)
    except BadStep:
        return None


def opening(sent: Sent) -> dict[str, Any]:
    """Reports about the person that no case rests on yet, and who is asked to agree (clause 1.3)."""
    facts = sent.opened.facts
    draft = typed(sent)
    who = getattr(draft, "subject", None) or ""
    colleague = getattr(draft, "colleague", None) or facts.actor
    agree = [facts.registers.name(manager) for manager in sorted(facts.registers.managers_of(colleague, facts.day))]
    return {
        "agree": agree,
        "about": facts.registers.name(who) if who else "",
        "colleague": facts.registers.name(colleague),
    }


def conduct(sent: Sent) -> dict[str, Any]:
    """The history and the kinds of conduct beside the questions, and how many of them are answered (clause 4.14)."""
    facts, draft = sent.opened.facts, typed(sent)
    questions = [code for code, one in facts.edition.questions.items() if one.set == "conduct"]
    answered = [code for code in questions if code in (getattr(draft, "answers", None) or {})]
    return {
        "history": person.history(sent.opened),
        "answered": len(answered),
        "questions": len(questions),
        "categories": by_category(facts.reported_conduct),
    }


def equality(sent: Sent) -> dict[str, Any]:
    """What is known of the person and their household, and what was assessed before (clause 6.4)."""
    facts = sent.opened.facts
    return {
        "needs": person.needs(facts),
        "household": person.household(facts),
        "assessments": person.assessments(sent.opened),
        "serves": [one for one in person.measures(sent.opened) if one.is_open_proposal],
        "sections": weighing(sent.form),
    }


def proposal(sent: Sent) -> dict[str, Any]:
    """The ladder and the catalogue, what stays open and what clashes, what was done before, and a first idea of it."""
    facts, draft = sent.opened.facts, typed(sent)
    measure = draft if isinstance(draft, Measure) else None
    days = proposing.review_window(facts, measure)
    marks = _marks(measure)
    return {
        "rungs": proposing.rungs(sent.opened),
        "choices": proposing.choices(facts),
        "open": proposing.always_open(facts),
        "needs": person.needs(facts),
        "similar": proposing.before(facts, measure),
        "months": window(*days, marks) if days else [],
        "days": days,
        "idea": proposing.first_idea(sent.opened, measure) if measure and (measure.remedy or measure.described) else [],
        "sections": sections(sent.form, _chosen(sent)),
    }


def _chosen(sent: Sent) -> Remedy | None:
    """The measure chosen so far, whatever else may be wrong with the form."""
    return sent.opened.edition.remedies.get(str(sent.form.raw.get("remedy") or ""))


def _marks(measure: Measure | None) -> dict[date, str]:
    named = {"first day": "starts_on", "last day": "ends_on", "first review": "review_on"}
    found = {words: getattr(measure, field) for words, field in named.items()} if measure else {}
    return {day: words for words, day in found.items() if day}


def review(sent: Sent) -> dict[str, Any]:
    """What happened since the measure was last looked at, and when the next look would fall (clause 5.2)."""
    facts = sent.opened.facts
    sanction, parts = _aimed_at(sent), varying(sent.form, "vary")
    if sanction is None:
        return {"sanction": None, "further": None, "sections": parts}
    last = sanction.reviews[-1] if sanction.reviews else sanction.made
    imposed = sanction.imposed_on or last.taken_on
    rule = review_rule(facts.edition, sanction.measure.remedy or "")
    first, by = review_bounds(rule, imposed, facts.day) if rule else (facts.day, None)
    return {
        "sanction": sanction,
        "further": agreed_further(sanction),
        "sections": parts,
        "since": person.pasts(_conduct_since(facts, sanction, last), sent.opened),
        "news": [line_of(entry, sent.opened.telling) for entry in facts.person.news_since(last.recorded_at)],
        "months": window(first, by) if by else [],
        "days": (first, by) if by else None,
        "counted": last.taken_on,
    }


def _aimed_at(sent: Sent) -> Sanction | None:
    """The measure that is looked at: the one named, or the only one there is."""
    sanctions = sent.opened.facts.case.live_sanctions(sent.opened.facts.day)
    named = sent.opened.facts.case.sanctions.get(str(sent.form.raw.get("sanction") or ""))
    return named or (sanctions[0] if len(sanctions) == 1 else None)


def _conduct_since(facts: Facts, sanction: Sanction, last: AnyEntry) -> list[AnyEntry]:
    """Contacts, breaches and reports that came after the last look, kept or broken."""
    reports = [report for file in facts.person.incidents if (report := file.report)]
    found: list[Entry[Any]] = [*facts.file.all(RecordContact), *sanction.all(RecordBreach), *reports]
    return [entry for entry in found if entry.recorded_at > last.recorded_at]


def urgent(sent: Sent) -> dict[str, Any]:
    """What is owed once urgent action is taken, each with its day (clauses 4.4 and 4.6)."""
    facts, promises = sent.opened.facts, () if sent.decision is None else sent.decision.promises
    duties = facts.edition.duties
    owed = [(one.due_on, duties[one.duty].title, one.clause) for one in promises]
    return {
        "owed": sorted(owed or _owed_later(facts)),
        "choices": proposing.choices(facts),
        "sections": at_once(sent.form, _chosen(sent)),
    }


def _owed_later(facts: Facts) -> Iterator[tuple[date, str, str]]:
    """Before anything is filled in: what the policy makes owed whatever the measure is, were it taken today."""
    edition = facts.edition
    for line in edition.steps["take_urgent_action"].gate:
        if line.duty is None or line.when:
            continue
        duty = edition.duties[line.duty]
        if period := (line.model_extra or {}).get("period", duty.period):
            yield edition.last_day(period, facts.day), duty.title, line.clause
