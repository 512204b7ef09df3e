"""Who is who in each telling of a story: colleagues of a team, and customers who are in no other story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

from evenhand.demo.customers import Customers, Person
from evenhand.demo.staff import Team, above, names, teams
from evenhand.demo.telling import Days, Line, Telling, lines_of
from evenhand.policy.clock import Calendar

HE_OR_SHE = re.compile(r"(?<!\$)\b(s?he)\b", re.IGNORECASE)
"""How a report speaks of the customer: in words of its own, and not in a place where the story puts them in."""
CALLED = ("colleague", "officer", "manager", "senior")
THEMSELVES = ("audra", "dara", "priya", "tom", "mina")
"""Colleagues whom a story may name outright, whoever else is in it."""


class Casting:
    """Who is who in each telling, and when it began."""

    def __init__(self, made: Customers, calendar: Calendar, today: date, chance: Random) -> None:
        self.made, self.calendar, self.today = made, calendar, today
        self.teams = {team.name: team for team in teams()}
        self.addresses = {home.uprn: home.address for home in made.homes}
        self.turns: Counter[str] = Counter()
        ids = sorted(who for who, person in made.people.items() if person.is_plain)
        self.free = chance.sample(ids, len(ids))
        self.tied: dict[str, frozenset[str]] = {}

    def lines(self, told: Iterable[Telling]) -> list[Line]:
        """Every step of every telling, in order of time, each file under a name of its own."""
        found = [line for place, telling in enumerate(told) for line in self._told(telling, place)]
        return sorted(found, key=lambda line: line.at)

    def ties(self) -> dict[str, frozenset[str]]:
        """Whom colleagues have declared a connection with: a relative, a neighbour, a home next door."""
        homes = self.made.homes
        relative = self.free.pop()
        return {"kirsty": frozenset({relative}), "marek": frozenset({homes[7].uprn}), **self.tied}

    def _told(self, telling: Telling, place: int) -> Iterator[Line]:
        days = Days(self.calendar, self.today, telling.ago)
        people = self._people(telling)
        if "neighbour" in telling.words:
            self.tied[people[telling.words["neighbour"]]] = frozenset({people["customer"]})
        yield from lines_of(place, telling, people, days, self.today)

    def _people(self, telling: Telling) -> dict[str, Any]:
        team = self.teams[telling.words["team"]]
        turn = self.turns[team.name]
        self.turns[team.name] += 1
        cast = {**self._staff(team, turn, telling.words), **self._customer(telling.words)}
        called = names()
        return cast | {f"{who}_name": called.get(cast[who], "") for who in CALLED}

    def _staff(self, team: Team, turn: int, words: Mapping[str, Any]) -> dict[str, str]:
        colleague = words.get("colleague", team.colleagues[turn % len(team.colleagues)])
        senior, *apart = above(team.manager)
        beside = [other.manager for other in self.teams.values() if other != team and above(other.manager)[0] == senior]
        return {
            "colleague": colleague,
            "second_colleague": next(who for who in team.colleagues if who != colleague),
            "officer": words.get("officer", team.officers[turn % len(team.officers)]),
            "manager": team.manager,
            "other_manager": beside[turn % len(beside)],
            "senior": senior,
            "hears": words.get("hears", apart[turn % len(apart)]),
            **{who: who for who in THEMSELVES},
        }

    def _customer(self, words: Mapping[str, Any]) -> dict[str, str]:
        person = self._free(words)
        other = self._free({}) if "other" in words else person
        joint = self.made.joint.get(person.id, "")
        home = self.addresses.get(person.record.home, "")
        return {
            "customer": person.id,
            "name": person.record.name,
            "first": person.record.name.split()[0],
            "home": person.record.home,
            "address": home or "The e-mail address on the application",
            "joint_tenant": joint,
            "joint_first": self.made.people[joint].record.name.split()[0] if joint else "",
            "other_customer": other.id,
            **_pronouns(person),
        }

    def _free(self, words: Mapping[str, Any]) -> Person:
        """Somebody who is in no other story: let a home as this one wants it, and called he or she as it says."""
        tenure, is_joint = words.get("tenure", "assured"), "joint" in words
        spoken = HE_OR_SHE.search(words.get("what", ""))
        for place, who in enumerate(self.free):
            person = self.made.people[who]
            fits = person.record.tenure == tenure and (who in self.made.joint) == is_joint
            if fits and (spoken is None or person.is_woman == (spoken[1].lower() == "she")):
                return self.made.people[self.free.pop(place)]
        raise LookupError(f"Nobody is left whose tenure is {tenure}: there are too few customers for the stories.")


def _pronouns(person: Person) -> dict[str, str]:
    she = {"he": "she", "him": "her", "his": "her", "He": "She", "His": "Her", "himself": "herself"}
    return she if person.is_woman else {word: word for word in she}
