"""A trip as an iCalendar file (RFC 5545): an all-day entry for each day, and an event for each visit.

Ids stay the same when a trip is planned again or read in another language: calendars then replace, not double, entries.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Iterator, Optional
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from guide.calendar.hours import TIME_ZONE
from guide.planner.itinerary import Day, Itinerary, Leg, Meal, Visit
from guide.trips.telling import TripTold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MAKER = "-//Truc//Trips//"
UTC = ZoneInfo("UTC")


def ics(site: SiteDb, plan: Itinerary, lang: str, made: Optional[datetime] = None, url: Optional[str] = None) -> bytes:
    """The file. ``made``: when the plan was kept (else the start of the day on which it was asked for); ``url``: its
    page."""
    told = TripTold(site, plan, lang)
    stamp = (made or datetime.combine(plan.request.asked_on, time(), TIME_ZONE)).astimezone(UTC)
    calendar = Calendar()
    calendar.add("prodid", f"{MAKER}{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", told.name)
    calendar.add("x-wr-timezone", TIME_ZONE.key)
    for day in plan.days:
        for event in (_day(told, day), *(_visit(told, visit, day) for visit in day.visits)):
            event.add("dtstamp", stamp)
            if url:
                event.add("url", url)
            calendar.add_component(event)
    calendar.add_missing_timezones(first_date=plan.days[0].date, last_date=plan.days[-1].date + timedelta(days=1))
    return bytes(calendar.to_ical())


def _day(told: TripTold, day: Day) -> Event:
    """The day as a whole: it takes no time of its own, so that the calendar does not show the visitor as busy."""
    event = _event(told, day, "day", told.day_name(day), _lines_of(told, day))
    event.add("dtstart", day.date)
    event.add("dtend", day.date + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _lines_of(told: TripTold, day: Day) -> Iterator[str]:
    for item in day.items:
        if isinstance(item, Leg):
            yield told.way(item)
        elif isinstance(item, Meal):
            yield told.lunch(item)
        else:
            yield told.teller.words.name(item.place)
    if day.night:
        yield told.say("night", name=told.teller.words.name(day.night.place))
    yield ""
    yield told.say("made", on=told.plan.request.asked_on)


def _visit(told: TripTold, visit: Visit, day: Day) -> Event:
    lines = [*(told.way(leg) for leg in ways_to(visit, day)), *told.details(visit)]
    event = _event(told, day, str(visit.place), told.teller.words.name(visit.place), lines)
    event.add("dtstart", at(day.date, visit.arrive))
    event.add("dtend", at(day.date, visit.leave))
    event.add("location", told.address(visit.place))
    spot = told.site.location(visit.place)
    if spot:
        event.add("geo", (spot.lat, spot.lon))
    return event


def _event(told: TripTold, day: Day, what: str, summary: str, lines: Iterator[str] | list[str]) -> Event:
    event = Event()
    about = f"{told.plan.request.asked_on} {told.plan.start} {day.date} {what}"
    event.add("uid", f"{sha256(about.encode()).hexdigest()[:32]}@truc")
    event.add("summary", summary)
    event.add("description", "\n".join(lines))
    return event


def ways_to(visit: Visit, day: Day) -> list[Leg]:
    """The ways between the visit before, or the start of the day, and this one."""
    before = day.items[: day.items.index(visit)]
    last = max((place for place, item in enumerate(before, 1) if isinstance(item, Visit)), default=0)
    return [item for item in before[last:] if isinstance(item, Leg)]


def at(day: date, minutes: int) -> datetime:
    """A moment of a day at the sites, from minutes after midnight."""
    return datetime.combine(day, time(), TIME_ZONE) + timedelta(minutes=minutes)
