"""The search page."""

from __future__ import annotations

import re

import pytest

from evenhand.looks.models import Look
from evenhand.people.models import Customer
from tests.desk import NOW
from tests.web.lists.conftest import open_case, report


@pytest.fixture(autouse=True)
def at_nine(time_machine):
    time_machine.move_to(NOW, tick=False)


def found(desk, who: str, **query: str) -> dict[str, list[str]]:
    """What the page shows: each heading with the texts of its links."""
    answer = desk.client(who).get("/search/", query)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    parts = re.split(r"<h2[^>]*>", main)[1:]
    return {part.partition("<")[0]: re.findall(r"<a class=\"govuk-link govuk[^>]*>([^<]+)</a>", part) for part in parts}


def test_results_stand_by_kind(desk):
    report(desk)
    open_case(desk)
    assert found(desk, "olu", q="carol ashdown") == {
        "Customers": ["Carol Ashdown"],
        "Cases": ["UC-1"],
        "Incidents": ["IN-1"],
    }


def test_two_of_one_name_are_told_apart_by_their_homes_or_references(desk):
    Customer.objects.create(id="carol2", name="Carol Ashdown")
    shown = re.findall(
        r"</a>\s*<span class=\"eh-quiet\">([^<]+)</span>",
        desk.client("olu").get("/search/", {"q": "carol ashdown"}).content.decode(),
    )
    carol = Customer.objects.select_related("home").get(id="carol")
    assert sorted(shown) == sorted([str(carol.home), "carol2"])


def test_a_slip_of_the_finger_is_forgiven(desk):
    assert found(desk, "olu", q="Ashdwon")["Customers"] == ["Carol Ashdown"]


def test_a_name_that_nobody_has_is_said_to_be_another(desk):
    told = "Nothing that you may see is spelt exactly like that"
    pages = [desk.client("olu").get("/search/", {"q": words}).content.decode() for words in ("Ashdwon", "Ashdown")]
    assert [told in page for page in pages] == [True, False]


def test_an_address_finds_who_lives_there(desk):
    assert found(desk, "olu", q="quarry rise")["Customers"] == ["Carol Ashdown"]


def test_words_of_the_notes_are_found_and_shown_lit(desk):
    report(desk)
    answer = desk.client("olu").get("/search/", {"q": "shouted"}).content.decode()
    assert "<mark>shouted</mark>" in answer


@pytest.mark.parametrize("words", ["UC-1", " uc-1 "])
def test_an_exact_reference_leads_straight_to_its_file(desk, words):
    report(desk)
    open_case(desk)
    answer = desk.client("olu").get("/search/", {"q": words})
    assert (answer.status_code, answer["Location"]) == (302, "/case/UC-1/")


def test_results_can_be_kept_to_one_kind(desk):
    report(desk)
    open_case(desk)
    assert found(desk, "olu", q="carol ashdown", kind="case") == {"Cases": ["UC-1"]}
    assert list(found(desk, "olu", q="carol ashdown", kind="nonsense")) == ["Customers", "Cases", "Incidents"]


@pytest.mark.parametrize("words", ["", "   ", "zzzzzz", "'", '"', "%", "\x00", "a" * 5000, "🙂", "* OR NEAR("])
def test_whatever_is_typed_gets_a_page_that_says_what_to_do_next(desk, words):
    answer = desk.client("olu").get("/search/", {"q": words})
    assert answer.status_code == 200


def test_a_place_that_is_no_place_gives_the_page_all_the_same(desk):
    assert desk.client("olu").get("/search/", {"q": "carol", "after": "nowhere:at all"}).status_code == 200


def test_a_search_is_noted_once_with_its_words(desk):
    olu = desk.client("olu")
    olu.get("/search/")
    olu.get("/search/", {"q": "ashdown"})
    assert list(Look.objects.values_list("staff", "kind", "file")) == [("olu", "search", "ashdown")]


def test_h1_what_is_restricted_is_neither_found_nor_reached_nor_counted(desk):
    report(desk)
    open_case(desk)
    desk.take("restrict_case", "case", "UC-1", "mina", allowed=["mina"], reasons="A colleague's neighbour.")
    unknown = desk.client("sam").get("/search/", {"q": "UC-9"})
    shut = desk.client("sam").get("/search/", {"q": "UC-1"})
    assert shut.status_code == unknown.status_code == 200
    assert shut.content.replace(b"UC-1", b"UC-9") == unknown.content
    assert found(desk, "sam", q="carol ashdown") == {"Customers": ["Carol Ashdown"]}
    assert "Cases" in found(desk, "mina", q="carol ashdown")
