"""Days of the calendars, reckoned from a given day: the next such day, weekday, month, season or holiday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Iterable, Mapping, Optional

import yaml

from guide.calendar.lunar import LunarError, to_lunar, to_solar
from guide.values.types import DateSpan

SATURDAY = 5
OLDEST, FARTHEST = -400, 6 * 365  # days from today within which a date can be meant for a visit
SEASON_LEFT = 30  # days
_SEASONS = {"spring": 2, "summer": 6, "autumn": 9, "winter": 12}  # first of the three months
_THIRDS = ((1, 10), (11, 20), (21, 31))

Find = Callable[[date], Optional[DateSpan]]  # the span that is meant on a given day


def one_day(day: Optional[date], lunar: bool = False) -> Optional[DateSpan]:
    """A single day; None of none."""
    return DateSpan(day, day, "day", lunar) if day else None


def solar_day(today: date, month: int, day: int, year: Optional[int] = None) -> Optional[date]:
    """The day of that month: of the year, or the first from today on; None where there is none."""
    years: Iterable[int] = (year,) if year else range(today.year, today.year + 9)
    return next((d for y in years if (d := _date(y, month, day)) and (year or d >= today)), None)


def lunar_day(today: date, month: int, day: int, year: Optional[int] = None) -> Optional[date]:
    """The same by the lunar calendar; the 30th of a month of 29 days is its last."""
    years: Iterable[int] = (year,) if year else range(today.year - 1, today.year + 3)
    days = (_lunar(y, month, day) or (_lunar(y, month, 29) if day == 30 else None) for y in years)
    return next((d for d in days if d and (year or d >= today)), None)


def next_lunar_day(today: date, day: int) -> Optional[date]:
    """The next such day of any lunar month."""
    ahead = (today + timedelta(n) for n in range(62))
    return next((d for d in ahead if to_lunar(d).day == day), None)


def day_of_month(today: date, day: int, months_on: Optional[int] = None) -> Optional[date]:
    """That day of the month so many months on; None: of the first month in which it is still to come."""
    for n in range(13) if months_on is None else (months_on,):
        found = _date(*month_on(today, n), day)
        if found and (months_on is not None or found >= today):
            return found
    return None


def month_on(today: date, months: int) -> tuple[int, int]:
    """Year and month so many months after today's."""
    whole = today.year * 12 + today.month - 1 + months
    return whole // 12, whole % 12 + 1


def weekday(today: date, day: int, which: Optional[str]) -> date:
    """``which``: this (of the running week), next (of the week after), coming (not today), None (today or later)."""
    monday = today - timedelta(today.weekday())
    if which in ("this", "next"):
        return monday + timedelta(day + (7 if which == "next" else 0))
    ahead = (day - today.weekday()) % 7
    return today + timedelta(ahead or (7 if which == "coming" else 0))


def weekend(today: date, which: Optional[str]) -> DateSpan:
    """Saturday and Sunday; on a Sunday this weekend is what is left of it."""
    saturday = today - timedelta(today.weekday()) + timedelta(SATURDAY + (7 if which == "next" else 0))
    return DateSpan(max(saturday, today), saturday + timedelta(1), "weekend")


def week(today: date, weeks_on: int) -> DateSpan:
    """Monday to Sunday; of the running week from today on."""
    monday = today - timedelta(today.weekday()) + timedelta(7 * weeks_on)
    return DateSpan(max(monday, today), monday + timedelta(6), "week")


def month_span(year: int, month: int, part: Optional[int] = None) -> DateSpan:
    """A month, or its first, second or last third."""
    last = monthrange(year, month)[1]
    if part is None:
        return DateSpan(date(year, month, 1), date(year, month, last), "month")
    begin, end = _THIRDS[part]
    return DateSpan(date(year, month, begin), date(year, month, min(end, last)), "days")


def solar_month(today: date, month: int, year: Optional[int], part: Optional[int]) -> DateSpan:
    """The next such month that is not over."""
    span = month_span(year or today.year, month, part)
    return span if year or span.last >= today else month_span(today.year + 1, month, part)


def lunar_month(today: date, month: int, year: Optional[int], part: Optional[int]) -> Optional[DateSpan]:
    """The same by the lunar calendar."""
    begin, end = _THIRDS[part] if part is not None else (1, 30)
    for y in (year,) if year else range(today.year - 1, today.year + 3):
        first, last = _lunar(y, month, begin), _lunar(y, month, min(end, 30)) or _lunar(y, month, 29)
        if first and last and (year or last >= today):
            return DateSpan(first, last, "month" if part is None else "days", True)
    return None


def season(today: date, name: str) -> DateSpan:
    """The three months of a season: the running one if a month of it is left, else the next."""
    first = _SEASONS[name]
    for year in range(today.year - 1, today.year + 2):
        begin = date(year, first, 1)
        end_year, end_month = month_on(begin, 2)
        end = date(end_year, end_month, monthrange(end_year, end_month)[1])
        if (end - today).days >= SEASON_LEFT:
            break
    return DateSpan(begin, end, "season", kind=name)


def holiday(today: date, name: str) -> Optional[DateSpan]:
    """The running or next one of ``words/holidays.yml``."""
    rule = _holidays()[name]
    length = timedelta(rule.get("days", 1) - 1)
    reckon = lunar_day if "lunar" in rule else solar_day
    first = reckon(today - length, *rule.get("lunar", rule.get("solar")))
    return DateSpan(first, first + length, "holiday", "lunar" in rule, name) if first else None


def is_near(span: DateSpan, today: date) -> bool:
    """Whether a visit can be meant, and no year of history."""
    return OLDEST <= (span.first - today).days <= FARTHEST


@lru_cache(maxsize=1)
def _holidays() -> Mapping[str, Mapping[str, Any]]:
    path = Path(__file__).parent / "words" / "holidays.yml"
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _date(year: int, month: int, day: int) -> Optional[date]:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _lunar(year: int, month: int, day: int) -> Optional[date]:
    try:
        return to_solar(year, month, day)
    except LunarError:
        return None
