"""The policy's pages: by clause, guidance for each role, and what changes between two editions."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.cases.editions import in_force
from evenhand.casework.steps import STEPS
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy.parsing import new_edition_text, parse
from evenhand.web.reading.clauses import Asked, Held, StepUnder, clauses_of
from evenhand.web.reading.guidance import PARTS, Ask, guidance_for
from evenhand.web.reading.review import review_due

OVERDUE = "This policy passed its review date on 13 May 2023."


def clause(number: str):
    return next(one for one in clauses_of(in_force()) if one.number == number)


def test_every_clause_is_there_with_its_own_anchor(desk):
    shown = desk.client("olu").get("/policy/").content.decode()
    assert [number for number in in_force().clauses if f'id="c{number}"' not in shown] == []


def test_a_clause_says_which_steps_ask_what_under_it():
    asked = next(step for step in clause("4.2").steps if step.name == "propose_sanction")
    assert asked == StepUnder(
        "propose_sanction",
        "Propose a sanction",
        (Asked("Refused unless yes", VOCABULARY.checks["conversation_considered"].question, asked.lines[0].when),),
    )


def test_a_clause_says_its_time_limits_and_who_settled_them():
    assert Held("Time limit", "Appeal", "14 days, settled by the policy") in clause("5.6").held


def test_nothing_that_a_gate_asks_is_left_out():
    shown = sum(len(step.lines) for one in clauses_of(in_force()) for step in one.steps)
    assert shown == sum(len(step.gate) for step in in_force().steps.values())


def test_only_the_policys_owner_is_told_that_its_review_is_overdue(desk):
    told = {who: OVERDUE in desk.client(who).get("/policy/").content.decode() for who in ("pol", "olu", "ada")}
    assert told == {"pol": True, "olu": False, "ada": False}


def test_an_edition_with_a_cadence_is_due_that_many_months_after_its_approval():
    text = new_edition_text().replace("review_by = 2029-01-05", "review_every_months = 24")
    assert review_due(parse(text, VOCABULARY)) == date(2028, 1, 5)


def test_a_shipped_edition_is_found_by_its_id_and_no_file_is(desk):
    asked = desk.client("olu").get
    paths = ("stonewater-2020-05", "stonewater-1999", "pyproject.toml")
    assert [asked(f"/policy/edition/{name}/").status_code for name in paths] == [200, 404, 404]


def test_guidance_holds_every_step_of_a_role_once():
    told = [step.name for part in guidance_for(in_force(), "senior_officer") for step in part.steps]
    held = in_force().holders
    theirs = {n for n, rule in in_force().steps.items() if any("senior_officer" in held[role] for role in rule.roles)}
    assert (sorted(told), len(told)) == (sorted(theirs), len(set(told)))


def test_every_step_belongs_to_a_part_of_the_work():
    assert {model.__module__.rpartition(".")[2] for model in STEPS.values()} == set(PARTS)


def test_guidance_says_what_is_asked_first_and_owed_then():
    steps = {step.name: step for part in guidance_for(in_force(), "manager") for step in part.steps}
    first, owed = steps["endorse_case"].first, steps["approve_sanction"].owed
    assert VOCABULARY.checks["endorser_not_opener"].question in {ask.words for ask in first}
    assert Ask("5.1", f"{in_force().duties['give_notice'].title}, within 5 working days", "") in owed


def test_guidance_is_shown_for_a_role_that_is_asked_for_and_no_other(desk):
    asked = desk.client("fay").get
    paths = ("", "?role=manager", "?role=contractor", "?role=emperor")
    assert [asked(f"/policy/guidance/{query}").status_code for query in paths] == [200, 200, 200, 404]


def test_two_editions_are_compared_on_a_page(desk):
    shown = desk.client("pol").get("/policy/diff/?a=stonewater-2020-05&b=new").content.decode()
    assert "From stonewater-2020-05 to example-homes-2026" in shown
    assert '<del class="eh-was">13 May 2023</del>' in shown


def test_an_edition_compared_with_itself_says_so(desk):
    shown = desk.client("pol").get("/policy/diff/?b=stonewater-2020-05").content.decode()
    assert "The two editions say the same." in shown


def test_an_unknown_edition_is_not_compared(desk):
    assert desk.client("pol").get("/policy/diff/?a=/etc/passwd&b=new").status_code == 404


def upload(content: bytes):
    return {"file": SimpleUploadedFile("ours.toml", content)}


def test_a_file_is_compared_with_the_edition_in_force(desk):
    answer = desk.client("pol").post("/policy/diff/", upload(new_edition_text().encode()))
    assert (answer.status_code, "From stonewater-2020-05 to example-homes-2026" in answer.content.decode()) == (
        200,
        True,
    )


def test_a_file_with_faults_is_told_all_of_them(desk):
    text = new_edition_text().replace("days = 14", "days = 'x'").replace('nation = "england"', 'nation = "utopia"')
    answer = desk.client("pol").post("/policy/diff/", upload(text.encode()))
    shown = answer.content.decode()
    assert (answer.status_code, "<title>Error: Compare editions" in shown) == (422, True)
    assert [word for word in ("periods.appeal", "about.nation") if word not in shown] == []


def test_a_file_that_is_no_text_or_too_large_or_missing_is_refused_in_words(desk):
    send = desk.client("pol").post
    answers = [send("/policy/diff/", given) for given in (upload(b"\xff\xfe"), upload(b"#" * 1_000_001), {})]
    words = ("This is not UTF-8 text", "smaller than 1 MB", "Choose the file of an edition")
    assert [(a.status_code, w in a.content.decode()) for a, w in zip(answers, words, strict=True)] == [(422, True)] * 3


def test_comparing_with_no_edition_chosen_says_which_choice_is_open(desk):
    answer = desk.client("pol").get("/policy/diff/?a=stonewater-2020-05&b=")
    assert (answer.status_code, answer.content.decode().count("Choose an edition.")) == (422, 1)
    assert "To: choose an edition." in answer.content.decode()
