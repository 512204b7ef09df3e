"""The command line: what it prints, how it leaves, and that every error is one plain line."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from evenhand.casework.steps import STEPS
from evenhand.cli import run
from evenhand.cli.editions import edition_named

STORY = """scenario: One call
edition: stonewater-2020-05
people:
  olu: {is: staff, roles: [case_officer]}
  carol: {is: customer}
story:
  - {at: 2021-07-01T09:00, by: olu, take: report_incident, file: incident-1, with: {subject: carol}}
  - {at: 2021-08-01T09:00, ask: duties, file: incident-1, expect: {overdue: ["1.4"]}}
  - at: 2021-08-01T09:00
    by: carol
    take: triage_incident
    file: incident-1
    with: {route: watch}
    expect: {refused: ["1.2"]}
"""
SHIPPED_EDITION = Path(__file__).parent.parent / "src/evenhand/policy/editions/stonewater-2020-05.toml"
NOT_THERE = "no edition of this name is shipped, and as a file it cannot be read: No such file or directory."
SUMMARY = """
stories                    {stories}
expectations held          {held}
failings prevented         {prevented}
controls wrongly stopped   {controls}
"""


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def say(capsys):
    """Runs a command and returns its exit code with what it printed."""

    def saying(*arguments: object) -> Said:
        code = run([str(one) for one in arguments])
        return Said(code, *capsys.readouterr())

    return saying


@pytest.fixture
def told(tmp_path) -> Path:
    """A folder with one story that holds."""
    (tmp_path / "one.yaml").write_text(STORY)
    return tmp_path


def process(*arguments: object, home: Path, **environment: str) -> Said:
    """Runs a command as a person would, in a process of its own, with its own home."""
    base: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    found = subprocess.run(
        [sys.executable, "-c", "from evenhand.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**base, "EVENHAND_HOME": str(home), **environment},
    )
    return Said(found.returncode, found.stdout, found.stderr)


def test_replay_prints_a_line_a_story_and_a_summary(say, told):
    summary = SUMMARY.format(
        stories="1, 1 as expected", held="3 of 3", prevented="0 in 0 stories of failings", controls="0 of 0"
    )
    assert say("replay", told / "one.yaml") == (0, f"ok   one.yaml    3 of 3   One call\n{summary}", "")


def test_replay_of_a_folder_groups_by_folder_and_counts(say, told):
    (told / "failing").mkdir()
    (told / "failing" / "late.yaml").write_text(f"failing: Late\n{STORY}")
    (told / "failing" / "clean.yml").write_text(f"control: true\n{STORY}")
    (told / "notes.txt").write_text("no story")
    code, out, err = say("replay", told)
    summary = SUMMARY.format(
        stories="3, 2 as expected", held="9 of 9", prevented="2 in 1 stories of failings", controls="1 of 1"
    )
    assert (code, err) == (1, "")
    assert out == (
        "FAIL failing/clean.yml    3 of 3   One call\n"
        "       line 10: take triage_incident on incident-1: refused in a control\n"
        "         1.2 role: This is for: case officer.\n"
        "         1.2 reasons_given: No reasons are given: say why, in words the person can understand.\n"
        "ok   failing/late.yaml    3 of 3   One call\n"
        "\n"
        "ok   one.yaml             3 of 3   One call\n"
        f"{summary}"
    )


def test_replay_says_what_was_expected_and_what_was_found(say, told):
    changed = STORY.replace('overdue: ["1.4"]', "due: [], overdue: []").replace('["1.2"]', '["5.2"]')
    (told / "one.yaml").write_text(
        f"{changed}  - {{at: 2021-08-02, by: olu, take: withdraw, file: incident-1, with: {{entry: incident-1#9}}}}\n"
    )
    code, out, _ = say("replay", told)
    assert code == 1
    assert out.partition("\n\n")[0].splitlines() == [
        "FAIL one.yaml    2 of 5   One call",
        "       line 8: ask duties on incident-1: overdue: expected none, found 1.4",
        "       line 9: take triage_incident on incident-1: refused: expected 5.2, found 1.2",
        "         1.2 role: This is for: case officer.",
        "         1.2 reasons_given: No reasons are given: say why, in words the person can understand.",
        "       line 15: take withdraw on incident-1: allowed: expected true, found unknown",
        "         entry: 'incident-1#9' is no withdrawable reference here.",
    ]


def test_replay_as_json_is_an_object_a_line(say, told):
    code, out, _ = say("replay", told, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(line["line"], line.get("take") or line["ask"], line["outcome"]) for line in lines] == [
        (7, "report_incident", "allowed"), (8, "duties", "answered"), (9, "triage_incident", "refused")
    ]  # fmt: skip
    assert lines[1]["expectations"] == [{"key": "overdue", "expected": ["1.4"], "seen": ["1.4"], "holds": True}]
    assert lines[2]["findings"][0] == {
        "check": "role",
        "clause": "1.2",
        "effect": "stop",
        "outcome": "not met",
        "sentence": "This is for: case officer.",
    }


def test_replay_finds_an_edition_beside_the_story(say, told):
    (told / "ours.toml").write_text(SHIPPED_EDITION.read_text())
    (told / "one.yaml").write_text(STORY.replace("stonewater-2020-05", "ours.toml"))
    assert say("replay", told).code == 0


def test_replay_names_every_fault_of_every_story(say, told):
    (told / "one.yaml").write_text(STORY.replace("report_incident", "report_incidnt"))
    (told / "two.yaml").write_text("a: [")
    assert say("replay", told) == (
        2,
        "",
        (
            f"evenhand: {told}/one.yaml:7: take: 'report_incidnt' is no step. Did you mean report_incident?\n"
            f"evenhand: {told}/two.yaml:1: this is not YAML: did not find expected node content.\n"
        ),
    )


def test_replay_through_the_record_has_the_same_outcomes(told, tmp_path):
    pure = process("replay", told, "--json", home=tmp_path / "home")
    recorded = process("replay", told, "--json", "--record", home=tmp_path / "home")
    assert (recorded.code, recorded.err) == (0, "")
    assert recorded.out == pure.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["replay"], "Missing argument 'FILE...'. Try 'evenhand replay --help'."),
        (["replay", "no"], "Invalid value for 'FILE...': Path 'no' does not exist. Try 'evenhand replay --help'."),
        (["replay", "."], "There is no scenario (*.yaml) in there. Try 'evenhand replay --help'."),
        (["fly"], "No such command 'fly'. Try 'evenhand --help'."),
        (["steps", "--edition", "nowhere"], f"nowhere: {NOT_THERE}"),
    ],
)
def test_wrong_use_is_one_plain_line(say, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    assert say(*arguments) == (2, "", f"evenhand: {says}\n")


def test_help_succeeds(say):
    code, out, err = say("--help")
    assert (code, err) == (0, "")
    assert "replay" in out


def test_what_nobody_thought_of_is_one_plain_line(say, tmp_path):
    """A file stands where a folder should be made."""
    (tmp_path / "docs").touch()
    code, out, err = say("docs", "--root", tmp_path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith("Run 'evenhand --debug ...' to see where this arose.\n")
    with pytest.raises(FileExistsError):
        say("--debug", "docs", "--root", tmp_path)


def test_steps_are_enough_to_write_a_story(say):
    code, out, _ = say("steps")
    assert code == 0
    lines = set(out.splitlines())
    expected = {
        "people: {is: outsider, ...}",
        "  manager: list of {who, since, until} - Line manager. An id, or a list with days",
        "  address: words - Address",
        "  tenants: list of words (needed) - Tenants. Ids of customers",
        "  as: words - Name. What later lines call the entry made",
        "  refused: clauses, as a list",
        "  with channel: code of channels (needed) - Channel. A code of channels",
        "  expect do: control measures, as a list",
        "  sanctions.<name>.live",
        "  two_people: Two people, no lone visit",
        "take: report_incident - Report an incident",
        "    subject: customer - Whom it binds. The person the case is about, unless you name somebody else",
        "    owe   1.4   triage_incident (unless triggers is danger)",
    }
    assert expected - lines == set()


def test_steps_as_json_have_schema_roles_and_gate(say):
    code, out, _ = say("steps", "--json")
    found = json.loads(out)
    steps = {step["name"]: step for step in found["steps"]}
    edition = edition_named("stonewater-2020-05")
    assert (code, found["edition"]) == (0, edition.id)
    assert set(steps) == set(edition.steps)
    endorse = steps["endorse_case"]
    assert (endorse["roles"], endorse["files"]) == (list(edition.steps["endorse_case"].roles), ["case"])
    assert endorse["data"] == STEPS["endorse_case"].model_json_schema()
    assert endorse["gate"][0]["check"] == "endorser_is_line_manager"
    assert set(found["codes"]) >= {"behaviours", "remedies", "channels", "topics", "needs", "control_measures"}
    assert set(found["asks"]) == {"duties", "options", "contact", "flags", "facts"}
    assert set(found["people"]) == {"staff", "customer", "outsider"}


def test_policy_check_says_that_an_edition_is_sound(say):
    code, out, err = say("policy", "check", "stonewater-2020-05")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "stonewater-2020-05: Unacceptable customer conduct, stonewater-2020-05: no faults."


def test_policy_check_names_every_fault(say, tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text("[about]\nid = 1\n[abuot]\n")
    code, out, err = say("policy", "check", path)
    assert (code, out) == (1, "")
    assert f"{path}: line 3: abuot: an edition has no such table (did you mean about?)" in err.splitlines()


def test_policy_new_is_an_edition_without_faults(say, tmp_path):
    code, out, _ = say("policy", "new")
    (tmp_path / "ours.toml").write_text(out)
    assert code == 0
    assert say("policy", "check", tmp_path / "ours.toml").code == 0


def test_policy_diff_prints_what_changes_under_which_clause(say, tmp_path):
    text = SHIPPED_EDITION.read_text().replace("days = 14", "days = 21")
    (tmp_path / "ours.toml").write_text(text)
    assert say("policy", "diff", "stonewater-2020-05", tmp_path / "ours.toml") == (
        0,
        "Time limits\n  [5.6] Appeal: limit: was 14 days, is now 21 days\n",
        "",
    )


def test_policy_diff_says_that_two_editions_are_the_same(say):
    told = "stonewater-2020-05 and stonewater-2020-05 say the same.\n"
    assert say("policy", "diff", "stonewater-2020-05", "stonewater-2020-05") == (0, told, "")


def test_policy_show_prints_clauses_numbers_measures_and_gates(say):
    code, out, _ = say("policy", "show")
    lines = set(out.splitlines())
    assert code == 0
    assert {
        "Stonewater: Unacceptable customer conduct (stonewater-2020-05)",
        "  appeal                 14 days            5.6   settled by policy",
        "  warning_letter                 rung 1, warning: Warning letter",
        "  endorse_case: Endorse the case (manager)",
        "    stop  1.3   endorser_is_line_manager",
    } - lines == set()


def test_check_prints_settings_and_never_the_address(tmp_path):
    code, out, err = process("check", home=tmp_path / "home")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"EVENHAND_HOME            {tmp_path / 'home'}"
    assert out.splitlines()[-1] == "Nothing is unsafe."
    code, out, err = process("check", home=tmp_path, EVENHAND_DATABASE_URL="postgres://u:s3cret@localhost:1/x")
    assert (code, out) == (2, "")
    assert err.startswith("evenhand: The database cannot be used: ")
    assert err.count("\n") == 1
    assert "s3cret" not in err


def test_check_says_what_is_unsafe(tmp_path):
    code, out, _ = process("check", home=tmp_path, EVENHAND_EDITION="nowhere")
    assert code == 1
    assert out.splitlines()[-2:] == [
        f"unsafe: EVENHAND_EDITION: nowhere: {NOT_THERE}",
        "1 unsafe.",
    ]


def test_settings_that_cannot_be_are_one_plain_line(tmp_path):
    code, _, err = process("check", home=tmp_path, EVENHAND_DATABASE_URL="mysql://x")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("evenhand: EVENHAND_DATABASE_URL must look like ")


def test_verify_proves_the_record_against_a_checkpoint_kept_elsewhere(tmp_path):
    home, kept = tmp_path / "home", tmp_path / "kept.json"
    sealed = process("checkpoint", home=home)
    kept.write_text(sealed.out)
    assert process("verify", "--checkpoint", kept, home=home) == (
        0,
        "Sound: 0 entries in 0 files, 1 checkpoints.\n",
        "",
    )
    assert process("rebuild", home=home) == (0, "Rebuilt from 0 files.\n", "")
    other = tmp_path / "other"
    nothing = f"There is no record in {other / 'evenhand.sqlite3'} yet: check EVENHAND_HOME and EVENHAND_DATABASE_URL."
    assert process("verify", "--checkpoint", kept, home=other) == (2, "", f"evenhand: {nothing}\n")
    assert not (other / "evenhand.sqlite3").exists()
    process("rebuild", home=other)
    code, out, _ = process("verify", "--checkpoint", kept, home=other)
    assert code == 1
    assert out.splitlines()[0] == "Not as it was recorded: 1 faults in 0 entries in 0 files, 0 checkpoints."
    kept.write_text("nonsense")
    code, out, err = process("verify", "--checkpoint", kept, home=home)
    assert (code, out) == (2, "")
    assert err == (
        f"evenhand: {kept}: This is no checkpoint: give the file that was made by a checkpoint, unchanged.\n"
    )


def test_nothing_is_sealed_in_a_database_whose_guards_are_off(tmp_path):
    home = tmp_path / "home"
    assert process("checkpoint", home=home).code == 0
    with sqlite3.connect(home / "evenhand.sqlite3") as database:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'record_%' ORDER BY name"
        (guard,) = database.execute(guards).fetchone()
        database.execute(f"DROP TRIGGER {guard}")
    off = f"The guard {guard} is gone or off, so the record could be rewritten; run the migrations, then verify."
    assert process("checkpoint", home=home) == (2, "", f"evenhand: {off}\n")
    assert process("rebuild", home=home) == (2, "", f"evenhand: {off}\n")


def test_a_first_administrator_chooses_a_password_by_the_code_that_is_printed(tmp_path):
    made = process("administrator", "Ada@Example.org", "--name", "Ada Frost", home=tmp_path)
    assert (made.code, made.err) == (0, "")
    halves = [line.split()[-1] for line in made.out.splitlines() if " half " in line]
    with sqlite3.connect(tmp_path / "evenhand.sqlite3") as database:
        (account,) = database.execute("SELECT email, staff_id, password FROM accounts_account")
        roles = database.execute("SELECT staff_id, role FROM people_staffrole").fetchall()
    assert [len(halves), account[:2], account[2][:1], roles] == [
        2,
        ("ada@example.org", "Ada"),
        "!",
        [("Ada", "administrator")],
    ]
    again = process("administrator", "ada@example.org", home=tmp_path)
    assert [again.code, halves[0] in again.out] == [0, False]


def test_an_administrator_is_somebody_with_an_address_a_name_and_a_reference_of_their_own(tmp_path):
    process("administrator", "ada@example.org", "--name", "Ada Frost", home=tmp_path)
    given = [
        ("ada",),
        ("jo@example.org",),
        ("jo@example.org", "--name", "Jo", "--id", "a b"),
        ("ada@e.org", "--name", "A"),
    ]
    assert [process("administrator", *words, home=tmp_path).err for words in given] == [
        "evenhand: 'ada' is not an e-mail address.\n",
        "evenhand: Nobody signs in with this address yet: say what they are called with --name.\n",
        "evenhand: Give a reference of letters, digits and _.:@+~- with --id.\n",
        "evenhand: ada is somebody's reference already: give another with --id.\n",
    ]
