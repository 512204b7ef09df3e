"""What a gate line's `when` and `unless` may ask about: typed words about the draft and the facts, no expressions."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_args, get_origin

from evenhand.casework.entry import corrected
from evenhand.casework.facts import Look
from evenhand.casework.letters import LETTERS
from evenhand.casework.settle import is_short, is_worse, review_rule
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import EVERY_FILE, said
from evenhand.casework.steps.control import CorrectEntry, Disclose
from evenhand.casework.steps.decision import Measure
from evenhand.casework.steps.incident import RecordInjury, ReportIncident
from evenhand.casework.steps.notice import ReviewSanction
from evenhand.policy.engine import Trait
from evenhand.policy.shapes import Behaviour, Kind

MAJORITY = 18
"""Years of age: Family Law Reform Act 1969, section 1."""
ABSENCES = {"over_3_days": "absence_recorded", "over_7_days": "absence_reported"}
"""Words for a long absence, with the periods of the edition that make it one (RIDDOR 2013, regulations 4 and 12)."""

Words = frozenset[str]


OUTCOMES = ("outcome", "answer", "route", "basis", "change")
"""The fields by which a step decides."""


def kind(look: Look) -> Words | None:
    if look.sanction is not None and not isinstance(look.draft, Measure):
        return look.sanction.kinds
    return None if look.measure is None else look.facts.edition.kinds(look.measure.remedy or "")


def triggers(look: Look) -> Words | None:
    """What the behaviours of a report bring, or of the measure and the evidence it cites; an injury is a danger."""
    if isinstance(look.draft, ReportIncident):
        hurt = frozenset({"danger"} if look.draft.injured else ())
        return hurt | _brought(look, look.draft.behaviours)
    if look.measure is None:
        return None
    cited = set(look.measure.behaviours)
    for ref in look.measure.evidence:
        entry = look.facts.entry(ref)
        cited |= set(getattr(entry.data, "behaviours", ())) if entry is not None else set()
    return _brought(look, cited)


def _brought(look: Look, behaviours: Iterable[str]) -> Words:
    known = look.facts.edition.behaviours
    return frozenset[str]().union(*(known[code].triggers for code in behaviours if code in known))


def outcome(look: Look) -> Words | None:
    """The word the draft decides by: its outcome, answer, route, basis or change."""
    if look.draft is None:
        return None
    words = (said(look.draft, name) for name in OUTCOMES)
    return frozenset(word for word in words if isinstance(word, str))


def of(look: Look) -> Words | None:
    """What a notice tells: a sanction, or the decision it names."""
    if look.told is None:
        return None
    return frozenset({LETTERS[type(look.told.data)][0]} if type(look.told.data) in LETTERS else {"sanction"})


def how(look: Look) -> Words | None:
    """The channel of a draft, and `face_to_face` where people meet."""
    if look.draft is None:
        return None
    words = {said(look.draft, name) for name in ("how", "channel")}
    if said(look.draft, "face_to_face"):
        words.add("face_to_face")
    return frozenset(word for word in words if isinstance(word, str))


def urgent(look: Look) -> Words | None:
    value = said(look.draft, "urgent") if look.draft is not None else look.facts.case.is_urgent
    return frozenset({"yes" if value else "no"})


def lasts(look: Look) -> Words | None:
    measure = look.measure
    if measure is None:
        return None
    rule = review_rule(look.facts.edition, measure.remedy or "")
    short = is_short(rule, measure.starts_on or look.facts.day, measure.ends_on)
    return frozenset({"shorter" if short else "a_month_or_more"})


def effect(look: Look) -> Words | None:
    """Whether a review weighs on the person: continuing, or varying to something harsher, whatever is ticked."""
    draft, sanction = look.draft, look.sanction
    if not isinstance(draft, ReviewSanction):
        return None
    harder = draft.outcome == "continue" or (draft.outcome == "vary" and draft.harsher)
    if sanction is not None and draft.outcome != "lift":
        harder = harder or is_worse(look.facts.edition, sanction, draft.terms, draft.ends_on)
    return frozenset({"harder" if harder else "softer"})


def file(look: Look) -> Words | None:
    return frozenset({look.facts.file.kind})


def age(look: Look) -> Words | None:
    subject = look.sanction.subject if look.sanction else look.facts.file.subject
    customer = look.facts.registers.customers.get(subject)
    years = customer.age_on(look.facts.day) if customer else None
    return frozenset({"under_18" if years is not None and years < MAJORITY else "adult"})


def recipient(look: Look) -> Words | None:
    """What kind of outsider something is shared with."""
    return frozenset({look.draft.recipient_kind or "other"}) if isinstance(look.draft, Disclose) else None


def standing(look: Look) -> Words | None:
    """Whether a disclosure rests on what the policy names, or on law beyond it (clause 3.2)."""
    if not isinstance(look.draft, Disclose):
        return None
    within = look.draft.basis in ("consent", "legal_obligation", "safeguarding")
    return frozenset({"within_the_policy" if within else "beyond_the_policy"})


def injury(look: Look) -> Words | None:
    """How long an absence is: as recorded, or as a correction makes it that was not so long before."""
    if isinstance(look.draft, RecordInjury):
        before, away = 0, look.draft.days_absent or 0
    elif isinstance(look.draft, CorrectEntry):
        before, away = _corrected_absence(look, look.draft)
    else:
        return None
    periods = look.facts.edition.periods
    longest = {word: periods[name].days for word, name in ABSENCES.items() if name in periods}
    return frozenset(word for word, days in longest.items() if days is not None and before <= days < away)


def _corrected_absence(look: Look, draft: CorrectEntry) -> tuple[int, int]:
    """Days away as they stood before a correction, and as they stand with it."""
    slip = look.facts.entry(draft.entry)
    if slip is None or not isinstance(slip.data, RecordInjury):
        return 0, 0
    return slip.data.days_absent or 0, said(corrected(slip.data, draft.changes), "days_absent") or 0


def late(look: Look) -> Words | None:
    """Whether an appeal came in after its last day, of those with a last day."""
    received = said(look.draft, "received_on") or look.facts.day
    last = look.sanction.appeal_by if look.sanction else None
    return None if look.draft is None else frozenset({"yes" if last and received > last else "no"})


def live(look: Look) -> Words | None:
    """What stands against the person on the day."""
    day, view = look.facts.day, look.facts.person
    words = {"sanction" if view.live_sanctions(day) else "", "flag" if view.live_flags(day) else ""} - {""}
    return frozenset(words or {"none"})


def made(look: Look) -> Words | None:
    """How a sanction came about."""
    if look.sanction is None:
        return None
    return frozenset({"legacy" if look.sanction.is_legacy else "urgent" if look.sanction.is_urgent else "proposed"})


def ordered(look: Look) -> Words | None:
    """Whether a court's order stands behind the sanction."""
    return None if look.sanction is None else frozenset({"yes" if look.sanction.ordered_at else "no"})


