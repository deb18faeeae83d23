"""Coaches, buses and trains to a place; what is not known about them is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guide.answers import journeys as ways
from guide.answers import transit
from guide.answers.compose import Answer
from guide.answers.dates import is_stale
from guide.answers.gather import MAIN_SITES
from guide.answers.places import same_area, short_name, short_names
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording, wording_for
from guide.refs import Ref
from guide.roads import RoadTrip, roads_of
from guide.sitedb.records import Boat, BusLine, Fact, Price

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
SHOWN = 2
WATER = {"boat", "ferry"}
ENOUGH = 550  # characters: after so many no further line is begun


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The lines for each way asked for, or for a line that was named; all lines when nothing was."""
    reply = Answer(site, question, wording)
    lines = [site.get(ref) for ref in question.subjects if ref.kind == "bus_line"]
    if lines:
        for line in lines:
            tell_line(reply, line)
        return reply.done()
    asked = ways.journeys(site, question)
    if not asked:
        return _all_lines(reply)
    ways.say_where(reply)
    for journey in asked[:2]:
        _tell(reply, journey)
    if asked[0].assumed:
        reply.say("travel.assumed", start=short_name(site, asked[0].start, wording))
    reply.offer("directions", *dict.fromkeys((asked[0].start, asked[0].end)), title=wording.say("quick.directions"))
    return reply.offer("lodging", asked[-1].end).offer("overview", asked[-1].end).done()


def _tell(reply: Answer, journey: ways.Journey) -> None:
    rides = transit.rides(reply.site, journey.start, journey.end)
    trains = transit.train_rides(reply.site, journey.start, journey.end)
    others = transit.feeders(reply.site, journey.end, rides)
    start, end = (short_name(reply.site, ref, reply.wording) for ref in (journey.start, journey.end))
    reply.say("bus.intro" if rides or trains else "bus.none", start=start, end=end)
    for train in trains:
        say_train(reply, train)
    if trains:
        _train_fares(reply, trains[0])
    for ride in rides[:SHOWN]:
        if reply.size() < ENOUGH:
            say_ride(reply, ride, journey.end)
            _details(reply, ride.line, journey.end)
    boats = say_boats(reply, roads_of(reply.site).trip(journey.start, journey.end))
    for line in others[: SHOWN - len(rides)]:
        if reply.size() < ENOUGH:
            tell_line(reply, line, journey.end)
    if not rides and not trains and not boats and not others:
        reply.known = False
        reply.contact(journey.end)


def say_ride(reply: Answer, ride: transit.Ride, end: Ref) -> None:
    """One coach in a sentence: where to get on and off, how often, and what is left to where the road ends."""
    line = ride.line
    head = roads_of(reply.site).head(end)
    gate = reply.site.node(head.node) if head and head.inside else None
    rest = roads_of(reply.site).trip(ride.alight, end)
    reply.say(
        "bus.ride",
        name=reply.name(line.ref),
        board=short_names(reply.site, ride.board, reply.wording),
        alight=short_name(reply.site, ride.alight, reply.wording),
        km_left=ride.km_left,
        water=bool(rest and WATER & set(rest.modes)),
        end=short_name(reply.site, gate or end, reply.wording),
        frequency=line.frequency_min,
        first=line.first,
        last=line.last,
        minutes=line.duration_min if _from_terminus(line, ride.board) else None,
    )
    reply.cite(line.source)


def _from_terminus(line: BusLine, board: Sequence[Ref]) -> bool:
    """Whether one gets on where the line begins: its running time holds for no other stop."""
    return bool({ref.id for ref in board} & {*line.starts, *line.ends})


def tell_line(reply: Answer, line: BusLine, end: Ref | None = None) -> None:
    """A line by itself: from where by where to where, and what is known of it."""
    stops = short_names(reply.site, transit.calls(reply.site, line), reply.wording)
    reply.say(
        "bus.line",
        name=reply.name(line.ref),
        stops=stops,
        frequency=line.frequency_min,
        first=line.first,
        last=line.last,
        minutes=line.duration_min,
    )
    reply.cite(line.source)
    _details(reply, line, end)


