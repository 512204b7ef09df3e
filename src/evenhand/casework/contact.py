"""May this person use this channel, now, about this topic, and why: a restriction as a machine obeys it.

Essential access comes first (clause 6.1): no restriction closes an emergency, and no essential subject is ever left
without a way that this person can really use. Everything else is limited as the terms of every live measure say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from evenhand.casework.access import THIRD_PARTY, left_open, open_routes
from evenhand.casework.person import PersonView
from evenhand.casework.registers import Registers
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.base import said
from evenhand.casework.steps.casefacts import RecordContact
from evenhand.casework.steps.decision import Terms
from evenhand.casework.steps.person import RecordChange
from evenhand.casework.wording import listed
from evenhand.policy.clock import LONDON, london_day
from evenhand.policy.edition import Edition
from evenhand.policy.findings import Citation, Decision, Effect, Finding, Verdict, met, not_met, unknown
from evenhand.policy.shapes import Kind

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)


@dataclass(frozen=True)
class Attempt:
    """One contact that somebody wants to make; `topic` is '' where none is named."""

    view: PersonView
    channel: str
    topic: str
    at: datetime
    edition: Edition
    registers: Registers
    to: str = ""

    @property
    def day(self) -> date:
        return london_day(self.at)

    @cached_property
    def live(self) -> list[tuple[Sanction, Terms]]:
        """Every measure that restrains the person now and says anything about contact, with its terms as they bite."""
        measures = (s for s in self.view.live_sanctions(self.day) if s.live_on(self.day) and s.terms != Terms())
        return [(sanction, _without_lost_agency(sanction, self.view)) for sanction in measures]

    @property
    def closing(self) -> list[Terms]:
        """The terms that can close a channel: those of measures that reach all of us."""
        return [terms for _, terms in self.live if terms.reach == "organisation"]

    @property
    def is_call_at_office(self) -> bool:
        """Whether the person would come to us."""
        rule = self.edition.channels.get(self.channel)
        return rule is not None and rule.inbound and self.channel in self.edition.settings.face_to_face_channels

    @cached_property
    def shut(self) -> dict[str, str]:
        return self.view.shut_channels({name: need.shuts for name, need in self.edition.needs.items()})

    @cached_property
    def routes(self) -> list[str]:
        """The channels that every measure reaching all of us leaves open, and that this person can use."""
        represented = bool(self.view.file.representatives_on(self.day))
        usable = [open_routes(self.edition, terms, self.shut, represented=represented) for terms in self.closing]
        return [channel for channel in self.edition.channels if all(channel in routes for routes in usable)]

    @property
    def clause(self) -> str:
        """The clause of the edition's restrictions, for saying that none is in the way."""
        rules = self.edition.remedies.values()
        return next((rule.clause for rule in rules if rule.kind is Kind.RESTRICTION), self.edition.scope.clause)


def _without_lost_agency(sanction: Sanction, view: PersonView) -> Terms:
    """The terms of a measure, without an agency that withdrew after they were set."""
    terms = sanction.terms
    set_at = max(entry.recorded_at for entry in sanction.trail if said(entry.data, "terms") or entry is sanction.made)
    left = (
        e.data.agency
        for e in view.file.all(RecordChange)
        if e.data.change == "agency_withdrew" and e.recorded_at > set_at
    )
    if terms.agency and any(agency in (None, terms.agency) for agency in left):
        return terms.model_copy(update={"agency": None, "agency_agreed": False})
    return terms


def contact(
    view: PersonView,
    channel: str,
    topic: str | None,
    at: datetime,
    edition: Edition,
    registers: Registers | None = None,
    to: str | None = None,
) -> Decision:
    """Every finding on one contact at an instant: allowed unless a live measure stands in the way.

    `to` names the person, team or service it goes to; a measure that reaches only one of them limits nothing else.
    """
    attempt = Attempt(view, channel, topic or "", at, edition, registers or Registers(), to or "")
    return Decision("contact", tuple(_findings(attempt)) or (_free(attempt),))


def _free(attempt: Attempt) -> Finding:
    return _finding(attempt, "restriction_allows", attempt.clause, met("No restriction is in force."))


def _findings(attempt: Attempt) -> Iterator[Finding]:
    rule = attempt.edition.topics.get(attempt.topic)
    if rule is not None and rule.every_channel:
        verdict = met(f"{rule.title}: every way of reaching us is open, always.")
        yield _finding(attempt, "essential_access", rule.clause, verdict)
    elif rule is not None and attempt.topic in attempt.edition.essential_topics:
        yield _finding(attempt, "essential_access", rule.clause, _essential(attempt, rule.title))
    else:
        for sanction, terms in attempt.live:
            remedy = attempt.edition.remedies.get(sanction.measure.remedy or "")
            clause = remedy.clause if remedy else attempt.clause
            yield _finding(attempt, "restriction_allows", clause, _allows(attempt, terms))


def _finding(attempt: Attempt, check: str, clause: str, verdict: Verdict) -> Finding:
    return Finding(check, Citation(attempt.edition.id, clause), Effect.STOP, verdict)


