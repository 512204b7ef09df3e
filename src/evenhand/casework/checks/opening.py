"""Checks asked when a report is sorted and a case is opened and endorsed (clauses 1.1 to 1.5 and 4.10)."""

from evenhand.casework.case import CaseFile
from evenhand.casework.facts import Facts
from evenhand.casework.incident import IncidentFile
from evenhand.casework.involvement import took_part
from evenhand.casework.registers import Registers
from evenhand.casework.stages import RUNNING
from evenhand.casework.steps.incident import TriageIncident
from evenhand.casework.steps.opening import EndorseCase, OpenCase
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import add_months
from evenhand.policy.findings import Verdict, met, not_met, unknown


def breakdown_stated(draft: OpenCase) -> Verdict:
    """Does the case say what has broken down between us and the person? (clause 1.2)"""
    if draft.breakdown:
        return met("What has broken down is stated.")
    return not_met("It does not say what has broken down: say why ordinary service no longer works between us.")


def tried_first_stated(draft: OpenCase) -> Verdict:
    """Does the case say what was tried first, and why that was not enough? (clause 1.3)"""
    if draft.tried_first:
        return met("What was tried first is stated.")
    return not_met("It does not say what was tried first: say what was tried and why that was not enough.")


def colleague_joined(facts: Facts, draft: OpenCase) -> Verdict:
    """Does a colleague who works with the person open the case too? (clause 1.3)"""
    if draft.colleague:
        return met("A front-line colleague opens the case too.")
    cited = [facts.files[name] for name in draft.incidents if name in facts.files]
    if took_part(cited).get(facts.actor, {}).keys() & {"reported", "affected"}:
        return met("It is opened by the colleague who dealt with the person.")
    return not_met("No front-line colleague has joined: name the one who works with this person.")


def not_between_customers(facts: Facts, draft: OpenCase) -> Verdict:
    """Is the conduct towards us or our contractors, and not between customers? (clause 4.10)"""
    if draft.between_customers or any(_is_between_customers(facts, name) for name in draft.incidents):
        return not_met(
            "Conduct between customers goes to the anti-social behaviour procedure. If part of it was towards us, "
            "split the report and open a case for that part."
        )
    return met("The conduct was towards us or our contractors.")


def _is_between_customers(facts: Facts, incident: str) -> bool:
    file = facts.files.get(incident)
    return isinstance(file, IncidentFile) and file.report is not None and file.report.data.between_customers


def subject_in_scope(facts: Facts, draft: OpenCase) -> Verdict:
    """Is this somebody whose conduct the policy covers? (clause 1.1)"""
    kind, scope = draft.subject_kind, facts.edition.scope
    if kind is None:
        if draft.subject in facts.registers.customers:
            return met("The person is a customer.")
        return unknown("It is not said what the person is to us: choose it.")
    if kind in scope.subjects:
        return met("The policy covers this person.")
    route = scope.routes.get(kind)
    elsewhere = f" It goes to: {route}." if route else " Settle it in another way."
    return not_met(f"The policy does not cover the conduct of a {kind.replace('_', ' ')}.{elsewhere}")


def no_similar_open_case(facts: Facts, draft: OpenCase) -> Verdict:
    """Is there no other open case about the same person? (clause 1.2)"""
    cases = facts.view_of(draft.subject).cases if draft.subject else []
    others = [c.name for c in cases if c.subject == draft.subject and c.state in RUNNING and c.name != facts.file.name]
    if others:
        return not_met(
            f"There is an open case about this person already: {listed(others)}. Add the report to it instead."
        )
    return met("No other case about this person is open.")


def colleague_of(case: CaseFile) -> str:
    """The front-line colleague of a case: the one named, or else the one who opened it."""
    opened = case.opening
    return (opened.data.colleague or opened.by) if opened else ""


