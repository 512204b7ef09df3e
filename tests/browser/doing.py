"""What somebody does at a page: opens a step that the page offers, fills its form in, sends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from playwright.sync_api import Locator, Page, expect

Typed = str | bool | date | Sequence[str]
"""What goes into a field: words, a tick, a day, or the values of what is chosen; '*' is the first that is offered."""
RECORDED = re.compile(r"\?recorded=")


def take(page: Page, step: str, **typed: Typed) -> None:
    """Takes a step that the open file's page offers. Fails where it is not offered or not recorded."""
    begin(page, step)
    fill(page, **typed)
    press(page, "take")
    page.wait_for_url(RECORDED)


def take_all_the_same(page: Page, step: str, warns: str, **typed: Typed) -> None:
    """Takes a step whose page first shows a warning with these words."""
    begin(page, step)
    fill(page, **typed)
    press(page, "take")
    expect(page).to_have_title(re.compile("^Not recorded yet: "))
    expect(page.get_by_role("alert")).to_contain_text(warns)
    page.get_by_role("button", name="Record it as it is").click()
    page.wait_for_url(RECORDED)


def begin(page: Page, step: str) -> None:
    """Opens a step from the page of a file."""
    unfold(page)
    page.locator(f"main a[href*='/do/{step}/']").first.click()
    page.wait_for_url(re.compile(f"/do/{step}/"))


def back_at(page: Page, step: str) -> None:
    """Waits for the form of the step from which somebody left to take another."""
    page.wait_for_url(re.compile(f"/do/{step}/$"))


def press(page: Page, act: str) -> None:
    """Presses a button of a step's form: `take`, `check` or `keep`."""
    page.locator(f"main #form button.govuk-button[name=act][value={act}]").click()


def fill(page: Page, **typed: Typed) -> None:
    """Fills fields in by their names; a dot in a name is written `__`."""
    unfold(page)
    for name, value in typed.items():
        _fill(page.locator("#form"), name.replace("__", "."), value)


def unfold(page: Page) -> None:
    """Lays open all that is folded on a page, as somebody would by pressing it."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")


def _fill(form: Locator, name: str, value: Typed) -> None:
    if isinstance(value, date):
        for part, number in (("day", value.day), ("month", value.month), ("year", value.year)):
            form.locator(f"[name='{name}-{part}']").fill(str(number))
        return
    wanted = ["yes"] if value is True else [value] if isinstance(value, str) else [*value] if value else []
    field = form.locator(f"[name='{name}']:not([type=hidden])")
    match field.first.evaluate("one => one.type"):
        case "radio" | "checkbox":
            for one in wanted:
                field.locator("nth=0" if one == "*" else f"xpath=self::*[@value='{one}']").check()
        case "select-one":
            if wanted == ["*"]:
                field.select_option(index=1)
            else:
                field.select_option(wanted)
        case _:
            for box, text in zip(field.all(), wanted, strict=False):
                box.fill(text)


def says_wrong(page: Page) -> None:
    """Waits for the page that says that something is wrong, as its title must (a click does not wait for it)."""
    expect(page).to_have_title(re.compile("^Error: "))
