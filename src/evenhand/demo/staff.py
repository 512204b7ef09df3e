"""The invented landlord's own people: six teams, those above them, and two who come from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from evenhand.casework.registers import Since, StaffMember

LANDLORD = "Harrow Vale Homes"

TEAMS: Mapping[str, str] = {
    "housing": "Housing management",
    "repairs": "Repairs",
    "lettings": "Lettings",
    "income": "Income",
    "asb": "Anti-social behaviour",
    "service": "Customer service",
}

_MANAGER, _OFFICER, _COLLEAGUE = "manager", "case_officer", "colleague"

IN_TEAMS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "housing": (
        ("mina", "Mina Rao", _MANAGER),
        ("tom", "Tom Hallett", _OFFICER),
        ("amara", "Amara Diallo", _OFFICER),
        ("priya", "Priya Nair", _COLLEAGUE),
        ("sunil", "Sunil Mehta", _COLLEAGUE),
        ("kirsty", "Kirsty Rowe", _COLLEAGUE),
        ("marek", "Marek Nowak", _COLLEAGUE),
    ),
    "repairs": (
        ("hana", "Hana Lindqvist", _MANAGER),
        ("ben", "Ben Whitlock", _OFFICER),
        ("jo", "Jo Pritchard", _COLLEAGUE),
        ("femi", "Femi Oyelaran", _COLLEAGUE),
        ("lorna", "Lorna Buchan", _COLLEAGUE),
        ("dev", "Dev Kapoor", _COLLEAGUE),
    ),
    "lettings": (
        ("ruth", "Ruth Carmody", _MANAGER),
        ("dan", "Dan Osgood", _OFFICER),
        ("lena", "Lena Vogt", _COLLEAGUE),
        ("yusra", "Yusra Hersi", _COLLEAGUE),
        ("gwen", "Gwen Parry", _COLLEAGUE),
    ),
    "income": (
        ("glen", "Glen Mwangi", _MANAGER),
        ("nick", "Nick Treloar", _OFFICER),
        ("farah", "Farah Siddiqui", _COLLEAGUE),
        ("colm", "Colm Hegarty", _COLLEAGUE),
        ("bea", "Bea Winterton", _COLLEAGUE),
    ),
    "asb": (
        ("imogen", "Imogen Sharpe", _MANAGER),
        ("kwesi", "Kwesi Ampofo", _OFFICER),
        ("tess", "Tess Garrity", _OFFICER),
        ("raj", "Raj Bhandari", _COLLEAGUE),
        ("molly", "Molly Teague", _COLLEAGUE),
    ),
    "service": (
        ("owen", "Owen Pugh", _MANAGER),
        ("nadine", "Nadine Charles", _OFFICER),
        ("zoe", "Zoe Ferris", _COLLEAGUE),
        ("hamid", "Hamid Rostami", _COLLEAGUE),
        ("ellie", "Ellie Strand", _COLLEAGUE),
        ("piotr", "Piotr Zych", _COLLEAGUE),
    ),
}
ABOVE: tuple[tuple[str, str, str], ...] = (
    ("sam", "Sam Oduya", "senior_officer"),
    ("sia", "Sia Vance", "senior_officer"),
    ("colette", "Colette Marchant", "senior_officer"),
    ("audra", "Audra Penn", "auditor"),
    ("dara", "Dara Quill", "data_protection_officer"),
    ("paul", "Paul Ferrant", "policy_owner"),
    ("ada", "Ada Frost", "administrator"),
    ("lewis", "Lewis Abara", "legal_adviser"),
)
OUTSIDE: tuple[tuple[str, str, str], ...] = (
    ("kofi", "Kofi Adu of Brightflame Gas", "contractor"),
    ("stan", "Stan Belcher of Valley Lifts", "contractor"),
)
"""They report what happens to them and have no sign-in."""

SENIORS = tuple(who for who, _, role in ABOVE if role == "senior_officer")
LAPSED = "owen"
"""A manager whose training has lapsed (clause 4.8)."""
SIGN_INS: tuple[tuple[str, str], ...] = (
    ("priya", "Front-line colleague"),
    ("tom", "Case officer"),
    ("mina", "Manager"),
    ("sam", "Senior officer"),
    ("audra", "Auditor"),
    ("dara", "Data protection officer"),
    ("paul", "Owner of the policy"),
    ("ada", "Administrator"),
)
"""One of each role, for whoever looks round the demonstration."""


@dataclass(frozen=True)
class Team:
    """Who does what in a team."""

    name: str
    manager: str
    officers: tuple[str, ...]
    colleagues: tuple[str, ...]


def teams() -> list[Team]:
    """Every team with its people, each told apart by what they do."""
    return [
        Team(name, _with(people, _MANAGER)[0], _with(people, _OFFICER), _with(people, _COLLEAGUE))
        for name, people in IN_TEAMS.items()
    ]


def _with(people: tuple[tuple[str, str, str], ...], role: str) -> tuple[str, ...]:
    return tuple(who for who, _, theirs in people if theirs == role)


def address(who: str) -> str:
    """The e-mail address that somebody signs in with."""
    return f"{who}@example.org"


def names() -> dict[str, str]:
    """Everybody's name by id."""
    return {who: name for who, name, _ in _everybody()}


def _everybody() -> list[tuple[str, str, str]]:
    return [*(one for team in IN_TEAMS.values() for one in team), *ABOVE, *OUTSIDE]


def members(today: date, connections: Mapping[str, frozenset[str]], chance: Random) -> list[StaffMember]:
    """Everybody with roles, managers, deputies, training and the ties they have declared, as of a day."""
    managers = dict(_managers())
    deputies = _deputies(today)
    return [
        StaffMember(
            who,
            name,
            frozenset({role}),
            managers=(Since(managers[who]),) if who in managers else (),
            deputies=deputies.get(who, ()),
            training={} if role == "contractor" else {"unacceptable_conduct": _trained_on(who, today, chance)},
            connections=connections.get(who, frozenset()),
        )
        for who, name, role in _everybody()
    ]


def _managers() -> Iterator[tuple[str, str]]:
    for place, team in enumerate(teams()):
        yield team.manager, SENIORS[place % len(SENIORS)]
        yield from ((who, team.manager) for who in (*team.officers, *team.colleagues))


def above(manager: str) -> tuple[str, ...]:
    """A manager's own senior officer, then those who are apart from the team."""
    own = dict(_managers())[manager]
    return (own, *(who for who in SENIORS if who != own))


def _deputies(today: date) -> dict[str, tuple[Since, ...]]:
    """Who stands in for whom: one now, for a fortnight; one who has stood in; one who will."""
    fortnight = timedelta(days=14)
    return {
        "ruth": (Since("glen", today - timedelta(days=5), today + fortnight),),
        "hana": (Since("mina", today - timedelta(days=80), today - timedelta(days=66)),),
        "sam": (Since("colette", today + timedelta(days=25), today + timedelta(days=39)),),
    }


def _trained_on(who: str, today: date, chance: Random) -> date:
    """Within the last year, save for whoever let it lapse."""
    return today - timedelta(days=430 if who == LAPSED else chance.randrange(250, 340))
