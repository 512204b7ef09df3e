"""Reading a scenario: everything as text, converted where it stands, and every fault with its line."""

from datetime import UTC, date, datetime

import pytest

from evenhand.casework.registers import CustomerRecord, Home, Since, StaffMember
from evenhand.casework.scenario import read_story
from evenhand.casework.storytext import LONGEST, BadScenario
from evenhand.policy.clock import london_instant
from evenhand.policy.edition import Edition
from evenhand.policy.faults import BadPolicy, Fault
from evenhand.policy.parsing import UnknownEdition
from tests.casework.build import EDITION

HEAD = """scenario: A story
edition: stonewater-2020-05
people:
  olu: {is: staff, roles: [case_officer]}
  carol: {is: customer}
"""
REPORT = (
    "  - {at: 2021-07-01T09:00, by: olu, take: report_incident, file: incident-1, as: report, with: {subject: carol}}\n"
)
CASE = "  - {at: 2021-07-02T09:00, by: olu, take: open_case, file: case-1, with: {subject: carol}}\n"
STORY = f"{HEAD}story:\n{REPORT}"


def editions(name: str) -> Edition:
    if name == "broken":
        raise BadPolicy([Fault("about", 1, "this is needed"), Fault("roles", 2, "this is needed")])
    if name != EDITION.id:
        raise UnknownEdition(f"{name}: there is no such edition.")
    return EDITION


def read(text: str):
    return read_story("story.yaml", text.encode(), editions)


def faults(text: str | bytes) -> list[str]:
    """Every fault, with its line."""
    with pytest.raises(BadScenario) as raised:
        read_story("story.yaml", text if isinstance(text, bytes) else text.encode(), editions)
    return [line.removeprefix("story.yaml:") for line in str(raised.value).splitlines()]


def line_fault(line: str) -> list[str]:
    """The faults of one line that follows a report and a case; the line is the ninth."""
    return faults(f"{STORY}{CASE}  - {line}\n")


def case(step: str, rest: str) -> str:
    return f"{{at: 2021-08-01, by: olu, take: {step}, file: case-1, {rest}}}"


def note(rest: str) -> str:
    return case("add_note", f"with: {{text: x}}, {rest}")


def asks(ask: str, rest: str) -> str:
    return f"{{at: 2021-08-01, ask: {ask}, {rest}}}"


def test_story_is_read():
    story = read(
        f"source: a report\nfailing: It was late\nnote: mine\ncontrol: true\n{STORY}{CASE}".replace(
            "{subject: carol}}\n  -", "{subject: carol}, expect: {warned: ['1.1']}}\n  -"
        )
    )
    assert (story.name, story.title, story.source, story.failing) == (
        "story.yaml",
        "A story",
        "a report",
        "It was late",
    )
    assert (story.is_control, story.edition, story.files) == (
        True,
        EDITION,
        {"incident-1": "incident", "case-1": "case"},
    )
    first, second = story.lines
    assert (first.number, first.at, first.day) == (11, datetime(2021, 7, 1, 8, tzinfo=UTC), date(2021, 7, 1))
    assert (first.by, first.file, first.kind, first.alias, first.names) == (
        "olu",
        "incident-1",
        "incident",
        "report",
        (),
    )
    assert (first.verb, first.word, first.expected) == ("take", "report_incident", {"warned": ("1.1",)})
    assert (first.raw, first.draft.subject) == ({"subject": "carol"}, "carol")
    assert second.word == "open_case"


def test_story_reads_every_scalar_as_text():
    line = (
        "{at: 2021-07-03, by: olu, take: record_contact, file: case-1, with: {what: no, count: 4, face_to_face: yes}}"
    )
    story = read(f"{STORY}{CASE}  - {line}\n")
    draft = story.lines[-1].draft
    assert (draft.what, draft.count, draft.face_to_face) == ("no", 4, True)
    assert story.lines[-1].at == london_instant("2021-07-03T00:00")


def test_story_may_say_again_what_was_written_once():
    again = "  - {at: 2021-07-02, by: olu, take: report_incident, file: incident-2, with: *said}\n"
    story = read(f"{HEAD}story:\n{REPORT.replace('{subject', '&said {subject')}{again}")
    assert story.lines[1].raw == story.lines[0].raw == {"subject": "carol"}


