"""Legal advice that is privileged: who reads it on the pages, and where it is never offered (clauses 4.4 and 4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from evenhand.cases.models import EntryWords
from tests.desk import NOW, Desk
from tests.web.steps_at_the_desk import CASE, opened_case, send, words

HERE = f"/case/{CASE}/"
TAG = "Privileged: legal advice</strong>"
WITHHELD = "Recorded legal advice: not shown to you, so that it stays privileged"


@pytest.fixture
def advised(desk: Desk) -> Iterator[Desk]:
    """A case with an instruction, the adviser's answer and an opinion as evidence, each with a word of its own."""
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        opened_case(desk)
        instructed: dict[str, Any] = {
            "adviser": "Quagga & Co",
            "matter": "Okapi 441",
            "pack": "The kudu file.",
            "costs": "£250 an hour",
        }
        asked = desk.take("instruct_legal", "case", CASE, "olu", **instructed, privileged=True).entries[0].ref
        answer: dict[str, Any] = {
            "advice": "The zebra argument fails.",
            "costs": "1250.50",
            "answered_on": "2026-08-03",
        }
        desk.take("record_legal_advice", "case", CASE, "olu", instruction=asked, **answer)
        opinion: dict[str, Any] = {
            "what": "Counsel on the impala point.",
            "sensitivity": "privileged",
            "dated": "2026-08-01",
        }
        desk.take("add_evidence", "case", CASE, "olu", **opinion)
        yield desk


SECRET = ("Quagga", "Okapi", "kudu", "£250", "zebra", "£1,250.50", "impala")


def _page(desk: Desk, who: str, address: str = HERE) -> Any:
    """A page as somebody sees it, who first says why they look where they have no part in it."""
    browser = desk.client(who)
    page = browser.get(address)
    if page.status_code != 302:
        return page
    return browser.post(page["Location"], {"purpose": "data_protection"}, follow=True)


def _found(desk: Desk, who: str, address: str = HERE) -> list[str]:
    said = words(_page(desk, who, address))
    return [word for word in SECRET if word in said]


@pytest.mark.parametrize("who", ["olu", "mina", "sam", "dara"])
def test_h19_those_who_act_on_legal_advice_read_it_marked(advised, who):
    assert _found(advised, who) == list(SECRET)
    assert _page(advised, who).content.decode().count(TAG) == 3


@pytest.mark.parametrize("who", ["fay", "audra"])
def test_h19_those_who_look_on_read_that_there_is_advice_and_why_no_more(advised, who):
    page = _page(advised, who)
    said = words(page)
    assert [word for word in SECRET if word in said] == []
    assert (page.content.decode().count(TAG), said.count(WITHHELD)) == (3, 1)
    assert "Instructed a legal adviser: not shown to you, so that it stays privileged" in said


@pytest.mark.parametrize("word", ["zebra", "impala", "kudu", "okapi"])
def test_h19_searching_finds_no_privileged_words_for_anybody(advised, word):
    for who in ("fay", "olu", "dara"):
        assert CASE not in words(advised.client(who).get(f"/search/?q={word}"))
    assert EntryWords.objects.filter(words__icontains=word).count() == 0


def test_h19_the_timeline_is_searched_by_what_the_viewer_may_read(advised):
    shown = {who: WITHHELD in words(advised.client(who).get(f"{HERE}?words=zebra")) for who in ("fay", "olu")}
    assert (shown, _found(advised, "olu", f"{HERE}?words=zebra")) == (
        {"fay": False, "olu": False},
        ["Quagga", "zebra", "£1,250.50"],
    )


@pytest.mark.parametrize(
    "step", ["correct_entry", "erase_content", "disclose", "look_again", "propose_sanction", "audit_case"]
)
def test_h19_no_form_tells_an_onlooker_what_is_privileged(advised, step):
    who = "audra" if step == "audit_case" else "fay"
    assert _found(advised, who, f"{HERE}do/{step}/") == []


def test_h19_a_slip_in_privileged_evidence_is_put_right_by_those_who_read_it(advised):
    page = {who: advised.client(who).get(f"{HERE}do/correct_entry/?entry={CASE}%234") for who in ("olu", "fay")}
    assert {who: 'value="2026"' in shown.content.decode() for who, shown in page.items()} == {"olu": True, "fay": False}


def test_h19_no_list_carries_privileged_words_away(advised):
    sent = advised.client("olu").post("/lists/cases/export/", {"query": "", "reason": "Team meeting"})
    said = sent.getvalue().decode()
    assert CASE in said
    assert [word for word in SECRET if word in said] == []


def test_h19_sharing_offers_no_privileged_entry_and_stops_where_one_is_sent_all_the_same(advised):
    olu, path = advised.client("olu"), f"{HERE}do/disclose/"
    offered = olu.get(path).content.decode()
    assert [f'value="{CASE}#{number}"' in offered for number in (1, 2, 3, 4)] == [True, False, False, False]
    typed = {"to": "Her solicitor", "recipient_kind": "other", "basis": "legal_obligation", "which": "A request",
             "what": "history", "purpose": "What she asked to see"}  # fmt: skip
    sent = send(olu, path, {**typed, "copies": [f"{CASE}#3"]})
    assert sent.status_code == 422
    assert "Legal advice that has been shown outside once may be privileged no more" in words(sent)


def test_h19_a_decision_is_offered_no_privileged_evidence_but_an_instruction_is(advised):
    value, olu = f'value="{CASE}#4"', advised.client("olu")
    offered = {
        step: value in olu.get(f"{HERE}do/{step}/").content.decode() for step in ("propose_sanction", "instruct_legal")
    }
    assert offered == {"propose_sanction": False, "instruct_legal": True}


def test_an_instruction_is_chosen_by_whom_it_went_to_and_marked_beside_the_form(advised):
    page = advised.client("olu").get(f"{HERE}do/record_legal_advice/")
    assert "Instructed a legal adviser: Quagga & Co, 3 August 2026" in words(page).replace("&amp;", "&")
    assert page.content.decode().count(TAG) == 3


def test_what_advice_cost_is_typed_as_people_write_it(advised):
    olu, path = advised.client("olu"), f"{HERE}do/record_legal_advice/"
    wrong = send(olu, path, {"instruction": f"{CASE}#2", "costs": "about 900", "privileged": "yes"})
    assert (wrong.status_code, "an amount in pounds, such as 1,250 or 1,250.50" in words(wrong)) == (422, True)
    assert 'value="about 900"' in wrong.content.decode()
    assert send(olu, path, {"instruction": f"{CASE}#2", "costs": "£900", "privileged": "no"}).status_code == 302
    assert "£900.00" in words(advised.client("fay").get(HERE))
