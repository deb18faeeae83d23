"""Money, dates, times and distances as a Vietnamese and an English reader expect them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.answers import formats

DAY = date(2027, 3, 12)


@pytest.mark.parametrize(
    "said, vi, en",
    [
        pytest.param(lambda lang: formats.money(40000, lang), "40.000 ₫", "40,000 VND", id="money"),
        pytest.param(lambda lang: formats.money(1250000, lang), "1.250.000 ₫", "1,250,000 VND", id="a-million"),
        pytest.param(
            lambda lang: formats.day(DAY, lang),
            "12/3/2027 (thứ Sáu, mùng 5 tháng 2 âm lịch)",
            "12 March 2027 (Friday, 5th of the 2nd lunar month)",
            id="day",
        ),
        pytest.param(
            lambda lang: formats.lunar_day(date(2027, 2, 15), lang),
            "mùng 10 tháng Giêng âm lịch",
            "10th of the 1st lunar month",
            id="first-month",
        ),
        pytest.param(
            lambda lang: formats.lunar_day(date(2027, 2, 20), lang),
            "rằm tháng Giêng âm lịch",
            "15th of the 1st lunar month",
            id="full-moon",
        ),
        pytest.param(
            lambda lang: formats.lunar_day(date(2027, 2, 4), lang),
            "ngày 28 tháng Chạp âm lịch",
            "28th of the 12th lunar month",
            id="last-month",
        ),
        pytest.param(
            lambda lang: formats.lunar_day(date(2025, 8, 5), lang),
            "ngày 12 tháng 6 nhuận âm lịch",
            "12th of the leap 6th lunar month",
            id="leap-month",
        ),
        pytest.param(
            lambda lang: formats.span(DAY, date(2027, 3, 14), lang),
            "12/3/2027 – 14/3/2027",
            "12 March 2027 – 14 March 2027",
            id="span",
        ),
        pytest.param(lambda lang: formats.span(DAY, DAY, lang), "12/3/2027", "12 March 2027", id="span-of-a-day"),
        pytest.param(lambda lang: formats.clock(time(7, 5), lang), "7:05", "07:05", id="clock"),
        pytest.param(lambda lang: formats.clock("17:30", lang), "17:30", "17:30", id="clock-of-a-timetable"),
        pytest.param(
            lambda lang: formats.clock(datetime(2027, 3, 12, 8), lang), "8:00", "08:00", id="clock-of-a-moment"
        ),
        pytest.param(lambda lang: formats.distance(0.43, lang), "450 m", "450 m", id="metres"),
        pytest.param(lambda lang: formats.distance(2.52, lang), "2,5 km", "2.5 km", id="short-way"),
        pytest.param(lambda lang: formats.distance(131.4, lang), "131 km", "131 km", id="long-way"),
        pytest.param(lambda lang: formats.duration(150, lang), "2 giờ 30 phút", "2 hours 30 minutes", id="duration"),
        pytest.param(lambda lang: formats.duration(60, lang), "1 giờ", "1 hour", id="an-hour"),
        pytest.param(lambda lang: formats.duration(0, lang), "0 phút", "0 minutes", id="no-time"),
        pytest.param(lambda lang: formats.partial_date("2026-02-05", lang), "5/2/2026", "5 February 2026", id="full"),
        pytest.param(lambda lang: formats.partial_date("2016-03", lang), "3/2016", "March 2016", id="year-and-month"),
        pytest.param(lambda lang: formats.partial_date("2016", lang), "2016", "2016", id="year"),
        pytest.param(lambda lang: formats.month(3, lang), "tháng 3", "March", id="month"),
        pytest.param(lambda lang: formats.temperature(16.4, lang), "16°C", "16°C", id="temperature"),
        pytest.param(lambda lang: formats.listing(["a", "b", "c"], lang), "a, b và c", "a, b and c", id="list"),
        pytest.param(lambda lang: formats.ordinal(22, lang), "22", "22nd", id="ordinal"),
        pytest.param(lambda lang: formats.ordinal(12, lang), "12", "12th", id="ordinal-of-a-teen"),
    ],
)
def test_figures_as_they_are_read(said, vi: str, en: str) -> None:
    assert said("vi") == vi
    assert said("en") == en


@given(st.integers(0, 10**9), st.sampled_from(["vi", "en"]))
def test_money_keeps_every_digit_and_no_odd_space(amount: int, lang: str) -> None:
    said = formats.money(amount, lang)
    assert "".join(c for c in said if c.isdigit()) == str(amount)
    assert "\u00a0" not in said and "\u202f" not in said


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["vi", "en"]))
def test_every_day_can_be_said(day: date, lang: str) -> None:
    said = formats.day(day, lang)
    assert str(day.year) in said and str(day.day) in said and "  " not in said


@given(st.integers(1, 3000), st.sampled_from(["vi", "en"]))
def test_durations_never_say_a_needless_zero(minutes: int, lang: str) -> None:
    assert not formats.duration(minutes, lang).startswith("0 ")
    assert " 0 " not in formats.duration(minutes, lang)
