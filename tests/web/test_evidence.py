"""Sending files, saying what they show, looking at them and getting the originals back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.archive import RecordArchive
from evenhand.evidence.models import Blob
from evenhand.evidence.reading import counted
from evenhand.evidence.sweeping import settle_held
from evenhand.looks.models import Look
from tests.desk import NOW
from tests.evidence.making import CAMERA, EICAR, clamd, evidence_folder, picture, telling_picture, upload, zipped

__all__ = ["evidence_folder"]

pytestmark = pytest.mark.usefixtures("evidence_folder")
NEW, DESCRIBE = "/evidence/new/incident/IN-1/", "/evidence/describe/incident/IN-1/"
DRAFT = "/evidence/new/draft/fay/?next=/report/check/"


@pytest.fixture
def fay(desk) -> Client:
    """Fay's browser; Fay reported what happened."""
    desk.take("report_incident", "incident", "IN-1", by="fay", subject="carol", happened_on="2026-08-01")
    return desk.client("fay")


def _send(browser: Client, *files: Any, to: str = NEW) -> Any:
    return browser.post(to, {"files": list(files)})


def _describe(browser: Client, blob: Blob, **typed: str) -> Any:
    return browser.post(DESCRIBE, {"blob": blob.id, "kind": "photo", "sensitivity": "none", **typed})


def _checked(browser: Client, *files: Any) -> list[Blob]:
    _send(browser, *files)
    settle_held()
    return list(Blob.objects.order_by("name"))


def _status(browser: Client, address: str) -> int:
    """The status alone: a download that nobody reads is closed."""
    answer = browser.get(address)
    answer.close()
    return answer.status_code


def _path(blob: Blob, part: str = "") -> str:
    return f"/evidence/{blob.id}/{part}"


def test_several_files_are_sent_at_once_and_described_one_by_one(fay):
    sent = _send(fay, upload(picture(), "wall.jpg"), upload(b"He shouted.", "note.txt"))
    assert (sent.status_code, sent["Location"]) == (
        302,
        f"{DESCRIBE}?next=%2Ffile%2Fincident%2FIN-1%2F".replace("%2Ffile", ""),
    )
    first = Blob.objects.get(name="note.txt")
    page = fay.get(DESCRIBE).text
    assert ("note.txt, then 1 more" in page, first.id in page) == (True, True)
    assert re.findall(r'<option value="(\w+)" selected>', page) == ["other"]
    answer = _describe(fay, first, what="What he shouted", kind="statement")
    assert (answer.status_code, answer["Location"]) == (302, DESCRIBE)
    assert "wall.jpg" in fay.get(DESCRIBE).text
    entry = RecordArchive().file("IN-1").by_ref[Blob.objects.get(name="note.txt").entry]
    assert (entry.data.what, entry.data.kind, entry.data.sha256) == ("What he shouted", "statement", first.sha256)


def test_the_same_can_be_said_of_all_that_were_sent(fay):
    _send(fay, upload(picture(), "a.jpg"), upload(picture("PNG"), "b.png"), upload(picture("GIF"), "c.gif"))
    _describe(fay, Blob.objects.get(name="a.jpg"), what="The broken door", all="yes")
    entries = RecordArchive().file("IN-1").entries
    assert [entry.data.what for entry in entries[1:]] == ["The broken door"] * 3
    assert fay.get(DESCRIBE)["Location"] == "/incident/IN-1/"


def test_h15_a_case_says_which_files_stand_on_its_reports_to_those_who_may_know_of_them(desk, fay):
    opened = {"breakdown": "Calls end in shouting.", "tried_first": "We talked.", "colleague": "fay"}
    desk.take("open_case", "case", "UC-1", "olu", subject="carol", incidents=["IN-1"], **opened)
    _send(fay, upload(picture(), "a.jpg"), upload(picture("PNG"), "b.png"))
    _describe(fay, Blob.objects.get(name="a.jpg"), what="The broken door")
    assert "On the report" in desk.client("olu").get("/case/UC-1/").text
    assert ">IN-1</a>: 2 files." in desk.client("olu").get("/case/UC-1/").text
    _describe(fay, Blob.objects.get(name="b.png"), what="The neighbour", sensitivity="third_party")
    assert ">IN-1</a>: 2 files." in desk.client("olu").get("/case/UC-1/").text
    assert counted(viewer_of(Account.objects.get(staff_id="audra"), NOW), "incident", ["IN-1"]) == {"IN-1": 1}


