"""When festivals are held: a lunar month and day in, solar dates out.

Rules, as Vietnamese festivals keep them: a festival of month m is held in the regular month m, not in its leap repeat;
the 30th of a month that has only 29 days is kept on its last day; a festival said to last for weeks ("from the 10th of
the first month to the end of the third") ends with that lunar month, whatever the lengths of the months between.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from guide.calendar.lunar import LunarError, to_lunar, to_solar

_LONG = 29  # days; beyond it a festival's length is counted in lunar months


class Dated(Protocol):
    """What is needed of a festival: guide.sitedb.records.Festival has it."""

    @property
    def lunar(self) -> bool:
        """Whether month and day are lunar."""

    @property
    def month(self) -> int:
        """The month in which it begins."""

    @property
    def day(self) -> int:
        """The day on which it begins."""

    @property
    def days(self) -> int:
        """How many days it lasts."""

    @property
    def main_days(self) -> tuple[tuple[int, int], ...]:
        """Its main days as (month, day)."""


@dataclass(frozen=True)
class Occurrence:
    """One year's festival in solar dates, both inclusive; ``main`` are its main days in order."""

    start: date
    end: date
    main: tuple[date, ...] = ()

    def includes(self, day: date) -> bool:
        """Whether the festival is on that day."""
        return self.start <= day <= self.end


def solar_date(festival: Dated, year: int, month: int, day: int) -> date:
    """A month and day of the festival's calendar in that year; a day that the month lacks is its last day."""
    if not festival.lunar:
        return date(year, month, min(day, monthrange(year, month)[1]))
    try:
        return to_solar(year, month, day)
    except LunarError:
        if day != 30:
            raise
        return to_solar(year, month, 29)


def _last_of_month(year: int, month: int) -> date:
    """The last day of a lunar month, its leap repeat included."""
    following = to_solar(year, month + 1, 1) if month < 12 else to_solar(year + 1, 1, 1)
    return following - timedelta(days=1)


def _end(festival: Dated, start: date, year: int) -> date:
    months, day_before = divmod(festival.day + festival.days - 2, 30)
    if festival.lunar and festival.days > _LONG and day_before >= 27:
        month = festival.month - 1 + months
        return _last_of_month(year + month // 12, month % 12 + 1)
    return start + timedelta(days=festival.days - 1)


def occurrences(festival: Dated, year: int) -> Occurrence:
    """The festival of one year of its own calendar: the lunar year that begins in ``year``, or the solar year."""
    start = solar_date(festival, year, festival.month, festival.day)
    main = (
        solar_date(festival, year + ((month, day) < (festival.month, festival.day)), month, day)
        for month, day in festival.main_days
    )
    return Occurrence(start, _end(festival, start, year), tuple(sorted(main)))


def upcoming(festival: Dated, today: date, count: int = 2) -> tuple[Occurrence, ...]:
    """The next occurrences from today on, one that is running now first."""
    first = (to_lunar(today).year if festival.lunar else today.year) - 1
    years = (occurrences(festival, year) for year in range(first, first + count + 2))
    return tuple(held for held in years if held.end >= today)[:count]


def next_occurrence(festival: Dated, today: date) -> Occurrence:
    """The festival that is on today or comes next."""
    return upcoming(festival, today, 1)[0]
