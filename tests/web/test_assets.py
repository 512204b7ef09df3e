"""What browsers fetch: small, named by content, and nothing of a third party's in the repository."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

ROOT = Path(__file__).parents[2]
LIGHT = 100_000
"""Bytes of a page with everything it fetches, compressed."""


def fetched(page: str) -> list[str]:
    return sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)))


def weight(client: Client, path: str) -> int:
    """A page and all it fetches, the imports of its scripts included, as a browser gets them."""
    page = client.get(path).content
    names = fetched(page.decode())
    scripts = [name for name in names if name.endswith(".js")]
    for script in scripts:
        names += [f"{script.rpartition('/')[0]}/{name}" for name in re.findall(r'from "\./([^"]+)"', content(script))]
    return len(gzip.compress(page)) + sum(len(gzip.compress(content(name).encode())) for name in set(names))


def content(path: str) -> str:
    return (Path(settings.STATIC_ROOT) / path.removeprefix("/static/")).read_text()


def headers_of(client: Client, path: str) -> dict[str, str]:
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    answer.close()
    return dict(answer.items())


@pytest.mark.parametrize("path", ["/", "/gallery/", "/policy/", "/policy/guidance/", "/policy/diff/?b=new"])
def test_no_page_is_heavier_than_it_may_be(desk, path):
    assert weight(desk.client("pol"), path) < LIGHT


def test_every_file_of_a_page_is_named_by_its_content_and_kept_for_ever(desk):
    client = desk.client("olu")
    names = fetched(client.get("/gallery/").content.decode())
    kept = {headers_of(client, name)["Cache-Control"] for name in names}
    assert len(names) == 4
    assert [name for name in names if not re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", name)] == []
    assert kept == {"max-age=315360000, public, immutable"}


def test_a_stylesheet_is_sent_compressed_to_whoever_takes_it(desk):
    client = desk.client("olu")
    (sheet,) = (name for name in fetched(client.get("/gallery/").content.decode()) if name.endswith(".css"))
    assert headers_of(client, sheet)["Content-Encoding"] == "gzip"


def test_no_fonts_of_others_and_no_crown_are_served():
    names = [path.name for path in Path(settings.STATIC_ROOT).rglob("*") if path.is_file()]
    sheet = next((Path(settings.STATIC_ROOT) / "web" / "built").glob("evenhand.*.css")).read_text()
    assert [name for name in names if name.endswith((".woff", ".woff2", ".ttf"))] == []
    assert [word for word in ("GDS Transport", "@font-face", "crown", "url(") if word in sheet] == []


def test_nothing_that_set_up_builds_is_committed():
    listed = subprocess.run(["git", "ls-files", "src/evenhand/web"], cwd=ROOT, capture_output=True, text=True).stdout
    assert [name for name in listed.split() if "/served/" in name or "/built/" in name] == []


def test_the_lock_file_names_no_registry():
    assert '"resolved"' not in (ROOT / "src/evenhand/web/assets/package-lock.json").read_text()
