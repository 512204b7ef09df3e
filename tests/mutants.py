"""Seeded rule breaks: each breaks one rule of the edition or one check, and a search must find what it lets through.

`python -m tests.mutants` breaks each in turn and prints which search found which; it fails if one is found by neither,
or if a search finds something where nothing is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from time import perf_counter

from evenhand.policy.edition import Edition
from tests.explore.breaking import (
    Mutant,
    always,
    changed,
    citing_is_enough,
    dropped,
    line,
    narrowed,
    seeing,
    softened,
    without_incidents,
    without_joint_tenants,
    without_managers,
    without_news,
)
from tests.explore.search import explore
from tests.explore.walking import CameUpon, walk
from tests.explore.world import shipped_edition

NO_EQUALITY = "live without an equality assessment made for it"
NO_WARNING = "live without a warning first or an approved reason"
NO_REVIEW = "live without a review date in bounds"
NOT_TOLD = "decided, and nobody is to tell the customer"
INVOLVED = "appeal decided by somebody involved"
HELD_UP = "an appeal in time held up as late"
HEARD_LATE = "a late appeal heard though nobody let it in"
MAY_NOT = "approved by somebody who may not"
NO_ACCESS = "essential access restricted"
MISSED = "possession notice that missed a joint tenant"
NEVER_PUT = "closed with an allegation never put"

LINES_DROPPED = (
    Mutant(
        "no equality assessment before a sanction",
        NO_EQUALITY,
        (dropped("propose_sanction", "equality_assessed"), dropped("approve_sanction", "equality_assessed")),
        without_floors=("equality_assessed",),
    ),
    Mutant(
        "no equality assessment before urgent action",
        NO_EQUALITY,
        (dropped("take_urgent_action", "equality_assessed"),),
        without_floors=("equality_assessed",),
    ),
    Mutant(
        "no equality assessment before carrying on", NO_EQUALITY, (dropped("review_sanction", "equality_assessed"),)
    ),
    Mutant(
        "no conversation considered",
        "live without a conversation considered",
        (dropped("propose_sanction", "conversation_considered"),),
    ),
    Mutant(
        "no warning first",
        NO_WARNING,
        (dropped("propose_sanction", "lower_rung_tried"), dropped("approve_sanction", "departure_accepted")),
    ),
    Mutant(
        "others may be bound",
        "binds somebody it was not decided for",
        (dropped("propose_sanction", "one_person_bound"),),
    ),
    Mutant("one served for all", MISSED, (dropped("serve_notice_seeking_possession", "every_joint_tenant_served"),)),
    Mutant("told before it is decided", "live without notice", (dropped("give_notice", "notice_follows_decision"),)),
    Mutant("closed with nothing put", NEVER_PUT, (dropped("close_case", "allegations_put"),)),
    Mutant(
        "a review may close what is essential",
        NO_ACCESS,
        (dropped("review_sanction", "essential_access_kept"), dropped("review_sanction", "needs_not_clashing")),
        without_floors=("essential_access_kept",),
    ),
    Mutant(
        "an appeal may close what is essential",
        NO_ACCESS,
        (dropped("decide_appeal", "essential_access_kept"), dropped("decide_appeal", "appeal_leaves_no_worse")),
        without_floors=("essential_access_kept",),
    ),
    Mutant(
        "closed while an appeal is open",
        "closed with an open appeal",
        (dropped("close_case", "no_open_appeal"), dropped("close_case", "no_duty_owed")),
    ),
    Mutant(
        "a dispute decided by anybody",
        "flag dispute decided by somebody involved",
        (dropped("decide_flag_dispute", "decider_apart_from_flag"),),
    ),
    Mutant(
        "an appeal decided by anybody senior",
        INVOLVED,
        (dropped("assign_appeal", "officer_apart"), dropped("decide_appeal", "decider_apart")),
        without_floors=("officer_apart", "decider_apart"),
    ),
    Mutant("lateness decided by anybody senior", INVOLVED, (dropped("decide_late_appeal", "decider_apart"),)),
    Mutant(
        "the approver assigns the appeal",
        "appeal assigned by somebody who decided",
        (dropped("assign_appeal", "assigner_apart"),),
    ),
)

SOFTENED = (
    Mutant(
        "evidence only warned about",
        "live without evidence",
        (softened("propose_sanction", "evidence_cited"), softened("approve_sanction", "evidence_cited")),
    ),
    Mutant("a skipped warning only warned about", NO_WARNING, (softened("approve_sanction", "departure_accepted"),)),
    Mutant("the proposer may approve", MAY_NOT, (softened("approve_sanction", "approver_apart"),)),
    Mutant(
        "a contractor may be told all",
        "a contractor told more than the control measures",
        (softened("disclose", "no_more_than_needed"),),
    ),
    Mutant(
        "closed while a sanction lives", "closed with a live sanction", (softened("close_case", "no_live_sanction"),)
    ),
)

NUMBERS_ROLES_AND_CONDITIONS = (
    Mutant(
        "a fourth month to review", NO_REVIEW, (changed("reviews.standard", "latest_months = 3", "latest_months = 4"),)
    ),
    Mutant(
        "thirteen days to appeal",
        HELD_UP,
        (changed("periods", 'appeal = { clause = "5.6", days = 14', 'appeal = { clause = "5.6", days = 13'),),
    ),
    Mutant(
        "fifteen days to appeal",
        HEARD_LATE,
        (changed("periods", 'appeal = { clause = "5.6", days = 14', 'appeal = { clause = "5.6", days = 15'),),
    ),
    Mutant(
        "time to appeal runs from the decision",
        HELD_UP,
        (changed("appeals", 'counted_from = "notice"', 'counted_from = "decision"'),),
    ),
    Mutant(
        "seven months to review a flag",
        "flag without a review date in bounds",
        (
            changed(
                "flags",
                'Threats or abuse", clause = "5.3", latest_months = 6',
                'Threats or abuse", clause = "5.3", latest_months = 7',
            ),
        ),
    ),
    Mutant(
        "three days to tell of urgent action",
        "urgent action without its duty give_notice",
        (
            changed(
                "periods",
                'notice_urgent = { clause = "5.1", working_days = 2',
                'notice_urgent = { clause = "5.1", working_days = 3',
            ),
        ),
    ),
    Mutant("warnings count for ever", NO_WARNING, (changed("ladder", 'counting = "live"', 'counting = "given"'),)),
    Mutant(
        "colleagues approve",
        MAY_NOT,
        (
            changed("steps.approve_sanction", 'roles = ["manager"]', 'roles = ["colleague"]'),
            changed("remedies.restricted_channels", 'approvers = ["manager"]', 'approvers = ["colleague"]'),
        ),
    ),
    Mutant(
        "managers ask for injunctions",
        MAY_NOT,
        (changed("remedies.civil_injunction", 'approvers = ["senior_officer"]', 'approvers = ["manager"]'),),
    ),
    Mutant(
        "hearing owed only before the court",
        "urgent action without its duty hear_customer",
        (narrowed("take_urgent_action", "hear_customer", 'kind = ["court"]'),),
    ),
    Mutant(
        "a lawyer owed only for a warning",
        "urgent action without its duty instruct_legal",
        (line("take_urgent_action", "instruct_legal", lambda asked: asked.replace('["court"]', '["warning"]')),),
    ),
)

DUTIES_DROPPED = (
    Mutant(
        "telling of urgent action not owed",
        "urgent action without its duty give_notice",
        (dropped("take_urgent_action", "give_notice"),),
        without_floors=("give_notice",),
    ),
    Mutant(
        "full assessment after urgent action not owed",
        "urgent action without its duty assess_equality",
        (dropped("take_urgent_action", "assess_equality"),),
    ),
    Mutant(
        "review not owed once told",
        "review overdue and nobody told",
        (dropped("give_notice", "review_sanction"),),
        without_floors=("review_sanction",),
    ),
    Mutant("next review not owed", "review overdue and nobody told", (dropped("review_sanction", "review_sanction"),)),
    Mutant(
        "telling of a review not owed",
        NOT_TOLD,
        (dropped("review_sanction", "give_notice"),),
        without_floors=("give_notice",),
    ),
    Mutant("telling of a lifting not owed", NOT_TOLD, (dropped("lift_sanction", "give_notice"),)),
    Mutant(
        "telling of a flag not owed",
        "flag live, and nobody is to tell the person",
        (dropped("approve_flag", "tell_person"),),
        without_floors=("tell_person",),
    ),
    Mutant(
        "deciding an appeal not owed",
        "an appeal waits and nobody is to decide it",
        (dropped("receive_appeal", "decide_appeal"),),
    ),
)

CHECKS_BROKEN = (
    Mutant("equality always assessed", NO_EQUALITY, checks=always("equality_assessed")),
    Mutant("assessments never stale", NO_EQUALITY, checks=seeing(without_news, "equality_assessed")),
    Mutant(
        "conversation always considered",
        "live without a conversation considered",
        checks=always("conversation_considered"),
    ),
    Mutant(
        "whatever is cited is evidence",
        "live without evidence",
        checks=citing_is_enough(),
    ),
    Mutant(
        "next review anywhere",
        NO_REVIEW,
        (changed("reviews.standard", "latest_months = 3", "latest_months = 6"),),
        always("next_review_in_window"),
    ),
    Mutant("essential access always kept", NO_ACCESS, checks=always("essential_access_kept")),
    Mutant("late appeals always let in", HEARD_LATE, checks=always("appeal_admitted")),
    Mutant(
        "line managers not counted as involved",
        INVOLVED,
        checks=seeing(without_managers, "officer_apart", "decider_apart"),
    ),
    Mutant("the injured may approve", MAY_NOT, checks=seeing(without_incidents, "approver_apart")),
    Mutant("joint tenants overlooked", MISSED, checks=seeing(without_joint_tenants, "every_joint_tenant_served")),
    Mutant(
        "nothing ever open at closing", "closed with an open appeal", checks=always("no_open_appeal", "no_duty_owed")
    ),
    Mutant("allegations always put", NEVER_PUT, checks=always("allegations_put")),
)

MUTANTS: tuple[Mutant, ...] = (
    *LINES_DROPPED,
    *SOFTENED,
    *NUMBERS_ROLES_AND_CONDITIONS,
    *DUTIES_DROPPED,
    *CHECKS_BROKEN,
)

Hunt = Callable[[Edition, str], bool]


def by_breadth(edition: Edition, sought: str) -> bool:
    """Whether breadth-first search finds a forbidden state of this name ('' for any)."""
    explored = explore(edition, sought=sought)
    return any(name.startswith(sought) for name in explored.forbidden)


def at_random(edition: Edition, sought: str) -> bool:
    """Whether random walks come upon it."""
    try:
        walk(edition, walks=400, steps=25, sought=sought)
    except CameUpon:
        return True
    return False


HUNTS: Mapping[str, Hunt] = {"breadth": by_breadth, "random": at_random}


def _hunted(edition: Edition, sought: str) -> tuple[bool, str]:
    """Whether a search finds it, and the same in words: which did, and how long each took."""
    found, said = False, []
    for name, hunt in HUNTS.items():
        began = perf_counter()
        is_found = hunt(edition, sought)
        found = found or is_found
        said.append(f"{name} {'found' if is_found else '-':5} {perf_counter() - began:5.1f} s")
    return found, "  ".join(said)


def main() -> int:
    """Prints which search found which broken rule. 1 if one was missed, or something was found where none is broken."""
    false_alarm, said = _hunted(shipped_edition(), "")
    print(f"{'nothing broken':46} {said}", flush=True)
    missed = 0
    for mutant in MUTANTS:
        found, said = _hunted(mutant.edition(), mutant.lets_through)
        missed += not found
        print(f"{mutant.name:46} {said}  {mutant.lets_through}{'' if found else ': FOUND BY NEITHER'}", flush=True)
    print(f"{len(MUTANTS)} broken rules, {len(MUTANTS) - missed} found, {missed} found by neither.")
    return 1 if missed or false_alarm else 0


if __name__ == "__main__":
    sys.exit(main())
