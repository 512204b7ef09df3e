"""What is owed: by which day each duty is promised, what discharges it, and when it falls away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from evenhand.casework.decide import decide
from evenhand.casework.duties import DUTIES, KINDS, duties
from evenhand.casework.facts import Duty
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import (
    AskAgency,
    AssessConduct,
    ConsiderConversation,
    RecordAgencyAnswer,
    SignpostSupport,
)
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import (
    AddEvidence,
    DeferTelling,
    PutAllegation,
    RecordAccount,
    RecordCounterAllegation,
    RequestEvidence,
)
from evenhand.casework.steps.control import (
    AskLookAgain,
    AuditCase,
    AuditFinding,
    CompleteAuditAction,
    ConfirmBlockLifted,
    Countersign,
    Disclose,
    LookAgain,
    MarkDeath,
    RecallDisclosure,
    RecordBlock,
    Withdraw,
)
from evenhand.casework.steps.decision import (
    ApproveSanction,
    DecideNoSanction,
    InstructLegal,
    ProposeSanction,
    RecordCourtOutcome,
    TakeUrgentAction,
)
from evenhand.casework.steps.flag import (
    ApproveFlag,
    DecideFlagDispute,
    DeclineFlag,
    DisputeFlag,
    EndFlag,
    ProposeFlag,
    RecordNotTold,
    RestartFlag,
    ReviewFlag,
    TellPerson,
)
from evenhand.casework.steps.incident import (
    NoteCase,
    OfferStaffSupport,
    RecordConversation,
    RecordInjury,
    ReportIncident,
    TriageIncident,
)
from evenhand.casework.steps.inquiry import ConcludeInquiry, NoteInquiry, OpenInquiry, TellInquiryOutcome
from evenhand.casework.steps.notice import (
    AgreeContinuation,
    AnswerReviewRequest,
    AskContinuation,
    GiveNotice,
    LiftSanction,
    RecordReturn,
    RequestReview,
    ReviewSanction,
)
from evenhand.casework.steps.opening import BringInSanction, DeclineCase, EndorseCase, OpenCase
from evenhand.casework.steps.person import AnswerAdjustment, OfferAdjustment, RecordChange, RecordNeed
from evenhand.policy.findings import met, not_met
from tests.casework.build import DAY, EDITION, Story, full_assessment, short_assessment
from tests.casework.checks.measures import opened

MONDAY = date(2021, 8, 9)
"""The working day after the stories' usual day, a Friday."""
IN_1, IN_2, IN_3, IN_5, IN_10 = MONDAY, *(date(2021, 8, day) for day in (10, 11, 13, 20))
"""One to ten working days after that Friday."""
IN_20 = date(2021, 9, 6)
"""Twenty of them, with the bank holiday of August between."""

WARNING = ProposeSanction(remedy="warning_letter", reasons="She shouted.")
INJUNCTION = ProposeSanction(remedy="civil_injunction", reasons="She threatened him.")
CONDUCT = AssessConduct.model_validate(
    {
        "answers": {
            code: {"answer": "no", "reasons": "We asked.", "sources": "The case."}
            for code, question in EDITION.questions.items()
            if question.set == "conduct"
        },
        "agencies_consulted": "None is involved.",
    }
)
URGENT = TakeUrgentAction(remedy="civil_injunction", behaviours=("persistence_without_new_evidence",))
APPROVED = (WARNING, ApproveSanction(sanction="case-1#3"))
TOLD = (*APPROVED, GiveNotice(about="case-1#3", how="email"))
ORDERED = (
    INJUNCTION,
    ApproveSanction(sanction="case-1#3"),
    GiveNotice(about="case-1#3", how="email"),
    RecordCourtOutcome(sanction="case-1#3", outcome="made"),
)
LEGACY = BringInSanction(subject="carol", remedy="office_access", imposed_on=date(2021, 6, 1))
FINDINGS = (
    AuditFinding(clause="5.1", what="Told late", action="Say why", owner="mina", due_on=date(2021, 9, 1)),
    AuditFinding(clause="6.4", what="Too short", action="Write more", owner="olu", due_on=date(2021, 9, 2)),
)
LATE = {"in_time_until": "2021-06-30", "late": "yes"}


