"""Every page as everybody who may open it: nobody shut out, nothing off the side, no complaint of the browser."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client

from tests.browser.conftest import NARROWEST, Site
from tests.browser.places import ROLES, furnish, places
from tests.browser.reading import runs_off, shut_out

UNLIKE = re.compile(rb'csrfmiddlewaretoken" value="[^"]*"|name="(?:key|expected|file)" value="[^"]*"')


@pytest.fixture(scope="module")
def furnished(demo):
    furnish(demo.desk)
    return demo


@pytest.fixture(scope="module")
def looked_at():
    return set()


@pytest.mark.parametrize("who", ROLES)
def test_page(furnished, axe, who, looked_at):
    desk = furnished.desk
    browser = desk.client(who)
    page = furnished.open(who, viewport=NARROWEST)
    faults = []
    n = 0
    T = [0, 0, 0]
    for name, path in places():
        t = time.time()
        answer = browser.get(path, follow=True)
        T[0] += time.time() - t
        body = UNLIKE.sub(b"", answer.content)
        body = body[body.find(b'<div class="eh-page"') :]
        if answer.get("Content-Type", "").partition(";")[0] != "text/html" or body in looked_at:
            continue
        looked_at.add(body)
        n += 1
        t = time.time()
        page.goto(path)
        T[1] += time.time() - t
        t = time.time()
        try:
            for f in shut_out(page, axe):
                faults.append(f"{who} {path} {answer.status_code} axe {f}")
            for f in runs_off(page):
                faults.append(f"{who} {path} wide {f}")
        except Exception as e:
            faults.append(f"{who} {path} EXC {str(e)[:300]}")
        T[2] += time.time() - t
        for c in furnished.complaints:
            faults.append(f"{who} {path} console {c}")
        furnished.complaints.clear()
    print(who, n, T)
    assert faults == []