def test_what_is_missing_is_named_and_nothing_typed_is_lost(fay):
    _send(fay, upload(b"hello", "note.txt"))
    blob = Blob.objects.get()
    answer = _describe(
        fay, blob, what="", how_known="She signs her letters so", **{"dated-day": "40", "dated-month": "1"}
    )
    page = answer.text
    assert (answer.status_code, "She signs her letters so" in page, 'value="40"' in page) == (422, True, True)
    assert ("<title>Error: " in page, "fill this in" in page) == (True, True)
    assert re.search(r'<a href="#(.*what)">.*<textarea[^>]* id="\1"', page, re.DOTALL)
    assert (Blob.objects.get().entry, RecordArchive().file("IN-1").sequence) == ("", 1)


def test_a_file_taken_back_is_gone(fay, evidence_folder):
    _send(fay, upload(b"hello", "note.txt"))
    answer = fay.post(_path(Blob.objects.get(), "remove/"))
    assert (answer["Location"], Blob.objects.count(), list(evidence_folder.iterdir())) == ("/incident/IN-1/", 0, [])


def test_what_is_on_the_record_cannot_be_taken_back(fay, desk):
    blob = _checked(fay, upload(b"hello", "note.txt"))[0]
    assert desk.client("olu").post(_path(blob, "remove/")).status_code == 404
    _describe(fay, blob, what="Hello")
    assert (fay.post(_path(blob, "remove/")).status_code, Blob.objects.count()) == (404, 1)


def test_no_file_is_an_error_at_its_place(fay):
    answer = fay.post(NEW, {})
    assert (answer.status_code, "<title>Error: " in answer.text, 'href="#files"' in answer.text) == (422, True, True)
    assert "Choose a file first, or take a picture." in answer.text


def test_h13_what_is_not_accepted_is_said_and_the_rest_is_kept(fay):
    answer = _send(
        fay, upload(b"<html>", "page.html"), upload(zipped({"a": b"a"}), "all.zip"), upload(b"hi", "note.txt")
    )
    assert (answer.status_code, [blob.name for blob in Blob.objects.all()]) == (422, ["note.txt"])
    for words in (
        "‘page.html’ is a web page",
        "‘all.zip’ is a zip",
        "We keep pictures",
        "1 other file is here already",
    ):
        assert words in answer.text


def test_h13_a_file_too_large_is_dropped_while_it_arrives_and_the_rest_is_kept(fay, settings):
    settings.LARGEST_FILE = 1024 * 1024
    answer = _send(fay, upload(bytes(3_000_000), "film.mp4"), upload(b"hello", "note.txt"))
    assert (answer.status_code, [blob.name for blob in Blob.objects.all()]) == (422, ["note.txt"])
    assert "‘film.mp4’ is larger than 1 MB; send a shorter or smaller one." in answer.text


def test_h13_more_files_than_can_be_handled_at_once_are_dropped(fay):
    answer = _send(fay, *(upload(b"hello", f"{number}.txt") for number in range(22)))
    assert (answer.status_code, Blob.objects.count()) == (422, 20)
    assert "‘21.txt’ is one of more than 20 at once; send it by itself." in answer.text


def test_files_from_nobody_are_not_taken_in(desk):
    assert (
        Client(SERVER_NAME="localhost").post("/account/login/", {"files": upload(b"hello", "a.txt")}).status_code == 200
    )
    assert Client(SERVER_NAME="localhost").post(NEW, {"files": upload(b"hello", "a.txt")}).status_code == 302
    assert Blob.objects.count() == 0