@dataclass(frozen=True)
class Row:
    """One duty: the steps before it, the step that owes it and by when, and the step that discharges it."""

    duty: str
    file: str
    before: tuple[StepData, ...]
    owing: StepData
    due_on: date
    done: StepData
    about: str = ""
    done_on: date = MONDAY


def case(duty: str, before: tuple[StepData, ...], owing: StepData, due_on: date, done: StepData, about: int = 3) -> Row:
    return Row(duty, "case-1", before, owing, due_on, done, f"case-1#{about}")


def flag(duty: str, before: tuple[StepData, ...], owing: StepData, due_on: date, done: StepData, about: int = 1) -> Row:
    return Row(duty, "flag-1", before, owing, due_on, done, f"flag-1#{about}")


def inquiry(
    duty: str, before: tuple[StepData, ...], owing: StepData, due_on: date, done: StepData, about: int = 1
) -> Row:
    return Row(duty, "inquiry-1", before, owing, due_on, done, f"inquiry-1#{about}")


FLAG = ProposeFlag(subject="carol", category="physical")
NOTED = NoteInquiry(allegation="case-1#3", inquiry="inquiry-1")
INQUIRY = OpenInquiry(subject="carol", about="olu", inquirer="max")
CONCLUDED = ConcludeInquiry(outcome="not_borne_out")
PARTLY = DecideFlagDispute(outcome="partly")
REPORT = ReportIncident(subject="carol", happened_on=date(2021, 7, 30))
TO_OPEN = TriageIncident(route="new_case")
INJURY = RecordInjury(what="A broken hand", days_absent=8)
LOOKED = LookAgain(about="case-1#3", outcome="Nothing changes.")
APPEAL = ReceiveAppeal(against="case-1#3")
VARIED = DecideAppeal(appeal="case-1#6", outcome="varied")
ANSWER = AnswerReviewRequest(request="case-1#6")
REGULATOR = RecordInjury(what="A broken hand", reported_to_regulator_on=date(2021, 8, 8))
NO_ANSWER = RecordAgencyAnswer(asked="case-1#3", outcome="no_reply")
REFERRED = SignpostSupport(agency="Debt advice", route="referred", consent="given")
ASKED_ON = AskContinuation(sanction="case-1#3", until=date(2022, 5, 2), reasons="It goes on.")
WANTED = OfferStaffSupport(to="olu", what="A talk.", answer="accepted")
GIVEN = OfferStaffSupport(to="olu", what="A talk.", given_on=DAY)
NOT_NOW = OfferStaffSupport(to="olu", what="A talk.", answer="declined")
GRIEF = RecordNeed(need="bereavement", review_on=IN_3)
CALLS = OfferAdjustment(adjustment="Calls on Fridays.")
LIKED = AnswerAdjustment(adjustment="carol#1", answer="accepted", review_on=IN_3)

