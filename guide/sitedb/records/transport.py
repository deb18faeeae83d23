"""How one gets there and about: gateways, lines, cable cars, boats, bridges, trains, roads and trails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Optional

from guide.sitedb.records.basics import Location, Source, Subject, Words


@dataclass(frozen=True)
class Gateway(Subject):
    """Airport, port, station, coach station, road junction or city where trips begin."""

    kind: str = ""
    province_now: str = ""
    province_before: str = ""
    location: Optional[Location] = None
    status: Optional[str] = None
    serves: tuple[str, ...] = ()


@dataclass(frozen=True)
class BusLine(Subject):
    """A coach or bus line; starts, ends and stops are ids of gateways or places."""

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    first: Optional[str] = None
    last: Optional[str] = None
    frequency_min: Optional[int] = None
    duration_min: Optional[int] = None
    status: Optional[str] = None
    source: Optional[Source] = None


@dataclass(frozen=True)
class CableCar(Subject):
    """One cable-car line between two places. Its prices are rows of their own."""

    start: str = ""  # place id
    end: str = ""
    operator: Optional[str] = None
    length_m: Optional[int] = None
    minutes: Optional[int] = None
    opened: Optional[str] = None
    hours: Optional[str] = None
    hours_note: Words = field(default_factory=Words)
    hours_source: Optional[Source] = None


@dataclass(frozen=True)
class Boat(Subject):
    """A ferry or boat between two gateways or places."""

    start: str = ""
    end: str = ""
    minutes: Optional[int] = None
    vehicles: bool = False
    source: Optional[Source] = None


@dataclass(frozen=True)
class Bridge(Subject):
    """A bridge on the linked routes; ``connects`` are ids of places."""

    length_m: Optional[int] = None
    opened: Optional[str] = None
    connects: tuple[str, ...] = ()
    status: Optional[str] = None


@dataclass(frozen=True)
class Train(Subject):
    """One departure of the timetable. ``days``: daily, weekdays, 'Sunday only' …"""

    start: str = ""
    end: str = ""
    departs: Optional[str] = None
    arrives: Optional[str] = None
    days: Optional[str] = None
    note: Words = field(default_factory=Words)
    source: Optional[Source] = None
    line: Optional[str] = None  # id of the railway line


@dataclass(frozen=True)
class RailLine(Subject):
    """A railway line; ``stations`` are ids of gateways in order. Its fares are ``site.prices(line.ref, on)``."""

    stations: tuple[str, ...] = ()
    status: Optional[str] = None


class RoadLink(NamedTuple):
    """An edge of the road graph, usable both ways. mode: car | ferry | boat | walk."""

    start: str
    end: str
    km: float
    minutes: float
    mode: str
    roads: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()
    toll: Optional[bool] = None
    note: Optional[Words] = None
    source: Optional[Source] = None
    toll_vnd_per_km: Optional[int] = None
    toll_note: Optional[Words] = None
    toll_source: Optional[Source] = None


class TrailStop(NamedTuple):
    """A part of a trail: ``reach`` minutes on the way to it, then ``stay`` (None: as long as its place asks for).

    reached_by: walk | cable_car | electric_car | car | boat; ``line`` is the id of the cable car.
    """

    place: str
    reached_by: str
    reach: int
    stay: Optional[int] = None
    line: Optional[str] = None


class Trail(NamedTuple):
    """A way to see a place: its stops in order, and ``back`` minutes from the last one to the gate.

    ``minutes`` of the whole, where they are not the sum of its parts. lunch: how it is had on the way, stalls |
    picnic | aboard | town. ``earliest`` and ``latest``: when it may begin, HH:MM. ``estimates``: which figures are
    our own.
    """

    id: str
    place: str
    way: str
    minutes: Optional[int]
    back: int
    lunch: Optional[str]
    earliest: Optional[str]
    latest: Optional[str]
    lines: tuple[str, ...]
    stops: tuple[TrailStop, ...]
    estimates: tuple[str, ...]
    source: Optional[Source]
