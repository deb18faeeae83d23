"""Vietnamese lunar dates (UTC+7), by the library lunar-vn, which follows Hồ Ngọc Đức's rules; 1900 to 2100."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import lunar_vn


class LunarError(ValueError):
    """The date is not in the lunar calendar: no such day, no such leap month, or outside 1900–2100."""


class LunarDate(NamedTuple):
    """A day of the lunar calendar. ``year`` is the solar year in which that lunar year's first month begins."""

    year: int
    month: int
    day: int
    leap: bool = False


@lru_cache(maxsize=4096)
def to_lunar(day: date) -> LunarDate:
    """The lunar date of a solar date; LunarError outside 1900–2100."""
    try:
        found = lunar_vn.solar_to_lunar(day)
    except ValueError as problem:
        raise LunarError(f"{day} has no lunar date: {problem}") from problem
    return LunarDate(found.year, found.month, found.day, found.leap)


@lru_cache(maxsize=4096)
def to_solar(year: int, month: int, day: int, leap: bool = False) -> date:
    """The solar date of a lunar date; LunarError where the year has no such leap month or the month no such day."""
    try:
        solar = lunar_vn.lunar_to_solar(lunar_vn.LunarDate(day, month, year, leap))
    except ValueError as problem:
        raise LunarError(f"Lunar date {day}/{month}/{year} does not exist: {problem}") from problem
    if to_lunar(solar) != (year, month, day, leap):  # the 30th of a month of 29 days would slip into the next month
        raise LunarError(f"Lunar date {day}/{month}{' (leap)' if leap else ''}/{year} does not exist")
    return solar
