"""Dates: ``20/2``, ``rằm tháng Tám``, ``cuối tuần này``, ``next Saturday``, ``from 20 to 22 February``.

A year that is left out is the next in which the day is still to come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Callable, Iterator, Mapping, Optional

from guide.text import fold
from guide.values import days
from guide.values.days import Find
from guide.values.match import Candidate
from guide.values.numbers import number
from guide.values.patterns import joiner, matches, table, word_file
from guide.values.types import DateSpan


class Said:
    """What one match says, by the names of its groups."""

    def __init__(self, match: re.Match[str], language: str) -> None:
        self._groups: Mapping[str, Optional[str]] = match.groupdict()
        self.language = language

    def get(self, name: str) -> Optional[str]:
        """What a group matched."""
        return self._groups.get(name)

    def number(self, name: str) -> Optional[int]:
        """A group's number, ``10th`` and ``tenth`` included."""
        text = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", self.get(name) or "")
        return number(text, self.language) or self.meaning("months", text)

    def meaning(self, name: str, text: Optional[str]) -> Optional[int]:
        """What a word means by a list of the word file."""
        found: Optional[int] = table("dates", self.language, name).get(fold((text or "").rstrip(".")))
        return found

    def month(self) -> Optional[int]:
        """1 to 12, or None."""
        text = self.get("m") or self.get("m2")
        found = self.meaning("months", text) or self.number("m") or self.number("m2")
        return found if found and 1 <= found <= 12 else None

    def year(self, today: date) -> Optional[int]:
        """The year that is told."""
        if self.get("y"):
            year = int(self.get("y") or 0)
            return year + 2000 if year < 100 else year
        word = self.get("year_word")
        return None if not word else today.year + self.ahead(word)

    def ahead(self, word: str) -> int:
        """0 for "this", 1 for "next" year or month."""
        found = table("dates", self.language, "whiches").get(fold(word))
        return 0 if found == "this" else 1

    def is_lunar(self) -> bool:
        """Whether the lunar calendar is told, or a month that only it has."""
        named = {fold(m) for m in word_file("dates", self.language)["lunar_months"]}
        return bool(self.get("lunar")) or (fold(self.get("m") or "") in named and not self.get("solar"))

    def which(self) -> Optional[str]:
        """this, coming, next or None."""
        text = self.get("which2") or self.get("which")
        found: Optional[str] = table("dates", self.language, "whiches").get(fold(text or ""))
        return found


def _day_month(said: Said, today: date, lunar: bool = False, day_group: str = "d") -> Optional[DateSpan]:
    day, month = said.number(day_group), said.month()
    lunar = lunar or said.is_lunar()
    if day and month is None and day <= 12 and (said.number("m") or 0) <= 31:  # 2/20, as Americans write
        day, month = said.number("m"), day
    if not day or not month:
        return None
    reckon = days.lunar_day if lunar else days.solar_day
    return days.one_day(reckon(today, month, day, said.year(today)), lunar)


def _range(said: Said, today: date) -> Optional[DateSpan]:
    last = _day_month(said, today, day_group="d2")
    first = last and _day_month(said, last.first - timedelta(40), day_group="d")
    if not first or not last or first.first > last.last:
        return None
    return DateSpan(first.first, last.last, "days", last.lunar)


def _mung(said: Said, today: date, day_group: str = "d") -> Optional[DateSpan]:
    day = said.number(day_group) or 0
    if not 1 <= day <= 10:
        return None
    month = 1 if said.get("tet") else said.month()
    if month is None:
        return days.one_day(days.next_lunar_day(today, day), True)
    return days.one_day(days.lunar_day(today, month, day, said.year(today)), True)


def _mung_range(said: Said, today: date) -> Optional[DateSpan]:
    last = _mung(said, today, "d2")
    first = last and _mung(said, last.first - timedelta(9), "d")
    return DateSpan(first.first, last.last, "days", True) if first and last and first.first <= last.last else None


def _tet_eve(said: Said, today: date) -> Optional[DateSpan]:
    return days.one_day(days.lunar_day(today, 12, 30 if said.get("eve") else said.number("d") or 30), True)


def _full_moon(said: Said, today: date) -> Optional[DateSpan]:
    month = said.month()
    return days.one_day(days.lunar_day(today, month, 15) if month else days.next_lunar_day(today, 15), True)


