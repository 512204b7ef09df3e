"""What an uploaded file is, by its content; whatever pretends, hides or carries something is refused (H13).

Nothing here unpacks, decodes or runs anything: it reads bytes, and of a zip its list of contents and the first bytes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from evenhand.evidence.types import ACCEPTED, TYPES, sign_of

HEAD = 64 * 1024
CHUNK = 1024 * 1024
OVERLAP = 64
ZIP_END = b"PK\x05\x06"
ZIP64_END = b"PK\x06\x07"
ZIP_END_SIZE = 22
LARGEST_LISTING = 1024 * 1024  # bytes of a zip's list of contents
LARGEST_UNPACKED = 1024 * 1024 * 1024
MOST_PARTS = 2_000
LONGEST_NAME = 120

_MARKUP = re.compile(rb"<(?:script|html|iframe|\?php|!doctype\s+html)[\s>/]", re.IGNORECASE)
_PAGE = re.compile(rb"^\s*(?:<[a-z!?%]|#!)", re.IGNORECASE)
_IN_A_PAGE = re.compile(r"<(?:script|html|svg|iframe|body)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|mime-version|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_MACROS = re.compile(r"vbaproject|macrosheets/|activex/|vbadata", re.IGNORECASE)
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")


class NotAccepted(ValueError):
    """A file that we do not keep; the text says why, and what we do keep."""


def told_from(content: IO[bytes], name: str) -> str:
    """The type of a file, a name in `TYPES`. Raises `NotAccepted` where it is none, or not the one its name says."""
    head = _read(content, 0, HEAD)
    if not head:
        raise NotAccepted(f"‘{name}’ is empty. Choose the file again, or take the picture again.")
    told = _told(content, head, name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending and ending not in TYPES[told].endings:
        own = TYPES[told].endings[0]
        raise NotAccepted(
            f"‘{name}’ is not what its name says: inside, it is a {TYPES[told].title}. "
            f"Let its name end in .{own} and choose it again. {ACCEPTED}"
        )
    if told not in ("text", "eml") and _hides_another(content, head):
        raise NotAccepted(f"‘{name}’ holds a second file of another kind, so nobody can be sure what it is. {ACCEPTED}")
    return told


def safe_name(name: str) -> str:
    """A name to show and to save by: the last part of a path, one line, without what turns or hides letters."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in last)
    plain = re.sub(r'[<>:"|?*]', "-", " ".join(shown.split())).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}" if dot and stem else plain[:LONGEST_NAME] or "file"


def _told(content: IO[bytes], head: bytes, name: str) -> str:
    told = sign_of(head)
    if told == "office":
        return _office(content, name)
    if told == "msg" and not any(_OUTLOOK in chunk for chunk in _chunks(content)):
        raise NotAccepted(f"‘{name}’ is an old Office file, which can hide macros. Save it as PDF, .docx or .xlsx.")
    if told != "text":
        return told
    return _words(content, head, name)


def _words(content: IO[bytes], head: bytes, name: str) -> str:
    """Plain text, or an e-mail: text under its own headers, which may hold anything but is only ever downloaded."""
    if not _is_text(content, head):
        raise NotAccepted(f"‘{name}’ is not a kind of file we keep. {ACCEPTED}")
    if name.lower().endswith(".eml") and len(set(_MAIL_HEADER.findall(head))) > 1:
        return "eml"
    if _PAGE.match(head) or _IN_A_PAGE.search(head.decode("utf-8", "replace")):
        raise NotAccepted(
            f"‘{name}’ is a web page or a program, which we do not keep. Take a screenshot of it instead."
        )
    return "text"


def _is_text(content: IO[bytes], head: bytes) -> bool:
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return any(_reads_as(content, encoding) for encoding in (("utf-16",) if marked else ("utf-8-sig", "cp1252")))


