"""The check that an equality impact assessment was made for this very decision (clause 6.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, cast

from evenhand.casework.checks.measure import bound_by
from evenhand.casework.enough import equality_lacks
from evenhand.casework.entry import AnyEntry, Entry
from evenhand.casework.facts import Facts
from evenhand.casework.person import PersonView
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.decision import ApproveSanction, Measure
from evenhand.casework.steps.flag import ApproveFlag
from evenhand.casework.steps.notice import GiveNotice, ReviewSanction
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.findings import Verdict, met, not_met

Form = Literal["by_remedy", "short", "full"]
Deciding = Measure | ApproveSanction | ReviewSanction | ApproveFlag | GiveNotice
Assessment = Entry[AssessEquality]


@dataclass(frozen=True)
class Decided:
    """What an assessment is wanted for: the decision in question, the measure it is about, and whom it binds."""

    facts: Facts
    draft: Deciding

    @cached_property
    def sanction(self) -> Sanction | None:
        if isinstance(self.draft, Measure | ApproveFlag):
            return None
        return self.facts.sanction(self.draft.about if isinstance(self.draft, GiveNotice) else self.draft.sanction)

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
        """The one named; else the one named before it, unless news came since; else the newest that serves."""
        if self.named:
            return _found(self.facts, self.named)
        for ref in self._named_before:
            earlier = _found(self.facts, ref)
            if earlier is not None and not self.view.news_since(earlier.recorded_at):
                return earlier
        return newest(self.view, self.remedy)

    @property
    def named(self) -> str:
        return "" if isinstance(self.draft, GiveNotice) else self.draft.equality or ""

    @property
    def _named_before(self) -> list[str]:
        """What an approval, or the notice of a measure, carries on: the assessments of its approval and proposal."""
        if self.sanction is None or not isinstance(self.draft, ApproveSanction | GiveNotice):
            return []
        named = [entry.data.equality for entry in reversed(self.sanction.all(ApproveSanction))]
        return [ref for ref in (*named, self.sanction.measure.equality) if ref]


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
        if decided.named:
            return not_met("The equality assessment named is not on record: make one, or name the right one.")
        return not_met("No equality assessment was made for this decision: make one before deciding.")
    faults = [*_not_for_this(decided, assessment), *equality_lacks(assessment.data, decided.form(form))]
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
    if assessment.ref in {entry.data.equality for s in others for entry in s.all(ApproveSanction)}:
        return True
    decisions: list[tuple[AnyEntry, str | None, str]] = [
        *((e, e.data.equality, s.measure.remedy or "") for s in view.sanctions for e in s.reviews if _weighs(e.data)),
        *((entry, entry.data.equality, "") for flag in view.flags for entry in flag.all(ApproveFlag)),
    ]
    return any(
        entry.taken_on not in (today, day) and _named_or_newest(view, named, remedy, entry) is assessment
        for entry, named, remedy in decisions
    )


def _weighs(review: ReviewSanction) -> bool:
    """Whether a review rested on an assessment: it named one, or kept the measure."""
    return bool(review.equality) or review.outcome != "lift"


def _rested_on(view: PersonView, sanction: Sanction) -> Assessment | None:
    """The assessment a measure was proposed on: the one it named, or the newest there was; none for a legacy one."""
    if sanction.is_legacy:
        return None
    return _named_or_newest(view, sanction.measure.equality, sanction.measure.remedy or "", sanction.made)


def _named_or_newest(view: PersonView, named: str | None, remedy: str, decision: AnyEntry) -> Assessment | None:
    """What a decision rested on: the assessment it named, or the newest there was when it was taken."""
    found = next((entry for entry in view.assessments if entry.ref == named), None)
    return found or newest(view, remedy, decision)