def _weekday(said: Said, today: date) -> Optional[DateSpan]:
    day = 6 if said.get("sunday") else said.meaning("weekdays_words", said.get("w"))
    return None if day is None else days.one_day(days.weekday(today, day, said.which()))


def _ahead(said: Said, today: date) -> Optional[DateSpan]:
    count, unit = said.number("n"), table("dates", said.language, "units").get(fold(said.get("unit") or ""))
    if not count:
        return None
    if unit == "month":
        return days.month_span(*days.month_on(today, count))
    return days.one_day(today + timedelta(count * (7 if unit == "week" else 1)))


def _near(said: Said, today: date) -> Optional[DateSpan]:
    ahead = said.meaning("days_ahead", re.sub(r"\s+", " ", said.get("near") or ""))
    return None if ahead is None else days.one_day(today + timedelta(ahead))


def _months_on(said: Said) -> Optional[int]:
    word = said.get("month_word")
    return said.ahead(word) if word else None


def _day(said: Said, today: date) -> Optional[DateSpan]:
    return days.one_day(days.day_of_month(today, said.number("d") or 0, _months_on(said)))


def _part(said: Said) -> Optional[int]:
    return said.meaning("parts", said.get("part"))


def _month(said: Said, today: date) -> Optional[DateSpan]:
    month, year = said.month(), said.year(today)
    if month is None:
        return None
    reckon = days.lunar_month if said.is_lunar() else days.solar_month
    return reckon(today, month, year, _part(said))


def _lunar_month(said: Said, today: date) -> Optional[DateSpan]:
    month = said.month()
    return days.lunar_month(today, month, None, None) if month else None


Reckoning = Callable[[Said, date], Optional[DateSpan]]
_MEANINGS: Mapping[str, Reckoning] = {
    "iso": _day_month,
    "day_month": _day_month,
    "range": _range,
    "mung": _mung,
    "mung_range": _mung_range,
    "tet_eve": _tet_eve,
    "full_moon": _full_moon,
    "lunar": lambda said, today: _day_month(said, today, lunar=True),
    "lunar_full_moon": _full_moon,
    "lunar_month": _lunar_month,
    "weekday": _weekday,
    "weekend": lambda said, today: days.weekend(today, said.which()),
    "weekend_next": lambda said, today: days.weekend(today, "next"),
    "ahead": _ahead,
    "fortnight": lambda said, today: days.one_day(today + timedelta(14)),
    "near": _near,
    "day": _day,
    "week": lambda said, today: days.week(today, 0 if said.which() == "this" else 1),
    "month_near": lambda said, today: days.month_span(*days.month_on(today, _months_on(said) or 0), _part(said)),
    "month": _month,
}


def _reckoning(name: str) -> Reckoning:
    if name.startswith("season_"):
        return lambda said, today: days.season(today, name[7:])
    if name.startswith("holiday_"):
        return lambda said, today: days.holiday(today, name[8:])
    return _MEANINGS[name]


@dataclass(frozen=True)
class Dated:
    """A match and how to reckon what it means from a day."""

    start: int
    end: int
    find: Find

    def candidate(self, today: date) -> Optional[Candidate]:
        """The value, if it can be meant for a visit."""
        span = self.find(today)
        return Candidate(span, self.start, self.end) if span and days.is_near(span, today) else None


def find_dates(text: str, language: str, today: date) -> Iterator[Candidate]:
    """The dates in a text, as it is read; two that "to" joins are one span as well."""
    found = [_dated(name, match, language) for name, match in matches("dates", language, text)]
    between = joiner("dates", language)
    for one in found:
        candidate = one.candidate(today)
        if candidate is None:
            continue
        yield candidate
        for other in found:
            if one.end <= other.start <= one.end + 12 and between.fullmatch(text, one.end, other.start):
                joined = _joined(candidate, other)
                if joined:
                    yield joined


def _dated(name: str, match: re.Match[str], language: str) -> Dated:
    reckon, said = _reckoning(name), Said(match, language)
    return Dated(match.start(), match.end(), lambda today: reckon(said, today))


def _joined(first: Candidate, second: Dated) -> Optional[Candidate]:
    """From one date to another, which comes after it."""
    begin = first.value
    end = second.find(begin.first) if isinstance(begin, DateSpan) else None
    if not isinstance(begin, DateSpan) or end is None or not 0 < (end.last - begin.first).days < 100:
        return None
    return Candidate(DateSpan(begin.first, end.last, "days", begin.lunar or end.lunar), first.start, second.end)
