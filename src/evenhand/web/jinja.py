"""The template environment: strict, so that a misspelt name fails loudly, and everything escaped."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from evenhand.casework.wording import listed, plain_day
from evenhand.policy.clock import LONDON
from evenhand.web.navigation import places
from evenhand.web.showing import clause_words, finding_kind, fresh_id, status_words


@lru_cache(maxsize=5_000)
def url(name: str, *parts: Any) -> str:
    """The path of a named page; remembered, because finding it costs more than most of what stands around it."""
    return reverse(name, args=parts)


@lru_cache(maxsize=500)
def served_at(path: str) -> str:
    """The address of a static file; remembered, because what is built changes only with the software."""
    return static(path)


def moment(at: datetime) -> str:
    """An instant by the clock in London: '6 August 2021 at 14:30'."""
    local = at.astimezone(LONDON)
    return f"{plain_day(local.date())} at {local:%H:%M}"


def environment(**options: Any) -> Environment:
    """Called by Django with its settings' options."""
    made = Environment(  # noqa: S701 - escapes everything: it is said in the next line
        **{**options, "undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals |= {
        "static": served_at,
        "url": url,
        "places": places,
        "clause_words": clause_words,
        "finding_kind": finding_kind,
        "status_words": status_words,
        "fresh_id": fresh_id,
        "version": version("evenhand"),
    }
    made.filters |= {"day": plain_day, "listed": listed, "moment": moment}
    return made
