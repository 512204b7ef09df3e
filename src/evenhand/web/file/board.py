"""What can be done on a file now, what cannot yet and why, and what is owed next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote

from django.urls import reverse

from evenhand.cases.editions import in_force
from evenhand.cases.holding import keeper_of
from evenhand.casework.case import CaseFile
from evenhand.casework.decide import decide, options
from evenhand.casework.describing import doc_of
from evenhand.casework.duties import duties
from evenhand.casework.entry import File
from evenhand.casework.facts import Duty
from evenhand.casework.involvement import PARTS
from evenhand.casework.stages import CANDIDATES
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.control import AuditCase
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.incident import MakeSafe
from evenhand.casework.steps.opening import OpenCase
from evenhand.policy.findings import Decision, Finding, Outcome
from evenhand.web.file.opening import Opened
from evenhand.web.file.whose import who_can
from evenhand.web.file.words import done
from evenhand.web.lists.acts import Act as Keeping
from evenhand.web.lists.acts import act_for, step_href, take_href
from evenhand.web.lists.matters import of_made
from evenhand.web.lists.words import by_when
from evenhand.web.steps.asking import has_something
from evenhand.web.steps.gate import Asked, found_so, target_for
from evenhand.web.steps.mending import step_for
from evenhand.web.steps.titles import step_title

GROUPS: Mapping[str, str] = {
    "assessment": "Weigh it up",
    "casefacts": "Find out and write down",
    "decision": "Decide a measure",
    "notice": "Tell and review",
    "appeal": "Appeals",
    "flag": "The flag",
    "inquiry": "The inquiry",
    "incident": "Safety and support",
    "person": "About the person",
    "opening": "The case itself",
    "control": "Keep the file in order",
}
"""The steps by the part of the work they belong to, in the order of the work."""


ELSEWHERE = {"triage_incident": "triage"}
"""Steps that have a part of the desk of their own, by the name of its address."""

AUDIT = AuditCase.name
AT_A_COST = "After these you could not audit this case"
"""The heading over what an auditor may do, and had better leave to others."""

PROPOSING, APPROVING = ProposeSanction.name, ApproveSanction.name
SAFETY_FIRST = (TakeUrgentAction.name, MakeSafe.name)
CLOSING, REVIEWING = "close_case", "review_sanction"
WAYS_ON = (PROPOSING, "decide_no_sanction", CLOSING)
SETTLED = frozenset({"outcome_told", "no_live_sanction", "no_open_appeal"})
"""What the closing of a case asks that no form mends: once all hold, the case is there to be closed."""
WAITED_FOR = ("endorse_case", APPROVING)
"""Steps that others wait for although no day is promised for them."""


@dataclass(frozen=True, slots=True)
class Act:
    """A step that can be taken now: what its button says, what it is for, and what it acts on."""

    step: str
    title: str
    says: str
    href: str
    about: str = ""
    due: str = ""
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is closed, by which clause, and the day from which time alone opens it."""

    says: str
    clause: str
    not_before: date | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A step that cannot be taken now, with every reason."""

    title: str
    reasons: tuple[Reason, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty as the page shows it."""

    title: str
    when: str
    due_on: date
    is_overdue: bool
    clause: str
    href: str
    label: str
    about: str
    is_for_others: bool
    not_before: date | None
    """The day from which time alone lets it be done, where nothing else stands in the way."""
    meant_from: date | None
    """The day from which the policy means a review to be held, while that is to come: sooner is allowed."""
    first: str = ""
    """The step that has to be taken before it can be done at all, by its title; `href` then leads to that one."""
    by: str = ""
    """Who can take that step, or else what keeps it, where the viewer cannot; '' where nobody can."""
    keeper: str = ""
    """Who is named to do it, where that is somebody else than the viewer."""


