"""The person strip: who this is about, and what everybody who deals with them must know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from evenhand.cases.seeing import Viewer, people_seen
from evenhand.casework.flag import FlagFile
from evenhand.casework.person import PersonView
from evenhand.casework.registers import CustomerRecord
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.decision import Terms
from evenhand.casework.wording import listed
from evenhand.web.file.opening import Opened
from evenhand.web.file.ways import contact_words, ways_of
from evenhand.web.file.words import Said, measure_title, said_in
from evenhand.web.steps.known import NO_TENANCY
from evenhand.web.steps.titles import code_title


@dataclass(frozen=True, slots=True)
class Live:
    """A measure that restrains the person today; `case` is '' where the viewer may not know which case it is on."""

    title: str
    until: date | None
    review_by: date | None
    is_overdue: bool
    terms: tuple[Said, ...]
    case: str


@dataclass(frozen=True, slots=True)
class LiveFlag:
    """A flag that warns today, and what to do."""

    name: str
    title: str
    do: tuple[str, ...]
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Everything the strip shows of one person."""

    who: str
    name: str
    home: str
    tenure: str
    lives_with: str
    """Of somebody who holds no tenancy: whose household they belong to, and where."""
    live: tuple[Live, ...]
    flags: tuple[LiveFlag, ...]
    needs: tuple[str, ...]
    adjustments: tuple[str, ...]
    representatives: tuple[str, ...]
    contact: tuple[str, ...]
    died_on: date | None


def strip_of(page: Opened) -> Strip | None:
    """The strip of the person a file is about; None where nobody is known."""
    return strip_for(page, page.about) if page.about else None


def strip_for(page: Opened, who: str) -> Strip:
    """The strip of a person."""
    facts, day = page.facts, page.viewer.day
    view, row = facts.view_of(who), facts.registers.customers.get(who)
    home = facts.registers.homes.get(row.home) if row else None
    return Strip(
        who=who,
        name=facts.registers.name(who),
        home=home.address or home.uprn if home else "",
        tenure=code_title(page.edition, "tenures", row.tenure) if row and row.tenure else "",
        lives_with=_lives_with(row, page.viewer) if row and row.tenure in NO_TENANCY else "",
        live=tuple(_live(one, page) for one in view.live_sanctions(day) if one.live_on(day)),
        flags=tuple(_flag(one, page) for one in view.live_flags(day)),
        needs=tuple(_needs(view, page)),
        adjustments=tuple(adjustments_in_place(view)),
        representatives=tuple(
            f"{one.data.representative}{f' ({one.data.relation})' if one.data.relation else ''}"
            for one in view.file.representatives_on(day)
        ),
        contact=tuple(contact_words(page.edition, ways_of(who, page.viewer))),
        died_on=view.file.died_on,
    )


def _lives_with(row: CustomerRecord, viewer: Viewer) -> str:
    """'not a tenant: lives with Mr Quarmby at 4 Elm Road', by the household register; '' where it knows nothing.

    Where a tenure says the first of it already, it is not said twice.
    Of those whom the viewer may not be told of nothing is said (H1).
    """
    since = Q(household__since=None) | Q(household__since__lte=viewer.day)
    until = Q(household__until=None) | Q(household__until__gte=viewer.day)
    there = people_seen(viewer).filter(since, until, household__member_id=row.id).select_related("home")
    hosts = list(there.order_by("name").distinct())
    if not hosts:
        return ""
    where = f" at {hosts[0].home}" if hosts[0].home and not row.home else ""
    who = f"lives with {listed([host.name for host in hosts])}{where}"
    return who if row.tenure else f"not a tenant: {who}"


def _live(sanction: Sanction, page: Opened) -> Live:
    day, terms = page.viewer.day, sanction.terms
    return Live(
        title=measure_title(page.edition, sanction) or "A measure",
        until=sanction.lapses_on,
        review_by=sanction.review_by,
        is_overdue=sanction.review_overdue_on(day),
        terms=tuple(said_in(terms, page.telling)) if terms != Terms() else (),
        case=sanction.case if sanction.case in page.seen else "",
    )


def _flag(flag: FlagFile, page: Opened) -> LiveFlag:
    do = [code_title(page.edition, "control_measures", code) for code in flag.control_measures]
    name = flag.name if flag.name in page.seen else ""
    title = code_title(page.edition, "flags", flag.category) if flag.category else "Flag"
    return LiveFlag(name, title, tuple(do), flag.review_overdue_on(page.viewer.day))


def _needs(view: PersonView, page: Opened) -> list[str]:
    told = [entry.data for entry in view.file.needs if entry.data.need]
    words = {}
    for need in told:
        suspected = " (suspected)" if need.certainty == "suspected" else ""
        helps = f": {need.details}" if need.details else ""
        words[need.need] = f"{code_title(page.edition, 'needs', need.need or '')}{suspected}{helps}"
    return list(words.values())


def adjustments_in_place(view: PersonView) -> list[str]:
    """What we do differently for somebody: offered, and not declined."""
    answered = view.file.adjustments.values()
    return [
        offer.data.adjustment for offer, answers in answered if not answers or answers[-1].data.answer != "declined"
    ]
