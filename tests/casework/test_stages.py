"""When a step makes sense and who may take it: every step in every state of its file, for every role, in one table."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from evenhand.casework.decide import decide, options, steps_of
from evenhand.casework.registers import Registers, StaffMember
from evenhand.casework.stages import CANDIDATES, STATES, may_start
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal
from evenhand.casework.steps.assessment import AskAgency
from evenhand.casework.steps.base import EVERY_FILE, StepData
from evenhand.casework.steps.casefacts import PutAllegation, RecordAccount
from evenhand.casework.steps.control import (
    AddNote,
    AuditCase,
    AuditFinding,
    CloseCase,
    Disclose,
    DisposeFile,
    LookAgain,
    PlaceHold,
    RecordBlock,
)
from evenhand.casework.steps.decision import (
    DecideNoSanction,
    InstructLegal,
    RecordContractAnswer,
    ServeNoticeSeekingPossession,
    TakeUrgentAction,
)
from evenhand.casework.steps.flag import ApproveFlag, DeclineFlag, DisputeFlag, EndFlag, ProposeFlag
from evenhand.casework.steps.incident import ReportIncident, TriageIncident
from evenhand.casework.steps.inquiry import ConcludeInquiry, NoteInquiry, OpenInquiry
from evenhand.casework.steps.notice import (
    AnswerReviewRequest,
    AskContinuation,
    GiveNotice,
    RequestReview,
    ReviewSanction,
)
from evenhand.casework.steps.opening import DeclineCase, EndorseCase
from evenhand.casework.steps.person import OfferAdjustment, RecordChange, RecordNeed
from evenhand.policy.findings import Promise
from tests.casework.build import DAY, EDITION, Story
from tests.casework.checks.measures import approved, opened, proposed, told

ROLES = {
    "staff": {
        "colleague", "case_officer", "manager", "senior_officer", "auditor", "data_protection_officer", "policy_owner",
    },
    "officers": {"case_officer", "manager", "senior_officer"},
    "managers": {"manager", "senior_officer"},
    "seniors": {"senior_officer"},
    "counsel": {"data_protection_officer", "legal_adviser"},
}  # fmt: skip
"""A role stands for every role that includes it; any other word of the table is a role by itself."""

RUNNING = {
    "incident": ("reported", "awaiting_case", "triaged"),
    "case": ("opened", "endorsed", "declined", "closed"),
    "flag": ("proposed", "approved", "declined", "ended"),
    "person": ("none", "known", "dead"),
    "inquiry": ("open", "concluded"),
}
"""What `any` stands for: every state but those of a file that does not exist, or holds nothing any more."""

TABLE = """
report_incident        | staff contractor portal system   | incident: none any
record_injury          | staff contractor                 | incident: none any
report_to_police       | staff contractor                 | incident: none any; case: any; flag: any; person: any
make_safe              | staff contractor                 | incident: none any; case: any; flag: any; person: any
add_statement          | staff contractor                 | incident: none any; case: any
record_conversation    | staff                            | incident: none any; case: any
triage_incident        | officers                         | incident: reported awaiting_case
offer_staff_support    | staff                            | incident: none any; case: any
tell_reporter          | staff                            | incident: none any; case: any

record_need            | staff contractor portal system   | person: any
offer_adjustment       | staff                            | person: any
answer_adjustment      | staff portal                     | person: known dead
name_representative    | staff portal                     | person: any
record_complaint       | staff portal system              | person: any
record_assurance       | staff                            | person: any
record_change          | staff system                     | person: any
answer_question        | staff                            | incident: none any; case: any; flag: any; person: any

open_case              | staff                            | case: none
bring_in_sanction      | officers administrator system    | case: none opened endorsed
endorse_case           | managers                         | case: opened
decline_case           | managers                         | case: opened
link_incident          | staff                            | case: any
assign_case            | managers                         | case: any
restrict_case          | managers data_protection_officer | case: any