@dataclass(frozen=True, slots=True)
class Board:
    """What is next, what can be done, what cannot yet, and what is for somebody else."""

    owed: tuple[Owed, ...]
    acts: Mapping[str, tuple[Act, ...]]
    closed: tuple[Closed, ...]
    not_now: tuple[Closed, ...]
    """What makes no sense at this stage, which nobody need read to go on."""
    for_others: tuple[Closed, ...]
    waits_for: tuple[tuple[str, str], ...]
    """What the file waits for somebody else to decide, though no day is promised for it, and who can."""
    aim: str
    """On a case where nothing is owed, or nothing decided yet: the step that is worked towards, to weigh a measure or
    to close; or ''."""
    cannot_wait: Mapping[str, str]
    """On a case that was opened as one that cannot wait, until somebody acted: where to, by the step's title."""
    in_hands_of: str
    """Who works on the file, where that is somebody else than the viewer."""
    needed: tuple[Asked, ...]
    """What other steps have to bring before the aim, in the order of the policy."""
    better_first: tuple[Asked, ...]
    """What the policy would only warn of, and other steps bring."""
    ways_on: Mapping[str, str]
    """Where a measure is proposed, where it is decided that there is none, and where the case is closed: by the step,
    '' where the viewer may not now; but for the aim, as its page says what it still needs."""

    @property
    def next(self) -> Owed | None:
        """What is owed first."""
        return self.owed[0] if self.owed else None


def board_of(page: Opened) -> Board:
    """The board of a file for its viewer."""
    decisions = options(page.facts)
    open_duties = sorted(
        (duty for duty in duties(page.file) if duty.open_on(page.viewer.day)), key=lambda duty: duty.promise.due_on
    )
    due = {act_for(duty.promise.duty).step: duty for duty in reversed(open_duties)}
    there = [one for one in decisions if not one.is_open or has_something(STEPS[one.step], page.asking)]
    may_now = {one.step for one in there if one.is_open}
    shut: dict[str, list[Closed]] = {"closed": [], "not_now": [], "for_others": []}
    for one in decisions:
        if not one.is_open and one.step not in may_now:
            shut[_why_shut(one)].append(_closed(one, page))
    theirs = {one.step for one in decisions if _why_shut(one) == "for_others"} - may_now
    costly, opens = costing(decisions), _opens(decisions)
    aim = _aim(decisions, page.file) if not open_duties or _is_undecided(page.file) else ""
    in_hands_of = page.file.in_hands_of if page.file.in_hands_of != page.viewer.id else ""
    needed, better_first = _before("" if in_hands_of else aim, page, may_now)
    return Board(
        owed=tuple(_owed(duty, page, may_now - costly, theirs | costly, opens) for duty in open_duties),
        acts=_grouped([one for one in there if one.is_open], due, page),
        waits_for=_waits_for(decisions, may_now | set(due), page),
        aim=aim,
        cannot_wait=_cannot_wait(page, may_now),
        in_hands_of=page.facts.registers.name(in_hands_of),
        needed=needed,
        better_first=better_first,
        ways_on={step: _href(step, "", page) if step in {*may_now, aim} else "" for step in WAYS_ON},
        **{why: tuple(closed) for why, closed in shut.items()},
    )


def _against(decision: Decision) -> list[Finding]:
    return [one for one in decision.findings if one.stops and one.verdict.outcome is Outcome.NOT_MET]


def _why_shut(decision: Decision) -> Literal["closed", "not_now", "for_others"]:
    """What somebody could change comes first; what is not theirs, or not now, is there to be looked up."""
    against = _against(decision)
    if any(one.check == "role" for one in against):
        return "for_others"
    return "not_now" if any(one.check == "stage" and not one.verdict.not_before for one in against) else "closed"


def _opens(decisions: list[Decision]) -> Mapping[str, date]:
    """For each step that time alone keeps shut: the first day on which it does not."""
    against = {one.step: [finding.verdict.not_before for finding in _against(one)] for one in decisions}
    return {step: max(days) for step, found in against.items() if (days := [d for d in found if d]) == found and days}


def _waits_for(decisions: list[Decision], told: set[str], page: Opened) -> tuple[tuple[str, str], ...]:
    """The titles of what it is time for others to decide, but for the steps that the page tells of already; and who."""
    waited = [one for one in decisions if one.step in WAITED_FOR and one.step not in told]
    checks = {one.step: {finding.check for finding in _against(one)} for one in waited}
    steps = [step for step, failed in checks.items() if "role" in failed and "stage" not in failed]
    return tuple((page.edition.steps[step].title, who_can(step, target_for(step, page.facts), page)) for step in steps)


