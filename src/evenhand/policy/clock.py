"""Calendar arithmetic for legal days: London days, calendar months, working days, periods and windows.

Nothing here reads a clock. A day with legal effect is a `Europe/London` day; months count from the original date;
ends are inclusive; the day something happens is never day 1 of a period that runs from it. Serves the time limits
of every clause, among them 5.2 (review window) and 5.6 (last day for an appeal).
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from importlib.metadata import version
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# The present set of bank holidays begins with the early May holiday of 1978; the tables end with the century.
FIRST_DAY = date(1978, 1, 1)
LAST_DAY = date(2100, 12, 31)

_SUBDIVISIONS = {"england": "ENG", "northern_ireland": "NIR", "scotland": "SCT", "wales": "WLS"}


class NotAnInstant(ValueError):
    """A time that cannot be placed on the world's clock."""


class DateOutOfRange(ValueError):
    """A sum of dates that leaves the calendar."""


class UnknownNation(ValueError):
    """A nation whose bank holidays are not known here."""


class BadCalendar(ValueError):
    """Local days that contradict each other or change nothing."""


class BadPeriod(ValueError):
    """A length of time that is not one whole number of one unit."""


def london_day(instant: datetime) -> date:
    """The day it was in London at an aware `instant`. A naive one raises `NotAnInstant`."""
    if instant.utcoffset() is None:
        raise NotAnInstant(f"{instant.isoformat()} has no time zone, so its day is not certain. Give the zone.")
    return _in_zone(instant, LONDON).date()


def london_instant(local: str | datetime) -> datetime:
    """The instant of a local London time (ISO 8601 text or a datetime), in UTC; a time with an offset keeps its own.

    On the autumn night 01:00 to 01:59 comes twice: the first is meant. On the spring night it never comes: it is read
    as if the clocks had not yet changed (01:30 is 02:30 BST). The answer is in UTC because Python compares two times
    of one zone by their hands, which is wrong on those nights.
    """
    try:
        moment = datetime.fromisoformat(local) if isinstance(local, str) else local
    except ValueError:
        raise NotAnInstant(f"{local!r} is not a date and time. Write it like 2021-08-06T14:30.") from None
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=LONDON, fold=0)
    return _in_zone(moment, UTC)


