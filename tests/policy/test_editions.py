"""The editions that ship, and the file from which a new one starts, against everything the product can ask."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.faults import BadPolicy
from evenhand.policy.parsing import load, new_edition_text, parse, shipped


@pytest.mark.parametrize("name", shipped())
def test_shipped_edition_is_sound_and_keeps_every_floor(name):
    edition = load(name, VOCABULARY)
    assert (edition.id, edition.floors) == (name, ())


def test_new_edition_is_sound_as_it_stands():
    edition = parse(new_edition_text(), VOCABULARY)
    assert (edition.floors, edition.unused_clauses) == ((), ())


LINES = new_edition_text().splitlines()
CHOICES = [place for place, line in enumerate(LINES) if re.match(r"# \w+ = ", line)]


@pytest.mark.parametrize("place", CHOICES, ids=lambda place: LINES[place])
def test_every_choice_that_the_new_edition_offers_is_sound(place):
    lines = list(LINES)
    lines[place] = chosen = lines[place].removeprefix("# ")
    start = max(at for at in range(place) if lines[at].startswith("["))
    setting = chosen.split(" = ")[0] + " = "
    lines[start:place] = [line for line in lines[start:place] if not line.startswith(setting)]
    assert parse("\n".join(lines), VOCABULARY).id == "example-homes-2026"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("latest_months = 3 ", "meetings = [2026-03-02, 2026-09-07] "),
        ("latest_months = 3 ", "per_decision = true "),
        ('counted_from = "last_review"', 'counted_from = "imposed"'),
        ('if_undecided = "stands"', 'if_undecided = "lifts"'),
        ('counting = "live"', 'counting = "given"'),
        ("review_by = 2029-01-05", "review_every_months = 24"),
        ("longest_months = 6", "open_ended = true"),
        ('counted_from = "notice"', 'counted_from = "decision"'),
        ('period = "appeal" ', 'period = "" '),
    ],
)
def test_every_choice_that_its_remarks_name_is_sound(old, new):
    text = new_edition_text()
    assert text.count(old) == 1
    assert parse(text.replace(old, new), VOCABULARY).id == "example-homes-2026"


def test_new_edition_may_send_appeals_outside():
    text = re.sub(r"(?ms)^\[steps\.\w*_appeal\].*?(?=^\[)", "", new_edition_text())
    edition = parse(text.replace("internal = true", "internal = false"), VOCABULARY)
    assert (edition.appeals.internal, edition.floors) == (False, ())


def test_new_edition_that_asks_less_gets_the_floor():
    text = re.sub(r'\n.*"essential_access_kept".*', "", new_edition_text())
    steps = ("propose_sanction", "review_sanction", "decide_appeal")
    assert parse(text, VOCABULARY).floors == tuple(
        f"floor 'essential access' applies to {step}: the edition asks less" for step in steps
    )


@pytest.mark.parametrize(
    ("line", "instead", "says"),
    [
        ('when = { late = ["yes"] }', 'when = { late = ["maybe"] }', "late is never 'maybe'"),
        (
            'when = { triggers = ["conduct_assessment"] }',
            'when = { triggers = ["conduct_asessment"] }',
            "triggers is never 'conduct_asessment' (did you mean conduct_assessment?)",
        ),
        (
            'when = { how = ["hand"] }',
            'when = { how = ["hnad"] }',
            "how is never 'hnad' (did you mean hand?)",
        ),
    ],
)
def test_a_condition_that_can_never_hold_is_a_fault(line, instead, says):
    text = (files("evenhand.policy") / "editions" / "stonewater-2020-05.toml").read_text(encoding="utf-8")
    assert line in text
    with pytest.raises(BadPolicy) as refused:
        parse(text.replace(line, instead, 1), VOCABULARY)
    assert [fault.says for fault in refused.value.faults] == [says]
