"""Appeals: in time, let in, and heard by somebody who took no part."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks.appeal import (
    appeal_admitted,
    appeal_in_time,
    appealable,
    assigner_apart,
    decided_in_time,
    decider_apart,
    form_used,
    grounds_named,
    officer_apart,
    officer_is_assigned,
    officer_senior,
)
from evenhand.casework.registers import Since
from evenhand.casework.steps.appeal import (
    AssignAppeal,
    DecideAppeal,
    DecideLateAppeal,
    ReceiveAppeal,
    SuspendSanction,
)
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.casework.steps.incident import ReportIncident
from evenhand.policy.findings import Outcome, Promise, met, not_met
from tests.casework.build import EDITION, REGISTERS, with_staff
from tests.casework.checks.measures import APPEAL_BY, opened, proposed, sanction_of, told

LATE = date(2021, 8, 19)
APART = met("Whoever does this took no part in it.")
DECIDE_BY = Promise("decide_appeal", "5.6", date(2021, 8, 24), ("senior_officer",), "case-1#6")


def appealed(received_on=APPEAL_BY, **story_changes):
    """A case in which Carol appealed against a warning that Sam approved."""
    story = opened(**story_changes)
    against = told(story)
    draft = ReceiveAppeal(against=against, received_on=received_on)
    return story, story.add("case-1", draft, on=received_on, promises=(DECIDE_BY,))


def appeal_of(story, ref):
    return story.facts().case.appeals[ref]


def test_appeal_in_time_by_the_day_it_was_received():
    story = opened()
    sanction = sanction_of(story, told(story))
    facts = story.facts(on=date(2021, 9, 1))
    in_time, late = ReceiveAppeal(received_on=APPEAL_BY), ReceiveAppeal(received_on=LATE)
    assert appeal_in_time(facts, sanction, in_time) == met("In time: the last day is 18 August 2021.")
    assert appeal_in_time(facts, sanction, late) == not_met("This was due by 18 August 2021.")
    assert appeal_in_time(facts, sanction, ReceiveAppeal()) == not_met("This was due by 18 August 2021.")


def test_appeal_in_time_where_nobody_was_told_yet():
    story = opened()
    sanction = sanction_of(story, proposed(story))
    assert appeal_in_time(story.facts(), sanction, ReceiveAppeal()) == met("No last day was set for this.")


def test_appealable_or_who_outside_looks_at_it():
    story = opened()
    sanction = sanction_of(story, told(story))
    assert appealable(story.facts(), sanction) == met("This can be appealed.")
    without = replace(EDITION, appeals=EDITION.appeals.model_copy(update={"internal": False}))
    assert appealable(replace(story.facts(), edition=without), sanction) == not_met(
        "This cannot be appealed here: tell the person about Housing Ombudsman Service."
    )
    alone = replace(without, outside={})
    assert appealable(replace(story.facts(), edition=alone), sanction) == not_met("This cannot be appealed here.")


def test_grounds_named_only_where_the_policy_lists_grounds():
    facts = opened().facts()
    assert grounds_named(facts, ReceiveAppeal()).outcome is Outcome.MET
    listing = EDITION.appeals.model_copy(update={"grounds": ("new facts", "not followed")})
    strict = replace(facts, edition=replace(EDITION, appeals=listing))
    assert grounds_named(strict, ReceiveAppeal(grounds=("new facts",))) == met("No further ground is needed.")
    assert grounds_named(strict, ReceiveAppeal(grounds=("unfair",))) == not_met(
        "None of these grounds is named: new facts or not followed. Ask the person which they mean."
    )


def test_form_used_only_where_the_policy_lists_forms():
    facts = opened().facts()
    assert form_used(facts, ReceiveAppeal()) == met("The appeal came in a form that counts.")
    listing = EDITION.appeals.model_copy(update={"forms": ("letter", "email")})
    strict = replace(facts, edition=replace(EDITION, appeals=listing))
    assert form_used(strict, ReceiveAppeal(form="letter")) == met("The appeal came in a form that counts.")
    assert form_used(strict, ReceiveAppeal()) == not_met(
        "An appeal comes as letter or email: say which this was. It is looked at all the same."
    )


def test_officer_senior_or_from_outside():
    facts = opened().facts()
    assert officer_senior(facts, AssignAppeal(officer="sue")) == met("The officer is senior.")
    assert officer_senior(facts, AssignAppeal(external_officer="Ann Hale")) == met("The officer is from outside.")
    assert officer_senior(facts, AssignAppeal()) == not_met("Name the appeal officer.")
    assert officer_senior(facts, AssignAppeal(officer="max")) == not_met(
        "Max Reed does not hold the role needed to hear an appeal (senior officer): choose somebody who does."
    )


def test_h6_officer_apart_from_every_part_taken_in_the_case():
    story, ref = appealed()
    facts, appeal = story.facts(), appeal_of(story, ref)
    assert officer_apart(facts, appeal, AssignAppeal(officer="sue")) == APART
    assert officer_apart(facts, appeal, AssignAppeal(officer="sam")) == not_met(
        "Sam Hall approved the decision and was line manager of somebody who took part: "
        "it takes somebody with no part in it."
    )
    assert officer_apart(facts, appeal, AssignAppeal(external_officer="Ann Hale")).outcome is Outcome.MET
    assert officer_apart(facts, appeal, AssignAppeal()) == not_met("Name the appeal officer.")


@pytest.mark.parametrize("named", ["mina", "MINA SHAH", "Mina Shah, Stonewater"])
def test_h6_nobody_of_ours_is_from_outside(named):
    story, ref = appealed()
    verdict = officer_apart(story.facts(), appeal_of(story, ref), AssignAppeal(external_officer=named))
    assert verdict == not_met(f"{named} is a colleague, and nobody from outside: choose them as the appeal officer.")


def test_h6_officer_apart_from_those_who_gave_advice_or_were_affected():
    story, ref = appealed()
    story.add("case-1", AddEvidence(what="My note of the call."), by="sue", role="senior_officer")
    advised = officer_apart(story.facts(), appeal_of(story, ref), AssignAppeal(officer="sue"))
    assert advised == not_met("Sue Park gathered evidence or gave advice: it takes somebody with no part in it.")
    story.add("incident-1", ReportIncident(subject="carol", reporter="olu", affected=("max",)), by="mina")
    affected = officer_apart(story.facts(), appeal_of(story, ref), AssignAppeal(officer="max"))
    assert affected == not_met("Max Reed was affected by what happened: it takes somebody with no part in it.")


def test_h6_officer_apart_counts_line_managers_as_they_were_at_the_time():
    moved = with_staff(
        REGISTERS, "olu", managers=(Since("sue", until=date(2021, 8, 1)), Since("max", date(2021, 8, 2)))
    )
    story, ref = appealed(registers=moved)
    verdict = officer_apart(story.facts(), appeal_of(story, ref), AssignAppeal(officer="sue"))
    assert verdict == not_met(
        "Sue Park was line manager of somebody who took part: it takes somebody with no part in it."
    )


def test_officer_apart_from_the_person_whom_it_concerns():
    story, ref = appealed(registers=with_staff(REGISTERS, "sue", connections=frozenset({"carol"})))
    verdict = officer_apart(story.facts(), appeal_of(story, ref), AssignAppeal(officer="sue"))
    assert verdict == not_met("Sue Park is connected with the person: it takes somebody with no part in it.")


def test_assigner_apart_from_those_who_decided():
    story, ref = appealed()
    appeal = appeal_of(story, ref)
    assert assigner_apart(story.facts(by="max"), appeal) == APART
    assert assigner_apart(story.facts(by="olu"), appeal) == not_met(
        "Olu Adeyemi proposed the decision, opened the case, gave a report or a statement, gathered evidence or gave "
        "advice and was affected by what happened: it takes somebody with no part in it."
    )
    assert assigner_apart(story.facts(by="mina"), appeal) == not_met(
        "Mina Shah endorsed or declined the case: it takes somebody with no part in it."
    )


@pytest.mark.parametrize(
    ("who", "outcome"), [("sue", Outcome.MET), ("sam", Outcome.NOT_MET), ("mina", Outcome.NOT_MET)]
)
def test_h6_decider_apart_from_the_case(who, outcome):
    story, ref = appealed()
    assert decider_apart(story.facts(by=who), appeal_of(story, ref)).outcome is outcome


def test_decider_apart_counts_nothing_done_on_this_very_appeal():
    story, ref = appealed(received_on=LATE)
    story.add("case-1", DecideLateAppeal(appeal=ref, admit=True), by="sue", role="senior_officer")
    story.add("case-1", AssignAppeal(appeal=ref, officer="sue"), by="sue", role="senior_officer")
    story.add("case-1", SuspendSanction(appeal=ref), by="sue", role="senior_officer")
    assert decider_apart(story.facts(by="sue"), appeal_of(story, ref)) == APART


def test_decider_apart_from_an_earlier_appeal():
    story, ref = appealed()
    story.add("case-1", DecideAppeal(appeal=ref, outcome="dismissed"), by="sue", role="senior_officer")
    again = story.add("case-1", ReceiveAppeal(against=appeal_of(story, ref).sanction))
    facts, appeal = story.facts(by="sue"), appeal_of(story, again)
    assert decider_apart(facts, appeal, barred=("advised",)) == APART
    assert decider_apart(facts, appeal) == not_met(
        "Sue Park decided on an appeal: it takes somebody with no part in it."
    )


def test_appeal_admitted_in_time_or_let_in():
    story, ref = appealed()
    assert appeal_admitted(appeal_of(story, ref)) == met("The appeal is let in.")
    story, ref = appealed(received_on=LATE)
    undecided = not_met("The appeal came late: decide first, with reasons, whether it is heard.")
    assert appeal_admitted(appeal_of(story, ref)) == undecided
    story.add("case-1", DecideLateAppeal(appeal=ref, admit=False), by="sue")
    assert appeal_admitted(appeal_of(story, ref)) == not_met("It was decided not to hear this appeal, which came late.")


def test_officer_is_assigned_and_decides_in_person():
    story, ref = appealed()
    draft = DecideAppeal(appeal=ref, outcome="upheld")
    assert officer_is_assigned(story.facts(by="sue"), appeal_of(story, ref), draft) == not_met(
        "The appeal was given to nobody yet: assign it first."
    )
    story.add("case-1", AssignAppeal(appeal=ref, officer="sue"), by="max")
    appeal = appeal_of(story, ref)
    assert officer_is_assigned(story.facts(by="sue"), appeal, draft) == met("The officer to whom it was given decides.")
    assert officer_is_assigned(story.facts(by="sam"), appeal, draft) == not_met(
        "This appeal was given to Sue Park, who decides it."
    )


def test_officer_is_assigned_or_their_decision_is_entered_where_they_are_from_outside():
    story, ref = appealed()
    story.add("case-1", AssignAppeal(appeal=ref, external_officer="Ann Hale, Other Homes"), by="max")
    facts, appeal = story.facts(by="max"), appeal_of(story, ref)
    entered = DecideAppeal(appeal=ref, outcome="upheld", decided_for_external="Ann Hale")
    assert officer_is_assigned(facts, appeal, entered) == met(
        "The decision of Ann Hale, Other Homes is entered for them."
    )
    refused = not_met(
        "This appeal was given to Ann Hale, Other Homes, who decides it; say that you enter their decision."
    )
    assert officer_is_assigned(facts, appeal, DecideAppeal(appeal=ref, outcome="upheld")) == refused
    other = DecideAppeal(appeal=ref, outcome="upheld", decided_for_external="Bo Lane")
    assert officer_is_assigned(facts, appeal, other) == refused


def test_decided_in_time_by_the_day_promised_when_it_was_received():
    story, ref = appealed()
    appeal, draft = appeal_of(story, ref), DecideAppeal(appeal=ref, outcome="upheld")
    assert ref == DECIDE_BY.about
    assert decided_in_time(story.facts(on=date(2021, 8, 24)), appeal, draft) == met(
        "In time: the last day is 24 August 2021."
    )
    assert decided_in_time(story.facts(on=date(2021, 8, 25)), appeal, draft) == not_met(
        "This was due by 24 August 2021."
    )
    untimed = replace(EDITION, duties={})
    assert decided_in_time(replace(story.facts(on=LATE), edition=untimed), appeal, draft).outcome is Outcome.MET
