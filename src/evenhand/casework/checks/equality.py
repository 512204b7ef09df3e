"""The check that an equality impact assessment was made for this very decision (clause 6.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, cast

from evenhand.casework.checks.measure import bound_by
from evenhand.casework.entry import AnyEntry, Entry
from evenhand.casework.facts import Facts
from evenhand.casework.person import PersonView
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.decision import ApproveSanction, Measure
from evenhand.casework.steps.flag import ApproveFlag
from evenhand.casework.steps.notice import ReviewSanction
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.findings import Verdict, met, not_met

Form = Literal["by_remedy", "short", "full"]
Deciding = Measure | ApproveSanction | ReviewSanction | ApproveFlag
Assessment = Entry[AssessEquality]


@dataclass(frozen=True)
class Decided:
    """What an assessment is wanted for: the decision in question, the measure it is about, and whom it binds."""

    facts: Facts
    draft: Deciding

    @cached_property
    def sanction(self) -> Sanction | None:
        return None if isinstance(self.draft, Measure | ApproveFlag) else self.facts.sanction(self.draft.sanction)

    @cached_property
    def measure(self) -> Measure | None:
        if isinstance(self.draft, Measure):
            return self.draft
        return self.sanction.measure if self.sanction else None

    @cached_property
    def who(self) -> str:
        return bound_by(self.facts, self.measure) if self.measure else self.facts.file.subject

    @cached_property
    def view(self) -> PersonView:
        return self.facts.view_of(self.who)

    @property
    def remedy(self) -> str:
        return (self.measure.remedy or "") if self.measure else ""

    def form(self, asked: Form) -> str:
        """The form needed: short or full, as asked or as the remedy says; full for a measure in words."""
        rule = self.facts.edition.remedies.get(self.remedy)
        return asked if asked != "by_remedy" else rule.equality if rule else "full"

    @cached_property
    def assessment(self) -> Assessment | None:
        """The one named; else the one the proposal named, unless news came since; else the newest that serves."""
        if self.draft.equality:
            return _found(self.facts, self.draft.equality)
        if isinstance(self.draft, ApproveSanction) and self.measure and self.measure.equality:
            proposed = _found(self.facts, self.measure.equality)
            if proposed is not None and not self.view.news_since(proposed.recorded_at):
                return proposed
        return newest(self.view, self.remedy)


def _found(facts: Facts, ref: str) -> Assessment | None:
    entry = facts.entry(ref)
    return cast("Assessment", entry) if entry is not None and isinstance(entry.data, AssessEquality) else None


def newest(view: PersonView, remedy: str, before: AnyEntry | None = None) -> Assessment | None:
    """The newest assessment about a person that serves a remedy ('' for none), of those made before an entry."""
    serving = [
        entry
        for entry in view.assessments
        if _serves(entry, remedy) and (before is None or entry.recorded_at <= before.recorded_at)
    ]
    return serving[-1] if serving else None


def _serves(assessment: Assessment, remedy: str) -> bool:
    return not assessment.data.remedies or remedy in assessment.data.remedies


def equality_assessed(facts: Facts, draft: Deciding, *, form: Form = "by_remedy") -> Verdict:
    """Was an equality impact assessment made for this decision, complete and with nothing new since? (clause 6.4)"""
    decided = Decided(facts, draft)
    assessment = decided.assessment
    if assessment is None:
        if draft.equality:
            return not_met("The equality assessment named is not on record: make one, or name the right one.")
        return not_met("No equality assessment was made for this decision: make one before deciding.")
    faults = [*_not_for_this(decided, assessment), *_not_enough(assessment.data, decided.form(form))]
    if faults:
        return not_met(f"The equality assessment of {plain_day(_made_on(assessment))} {listed(faults)}.")
    return met("An equality assessment was made for this decision.")


def _made_on(assessment: Assessment) -> date:
    return assessment.data.assessed_on or assessment.taken_on


def _not_for_this(decided: Decided, assessment: Assessment) -> Iterator[str]:
    """Why an assessment cannot stand behind this decision."""
    facts = decided.facts
    if assessment not in decided.view.assessments:
        yield "is about somebody else"
    if not _serves(assessment, decided.remedy):
        yield "was made for another measure"
    if _made_on(assessment) > facts.day or assessment.recorded_at > facts.at:
        yield "was made after this decision"
    news = decided.view.news_since(assessment.recorded_at)
    if news:
        yield f"was made before something became known on {plain_day(news[-1].taken_on)}: make it again"
    if isinstance(decided.draft, ReviewSanction) and not _is_since_last_decision(decided, assessment):
        yield "was made before the last decision on this measure: make it again"
    if _served_another(decided, assessment):
        yield "has served another decision already: make one for this decision"


def _is_since_last_decision(decided: Decided, assessment: Assessment) -> bool:
    sanction = decided.sanction
    if sanction is None:
        return True
    decisions = [*sanction.all(ApproveSanction), *sanction.reviews] or [sanction.made]
    return assessment.recorded_at > max(entry.recorded_at for entry in decisions)


def _served_another(decided: Decided, assessment: Assessment) -> bool:
    """Whether a decision of another day rested on it; measures proposed together may share one."""
    own, view, today = decided.sanction, decided.view, decided.facts.day
    day = own.made.taken_on if own else today
    others = [s for s in view.sanctions if s is not own and not s.is_declined and s.made.taken_on != day]
    if any(_rested_on(view, s) is assessment for s in others):
        return True
    named = {entry.data.equality for s in others for entry in s.all(ApproveSanction)}
    named |= {entry.data.equality for s in view.sanctions for entry in s.reviews if entry.taken_on != today}
    named |= {entry.data.equality for f in view.flags for entry in f.all(ApproveFlag) if entry.taken_on != today}
    return assessment.ref in named


def _rested_on(view: PersonView, sanction: Sanction) -> Assessment | None:
    """The assessment a measure was proposed on: the one it named, or the newest there was; none for a legacy one."""
    if sanction.is_legacy:
        return None
    measure = sanction.measure
    named = next((entry for entry in view.assessments if entry.ref == measure.equality), None)
    return named or newest(view, measure.remedy or "", sanction.made)


def _not_enough(data: AssessEquality, form: str) -> Iterator[str]:
    """What an assessment lacks in substance for the form needed."""
    if form == "full" and data.form == "short":
        yield "is the short form, and the full one is needed"
    if data.characteristic == "not_asked":
        yield "did not ask about protected characteristics: ask"
    missing = [says for given, says in _asked(data, form) if not given]
    if missing:
        yield f"does not say {listed(missing)}"
    if data.linked_to_conduct == "yes" and not (data.legitimate_aim and data.still_proportionate):
        yield "links the conduct to a protected characteristic, and does not say what the aim is, or why it is fair"
    if data.conclusion == "no_sanction":
        yield "concludes that nothing should be imposed"


def _asked(data: AssessEquality, form: str) -> list[tuple[object, str]]:
    short: list[tuple[object, str]] = [
        (data.characteristic, "whether there is a protected characteristic"),
        (data.details or data.asked_customer, "what is known, or how the person was asked"),
        (data.linked_to_conduct, "whether the conduct comes from it"),
        (data.effect, "what the decision would do to the person"),
    ]
    if form == "short":
        return short
    return [
        *short,
        (data.household, "who else in the household would feel it"),
        (data.vulnerabilities, "what makes them vulnerable"),
        (data.outside_support, "which support from outside there is"),
        (data.adjustments_tried, "which adjustments were tried"),
        (data.alternatives, "which gentler ways there are"),
    ]
