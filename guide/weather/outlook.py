"""What a forecast says: days with their temperatures, rain, wind and sky."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Optional


class NoOutlook(Exception):
    """The weather service gave no forecast: it is out of reach, slow, or says something else than it documents."""


@dataclass(frozen=True)
class Day:
    """One day: °C, mm, per cent and km/h. ``sky``: one of ``wmo.SKIES``; None where the service left a figure out."""

    day: date
    low_c: float
    high_c: float
    sky: str
    rain_mm: Optional[float] = None
    rain_chance: Optional[int] = None
    gust_kmh: Optional[float] = None


@dataclass(frozen=True)
class Outlook:
    """A forecast for one position, day by day from the day it was asked on."""

    days: tuple[Day, ...]
    asked_on: date

    def between(self, first: date, last: date) -> tuple[Day, ...]:
        """The days of a span that the forecast reaches."""
        return tuple(day for day in self.days if first <= day.day <= last)

    @property
    def last(self) -> date:
        """How far it reaches."""
        return self.days[-1].day
