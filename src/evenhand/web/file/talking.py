"""'Can I talk to this customer?': what the measures in force say to a contact now, and what to do on a visit."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from evenhand.cases.archive import RecordArchive
from evenhand.casework.contact import contact
from evenhand.casework.gather import files_about, homes_of
from evenhand.casework.registers import Registers
from evenhand.casework.visits import visit
from evenhand.people.models import Customer, HouseholdMember, Tenancy
from evenhand.policy.findings import Decision
from evenhand.web.file.opening import Opened
from evenhand.web.steps.titles import code_title, titles_of


@dataclass(frozen=True, slots=True)
class Talk:
    """A contact somebody thinks of, and the answer; no decision where no way of contact was named."""

    channel: str
    topic: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor is told: `answer` is flag, none or unknown, and unknown is treated as a risk."""

    answer: str
    do: tuple[str, ...]
    instructions: tuple[str, ...]
    is_overdue: bool
    is_disputed: bool


def talk(page: Opened, channel: str, topic: str) -> Talk:
    """May this person be answered on this channel, about this topic, now?"""
    edition = page.edition
    if channel not in titles_of(edition, "channels"):
        return Talk("", "", None)
    topic = topic if topic in titles_of(edition, "topics") else ""
    answer = contact(page.facts.person, channel, topic or None, page.viewer.at, edition, page.facts.registers)
    return Talk(channel, topic, answer)


def visiting(page: Opened) -> Visit:
    """What to do on a visit to this person: what warns of them, of whoever lives with them, and of their home."""
    who = page.file.subject
    near = registers_near(page, who)
    archive, about = RecordArchive(), [*sorted(near.customers), *sorted(homes_of(who, near))]
    files = {name: file for one in about for name, file in files_about(archive, one).items()}
    found = visit({**page.facts.files, **files}.values(), near, [who], "", page.viewer.day, page.edition)
    do = tuple(code_title(page.edition, "control_measures", code) for code in found.do)
    return Visit(found.answer, do, found.instructions, found.is_overdue, found.is_disputed)


def registers_near(page: Opened, who: str) -> Registers:
    """The registers as far as a visit to somebody asks them: a landlord has too many customers to go through all."""
    registers, day = page.facts.registers, page.viewer.day
    row = registers.customers.get(who)
    if row is None:
        return Registers()
    living = Customer.objects.filter(Q(home=row.home) | Q(tenancies__in=Tenancy.objects.on(day).filter(home=row.home)))
    beside = HouseholdMember.objects.on(day).filter(member=who).values_list("customer", flat=True)
    near = {who, *row.household, *row.joint_with, *beside, *(living.values_list("id", flat=True) if row.home else ())}
    customers = {one: registers.customers[one] for one in near if one in registers.customers}
    lived_in = {one.home for one in customers.values() if one.home in registers.homes}
    return Registers(customers=customers, homes={home: registers.homes[home] for home in lived_in})
