"""`make screenshots`: the pictures of the README, of the demonstration landlord as it stands on one Monday morning."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Page, sync_playwright

COLOURS = 192
LARGEST = 150_000  # bytes


def main(folder: Path) -> int:
    """Draws every picture into a folder and says how large each is; 1 where one is too large for a README."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {name: _kept(shot, folder / f"{name}.png") for name, shot in _shots()}
    for name, size in sizes.items():
        print(f"{folder / name}.png  {size // 1000} kB")
    return int(max(sizes.values()) > LARGEST)


def _kept(shot: bytes, path: Path) -> int:
    """Writes a picture in as few colours as do it justice; its size in bytes."""
    few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path.stat().st_size


def _shots() -> list[tuple[str, bytes]]:
    """Serves the landlord and takes each picture."""
    # Imported once Django is set up: all of it reads models.
    import time_machine  # noqa: PLC0415 - see above

    from evenhand.databases import migrate  # noqa: PLC0415 - see above
    from evenhand.demo.loading import load_demo  # noqa: PLC0415 - see above
    from tests.browser.conftest import CHROMIUM, DESKTOP, PHONE, QUIET, TODAY, serving_to  # noqa: PLC0415 - see above
    from tests.desk import Desk  # noqa: PLC0415 - see above
    from tests.postgres import serving  # noqa: PLC0415 - see above

    with tempfile.TemporaryDirectory() as home, serving("", Path(home)), time_machine.travel(TODAY):
        migrate()
        load_demo(TODAY.date())
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
            with serving_to(browser, Desk()) as site:
                views = {"phone": PHONE, "desktop": DESKTOP}
                return [(name, draw(site.open(who, viewport=views[view]))) for name, who, view, draw in PICTURES]


def _home(page: Page) -> bytes:
    page.goto("/")
    return page.screenshot()


def _report(page: Page) -> bytes:
    page.goto("/report/who/")
    page.get_by_label("Find them").fill("heron court")
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator("button[value^='person ']").first.click()
    page.get_by_label("What happened").fill("She was upset about the lift and shouted at me until I left.")
    page.get_by_label("Today").check()
    return page.screenshot()


def _case(page: Page) -> bytes:
    page.goto("/cases/?state=endorsed&sort=last")
    page.locator("main tbody a[href^='/case/']").first.click()
    return page.screenshot()


def _refusal(page: Page) -> bytes:
    page.goto("/cases/?state=endorsed&sort=last")
    page.locator("main tbody a[href^='/case/']").first.click()
    page.goto(page.url + "do/propose_sanction/")
    page.locator("[name=remedy]").first.select_option("warning_letter")
    page.locator("main button[value=take]").click()
    return page.screenshot()


def _proposing(page: Page) -> bytes:
    page.goto("/cases/?state=endorsed&sort=last")
    page.locator("main tbody a[href^='/case/']").first.click()
    page.goto(page.url + "do/propose_sanction/")
    return page.screenshot()


def _policy(page: Page) -> bytes:
    page.goto("/policy/")
    return page.screenshot()


PICTURES: list[tuple[str, str, str, Callable[[Page], bytes]]] = [
    ("home", "mina", "desktop", _home),
    ("report", "priya", "phone", _report),
    ("case", "tom", "desktop", _case),
    ("refusal", "tom", "desktop", _refusal),
    ("propose", "tom", "desktop", _proposing),
    ("policy", "paul", "desktop", _policy),
]
"""Each picture's name, whose it is, on what, and how it comes about."""

if __name__ == "__main__":
    sys.exit(main(Path("docs/pictures")))
