"""Playing a story: each line decided in turn, held against what it expects; and every ask."""

import pytest

from evenhand.casework.scenario import read_story
from evenhand.casework.steps.decision import ProposeSanction
from evenhand.casework.steps.flag import ProposeFlag
from evenhand.casework.steps.opening import OpenCase
from evenhand.casework.story import Held, Memory, people_of, play
from tests.casework.build import EDITION, Story

HEAD = """scenario: A story
edition: stonewater-2020-05
people:
  olu: {is: staff, roles: [case_officer], manager: mina}
  mina: {is: staff, roles: [manager]}
  carol: {is: customer, tenure: assured, home: "100"}
  nell: {is: customer}
homes: {"100": {address: 1 Quarry Rise}}
story:
"""
REPORT = "{at: 2021-07-01T09:00, by: olu, take: report_incident, file: incident-1, as: report, with: {subject: carol}}"
OPEN = (
    "{at: 2021-07-01T10:00, by: olu, take: open_case, file: case-1, with: {subject: carol, incidents: [incident-1],"
    " subject_kind: tenant, breakdown: Shouting, tried_first: A talk, colleague: olu}}"
)


def played(*lines: str, head: str = HEAD):
    """A story of these lines, played; the first line stands on line 10 of its file."""
    text = head + "".join(f"  - {line}\n" for line in lines)
    return play(read_story("story.yaml", text.encode(), lambda _: EDITION))


def seen(*lines: str) -> list[tuple[str, object, object]]:
    """What the last line expected and what was seen."""
    return [(held.key, held.expected, held.seen) for held in played(*lines).played[-1].expectations]


@pytest.mark.parametrize(
    ("expected", "found", "holds"),
    [
        ((), (), True),
        ((), ("5.1",), False),
        (("5.1",), ("5.1", "5.2"), True),
        (("5.1", "5.3"), ("5.1", "5.2"), False),
        ("true", "true", True),
        ("true", "false", False),
        ((), "unknown", False),
        ("5.1", ("5.1",), False),
    ],
)
def test_held_expectations_name_a_subset_and_empty_means_none(expected, found, holds):
    assert Held("warned", expected, found).holds is holds


def test_take_must_be_allowed_where_nothing_is_expected():
    replay = played(REPORT)
    (line,) = replay.played
    assert (line.outcome, line.problem, replay.held, replay.is_ok) == ("allowed", "", 1, True)
    assert [finding.check for finding in line.findings] == ["role", "stage", "triage_incident"]
    assert line.seen == {"allowed": "true", "refused": (), "warned": (), "owed": ("1.4",)}


def test_take_that_is_refused_changes_nothing():
    refused = REPORT.replace("by: olu", "by: nell").replace("}}", "}, expect: {refused: ['1.4']}}")
    replay = played(refused, "{at: 2021-07-02, ask: facts, file: incident-1, expect: {state: none, subject: none}}")
    assert [line.outcome for line in replay.played] == ["refused", "answered"]
    assert replay.is_ok


def test_take_expected_refused_is_not_held_under_other_clauses():
    line = (
        "{at: 2021-07-01, by: olu, take: open_case, file: case-1, with: {subject: carol}, expect: {refused: ['5.2']}}"
    )
    assert seen(line) == [("refused", ("5.2",), ("1.2", "1.3"))]


def test_take_may_be_expected_not_allowed_without_saying_why():
    line = REPORT.replace("by: olu", "by: nell").replace("}}", "}, expect: {allowed: no}}")
    assert seen(line) == [("allowed", "false", "false")]


def test_take_expects_no_refusal_at_all_by_an_empty_list():
    assert seen(REPORT.replace("}}", "}, expect: {refused: []}}")) == [("allowed", "true", "true"), ("refused", (), ())]


def test_take_names_its_entry_for_later_lines():
    lines = (
        "{at: 2021-07-02, by: olu, take: put_allegation, file: case-1, as: put, with: {allegation: She swore}}",
        "{at: 2021-07-03, by: olu, take: record_account, file: case-1, with: {allegation: put, account: I did not}}",
        "{at: 2021-07-03, ask: duties, file: case-1, expect: {due: []}}",
    )
    replay = played(REPORT, OPEN, lines[0], lines[2].replace("due: []", "due: ['1.5']"), *lines[1:])
    assert replay.is_ok


def test_take_of_what_is_not_there_is_impossible():
    refused = REPORT.replace("by: olu", "by: nell").replace("}}", "}, expect: {allowed: no}}")
    withdraw = (
        "{at: 2021-07-02, by: olu, take: withdraw, file: incident-1, with: {entry: report}, expect: {warned: []}}"
    )
    replay = played(refused, withdraw)
    line = replay.played[-1]
    assert (line.outcome, line.problem) == ("impossible", "entry: 'report' is no withdrawable reference here.")
    assert [(held.key, held.holds) for held in line.expectations] == [("allowed", False), ("warned", False)]


def test_take_beyond_the_calendar_is_impossible():
    replay = played(REPORT.replace("2021", "1950"))
    says = "Bank holidays are known from 1978-01-01 to 2100-12-31, not for 1950-07-01."
    assert (replay.played[0].outcome, replay.played[0].problem) == ("impossible", says)


