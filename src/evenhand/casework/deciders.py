"""Who may decide a measure, and when enough of them have (clauses 1.3, 2.3)."""

from collections.abc import Collection, Iterable
from datetime import date

from evenhand.casework.facts import Facts
from evenhand.casework.person import PersonView
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.decision import ApproveSanction
from evenhand.casework.steps.notice import AgreeContinuation
from evenhand.policy.clock import add_days, add_months
from evenhand.policy.shapes import Deciders, Remedy


def deciders_for(facts: Facts, sanction: Sanction) -> Deciders:
    """Those of its remedy; beyond its longest term the next up; for a measure in words the highest."""
    remedy = facts.edition.remedies.get(sanction.measure.remedy or "")
    if remedy is None:
        return Deciders(any_of=facts.edition.settings.highest_approvers)
    beyond = remedy.approvers_beyond
    return beyond if beyond and is_beyond_longest(facts, sanction, remedy) else remedy.approvers


def deciders_beyond(facts: Facts, sanction: Sanction) -> Deciders | None:
    """Who may let a measure last beyond its longest term; None where nobody may."""
    remedy = facts.edition.remedies.get(sanction.measure.remedy or "")
    return remedy.approvers_beyond if remedy else None


def is_beyond_longest(facts: Facts, sanction: Sanction, remedy: Remedy) -> bool:
    """Whether the person would be bound for longer than the remedy allows without a fresh, higher decision."""
    begins = sanction.imposed_on or sanction.measure.starts_on or facts.day
    starts = run_began(facts.view_of(sanction.subject), sanction.measure.remedy, begins)
    ends = sanction.measure.ends_on
    return bool(remedy.longest_months and ends and ends > add_months(starts, remedy.longest_months))


def run_began(view: PersonView, remedy: str | None, begins: date) -> date:
    """The first day of an unbroken run of measures of one remedy, the last of which begins on the day given."""
    earlier = [s for s in view.sanctions if remedy and s.measure.remedy == remedy and s.imposed_on is not None]
    for sanction in sorted(earlier, key=lambda s: s.imposed_on or begins, reverse=True):
        if sanction.imposed_on and sanction.imposed_on < begins and _reaches(sanction, begins):
            begins = sanction.imposed_on
    return begins


def _reaches(sanction: Sanction, day: date) -> bool:
    """Whether a measure still bound the person on the day before, so that nothing lies between."""
    return sanction.bound_on(add_days(day, -1))


def may_decide(facts: Facts, deciders: Deciders, who: str) -> bool:
    """Whether somebody is one of those who decide, alone or with others."""
    edition, roles = facts.edition, facts.registers.roles_of(who, facts.day)
    if deciders.post or deciders.relative:
        return bool(posts_of(facts, who) & {_post(facts, deciders)})
    if deciders.two_of_grade is not None:
        return any(rule.grade >= deciders.two_of_grade for name, rule in edition.roles.items() if name in roles)
    members = edition.bodies[deciders.body].roles if deciders.body else deciders.any_of + deciders.all_of
    return edition.held(roles, members) is not None


def posts_of(facts: Facts, who: str) -> frozenset[str]:
    member = facts.registers.staff.get(who)
    return member.posts if member else frozenset()


def _post(facts: Facts, deciders: Deciders) -> str:
    """A named post, or one relative to the case: 'director' of a case about repairs is `director_of_repairs`."""
    if deciders.post:
        return deciders.post
    opened = facts.case.opening
    return f"{deciders.relative}_of_{getattr(opened.data, 'service', '') if opened else ''}"


def approval_complete(facts: Facts, sanction: Sanction, draft: ApproveSanction) -> bool:
    """Whether this approval, with those given before, is all that the measure needs."""
    given = {entry.by for entry in sanction.all(ApproveSanction)}
    return are_enough(facts, deciders_for(facts, sanction), given, draft.present)


def agreed_day(facts: Facts, sanction: Sanction, draft: AgreeContinuation) -> date | None:
    """The last day agreed to, once this agreement is the last one needed: the soonest that anybody named."""
    beyond = deciders_beyond(facts, sanction)
    if beyond is None or draft.answer != "agreed":
        return None
    given, asked = sanction.continuation_agreements, sanction.continuation_asked
    days = [draft.until, asked.data.until if asked else None, *(entry.data.until for entry in given)]
    complete = are_enough(facts, beyond, {entry.by for entry in given}, draft.present)
    return min((day for day in days if day is not None), default=None) if complete else None


def are_enough(facts: Facts, deciders: Deciders, given: Collection[str], present: Iterable[str] = ()) -> bool:
    """Whether the one who now decides, with those who did before or sit with them, are all who must."""
    given = {*given, facts.actor}
    if deciders.body:
        body = facts.edition.bodies[deciders.body]
        return sum(may_decide(facts, deciders, who) for who in {facts.actor, *present}) >= body.quorum
    if deciders.two_of_grade is not None:
        return sum(may_decide(facts, deciders, who) for who in given) >= 2
    if deciders.all_of:
        return _each_by_another(facts, deciders.all_of, sorted(given))
    return may_decide(facts, deciders, facts.actor)


def _each_by_another(facts: Facts, roles: tuple[str, ...], people: list[str]) -> bool:
    """Whether every role can be filled by a different person of those who approved."""
    if not roles:
        return True
    able = [who for who in people if facts.edition.held(facts.registers.roles_of(who, facts.day), roles[:1])]
    return any(_each_by_another(facts, roles[1:], [p for p in people if p != who]) for who in able)
