"""What belongs to a place or is near it: festivals, people, food, beds, cable cars, buses, help, weather."""

from __future__ import annotations

import math
from typing import Any, Callable, Iterable, Optional

from guide.refs import Ref
from guide.sitedb import records as r
from guide.sitedb.reading import Reading

NEAR_KM = 30.0  # as the crow flies: about as far as one goes for a bed or a meal
SAME_SITE_KM = 20.0  # parts of one container further apart than this are not beside each other
EARTH_KM = 6371.0088  # mean radius, IUGG
WALK_KM = 3.0
HOSPITALS_SHOWN = 3


def distance_km(a: r.Location, b: r.Location) -> float:
    """Great-circle distance in km (haversine formula)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    lon = math.radians(b.lon - a.lon)
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(lon / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


class Nearness:
    """Looks from a place at itself, then at what it contains, then at what contains it."""

    def __init__(self, reading: Reading) -> None:
        self.read = reading

    def location(self, ref: Ref) -> Optional[r.Location]:
        """Where a subject is: its own location, else that of the first place it belongs to."""
        subject = self.read.find(ref)
        if subject is None:
            return None
        own: Optional[r.Location] = getattr(subject, "location", None)
        return own or next((spot for id_ in _place_ids(subject) if (spot := self._spot(id_))), None)

    def belongs_to(self, ref: Ref) -> tuple[str, ...]:
        """Ids of the places that a subject is at or about: a place's is its own."""
        if ref.kind == "place":
            return (ref.id,)
        subject = self.read.find(ref)
        nodes = (self.read.node(id_) for id_ in _place_ids(subject)) if subject else ()
        return tuple(dict.fromkeys(node.id for node in nodes if node and node.kind == "place"))

    def _spot(self, id_: str) -> Optional[r.Location]:
        ref = self.read.node(id_)
        return self.read.get(ref).location if ref else None

    def ranks(self, place_id: str, siblings: bool = False) -> dict[str, int]:
        """Ids of related places with their rank: 0 itself, 1 what it contains, 2 what contains it (nearest first).

        ``siblings``: also the other places in what contains it, as far as they are near.
        """
        ranks = {place_id: 0, **{child.id: 1 for child in self.read.children(place_id)}}
        here = self._spot(place_id)
        for depth, ancestor in enumerate(self.read.ancestors(place_id), start=1):
            ranks.setdefault(ancestor.id, 2 * depth)
            for other in self.read.children(ancestor.id) if siblings and here else ():
                if other.location and distance_km(here, other.location) <= SAME_SITE_KM:  # type: ignore[arg-type]
                    ranks.setdefault(other.id, 2 * depth + 1)
        return ranks

    def related(
        self, kind: str, place_id: str, places: Callable[[Any], Iterable[str]], siblings: bool = False
    ) -> list[Any]:
        """Subjects of a kind whose places are related to this one, nearest relation first."""
        ranks = self.ranks(place_id, siblings)
        found = [
            (min(at), subject)
            for subject in self.read.all(kind)
            if (at := [ranks[id_] for id_ in places(subject) if id_ in ranks])
        ]
        return [subject for _, subject in sorted(found, key=lambda pair: pair[0])]

    def festivals_at(self, place_id: str) -> list[r.Festival]:
        """Festivals held at a place, in it, or in what contains it."""
        return self.related("festival", place_id, lambda festival: festival.places)

    def people_at(self, place_id: str) -> list[r.Person]:
        """People whose life or worship is bound to a place."""
        return self.related("person", place_id, lambda person: person.places)

    def dishes_at(self, place_id: str) -> list[r.Dish]:
        """Dishes and specialities of a place, then of places within 30 km."""
        return self._with_near("dish", place_id, lambda dish: dish.places)

    def lodging_near(self, place_id: str) -> list[r.Venue]:
        """Places to stay at a place, then within 30 km, nearest first; closed ones are left out."""
        return self._venues("lodging", place_id)

    def eating_near(self, place_id: str) -> list[r.Venue]:
        """Places to eat at a place, then within 30 km, nearest first; closed ones are left out."""
        return self._venues("eating", place_id)

    def _venues(self, kind: str, place_id: str) -> list[r.Venue]:
        found = self._with_near(kind, place_id, lambda venue: (venue.near,) if venue.near else ())
        return [venue for venue in found if venue.status != "closed"]

    def _with_near(self, kind: str, place_id: str, places: Callable[[Any], Iterable[str]]) -> list[Any]:
        found = self.related(kind, place_id, places, siblings=True)
        far = {
            subject.id: km
            for subject in self.read.all(kind)
            if (km := self._km(place_id, subject)) is not None and km <= NEAR_KM
        }
        others = [subject for subject in self.read.all(kind) if subject.id in far and subject not in found]
        return found + sorted(others, key=lambda subject: far[subject.id])

    def _km(self, place_id: str, subject: Any) -> Optional[float]:
        """How far the nearest of a subject's places is."""
        here = self._spot(place_id)
        spots = [getattr(subject, "location", None), *(self._spot(id_) for id_ in _place_ids(subject))]
        return min((distance_km(here, spot) for spot in spots if spot), default=None) if here else None

    def cable_cars_at(self, place_id: str) -> list[r.CableCar]:
        """Cable cars from or to a place, in it, or in what contains it; then those with an end within 3 km."""
        found = self.related("cable_car", place_id, lambda car: (car.start, car.end))
        far = {car.id: km for car in self.read.all("cable_car") if (km := self._km(place_id, car)) is not None}
        others = [
            car for car in self.read.all("cable_car") if car not in found and far.get(car.id, math.inf) <= WALK_KM
        ]
        return found + sorted(others, key=lambda car: far[car.id])

    def routes_through(self, place_id: str) -> list[r.Route]:
        """Linked routes with a stop at a place, in it, or in what contains it."""
        return self.related("route", place_id, lambda route: route.stops)

    def bus_lines_serving(self, id_: str) -> list[r.BusLine]:
        """Bus lines that end or stop at a place or gateway, then those of the gateways that serve it."""
        ranks = self.ranks(id_)
        for gateway in self.read.all("gateway"):
            if any(place in ranks for place in gateway.serves):
                ranks.setdefault(gateway.id, len(ranks) + 2)
        found = [
            (min(at), line)
            for line in self.read.all("bus_line")
            if (at := [ranks[stop] for stop in (*line.starts, *line.stops, *line.ends) if stop in ranks])
        ]
        return [line for _, line in sorted(found, key=lambda pair: pair[0])]

    def help_for(self, place_id: Optional[str], kind: Optional[str] = None) -> list[r.Help]:
        """Emergency numbers, then hotlines of the place and the whole country, then the nearest hospitals."""
        every = [help_ for help_ in self.read.all("help") if kind is None or help_.kind == kind]
        if place_id is None:
            return every
        emergency = [help_ for help_ in every if help_.kind == "emergency"]
        hotlines = [help_ for help_ in self._of_area(place_id) if help_ in every]
        return emergency + hotlines + [help_ for help_ in self._hospitals(place_id) if help_ in every]

    def _of_area(self, place_id: str) -> list[r.Help]:
        near = [
            help_
            for help_ in self._with_near("help", place_id, lambda help_: (help_.area, *help_.serves))
            if help_.kind == "hotline"
        ]
        return near + [help_ for help_ in self.read.all("help") if help_.kind == "hotline" and help_.area is None]

    def _hospitals(self, place_id: str) -> list[r.Help]:
        """Those that say they serve the place, then the nearest ones."""
        hospitals = [help_ for help_ in self.read.all("help") if help_.kind == "hospital"]
        ranks = self.ranks(place_id)
        serving = [help_ for help_ in hospitals if any(id_ in ranks for id_ in (*help_.serves, help_.area))]
        others = [help_ for help_ in hospitals if help_ not in serving]
        others.sort(key=lambda help_: self._km(place_id, help_) or math.inf)
        return [*serving, *others][: max(HOSPITALS_SHOWN, len(serving))]

    def climate(self, place_id: str, month: int) -> Optional[r.ClimateMonth]:
        """A month's climate at a place: its own, its container's, else that of the nearest place that has one."""
        rows = self.read.climate_rows(month)
        for id_ in (place_id, *(place.id for place in self.read.ancestors(place_id))):
            if id_ in rows:
                return rows[id_]
        here = self._spot(place_id)
        spots = {id_: spot for id_ in rows if (spot := self._spot(id_))}
        return rows[min(spots, key=lambda id_: distance_km(here, spots[id_]))] if here and spots else None


def _place_ids(subject: Any) -> tuple[str, ...]:
    """Ids of the places or gateways that a subject belongs to."""
    single = [id_ for name in ("near", "area", "start", "end") if (id_ := getattr(subject, name, None))]
    return (*single, *getattr(subject, "places", ()), *getattr(subject, "stops", ()), *getattr(subject, "connects", ()))