record_contact         | staff contractor portal system   | incident: none any; case flag person inquiry: any
add_evidence           | staff contractor portal          | incident: none any; case flag person inquiry: any
request_evidence       | staff                            | incident: none any; case: any
record_counter_allegation | staff portal                  | case: any
put_allegation         | staff                            | case: any
record_account         | staff portal                     | case: any
defer_telling          | officers                         | case: any
check_own_service      | staff                            | case: any
request_takedown       | staff                            | case: any

consider_conversation  | staff                            | case: any
signpost_support       | staff                            | case: any; person: any
ask_agency             | staff                            | case: any; person: any
record_agency_answer   | staff                            | case: any; person: known dead
consider_mediation     | staff                            | case: any
assess_conduct         | staff                            | case: any
assess_equality        | staff                            | incident: none any; case: any; flag: any; person: any
plan_safe_working      | staff contractor                 | incident: none any; case flag person inquiry: any

propose_sanction       | staff                            | case: opened endorsed
approve_sanction       | managers                         | case: opened endorsed
decline_sanction       | managers                         | case: opened endorsed
decide_no_sanction     | officers                         | case: opened endorsed
take_urgent_action     | staff                            | case: opened endorsed
instruct_legal         | officers                         | case: any
record_legal_advice    | officers legal_adviser data_protection_officer policy_owner | case: any
offer_contract         | officers                         | case: opened endorsed
record_contract_answer | staff                            | case: any
serve_notice_seeking_possession | officers                | case: opened endorsed
record_court_outcome   | officers legal_adviser           | case: any

give_notice            | staff                            | case: any
record_return          | staff                            | case: any
record_breach          | staff system                     | case: any
request_review         | staff portal                     | case: any
answer_review_request  | officers                         | case: any
ask_continuation       | officers                         | case: any
agree_continuation     | managers                         | case: any
review_sanction        | officers                         | case: any
lift_sanction          | managers                         | case: any

receive_appeal         | staff portal                     | case: any
decide_late_appeal     | seniors                          | case: any
assign_appeal          | managers                         | case: any
suspend_sanction       | seniors                          | case: any
decide_appeal          | managers                         | case: any

refer_to_asb           | staff                            | incident: none any; case: any
link_matter            | staff                            | incident: none any; case flag person inquiry: any
countersign            | managers                         | incident case flag inquiry: any; person: known dead
disclose               | staff                            | incident case flag person inquiry: any
recall_disclosure      | staff                            | incident case flag inquiry: any; person: known dead
adopt_edition          | managers policy_owner            | case: any
audit_case             | auditor                          | case: any
complete_audit_action  | staff                            | case: any
close_case             | officers                         | case: opened endorsed
reopen_case            | managers                         | case: closed declined
offer_redress          | officers                         | case: any; person: any

add_note               | staff legal_adviser              | incident: none any; case flag person inquiry: any
correct_entry          | staff                            | incident: none any; case flag person inquiry: any
look_again             | officers                         | incident case flag inquiry: any; person: known dead
withdraw               | staff portal                     | incident case flag person inquiry: any
record_block           | staff administrator              | incident: none any; case flag person inquiry: any
confirm_block_lifted   | staff administrator              | case inquiry: any; person: known dead
place_hold             | managers counsel                 | incident: none any; case flag person inquiry: any
release_hold           | data_protection_officer          | incident case flag inquiry: any; person: known dead
erase_content          | data_protection_officer          | incident case flag person inquiry: any
dispose_file           | data_protection_officer          | incident case flag person inquiry: any

propose_flag           | staff                            | flag: none
bring_in_flag          | officers administrator system    | flag: none
approve_flag           | managers                         | flag: proposed
decline_flag           | managers                         | flag: proposed
tell_person            | staff                            | flag: any
record_not_told        | officers                         | flag: proposed approved
review_flag            | managers                         | flag: proposed approved
dispute_flag           | staff portal                     | flag: any
decide_flag_dispute    | managers                         | flag: proposed approved
end_flag               | managers                         | flag: proposed approved

