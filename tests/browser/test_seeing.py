"""The two looks themselves: each must find a fault that was planted before it may say that there is none."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.reading import runs_off, shut_out

PLANTED = """<!doctype html><html lang="en"><head><title>Planted</title></head>
<body><main><h1>Planted</h1><img src="data:,"><div style="width:671px">wide</div></main></body></html>"""
SOUND = """<!doctype html><html lang="en"><head><title>Sound</title></head>
<body><main><h1>Sound</h1></main></body></html>"""


def test_axe_finds_a_planted_fault(chromium: Browser, axe: str):
    page = chromium.new_page()
    page.set_content(PLANTED)
    assert shut_out(page, axe) == ["image-alt: img"]
    page.set_content(SOUND)
    assert shut_out(page, axe) == []
    page.close()


def test_a_page_that_runs_off_the_side_is_found(chromium: Browser):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.set_content(PLANTED)
    assert runs_off(page) == ["div.", "the page by 359 px"]
    page.set_content(SOUND)
    assert runs_off(page) == []
    page.close()
