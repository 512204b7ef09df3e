"""Files for tests, harmless and hostile, made as they are needed; and a virus scanner that finds what it is told to."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CAMERA = "Canaryphone 7"
"""What a picture's EXIF says, and no copy of it may."""
WRITER = "Wanda Canary"


@pytest.fixture
def evidence_folder(settings: Any, tmp_path: Path) -> Path:
    """An empty home for evidence."""
    folder = tmp_path / "evidence"
    backend = "evenhand.evidence.storage.SealedFolder"
    settings.STORAGES = {**settings.STORAGES, "evidence": {"BACKEND": backend, "OPTIONS": {"location": folder}}}
    return folder


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def picture(format_: str = "JPEG", size: tuple[int, int] = (640, 480), **options: Any) -> bytes:
    """A picture of two colours."""
    image = Image.new("RGB", size, "teal")
    image.paste("orange", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def telling_picture(format_: str = "JPEG") -> bytes:
    """A picture that says where it was taken, by whom, when and with what."""
    exif = Image.Exif()
    exif[271], exif[272], exif[306], exif[315] = "Canary", CAMERA, "2026:07:30 18:00:00", WRITER
    exif[274] = 6  # lying on its side
    exif.get_ifd(34853).update({1: "N", 2: (51.0, 27.0, 5.0), 3: "W", 4: (2.0, 35.0, 9.0)})
    return picture(format_, exif=exif)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of some parts."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


TYPES_PART = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def document(**more: bytes) -> bytes:
    """A Word document; `more` are further parts, a slash written as two underscores."""
    parts = {"[Content_Types].xml": TYPES_PART, "word/document.xml": b"<document/>"}
    return zipped(parts | {name.replace("__", "/"): content for name, content in more.items()})


def pixel_bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 50,000 points wide and high."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack("!I", len(content)) + checked + struct.pack("!I", zlib.crc32(checked))

    header = struct.pack("!2I5B", 50_000, 50_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(5_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


class FakeClamd(BaseRequestHandler):
    """Speaks INSTREAM as ClamAV does; the server's `manner` says how it behaves."""

    def handle(self) -> None:
        server: Any = self.server
        if server.manner == "closes":
            return
        if server.manner == "hangs":
            server.released.wait(10)
            return
        answer = b"INSTREAM size limit exceeded. ERROR\0" if server.manner == "limited" else self._verdict()
        self.request.sendall(answer)

    def _verdict(self) -> bytes:
        line = self.request.makefile("rb")
        assert line.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(line.read(4), "big"):
            content += line.read(size)
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def clamd(manner: str = "scans") -> Iterator[str]:
    """The address of a scanner that `scans`, `closes` at once, `hangs`, or is `limited`."""
    server: Any = ThreadingTCPServer(("127.0.0.1", 0), FakeClamd)
    server.daemon_threads, server.manner, server.released = True, manner, Event()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