ROWS = (
    Row("open_case", "incident-2", (REPORT,), TO_OPEN, IN_2, NoteCase(), "incident-2#2"),
    Row("open_case", "incident-2", (REPORT,), TO_OPEN, IN_2, TriageIncident(route="watch"), "incident-2#2"),
    Row("triage_incident", "incident-2", (), REPORT, IN_2, TriageIncident(route="watch"), "incident-2#1"),
    Row(
        "report_injury", "incident-2", (REPORT,), INJURY, date(2021, 8, 14), REGULATOR, "incident-2#2", date(2021, 8, 8)
    ),
    case("evidence_asked_for", (), RequestEvidence(what="The recording"), IN_5, AddEvidence(what="The recording")),
    case(
        "hear_customer",
        (),
        PutAllegation(allegation="You shouted."),
        IN_5,
        RecordAccount(allegation="case-1#3", account="No."),
    ),
    case("hear_customer", (), URGENT, IN_5, RecordAccount(account="I did not.")),
    case("consider_conversation", (), URGENT, IN_5, ConsiderConversation(outcome="held", held_on=DAY)),
    case("consider_conversation", (), URGENT, IN_5, RecordConversation(held_with="carol", held_on=DAY)),
    case("assess_conduct", (), URGENT, IN_10, CONDUCT),
    case("assess_equality", (), URGENT, IN_5, full_assessment()),
    case("instruct_legal", (), URGENT, IN_1, InstructLegal(sanction="case-1#3", adviser="Wells and Co")),
    case("counter_allegation", (), RecordCounterAllegation(what="He swore."), IN_10, LOOKED),
    case("counter_allegation", (), RecordCounterAllegation(what="He swore."), IN_10, NOTED),
    inquiry("conclude_inquiry", (), INQUIRY, IN_20, CONCLUDED, 1),
    inquiry("tell_inquiry_outcome", (INQUIRY,), CONCLUDED, IN_5, TellInquiryOutcome(how="phone"), 2),
    case("approve_sanction", (), LEGACY, IN_10, ApproveSanction(sanction="case-1#3")),
    case("give_notice", (), DecideNoSanction(), IN_5, GiveNotice(about="case-1#3", how="email")),
    case("give_notice", (WARNING,), APPROVED[1], IN_5, GiveNotice(about="case-1#3", how="email")),
    case("give_notice", (), URGENT, IN_2, GiveNotice(about="case-1#3", how="email")),
    case("review_sanction", APPROVED, TOLD[2], date(2021, 11, 6), ReviewSanction(sanction="case-1#3", outcome="lift")),
    case("review_sanction", (), URGENT, date(2021, 11, 6), ReviewSanction(sanction="case-1#3", outcome="lift")),
    case("answer_review_request", TOLD, RequestReview(sanction="case-1#3"), IN_10, ANSWER, 6),
    case("assign_appeal", TOLD, APPEAL, IN_3, AssignAppeal(appeal="case-1#6"), 6),
    case("decide_appeal", TOLD, APPEAL, IN_10, VARIED, 6),
    case(
        "end_court_measure",
        (*ORDERED, APPEAL),
        DecideAppeal(appeal="case-1#7", outcome="upheld"),
        IN_5,
        RecordCourtOutcome(sanction="case-1#3", outcome="withdrawn"),
    ),
    case("look_again", (), AskLookAgain(entry="case-1#1", why="News."), IN_5, LOOKED),
    case(
        "look_again",
        (DecideNoSanction(),),
        DeferTelling(about="case-1#3", look_again_on=IN_3),
        IN_3,
        LookAgain(about="case-1#4", outcome="No."),
    ),
    case(
        "look_again",
        (DecideNoSanction(),),
        DeferTelling(about="case-1#3", look_again_on=IN_3),
        IN_3,
        GiveNotice(about="case-1#3", how="email"),
    ),
    Row("ask_again", "carol", (), GRIEF, IN_3, LookAgain(about="carol#1", outcome="It is easier."), "carol#1"),
    Row("ask_again", "carol", (), GRIEF, IN_3, RecordNeed(need="bereavement", details="Still."), "carol#1"),
    Row("ask_again", "carol", (CALLS,), LIKED, IN_3, LIKED.model_copy(update={"answer": "tried"}), "carol#2"),
    case(
        "agency_asked",
        (),
        AskAgency(agency="Social care"),
        IN_10,
        NO_ANSWER,
    ),
    case("agency_asked", (), REFERRED, IN_10, NO_ANSWER),
    case("agree_continuation", TOLD, ASKED_ON, IN_5, AgreeContinuation(sanction="case-1#3", answer="not_agreed")),
    case("agree_continuation", TOLD, ASKED_ON, IN_5, ReviewSanction(sanction="case-1#3", outcome="lift")),
    Row("support_colleague", "incident-1", (), WANTED, IN_1, GIVEN, "incident-1#2"),
    Row("support_colleague", "incident-1", (), WANTED, IN_1, NOT_NOW, "incident-1#2"),
    case("countersign", (), Disclose(basis="emergency"), IN_1, Countersign(disclosure="case-1#3")),
    flag("approve_flag", (), FLAG, IN_5, ApproveFlag()),
    flag("approve_flag", (), FLAG, IN_5, DeclineFlag()),
    flag("approve_flag", (), FLAG.model_copy(update={"provisional": True}), IN_5, ApproveFlag()),
    flag("tell_person", (FLAG,), ApproveFlag(), IN_10, TellPerson(how="phone"), 2),
    flag("tell_person", (FLAG,), ApproveFlag(), IN_10, RecordNotTold(risk="Harm."), 2),
    flag("review_flag", (FLAG,), ApproveFlag(), date(2022, 2, 6), ReviewFlag(outcome="end"), 2),
    flag("review_flag", (FLAG,), ApproveFlag(), date(2022, 2, 6), RestartFlag(incident="incident-1"), 2),
    flag("look_again", (FLAG,), RecordNotTold(look_again_on=IN_3), IN_3, LookAgain(about="flag-1#2", outcome="No."), 2),
    flag("look_again", (FLAG,), RecordNotTold(look_again_on=IN_3), IN_3, TellPerson(how="phone"), 2),
    flag("decide_flag_dispute", (FLAG,), DisputeFlag(why="Not me."), date(2021, 9, 6), PARTLY, 2),
)


