"""The values of the pages of an audit: each clause beside what was done under it, and each finding to put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from evenhand.casework.entry import AnyEntry, Entry
from evenhand.casework.steps.control import AuditCase
from evenhand.casework.wording import plain_day
from evenhand.policy.findings import Effect, Finding
from evenhand.web.better import person
from evenhand.web.better.sections import Section
from evenhand.web.better.upon import Told, aimed_at
from evenhand.web.file.opening import Opened
from evenhand.web.file.remembered import findings_of
from evenhand.web.file.words import done, said_in
from evenhand.web.steps.fields import Field
from evenhand.web.steps.sending import Sent

Under = Mapping[str, list[str]]
"""For each clause, what was done under it and what was warned of, in words, in the order of the record."""


def audit(sent: Sent) -> dict[str, Any]:
    """What passed between the person and us; the checklist, the clauses that the case came under first (clause 5.5)."""
    fields = {one.name: one for one in sent.form.fields}
    checklist, under = fields.pop("checklist"), _under(sent.opened)
    answered = [one for one in checklist.children if one.value]
    parts = [
        Section("Clauses this case came under", (_rows(checklist, under, came_up=True),), True),
        Section("Clauses that did not come up", (_rows(checklist, under, came_up=False),), False),
        Section("What you found", tuple(fields.values()), True),
    ]
    return {
        "sections": parts,
        "history": person.history(sent.opened),
        "answered": len(answered),
        "clauses": len(checklist.children),
    }


def _rows(checklist: Field, under: Under, *, came_up: bool) -> Field:
    """Some rows of the checklist, each with what was done under its clause; an answer given is never folded away."""
    place = f"{checklist.name}."
    of = {one: under.get(one.name.removeprefix(place), []) for one in checklist.children}
    shown = (replace(one, hint="; ".join(said)) for one, said in of.items() if bool(said or one.value) is came_up)
    name = checklist.name if came_up else f"{checklist.name}-rest"
    return replace(checklist, name=name, errors=checklist.errors if came_up else (), children=tuple(shown))


def _under(at: Opened) -> Under:
    found = findings_of(at.hash, (at.file.kind, at.file.name), [entry.sequence for entry in at.file.recorded])
    under: dict[str, list[str]] = defaultdict(list)
    for entry in at.file.recorded:
        for clause, words in _shows(entry, found.get(entry.sequence, ()), at):
            if words not in under[clause]:
                under[clause].append(words)
    return under


def _shows(entry: AnyEntry, findings: tuple[Finding, ...], at: Opened) -> Iterator[tuple[str, str]]:
    """The clauses that an entry came under, each with the step and its day, and each warning that it was taken with."""
    step, day = entry.data.name, plain_day(entry.taken_on)
    taken = f"{done(at.edition, step)}, {day}"
    if step in at.edition.cited:
        yield at.edition.cited[step].clause, taken
    for one in findings:
        if one.effect is Effect.WARN and not one.is_met:
            yield one.citation.clause, f"{taken}, with a warning: {at.say(one.verdict.sentence).removesuffix('.')}"
        elif one.check not in ("role", "stage"):
            yield one.citation.clause, taken


def action(sent: Sent) -> dict[str, Any]:
    """The findings of an audit that nobody has put right yet, each with its number."""
    at = sent.opened
    audits = [audit for audit in at.facts.case.all(AuditCase) if audit.ref in aimed_at(sent)]
    open_ones = [one for audit in audits for one in _findings(audit, at)]
    return {"upon": open_ones, "sections": []}


def _findings(audit: Entry[AuditCase], at: Opened) -> Iterator[Told]:
    by = at.facts.registers.name(audit.by)
    for number, finding in at.facts.case.findings_waiting(audit).items():
        yield Told(f"Finding number {number}", by, audit.taken_on, tuple(said_in(finding, at.telling)))