@pytest.mark.parametrize(
    ("name", "step", "kind"),
    [
        ("incident-7", "report_to_police", "incident"),
        ("trouble", "report_incident", "incident"),
        ("carol", "record_need", "person"),
        ("flag-1", "bring_in_flag", "flag"),
    ],
)
def test_story_names_files_by_what_starts_them(name, step, kind):
    story = read(f"{HEAD}story:\n  - {{at: 2021-07-02, by: olu, take: {step}, file: {name}}}\n")
    assert story.files == {name: kind}


def test_story_may_name_entries_by_alias_or_reference():
    lines = [
        "{at: 2021-07-03, by: olu, take: put_allegation, file: case-1, as: put, with: {allegation: She swore}}",
        "{at: 2021-07-04, by: olu, take: record_account, file: case-1, with: {allegation: put}}",
        "{at: 2021-07-05, by: olu, take: record_account, file: case-1, with: {allegation: case-1#2}}",
    ]
    story = read(f"{STORY}{CASE}" + "".join(f"  - {line}\n" for line in lines))
    assert [line.names for line in story.lines[3:]] == [("put",), ()]


def test_story_counts_from_taken_on():
    story = read(f"{HEAD}story:\n{REPORT.replace('as: report', 'taken_on: 2021-06-30')}")
    assert story.lines[0].day == date(2021, 6, 30)


def test_story_people_become_registers():
    people = """scenario: A story
edition: stonewater-2020-05
people:
  olu: {is: staff, name: Olu Ade, roles: [colleague], manager: mina, posts: [head], training: {law: 2020-01-01},
        deputies: [dan, {who: mina, since: 2021-01-01, until: 2021-02-01}], connections: [carol]}
  mina: {is: staff, manager: [{who: dan, until: 2021-01-01}]}
  dan: {is: outsider, roles: [contractor]}
  carol: {is: customer, tenure: assured, home: "100", born_on: 2000-02-29, joint_with: [bob], household: [kit]}
  bob: {is: customer}
  kit: {is: customer, name: Kit}
homes: {"100": {address: 1 Quarry Rise}, "200": {}}
tenancies:
  - {home: "200", kind: secure, tenants: [bob, kit], since: 2021-06-01, until: 2021-06-30}
story:
"""
    cast = read(people + REPORT).cast
    staff, customers = cast.people.staff, cast.people.customers
    assert staff["olu"] == StaffMember(
        "olu", "Olu Ade", frozenset({"colleague"}), frozenset({"head"}), (Since("mina"),),
        (Since("dan"), Since("mina", date(2021, 1, 1), date(2021, 2, 1))), {"law": date(2020, 1, 1)},
        frozenset({"carol"}),
    )  # fmt: skip
    assert (staff["mina"].name, staff["mina"].managers) == ("Mina", (Since("dan", None, date(2021, 1, 1)),))
    assert staff["dan"] == StaffMember("dan", "Dan", frozenset({"contractor"}))
    assert customers["carol"] == CustomerRecord(
        "carol", "Carol", "assured", "100", date(2000, 2, 29), frozenset({"bob"}), frozenset({"kit"})
    )
    assert customers["bob"].joint_with == frozenset({"carol"})
    assert cast.people.homes == {"100": Home("100", "1 Quarry Rise"), "200": Home("200")}
    during, after = cast.on(date(2021, 6, 30)).customers, cast.on(date(2021, 7, 1)).customers
    assert (during["kit"].home, during["kit"].tenure, during["kit"].joint_with) == ("200", "secure", frozenset({"bob"}))
    assert during["bob"].joint_with == frozenset({"carol", "kit"})
    assert after == customers


def test_story_files_what_was_known_before():
    card = "carol: {is: customer, needs: [{need: cannot_write, since: 2019-01-01}, {need: autism}],\n"
    card += "    representatives: [{representative: D. Okafor, from_on: 2020-05-01}]}"
    story = read(STORY.replace("carol: {is: customer}", card))
    filed = [(line.by, line.file, line.word, line.day, line.number) for line in story.in_order[:4]]
    assert filed == [
        ("system", "carol", "record_need", date(2019, 1, 1), 5),
        ("system", "carol", "name_representative", date(2020, 5, 1), 6),
        ("system", "carol", "record_need", date(2021, 7, 1), 5),
        ("olu", "incident-1", "report_incident", date(2021, 7, 1), 8),
    ]
    assert story.cast.people.staff["system"].roles >= {"system"}


