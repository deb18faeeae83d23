"""Opening hours as the coming week has them, so that any opening_hours expression reads plainly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Iterable

from guide.answers.formats import clock, weekday
from guide.calendar.hours import TIME_ZONE, open_today

DAYS = 7


@dataclass(frozen=True)
class DayHours:
    """One day: its name, its spans as text, empty when closed."""

    day: date
    name: str
    spans: tuple[str, ...]


def week(expression: str, today: date, lang: str, holidays: Iterable[date] = ()) -> list[DayHours]:
    """The seven days from today on; a single entry with an empty name when all are alike."""
    dates = tuple(holidays)
    days = [_day(expression, today + timedelta(days=i), lang, dates) for i in range(DAYS)]
    if len({day.spans for day in days}) == 1:
        return [DayHours(today, "", days[0].spans)]
    return days


def _day(expression: str, day: date, lang: str, holidays: tuple[date, ...]) -> DayHours:
    midnight = datetime.combine(day, time(), TIME_ZONE)
    spans = tuple(
        f"{clock(start, lang)} – {clock(end, lang)}" for start, end in open_today(expression, midnight, holidays)
    )
    return DayHours(day, weekday(day, lang), spans)
