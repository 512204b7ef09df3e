"""Everything the page of a step shows, put together for its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from evenhand.casework.shape import BadStep, Problem, read_draft
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import LONDON
from evenhand.web.better.sections import Section
from evenhand.web.file.board import Act, purpose
from evenhand.web.file.page import KIND_TITLES, recent, when
from evenhand.web.file.strip import strip_of
from evenhand.web.file.timeline import by_whom
from evenhand.web.file.words import line_of, said_in
from evenhand.web.lists.acts import take_href
from evenhand.web.steps.beforehand import cautions, costs_audit, joins
from evenhand.web.steps.fields import Drawing, Field
from evenhand.web.steps.gate import Asked, asked_of, refused, so_far
from evenhand.web.steps.mending import mending_field
from evenhand.web.steps.pages import page_for
from evenhand.web.steps.sending import TAKEN_ON, Sent, may_be_backdated

NEXT = "next"
"""In an address: the page to go on to, once the step is taken."""
DECLINED_BY: Mapping[str, str] = {
    "endorse_case": "decline_case",
    "approve_sanction": "decline_sanction",
    "approve_flag": "decline_flag",
}
"""Steps by which somebody agrees to what another asked for, and the step that says no to it."""


def step_values(sent: Sent, action: str, draft_saved_at: datetime | None = None, new_name: str = "") -> dict[str, Any]:
    """What `web/file/step.html` shows. `action` is where the form is sent; `new_name` that of a file not yet begun."""
    sent = _marked(sent)
    page, model, file = sent.opened, sent.form.model, sent.opened.file
    asked, own = _leading_back(_asked(sent), action, new_name), page_for(model.name).context(sent)
    back = reverse("home") if new_name else reverse("file", args=(file.kind, file.name))
    return {
        "sent": sent,
        "form": sent.form,
        "fields": sent.form.fields,
        "errors": _errors(sent),
        "title": page.edition.steps[model.name].title,
        "purpose": purpose(model.name),
        "clause": page.edition.cited[model.name].clause,
        "edition": page.edition,
        "caption": KIND_TITLES[file.kind] if new_name else f"{KIND_TITLES[file.kind]} {file.name}",
        "file": file,
        "strip": strip_of(page),
        "is_person_page": False,
        "asked": asked,
        "heeded": " ".join(sorted({one.check for one in asked if one.mark == "warn"})),
        "shut": [one for one in asked if one.mark == "stop"] if sent.state == "open" else [],
        "cautions": cautions(model, page),
        "joins": joins(sent.form, page),
        "lent_by": _lent_by(sent),
        "costs_audit": costs_audit(model, page),
        "refusals": _leading_back(_refusals(sent, own.get("sections", ())), action, new_name),
        "since": [_since(entry, sent) for entry in sent.since],
        "yours": _yours(sent),
        "taken_on": _taken_on(sent),
        "recent": recent(page),
        "draft_from": _when_saved(draft_saved_at),
        "action": action,
        "instead": _instead(sent),
        "back": back,
        "back_label": "Back to the start" if new_name else f"Back to {KIND_TITLES[file.kind].lower()} {file.name}",
        "new_name": new_name,
        **own,
    }


def _marked(sent: Sent) -> Sent:
    """Of a step that was refused: each field by which a reason can be mended says so itself."""
    if sent.state != "refused" or sent.decision is None:
        return sent
    fields = ((one, mending_field(one.check, sent.form.model, sent.form.raw)) for one in sent.decision.refusals)
    problems = [Problem(field, sent.opened.say(one.verdict.sentence)) for one, field in fields if field]
    return replace(sent, form=sent.form.with_problems(dict.fromkeys(problems)))


def _leading_back(asked: list[Asked], action: str, new_name: str) -> list[Asked]:
    """Whoever leaves a form to mend something by another step comes back to it; one not yet begun has no address."""
    if new_name:
        return asked
    ways = {one.href: f"{one.href}{'&' if '?' in one.href else '?'}{urlencode({NEXT: action})}" for one in asked}
    return [replace(one, href=ways[one.href]) if one.href[:1] == "/" else one for one in asked]


def _lent_by(sent: Sent) -> str:
    """For whom the viewer stands in, where this step is theirs only by that."""
    page, rule = sent.opened, sent.opened.edition.steps[sent.form.model.name]
    is_own = page.edition.held(page.viewer.staff.roles, rule.roles) is not None
    return "" if is_own else listed(page.viewer.stands_in_for, "or")


def _refusals(sent: Sent, sections: Iterable[Section]) -> list[Asked]:
    """Why a step was not recorded, in the order in which its page asks; terms count where the first of them stands."""
    if sent.state not in ("refused", "warned") or sent.decision is None:
        return []
    names = (field.name.partition(".")[0] for section in sections for field in section.fields)
    return _fitted(refused(sent.decision, sent.form.model, sent.opened, tuple(dict.fromkeys(names))), sent)


def _instead(sent: Sent) -> Act | None:
    """The other answer to what the viewer is asked to decide, where it is theirs to give."""
    page, step = sent.opened, DECLINED_BY.get(sent.form.model.name, "")
    if not step or page.edition.held(page.viewer.roles, page.edition.steps[step].roles) is None:
        return None
    href = take_href(page.file.kind, page.file.name, step, str(sent.form.raw.get(sent.form.model.target_field, "")))
    return Act(step, page.edition.steps[step].title, purpose(step), href)


def _asked(sent: Sent) -> list[Asked]:
    """What the policy asks: on a form just opened before anything is found wanting, else as it was found."""
    facts, model, found = sent.opened.facts, sent.form.model, sent.decision
    if found is None:
        found = so_far(model, facts, None, str(sent.form.raw.get(model.target_field, "")))
    return _fitted(asked_of(model, sent.opened, found, is_blank=sent.decision is None), sent)


def _fitted(asked: list[Asked], sent: Sent) -> list[Asked]:
    """Each mended where this form says nothing yet, or with what it knows of the measure."""
    fields = ((one, mending_field(one.check, sent.form.model, sent.form.raw)) for one in asked)
    return _for_measure([replace(one, href=f"#f-{name}") if one.href[:1] == "#" else one for one, name in fields], sent)


def _for_measure(asked: list[Asked], sent: Sent) -> list[Asked]:
    """Whoever leaves to assess equality takes along for which measure, and how full its assessment must be."""
    made = sent.opened.facts.sanction(str(sent.form.raw.get("sanction") or ""))
    code = str(sent.form.raw.get("remedy") or (made and made.measure.remedy) or "")
    remedy = sent.opened.edition.remedies.get(code)
    if remedy is None:
        return asked
    lines = sent.opened.edition.steps[sent.form.model.name].gate
    asks = next((line.model_extra or {} for line in lines if line.check == "equality_assessed"), {})
    fills = urlencode({"remedies": code, "form": asks.get("form", remedy.equality)})
    return [
        replace(one, href=f"{one.href}?{fills}") if one.check == "equality_assessed" and one.href[:1] == "/" else one
        for one in asked
    ]


def _since(entry: Any, sent: Sent) -> tuple[Any, str, str]:
    line = line_of(entry, sent.opened.telling)
    return line, by_whom(line, sent.opened), when(entry)


def _yours(sent: Sent) -> list[tuple[str, str]]:
    """What was typed, in words; where it makes no data yet, nothing: the form below has it as it was typed."""
    if not sent.since:
        return []
    try:
        draft = read_draft(sent.form.model, sent.form.raw)
    except BadStep:
        return []
    return [(one.label, one.text) for one in said_in(draft, sent.opened.telling)]


def _taken_on(sent: Sent) -> Field | None:
    if not may_be_backdated(sent.form.model):
        return None
    drawn = Drawing(sent.form.model, sent.opened.asking, sent.form.typed).field(TAKEN_ON, TAKEN_ON.name)
    found = tuple(problem.says for problem in sent.form.problems if problem.field == TAKEN_ON.name)
    return drawn.with_errors({TAKEN_ON.name: found}) if drawn else None


def _errors(sent: Sent) -> list[tuple[str, str]]:
    """The summary: a wrong day of doing stands beside its own field, which is none of the step's."""
    own = [(text, href) for text, href in sent.form.errors if not _is_taken_on(text, sent.form.problems)]
    days = [p for p in sent.form.problems if p.field == TAKEN_ON.name]
    return [*own, *((f"{TAKEN_ON.label}: {one.says}", "#f-taken_on-day") for one in days)]


def _is_taken_on(text: str, problems: tuple[Problem, ...]) -> bool:
    return any(problem.field == TAKEN_ON.name and problem.says == text for problem in problems)


def _when_saved(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(LONDON)
    return f"{plain_day(local.date())} at {local:%H:%M}"
