"""Better pages for some steps: a template of their own and more to read beside it. Rules stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evenhand.web.better import auditing, deciding, pages
from evenhand.web.better.upon import UPON
from evenhand.web.steps.sending import Sent


def _nothing_more(_sent: Sent) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class BetterPage:
    """A step's own template, and the values it needs beside those of every step, from the form as it stands."""

    template: str = "web/file/step.html"
    context: Callable[[Sent], dict[str, Any]] = _nothing_more
    initial: Mapping[str, Any] = field(default_factory=dict)
    """What the form starts from, where the model leaves it open: the gentlest answer."""


_DECIDED = BetterPage("web/steps/decide.html", deciding.decision)
_APPROVED = BetterPage("web/steps/approve_sanction.html", deciding.approval)
_APPEALED = BetterPage("web/steps/decide_appeal.html", deciding.appeal)

PAGES: Mapping[str, BetterPage] = {
    **dict.fromkeys(UPON, _DECIDED),
    **dict.fromkeys(("approve_sanction", "decline_sanction"), _APPROVED),
    **dict.fromkeys(("decide_late_appeal", "assign_appeal", "suspend_sanction", "decide_appeal"), _APPEALED),
    "give_notice": BetterPage("web/steps/give_notice.html", deciding.notice),
    "open_case": BetterPage("web/steps/open_case.html", pages.opening),
    "assess_conduct": BetterPage("web/steps/assess_conduct.html", pages.conduct),
    "assess_equality": BetterPage("web/steps/assess_equality.html", pages.equality),
    "propose_sanction": BetterPage("web/steps/propose_sanction.html", pages.proposal),
    "review_sanction": BetterPage("web/steps/review_sanction.html", pages.review, {"outcome": ["lift"]}),
    "audit_case": BetterPage("web/steps/audit_case.html", auditing.audit),
    "complete_audit_action": BetterPage("web/steps/decide.html", auditing.action),
    "take_urgent_action": BetterPage("web/steps/take_urgent_action.html", pages.urgent),
}
"""The steps that have a page of their own, by name; every other has the one that all share."""


def page_for(step: str) -> BetterPage:
    """The page of a step."""
    return PAGES.get(step, BetterPage())