def test_h13_the_original_comes_back_byte_for_byte_and_opens_nowhere(fay):
    content = telling_picture()
    blob = _checked(fay, upload(content, 'wall "7".jpg'))[0]
    answer = fay.get(_path(blob, "original/"))
    assert b"".join(answer.streaming_content) == content
    headers = {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")}
    assert headers == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": 'attachment; filename="wall -7-.jpg"',
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("part", ["picture/", "thumbnail/"])
def test_h14_pictures_on_pages_are_the_stripped_copies(fay, part):
    blob = _checked(fay, upload(telling_picture(), "wall.jpg"))[0]
    answer = fay.get(_path(blob, part))
    shown = b"".join(answer.streaming_content)
    assert (answer["Content-Type"], CAMERA.encode() in shown, b"Exif" in shown) == ("image/jpeg", False, False)
    assert re.fullmatch(r'inline; filename="picture-[0-9a-f]{8}\.jpg"', answer["Content-Disposition"])
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_h14_whoever_sent_it_is_told_what_a_picture_says(fay):
    before = fay.get(NEW).text
    blob = _checked(fay, upload(telling_picture(), "wall.jpg"))[0]
    says = "who made it, with which phone or camera, where it was taken and when."
    assert ("A picture often says where it was taken" in before, says in fay.get(_path(blob)).text) == (True, True)


def test_h13_nothing_is_given_out_before_it_was_looked_at(fay):
    _send(fay, upload(picture(), "wall.jpg"))
    blob = Blob.objects.get()
    answers = {part: _status(fay, _path(blob, part)) for part in ("original/", "picture/", "thumbnail/", "")}
    assert answers == {"original/": 302, "picture/": 404, "thumbnail/": 404, "": 200}
    assert "Being checked" in fay.get(_path(blob)).text


def test_h13_what_the_scanner_found_is_never_given_out(fay, settings):
    with clamd() as settings.CLAMD:
        blob = _checked(fay, upload(b"Look: " + EICAR, "note.txt"))[0]
    answers = {part: _status(fay, _path(blob, part)) for part in ("original/", "picture/", "")}
    assert answers == {"original/": 302, "picture/": 404, "": 200}
    page = fay.get(_path(blob)).text
    assert ("Eicar-Test-Signature" in page, "Download the original" in page) == (True, False)


def test_each_download_is_noted_once(fay):
    blob = _checked(fay, upload(picture(), "wall.jpg"))[0]
    before = Look.objects.count()
    _status(fay, _path(blob, "original/"))
    look = Look.objects.order_by("id").last()
    assert (Look.objects.count() - before, look.staff, look.file, look.page) == (
        1,
        "fay",
        "IN-1",
        _path(blob, "original/"),
    )


def test_whoever_may_not_see_the_file_sees_none_of_its_uploads(fay, desk):
    blob = _checked(fay, upload(picture(), "wall.jpg"))[0]
    otto = desk.client("otto")
    assert {part: _status(otto, _path(blob, part)) for part in ("", "original/", "picture/", "thumbnail/")} == {
        "": 404,
        "original/": 404,
        "picture/": 404,
        "thumbnail/": 404,
    }
    assert (_status(otto, NEW), _status(otto, DESCRIBE), _status(otto, "/evidence/nothing/")) == (
        404,
        404,
        404,
    )


def test_h3_who_sent_it_is_shown_to_those_who_handle_reports(fay, desk):
    blob = _checked(fay, upload(picture(), "wall.jpg"))[0]
    assert "by Fay Hart" in desk.client("mina").get(_path(blob)).text


def test_files_of_a_report_wait_with_its_writer(fay, desk):
    answer = _send(fay, upload(b"hello", "note.txt"), to=DRAFT)
    blob = Blob.objects.get()
    assert (answer.status_code, answer["Location"], blob.kind, blob.file) == (302, "/report/check/", "draft", "fay")
    assert "note.txt" in fay.get(DRAFT).text
    settle_held()
    assert _status(fay, _path(blob, "original/")) == 200
    assert {_status(desk.client(who), _path(blob)) for who in ("olu", "mina", "sam")} == {404}
    assert _status(desk.client("olu"), DRAFT) == 404


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(fay, elsewhere):
    answer = fay.post("/evidence/new/draft/fay/", {"files": upload(b"hello", "a.txt"), "next": elsewhere})
    assert answer["Location"] == "/evidence/new/draft/fay/"
