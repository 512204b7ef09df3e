"""The registers as decisions read them, for one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import TypeVar

from django.db import connection

from evenhand.casework.registers import CustomerRecord, Home, Registers, Since, StaffMember
from evenhand.people import models
from evenhand.record.tables import asked

V = TypeVar("V")
Grouped = dict[str, list[V]]

ROWS_KEPT = 5_000
"""Customers and homes remembered between two changes of the registers."""


def registers_on(day: date, stamp: str | None = None) -> Registers:
    """The registers as they stand, with the roles, posts, tenancies and households of a day.

    Staff are read at once, in few statements; customers and homes one by one when they are asked for, because a
    landlord has very many. Both are remembered until the registers change; whoever knows the stamp already says it.
    """
    return _read(stamp_now() if stamp is None else stamp, day)


def stamp_now() -> str:
    """What the registers' present state is called; empty where they have never been written."""
    return asking_stamp()()


def asking_stamp() -> Callable[[], str]:
    """Asks for the stamp now, and waits for it when it is called for."""
    rows = asked("SELECT stamp FROM people_version")
    return lambda: next((stamp for (stamp,) in rows()), "")


@lru_cache(maxsize=16)
def _read(_stamp: str, day: date) -> Registers:
    customers = models.Customer.objects.values_list("id", flat=True)
    homes = models.Home.objects.values_list("uprn", flat=True)
    return Registers(_staff_on(day), Rows(partial(_customer, day), customers.all), Rows(_home, homes.all))


class Rows(Mapping[str, V]):
    """Rows of a register by id, each read when it is first asked for."""

    def __init__(self, read: Callable[[str], V | None], ids: Callable[[], Iterable[str]]) -> None:
        self._read = lru_cache(maxsize=ROWS_KEPT)(read)
        self._ids = ids

    def __getitem__(self, row: str) -> V:
        found = self._read(row)
        if found is None:
            raise KeyError(row)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _staff_on(day: date) -> dict[str, StaffMember]:
    roles = _grouped(models.StaffRole.objects.on(day).values_list("staff_id", "role"))
    posts = _grouped(models.StaffPost.objects.on(day).values_list("staff_id", "post"))
    managers = _dated(models.LineManager.objects.values_list("staff_id", "manager_id", "since", "until"))
    deputies = _dated(models.Deputy.objects.values_list("staff_id", "deputy_id", "since", "until"))
    trained: Grouped[tuple[str, date]] = defaultdict(list)
    for who, module, done_on in models.Training.objects.values_list("staff_id", "module", "done_on"):
        trained[who].append((module, done_on))
    ties = _grouped(models.Connection.objects.values_list("staff_id", "to"))
    return {
        who: StaffMember(
            who,
            name,
            frozenset(roles.get(who, ())),
            frozenset(posts.get(who, ())),
            tuple(managers.get(who, ())),
            tuple(deputies.get(who, ())),
            dict(trained.get(who, ())),
            frozenset(ties.get(who, ())),
        )
        for who, name in models.Staff.objects.values_list("id", "name")
    }


def _grouped(rows: Iterable[tuple[str, V]]) -> Grouped[V]:
    groups: Grouped[V] = defaultdict(list)
    for whose, value in rows:
        groups[whose].append(value)
    return groups


def _dated(rows: Iterable[tuple[str, str, date | None, date | None]]) -> Grouped[Since]:
    found = sorted(rows, key=lambda row: (row[2] or date.min, row[1]))
    return _grouped((staff, Since(who, since, until)) for staff, who, since, until in found)


ON_DAY = "({0}.since IS NULL OR {0}.since <= %s) AND ({0}.until IS NULL OR {0}.until >= %s)"
CUSTOMER = f"""
    WITH held AS (
        SELECT t.id, t.kind, t.home_id FROM people_tenancy_tenants h JOIN people_tenancy t ON t.id = h.tenancy_id
        WHERE h.customer_id = %s AND {ON_DAY.format("t")}
    )
    SELECT 'own', name, tenure, home_id, CAST(born_on AS TEXT), 0 FROM people_customer WHERE id = %s
    UNION ALL SELECT 'tenancy', '', kind, home_id, '', id FROM held
    UNION ALL SELECT 'joint', customer_id, '', '', '', 0 FROM people_tenancy_tenants
        WHERE tenancy_id IN (SELECT id FROM held) AND customer_id <> %s
    UNION ALL SELECT 'household', member_id, '', '', '', 0 FROM people_householdmember m
        WHERE customer_id = %s AND {ON_DAY.format("m")}
    ORDER BY 6
"""  # noqa: S608 - our own words; every value is a parameter
"""All that decisions know of a customer on a day, in one statement: pages and steps about them ask it first of all."""


def _customer(day: date, who: str) -> CustomerRecord | None:
    on = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(CUSTOMER, [who, on, on, who, who, who, on, on])
        found = _grouped((part, row) for part, *row in cursor.fetchall())
    if not found["own"]:
        return None
    ((name, tenure, home, born_on, _),), tenancies = found["own"], found["tenancy"]
    return CustomerRecord(
        who,
        name,
        next((kind for _, kind, *_ in reversed(tenancies) if kind), tenure),
        next((home for _, _, home, *_ in reversed(tenancies) if home), home or ""),
        date.fromisoformat(born_on) if born_on else None,
        frozenset(other for other, *_ in found["joint"]),
        frozenset(member for member, *_ in found["household"]),
    )


def _home(uprn: str) -> Home | None:
    row = models.Home.objects.filter(uprn=uprn).first()
    return Home(row.uprn, row.address) if row else None


def customers_named(ids: Iterable[str]) -> dict[str, str]:
    """The names of some customers by id. One statement, written out because every list asks it."""
    return _of_some("SELECT id, name FROM people_customer WHERE id IN", ids)


def homes_named(ids: Iterable[str]) -> dict[str, str]:
    """Where some customers live, by id; without those who have no home of ours. One statement, as above."""
    return _of_some(
        "SELECT c.id, COALESCE(NULLIF(h.address, ''), h.uprn)"
        " FROM people_customer c JOIN people_home h ON h.uprn = c.home_id WHERE c.id IN",
        ids,
    )


def _of_some(statement: str, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted(set(ids) - {""})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ({', '.join(['%s'] * len(wanted))})", wanted)
        return dict(cursor.fetchall())
