"""Which ways of reaching us a measure leaves open, and which of them a person can really use (clauses 6.1 and 6.2)."""

from collections.abc import Container

from evenhand.casework.steps.decision import Terms
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Need

THIRD_PARTY = "third_party"
"""The channel on which an agency or a representative speaks."""
OFFICE_VISIT = "office_visit"
"""The channel on which a person comes to one of our offices."""


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


def open_routes(edition: Edition, terms: Terms, shut: Container[str], *, represented: bool = False) -> list[str]:
    """The channels left open that the person can use; `shut` holds those that a need of theirs rules out.

    `represented` says whether somebody is named who may speak for them.
    """
    return [code for code in left_open(edition, terms) if code not in shut and _leads_in(code, terms, represented)]


def _leads_in(channel: str, terms: Terms, represented: bool) -> bool:
    """Whether the other terms leave a channel of use: through an agency alone, and not by a door that is shut."""
    if channel == THIRD_PARTY:
        return terms.agency_agreed or represented
    if terms.agency:
        return False
    return channel != OFFICE_VISIT or not (terms.offices or terms.appointment_only)


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
