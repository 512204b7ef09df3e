"""The registers' tables: staff, customers, homes and tenancies, each relation with the days between which it holds.

Only `writing` writes here: it marks each change, so that what was read before is known to be old.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint


class DatedRows(models.QuerySet):
    """Rows that hold between two days, both included; an open end is null."""

    def on(self, day: date) -> DatedRows:
        """Those that hold on a day."""
        begun, not_over = Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day)
        return self.filter(begun, not_over)


class Dated(models.Model):
    """Something that holds between two days."""

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = DatedRows.as_manager()

    class Meta:
        abstract = True


def in_order(table: str) -> BaseConstraint:
    """Nothing ends before it begins."""
    return models.CheckConstraint(
        condition=Q(since=None) | Q(until=None) | Q(since__lte=F("until")), name=f"{table}_ends_after_it_begins"
    )


def two_people(table: str, one: str, other: str) -> BaseConstraint:
    """Nobody stands in this relation to themselves."""
    return models.CheckConstraint(condition=~Q(**{one: F(other)}), name=f"{table}_two_people")


class Version(models.Model):
    """Which state the registers are in: one row, whose stamp is another after every write."""

    stamp = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="version_one_row")]

    def __str__(self) -> str:
        return f"registers as of {self.stamp}"


class Staff(models.Model):
    """A colleague."""

    id = models.TextField(primary_key=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class StaffRole(Dated):
    """A role of the policy that a colleague holds."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="roles")
    role = models.TextField()

    class Meta:
        constraints = [in_order("staff_role")]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.role}"


class StaffPost(Dated):
    """A post that a colleague fills, such as head of repairs."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="posts")
    post = models.TextField()

    class Meta:
        constraints = [in_order("staff_post")]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.post}"


class Team(models.Model):
    """Colleagues who share their work, and see each other's cases."""

    id = models.TextField(primary_key=True)
    title = models.TextField()

    def __str__(self) -> str:
        return self.title


class TeamMember(Dated):
    """Who works in a team, and when."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="teams")
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")

    class Meta:
        constraints = [in_order("team_member")]

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.team_id}"


class LineManager(Dated):
    """Who manages a colleague, and when (clause 1.3)."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="managers")
    manager = models.ForeignKey(Staff, models.PROTECT, related_name="manages")

    class Meta:
        constraints = [in_order("line_manager"), two_people("line_manager", "staff", "manager")]

    def __str__(self) -> str:
        return f"{self.manager_id} manages {self.staff_id}"


class Deputy(Dated):
    """Who stands in for a colleague, and when."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Staff, models.PROTECT, related_name="stands_in_for")

    class Meta:
        constraints = [in_order("deputy"), two_people("deputy", "staff", "deputy")]

    def __str__(self) -> str:
        return f"{self.deputy_id} stands in for {self.staff_id}"


class Training(models.Model):
    """A training module that a colleague last finished on a day (clause 4.8)."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="training")
    module = models.TextField()
    done_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "module"], name="training_once")]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.module}"


class Connection(models.Model):
    """A customer or home that a colleague has declared a tie with, and so keeps away from."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="connections")
    to = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "to"], name="connection_once")]

    def __str__(self) -> str:
        return f"{self.staff_id} and {self.to}"


class Home(models.Model):
    """A home by its unique property reference number."""

    uprn = models.TextField(primary_key=True)
    address = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.address or self.uprn


class Customer(models.Model):
    """Somebody the landlord serves; the tenure and home on their tenancy, where it names them, go before these."""

    id = models.TextField(primary_key=True)
    name = models.TextField()
    born_on = models.DateField(null=True, blank=True)
    tenure = models.TextField(blank=True)
    home = models.ForeignKey(Home, models.PROTECT, null=True, blank=True, related_name="customers")
    email = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    language = models.TextField(blank=True)  # as they call it; English where nothing is said
    format = models.TextField(blank=True)  # a code of the edition's formats

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="customer_by_name")]

    def __str__(self) -> str:
        return self.name


class Tenancy(Dated):
    """A home let to one customer, or to several together."""

    home = models.ForeignKey(Home, models.PROTECT, null=True, blank=True, related_name="tenancies")
    kind = models.TextField()
    tenants = models.ManyToManyField(Customer, related_name="tenancies")

    class Meta:
        constraints = [in_order("tenancy")]

    def __str__(self) -> str:
        return f"{self.kind} tenancy of {self.home_id}"


class HouseholdMember(Dated):
    """Who lives with a customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="household")
    member = models.ForeignKey(Customer, models.CASCADE, related_name="lives_with")

    class Meta:
        constraints = [in_order("household"), two_people("household", "customer", "member")]

    def __str__(self) -> str:
        return f"{self.member_id} lives with {self.customer_id}"


class SafeContact(Dated):
    """How somebody may, or may never, be reached without putting them at risk: a shared address, a watched phone."""

    class Rule(models.TextChoices):
        """Whether the channel is shut or is the only one."""

        NEVER = "never"
        ONLY = "only"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="safe_contact")
    channel = models.TextField()  # a code of the edition's channels
    rule = models.TextField(choices=Rule)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [in_order("safe_contact")]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.rule} {self.channel}"


class Change(models.Model):
    """What was changed in the registers, when and by whom. The registers hold what is; this says how it came to be."""

    at = models.DateTimeField()
    by = models.TextField()
    kind = models.TextField()  # staff, customer, home, team, role or number
    about = models.TextField()
    said = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["kind", "about", "-at"], name="change_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}: {self.said}"


class Number(models.Model):
    """A number that the landlord has settled for the desk; `settled` says which there are and what each means."""

    name = models.TextField(primary_key=True)
    value = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
