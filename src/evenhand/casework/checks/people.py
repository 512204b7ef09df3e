"""Checks on who decides: their authority, their distance from the case, their training (clauses 2.3, 4.8 and 6.1)."""

from evenhand.casework.deciders import deciders_beyond, deciders_for, may_decide
from evenhand.casework.entry import AnyEntry
from evenhand.casework.facts import Facts
from evenhand.casework.involvement import case_files, parts_of, took_part
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.appeal import AssignAppeal
from evenhand.casework.steps.casefacts import DeferTelling, RecordCounterAllegation
from evenhand.casework.steps.decision import ApproveSanction, TakeUrgentAction
from evenhand.casework.steps.flag import RecordNotTold
from evenhand.casework.steps.notice import AgreeContinuation
from evenhand.casework.wording import listed
from evenhand.policy.clock import add_months
from evenhand.policy.findings import Verdict, met, not_met
from evenhand.policy.shapes import Deciders


def approver_may_decide(facts: Facts, sanction: Sanction) -> Verdict:
    """May this colleague decide this measure, of this length? (clause 2.3)"""
    deciders = deciders_for(facts, sanction)
    if may_decide(facts, deciders, facts.actor):
        return met("You may decide this measure.")
    return not_met(f"You may not decide this measure. It is for: {_titles(facts, deciders)}.")


def may_last_longer(facts: Facts, sanction: Sanction) -> Verdict:
    """May this measure last beyond its longest term at all, if those agree who decide on that? (clause 4.5)"""
    beyond = deciders_beyond(facts, sanction)
    if beyond is None:
        return not_met("Nobody may let this measure last longer: it ends, or another one is proposed.")
    return met(f"This is for {_titles(facts, beyond)} to agree.")


def may_agree_continuation(facts: Facts, sanction: Sanction) -> Verdict:
    """May this colleague agree that the measure lasts beyond its longest term? (clause 4.5)"""
    beyond, asked = deciders_beyond(facts, sanction), sanction.continuation_asked
    if beyond is None:
        return may_last_longer(facts, sanction)
    if asked is not None and asked.by == facts.actor:
        return not_met("You asked for this: somebody else must answer it.")
    if any(entry.by == facts.actor for entry in sanction.continuation_agreements):
        return not_met("You agreed to this already: somebody else must agree too.")
    if may_decide(facts, beyond, facts.actor):
        return met("You may agree that this measure lasts longer.")
    return not_met(f"This is not for you to agree. It is for: {_titles(facts, beyond)}.")


def _titles(facts: Facts, deciders: Deciders) -> str:
    """Who decides, as people call them."""
    edition = facts.edition
    if deciders.body:
        return edition.bodies[deciders.body].title
    if deciders.two_of_grade is not None:
        return f"two of grade {deciders.two_of_grade} or above"
    post = deciders.post or (f"{deciders.relative} of the service concerned" if deciders.relative else "")
    if post:
        return post.replace("_", " ")
    roles = deciders.any_of or deciders.all_of
    return listed((edition.roles[role].title for role in roles), "or" if deciders.any_of else "and")


def others_consulted(facts: Facts, sanction: Sanction, draft: ApproveSanction) -> Verdict:
    """Were those asked for a view who must be, though they do not decide? (clause 2.3)"""
    asked = [facts.registers.roles_of(who, facts.day) for who in draft.consulted]
    wanted = deciders_for(facts, sanction).consulted
    missing = [role for role in wanted if not any(facts.edition.held(roles, (role,)) for roles in asked)]
    if missing:
        return not_met(f"Ask for the view of: {listed(facts.edition.roles[role].title for role in missing)}.")
    return met("Everybody was asked whose view is needed.")


def approver_apart(facts: Facts, sanction: Sanction, *, months: int = 6) -> Verdict:
    """Is whoever decides not the one who proposed or reported it, nor affected by it? (clause 6.1)"""
    return _apart(facts, sanction, facts.actor, months) or met("Whoever decides took no part in what led to this.")


