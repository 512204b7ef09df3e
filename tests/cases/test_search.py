"""What a search finds, for whom, and what it never gives away."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases.models import CustomerWords, EntryWords, Spelling
from evenhand.cases.rebuild import rebuild, verify
from evenhand.cases.search import Found, find
from evenhand.cases.seeing import Viewer
from evenhand.people.models import Customer, Home, HouseholdMember, Tenancy
from tests.cases.making import a_landlord, an_open_case, taken
from tests.cases.test_seeing import restricted, viewer

pytestmark = pytest.mark.usefixtures("database")


def everything(**given: Any) -> Viewer:
    return viewer("dpo", "all", **given)


def names(found: Found) -> list[str]:
    return [hit.name for hit in found.rows]


def sought(words: str, who: Viewer | None = None, **options: Any) -> list[str]:
    return names(find(who or everything(), words, **options))


def why(words: str) -> list[str]:
    """What is marked in the first thing found."""
    return [text for text, is_match in find(everything(), words).rows[0].why if is_match]


def a_street() -> None:
    a_landlord()
    Home.objects.create(uprn="7", address="14 Quarry Rise, Bristol BS4 1AA")
    Customer.objects.filter(id="carol").update(name="Carol Ashdown", home="7")
    Customer.objects.filter(id="pat").update(name="Pat O'Neill-Ashby")


def test_a_customer_is_found_by_any_part_of_name_and_address():
    a_street()
    asked = ("carol", "ASHD", "ashdown quarry", "quarry rise", "bs4 1aa", "o'neill", "ash", "14")
    assert {words: sought(words) for words in asked} == {
        "carol": ["carol"],
        "ASHD": ["carol"],
        "ashdown quarry": ["carol"],
        "quarry rise": ["carol"],
        "bs4 1aa": ["carol"],
        "o'neill": ["pat"],
        "ash": ["pat", "carol"],
        "14": ["carol"],
    }
    assert find(everything(), "ashdown").rows[0].title == "Carol Ashdown"
    assert why("ashdown") == ["Ashdown"]


@pytest.mark.parametrize("typed", ["ashdwon", "aschdown", "ashdow", "quarrry"])
def test_a_slip_of_the_finger_is_forgiven(typed):
    a_street()
    assert sought(typed) == ["carol"]


def test_names_and_addresses_are_found_as_they_now_are():
    a_street()
    Customer.objects.filter(id="carol").update(name="Carol Baker")
    Home.objects.filter(uprn="7").update(address="3 Mill Lane")
    assert [sought("ashdown"), sought("baker"), sought("quarry"), sought("mill lane")] == [
        [],
        ["carol"],
        [],
        ["carol"],
    ]
    tenancy = Tenancy.objects.create(home=Home.objects.create(uprn="8", address="5 Acacia Avenue"), kind="assured")
    tenancy.tenants.add("pat")
    assert sought("acacia") == ["pat"]
    Tenancy.objects.filter(id=tenancy.id).update(home="7")
    assert sought("mill") == ["pat", "carol"]
    tenancy.tenants.remove("pat")
    HouseholdMember.objects.all().delete()
    Customer.objects.filter(id="carol").delete()
    assert [sought("mill"), list(CustomerWords.objects.values_list("customer", flat=True))] == [[], ["pat"]]


def test_what_was_typed_is_found_in_all_its_forms_newest_first():
    an_open_case()
    taken("report_incident", "incident-2", minute=2, subject="pat", what_happened="He kept shouting at the desk.")
    assert sought("shouting") == ["incident-2", "case-1", "incident-1"]
    assert sought("shouted desk") == ["incident-2"]
    assert sought("weekly cal") == ["case-1"]
    assert why("shouts") == ["shouting"]
    assert sought("shoutign") == ["incident-2", "case-1", "incident-1"]
    assert find(everything(), "shoutign").meant == ("shouting",)


def test_the_files_about_somebody_are_found_by_their_name():
    an_open_case()
    assert sought("carol") == ["carol", "incident-1", "case-1"]
    assert sought("carol", kinds=["case"]) == ["case-1"]
    assert {hit.who for hit in find(everything(), "carol").rows} == {"Carol"}


def test_a_reference_is_found_whole_and_by_its_last_part():
    a_landlord()
    taken("report_incident", "IN-2026-7KQ4M", kind="incident", what_happened="He shouted.")
    asked = ("IN-2026-7KQ4M", " in-2026-7kq4m ", "7kq4m", "7KQ4", "carol")
    assert [sought(words) for words in asked] == [["IN-2026-7KQ4M"]] * 3 + [[], ["carol"]]


def test_pages_follow_each_other_without_gap_or_repetition():
    a_landlord()
    for number in range(7):
        taken("report_incident", f"incident-{number}", minute=number, what_happened="He shouted.")
    taken("add_statement", "incident-0", minute=8, words="He shouted at me as well.")
    pages, after = [], ""
    while after is not None:
        found = find(everything(), "shouted", after=after, limit=3)
        pages.append(names(found))
        after = found.more
    assert pages == [
        ["incident-0", "incident-6", "incident-5"],
        ["incident-4", "incident-3", "incident-2"],
        ["incident-1"],
    ]


def test_pages_of_customers_go_on_to_what_is_about_them_and_to_notes():
    an_open_case()
    taken("report_incident", "incident-2", minute=2, subject="pat", what_happened="Carol shouted at him.")
    after, seen = "", []
    while after is not None:
        found = find(everything(), "carol", after=after, limit=1)
        seen += names(found)
        after = found.more
    assert seen == ["carol", "incident-1", "case-1", "incident-2"]


def test_h1_what_is_restricted_is_never_found_counted_or_betrayed():
    restricted(allowed=())
    asked = ("case-1", "shouting", "shoutign", "carol", "weekly", "colleague is in it")
    hidden, shown = viewer("max", "all"), viewer("olu")
    assert [find(hidden, words, limit=1) for words in ("case-1", "shouting", "shoutign", "weekly")] == [Found()] * 4
    assert [sought(words, hidden) for words in asked] == [[], [], [], ["carol"], [], []]
    assert [sought(words, shown) for words in asked[:2]] == [["case-1"], ["case-1", "incident-1"]]


def test_h1_a_page_does_not_grow_by_what_its_reader_may_not_see():
    a_landlord()
    for number in range(5):
        who = "rae" if number == 2 else "olu"
        taken("report_incident", f"incident-{number}", who, minute=number, what_happened="He shouted.")
    assert find(viewer("rae"), "shouted", limit=1) == find(viewer("rae"), "shouted", limit=3)
    assert names(find(viewer("rae"), "shouted", limit=1)) == ["incident-2"]
    assert find(viewer("rae"), "shouted", limit=1).more is None


def test_h1_who_is_tied_to_a_customer_finds_nothing_of_them():
    an_open_case()
    tied = everything(ties={"carol"})
    assert [sought(words, tied) for words in ("carol", "carl", "shouting", "incident-1")] == [[], [], [], []]


def test_contractors_find_nothing():
    an_open_case()
    assert sought("carol", everything(roles=("contractor",))) == []


def test_h3_who_reported_is_not_among_the_words():
    a_landlord()
    taken("report_incident", "incident-1", what_happened="He shouted.", reporter_name="Gwendolyn of the plumbers")
    assert [sought("gwendolyn"), EntryWords.objects.get().words] == [[], "He shouted."]


def test_h18_erased_words_are_found_no_more_nor_guessed_from():
    a_landlord()
    taken("report_incident", "incident-1", what_happened="Marmaduke shouted.", where="At Marmaduke's gate.")
    erase = {"entry": "incident-1#1", "fields": ["what_happened", "where"], "reasons": "Not ours to keep."}
    assert sought("marmaduk") == ["incident-1"]
    taken("erase_content", "incident-1", "dpo", minute=1, basis="Asked for.", **erase)
    assert [sought("marmaduke"), sought("marmaduek"), list(Spelling.objects.filter(word="marmaduke"))] == [[], [], []]


def test_hostile_words_are_only_words():
    an_open_case()
    asked = [
        '"',
        "'; --",
        "a OR b",
        "NEAR(",
        "*",
        "carol*",
        "%",
        "_",
        "\\",
        "shout) OR (1",
        "x" * 500,
        "ß",
        "日本",
        " ",
    ]
    found = [sought(words) for words in asked]
    assert found == [[], [], [], [], [], ["carol", "incident-1", "case-1"], *[[]] * 8]


def test_rebuilding_makes_the_same_search_anew():
    an_open_case()
    before = [list(model.objects.order_by("id").values_list()) for model in (CustomerWords, Spelling)]
    CustomerWords.objects.all().delete()
    Spelling.objects.all().delete()
    rebuild()
    again = [model.objects.count() for model in (CustomerWords, Spelling)]
    assert again == [len(rows) for rows in before]
    assert [sought("shouting"), verify().faults] == [["case-1", "incident-1"], []]


def queries(words: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        find(everything(), words)
    return len(caught)


def test_a_page_costs_the_same_few_queries_for_one_row_and_for_many():
    a_landlord()
    taken("report_incident", "incident-0", what_happened="He shouted.")
    one = queries("shouted")
    for number in range(1, 30):
        taken("report_incident", f"incident-{number}", minute=number, what_happened="He shouted.")
    assert [one, queries("shouted")] == [6, 6]


@pytest.mark.parametrize("sees", ["own", "team"])
def test_a_page_is_full_however_many_notes_of_others_stand_between(sees):
    a_landlord()
    for number in range(4):
        taken("report_incident", f"incident-{number}", "rae", minute=number, what_happened="He shouted.")
    taken("report_incident", "incident-9", minute=5, what_happened="He shouted.")
    shouts = (
        EntryWords(file="incident-9", ref=f"incident-9#{number}", words="He shouted.") for number in range(2, 5000)
    )
    EntryWords.objects.bulk_create(shouts)
    rae = viewer("rae", sees)
    found = find(rae, "shouted", limit=3)
    assert [names(found), names(find(rae, "shouted", after=found.more, limit=3))] == [
        ["incident-3", "incident-2", "incident-1"],
        ["incident-0"],
    ]


def test_a_whole_name_comes_first_and_once():
    a_street()
    Home.objects.create(uprn="8", address="2 Ashdown Way, Carol Green")
    Customer.objects.create(id="zed", name="Zed Carolan", home_id="8")
    assert sought("carol  ashdown") == ["carol", "zed"]
    assert sought("carol ashdow") == ["zed", "carol"]


def test_h1_a_whole_name_finds_nobody_that_is_kept_from_the_viewer():
    a_street()
    assert sought("Carol Ashdown", everything(ties=frozenset({"carol"}))) == []
