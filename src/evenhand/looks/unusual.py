"""Looks that stand out (H1, clause 3.2): a prompt for a question, never a finding.

Looks may lie in a database of their own, so nothing here joins them with files: it asks which files were looked at, and
then who has a part on these. Whoever reads this is told nothing of their own looks, nor of those they are tied to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median_low

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour

from evenhand.cases.editions import in_force
from evenhand.cases.models import FilePerson, FileStaff
from evenhand.cases.seeing import Viewer
from evenhand.casework.registers import Registers
from evenhand.looks.models import Look
from evenhand.looks.noting import REFUSED
from evenhand.people.models import TeamMember
from evenhand.people.settled import settled
from evenhand.policy.clock import LONDON

SIGNS: Mapping[str, str] = {
    "many": "Files and customers",
    "apart": "No part in it",
    "late": "Out of hours",
    "same": "The same person again",
    "refused": "Somebody they are tied to",
}
"""What may stand out, in words short enough for the head of a column."""
OF_FILES = ("case", "flag", "incident", "inquiry", "person")
LONGEST = 31
"""Days that are looked at together."""
EARLIEST = date(1900, 1, 1)
"""Nobody had looked by then: a day typed that is older counts as this, so that there are days before it."""
AT_ONCE = 5_000
"""Names asked about in one statement."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some days, both included."""

    since: date
    until: date

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.since + timedelta(days=number) for number in range((self.until - self.since).days + 1)]


def span_of(since: date | None, until: date | None, today: date) -> Span:
    """The days asked about: the last seven where nothing is said, none to come, and no more than fit together."""
    last = max(min(until or today, today), EARLIEST)
    first = min(since or last - timedelta(days=6), last)
    return Span(max(first, last - timedelta(days=LONGEST - 1)), last)


@dataclass(frozen=True, slots=True)
class StandsOut:
    """A colleague whose looks stand out: how many files are usual for the role, and the number by sign.

    `signs` are those whose number reaches what the landlord has settled.
    """

    staff: str
    usual: int
    numbers: Mapping[str, int]
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unasked:
    """How often a colleague looked at a file without having been asked why."""

    staff: str
    file: str
    customer: str
    times: int


