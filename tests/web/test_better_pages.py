"""The better pages: what each shows beside its form; nothing typed is lost, and the engine decides as ever."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.desk import NOW, Desk
from tests.web.steps_at_the_desk import CASE, OPENED, opened_case, send, words

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def case(desk):
    """A case about Carol that rests on a report and is endorsed, at ten o'clock on the Monday of the desk."""
    reported = {"subject": "carol", "what_happened": "She swore at me.", "behaviours": ["abusive"]}
    desk.take("report_incident", "incident", "IN-1", "fay", happened_on="2026-08-01", **reported)
    desk.take("record_need", "person", "carol", "olu", need="low_vision", details="Letters in 18 point.")
    opened_case(desk, incidents=["IN-1"])
    desk.take("endorse_case", "case", CASE, "mina", reasons="Two talks did not help.")
    with time_machine.travel(LATER, tick=False):
        yield desk


def page(desk: Desk, step: str, who: str = "olu") -> str:
    """The words of a step's page."""
    answer = desk.client(who).get(f"/case/{CASE}/do/{step}/")
    assert answer.status_code == 200
    return words(answer)


def refused_for(answer: Any) -> list[str]:
    """The clauses that a refusal cites in its summary."""
    body = answer.content.decode().partition("eh-refusals")[2].partition("</ul>")[0]
    return re.findall(r'class="eh-clause__number"[^>]*>([\d.]+)<', body) or re.findall(r">(\d\.\d+)<", body)


def test_the_ladder_is_drawn_with_what_always_stays_open_and_what_she_needs(case):
    says = page(case, "propose_sanction")
    assert "Warning letter Not tried" in says
    assert "Low vision Letters in 18 point." in says
    assert "Emergency repair" in says
    assert "between 3 September 2026 and 3 November 2026" in says


def test_a_rung_that_was_tried_is_lit(case):
    case.take(
        "consider_conversation", "case", CASE, "olu", at=LATER, outcome="held", held_on="2026-08-03", what="Both."
    )
    assert "Talk it over Tried before" in page(case, "propose_sanction")


def test_a_talk_that_would_not_be_right_was_not_tried(case):
    why = {"outcome": "not_appropriate", "reasons": "He threatened her."}
    case.take("consider_conversation", "case", CASE, "olu", at=LATER, **why)
    assert "Talk it over Not tried" in page(case, "propose_sanction")


def test_a_case_on_which_nothing_is_owed_says_what_comes_before_a_measure_and_where_it_is_done(case):
    shown = case.client("olu").get(f"/case/{CASE}/").content.decode()
    following = shown.partition('id="next-title"')[2].partition("</section>")[0]
    asked = re.findall(r'href="/case/UC-2026-AAAAA/do/(\w+)/"', following)
    needed = ["put_allegation", "consider_conversation", "assess_equality"]
    assert asked == [*needed, "put_allegation", "propose_sanction", "decide_no_sanction"]
    assert "Nothing was put to the person yet" in following


def test_what_was_reported_of_a_kind_that_asks_the_seven_questions_says_so_before_a_measure_is_proposed(case):
    reported = {"subject": "carol", "what_happened": "Ninth call today.", "behaviours": ["unreasonable_demands"]}
    case.take("report_incident", "incident", "IN-2", "fay", happened_on="2026-08-02", **reported)
    case.take("link_incident", "case", CASE, "olu", at=LATER, incident="IN-2")
    shown = words(case.client("olu").get(f"/case/{CASE}/")).partition("Next")[2].partition("What can be done now")[0]
    assert "Answer the seven questions" in shown


def test_a_proposal_begins_with_the_reports_and_the_conduct_in_them(case):
    asked = case.client("olu").get(f"/case/{CASE}/do/propose_sanction/").content.decode()
    boxes = re.findall(r'<input[^>]*type="checkbox"[^>]*>', asked)
    chosen = [re.findall(r'(?:name|value)="([^"]*)"', box) for box in boxes if "checked" in box]
    assert chosen == [["behaviours", "abusive"], ["evidence", "IN-1#1"]]


def test_a_warning_is_not_asked_how_far_it_limits_or_when_it_ends(case):
    answer = send(case.client("olu"), f"/case/{CASE}/do/propose_sanction/", {"remedy": "warning_letter"}, act="check")
    asked = answer.content.decode()
    opened, folded = asked.partition("Other terms")[0], asked.partition("Other terms")[2]
    names = ("terms.support", "terms.reach", "terms.handling", "ends_on")
    assert [(f'name="{name}' in opened, f'name="{name}' in folded) for name in names] == [
        (True, False), (False, True), (False, True), (False, True),
    ]  # fmt: skip


