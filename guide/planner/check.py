"""Is a plan what the rules allow? Written from the rules, not from the planner: it reads rows of the site and the plan.

Nothing of the builder or the search is used here: hours, closures, effort, ways and prices are worked out anew.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Iterator, NamedTuple, Optional

import networkx as nx

from guide.calendar.festivals import upcoming
from guide.calendar.hours import TIME_ZONE, open_today
from guide.planner.itinerary import Day, Itinerary, Leg, Meal, Visit
from guide.refs import Ref
from guide.roads import great_circle_km, standing_place
from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

NOON_MEAL = (11 * 60, 13 * 60 + 30)
SHORTEST_MEAL = 30
DAYLIGHT = (7 * 60, 17 * 60)
OUTDOORS = {"city", "beach", "bay", "island", "viewpoint", "nature"}
RANK = {None: 0, "easy": 0, "moderate": 1, "hard": 2}
HARD_VISITS_A_DAY = 2
FASTEST_KM_PER_MINUTE = 1.5  # 90 km/h: nobody is faster on these roads
SHORTEST_SHARE = 0.6  # of the usual time on site, below which a visit is no visit
WHOLE_DAY = 480  # minutes; longer stays than this are not made in one visit
A_DAY = (4 * 60, 22 * 60)
LAST_CABIN = 16 * 60 + 30  # where nobody knows when the last one goes down
FERRY_WAIT = 20
BEARABLE = ((80, "easy"), (65, "moderate"))  # from which age on how much effort, unless the visitor says more


class Violation(NamedTuple):
    """A rule that a plan breaks, on which day, and what is wrong."""

    rule: str
    day: int
    what: str


class BrokenPlan(AssertionError):
    """A plan breaks a rule"""


def assert_sound(site: SiteDb, plan: Itinerary) -> None:
    """Raise BrokenPlan with everything that is wrong."""
    found = violations(site, plan)
    if found:
        raise BrokenPlan("; ".join(f"day {one.day}: {one.rule}: {one.what}" for one in found))


def violations(site: SiteDb, plan: Itinerary) -> tuple[Violation, ...]:
    """Every rule that the plan breaks; empty for a plan that can be made."""
    return tuple(_Check(site, plan).run())


class _Check:
    def __init__(self, site: SiteDb, plan: Itinerary) -> None:
        self.site, self.plan, self.request = site, plan, plan.request
        self.holidays = tuple(day for holiday in site.holidays() for day in holiday.dates)
        self.roads = _roads(site)

    def run(self) -> Iterator[Violation]:
        yield from self._days()
        for day in self.plan.days:
            yield from self._times(day)
            yield from self._route(day)
            yield from self._meal(day)
            yield from self._climbs(day)
            for visit in day.visits:
                yield from self._visit(visit, day)
        yield from self._wishes()
        yield from self._nights()
        yield from self._money()

    # the frame

    def _days(self) -> Iterator[Violation]:
        if len(self.plan.days) != self.request.days:
            yield Violation("days", 0, f"{len(self.plan.days)} instead of {self.request.days}")
        for one, next_ in pairwise(self.plan.days):
            if next_.date - one.date != timedelta(days=1):
                yield Violation("days", next_.number, f"{next_.date} does not follow {one.date}")
            if next_.start != one.end:
                yield Violation("days", next_.number, f"begins at {next_.start}, the night was at {one.end}")
        if self.plan.days[0].date < self.request.asked_on:
            yield Violation("days", 1, f"is {self.plan.days[0].date}, before the day of asking")
        by_date = self.request.first_day or any(wish.kind == "festival" for wish in self.request.must)
        if self.request.month and not by_date and self.plan.days[0].date.month != self.request.month:
            yield Violation("days", 1, f"is {self.plan.days[0].date}, not in month {self.request.month}")
        if self.request.first_day and self.plan.days[0].date != self.request.first_day:
            yield Violation("days", 1, f"is {self.plan.days[0].date}, not {self.request.first_day}")
        visits = [visit for day in self.plan.days for visit in day.visits]
        seen = [id_ for visit in visits for id_ in _seen(visit)]
        for id_ in {id_ for id_ in seen if seen.count(id_) > 1}:
            yield Violation("twice", 0, id_)

    def _times(self, day: Day) -> Iterator[Violation]:
        begin = A_DAY[0] if self.request.begin is None else self.request.begin
        end = A_DAY[1] if self.request.end_by is None else self.request.end_by
        spans = [
            (item.departs, item.arrives) if isinstance(item, Leg) else (item.arrive, item.leave) for item in day.items
        ]
        if spans and (spans[0][0] < begin or spans[-1][1] > end):
            yield Violation("day", day.number, f"{spans[0][0]}–{spans[-1][1]} is not within {begin}–{end}")
        for (start, stop), after in zip(spans, [*spans[1:], (A_DAY[1], A_DAY[1])], strict=True):
            if stop < start or after[0] < stop:
                yield Violation("order", day.number, f"{start}–{stop} overlaps what begins at {after[0]}")

    def _route(self, day: Day) -> Iterator[Violation]:
        here = day.start
        for item in day.items:
            if isinstance(item, Leg):
                if item.start != here:
                    yield Violation("way", day.number, f"leaves from {item.start}, but is at {here}")
                yield from self._leg(item, day)
                here = item.end
            elif item.place != here and not self._beside(here, item.place):
                yield Violation("way", day.number, f"no way from {here} to {item.place}")
            else:
                here = item.place
        if here != day.end and not self._beside(here, day.end):
            yield Violation("way", day.number, f"ends at {here}, not at {day.end}")

    def _beside(self, one: Ref, other: Ref) -> bool:
        """Whether two places are one: a town and its beach, a complex and the beds at its foot."""
        spots = self.site.location(one), self.site.location(other)
        return bool(spots[0] and spots[1] and great_circle_km(spots[0], spots[1]) < 0.2)

    def _leg(self, leg: Leg, day: Day) -> Iterator[Violation]:
        spots = self.site.location(leg.start), self.site.location(leg.end)
        crow = great_circle_km(spots[0], spots[1]) if spots[0] and spots[1] else 0.0
        if leg.mode != "walk" and crow > FASTEST_KM_PER_MINUTE * leg.minutes + 1:
            yield Violation("speed", day.number, f"{crow:.0f} km as the crow flies in {leg.minutes} minutes")
        if leg.afloat and leg.wait < FERRY_WAIT:
            yield Violation("ferry", day.number, f"nobody waits for it from {leg.start} to {leg.end}")
        nodes = leg.start.id, leg.end.id
        if leg.mode != "walk" and all(node in self.roads for node in nodes):
            fastest = nx.dijkstra_path_length(self.roads, *nodes, weight="minutes")
            if leg.minutes < fastest - 1e-6:
                yield Violation(
                    "travel time", day.number, f"{leg.start} to {leg.end}: {leg.minutes} of {fastest} minutes"
                )

    # what is done

    def _meal(self, day: Day) -> Iterator[Violation]:
        """Noon away from the table is noon that was neither at home nor on the road's account."""
        begins, ends = self._limits(day)
        if begins > NOON_MEAL[0] or ends < NOON_MEAL[1]:
            return
        meals = [item for item in day.items if isinstance(item, Meal)] + [
            visit.lunch for visit in day.visits if visit.lunch
        ]
        if len(meals) != 1:
            yield Violation("lunch", day.number, f"{len(meals)} times")
        for meal in meals:
            if meal.arrive < NOON_MEAL[0] or meal.leave > NOON_MEAL[1] or meal.leave - meal.arrive < SHORTEST_MEAL:
                yield Violation("lunch", day.number, f"{meal.arrive}–{meal.leave}")
        for visit in day.visits:
            if visit.lunch and not (visit.arrive <= visit.lunch.arrive and visit.lunch.leave <= visit.leave):
                yield Violation("lunch", day.number, f"not during the visit of {visit.place}")

    def _limits(self, day: Day) -> tuple[int, int]:
        """What of the day is used."""
        return (day.begins, day.ends) if day.begins is not None and day.ends is not None else (NOON_MEAL[1], 0)

    def _visit(self, visit: Visit, day: Day) -> Iterator[Violation]:
        place: Place = self.site.get(visit.place)
        spans = self._open(place, day.date)
        if not any(opens <= visit.arrive and visit.leave <= closes for opens, closes in spans):
            yield Violation("hours", day.number, f"{visit.place} {visit.arrive}–{visit.leave}, open {spans}")
        yield from self._closed(visit, day)
        yield from self._festive(visit, day)
        yield from self._cable_cars(visit, day)
        yield from self._duration(visit, place, day)
        parts = [self.site.get(stop.place) for stop in visit.stops] or [place]
        for part in parts:
            if RANK[part.effort] > min(RANK[self.plan.effort], RANK[self._bearable()]):
                yield Violation("effort", day.number, f"{part.id} is {part.effort}")
            if self.request.wheelchair and part.wheelchair == "no":
                yield Violation("wheelchair", day.number, part.id)

    def _open(self, place: Place, day: date) -> list[tuple[int, int]]:
        if place.hours:
            return self._spans(place.hours, day)
        if place.kind in OUTDOORS:
            sun = self.site.sun_times(day.month)
            return [(_minutes(sun.sunrise), _minutes(sun.sunset))] if sun else [(6 * 60, 17 * 60 + 30)]
        return [DAYLIGHT]

    def _spans(self, expression: str, day: date) -> list[tuple[int, int]]:
        midnight = datetime.combine(day, time(), TIME_ZONE)
        spans = open_today(expression, midnight, self.holidays)
        return [
            (round((a - midnight).total_seconds() / 60), round((b - midnight).total_seconds() / 60)) for a, b in spans
        ]

    def _closed(self, visit: Visit, day: Day) -> Iterator[Violation]:
        around = {Ref("place", id_) for id_ in _seen(visit)} | {stop.line for stop in visit.stops if stop.line}
        around |= {outer.ref for id_ in _seen(visit) for outer in self.site.ancestors(id_)}
        for notice in self.site.notices(day.date):
            if notice.kind == "closure" and (notice.subject is None or notice.subject in around):
                yield Violation("closure", day.number, f"{visit.place}: {notice.subject}")

    def _festive(self, visit: Visit, day: Day) -> Iterator[Violation]:
        """Whoever keeps away from festivals meets one only where they asked to go."""
        wished = {standing_place(self.site, wish) or wish for wish in self.request.must}
        seen = _seen(visit)
        inside = {outer.ref for id_ in seen for outer in self.site.ancestors(id_)} | {Ref("place", id_) for id_ in seen}
        if self.request.festivals != "avoid" or inside & wished:
            return
        for festival in self.site.all("festival"):
            if set(festival.places) & set(seen) and upcoming(festival, day.date, 1)[0].start <= day.date:
                yield Violation("festival", day.number, f"{visit.place}: {festival.id}")

    def _bearable(self) -> str:
        """The effort that the party can bear, by its ages, unless it says itself what it can."""
        if self.request.effort:
            return self.request.effort
        oldest = self.request.oldest or 0
        return "easy" if self.request.wheelchair else next((most for age, most in BEARABLE if oldest >= age), "hard")

    def _cable_cars(self, visit: Visit, day: Day) -> Iterator[Violation]:
        for line in {stop.line for stop in visit.stops if stop.line}:
            hours = self.site.get(line).hours
            if not hours and visit.leave > LAST_CABIN:
                yield Violation("last cable car", day.number, f"{line}: its hours are not known, back at {visit.leave}")
            if hours and not any(a <= visit.arrive and visit.leave <= b for a, b in self._spans(hours, day.date)):
                yield Violation("last cable car", day.number, f"{line}: {visit.arrive}–{visit.leave}")

    def _duration(self, visit: Visit, place: Place, day: Day) -> Iterator[Violation]:
        lunch = visit.lunch.leave - visit.lunch.arrive if visit.lunch and visit.lunch.kind != "aboard" else 0
        on_site = visit.leave - visit.arrive - lunch
        usual = place.minutes if place.minutes and place.minutes < WHOLE_DAY else None
        if usual and not visit.stops and on_site < SHORTEST_SHARE * usual and visit.way is None:
            yield Violation("hurry", day.number, f"{visit.place}: {on_site} of {usual} minutes")
        times = [visit.arrive, *(moment for stop in visit.stops for moment in (stop.arrive, stop.leave)), visit.leave]
        if times != sorted(times):
            yield Violation("stops", day.number, f"{visit.place}: {times}")

    def _climbs(self, day: Day) -> Iterator[Violation]:
        hard = [visit for visit in day.visits if visit.effort == "hard"]
        if len(hard) > HARD_VISITS_A_DAY:
            yield Violation("climbs", day.number, ", ".join(visit.place.id for visit in hard))

    # what was wished

    def _wishes(self) -> Iterator[Violation]:
        seen = {id_ for visit in self.plan.visits for id_ in _seen(visit)}
        for wish in self.request.must:
            place = standing_place(self.site, wish) or wish
            inside = (
                {place.id, *(child.id for child in self.site.children(place.id))}
                if place.kind == "place"
                else {place.id}
            )
            if not inside & seen and place not in (self.plan.start, self.plan.end):
                yield Violation("must", 0, str(wish))
        for wish in self.request.avoid:
            place = standing_place(self.site, wish) or wish
            shunned = {place.id, *(child.id for child in self.site.children(place.id))}
            if shunned & seen:
                yield Violation("avoid", 0, str(wish))
        for wish, number in self.request.on_day:
            on = self.plan.day_of(wish)
            if on is not None and on != number:
                yield Violation("on day", number, str(wish))

    def _nights(self) -> Iterator[Violation]:
        beds = {venue.near for venue in self.site.all("lodging") if venue.status not in ("closed", "announced")}
        for day in self.plan.days[:-1]:
            place = day.night.place if day.night else None
            inside = {place.id, *(child.id for child in self.site.children(place.id))} if place else set()
            wished = place in self.request.nights
            asked = (*self.request.nights, *[None] * day.number)[day.number - 1]
            if asked and place and asked != place and asked.id not in inside:
                yield Violation("night", day.number, f"{place} instead of {asked}")
            if place is None or place != day.end or not (wished or inside & beds):
                yield Violation("night", day.number, str(place))
        if self.plan.days[-1].night is not None:
            yield Violation("night", self.plan.days[-1].number, "after the trip")

    def _money(self) -> Iterator[Violation]:
        fees = [fee for visit in self.plan.visits for fee in visit.fees]
        known = sum(fee.low or 0 for fee in fees)
        if known != self.plan.cost.low:
            yield Violation("cost", 0, f"{self.plan.cost.low} instead of {known}")
        if self.request.budget is not None and known > self.request.budget:
            yield Violation("budget", 0, f"{known} of {self.request.budget}")


def _seen(visit: Visit) -> list[str]:
    return list(dict.fromkeys((visit.place.id, *(stop.place.id for stop in visit.stops))))


def _roads(site: SiteDb) -> nx.Graph:
    """The fastest way over every link, whatever the means: no plan may be faster."""
    graph = nx.Graph()
    for link in site.road_links():
        known: Optional[dict[str, float]] = graph.get_edge_data(link.start, link.end)
        if known is None or link.minutes < known["minutes"]:
            graph.add_edge(link.start, link.end, minutes=link.minutes)
    return graph


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 60 + int(minutes)
