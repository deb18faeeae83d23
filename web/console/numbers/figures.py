"""The figures of a period, from the counts of turns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Iterator, NamedTuple, Sequence
from zoneinfo import ZoneInfo

from guide.dialogue.context import ANSWERED, ASKED_BACK, FAILED, NEAR, OUT_OF_SCOPE, PLAN_MADE, UNANSWERED
from guide.visits import Rating, Visits
from guide.visits.tables import KEYS
from web.console.numbers.period import Period

HELPED = (ANSWERED, NEAR, ASKED_BACK)
QUESTIONS = (*HELPED, UNANSWERED, OUT_OF_SCOPE, FAILED)  # the rest is talk, and talk about a trip
BY = ("topic", "place", "channel", "lang", "outcome")


class Split(NamedTuple):
    """Questions of one kind: those that were answered, and those that were not."""

    key: str
    answered: int
    other: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.answered + self.other


class Span(NamedTuple):
    """Questions of a day or a week."""

    first: date
    last: date
    answered: int
    other: int


@dataclass(frozen=True)
class Figures:
    """What was asked in a period."""

    visits: Visits
    period: Period

    def rows(self, by: Sequence[str], outcomes: Sequence[str] = QUESTIONS) -> list[tuple[tuple[str, ...], int]]:
        """Turns of these outcomes by columns."""
        found = self.visits.counts.table(self.period.first, self.period.last, by, {"outcome": outcomes})
        return [(count.of, count.n) for count in found]

    def everything(self) -> list[tuple[str | int, ...]]:
        """All turns of the period by all columns, oldest first: what an export holds."""
        counts = self.visits.counts.table(self.period.first, self.period.last, KEYS)
        return sorted((*count.of, count.n) for count in counts)

    @cached_property
    def _outcomes(self) -> Counter[str]:
        return Counter({of[0]: n for of, n in self.rows(["outcome"], (*QUESTIONS, PLAN_MADE))})

    @property
    def asked(self) -> int:
        """Questions."""
        return sum(self._outcomes[outcome] for outcome in QUESTIONS)

    @property
    def answered(self) -> int:
        """Questions that got an answer, a guess or a question back."""
        return sum(self._outcomes[outcome] for outcome in HELPED)

    @property
    def plans(self) -> int:
        """Trips that were planned."""
        return self._outcomes[PLAN_MADE]

    def by(self, column: str) -> list[Split]:
        """Questions by one column, most of them first; those without a value come under ''."""
        answered: Counter[str] = Counter()
        other: Counter[str] = Counter()
        for (key, outcome), n in self.rows([column, "outcome"]):
            (answered if outcome in HELPED else other)[key] += n
        splits = [Split(key, answered[key], other[key]) for key in answered.keys() | other.keys()]
        return sorted(splits, key=lambda split: (-split.total, split.key))

    def by_day(self) -> Iterator[Span]:
        """Questions by day, or by week in a long period; days without any are there, too."""
        days = {split.key: split for split in self.by("day")}
        for first, last in self.period.spans():
            within = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
            found = [days[day] for day in within if day in days]
            yield Span(first, last, sum(each.answered for each in found), sum(each.other for each in found))

    def ratings(self, zone: ZoneInfo) -> list[Rating]:
        """Ratings given in the period, by the clock of the sites."""
        first = datetime.combine(self.period.first, time.min, zone)
        return self.visits.ratings.between(
            first, datetime.combine(self.period.last, time.min, zone) + timedelta(days=1)
        )