def test_a_measure_by_appointment_only_says_so_of_itself(case):
    path = f"/case/{CASE}/do/propose_sanction/"
    for remedy, is_ticked in (("appointment_only", True), ("restricted_times", False)):
        asked = send(case.client("olu"), path, {"remedy": remedy}, act="check").content.decode()
        box = next(one for one in re.findall(r"<input[^>]*>", asked) if 'name="terms.appointment_only"' in one)
        assert ("checked" in box) == is_ticked


def test_while_an_answer_is_waited_for_the_case_says_what_else_comes_before_a_measure(case):
    said = {"allegation": "You swore.", "how": "post", "format": "large_print", "incidents": ["IN-1"]}
    case.take("put_allegation", "case", CASE, "olu", at=LATER, **said)
    shown = {who: case.client(who).get(f"/case/{CASE}/").content.decode() for who in ("olu", "mina")}
    following = {who: page.partition('id="next-title"')[2].partition("</section>")[0] for who, page in shown.items()}
    listed = {who: re.findall(r"/do/(\w+)/", part.partition("<ul")[2]) for who, part in following.items()}
    assert listed == {"olu": ["consider_conversation", "assess_equality"], "mina": []}
    assert ["Hear the customer" in part for part in following.values()] == [True, True]


def test_a_case_that_cannot_wait_leads_to_urgent_action_until_somebody_acted(desk):
    opened_case(desk, urgent=True)
    asked = "It cannot wait: make people safe first"
    shown = [words(desk.client("olu").get(f"/case/{CASE}/"))]
    desk.take("make_safe", "case", CASE, "olu", what="Nobody visits alone.")
    shown.append(words(desk.client("olu").get(f"/case/{CASE}/")))
    assert [asked in page for page in shown] == [True, False]


def test_the_short_assessment_asks_what_it_needs_and_folds_the_rest(case):
    path = f"/case/{CASE}/do/assess_equality/"
    shown = {form: case.client("olu").get(f"{path}?form={form}").content.decode() for form in ("short", "full")}
    opened = {form: page.partition("What the full form asks as well")[0] for form, page in shown.items()}
    names = ("details", "effect", "conclusion", "household", "alternatives", "legitimate_aim")
    assert {form: [f'name="{name}"' in page for name in names] for form, page in opened.items()} == {
        "short": [True, True, True, False, False, False],
        "full": [True, True, True, True, True, True],
    }
    assert [f'name="{name}"' in shown["short"] for name in names] == [True] * len(names)


def test_the_short_assessment_asks_for_the_aim_where_a_link_is_found(case):
    path = f"/case/{CASE}/do/assess_equality/"
    answer = send(case.client("olu"), path, {"form": "short", "linked_to_conduct": "unclear"}, act="check")
    opened = answer.content.decode().partition("What the full form asks as well")[0]
    assert ('name="legitimate_aim"' in opened, 'name="household"' in opened) == (True, False)


def test_nobody_has_concluded_anything_before_they_say_so(case):
    path = f"/case/{CASE}/do/assess_equality/"
    blank = case.client("olu").get(path).content.decode()
    assert (re.search(r'name="conclusion"[^>]*checked', blank), "There is a problem" in blank) == (None, False)
    answer = send(case.client("olu"), path, {"effect": "A letter she can read."})
    assert (answer.status_code, "choose what you conclude" in words(answer)) == (422, True)
    assert "A letter she can read." in words(answer)


def test_what_two_lines_of_the_policy_ask_alike_is_asked_once(case):
    asked = page(case, "propose_sanction").partition("What the policy asks")[2]
    lines = re.findall(r"[^.?]*[?] [\d.]+", asked)
    assert len(lines) == len(set(lines)) > 5


def test_the_terms_of_the_measure_chosen_stand_open_and_the_others_are_folded(case):
    path = f"/case/{CASE}/do/propose_sanction/"
    answer = send(case.client("olu"), path, {"remedy": "office_access"}, act="check").content.decode()
    body = answer.partition('id="form"')[2]
    heading = body.index('<h2 class="govuk-heading-m">What they may and may not do</h2>')
    folded = body.index("Other terms")
    assert heading < body.index('name="terms.offices"') < folded < body.index('name="terms.topics_closed"')


def test_what_was_typed_reads_as_a_letter_before_it_is_sent(case):
    typed = {"remedy": "warning_letter", "reasons": "You swore at a colleague on 1 August."}
    says = words(send(case.client("olu"), f"/case/{CASE}/do/propose_sanction/", typed, act="check"))
    assert "Why: You swore at a colleague on 1 August." in says
    assert "Housing Ombudsman Service" in says.partition("A first idea of the letter")[2]


