"""Lengths: ``2 ngày 1 đêm``, ``nửa buổi``, ``a couple of days``, ``an hour and a half``."""

from __future__ import annotations

import re
from typing import Callable, Iterator, Mapping, Optional

from guide.values.match import Candidate
from guide.values.numbers import number
from guide.values.patterns import matches
from guide.values.types import Duration

HALF_DAY, HALF_SESSION = 4 * 60, 2 * 60
MOST_DAYS = 60

Count = Callable[[str], int]
_MEANINGS: Mapping[str, Callable[[Count], Duration]] = {
    "days_nights": lambda n: Duration(n("days"), n("nights")),
    "nights_days": lambda n: Duration(n("days"), n("nights")),
    "day_and_half": lambda n: Duration(n("days") or n("a") or n("digits"), minutes=HALF_DAY),
    "half_day": lambda n: Duration(minutes=HALF_DAY),
    "half_session": lambda n: Duration(minutes=HALF_SESSION),
    "days": lambda n: Duration(n("days")),
    "one_day": lambda n: Duration(1),
    "nights": lambda n: Duration(nights=n("nights")),
    "one_night": lambda n: Duration(nights=1),
    "weeks": lambda n: Duration(7 * n("weeks")),
    "long_weekend": lambda n: Duration(3),
    "hours_half": lambda n: Duration(minutes=60 * (n("hours") or n("a") or n("digits")) + 30),
    "half_hour": lambda n: Duration(minutes=30),
    "hours": lambda n: Duration(minutes=60 * n("hours") + n("minutes")),
    "minutes": lambda n: Duration(minutes=n("minutes")),
}


def find_durations(text: str, language: str) -> Iterator[Candidate]:
    """The lengths in a text, as it is read."""
    for name, match in matches("durations", language, text):
        value = _MEANINGS[name](_counter(match, language))
        if any((value.days, value.nights, value.minutes)) and (value.days or 0) <= MOST_DAYS:
            yield Candidate(value, match.start(), match.end())


def _counter(match: re.Match[str], language: str) -> Count:
    groups: Mapping[str, Optional[str]] = match.groupdict()
    return lambda name: number(groups.get(name), language) or 0