def test_story_keeps_the_editions_its_cases_adopt():
    adopt = "  - {at: 2021-07-03, by: olu, take: adopt_edition, file: case-1, with: {edition: stonewater-2020-05}}\n"
    assert set(read(f"{STORY}{CASE}{adopt}").editions) == {EDITION.id}
    assert faults(f"{STORY}{CASE}{adopt.replace('2020', '2030')}") == [
        "9: edition: stonewater-2030-05: there is no such edition."
    ]
    assert faults(f"{STORY}{CASE}{adopt.replace('edition:', 'editoin:')}") == [
        "9: edition: this is needed.", "9: editoin: there is no such field. Did you mean edition?"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "1: a scenario is one mapping with 'scenario', 'edition', 'people', 'story'."),
        (b"- a", "1: a scenario is one mapping with 'scenario', 'edition', 'people', 'story'."),
        (b"a: 1\n---\nb: 2", "1: a scenario is one mapping with 'scenario', 'edition', 'people', 'story'."),
        (b"a: 1\nb: \xff", "2: this is not UTF-8 text: save the file as UTF-8."),
        (b"a: 1\nb: \0", "2: there is a NUL here, which no text may hold: delete it."),
        (b'a: 1\nb: "\\0"', "2: there is a NUL or half a character here, which no text may hold."),
        (b"a: 1\nb: \x07", "2: there is a control character here: delete it."),
        (b"a: [1\nb: }", "2: this is not YAML: did not find expected ',' or ']'."),
        (b"a" * (LONGEST + 1), "1: the file is 1,000,001 characters long; a story has at most 1,000,000."),
        (b"- " * 400_000, "1: lists and mappings are nested too deeply to be read."),
        (b"a: 1\nb: 2\na: 3", "3: a: this stands here twice: take one out."),
        (b"a: 1\n[b]: 2", "2: a key is one word, not a list or a mapping."),
        (b"a: &x 1\nb: *y", "2: 'y' is no name given by & in an earlier line. Did you mean x?"),
    ],
)
def test_story_that_cannot_be_read_is_one_fault(content, says):
    assert faults(content) == [says]


