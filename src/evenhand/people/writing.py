"""The one place that changes the registers: whoever reads them is told that they changed."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_hex

from django.db import models as django_models
from django.db import transaction

from evenhand.casework.cast import Tenancy
from evenhand.casework.registers import CustomerRecord, Registers, StaffMember
from evenhand.people import models
from evenhand.record.canonical import refuse_unstorable

ROWS_AT_ONCE = 1_000


def enter(registers: Registers, tenancies: Iterable[Tenancy] = ()) -> None:
    """Adds people, homes and tenancies, none of whom may be there yet; those they name must be there or among them.

    Raises Django's `IntegrityError` and adds nothing where somebody is there already or is not known, and
    `NotCanonical` where words hold what no database keeps.
    """
    with transaction.atomic():
        _enter_staff(registers.staff.values())
        _enter_customers(registers)
        _enter_tenancies([*_held_together(registers.customers.values()), *tenancies])
        mark_changed()


def mark_changed() -> None:
    """Makes every reader read the registers again; call it in the transaction of any other change."""
    models.Version.objects.update_or_create(id=1, defaults={"stamp": token_hex(8)})


def _add(rows: Iterable[django_models.Model], *, unless_there: bool = False) -> None:
    listed = list(rows)
    for row in listed:
        _refuse_unstorable(row)
    if listed:
        manager = type(listed[0])._default_manager
        manager.bulk_create(listed, batch_size=ROWS_AT_ONCE, ignore_conflicts=unless_there)


def _refuse_unstorable(row: django_models.Model) -> None:
    """Raises `NotCanonical` naming the field: SQLite would keep what PostgreSQL refuses."""
    for field, value in vars(row).items():
        if isinstance(value, str):
            refuse_unstorable(value, f"{row._meta.verbose_name} {field}")


def _enter_staff(staff: Iterable[StaffMember]) -> None:
    everybody = list(staff)
    _add(models.Staff(id=member.id, name=member.name) for member in everybody)
    _add(models.StaffRole(staff_id=m.id, role=role) for m in everybody for role in sorted(m.roles))
    _add(models.StaffPost(staff_id=m.id, post=post) for m in everybody for post in sorted(m.posts))
    _add(
        models.LineManager(staff_id=m.id, manager_id=by.who, since=by.since, until=by.until)
        for m in everybody
        for by in m.managers
    )
    _add(
        models.Deputy(staff_id=m.id, deputy_id=by.who, since=by.since, until=by.until)
        for m in everybody
        for by in m.deputies
    )
    _add(models.Training(staff_id=m.id, module=on, done_on=day) for m in everybody for on, day in m.training.items())
    _add(models.Connection(staff_id=m.id, to=to) for m in everybody for to in sorted(m.connections))


def _enter_customers(registers: Registers) -> None:
    everybody = list(registers.customers.values())
    _add(models.Home(uprn=home.uprn, address=home.address) for home in registers.homes.values())
    lived_in = {customer.home for customer in everybody if customer.home}
    _add((models.Home(uprn=uprn) for uprn in sorted(lived_in)), unless_there=True)
    _add(
        models.Customer(id=c.id, name=c.name, born_on=c.born_on, tenure=c.tenure, home_id=c.home or None)
        for c in everybody
    )
    _add(models.HouseholdMember(customer_id=c.id, member_id=other) for c in everybody for other in sorted(c.household))


def _held_together(customers: Iterable[CustomerRecord]) -> list[Tenancy]:
    """A tenancy for each group of joint tenants, saying only that they hold it together."""
    groups = dict.fromkeys(frozenset({c.id, *c.joint_with}) for c in customers if c.joint_with)
    return [Tenancy(home="", kind="", tenants=tuple(sorted(group))) for group in groups]


def _enter_tenancies(tenancies: Iterable[Tenancy]) -> None:
    given = list(tenancies)
    _add((models.Home(uprn=uprn) for uprn in sorted({t.home for t in given if t.home})), unless_there=True)
    rows = [models.Tenancy(home_id=t.home or None, kind=t.kind, since=t.since, until=t.until) for t in given]
    _add(rows)
    tenant = models.Tenancy.tenants.through
    _add(tenant(tenancy=row, customer_id=who) for row, t in zip(rows, given, strict=True) for who in t.tenants)
