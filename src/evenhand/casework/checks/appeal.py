"""Checks on appeals: received, let in, and decided by somebody apart (clause 5.6)."""

from collections.abc import Mapping

from evenhand.casework.appeal import Appeal
from evenhand.casework.checks.people import is_connected
from evenhand.casework.checks.timing import in_time, promised_by
from evenhand.casework.facts import Facts
from evenhand.casework.involvement import Parts, case_files, parts_of, took_part, with_managers
from evenhand.casework.sanction import Sanction
from evenhand.casework.settle import is_appealable
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, ReceiveAppeal
from evenhand.casework.wording import listed
from evenhand.policy.findings import Verdict, met, not_met

BARRED = (
    "proposed", "approved", "endorsed", "opened", "triaged", "reviewed", "decided", "reported", "advised", "affected",
    "appeal_officer", "managed",
)  # fmt: skip
"""Parts after which nobody hears an appeal, an earlier one on the case included; assigning one is none of them."""
ASSIGNING = tuple(part for part in BARRED if part != "managed")
"""Parts after which nobody chooses who hears an appeal."""

PART_WORDS: Mapping[str, str] = {
    "proposed": "proposed the decision",
    "approved": "approved the decision",
    "endorsed": "endorsed or declined the case",
    "opened": "opened the case",
    "triaged": "decided what became of a report",
    "reviewed": "reviewed or ended the decision",
    "decided": "decided something in it",
    "reported": "gave a report or a statement",
    "recorded": "recorded an injury",
    "advised": "gathered evidence or gave advice",
    "affected": "was affected by what happened",
    "managed": "was line manager of somebody who took part",
    "assigned": "assigned an appeal",
    "appeal_officer": "decided on an appeal",
}


def appeal_in_time(facts: Facts, sanction: Sanction, draft: ReceiveAppeal) -> Verdict:
    """Did the appeal come by the last day that the customer had been given? (clause 5.6)"""
    received = draft.received_on or facts.day
    return in_time(facts, draft, on=received, by=sanction.appeal_by, period=facts.edition.appeals.period)


def appealable(facts: Facts, sanction: Sanction) -> Verdict:
    """Can this be appealed here? (clause 5.6)"""
    edition = facts.edition
    if edition.appeals.internal and is_appealable(edition, sanction):
        return met("This can be appealed.")
    bodies = [body.title for body in edition.outside.values()]
    elsewhere = f": tell the person about {listed(bodies)}." if bodies else "."
    return not_met(f"This cannot be appealed here{elsewhere}")


def grounds_named(facts: Facts, draft: ReceiveAppeal) -> Verdict:
    """Does the appeal name one of the grounds that the policy lists, where it lists any? (clause 5.6)"""
    grounds = facts.edition.appeals.grounds
    if not grounds or not {*grounds}.isdisjoint(draft.grounds):
        return met("No further ground is needed.")
    return not_met(f"None of these grounds is named: {listed(grounds, 'or')}. Ask the person which they mean.")


def involved(facts: Facts, appeal: Appeal, barred: tuple[str, ...] = BARRED) -> Parts:
    """Who took a barred part in the case or its incidents, and the line managers, at the time, of each of them.

    What was done on this very appeal is no part in what it is against.
    """
    files = case_files(facts.case, facts.files, facts.case.incidents)
    took = took_part(files, counts=lambda entry: getattr(entry.data, "appeal", None) != appeal.ref)
    counted = {who: {part: theirs[part] for part in theirs if part in barred} for who, theirs in took.items()}
    return with_managers(counted, facts.registers)


def apart(facts: Facts, who: str, parts: Parts, barred: tuple[str, ...]) -> Verdict:
    """Whether somebody took none of the barred parts, and has no connection with the person that they declared."""
    found = [PART_WORDS.get(part, part) for part in parts_of(who, parts, barred)]
    if is_connected(facts, who, facts.file.subject):
        found.append("is connected with the person")
    if not found:
        return met("Whoever does this took no part in it.")
    return not_met(f"{facts.registers.name(who)} {listed(found)}: it takes somebody with no part in it.")


