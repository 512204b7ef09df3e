from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.checks import opening
from evenhand.casework.registers import Since
from evenhand.casework.steps.control import CloseCase
from evenhand.casework.steps.incident import RecordInjury, ReportIncident, TriageIncident
from evenhand.casework.steps.opening import EndorseCase, OpenCase
from evenhand.casework.steps.person import RecordComplaint
from evenhand.policy.findings import Outcome, Verdict, met, not_met, unknown
from tests.casework.build import EDITION, REGISTERS, Story, with_staff

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET


@pytest.fixture
def reported():
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol"))
    return story


@pytest.fixture
def opened(reported):
    reported.add("case-1", OpenCase(subject="carol", incidents=("incident-1",), colleague="olu"))
    return reported


def test_breakdown_stated_asks_for_words():
    assert opening.breakdown_stated(OpenCase(breakdown="She shouts at every call.")).outcome is MET
    assert opening.breakdown_stated(OpenCase()) == not_met(
        "It does not say what has broken down: say why ordinary service no longer works between us."
    )


def test_tried_first_stated_asks_for_words():
    assert opening.tried_first_stated(OpenCase(tried_first="Two talks.")).outcome is MET
    assert opening.tried_first_stated(OpenCase()) == not_met(
        "It does not say what was tried first: say what was tried and why that was not enough."
    )


def test_colleague_joined_by_name():
    assert opening.colleague_joined(Story().facts(), OpenCase(colleague="olu")) == met(
        "A front-line colleague opens the case too."
    )


def test_colleague_joined_where_the_reporter_opens_it(reported):
    draft = OpenCase(incidents=("incident-1",))
    assert opening.colleague_joined(reported.facts(by="olu"), draft) == met(
        "It is opened by the colleague who dealt with the person."
    )
    assert opening.colleague_joined(reported.facts(by="mina"), draft) == not_met(
        "No front-line colleague has joined: name the one who works with this person."
    )


def test_colleague_joined_passes_over_a_report_that_is_not_at_hand():
    assert opening.colleague_joined(Story().facts(by="olu"), OpenCase(incidents=("incident-9",))).outcome is NOT_MET


def test_not_between_customers_looks_at_the_case_and_its_reports(reported):
    facts = reported.facts()
    assert opening.not_between_customers(facts, OpenCase(incidents=("incident-1",))).outcome is MET
    assert opening.not_between_customers(facts, OpenCase(between_customers=True)).outcome is NOT_MET
    reported.add("incident-2", ReportIncident(subject="carol", between_customers=True))
    assert opening.not_between_customers(reported.facts(), OpenCase(incidents=("incident-2",))) == not_met(
        "Conduct between customers goes to the anti-social behaviour procedure. If part of it was towards us, "
        "split the report and open a case for that part."
    )


def test_not_between_customers_takes_an_incident_without_a_report():
    story = Story()
    story.add("incident-1", RecordInjury(what="A cut hand"))
    assert opening.not_between_customers(story.facts(), OpenCase(incidents=("incident-1",))).outcome is MET


def test_subject_in_scope_follows_the_edition():
    facts = Story().facts()
    assert opening.subject_in_scope(facts, OpenCase(subject_kind="leaseholder")) == met(
        "The policy covers this person."
    )
    assert opening.subject_in_scope(facts, OpenCase(subject_kind="guest")) == not_met(
        "The policy does not cover the conduct of a guest. "
        "It goes to: the tenancy of the customer they visit, or the anti-social behaviour procedure."
    )


def test_subject_in_scope_without_a_route_says_so():
    story = Story(edition=replace(EDITION, scope=EDITION.scope.model_copy(update={"subjects": ("tenant",)})))
    assert opening.subject_in_scope(story.facts(), OpenCase(subject_kind="former_customer")) == not_met(
        "The policy does not cover the conduct of a former customer. Settle it in another way."
    )


def test_subject_in_scope_knows_customers_and_asks_about_others():
    facts = Story().facts()
    assert opening.subject_in_scope(facts, OpenCase(subject="carol")) == met("The person is a customer.")
    assert opening.subject_in_scope(facts, OpenCase(subject_description="A man with a dog")) == unknown(
        "It is not said what the person is to us: choose it."
    )


def test_no_similar_open_case_names_those_that_are_open(opened):
    facts = opened.facts("case-2")
    assert opening.no_similar_open_case(facts, OpenCase(subject="carol")) == not_met(
        "There is an open case about this person already: case-1. Add the report to it instead."
    )
    assert opening.no_similar_open_case(facts, OpenCase(subject="dave")).outcome is MET
    assert opening.no_similar_open_case(facts, OpenCase()).outcome is MET


def test_no_similar_open_case_passes_over_closed_ones(opened):
    opened.add("case-1", CloseCase())
    assert opening.no_similar_open_case(opened.facts("case-2"), OpenCase(subject="carol")).outcome is MET


def test_colleague_of_falls_back_on_the_opener():
    story = Story()
    assert opening.colleague_of(story.facts().case) == ""
    story.add("case-1", OpenCase(subject="carol"), by="max")
    assert opening.colleague_of(story.facts().case) == "max"


def test_endorser_is_the_line_manager_or_their_deputy(opened):
    for who in ("mina", "dana"):
        assert opening.endorser_is_line_manager(opened.facts(by=who), EndorseCase()) == met(
            "The colleague's line manager, or their deputy, endorses it."
        )


def test_endorser_must_be_a_manager(opened):
    assert opening.endorser_is_line_manager(opened.facts(by="olu"), EndorseCase()) == not_met(
        "Only a manager can endorse the case: ask Dana Cole or Mina Shah."
    )


