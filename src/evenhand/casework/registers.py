"""The registers as decisions read them: staff, customers and homes as they stood on the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Since:
    """Something that holds between two days, both included; an open end is None."""

    who: str
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A colleague: roles and posts, line managers, deputies and training with dates, declared connections."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    managers: tuple[Since, ...] = ()
    deputies: tuple[Since, ...] = ()
    training: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    connections: frozenset[str] = frozenset()

    def managers_on(self, day: date) -> frozenset[str]:
        return frozenset(manager.who for manager in self.managers if manager.on(day))

    def deputies_on(self, day: date) -> frozenset[str]:
        return frozenset(deputy.who for deputy in self.deputies if deputy.on(day))


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer as the landlord's registers know them; needs and changes in life are on their person file."""

    id: str
    name: str
    tenure: str = ""
    home: str = ""
    born_on: date | None = None
    joint_with: frozenset[str] = frozenset()
    household: frozenset[str] = frozenset()

    def age_on(self, day: date) -> int | None:
        """Whole years of age; a birthday on 29 February is reached on 1 March in common years."""
        if self.born_on is None:
            return None
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


@dataclass(frozen=True, slots=True)
class Home:
    uprn: str
    address: str = ""


@dataclass(frozen=True)
class Registers:
    """Staff, customers and homes by id."""

    staff: Mapping[str, StaffMember] = field(default_factory=dict)
    customers: Mapping[str, CustomerRecord] = field(default_factory=dict)
    homes: Mapping[str, Home] = field(default_factory=dict)

    def name(self, who: str) -> str:
        """How a person is called in a sentence; an outsider is called as they were entered."""
        known = self.staff.get(who) or self.customers.get(who)
        return known.name if known else who

    def roles_of(self, who: str, day: date) -> frozenset[str]:
        """The roles somebody may act in on a day: their own, and those of everyone they deputise for."""
        own = self.staff[who].roles if who in self.staff else frozenset()
        return own.union(*(member.roles for member in self.lenders(who, day)))

    def lenders(self, who: str, day: date) -> tuple[StaffMember, ...]:
        """The colleagues for whom somebody stands in on a day."""
        return tuple(one for one in self.stood_in_for.get(who, ()) if who in one.deputies_on(day))

    @cached_property
    def stood_in_for(self) -> Mapping[str, tuple[StaffMember, ...]]:
        """For each deputy, the colleagues whom they stand in for on any day."""
        found: dict[str, tuple[StaffMember, ...]] = {}
        for member in self.staff.values():
            for deputy in {since.who for since in member.deputies}:
                found[deputy] = (*found.get(deputy, ()), member)
        return found

    def managers_of(self, who: str, day: date) -> frozenset[str]:
        """The line managers of a colleague on a day, with the deputies who stood in for them."""
        member = self.staff.get(who)
        managers = member.managers_on(day) if member else frozenset()
        return managers.union(*(self.staff[m].deputies_on(day) for m in managers if m in self.staff))
