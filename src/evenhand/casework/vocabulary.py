"""Everything an edition may name that code must know: checks, duties, traits, steps, floors."""

from evenhand.casework.checks import CHECKS
from evenhand.casework.duties import DUTIES
from evenhand.casework.floors import FLOORS
from evenhand.casework.letters import LETTER_PARTS
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.decision import Measure, Terms
from evenhand.casework.traits import TRAITS, WORDS
from evenhand.policy.engine import StepKind, Vocabulary

PERIODS = frozenset({"post", "reply_by", "training", "flag_provisional"})
"""Periods that code counts by name."""
TARGETS = {"sanction", "appeal", "told", "notice", "request", "appealed", "look"}


def offers(step: type[StepData]) -> frozenset[str]:
    """What a look at this step can hold: see `Look`."""
    seen = {"facts", "draft", *({"case", "flag", "inquiry"} & {*step.files})}
    if issubclass(step, Measure):
        seen.add("measure")
    if step.target in TARGETS:
        seen |= {"sanction", "measure", "told"} | ({"appeal"} & {step.target})
    return frozenset(seen)


VOCABULARY = Vocabulary(
    checks=CHECKS,
    duties=DUTIES,
    traits=TRAITS,
    words=WORDS,
    steps={name: StepKind(name, step.decides, offers(step), step.follows) for name, step in STEPS.items()},
    floors=FLOORS,
    periods=PERIODS,
    letter_parts=LETTER_PARTS,
    remedy_parameters=frozenset({*Terms.model_fields, "channels", "times"}),
)
