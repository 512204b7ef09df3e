"""Every table, row and gate line is read on its own, strictly, and what is wrong is said in plain English."""

from __future__ import annotations

import pytest

from tests.policy.small_edition import Change, faults

KINDS = (
    "'warning', 'restriction', 'agreement', 'court', 'action', 'status', 'handling', 'tenancy_notice' or 'precondition'"
)
WAYS = "any_of, all_of, two_of_grade, body, post and relative"
UNITS = "give exactly one of days, working_days, months or years"

ONE_FAULT = {
    "clause without quotation marks": (
        ('appeal = { clause = "5.6", days = 14 }', "appeal = { clause = 5.60, days = 14 }"),
        "appeal = { clause = 5.60, days = 14 }",
        "periods.appeal.clause: expected text in quotation marks, not 5.6",
    ),
    "yes for a number": (
        ("quorum = 2", "quorum = true"),
        "quorum = true",
        "bodies.panel.quorum: expected a whole number, not true",
    ),
    "text for a number": (
        ("quorum = 2", 'quorum = "2"'),
        'quorum = "2"',
        'bodies.panel.quorum: expected a whole number, not "2"',
    ),
    "half a number": (
        ("quorum = 2", "quorum = 1.5"),
        "quorum = 1.5",
        "bodies.panel.quorum: expected a whole number, not 1.5",
    ),
    "no number": (
        ("quorum = 2", "quorum = nan"),
        "quorum = nan",
        "bodies.panel.quorum: expected a whole number, not NaN",
    ),
    "number too small": (("quorum = 2", "quorum = 0"), "quorum = 0", "bodies.panel.quorum: expected 1 or more, not 0"),
    "text for yes": (
        (
            "grade = 2",
            'grade = 2\n[topics.soft]\ntitle = "T"\nclause = "1.1"\nessential = "yes"\n[roles.x]\ntitle = "X"',
        ),
        'essential = "yes"',
        'topics.soft.essential: expected true or false, not "yes"',
    ),
    "text for a list": (
        ('owners = ["manager"]', 'owners = "manager"'),
        'owners = "manager"',
        'duties.give_notice.owners: expected a list in square brackets, not "manager"',
    ),
    "list for a text": (
        ('title = "Conduct"', "title = ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']"),
        "title = ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']",
        'about.title: expected text in quotation marks, not ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...',
    ),
    "time for a day": (
        ("approved_on = 2021-01-04", "approved_on = 2021-01-04T10:00:00"),
        "approved_on = 2021-01-04T10:00:00",
        'about.approved_on: expected a day such as 2020-05-13, not "2021-01-04 10:00:00"',
    ),
    "word for a day": (
        ("approved_on = 2021-01-04", 'approved_on = "January"'),
        'approved_on = "January"',
        'about.approved_on: expected a day such as 2020-05-13, not "January"',
    ),
    "number for a day": (
        ("approved_on = 2021-01-04", "approved_on = 20210104"),
        "approved_on = 20210104",
        "about.approved_on: expected a day such as 2020-05-13, not 20210104",
    ),
    "unknown kind": (
        ('kind = "restriction"', 'kind = "restrction"'),
        'kind = "restrction"',
        f'remedies.bar.kind: expected {KINDS}, not "restrction" (did you mean restriction?)',
    ),
    "unknown word": (
        ('settled_by = "landlord"', 'settled_by = "us"'),
        'post = { clause = "5.6", working_days = 2, settled_by = "us" }',
        "periods.post.settled_by: expected 'policy', 'landlord' or 'law', not \"us\"",
    ),
    "misspelt setting": (
        ("grade = 3", "grode = 3"),
        "grode = 3",
        "roles.senior_officer.grode: there is no such setting here (did you mean grade?)",
    ),
    "misspelt setting within": (
        ('{ body = "panel" }', '{ body = "panel", consolted = ["manager"] }'),
        'approvers = { body = "panel", consolted = ["manager"] }',
        "remedies.bar.approvers.consolted: there is no such setting here (did you mean consulted?)",
    ),
    "misspelt setting within a choice": (
        ("two_of_grade = 3", "two_of_grade = 3, quorum = 2"),
        "approvers_beyond = { two_of_grade = 3, quorum = 2 }",
        "remedies.warning.approvers_beyond.quorum: there is no such setting here",
    ),
    "number among deciders": (
        ('approvers = ["manager"]', "approvers = [1]"),
        "approvers = [1]",
        "remedies.warning.approvers.any_of[1]: expected text in quotation marks, not 1",
    ),
    "deciders of no kind": (
        ('approvers = ["manager"]', "approvers = 2"),
        "approvers = 2",
        "remedies.warning.approvers: expected a table of names and values, not 2",
    ),
    "nobody may approve": (
        ('approvers = ["manager"]', "approvers = []"),
        "approvers = []",
        f"remedies.warning.approvers: say who may approve by one of {WAYS}",
    ),
    "two ways to approve": (
        ('{ body = "panel" }', '{ body = "panel", post = "director" }'),
        'approvers = { body = "panel", post = "director" }',
        f"remedies.bar.approvers: say who may approve by one of {WAYS}",
    ),
    "two units": (
        ("days = 14", "days = 14, months = 1"),
        'appeal = { clause = "5.6", days = 14, months = 1 }',
        f"periods.appeal: {UNITS}",
    ),
    "no unit": (
        (", days = 14", ""),
        'appeal = { clause = "5.6" }',
        f"periods.appeal: {UNITS}",
    ),
    "review in two ways": (
        ("latest_months = 3", "latest_months = 3\nper_decision = true"),
        "[reviews.standard]",
        "reviews.standard: give exactly one of latest_months, meetings or per_decision",
    ),
    "review with a cap and nothing that ends": (
        ("latest_months = 3", "latest_months = 3\ncap_months = 12"),
        "[reviews.standard]",
        "reviews.standard: cap_months goes with if_undecided = 'ends': give both or neither",
    ),
    "gate line that asks nothing": (
        ('check = "case_endorsed", ', ""),
        '{ clause = "1.2", force = "stop", unless = { urgent = ["yes"] } },',
        "steps.propose_sanction.gate[1]: give either check or duty",
    ),
    "duty that stops": (
        ('force = "owe"', 'force = "stop"'),
        '{ duty = "give_notice", clause = "5.6", force = "stop", period = "post" },',
        "steps.propose_sanction.gate[3]: a duty goes with force owe, a check with stop or warn",
    ),
    "clause that is no text": (
        ('"7.0" = "Looking at this again."', '"7.0" = 7'),
        '"7.0" = 7',
        'clauses."7.0": expected text in quotation marks, not 7',
    ),
    "code that is no text": (
        ('video = "Sign language video"', 'sign-video = ["a"]\nvideo = ""'),
        'sign-video = ["a"]',
        'codes.formats.sign-video: expected text in quotation marks, not ["a"]',
    ),
    "row that is a value": (
        ("[settings]", "[retention]\nperson = 3\n[settings]"),
        "person = 3",
        "retention.person: expected a table of names and values, not 3",
    ),
    "gate that is no list": (
        ('gate = [{ check = "reasons_given", clause = "5.6", force = "stop" }]', 'gate = "reasons_given"'),
        'gate = "reasons_given"',
        'steps.decide_appeal.gate: expected a list in square brackets, not "reasons_given"',
    ),
    "gate line that is no table": (
        ('{ duty = "give_notice", clause = "5.6", force = "owe", period = "post" }', '"give_notice"'),
        '"give_notice",',
        'steps.propose_sanction.gate[3]: expected a table of names and values, not "give_notice"',
    ),
    "unknown table": (
        ("[ladder]", "[lader]\n[ladder]"),
        "[lader]",
        "lader: an edition has no such table (did you mean ladder?)",
    ),
    "table that is a list": (
        ("[settings]", "[[settings]]"),
        "[[settings]]",
        "settings: expected a table headed [settings]",
    ),
}