def test_a_measure_without_its_assessment_is_refused_under_6_4_and_keeps_every_word(case):
    typed = {"remedy": "warning_letter", "reasons": "You swore at a colleague on 1 August."}
    answer = send(case.client("olu"), f"/case/{CASE}/do/propose_sanction/", typed)
    assert answer.status_code == 422
    assert "6.4" in refused_for(answer)
    assert "You swore at a colleague on 1 August.</textarea>" in answer.content.decode()


def test_the_questions_stand_beside_what_passed_between_us(case):
    says = page(case, "assess_conduct")
    assert "0 of 7 questions answered" in says
    assert "What passed between us Reported an incident 1 August 2026 She swore at me." in says


def test_an_answer_counts_once_it_is_typed(case):
    typed = {"answers.demands.answer": "no", "answers.demands.reasons": "Two calls a month."}
    answer = send(case.client("olu"), f"/case/{CASE}/do/assess_conduct/", typed, act="check")
    assert "1 of 7 questions answered" in words(answer)


def test_h3_the_history_never_says_who_reported(case):
    assert "Fay Hart" not in page(case, "assess_conduct").partition("What passed between us")[2]


def test_earlier_assessments_are_there_to_read_and_copied_nowhere(case):
    case.take("assess_equality", "case", CASE, "olu", at=LATER, household="A boy of six.", effect="Fewer calls.")
    answer = case.client("olu").get(f"/case/{CASE}/do/assess_equality/")
    assert "What was written on 3 August 2026 for this case" in words(answer)
    assert answer.content.decode().count("A boy of six.") == 1
    assert "A boy of six.</textarea>" not in answer.content.decode()


def test_a_review_shows_what_came_since_and_when_the_next_would_fall(case):
    brought = {"subject": "carol", "remedy": "restricted_channels", "imposed_on": "2026-05-04", "ends_on": "2026-11-04"}
    told = {"notice_given_on": "2026-05-04", "review_on": "2026-08-04", "source": "The old system.", "colleague": "fay"}
    case.take("bring_in_sanction", "case", "UC-2026-OLD", "olu", at=LATER, **brought, **told)
    says = words(case.client("mina").get("/case/UC-2026-OLD/do/review_sanction/"))
    assert "It ends unless there is a fresh reason to keep it." in says
    assert "between 3 September 2026 and 3 November 2026" in says


def test_urgent_action_says_what_to_do_first_and_what_is_owed_later(case):
    says = page(case, "take_urgent_action")
    assert "Call 999 first." in says
    assert "Make people safe" in says
    assert "by 5 August 2026" in says


def test_opening_a_case_says_who_agrees_next(case):
    says = words(case.client("olu").get("/case/new/"))
    assert "Mina Rao, who manages Olu Lamb, is asked next whether they agree" in says


def test_h1_nothing_of_a_restricted_case_stands_beside_the_form_of_another(case):
    hidden = "UC-2026-HIDDN"
    case.take("open_case", "case", hidden, "otto", at=LATER, **{**OPENED, "colleague": "nils"})
    said = {"household": "A sister who works here.", "effect": "Fewer calls."}
    case.take("assess_equality", "case", hidden, "otto", at=LATER, **said)
    case.take("record_contact", "case", hidden, "otto", at=LATER, what="A word about the sister.")
    case.take("restrict_case", "case", hidden, "nils", at=LATER, reasons="A colleague is in it.")
    for step in ("assess_equality", "assess_conduct", "propose_sanction"):
        says = page(case, step)
        assert (step, "sister" in says, hidden in says) == (step, False, False)


def test_a_review_begins_with_lifting_and_folds_the_new_terms_away(case):
    brought = {"subject": "carol", "remedy": "restricted_channels", "imposed_on": "2026-05-04", "colleague": "fay"}
    case.take("bring_in_sanction", "case", "UC-2026-OLD", "olu", at=LATER, **brought, source="The old system.")
    body = case.client("mina").get("/case/UC-2026-OLD/do/review_sanction/").content.decode()
    assert re.search(r'name="outcome" type="radio" value="lift" checked', body)
    assert body.index("New terms, where they change") < body.index('name="terms.channels_open"')
    assert "<details" in body[: body.index('name="terms.channels_open"')].rpartition('class="govuk-heading-m"')[2]


def test_urgent_action_refused_says_why_and_what_is_owed_later(case):
    answer = send(case.client("olu"), f"/case/{CASE}/do/take_urgent_action/", {"remedy": "office_access"})
    assert (answer.status_code, "This was not recorded" in words(answer)) == (422, True)


def test_what_is_missing_of_the_terms_leads_to_them(case):
    answer = send(case.client("olu"), f"/case/{CASE}/do/propose_sanction/", {"remedy": "office_access"})
    assert (answer.content.decode().count('href="#f-terms"') > 0, answer.content.decode().count('id="f-terms"')) == (
        True,
        1,
    )