def test_take_under_the_adopted_edition():
    adopt = "{at: 2021-07-02, by: mina, take: adopt_edition, file: case-1, with: {edition: stonewater-2020-05}}"
    fact = "{at: 2021-07-03, ask: facts, file: case-1, expect: {edition: stonewater-2020-05}}"
    head = HEAD.replace("roles: [manager]", "roles: [manager, policy_owner]")
    assert [line.outcome for line in played(REPORT, OPEN, adopt, fact, head=head).played] == [
        "allowed", "allowed", "allowed", "answered"
    ]  # fmt: skip


def test_story_of_a_failing_counts_what_it_prevents():
    overdue = "{at: 2021-08-01, ask: duties, file: incident-1, expect: {overdue: ['1.4'], due: []}}"
    replay = played(REPORT.replace("}}", "}, expect: {owed: ['1.4']}}"), overdue, head=f"failing: Late\n{HEAD}")
    assert (replay.is_ok, replay.prevented) == (True, 1)
    assert played(REPORT, overdue).prevented == 0


def test_story_of_a_control_may_have_nothing_refused():
    refused = REPORT.replace("by: olu", "by: nell").replace("}}", "}, expect: {refused: ['1.4']}}")
    replay = played(refused, head=f"control: true\n{HEAD}")
    assert (replay.held, replay.is_ok) == (1, False)
    assert replay.wrongly_stopped == [replay.played[0]]
    assert played(refused).wrongly_stopped == []


def test_story_begins_with_what_was_known():
    head = HEAD.replace("carol: {", "carol: {needs: [{need: cannot_write, since: 2019-01-01}], ")
    replay = played(
        "{at: 2021-07-01, ask: facts, file: carol, expect: {needs: [cannot_write], state: known}}", head=head
    )
    assert (replay.is_ok, len(replay.expectations)) == (True, 3)


def test_ask_options_by_who_asks():
    ask = "{at: 2021-07-02, by: olu, ask: options, file: case-1, expect: {open: [add_note], closed: [endorse_case]}}"
    assert played(REPORT, OPEN, ask).is_ok
    assert not played(REPORT, OPEN, ask.replace("olu", "mina")).is_ok


def test_ask_contact_of_a_person_through_all_their_files():
    ask = "{at: 2021-07-02, ask: contact, about: carol, with: {channel: phone}, expect: {allowed: true, refused: []}}"
    replay = played(REPORT, ask)
    assert replay.is_ok
    assert replay.played[-1].findings[0].verdict.sentence == "No restriction is in force."


def test_ask_flags_by_person_and_by_place():
    propose = (
        "{at: 2021-07-02, by: olu, take: propose_flag, file: flag-1, with: {subject: carol, category: physical,"
        " incident: incident-1, instruction: Go in pairs, control_measures: [two_people], provisional: true}}"
    )
    ask = "{at: 2021-07-02, ask: flags, with: {place: 1 Quarry Rise}, expect: {answer: flag, do: [two_people]}}"
    by_person = ask.replace("with: {place: 1 Quarry Rise}", "about: carol")
    nobody = "{at: 2021-07-02, ask: flags, about: nell, expect: {answer: unknown, do: [], disputed: no}}"
    unknown = "{at: 2021-07-02, ask: flags, expect: {answer: unknown}}"
    assert played(REPORT, propose, ask, by_person, nobody, unknown).is_ok


def test_ask_facts_of_things_in_a_case():
    propose = (
        "{at: 2021-07-02, by: olu, take: take_urgent_action, file: case-1, as: act, with: {remedy: warning_letter},"
        " expect: {allowed: no}}"
    )
    expected = "{sanctions.act.live: none, incidents: [incident-1], urgent: no}"
    facts = f"{{at: 2021-07-03, ask: facts, file: case-1, expect: {expected}}}"
    assert seen(REPORT, OPEN, propose, facts) == [
        ("sanctions.act.live", "none", "none"),
        ("incidents", ("incident-1",), ("incident-1",)),
        ("urgent", "false", "false"),
    ]


def test_people_of_a_file_are_those_it_binds_and_its_place():
    story = Story()
    story.add("case-1", OpenCase(subject="carol"))
    story.add("case-1", ProposeSanction(subject="dave"))
    story.add("flag-1", ProposeFlag(place="100"))
    story.add("flag-2", ProposeFlag(subject="nell"))
    files = story.facts().files
    assert [people_of(files[name]) for name in ("case-1", "flag-1", "flag-2")] == [{"carol", "dave"}, {"100"}, {"nell"}]


def test_memory_knows_the_files_about_somebody():
    text = f"{HEAD}  - {REPORT}\n  - {OPEN}\n"
    story = read_story("story.yaml", text.encode(), lambda _: EDITION)
    memory = Memory(story)
    assert play(story, memory).is_ok
    assert (memory.names_about("carol"), memory.names_about("nell")) == (["incident-1", "case-1"], [])
    assert memory.file("case-2") is None
