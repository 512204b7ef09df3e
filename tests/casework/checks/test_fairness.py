from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks import fairness
from evenhand.casework.steps.assessment import (
    AssessConduct,
    ConductAnswer,
    ConsiderConversation,
    ConsiderMediation,
    SignpostSupport,
)
from evenhand.casework.steps.casefacts import (
    AddEvidence,
    CheckOwnService,
    PutAllegation,
    RecordAccount,
    RequestTakedown,
)
from evenhand.casework.steps.decision import ApproveSanction, OfferContract, ProposeSanction
from evenhand.casework.steps.incident import RecordConversation, ReportIncident
from evenhand.casework.steps.notice import GiveNotice
from evenhand.casework.steps.opening import BringInSanction, OpenCase
from evenhand.casework.steps.person import RecordAssurance, RecordNeed
from evenhand.policy.findings import Outcome, met, not_met
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import opened

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET
FIRST, LAST = date(2021, 8, 6), date(2021, 8, 13)
RESTRICT = ProposeSanction(remedy="restricted_times")


@pytest.fixture
def story():
    story = Story()
    story.add("case-1", OpenCase(subject="carol"))
    return story


def with_ladder(**changes):
    story = Story(edition=replace(EDITION, ladder=EDITION.ladder.model_copy(update=changes)))
    story.add("case-1", OpenCase(subject="carol"))
    return story


def warn(story, on, **given):
    """A warning that was proposed, approved and told on one day."""
    made = story.add("case-1", ProposeSanction(remedy="warning_letter", **given), on=on)
    story.add("case-1", ApproveSanction(sanction=made), by="mina")
    story.add("case-1", GiveNotice(about=made, how="hand"))
    return made


def conduct_on(story, day):
    """A measure above a warning that rests on something of a day."""
    return RESTRICT.model_copy(update={"evidence": (story.add("case-1", AddEvidence(what="A call", dated=day)),)})


def sanction_of(story, ref):
    return story.facts().case.sanctions[ref]


def test_alternatives_considered():
    assert fairness.alternatives_considered(ProposeSanction(alternatives=("A talk",))).outcome is MET
    assert fairness.alternatives_considered(ProposeSanction(alternatives=("A talk", "")), at_least=2) == not_met(
        "Gentler ways must be considered first (at least 2): say what else you thought of."
    )


def test_proportionality_stated():
    assert fairness.proportionality_stated(ProposeSanction(proportionate_because="Least.")).outcome is MET
    assert fairness.proportionality_stated(ProposeSanction()) == not_met(
        "It is not said why this measure is fair: say why nothing less would do."
    )


def test_customer_is_heard_only_once_something_was_put(story):
    assert fairness.customer_heard(story.facts(), RESTRICT) == not_met(
        "Nothing was put to the person yet: tell them what is said about them and ask for their side."
    )


@pytest.mark.parametrize(
    "account",
    [
        RecordAccount(allegation="case-1#2", account="I did not."),
        RecordAccount(allegation="case-1#2", outcome="declined"),
    ],
)
def test_customer_is_heard_by_reply_or_refusal(story, account):
    story.add("case-1", PutAllegation(allegation="You shouted."))
    story.add("case-1", account)
    assert fairness.customer_heard(story.facts(), RESTRICT) == met("The person was heard.")


@pytest.mark.parametrize(
    "account",
    [RecordAccount(allegation="case-1#2"), RecordAccount(allegation="case-1#2", outcome="no_reply")],
)
def test_customer_is_not_heard_by_an_empty_account(story, account):
    story.add("case-1", PutAllegation(allegation="You shouted."))
    story.add("case-1", account)
    assert fairness.customer_heard(story.facts(on=date(2022, 1, 1)), RESTRICT) == not_met(
        "What was put to the person on 6 August 2021 is not answered, and it is not on record that it was put in a way "
        "they can use: try again in a way they can, and record how."
    )


