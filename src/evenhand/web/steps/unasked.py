"""Fields that a form need not ask for on this file and of this reader: left out while nothing stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evenhand.casework.checks.fairness import departure_accepted
from evenhand.casework.checks.opening import colleague_of
from evenhand.casework.deciders import deciders_beyond, deciders_for
from evenhand.casework.sanction import Sanction
from evenhand.casework.stages import CANDIDATES
from evenhand.casework.steps.appeal import ReceiveAppeal
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.decision import ApproveSanction
from evenhand.casework.steps.notice import AgreeContinuation
from evenhand.casework.steps.opening import EndorseCase
from evenhand.policy.findings import Outcome
from evenhand.web.steps.asking import Asking

STANDING_IN = frozenset({"stands_in_for", "why_stands_in"})
PANEL = frozenset({"present", "minute"})


def unasked(model: type[StepData], asking: Asking, target: str) -> frozenset[str]:
    """The names of the fields that a step on this target need not ask this reader for."""
    find = _UNASKED.get(model)
    return find(asking, target) if find else frozenset()


def _endorsing(asking: Asking, _: str) -> frozenset[str]:
    """Nobody stands in who is the colleague's own manager, or is their deputy by the register today."""
    facts = asking.facts
    own = facts.registers.managers_of(colleague_of(facts.case), facts.day)
    return STANDING_IN if asking.viewer.id in own else frozenset()


def _approving(asking: Asking, target: str) -> frozenset[str]:
    """What only a panel, views that must be asked for, or a lower step that is skipped need."""
    facts, sanction = asking.facts, _sanction(ApproveSanction, asking, target)
    if sanction is None:
        return frozenset()
    deciders, names = deciders_for(facts, sanction), set[str]()
    names |= set() if deciders.body else PANEL
    names |= set() if deciders.consulted else {"consulted"}
    skips = departure_accepted(facts, sanction, sanction.measure, ApproveSanction()).outcome is not Outcome.MET
    return frozenset(names | (set() if skips else {"departure_accepted"}))


def _agreeing(asking: Asking, target: str) -> frozenset[str]:
    sanction = _sanction(AgreeContinuation, asking, target)
    beyond = deciders_beyond(asking.facts, sanction) if sanction else None
    return frozenset() if beyond and beyond.body else PANEL


def _appealing(asking: Asking, _: str) -> frozenset[str]:
    """The grounds and the form, where the policy lists none."""
    listed = {"grounds": asking.facts.edition.appeals.grounds, "form": asking.facts.edition.appeals.forms}
    return frozenset(name for name, offered in listed.items() if not offered)


def _sanction(model: type[StepData], asking: Asking, target: str) -> Sanction | None:
    """The measure aimed at, or the only one that the step can act on."""
    fitting = CANDIDATES[model.name](asking.facts)
    return asking.facts.sanction(target or (fitting[0] if len(fitting) == 1 else ""))


_UNASKED: Mapping[type[StepData], Callable[[Asking, str], frozenset[str]]] = {
    EndorseCase: _endorsing,
    ApproveSanction: _approving,
    AgreeContinuation: _agreeing,
    ReceiveAppeal: _appealing,
}