def owe(story: Story, file: str, draft: StepData, **changes: Any) -> str:
    """Adds an entry with what it promises, whether or not something else would have stopped it."""
    promises = decide(draft, story.facts(file, by="mina")).promises
    return story.add(file, draft, by="mina", promises=promises, **changes)


def owed(story: Story, file: str, duty: str) -> list[Duty]:
    return [one for one in duties(story.facts(file).file) if one.promise.duty == duty]


def played(row: Row) -> Story:
    story = opened()
    story.day = DAY
    for step in row.before:
        story.add(row.file, step, by="sam")
    owe(story, row.file, row.owing)
    return story


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.duty}-{row.owing.name}-{row.done.name}")
def test_a_duty_is_owed_by_a_day_until_it_is_discharged(row):
    story = played(row)
    (due,) = owed(story, row.file, row.duty)
    rule = EDITION.duties[row.duty]
    assert (due.promise.due_on, due.promise.about, due.promise.owners) == (row.due_on, row.about, rule.owners)
    assert (due.done_on, due.open_on(MONDAY)) == (None, True)
    story.add(row.file, row.done, by="sam", on=MONDAY)
    assert [one.done_on for one in owed(story, row.file, row.duty)] == [row.done_on]


def test_nobody_is_asked_again_without_a_day_or_of_something_else_or_after_a_death():
    story = opened()
    story.day = DAY
    owe(story, "carol", RecordNeed(need="autism"))
    owe(story, "carol", GRIEF)
    owe(story, "carol", RecordNeed(need="mobility"))
    (due,) = owed(story, "carol", "ask_again")
    assert (due.made_by, due.done_on, due.open_on(MONDAY)) == ("carol#2", None, True)
    story.add("carol", RecordChange(change="death", happened_on=MONDAY), on=MONDAY)
    (due,) = owed(story, "carol", "ask_again")
    assert (due.falls_away_on, due.open_on(IN_3)) == (MONDAY, False)


def test_every_duty_has_a_row_or_a_test_of_its_own():
    apart = {"endorse_case", "decide_late_appeal", "complete_audit_action", "recall_disclosure", "lift_block"}
    assert {row.duty for row in ROWS} | apart == set(KINDS) == set(DUTIES)


@pytest.mark.parametrize("done", [EndorseCase(), DeclineCase()])
def test_an_endorsement_is_owed_after_urgent_action_until_the_case_is_endorsed_or_declined(done):
    story = Story()
    story.add("case-1", OpenCase(subject="carol", urgent=True))
    owe(story, "case-1", URGENT)
    assert [one.promise.due_on for one in owed(story, "case-1", "endorse_case")] == [IN_5]
    story.add("case-1", done, on=MONDAY)
    assert [one.done_on for one in owed(story, "case-1", "endorse_case")] == [MONDAY]


