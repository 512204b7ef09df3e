"""From a text to an edition, or to everything that is wrong with it."""

from __future__ import annotations

import hashlib
import tomllib

import pytest

from evenhand.policy.faults import BadPolicy, Fault
from evenhand.policy.parsing import UnknownEdition, load, new_edition_text, parse, shipped
from evenhand.policy.tables import SHAPES
from tests.policy.small_edition import SOUND, changed, faults, vocabulary


def test_sound_edition_is_read_and_bound():
    edition = parse(SOUND, vocabulary())
    assert edition.about.title == "Conduct"
    assert edition.codes == {"formats": {"video": "Sign language video"}}
    assert {step: [rule.name for rule in gate] for step, gate in edition.gates.items()} == {
        "report_incident": [],
        "propose_sanction": ["case_endorsed", "evidence_cited", "give_notice"],
        "receive_appeal": [],
        "assign_appeal": ["officer_apart"],
        "decide_appeal": ["reasons_given"],
    }
    assert [line.check or line.duty for line in edition.steps["propose_sanction"].gate] == [
        "case_endorsed",
        "evidence_cited",
        "give_notice",
    ]
    assert edition.hash == hashlib.sha256(SOUND.encode()).hexdigest()
    assert (edition.floors, edition.unused_clauses) == ((), ("7.0",))


def test_tables_that_may_be_left_out_are_empty():
    text = changed(
        ('[bodies.panel]\ntitle = "Panel"\nroles = ["manager", "senior_officer"]\nquorum = 2\n', ""),
        ('{ body = "panel" }', '["senior_officer"]'),
        ('formats = ["video"]', ""),
        ('[codes.formats]\nvideo = "Sign language video"\n', ""),
    )
    edition = parse(text, vocabulary())
    assert (edition.bodies, edition.codes) == ({}, {})


def test_every_fault_of_an_edition_is_told_at_once():
    told = faults(
        ('nation = "england"\napproved', 'nation = "narnia"\napproved'),
        ('clause = "5.6", days = 14', "clause = 5.6, days = 14"),
        ("earliest_months = 1", "earliest_months = 4"),
        ('includes = ["colleague"]', 'includes = ["coleague"]'),
        ("quorum = 2", "quorum = 0"),
        ('kind = "warning"', 'kind = "waring"'),
        ('clause = "4.9"\nkind = "restriction"', 'clause = "4.99"\nkind = "restriction"'),
        ('shuts = ["phone"]', 'shuts = ["fone"]'),
        ("[ladder]", "[lader]"),
        ('parts = ["reasons", "dates"]', 'parts = ["reason"]'),
        ('owners = ["manager"]', 'owner = ["manager"]'),
        ('roles = ["colleague", "manager"]\ngate', "roles = []\ngate"),
        ('check = "case_endorsed"', 'check = "case_endorced"'),
        ("at_least = 2", "at_leest = 2"),
        ('"owe", period = "post"', '"owe", period = "posting"'),
        ('gate = [{ check = "reasons_given", clause = "5.6", force = "stop" }]', "gate = []"),
    )
    assert [says.partition(": ")[0] for _, says in told] == [
        "ladder",
        "about.nation",
        "periods.appeal.clause",
        "reviews.standard.earliest_months",
        "roles.manager.includes[1]",
        "bodies.panel.quorum",
        "remedies.warning.kind",
        "remedies.bar.clause",
        "needs.deaf.shuts[1]",
        "lader",
        "letters.sanction_notice.parts[1]",
        "duties.give_notice.owners",
        "duties.give_notice.owner",
        "steps.propose_sanction.roles",
        "steps.propose_sanction.gate[1].check",
        "steps.propose_sanction.gate[2].at_leest",
        "steps.propose_sanction.gate[3].period",
        "steps.decide_appeal.gate",
    ]


DEEP = "x = " + "[" * 5000 + "]" * 5000
UNREADABLE = {
    "no TOML": ("[about]\nid = lane\n", "line 2: this is not TOML: Invalid value"),
    "a key twice": ("a = 1\nb = 2\na = 3\n", "line 3: this is not TOML: Cannot overwrite a value"),
    "an open list": ("[about]\nid = [\n1,\n\n\n", "line 3: this is not TOML: Invalid value"),
    "a day that is none": ("day = 2021-02-30", "line 1: this is not TOML: Invalid date or datetime"),
    "a year before the first": ("a = 1\nday = 0000-01-01", "line 2: this is not TOML: Invalid date or datetime"),
    "a NUL": ('a = 1\nb = "\0"\n', "line 2: there is a NUL here, which no text may hold: delete it"),
    "half a character": ('b = "\ud83d"', "line 1: there is half a character here, which no text may hold: delete it"),
    "too much": ("#" * 10_000_000, "the text is 10,000,000 characters long; an edition has at most 1,000,000"),
    "too deep": (DEEP, "lists or tables are nested too deeply to be read"),
    "too long a number": ("x = " + "9" * 5000, "a number has too many digits to be read"),
}


@pytest.mark.parametrize(("text", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_text_that_cannot_be_read_is_told_in_one_line(text, says):
    with pytest.raises(BadPolicy) as caught:
        parse(text, vocabulary())
    assert str(caught.value) == says


def test_empty_text_lacks_every_table_and_each_is_told_once():
    with pytest.raises(BadPolicy) as caught:
        parse("", vocabulary())
    needed = "about appeals behaviours channels clauses duties flags ladder letters needs periods questions remedies"
    needed += " retention reviews roles scope steps topics"
    missing = [Fault(table, None, "this table is needed, and not given") for table in needed.split()]
    assert [fault for fault in caught.value.faults if fault.key != "settings.highest_approvers"] == missing


def test_load_reads_a_file(tmp_path):
    (tmp_path / "own.toml").write_text(SOUND, encoding="utf-8-sig")
    assert load(tmp_path / "own.toml", vocabulary()).hash == parse(SOUND, vocabulary()).hash
    assert load(str(tmp_path / "own.toml"), vocabulary()).id == "lane-2021"


def test_load_tells_text_that_is_not_utf_8(tmp_path):
    (tmp_path / "own.toml").write_bytes(b"a = 1\nb = '\xe9'\n")
    with pytest.raises(BadPolicy, match=r"^line 2: this is not UTF-8 text: save the file as UTF-8$"):
        load(tmp_path / "own.toml", vocabulary())


def test_load_hints_at_the_likest_shipped_edition():
    with pytest.raises(UnknownEdition) as caught:
        load("stonewater-2020-50", vocabulary())
    assert str(caught.value) == (
        "stonewater-2020-50: no edition of this name is shipped (did you mean stonewater-2020-05?), "
        "and as a file it cannot be read: No such file or directory."
    )


def test_load_finds_a_shipped_edition_by_its_name():
    # The small vocabulary lacks nearly all that a real edition names: that it says so shows that the text was found.
    with pytest.raises(BadPolicy, match="no check is called breakdown_stated"):
        load("stonewater-2020-05", vocabulary())


def test_shipped_editions_are_named_without_their_ending():
    assert shipped() == ("stonewater-2020-05",)


def test_new_edition_has_every_table():
    assert tomllib.loads(new_edition_text()).keys() == SHAPES.keys()