def told(look: Look) -> Words | None:
    """Whether the sanction's notice was given already."""
    return None if look.sanction is None else frozenset({"yes" if look.sanction.told_on else "no"})


_ALL: tuple[Callable[[Look], Words | None], ...] = (
    kind, triggers, outcome, of, how, urgent, lasts, effect, file, age, recipient, standing, injury, late, live, made,
    ordered, told,
)  # fmt: skip
TRAITS: Mapping[str, Trait] = {trait.__name__: trait for trait in _ALL}


def _literals(hint: Any) -> frozenset[str]:
    """Every word that a type allows."""
    if get_origin(hint) is Literal:
        return frozenset(get_args(hint))
    return frozenset[str]().union(*(_literals(inner) for inner in get_args(hint)))


def _words_of(*fields: str) -> frozenset[str]:
    """Every word that some field of these names allows, over all steps."""
    hints = (
        step.model_fields[name].annotation for step in STEPS.values() for name in fields if name in step.model_fields
    )
    return frozenset[str]().union(*(_literals(hint) for hint in hints))


YES_NO = frozenset({"yes", "no"})
WORDS: Mapping[str, frozenset[str]] = {
    "kind": frozenset({*Kind, "possession", "unlisted"}),
    "triggers": _literals(Behaviour.model_fields["triggers"].annotation),
    "outcome": _words_of(*OUTCOMES),
    "of": frozenset(word for word, _ in LETTERS.values()),
    "urgent": YES_NO,
    "lasts": frozenset({"shorter", "a_month_or_more"}),
    "effect": frozenset({"harder", "softer"}),
    "file": frozenset(EVERY_FILE),
    "age": frozenset({"under_18", "adult"}),
    "recipient": _words_of("recipient_kind"),
    "standing": frozenset({"within_the_policy", "beyond_the_policy"}),
    "injury": frozenset(ABSENCES),
    "late": YES_NO,
    "live": frozenset({"sanction", "flag", "none"}),
    "made": frozenset({"legacy", "urgent", "proposed"}),
    "ordered": YES_NO,
    "told": YES_NO,
}
"""The words each trait may answer with; `how` answers with the edition's channels, and `face_to_face`."""
