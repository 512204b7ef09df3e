"""Pages over real HTTP: one client and eight, each page by turns with a bare one, so that a busy machine slows both."""

import http.client
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.serving import Landlord, served

ROUNDS, WARM, CLIENTS, SECONDS = 100, 10, 8, 3.0
GROWTH_BAR = 1.2


@dataclass(frozen=True)
class Page:
    """One page to ask for: how, and how many times a bare page it may take."""

    what: str
    ask: Callable[["Browser"], bytes]
    bar: float


class Browser:
    """One kept-alive connection, signed in. Raises `AssertionError` for an answer other than asked for."""

    def __init__(self, port: int, cookie: str, number: int) -> None:
        self.number = number
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


def pages(landlord: Landlord) -> list[Page]:
    short, long, surname = landlord["short"], landlord["long"], urlencode({"q": landlord["surname"]})
    people = cycle(landlord["subjects"])
    opened = {"breakdown": "Calls every evening.", "tried_first": "Two talks.", "colleague": "priya"}

    def note(browser: Browser) -> bytes:
        case = landlord[f"noted {browser.number}"]
        return browser.post(f"/case/{case}/do/add_note/", text="Called back; the repair is booked.")

    return [
        Page("case page, 20 entries", lambda browser: browser.get(f"/case/{short}/"), 3.5),
        Page("case page, 100 entries, 25 shown", lambda browser: browser.get(f"/case/{long}/"), 4.5),
        Page("my open cases", lambda browser: browser.get("/cases/"), 3.0),
        Page("search a surname", lambda browser: browser.get(f"/search/?{surname}"), 3.0),
        Page("create a case", lambda browser: browser.post("/case/new/", subject=next(people), **opened), 4.0),
        Page("add a note", note, 4.0),
    ]


HELLO = Page("hello, behind the same middleware", lambda browser: browser.get("/hello/"), 1.0)


def measures(sizes: list[int], databases: list[str], kept: Path | None) -> Iterator[str]:
    """Every line of the table, each as soon as it is known."""
    for database in databases:
        before: dict[str, float] = {}
        for cases in sizes:
            yield f"Over HTTP on {database}, {cases:,} cases: p50 with one client, answers a second with {CLIENTS}"
            with served(database, cases, kept) as (port, landlord):
                yield from table(port, landlord, before)


def table(port: int, landlord: Landlord, before: dict[str, float]) -> Iterator[str]:
    """A line for each page; `before` holds what each took at the smaller size, by a bare page's time."""
    cookie = landlord["cookie"]
    yield f"  {HELLO.what:36}{_by_turns(HELLO, port, cookie)[1]:9.2f} ms {_together(HELLO, port, cookie):8.0f}/s"
    for page in pages(landlord):
        bare, taken = _by_turns(page, port, cookie)
        ratio = taken / bare
        grown = f"{ratio / before[page.what]:6.2f} x (at most {GROWTH_BAR})" if page.what in before else ""
        before[page.what] = ratio
        said = f"{ratio:6.1f} x hello (at most {page.bar})"
        yield f"  {page.what:36}{taken:9.2f} ms {_together(page, port, cookie):8.0f}/s{said}{grown}"


def _by_turns(page: Page, port: int, cookie: str) -> tuple[float, float]:
    """Milliseconds of the middle one of many answers: of a bare page, and of this one, asked for in between."""
    with closing(Browser(port, cookie, CLIENTS)) as browser:
        for _ in range(WARM):
            _timed(page, browser)
        took = [(_timed(HELLO, browser), _timed(page, browser)) for _ in range(ROUNDS)]
    return median(bare for bare, _ in took), median(taken for _, taken in took)


def _timed(page: Page, browser: Browser) -> float:
    start = time.perf_counter()
    page.ask(browser)
    return (time.perf_counter() - start) * 1000


def _together(page: Page, port: int, cookie: str) -> float:
    """Answers a second with several clients at once."""
    until = time.perf_counter() + SECONDS

    def ask(number: int) -> int:
        counted = 0
        with closing(Browser(port, cookie, number)) as browser:
            while time.perf_counter() < until:
                page.ask(browser)
                counted += 1
        return counted

    with ThreadPoolExecutor(CLIENTS) as clients:
        return sum(clients.map(ask, range(CLIENTS))) / SECONDS
