"""Opening hours in OpenStreetMap's ``opening_hours`` syntax, by the library opening-hours-py, in Viet Nam's time.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
Public holidays (``PH``) are those of the site database, since the library's own calendar knows no announced days off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Iterable, Iterator, Optional
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_HORIZON_DAYS = 366  # a change further away than a year counts as never
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class HoursError(ValueError):
    """An opening-hours expression is not in OpenStreetMap's syntax."""

    def __init__(self, expression: str, reason: str) -> None:
        super().__init__(f"'{expression}' is not an OpenStreetMap opening_hours expression: {reason}")
        self.expression = expression


@dataclass(frozen=True)
class HoursState:
    """Whether a place is open at a moment (None: the expression itself says unknown), and when that changes.

    ``until`` is the end of the present state, ``next_open`` the next opening when closed; None when not within a year.
    """

    open: Optional[bool]
    until: Optional[datetime] = None
    next_open: Optional[datetime] = None


@lru_cache(maxsize=512)
def _parsed(expression: str) -> OpeningHours:
    try:
        return OpeningHours(expression, timezone=TIME_ZONE, country="VN", max_interval_days=_HORIZON_DAYS)
    except ParserError as problem:
        detail = [line.strip(" =") for line in str(problem).splitlines() if line.strip(" =|")]
        raise HoursError(expression, detail[-1] if detail else "unreadable") from problem


def validate(expression: str) -> None:
    """Raise HoursError unless this is a readable opening-hours expression."""
    _parsed(expression)


def _dated(rule: str, holidays: Iterable[date]) -> Iterator[str]:
    """A rule that names PH, as the same rule without it and one for the dates of the holidays."""
    other_days = re.sub(r"\bPH\b,|,\s*PH\b", "", rule).strip()
    if other_days != rule.strip():
        yield other_days
    rest = re.sub(r"^.*\bPH\b", "", rule if other_days == rule.strip() else re.sub(r"^[A-Za-z,\- ]*", "PH ", rule))
    dates = ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02d}" for day in sorted(set(holidays)))
    if dates:
        yield f"{dates} {rest.strip()}"


def with_holidays(expression: str, holidays: Iterable[date]) -> str:
    """The expression with ``PH`` written out as these dates."""
    days = tuple(holidays)
    if not days or not re.search(r"\bPH\b", expression):
        return expression
    rules: list[str] = []
    for rule in expression.split(";"):
        rules.extend(_dated(rule, days) if re.search(r"\bPH\b", rule) else [rule.strip()])
    return "; ".join(rules)


def state_at(expression: str, moment: datetime, holidays: Iterable[date] = ()) -> HoursState:
    """Open, closed or unknown at an aware moment; HoursError for an unreadable expression.

    ``holidays`` are what ``PH`` means; without any, it is the library's calendar of Viet Nam.
    """
    hours = _parsed(with_holidays(expression, holidays))
    local = moment.astimezone(TIME_ZONE)
    if hours.is_unknown(local):
        return HoursState(None, hours.next_change(local))
    if hours.is_open(local):
        return HoursState(True, hours.next_change(local))
    opening = next((start for start, _, state, _ in _intervals(hours, local) if state is State.OPEN), None)
    return HoursState(False, hours.next_change(local), opening)


def _intervals(hours: OpeningHours, moment: datetime) -> Iterator[tuple[datetime, Optional[datetime], State, str]]:
    for count, interval in enumerate(hours.intervals(moment)):
        if count > 64 or (interval[0] - moment).days > _HORIZON_DAYS:
            return
        yield interval


def open_today(
    expression: str, moment: datetime, holidays: Iterable[date] = ()
) -> tuple[tuple[datetime, datetime], ...]:
    """The spans during which a place is open on the moment's day; empty on a day off."""
    hours = _parsed(with_holidays(expression, holidays))
    midnight = moment.astimezone(TIME_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    spans = []
    for start, end, state, _ in _intervals(hours, midnight):
        if start.date() > midnight.date():
            break
        if state is State.OPEN:
            spans.append((start, end or midnight + timedelta(days=1)))
    return tuple(spans)
