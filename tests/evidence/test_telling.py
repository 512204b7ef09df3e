"""What an uploaded file is: told from its content, and anything that pretends or hides refused (H13)."""

from __future__ import annotations

import io
import tracemalloc
from contextlib import suppress
from zipfile import ZIP_BZIP2, ZipFile

import pytest

from evenhand.evidence.telling import NotAccepted, safe_name, told_from
from tests.evidence.making import document, picture, pixel_bomb, zipped

MAIL = (
    b"From: Carol <carol@example.org>\r\nTo: us@example.org\r\nSubject: Repairs\r\n\r\n<html><body>Hello</body></html>"
)
OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__properties_version1.0".encode("utf-16-le")
WORKBOOK = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
GOOD = {
    "wall.jpg": (picture("JPEG"), "jpeg"),
    "wall.JPEG": (picture("JPEG"), "jpeg"),
    "wall": (picture("JPEG"), "jpeg"),
    "screen.png": (picture("PNG"), "png"),
    "loop.gif": (picture("GIF"), "gif"),
    "wall.webp": (picture("WEBP"), "webp"),
    "IMG_1.heic": (b"\x00\x00\x00\x18ftypheic" + bytes(40), "heic"),
    "letter.pdf": (b"%PDF-1.7\n1 0 obj\n", "pdf"),
    "letter.docx": (document(), "docx"),
    "calls.xlsx": (WORKBOOK, "xlsx"),
    "note.txt": ("Café at 5 – she said “no”".encode(), "text"),
    "old note.txt": ("Café".encode("cp1252"), "text"),
    "windows.txt": ("Café".encode("utf-16"), "text"),
    "calls.csv": (b"day,calls\n2026-08-01,14\n", "text"),
    "mail.eml": (MAIL, "eml"),
    "mail.msg": (OUTLOOK, "msg"),
    "voice.mp3": (b"ID3\x04" + bytes(60), "mp3"),
    "voice.m4a": (b"\x00\x00\x00\x20ftypM4A " + bytes(40), "mp4"),
    "door.wav": (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40), "wav"),
    "door.mp4": (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "mp4"),
    "door.mov": (b"\x00\x00\x00\x14ftypqt  " + bytes(40), "mp4"),
}


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_we_keep_is_told_from_its_content(name):
    content, type_ = GOOD[name]
    assert told_from(io.BytesIO(content), name) == type_


def _packed_oddly() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_BZIP2) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        packed.writestr("word/document.xml", b"<document/>")
    return out.getvalue()


EXTERNAL = b'<Relationship Type="attachedTemplate" Target="http://10.0.0.1/x.dotm" TargetMode="External"/>'
HOSTILE = {
    "empty.jpg": b"",
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "page.txt": b"\n <html><body onload=alert(1)>",
    "late page.txt": b"Hello\n<svg onload=alert(1)>",
    "drawing.svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "run.txt": b"#!/bin/sh\nrm -rf /\n",
    "shell.txt": b"<?php system($_GET['c']); ?>",
    "not a mail.eml": b"From here on he shouted.",
    "program.exe": b"MZ\x90\x00" + bytes(100),
    "program.jpg": b"\x7fELF" + bytes(100),
    "picture.pdf": picture("JPEG"),
    "film.jpg": b"\x00\x00\x00\x18ftypmp42" + bytes(40),
    "page in it.gif": picture("GIF") + b"<script src=//evil.example></script>",
    "page deep in it.jpg": picture("JPEG") + bytes(1024 * 1024 - 6) + b"<ScRiPt >alert(1)</script>",
    "comment.gif": b"GIF89a/*" + bytes(20) + b"*/=1;<html >",
    "zip behind it.png": picture("PNG") + zipped({"evil.class": b"\xca\xfe\xba\xbe"}),
    "pdf in it.jpg": picture("JPEG")[:20] + b"%PDF-1.4" + picture("JPEG")[20:],
    "zip behind it.pdf": b"%PDF-1.7\n" + zipped({"evil.class": b"\xca\xfe\xba\xbe"}),
    "macros.docm": document(word__vbaProject__bin=b"x"),
    "macros.docx": document(**{"word__vbaProject.bin": b"x"}),
    "said to have macros.docx": document(**{"word__x.xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "outside.docx": document(**{"word___rels__settings.xml.rels": EXTERNAL}),
    "xxe.docx": document(**{"word__x.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}),
    "paths.docx": document(**{"..__..__etc__passwd": b"x"}),
    "absolute.docx": document(__etc__passwd=b"x"),
    "packed oddly.docx": _packed_oddly(),
    "archive.zip": zipped({"a.txt": b"a"}),
    "archive.docx": zipped({"a.txt": b"a"}),
    "cut off.docx": document()[:-10],
    "after it.docx": document() + b"more",
    "broken.docx": b"PK\x03\x04" + bytes(200) + b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_h13_whatever_pretends_or_hides_is_refused_with_what_to_do(name):
    with pytest.raises(NotAccepted, match=r"^‘.*[.]$"):
        told_from(io.BytesIO(HOSTILE[name]), name)


BOMBS = {
    "unpacks.docx": lambda: document(**{"word__media__a.png": bytes(300_000_000)}),
    "unpacks in words.docx": lambda: document(**{"word__a.xml": b"<a>" + b" " * 50_000_000}),
    "parts.docx": lambda: document(**{f"word__{number}.xml": b"" for number in range(5_000)}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_h13_what_unpacks_to_a_lot_is_never_unpacked(name):
    content = io.BytesIO(BOMBS[name]())
    tracemalloc.start()
    with suppress(NotAccepted):
        told_from(content, name)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 16_000_000


def test_h13_a_list_of_contents_that_is_too_long_is_not_read():
    parts = {f"word/{number:0200}.xml": b"" for number in range(6_000)}
    with pytest.raises(NotAccepted, match="far more parts"):
        told_from(io.BytesIO(zipped(parts)), "parts.docx")


def test_h13_a_pixel_bomb_is_a_picture_until_somebody_draws_it():
    assert told_from(io.BytesIO(pixel_bomb()), "bomb.png") == "png"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("wall.jpg", "wall.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\fay\\wall.jpg", "wall.jpg"),
        ("wall\r\nSet-Cookie: a=b.jpg", "wall Set-Cookie- a=b.jpg"),
        ("gpj.\u202etxt.exe", "gpj. txt.exe"),
        ('a"b<c>.jpg', "a-b-c-.jpg"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".jpg", "x" * 120 + ".jpg"),
        ("Müll – Straße.jpg", "Müll – Straße.jpg"),
    ],
)
def test_h13_names_are_made_safe(given, shown):
    assert safe_name(given) == shown


def test_a_file_under_another_name_is_told_the_usual_one_of_its_kind():
    with pytest.raises(NotAccepted, match=r"inside, it is a JPEG picture\. Let its name end in \.jpg and choose it"):
        told_from(io.BytesIO(picture()), "letter.pdf")