def test_endorser_from_another_team_says_for_whom_and_why(opened):
    facts = opened.facts(by="max")
    assert opening.endorser_is_line_manager(facts, EndorseCase()) == not_met(
        "Olu Adeyemi is managed by Dana Cole or Mina Shah: ask them, or say for whom you stand in and why."
    )
    assert opening.endorser_is_line_manager(facts, EndorseCase(why_stands_in="On leave")).outcome is NOT_MET
    stated = EndorseCase(why_stands_in="On leave", stands_in_for="mina")
    assert opening.endorser_is_line_manager(facts, stated) == met(
        "Another manager endorses it, in place of the colleague's own."
    )


def test_endorser_stands_in_where_every_line_manager_was_affected():
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol", affected=("mina", "dana")))
    story.add("case-1", OpenCase(subject="carol", incidents=("incident-1",), colleague="olu"))
    assert opening.endorser_is_line_manager(story.facts(by="max"), EndorseCase()).outcome is MET
    assert opening.endorser_is_line_manager(story.facts(by="mina"), EndorseCase()) == not_met(
        "You were affected by what happened: another manager must endorse the case."
    )


def test_endorser_of_a_colleague_without_a_manager_says_why():
    story = Story(registers=with_staff(REGISTERS, "olu", managers=(Since("mina", until=date(2020, 1, 1)),)))
    story.add("case-1", OpenCase(subject="carol", colleague="olu"))
    facts = story.facts(by="max")
    assert opening.endorser_is_line_manager(facts, EndorseCase(why_stands_in="Nobody manages this team")).outcome is MET
    assert opening.endorser_is_line_manager(facts, EndorseCase()) == not_met(
        "Olu Adeyemi is managed by somebody the staff register does not name: ask them, "
        "or say for whom you stand in and why."
    )


def test_endorser_is_not_one_of_those_who_opened_it(opened):
    assert opening.endorser_not_opener(opened.facts(by="mina")).outcome is MET
    assert opening.endorser_not_opener(opened.facts(by="olu")) == not_met(
        "You opened this case: somebody else must endorse it."
    )
    assert opening.endorser_not_opener(Story().facts(by="olu")).outcome is MET


def test_endorser_is_not_the_colleague_who_joined():
    story = Story()
    story.add("case-1", OpenCase(subject="carol", colleague="mina"), by="olu")
    assert opening.endorser_not_opener(story.facts(by="mina")).outcome is NOT_MET


@pytest.mark.parametrize(
    ("received", "about", "outcome"),
    [
        (date(2021, 7, 1), ("olu",), NOT_MET),
        (date(2021, 2, 6), ("olu",), NOT_MET),
        (date(2021, 2, 5), ("olu",), MET),
        (date(2021, 7, 1), ("max",), MET),
    ],
)
def test_no_recent_complaint_about_reporter(opened, received, about, outcome):
    opened.add("carol", RecordComplaint(received_on=received, about=about))
    assert opening.no_recent_complaint_about_reporter(opened.facts(on=date(2021, 8, 6))).outcome is outcome


def test_no_recent_complaint_about_reporter_says_what_to_do(opened):
    opened.add("carol", RecordComplaint(about=("olu",)), on=date(2021, 7, 1))
    assert opening.no_recent_complaint_about_reporter(opened.facts(on=date(2021, 8, 6))) == not_met(
        "On 1 July 2021 the person complained about a colleague who now reports them: "
        "let a manager with no part in that complaint decide."
    )


def test_case_endorsed(opened):
    assert opening.case_endorsed(opened.facts()) == not_met(
        "The case is not endorsed yet: the colleague's line manager does this."
    )
    opened.add("case-1", EndorseCase(), by="mina")
    assert opening.case_endorsed(opened.facts()) == met("The case is endorsed.")


@pytest.mark.parametrize("route", ["asb", "split", "safeguarding"])
def test_route_between_customers_leads_elsewhere(route):
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol", between_customers=True))
    facts = story.facts("incident-1")
    assert opening.route_matches_scope(facts, TriageIncident(route=route)).outcome is MET
    assert opening.route_matches_scope(facts, TriageIncident(route="new_case")) == not_met(
        "The report is about conduct between customers: send it to the anti-social behaviour procedure, "
        "or split it if part of it was towards us."
    )


def test_route_matches_scope_takes_conduct_towards_us(reported):
    facts = reported.facts("incident-1")
    assert opening.route_matches_scope(facts, TriageIncident(route="new_case")).outcome is MET
    assert opening.route_matches_scope(facts, TriageIncident(route="join_case", case="case-1")).outcome is MET
    assert opening.route_matches_scope(facts, TriageIncident(route="join_case")) == not_met(
        "It is not said which case the report joins: choose it."
    )


def test_prevention_stated_where_somebody_was_harassed_for_who_they_are():
    def asked(**triage: str) -> Verdict:
        return opening.prevention_stated(story.facts("incident-1"), TriageIncident(route="watch", **triage))

    story = Story()
    assert opening.prevention_stated(story.facts("incident-1"), TriageIncident(route="watch")).outcome is MET
    story.add("incident-1", ReportIncident(subject="carol"))
    assert asked().outcome is MET
    story = Story()
    story.add("incident-1", ReportIncident(subject="carol", characteristic="race"))
    assert asked() == not_met("It was aimed at who somebody is: say what is done so that it does not happen again.")
    assert asked(prevention="His calls go to Mina.").outcome is MET


def test_safeguarding_considered():
    assert opening.safeguarding_considered(TriageIncident(route="asb", safeguarding_considered=True)).outcome is MET
    assert opening.safeguarding_considered(TriageIncident(route="asb")) == not_met(
        "Ask whether a child or a vulnerable adult could be at risk, and make the referral if so."
    )