open_inquiry           | managers data_protection_officer | inquiry: none
assign_inquiry         | managers data_protection_officer | inquiry: open
record_colleague_account | managers                       | inquiry: any
conclude_inquiry       | managers                         | inquiry: open
tell_inquiry_outcome   | officers                         | inquiry: concluded
"""
"""What the policy's gates say, step by step: who may, and in which states of which files."""

Matrix = dict[tuple[str, str], set[str]]


def written() -> dict[str, Matrix]:
    """The table, as {step: {(kind, state): roles}}."""
    matrix = {}
    for line in filter(None, TABLE.splitlines()):
        step, roles, files = (part.strip() for part in line.split("|"))
        who = set().union(*(ROLES.get(word, {word}) for word in roles.split()))
        said = (file.partition(":") for file in files.split(";"))
        states = ((kind, words.split()) for kinds, _, words in said for kind in kinds.split())
        matrix[step] = {(kind, state): who for kind, words in states for word in words for state in _states(kind, word)}
    return matrix


def _states(kind: str, word: str) -> tuple[str, ...]:
    return RUNNING[kind] if word == "any" else (word,)


def acted_on(story: Story, file: str) -> None:
    """What can be countersigned, recalled, released and looked at again, on any file."""
    owed = Promise("look_again", "6.4", DAY, ("case_officer",))
    story.add(file, AddNote(text="Something new."), promises=(owed,))
    story.add(file, Disclose(basis="emergency"))
    story.add(file, PlaceHold(reasons="A claim."))


FINDING = AuditFinding(clause="5.1", what="Told late", action="Say why", owner="mina", due_on=DAY)


def full_case() -> Story:
    """A case with something on it for every step that acts on something."""
    story = opened()
    acted_on(story, "case-1")
    proposed(story)
    standing = told(story, remedy="office_access", ends_on="2022-01-31", terms={"offices": ["High Street"]})
    for remedy in ("acceptable_behaviour_contract", "notice_seeking_possession"):
        approved(story, remedy=remedy)
    story.day = DAY
    story.add("case-1", TakeUrgentAction(remedy="civil_injunction"))
    story.add("case-1", PutAllegation(allegation="You shouted."))
    story.add("case-1", DecideNoSanction())
    story.add("case-1", RequestReview(sanction=standing))
    story.add("case-1", ReceiveAppeal(against=standing))
    story.add("case-1", ReceiveAppeal(against=standing), fixed={"in_time_until": "2021-08-01"})
    story.add("case-1", AuditCase(findings=(FINDING,)))
    story.add("case-1", RecordBlock(what="Her address, in our filter."))
    story.add("case-1", AskAgency(agency="Social care"))
    story.add("case-1", AskContinuation(sanction=standing, until=date(2022, 5, 2)))
    story.add("case-1", InstructLegal(adviser="Bell & Co"))
    return story


def case_in(state: str) -> Story:
    story = Story() if state == "none" else full_case()
    if state == "opened":
        story.recorded["case-1"] = [e for e in story.recorded["case-1"] if not isinstance(e.data, EndorseCase)]
    ends = {"declined": DeclineCase(), "closed": CloseCase(), "disposed": DisposeFile()}
    if state in ends:
        story.add("case-1", ends[state])
    return story


def flag_in(state: str) -> Story:
    story = Story()
    if state == "none":
        return story
    story.add("flag-1", ProposeFlag(subject="carol", category="physical"))
    acted_on(story, "flag-1")
    ends: dict[str, list[StepData]] = {
        "declined": [DeclineFlag()],
        "approved": [ApproveFlag()],
        "ended": [ApproveFlag(), EndFlag()],
    }
    for step in [*ends.get(state, []), DisputeFlag(), *([DisposeFile()] if state == "disposed" else [])]:
        story.add("flag-1", step, by="max")
    return story


