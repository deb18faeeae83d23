"""Where a night can be spent and where lunch can be had: towns with beds, and places with something to eat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Optional

from guide.planner.outings import catalogue_of
from guide.refs import Ref
from guide.roads import roads_of
from guide.sitedb.records import Venue

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

NO_BEDS = ("closed", "announced")
MEALS = ("restaurant", "food_street", "stall", "market")  # kinds of eating places where one has lunch
TOWN_KINDS = ("city", "beach", "island")  # have something to eat though no row tells where
MEAL_DISH = "dish"  # fruit, sweets and drinks are no lunch
CONFIRMED = "in_source"


@dataclass(frozen=True)
class Town:
    """A place to sleep or to eat at: known places to stay, to eat, and the dishes that the place itself has."""

    place: Ref
    lodging: tuple[Ref, ...] = ()
    eating: tuple[Ref, ...] = ()
    dishes: tuple[Ref, ...] = ()
    confirmed: int = 0  # places to stay that a source confirms


class Towns:
    """The towns of one version of the site database, in the order of its rows."""

    def __init__(self, site: SiteDb) -> None:
        self.site = site
        self._complexes = {outing.place.id for outing in catalogue_of(site).outings if outing.stops}
        beds, tables = self._by_town("lodging", NO_BEDS), self._by_town("eating", ("closed",))
        dishes: dict[Ref, list[Ref]] = {}
        for dish in site.all("dish"):
            for id_ in dish.places if dish.kind == MEAL_DISH else ():
                dishes.setdefault(Ref("place", id_), []).append(dish.ref)
        cities = [place.ref for place in site.all("place") if place.kind in TOWN_KINDS]
        self.all = {
            ref: Town(
                ref,
                tuple(venue.ref for venue in beds.get(ref, ())),
                tuple(venue.ref for venue in tables.get(ref, ()) if venue.kind in MEALS),
                tuple(dishes.get(ref, ())),
                sum(venue.status == CONFIRMED for venue in beds.get(ref, ())),
            )
            for ref in dict.fromkeys((*beds, *tables, *cities))
        }
        self.nights = tuple(town for town in self.all.values() if town.lodging)
        self.lunches = tuple(town for town in self.all.values() if town.eating or town.place in cities)

    def of(self, ref: Ref) -> Optional[Town]:
        """The town of that name, or the one that a place to stay or a part of a complex belongs to."""
        venue = self.site.find(ref)
        near = getattr(venue, "near", None) if ref.kind == "lodging" else ref.id
        place = self._town_of(near) if near else None
        return self.all.get(place) if place else None

    def _by_town(self, kind: str, without: tuple[str, ...]) -> dict[Ref, list[Venue]]:
        found: dict[Ref, list[Venue]] = {}
        for venue in self.site.all(kind):
            town = self._town_of(venue.near) if venue.near and venue.status not in without else None
            if town:
                found.setdefault(town, []).append(venue)
        for venues in found.values():
            venues.sort(key=lambda venue: (venue.status != CONFIRMED, -(venue.stars or 0)))
        return found

    def _town_of(self, id_: str) -> Optional[Ref]:
        """The place itself, or the complex that it is part of; a bed on a boat in the bay has no town."""
        place = self.site.find(Ref("place", id_))
        if place is None or place.kind == "bay" or roads_of(self.site).head(place.ref) is None:
            return None
        around = next((outer for outer in self.site.ancestors(id_) if outer.id in self._complexes), None)
        return around.ref if around else place.ref


def towns_of(site: SiteDb) -> Towns:
    """The towns of this site database, made anew only when a row has changed."""
    return _built(site, site.version())


@lru_cache(maxsize=4)
def _built(site: SiteDb, version: int) -> Towns:
    return Towns(site)