def test_customer_is_heard_when_the_day_to_answer_has_passed(story):
    story.add("case-1", PutAllegation(allegation="You shouted.", put_on=FIRST, reply_by=LAST, format="standard"))
    assert fairness.customer_heard(story.facts(on=LAST), RESTRICT) == not_met(
        "The person has until 13 August 2021 to answer what was put to them on 6 August 2021.",
        not_before=date(2021, 8, 14),
    )
    assert fairness.customer_heard(story.facts(on=date(2021, 8, 14)), RESTRICT).outcome is MET


def test_customer_is_heard_when_silent_after_an_accessible_attempt(story):
    put = story.add("case-1", PutAllegation(allegation="You shouted.", reply_by=LAST))
    story.add("case-1", RecordAccount(allegation=put, outcome="no_reply", attempt="Rang twice with an interpreter."))
    assert fairness.customer_heard(story.facts(on=LAST), RESTRICT).not_before == date(2021, 8, 14)
    assert fairness.customer_heard(story.facts(on=date(2021, 8, 14)), RESTRICT).outcome is MET


def test_customer_is_not_heard_in_a_format_they_cannot_use(story):
    story.add("carol", RecordNeed(need="low_vision"))
    story.add("case-1", PutAllegation(allegation="You shouted.", reply_by=LAST, format="standard"))
    assert fairness.customer_heard(story.facts(on=date(2021, 9, 1)), RESTRICT).outcome is NOT_MET
    story.add("case-2", OpenCase(subject="carol"))
    story.add("case-2", PutAllegation(allegation="You shouted.", reply_by=LAST, format="large_print"))
    assert fairness.customer_heard(story.facts("case-2", on=date(2021, 9, 1)), RESTRICT).outcome is MET


def test_customer_is_heard_about_each_allegation(story):
    story.add("case-1", PutAllegation(allegation="You shouted.", reply_by=LAST, format="standard"))
    story.add("case-1", PutAllegation(allegation="You swore."))
    verdict = fairness.customer_heard(story.facts(on=FIRST), RESTRICT)
    assert (verdict.outcome, verdict.not_before) == (NOT_MET, None)
    story.add("case-1", RecordAccount(allegation="case-1#3", outcome="declined"))
    assert fairness.customer_heard(story.facts(on=FIRST), RESTRICT).not_before == date(2021, 8, 14)


@pytest.mark.parametrize(
    ("talk", "outcome"),
    [
        (ConsiderConversation(outcome="held", held_on=FIRST), MET),
        (ConsiderConversation(outcome="held"), NOT_MET),
        (ConsiderConversation(), NOT_MET),
        (ConsiderConversation(outcome="offered_and_declined"), MET),
        (ConsiderConversation(outcome="not_appropriate"), NOT_MET),
        (ConsiderConversation(outcome="not_appropriate", reasons="He threatened her."), MET),
        (RecordConversation(held_on=FIRST), MET),
    ],
)
def test_conversation_considered_on_the_case(story, talk, outcome):
    story.add("case-1", talk)
    assert fairness.conversation_considered(story.facts()).outcome is outcome


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        (ConsiderConversation(outcome="held", held_on=FIRST), met("The entry says enough of the talk.")),
        (
            ConsiderConversation(outcome="held"),
            not_met("The day of the talk is not given: a measure will ask for it."),
        ),
        (
            ConsiderConversation(outcome="not_appropriate"),
            not_met("It is not said why no talk was held: a measure will ask for the reasons."),
        ),
    ],
)
def test_talk_explained(talk, says):
    assert fairness.talk_explained(talk) == says


@pytest.mark.parametrize(
    ("account", "says"),
    [
        ({"account": "No."}, met("The entry says what became of it.")),
        ({"outcome": "declined"}, met("The entry says what became of it.")),
        ({}, not_met("It is not said what they say: this will not count as their side.")),
        (
            {"outcome": "no_reply"},
            not_met("It is not said how you tried to reach them: this will not count as silence."),
        ),
    ],
)
def test_account_given(account, says):
    assert fairness.account_given(opened().facts(), RecordAccount(**account)) == says


