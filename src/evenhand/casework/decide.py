"""The three questions: may this step be taken, what can be done now, and what follows from taking it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from evenhand.casework.consequences import consequences
from evenhand.casework.entry import AnyEntry, Entry, ref_of
from evenhand.casework.facts import Facts, Look
from evenhand.casework.settle import settle
from evenhand.casework.shape import check_shape
from evenhand.casework.stages import AGAINST_SOMEBODY, CANDIDATES, STATES, may_start
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import FileKind, StepData, said
from evenhand.casework.steps.flag import DecideFlagDispute
from evenhand.casework.wording import plain_day
from evenhand.policy.edition import Edition
from evenhand.policy.engine import evaluate
from evenhand.policy.findings import Citation, Decision, Effect, Finding, Outcome, Verdict, met, not_met


class NotOffered(LookupError):
    """The step is no part of this edition, or not of this kind of file."""


def decide(draft: StepData, facts: Facts) -> Decision:
    """Every finding on taking this step now: role, stage, and the gate of the edition line by line.

    Raises `BadStep` where the draft names codes, people or entries that do not exist, and `NotOffered` where the
    edition has no such step.
    """
    draft = completed(draft, facts)
    check_shape(draft, facts)
    return _decision(draft, facts)


def _decision(draft: StepData, facts: Facts) -> Decision:
    look = Look(facts, type(draft), draft, _target(draft))
    stage, asked = _stage(look), evaluate(facts.edition.gates[draft.name], look)
    if stage.stops:
        # what cannot be answered because there is nothing to act on is no reason of its own
        asked = [finding for finding in asked if finding.verdict.outcome is not Outcome.UNKNOWN]
    return Decision(draft.name, (_role(look), stage, *asked), look.target, settle(look))


def completed(draft: StepData, facts: Facts) -> StepData:
    """The draft with its reference filled in, where it was left out and exactly one candidate fits."""
    _offered(type(draft), facts)
    field = target_field(type(draft))
    if not field or getattr(draft, field) or draft.name not in CANDIDATES:
        return draft
    fitting = CANDIDATES[draft.name](facts)
    return draft.model_copy(update={field: fitting[0]}) if len(fitting) == 1 else draft


def target_field(model: type[StepData]) -> str:
    return model.target_field or model.target


def _target(draft: StepData) -> str:
    field = target_field(type(draft))
    return (getattr(draft, field) or "") if field else ""


def _offered(model: type[StepData], facts: Facts) -> None:
    if model.name not in facts.edition.steps:
        outside = "; ".join(body.title for body in facts.edition.outside.values())
        raise NotOffered(
            f"{model.name} is no step of {facts.edition.id}. It names outside bodies: {outside or 'none'}."
        )
    kind = facts.file.kind
    if kind not in model.files:
        files = " or ".join(model.files)
        raise NotOffered(f"{model.name} is taken on a {files} file, and {facts.file.name} is a {kind}.")


def _role(look: Look) -> Finding:
    return _role_finding(look.facts.edition, look.step.name, look.facts.roles)


@lru_cache(maxsize=4096)
def _role_finding(edition: Edition, step: str, roles: frozenset[str]) -> Finding:
    wanted, titles = edition.steps[step].roles, edition.roles
    held = edition.held(roles, wanted)
    verdict = (
        met(f"Taken as {titles[held].title.lower()}.")
        if held
        else not_met(f"This is for: {', '.join(titles[role].title.lower() for role in wanted)}.")
    )
    return Finding("role", edition.cited[step], Effect.STOP, verdict)


MAKES_SENSE = met("This makes sense now.")


def _stage(look: Look) -> Finding:
    return Finding("stage", look.facts.edition.cited[look.step.name], Effect.STOP, _stage_verdict(look))


def _stage_verdict(look: Look) -> Verdict:
    file, step = look.facts.file, look.step
    state: str = getattr(file, "state", "known")
    if state == "disposed":
        return not_met("This file was disposed of: nothing more can be added.")
    if not file.exists and not may_start(step, file.kind):
        return not_met(f"There is no {file.kind} file {file.name} yet: open it first.")
    if state not in STATES.get(step.name, {state}):
        when = " or ".join(sorted(STATES[step.name]))
        return not_met(f"The {file.kind} is {state}; this makes sense when it is {when}.")
    if step.name in AGAINST_SOMEBODY and _has_died(look):
        return not_met("The person has died: nothing is decided against them any more.")
    if step is DecideFlagDispute and look.flag is not None and look.flag.open_dispute is None:
        return not_met("Nobody disputes this flag now.")
    return _target_verdict(look)


def _has_died(look: Look) -> bool:
    subject = said(look.draft, "subject") or (look.sanction.subject if look.sanction else look.facts.file.subject)
    return look.facts.view_of(subject).file.died_on is not None


def _target_verdict(look: Look) -> Verdict:
    if look.step.name not in CANDIDATES or (not look.step.decides and not look.target):
        return MAKES_SENSE
    fitting = CANDIDATES[look.step.name](look.facts)
    if look.target in fitting or (look.target and not look.step.decides):
        return MAKES_SENSE
    thing = look.step.target.replace("told", "decision to tell")
    if not look.target and len(fitting) > 1:
        return not_met(f"Say which {thing} is meant: {', '.join(fitting)}.")
    if (begins := _begins(look)) is not None:
        says = f"This can be done from {plain_day(begins)}, when the measure begins to bind."
        return not_met(says, not_before=begins)
    return not_met(f"There is no {thing} here that this could be done to now.")


def _begins(look: Look) -> date | None:
    """The day on which a measure begins to bind, where that alone makes it fit what the step acts on."""
    facts = look.facts
    days = (one.imposed_on for one in facts.case.sanctions.values() if one.ended_on is None)
    begins = min((day for day in days if day is not None and day > facts.day), default=None)
    if begins is None:
        return None
    fitting = CANDIDATES[look.step.name](replace(facts, day=begins))
    return begins if (look.target in fitting if look.target else fitting) else None


@cache
def steps_of(kind: FileKind) -> tuple[type[StepData], ...]:
    """Every step that can be taken on a kind of file, in the order of the step list."""
    return tuple(step for step in STEPS.values() if kind in step.files)


def options(facts: Facts) -> list[Decision]:
    """What can be done now, one decision per step and target, and why the closed ones are closed.

    A rule that asks about what is still to be filled in answers *unknown* and closes nothing: see `Decision.is_open`.
    """
    return [decision for step in steps_of(facts.file.kind) for decision in options_of(step, facts)]


def options_of(step: type[StepData], facts: Facts) -> Iterator[Decision]:
    """The same of one step."""
    gate = facts.edition.gates.get(step.name)
    if gate is None:
        return
    targets: Iterable[str] = CANDIDATES[step.name](facts) if step.name in CANDIDATES else ()
    if step.follows or (step.name in CANDIDATES and not step.decides and not targets):
        return
    for target in targets or ("",):
        look = Look(facts, step, None, target)
        yield Decision(step.name, (_role(look), _stage(look), *evaluate(gate, look)), target)


@dataclass(frozen=True)
class Taken:
    """A step that was decided, and, if it was allowed, its entry with those that follow from it on other files."""

    decision: Decision
    entries: tuple[Entry[StepData], ...] = ()
    findings: tuple[tuple[Finding, ...], ...] = ()
    """What was found on each entry, in the order of the entries."""


def take(draft: StepData, facts: Facts) -> Taken:
    """Decide a step and, where it is allowed, make its entry and its consequences. Nothing is written here.

    Raises `BadStep` and `NotOffered`, as `decide` does, and `NotOffered` for a step that only follows from others.
    """
    if draft.follows:
        raise NotOffered(f"{draft.name} is not taken by anybody: it follows from other steps.")
    draft = completed(draft, facts)
    check_shape(draft, facts)
    decision = _decision(draft, facts)
    if not decision.allowed:
        return Taken(decision)
    made = _entry(draft, facts, decision)
    followed = _followed(made, facts)
    follow_up = tuple(found for entry, _ in followed for found in _findings_of(entry, facts))
    return Taken(
        replace(decision, findings=(*decision.findings, *follow_up)),
        (made, *(entry for entry, _ in followed)),
        (decision.findings, *(findings for _, findings in followed)),
    )


def _followed(made: AnyEntry, facts: Facts) -> list[tuple[AnyEntry, tuple[Finding, ...]]]:
    """The entries that follow from one on this file and others, each seeing those before it, with what was found."""
    steps = list(consequences(made, facts))
    files = {**facts.files, facts.file.name: facts.file.with_entry(made)} if steps else facts.files
    followed = []
    for name, follows in steps:
        other = replace(facts, file=files[name], files=files)
        judged = _decision(follows, other)
        entry = _entry(follows, other, judged, because_of=made.ref)
        files = {**files, name: files[name].with_entry(entry)}
        followed.append((entry, judged.findings))
    return followed


def _findings_of(entry: Entry[StepData], facts: Facts) -> Iterator[Finding]:
    """What a consequence promises is part of what the step created."""
    for promise in entry.promises:
        sentence = not_met(f"{facts.edition.duties[promise.duty].title} ({entry.file}), by {promise.due_on:%-d %B %Y}.")
        yield Finding(promise.duty, Citation(facts.edition.id, promise.clause), Effect.OWE, sentence, promise)


def _entry(draft: StepData, facts: Facts, decision: Decision, *, because_of: str = "") -> Entry[StepData]:
    sequence = facts.file.sequence + 1
    role = facts.edition.held(facts.roles, facts.edition.steps[draft.name].roles) or ""
    return Entry(
        ref=ref_of(facts.file.name, sequence),
        kind=facts.file.kind,
        file=facts.file.name,
        sequence=sequence,
        data=draft,
        by=facts.actor,
        role=role,
        taken_on=facts.day,
        recorded_at=facts.at,
        edition=facts.edition.id,
        promises=decision.promises,
        fixed=decision.fixed,
        because_of=because_of,
    )