def _cannot_wait(page: Opened, may_now: set[str]) -> dict[str, str]:
    opened = page.file.last(OpenCase)
    acted = any(isinstance(entry.data, TakeUrgentAction | MakeSafe) for entry in page.file.entries)
    if opened is None or not opened.data.urgent or acted or not _is_undecided(page.file):
        return {}
    return {page.edition.steps[step].title: _href(step, "", page) for step in SAFETY_FIRST if step in may_now}


def _is_undecided(file: File) -> bool:
    """Whether it is a case on which no measure is decided or proposed yet."""
    return isinstance(file, CaseFile) and not (file.is_decided or file.sanctions)


def _aim(decisions: list[Decision], file: File) -> str:
    """What the viewer works towards, whatever it still needs: to close what is decided and settled, or else to weigh
    a measure, while none waits for its approval; '' where neither is theirs, or now."""
    against = {one.step: {finding.check for finding in _against(one)} for one in decisions}
    theirs = {one.step for one in decisions if one.is_open or _why_shut(one) == "closed"}
    if CLOSING in theirs and isinstance(file, CaseFile) and file.is_decided and not against[CLOSING] & SETTLED:
        return CLOSING
    waits = APPROVING in against and "stage" not in against[APPROVING]
    return PROPOSING if PROPOSING in theirs and not waits else ""


def _before(aim: str, page: Opened, may_now: set[str]) -> tuple[tuple[Asked, ...], tuple[Asked, ...]]:
    """What stops the aim, and what it would be warned of, each where a step of its own mends it that the viewer can
    take. Of measures the gentlest is weighed: of those last assessed, or else of all; on what was reported."""
    if not aim:
        return (), ()
    rungs = {code: remedy.rung for code, remedy in page.edition.remedies.items() if remedy.rung}
    assessed = [code for entry in page.facts.case.assessments[-1:] for code in entry.data.remedies if code in rungs]
    gentlest = min(assessed or rungs, key=rungs.__getitem__, default=None)
    proposed = ProposeSanction(remedy=gentlest, behaviours=page.facts.reported_conduct)
    decision = decide(proposed if aim == PROPOSING else STEPS[aim](), page.facts)
    unmet = (one for one in decision.refusals if one.verdict.outcome is Outcome.NOT_MET)
    against = [one for one in unmet if not one.verdict.not_before]  # what time alone brings is no step's
    warned = _mended(decision.warnings, "warn", aim, page, may_now)
    return _mended(against, "stop", aim, page, may_now), warned


def _mended(
    findings: Iterable[Finding], mark: Literal["stop", "warn"], aim: str, page: Opened, may_now: set[str]
) -> tuple[Asked, ...]:
    asked = (found_so(one, mark, STEPS[aim], page, "") for one in findings if step_for(one.check) in may_now)
    return tuple(one for one in asked if one.label and not one.href.startswith("#"))


def _grouped(decisions: list[Decision], due: Mapping[str, Duty], page: Opened) -> dict[str, tuple[Act, ...]]:
    """Steps that keep something owed first, then what others wait for, then the rest by their part of the work."""
    costly = costing(decisions)
    free = [one for one in decisions if one.step not in costly]
    now = sorted((one for one in free if one.step in due), key=lambda one: due[one.step].promise.due_on)
    waited = [one for one in free if one.step in (*WAITED_FOR, AUDIT) and one not in now]
    groups = {
        "Owed now": tuple(_act(one, page, due[one.step]) for one in now),
        "Waiting for you": tuple(_act(one, page) for one in waited),
    }
    kind: str = page.file.kind
    first = {kind: GROUPS[kind]} if kind in GROUPS else {}
    for part, title in {**first, **GROUPS}.items():
        rest = (one for one in free if one not in now and one not in waited)
        theirs = [one for one in rest if STEPS[one.step].__module__.endswith(f".{part}")]
        groups[title] = tuple(_act(one, page) for one in theirs)
    groups[AT_A_COST] = tuple(_act(one, page) for one in decisions if one.step in costly)
    return {title: acts for title, acts in groups.items() if acts}


def costing(decisions: list[Decision]) -> frozenset[str]:
    """The steps after which somebody who may audit the case as it stands could not any more (clause 5.5)."""
    if not any(one.step == AUDIT and one.is_open for one in decisions):
        return frozenset()
    return frozenset(one.step for one in decisions if one.is_open and STEPS[one.step] in PARTS)


