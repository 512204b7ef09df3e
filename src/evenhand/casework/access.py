"""Which ways of reaching us a measure leaves open, and which of them a person can really use (clauses 6.1 and 6.2)."""

from collections.abc import Container

from evenhand.casework.steps.decision import Terms
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Need


def left_open(edition: Edition, terms: Terms) -> list[str]:
    """The channels on which the terms let a person come to us, in the edition's order.

    Channels that the terms name as open are the only ones; where they name none, all stay open but those they close.
    """
    named = terms.channels_open or edition.channels
    return [
        code
        for code, channel in edition.channels.items()
        if channel.inbound and code in named and code not in terms.channels_closed
    ]


def open_routes(edition: Edition, terms: Terms, shut: Container[str]) -> list[str]:
    """The channels left open that the person can use; `shut` holds those that a need of theirs rules out."""
    return [code for code in left_open(edition, terms) if code not in shut]


def can_use(edition: Edition, need: Need, how: str | None, written_as: str | None) -> bool:
    """Whether somebody with a need can take in what we send them `how` and `written_as` a format.

    Where every written way in is shut, it is writing to us that is hard: a letter to them is no trouble. A format that
    meets the need makes up for a letter as such: Braille comes by post.
    """
    if need.formats and written_as not in need.formats:
        return False
    if how is None or how not in need.shuts:
        return True
    writing = {code for code, channel in edition.channels.items() if channel.written and channel.inbound}
    return edition.channels[how].written and (bool(need.formats) or writing <= {*need.shuts})