def test_account_given_counts_silence_only_once_the_day_to_answer_is_over():
    story = opened()
    put = story.add("case-1", PutAllegation(allegation="You shouted."), on=DAY)
    silent = RecordAccount(allegation=put, outcome="no_reply", attempt="Rang twice.")
    too_soon = not_met("They have until 13 August 2021 to answer: silence does not count before that day is over.")
    assert fairness.account_given(story.facts(on=date(2021, 8, 13)), silent) == too_soon
    over = story.facts(on=date(2021, 8, 14))
    assert fairness.account_given(over, silent) == met("The entry says what became of it.")
    answered = RecordAccount(allegation=put, account="No.")
    assert fairness.account_given(story.facts(), answered) == met("The entry says what became of it.")


@pytest.mark.parametrize(
    ("used", "says"),
    [
        ("large_print", met("It is put in a way that the person can use.")),
        (
            None,
            not_met("It is not said in which format this is put: if no answer comes, silence will not count."),
        ),
        (
            "standard",
            not_met("The person may not be able to use this way: if no answer comes, silence will not count."),
        ),
    ],
)
def test_put_usably(story, used, says):
    story.add("carol", RecordNeed(need="low_vision"))
    assert fairness.put_usably(story.facts(), PutAllegation(allegation="You shouted.", format=used)) == says


def test_conversation_considered_on_a_report():
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol"))
    story.add("case-1", OpenCase(subject="carol", incidents=("incident-1",)))
    assert fairness.conversation_considered(story.facts()) == not_met(
        "No conversation was considered: talk to the person, or record why that would not be right."
    )
    story.add("incident-1", RecordConversation())
    assert fairness.conversation_considered(story.facts()) == not_met(
        "The conversation on record lacks its day, or the reasons why none was held: record them."
    )
    story.add("incident-1", RecordConversation(held_on=FIRST))
    assert fairness.conversation_considered(story.facts()) == met("A conversation was considered.")


def test_lower_rung_is_the_warning_itself(story):
    assert fairness.lower_rung_tried(story.facts(), ProposeSanction(remedy="warning_letter")) == met(
        "This is the lowest step of the ladder."
    )


@pytest.mark.parametrize("measure", [RESTRICT, ProposeSanction(described="No contact with one colleague")])
def test_lower_rung_not_tried(story, measure):
    assert fairness.lower_rung_tried(story.facts(), measure) == not_met(
        "No warning counts towards this: propose a warning first, or give the reason for going further."
    )


def test_lower_rung_tried_while_the_warning_lives(story):
    warn(story, FIRST)
    since = conduct_on(story, date(2021, 8, 20))
    assert fairness.lower_rung_tried(story.facts(on=date(2021, 9, 1)), since) == met("A warning came first.")
    assert fairness.lower_rung_tried(story.facts(on=date(2022, 9, 1)), since).outcome is NOT_MET


def test_a_warning_counts_only_for_conduct_after_it(story):
    before = conduct_on(story, FIRST)
    warn(story, FIRST)
    assert fairness.lower_rung_tried(story.facts(), before) == not_met(
        "No warning counts towards this: propose a warning first, or give the reason for going further."
    )


def test_lower_rung_tried_on_another_case_of_the_same_person_only(story):
    warn(story, FIRST)
    story.add("case-2", OpenCase(subject="carol"))
    since = conduct_on(story, date(2021, 8, 20))
    assert fairness.lower_rung_tried(story.facts("case-2"), since).outcome is MET
    other = since.model_copy(update={"subject": "dave"})
    assert fairness.lower_rung_tried(story.facts("case-2"), other).outcome is NOT_MET


def test_lower_rung_skipped_with_a_reason(story):
    measure = RESTRICT.model_copy(update={"departure_reason": "He hit her."})
    assert fairness.lower_rung_tried(story.facts(), measure) == met(
        "A reason is given for going further than a warning."
    )


def test_lower_rung_skipped_for_a_listed_reason_only():
    story = with_ladder(skip_reasons=("violence", "weapons"))
    measure = RESTRICT.model_copy(update={"departure_reason": "He hit her."})
    assert fairness.lower_rung_tried(story.facts(), measure).outcome is NOT_MET
    coded = measure.model_copy(update={"departure_code": "violence"})
    assert fairness.lower_rung_tried(story.facts(), coded).outcome is MET