def _act(decision: Decision, page: Opened, duty: Duty | None = None) -> Act:
    target = decision.target
    return Act(
        step=decision.step,
        title=page.edition.steps[decision.step].title,
        says=purpose(decision.step),
        href=_href(decision.step, target, page),
        about=page.called(target),
        due=by_when(duty.promise.due_on, page.viewer.day) if duty else "",
        is_overdue=duty is not None and duty.overdue_on(page.viewer.day),
    )


def _href(step: str, target: str, page: Opened) -> str:
    if step in ELSEWHERE:
        return reverse(ELSEWHERE[step], args=(page.file.name,))
    return f"{page.here}do/{step}/{f'?target={quote(target)}' if target else ''}"


def purpose(step: str) -> str:
    """What a step is for, in one sentence."""
    return f"{doc_of(STEPS[step]).partition(' (clause')[0].removesuffix('.')}."


def _closed(decision: Decision, page: Opened) -> Closed:
    found = _against(decision)
    reasons = (Reason(page.say(one.verdict.sentence), one.citation.clause, one.verdict.not_before) for one in found)
    about = page.called(decision.target)
    return Closed(page.edition.steps[decision.step].title, tuple(reasons), about)


def _owed(duty: Duty, page: Opened, may_now: set[str], theirs: set[str], opens: Mapping[str, date]) -> Owed:
    promise, day = duty.promise, page.viewer.day
    act = act_for(promise.duty)
    step = act.step
    href = step_href(page.file.kind, page.file.name, promise.duty, promise.about, duty.made_by)
    begins = page.file.kind not in STEPS[step].files
    may = step in may_now or (begins and in_force().held(page.viewer.roles, in_force().steps[step].roles) is not None)
    first = "" if may or begins else _first(act, promise.about, page)
    if first in may_now:
        href = take_href(page.file.kind, page.file.name, first, promise.about if first in CANDIDATES else "")
    elif not may:
        href = ""
    is_for_others = step in theirs or (begins and not may)
    keeper = keeper_of(page.file, duty)
    named = page.facts.registers.name(keeper) if keeper not in ("", page.viewer.id, *page.nameless) else ""
    by_name = named if keeper != page.file.in_hands_of and not first else ""
    is_blocked = first not in may_now if first else not (may or begins or step in opens)
    return Owed(
        title=page.edition.duties[promise.duty].title,
        when=by_when(promise.due_on, day),
        due_on=promise.due_on,
        is_overdue=duty.overdue_on(day),
        clause=promise.clause,
        href=href,
        label=_label(first or step, page) if href else "",
        about=_about(duty, page),
        is_for_others=is_for_others,
        not_before=opens.get(step),
        meant_from=_meant_from(duty, page),
        first=_label(first, page) if first else "",
        by=(by_name or _by(first or step, promise.about, page)) if is_blocked else "",
        keeper=named,
    )


def _meant_from(duty: Duty, page: Opened) -> date | None:
    is_review = act_for(duty.promise.duty).step == REVIEWING
    begins = sanction.review_from if is_review and (sanction := page.facts.sanction(duty.promise.about)) else None
    return begins if begins and begins > page.viewer.day else None


def _by(step: str, about: str, page: Opened) -> str:
    """Who can take what the viewer cannot: on what the duty is about, or else what there is for the step."""
    return who_can(step, target_for(step, page.facts, about), page)


def _label(step: str, page: Opened) -> str:
    return step_title(page.edition if page.file.kind in STEPS[step].files else in_force(), step)


def _first(act: Keeping, about: str, page: Opened) -> str:
    """Of the steps that come before what keeps a duty, the one that has its turn; '' where none has."""
    owed = {duty.promise.duty for duty in duties(page.file) if duty.done_on is None and duty.promise.about == about}
    is_there = bool(CANDIDATES[act.step](page.facts)) if act.after else True
    return next((step for step in act.after if step in owed or not is_there), "")


def _about(duty: Duty, page: Opened) -> str:
    """What a duty is about: an entry in words, or one finding of the audit that made it owed."""
    about = duty.promise.about
    if about == page.file.recorded[0].ref:
        return ""  # of what the whole file is about, its page says enough
    if about in page.file.by_ref or not about.startswith(f"{duty.made_by}/"):
        return page.called(about) if about in page.file.by_ref else ""
    made = page.file.by_ref[duty.made_by]
    return of_made(done(page.edition, made.data.name), about, duty.made_by, made.taken_on)
