"""What the home page shows, read from the site database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from math import inf
from typing import Any

from django.urls import reverse

from guide.answers.compose import notice_line
from guide.answers.places import short_name
from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.roads.geo import great_circle_km
from guide.sitedb import SiteDb
from guide.sitedb.records import Place, Route
from guide.text import fold
from web.pages import linked_data, maps
from web.pages.festivals import coming_festivals
from web.pages.words import listed

COMPLEX = "unesco-1732"
HEART = "yen-tu"
SHOWN_FESTIVALS = 6
SHOWN_ROUTES = 6


@dataclass(frozen=True)
class Component:
    """One component of the World Heritage property, numbered as on the map."""

    number: int
    place: Place
    url: str


@dataclass(frozen=True)
class Linked:
    """A linked route with its stops: (name, path of the page, or nothing where a stop has none)."""

    route: Route
    stops: tuple[tuple[str, str], ...]


def place_url(place_id: str, lang: str) -> str:
    """The path of a place's page."""
    return reverse("place", args=[lang, place_id])


def components(site: SiteDb, lang: str) -> list[tuple[str, list[Component]]]:
    """The components by province as it is called now, outward from Yên Tử, numbered through."""
    heart = site.get(Ref("place", HEART))
    by_province: dict[str, list[Place]] = {}
    for place in sorted(site.places(heritage=True), key=lambda place: (_km(heart, place), place.id)):
        by_province.setdefault(place.province_now, []).append(place)
    numbers = count(1)
    return [
        (province, [Component(next(numbers), place, place_url(place.id, lang)) for place in places])
        for province, places in by_province.items()
    ]


def _km(one: Place, other: Place) -> float:
    return great_circle_km(one.location, other.location) if one.location and other.location else inf


def complex_map(site: SiteDb, groups: list[tuple[str, list[Component]]], lang: str) -> maps.Drawing:
    """The components on a map, with the towns between them."""
    wording = wording_for(lang)
    pins = [
        maps.Mark(
            short_name(site, component.place.ref, wording),
            component.place.location,
            component.number,
            component.url,
            group,
        )
        for group, (_, members) in enumerate(groups, 1)
        for component in members
        if component.place.location
    ]
    towns = [
        maps.Mark(short_name(site, town.ref, wording), town.location)
        for town in site.places(kind="city")
        if town.location
    ]
    return maps.draw(pins, towns, peak=site.location(Ref("place", HEART)))


def notices(site: SiteDb, today: date, lang: str) -> list[tuple[str, str]]:
    """Today's notices, anywhere: (whom it concerns, what it says)."""
    wording = wording_for(lang)
    found = site.notices(today)
    return [(site.name(n.subject, lang) if n.subject else "", notice_line(n, wording)) for n in found]


def linked_routes(site: SiteDb, lang: str) -> list[Linked]:
    """Routes over the heritage complex and on to its neighbours: first those that stop most often in the complex."""
    within = {place.id for place in site.places(heritage=True)} | {HEART}
    within |= {above.id for id_ in within for above in site.ancestors(id_)} - {COMPLEX}

    def share(route: Route) -> float:
        return sum(stop in within for stop in route.stops) / (len(route.stops) or 1)

    best = sorted(site.all("route"), key=lambda route: (-share(route), route.id))
    return [Linked(route, _stops(site, route, lang)) for route in best[:SHOWN_ROUTES]]


def _stops(site: SiteDb, route: Route, lang: str) -> tuple[tuple[str, str], ...]:
    wording = wording_for(lang)
    refs = (Ref("place", stop) for stop in route.stops)
    return tuple((short_name(site, ref, wording), place_url(ref.id, lang)) for ref in refs if site.find(ref))


def all_places(site: SiteDb, lang: str) -> list[tuple[str, list[Place]]]:
    """Every place that is not itself a component, by province, in the order of the alphabet."""
    shown = {place.id for place in site.places(heritage=True)} | {COMPLEX}
    by_province: dict[str, list[Place]] = {}
    for place in site.all("place"):
        if place.id not in shown:
            by_province.setdefault(place.province_now, []).append(place)
    return [
        (province, sorted(places, key=lambda p: fold(p.name.in_(lang))))
        for province, places in sorted(by_province.items())
    ]


def context(site: SiteDb, lang: str, today: date, absolute: Any) -> dict[str, Any]:
    """Everything that the home page's template needs. ``absolute`` makes a path into a full address."""
    whole = site.get(Ref("place", COMPLEX))
    groups = components(site, lang)
    festivals = coming_festivals(site, site.all("festival"), today, SHOWN_FESTIVALS)
    parts = [linked_data.attraction(c.place, lang, absolute(c.url)) for _, members in groups for c in members]
    home_url = absolute(reverse("home", args=[lang]))
    events = [linked_data.event(festival, lang, home_url) for festival in festivals]
    return {
        "complex": whole,
        "today": today,
        "notices": notices(site, today, lang),
        "groups": groups,
        "map": complex_map(site, groups, lang),
        "festivals": festivals,
        "questions": listed(lang, "home.questions"),
        "routes": linked_routes(site, lang),
        "all_places": all_places(site, lang),
        "linked_data": linked_data.graph(linked_data.attraction(whole, lang, home_url, parts), *events),
    }