def test_departure_accepted(story):
    claimed = RESTRICT.model_copy(update={"departure_reason": "He hit her."})
    made = sanction_of(story, story.add("case-1", claimed))
    facts = story.facts()
    assert fairness.departure_accepted(facts, made, ProposeSanction(remedy="warning_letter"), ApproveSanction()) == met(
        "No lower step is skipped."
    )
    assert fairness.departure_accepted(facts, made, claimed, ApproveSanction(departure_accepted=True)) == met(
        "It is accepted that a lower step is skipped."
    )
    assert fairness.departure_accepted(facts, made, claimed, ApproveSanction(departure_accepted=False)) == not_met(
        "This goes further than a warning at once: say that you accept the reason, or decline it."
    )


def test_departure_needs_a_reason_to_accept_save_for_what_was_brought_in(story):
    made = sanction_of(story, story.add("case-1", RESTRICT))
    accepts = ApproveSanction(departure_accepted=True)
    assert fairness.departure_accepted(story.facts(), made, RESTRICT, accepts) == not_met(
        "No warning counts towards this any more, and no reason for going further is given: decline it."
    )
    brought = sanction_of(story, story.add("case-1", BringInSanction(remedy="restricted_times")))
    assert fairness.departure_accepted(story.facts(), brought, brought.measure, accepts).outcome is MET


def test_departure_needs_no_accepting_after_a_warning_unless_one_was_claimed(story):
    warn(story, FIRST)
    since = conduct_on(story, date(2021, 8, 20))
    made = sanction_of(story, story.add("case-1", since))
    facts = story.facts(on=date(2021, 9, 1))
    assert fairness.departure_accepted(facts, made, since, ApproveSanction()).outcome is MET
    claimed = since.model_copy(update={"departure_reason": "He hit her."})
    assert fairness.departure_accepted(facts, made, claimed, ApproveSanction()).outcome is NOT_MET


def test_one_matter_is_decided_once(story):
    since = conduct_on(story, FIRST)
    made = story.add("case-1", since)
    assert fairness.not_decided_already(story.facts(), since).outcome is MET
    story.add("case-1", ApproveSanction(sanction=made), by="mina")
    again = since.model_copy(update={"reasons": "Again."})
    assert fairness.not_decided_already(story.facts(), again) == not_met(
        "The same measure was decided on this evidence already: one matter has one decision."
    )
    assert fairness.not_decided_already(story.facts(), conduct_on(story, LAST)).outcome is MET


def test_everything_cited_is_put(story):
    report = story.add("incident-2", ReportIncident(subject="carol"))
    resting = RESTRICT.model_copy(update={"evidence": (report,)})
    put = story.add("case-1", PutAllegation(allegation="You shouted."))
    story.add("case-1", RecordAccount(allegation=put, outcome="declined"))
    assert fairness.customer_heard(story.facts(), resting) == not_met(
        "This was never put to the person: incident-2. Tell them of it and ask for their side."
    )


def test_overdue_review_bars_what_rests_on_it(story):
    warned = warn(story, FIRST)
    facts = story.facts(on=date(2021, 12, 1))
    said = not_met(
        "It rests on an earlier measure that should have been reviewed by 6 November 2021: review that first."
    )
    assert fairness.not_resting_on_overdue_review(facts, RESTRICT) == said
    assert fairness.not_resting_on_overdue_review(facts, ProposeSanction(remedy="warning_letter")) == said
    departing = RESTRICT.model_copy(update={"departure_reason": "He hit her."})
    assert fairness.not_resting_on_overdue_review(facts, departing).outcome is MET
    relying = departing.model_copy(update={"relies_on": (warned,)})
    assert fairness.not_resting_on_overdue_review(facts, relying) == said


