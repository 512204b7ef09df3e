"""Sending a step: what comes of it, in one of a few ways, with everything that was typed still at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal
from uuid import uuid4

from evenhand.cases.seeing import Viewer, names_seen
from evenhand.cases.taking import NameTaken, StepTaken, TooBusy, take_step
from evenhand.casework.decide import NotOffered, decide
from evenhand.casework.entry import AnyEntry, file_of
from evenhand.casework.shape import BadStep, Problem, read_draft
from evenhand.casework.steps.base import Person, Points, StepData
from evenhand.casework.steps.markers import marked_as
from evenhand.policy.clock import london_day
from evenhand.policy.findings import Decision
from evenhand.record.append import ClockWentBack, Conflict, UnknownSequence
from evenhand.record.chain import WORD, BadHeader
from evenhand.record.receipts import KeyReused
from evenhand.web.file.opening import Opened, opened
from evenhand.web.steps.amiss import amiss
from evenhand.web.steps.foreseen import foreseen
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.shapes import Shape
from evenhand.web.steps.typed import Typed, raw_from, text_of

State = Literal["open", "checked", "wrong", "refused", "warned", "overtaken", "unsure", "taken"]
STATUS: dict[State, int] = {
    "open": 200, "checked": 200, "wrong": 422, "refused": 422, "warned": 422,
    "overtaken": 409, "unsure": 503, "taken": 303,
}  # fmt: skip
TAKEN_ON = Shape("taken_on", "day", "Day it was done", "Only where you record it later.")
"""Beside the step's own fields: facts may be recorded after their day."""

HEEDED = "heeded"
"""The checks whose warnings the page has shown to whoever sends it: others are shown before anything is recorded."""

OVERTAKEN = "This file has changed since you opened this page."
SENT_ALREADY = "This page was sent already, with other words. What you sent first is on the file."
BUSY = "Others were recording about the same person at this moment. Nothing was recorded: please send it again."
CLOCK = "Our clock was put back, so this could not be recorded yet. Nothing you typed is lost: try again in a while."
NAME = "This name is taken: please send it once more, and it gets another."


@dataclass(frozen=True)
class Sent:
    """A form as it stands after something was done with it."""

    state: State
    form: StepForm
    opened: Opened
    expected: int
    key: str
    decision: Decision | None = None
    says: str = ""
    since: tuple[AnyEntry, ...] = ()
    """Of a race: what others recorded since the page was opened."""
    entries: tuple[AnyEntry, ...] = field(default=())

    @property
    def status(self) -> int:
        """The status its page is answered with."""
        return STATUS[self.state]


def fresh_key() -> str:
    """A key under which a step is taken once, however often it is sent."""
    return uuid4().hex


def begun(form: StepForm, at: Opened) -> Sent:
    """A form just opened."""
    return Sent("open", form, at, at.file.sequence, fresh_key())


def read(model: type[StepData], typed: Typed, at: Opened) -> Sent:
    """A form as it was posted, nothing done with it yet."""
    act, _, name = text_of(typed, "act").partition(" ")
    form = StepForm.posted(model, typed, at.asking, [name] if act == "more" else [])
    number, key = text_of(typed, "expected"), text_of(typed, "key")
    expected = int(number) if number.isdecimal() and len(number) < len("1234567") else at.file.sequence
    return Sent("open", form, at, expected, key if WORD.fullmatch(key) else fresh_key())


def may_be_backdated(model: type[StepData]) -> bool:
    """Whether a step records what was done before: facts may, a decision is taken when it is taken."""
    return not model.decides


def checked(sent: Sent) -> Sent:
    """What the policy says to what was typed so far; nothing is recorded."""
    return _either(sent, lambda draft, day: replace(sent, state="checked", decision=_decided(sent, draft, day)))


def taken(sent: Sent, along: Callable[[], None] = lambda: None) -> Sent:
    """Takes the step, or says why it was not taken; whatever happens, what was typed is still there.

    `along` forgets with it what was kept of the form.
    """
    return _either(sent, lambda draft, day: _taken(sent, draft, day, along))


def _decided(sent: Sent, draft: StepData, day: date) -> Decision:
    file = sent.opened.file
    return decide(draft, opened(file.kind, file.name, sent.opened.viewer, draft=draft, day=day).facts)


def _either(sent: Sent, go_on: Callable[[StepData, date], Sent]) -> Sent:
    """Goes on where the words make sense; else says which do not, each beside its field."""
    today = sent.opened.viewer.day
    try:
        day = _day_of(sent, today)
        wrong = _wrong(sent.form, today, day)
        if sent.form.unsettled or wrong:
            return replace(sent, state="wrong", form=sent.form.with_problems([*wrong, *_foreseen(sent, wrong)]))
        draft = read_draft(sent.form.model, sent.form.raw)
        refuse_unseen(draft, sent.opened.viewer, sent.opened.file.name)
        return go_on(draft, day)
    except BadStep as bad:
        return replace(sent, state="wrong", form=sent.form.with_problems(map(in_plain_words, bad.problems)))
    except NotOffered:
        return replace(sent, state="wrong", says="This cannot be done here.")