def test_a_late_appeal_owes_a_decision_whether_it_is_heard():
    story = opened()
    for step in TOLD:
        story.add("case-1", step, by="sam")
    late = ReceiveAppeal(against="case-1#3", received_on=date(2021, 8, 2))
    ref = owe(story, "case-1", late, on=date(2021, 8, 2))
    (due,) = owed(story, "case-1", "decide_late_appeal")
    assert (due.promise.due_on, due.promise.about) == (date(2021, 8, 9), ref)
    story.add("case-1", DecideLateAppeal(appeal=ref, admit=True), on=date(2021, 8, 3))
    assert [one.done_on for one in owed(story, "case-1", "decide_late_appeal")] == [date(2021, 8, 3)]


def test_an_audit_owes_each_of_its_findings():
    story = opened()
    audit = owe(story, "case-1", AuditCase(findings=FINDINGS))
    story.add("case-1", CompleteAuditAction(audit=audit, number=2, done="Written."), on=MONDAY)
    assert [
        (due.promise.about, due.promise.due_on, due.done_on) for due in owed(story, "case-1", "complete_audit_action")
    ] == [(f"{audit}/1", date(2021, 9, 1), None), (f"{audit}/2", date(2021, 9, 2), MONDAY)]


# --- What is done already, and what nobody owes


def asked(story: Story, duty: str, draft: StepData) -> Any:
    return DUTIES[duty].ask(story.look(draft))


def test_what_was_done_before_urgent_action_is_not_owed_after_it():
    story = opened()
    for step in (ConsiderConversation(outcome="held", held_on=DAY), full_assessment()):
        story.add("case-1", step)
    names = {promise.duty for promise in decide(URGENT, story.facts()).promises}
    assert names == {"hear_customer", "assess_conduct", "give_notice", "instruct_legal", "review_sanction"}
    assert asked(story, "endorse_case", URGENT) == met("Endorse the case, or decline it: done already.")


@pytest.mark.parametrize(
    "other",
    [
        short_assessment(),
        full_assessment(subject="dave"),
        full_assessment(remedies=["warning_letter"]),
    ],
)
def test_h5_only_a_full_assessment_of_this_person_for_this_measure_counts(other):
    story = opened()
    story.add("case-1", other)
    assert asked(story, "assess_equality", URGENT) == not_met("Complete the full equality assessment.")
    owe(story, "case-1", URGENT)
    story.add("case-1", other, on=MONDAY)
    assert [due.done_on for due in owed(story, "case-1", "assess_equality")] == [None]


def test_h5_a_full_assessment_is_owed_where_no_measure_tells_whom_it_is_for():
    story = opened()
    story.add("case-1", full_assessment())
    assert asked(story, "assess_equality", DeclineCase()) == not_met("Complete the full equality assessment.")


def test_an_urgent_measure_that_binds_another_person_is_assessed_for_them():
    story = opened()
    owe(story, "case-1", URGENT.model_copy(update={"subject": "dave"}))
    story.add("case-1", full_assessment(), on=MONDAY)
    assert [due.done_on for due in owed(story, "case-1", "assess_equality")] == [None]
    story.add("case-1", full_assessment(subject="dave", remedies=["civil_injunction"]))
    assert [due.done_on for due in owed(story, "case-1", "assess_equality")] == [MONDAY]


def test_an_appeal_in_time_owes_no_decision_whether_it_is_heard():
    story = opened()
    for step in TOLD:
        story.add("case-1", step, by="sam")
    assert [promise.duty for promise in decide(APPEAL, story.facts()).promises] == ["assign_appeal", "decide_appeal"]