def test_overdue_review_bars_nothing_before_its_day_or_beside_it(story):
    warn(story, FIRST)
    assert fairness.not_resting_on_overdue_review(story.facts(on=date(2021, 11, 6)), RESTRICT) == met(
        "It rests on no measure whose review is overdue."
    )
    lower = ProposeSanction(remedy="police_liaison")
    assert fairness.not_resting_on_overdue_review(story.facts(on=date(2021, 12, 1)), lower).outcome is MET


def test_overdue_review_bars_nothing_where_a_reviewed_warning_is_enough(story):
    warn(story, FIRST)
    warn(story, date(2021, 11, 20))
    assert fairness.not_resting_on_overdue_review(story.facts(on=date(2021, 12, 1)), RESTRICT).outcome is MET


def test_conduct_assessed_needs_every_question_with_reasons(story):
    assert fairness.conduct_assessed(story.facts()) == not_met(
        "Nobody assessed whether the conduct is unreasonable and what may explain it: do that first."
    )
    asked = [code for code, question in EDITION.questions.items() if question.set == "conduct"]
    answers = {code: ConductAnswer(answer="no", reasons="Read the file.", sources="The file.") for code in asked}
    story.add(
        "case-1", AssessConduct(agencies_consulted="None.", answers={**answers, "intent": ConductAnswer(answer="yes")})
    )
    assert fairness.conduct_assessed(story.facts()) == not_met(
        f"These questions are not answered with reasons and sources: {EDITION.questions['intent'].text}"
    )
    story.add("case-1", AssessConduct(agencies_consulted="None.", answers={code: answers[code] for code in asked[1:]}))
    assert fairness.conduct_assessed(story.facts()).outcome is NOT_MET
    story.add("case-1", AssessConduct(agencies_consulted="None.", answers=answers))
    assert fairness.conduct_assessed(story.facts()).outcome is MET


def test_obligation_cited():
    assert fairness.obligation_cited(ProposeSanction(obligation="Clause 12")).outcome is MET
    assert fairness.obligation_cited(ProposeSanction(no_obligation_because="A visitor")).outcome is MET
    assert fairness.obligation_cited(ProposeSanction()) == not_met(
        "No part of the tenancy or lease is named: name it, or say why none applies and what is relied on."
    )


def test_support_considered_on_the_case_or_for_the_person(story):
    assert fairness.support_considered(story.facts()) == not_met(
        "No support was considered: offer some, or say why none would suit."
    )
    story.add("case-1", SignpostSupport(agency="Mind"))
    assert fairness.support_considered(story.facts()) == not_met(
        "The support on record lacks its agency or the person's answer: record them."
    )
    story.add("carol", SignpostSupport(agency="Mind", answer="declined"))
    assert fairness.support_considered(story.facts()) == met("Support was considered.")


def test_support_considered_and_found_unsuitable(story):
    story.add("case-1", SignpostSupport(unsuitable_because="She has an advocate."))
    assert fairness.support_considered(story.facts()).outcome is MET


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (SignpostSupport(agency="Mind", consent="refused"), met("They get in touch themselves: nothing is passed on.")),
        (SignpostSupport(agency="Mind", route="referred", consent="given"), met("They may be referred.")),
        (SignpostSupport(agency="Mind", route="referred", consent="not_needed"), met("They may be referred.")),
        (
            SignpostSupport(agency="Mind", route="referred", consent="refused"),
            not_met("They said no to passing on their name: tell them where to find it, and leave that to them."),
        ),
        (
            SignpostSupport(agency="Mind", route="referred"),
            not_met("It is not said whether we may pass on their name: ask them first."),
        ),
        (
            SignpostSupport(route="referred", consent="given"),
            not_met("It is not said to whom they are referred: name the agency."),
        ),
    ],
)
def test_referral_consented(draft, said):
    assert fairness.referral_consented(draft) == said


