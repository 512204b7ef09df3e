"""`evenhand serve`: it starts everything, says where it is, and ends everything, whoever ends first."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

WITHIN = 60  # seconds
EVENHAND = "from evenhand.cli import main; main()"
NO_MAIL = "No mail server is configured: mail is written to {}, and nobody gets it. Set EVENHAND_MAIL_URL.\n"
UPLOADS = """
import django; django.setup()
from datetime import UTC, datetime
from evenhand.evidence.keeping import keep
from tests.evidence.making import picture, upload
keep(upload(picture(), "wall.jpg"), kind="draft", file="fay", by="fay", at=datetime.now(UTC))
"""


class Service:
    """A service being run in a home of its own."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        own = {"EVENHAND_HOME": str(home), "EVENHAND_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
        environment = {name: word for name, word in os.environ.items() if not name.startswith("EVENHAND_")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", EVENHAND, "serve", "--workers", "1", *options],
            env=environment | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def address(self) -> str:
        """Where it says it is."""
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], WITHIN)
        no_mail, line = (self.process.stdout.readline() for _ in range(2)) if ready else ("", "")
        assert no_mail == NO_MAIL.format(self.home / "mail"), (no_mail, self.stop())
        found = re.fullmatch(r"Evenhand is at (http://127\.0\.0\.1:\d+/) \(stop it with Ctrl\+C\)\.\n", line)
        assert found, (line, self.stop())
        return found[1]

    def children(self) -> dict[str, int]:
        """The processes it started: the web server and the worker."""
        pid = self.process.pid
        started = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        lines = {one: Path(f"/proc/{one}/cmdline").read_bytes() for one in started}
        return {"web" if b"gunicorn" in line else "worker": one for one, line in lines.items()}

    def stop(self, how: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Its exit code with what it said, after asking it to end."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=WITHIN)
        return self.process.returncode, out, err


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that the first service sets up."""
    return tmp_path_factory.mktemp("home") / "new"


@pytest.fixture
def service(home: Path) -> Iterator[Service]:
    """A service on a port that was free."""
    service = Service(home, "--port", "0")
    yield service
    service.process.kill()
    service.ended()


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=WITHIN) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _are_gone(pids: dict[str, int]) -> bool:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if not any(_runs(pid) for pid in pids.values()):
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_an_empty_home_is_served_and_everything_ends_when_asked(service):
    status = _status(f"{service.address()}health/")
    children = service.children()
    assert (status, sorted(children)) == (200, ["web", "worker"])
    code, out, err = service.stop(signal.SIGINT)
    assert (code, out, err, _are_gone(children)) == (0, "Stopping.\n", "", True)


@pytest.mark.parametrize(("which", "called"), [("web", "The web server"), ("worker", "The worker")])
def test_when_one_part_dies_all_stop_and_it_is_said(service, which, called):
    service.address()
    children = service.children()
    os.kill(children[which], signal.SIGKILL)
    code, _, err = service.ended()
    said = f"evenhand: {called} ended by itself, so everything is stopped; what it said stands above."
    assert (code, err.splitlines()[-1], _are_gone(children)) == (1, said, True)


def test_what_is_uploaded_is_looked_at_while_the_service_runs(service, home):
    service.address()
    own = {"EVENHAND_HOME": str(home), "EVENHAND_DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "evenhand.settings"}
    subprocess.run([sys.executable, "-c", UPLOADS], env=os.environ | own, check=True)
    until = time.monotonic() + WITHIN
    with closing(sqlite3.connect(home / "evenhand.sqlite3")) as database:
        while (states := database.execute("SELECT state FROM evidence_blob").fetchall()) == [("held",)]:
            assert time.monotonic() < until
            time.sleep(0.1)
    assert (states, len(list((home / "evidence").iterdir()))) == ([("clean",)], 3)
    assert service.stop(signal.SIGTERM) == (0, "Stopping.\n", "")


def test_a_service_killed_outright_leaves_nothing_running(service):
    service.address()
    children = service.children()
    service.process.kill()
    assert _are_gone(children)


def test_a_port_in_use_is_one_plain_line(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = Service(home, "--port", str(port)).ended()
    where = f"evenhand: Nothing can listen on 127.0.0.1:{port} (Address already in use): "
    says = f"{where}stop what is there, or name another with --port.\n"
    assert (code, out, err) == (2, "", says)


def test_a_home_that_cannot_be_made_is_one_plain_line(tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = Service(tmp_path / "file" / "home", "--port", "0").ended()
    what = f"evenhand: EVENHAND_HOME is {tmp_path}/file/home, which cannot be made (Not a directory); "
    says = f"{what}name a folder you may write to.\n"
    assert (code, out, err) == (2, "", says)