def _essential(attempt: Attempt, title: str) -> Verdict:
    """Limits of number, time and subject never apply here; a closed channel does while another way is really open."""
    if all(_is_open(attempt, terms) for terms in attempt.closing):
        return met(f"{title}: this is essential, and no limit on it applies.")
    if not attempt.routes:
        return met(f"{title}: this is essential, and there is no other way that this person can use.")
    ways = listed((attempt.edition.channels[route].title.lower() for route in attempt.routes), "or")
    return not_met(f"{title}: please use {ways}. Anything that reaches us another way is read and passed on.")


Limit = Callable[[Attempt, Terms], str]
"""Why the terms stand in the way of a contact, or ''."""


def _allows(attempt: Attempt, terms: Terms) -> Verdict:
    if terms.reach != "organisation" and not _reaches(attempt, terms):
        return met(f"The restriction reaches only {terms.reach_name or f'one {terms.reach}'}.")
    against = [why for limit in LIMITS if (why := limit(attempt, terms))]
    if against:
        return not_met(" ".join(against))
    if terms.offices and attempt.is_call_at_office and not attempt.to:
        return unknown(f"Any office but these: {listed(terms.offices)}.")
    if _is_wall(attempt, terms):
        return met("No way in is left that this person can use: none is closed to them until that is put right.")
    if terms.named_contact:
        deputy = f", or {attempt.registers.name(terms.deputy)} in their absence" if terms.deputy else ""
        return met(f"Within the restriction. It goes to {attempt.registers.name(terms.named_contact)}{deputy}.")
    return met("Within the restriction.")


def _reaches(attempt: Attempt, terms: Terms) -> bool:
    """Whether a measure that does not reach all of us reaches whom, or what, this contact is for."""
    asked = attempt.topic if terms.reach == "subject" else attempt.to
    return bool(asked) and asked == terms.reach_name


def _is_open(attempt: Attempt, terms: Terms) -> bool:
    """Only ways that people choose to reach us can be closed: nobody is turned away in passing."""
    rule = attempt.edition.channels.get(attempt.channel)
    return attempt.channel in left_open(attempt.edition, terms) or (rule is not None and not rule.inbound)


def _is_wall(attempt: Attempt, terms: Terms) -> bool:
    """Whether the measures leave no way in that this person can use: then none closes any (clause 6.2)."""
    return terms.reach == "organisation" and not attempt.routes


def _channel(attempt: Attempt, terms: Terms) -> str:
    if _is_open(attempt, terms) or _is_wall(attempt, terms):
        return ""
    ways = [attempt.edition.channels[way].title.lower() for way in attempt.routes]
    return f"This way of reaching us is closed.{f' Open are: {listed(ways)}.' if ways else ''}"


def _days(attempt: Attempt, terms: Terms) -> str:
    if not terms.days or WEEKDAYS[attempt.day.weekday()] in terms.days:
        return ""
    return f"Contact is on {listed(DAY_NAMES[day] for day in terms.days)} only."


def _hours(attempt: Attempt, terms: Terms) -> str:
    now = attempt.at.astimezone(LONDON).time()
    if (terms.from_time is None or terms.from_time <= now) and (terms.to_time is None or now <= terms.to_time):
        return ""
    from_time = f" from {terms.from_time:%H:%M}" if terms.from_time else ""
    return f"Contact is{from_time}{f' until {terms.to_time:%H:%M}' if terms.to_time else ''} only."


def _times(attempt: Attempt, terms: Terms) -> str:
    if terms.times_a_week is None or _this_week(attempt) < terms.times_a_week:
        return ""
    allowed = "one contact has" if terms.times_a_week == 1 else f"{terms.times_a_week} contacts have"
    return f"This week's {allowed} been used."


def _this_week(attempt: Attempt) -> int:
    """What came in from the person in the same week, from Monday, about anything not essential."""
    week = attempt.day.isocalendar()[:2]
    made = (entry for file in attempt.view.files.values() for entry in file.all(RecordContact))
    return sum(
        entry.data.count
        for entry in made
        if entry.data.direction == "in"
        and (entry.data.contact_on or entry.taken_on).isocalendar()[:2] == week
        and not _is_essential(attempt, entry.data.topic)
    )


def _is_essential(attempt: Attempt, topic: str | None) -> bool:
    return topic in attempt.edition.essential_topics


def _appointment(attempt: Attempt, terms: Terms) -> str:
    wanted = terms.appointment_only and attempt.is_call_at_office
    return "This is by appointment only: make one first." if wanted else ""


def _office(attempt: Attempt, terms: Terms) -> str:
    closed = {office.casefold() for office in terms.offices} if attempt.is_call_at_office else set()
    return f"{attempt.to} is closed to them." if attempt.to.casefold() in closed else ""


def _topic(attempt: Attempt, terms: Terms) -> str:
    if attempt.topic not in terms.topics_closed:
        return ""
    return f"{attempt.edition.topics[attempt.topic].title}: we no longer answer on this."


def _agency(attempt: Attempt, terms: Terms) -> str:
    if not terms.agency or attempt.channel == THIRD_PARTY or _is_wall(attempt, terms):
        return ""
    return f"Contact goes through {terms.agency}."


LIMITS: tuple[Limit, ...] = (_channel, _days, _hours, _times, _appointment, _office, _topic, _agency)
