"""Asking ClamAV, by its INSTREAM command, whether a file holds something harmful."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import IO

CHUNK = 64 * 1024
ANSWERS_WITHIN = 60.0  # seconds for one file, from the first byte sent to the answer
LONGEST_ANSWER = 4096


class ScannerDown(OSError):
    """The scanner gave no verdict; the text says why. The file has to wait."""


def found_in(content: IO[bytes], clamd: str, within: float = ANSWERS_WITHIN) -> str:
    """The name of what the scanner found, or ''. `clamd` is host:port or the path of a socket.

    Raises ScannerDown where there is no answer within so many seconds, or none that is a verdict.
    """
    until = time.monotonic() + within
    try:
        with _line(clamd, within) as line:
            with suppress(ConnectionError):  # it may answer and close before all is sent: the answer says why
                _send(line, content, until)
            answer = _answer(line, until)
    except OSError as error:
        raise ScannerDown(f"The virus scanner cannot be reached ({error}).") from None
    return _verdict(answer)


def _line(clamd: str, within: float) -> socket.socket:
    path = clamd.removeprefix("unix:")
    if path.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(within)
        line.connect(path)
        return line
    host, _, port = clamd.rpartition(":")
    if not port.isdecimal():
        raise ScannerDown(f"EVENHAND_CLAMD is {clamd!r}: it must be host:port, or the path of a socket.")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=within)


def _send(line: socket.socket, content: IO[bytes], until: float) -> None:
    content.seek(0)
    _hurry(line, until)
    line.sendall(b"zINSTREAM\0")
    while chunk := content.read(CHUNK):
        _hurry(line, until)
        line.sendall(len(chunk).to_bytes(4, "big") + chunk)
    line.sendall(bytes(4))


def _answer(line: socket.socket, until: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        _hurry(line, until)
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _hurry(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    line.settimeout(left)


def _verdict(answer: str) -> str:
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerDown(f"The virus scanner gave no verdict ({answer[:200] or 'it closed the line'}).")
