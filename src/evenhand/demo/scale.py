"""Very many synthetic cases beside the stories, spread over as many colleagues as would look after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from evenhand.cases.bulk import DAYS, Crew, Setting, load_synthetic
from evenhand.demo.names import FAMILIES, MEN, STREETS, TOWNS, WOMEN
from evenhand.demo.staff import names, teams
from evenhand.people import models
from evenhand.people.writing import mark_changed

SEED = 1
CASES_A_CREW = 500
"""Over their years on file; about one in ten is still open."""
CREWS_A_TEAM = 5
OVER_BY = 60
"""Days before today by which the last synthetic case has begun, so that every story has run its course."""


def load_scale(cases: int, today: date, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Adds so many cases to a home that holds the demonstration; returns how many entries they have."""
    first_day = today - timedelta(days=DAYS + OVER_BY)
    setting = Setting(list(crews(cases)), first_day, customer_name, address)
    loaded = load_synthetic(cases, SEED, setting, progress)
    _enter_teams(setting.crews[_at_home() :])
    return loaded


def crews(cases: int) -> Iterator[Crew]:
    """The demonstration's own officers, then others, until there are enough for so many cases."""
    many = min(max(cases // CASES_A_CREW, _at_home()), DAYS)
    yield from islice(_all_crews(), many)


def _at_home() -> int:
    return sum(len(team.officers) for team in teams())


def _all_crews() -> Iterator[Crew]:
    called = names()
    for team in teams():
        for officer, colleague in zip(team.officers, team.colleagues, strict=False):
            yield Crew(*((who, called[who]) for who in (colleague, officer, team.manager)))
    for number in range(DAYS):
        team_number = number // CREWS_A_TEAM
        yield Crew(
            (f"colleague-{number:03}", _person(number * 3)),
            (f"officer-{number:03}", _person(number * 3 + 1)),
            (f"manager-{team_number:02}", _person(team_number * 3 + 2)),
        )


def _enter_teams(crews: Sequence[Crew]) -> None:
    """The teams of those who came with the cases; whoever had no case did not come."""
    come = set(models.Staff.objects.values_list("id", flat=True))
    members = {(crew.manager[0], who) for crew in crews for who, _ in (crew.colleague, crew.officer, crew.manager)}
    there = sorted(pair for pair in members if pair[1] in come)
    models.Team.objects.bulk_create(
        models.Team(id=team, title=f"Patch {team.rpartition('-')[2]}") for team in sorted({team for team, _ in there})
    )
    models.TeamMember.objects.bulk_create(models.TeamMember(team_id=team, staff_id=who) for team, who in there)
    mark_changed()


def customer_name(number: str) -> str:
    """What the customer of a case's number is called: a name that comes back once in some hundred thousand."""
    return _person(int(number))


def _person(number: int) -> str:
    given = WOMEN + MEN
    return f"{given[number * 7 % len(given)]} {FAMILIES[(number // len(given) + number * 11) % len(FAMILIES)]}"


def address(number: str) -> str:
    """Where they live."""
    place = int(number)
    (town, district), street = TOWNS[place % len(TOWNS)], STREETS[place // 7 % len(STREETS)]
    return f"{place // 500 + 1} {street}, {town} {district} {place % 9 + 1}{'ABDEFGH'[place % 7]}X"