def test_story_of_a_page_that_means_a_library_is_refused():
    page = b"a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for one, other in zip("bcdef", "abcde", strict=True):
        page += f"{one}: &{one} [{','.join([f'*{other}'] * 10)}]\n".encode()
    assert faults(page) == ["5: a story has at most 100,000 values."]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("scenario: A story\n", "", ["1: scenario: this is needed."]),
        ("scenario: A story", "scenario: [a]", ["1: scenario: expected words."]),
        (
            "scenario:",
            "scenari:",
            ["1: scenario: this is needed.", "1: scenari: there is no such field. Did you mean scenario?"],
        ),
        ("2020-05\n", "2020-06\n", ["2: edition: stonewater-2020-06: there is no such edition."]),
        (
            "stonewater-2020-05\n",
            "broken\n",
            ["2: edition: broken has 2 faults, the first: line 1: about: this is needed"],
        ),
        ("is: staff", "is: staf", ["4: olu.is: 'staf' is no kind of person. Did you mean staff?"]),
        ("olu: {is: staff, ", "olu: {", ["4: olu.is: '' is no kind of person. Did you mean staff?"]),
        ("{is: customer}", "customer", ["5: carol.is: '' is no kind of person. Did you mean staff?"]),
        ("[case_officer]", "[case_oficer]", ["4: olu.role: 'case_oficer' is no role. Did you mean case_officer?"]),
        ("[case_officer]", "case_officer", ["4: olu.roles: expected a list in square brackets."]),
        (
            "[case_officer]",
            "[case_officer], manager: karol",
            ["4: olu.manager: 'karol' is no person of this story. Did you mean carol?"],
        ),
        (
            "[case_officer]",
            "[case_officer], deputies: [{who: olw}]",
            ["4: olu.deputies: 'olw' is no person of this story. Did you mean olu?"],
        ),
        (
            "[case_officer]",
            "[case_officer], deputies: [{hwo: olu}]",
            [
                "4: olu.deputies.0.who: this is needed.",
                "4: olu.deputies.0.hwo: there is no such field. Did you mean who?",
            ],
        ),
        (
            "is: customer",
            "is: customer, tenure: asured",
            ["5: carol.tenure: 'asured' is no tenure. Did you mean assured?"],
        ),
        (
            "is: customer",
            "is: customer, needs: [{need: cannot_writ}]",
            ["5: need: 'cannot_writ' is no code of needs. Did you mean cannot_write?"],
        ),
        (
            "is: customer",
            "is: customer, needs: [{ned: autism}]",
            ["5: carol.needs.ned: there is no such field. Did you mean need?"],
        ),
        (
            "carol: {is: customer}",
            "carol: {is: customer}\n  system: {is: customer}",
            ["6: system: this name is the software's own: choose another."],
        ),
        (
            "carol:",
            "carol ann:",
            [
                "5: people: 'carol ann' is no name here: use one word of letters, digits and _.:@+~-",
                "7: subject: 'carol' is no customer of this story. Did you mean carol ann?",
            ],
        ),
        ("story:", "homes: {1: {adress: x}}\nstory:", ["6: 1.adress: there is no such field. Did you mean address?"]),
        ("story:", "homes: {1: here}\nstory:", ["6: 1: this is written as {name: value, ...}."]),
        (
            "story:",
            "tenancies: [{home: 1, kind: asured, tenants: [carl]}]\nstory:",
            [
                "6: tenants: 'carl' is no customer of this story. Did you mean carol?",
                "6: tenancies.kind: 'asured' is no tenure. Did you mean assured?",
            ],
        ),
        ("story:", "tenancies: [{home: 1, tenants: [carol]}]\nstory:", ["6: kind: this is needed."]),
        (
            "edition:",
            "failing: Late\nedition:",
            ["2: failing: a story with 'failing' expects a refusal, a warning or an overdue duty somewhere."],
        ),
        (REPORT, "", ["6: story: expected a list in square brackets."]),
        (REPORT, "  []\n", ["6: story: a story has at least one line."]),
    ],
)
def test_story_head_and_people_faults_name_line_and_nearest_word(old, new, says):
    assert faults(STORY.replace(old, new)) == says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("text", ["this is written as {name: value, ...}."]),
        ("{by: olu, take: add_note, file: case-1}", ["at: this is needed."]),
        (
            "{at: 0000-01-01, by: olu, take: add_note, file: case-1, with: {text: x}}",
            ["at: expected a day and time that exist, such as 2026-08-20T14:30."],
        ),
        (
            "{at: 2021-06-01, ask: duties, file: case-1}",
            ["at: lines are in order of 'at': this one is earlier than one before it."],
        ),
        ("{at: 2021-08-01, by: olu, file: case-1}", ["a line has either 'take' or 'ask'."]),
        ("{at: 2021-08-01, take: add_note, ask: duties, file: case-1}", ["a line has either 'take' or 'ask'."]),
        (
            "{at: 2021-08-01, by: ulo, take: add_note, file: case-1, with: {text: x}}",
            ["by: 'ulo' is no person of this story. Did you mean olu?"],
        ),
        ("{at: 2021-08-01, take: add_note, file: case-1, with: {text: x}}", ["by: a step needs 'by'."]),
        (
            "{at: 2021-08-01, by: olu, take: ad_note, file: case-1}",
            ["take: 'ad_note' is no step. Did you mean add_note?"],
        ),
        (
            "{at: 2021-08-01, by: olu, take: add_note, file: case-2, with: {text: x}}",
            ["file: 'case-2' is no file of this story yet, and add_note starts none. Did you mean case-1?"],
        ),
        (
            "{at: 2021-08-01, by: olu, take: open_case, file: case 2}",
            ["file: 'case 2' is no name here: use one word of letters, digits and _.:@+~-"],
        ),
        (
            "{at: 2021-08-01, by: olu, take: endorse_case, file: incident-1}",
            ["take: endorse_case is taken on a case file; incident-1 is of the kind incident."],
        ),
        (case("add_note", "with: x"), ["with: expected {name: value, ...}."]),
        (case("record_contact", "with: {cuont: 2}"), ["cuont: there is no such field. Did you mean count?"]),
        (case("record_contact", "with: {count: many}"), ["count: expected a whole number."]),
        (case("record_contact", "with: {contact_on: 2021-8-1}"), ["contact_on: must be written like 2026-08-20."]),
        (
            case("propose_sanction", "with: {terms: {times_a_weak: 1}}"),
            ["terms.times_a_weak: there is no such field. Did you mean times_a_week?"],
        ),
        (
            case("record_contact", "with: {channel: fone, with_whom: crol}"),
            [
                "channel: 'fone' is no code of channels. Did you mean phone?",
                "with_whom: 'crol' is no person of this story. Did you mean carol?",
            ],
        ),
        (
            case("link_incident", "with: {incident: incident-2}"),
            ["incident: 'incident-2' is no incident of this story yet. Did you mean incident-1?"],
        ),
        (
            case("propose_sanction", "with: {evidence: [report, reprot, cse-1#1]}"),
            [
                "evidence: 'reprot' is no name given by 'as' in an earlier line. Did you mean report?",
                "evidence: 'cse-1#1' is no name given by 'as' in an earlier line. Did you mean report?",
            ],
        ),
        (note("taken_on: 2021-08-02"), ["taken_on: a step cannot count from a day after it was recorded."]),
        (note("expect: {alowed: true}"), ["expect: 'alowed' is no expectation here. Did you mean allowed?"]),
        (note("expect: {allowed: maybe}"), ["expect.allowed: this is true or false."]),
        (note("expect: {warned: 1.2}"), ["expect.warned: this is a list in square brackets; [] means none at all."]),
        (note("expect: {owed: ['9.9']}"), ["expect.owed: '9.9' is no clause of the edition. Did you mean 4.9?"]),
        (
            note("expect: {allowed: yes, refused: ['1.2']}"),
            ["expect: a step cannot be expected both allowed and refused."],
        ),
        (asks("letter", "file: case-1"), ["ask: letters are not written yet, so nothing can be asked of one."]),
        (asks("dutis", "file: case-1"), ["ask: 'dutis' is no ask. Did you mean duties?"]),
        (asks("duties", "file: case-2"), ["file: 'case-2' is no file of this story yet. Did you mean case-1?"]),
        (
            asks("duties", "file: case-1, as: x, taken_on: 2021-07-01"),
            ["as: this goes with 'take' only.", "taken_on: this goes with 'take' only."],
        ),
        (
            asks("options", "file: case-1, expect: {open: [ad_note]}"),
            [
                "by: 'ask: options' needs 'by': the answer hangs on who asks.",
                "expect.open: 'ad_note' is no step. Did you mean add_note?",
            ],
        ),
        (
            asks("contact", "about: olu, with: {channel: phone}"),
            ["about: 'olu' is no customer of this story. Did you mean carol?"],
        ),
        (asks("contact", "about: carol"), ["channel: this is needed."]),
        (
            asks("contact", "about: carol, with: {channel: fone}"),
            ["channel: 'fone' is no code of channels. Did you mean phone?"],
        ),
        (asks("flags", "about: crol"), ["about: 'crol' is no customer of this story. Did you mean carol?"]),
        (
            asks("flags", "about: carol, expect: {do: [two_peple]}"),
            ["expect.do: 'two_peple' is no code of control_measures. Did you mean two_people?"],
        ),
        (
            asks("facts", "file: case-1, expect: {stat: x, sanctions.limit.live: yes}"),
            [
                "expect: 'stat' is no fact of a case. Did you mean state?",
                "expect: 'limit' is no name given by 'as' in an earlier line. Did you mean report?",
            ],
        ),
    ],
)
def test_story_line_faults_name_line_and_nearest_word(line, says):
    assert line_fault(line) == [f"9: {fault}" for fault in says]