def endorser_is_line_manager(facts: Facts, draft: EndorseCase, *, stand_ins: tuple[str, ...] = ("manager",)) -> Verdict:
    """Is it endorsed by the colleague's line manager or deputy, or by another manager with a reason? (clause 1.3)"""
    colleague = colleague_of(facts.case)
    managers, affected = facts.registers.managers_of(colleague, facts.day), _affected(facts)
    if facts.actor in affected:
        return not_met("You were affected by what happened: another manager must endorse the case.")
    if facts.actor in managers:
        return met("The colleague's line manager, or their deputy, endorses it.")
    if not facts.edition.held(facts.roles, stand_ins):
        return not_met(f"Only a manager can endorse the case: ask {_names(facts.registers, managers)}.")
    if _stands_in(draft, managers, affected):
        return met("Another manager endorses it, in place of the colleague's own.")
    return not_met(
        f"{facts.registers.name(colleague)} is managed by {_names(facts.registers, managers)}: ask them, "
        "or say for whom you stand in and why."
    )


def _affected(facts: Facts) -> frozenset[str]:
    return frozenset[str]().union(*(incident.affected for incident in facts.incidents))


def _stands_in(draft: EndorseCase, managers: frozenset[str], affected: frozenset[str]) -> bool:
    """Whether the record shows why the line manager cannot do it, or the draft says so."""
    if managers and managers <= affected:
        return True
    return bool(draft.why_stands_in) and (not managers or draft.stands_in_for in managers)


def _names(registers: Registers, people: frozenset[str]) -> str:
    return listed((registers.name(who) for who in sorted(people)), "or") or "somebody the staff register does not name"


def endorser_not_opener(facts: Facts) -> Verdict:
    """Is the case endorsed by somebody other than those who opened it? (clause 1.3)"""
    opened = facts.case.opening
    if opened is not None and facts.actor in (opened.by, opened.data.colleague):
        return not_met("You opened this case: somebody else must endorse it.")
    return met("It is endorsed by somebody who did not open it.")


def no_recent_complaint_about_reporter(facts: Facts, *, months: int = 6) -> Verdict:
    """Has the person made no recent complaint about a colleague who now reports them? (clause 1.5)"""
    reporters = {incident.reporter for incident in facts.incidents} | {colleague_of(facts.case)}
    since = add_months(facts.day, -months)
    for complaint in facts.person.file.complaints:
        received = complaint.data.received_on or complaint.taken_on
        if received >= since and reporters.intersection(complaint.data.about):
            return not_met(
                f"On {plain_day(received)} the person complained about a colleague who now reports them: "
                "let a manager with no part in that complaint decide."
            )
    return met("The person made no recent complaint about a colleague who reports them.")


def case_endorsed(facts: Facts) -> Verdict:
    """Has the colleague's manager endorsed the case? (clause 1.3)"""
    if facts.case.endorsement is not None:
        return met("The case is endorsed.")
    return not_met("The case is not endorsed yet: the colleague's line manager does this.")


def route_matches_scope(facts: Facts, draft: TriageIncident) -> Verdict:
    """Does the report go where this kind of conduct belongs? (clause 4.10)"""
    if draft.route == "join_case" and not draft.case:
        return not_met("It is not said which case the report joins: choose it.")
    if draft.route in ("new_case", "join_case") and _is_between_customers(facts, facts.file.name):
        return not_met(
            "The report is about conduct between customers: send it to the anti-social behaviour procedure, "
            "or split it if part of it was towards us."
        )
    return met("The report goes where this kind of conduct belongs.")


def safeguarding_considered(draft: TriageIncident) -> Verdict:
    """Was it asked whether a child or a vulnerable adult could be at risk? (clause 4.10)"""
    if draft.safeguarding_considered:
        return met("Safeguarding was considered.")
    return not_met("Ask whether a child or a vulnerable adult could be at risk, and make the referral if so.")


def prevention_stated(facts: Facts, draft: TriageIncident) -> Verdict:
    """Where somebody was harassed for who they are, is it said how that is kept from happening again? (clause 1.4)"""
    report = facts.file.report if isinstance(facts.file, IncidentFile) else None
    if report is None or not report.data.characteristic:
        return met("It was not aimed at anybody's protected characteristic.")
    if draft.prevention:
        return met("What is done so that it does not happen again is stated.")
    return not_met("It was aimed at who somebody is: say what is done so that it does not happen again.")
