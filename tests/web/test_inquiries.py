"""An inquiry into what a customer says of a colleague, walked by pages from the case on; and who never learns of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.archive import RecordArchive
from evenhand.cases.models import FileIndex, FilePerson, FileStaff
from evenhand.casework.inquiry import InquiryFile
from evenhand.looks.glass import break_glass
from evenhand.looks.models import Look
from tests.desk import NOW, STAFF, Desk
from tests.web.steps_at_the_desk import CASE, opened_case, send, words

IQ = "IQ-2026-AAAAA"
SAID = f"{CASE}#2"
SECRET = "Whether she swore first, at the counter."
BEARING = "Harsh words were said on both sides."
TYPED = {"subject": "carol", "allegation": SAID, "about": "fay", "what": SECRET, "inquirer": "nils", "allowed": "dara"}
CONCLUDED = {"outcome": "partly", "reasons": "Two who stood near heard both.", "bearing": BEARING}


@pytest.fixture(autouse=True)
def _at_ten(time_machine):
    time_machine.move_to(NOW + timedelta(hours=1))


@pytest.fixture
def said_of(desk):
    """Olu's case about Carol, on which Carol says something of Fay."""
    opened_case(desk)
    desk.take("record_counter_allegation", "case", CASE, "olu", about="fay", what="She swore at me first.")
    return desk


@pytest.fixture
def inquiry(said_of):
    """An inquiry into it, opened by Sam, in the hands of Nils; Dara may see it."""
    said_of.take("open_inquiry", "inquiry", IQ, "sam", **{**TYPED, "allowed": ["dara"]})
    return said_of


def file(name: str) -> InquiryFile:
    found = RecordArchive().file(name)
    assert isinstance(found, InquiryFile)
    return found


def test_the_list_of_inquiries_is_for_those_to_whom_each_is_kept(inquiry):
    everybody = ("sam", "nils", "dara", "olu", "fay", "mina")
    listed = {who: words(inquiry.client(who).get("/inquiries/")) for who in everybody}
    assert [who for who, page in listed.items() if IQ in page] == ["sam", "nils", "dara"]
    assert [name in listed["sam"] for name in ("Nils Moor", "Fay Hart")] == [True, False]
    assert "No inquiries here" in listed["fay"]


def test_an_inquiry_is_opened_from_the_case_concluded_and_told_by_pages(said_of):
    sam, nils = said_of.client("sam"), said_of.client("nils")
    case = sam.get(f"/case/{CASE}/")
    assert "She swore at me first. No inquiry into this is open. Open an inquiry into" in words(case)
    link = f"/inquiry/new/?allegation={CASE}%232"
    assert f'href="{link}"' in case.content.decode()
    form = sam.get(link)
    assert ("She swore at me first." in words(form), 'value="carol"' in form.content.decode()) == (True, True)
    assert send(sam, link, TYPED).status_code == 302
    (name,) = FileIndex.objects.filter(kind="inquiry").values_list("name", flat=True)
    assert (name[:3], file(name).colleague, file(name).inquirer) == ("IQ-", "fay", "nils")

    page = f"/inquiry/{name}/"
    assert "Conclude the inquiry" in words(nils.get("/duties/"))
    assert "looked into by Nils Moor" in words(nils.get(page))
    assert send(nils, f"{page}do/conclude_inquiry/", CONCLUDED).status_code == 422
    account = {"outcome": "given", "account": "I did."}
    assert send(nils, f"{page}do/record_colleague_account/", account).status_code == 302
    assert "I did." in words(nils.get(f"{page}do/conclude_inquiry/"))
    assert send(nils, f"{page}do/conclude_inquiry/", CONCLUDED).status_code == 302
    assert "Tell the customer what came of what they said" in words(nils.get("/"))
    told = {"told_on": "2026-08-03", "how": "phone", "what": "That we are sorry."}
    assert send(nils, f"{page}do/tell_inquiry_outcome/", told).status_code == 302
    assert "Tell the customer what came of what they said" not in words(nils.get("/"))
    assert file(name).state == "concluded"


