"""Festivals' next dates, around Tết, leap months and months that lack a 30th."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.calendar.festivals import Occurrence, next_occurrence, occurrences, upcoming
from guide.calendar.lunar import to_lunar


@dataclass(frozen=True)
class Feast:
    """A festival's dates, without all that a visitor reads."""

    month: int
    day: int
    days: int = 1
    lunar: bool = True
    main_days: tuple[tuple[int, int], ...] = ()


YEN_TU = Feast(1, 10, days=80)
AUTUMN = Feast(8, 15, days=6, main_days=((8, 20), (8, 16)))


def test_yen_tu_opens_on_the_tenth_of_the_first_month_and_ends_with_the_third() -> None:
    held = occurrences(YEN_TU, 2027)
    assert held.start == date(2027, 2, 15)
    assert to_lunar(held.end + timedelta(days=1)) == (2027, 4, 1, False)
    assert occurrences(YEN_TU, 2028).start == date(2028, 2, 4)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_festival_of_weeks_always_ends_with_its_month_leap_months_or_not(year: int) -> None:
    after = to_lunar(occurrences(YEN_TU, year).end + timedelta(days=1))
    assert (after.month, after.day, after.leap) == (4, 1, False)


def test_main_days_come_in_order() -> None:
    assert occurrences(AUTUMN, 2025).main == (date(2025, 10, 7), date(2025, 10, 11))


@pytest.mark.parametrize(
    "today, start",
    [
        pytest.param(date(2027, 2, 5), date(2027, 2, 15), id="day-before-tet-is-still-last-years-lunar-year"),
        pytest.param(date(2027, 2, 15), date(2027, 2, 15), id="opening-day"),
        pytest.param(date(2027, 4, 1), date(2027, 2, 15), id="while-it-is-on"),
        pytest.param(date(2027, 7, 1), date(2028, 2, 4), id="after-it-ended"),
        pytest.param(date(2026, 11, 24), date(2027, 2, 15), id="late-autumn-before"),
    ],
)
def test_the_next_one_counts_from_today(today: date, start: date) -> None:
    assert next_occurrence(YEN_TU, today).start == start


def test_late_months_fall_into_the_next_solar_year() -> None:
    anniversary = Feast(11, 26)
    assert [held.start for held in upcoming(anniversary, date(2026, 12, 1))] == [date(2027, 1, 3), date(2027, 12, 23)]


def test_a_festival_across_tet_has_its_main_day_in_the_new_year() -> None:
    across = Feast(12, 28, days=5, main_days=((1, 1),))
    assert occurrences(across, 2026).main == (date(2027, 2, 6),)


def test_the_30th_of_a_short_month_is_its_last_day() -> None:
    stream = Feast(3, 30, days=3, main_days=((4, 1),))
    starts = {year: to_lunar(occurrences(stream, year).start) for year in range(2024, 2034)}
    assert {lunar.day for lunar in starts.values()} == {29, 30}
    assert all(
        occurrences(stream, year).main[0] == occurrences(stream, year).start + timedelta(1)
        for year in starts
        if to_lunar(occurrences(stream, year).start + timedelta(1)) == (year, 4, 1, False)
    )


def test_leap_repeats_are_passed_over() -> None:
    sixth = Feast(6, 15)
    assert occurrences(sixth, 2025).start == date(2025, 7, 9)


def test_solar_festivals_keep_their_date() -> None:
    leap_day = Feast(2, 29, lunar=False)
    assert [occurrences(leap_day, year).start for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]


@given(
    st.integers(1, 12),
    st.integers(1, 30),
    st.integers(1, 100),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)
def test_what_comes_next_is_never_past_and_never_far(month: int, day: int, days: int, lunar: bool, today: date) -> None:
    feast = Feast(month, min(day, 28) if not lunar else day, days, lunar)
    first, second = upcoming(feast, today)
    assert first.end >= today and first.start <= first.end
    assert first.start < second.start <= first.start + timedelta(days=385)
    assert first.start - today <= timedelta(days=385)


def test_an_occurrence_knows_its_days() -> None:
    held = Occurrence(date(2027, 2, 15), date(2027, 2, 17))
    assert held.includes(date(2027, 2, 15)) and held.includes(date(2027, 2, 17))
    assert not held.includes(date(2027, 2, 14)) and not held.includes(date(2027, 2, 18))