def begun(name: str, first: list[StepData], ends: dict[str, StepData]) -> Callable[[str], Story]:
    """Makes a file that begins with some steps, was acted on since, and is brought into a state by one step more."""

    def in_state(state: str) -> Story:
        story = Story()
        for step in first if state != "none" else ():
            story.add(name, step)
        if state != "none":
            acted_on(story, name)
        if last := {**ends, "disposed": DisposeFile()}.get(state):
            story.add(name, last, promises=decide(last, story.facts(name)).promises)
        return story

    return in_state


incident_in = begun(
    "incident-1",
    [ReportIncident(subject="carol")],
    {"awaiting_case": TriageIncident(route="new_case"), "triaged": TriageIncident(route="watch")},
)
person_in = begun(
    "carol",
    [
        RecordNeed(need="autism"),
        OfferAdjustment(adjustment="Calls after noon."),
        RecordBlock(what="Her number."),
        AskAgency(agency="Social care"),
    ],
    {"dead": RecordChange(change="death")},
)
inquiry_in = begun(
    "inquiry-1",
    [OpenInquiry(subject="carol", allegation="case-1#3", about="olu", inquirer="max"), RecordBlock(what="Her number.")],
    {"concluded": ConcludeInquiry(outcome="cannot_be_told")},
)

FILES = {
    "incident": ("incident-1", incident_in),
    "case": ("case-1", case_in),
    "flag": ("flag-1", flag_in),
    "person": ("carol", person_in),
    "inquiry": ("inquiry-1", inquiry_in),
}
PLACES = [(kind, state) for kind, states in RUNNING.items() for state in dict.fromkeys(("none", *states, "disposed"))]


@cache
def found() -> dict[str, Matrix]:
    """What `options` shows, in every state to somebody with each role: {step: {(kind, state): roles}}."""
    seen: dict[str, Matrix] = {name: {} for name, step in STEPS.items() if not step.follows}
    for kind, state in PLACES:
        name, make = FILES[kind]
        story = make(state)
        for role in EDITION.roles:
            story.registers = Registers({"ann": StaffMember("ann", "Ann Lee", frozenset({role}))})
            facts = story.facts(name, by="ann")
            assert (facts.file.kind, facts.file.state) == (kind, state)  # type: ignore[attr-defined] # every kind has
            for decision in options(facts):
                if all(finding.is_met for finding in decision.findings[:2]):
                    seen[decision.step].setdefault((kind, state), set()).add(role)
    return seen


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if not step.follows])
def test_h5_h6_a_step_makes_sense_in_these_states_for_these_roles(step):
    assert found()[step] == written()[step]


def test_the_table_lists_every_step_that_people_take():
    assert list(written()) == [name for name, step in STEPS.items() if not step.follows]


def test_nothing_is_offered_that_only_follows_from_other_steps():
    story = full_case()
    taken = {decision.step for decision in options(story.facts())}
    assert taken & {name for name, step in STEPS.items() if step.follows} == set()
    assert {name for kind in EVERY_FILE for name in (s.name for s in steps_of(kind))} == set(STEPS)


FITTING = {
    "approve_sanction": [6], "decline_sanction": [6], "instruct_legal": [12, 14], "offer_contract": [10],
    "record_contract_answer": [10], "serve_notice_seeking_possession": [12], "record_court_outcome": [12, 14],
    "record_breach": [7, 14], "request_review": [7, 14], "review_sanction": [7, 14],
    "lift_sanction": [6, 7, 10, 12, 14], "give_notice": [16, 10, 12, 14], "defer_telling": [16, 10, 12, 14],
    "record_return": [9], "answer_review_request": [17], "receive_appeal": [7, 14], "decide_late_appeal": [19],
    "assign_appeal": [18, 19], "suspend_sanction": [18], "decide_appeal": [18], "record_account": [15],
    "countersign": [4], "recall_disclosure": [4], "complete_audit_action": [20], "look_again": [3],
    "answer_adjustment": [], "confirm_block_lifted": [21], "release_hold": [5],
    "record_agency_answer": [22], "ask_continuation": [7, 14], "agree_continuation": [7], "record_legal_advice": [24],
}  # fmt: skip
"""What each step may act on in the full case, by the number of the entry that made it."""


