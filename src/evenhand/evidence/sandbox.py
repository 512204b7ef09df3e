"""Where pictures are drawn anew: a process of its own, without network, files or time to waste (H13)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

SCRIPT = Path(__file__).with_name("redraw.py")
ENDS_WITHIN = 60  # seconds
LONGEST_LINE = 2_000
FORMATS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
NO_SANDBOX = (
    "Pictures are read in a process with limits but outside a sandbox: install Debian's bubblewrap, and let the "
    "service's user make user namespaces."
)


@dataclass(frozen=True, slots=True)
class Copies:
    """A picture drawn anew, whole and small, with what the original says beside what it shows."""

    shared: bytes
    thumbnail: bytes
    carries: tuple[str, ...]


class CannotRedraw(ValueError):
    """There is no copy of the picture; the text says why."""


def redraw(original: IO[bytes], type_: str) -> Copies:
    """The copies of a picture that may be shared. Raises CannotRedraw."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        shutil.copyfileobj(original, given)
        given.seek(0)
        _run(given, made, FORMATS[type_])
        made.seek(0)
        return _read(made)


@cache
def bubblewrap() -> str | None:
    """The path of bubblewrap where it is installed and works here."""
    found = shutil.which("bwrap")
    if found is None:
        return None
    tried = subprocess.run(  # noqa: S603 - our own words
        [*_walls(found), sys.executable, "-I", "-c", ""], capture_output=True, check=False, timeout=20
    )
    return found if tried.returncode == 0 else None


def _run(given: IO[bytes], made: IO[bytes], format_: str) -> None:
    walls = _walls(found) if (found := bubblewrap()) else []
    command = [*walls, sys.executable, "-I", str(SCRIPT), format_]
    try:
        # The limits on memory, time and output are set by the script itself, before it reads a byte.
        subprocess.run(  # noqa: S603 - our own words, and none of the file's
            command, stdin=given, stdout=made, stderr=subprocess.DEVNULL, env={}, check=False, timeout=ENDS_WITHIN
        )
    except subprocess.TimeoutExpired:
        raise CannotRedraw("The picture took too long to read.") from None


def _walls(bwrap: str) -> list[str]:
    """No network, no other process in sight, nothing to write to; of the disk only Python and what it is made of."""
    places = [Path(place) for place in ("/usr", "/bin", "/lib", "/lib64", sys.prefix, sys.base_prefix, SCRIPT.parent)]
    shown = [
        word for place in dict.fromkeys(places) if place.exists() for word in ("--ro-bind", str(place), str(place))
    ]
    return [
        bwrap,
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        *shown,
        "--dev",
        "/dev",
        "--proc",
        "/proc",
    ]


def _read(made: IO[bytes]) -> Copies:
    try:
        told = json.loads(made.readline(LONGEST_LINE))
        if fails := told.get("fails"):
            raise CannotRedraw(str(fails))
        whole, small = (made.read(size) for size in told["sizes"])
        if (len(whole), len(small)) != tuple(told["sizes"]):
            raise CannotRedraw("The picture could not be drawn anew.")
        return Copies(whole, small, tuple(map(str, told["carries"])))
    except (json.JSONDecodeError, UnicodeDecodeError, AttributeError, KeyError, TypeError) as error:
        raise CannotRedraw("The picture could not be read within its limits.") from error
