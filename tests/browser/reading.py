"""What a test looks for on a page as a person would: that nobody is shut out, and that nothing runs off the side."""

from __future__ import annotations

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
SPACE = """() => {
    const wider = new CSSStyleSheet();
    wider.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [wider];
}"""
WIDER = """() => {
    const scrolls = one => one && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const hidden = one => one.closest('.govuk-visually-hidden, .govuk-skip-link');
    return [...document.querySelectorAll('body *')]
        .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                       && getComputedStyle(one).position !== 'fixed' && !hidden(one) && !scrolls(one.parentElement))
        .map(one => one.tagName.toLowerCase() + '.' + one.className);
}"""
CUT = """() => [...document.querySelectorAll('body *')]
    .filter(one => /hidden|clip/.test(getComputedStyle(one).overflow) && one.clientWidth > 1
                   && !one.closest('.govuk-visually-hidden, svg, input, textarea')
                   && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2))
    .map(one => one.tagName.toLowerCase() + '.' + one.className)"""


def shut_out(page: Page, axe: str) -> list[str]:
    """Each rule of WCAG 2.2 AA that the page breaks, folded parts laid open, with the elements that break it."""
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    found = page.evaluate(RUN, RULES)["violations"]
    return [f"{one['id']}: {', '.join(str(node['target'][0]) for node in one['nodes'])}" for one in found]


def runs_off(page: Page) -> list[str]:
    """Elements wider than the screen, but for those inside a part that scrolls by itself; and the page as a whole."""
    whole = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*page.evaluate(WIDER), *([f"the page by {whole} px"] if whole > 0 else [])]


def cut_off(page: Page) -> list[str]:
    """What runs off, or loses words, when somebody sets text as far apart as WCAG 1.4.12 lets them."""
    page.evaluate(SPACE)
    return [*runs_off(page), *page.evaluate(CUT)]