def test_an_approval_that_needs_another_owes_no_notice_yet():
    story = opened()
    story.add("case-1", WARNING)
    assert [p.duty for p in decide(ApproveSanction(sanction="case-1#3"), story.facts(by="olu")).promises] == []
    assert [p.duty for p in decide(ApproveSanction(sanction="case-1#3"), story.facts(by="max")).promises] == [
        "give_notice"
    ]


def test_a_measure_that_was_told_before_owes_no_second_notice_when_it_is_approved():
    story = opened()
    story.add("case-1", LEGACY.model_copy(update={"notice_given_on": date(2021, 6, 1)}))
    assert [p.duty for p in decide(ApproveSanction(sanction="case-1#3"), story.facts(by="max")).promises] == []


def test_a_notice_that_came_back_is_owed_again_for_what_it_told():
    story = opened()
    for step in APPROVED:
        owe(story, "case-1", step)
    notice = story.add("case-1", GiveNotice(about="case-1#3", how="post"))
    owe(story, "case-1", RecordReturn(notice=notice), on=MONDAY)
    again = [(due.promise.about, due.promise.due_on, due.done_on) for due in owed(story, "case-1", "give_notice")]
    assert again == [("case-1#3", date(2021, 7, 8), None)]
    story.add("case-1", GiveNotice(about="case-1#3", how="email"), on=IN_2)
    assert [due.done_on for due in owed(story, "case-1", "give_notice")] == [IN_2, IN_2]


def test_a_court_order_made_before_the_person_was_told_owes_a_notice_of_the_measure():
    story = opened()
    for step in (INJUNCTION, ApproveSanction(sanction="case-1#3")):
        story.add("case-1", step, by="sam")
    order = RecordCourtOutcome(sanction="case-1#3", outcome="made", without_notice=True)
    promises = decide(order, story.facts()).promises
    assert [(promise.duty, promise.about) for promise in promises] == [
        ("give_notice", "case-1#3"),
        ("review_sanction", "case-1#3"),
    ]


# --- Falling away


def falls_away(story: Story, file: str, duty: str) -> list[tuple[date | None, date | None]]:
    """When each such duty was done, and when it fell away."""
    return [(due.done_on, due.falls_away_on) for due in owed(story, file, duty)]


def test_a_review_falls_away_when_the_measure_ends_or_lapses():
    story = opened()
    for step in TOLD:
        owe(story, "case-1", step)
    assert falls_away(story, "case-1", "review_sanction") == [(None, date(2022, 7, 1))]
    story.add("case-1", LiftSanction(sanction="case-1#3"), on=MONDAY)
    assert falls_away(story, "case-1", "review_sanction") == [(None, MONDAY)]


def test_a_notice_falls_away_when_the_measure_ends_before_anybody_was_told():
    story = opened()
    for step in APPROVED:
        owe(story, "case-1", step)
    assert falls_away(story, "case-1", "give_notice") == [(None, None)]
    story.add("case-1", LiftSanction(sanction="case-1#3"), on=MONDAY)
    assert falls_away(story, "case-1", "give_notice") == [(None, MONDAY)]


def test_a_late_appeal_that_is_not_heard_need_not_be_decided():
    story = opened()
    for step in TOLD:
        story.add("case-1", step, by="sam")
    ref = owe(story, "case-1", ReceiveAppeal(against="case-1#3"), fixed=LATE)
    assert falls_away(story, "case-1", "decide_appeal") == [(None, None)]
    story.add("case-1", DecideLateAppeal(appeal=ref, admit=False), on=MONDAY)
    assert falls_away(story, "case-1", "decide_appeal") == [(None, MONDAY)]


def test_what_is_owed_on_a_flag_falls_away_when_it_ends_but_not_when_a_provisional_one_runs_out():
    story = Story()
    owe(story, "flag-1", FLAG.model_copy(update={"provisional": True}))
    assert falls_away(story, "flag-1", "approve_flag") == [(None, None)]
    owe(story, "flag-1", ApproveFlag())
    assert falls_away(story, "flag-1", "review_flag") == [(None, None)]
    story.add("flag-1", EndFlag(), on=MONDAY)
    assert falls_away(story, "flag-1", "review_flag") == [(None, MONDAY)]
    assert falls_away(story, "flag-1", "tell_person") == [(None, None)]