@pytest.mark.parametrize(("change", "line", "says"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_one_fault_is_told_alone_and_on_its_line(change: Change, line: str, says: str):
    assert faults(change) == [(line, says)]


def test_key_is_told_as_misspelt_and_as_missing():
    assert faults(('landlord = "Lane Homes"', 'landlrod = "Lane Homes"')) == [
        ("[about]", "about.landlord: this is needed, and not given"),
        ('landlrod = "Lane Homes"', "about.landlrod: there is no such setting here (did you mean landlord?)"),
    ]


def test_table_that_is_a_value_is_told():
    changes = (("[about]", "ladder = 1\n[about]"), ('[ladder]\nclause = "4.9"\n', ""))
    assert faults(*changes) == [("ladder = 1", "ladder: expected a table headed [ladder]")]


def test_one_bad_gate_line_hides_no_other():
    changes = (
        ('{ check = "case_endorsed", clause = "1.2"', '{ check = "case_endorsed", clause = 1.2'),
        ('clause = "1.2", force = "warn"', 'clause = "1.2", force = "warm"'),
        ('title = "Propose"', "title = 1"),
    )
    assert [says for _, says in faults(*changes)] == [
        "steps.propose_sanction.title: expected text in quotation marks, not 1",
        "steps.propose_sanction.gate[1].clause: expected text in quotation marks, not 1.2",
        "steps.propose_sanction.gate[2].force: expected 'stop', 'owe' or 'warn', not \"warm\" (did you mean warn?)",
    ]