def form_used(facts: Facts, draft: ReceiveAppeal) -> Verdict:
    """Did the appeal come in one of the forms that the policy lists, where it lists any? (clause 5.6)"""
    forms = facts.edition.appeals.forms
    if not forms or draft.form in forms:
        return met("The appeal came in a form that counts.")
    return not_met(f"An appeal comes as {listed(forms, 'or')}: say which this was. It is looked at all the same.")


def officer_senior(facts: Facts, draft: AssignAppeal) -> Verdict:
    """Is the appeal given to somebody senior, or to somebody from outside? (clause 5.6)"""
    role = facts.edition.appeals.officer_role
    if not draft.officer:
        return met("The officer is from outside.") if draft.external_officer else not_met("Name the appeal officer.")
    if facts.edition.held(facts.registers.roles_of(draft.officer, facts.day), (role,)):
        return met("The officer is senior.")
    name, title = facts.registers.name(draft.officer), facts.edition.roles[role].title.lower()
    return not_met(f"{name} does not hold the role needed to hear an appeal ({title}): choose somebody who does.")


def officer_apart(facts: Facts, appeal: Appeal, draft: AssignAppeal, *, barred: tuple[str, ...] = BARRED) -> Verdict:
    """Did the appeal officer take no part in the case? (clause 5.6)"""
    if not draft.officer:
        return _from_outside(facts, draft.external_officer or "")
    return apart(facts, draft.officer, involved(facts, appeal, barred), barred)


def _from_outside(facts: Facts, officer: str) -> Verdict:
    """Whether somebody named as being from outside is nobody in our own staff register."""
    name = _whole_name(officer)
    if not name:
        return not_met("Name the appeal officer.")
    if any(name in (member.id.casefold(), member.name.casefold()) for member in facts.registers.staff.values()):
        return not_met(f"{officer} is a colleague, and nobody from outside: choose them as the appeal officer.")
    return met("The officer is from outside.")


def _whole_name(officer: str) -> str:
    """The name of somebody from outside, without the organisation that may follow it."""
    return officer.partition(",")[0].strip().casefold()


def assigner_apart(facts: Facts, appeal: Appeal, *, barred: tuple[str, ...] = ASSIGNING) -> Verdict:
    """Did whoever assigns the appeal take no part in the case? (clause 5.6)"""
    return apart(facts, facts.actor, involved(facts, appeal, barred), barred)


def appeal_admitted(appeal: Appeal) -> Verdict:
    """Is the appeal in time, or was it let in although it was late? (clause 5.6)"""
    if appeal.admitted:
        return met("The appeal is let in.")
    if appeal.admitted is None:
        return not_met("The appeal came late: decide first, with reasons, whether it is heard.")
    return not_met("It was decided not to hear this appeal, which came late.")


def decider_apart(facts: Facts, appeal: Appeal, *, barred: tuple[str, ...] = BARRED) -> Verdict:
    """Did whoever decides take no part in the case? (clause 5.6)"""
    return apart(facts, facts.actor, involved(facts, appeal, barred), barred)


def officer_is_assigned(facts: Facts, appeal: Appeal, draft: DecideAppeal) -> Verdict:
    """Is the appeal decided by the officer to whom it was given? (clause 5.6)"""
    if not appeal.assignments:
        return not_met("The appeal was given to nobody yet: assign it first.")
    if facts.actor == appeal.officer:
        return met("The officer to whom it was given decides.")
    outside, said = not appeal.assignments[-1].data.officer, draft.decided_for_external or ""
    if outside and said and _whole_name(said) == _whole_name(appeal.officer):
        return met(f"The decision of {appeal.officer} is entered for them.")
    how = "; say that you enter their decision" if outside else ""
    return not_met(f"This appeal was given to {facts.registers.name(appeal.officer)}, who decides it{how}.")


def decided_in_time(facts: Facts, appeal: Appeal, draft: DecideAppeal) -> Verdict:
    """Is the appeal decided by the day that was promised? (clause 5.6)"""
    duty = facts.edition.duties.get("decide_appeal")
    last = promised_by((appeal.received,), "decide_appeal", appeal.ref)
    return in_time(facts, draft, on=facts.day, by=last, period=duty.period if duty else None)
