"""From a duty to the step that keeps it, and to the page where that step is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS

from evenhand.cases.editions import in_force
from evenhand.casework.entry import file_of
from evenhand.casework.steps.base import FileKind
from evenhand.casework.steps.inquiry import OpenInquiry
from evenhand.casework.steps.opening import OpenCase

INQUIRING = OpenInquiry.name
BEGINS: Mapping[str, tuple[FileKind, str]] = {
    INQUIRING: ("inquiry", "allegation"),
    OpenCase.name: ("case", "incidents"),
}
"""Steps by which a duty is kept on a file of its own: of which kind, and the field that names what it begins from."""

Aim = Callable[[str, str], str]
"""What the step acts on, from (what the duty is about, the entry that promised it)."""


def _nothing(_about: str, _made_by: str) -> str:
    return ""


def _about(about: str, _made_by: str) -> str:
    return about


def _made_by(_about: str, made_by: str) -> str:
    return made_by


def _file(_about: str, made_by: str) -> str:
    return file_of(made_by)


def _audit(about: str, _made_by: str) -> str:
    """A finding's action is about `<audit>/<number of the finding>`."""
    return about.rpartition("/")[0]


def _finding(about: str, _made_by: str) -> str:
    return about.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Act:
    """The step that keeps a duty, what it is aimed at, and whether others wait for it: a decision, not work.

    `number` is which part of what it is aimed at, where that has parts. `after` are the steps about the same thing that
    come before it, the first of them first: until then nobody can take it.
    """

    step: str
    aim: Aim = _nothing
    is_awaited: bool = False
    number: Aim = _nothing
    after: tuple[str, ...] = ()


KEPT_BY: Mapping[str, Act] = {
    "triage_incident": Act("triage_incident", is_awaited=True),
    "open_case": Act("open_case", _file),
    "report_injury": Act("record_injury"),
    "evidence_asked_for": Act("add_evidence"),
    "endorse_case": Act("endorse_case", is_awaited=True),
    "hear_customer": Act("record_account", after=("put_allegation",)),
    "consider_conversation": Act("consider_conversation"),
    "assess_conduct": Act("assess_conduct"),
    "assess_equality": Act("assess_equality"),
    "instruct_legal": Act("instruct_legal", _about),
    "counter_allegation": Act("open_inquiry", _made_by),
    "approve_sanction": Act("approve_sanction", _about, is_awaited=True),
    "give_notice": Act("give_notice", _about),
    "support_colleague": Act("offer_staff_support"),
    "agree_continuation": Act("agree_continuation", _about, is_awaited=True),
    "review_sanction": Act("review_sanction", _about),
    "answer_review_request": Act("answer_review_request", _about),
    "decide_late_appeal": Act("decide_late_appeal", _about, is_awaited=True),
    "assign_appeal": Act("assign_appeal", _about, is_awaited=True, after=("decide_late_appeal",)),
    "decide_appeal": Act("decide_appeal", _about, is_awaited=True, after=("decide_late_appeal", "assign_appeal")),
    "end_court_measure": Act("record_court_outcome", _about),
    "look_again": Act("look_again", _made_by),
    "ask_again": Act("look_again", _made_by),
    "agency_asked": Act("record_agency_answer", _made_by),
    "countersign": Act("countersign", _about, is_awaited=True),
    "recall_disclosure": Act("recall_disclosure", _about),
    "lift_block": Act("confirm_block_lifted", _about),
    "approve_flag": Act("approve_flag", is_awaited=True),
    "tell_person": Act("tell_person"),
    "review_flag": Act("review_flag"),
    "decide_flag_dispute": Act("decide_flag_dispute", is_awaited=True),
    "complete_audit_action": Act("complete_audit_action", _audit, number=_finding),
    "conclude_inquiry": Act("conclude_inquiry"),
    "tell_inquiry_outcome": Act("tell_inquiry_outcome"),
}
"""Every duty that `casework.duties` knows."""

LOOKED_AT = Act("look_again", _made_by)
"""What keeps it where the edition in force knows no inquiry."""


def act_for(duty: str) -> Act:
    """The step that keeps a duty."""
    act = KEPT_BY[duty]
    return LOOKED_AT if act.step == INQUIRING and INQUIRING not in in_force().steps else act


AWAITED = frozenset(duty for duty, act in KEPT_BY.items() if act.is_awaited)
"""Duties by which somebody decides what others wait for."""


@cache
def _root(kind: str) -> str:
    return reverse("file", args=(kind, "0")).removesuffix("0/")


def file_href(kind: str, name: str) -> str:
    """The page of a file; a list needs very many of these, so that what they share is worked out once."""
    return f"{_root(kind)}{quote(name, safe=RFC3986_SUBDELIMS + '/~:@')}/"


def take_href(kind: str, file: str, step: str, target: str = "", number: str = "") -> str:
    """The page where a step is taken, aimed at something in the file; triage has a page of its own, and so has what
    begins a file of its own."""
    if step == "triage_incident":
        return reverse("triage", args=(file,))
    if step in BEGINS:
        begun, field = BEGINS[step]
        return f"{reverse('new_file', args=(begun,))}?{urlencode({field: target})}"
    path = reverse("step", args=(kind, file, step))
    fills = {name: value for name, value in (("target", target), ("number", number)) if value}
    return f"{path}?{urlencode(fills)}" if fills else path


def step_href(kind: str, file: str, duty: str, about: str = "", made_by: str = "") -> str:
    """The page of the step that keeps a duty."""
    act = act_for(duty)
    return take_href(kind, file, act.step, act.aim(about, made_by), act.number(about, made_by))