def test_everything_owed_to_the_person_falls_away_when_they_die():
    story = opened()
    owe(story, "case-1", DecideNoSanction())
    story.add("case-1", MarkDeath(), on=MONDAY)
    assert falls_away(story, "case-1", "give_notice") == [(None, MONDAY)]


def test_what_a_withdrawn_entry_promised_is_owed_no_more():
    story = opened()
    for step in TOLD:
        story.add("case-1", step, by="sam")
    ref = owe(story, "case-1", ReceiveAppeal(against="case-1#3"))
    assert len(owed(story, "case-1", "decide_appeal")) == 1
    story.add("case-1", Withdraw(entry=ref, asked_by="customer"))
    assert owed(story, "case-1", "decide_appeal") == []


def test_a_line_may_give_a_duty_another_period_than_its_own():
    story = opened()
    (urgent,) = (p for p in decide(URGENT, story.facts(on=DAY)).promises if p.duty == "give_notice")
    (usual,) = decide(DecideNoSanction(), story.facts(on=DAY)).promises
    assert (urgent.due_on, usual.due_on) == (IN_2, IN_5)


def test_a_period_counts_from_the_day_a_thing_arrived():
    story = opened()
    for step in TOLD:
        story.add("case-1", step, by="sam")
    appeal = ReceiveAppeal(against="case-1#3", received_on=date(2021, 7, 2))
    promises = {p.duty: p.due_on for p in decide(appeal, story.facts(on=DAY)).promises}
    assert promises == {"assign_appeal": date(2021, 7, 7), "decide_appeal": date(2021, 7, 16)}


def test_what_was_shared_of_a_flag_on_the_wrong_person_is_recalled():
    story = Story()
    owe(story, "flag-1", FLAG)
    shared = story.add("flag-1", Disclose(to="The heating contractor"))
    owe(story, "flag-1", EndFlag(reasons="Another door.", wrong_person=True))
    (due,) = owed(story, "flag-1", "recall_disclosure")
    assert (due.promise.about, due.promise.due_on, due.done_on) == (shared, IN_1, None)
    story.add("flag-1", RecallDisclosure(disclosure=shared), on=MONDAY)
    assert [one.done_on for one in owed(story, "flag-1", "recall_disclosure")] == [MONDAY]


def test_a_block_is_lifted_once_the_measure_behind_it_has_ended():
    story = opened()
    story.day = DAY
    limit = story.add("case-1", URGENT)
    block = story.add("case-1", RecordBlock(what="Her address in the mail filter", sanction=limit))
    owe(story, "case-1", LiftSanction(sanction=limit, reasons="No longer needed."))
    (due,) = owed(story, "case-1", "lift_block")
    assert (due.promise.about, due.promise.due_on, due.done_on) == (block, IN_1, None)
    story.add("case-1", ConfirmBlockLifted(block=block), on=MONDAY)
    assert [one.done_on for one in owed(story, "case-1", "lift_block")] == [MONDAY]


def test_when_the_customer_has_died_an_inquiry_is_concluded_all_the_same_and_nobody_is_left_to_tell():
    story = Story()
    owe(story, "inquiry-1", INQUIRY)
    owe(story, "inquiry-1", CONCLUDED)
    story.add("inquiry-1", MarkDeath(subject="carol"), on=MONDAY)
    found = {one.promise.duty: (one.done_on, one.falls_away_on) for one in duties(story.facts("inquiry-1").file)}
    assert found == {"conclude_inquiry": (DAY, None), "tell_inquiry_outcome": (None, MONDAY)}
    still_open = Story()
    owe(still_open, "inquiry-1", INQUIRY)
    still_open.add("inquiry-1", MarkDeath(subject="carol"), on=MONDAY)
    assert [one.falls_away_on for one in owed(still_open, "inquiry-1", "conclude_inquiry")] == [None]
