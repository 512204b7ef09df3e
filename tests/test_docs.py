"""The generated documents: made of the edition, the code, the scenarios and the tests; the same every time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evenhand.casework.checks import CHECKS
from evenhand.casework.stages import STATES
from evenhand.casework.steps import STEPS
from evenhand.cli import run
from evenhand.docs import documents, trace
from evenhand.docs.markdown import bullets, page, table
from evenhand.docs.states import moves, states_document
from evenhand.docs.steps import steps_document
from tests.casework.build import EDITION

STORY = """scenario: One
edition: {edition}
people: {{}}
story:
  - {{take: endorse_case, expect: {{refused: ["1.3"], owed: []}}}}
  - {{take: endorse_case}}
  - {{ask: duties, expect: {{overdue: ["5.2"], due: ["5.2"]}}}}
"""
TEST = '''
def test_review_clause_5_2_is_late():
    """Late (clause 5.2)."""

def test_notice():
    """Every letter says so (3.1 and 5.1, not 9.9)."""
    assert answer() == ("5.6", "about 1.1", 4.2)

def helper():
    """5.5"""
'''


@pytest.fixture
def root(tmp_path) -> Path:
    """A project with two stories, one of another landlord, and two tests."""
    for folder in ("scenarios/clauses", "tests/casework", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "scenarios/clauses/one.yaml").write_text(STORY.format(edition=EDITION.id))
    (tmp_path / "scenarios/other.yaml").write_text(STORY.format(edition="other"))
    (tmp_path / "tests/casework/test_some.py").write_text(TEST)
    return tmp_path


def section(text: str, heading: str) -> list[str]:
    """The lines of one section that say something."""
    found = re.split(r"^## ", text, flags=re.MULTILINE)
    return [line for line in next(part for part in found if part.startswith(heading)).splitlines()[1:] if line]


def test_page_has_one_title_and_ends_with_one_line_end():
    assert page("Title", ["one"], ["two", ""]).splitlines()[2:] == ["# Title", "", "one", "", "two"]


def test_table_escapes_what_would_break_it():
    assert list(table(("A", "B"), [("a|b", "c\nd")])) == ["| A | B |", "| --- | --- |", "| a\\|b | c d |", ""]
    assert list(table(("A",), [])) == []


def test_bullets_say_nothing_of_nothing():
    assert list(bullets("Checks", ["a", "b"])) == ["- **Checks**: a; b"]
    assert list(bullets("Checks", [])) == []


def test_steps_document_has_every_step_with_who_data_and_gate():
    text = steps_document(EDITION)
    assert re.findall(r"^## .*`(\w+)`$", text, flags=re.MULTILINE) == [name for name in STEPS if name in EDITION.steps]
    lines = section(text, "Decline the case")
    assert lines == [
        STEPS["decline_case"].__doc__,
        "- **By**: Manager",
        "- **On**: case",
        "| Field | Written as | Asks |",
        "| --- | --- | --- |",
        *[line for line in lines if line.startswith("| `") and "reasons_given" not in line],
        "| Force | Clause | Asks |  |",
        "| --- | --- | --- | --- |",
        "| stop | 1.3 | `reasons_given` | Does the decision give its reasons? (clauses 2.3 and 5.2) |",
        f"| stop | 5.2 | `no_live_sanction` | {CHECKS['no_live_sanction'].question} |",
    ]


def test_steps_document_says_what_a_step_starts_and_what_can_be_corrected():
    lines = section(steps_document(EDITION), "Report an incident")
    assert "- **May start**: incident" in lines
    assert f"- **Can be corrected**: {', '.join(STEPS['report_incident'].correctable)}" in lines


def test_moves_of_a_case_are_those_of_its_fold():
    found = {(before, step, after) for before, step, after in moves("case") if after != "disposed"}
    assert found == {
        ("none", "open_case", "opened"),
        ("none", "bring_in_sanction", "opened"),
        ("opened", "endorse_case", "endorsed"),
        ("opened", "decline_case", "declined"),
        ("opened", "close_case", "closed"),
        ("endorsed", "close_case", "closed"),
        ("declined", "reopen_case", "opened"),
        ("closed", "reopen_case", "opened"),
        ("closed", "reopen_case", "endorsed"),
    }


def test_moves_of_a_flag_depend_on_the_answer():
    found = {(step, after) for before, step, after in moves("flag") if before == "approved" and after != "disposed"}
    steps = ("review_flag (end)", "decide_flag_dispute (upheld)", "end_flag")
    assert found == {(step, "ended") for step in (*steps, "mark_death")}


@pytest.mark.parametrize("kind", ["incident", "case", "flag", "person"])
def test_moves_keep_to_the_states_in_which_a_step_makes_sense(kind):
    for before, step, _ in moves(kind):
        name = step.partition(" ")[0]
        assert before in STATES.get(name, {before})


def test_states_document_draws_every_move_and_lists_what_acts_inside():
    lines = section(states_document(EDITION), "Case")
    assert "stateDiagram-v2" in lines
    assert "    opened --> endorsed: endorse_case" in lines
    assert "| opened | `endorse_case` | Endorse the case | endorsed |" in lines
    assert "| `decide_appeal` | appeal |" in section(states_document(EDITION), "Steps that act on something")


def test_trace_counts_stories_of_this_edition_by_what_they_expect(root):
    assert trace.stories_by_clause(EDITION, root) == {"1.3": ["clauses/one.yaml"], "5.2": ["clauses/one.yaml"]}


def test_trace_counts_tests_by_name_docstring_and_word(root):
    one = "`tests/casework/test_some.py` (1 test)"
    assert trace.tests_by_clause(root) == {clause: [one] for clause in ("3.1", "5.1", "5.2", "5.6")}


def test_trace_has_every_clause_with_all_that_serves_it(root):
    text = trace.trace_document(EDITION, root)
    assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE) == list(EDITION.clauses)
    lines = section(text, "5.2")
    assert lines[0] == EDITION.clauses["5.2"]
    assert [line.partition("**:")[0] for line in lines[1:]] == [
        "- **Settings", "- **Checks", "- **Duties", "- **Scenarios", "- **Tests"
    ]  # fmt: skip
    assert lines[-2:] == ["- **Scenarios**: `clauses/one.yaml`", "- **Tests**: `tests/casework/test_some.py` (1 test)"]
    assert "`appeal`" in section(text, "5.6")[1]


def test_documents_are_the_same_every_time(root):
    assert documents(EDITION, root) == documents(EDITION, root)


def test_docs_command_writes_what_is_stale_and_check_names_it(root, capsys):
    assert run(["docs", "--root", str(root)]) == 0
    paths = [root / "docs" / name for name in ("steps.md", "states.md", "policy-trace.md")]
    assert capsys.readouterr().out == "".join(f"Wrote {path}.\n" for path in paths)
    assert (run(["docs", "--root", str(root), "--check"]), *capsys.readouterr()) == (0, "", "")
    paths[1].write_text("old")
    assert (run(["docs", "--root", str(root), "--check"]), *capsys.readouterr()) == (
        1, "", f"evenhand: {paths[1]} is stale: run 'make docs'.\n"
    )  # fmt: skip
    assert paths[1].read_text() == "old"
