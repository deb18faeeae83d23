"""Opening hours as people say them: the days of a week with the same hours together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from guide.answers import formats
from guide.answers.wording import Wording
from guide.calendar.hours import open_today

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

WEEK = 7
Spans = tuple[tuple[datetime, datetime], ...]


class DaysAlike(NamedTuple):
    """Following days with the same hours: first and last weekday (Monday is 0), each opening and closing time."""

    first: int
    last: int
    times: tuple[tuple[str, str], ...]
    all_day: bool = False


def holidays_of(site: SiteDb) -> tuple:
    """Every public holiday of the site database."""
    return tuple(day for holiday in site.holidays() for day in holiday.dates)


def week(expression: str, now: datetime, lang: str) -> list[DaysAlike]:
    """The week from the coming Monday on, without holidays, as groups of days with the same hours."""
    monday = now + timedelta(days=(WEEK - now.weekday()) % WEEK)
    groups: list[DaysAlike] = []
    for day in range(WEEK):
        spans = open_today(expression, monday + timedelta(days=day))
        times = tuple((formats.clock(start, lang), closing(start, end, lang)) for start, end in spans)
        if groups and groups[-1].times == times:
            groups[-1] = groups[-1]._replace(last=day)
        else:
            groups.append(DaysAlike(day, day, times, any(end - start == timedelta(days=1) for start, end in spans)))
    return groups


def closing(start: datetime, end: datetime, lang: str) -> str:
    """A closing time; midnight is the end of the day, not its beginning."""
    midnight = end.hour == end.minute == 0 and end > start
    return "24:00" if midnight else formats.clock(end, lang)


def say_week(expression: str, now: datetime, wording: Wording) -> str:
    """The regular hours in words: ``hằng ngày 7:00–18:00``, ``Tuesday–Sunday 08:00–11:30; closed on Monday``."""
    groups = week(expression, now, wording.lang)
    opened = [group for group in groups if group.times]
    return wording.say(
        "hours.week",
        days=[_described(group, now, wording) for group in opened],
        closed=[_described(group, now, wording) for group in groups if not group.times],
        daily=len(groups) == 1,
        always=len(groups) == 1 and groups[0].all_day,
    )


def _described(group: DaysAlike, now: datetime, wording: Wording) -> dict[str, object]:
    monday = (now - timedelta(days=now.weekday())).date()
    names = [formats.weekday(monday + timedelta(days=day), wording.lang) for day in (group.first, group.last)]
    return {"first": names[0], "last": names[1], "single": group.first == group.last, "times": group.times}
