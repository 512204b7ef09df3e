"""The invented landlord's homes and customers: the same ones every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from evenhand.casework.cast import Tenancy
from evenhand.casework.registers import CustomerRecord, Home
from evenhand.demo.names import FAMILIES, LANGUAGES, MEN, STREETS, TOWNS, WOMEN
from evenhand.policy.clock import add_years

FIRST_UPRN = 1_099_000_001
FIRST_CUSTOMER = 20_417
RENTED = ("assured",) * 70 + ("assured_shorthold",) * 8 + ("starter",) * 8 + ("secure",) * 4
OWNED = ("shared_owner",) * 6 + ("leaseholder",) * 4
YEAR = 365


@dataclass(frozen=True)
class Size:
    """How many of each there are; homes let to two people are among the homes, and one in forty stands empty."""

    homes: int = 2_000
    joint: int = 520
    household: int = 350
    applicants: int = 180

    @property
    def empty(self) -> int:
        return self.homes // 40


FULL = Size()


@dataclass(frozen=True)
class Person:
    """A customer, with what only the demonstration knows of them and what the registers hold beside a decision's."""

    record: CustomerRecord
    is_woman: bool
    email: str = ""
    phone: str = ""
    language: str = ""
    format: str = ""
    safe_contact: str = ""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def is_plain(self) -> bool:
        """Whether nothing about how they are reached stands in the way of an ordinary story."""
        return not (self.language or self.format or self.safe_contact)


@dataclass
class Customers:
    """Everybody, where they live and with whom."""

    homes: list[Home] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    tenancies: list[Tenancy] = field(default_factory=list)
    joint: dict[str, str] = field(default_factory=dict)
    """Each joint tenant with the other one."""
    household: dict[str, str] = field(default_factory=dict)
    """Whoever has another adult at home, with that person."""


def invent(size: Size, today: date, chance: Random) -> Customers:
    """So many homes and the people in them, as of a day."""
    made, inventor = Customers(homes=list(_homes(size.homes, chance))), _Inventor(today, chance)
    let = sorted(chance.sample(range(size.homes), size.homes - size.empty))
    together = set(chance.sample(let, size.joint))
    for place in let:
        _let(made, inventor, made.homes[place], is_joint=place in together)
    for who in chance.sample(sorted(made.people), size.household):
        _move_in(made, inventor, who)
    for _ in range(size.applicants):
        person = inventor.person("", "applicant")
        made.people[person.id] = person
    return made


def _homes(many: int, chance: Random) -> Iterator[Home]:
    numbers = {street: count(1) for street in STREETS}
    towns = {street: chance.choice(TOWNS) for street in STREETS}
    ends = {street: f"{chance.randrange(1, 10)}{chance.choice('ABDEFGH')}" for street in STREETS}
    for uprn in range(FIRST_UPRN, FIRST_UPRN + many):
        street = chance.choice(STREETS)
        number, (town, district) = next(numbers[street]), towns[street]
        flat = "Flat " if street.endswith(("House", "Court")) else ""
        yield Home(str(uprn), f"{flat}{number} {street}, {town} {district} {ends[street]}{chance.choice('JLNPQRST')}")


def _let(made: Customers, inventor: _Inventor, home: Home, *, is_joint: bool) -> None:
    kind = inventor.chance.choice(RENTED + OWNED)
    tenants = [inventor.person(home.uprn, kind)]
    if is_joint:
        tenants.append(inventor.person(home.uprn, kind, family=tenants[0].record.name.split()[-1]))
        one, other = (tenant.id for tenant in tenants)
        made.joint |= {one: other, other: one}
    since = inventor.let_on(kind, [tenant.record for tenant in tenants])
    made.people |= {tenant.id: tenant for tenant in tenants}
    made.tenancies.append(Tenancy(home=home.uprn, kind=kind, tenants=tuple(t.id for t in tenants), since=since))


def _move_in(made: Customers, inventor: _Inventor, who: str) -> None:
    tenant = made.people[who].record
    lodger = inventor.person(tenant.home, "none", family=tenant.name.split()[-1])
    made.people[lodger.id] = lodger
    made.household[who] = lodger.id


@dataclass
class _Inventor:
    today: date
    chance: Random
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST_CUSTOMER))

    def person(self, home: str, tenure: str, family: str = "") -> Person:
        """Somebody new, often of the family given."""
        chance, number = self.chance, next(self.numbers)
        is_woman = chance.random() < 0.52
        given = chance.choice(WOMEN if is_woman else MEN)
        family = family if family and chance.random() < 0.6 else chance.choice(FAMILIES)
        born = self.today - timedelta(days=chance.randrange(19 * YEAR, 88 * YEAR))
        record = CustomerRecord(f"C{number}", f"{given} {family}", tenure, home, born)
        email = f"{given}.{family}{number % 1000}@example.org".lower() if chance.random() < 0.8 else ""
        phone = f"07700 900{chance.randrange(1000):03}" if chance.random() < 0.9 else ""
        return Person(record, is_woman, email, phone, self._language(), self._format(), self._safe(email))

    def let_on(self, kind: str, tenants: Iterable[CustomerRecord]) -> date:
        """The first day of a tenancy: the last year for a starter one, and never before everybody was of age."""
        ago = self.chance.randrange(30, YEAR) if kind == "starter" else self.chance.randrange(2 * YEAR, 18 * YEAR)
        of_age = [add_years(tenant.born_on, 18) for tenant in tenants if tenant.born_on]
        return max(self.today - timedelta(days=ago), *of_age)

    def _language(self) -> str:
        return self.chance.choice(LANGUAGES) if self.chance.random() < 0.05 else ""

    def _format(self) -> str:
        formats = ("large_print", "large_print", "easy_read", "audio", "braille")
        return self.chance.choice(formats) if self.chance.random() < 0.03 else ""

    def _safe(self, email: str) -> str:
        """'never post', or 'only e-mail', for those whom a letter at home could put at risk."""
        if self.chance.random() >= 0.012:
            return ""
        return "only" if email and self.chance.random() < 0.4 else "never"