def test_support_offered_with_a_contract_or_before(story):
    assert fairness.support_offered(story.facts(), OfferContract(support="A mentor")) == met(
        "Support is offered with the contract."
    )
    assert fairness.support_offered(story.facts(), OfferContract()).outcome is NOT_MET
    story.add("case-1", SignpostSupport(agency="Mind", answer="accepted"))
    assert fairness.support_offered(story.facts(), OfferContract()).outcome is MET


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (CheckOwnService(), "Our own part was checked."),
        (CheckOwnService(our_failure=True), "Our own part was checked, and we had a part in it: weigh that."),
        (
            CheckOwnService(complaint_about_reporter=True),
            "Our own part was checked. The person complained about the colleague who reports: somebody else decides.",
        ),
    ],
)
def test_own_service_checked(story, check, sentence):
    assert fairness.own_service_checked(story.facts()) == not_met(
        "Nobody looked at our own part yet: check open repairs, complaints and disrepair."
    )
    story.add("case-1", check)
    assert fairness.own_service_checked(story.facts()) == met(sentence)


def test_mediation_considered(story):
    assert fairness.mediation_considered(story.facts()) == not_met(
        "Mediation was not considered: offer it, or say why it would not be reasonable."
    )
    story.add("case-1", ConsiderMediation(outcome="not_reasonable"))
    assert fairness.mediation_considered(story.facts()) == not_met(
        "It is not said why mediation would not be reasonable: give the reasons."
    )
    story.add("case-1", ConsiderMediation(outcome="declined"))
    assert fairness.mediation_considered(story.facts()) == met("Mediation was considered.")


def test_like_for_like():
    assert fairness.like_for_like(ProposeSanction(similar_cases="Two: a warning each.")).outcome is MET
    assert fairness.like_for_like(ProposeSanction()) == not_met(
        "It was not compared with similar cases: say what was done in them, and why this is like them or not."
    )


@pytest.mark.parametrize(
    ("promise", "outcome"),
    [
        ({}, NOT_MET),
        ({"until": date(2021, 8, 6)}, NOT_MET),
        ({"until": date(2021, 8, 5)}, MET),
        ({"remedies": ("restricted_times",)}, NOT_MET),
        ({"remedies": ("warning_letter",)}, MET),
        ({"behaviours": ("abusive",)}, NOT_MET),
        ({"behaviours": ("threatening",)}, MET),
    ],
)
def test_no_earlier_assurance_that_covers_this(story, promise, outcome):
    story.add("carol", RecordAssurance(says="We will not limit your calls.", **promise))
    measure = RESTRICT.model_copy(update={"behaviours": ("abusive",)})
    assert fairness.no_earlier_assurance(story.facts(), measure).outcome is outcome


def test_no_earlier_assurance_unless_it_is_answered(story):
    assert fairness.no_earlier_assurance(story.facts(), RESTRICT) == met("No earlier promise stands in the way.")
    story.add("carol", RecordAssurance(says="We will not limit your calls.", given_on=date(2021, 5, 1)))
    assert fairness.no_earlier_assurance(story.facts(), RESTRICT) == not_met(
        "The person was promised something in writing on 1 May 2021: keep to it, or say why it does not stand."
    )
    answered = RESTRICT.model_copy(update={"assurance_answered": "It was about another matter."})
    assert fairness.no_earlier_assurance(story.facts(), answered) == met(
        "It is said why an earlier promise does not stand in the way."
    )


def test_medical_cause_considered(story):
    assert fairness.medical_cause_considered(story.facts()) == not_met(
        "It was not considered whether a medical condition or our own failure may explain the conduct: consider it."
    )
    story.add("case-1", AssessConduct(medical_condition_considered="Asked; none."))
    assert fairness.medical_cause_considered(story.facts()) == not_met(
        "It was not considered whether our own failure may explain the conduct: consider it."
    )
    story.add("case-1", AssessConduct(medical_condition_considered="None.", own_failure_considered="None."))
    assert fairness.medical_cause_considered(story.facts()) == met("It was considered what may explain the conduct.")


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (RequestTakedown(address="example.org"), NOT_MET),
        (RequestTakedown(address="example.org", criticism_considered="It names her home."), MET),
        (AssessConduct(), MET),
    ],
)
def test_criticism_told_from_abuse(story, step, outcome):
    story.add("case-1", step)
    assert fairness.criticism_told_from_abuse(story.facts()).outcome is outcome
