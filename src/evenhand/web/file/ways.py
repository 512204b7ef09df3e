"""How somebody may safely be reached, and in which language and format, as the registers have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.cases.seeing import Viewer
from evenhand.casework.registers import Registers
from evenhand.people.models import Customer, SafeContact
from evenhand.policy.edition import Edition
from evenhand.web.steps.titles import code_title


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody may safely be reached; `language` and `format` are '' where nothing is said of them."""

    language: str = ""
    format: str = ""
    email: str = ""
    rules: tuple[tuple[str, str, str], ...] = ()
    """Rule, channel and note of each."""

    def is_unsafe(self, channel: str) -> bool:
        """Whether a channel is shut, or another is the only one."""
        only = {one for rule, one, _ in self.rules if rule == SafeContact.Rule.ONLY}
        never = {one for rule, one, _ in self.rules if rule == SafeContact.Rule.NEVER}
        return channel in never or bool(only and channel not in only)


def contact_words(edition: Edition, ways: Ways) -> Iterator[str]:
    """Safe contact first: getting it wrong may put somebody at risk."""
    yield from safe_contact(edition, ways)
    yield from [f"Speaks {ways.language}"] if ways.language else []
    yield from [code_title(edition, "formats", ways.format)] if ways.format else []


def safe_contact(edition: Edition, ways: Ways) -> Iterator[str]:
    """Each rule of safe contact in words."""
    for rule, channel, note in ways.rules:
        how = "Never by" if rule == SafeContact.Rule.NEVER else "Only by"
        why = f" ({note.rstrip('.')})" if note else ""
        yield f"{how} {code_title(edition, 'channels', channel).lower()}{why}"


def ways_of(who: str, viewer: Viewer) -> Ways:
    """How somebody may be reached; remembered until the registers change."""
    registers = viewer.registers
    if (known := _KEPT.get((id(registers), who))) and known[0] is registers:
        return known[1]
    ways = _read(who, viewer.day)
    if len(_KEPT) >= KEPT:
        _KEPT.clear()
    _KEPT[id(registers), who] = (registers, ways)
    return ways


KEPT = 5_000
_KEPT: dict[tuple[int, str], tuple[Registers, Ways]] = {}
"""By the registers they were read beside, which change with every change of the tables; held, so that no id returns."""


def _read(who: str, day: date) -> Ways:
    row = Customer.objects.filter(id=who).values_list("language", "format", "email").first()
    rules = SafeContact.objects.on(day).filter(customer=who).order_by("id")
    return Ways(*(row or ("", "", "")), rules=tuple(rules.values_list("rule", "channel", "note")))