def _reads_as(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        texts = (decoder.decode(chunk) for chunk in _pieces(content))
        if any(re.search(r"[\x00-\x08\x0b\x0e-\x1f]", text) for text in texts):
            return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _office(content: IO[bytes], name: str) -> str:
    """A Word or Excel file without macros; any other zip is refused, and so is one that is more than it says."""
    _refuse_odd_zip(content, name)
    try:
        with ZipFile(content) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            _refuse_parts(packed, parts, name)
    except (BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, NotAccepted):
            raise
        raise NotAccepted(f"‘{name}’ is damaged or locked with a password, so nobody could read it.") from None
    for told, main in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        if {"[Content_Types].xml", main} <= names:
            return told
    raise NotAccepted(f"‘{name}’ is a zip. Send the files in it one by one. {ACCEPTED}")


def _refuse_odd_zip(content: IO[bytes], name: str) -> None:
    """Looks at the end of a zip before anything lists it: a list that is too long, or not where it should be."""
    size = content.seek(0, 2)
    end = _read(content, max(0, size - ZIP_END_SIZE), ZIP_END_SIZE)
    before = _read(content, max(0, size - ZIP_END_SIZE - 20), 4)
    if not end.startswith(ZIP_END) or before == ZIP64_END:
        raise NotAccepted(f"‘{name}’ is damaged, or holds more than a document does. {ACCEPTED}")
    if int.from_bytes(end[12:16], "little") > LARGEST_LISTING:
        raise NotAccepted(f"‘{name}’ holds far more parts than any document does. {ACCEPTED}")


def _refuse_parts(packed: ZipFile, parts: list[ZipInfo], name: str) -> None:
    if any(_MACROS.search(part.filename) for part in parts):
        raise NotAccepted(f"‘{name}’ has macros, which are small programs. Save it without them, or as PDF.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotAccepted(f"‘{name}’ would unpack to far more than any document. {ACCEPTED}")
    if len({part.filename for part in parts}) < len(parts) or any(_is_odd(part) for part in parts):
        raise NotAccepted(f"‘{name}’ has parts that no document has. {ACCEPTED}")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with packed.open(part) as opened:
                _refuse_words(opened.read(HEAD), name)


def _is_odd(part: ZipInfo) -> bool:
    leads_out = part.filename.startswith("/") or "\\" in part.filename or ".." in part.filename.split("/")
    return leads_out or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED)


def _refuse_words(words: bytes, name: str) -> None:
    """What makes the program that opens a document fetch or run something."""
    if b"macroEnabled" in words or b"vbaProject" in words:
        raise NotAccepted(f"‘{name}’ has macros, which are small programs. Save it without them, or as PDF.")
    if b"<!DOCTYPE" in words or b"<!ENTITY" in words or (b"attachedTemplate" in words and b"External" in words):
        raise NotAccepted(f"‘{name}’ would fetch something from elsewhere when opened. Save it as PDF.")


def _hides_another(content: IO[bytes], head: bytes) -> bool:
    """Whether a page, a PDF or a zip stands in a file of another kind."""
    size = content.seek(0, 2)
    if not head.startswith(b"PK") and _is_zip_end(_read(content, max(0, size - HEAD), HEAD)):
        return True
    if b"%PDF-" in head[1:1024] or _MARKUP.search(head[:1024]):
        return True
    scanned = not head.startswith((b"PK", b"%PDF-", b"\xd0\xcf"))  # documents may hold markup of their own
    return scanned and any(_MARKUP.search(chunk) for chunk in _chunks(content))


def _is_zip_end(tail: bytes) -> bool:
    at = tail.rfind(ZIP_END)
    return at >= 0 and at + ZIP_END_SIZE + int.from_bytes(tail[at + 20 : at + 22], "little") <= len(tail)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    """The whole content in pieces that overlap, so that nothing short is missed at a seam."""
    before = b""
    for piece in _pieces(content):
        yield before + piece
        before = piece[-OVERLAP:]


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    content.seek(0)
    while piece := content.read(CHUNK):
        yield piece


def _read(content: IO[bytes], start: int, length: int) -> bytes:
    content.seek(start)
    return content.read(length)
