"""A trip as a GPX 1.1 file: a waypoint for each stop and night, and a route for each day. Positions are WGS84."""

from __future__ import annotations

from datetime import datetime, time, timezone
from itertools import chain
from typing import TYPE_CHECKING, Iterator, Optional

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from guide.calendar.hours import TIME_ZONE
from guide.planner.itinerary import Day, Itinerary, Meal, Visit
from guide.refs import Ref
from guide.trips.calendar_file import at
from guide.trips.telling import TripTold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

VISIT, PART, LUNCH, NIGHT = "Flag, Blue", "Waypoint", "Restaurant", "Lodging"  # symbol names that Garmin's devices know
ACCURATE_M = 300  # what is known better needs no remark


def gpx(site: SiteDb, plan: Itinerary, lang: str, made: Optional[datetime] = None, url: Optional[str] = None) -> bytes:
    """The file. ``made`` and ``url`` as in the calendar file. Places without a known position are left out."""
    told = TripTold(site, plan, lang)
    file = GPX()
    file.creator = told.say("from")
    file.name = told.name
    file.description = told.teller.title()
    file.link, file.link_text = url, told.name if url else None
    file.time = (made or datetime.combine(plan.request.asked_on, time(), TIME_ZONE)).astimezone(timezone.utc)
    file.waypoints = list(chain.from_iterable(_waypoints(told, day) for day in plan.days))
    file.routes = [route for day in plan.days if (route := _route(told, day)).points]
    return file.to_xml(version="1.1").encode()


def _waypoints(told: TripTold, day: Day) -> Iterator[GPXWaypoint]:
    for item in day.items:
        if isinstance(item, Visit):
            yield from _of_visit(told, item, day)
        elif isinstance(item, Meal):
            yield from _waypoint(told, item.place, told.lunch(item), day, item.arrive, LUNCH, [])
    if day.night:
        name = told.teller.words.name(day.night.place)
        lines = told.teller.words.names(day.night.options)
        yield from _waypoint(told, day.night.place, told.say("night", name=name), day, day.ends, NIGHT, lines)


def _of_visit(told: TripTold, visit: Visit, day: Day) -> Iterator[GPXWaypoint]:
    name = told.teller.words.name
    yield from _waypoint(told, visit.place, name(visit.place), day, visit.arrive, VISIT, list(told.details(visit)))
    for stop in visit.stops:
        if stop.place != visit.place:
            yield from _waypoint(told, stop.place, name(stop.place), day, stop.arrive, PART, [told.stop(stop)])


def _waypoint(
    told: TripTold, ref: Ref, name: str, day: Day, arrive: Optional[int], symbol: str, lines: list[str]
) -> Iterator[GPXWaypoint]:
    spot = told.site.location(ref)
    if spot is None:
        return
    if spot.accuracy_m and spot.accuracy_m > ACCURATE_M:
        lines = [*lines, told.say("approximate", km=spot.accuracy_m / 1000)]
    yield GPXWaypoint(
        spot.lat, spot.lon, time=at(day.date, arrive).astimezone(timezone.utc) if arrive is not None else None,
        name=name, description="\n".join(lines) or None, symbol=symbol, comment=told.day_name(day),
    )  # fmt: skip


def _route(told: TripTold, day: Day) -> GPXRoute:
    """The day's ways by the places that they lead over: a program that knows the roads finds the rest."""
    route = GPXRoute(told.day_name(day), description="\n".join(told.way(leg) for leg in day.legs), number=day.number)
    way = [ref for leg in day.legs for ref in (leg.start, *leg.via, leg.end)]
    for ref in (ref for before, ref in zip([None, *way], way, strict=False) if ref != before):
        spot = told.site.location(ref)
        if spot:
            route.points.append(GPXRoutePoint(spot.lat, spot.lon, name=told.teller.words.name(ref)))
    return route
