"""A real browser at a real server: Debian's Chromium on pages served from a fresh database on the loopback address."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as in_force
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from evenhand.demo.customers import Size
from evenhand.demo.loading import load_demo
from tests.desk import Desk, desk
from tests.postgres import serving

__all__ = ["desk"]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
AXE = ROOT / ".venv" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE, NARROWEST = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The Monday morning on which browsers open the demonstration landlord."""
ENOUGH = Size(homes=900, joint=260, household=120, applicants=90)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pages go through the core so often that measuring them would only slow them down."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("unmeasured")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The session's browser. Playwright keeps an event loop in this thread, which Django would take for a mistake."""
    if CHROMIUM is None:
        pytest.skip("no Chromium found; as root: apt-get install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as set-up fetched it."""
    return AXE.read_text(encoding="utf-8")


class Quiet(WSGIRequestHandler):
    """Says nothing of each request, nor of a browser that left before the answer came."""

    def log_message(self, format: str, *parts: Any) -> None:  # noqa: A002 - the name that the base class gives it
        pass


@dataclass
class Site:
    """A running site with its browser; every page it opens is closed with it."""

    address: str
    browser: Browser
    desk: Desk
    contexts: list[BrowserContext]
    complaints: list[str]

    def open(self, who: str = "", **options: Any) -> Page:
        """A page of a browser of its own, signed in as `who`."""
        context = self.browser.new_context(base_url=self.address, **{"viewport": DESKTOP, **options})
        self.contexts.append(context)
        if who:
            cookies = self.desk.client(who).cookies
            context.add_cookies([{"name": c.key, "value": c.value, "url": self.address} for c in cookies.values()])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _listen(self, said: ConsoleMessage) -> None:
        # A refusal or a form sent back is an answer with an error's status, and the browser says so of each.
        if said.type == "error" and "the server responded with a status of 4" not in said.text:
            self.complaints.append(said.text)


@pytest.fixture
def site(chromium: Browser, desk: Desk) -> Iterator[Site]:
    """The small landlord's desk, served."""
    with serving_to(chromium, desk) as made:
        yield made


@pytest.fixture(scope="session")
def demo_home(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A home with the demonstration landlord in it, to copy."""
    home = _copied(migrated_sqlite.parent, tmp_path_factory.mktemp("demonstration"))
    with django_db_blocker.unblock(), serving("", home), time_machine.travel(TODAY):
        load_demo(TODAY.date(), size=ENOUGH)
        for alias in ("default", "looks"):
            connections[alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture(scope="module")
def demo(
    chromium: Browser, demo_home: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Site]:
    """The demonstration landlord, served to all tests of a module, which only look round."""
    home = _copied(demo_home, tmp_path_factory.mktemp("demo"))
    sealed = {**in_force.STORAGES["evidence"], "OPTIONS": {"location": home / "evidence"}}
    kept = override_settings(STORAGES={**in_force.STORAGES, "evidence": sealed})
    in_place = (django_db_blocker.unblock(), serving("", home), kept, time_machine.travel(TODAY))
    with ExitStack() as stack:
        for one in in_place:
            stack.enter_context(one)
        yield stack.enter_context(serving_to(chromium, Desk()))


def _copied(template: Path, home: Path) -> Path:
    for name in ("evenhand.sqlite3", "looks.sqlite3"):
        shutil.copy(template / name, home)
    return home


@contextmanager
def serving_to(chromium: Browser, desk: Desk) -> Iterator[Site]:
    """Serves whatever database is in force until the test is done, and closes every page that was opened."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    made = Site(f"http://localhost:{server.server_port}", chromium, desk, [], [])
    yield made
    for context in made.contexts:
        context.close()
    server.shutdown()
    thread.join()
    server.server_close()
