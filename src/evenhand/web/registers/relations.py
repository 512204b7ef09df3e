"""What ties a colleague or a customer to something for a while: one table for what can be added, ended and shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from evenhand.cases.editions import in_force
from evenhand.casework.wording import plain_day
from evenhand.people import changing, models
from evenhand.people.changing import Hand
from evenhand.web.registers import forms


@dataclass(frozen=True, slots=True)
class Relation:
    """One kind of tie: its form, the rows that are there, how a row is put in words, how one is made and ended."""

    name: str
    title: str
    thing: str
    form: type[forms.StaffForm]
    rows: Callable[[Collection[str]], QuerySet[Any]]
    says: Callable[[Any], str]
    put: Callable[[Hand, Mapping[str, Any]], Model]
    when_empty: str
    """What will stand there, and what it is for: said while nothing does."""

    @property
    def is_dated(self) -> bool:
        """Whether it holds for a while and can be ended with a day."""
        return issubclass(self.rows(()).model, models.Dated)


@dataclass(frozen=True, slots=True)
class Row:
    """One tie as a list shows it."""

    id: int
    says: str
    when: str
    is_over: bool
    can_end: bool


def rows_of(relation: Relation, who: str, day: date) -> list[Row]:
    """The ties of somebody, those that hold first."""
    rows = [_row(relation, row, day) for row in relation.rows([who])]
    return sorted(rows, key=lambda row: row.is_over)


def rows_by(relation: Relation, staff: Collection[str], day: date) -> Mapping[str, list[Row]]:
    """The ties of several colleagues, read at once."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in relation.rows(staff):
        found[row.staff_id].append(_row(relation, row, day))
    return found


def _row(relation: Relation, row: Any, day: date) -> Row:
    is_over = relation.is_dated and row.until is not None and row.until < day
    when = span(row.since, row.until) if relation.is_dated else ""
    return Row(row.pk, relation.says(row), when, is_over, relation.is_dated and not is_over)


def span(since: date | None, until: date | None) -> str:
    """Two days in words: 'since 1 May 2026', 'until 3 June 2026', 'since the beginning'."""
    parts = [f"since {plain_day(since)}" if since else "", f"until {plain_day(until)}" if until else ""]
    return " ".join(part for part in parts if part) or "since the beginning"


def _dated(model: type[models.Dated], whose: str, field: str, says: Callable[[Any], str]) -> Any:
    """Makes rows of a model that ties `whose` to what stands in a field of its form."""

    def put(hand: Hand, data: Mapping[str, Any]) -> Model:
        name = field.removesuffix("_id")
        row = model(**{whose: hand.about, field: data[name], "since": data["since"], "until": data["until"]})
        return changing.add(hand, row, f"{says(row)} {span(row.since, row.until)}")

    return put


def _named(row: Any, field: str) -> str:
    return str(getattr(row, field).name)


def _role(row: models.StaffRole) -> str:
    return forms.role_titles().get(row.role, row.role)


def _training(hand: Hand, data: Mapping[str, Any]) -> Model:
    """The last time counts: a module has one row, whose day moves."""
    known = models.Training.objects.filter(staff_id=hand.about, module=data["module"]).first()
    if known:
        return changing.alter(hand, known, {"done_on": data["done_on"]})
    row = models.Training(staff_id=hand.about, module=data["module"], done_on=data["done_on"])
    return changing.add(hand, row, f"Finished {_module(row)}")


def _module(row: models.Training) -> str:
    lapses = in_force().last_day("training", row.done_on)
    title = row.module.replace("_", " ").capitalize()
    return f"{title} on {plain_day(row.done_on)}, which lasts until {plain_day(lapses)}"


def _connection(hand: Hand, data: Mapping[str, Any]) -> Model:
    known = models.Connection.objects.filter(staff_id=hand.about, to=data["to"]).first()
    row = models.Connection(staff_id=hand.about, to=data["to"])
    return known or changing.add(hand, row, "Declared somebody or somewhere they keep away from")


def _tenancy(hand: Hand, data: Mapping[str, Any]) -> Model:
    def act() -> models.Tenancy:
        row = models.Tenancy(home_id=data["home"], kind=data["kind"], since=data["since"], until=data["until"])
        row.save(force_insert=True)
        row.tenants.set(models.Customer.objects.filter(id__in=[hand.about, *data["joint"]]))
        return row

    said = f"{data['kind']} tenancy of {data['home']} {span(data['since'], data['until'])}"
    return changing.change(hand, said, act)