def _wrong(form: StepForm, today: date, done: date) -> list[Problem]:
    """All that has to be put right, at once: what is not concluded or amiss, and what the model finds in the rest."""
    own = [*form.unconcluded, *amiss(form, today, done)]
    told = {problem.field for problem in (*own, *form.unsettled)}
    try:
        read_draft(form.model, form.raw)
    except BadStep as bad:
        return [*own, *(form.in_words(in_plain_words(one)) for one in bad.problems if one.field not in told)]
    return own


def _foreseen(sent: Sent, wrong: list[Problem]) -> list[Problem]:
    told = {problem.field for problem in wrong}
    return [one for one in foreseen(sent.form, sent.opened) if one.field not in told]


def refuse_unseen(draft: StepData, viewer: Viewer, own: str) -> None:
    """Raises `BadStep` for whatever names a file that is not there or that the viewer may not be told of (H1).

    In both cases with the same words, and without the nearest name, which could be that of a file kept from them. Nor
    does anybody take a step that names a customer whom they have declared to know.
    """
    named = [(mark, value) for mark in marked_as(Points, type(draft)) for value in mark.values(draft)]
    names = {file_of(value) or value for _, value in named}
    seen = names_seen(viewer, names) | {own} if names else frozenset()
    problems = [
        Problem(".".join(mark.path), f"{value!r} is no {getattr(mark.marker, 'at', '')} reference here.")
        for mark, value in named
        if (file_of(value) or value) not in seen
    ]
    problems += [
        Problem(".".join(mark.path), f"{value!r} is no {getattr(mark.marker, 'kind', '')} person here.")
        for mark in marked_as(Person, type(draft))
        for value in mark.values(draft)
        if value in viewer.ties
    ]
    if problems:
        raise BadStep(draft.name, tuple(problems))


def _day_of(sent: Sent, today: date) -> date:
    """The day the step counts from. Raises `BadStep` for one that is no day, or has not come."""
    said = raw_from([TAKEN_ON], sent.form.typed).get("taken_on")
    if not said or not may_be_backdated(sent.form.model):
        return today
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = date.max
    if day > today or day.year < 1900:
        raise BadStep(
            sent.form.model.name, (Problem("taken_on", "this must be a day that exists, and not a day to come."),)
        )
    return day


def _taken(sent: Sent, draft: StepData, day: date, along: Callable[[], None]) -> Sent:
    viewer, file = sent.opened.viewer, sent.opened.file
    backdated: dict[str, Any] = {"taken_on": day} if day != london_day(viewer.at) else {}
    try:
        answer = take_step(
            step=type(draft), kind=file.kind, file=file.name, data=draft, actor=viewer.id, at=viewer.at,
            expected=sent.expected, key=sent.key, read=sent.opened.heads.keys(),
            heeded=text_of(sent.form.typed, HEEDED).split() if HEEDED in sent.form.typed else None, along=along,
            **backdated,
        )  # fmt: skip
    except (Conflict, UnknownSequence):
        return _overtaken(sent, OVERTAKEN)
    except KeyReused:
        return _overtaken(sent, SENT_ALREADY)
    except (TooBusy, ClockWentBack, NameTaken, BadHeader) as error:
        return replace(sent, state="unsure", says=_WHY[type(error)])
    return _answered(sent, answer)


_WHY: dict[type[Exception], str] = {TooBusy: BUSY, ClockWentBack: CLOCK, NameTaken: NAME, BadHeader: NAME}


def _answered(sent: Sent, answer: StepTaken) -> Sent:
    state: State = "taken" if answer.entries else "warned" if answer.decision.allowed else "refused"
    return replace(sent, state=state, decision=answer.decision, entries=answer.entries)


def _overtaken(sent: Sent, says: str) -> Sent:
    """Both versions: what others recorded since, and what was typed, ready to be sent on what stands now."""
    now = opened(sent.opened.file.kind, sent.opened.file.name, sent.opened.viewer)
    since = tuple(entry for entry in now.file.recorded if entry.sequence > sent.expected)
    form = replace(sent.form, asking=now.asking)
    return replace(
        sent,
        state="overtaken",
        form=form,
        opened=now,
        expected=now.file.sequence,
        key=fresh_key(),
        says=says,
        since=since,
    )


def in_plain_words(problem: Problem) -> Problem:
    """A problem as a form says it: without the ways of writing that only programs need."""
    says = problem.says
    for written, said in _IN_PLAIN_WORDS.items():
        says = says.replace(written, said)
    return replace(problem, says=says)


_IN_PLAIN_WORDS = {
    "expected a day that exists, such as 2026-08-20": "enter a day that exists, such as 20 8 2026",
    "must be written like 2026-08-20": "enter a day that exists, such as 20 8 2026",
    "expected a day and time that exist, such as 2026-08-20T14:30": "enter a day and time, such as 20 8 2026 and 14:30",
    "expected a whole number": "enter a whole number",
    "expected a time such as 14:30": "enter a time such as 14:30",
    "this is needed": "fill this in",
    "this is empty": "fill this in",
}
