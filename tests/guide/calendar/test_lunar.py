"""Lunar dates against dates that every Vietnamese wall calendar shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.calendar.lunar import LunarDate, LunarError, to_lunar, to_solar

KNOWN = [
    pytest.param(date(2026, 2, 17), LunarDate(2026, 1, 1), id="tet-2026"),
    pytest.param(date(2027, 2, 6), LunarDate(2027, 1, 1), id="tet-2027"),
    pytest.param(date(2028, 1, 26), LunarDate(2028, 1, 1), id="tet-2028"),
    pytest.param(date(2027, 2, 5), LunarDate(2026, 12, 29), id="last-day-of-a-year-without-a-30th"),
    pytest.param(date(2027, 2, 15), LunarDate(2027, 1, 10), id="yen-tu-opens-2027"),
    pytest.param(date(2028, 2, 4), LunarDate(2028, 1, 10), id="yen-tu-opens-2028"),
    pytest.param(date(2025, 7, 24), LunarDate(2025, 6, 30), id="last-day-before-the-leap-month"),
    pytest.param(date(2025, 7, 25), LunarDate(2025, 6, 1, leap=True), id="leap-sixth-month-of-2025"),
    pytest.param(date(2025, 8, 23), LunarDate(2025, 7, 1), id="after-the-leap-month"),
    pytest.param(date(2007, 1, 30), LunarDate(2006, 12, 12), id="bronze-pagoda-inaugurated"),
    pytest.param(date(1985, 1, 21), LunarDate(1985, 1, 1), id="tet-1985-a-month-before-the-chinese-new-year"),
]


@pytest.mark.parametrize("solar, lunar", KNOWN)
def test_known_days_convert_both_ways(solar: date, lunar: LunarDate) -> None:
    assert to_lunar(solar) == lunar
    assert to_solar(*lunar) == solar


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_there_and_back_is_the_same_day(day: date) -> None:
    assert to_solar(*to_lunar(day)) == day


@given(st.dates(date(1901, 1, 1), date(2099, 12, 30)))
def test_the_day_after_is_the_next_day_or_a_first(day: date) -> None:
    today, tomorrow = to_lunar(day), to_lunar(day + timedelta(days=1))
    assert tomorrow.day == 1 or tomorrow.day == today.day + 1


@pytest.mark.parametrize(
    "lunar",
    [
        pytest.param((2026, 12, 30, False), id="the-twelfth-month-of-2026-has-29-days"),
        pytest.param((2026, 6, 1, True), id="2026-has-no-leap-month"),
        pytest.param((2025, 13, 1, False), id="no-thirteenth-month"),
        pytest.param((2025, 1, 31, False), id="no-31st"),
        pytest.param((1800, 1, 1, False), id="before-the-tables"),
    ],
)
def test_days_that_do_not_exist_are_refused(lunar: tuple[int, int, int, bool]) -> None:
    with pytest.raises(LunarError):
        to_solar(*lunar)
