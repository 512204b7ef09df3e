"""Pages over real HTTP: two gunicorn workers, one client and eight, each page beside a bare one in the same run."""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

ROUNDS, CLIENTS, SECONDS = 60, 8, 3.0
STARTS_WITHIN = 30.0
GROWTH_BAR = 1.2


@dataclass(frozen=True)
class Page:
    """One page to ask for: how, and how many times a bare page it may take."""

    what: str
    ask: Callable[["Browser"], bytes]
    bar: float


class Browser:
    """One kept-alive connection, signed in. Raises `AssertionError` for an answer other than asked for."""

    def __init__(self, port: int, cookie: str) -> None:
        self._wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie}
        self._token = next(part.partition("=")[2] for part in cookie.split("; ") if part.startswith("csrftoken="))

    def get(self, path: str, status: int = 200) -> bytes:
        return self._answer("GET", path, None, status)

    def post(self, path: str, **typed: str) -> bytes:
        body = urlencode({"csrfmiddlewaretoken": self._token, "act": "take", "key": uuid4().hex, **typed})
        return self._answer("POST", path, body, 302)

    def _answer(self, method: str, path: str, body: str | None, status: int) -> bytes:
        sent = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"} if body else self._headers
        self._wire.request(method, path, body, sent)
        answer = self._wire.getresponse()
        read = answer.read()
        assert answer.status == status, f"{method} {path}: {answer.status} {read[:600].decode(errors='replace')}"
        return read

    def close(self) -> None:
        self._wire.close()


def pages(landlord: dict[str, str]) -> list[Page]:
    short, long = landlord["case of 20 entries"], landlord["case of 100 entries"]
    opened = {
        "subject": landlord["subject"],
        "breakdown": "Calls every evening.",
        "tried_first": "Two talks.",
        "colleague": "priya",
    }
    return [
        Page("case page, 20 entries", lambda b: b.get(f"/case/{short}/"), 3.5),
        Page("case page, 100 entries, 25 shown", lambda b: b.get(f"/case/{long}/"), 4.5),
        Page("my open cases", lambda b: b.get("/cases/"), 3.0),
        Page("search a surname", lambda b: b.get(f"/search/?{urlencode({'q': landlord['surname']})}"), 3.0),
        Page("create a case", lambda b: b.post("/case/new/", **opened), 4.0),
        Page("add a note", lambda b: b.post(f"/case/{short}/do/add_note/", text="Called back; booked."), 4.0),
    ]


HELLO = Page("hello, behind the same middleware", lambda browser: browser.get("/hello/"), 1.0)


def measures(sizes: list[int], databases: list[str]) -> Iterator[str]:
    """Every line of the table, each as soon as it is known."""
    for database in databases:
        before: dict[str, float] = {}
        for cases in sizes:
            yield f"Over HTTP on {database}, {cases:,} cases: p50 with one client, pages a second with {CLIENTS}"
            with _served(database, cases) as (port, landlord):
                yield from _table(port, landlord, before)


def _table(port: int, landlord: dict[str, str], before: dict[str, float]) -> Iterator[str]:
    bare = 0.0
    for page in [HELLO, *pages(landlord)]:
        alone, together = _alone(page, port, landlord["cookie"]), _together(page, port, landlord["cookie"])
        bare = bare or alone
        ratio = f"{alone / bare:5.1f} x hello (bar {page.bar:.1f})" if page is not HELLO else ""
        growth = (
            f"{alone / before[page.what]:5.2f} x the smaller size (bar {GROWTH_BAR})" if page.what in before else ""
        )
        before[page.what] = alone
        yield f"  {page.what:36}{alone:9.2f} ms {together:8.0f}/s  {ratio:28}{growth}"


def _alone(page: Page, port: int, cookie: str) -> float:
    """Milliseconds of the middle one of many answers, one after another."""
    with closing(Browser(port, cookie)) as browser:
        for _ in range(10):
            page.ask(browser)
        return median(_timed(page, browser) for _ in range(ROUNDS))


def _timed(page: Page, browser: Browser) -> float:
    start = time.perf_counter()
    page.ask(browser)
    return (time.perf_counter() - start) * 1000


def _together(page: Page, port: int, cookie: str) -> float:
    """Answers a second with several clients at once."""
    until, counted = time.perf_counter() + SECONDS, [0] * CLIENTS

    def ask(number: int) -> None:
        with closing(Browser(port, cookie)) as browser:
            while time.perf_counter() < until:
                page.ask(browser)
                counted[number] += 1

    threads = [threading.Thread(target=ask, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counted) / SECONDS


@contextmanager
def _served(database: str, cases: int) -> Iterator[tuple[int, dict[str, str]]]:
    """A landlord of a size, served from a home that goes when it is done."""
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as home, _database(database) as url:
        environment = {**os.environ, "EVENHAND_HOME": home, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        environment |= {"EVENHAND_DATABASE_URL": url}
        made = [sys.executable, "-m", "benchmarks.landlord", str(cases)]
        printed = subprocess.run(made, env=environment, check=True, stdout=subprocess.PIPE).stdout
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        serve = [sys.executable, "-m", "gunicorn", "evenhand.wsgi", "--workers=2", "--threads=4", "--log-level=error"]
        server = subprocess.Popen([*serve, f"--bind=127.0.0.1:{port}", "--keep-alive=30"], env=environment)
        try:
            _wait_for(port)
            yield port, json.loads(printed.splitlines()[-1])
        finally:
            server.terminate()
            server.wait(STARTS_WITHIN)


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@contextmanager
def _database(database: str) -> Iterator[str]:
    """The address of an empty database: none for SQLite, which makes its own in the home."""
    if database == "SQLite":
        yield ""
        return
    # The tests' own throw-away server; only this part needs it.
    from tests.postgres import Server, server_binaries  # noqa: PLC0415 - see above

    binaries = server_binaries()
    if binaries is None:
        raise SystemExit("bench: no PostgreSQL server here; as root: apt-get install postgresql")
    server = Server(binaries, durable=True)
    try:
        server.run("CREATE DATABASE bench")
        yield server.url("bench")
    finally:
        server.stop()
