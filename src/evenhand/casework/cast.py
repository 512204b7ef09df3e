"""The people and homes of a scenario, as registers and as what stands on their files before the story begins."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from evenhand.casework.registers import CustomerRecord, Home, Registers, Since, StaffMember
from evenhand.casework.steps.base import Data, Day, Name, Words, ask, need
from evenhand.casework.storytext import Node, read_part, unknown_word
from evenhand.policy.faults import Fault

SYSTEM = "system"
"""Who enters what was known before the story: a name that no person of a story can have."""


class SinceWhen(Data):
    """A manager or deputy between two days."""

    who: Name = need("Who")
    since: Day | None = ask("First day", "From the beginning, where left out.")
    until: Day | None = ask("Last day")


def _from_the_beginning(given: Any) -> Any:
    """An id alone stands for somebody without dates."""
    return {"who": given} if isinstance(given, str) else given


def _alone(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


Dated = Annotated[SinceWhen, BeforeValidator(_from_the_beginning)]


class Staff(Data):
    """A colleague: `is: staff`."""

    name: Words = ask("Name", "The id in capitals, where left out.", "")
    roles: tuple[Name, ...] = ask("Roles", "Codes of the edition's roles.", ())
    posts: tuple[Name, ...] = ask("Posts", "Single posts, such as director_of_repairs.", ())
    manager: Annotated[tuple[Dated, ...], BeforeValidator(_alone)] = ask(
        "Line manager", "An id, or a list with days.", ()
    )
    deputies: tuple[Dated, ...] = ask("Deputies", "Ids, or with days.", ())
    training: dict[Name, Day] = Field(default_factory=dict, title="Training", description="Module and day passed.")
    connections: tuple[Name, ...] = ask("Connections", "Customers this colleague knows in private.", ())


class Customer(Data):
    """A customer: `is: customer`."""

    name: Words = ask("Name", "The id in capitals, where left out.", "")
    tenure: Name = ask("Tenure", "A code of tenures.", "")
    home: Name = ask("Home", "Its property number (UPRN).", "")
    born_on: Day | None = ask("Born on")
    joint_with: tuple[Name, ...] = ask("Joint tenants", "Ids.", ())
    household: tuple[Name, ...] = ask("Household", "Ids of those who live there too.", ())
    needs: tuple[dict[str, Any], ...] = ask("Needs", "Each is the data of record_need, known from 'since'.", ())
    representatives: tuple[dict[str, Any], ...] = ask(
        "Representatives", "Each is the data of name_representative, from 'from_on'.", ()
    )


class Outsider(Data):
    """Somebody who does not work here, such as a contractor's operative: `is: outsider`."""

    name: Words = ask("Name", "The id in capitals, where left out.", "")
    roles: tuple[Name, ...] = ask("Roles", "Such as contractor; none, where they only appear.", ())


class HomeCard(Data):
    """A home, under its property number (UPRN)."""

    address: Words = ask("Address", default="")


class Tenancy(Data):
    """Who rents or leases a home together, between two days."""

    home: Name = need("Home", "Its property number (UPRN).")
    kind: Name = need("Kind", "A code of tenures.")
    tenants: tuple[Name, ...] = need("Tenants", "Ids of customers.")
    since: Day | None = ask("First day")
    until: Day | None = ask("Last day")

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


PEOPLE: Mapping[str, type[Data]] = {"staff": Staff, "customer": Customer, "outsider": Outsider}
FILED: Mapping[str, tuple[str, str]] = {
    "needs": ("record_need", "since"),
    "representatives": ("name_representative", "from_on"),
}
"""What a customer's card holds that stands on their file: the step that enters it, and the field with its day."""


@dataclass(frozen=True)
class Cast:
    """Everybody and every home in a story."""

    people: Registers
    tenancies: tuple[Tenancy, ...] = ()

    def on(self, day: date) -> Registers:
        """The registers as they stood on a day."""
        standing = tuple(tenancy for tenancy in self.tenancies if tenancy.on(day)) if self.tenancies else ()
        return _with_tenancies(self, standing) if standing else self.people

    def __hash__(self) -> int:
        return id(self)


