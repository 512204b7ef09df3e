"""A hundred years of days, reckoned a second time without Python's calendar, without tzdata and without `holidays`.

Days are counted one by one from a known Sunday; month lengths, leap years, Easter, bank holidays and summer time are
the rules as laid down. A difference is listed in `KNOWN_DIFFERENCES`, with the reason, or it is a fault.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from dateutil.relativedelta import relativedelta

from evenhand.policy.clock import FIRST_DAY, LAST_DAY, Calendar, Period, Window, add_months, london_day, within

Ymd = tuple[int, int, int]

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
NATIONS = ("england", "wales", "scotland", "northern_ireland")

# The walk: one hundred years, with room behind for the periods that run on.
WALK_FROM, WALK_TO = (1980, 1, 1), (2079, 12, 31)

# The St Andrew's Day Bank Holiday (Scotland) Act 2007 came into force in January 2007; the package begins a year early.
KNOWN_DIFFERENCES = {"scotland": {(2006, 11, 30)}}

PROCLAIMED = {
    (1981, 7, 29),  # a royal wedding
    (1999, 12, 31),  # the millennium
    (2002, 6, 3),  # golden jubilee
    (2011, 4, 29),  # a royal wedding
    (2012, 6, 5),  # diamond jubilee
    (2022, 6, 3),  # platinum jubilee
    (2022, 9, 19),  # a state funeral
    (2023, 5, 8),  # a coronation
}
PROCLAIMED_IN_SCOTLAND = {(2026, 6, 15)}
EARLY_MAY_MOVED = {1995: 8, 2020: 8}
SPRING_MOVED = {2002: (6, 4), 2012: (6, 4), 2022: (6, 2)}


def month_length(year: int, month: int) -> int:
    leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def count_days() -> Iterator[Ymd]:
    for year in range(1978, 2101):
        for month in range(1, 13):
            yield from ((year, month, day) for day in range(1, month_length(year, month) + 1))


DAYS = tuple(count_days())
PLACE = {ymd: n for n, ymd in enumerate(DAYS)}
AS_DATE = tuple(date(*ymd) for ymd in DAYS)
WALK = range(PLACE[WALK_FROM], PLACE[WALK_TO] + 1)


def weekday(ymd: Ymd) -> int:
    return (PLACE[ymd] + SUN) % 7  # 1 January 1978 was a Sunday


def on_or_after(wanted: int, ymd: Ymd) -> Ymd:
    return next(day for day in DAYS[PLACE[ymd] : PLACE[ymd] + 7] if weekday(day) == wanted)


def last(wanted: int, year: int, month: int) -> Ymd:
    return on_or_after(wanted, (year, month, month_length(year, month) - 6))


def easter(year: int) -> int:
    """The place of Easter Day: the Sunday after the full moon that the golden number gives (1900 to 2199)."""
    golden = year % 19
    moon = (19 * golden + 24) % 30
    if moon == 29 or (moon == 28 and golden > 10):
        moon -= 1
    return PLACE[on_or_after(SUN, DAYS[PLACE[(year, 3, 21)] + moon + 1])]


def kept(*feasts: Ymd) -> set[Ymd]:
    """The weekdays kept for feasts that fall together: one on a weekend moves to the next weekday that is free."""
    free = {feast for feast in feasts if weekday(feast) < SAT}
    for feast in feasts:
        if weekday(feast) >= SAT:
            ahead = DAYS[PLACE[feast] : PLACE[feast] + 5]
            free.add(next(day for day in ahead if weekday(day) < SAT and day not in free))
    return free


def shared_holidays(year: int) -> set[Ymd]:
    early_may = (year, 5, EARLY_MAY_MOVED[year]) if year in EARLY_MAY_MOVED else on_or_after(MON, (year, 5, 1))
    spring = (year, *SPRING_MOVED[year]) if year in SPRING_MOVED else last(MON, year, 5)
    christmas = kept((year, 12, 25), (year, 12, 26))
    return {DAYS[easter(year) - 2], early_may, spring} | christmas | {day for day in PROCLAIMED if day[0] == year}


def holidays_of(nation: str, year: int) -> set[Ymd]:
    common = shared_holidays(year)
    if nation == "scotland":
        andrew = kept((year, 11, 30)) if year >= 2007 else set()
        single = {day for day in PROCLAIMED_IN_SCOTLAND if day[0] == year}
        return common | kept((year, 1, 1), (year, 1, 2)) | {on_or_after(MON, (year, 8, 1))} | andrew | single
    common |= kept((year, 1, 1)) | {DAYS[easter(year) + 1], last(MON, year, 8)}
    if nation == "northern_ireland":
        common |= kept((year, 3, 17)) | kept((year, 7, 12))
    return common


@cache
def worked(nation: str) -> tuple[bool, ...]:
    off = {day for year in range(1978, 2101) for day in holidays_of(nation, year)} | KNOWN_DIFFERENCES.get(
        nation, set()
    )
    return tuple(weekday(day) < SAT and day not in off for day in DAYS)


def working_days_ahead(nation: str, most: int) -> Iterator[tuple[int, deque[int]]]:
    """Each place of the walk, from the last to the first, with the places of the next `most` working days."""
    ahead: deque[int] = deque(maxlen=most)
    for n in range(WALK.stop + 60, WALK.start - 1, -1):
        if n in WALK:
            yield n, ahead
        if worked(nation)[n]:
            ahead.appendleft(n)


def months_on(ymd: Ymd, months: int) -> date:
    """Turn the leaves of the calendar one by one; then the same day, or the last the month has."""
    year, month, day = ymd
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return AS_DATE[PLACE[(year, month, min(day, month_length(year, month)))]]


def summer(year: int) -> tuple[int, int]:
    """The places of the two Sundays on which the clocks change: the summer time orders of 1972 to 2002."""
    spring = on_or_after(SUN, (year, 3, 16)) if year <= 1980 else last(SUN, year, 3)
    if year >= 1996:
        return PLACE[spring], PLACE[last(SUN, year, 10)]
    return PLACE[spring], PLACE[on_or_after(SUN, (year, 10, 23 if year <= 1989 else 22))]


@pytest.mark.parametrize("nation", NATIONS)
def test_every_day_of_the_tables_is_worked_or_not(nation):
    assert (AS_DATE[0], AS_DATE[-1]) == (FIRST_DAY, LAST_DAY)
    calendar = Calendar.of(nation)
    assert [day for n, day in enumerate(AS_DATE) if calendar.is_working_day(day) != worked(nation)[n]] == []


def test_england_has_eight_bank_holidays_in_an_ordinary_year_and_more_by_proclamation():
    extra = {year: len(holidays_of("england", year)) - 8 for year in range(1978, 2101)}
    # Where a jubilee moved the spring holiday, only the other day is further.
    assert {y: n for y, n in extra.items() if n} == {1981: 1, 1999: 1, 2002: 1, 2011: 1, 2012: 1, 2022: 2, 2023: 1}


def test_working_days_1_to_20_in_england_from_every_day():
    calendar, periods = Calendar.of("england"), [Period(working_days=n) for n in range(1, 21)]
    wrong = [
        (AS_DATE[n], str(period))
        for n, ahead in working_days_ahead("england", 20)
        for period, end in zip(periods, ahead, strict=True)
        if period.end(AS_DATE[n], calendar) != AS_DATE[end]
    ]
    assert wrong == []


@pytest.mark.parametrize("nation", NATIONS[1:])
def test_service_by_post_and_ten_working_days_in_the_other_nations_from_every_day(nation):
    calendar, post, decide = Calendar.of(nation), Period(working_days=2), Period(working_days=10)
    wrong = [
        AS_DATE[n]
        for n, ahead in working_days_ahead(nation, 10)
        if (post.end(AS_DATE[n], calendar), decide.end(AS_DATE[n], calendar)) != (AS_DATE[ahead[1]], AS_DATE[ahead[9]])
    ]
    assert wrong == []


def test_working_days_between_any_day_and_the_start_of_the_walk():
    calendar, start, so_far, wrong = Calendar.of("england"), AS_DATE[WALK.start], 0, []
    for n in WALK[1:]:
        so_far += worked("england")[n]
        if calendar.working_days_between(start, AS_DATE[n]) != so_far:
            wrong.append(AS_DATE[n])
    assert wrong == []


@pytest.mark.parametrize("days", [0, 1, 5, 7, 14, 28, 30, 90, 365])
def test_periods_of_days_from_every_day(days):
    calendar, period = Calendar.of("england"), Period(days=days)
    assert [AS_DATE[n] for n in WALK if period.end(AS_DATE[n], calendar) != AS_DATE[n + days]] == []


@pytest.mark.parametrize("months", range(13))
def test_periods_of_months_from_every_day(months):
    calendar, period = Calendar.of("england"), Period(months=months)
    assert [DAYS[n] for n in WALK if period.end(AS_DATE[n], calendar) != months_on(DAYS[n], months)] == []


@pytest.mark.parametrize("years", [1, 2, 4, 6])
def test_periods_of_years_from_every_day(years):
    calendar, period = Calendar.of("england"), Period(years=years)
    assert [DAYS[n] for n in WALK if period.end(AS_DATE[n], calendar) != months_on(DAYS[n], 12 * years)] == []


@pytest.mark.parametrize("months", [1, 3])
def test_months_there_and_back_as_dateutil_has_them(months):
    there = relativedelta(months=months)
    assert [d for d in AS_DATE[WALK.start : WALK.stop] if add_months(d, months) != d + there] == []
    assert [d for d in AS_DATE[WALK.start : WALK.stop] if add_months(d, -months) != d - there] == []


@pytest.mark.parametrize(("earliest", "latest"), [(1, 3), (0, 6), (6, 12)])
def test_windows_of_months_from_every_day(earliest, latest):
    calendar, window = Calendar.of("england"), Window(Period(months=latest), Period(months=earliest))
    wrong = [
        DAYS[n]
        for n in WALK
        if window.bounds(AS_DATE[n], calendar) != (months_on(DAYS[n], earliest), months_on(DAYS[n], latest))
    ]
    assert wrong == []


def test_windows_with_only_an_end_from_every_day():
    calendar, wrong = Calendar.of("england"), []
    in_days, in_working_days = Window(Period(days=28)), Window(Period(working_days=15), Period(working_days=5))
    for n, ahead in working_days_ahead("england", 15):
        if in_days.bounds(AS_DATE[n], calendar) != (AS_DATE[n], AS_DATE[n + 28]):
            wrong.append(AS_DATE[n])
        if in_working_days.bounds(AS_DATE[n], calendar) != (AS_DATE[ahead[4]], AS_DATE[ahead[14]]):
            wrong.append(AS_DATE[n])
    assert wrong == []


def last_second(n: int) -> datetime:
    """The last second of a London day: 22:59:59 UTC once the clocks have gone forward, until they go back."""
    forward, back = summer(DAYS[n][0])
    return datetime(*DAYS[n], 22 if forward <= n < back else 23, 59, 59, tzinfo=UTC)


def test_the_last_second_of_every_day_is_within_and_the_next_is_not():
    second, wrong = timedelta(seconds=1), []
    for n in WALK:
        end = last_second(n)
        if not within(end, AS_DATE[n]) or within(end + second, AS_DATE[n]):
            wrong.append(AS_DATE[n])
    assert wrong == []


def test_the_first_second_of_every_day_is_that_day_and_the_one_before_is_not():
    second, wrong = timedelta(seconds=1), []
    for n in WALK:
        before = last_second(n - 1)
        if (london_day(before), london_day(before + second)) != (AS_DATE[n - 1], AS_DATE[n]):
            wrong.append(AS_DATE[n])
    assert wrong == []
