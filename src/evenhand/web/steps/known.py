"""What a form starts from because the record or the registers know it: seen, and changed where it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from evenhand.casework.entry import file_of
from evenhand.casework.incident import IncidentFile
from evenhand.casework.steps.base import Points, StepData, said
from evenhand.people.models import SafeContact
from evenhand.web.steps.asking import Asking, affected_by, refs_to, waiting_for_support
from evenhand.web.steps.shapes import Shape, shapes_of
from evenhand.web.steps.titles import titles_of
from evenhand.web.steps.typed import Typed, texts_of, typed_from

NO_TENANCY = frozenset({"", "none", "licence"})
"""Kinds of tenure that make nobody a tenant."""


def known(model: type[StepData], asking: Asking, given: Typed) -> dict[str, list[str]]:
    """What is known of the fields that were not given, as somebody would type it."""
    shapes = [shape for shape in shapes_of(model) if not texts_of(given, shape.name)]
    found = {shape.name: _value(shape, model, asking, given) for shape in shapes}
    return typed_from(shapes, {name: value for name, value in found.items() if value})


def renewed(model: type[StepData], asking: Asking, kept: Typed, saved_at: datetime) -> Typed:
    """What was typed and kept, with an assessment made since then in place of the one that was chosen."""
    newer: dict[str, list[str]] = {}
    for shape in shapes_of(model):
        if isinstance(shape.marker, Points) and shape.marker.at == "assessment":
            last = next((asking.facts.entry(ref) for ref in refs_to(shape, "assessment", model, asking)), None)
            newer |= {} if last is None or last.recorded_at <= saved_at else {shape.name: [last.ref]}
    return {**kept, **newer}


def _value(shape: Shape, model: type[StepData], asking: Asking, given: Typed) -> Any:
    if isinstance(shape.marker, Points) and (shape.known == "standing" or shape.name == model.target_field):
        refs = refs_to(shape, shape.marker.at, model, asking)
        only = refs if len(refs) == 1 else []
        return only if shape.kind == "several" else "".join(only)
    if shape.known == "subject_kind":
        return _subject_kind(asking, shape.literals)
    if shape.known == "reporter":
        return _reporter(asking, texts_of(given, "incidents"))
    if shape.known == "reported":
        return _reported(shape, model, asking)
    if shape.known == "alleged":
        return _alleged(shape.name, model, asking, given)
    find = _FROM.get(shape.known)
    return find(asking) if find else None


def _subject(asking: Asking) -> str:
    return asking.subject if asking.subject in asking.facts.registers.customers else ""


def _reporter(asking: Asking, incidents: list[str]) -> str:
    """Who reported what is now taken further, where that is one colleague whose name may be shown."""
    files = [asking.facts.files[name] for name in incidents if name in asking.seen & asking.facts.files.keys()]
    who = {file.reporter for file in files if isinstance(file, IncidentFile)}
    may_be_named = who if asking.handles_reports else who & {asking.viewer.id}
    front_line = {one.id for one in asking.colleagues("open_case")}
    return who.pop() if len(who) == 1 and who <= may_be_named & front_line else ""


def _alleged(what: str, model: type[StepData], asking: Asking, given: Typed) -> str:
    """What a customer said of a colleague, or of whom, on a case that the viewer may see."""
    pointing = next(shape for shape in shapes_of(model) if shape.name == "allegation")
    refs = texts_of(given, "allegation") or refs_to(pointing, "counter_allegation", model, asking)
    entry = asking.facts.entry(refs[0]) if len(refs) == 1 and file_of(refs[0]) in asking.seen else None
    return (said(entry.data, what) or "") if entry else ""


def _reported(shape: Shape, model: type[StepData], asking: Asking) -> list[str]:
    """What the reports say that a case rests on: the kinds of conduct, or the reports themselves as what shows it."""
    if not isinstance(shape.marker, Points):
        return [*asking.facts.reported_conduct]
    reports = {file.report.ref for file in asking.facts.incidents if file.report}
    return [ref for ref in refs_to(shape, shape.marker.at, model, asking) if ref in reports]


def _affected(asking: Asking) -> str:
    who = affected_by(asking)
    return who[0] if len(who) == 1 else ""


def _supported(asking: Asking) -> str:
    """The one who said yes to support and waits for it; where nobody does, the one who was affected."""
    waiting = waiting_for_support(asking)
    return waiting[0] if len(waiting) == 1 else _affected(asking)


def _subject_kind(asking: Asking, kinds: tuple[str, ...]) -> str:
    """What somebody is to us, by their tenancy: the kind of that name, or else a tenant, alone or with others."""
    row = asking.facts.registers.customers.get(asking.subject)
    if row is None or row.tenure in NO_TENANCY:
        return ""
    if row.tenure in kinds:
        return row.tenure
    return "joint_tenant" if row.joint_with else "tenant"


def _tenure(asking: Asking) -> str:
    row = asking.facts.registers.customers.get(asking.subject)
    return row.tenure if row and row.tenure in titles_of(asking.facts.edition, "tenures") else ""


def _tenants(asking: Asking) -> list[str]:
    row = asking.facts.registers.customers.get(asking.subject)
    return [row.id, *sorted(row.joint_with)] if row else []


def _channel(asking: Asking) -> str:
    """The one way to reach somebody, where only one is safe."""
    only = [channel for rule, channel, _ in asking.ways.rules if rule == SafeContact.Rule.ONLY]
    return only[0] if len(only) == 1 else ""


def _format(asking: Asking) -> str:
    """The format that the registers name, or the only one that meets what they need."""
    edition, needs = asking.facts.edition, asking.facts.view_of(asking.subject).file.needs
    meeting = [set(rule.formats) for one in needs if (rule := edition.needs.get(one.data.need or "")) and rule.formats]
    fitting = set.intersection(*meeting) if meeting else set(titles_of(edition, "formats"))
    if asking.ways.format in fitting:
        return asking.ways.format
    return fitting.pop() if len(fitting) == 1 else ""


def _address(asking: Asking) -> str:
    """Where a letter finds somebody: their home, unless post is not safe; else their e-mail, where that is the way."""
    if _channel(asking) == "email":
        return asking.ways.email
    row = asking.facts.registers.customers.get(asking.subject)
    home = asking.facts.registers.homes.get(row.home) if row and row.home else None
    return home.address if home and not asking.ways.is_unsafe("post") else ""


_FROM: Mapping[str, Callable[[Asking], Any]] = {
    "today": lambda asking: asking.viewer.day,
    "begins": lambda asking: asking.viewer.day,
    "actor": lambda asking: asking.viewer.id,
    "subject": _subject,
    "affected": _affected,
    "supported": _supported,
    "tenure": _tenure,
    "tenants": _tenants,
    "channel": _channel,
    "format": _format,
    "address": _address,
}
