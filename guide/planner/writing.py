"""From the numbers back to a trip: the found tours as days of legs, visits and meals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Iterator, Optional

from guide.planner import reasons
from guide.planner.alternatives import alternatives_of
from guide.planner.build import LUNCH_FROM, LUNCH_MINUTES, LUNCH_UNTIL, Draft, Node
from guide.planner.explain import left_out
from guide.planner.fees import fees_of
from guide.planner.itinerary import (
    Cost,
    Day,
    Fee,
    Item,
    Itinerary,
    Leg,
    Meal,
    Night,
    SourceLine,
    StopOver,
    Visit,
    seen_on,
)
from guide.planner.notes import Note, note
from guide.planner.outings import ABOARD, TOWN, Outing
from guide.planner.problem import Solution
from guide.planner.timing import Slot, timed
from guide.planner.towns import Town, towns_of
from guide.refs import Ref
from guide.sitedb.records import Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

NOON = 12 * 60
STALLS, CRUISE = "stalls", "cruise"
SHOWN_VENUES, SHOWN_DISHES = 4, 3


def write(site: SiteDb, draft: Draft, solution: Solution) -> Itinerary:
    """The itinerary of a solution."""
    return _Writer(site, draft, solution).itinerary()


class _Writer:
    def __init__(self, site: SiteDb, draft: Draft, solution: Solution) -> None:
        self.site, self.draft, self.solution, self.trip = site, draft, solution, draft.trip
        self.visited: list[tuple[Outing, date]] = []

    def itinerary(self) -> Itinerary:
        trip = self.trip
        days = tuple(self._day(number) for number in range(len(trip.days)))
        return Itinerary(
            request=trip.request,
            days=days,
            transport=trip.transport,
            pace=trip.pace,
            effort=trip.effort,
            cost=_cost(days),
            assumptions=(*trip.assumptions, *self._assumptions()),
            warnings=tuple(self._warnings(days)),
            left_out=left_out(self.site, self.draft, self.solution),
            alternatives=alternatives_of(self.site, self.draft, self.solution),
        )

    # days

    def _day(self, day: int) -> Day:
        bases = self.solution.bases[day], self.solution.bases[day + 1]
        start, end = self.draft.bases[bases[0]], self.draft.bases[bases[1]]
        times = timed(self.draft.problem, day, self.solution.tours[day], bases)
        items: list[Item] = []
        here = start
        for slot in times.slots:
            node = self.draft.nodes[slot.node]
            items.extend(self._leg(here, node.place, slot.sets_out))
            items.append(self._item(node, slot, day))
            here = node.place
        items.extend(self._leg(here, end, times.sets_out))
        last = day == len(self.trip.days) - 1
        return Day(day + 1, self.trip.days[day], start, end, tuple(items), None if last else self._night(end, day))

    def _leg(self, start: Ref, end: Ref, departs: int) -> Iterator[Leg]:
        way = self.trip.ways.way(start, end)
        assert way is not None, f"no way from {start} to {end}"
        if way.minutes:
            yield Leg(
                start,
                end,
                way.mode,
                departs,
                departs + way.minutes,
                way.km,
                way.wait,
                way.via,
                way.roads,
                way.bridges,
                way.afloat,
                way.toll,
                way.approximate,
                tuple(_source(source) for source in way.sources),
            )

    def _item(self, node: Node, slot: Slot, day: int) -> Item:
        if node.outing is None:
            assert node.town
            return self._meal(node.town, day, slot.begins, slot.ends)
        return self._visit(node.outing, node.with_lunch, slot, day)

    def _visit(self, outing: Outing, with_lunch: bool, slot: Slot, day: int) -> Visit:
        when = self.trip.days[day]
        self.visited.append((outing, when))
        hours = self.draft.openings.hours(outing, when)
        opens, closes = next(span for span in hours.spans if span[0] <= slot.begins and slot.ends <= span[1])
        stops, lunch = self._parts(outing, with_lunch, slot, day)
        return Visit(
            outing=outing.id,
            place=outing.place,
            arrive=slot.begins,
            leave=slot.ends,
            effort=outing.effort,
            hours=hours.basis,
            opens=opens,
            closes=closes,
            way=outing.way,
            stops=stops,
            why=reasons.why(self.site, self.draft, outing, when),
            warnings=reasons.warnings(self.site, self.draft, outing, when),
            fees=fees_of(self.site, outing, when, self.trip.request.asked_on),
            lunch=lunch,
            estimated=outing.estimated,
            source=_source(outing.source) if outing.source else None,
        )

    def _parts(
        self, outing: Outing, with_lunch: bool, slot: Slot, day: int
    ) -> tuple[tuple[StopOver, ...], Optional[Meal]]:
        """The stops with their times, stretched over the visit, and lunch between two of them about noon."""
        pause = self._lunch_minutes if with_lunch and outing.lunch != ABOARD else 0
        share = (slot.ends - slot.begins - pause) / outing.minutes
        reached, ends = _clocks(outing, slot.begins, share)
        noon = _lunch_time(slot, self._lunch_minutes, ends) if with_lunch else None
        after = [noon is not None and pause > 0 and begin >= noon for begin in reached]
        within = [
            noon is not None and pause > 0 and begin < noon < end for begin, end in zip(reached, ends, strict=True)
        ]
        stops = tuple(
            StopOver(stop.place, stop.by, begin + pause * late, end + pause * (late or through), stop.line)
            for stop, begin, end, late, through in zip(outing.stops, reached, ends, after, within, strict=True)
        )
        return stops, self._lunch_on_visit(outing, noon, stops, day) if noon is not None else None

    @property
    def _lunch_minutes(self) -> int:
        return LUNCH_MINUTES[self.trip.pace]

    def _lunch_on_visit(self, outing: Outing, noon: int, stops: tuple[StopOver, ...], day: int) -> Meal:
        """Lunch on the mountain is had where one is at noon, else at the outing's own place."""
        passed = [stop.place for stop in stops if stop.leave <= noon]
        place = passed[-1] if passed and outing.lunch == STALLS else outing.place
        town = towns_of(self.site).all.get(outing.place) if outing.lunch == TOWN else None
        return self._meal(town or Town(place), day, noon, noon + self._lunch_minutes, outing.lunch or TOWN)

    def _meal(self, town: Town, day: int, arrive: int, leave: int, kind: str = TOWN) -> Meal:
        return Meal(town.place, arrive, leave, town.eating[:SHOWN_VENUES], self._dishes(town, day), kind)

    def _dishes(self, town: Town, day: int) -> tuple[Ref, ...]:
        """The dishes of a town that are to be had in that month."""
        month = self.trip.days[day].month
        served = (ref for ref in town.dishes if month in (self.site.get(ref).months or (month,)))
        return tuple(served)[:SHOWN_DISHES]

    def _night(self, place: Ref, day: int) -> Night:
        town = towns_of(self.site).all.get(place) or Town(place)
        return Night(place, town.lodging[:SHOWN_VENUES], town.eating[:SHOWN_VENUES], self._dishes(town, day))

    # what holds for the whole trip

    def _assumptions(self) -> Iterator[Note]:
        unknown = reasons.hours_assumed(self.draft, self.visited)
        if unknown:
            yield note(
                "hours_assumed",
                refs=unknown,
                opens=self.draft.openings.assumed[0],
                closes=self.draft.openings.assumed[1],
            )

    def _warnings(self, days: tuple[Day, ...]) -> Iterator[Note]:
        legs = [leg for day in days for leg in day.legs]
        if any(fee.stale for day in days for visit in day.visits for fee in visit.fees):
            yield note("prices_old")
        if self.trip.transport == "bus":
            yield note("bus_times")
        elif any(leg.approximate for leg in legs):
            ends = [leg.end if leg.approximate else None for leg in legs]
            yield note("ways_estimated", refs=list(dict.fromkeys(ref for ref in ends if ref)))
        if self.trip.request.wheelchair:
            unsure = [visit.place for day in days for visit in day.visits if not self._step_free(visit)]
            if unsure:
                yield note("wheelchair_unsure", refs=list(dict.fromkeys(unsure)))
        afloat = dict.fromkeys(mode for leg in legs for mode in leg.afloat)
        if afloat:
            yield note("afloat", modes=list(afloat))
        for day in days:
            holiday = self.draft.openings.holiday(day.date)
            if holiday:
                yield note("holiday", name=dict(holiday.name), on=day.date)
            if not day.visits:
                yield note("empty_day", day=day.number)
            if day.night and not day.night.options:
                yield note("no_lodging_known", ref=day.night.place)

    def _step_free(self, visit: Visit) -> bool:
        """Whether all that the visit shows is known to be open to wheelchairs."""
        return all(self.site.get(ref).wheelchair == "yes" for ref in seen_on(visit))


