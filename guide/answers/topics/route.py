"""The linked routes: one in full, or those that fit the place, province, theme and days that were named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from guide.answers import itineraries
from guide.answers.compose import Answer
from guide.answers.itineraries import Wish
from guide.answers.journeys import bridge_names, road_names, rounded
from guide.answers.places import brief, short_names
from guide.answers.question import Question
from guide.answers.reply import QuickReply, Reply
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import RoadLeg
from guide.sitedb.records import Route
from guide.trips.buttons import from_route

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
SHOWN = 5
SHOWN_ROADS = 4
SHOWN_PROGRAMMES = 2


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """One route that was named, or the routes that fit what was asked."""
    reply = Answer(site, question, wording)
    named = next((ref for ref in question.subjects if ref.kind == "route"), None)
    if named:
        return _one(reply, site.get(named))
    programme = next((ref for ref in question.subjects if ref.kind == "programme"), None)
    if programme:
        routes = [route for id_ in site.get(programme).routes if (route := site.find(Ref("route", id_)))]
        return _several(reply, routes, Wish())
    wish = itineraries.wish_of(question)
    return _several(reply, itineraries.fitting(site, wish), wish)


def _one(reply: Answer, route: Route) -> Reply:
    stops = itineraries.stops_of(reply.site, route)
    reply.say(
        "route.one",
        name=brief(reply.name(route.ref)),
        status=route.status,
        low=route.days_min,
        high=route.days_max,
        stops=short_names(reply.site, stops, reply.wording),
    )
    reply.cite(route.source)
    _road(reply, stops)
    reply.add(route.description.in_(reply.lang))
    reply.say("route.for_whom", suits=route.suits.in_(reply.lang), season=route.season.in_(reply.lang))
    _price(reply, route)
    _facts(reply, route)
    programmes = sorted(
        (it for it in reply.site.all("programme") if route.id in it.routes), key=lambda it: it.status != "active"
    )
    reply.say("route.programmes", names=[reply.name(it.ref) for it in programmes[:SHOWN_PROGRAMMES]])
    reply.offer_button(QuickReply(reply.phrase("trip.quick_route"), from_route(route.id)))
    for programme in programmes[:1]:
        reply.offer("programme", programme.ref, title=reply.phrase("quick.programme"))
    for stop in stops[:2]:
        if stop.kind == "place":
            reply.offer("overview", stop)
    return reply.offer("lodging", stops[-1]).done() if stops else reply.done()


def _road(reply: Answer, stops: list[Ref]) -> None:
    """The whole way by the road graph, with the bridges it crosses."""
    trips = [trip for trip in itineraries.legs_of(reply.site, stops) if trip]
    legs = [leg for trip in trips for leg in trip.legs]
    if legs:
        reply.say(
            "route.road",
            km=sum(trip.km for trip in trips),
            minutes=rounded(sum(trip.minutes for trip in trips)),
            boat=any(leg.mode in ("ferry", "boat") for leg in legs),
            bridges=bridge_names(reply, legs),
            roads=_main_roads(reply, legs),
        )
        reply.cite(*(leg.source for leg in legs))
    reply.point(*stops)
    spots = [spot for stop in stops if (spot := reply.site.location(stop))]
    reply.path((spot.lat, spot.lon) for spot in spots)


def _main_roads(reply: Answer, legs: list[RoadLeg]) -> list[str]:
    """The roads that most of the way is on, in the order of the way."""
    km: dict[str, float] = defaultdict(float)
    for leg in legs:
        for name in [name for name in road_names(reply, leg) if any(map(str.isdigit, name))][:1]:
            km[name] += leg.km  # those with a number: one finds them on a map and on the signs
    longest = sorted(km, key=lambda name: -km[name])[:SHOWN_ROADS]
    return [name for name in km if name in longest]


def _price(reply: Answer, route: Route) -> None:
    prices = reply.site.prices(route.ref, reply.today)
    price = next((price for price in (*prices.current, *prices.old) if price.adult is not None), None)
    if price:
        reply.say("route.price", amount=price.adult, note=price.note.in_(reply.lang)).cite(price.source)


def _facts(reply: Answer, route: Route) -> None:
    facts = reply.site.facts(route.ref)
    if reply.fitting([fact.words.in_(reply.lang) for fact in facts[:1]], at_least=0):
        reply.facts(facts, limit=1)


def _several(reply: Answer, routes: list[Route], wish: Wish) -> Reply:
    if not routes:
        return _none(reply, wish)
    page = routes[reply.question.page * SHOWN :][:SHOWN] or routes[:SHOWN]
    rows = [row_of(reply, route) for route in page]
    shown = reply.fitting(rows, at_least=2)
    reply.say("route.several", count=len(routes), shown=shown, wished=bool(wish), days=wish.days)
    reply.bullets(rows[:shown]).cite(*(route.source for route in page[:shown]))
    reply.listing(*(route.ref for route in page[:shown]))
    for route in page[:3]:
        reply.offer("route", route.ref, title=brief(reply.name(route.ref)))
    if len(routes) > shown:
        reply.offer_more()
    return reply.done()


def row_of(reply: Answer, route: Route) -> str:
    """A route in a line: its name, days and stops."""
    stops = short_names(reply.site, itineraries.stops_of(reply.site, route), reply.wording)
    return reply.phrase(
        "route.row", name=brief(reply.name(route.ref)), low=route.days_min, high=route.days_max, stops=stops
    )


def _none(reply: Answer, wish: Wish) -> Reply:
    """No route fits all: say so and show those that come nearest."""
    reply.say("route.none", days=wish.days, province=wish.province)
    others = itineraries.nearest_in_days(reply.site, replace(wish, province=None)) or reply.site.all("route")
    reply.bullets(row_of(reply, route) for route in others[:3]).listing(*(route.ref for route in others[:3]))
    for route in others[:3]:
        reply.offer("route", route.ref, title=brief(reply.name(route.ref)))
    return reply.done()