@cache
def _with_tenancies(cast: Cast, tenancies: tuple[Tenancy, ...]) -> Registers:
    customers = dict(cast.people.customers)
    for tenancy in tenancies:
        for tenant in tenancy.tenants:
            others = customers[tenant].joint_with.union(tenancy.tenants) - {tenant}
            customers[tenant] = replace(customers[tenant], home=tenancy.home, tenure=tenancy.kind, joint_with=others)
    return replace(cast.people, customers=customers)


def read_cast(root: Node, faults: list[Fault]) -> Cast:
    """The people, homes and tenancies of a scenario; faults are added for what cannot be read."""
    cards = {who: card for who, node in root.at("people").keys.items() if (card := _card(who, node, faults))}
    staff = {who: _staff(who, card) for who, card in cards.items() if isinstance(card, Staff | Outsider)}
    tenants = {who: card for who, card in cards.items() if isinstance(card, Customer)}
    customers = {who: _customer(who, card, tenants) for who, card in tenants.items()}
    homes = {
        uprn: Home(uprn, card.address)
        for uprn, node in _part(root, "homes").keys.items()
        if (card := read_part(HomeCard, node, faults, key=uprn))
    }
    written = [(node, read_part(Tenancy, node, faults)) for node in _part(root, "tenancies").items]
    tenancies = tuple(tenancy for _, tenancy in written if tenancy)
    _check_names(root, cards, faults)
    for node, tenancy in written:
        for tenant in tenancy.tenants if tenancy else ():
            if tenant not in customers:
                faults.append(unknown_word("tenants", node.line, "customer of this story", tenant, customers))
    return Cast(Registers(staff, customers, homes), tenancies)


def _part(root: Node, key: str) -> Node:
    return root.keys.get(key) or Node(root.line, "")


def _card(who: str, node: Node, faults: list[Fault]) -> Data | None:
    kind = node.at("is").text if "is" in node.keys else ""
    if who == SYSTEM:
        faults.append(Fault(who, node.line, "this name is the software's own: choose another."))
    if kind not in PEOPLE:
        faults.append(unknown_word(f"{who}.is", node.at("is").line, "kind of person", kind, PEOPLE))
        return None
    fields = {key: value for key, value in node.keys.items() if key != "is"}
    return read_part(PEOPLE[kind], Node(node.line, fields), faults, key=who)


def _check_names(root: Node, cards: Mapping[str, Data], faults: list[Fault]) -> None:
    for who, card in cards.items():
        node = root.at("people").keys[who]
        for field, named in _named(card):
            if named not in cards:
                faults.append(unknown_word(f"{who}.{field}", node.at(field).line, "person of this story", named, cards))


def _named(card: Data) -> Iterator[tuple[str, str]]:
    for field in ("manager", "deputies", "connections", "joint_with", "household"):
        for one in getattr(card, field, ()):
            yield field, one.who if isinstance(one, SinceWhen) else one


def _staff(who: str, card: Staff | Outsider) -> StaffMember:
    roles = frozenset(card.roles)
    if isinstance(card, Outsider):
        return StaffMember(who, _name(who, card.name), roles)
    return StaffMember(
        who,
        _name(who, card.name),
        roles,
        frozenset(card.posts),
        tuple(Since(one.who, one.since, one.until) for one in card.manager),
        tuple(Since(one.who, one.since, one.until) for one in card.deputies),
        card.training,
        frozenset(card.connections),
    )


def _customer(who: str, card: Customer, cards: Mapping[str, Customer]) -> CustomerRecord:
    # Whoever is named as a joint tenant is one, whichever card says so.
    joint = frozenset(card.joint_with) | {other for other, theirs in cards.items() if who in theirs.joint_with}
    household = frozenset(card.household)
    return CustomerRecord(who, _name(who, card.name), card.tenure, card.home, card.born_on, joint, household)


def _name(who: str, name: str) -> str:
    return name or who.replace("_", " ").replace("-", " ").title()