def test_the_case_says_where_it_is_looked_into_and_what_bears_on_it_and_no_more(inquiry):
    olu = inquiry.client("olu")
    opened = words(olu.get(f"/case/{CASE}/"))
    assert f"Looked into apart by somebody who took no part: {IQ}, open since 3 August 2026." in opened
    inquiry.take("record_colleague_account", "inquiry", IQ, "nils", account="I did.")
    inquiry.take("conclude_inquiry", "inquiry", IQ, "nils", **CONCLUDED)
    page = olu.get(f"/case/{CASE}/")
    assert f"{IQ}, concluded on 3 August 2026. What bears on this case: {BEARING}" in words(page)
    assert (SECRET in words(page), "Two who stood near" in words(page), "Partly" in words(page)) == (False,) * 3
    assert f'href="/inquiry/{IQ}/"' not in page.content.decode()


def test_whoever_may_see_the_inquiry_is_led_to_it_from_the_case(inquiry):
    assert f'href="/inquiry/{IQ}/"' in inquiry.client("sam").get(f"/case/{CASE}/").content.decode()


SEES = {"sam": 200, "nils": 200, "dara": 200}


@pytest.mark.parametrize("who", [member.id for member in STAFF])
def test_h1_only_the_few_it_is_kept_to_see_an_inquiry(inquiry, who):
    browser, expected = inquiry.client(who), SEES.get(who, 404)
    for path in ("", "do/add_note/", "do/conclude_inquiry/"):
        assert (path, browser.get(f"/inquiry/{IQ}/{path}").status_code) == (path, expected)
    assert browser.post(f"/inquiry/{IQ}/do/add_note/", {"text": "Hm."}).status_code == (404 if expected == 404 else 200)


@pytest.mark.parametrize("who", ["fay", "olu", "mina", "audra"])
def test_h1_an_inquiry_kept_from_somebody_is_nowhere_they_look(inquiry, who):
    browser = inquiry.client(who)
    missing = browser.get("/inquiry/IQ-2026-NOONE/").content
    assert browser.get(f"/inquiry/{IQ}/").content.replace(IQ.encode(), b"IQ-2026-NOONE") == missing
    for path in (f"/search/?q={IQ}", "/search/?q=counter", "/duties/", "/", "/person/carol/", "/export/cases/"):
        page = browser.get(path)
        assert (path, SECRET in words(page), f"/inquiry/{IQ}/" in page.content.decode()) == (path, False, False)


def test_h1_not_even_breaking_the_glass_shows_it_to_the_colleague_it_is_about(inquiry):
    assert [opened_by(inquiry, who) for who in ("fay", "olu")] == [404, 200]


def opened_by(desk: Desk, who: str) -> int:
    """What the inquiry's page answers to somebody who breaks the glass."""
    break_glass(viewer_of(Account.objects.get(staff_id=who), NOW + timedelta(hours=1)), IQ, "I must know.")
    return desk.client(who).get(f"/inquiry/{IQ}/").status_code


def test_h1_the_projections_give_the_colleague_no_part_in_it(inquiry):
    assert dict(FileStaff.objects.filter(file=IQ).values_list("staff", "stays")) == {
        "sam": True, "nils": True, "dara": True,
    }  # fmt: skip
    assert [*FilePerson.objects.filter(file=IQ).values_list("person", flat=True)] == ["carol"]
    row = FileIndex.objects.get(name=IQ)
    assert (row.kind, row.state, row.subject, row.officer, row.is_open, row.is_restricted) == (
        "inquiry", "open", "carol", "nils", True, True,
    )  # fmt: skip


def test_a_form_says_nothing_of_what_stands_on_a_case_its_reader_may_not_see(said_of):
    said_of.take("restrict_case", "case", CASE, "mina", reasons="A colleague is in it.")
    form = said_of.client("nils").get(f"/inquiry/new/?allegation={CASE}%232")
    assert "She swore at me first." not in words(form)


def test_looking_at_an_inquiry_is_noted_once(inquiry):
    inquiry.client("nils").get(f"/inquiry/{IQ}/")
    assert [*Look.objects.filter(file=IQ).values_list("staff", "customer")] == [("nils", "carol")]


def test_an_inquiry_is_read_with_as_many_queries_whatever_is_on_it(inquiry):
    nils = inquiry.client("nils")
    counts = []
    for number in (0, 30):
        for count in range(number):
            at = NOW + timedelta(minutes=count)
            inquiry.take("add_note", "inquiry", IQ, "nils", at=at, text=f"Note {count}.")
        nils.get(f"/inquiry/{IQ}/")
        with CaptureQueriesContext(connection) as found, CaptureQueriesContext(connections["looks"]) as looked:
            nils.get(f"/inquiry/{IQ}/")
        counts.append(len(found) + len(looked))
    assert counts[0] == counts[1]
