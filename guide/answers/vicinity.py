"""Venues and dishes by how far they are from a place: in its own area first, then by road."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Optional, TypeVar

from guide.answers.places import same_area
from guide.refs import Ref
from guide.roads import roads_of

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

T = TypeVar("T")
WITHIN_KM = 60.0  # by road: farther is another day's matter


@dataclass(frozen=True)
class Reached(Generic[T]):
    """A record with the place where it is found and the road km to it; 0 km in the same area."""

    record: T
    place: Ref
    km: float


def by_distance(
    site: SiteDb,
    ref: Ref,
    records: Iterable[T],
    places_of: Callable[[T], Iterable[Optional[str]]],
    within_km: float = WITHIN_KM,
) -> list[Reached[T]]:
    """The records within reach of the place by road, nearest first; those of one distance stay in their order."""
    known: dict[Ref, float] = {}
    found = []
    for record in records:
        places = [place for id_ in places_of(record) if id_ and (place := site.node(id_))]
        for place in places:
            if place not in known:
                known[place] = road_km(site, ref, place)
        nearest = min(places, key=known.__getitem__, default=None)
        if nearest is not None and known[nearest] <= within_km:
            found.append(Reached(record, nearest, known[nearest]))
    return sorted(found, key=lambda it: it.km)


def road_km(site: SiteDb, start: Ref, end: Ref) -> float:
    """Road km between two places: 0 in one area, infinite where no way is known."""
    if start == end or same_area(site, start, end):
        return 0.0
    trip = roads_of(site).trip(start, end)
    return trip.km if trip else float("inf")