@pytest.mark.parametrize("step", CANDIDATES)
def test_a_step_may_act_on_these(step):
    assert CANDIDATES[step](full_case().facts()) == [f"case-1#{number}" for number in FITTING[step]]


def test_what_is_done_already_is_no_longer_offered():
    story = full_case()
    for step in (
        RecordContractAnswer(sanction="case-1#10", answer="signed"),
        ServeNoticeSeekingPossession(sanction="case-1#12"),
        LookAgain(about="case-1#3", outcome="Nothing changes."),
        AssignAppeal(appeal="case-1#18", officer="sue"),
        DecideAppeal(appeal="case-1#18", outcome="dismissed"),
        DecideLateAppeal(appeal="case-1#19", admit=False),
    ):
        story.add("case-1", step)
    facts = story.facts()
    steps = ("offer_contract", "serve_notice_seeking_possession", "look_again", "assign_appeal", "decide_appeal")
    assert {step: CANDIDATES[step](facts) for step in steps} == {step: [] for step in steps}
    assert CANDIDATES["decide_late_appeal"](facts) == []


def test_what_was_put_can_be_answered_until_there_is_an_answer_that_counts():
    story = opened()
    put = story.add("case-1", PutAllegation(allegation="You shouted."))
    for said in (RecordAccount(allegation=put), RecordAccount(allegation=put, outcome="no_reply", attempt="A card.")):
        counts = decide(said, story.facts(by="olu")).fixed
        story.add("case-1", said, fixed=counts)
        assert CANDIDATES["record_account"](story.facts()) == [put]
    story.add("case-1", RecordAccount(allegation=put, account="I did not."))
    assert CANDIDATES["record_account"](story.facts()) == []


def test_what_an_inquiry_looks_into_is_no_longer_looked_at_again():
    story = full_case()
    story.add("case-1", NoteInquiry(allegation="case-1#3", inquiry="inquiry-1"))
    assert CANDIDATES["look_again"](story.facts()) == []


def test_a_review_that_keeps_a_measure_can_be_appealed_afresh_and_a_lifting_cannot():
    story = full_case()
    kept = story.add("case-1", ReviewSanction(sanction="case-1#7", outcome="continue"))
    story.add("case-1", ReviewSanction(sanction="case-1#14", outcome="lift"))
    assert CANDIDATES["receive_appeal"](story.facts()) == ["case-1#7", kept]


def test_an_answer_to_a_request_may_be_told_until_it_was():
    story = full_case()
    answer = story.add("case-1", AnswerReviewRequest(request="case-1#17", answer="declined"))
    assert CANDIDATES["give_notice"](story.facts())[-1] == answer
    story.add("case-1", GiveNotice(about=answer, how="email"))
    assert CANDIDATES["give_notice"](story.facts()) == [f"case-1#{number}" for number in FITTING["give_notice"]]


def test_on_a_persons_file_an_adjustment_is_answered():
    facts = person_in("known").facts("carol")
    assert CANDIDATES["answer_adjustment"](facts) == ["carol#2"]


def test_any_fact_may_start_an_incident_and_only_opening_a_case():
    starting = {kind: {step.name for step in steps_of(kind) if may_start(step, kind)} for kind in EVERY_FILE}
    assert starting["incident"] == {step.name for step in steps_of("incident") if not step.decides}
    assert starting["person"] == {step.name for step in steps_of("person")}
    assert (starting["case"], starting["flag"]) == (
        {"open_case", "bring_in_sanction"},
        {"propose_flag", "bring_in_flag"},
    )
    assert starting["inquiry"] == {"open_inquiry"}


def test_a_fact_is_never_bound_to_a_state_of_its_file():
    bound = {name for name in STATES if not STEPS[name].decides}
    assert bound == {"bring_in_sanction", "bring_in_flag", "tell_person", "tell_inquiry_outcome"}
