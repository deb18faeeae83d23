"""The days that the figures are of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Iterator, Mapping

LENGTHS = (7, 30, 90, 365)  # days, to choose from
USUAL, LONGEST = 30, 3 * 366
BEGINNING = date(2020, 1, 1)  # no visitor was counted before
DAYS_SHOWN = 62  # a longer period is shown by weeks


@dataclass(frozen=True)
class Period:
    """From one day to another, both with."""

    first: date
    last: date

    @classmethod
    def asked(cls, sent: Mapping[str, str], today: date) -> Period:
        """From an address' ``days``, or ``first`` and ``last``; what makes no sense there is passed over."""
        last = min(_day(sent.get("last")) or today, today)
        first = _day(sent.get("first"))
        if first is None:
            days = sent.get("days", "")
            first = last - timedelta(days=(int(days) if days.isdecimal() and int(days) in LENGTHS else USUAL) - 1)
        return cls(max(min(first, last), last - timedelta(days=LONGEST)), last)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def step(self) -> int:
        """Days of one column: a day, or a week in a long period."""
        return 1 if self.days <= DAYS_SHOWN else 7

    def spans(self) -> Iterator[tuple[date, date]]:
        """The columns of the period, the last one ending with it."""
        first = self.first
        while first <= self.last:
            last = min(first + timedelta(days=self.step - 1), self.last)
            yield first, last
            first = last + timedelta(days=1)


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day >= BEGINNING else None