def _clocks(outing: Outing, begins: int, share: float) -> tuple[list[int], list[int]]:
    """When each stop is reached and left, every part of the outing taking ``share`` of its usual time."""
    clock, reached, ends = 0.0, [], []
    for stop in outing.stops:
        reached.append(begins + _five((clock + stop.reach) * share))
        clock += stop.reach + stop.stay
        ends.append(begins + _five(clock * share))
    return reached, ends


def _five(minutes: float) -> int:
    return int(5 * round(minutes / 5))


def _lunch_time(slot: Slot, minutes: int, ends: list[int]) -> int:
    """The end of a stop nearest to noon, else noon, so that lunch lies in its hours and in the visit."""
    earliest = max(LUNCH_FROM, slot.begins)
    latest = min(LUNCH_UNTIL, slot.ends) - minutes
    fitting = [end for end in ends if earliest <= end <= latest]
    return min(fitting, key=lambda end: abs(end - NOON)) if fitting else min(max(NOON, earliest), latest)


def _source(source: Source) -> SourceLine:
    return SourceLine(source.title, source.url, source.date, source.basis, source.publisher)


def _cost(days: tuple[Day, ...]) -> Cost:
    fees = [fee for day in days for visit in day.visits for fee in visit.fees]
    known = [fee for fee in fees if fee.low is not None]
    unknown = [note("fee_unknown", ref=ref) for ref in dict.fromkeys(fee.on for fee in fees if fee.low is None)]
    if any(visit.way == CRUISE for day in days for visit in day.visits):
        unknown.append(note("cruise_unknown"))
    if any(leg.toll for day in days for leg in day.legs):
        unknown.append(note("toll_unknown"))
    if any(day.night for day in days):
        unknown.append(note("lodging_unknown"))
    unknown.append(note("meals_unknown"))
    return Cost(
        low=sum(fee.low or 0 for fee in known),
        high=sum(_high(fee) for fee in known),
        children=sum((fee.low or 0) if fee.child is None else fee.child for fee in known),
        unknown=tuple(unknown),
        stale=any(fee.stale for fee in known),
    )


def _high(fee: Fee) -> int:
    return fee.high if fee.high is not None else fee.low or 0
