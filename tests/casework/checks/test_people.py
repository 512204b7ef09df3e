from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks import people
from evenhand.casework.registers import Registers
from evenhand.casework.steps.appeal import AssignAppeal
from evenhand.casework.steps.casefacts import DeferTelling, RecordCounterAllegation
from evenhand.casework.steps.decision import ApproveSanction, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.incident import ReportIncident
from evenhand.casework.steps.notice import AgreeContinuation, AskContinuation
from evenhand.casework.steps.opening import OpenCase
from evenhand.casework.steps.person import RecordComplaint
from evenhand.policy.findings import Outcome, met, not_met
from evenhand.policy.shapes import Body, Deciders
from tests.casework.build import DAY, EDITION, REGISTERS, Story, with_customer, with_staff

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET


def proposed(story=None, remedy="restricted_times", **given):
    story = story or Story()
    story.add("incident-1", ReportIncident(subject="carol", reporter="olu"), by="max")
    story.add("case-1", OpenCase(subject="carol", incidents=("incident-1",)))
    story.add("case-1", ProposeSanction(remedy=remedy, **given), by="sue")
    return story


def sanction_of(facts):
    return next(iter(facts.case.sanctions.values()))


def asked(check, story, *given, by="mina", **settings):
    facts = story.facts(by=by)
    return check(facts, sanction_of(facts), *given, **settings)


def decided_by(**deciders):
    remedies = {
        "restricted_times": EDITION.remedies["restricted_times"].model_copy(update={"approvers": Deciders(**deciders)})
    }
    panel = Body(title="Conduct panel", roles=("manager",), quorum=2)
    return proposed(Story(edition=replace(EDITION, remedies=remedies, bodies={"panel": panel})))


def test_approver_may_decide_by_role():
    assert asked(people.approver_may_decide, proposed()) == met("You may decide this measure.")
    assert asked(people.approver_may_decide, proposed(), by="olu") == not_met(
        "You may not decide this measure. It is for: Manager."
    )


@pytest.mark.parametrize(
    ("deciders", "title"),
    [
        ({"any_of": ("manager", "senior_officer")}, "Manager or Senior officer"),
        ({"all_of": ("manager", "senior_officer")}, "Manager and Senior officer"),
        ({"two_of_grade": 4}, "two of grade 4 or above"),
        ({"body": "panel"}, "Conduct panel"),
        ({"post": "head_of_housing"}, "head of housing"),
        ({"relative": "director"}, "director of the service concerned"),
    ],
)
def test_approver_may_not_decide_says_who_may(deciders, title):
    assert asked(people.approver_may_decide, decided_by(**deciders), by="olu") == not_met(
        f"You may not decide this measure. It is for: {title}."
    )


def test_others_consulted():
    story = decided_by(any_of=("manager",), consulted=("senior_officer",))
    assert asked(people.others_consulted, story, ApproveSanction()) == not_met("Ask for the view of: Senior officer.")
    assert asked(people.others_consulted, story, ApproveSanction(consulted=("sam",))) == met(
        "Everybody was asked whose view is needed."
    )


def test_approver_is_apart():
    assert asked(people.approver_apart, proposed()) == met("Whoever decides took no part in what led to this.")


def test_approver_is_not_the_proposer():
    assert asked(people.approver_apart, proposed(), by="sue") == not_met(
        "Sue Park proposed this measure: somebody else must decide it."
    )


def test_approver_did_not_report_it():
    assert asked(people.approver_apart, proposed(), by="olu") == not_met(
        "Olu Adeyemi reported what happened or was affected by it: somebody else must decide."
    )
    assert asked(people.approver_apart, proposed(), by="max").outcome is MET


def test_approver_is_not_affected():
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol", affected=("mina",)))
    story.add("case-1", OpenCase(subject="carol", incidents=("incident-1",)))
    story.add("case-1", ProposeSanction(remedy="restricted_times"))
    assert asked(people.approver_apart, story).outcome is NOT_MET


@pytest.mark.parametrize("near", ["carol", "dave", "100"])
def test_approver_has_no_connection_with_the_person_or_their_home(near):
    story = proposed(Story(registers=with_staff(REGISTERS, "mina", connections=frozenset({near}))))
    assert asked(people.approver_apart, story) == not_met(
        "Mina Shah is connected with the person: somebody else must decide."
    )


def test_approver_has_no_connection_with_their_household():
    registers = with_staff(REGISTERS, "mina", connections=frozenset({"nell"}))
    story = proposed(Story(registers=with_customer(registers, "carol", household=frozenset({"nell"}))))
    assert asked(people.approver_apart, story).outcome is NOT_MET


def test_connection_is_looked_for_among_people_the_registers_do_not_know():
    facts = Story(registers=Registers()).facts()
    assert (people.is_connected(facts, "mina", "carol"), people.is_connected(facts, "carol", "carol")) == (False, True)


@pytest.mark.parametrize(
    ("complaint", "outcome"),
    [
        ({"received_on": date(2020, 1, 1)}, NOT_MET),
        ({"received_on": date(2020, 1, 1), "closed_on": date(2020, 2, 1)}, MET),
        ({"received_on": date(2021, 7, 1), "closed_on": date(2021, 7, 2)}, NOT_MET),
        ({"closed_on": DAY}, NOT_MET),
    ],
)
def test_approver_was_not_complained_of(complaint, outcome):
    story = proposed()
    story.add("carol", RecordComplaint(about=("mina",), **complaint))
    assert asked(people.approver_apart, story).outcome is outcome
    assert asked(people.approver_apart, story, by="sam").outcome is MET


