"""What a test looks for on a page as a person would: that nobody is shut out, and that nothing runs off the side."""

from __future__ import annotations

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
WIDER = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                   && !one.closest('[data-scrolls]') && getComputedStyle(one).position !== 'fixed'
                   && !one.closest('.govuk-visually-hidden') && !one.classList.contains('govuk-skip-link'))
    .map(one => one.tagName.toLowerCase() + '.' + one.className)"""


def shut_out(page: Page, axe: str) -> list[str]:
    """Each rule of WCAG 2.2 AA that the page breaks, with the elements that break it."""
    page.evaluate(axe)
    found = page.evaluate(RUN, RULES)["violations"]
    return [f"{one['id']}: {', '.join(str(node['target'][0]) for node in one['nodes'])}" for one in found]


def runs_off(page: Page) -> list[str]:
    """Elements wider than the screen, but for those inside a region that scrolls by itself; and the page as a whole."""
    whole = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*page.evaluate(WIDER), *([f"the page by {whole} px"] if whole > 0 else [])]
