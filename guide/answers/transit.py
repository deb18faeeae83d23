"""Coaches, buses and trains between two subjects, from the lines that the site database knows.

A line is useful when it calls near the start and sets down clearly nearer to the destination. Lines run both ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Optional

from guide.refs import Ref
from guide.roads import Roads, roads_of
from guide.sitedb.records import BusLine, Train

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

NEAR_KM = 15.0  # as the crow flies: a station this close is one that people of the place use
USEFUL_SHARE = 0.5  # a ride that leaves more than this share of the way is no help
WORSE_KM = 8.0  # a ride that sets down this much farther than the best one is not told beside it


class Ride(NamedTuple):
    """A line that can be taken: where to get on, where to get off, and the road km that are then left."""

    line: BusLine
    board: tuple[Ref, ...]
    alight: Ref
    km_left: float


class TrainRide(NamedTuple):
    """A pair of stations with the departures between them."""

    board: Ref
    alight: Ref
    trains: tuple[Train, ...]
    km_left: float


def rides(site: SiteDb, start: Ref, end: Ref) -> list[Ride]:
    """The lines from near the start towards the end, the one that comes nearest first."""
    roads = roads_of(site)
    whole = roads.trip(start, end)
    found = []
    for line in site.all("bus_line"):
        board = tuple(stop for stop in calls(site, line) if _near(roads, start, stop))
        stops = [stop for stop in calls(site, line) if stop not in board]
        alight, left = _nearest(roads, stops, end)
        if board and alight and whole and left <= USEFUL_SHARE * whole.km:
            found.append(Ride(line, board, alight, left))
    best = min((ride.km_left for ride in found), default=0.0)
    worth = [ride for ride in found if ride.km_left <= best + WORSE_KM]
    return sorted(worth, key=lambda ride: _terminus_km(site, ride.line, end))


def _terminus_km(site: SiteDb, line: BusLine, end: Ref) -> float:
    """How far the line's own end is from the destination: a line made for it comes before one that passes by."""
    roads = roads_of(site)
    termini = [ref for id_ in (*line.starts, *line.ends) if (ref := site.node(id_))]
    return min((_left(roads, ref, end) for ref in termini), default=float("inf"))


def feeders(site: SiteDb, end: Ref, known: Iterable[Ride]) -> list[BusLine]:
    """The lines that serve the place itself, other than those already told."""
    told = {ride.line.ref for ride in known}
    return [line for line in site.bus_lines_serving(end.id) if line.ref not in told]


def train_rides(site: SiteDb, start: Ref, end: Ref) -> list[TrainRide]:
    """The timetabled trains from near the start to near the end, by pair of stations."""
    roads = roads_of(site)
    pairs: dict[tuple[Ref, Ref], list[Train]] = {}
    for train in site.all("train"):
        board, alight = site.node(train.start), site.node(train.end)
        if board and alight and _near(roads, start, board) and _near(roads, end, alight):
            pairs.setdefault((board, alight), []).append(train)
    return [
        TrainRide(*pair, tuple(sorted(trains, key=_departure)), _left(roads, pair[1], end))
        for pair, trains in pairs.items()
    ]


def calls(site: SiteDb, line: BusLine) -> tuple[Ref, ...]:
    """Every place and station where the line calls, from its starts by its stops to its ends."""
    ids = dict.fromkeys((*line.starts, *line.stops, *line.ends))
    return tuple(ref for id_ in ids if (ref := site.node(id_)))


def _departure(train: Train) -> str:
    return train.departs or ""


def _near(roads: Roads, one: Ref, other: Ref) -> bool:
    km = roads.crow_km(one, other)
    return km is not None and km <= NEAR_KM


def _left(roads: Roads, stop: Ref, end: Ref) -> float:
    trip = roads.trip(stop, end)
    return trip.km if trip else float("inf")


def _nearest(roads: Roads, stops: Iterable[Ref], end: Ref) -> tuple[Optional[Ref], float]:
    reached = [(_left(roads, stop, end), stop) for stop in stops]
    left, stop = min(reached, default=(float("inf"), None))
    return stop, left
