"""What a curious or hostile colleague tries, and what they get: nothing, and a plain page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evenhand.accounts.models import RoleRule
from evenhand.people.models import SafeContact, StaffRole, TeamMember
from evenhand.people.writing import mark_changed
from tests.desk import NOW
from tests.web.matrix import ABOUT_A_CASE, ANSWERS
from tests.web.steps_at_the_desk import CASE, OPENED, opened_case, words

SHUT = "UC-2026-SHUT"
PLACES = ('["2026-08-01","\\ud800"]', '["\\ud800","x"]', '["2026-08-01","\\u0000"]', "[" * 3000, "null", "1")
LISTS = ("cases", "duties", "customers", "flags", "sanctions", "inquiries", "reports", "triage")


@pytest.fixture
def landlord(desk):
    """Olu's case about Carol, and one of the south team's about Dan that is kept from Olu."""
    with time_machine.travel(NOW, tick=False):
        opened_case(desk)
        desk.take("open_case", "case", SHUT, "otto", **{**OPENED, "subject": "dan", "colleague": "nils"})
        desk.take("restrict_case", "case", SHUT, "nils", reasons="A colleague is in it.", allowed=["nils", "audra"])
        yield desk


def test_h1_no_spelling_is_suggested_from_notes_kept_from_the_reader(landlord):
    landlord.take("add_note", "case", CASE, "olu", text="The zebedees came.")
    landlord.take("add_note", "case", SHUT, "nils", text="zebedeeskidnapping")
    found = words(landlord.client("olu").get("/search/?q=zebede"))
    assert ("Shown instead is what is spelt much like it: zebedees." in found, "kidnapping" in found) == (True, False)


def test_h1_a_customers_page_tells_nobody_who_looked_at_files_about_them(landlord):
    audra, said = landlord.client("audra"), "The matter of the restricted file"
    audra.post(f"/looks/why/case/{SHUT}/", {"purpose": "other", "words": said})
    assert audra.get(f"/case/{SHUT}/").status_code == 200
    olu = landlord.client("olu")
    shown = words(olu.get("/person/dan/?show=access"))
    assert (said in shown, "Audra Penn" in shown) == (False, False)
    assert said in words(audra.get("/looks/person/dan/"))


def test_h3_a_customers_page_does_not_tell_who_looks_at_their_own_report(landlord):
    landlord.take("report_incident", "incident", "IN-1", "fay", subject="carol", what_happened="She shouted.")
    landlord.client("fay").get("/reports/IN-1/")
    assert "Fay Hart" not in words(landlord.client("pol").get("/person/carol/?show=access"))


@pytest.mark.parametrize("relation", ["role", "team", "manager", "post", "training"])
def test_h1_an_administrator_gives_themselves_no_role_and_no_manager(landlord, relation):
    ada = landlord.client("ada")
    typed = {
        "role": "senior_officer",
        "team": "north",
        "manager": "sam",
        "post": "head",
        "module": "unacceptable_conduct",
    }
    assert ada.post(f"/settings/colleagues/ada/{relation}/add/", typed).status_code == 403
    assert [row.role for row in StaffRole.objects.filter(staff_id="ada")] == ["administrator"]
    assert not TeamMember.objects.filter(staff_id="ada").exists()


def test_h1_administrators_see_no_case_by_a_setting(landlord):
    ada = landlord.client("ada")
    answer = ada.post("/settings/roles/administrator/", {"sees": "all"})
    assert (answer.status_code, RoleRule.objects.count(), ada.get(f"/case/{CASE}/").status_code) == (422, 0, 404)


@pytest.mark.parametrize("listing", LISTS)
def test_a_place_that_no_page_gave_is_an_error_of_whoever_typed_it(landlord, listing):
    mina = landlord.client("mina")
    found = {
        mina.get(f"/{listing}/?{way}={quote(place)}").status_code for place in PLACES for way in ("after", "before")
    }
    assert found <= {200, 404}


@pytest.mark.parametrize(
    "after", ["about:x y", "about:2026-02-30 UC", "about:\x00 \x00", "notes:²", "meant:x", "named:"]
)
def test_a_search_goes_on_from_no_place_that_is_none(landlord, after):
    assert landlord.client("mina").get(f"/search/?q=Ashdown&after={quote(after)}").status_code == 200


def test_a_last_day_of_blanks_is_asked_for_again(landlord):
    rule = SafeContact.objects.create(customer_id="carol", channel="phone", rule="never")
    mark_changed()
    blanks = {"until-day": " ", "until-month": " ", "until-year": " "}
    answer = landlord.client("mina").post(f"/person/carol/details/safe-contact/{rule.pk}/end/", blanks)
    assert answer.status_code == 422


def test_every_form_that_changes_something_asks_for_its_token(landlord):
    mina = landlord.client("mina", enforce_csrf_checks=True)
    known = {"TIE": "1", "ROLE": "1", "RULE": "1", "NAME": CASE}
    every = {name: answer for name, answer in {**ANSWERS, **ABOUT_A_CASE}.items() if answer.posts}
    paths = {name: reverse(name, args=[known.get(one, one) for one in every[name].arguments]) for name in every}
    found = {name: mina.post(where, {"act": "take"}).status_code for name, where in paths.items()}
    assert found == dict.fromkeys(found, 403)


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_words_are_only_words_on_every_page_that_shows_them(landlord):
    landlord.take(
        "report_incident", "incident", "IN-1", "olu", subject="carol", what_happened=HOSTILE, words_said=HOSTILE
    )
    landlord.take("add_note", "case", CASE, "olu", text=HOSTILE)
    olu = landlord.client("olu")
    pages = (
        "/",
        "/cases/",
        "/triage/",
        "/triage/IN-1/",
        "/incident/IN-1/",
        f"/case/{CASE}/",
        "/reports/IN-1/",
        "/person/carol/",
    )
    query = "&".join(f"{name}={quote(HOSTILE)}" for name in ("q", "words", "after", "show"))
    asked = (f"{where}?{query}" for where in ("/search/", f"/case/{CASE}/"))
    shown = {where: olu.get(where).content for where in (*pages, "/search/?q=alert", *asked)}
    assert [where for where, content in shown.items() if b"<script>alert" in content or b"<img src=x" in content] == []
    sent = olu.post(f"/case/{CASE}/do/link_incident/", {"incident": HOSTILE, "taken_on-day": HOSTILE, "act": "take"})
    assert (sent.status_code, b"<script>alert" in sent.content) == (422, False)


@pytest.mark.parametrize("text", ["a=" + "[" * 50_000, "a=" + "{a=" * 50_000, "a" + ".a" * 100_000 + "=1", "a=\x00"])
def test_a_file_made_to_keep_us_busy_is_refused_at_once(landlord, text):
    answer = landlord.client("olu").post("/policy/diff/", {"file": SimpleUploadedFile("new.toml", text.encode())})
    assert answer.status_code == 422
