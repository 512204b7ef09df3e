"""The arithmetic of days, by example and by property. The walk over a hundred years is in test_clock_oracle."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.policy.clock import (
    FIRST_DAY,
    LAST_DAY,
    BadCalendar,
    BadPeriod,
    Calendar,
    DateOutOfRange,
    NotAnInstant,
    Period,
    UnknownNation,
    Window,
    add_days,
    add_months,
    add_years,
    london_day,
    london_instant,
    within,
)

ENGLAND = Calendar.of("england")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# London days


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-28T23:59:59", date(2026, 3, 28)),
        ("2026-03-29T00:00:00", date(2026, 3, 29)),
        ("2026-03-29T00:59:59", date(2026, 3, 29)),
        ("2026-03-29T01:00:00", date(2026, 3, 29)),
        ("2026-03-29T22:59:59", date(2026, 3, 29)),
        ("2026-03-29T23:00:00", date(2026, 3, 30)),
        ("2026-10-24T22:59:59", date(2026, 10, 24)),
        ("2026-10-24T23:00:00", date(2026, 10, 25)),
        ("2026-10-24T23:59:59", date(2026, 10, 25)),
        ("2026-10-25T00:00:00", date(2026, 10, 25)),
        ("2026-10-25T00:59:59", date(2026, 10, 25)),
        ("2026-10-25T01:00:00", date(2026, 10, 25)),
        ("2026-10-25T23:59:59", date(2026, 10, 25)),
        ("2026-10-26T00:00:00", date(2026, 10, 26)),
    ],
)
def test_london_day_around_both_clock_changes(instant, day):
    assert london_day(utc(instant)) == day


def test_london_day_takes_instants_of_any_zone():
    assert london_day(datetime(2026, 7, 1, 4, 30, tzinfo=timezone(timedelta(hours=6)))) == date(2026, 6, 30)


def test_london_day_of_a_naive_time_is_refused():
    with pytest.raises(NotAnInstant) as refusal:
        london_day(datetime.fromisoformat("2026-03-01T12:00"))
    assert str(refusal.value) == "2026-03-01T12:00:00 has no time zone, so its day is not certain. Give the zone."


def test_london_day_at_the_edge_of_the_calendar_is_refused_in_words():
    with pytest.raises(DateOutOfRange) as refusal:
        london_day(datetime(1, 1, 1, tzinfo=UTC))
    assert str(refusal.value) == "0001-01-01T00:00:00+00:00 is too near the end of the calendar to be placed."


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2026-01-15T09:00", "2026-01-15T09:00:00"),
        ("2026-07-15 09:00", "2026-07-15T08:00:00"),
        ("2026-07-15", "2026-07-14T23:00:00"),
        ("2026-07-15T09:00+00:00", "2026-07-15T09:00:00"),
        ("2026-03-29T00:59:59", "2026-03-29T00:59:59"),
        ("2026-03-29T01:00", "2026-03-29T01:00:00"),
        ("2026-03-29T01:30", "2026-03-29T01:30:00"),
        ("2026-03-29T02:00", "2026-03-29T01:00:00"),
        ("2026-10-25T00:59:59", "2026-10-24T23:59:59"),
        ("2026-10-25T01:00", "2026-10-25T00:00:00"),
        ("2026-10-25T01:59:59", "2026-10-25T00:59:59"),
        ("2026-10-25T02:00", "2026-10-25T02:00:00"),
    ],
)
def test_london_instant_reads_local_time(local, instant):
    assert london_instant(local) == utc(instant)


def test_london_instant_means_the_first_of_two_equal_times():
    assert london_instant(datetime.fromisoformat("2026-10-25T01:30").replace(fold=1)) == utc("2026-10-25T00:30:00")


def test_london_instant_keeps_the_second_of_two_equal_times_when_its_offset_is_given():
    first, second = london_instant("2026-10-25T01:30+01:00"), london_instant("2026-10-25T01:30+00:00")
    assert second - first == timedelta(hours=1)


def test_london_instant_of_words_is_refused():
    with pytest.raises(NotAnInstant) as refusal:
        london_instant("next Tuesday")
    assert str(refusal.value) == "'next Tuesday' is not a date and time. Write it like 2021-08-06T14:30."


@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        ("2026-03-29T22:59:59", True),
        ("2026-03-29T23:00:00", False),
        ("2026-03-29T00:00:00", True),
        ("2026-03-01T00:00:00", True),
    ],
)
def test_within_counts_all_of_the_last_day(instant, in_time):
    assert within(utc(instant), date(2026, 3, 29)) is in_time


# Months and years


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2000, 1, 30), 1, date(2000, 2, 29)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 11, 15), 14, date(2028, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_add_months_counts_from_the_original_date(start, months, end):
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2024, 2, 29), -24, date(2000, 2, 29)),
    ],
)
def test_add_years_on_leap_days(start, years, end):
    assert add_years(start, years) == end


@pytest.mark.parametrize(("start", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1), (date(2026, 1, 1), 10**9)])
def test_add_months_outside_the_calendar_is_refused(start, months):
    with pytest.raises(DateOutOfRange) as refusal:
        add_months(start, months)
    assert str(refusal.value) == f"{months} months from {start.isoformat()} is outside the years 1 to 9999."


@pytest.mark.parametrize("days", [1, 10**12])
def test_add_days_outside_the_calendar_is_refused(days):
    with pytest.raises(DateOutOfRange) as refusal:
        add_days(date.max, days)
    assert str(refusal.value) == f"{days} days from 9999-12-31 is outside the years 1 to 9999."


ANY_DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(ANY_DAY, st.integers(-600, 600))
def test_add_months_never_drifts(start, months):
    end = add_months(start, months)
    next_month = add_months(end.replace(day=1), 1)
    assert end.day == min(start.day, (next_month - timedelta(days=1)).day)
    assert (end.year - start.year) * 12 + end.month - start.month == months


@given(ANY_DAY, ANY_DAY, st.integers(-600, 600))
def test_add_months_keeps_the_order_of_days(one, other, months):
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)


# Working days


def test_good_friday_and_easter_monday_are_no_working_days():
    assert ENGLAND.add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)


def test_a_letter_posted_on_christmas_eve_is_deemed_served_after_the_holidays():
    assert ENGLAND.add_working_days(date(2026, 12, 24), 2) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("year", "worked"),
    [(2020, [24, 29, 30, 31]), (2021, [24, 29, 30, 31]), (2022, [23, 28, 29, 30]), (2026, [24, 29, 30, 31])],
)
def test_substitute_days_when_christmas_meets_a_weekend(year, worked):
    assert [day for day in range(23, 32) if ENGLAND.is_working_day(date(year, 12, day))][-4:] == worked


def test_new_year_on_a_saturday_is_made_up_on_monday():
    assert ENGLAND.add_working_days(date(2021, 12, 31), 1) == date(2022, 1, 4)


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2011, 4, 29), date(2022, 9, 19), date(2023, 5, 8)])
def test_single_bank_holidays_count(day):
    assert ENGLAND.is_working_day(day) is False


def test_early_may_moved_in_2020():
    assert [ENGLAND.is_working_day(date(2020, 5, day)) for day in (4, 8)] == [True, False]


@pytest.mark.parametrize(
    ("nation", "holidays_on_weekdays"),
    [("england", 8), ("wales", 8), ("scotland", 10), ("northern_ireland", 10)],
)
def test_the_nations_differ_in_2026(nation, holidays_on_weekdays):
    # 9, 9, 11 and 12 in the tables; Boxing Day is a Saturday everywhere, the Twelfth a Sunday in Northern Ireland.
    worked = Calendar.of(nation).working_days_between(date(2025, 12, 31), date(2026, 12, 31))
    assert worked == 261 - holidays_on_weekdays


@pytest.mark.parametrize(
    ("nation", "off"),
    [
        ("england", [(4, 6), (8, 31)]),
        ("wales", [(4, 6), (8, 31)]),
        ("scotland", [(1, 2), (6, 15), (8, 3), (11, 30)]),
        ("northern_ireland", [(3, 17), (4, 6), (7, 13), (8, 31)]),
    ],
)
def test_days_off_that_not_every_nation_has(nation, off):
    days = [(1, 2), (3, 17), (4, 6), (6, 15), (7, 13), (8, 3), (8, 31), (11, 30)]
    assert [d for d in days if not Calendar.of(nation).is_working_day(date(2026, *d))] == off


def test_add_working_days_of_none_is_the_day_itself():
    assert ENGLAND.add_working_days(date(2026, 12, 25), 0) == date(2026, 12, 25)


def test_add_working_days_from_a_weekend_starts_on_monday():
    assert ENGLAND.add_working_days(date(2026, 6, 6), 1) == date(2026, 6, 8)


def test_add_working_days_backwards_is_refused():
    with pytest.raises(BadPeriod) as refusal:
        ENGLAND.add_working_days(date(2026, 6, 6), -1)
    assert str(refusal.value) == "Working days are counted forward only, not -1."


def test_working_days_between_counts_the_last_day_and_not_the_first():
    assert ENGLAND.working_days_between(date(2026, 4, 1), date(2026, 4, 7)) == 2
    assert ENGLAND.working_days_between(date(2026, 4, 7), date(2026, 4, 1)) == -2
    assert ENGLAND.working_days_between(date(2026, 4, 3), date(2026, 4, 6)) == 0


@given(st.dates(FIRST_DAY, date(2099, 12, 31)), st.integers(0, 200))
def test_working_days_between_undoes_add_working_days(start, n):
    assert ENGLAND.working_days_between(start, ENGLAND.add_working_days(start, n)) == n


def test_first_and_last_day_of_the_tables():
    assert [ENGLAND.is_working_day(day) for day in (FIRST_DAY, LAST_DAY)] == [False, True]
    assert ENGLAND.add_working_days(date(2100, 12, 30), 1) == LAST_DAY
    assert ENGLAND.add_working_days(LAST_DAY, 0) == LAST_DAY


@pytest.mark.parametrize("day", [date(1977, 12, 31), date(2101, 1, 1), date.max])
def test_days_outside_the_tables_are_refused(day):
    with pytest.raises(DateOutOfRange) as refusal:
        ENGLAND.is_working_day(day)
    assert str(refusal.value) == f"Bank holidays are known from 1978-01-01 to 2100-12-31, not for {day.isoformat()}."


def test_add_working_days_past_the_tables_is_refused():
    with pytest.raises(DateOutOfRange) as refusal:
        ENGLAND.add_working_days(LAST_DAY, 1)
    assert str(refusal.value) == "1 working days after 2100-12-31 is past 2100-12-31."


def test_an_unknown_nation_is_refused_by_name():
    with pytest.raises(UnknownNation) as refusal:
        Calendar.of("cornwall")
    assert str(refusal.value) == (
        "No bank holidays are known for 'cornwall'. Known nations: england, northern_ireland, scotland, wales."
    )


def test_local_days_off_and_worked_bank_holidays():
    local = Calendar.of("england", extra_days=[date(2026, 12, 29)], not_days=[date(2026, 8, 31)])
    assert local.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 30)
    assert local.add_working_days(date(2026, 8, 28), 1) == date(2026, 8, 31)


@pytest.mark.parametrize("extra_days", [[], [date(2026, 8, 31)]])
def test_worked_bank_holidays_that_change_nothing_are_refused(extra_days):
    worked = [date(2026, 8, 31) if extra_days else date(2026, 8, 27)]
    with pytest.raises(BadCalendar) as refusal:
        Calendar.of("england", extra_days=extra_days, not_days=worked)
    assert str(refusal.value) == (
        f"Worked bank holidays must be bank holidays, and not days off as well. Not so: {worked[0].isoformat()}."
    )


def test_calendar_name_tells_source_version_and_local_days():
    source = f"holidays-{version('holidays')}"
    local = Calendar.of("scotland", extra_days=[date(2026, 9, 18), date(2026, 9, 21)], not_days=[date(2026, 8, 3)])
    assert ENGLAND.name == f"england/{source}"
    assert local.name == f"scotland/{source}+2 local-1 worked"


def test_equal_calendars_are_one_key():
    assert len({ENGLAND, Calendar.of("england"), Calendar.of("wales")}) == 2


def test_importing_the_clock_does_not_load_the_holiday_tables():
    code = "import sys, evenhand.policy.clock; print('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


# Periods and windows


@pytest.mark.parametrize(
    ("period", "end"),
    [
        (Period(days=14), date(2026, 3, 15)),
        (Period(days=0), date(2026, 3, 1)),
        (Period(working_days=2), date(2026, 3, 3)),
        (Period(working_days=0), date(2026, 3, 1)),
        (Period(months=1), date(2026, 4, 1)),
        (Period(years=1), date(2027, 3, 1)),
    ],
)
def test_period_end_is_inclusive(period, end):
    assert period.end(date(2026, 3, 1), ENGLAND) == end


def test_appeal_on_the_fourteenth_day_is_in_time_and_a_second_later_is_not():
    last_day = Period(days=14).end(date(2026, 3, 15), ENGLAND)
    assert last_day == date(2026, 3, 29)
    assert within(london_instant("2026-03-29T23:59:59"), last_day) is True
    assert within(london_instant("2026-03-30T00:00:00"), last_day) is False


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(days=1), "1 day"),
        (Period(days=14), "14 days"),
        (Period(working_days=1), "1 working day"),
        (Period(working_days=10), "10 working days"),
        (Period(months=0), "0 months"),
        (Period(years=1), "1 year"),
    ],
)
def test_period_reads_as_words(period, text):
    assert str(period) == text


def test_period_tells_unit_and_amount():
    assert (Period(working_days=10).unit, Period(working_days=10).amount) == ("working_days", 10)


@pytest.mark.parametrize(("units", "count"), [({}, 0), ({"days": 1, "months": 1}, 2)])
def test_period_has_exactly_one_unit(units, count):
    with pytest.raises(BadPeriod) as refusal:
        Period(**units)
    expected = f"A period is in days, working_days, months or years: one of them, not {count}."
    assert str(refusal.value) == expected


@pytest.mark.parametrize("amount", [-1, 14.0, True, "14"])
def test_period_is_a_whole_number(amount):
    with pytest.raises(BadPeriod) as refusal:
        Period(days=amount)
    assert str(refusal.value) == f"A period is a whole number, 0 or more: days cannot be {amount!r}."


@pytest.mark.parametrize(
    ("window", "bounds"),
    [
        (Window(Period(months=3), Period(months=1)), (date(2026, 2, 28), date(2026, 4, 30))),
        (Window(Period(months=6)), (date(2026, 1, 31), date(2026, 7, 31))),
        (Window(Period(working_days=10)), (date(2026, 1, 31), date(2026, 2, 13))),
        (Window(Period(days=28), Period(days=28)), (date(2026, 2, 28), date(2026, 2, 28))),
    ],
)
def test_window_bounds_from_the_last_of_january(window, bounds):
    assert window.bounds(date(2026, 1, 31), ENGLAND) == bounds


def test_window_ends_share_a_unit():
    with pytest.raises(BadPeriod) as refusal:
        Window(latest=Period(months=1), earliest=Period(days=20))
    assert str(refusal.value) == "Both ends of a window are of one unit, not 20 days and 1 month."


def test_window_cannot_open_after_it_shuts():
    with pytest.raises(BadPeriod) as refusal:
        Window(latest=Period(months=1), earliest=Period(months=3))
    assert str(refusal.value) == "A window cannot open after it shuts: 3 months is more than 1 month."
