"""Checks on what a decision makes of a measure that stands already (clauses 4.5 and 5.6)."""

from evenhand.casework.facts import Facts
from evenhand.casework.sanction import Sanction
from evenhand.casework.settle import is_worse
from evenhand.casework.steps.appeal import DecideAppeal
from evenhand.policy.findings import Verdict, met, not_met


def appeal_leaves_no_worse(facts: Facts, sanction: Sanction, draft: DecideAppeal) -> Verdict:
    """Does the appeal's outcome weigh no more on the person than what they appealed against? (clause 5.6)"""
    if is_worse(facts.edition, sanction, draft.terms, draft.ends_on):
        return not_met(
            "Nobody may fare worse for appealing: keep to the terms and the last day as they were, or soften."
        )
    return met("The person fares no worse than before the appeal.")


def end_day_known(facts: Facts, sanction: Sanction) -> Verdict:
    """Does a measure that was brought in from before have a last day, or a kind that needs none? (clause 4.5)"""
    remedy = facts.edition.remedies.get(sanction.measure.remedy or "")
    needs_none = remedy is not None and (remedy.open_ended or remedy.life_months is not None)
    if sanction.ends_on is not None or needs_none or "court" in sanction.kinds:
        return met("It is known until when it binds.")
    return not_met("Nobody knows until when this binds: correct the entry that brought it in, or end it.")
