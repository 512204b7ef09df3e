"""Who is not offered for a part that takes somebody who had none before: found by the policy's own check."""

from __future__ import annotations

from evenhand.casework.decide import decide
from evenhand.casework.facts import Facts
from evenhand.casework.stages import CANDIDATES
from evenhand.casework.steps.appeal import AssignAppeal
from evenhand.casework.steps.base import StepData

CHECK = "officer_apart"


def kept_apart(step: type[StepData], field: str, people: list[str], facts: Facts) -> frozenset[str]:
    """Of some colleagues, those who took part in what every appeal open here is against (clause 5.6)."""
    if step is not AssignAppeal or field != "officer":
        return frozenset()
    appeals = CANDIDATES[step.name](facts)
    return frozenset(who for who in people if appeals and all(_is_barred(who, appeal, facts) for appeal in appeals))


def _is_barred(who: str, appeal: str, facts: Facts) -> bool:
    found = decide(AssignAppeal(appeal=appeal, officer=who), facts).refusals
    return any(finding.check == CHECK for finding in found)