def _details(reply: Answer, line: BusLine, end: Ref | None) -> None:
    """What else is known of a line, where there is room; that nothing is, in any case."""
    facts = [fact for fact in reply.site.facts(line.ref) if end is None or not _of_elsewhere(reply, fact, end)]
    texts = [fact.words.in_(reply.lang) for fact in facts[:2]]
    shown = reply.fitting(texts, at_least=0)
    reply.bullets(texts[:shown]).cite(*(fact.source for fact in facts[:shown]))
    fare = _fare(reply, line)
    if fare and reply.fitting([fare], at_least=0):
        reply.add(fare)
    elif not fare and not line.first:
        reply.say("bus.no_timetable")


def _of_elsewhere(reply: Answer, fact: Fact, end: Ref) -> bool:
    """Whether the fact tells how to go on to another of the main sites."""
    text = fact.words.in_("vi")
    others = [ref for ref in MAIN_SITES if not same_area(reply.site, ref, end)]
    return any(_plain_name(reply.site, ref) in text for ref in others)


def _plain_name(site: SiteDb, ref: Ref) -> str:
    return short_name(site, ref, wording_for("vi"))


def _fare(reply: Answer, line: BusLine) -> str | None:
    prices = reply.site.prices(line.ref, reply.today)
    price = next((price for price in (*prices.current, *prices.old) if price.adult is not None), None)
    if price is None:
        return None
    reply.cite(price.source)
    return reply.phrase(
        "bus.fare",
        low=price.adult,
        high=price.adult_max,
        note=price.note.in_(reply.lang),
        since=price.valid_from,
        stale=is_stale(price.valid_from, reply.today),
    )


def say_train(reply: Answer, ride: transit.TrainRide) -> None:
    """The trains between two stations: every departure with its days."""
    times = [
        reply.phrase(
            "bus.train_time", train=train.ref.id.upper(), departs=train.departs, arrives=train.arrives, days=train.days
        )
        for train in ride.trains
    ]
    reply.say(
        "bus.trains",
        board=short_name(reply.site, ride.board, reply.wording),
        alight=short_name(reply.site, ride.alight, reply.wording),
        times=times,
    )
    reply.cite(*(train.source for train in ride.trains))


def say_boats(reply: Answer, trip: RoadTrip | None) -> list[Boat]:
    """The ferries and boats that the trip takes, with their fares as far as they are known."""
    crossings = [{leg.start.id, leg.end.id} for leg in trip.legs if leg.mode in WATER] if trip else []
    boats = [boat for boat in reply.site.all("boat") if {boat.start, boat.end} in crossings]
    for boat in boats:
        prices = reply.site.prices(boat.ref, reply.today)
        price = next((price for price in (*prices.current, *prices.old) if price.adult is not None), None)
        reply.say(
            "bus.boat",
            name=reply.name(boat.ref),
            minutes=boat.minutes,
            vehicles=boat.vehicles,
            low=price.adult if price else None,
            high=price.adult_max if price else None,
        )
        reply.cite(boat.source, price.source if price else None)
    return boats


def _train_fares(reply: Answer, ride: transit.TrainRide) -> None:
    """The cheapest and the dearest seat on the line, with the date of the tariff."""
    prices = reply.site.prices(Ref("rail_line", ride.trains[0].line or ""), reply.today)
    fares = [price for price in prices.current if price.adult is not None]
    if fares:
        low, high = min(fares, key=_amount), max(fares, key=_amount)
        reply.say(
            "bus.train_fares",
            low=low.adult,
            high=high.adult,
            low_class=low.item.in_(reply.lang),
            since=low.valid_from,
            high_class=high.item.in_(reply.lang),
            stale=is_stale(low.valid_from, reply.today),
        )
        reply.cite(low.source)


def _amount(price: Price) -> int:
    return price.adult or 0


def _all_lines(reply: Answer) -> Reply:
    lines = reply.site.all("bus_line")
    reply.say("bus.all")
    names = [reply.name(line.ref) for line in lines]
    reply.bullets(names[: reply.fitting(names, at_least=5)])
    reply.cite(*(line.source for line in lines))
    reply.say("bus.ask")
    for end in ways.COMMON_ENDS:
        reply.offer("bus", ways.DEFAULT_ORIGIN, end, title=short_name(reply.site, end, reply.wording))
    return reply.done()
