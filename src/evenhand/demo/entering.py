"""The registers of the invented landlord: staff with their accounts, homes, customers and how they are reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from evenhand.accounts.making import new_account
from evenhand.accounts.models import Account
from evenhand.casework.registers import Registers
from evenhand.demo.customers import Customers, Person
from evenhand.demo.staff import ABOVE, IN_TEAMS, TEAMS, address, members
from evenhand.people import models
from evenhand.people.writing import enter, mark_changed

PASSWORD = "harrow-vale-demonstration"  # noqa: S105 - printed for everybody who looks round
CONTACT = ("email", "phone", "language", "format")


def enter_registers(made: Customers, today: date, ties: Mapping[str, frozenset[str]], chance: Random) -> None:
    """Staff with their accounts, homes, customers and tenancies."""
    staff = {member.id: member for member in members(today, ties, chance)}
    customers = {who: person.record for who, person in made.people.items()}
    enter(Registers(staff, customers, {home.uprn: home for home in made.homes}), made.tenancies)
    _enter_teams()
    models.HouseholdMember.objects.bulk_create(
        models.HouseholdMember(customer_id=one, member_id=other)
        for pair in made.household.items()
        for one, other in (pair, pair[::-1])
    )
    _enter_contact(made.people)
    mark_changed()
    _enter_accounts()


def _enter_accounts() -> None:
    """Everybody's way in. The password is hashed once: it is no secret, and each hash takes a while."""
    for who in [*(who for team in IN_TEAMS.values() for who, _, _ in team), *(who for who, _, _ in ABOVE)]:
        new_account(address(who), who)
    Account.objects.update(password=make_password(PASSWORD), is_address_sure=True)


def _enter_teams() -> None:
    models.Team.objects.bulk_create(models.Team(id=team, title=title) for team, title in TEAMS.items())
    models.TeamMember.objects.bulk_create(
        models.TeamMember(team_id=team, staff_id=who) for team, people in IN_TEAMS.items() for who, _, _ in people
    )


def _enter_contact(people: Mapping[str, Person]) -> None:
    """How customers are reached."""
    rows = list(models.Customer.objects.all())
    for row in rows:
        for name in CONTACT:
            setattr(row, name, getattr(people[row.id], name))
    models.Customer.objects.bulk_update(rows, CONTACT, batch_size=200)
    models.SafeContact.objects.bulk_create(
        models.SafeContact(
            customer_id=person.id,
            channel="email" if person.safe_contact == "only" else "post",
            rule=person.safe_contact,
            note="Somebody else at home opens the post.",
        )
        for person in people.values()
        if person.safe_contact
    )