def panel_apart(
    facts: Facts, sanction: Sanction, draft: ApproveSanction | AgreeContinuation, *, months: int = 6
) -> Verdict:
    """Is everybody on the panel apart from what led to this? (clause 6.1)"""
    for member in draft.present:
        near = _apart(facts, sanction, member, months)
        if near is not None:
            return near
    return met("Every member of the panel is apart from what led to this.")


def _apart(facts: Facts, sanction: Sanction, who: str, months: int) -> Verdict | None:
    """Why somebody cannot decide a measure fairly, or None where they can."""
    name = facts.registers.name(who)
    if who == sanction.made.by:
        return not_met(f"{name} proposed this measure: somebody else must decide it.")
    parts = took_part(case_files(facts.case, facts.files, facts.case.incidents))
    if parts_of(who, parts, ("reported", "affected")):
        return not_met(f"{name} reported what happened or was affected by it: somebody else must decide.")
    if is_connected(facts, who, sanction.subject):
        return not_met(f"{name} is connected with the person: somebody else must decide.")
    if _was_complained_of(facts, who, sanction.subject, months):
        return not_met(f"The person complained about {name}: somebody else must decide.")
    return None


def inquiry_apart(facts: Facts, told: AnyEntry) -> Verdict:
    """Is what the person says a colleague did looked into by somebody else than that colleague? (clause 1.5)"""
    if isinstance(told.data, RecordCounterAllegation) and told.data.about == facts.actor:
        return not_met("This is said about you: somebody else must look into it.")
    return met("Whoever looks into this is not the colleague it is about.")


def is_connected(facts: Facts, who: str, customer: str) -> bool:
    """Whether a colleague is the person, or declared a connection with them, their home or their household."""
    member, known = facts.registers.staff.get(who), facts.registers.customers.get(customer)
    near = {customer} if known is None else {customer, known.home, *known.household, *known.joint_with}
    return who == customer or bool(member and member.connections & near)


def _was_complained_of(facts: Facts, who: str, customer: str, months: int) -> bool:
    """Whether the person complained about a colleague: recently, or in a complaint that is still open (clause 1.5)."""
    since = add_months(facts.day, -months)
    return any(
        who in entry.data.about
        and (entry.data.closed_on is None or (entry.data.received_on or entry.taken_on) >= since)
        for entry in facts.view_of(customer).file.complaints
    )


def manager_took_part(
    facts: Facts, draft: TakeUrgentAction | DeferTelling | RecordNotTold, *, roles: tuple[str, ...] = ("manager",)
) -> Verdict:
    """Did a manager, or somebody standing in for one, take part? (clauses 4.4 and 5.1)"""
    for who in (facts.actor, draft.manager):
        if who and facts.edition.held(facts.registers.roles_of(who, facts.day), roles):
            return met("A manager took part.")
    if draft.manager:
        name = facts.registers.name(draft.manager)
        return not_met(f"{name} was no manager or deputy on that day: name one who took part.")
    return not_met("No manager took part: reach any manager or deputy and name them.")


def training_current(facts: Facts) -> Verdict:
    """Is the training of whoever decides up to date? (clause 4.8)"""
    lacking = _untrained(facts, facts.actor)
    if lacking:
        return not_met(f"Your training is missing or out of date: {listed(lacking)}.")
    return met("Your training is up to date.")


def officer_trained(facts: Facts, draft: AssignAppeal) -> Verdict:
    """Is the training of the appeal officer up to date? (clause 4.8)"""
    if not draft.officer:
        return met("No training of ours is asked of somebody from outside.")
    lacking = _untrained(facts, draft.officer)
    if lacking:
        name = facts.registers.name(draft.officer)
        return not_met(f"The training of {name} is missing or out of date: {listed(lacking)}.")
    return met("The appeal officer's training is up to date.")


def _untrained(facts: Facts, who: str) -> list[str]:
    """The modules that somebody never did, or did too long ago."""
    member, edition = facts.registers.staff.get(who), facts.edition
    done = member.training if member else {}
    titles = edition.codes.get("training_modules", {})
    return [
        titles.get(module, module.replace("_", " "))
        for module in edition.settings.training_modules
        if module not in done or not done[module] <= facts.day <= edition.last_day("training", done[module])
    ]