def _in_zone(instant: datetime, zone: tzinfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError:
        raise DateOutOfRange(f"{instant.isoformat()} is too near the end of the calendar to be placed.") from None


def within(instant: datetime, last_day: date) -> bool:
    """Whether something received at `instant` came by the end of `last_day` in London."""
    return london_day(instant) <= last_day


def add_days(start: date, days: int) -> date:
    """The day `days` after `start`, or before it when negative."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        raise DateOutOfRange(f"{days} days from {start.isoformat()} is outside the years 1 to 9999.") from None


def add_months(start: date, months: int) -> date:
    """The same day of the month, `months` calendar months on (or back), or the last day of a shorter month.

    Always count from the original date: 31 January and two months is 31 March, not 28 March.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise DateOutOfRange(f"{months} months from {start.isoformat()} is outside the years 1 to 9999.")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(start: date, years: int) -> date:
    """The same date, `years` on (or back); 29 February becomes 28 February in a common year."""
    return add_months(start, 12 * years)


@dataclass(frozen=True)
class Calendar:
    """The working days of one nation: Monday to Friday, less its bank holidays.

    `extra_days` are further days off; `not_days` are bank holidays on which this landlord works. Known from
    `FIRST_DAY` to `LAST_DAY`; outside them every question raises `DateOutOfRange`.
    """

    nation: str
    extra_days: frozenset[date] = frozenset()
    not_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.nation not in _SUBDIVISIONS:
            known = ", ".join(_SUBDIVISIONS)
            raise UnknownNation(f"No bank holidays are known for {self.nation!r}. Known nations: {known}.")
        if self.not_days and (idle := self.not_days - (_bank_holidays(self.nation) - self.extra_days)):
            days = ", ".join(day.isoformat() for day in sorted(idle))
            raise BadCalendar(f"Worked bank holidays must be bank holidays, and not days off as well. Not so: {days}.")

    @classmethod
    def of(cls, nation: str, *, extra_days: Iterable[date] = (), not_days: Iterable[date] = ()) -> Calendar:
        """The calendar of a nation with a landlord's local days. Raises `UnknownNation` and `BadCalendar`."""
        return cls(nation, frozenset(extra_days), frozenset(not_days))

    @property
    def name(self) -> str:
        """What a deadline stores to say which calendar fixed it, such as 'england/holidays-0.109+1 local'."""
        local = f"+{len(self.extra_days)} local" if self.extra_days else ""
        worked = f"-{len(self.not_days)} worked" if self.not_days else ""
        return f"{self.nation}/{_source()}{local}{worked}"

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked."""
        # FIRST_DAY is a Sunday: with nothing counted yet, the day looked at is the table's last, and not `day`.
        return _working_days(self)[self._count(day) - 1] == day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is never counted itself; with n = 0, `day` as it stands.

        With n = 2 and the day of posting, this is the day a first-class letter is deemed served (5.1).
        """
        if n < 0:
            raise BadPeriod(f"Working days are counted forward only, not {n}.")
        days, last = _working_days(self), self._count(day) + n - 1
        if last >= len(days):
            raise DateOutOfRange(f"{n} working days after {day.isoformat()} is past {LAST_DAY.isoformat()}.")
        return days[last] if n else day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and with `end`; negative when `end` is earlier."""
        return self._count(end) - self._count(start)

    def _count(self, day: date) -> int:
        if not FIRST_DAY <= day <= LAST_DAY:
            span = f"from {FIRST_DAY.isoformat()} to {LAST_DAY.isoformat()}"
            raise DateOutOfRange(f"Bank holidays are known {span}, not for {day.isoformat()}.")
        return bisect_right(_working_days(self), day)


@lru_cache(maxsize=64)
def _working_days(calendar: Calendar) -> tuple[date, ...]:
    off = calendar.extra_days | (_bank_holidays(calendar.nation) - calendar.not_days)
    days = (FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in off)


@cache
def _bank_holidays(nation: str) -> frozenset[date]:
    # Imported when first asked for: it takes longer than all the rest, and most commands count no working days.
    import holidays  # noqa: PLC0415 - loading takes 0.4 s, and most commands never ask

    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=years))


@cache
def _source() -> str:
    return f"holidays-{version('holidays')}"


@dataclass(frozen=True)
class Period:
    """A length of time in exactly one unit, a whole number from 0, such as `Period(days=14)`."""

    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    years: int | None = None

    def __post_init__(self) -> None:
        given = [unit for unit, amount in vars(self).items() if amount is not None]
        if len(given) != 1:
            raise BadPeriod(f"A period is in days, working_days, months or years: one of them, not {len(given)}.")
        if type(self.amount) is not int or self.amount < 0:
            raise BadPeriod(f"A period is a whole number, 0 or more: {self.unit} cannot be {self.amount!r}.")

    @property
    def unit(self) -> str:
        """The name of the one unit given."""
        return next(unit for unit, amount in vars(self).items() if amount is not None)

    @property
    def amount(self) -> int:
        """How many of that unit."""
        amount: int = vars(self)[self.unit]
        return amount

    def __str__(self) -> str:
        words = self.unit.replace("_", " ")
        return f"{self.amount} {words.removesuffix('s') if self.amount == 1 else words}"

    def end(self, start: date, calendar: Calendar) -> date:
        """The last day, inclusive: day 1 is the day after `start`, so 14 days from 1 March end on 15 March."""
        if self.working_days is not None:
            return calendar.add_working_days(start, self.working_days)
        if self.days is not None:
            return add_days(start, self.days)
        return add_months(start, self.amount) if self.months is not None else add_years(start, self.amount)


@dataclass(frozen=True)
class Window:
    """The days on which something may be done: from `earliest` (at once where there is none) to `latest`.

    Both are of one unit, so that the order of the two ends cannot hang on the day they run from.
    """

    latest: Period
    earliest: Period | None = None

    def __post_init__(self) -> None:
        if self.earliest is None:
            return
        if self.earliest.unit != self.latest.unit:
            raise BadPeriod(f"Both ends of a window are of one unit, not {self.earliest} and {self.latest}.")
        if self.earliest.amount > self.latest.amount:
            raise BadPeriod(f"A window cannot open after it shuts: {self.earliest} is more than {self.latest}.")

    def bounds(self, start: date, calendar: Calendar) -> tuple[date, date]:
        """The first and the last day, both inclusive, for what runs from `start`."""
        first = start if self.earliest is None else self.earliest.end(start, calendar)
        return first, self.latest.end(start, calendar)