def test_story_faults_name_the_line_of_the_word_itself():
    text = f"""{STORY}{CASE}  - at: 2021-08-01
    by: olu
    take: propose_sanction
    file: case-1
    with:
      behaviours:
        - abusive
        - rude
      terms:
        channels_open: [fone]
        times: 1
"""
    assert faults(text) == ["19: terms.times: there is no such field. Did you mean to_time?"]
    assert faults(text.replace("        times: 1\n", "")) == [
        "16: behaviours: 'rude' is no code of behaviours. Did you mean abusive?",
        "18: terms.channels_open: 'fone' is no code of channels. Did you mean phone?",
    ]


def test_story_with_two_broken_lines_says_both():
    assert faults(f"{HEAD}story:\n  - {{at: x}}\n{REPORT.replace('report_incident', 'report')}") == [
        "7: at: must be written like 2026-08-20.", "8: take: 'report' is no step. Did you mean tell_reporter?"
    ]  # fmt: skip


def test_story_makes_one_fault_of_a_file_whose_first_step_is_misspelt():
    later = "  - {at: 2021-07-03, by: olu, take: add_note, file: incident-1, with: {text: x}}\n"
    ask = "  - {at: 2021-07-03, ask: duties, file: incident-1}\n"
    link = CASE.replace("{subject: carol}", "{incidents: [incident-1], subject: carol}")
    assert faults(f"{HEAD}story:\n{REPORT.replace('report_incident', 'report_incidnt')}{link}{later}{ask}") == [
        "7: take: 'report_incidnt' is no step. Did you mean report_incident?"
    ]