class Looking:
    """The looks of some days, as one viewer may read of them."""

    def __init__(self, viewer: Viewer, span: Span) -> None:
        self.viewer, self.span, self.settled = viewer, span, settled()

    def standing_out(self) -> list[StandsOut]:
        """Everybody whose looks stand out, those who do so in most ways first."""
        late, refused = _counted(self._looks.filter(self._is_late)), _counted(self._looks.filter(kind=REFUSED))
        apart, same = Counter(one.staff for one in self._apart), Counter(who for who, _ in self._same)
        each = {"many": self._files, "apart": apart, "late": late, "same": same, "refused": refused}
        everybody = sorted({*self._files, *late, *refused})
        found = [self._weighed(who, {sign: each[sign][who] for sign in SIGNS}) for who in everybody]
        return sorted((one for one in found if one.signs), key=lambda one: (-len(one.signs), -one.numbers["many"]))

    def behind(self, staff: str, sign: str) -> QuerySet[Look]:
        """The looks behind a number, the last first."""
        conditions = {
            "many": lambda: Q(kind__in=OF_FILES),
            "apart": lambda: Q(purpose="", file__in={one.file for one in self._apart if one.staff == staff}),
            "late": lambda: self._is_late,
            "same": lambda: Q(purpose="", customer__in=[whom for who, whom in self._same if who == staff]),
            "refused": lambda: Q(kind=REFUSED),
        }
        return self._looks.filter(conditions[sign](), staff=staff).order_by("-id")

    def _weighed(self, who: str, numbers: Mapping[str, int]) -> StandsOut:
        least = {"apart": "apart_least", "late": "late_least"}
        signs = {sign for sign, name in least.items() if numbers[sign] >= self.settled[name]}
        signs |= {sign for sign in ("same", "refused") if numbers[sign]}
        usual = self._usual(who)
        if usual and numbers["many"] >= max(self.settled["many_least"], usual * self.settled["many_times"]):
            signs.add("many")
        return StandsOut(who, usual, numbers, frozenset(signs))

    def _usual(self, who: str) -> int:
        """How many files the middle one looked at of those who share a role with somebody; 0 where nobody does."""
        roles, staff = self._roles, self.viewer.registers.staff
        others = [number for other, number in self._files.items() if other != who and roles[other] & roles[who]]
        return median_low(others) if others and who in staff else 0

    @cached_property
    def _roles(self) -> Mapping[str, frozenset[str]]:
        staff = self.viewer.registers.staff
        return defaultdict(frozenset, {who: staff[who].roles for who in staff})

    @cached_property
    def _looks(self) -> QuerySet[Look]:
        ties = self.viewer.ties
        looks = Look.objects.filter(day__gte=self.span.since, day__lte=self.span.until).exclude(staff=self.viewer.id)
        if ties:
            about = FilePerson.objects.filter(person__in=ties).values_list("file", flat=True)
            looks = looks.exclude(customer__in=ties).exclude(file__in={*ties, *about})
        return looks.alias(hour=ExtractHour("at", tzinfo=LONDON))

    @cached_property
    def _files(self) -> Counter[str]:
        """How many files and customers each colleague looked at."""
        looks = self._looks.filter(kind__in=OF_FILES)
        return Counter(dict(looks.values_list("staff").annotate(Count("file", distinct=True)).order_by()))

    @cached_property
    def _is_late(self) -> Q:
        """Before or after the hours of work, or on a day that is not worked."""
        off = [day for day in self.span.days if not in_force().calendar.is_working_day(day)]
        return Q(hour__lt=self.settled["hours_from"]) | Q(hour__gte=self.settled["hours_until"]) | Q(day__in=off)

    @cached_property
    def _unasked(self) -> Sequence[Unasked]:
        looks = self._looks.filter(kind__in=OF_FILES, purpose="").values_list("staff", "file", "customer")
        return [Unasked(*row) for row in looks.annotate(Count("id")).order_by()]

    @cached_property
    def _parts(self) -> Mapping[str, set[str]]:
        """Who has a part on a file, by its name, or on any file about a customer, by theirs."""
        return parts_on({one.file for one in self._unasked}, {one.customer for one in self._unasked} - {""})

    def _have_part(self, one: Unasked) -> set[str]:
        return self._parts[one.file] | self._parts[one.customer]

    @cached_property
    def _apart(self) -> list[Unasked]:
        """Where neither they nor their team have a part in it, nor in anything else about the same person."""
        teams, managed = teams_on(self.span.until), self._managed
        return [
            one
            for one in self._unasked
            if not (teams[one.staff] | managed[one.staff] | {one.staff}) & self._have_part(one)
        ]

    @cached_property
    def _managed(self) -> Mapping[str, set[str]]:
        return managed_on(self.span.until, self.viewer.registers)

    @cached_property
    def _same(self) -> list[tuple[str, str]]:
        """Colleague and customer: looked at again and again, where neither they nor those they manage have a part."""
        times: Counter[tuple[str, str]] = Counter()
        for one in self._unasked:
            if one.customer and not (self._managed[one.staff] | {one.staff}) & self._have_part(one):
                times[one.staff, one.customer] += one.times
        return [key for key, number in times.items() if number >= self.settled["same_least"]]


def _counted(looks: QuerySet[Look]) -> Counter[str]:
    return Counter(dict(looks.values_list("staff").annotate(Count("id")).order_by()))


def parts_on(files: Collection[str], customers: Collection[str]) -> Mapping[str, set[str]]:
    """Who has a part on some files, and on any file about some customers, by the names of either."""
    about: dict[str, set[str]] = defaultdict(set)
    for some in _some(customers):
        for person, file in FilePerson.objects.filter(person__in=some).values_list("person", "file"):
            about[file].add(person)
    parts: dict[str, set[str]] = defaultdict(set)
    for some in _some({*files, *about}):
        for file, staff in FileStaff.objects.filter(file__in=some).values_list("file", "staff"):
            for name in {file, *about.get(file, ())}:
                parts[name].add(staff)
    return parts


def _some(names: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(names)
    return (listed[first : first + AT_ONCE] for first in range(0, len(listed), AT_ONCE))


def teams_on(day: date) -> Mapping[str, set[str]]:
    """For each colleague: everybody in a team of theirs."""
    members: dict[str, set[str]] = defaultdict(set)
    for team, who in TeamMember.objects.on(day).values_list("team_id", "staff_id"):
        members[team].add(who)
    mates: dict[str, set[str]] = defaultdict(set)
    for team in members.values():
        for who in team:
            mates[who] |= team
    return mates


def managed_on(day: date, registers: Registers) -> Mapping[str, set[str]]:
    """For each manager: those they manage, directly or through others."""
    managed: dict[str, set[str]] = defaultdict(set)
    for who in registers.staff:
        for manager in _above(who, registers, day):
            managed[manager].add(who)
    return managed


def _above(who: str, registers: Registers, day: date) -> set[str]:
    """Everybody who manages a colleague, directly or through others."""
    found: set[str] = set()
    waiting = [who]
    while waiting:
        fresh = registers.managers_of(waiting.pop(), day) - found
        found |= fresh
        waiting.extend(fresh)
    return found
