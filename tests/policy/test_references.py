"""Every name that one part of an edition uses must be found in another, and no part may contradict another."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evenhand.policy.engine import StepKind
from evenhand.policy.faults import BadPolicy
from evenhand.policy.parsing import parse
from tests.policy.small_edition import SOUND, Change, changed, faults, faults_of, vocabulary

ONE_FAULT = {
    "role of a step": (
        ('roles = ["colleague", "manager"]', 'roles = ["colleague", "managers"]'),
        'roles = ["colleague", "managers"]',
        "steps.propose_sanction.roles[2]: role managers is not in this edition (did you mean manager?)",
    ),
    "role included": (
        ('includes = ["colleague"]', 'includes = ["coleague"]'),
        'includes = ["coleague"]',
        "roles.manager.includes[1]: role coleague is not in this edition (did you mean colleague?)",
    ),
    "role on a body": (
        ('["manager", "senior_officer"]\nquorum', '["manager", "senior_offiser"]\nquorum'),
        'roles = ["manager", "senior_offiser"]',
        "bodies.panel.roles[2]: role senior_offiser is not in this edition (did you mean senior_officer?)",
    ),
    "role among approvers": (
        ('approvers = ["manager"]', 'approvers = ["manger"]'),
        'approvers = ["manger"]',
        "remedies.warning.approvers[1]: role manger is not in this edition (did you mean manager?)",
    ),
    "role that must approve": (
        ('approvers = ["manager"]', 'approvers = { all_of = ["manager", "director"] }'),
        'approvers = { all_of = ["manager", "director"] }',
        "remedies.warning.approvers.all_of[2]: role director is not in this edition",
    ),
    "role approving beyond": (
        ("{ two_of_grade = 3 }", '["director"]'),
        'approvers_beyond = ["director"]',
        "remedies.warning.approvers_beyond[1]: role director is not in this edition",
    ),
    "role consulted": (
        ('{ body = "panel" }', '{ body = "panel", consulted = ["legal"] }'),
        'approvers = { body = "panel", consulted = ["legal"] }',
        "remedies.bar.approvers.consulted[1]: role legal is not in this edition",
    ),
    "role owing a duty": (
        ('owners = ["manager"]', 'owners = ["nobody"]'),
        'owners = ["nobody"]',
        "duties.give_notice.owners[1]: role nobody is not in this edition",
    ),
    "role told of delay": (
        ('overdue_to = ["senior_officer"]', 'overdue_to = ["board"]'),
        'overdue_to = ["board"]',
        "duties.give_notice.overdue_to[1]: role board is not in this edition",
    ),
    "role sending a letter": (
        ('sender = ["manager"]', 'sender = ["manager", "colleage"]'),
        'sender = ["manager", "colleage"]',
        "letters.sanction_notice.sender[2]: role colleage is not in this edition (did you mean colleague?)",
    ),
    "role deciding the highest": (
        ('approvers = ["senior_officer"]', 'approvers = ["senior"]'),
        'highest_approvers = ["senior"]',
        "settings.highest_approvers[1]: role senior is not in this edition (did you mean senior_officer?)",
    ),
    "role of the appeal officer": (
        ("[appeals]\n", '[appeals]\nofficer_role = "officer"\n'),
        'officer_role = "officer"',
        "appeals.officer_role: role officer is not in this edition (did you mean senior_officer?)",
    ),
    "body": (
        ('{ body = "panel" }', '{ body = "pannel" }'),
        'approvers = { body = "pannel" }',
        "remedies.bar.approvers.body: body pannel is not in this edition (did you mean panel?)",
    ),
    "part of a remedy": (
        ('includes = ["warning"]', 'includes = ["waring"]'),
        'includes = ["waring"]',
        "remedies.bar.includes[1]: remedy waring is not in this edition (did you mean warning?)",
    ),
    "review": (
        ('review = ""', 'review = "yearly"'),
        'review = "yearly"',
        "remedies.warning.review: review yearly is not in this edition",
    ),
    "review by default": (
        ("[reviews.standard]", "[reviews.standing]"),
        "[remedies.bar]",
        "remedies.bar.review: review standard is not in this edition (did you mean standing?)",
    ),
    "parameter of a remedy": (
        ('parameters = ["channels"]', 'parameters = ["chanels"]'),
        'parameters = ["chanels"]',
        "remedies.warning.parameters[1]: chanels is no parameter of a remedy (did you mean channels?)",
    ),
    "period of a duty": (
        ('period = "appeal"\noverdue', 'period = "apeal"\noverdue'),
        'period = "apeal"',
        "duties.give_notice.period: period apeal is not in this edition (did you mean appeal?)",
    ),
    "period of a gate line": (
        ('period = "post" }', 'period = "posting" }'),
        '{ duty = "give_notice", clause = "5.6", force = "owe", period = "posting" },',
        "steps.propose_sanction.gate[3].period: period posting is not in this edition (did you mean post?)",
    ),
    "period of appeals": (
        ("[appeals]\n", '[appeals]\nperiod = "appeals"\n'),
        'period = "appeals"',
        "appeals.period: period appeals is not in this edition (did you mean appeal?)",
    ),
    "channel that a need shuts": (
        ('shuts = ["phone"]', 'shuts = ["fone"]'),
        'shuts = ["fone"]',
        "needs.deaf.shuts[1]: channel fone is not in this edition (did you mean phone?)",
    ),
    "channel of a letter": (
        ('channels = ["phone"]\n\n[outside', 'channels = ["phones"]\n\n[outside'),
        'channels = ["phones"]',
        "letters.sanction_notice.channels[1]: channel phones is not in this edition (did you mean phone?)",
    ),
    "channel face to face": (
        ('face_to_face_channels = ["phone"]', 'face_to_face_channels = ["visit"]'),
        'face_to_face_channels = ["visit"]',
        "settings.face_to_face_channels[1]: channel visit is not in this edition",
    ),
    "format": (
        ('formats = ["video"]', 'formats = ["vidio"]'),
        'formats = ["vidio"]',
        "needs.deaf.formats[1]: vidio is no code in [codes.formats] (did you mean video?)",
    ),
    "characteristic": (
        ('title = "Deaf"', 'title = "Deaf"\ncharacteristic = "disability"'),
        'characteristic = "disability"',
        "needs.deaf.characteristic: disability is no code in [codes.characteristics]",
    ),
    "tenure": (
        ("rung = 2", 'rung = 2\ntenures = ["assured"]'),
        'tenures = ["assured"]',
        "remedies.bar.tenures[1]: assured is no code in [codes.tenures]",
    ),
    "reason for skipping": (
        ("[ladder]\n", '[ladder]\nskip_reasons = ["safety"]\n'),
        'skip_reasons = ["safety"]',
        "ladder.skip_reasons[1]: safety is no code in [codes.departure_reasons]",
    ),
    "part of a letter": (
        ('parts = ["reasons", "dates"]', 'parts = ["reason", "dates"]'),
        'parts = ["reason", "dates"]',
        "letters.sanction_notice.parts[1]: reason is no part of a letter (did you mean reasons?)",
    ),
    "outside body": (
        ('outside = ["ombudsman"]', 'outside = ["ombudsmen"]'),
        'outside = ["ombudsmen"]',
        "appeals.outside[1]: outside body ombudsmen is not in this edition (did you mean ombudsman?)",
    ),
    "clause of a gate line": (
        ('clause = "1.2", force = "warn"', 'clause = "4.99", force = "warn"'),
        '{ check = "evidence_cited", clause = "4.99", force = "warn", at_least = 2, when = { kind = ["court"] } },',
        "steps.propose_sanction.gate[2].clause: clause 4.99 is not in this edition (did you mean 4.9?)",
    ),
    "clause of a row": (
        ('clause = "1.1"\nmonths', 'clause = "1.10"\nmonths'),
        'clause = "1.10"',
        "retention.case.clause: clause 1.10 is not in this edition (did you mean 1.1?)",
    ),
    "clause of a single table": (
        ('[ladder]\nclause = "4.9"', '[ladder]\nclause = "9"'),
        'clause = "9"',
        "ladder.clause: clause 9 is not in this edition",
    ),
    "step": (
        ("[steps.report_incident]", "[steps.report_incidents]"),
        "[steps.report_incidents]",
        "steps.report_incidents: no step is called report_incidents (did you mean report_incident?)",
    ),
    "duty": (
        ("[retention.case]", '[duties.look_agin]\ntitle = "Look"\nclause = "1.1"\nowners = []\n[retention.case]'),
        "[duties.look_agin]",
        "duties.look_agin: no duty is called look_agin (did you mean look_again?)",
    ),
    "duty of a gate line": (
        ('duty = "give_notice"', 'duty = "give_notise"'),
        '{ duty = "give_notise", clause = "5.6", force = "owe", period = "post" },',
        "steps.propose_sanction.gate[3].duty: no duty is called give_notise (did you mean give_notice?)",
    ),
    "day for a name": (
        ('check = "reasons_given"', "check = 2021-03-01"),
        'gate = [{ check = 2021-03-01, clause = "5.6", force = "stop" }]',
        "steps.decide_appeal.gate[1].check: no check is called 2021-03-01",
    ),
    "duty without its table": (
        ('duty = "give_notice"', 'duty = "look_again"'),
        '{ duty = "look_again", clause = "5.6", force = "owe", period = "post" },',
        "steps.propose_sanction.gate[3].duty: the duty look_again needs [duties.look_again] to say who owes it",
    ),
    "step that nobody may take": (
        ('"Propose"\nroles = ["colleague", "manager"]', '"Propose"\nroles = []'),
        "roles = []",
        "steps.propose_sanction.roles: no role may take this step",
    ),
    "body without members": (
        ('roles = ["manager", "senior_officer"]\nquorum', "roles = []\nquorum"),
        "roles = []",
        "bodies.panel.roles: nobody sits on this body",
    ),
    "question that is asked": (
        ('{ check = "case_endorsed"', '{ check = "question_answered", question = "causes"'),
        (
            '{ check = "question_answered", question = "causes", clause = "1.2", force = "stop", '
            'unless = { urgent = ["yes"] } },'
        ),
        "steps.propose_sanction.gate[1].question: question causes is not in this edition (did you mean cause?)",
    ),
    "role that is asked": (
        ('{ check = "case_endorsed"', '{ check = "question_answered", question = "cause", asked_of = ["x"]'),
        (
            '{ check = "question_answered", question = "cause", asked_of = ["x"], clause = "1.2", force = "stop", '
            'unless = { urgent = ["yes"] } },'
        ),
        "steps.propose_sanction.gate[1].asked_of[1]: role x is not in this edition",
    ),
    "grade that nobody has": (
        ("two_of_grade = 3", "two_of_grade = 4"),
        "approvers_beyond = { two_of_grade = 4 }",
        "remedies.warning.approvers_beyond.two_of_grade: nobody may approve: the highest grade of a role is 3",
    ),
    "nobody for what is not listed": (
        ('highest_approvers = ["senior_officer"]', "highest_approvers = []"),
        "highest_approvers = []",
        "settings.highest_approvers: nobody may approve a measure that is not in the catalogue: name at least one role",
    ),
    "review that opens after it shuts": (
        ("earliest_months = 1", "earliest_months = 4"),
        "earliest_months = 4",
        "reviews.standard.earliest_months: a review cannot come no sooner than 4 and no later than 3 months",
    ),
    "review before approval": (
        ("2024-01-04", "2020-01-04"),
        "review_by = 2020-01-04",
        "about.review_by: this is before the day of approval, 4 January 2021",
    ),
    "nation": (
        ('nation = "england"\napproved', 'nation = "narnia"\napproved'),
        'nation = "narnia"',
        (
            "about.nation: No bank holidays are known for 'narnia'. "
            "Known nations: england, northern_ireland, scotland, wales."
        ),
    ),
    "holiday that is none": (
        ("review_by", "not_holidays = [2021-03-02]\nreview_by"),
        "not_holidays = [2021-03-02]",
        "about.not_holidays: Worked bank holidays must be bank holidays, and not days off as well. Not so: 2021-03-02.",
    ),
    "empty gate": (
        ('gate = [{ check = "reasons_given", clause = "5.6", force = "stop" }]', "gate = []"),
        "gate = []",
        "steps.decide_appeal.gate: the gate is empty: a step that decides something must ask something",
    ),
    "no gate": (
        ('gate = [{ check = "reasons_given", clause = "5.6", force = "stop" }]', ""),
        "[steps.decide_appeal]",
        "steps.decide_appeal.gate: the gate is empty: a step that decides something must ask something",
    ),
    "fact without gate and clause": (
        ('roles = ["colleague"]\nclause = "1.2"', 'roles = ["colleague"]'),
        "[steps.report_incident]",
        "steps.report_incident: a step without a gate needs a clause that says why it is there",
    ),
    "no step for appeals": (
        ("[steps.assign_appeal]", "[steps.decide_late_appeal]"),
        "[steps.report_incident]",
        "steps.assign_appeal: this step is needed where there is an internal appeal, and not given",
    ),
    "no questions of conduct": (
        ('set = "conduct"', 'set = "own"'),
        'triggers = ["conduct_assessment"]',
        "behaviours.shouting.triggers: this needs a question of the set conduct, and there is none",
    ),
}


@pytest.mark.parametrize(("change", "line", "says"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_one_fault_is_told_alone_and_on_its_line(change: Change, line: str, says: str):
    assert faults(change) == [(line, says)]


def test_period_that_code_counts_must_be_given():
    assert faults(("post = { clause", "by_post = { clause"), (', period = "post"', "")) == [
        ("[periods]", "periods.post: this period is needed, and not given"),
    ]


def test_duty_counted_by_a_period_must_name_one():
    says = "the duty give_notice is owed by a day that is counted: name a period here or in [duties.give_notice]"
    assert faults((', period = "post"', ""), ('period = "appeal"\n', "")) == [
        ('{ duty = "give_notice", clause = "5.6", force = "owe" },', f"steps.propose_sanction.gate[3].duty: {says}"),
    ]
    assert parse(changed((', period = "post"', "")), vocabulary()).id == "lane-2021"
    assert parse(changed(('period = "appeal"\n', "")), vocabulary()).id == "lane-2021"


def test_default_names_must_be_there_where_appeals_are_heard():
    changes = (("appeal = { clause", "appealing = { clause"), ('period = "appeal"\n', ""))
    assert faults(*changes) == [
        ("[appeals]", "appeals.period: period appeal is not in this edition (did you mean appealing?)"),
    ]


def test_default_officer_must_be_there_where_appeals_are_heard():
    text = SOUND.replace('"senior_officer"', '"manager"').replace("[roles.senior_officer]", "[roles.head]")
    assert faults_of(text) == [("[appeals]", "appeals.officer_role: role senior_officer is not in this edition")]


OUTSIDE_ONLY = ("[appeals]\n", "[appeals]\ninternal = false\n")


def test_no_internal_appeal_leaves_no_step_for_it_and_names_who_hears_it():
    late = '[steps.decide_late_appeal]\ntitle = "T"\nroles = ["manager"]\nclause = "5.6"\n'
    gate = 'gate = [{ check = "reasons_given", clause = "5.6", force = "stop" }]\n[codes.formats]'
    says = "there is no internal appeal, so this step cannot be taken: leave it out"
    assert faults(OUTSIDE_ONLY, ('outside = ["ombudsman"]', ""), ("[codes.formats]", late + gate)) == [
        ("[appeals]", "appeals.outside: where there is no internal appeal, name the body outside that hears one"),
        *(
            (f"[steps.{step}]", f"steps.{step}: {says}")
            for step in ("decide_late_appeal", "receive_appeal", "assign_appeal", "decide_appeal")
        ),
    ]


def test_no_internal_appeal_needs_no_period_and_no_officer():
    renamed = (
        changed(OUTSIDE_ONLY).replace('"senior_officer"', '"manager"').replace("[roles.senior_officer]", "[roles.head]")
    )
    text = _without("steps.receive_appeal", "steps.assign_appeal", "steps.decide_appeal", text=renamed)
    text = text.replace("appeal = {", "appealing = {").replace('period = "appeal"', "")
    assert parse(text, vocabulary()).appeals.internal is False


@pytest.mark.parametrize(
    "table", ["periods", "reviews", "roles", "duties", "questions", "steps", "clauses", "channels"]
)
def test_missing_table_is_told_once_whatever_refers_to_it(table):
    assert faults_of(_without(table)) == [("", f"{table}: this table is needed, and not given")]


def test_what_could_not_be_read_is_not_held_against_the_rest():
    assert faults(("[about]\n", "[about]\ntown = 1\n"), ('[appeals]\nclause = "5.6"', "[appeals]\nclause = 5.6")) == [
        ("town = 1", "about.town: there is no such setting here"),
        ("clause = 5.6", "appeals.clause: expected text in quotation marks, not 5.6"),
    ]


def test_steps_that_follow_from_others_are_in_every_edition():
    known = vocabulary()
    steps = {**known.steps, "mark_death": StepKind("mark_death", False, frozenset({"facts"}), follows=True)}
    with pytest.raises(BadPolicy) as caught:
        parse(SOUND, replace(known, steps=steps))
    assert [(fault.key, fault.says) for fault in caught.value.faults] == [
        ("steps.mark_death", "this step follows from others, and every edition must have it")
    ]


def test_formats_that_are_no_table_have_no_codes():
    assert faults(("[codes.formats]\nvideo = ", "[codes]\nformats = ")) == [
        ('formats = ["video"]', "needs.deaf.formats[1]: video is no code in [codes.formats]"),
        (
            'formats = "Sign language video"',
            'codes.formats: expected a table of names and values, not "Sign language video"',
        ),
    ]


def _without(*tables: str, text: str = SOUND) -> str:
    """The text less the tables of these names, with all their rows."""
    parts = re.split(r"(?m)^(?=\[)", text)
    return "".join(
        part for part in parts if not part.startswith(tuple(f"[{table}{end}" for table in tables for end in ".]"))
    )