def test_approver_who_was_complained_of_is_told_so():
    story = proposed()
    story.add("carol", RecordComplaint(about=("mina",)))
    assert asked(people.approver_apart, story) == not_met(
        "The person complained about Mina Shah: somebody else must decide."
    )


def test_panel_is_apart():
    story = proposed()
    assert asked(people.panel_apart, story, ApproveSanction(present=("mina", "sam"))) == met(
        "Every member of the panel is apart from what led to this."
    )
    assert asked(people.panel_apart, story, ApproveSanction(present=("mina", "sue"))).outcome is NOT_MET


@pytest.mark.parametrize(("actor", "manager"), [("mina", None), ("dana", None), ("olu", "sam"), ("olu", "dana")])
def test_manager_took_part(actor, manager):
    facts = Story().facts(by=actor)
    assert people.manager_took_part(facts, TakeUrgentAction(manager=manager)) == met("A manager took part.")


def test_no_manager_took_part():
    facts = Story().facts(by="olu")
    assert people.manager_took_part(facts, DeferTelling()) == not_met(
        "No manager took part: reach any manager or deputy and name them."
    )
    assert people.manager_took_part(facts, DeferTelling(manager="olu")) == not_met(
        "Olu Adeyemi was no manager or deputy on that day: name one who took part."
    )
    assert people.manager_took_part(facts, DeferTelling(manager="mina"), roles=("senior_officer",)).outcome is NOT_MET


def trained(who, on):
    return Story(registers=with_staff(REGISTERS, who, training={"unacceptable_conduct": on}))


def test_training_lasts_its_period():
    assert people.training_current(trained("mina", date(2020, 8, 6)).facts()) == met("Your training is up to date.")
    assert people.training_current(trained("mina", date(2020, 8, 5)).facts()).outcome is NOT_MET
    title = EDITION.codes.get("training_modules", {}).get("unacceptable_conduct", "unacceptable conduct")
    assert people.training_current(Story().facts()) == not_met(f"Your training is missing or out of date: {title}.")
    assert people.training_current(Story().facts(by="nobody")).outcome is NOT_MET


def test_officer_trained():
    facts = trained("sam", date(2021, 8, 1)).facts()
    assert people.officer_trained(facts, AssignAppeal(officer="sam")) == met(
        "The appeal officer's training is up to date."
    )
    assert people.officer_trained(facts, AssignAppeal(external_officer="A. Judge")) == met(
        "No training of ours is asked of somebody from outside."
    )
    title = EDITION.codes.get("training_modules", {}).get("unacceptable_conduct", "unacceptable conduct")
    assert people.officer_trained(facts, AssignAppeal(officer="sue")) == not_met(
        f"The training of Sue Park is missing or out of date: {title}."
    )


def test_whoever_is_complained_of_does_not_look_into_it():
    story = proposed()
    about = story.add("case-1", RecordCounterAllegation(what="She swore at me.", about="olu"))
    facts = story.facts(by="olu")
    assert people.inquiry_apart(facts, facts.entry(about)) == not_met(
        "This is said about you: somebody else must look into it."
    )
    other = story.facts(by="mina")
    assert people.inquiry_apart(other, other.entry(about)).outcome is Outcome.MET


def lasting(story=None, **beyond):
    """A measure that somebody asked to let last longer."""
    story = story or proposed()
    made = story.facts().case.sanctions
    story.add("case-1", AskContinuation(sanction=next(iter(made)), until=date(2022, 5, 2)), by="max")
    return story


def beyond(**deciders):
    """The same, where the given colleagues decide beyond its longest term; nobody does where none are given."""
    chosen = Deciders(**deciders) if deciders else None
    remedies = {
        "restricted_times": EDITION.remedies["restricted_times"].model_copy(update={"approvers_beyond": chosen})
    }
    return lasting(proposed(Story(edition=replace(EDITION, remedies=remedies))))


def test_may_agree_continuation():
    assert asked(people.may_agree_continuation, lasting(), by="sam") == met(
        "You may agree that this measure lasts longer."
    )
    assert asked(people.may_agree_continuation, lasting(), by="mina") == not_met(
        "This is not for you to agree. It is for: Senior officer."
    )
    assert asked(people.may_agree_continuation, lasting(), by="max") == not_met(
        "You asked for this: somebody else must answer it."
    )
    assert asked(people.may_agree_continuation, beyond(), by="sam") == not_met(
        "Nobody may let this measure last longer: it ends, or another one is proposed."
    )


def test_may_last_longer():
    assert asked(people.may_last_longer, lasting()) == met("This is for Senior officer to agree.")
    assert asked(people.may_last_longer, beyond()) == not_met(
        "Nobody may let this measure last longer: it ends, or another one is proposed."
    )


def test_nobody_agrees_twice_to_a_continuation():
    story = beyond(two_of_grade=2)
    made = next(iter(story.facts().case.sanctions))
    story.add("case-1", AgreeContinuation(sanction=made, answer="agreed"), by="sam")
    assert asked(people.may_agree_continuation, story, by="sam") == not_met(
        "You agreed to this already: somebody else must agree too."
    )