def _let(row: models.Tenancy) -> str:
    names = ", ".join(tenant.name for tenant in row.tenants.all())
    return f"{row.kind or 'Tenancy'} of {row.home or 'a home not named'}, held by {names}"


def _safe_contact(hand: Hand, data: Mapping[str, Any]) -> Model:
    row = models.SafeContact(customer_id=hand.about, **data)
    return changing.add(hand, row, f"{_reached(row)} {span(row.since, row.until)}")


def _reached(row: models.SafeContact) -> str:
    title = in_force().channels[row.channel].title if row.channel in in_force().channels else row.channel
    rule = "Never" if row.rule == models.SafeContact.Rule.NEVER else "Only"
    return f"{rule}: {title}{f' ({row.note})' if row.note else ''}"


def _of_staff(model: type[Model], *joined: str) -> Callable[[Collection[str]], QuerySet[Any]]:
    return lambda who: model._default_manager.filter(staff_id__in=who).select_related(*joined).order_by("-pk")


def _manager(row: models.LineManager) -> str:
    return _named(row, "manager")


def _deputy(row: models.Deputy) -> str:
    return _named(row, "deputy")


def _member(row: models.HouseholdMember) -> str:
    return _named(row, "member")


def _team(row: models.TeamMember) -> str:
    return row.team.title


def _post(row: models.StaffPost) -> str:
    return row.post


def _tie(row: models.Connection) -> str:
    return row.to


OF_STAFF = (
    Relation(
        "role", "Roles", "a role", forms.RoleForm, _of_staff(models.StaffRole), _role,
        _dated(models.StaffRole, "staff_id", "role", _role),
        "Roles say which steps somebody may take. Without one, nothing can be done here yet.",
    ),
    Relation(
        "team", "Teams", "a team", forms.TeamForm, _of_staff(models.TeamMember, "team"), _team,
        _dated(models.TeamMember, "staff_id", "team_id", _team),
        "Colleagues in a team see each other's cases.",
    ),
    Relation(
        "manager", "Line managers", "a line manager", forms.ManagerForm, _of_staff(models.LineManager, "manager"),
        _manager, _dated(models.LineManager, "staff_id", "manager_id", _manager),
        "Their line manager is told what is overdue, and is asked what is theirs to agree to.",
    ),
    Relation(
        "deputy", "Deputies", "a deputy", forms.DeputyForm, _of_staff(models.Deputy, "deputy"), _deputy,
        _dated(models.Deputy, "staff_id", "deputy_id", _deputy),
        "Whoever stands in while they are away is named here, with the days.",
    ),
    Relation(
        "post", "Posts", "a post", forms.PostForm, _of_staff(models.StaffPost), _post,
        _dated(models.StaffPost, "staff_id", "post", _post),
        "The post they hold, as it is named in letters and in the record.",
    ),
    Relation(
        "training", "Training", "training", forms.TrainingForm, _of_staff(models.Training), _module, _training,
        "Training that is finished is listed here with the day it lapses. Some steps ask for it.",
    ),
    Relation(
        "connection", "People and addresses they keep away from", "a connection", forms.ConnectionForm,
        _of_staff(models.Connection), _tie, _connection,
        "People and addresses they know are declared here: their files are then closed to them.",
    ),
)  # fmt: skip

OF_CUSTOMER = (
    Relation(
        "safe-contact", "Safe ways to be in touch", "a rule", forms.SafeContactForm,
        lambda who: models.SafeContact.objects.filter(customer_id__in=who).order_by("-pk"), _reached, _safe_contact,
        "Ways of reaching them that are not safe, or the only safe one, are listed here and shown on each file.",
    ),
    Relation(
        "tenancy", "Tenancies", "a tenancy", forms.TenancyForm,
        lambda who: models.Tenancy.objects.filter(tenants__in=who).select_related("home").prefetch_related("tenants")
        .order_by("-pk"), _let, _tenancy,
        "The homes they hold, alone or with others, are listed here with the days.",
    ),
    Relation(
        "household", "Who lives with them", "somebody", forms.HouseholdForm,
        lambda who: models.HouseholdMember.objects.filter(customer_id__in=who).select_related("member").order_by("-pk"),
        _member, _dated(models.HouseholdMember, "customer_id", "member_id", _member),
        "Those who live with them without being a tenant are listed here, so that a file can say so.",
    ),
)  # fmt: skip
