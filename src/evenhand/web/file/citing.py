"""The clauses that one page cites: a button for each mention, and the words once for all of them.

A page of a case may cite a clause fifty times: its words stand once on the page, and every button opens the same ones.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from evenhand.policy.edition import Edition
from evenhand.web.showing import clause_words

BUTTON = Markup('<button type="button" class="eh-clause" popovertarget="{id}" title="{words}">{label}</button>')
WORDS = Markup(
    '<div class="eh-clause__words eh-cited" popover id="{id}"><strong>{heading}</strong> {words} {link}</div>'
)
LINK = Markup('<a class="govuk-link" href="{href}">Read it in the policy</a>')


class Cited:
    """Cites clauses of an edition on one page, and knows which."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._numbers: dict[str, None] = {}

    def __call__(self, number: str) -> Markup:
        """A clause where it is cited: its number, which shows its words by hover, tap and key."""
        if not number:
            return Markup("")
        self._numbers[number] = None
        return _button(number, self._edition)

    @property
    def words(self) -> Markup:
        """The words of every clause cited so far: hidden until asked for, and listed in print."""
        return Markup("").join(_words(number, self._edition) for number in sorted(self._numbers))


@lru_cache(maxsize=4_000)
def _button(number: str, edition: Edition) -> Markup:
    found = clause_words(number, edition)
    return BUTTON.format(id=_id(number), words=found.words, label=found.label)


@lru_cache(maxsize=4_000)
def _words(number: str, edition: Edition) -> Markup:
    found = clause_words(number, edition)
    link = LINK.format(href=found.href) if found.href else ""
    return WORDS.format(id=_id(number), heading=found.heading, words=found.words, link=link)


def _id(number: str) -> str:
    return "cited-" + "".join(letter if letter.isalnum() else "-" for letter in number)
