"""The kinds of file we keep, each told from its content and never from its name alone (H13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

BY_ITSELF = "A picture often says where and when it was taken, and on which phone. Copies that we share say none of it."
DOCUMENT = "A document often names who wrote it, and when. We share no copy of it before somebody has looked at that."
WORDS = "It is kept word for word, with every name and address in it."
SOUND = "A recording holds every voice in it, and often says where and when it was made."


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of file: what it is called, the endings its name may have, and what whoever uploads it should know."""

    title: str
    endings: tuple[str, ...]
    """The usual one first."""
    warns: str
    is_picture: bool = False


def _type(title: str, endings: str, warns: str, *, is_picture: bool = False) -> Type:
    return Type(title, tuple(endings.split()), warns, is_picture)


TYPES: Mapping[str, Type] = MappingProxyType(
    {
        "jpeg": _type("JPEG picture", "jpg jpeg jpe jfif", BY_ITSELF, is_picture=True),
        "png": _type("PNG picture", "png", BY_ITSELF, is_picture=True),
        "gif": _type("GIF picture", "gif", BY_ITSELF, is_picture=True),
        "webp": _type("WebP picture", "webp", BY_ITSELF, is_picture=True),
        "heic": _type("HEIC picture", "heic heif", BY_ITSELF),
        "pdf": _type("PDF", "pdf", DOCUMENT),
        "docx": _type("Word document", "docx", DOCUMENT),
        "xlsx": _type("Excel workbook", "xlsx", DOCUMENT),
        "text": _type("plain text", "txt csv log", WORDS),
        "eml": _type("e-mail", "eml", WORDS),
        "msg": _type("Outlook message", "msg", WORDS),
        "mp3": _type("MP3 recording", "mp3", SOUND),
        "wav": _type("WAV recording", "wav", SOUND),
        "mp4": _type("MP4 or QuickTime film or recording", "mp4 m4v m4a mov 3gp", SOUND),
    }
)
ENDINGS = ",".join(f".{ending}" for type_ in TYPES.values() for ending in sorted(type_.endings))
"""For a browser's file chooser, which takes it as a hint."""
CARRIED: Mapping[str, str] = MappingProxyType(
    {
        "place": "where it was taken",
        "device": "with which phone or camera",
        "time": "when",
        "author": "who made it",
        "notes": "notes of the program that made it",
    }
)
"""What a picture may say beside what it shows, in words."""
ACCEPTED = (
    "We keep pictures (JPEG, PNG, GIF, WebP, HEIC), PDF, Word and Excel files without macros (.docx, .xlsx), plain "
    "text, e-mails saved as .eml or .msg, recordings (MP3, M4A, WAV) and films (MP4, MOV)."
)

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_FILM_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"dash",
    b"M4V ",
    b"M4A ",
    b"M4B ",
)
_PHONE_BRANDS = (b"qt  ", b"3gp4", b"3gp5", b"3gp6", b"MSNV")
_SOUND_FRAMES = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"ID3")

_SIGNS: Mapping[str, Callable[[bytes], bool]] = {
    "jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    "webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "wav": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE",
    "heic": lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS,
    "mp4": lambda head: head[4:8] == b"ftyp" and head[8:12] in (*_FILM_BRANDS, *_PHONE_BRANDS),
    "pdf": lambda head: head.startswith(b"%PDF-"),
    "mp3": lambda head: head.startswith(_SOUND_FRAMES),
    "office": lambda head: head.startswith(b"PK\x03\x04"),
    "msg": lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
}


def sign_of(head: bytes) -> str:
    """What a file begins like: a name in `TYPES`, `office` for a zip, or 'text' for what has no sign of its own."""
    return next((name for name, begins in _SIGNS.items() if begins(head)), "text")
