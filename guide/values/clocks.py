"""Times of day: ``8h30``, ``5 rưỡi chiều``, ``half past nine``; what begins and what ends at them is in ``roles``."""

from __future__ import annotations

import re
from typing import Iterator, Mapping, Optional

from guide.text import fold
from guide.values.match import Candidate
from guide.values.numbers import number
from guide.values.patterns import matches, table, word_file
from guide.values.types import Clock

NOON, DAY = 12 * 60, 24 * 60
_LAST_PM: Mapping[Optional[str], int] = {"begin": 3, "end": 7, None: 4}  # up to this hour the afternoon is meant
Groups = Mapping[str, Optional[str]]


def find_clocks(text: str, language: str) -> Iterator[Candidate]:
    """The times of day in a text, as it is read; those of twelve hours without a part of the day as they stand."""
    for name, match in matches("clocks", language, text):
        minute = _fixed(name) if name in ("noon", "midnight") else _minute(name, match, language)
        if minute is not None:
            told = name in ("noon", "midnight") or match.groupdict().get("part") or match.groupdict().get("ap")
            yield Candidate(Clock(minute), match.start(), match.end(), plain=not told)


def _fixed(name: str) -> int:
    return NOON if name == "noon" else 0


def _minute(name: str, match: re.Match[str], language: str) -> Optional[int]:
    groups = match.groupdict()
    hour = number(groups.get("h") or groups.get("h2"), language)
    minutes = _past_the_hour(name, groups, language)
    if hour is None or hour > 24 or not -60 < minutes < 60:
        return None
    return (_hour_of_day(hour, groups, language) * 60 + minutes) % DAY


def _past_the_hour(name: str, groups: Groups, language: str) -> int:
    if name == "half":
        return 30
    quarter = 15 if groups.get("quarter") else 0
    if name == "to":
        return -(quarter or number(groups.get("less"), language) or 0)
    return quarter or number(groups.get("m"), language) or 0


def _hour_of_day(hour: int, groups: Groups, language: str) -> int:
    """The hour from midnight, by the part of the day that is told."""
    half = groups.get("ap")
    if half:
        return hour % 12 + (12 if half in word_file("clocks", language)["pm"] and hour <= 12 else 0)
    part = groups.get("part")
    if not part:
        return hour
    hours = table("clocks", language, "parts")[fold(part)]
    if hour == 12 and hours and hours[0] > 4:  # twelve at night
        return 0
    return hour + 12 if hours and hours[0] <= hour <= hours[1] else hour


def guessed(minute: int, role: Optional[str]) -> int:
    """The time that was meant by one of twelve hours: nobody sets out at two at night, or is back at five."""
    return minute + NOON if 60 <= minute < (_LAST_PM[role] + 1) * 60 else minute
